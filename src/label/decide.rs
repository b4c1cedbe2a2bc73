//! How two claims stand to each other, and the label of a group.
//!
//! What comes in: matched pairs with their comparisons, then groups of claims. What goes out: standings, then findings with
//! positions and reasons. It asks every rule; it has no rule of its own.

use super::agreement::{self, Sameness};
use super::page::Page;
use super::rules::{RULES, focus, scope};
use super::{Bearing, Case, Outcome, Pair};
use crate::model::{
    ClaimGroup, Comparison, DocumentId, ExplainedAway, Finding, Fingerprint, GroupId, Label, NormalClaim, Position,
    Reason, Relation, ReportedClaim, Severity, Standing, StoryId, Value,
};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// What labelling may be told: the level of each rule by its identity; `None` where it does not run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LabelSettings {
    /// Rules that were given a level other than their own.
    pub levels: BTreeMap<String, Option<Severity>>,
}

/// What labelling has to know of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentFacts {
    /// Its identity as shown.
    pub shown: String,
    /// The outlet's name.
    pub source: String,
    /// The file.
    pub path: String,
    /// When it was published.
    pub published: Option<Date>,
    /// The family of copies it belongs to.
    pub family: DocumentId,
    /// Its title and headings.
    pub page: Page,
}

/// All that is known around a group.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// All claims.
    pub claims: &'a [&'a NormalClaim],
    /// All matched pairs.
    pub standings: &'a [Standing],
    /// All documents.
    pub documents: &'a FxHashMap<DocumentId, DocumentFacts>,
}

/// What a difference of values that is no conflict says of two claims, by the word a rule explains it away with: these
/// make the two compatible versions of one statement, any other keeps them apart.
pub(super) const COMPATIBLE: [&str; 6] = ["rounding", "bounds", "unit", "detail", "grain", "paraphrase"];

/// Which two claims are held against each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matched {
    /// Index of the one claim.
    pub left: u32,
    /// Index of the other.
    pub right: u32,
    /// How surely both are about the same thing, in [0, 1].
    pub score: f64,
}

impl Matched {
    /// The pair that was compared.
    pub fn of(comparison: &Comparison) -> Self {
        Self { left: comparison.left, right: comparison.right, score: comparison.score }
    }
}

/// Holds two matched claims against each other by every rule that is on.
pub fn stand(pair: &Pair<'_>, matched: Matched, same_origin: Sameness, settings: &LabelSettings) -> Standing {
    let mut raised: Vec<(Severity, Reason)> = Vec::new();
    let mut inferred: Vec<(Severity, Reason)> = Vec::new();
    let mut context: Vec<(Severity, Reason)> = Vec::new();
    let mut explained_away: Vec<ExplainedAway> = Vec::new();
    // Between copies of one sentence there is nothing for a rule to find, however oddly it is worded.
    let rules = if is_copy(pair) { &[] } else { RULES };
    let case = Case::of(pair);
    for rule in rules {
        let meta = rule.meta();
        let level = settings.levels.get(meta.id).copied().unwrap_or_else(|| Some(rule.level(&case)));
        let Some(level) = level else { continue };
        match rule.check(&case) {
            Outcome::Silent => {}
            Outcome::Raised(reason) => match meta.bearing {
                Bearing::Conflict if scope::is_elsewhere(&case) => explained_away.push(out_of_scope(reason)),
                Bearing::Conflict => raised.push((level, reason)),
                Bearing::Inferred => inferred.push((level, reason)),
                Bearing::Context => context.push((level, reason)),
            },
            Outcome::ExplainedAway(explanation) => explained_away.push(explanation),
        }
    }
    if raised.is_empty() && explained_away.is_empty() && !is_copy(pair) {
        let found = in_clauses(&case, settings);
        if !found.is_empty() && scope::is_elsewhere(&case) {
            explained_away.extend(found.into_iter().map(|(_, reason)| out_of_scope(reason)));
        } else {
            raised = found;
        }
    }
    if raised.is_empty() && explained_away.is_empty() {
        if !inferred.is_empty() && scope::is_elsewhere(&case) {
            explained_away.extend(inferred.into_iter().map(|(_, reason)| out_of_scope(reason)));
        } else {
            raised = inferred;
        }
    }
    // Stable: rules of one level keep the order of their table.
    raised.sort_by_key(|(level, _)| std::cmp::Reverse(*level));
    let relation = if !raised.is_empty() {
        Relation::Conflict
    } else if explained_away.iter().any(|explanation| !COMPATIBLE.contains(&explanation.by.as_str())) {
        Relation::Apart
    } else {
        Relation::Agree
    };
    // What the context says (a later report updates the figure) lowers the level; it never raises it.
    let own = raised.first().map_or(Severity::Note, |(level, _)| *level);
    let level = context.iter().map(|(level, _)| *level).chain([own]).min().unwrap_or(own);
    let kind = (relation == Relation::Agree).then(|| agreement::kind(pair, same_origin, &explained_away));
    if relation != Relation::Conflict {
        context.clear();
    }
    Standing {
        left: matched.left,
        right: matched.right,
        score: matched.score,
        relation,
        kind,
        level,
        reasons: raised.into_iter().chain(context).map(|(_, reason)| reason).collect(),
        explained_away,
    }
}

