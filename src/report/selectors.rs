//! Claims and the documents they stand in → selectors, by which other programs find the words of a claim again: in the text
//! as read, and, by the quotation and the words around it, in the page it was read from.
//!
//! The words around a claim are as many as it takes to tell it from every other place of its text. That is told by windows of
//! one length over the text, counted by a rolling hash (Karp and Rabin, 1987), so that a text of any length and with any
//! number of claims is read a fixed number of times; two windows of one hash only cost some words more.

use super::assemble::size;
use crate::model::{Document, Finding, ReportedClaim, Selector};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;

/// Bytes before the claim, and as many from its beginning on, that are looked at: the first number that makes the window
/// one of a kind decides. Readers of annotations keep some 32 characters on each side.
const CONTEXT: &[usize] = &[32, 128, 512, 2048];

/// Gives each claim of the findings its selectors.
pub(super) fn select(findings: &mut [Finding], documents: &[Document]) {
    let named = documents.iter().enumerate();
    let mut by_name: Vec<((&str, Cow<'_, str>), usize)> =
        named.map(|(index, document)| ((document.origin.path.as_str(), identity(document)), index)).collect();
    by_name.sort_unstable();
    let mut claims_of: Vec<(usize, &mut ReportedClaim)> = Vec::with_capacity(documents.len());
    let claims = findings.iter_mut().flat_map(|finding| &mut finding.positions).flat_map(|side| &mut side.claims);
    for claim in claims {
        let asked = (claim.path.as_str(), Cow::Borrowed(claim.document.as_str()));
        let known = &by_name[by_name.partition_point(|(name, _)| *name < asked)..];
        let known = &known[..known.partition_point(|(name, _)| *name == asked)];
        if let Some(&(_, index)) = known.iter().find(|&&(_, index)| stands_in(claim, &documents[index], known.len())) {
            claims_of.push((index, claim));
        }
    }
    drop(by_name);
    claims_of.sort_by_key(|(index, claim)| (*index, claim.start, claim.end));
    for claims in claims_of.chunk_by_mut(|one, two| one.0 == two.0) {
        let text = &documents[claims[0].0].text;
        let mut claims: Vec<&mut ReportedClaim> = claims.iter_mut().map(|(_, claim)| &mut **claim).collect();
        of_document(text, &mut claims);
    }
}

/// The identity that a document is shown with.
fn identity(document: &Document) -> Cow<'_, str> {
    document.given_id.as_deref().map_or_else(|| document.id.to_string().into(), Cow::Borrowed)
}

/// Whether the claim stands in this document, of the `count` that have its path and identity: the inputs' own identities may
/// be given twice.
fn stands_in(claim: &ReportedClaim, document: &Document, count: usize) -> bool {
    let start = claim.start as usize;
    document.text.get(start..claim.end as usize) == Some(claim.text.as_str())
        && (count == 1 || document.lines.place(&document.text, start) == claim.place)
}

/// Gives the claims of one text, in the order of the text, their selectors.
fn of_document(text: &str, claims: &mut [&mut ReportedClaim]) {
    let spans: Vec<Range<usize>> = claims.iter().map(|claim| claim.start as usize..claim.end as usize).collect();
    let (mut counted, mut characters) = (0, 0);
    for (claim, around) in claims.iter_mut().zip(surroundings(text, &spans)) {
        let (start, end) = (claim.start as usize, claim.end as usize);
        characters += text[counted..start].chars().count();
        counted = start;
        claim.selector = vec![
            Selector::TextQuote {
                exact: claim.text.clone(),
                prefix: text[around.start..start].to_owned(),
                suffix: text[end..around.end].to_owned(),
            },
            Selector::TextPosition { start: size(characters), end: size(characters + claim.text.chars().count()) },
        ];
    }
}

/// For each of the spans, which lie on borders of characters, a range around it that stands nowhere else in the text; the
/// smallest range tried, where [`CONTEXT`] does not reach far enough to part it from another.
fn surroundings(text: &str, spans: &[Range<usize>]) -> Vec<Range<usize>> {
    let around = |at: usize, reach: usize| {
        let (span, window) = (&spans[at], window(text.len(), spans[at].start, reach));
        let start = span.start.saturating_sub(reach).min(window.start);
        let end = (span.end + reach).min(text.len()).max(window.end);
        let is_border = |at: &usize| text.is_char_boundary(*at);
        (0..=start).rev().find(is_border).unwrap_or(0)..(end..text.len()).find(is_border).unwrap_or(text.len())
    };
    let mut found: Vec<Range<usize>> = (0..spans.len()).map(|at| around(at, CONTEXT[0])).collect();
    let mut open: Vec<usize> = (0..spans.len()).collect();
    for &reach in CONTEXT {
        if open.is_empty() {
            break;
        }
        let starts: Vec<usize> = open.iter().map(|&at| window(text.len(), spans[at].start, reach).start).collect();
        let is_single = singles(text.as_bytes(), &starts, (2 * reach).min(text.len()));
        let mut single = is_single.into_iter();
        open.retain(|&at| {
            let done = single.next() == Some(true);
            if done {
                found[at] = around(at, reach);
            }
            !done
        });
    }
    found
}

/// The window around `at` in a text of `length` bytes: `reach` bytes to both sides, moved inward at the ends of the text.
fn window(length: usize, at: usize, reach: usize) -> Range<usize> {
    let wide = (2 * reach).min(length);
    let start = at.saturating_sub(reach).min(length - wide);
    start..start + wide
}

/// By each of `starts`, whether the `wide` bytes from there on stand nowhere else in `text`. It may say no where it is so.
fn singles(text: &[u8], starts: &[usize], wide: usize) -> Vec<bool> {
    /// An odd number without a pattern in its bits.
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    /// Bits of the sieve, which keeps most windows of a long text from being looked up.
    const SIEVE: usize = 1 << 16;
    let leaving = BASE.wrapping_pow(u32::try_from(wide).unwrap_or(u32::MAX));
    let hash = |window: &[u8]| window.iter().fold(0_u64, |hash, &byte| grown(hash, byte));
    fn grown(hash: u64, byte: u8) -> u64 {
        hash.wrapping_mul(BASE).wrapping_add(u64::from(byte) + 1)
    }
    let slot = |hash: u64| (hash >> 48) as usize % SIEVE;
    let hashes: Vec<u64> = starts.iter().map(|&start| hash(&text[start..start + wide])).collect();
    let mut sieve = vec![false; SIEVE];
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for &hash in &hashes {
        sieve[slot(hash)] = true;
        counts.insert(hash, 0);
    }
    let mut here = hash(&text[..wide]);
    let mut count = |hash: u64| {
        if sieve[slot(hash)]
            && let Some(count) = counts.get_mut(&hash)
        {
            *count = count.saturating_add(1);
        }
    };
    count(here);
    for (&gone, &come) in text.iter().zip(&text[wide..]) {
        here = grown(here, come).wrapping_sub(leaving.wrapping_mul(u64::from(gone) + 1));
        count(here);
    }
    hashes.iter().map(|hash| counts.get(hash) == Some(&1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// How often `words` stand in `text`, also where they overlap.
    fn occurrences(text: &str, words: &str) -> usize {
        (0..text.len()).filter(|&at| text.as_bytes()[at..].starts_with(words.as_bytes())).count()
    }

    #[test]
    fn a_sentence_that_stands_twice_is_told_by_the_words_around_it() {
        let same = "Two people died.";
        let text = format!("{same} {} {same} The end.", "The ferry sank off the pier and nobody saw it. ".repeat(4));
        let second = text.rfind(same).unwrap();
        let spans = [0..same.len(), second..second + same.len()];
        for around in surroundings(&text, &spans) {
            assert_eq!(occurrences(&text, &text[around.clone()]), 1);
            assert!(around.len() < 110, "{around:?}");
        }
    }

    #[test]
    fn a_text_that_repeats_without_end_takes_no_time() {
        let text = "Two people died. ".repeat(20_000);
        let spans: Vec<Range<usize>> = (0..20_000).map(|at| at * 17..at * 17 + 16).collect();
        let started = std::time::Instant::now();
        let around = surroundings(&text, &spans);
        assert!(around.iter().all(|around| around.len() <= 2 * 2048 + 16));
        // Looking each of them up in the text takes hours.
        assert!(started.elapsed().as_secs() < 60);
    }

    proptest! {
        #[test]
        fn what_is_selected_stands_once(pieces in prop::collection::vec("(a|b|é|🙂|ab a|It rained\\. |\\PC){1,3}", 1..60), cut in any::<(u16, u16)>()) {
            let text = pieces.concat();
            let borders: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
            let (one, two) = (usize::from(cut.0) % borders.len(), usize::from(cut.1) % borders.len());
            let span = borders[one.min(two)]..borders[one.max(two)];
            let around = surroundings(&text, std::slice::from_ref(&span)).remove(0);
            prop_assert!(around.start <= span.start && span.end <= around.end);
            // All of these texts are shorter than the widest window.
            prop_assert_eq!(occurrences(&text, &text[around]), 1);
        }
    }
}
