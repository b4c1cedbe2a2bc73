//! The claims of a position → the few that show it: one that stands for it, and where the outlets' words differ, another
//! outlet's. It writes nothing, and names every outlet it leaves out.

use super::excerpt::shorten;
use super::wording;
use crate::model::{Evidence, Finding, Label, Position, Reason, ReportedClaim, Value};
use std::cmp::Ordering;
use std::collections::HashSet;

/// One claim, and the outlets that report it in these words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wording<'a> {
    pub(super) outlets: Vec<&'a str>,
    pub(super) claim: &'a ReportedClaim,
}

/// What is written out of a position.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wordings<'a> {
    /// The claims written out.
    pub(super) shown: Vec<Wording<'a>>,
    /// The outlets that are beside none of them.
    pub(super) also: Vec<&'a str>,
}

/// Every claim beside its outlet.
pub(super) fn every_claim(position: &Position) -> Wordings<'_> {
    let wording = |claim| Wording { outlets: vec![claim_source(claim)], claim };
    Wordings { shown: position.claims.iter().map(wording).collect(), also: Vec::new() }
}

/// The words of a claim that the finding's reasons, or what was reconciled, rest on.
pub(super) fn telling_words<'a>(finding: &'a Finding, claim: &ReportedClaim) -> Option<&'a str> {
    let reasons = finding.reasons.iter().flat_map(|reason| [&reason.left, &reason.right]);
    let reconciled = finding.explained_away.iter().flat_map(|away| [&away.left, &away.right]);
    let own = |evidence: &&Evidence| evidence.claim == claim.id && evidence.text != claim.text;
    reasons.chain(reconciled).find(own).map(|evidence| evidence.text.as_str())
}

/// The value that sets a side of a conflict apart, in words. A value that is a word is kept by its stem; what a reader
/// wants to see is the word as it was written.
pub(super) fn side_value(finding: &Finding, position: &Position) -> Option<String> {
    let value = position.value.as_ref()?;
    let written = || position.claims.iter().find_map(|claim| telling_words(finding, claim)).map(str::to_owned);
    match value {
        Value::Term(_) => written().or_else(|| Some(wording::value(value))),
        _ => Some(wording::value(value)),
    }
}

/// The claims that show a position best. A side of a conflict has one, the one the strongest reason rests on; a version
/// that several outlets share has the shortest whole one, and the words of another outlet where they differ.
pub(super) fn telling_claims<'a>(finding: &Finding, position: &'a Position) -> Wordings<'a> {
    let nothing = Wordings { shown: Vec::new(), also: Vec::new() };
    let all: Vec<&str> = position.outlets.iter().map(String::as_str).collect();
    let Some(first) = position.claims.iter().min_by_key(|claim| rank(claim, finding)) else { return nothing };
    if finding.label == Label::Conflict {
        return Wordings { shown: vec![Wording { outlets: all, claim: first }], also: Vec::new() };
    }
    let mut shown = vec![in_words_of(first, position)];
    let other = position
        .claims
        .iter()
        .filter(|claim| !shown[0].outlets.contains(&claim.source.as_str()))
        .min_by_key(|claim| rank(claim, finding));
    shown.extend(other.map(|claim| in_words_of(claim, position)));
    if let [first, second] = shown.as_mut_slice() {
        second.outlets.retain(|outlet| !first.outlets.contains(outlet));
    }
    let also = all.into_iter().filter(|outlet| !shown.iter().any(|wording| wording.outlets.contains(outlet)));
    let also = also.collect();
    Wordings { shown, also }
}

/// The reasons of a finding that say something new: of two that set the same words against each other under one rule, in
/// whichever order, the first.
pub(super) fn distinct_reasons(finding: &Finding) -> Vec<&Reason> {
    let mut seen: HashSet<(String, String, String)> = HashSet::new();
    let mut distinct = Vec::new();
    for reason in &finding.reasons {
        let (left, right) = (bare(&reason.left.text), bare(&reason.right.text));
        // Two words written alike may be read otherwise, as two Fridays are: then the sentence tells them apart.
        let (one, other) = match left.cmp(&right) {
            Ordering::Less => (left, right),
            Ordering::Equal => (reason.message.clone(), right),
            Ordering::Greater => (right, left),
        };
        if seen.insert((reason.rule.clone(), one, other)) {
            distinct.push(reason);
        }
    }
    distinct
}

/// The beginning of the claim that shows the group best, in `most` characters at most.
pub(super) fn headline(finding: &Finding, most: usize) -> String {
    let shown = finding.positions.first().map(|position| telling_claims(finding, position).shown).unwrap_or_default();
    let claim = shown.first().map(|wording| wording.claim);
    let words = claim.map(|claim| wording::with_subject(claim.subject.as_deref(), &claim.text));
    shorten(&words.unwrap_or_default(), most)
}

/// How many stand behind a finding.
pub(super) fn behind(finding: &Finding) -> String {
    let quoted = match finding.attributed_sources {
        0 => String::new(),
        number => format!(", quoting {}", wording::count(number.into(), "speaker")),
    };
    format!("{}{quoted}", wording::corroboration(finding))
}

fn claim_source(claim: &ReportedClaim) -> &str {
    &claim.source
}