/// A conflict between claims that need not speak of one thing.
fn out_of_scope(Reason { rule, left, right, message }: Reason) -> ExplainedAway {
    ExplainedAway { rule, by: "scope".to_owned(), left, right, message }
}

/// The conflicts between the clauses in which two claims that tell much besides tell of one deed.
pub(super) fn in_clauses(case: &Case<'_>, settings: &LabelSettings) -> Vec<(Severity, Reason)> {
    let mut raised = Vec::new();
    for focus in focus::focuses(case) {
        let clauses = Case::of(&focus.pair(case));
        for rule in focus::RULES {
            let meta = rule.meta();
            let Some(level) = settings.levels.get(meta.id).copied().unwrap_or(Some(meta.level)) else { continue };
            if let Outcome::Raised(reason) = rule.check(&clauses) {
                raised.push((level, reason));
            }
        }
        if !raised.is_empty() {
            break;
        }
    }
    raised
}

/// True where both are the same words of the same sentence and speak from the same day.
pub(super) fn is_copy(pair: &Pair<'_>) -> bool {
    let (left, right) = (&pair.left.claim, &pair.right.claim);
    left.text() == right.text() && left.context == right.context && pair.left_published == pair.right_published
}

/// What would change how two claims stand, one sentence each.
pub fn flips(comparison: &Comparison, standing: Option<&Standing>, threshold: f64) -> Vec<String> {
    let mut flips = Vec::new();
    let needed = bits(threshold) - comparison.weight;
    if let Some(veto) = &comparison.veto {
        flips.push(format!("matched only without the veto of {veto}"));
    } else if needed > 0.0 {
        flips.push(format!(
            "matched from {needed:.1} bits more, or with a threshold of {:.2} or less",
            comparison.score
        ));
        for level in comparison.levels.iter().filter(|level| level.weight < 0.0 && -level.weight >= needed) {
            flips.push(format!("matched if {} weighed nothing ({:+.1} bits now)", level.comparator, level.weight));
        }
    } else {
        flips.push(format!("unmatched with a threshold above {:.2}", comparison.score));
    }
    if let Some(standing) = standing {
        for reason in &standing.reasons {
            flips.push(format!(
                "no {} if \u{201C}{}\u{201D} and \u{201C}{}\u{201D} were the same, or with the rule off",
                reason.rule, reason.left.text, reason.right.text
            ));
        }
        for explanation in &standing.explained_away {
            flips.push(format!("{} would be raised without: {}", explanation.rule, explanation.by));
        }
    }
    flips
}

/// A probability as a weight in bits.
fn bits(probability: f64) -> f64 {
    let probability = probability.clamp(1e-9, 1.0 - 1e-9);
    (probability / (1.0 - probability)).log2()
}

/// Labels one group of claims of two or more outlets.
pub fn label(group: &ClaimGroup, story: StoryId, context: &Context<'_>) -> Finding {
    let links: Vec<&Standing> = group.links.iter().map(|&link| &context.standings[link as usize]).collect();
    let conflicts: Vec<&Standing> =
        links.iter().copied().filter(|standing| standing.relation == Relation::Conflict).collect();
    let sides = sides(group, &links, &conflicts);
    let side_of: FxHashMap<u32, usize> =
        sides.iter().enumerate().flat_map(|(at, side)| side.iter().map(move |member| (*member, at))).collect();
    let (conflicts, settled): (Vec<&Standing>, Vec<&Standing>) =
        conflicts.into_iter().partition(|standing| side_of.get(&standing.left) != side_of.get(&standing.right));
    let label = if conflicts.is_empty() { Label::Agree } else { Label::Conflict };
    let mut reasons: Vec<Reason> = Vec::new();
    let mut heaviest: Vec<&Standing> = conflicts.clone();
    heaviest.sort_by(|one, two| {
        two.level
            .cmp(&one.level)
            .then(two.score.total_cmp(&one.score))
            .then((one.left, one.right).cmp(&(two.left, two.right)))
    });
    let mut told: FxHashSet<(&str, &str)> = FxHashSet::default();
    for reason in heaviest.iter().flat_map(|standing| &standing.reasons) {
        // One sentence for each difference of values, however many pairs of outlets show it.
        if told.insert((&reason.rule, &reason.message)) {
            reasons.push(reason.clone());
        }
    }
    let agreeing: Vec<&Standing> =
        links.iter().copied().filter(|standing| standing.relation == Relation::Agree).collect();
    let kind = (label == Label::Agree).then(|| agreement::of_group(&agreeing)).flatten();
    let level = if conflicts.is_empty() {
        Severity::Note
    } else {
        conflicts.iter().map(|standing| standing.level).max().unwrap_or(Severity::Note)
    };
    let of_label = if conflicts.is_empty() { &agreeing } else { &conflicts };
    let confidence = of_label.iter().map(|standing| standing.score).fold(0.0, f64::max);
    let mut explained_away: Vec<ExplainedAway> =
        links.iter().flat_map(|standing| standing.explained_away.iter().cloned()).collect();
    explained_away.extend(settled.iter().flat_map(|standing| standing.reasons.iter().map(outvoted)));
    explained_away.sort_by(|one, two| (&one.rule, &one.message).cmp(&(&two.rule, &two.message)));
    explained_away.dedup_by(|one, two| one.rule == two.rule && one.message == two.message);
    let positions = positions(&sides, &reasons, &group.guests, context);
    finding(
        group.id,
        story,
        &group.members,
        Answer { label, kind, level, confidence, positions, reasons, explained_away },
        context,
    )
}

