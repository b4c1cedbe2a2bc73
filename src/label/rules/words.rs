//! The words of one claim, as rules look at them. In: a claim or its words. Out: which words carry meaning, what they count,
//! which stretch between commas they stand in. It compares no claims.

use crate::lexicon::{auxiliaries, counted, reporting_verbs, verbs};
use crate::model::{NormalClaim, Span, Term, TermRole};

/// For each word of a claim the number of the stretch between commas, brackets and their like that it stands in.
pub(super) fn segments(claim: &NormalClaim) -> Vec<usize> {
    let base = claim.claim.sentence.start as usize;
    let text = claim.claim.context.as_ref();
    let mut number = 0;
    let mut end: Option<usize> = None;
    let terms = claim.form.terms.iter();
    terms
        .map(|term| {
            let start = (term.span.start as usize).saturating_sub(base);
            let between = end.and_then(|end| text.get(end..start)).unwrap_or("");
            let cuts = |mark: char| matches!(mark, ',' | ';' | ':' | '(' | ')' | '\u{2014}' | '\u{2013}');
            number += usize::from(between.contains(cuts));
            end = Some((term.span.end as usize).saturating_sub(base));
            number
        })
        .collect()
}

/// True for a word that carries the meaning of the claim, names apart.
pub(super) fn is_content(term: &Term) -> bool {
    term.role == TermRole::Content && !reporting_verbs().has(&term.word)
}

pub(super) fn may_govern(term: &Term) -> bool {
    is_content(term) || term.role == TermRole::Name
}

/// What a counted word stands for: "deaths" and "killed" are one thing.
pub(super) fn concept(term: &Term) -> Option<&'static str> {
    counted().value(&term.word)
}

/// True for a form that can only, or nearly only, be a verb in the past.
pub(super) fn is_past(term: &Term) -> bool {
    let teller = || reporting_verbs().has(&term.word) || auxiliaries().has(&term.word);
    (term.word.len() > 4 && term.word.ends_with("ed")) || verbs().forms(&term.word).past && !teller()
}

/// True where a span of `slots` overlaps `span`.
pub(super) fn covered(slots: &[Span], span: Span) -> bool {
    slots.iter().any(|slot| slot.overlaps(span))
}

/// The indexes of the words under `span`.
pub(super) fn words_in(terms: &[Term], span: Span) -> std::ops::Range<usize> {
    let from = terms.iter().position(|term| span.overlaps(term.span)).unwrap_or(terms.len());
    let until = terms[from..].iter().position(|term| !span.overlaps(term.span)).map_or(terms.len(), |n| from + n);
    from..until
}