/// The best claim is the least: what the reasons rest on before other words, what can be read alone before a clause cut
/// out of its sentence, running text before a headline, short before long.
fn rank<'a>(claim: &'a ReportedClaim, finding: &Finding) -> impl Ord + use<'a> {
    let reasons = finding.reasons.iter().map(|reason| [&reason.left, &reason.right]);
    let reconciled = finding.explained_away.iter().map(|away| [&away.left, &away.right]);
    let names = |sides: [&Evidence; 2]| sides.iter().any(|side| side.claim == claim.id);
    let evidence = match finding.label {
        Label::Conflict => reasons.into_iter().position(names),
        Label::Agree | Label::SingleSource => reconciled.into_iter().position(names),
    };
    let cut_out =
        claim.subject.is_some() || claim.sentence.as_ref().is_some_and(|sentence| !sentence.starts_with(&claim.text));
    (
        evidence.unwrap_or(usize::MAX),
        // Who tells something else as well comes after who tells this alone.
        claim.guest,
        cut_out,
        claim.headline,
        claim.text.chars().count(),
        claim.source.as_str(),
        claim.start,
    )
}

/// A claim beside all outlets of the position that use its words.
fn in_words_of<'a>(claim: &'a ReportedClaim, position: &'a Position) -> Wording<'a> {
    let words = bare(&claim.text);
    let same =
        |outlet: &&str| position.claims.iter().any(|other| other.source == **outlet && bare(&other.text) == words);
    Wording { outlets: position.outlets.iter().map(String::as_str).filter(same).collect(), claim }
}

/// The letters and digits of a text: what is left when two outlets differ in marks and capitals alone.
fn bare(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Fingerprint, GroupId, Place, Severity, Span, StoryId};

    fn claim(source: &str, text: &str) -> ReportedClaim {
        ReportedClaim {
            id: format!("{source}: {text}"),
            document: source.to_owned(),
            source: source.to_owned(),
            path: format!("{source}.txt"),
            start: 0,
            end: text.len() as u32,
            place: Place { line: 1, column: 1 },
            place_end: None,
            text: text.to_owned(),
            sentence: None,
            subject: None,
            headline: false,
            guest: false,
            attribution: None,
            selector: Vec::new(),
        }
    }

    fn finding(label: Label, claims: Vec<ReportedClaim>) -> Finding {
        let mut outlets: Vec<String> = claims.iter().map(|claim| claim.source.clone()).collect();
        outlets.sort();
        outlets.dedup();
        Finding {
            fingerprint: Fingerprint::of(["f"]),
            group: GroupId::of(["g"]),
            story: StoryId::of(["s"]),
            label,
            kind: None,
            level: Severity::Note,
            confidence: 1.0,
            outlets: outlets.len() as u32,
            origins: outlets.len() as u32,
            attributed_sources: 0,
            positions: vec![Position { value: None, outlets, claims }],
            reasons: Vec::new(),
            explained_away: Vec::new(),
            would_settle: Vec::new(),
            weighed: None,
        }
    }

    fn rows(finding: &Finding) -> (Vec<String>, String) {
        let wordings = telling_claims(finding, &finding.positions[0]);
        let row = |wording: &Wording<'_>| format!("{} | {}", wording.outlets.join(" "), wording.claim.text);
        (wordings.shown.iter().map(row).collect(), wordings.also.join(" "))
    }

    #[test]
    fn an_agreement_shows_the_shortest_whole_claim_and_another_outlets_words() {
        let mut cut = claim("Post", "closed at noon");
        cut.sentence = Some("The pier burned and closed at noon.".to_owned());
        let long = "The pier was closed to all visitors at noon on that day.";
        let claims = vec![
            claim("Herald", "The pier was closed at noon."),
            claim("Ledger", long),
            cut,
            claim("Times", "The pier was closed, at noon"),
        ];
        let expected = ["Herald Times | The pier was closed at noon.", &format!("Ledger | {long}")];
        assert_eq!(rows(&finding(Label::Agree, claims)), (expected.map(str::to_owned).to_vec(), "Post".to_owned()));
    }

    #[test]
    fn the_same_words_everywhere_are_shown_once() {
        let claims = vec![claim("Herald", "It closed."), claim("Post", "It closed.")];
        assert_eq!(rows(&finding(Label::Agree, claims)), (vec!["Herald Post | It closed.".to_owned()], String::new()));
    }

    #[test]
    fn one_difference_is_one_reason_whoever_stands_on_the_left() {
        let evidence = |text: &str| Evidence {
            claim: text.to_owned(),
            span: Span::new(0, text.len()),
            text: text.to_owned(),
            value: Value::Text(text.to_owned()),
        };
        let reason = |left: &str, right: &str, message: &str| Reason {
            rule: "date-mismatch".to_owned(),
            left: evidence(left),
            right: evidence(right),
            message: message.to_owned(),
        };
        let mut conflict = finding(Label::Conflict, Vec::new());
        conflict.reasons = vec![
            reason("Monday", "Tuesday", "1"),
            reason("Tuesday", "Monday", "2"),
            reason("Friday", "Friday", "3"),
            reason("Friday", "Friday", "4"),
            reason("Monday", "Friday", "5"),
        ];
        let kept: Vec<&str> = distinct_reasons(&conflict).iter().map(|reason| reason.message.as_str()).collect();
        assert_eq!(kept, ["1", "3", "4", "5"]);
    }

    #[test]
    fn a_side_of_a_conflict_shows_the_claim_of_the_strongest_reason() {
        let claims = vec![claim("Herald", "Nine died."), claim("Post", "Nine people died in the fire.")];
        let evidence = |claim: &str| Evidence {
            claim: claim.to_owned(),
            span: Span::new(0, 4),
            text: "Nine".to_owned(),
            value: Value::Text("9".to_owned()),
        };
        let mut conflict = finding(Label::Conflict, claims);
        let reason = |claim: &str| Reason {
            rule: "numeric-mismatch".to_owned(),
            left: evidence(claim),
            right: evidence("another"),
            message: String::new(),
        };
        conflict.reasons = vec![reason("Post: Nine people died in the fire."), reason("Herald: Nine died.")];
        assert_eq!(rows(&conflict), (vec!["Herald Post | Nine people died in the fire.".to_owned()], String::new()));
    }
}