/// The finding for a claim that no other outlet makes.
pub fn single(claim: u32, group: GroupId, story: StoryId, context: &Context<'_>) -> Finding {
    let positions = positions(&[vec![claim]], &[], &[], context);
    let answer = Answer {
        label: Label::SingleSource,
        kind: None,
        level: Severity::Note,
        confidence: 1.0,
        positions,
        reasons: Vec::new(),
        explained_away: Vec::new(),
    };
    finding(group, story, &[claim], answer, context)
}

/// The parts of a finding that the label decides.
struct Answer {
    label: Label,
    kind: Option<crate::model::AgreementKind>,
    level: Severity,
    confidence: f64,
    positions: Vec<Position>,
    reasons: Vec<Reason>,
    explained_away: Vec<ExplainedAway>,
}

/// Puts a finding together with its counts.
fn finding(group: GroupId, story: StoryId, members: &[u32], answer: Answer, context: &Context<'_>) -> Finding {
    let mut outlets = BTreeSet::new();
    let mut origins = BTreeSet::new();
    let mut speakers = BTreeSet::new();
    for &member in members {
        let claim = &context.claims[member as usize].claim;
        if let Some(facts) = context.documents.get(&claim.document) {
            outlets.insert(facts.source.as_str());
            origins.insert(facts.family);
        }
        if let Some(speaker) = claim.attribution.as_ref().and_then(|attribution| attribution.speaker.as_ref()) {
            speakers.insert(agreement::speaker_key(context.claims[member as usize], speaker));
        }
    }
    Finding {
        fingerprint: fingerprint(&answer, members, context),
        would_settle: would_settle(&answer),
        group,
        story,
        label: answer.label,
        kind: answer.kind,
        level: answer.level,
        confidence: (answer.confidence * 1e4).round() / 1e4,
        positions: answer.positions,
        reasons: answer.reasons,
        explained_away: answer.explained_away,
        outlets: outlets.len() as u32,
        // Several articles of one outlet are one origin at most.
        origins: (origins.len() as u32).min(outlets.len() as u32),
        attributed_sources: speakers.len() as u32,
        weighed: None,
    }
}

/// What would settle a conflict: a sentence for each rule that raised it, in the order of its reasons.
fn would_settle(answer: &Answer) -> Vec<String> {
    if answer.label != Label::Conflict {
        return Vec::new();
    }
    let mut sentences: Vec<String> = Vec::new();
    for reason in &answer.reasons {
        let rule = RULES.iter().find(|rule| rule.meta().id == reason.rule);
        // A page breaks its lines where it likes; the sentence is one line.
        let sentence = rule.and_then(|rule| rule.meta().would_settle()).map(|section| section.replace('\n', " "));
        sentences.extend(sentence.filter(|sentence| !sentences.contains(sentence)));
    }
    sentences
}

/// A mark free of positions in the text: the label, the rules, and each outlet with its words, stemmed and in order.
fn fingerprint(answer: &Answer, members: &[u32], context: &Context<'_>) -> Fingerprint {
    let mut parts: Vec<String> = members
        .iter()
        .map(|&member| {
            let claim = context.claims[member as usize];
            let source = context.documents.get(&claim.claim.document).map_or("", |facts| facts.source.as_str());
            let stems: Vec<&str> = claim.form.terms.iter().map(|term| term.stem.as_str()).collect();
            format!("{source}\u{1}{}", stems.join(" "))
        })
        .collect();
    parts.sort_unstable();
    parts.dedup();
    let rules: BTreeSet<&str> = answer.reasons.iter().map(|reason| reason.rule.as_str()).collect();
    Fingerprint::of([answer.label.name()].into_iter().chain(rules).chain(parts.iter().map(String::as_str)))
}

