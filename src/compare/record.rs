//! What one record of a searched corpus says: its title and its text together, as one vector.
//!
//! What comes in: the prepared claims of a record. What goes out: [`Record`], and how near it is to a query. A query is
//! answered by what the title and the text say between them; neither alone holds all of its words.

use super::prepared::{Prepared, cosine, unit_vector};
use super::terms::PLENTY;

/// The claims of a record as one.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// As in [`Prepared`].
    pub stems: Vec<(u64, f32)>,
    /// As in [`Prepared`].
    pub norm: f32,
    /// As in [`Prepared`].
    pub grams: Vec<(u32, f32)>,
}

impl Record {
    /// The record of these claims: what any of them says, each word once and as heavy as where it is heaviest.
    pub fn of<'a, 'c: 'a>(claims: impl Iterator<Item = &'a Prepared<'c>> + Clone) -> Self {
        let stems = claims.clone().flat_map(|claim| {
            claim.stems.iter().map(|&(stem, weight)| (stem, f64::from(weight) * f64::from(claim.norm)))
        });
        let grams = claims.flat_map(|claim| {
            claim.grams.iter().map(|&(gram, weight)| (gram, f64::from(weight) * f64::from(claim.gram_norm)))
        });
        let (stems, norm) = unit_vector(stems.collect());
        let (grams, _) = unit_vector(grams.collect());
        Self { stems, norm, grams }
    }
}

/// What each measure adds to the relevance: the cosines of stems and of character sequences, how much the shared words tell
/// in all, and the share of the query that is told. Chosen on the train parts of public sets of queries with the checked
/// claims that answer them (`docs/quality.md`); near these shares a tenth more or less changes nothing.
const SHARES: [f64; 4] = [0.3, 0.3, 0.3, 0.1];

/// How near a record is to a query, in [0, 1]: a ranking, not a probability. Two claims can be about the same thing with a
/// better score and still answer a long query less.
pub fn relevance(query: &Prepared<'_>, record: &Record) -> f64 {
    let (mut shared, mut all) = (0.0, 0.0);
    let mut there = record.stems.iter().peekable();
    for &(stem, weight) in &query.stems {
        let weight = f64::from(weight) * f64::from(query.norm);
        all += weight;
        while there.next_if(|(other, _)| *other < stem).is_some() {}
        if there.peek().is_some_and(|(other, _)| *other == stem) {
            shared += weight;
        }
    }
    let measures = [
        cosine(&query.stems, &record.stems),
        cosine(&query.grams, &record.grams),
        (shared / PLENTY).min(1.0),
        if all > 0.0 { shared / all } else { 0.0 },
    ];
    let sum: f64 = measures.iter().zip(SHARES).map(|(measure, share)| measure * share).sum();
    (sum.clamp(0.0, 1.0) * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::prepare;
    use crate::lexicon::background::Rarity;
    use crate::model::CorpusStats;

    #[test]
    fn title_and_text_answer_together_what_neither_answers_alone() {
        let claim = crate::compare::align::tests::claim;
        let (query, title, text) =
            (claim("ferry captain fined harbor"), claim("ferry captain"), claim("fined harbor court"));
        let stats = CorpusStats::default();
        let rarity = Rarity::of(&stats);
        let [query, title, text] = [&query, &title, &text].map(|claim| prepare(claim, rarity));
        let near = |claims: &[&Prepared<'_>]| relevance(&query, &Record::of(claims.iter().copied()));
        assert!(near(&[&title, &text]) > near(&[&title]).max(near(&[&text])));
        assert_eq!(near(&[]), 0.0);
        assert!(near(&[&query]) <= 1.0);
    }
}
