//! Numbers that name things, held against each other: "Flight 370" and "Flight 371" are two flights. In: two claims. Out: the
//! things of one sort that both number, and number otherwise. It does not say whether that is a conflict.

use super::value_cues;
use crate::model::{NormalClaim, Quantity, QuantityKind, RoleKind, Span};
use crate::text::fold::fold;

/// Numbered things looked at per claim, so that a table read as one claim costs no quadratic time.
const MOST: usize = 16;

/// One numbered thing of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// Stem of what is numbered: "flight".
    pub noun: String,
    /// Its number, folded: "370", "737-800", "10(2)".
    pub number: String,
    /// The noun with its number.
    pub span: Span,
    /// True where it is what the claim is about, or a part of that: a doer, or to whom something is done in a passive.
    pub is_subject: bool,
    /// True where of two numbers of the sort, told of one thing, one is wrong, as far as the table of cues says: a thing is in one
    /// terminal, unit or tier. Accidents happen on many roads, and councils adopt many resolutions.
    pub is_exclusive: bool,
}

impl Identifier {
    /// True where both may be one thing: one number, or one that the other tells more closely ("Boeing 737", "Boeing 737-800").
    pub fn may_be(&self, other: &Self) -> bool {
        let (short, long) = if self.number.len() <= other.number.len() { (self, other) } else { (other, self) };
        let rest = long.number.strip_prefix(short.number.as_str());
        rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))
    }
}

/// The numbered things of a claim, in the order of the text. A plural ("Units 2 and 3") numbers more than its first number tells,
/// and is left out where the number was read.
pub fn identifiers(claim: &NormalClaim) -> Vec<Identifier> {
    let named = claim.form.quantities.iter().filter(|one| one.kind == QuantityKind::Identifier && !one.of.is_empty());
    named.take(MOST).map(|one| identifier(claim, one)).collect()
}

fn identifier(claim: &NormalClaim, quantity: &Quantity) -> Identifier {
    let noun = quantity.of[0].clone();
    let before = |span: Span| span.end <= quantity.span.start;
    let word = claim.form.terms.iter().rev().find(|term| before(term.span) && term.stem == noun);
    let start = word.map_or(quantity.span.start, |word| word.span.start);
    let span = Span { start, end: quantity.span.end };
    let classes = word.and_then(|word| value_cues().values(&word.word)).unwrap_or_default();
    let number: String = fold(claim.claim.words(quantity.span)).split_whitespace().collect();
    // Runway 09 is runway 9.
    let number = match number.trim_start_matches('0') {
        rest if rest.starts_with(|first: char| first.is_ascii_digit()) => rest.to_owned(),
        _ => number,
    };
    let is_exclusive = classes.contains(&"sited") && !number.contains('.');
    Identifier { noun, number, span, is_subject: is_subject(claim, quantity.span), is_exclusive }
}

/// What grammar gives no part is what the claim is about where no predicate stands before it.
fn is_subject(claim: &NormalClaim, span: Span) -> bool {
    let mut elsewhere = claim.frames().iter().any(|frame| frame.predicate.end <= span.start);
    for frame in claim.frames() {
        for role in frame.roles.iter().filter(|role| role.span.contains(span)) {
            if role.kind == RoleKind::Agent || role.kind == RoleKind::Patient && frame.passive {
                return true;
            }
            elsewhere = true;
        }
    }
    !elsewhere
}

/// The first thing of a sort that both number, if no number of that sort is in both. "Gate 12 at Terminal 2" and "Gate 12 at
/// Terminal 3" differ in the terminal.
pub fn differing<'a>(left: &'a [Identifier], right: &'a [Identifier]) -> Option<(&'a Identifier, &'a Identifier)> {
    left.iter().find_map(|one| {
        let other = right.iter().find(|other| other.noun == one.noun)?;
        let lefts = || left.iter().filter(|it| it.noun == one.noun);
        let rights = || right.iter().filter(|it| it.noun == one.noun);
        let shared = lefts().any(|one| rights().any(|other| one.may_be(other)));
        (!shared).then_some((one, other))
    })
}

/// True where both claims are about numbered things of one sort, and not the same: what is told of them are two statements.
pub fn are_about_others(left: &[Identifier], right: &[Identifier]) -> bool {
    differing(left, right).is_some_and(|(one, other)| one.is_subject && other.is_subject)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thing(noun: &str, number: &str, is_subject: bool) -> Identifier {
        let (noun, number) = (noun.to_owned(), number.to_owned());
        Identifier { noun, number, span: Span::new(0, 1), is_subject, is_exclusive: true }
    }

    #[test]
    fn a_number_told_more_closely_may_be_the_same() {
        for (one, other, expected) in [
            ("737", "737", true),
            ("737", "737-800", true),
            ("10(2)", "10", true),
            ("3.8", "3.8.1", true),
            ("37", "370", false),
            ("370", "371", false),
            ("4a", "4", true),
        ] {
            assert_eq!(thing("n", one, true).may_be(&thing("n", other, true)), expected, "{one} | {other}");
            assert_eq!(thing("n", other, true).may_be(&thing("n", one, true)), expected, "{other} | {one}");
        }
    }

    #[test]
    fn one_number_in_both_is_enough_and_each_sort_counts_by_itself() {
        let left = [thing("gate", "12", true), thing("terminal", "2", false)];
        let right = [thing("terminal", "3", false), thing("gate", "12", true)];
        let found = differing(&left, &right).map(|(one, other)| (one.number.as_str(), other.number.as_str()));
        assert_eq!(found, Some(("2", "3")));
        assert!(!are_about_others(&left, &right));
        let both = [thing("gate", "12", true), thing("gate", "14", true)];
        assert_eq!(differing(&left[..1], &both), None);
        assert!(are_about_others(&left[..1], &both[1..]));
    }
}
