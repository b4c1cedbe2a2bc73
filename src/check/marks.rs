//! Findings → marks that survive edits: rule, both paths, and the words of both claims, in no order and without any
//! position. What moves, reflows or re-emphasizes a text leaves them alone.

use super::paths::Base;
use crate::model::{Finding, Report, ReportedClaim, content_hash};
use unicode_normalization::UnicodeNormalization;

/// The version of the making of marks. A change of it makes baselines of another version unreadable, so that an update of
/// the program is never read as new findings.
pub const VERSION: &str = "crossclaim/v1";

/// Two claims of one finding that stand on different sides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opposed<'a> {
    pub(super) one: &'a ReportedClaim,
    pub(super) other: &'a ReportedClaim,
}

/// Every two claims of `finding` that stand on different sides and come from different sources; where there are none, those
/// of one source, which was then compared with itself.
pub(super) fn opposed(finding: &Finding) -> Vec<Opposed<'_>> {
    let sides: Vec<&[ReportedClaim]> = finding.positions.iter().map(|position| position.claims.as_slice()).collect();
    let pairs = opposed_sides(&sides, |claim| claim.source.as_str());
    pairs.into_iter().map(|(one, other)| Opposed { one, other }).collect()
}

/// The same for claims of any form, by their sides.
pub(super) fn opposed_sides<'a, T>(sides: &[&'a [T]], source: impl Fn(&T) -> &str) -> Vec<(&'a T, &'a T)> {
    let mut pairs: Vec<(&T, &T)> = Vec::new();
    for (at, side) in sides.iter().enumerate() {
        for one in *side {
            pairs.extend(sides[at + 1..].iter().flat_map(|side| side.iter()).map(|other| (one, other)));
        }
    }
    if pairs.iter().any(|(one, other)| source(one) != source(other)) {
        pairs.retain(|(one, other)| source(one) != source(other));
    }
    pairs
}

/// The rules that make `finding` a conflict, each once, the heaviest first.
pub(super) fn rules<'a>(finding: &'a Finding, report: &Report) -> Vec<&'a str> {
    let bears = |rule: &str| !report.method.rules.iter().any(|known| known.id == rule && known.bearing == "context");
    let mut rules: Vec<&str> = Vec::new();
    for reason in &finding.reasons {
        if bears(&reason.rule) && !rules.contains(&reason.rule.as_str()) {
            rules.push(&reason.rule);
        }
    }
    rules
}

/// The mark of one rule over some claims.
pub(super) fn mark<'a>(rule: &str, claims: impl IntoIterator<Item = &'a ReportedClaim>, base: &Base) -> String {
    let told = claims.into_iter().map(|claim| (base.told(&claim.path), bare(&claim.text)));
    of_words(rule, told)
}

/// The mark of one rule over paths and words.
pub(super) fn of_words(rule: &str, claims: impl IntoIterator<Item = (String, String)>) -> String {
    let mut sides: Vec<(String, String)> = claims.into_iter().collect();
    sides.sort();
    let words = sides.iter().flat_map(|(path, words)| [path.as_str(), words.as_str()]);
    format!("{:016x}", content_hash([VERSION, rule].into_iter().chain(words)))
}

/// One mark for a whole finding, made of those of its pairs.
pub(super) fn of_finding(finding: &Finding, rule: &str, base: &Base) -> String {
    joined(opposed(finding).iter().map(|pair| mark(rule, [pair.one, pair.other], base)).collect())
}

/// One mark made of those of pairs.
pub(super) fn joined(mut marks: Vec<String>) -> String {
    match marks.as_slice() {
        [one] => one.clone(),
        _ => {
            marks.sort();
            marks.dedup();
            format!("{:016x}", content_hash(marks.iter().map(String::as_str)))
        }
    }
}

/// The words of a text in small letters with single spaces: what is left when only marks, breaks and emphasis change.
pub fn bare(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for character in text.nfkc().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() || matches!(character, '%' | '$' | '€' | '£' | '¥' | '°') {
            words.push(character);
        } else if !words.ends_with(' ') && !words.is_empty() {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_is_left_when_marks_and_breaks_change() {
        let words = "backups are kept for 30 days the archive isn t";
        assert_eq!(bare("Backups are kept\n  for **30** days — the archive isn’t."), words);
        assert_eq!(bare("backups are kept for 30 days; the archive isn't"), words);
        assert_ne!(bare("at most 5 %"), bare("at most 5"));
    }

    #[test]
    fn a_mark_knows_no_order() {
        let side = |path: &str, words: &str| (path.to_owned(), words.to_owned());
        let one = of_words("numeric-mismatch", [side("a.md", "30 days"), side("b.md", "14 days")]);
        let other = of_words("numeric-mismatch", [side("b.md", "14 days"), side("a.md", "30 days")]);
        assert_eq!(one, other);
        assert_ne!(one, of_words("date-mismatch", [side("b.md", "14 days"), side("a.md", "30 days")]));
        assert_ne!(one, of_words("numeric-mismatch", [side("b.md", "30 days"), side("a.md", "14 days")]));
    }

    #[test]
    fn marks_are_fixed_by_their_version() {
        // A change here reads every baseline there is as other findings: raise VERSION with it.
        let side = |path: &str, words: &str| (path.to_owned(), words.to_owned());
        let mark = of_words("numeric-mismatch", [side("docs/a.md", "kept for 30 days"), side("b.md", "14 days")]);
        assert_eq!(mark, "f8b810505f89d7a3");
    }
}