/// Who stands with whom. A claim stands with those it agrees with best, and never with a side of which it contradicts at
/// least as many as it agrees with. One contradiction among many agreements is outvoted: versions that differ in a value
/// differ from every version with the other value, so a single one is more likely a misreading.
fn sides(group: &ClaimGroup, links: &[&Standing], conflicts: &[&Standing]) -> Vec<Vec<u32>> {
    if conflicts.is_empty() {
        return vec![group.members.clone()];
    }
    let relations: FxHashMap<(u32, u32), &Standing> =
        links.iter().map(|standing| ((standing.left, standing.right), *standing)).collect();
    let between = |one: u32, two: u32| relations.get(&(one.min(two), one.max(two))).copied();
    // Claims that take part in a conflict found the sides; the others join where they fit best.
    let disputed: FxHashSet<u32> = conflicts.iter().flat_map(|standing| [standing.left, standing.right]).collect();
    let mut order: Vec<u32> = group.members.clone();
    order.sort_by_key(|member| (!disputed.contains(member), *member));
    let mut sides: Vec<Vec<u32>> = Vec::new();
    for member in order {
        let fit = |side: &Vec<u32>| -> Option<f64> {
            let (mut agreeing, mut contradicting, mut score) = (0, 0, 0.0);
            for standing in side.iter().filter_map(|&other| between(member, other)) {
                match standing.relation {
                    Relation::Conflict => contradicting += 1,
                    _ => {
                        agreeing += 1;
                        score += standing.score;
                    }
                }
            }
            (contradicting == 0 || contradicting < agreeing).then_some(score)
        };
        let best = sides
            .iter()
            .enumerate()
            .filter_map(|(at, side)| fit(side).map(|score| (at, score)))
            .filter(|(_, score)| *score > 0.0 || !disputed.contains(&member))
            .max_by(|one, two| one.1.total_cmp(&two.1).then(two.0.cmp(&one.0)));
        match best {
            Some((at, _)) => sides[at].push(member),
            None => sides.push(vec![member]),
        }
    }
    for side in &mut sides {
        side.sort_unstable();
    }
    sides.sort_by_key(|side| side[0]);
    sides
}

/// A reason that most of the versions speak against.
fn outvoted(reason: &Reason) -> ExplainedAway {
    ExplainedAway {
        rule: reason.rule.clone(),
        by: "other-versions".to_owned(),
        left: reason.left.clone(),
        right: reason.right.clone(),
        message: format!("{}; most other versions of the two sides agree", reason.message),
    }
}

/// The sides with their outlets, values and claims.
fn positions(sides: &[Vec<u32>], reasons: &[Reason], guests: &[u32], context: &Context<'_>) -> Vec<Position> {
    sides
        .iter()
        .map(|side| {
            let mut claims: Vec<ReportedClaim> =
                side.iter().filter_map(|&member| reported(member, guests, context)).collect();
            claims.sort_by(|one, two| {
                (&one.source, &one.path, one.place, one.start).cmp(&(&two.source, &two.path, two.place, two.start))
            });
            // Most findings are one claim, and a list that grew by itself has room for four.
            claims.shrink_to_fit();
            let outlets: BTreeSet<String> = claims.iter().map(|claim| claim.source.clone()).collect();
            let value = reasons.first().and_then(|reason| side_value(reason, &claims));
            Position { value, outlets: outlets.into_iter().collect(), claims }
        })
        .collect()
}

/// The value that the heaviest reason names for a claim of this side.
fn side_value(reason: &Reason, claims: &[ReportedClaim]) -> Option<Value> {
    [&reason.left, &reason.right]
        .into_iter()
        .find(|evidence| claims.iter().any(|claim| claim.id == evidence.claim))
        .map(|evidence| evidence.value.clone())
}

/// A claim as it is reported.
fn reported(member: u32, guests: &[u32], context: &Context<'_>) -> Option<ReportedClaim> {
    let claim = &context.claims[member as usize].claim;
    let facts = context.documents.get(&claim.document)?;
    Some(ReportedClaim {
        id: claim.shown_id(),
        document: facts.shown.clone(),
        source: facts.source.clone(),
        path: facts.path.clone(),
        start: claim.span.start,
        end: claim.span.end,
        place: claim.place,
        place_end: claim.place_end,
        text: claim.text().to_owned(),
        sentence: (claim.span != claim.sentence).then(|| claim.context.to_string()),
        subject: claim.carried(),
        headline: claim.kind == crate::model::ClaimKind::Headline,
        guest: guests.binary_search(&member).is_ok(),
        attribution: claim.attribution.clone(),
        // The text of the document is needed for these; they are set when the report is put together.
        selector: Vec::new(),
    })
}
