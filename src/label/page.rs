//! Whether two documents are pages made after one template, and what each of them is about. In: a document with its headings. Out: true
//! where a claim of the one is about the topic of its own page and a claim of the other about that of the other page: "The target
//! supports host tools" under the headings that all pages about targets have.

use crate::lexicon::function_words;
use crate::model::{Document, NormalClaim, PassageKind, content_hash};
use crate::text::{fold::fold, stems::stem};
use std::collections::BTreeSet;

/// Headings that two pages must share to be of one template.
const SHARED: usize = 2;

/// Share of the headings of the page with fewer of them that both must have.
const SHARE: f64 = 0.5;

/// Passages at the beginning of a page among which its name stands, once as its headline and once more as a heading.
const NAMES: usize = 2;

/// How many times the headings of a page one must have that puts pages together.
const WHOLE: usize = 3;

/// What is known of a document as a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The words of its title that tell something, by their stems; a name with hyphens is one word.
    title: BTreeSet<String>,
    /// What it is called, by their hashes: its headline, and the heading that stands right below it.
    called: Vec<u64>,
    /// Where its headings stand, and their hashes, in order. The headline is none.
    headings: Vec<(u32, u64)>,
    /// The same hashes, each once, in order of their size, without what the page is called.
    distinct: Vec<u64>,
}

impl Page {
    /// Reads the title and the headings of a document.
    pub fn of(document: &Document) -> Self {
        let text = |span: crate::model::Span| document.text.get(span.start as usize..span.end as usize).unwrap_or("");
        let hash = |text: &str| content_hash([fold(text).split_whitespace().collect::<Vec<_>>().join(" ").as_str()]);
        let of_kind = |kind: PassageKind| document.passages.iter().filter(move |passage| passage.kind == kind);
        let headings: Vec<(u32, u64)> =
            of_kind(PassageKind::Heading).map(|passage| (passage.span.start, hash(text(passage.span)))).collect();
        let is_name = |kind| matches!(kind, PassageKind::Headline | PassageKind::Heading);
        let named = document.passages.iter().take(NAMES).take_while(|passage| is_name(passage.kind));
        let called: Vec<u64> = named.clone().map(|passage| hash(text(passage.span))).collect();
        let title = named.map(|passage| passage.span).next();
        let mut distinct: Vec<u64> = headings.iter().map(|(_, hash)| *hash).filter(|it| !called.contains(it)).collect();
        distinct.sort_unstable();
        distinct.dedup();
        Self { title: title.map(|span| words(text(span)).collect()).unwrap_or_default(), called, headings, distinct }
    }

    /// The words of its title that the title of the other page lacks.
    fn own<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a String> {
        self.title.difference(&other.title)
    }

    fn has(&self, heading: u64) -> bool {
        self.distinct.binary_search(&heading).is_ok()
    }

    /// The heading above a place of this page, or its title.
    fn section(&self, at: u32) -> Option<u64> {
        let before = self.headings.partition_point(|(start, _)| *start <= at);
        before.checked_sub(1).map(|last| self.headings[last].1).or(self.called.first().copied())
    }

    /// True where this page puts others together, of which `other` is one.
    fn holds(&self, other: &Self) -> bool {
        let headed = other.called.iter().any(|name| self.has(*name));
        headed && self.distinct.len() >= other.distinct.len() * WHOLE
    }

    /// True where what stands at `at` of this page, which holds `part`, stands in another part made after the same template: beside a
    /// heading that `part` has too. What stands under headings of its own is held against `part` as its own page is.
    fn is_elsewhere(&self, part: &Self, at: u32) -> bool {
        let before = self.headings.partition_point(|(start, _)| *start <= at);
        let beside = [before.checked_sub(1), Some(before)].into_iter().flatten();
        if !beside.filter_map(|near| self.headings.get(near)).any(|(_, heading)| part.has(*heading)) {
            return false;
        }
        let mut back = self.headings[..before].iter().rev().map(|(_, heading)| *heading);
        back.find(|heading| !part.has(*heading)).is_none_or(|heading| !part.called.contains(&heading))
    }
}

/// The words of a text that tell something, by their stems.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let pieces = text.split_whitespace().map(|piece| fold(piece.trim_matches(|mark: char| !mark.is_alphanumeric())));
    pieces.filter(|word| !word.is_empty() && !function_words().has(word)).map(|word| stem(&word).into())
}

/// True where two claims stand under different headings of pages that have headings.
pub(super) fn are_under_other_headings(pages: [&Page; 2], claims: [&NormalClaim; 2]) -> bool {
    let [one, other] = [0, 1].map(|side| pages[side].section(claims[side].claim.span.start));
    pages.iter().all(|page| !page.distinct.is_empty()) && one != other
}

/// True where two claims stand on two pages of one template and neither names what the other's page is about: each is then about the topic
/// of its own page, whatever its words are. A page that puts others together is about as many topics.
pub(super) fn are_about_their_own(pages: [&Page; 2], claims: [&NormalClaim; 2]) -> bool {
    let [one, two] = pages;
    let shared = one.distinct.iter().filter(|heading| two.has(**heading)).count();
    let fewest = one.distinct.len().min(two.distinct.len());
    if shared < SHARED || (shared as f64) < fewest as f64 * SHARE {
        return false;
    }
    for (whole, part, claim) in [(one, two, claims[0]), (two, one, claims[1])] {
        if whole.holds(part) {
            return whole.is_elsewhere(part, claim.claim.span.start);
        }
    }
    // Two versions of one page are about the same.
    if one.own(two).next().is_none() || two.own(one).next().is_none() {
        return false;
    }
    let names = |claim: &NormalClaim, page: &Page, other: &Page| {
        let told: BTreeSet<String> = words(claim.claim.text()).collect();
        page.own(other).any(|word| told.contains(word))
    };
    !names(claims[0], two, one) && !names(claims[1], one, two)
}
