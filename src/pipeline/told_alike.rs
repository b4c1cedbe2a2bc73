//! Claims told in the same words, and pairs of such claims. In: all claims of a run. Out: which of them say the same, and work on pairs
//! done for each two sayings at once: outlets print one another's sentences, and what two sentences are to each other need not be
//! found out again for every two articles they stand in.

use crate::compare::{Meeting, Prepared};
use crate::model::{
    Attribution, Candidate, Claim, ClaimId, DocumentId, NormalClaim, NormalForm, Place, SourceId, Span, content_hash,
};
use rayon::prelude::*;
use std::ops::Range;

/// So many readings of one sentence are told apart; a claim of yet another one is taken for a saying of its own.
const MOST_READINGS: usize = 32;

/// No more pairs than this are one piece of work: of two sentences that thousands print there are millions.
const MOST_AT_ONCE: usize = 4096;

/// What each claim says: the number of the first claim of the same words that was read the same.
pub(super) struct Sayings(Vec<u32>);

impl Sayings {
    /// Those of all claims.
    pub(super) fn of(prepared: &[Prepared<'_>]) -> Self {
        let mut of: Vec<u32> = (0..prepared.len() as u32).collect();
        let mut told: Vec<(u64, u32)> =
            prepared.par_iter().zip(&of).map(|(prepared, at)| (words(prepared.claim), *at)).collect();
        told.par_sort_unstable();
        let same: Vec<(u32, u32)> = told
            .par_chunk_by(|one, other| one.0 == other.0)
            .filter(|told| told.len() > 1)
            .flat_map_iter(|told| {
                let mut readings: Vec<(u32, NormalClaim)> = Vec::new();
                let of = |(_, at): &(u64, u32)| {
                    let read = alone(prepared[*at as usize].claim);
                    let known =
                        readings.iter().find(|(_, known)| is_same(known, &read)).map(|(first, _)| (*at, *first));
                    if known.is_none() && readings.len() < MOST_READINGS {
                        readings.push((*at, read));
                    }
                    known
                };
                told.iter().filter_map(of).collect::<Vec<_>>()
            })
            .collect();
        for (at, first) in same {
            of[at as usize] = first;
        }
        Self(of)
    }

    /// Each claim by itself, whatever it says.
    #[cfg(test)]
    pub(super) fn all_differ(claims: usize) -> Self {
        Self((0..claims as u32).collect())
    }

    /// What the claims of a pair say.
    pub(super) fn of_pair(&self, left: u32, right: u32) -> (u32, u32) {
        (self.0[left as usize], self.0[right as usize])
    }

    /// Asks `of` about every pair, by its place among `pairs`; pairs of the same two sayings in turn, with the meeting of these and with
    /// what `start` makes for them. What comes out is in the order of the pairs.
    pub(super) fn each_pair<'a, S, T: Send>(
        &self,
        pairs: &[Candidate],
        prepared: &'a [Prepared<'a>],
        start: impl Fn() -> S + Sync,
        of: impl Fn(&mut S, &Meeting<'a>, usize) -> Option<T> + Sync,
    ) -> Vec<(u32, T)> {
        let mut order: Vec<(u32, u32, u32)> = (0_u32..)
            .zip(pairs)
            .map(|(at, pair)| {
                let (left, right) = self.of_pair(pair.left, pair.right);
                (left, right, at)
            })
            .collect();
        order.par_sort_unstable();
        let mut found: Vec<(u32, T)> = pieces(&order)
            .into_par_iter()
            .flat_map_iter(|piece| {
                let pairs_alike = &order[piece];
                let (left, right, _) = pairs_alike[0];
                let meeting = Meeting::of(&prepared[left as usize], &prepared[right as usize]);
                let mut state = start();
                let of = |(_, _, at): &(u32, u32, u32)| Some((*at, of(&mut state, &meeting, *at as usize)?));
                pairs_alike.iter().filter_map(of).collect::<Vec<_>>()
            })
            .collect();
        found.par_sort_unstable_by_key(|(at, _)| *at);
        found
    }
}

/// Runs of pairs of the same two sayings, none of them too long.
fn pieces(order: &[(u32, u32, u32)]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for alike in order.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
        let end = from + alike.len();
        pieces.extend((from..end).step_by(MOST_AT_ONCE).map(|at| at..end.min(at + MOST_AT_ONCE)));
        from = end;
    }
    pieces
}

/// A hash of the sentence of a claim and of the claim's place in it.
fn words(claim: &NormalClaim) -> u64 {
    let Claim { span, sentence, context, .. } = &claim.claim;
    let place = u64::from(span.start.wrapping_sub(sentence.start)) << 32 | u64::from(span.end.wrapping_sub(span.start));
    content_hash([&**context]) ^ place.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// True where both are read the same. Frames are not asked: they are read off what is held against each other here.
fn is_same(one: &NormalClaim, other: &NormalClaim) -> bool {
    one.claim == other.claim && one.form == other.form
}

/// A claim as if its sentence stood alone: what it says, and not who says it where.
fn alone(normal: &NormalClaim) -> NormalClaim {
    let start = normal.claim.sentence.start;
    let mut claim = normal.claim.clone();
    let mut form = normal.form.clone();
    // Who says it where.
    claim.id = ClaimId(0);
    claim.given_id = None;
    claim.document = DocumentId(0);
    claim.source = SourceId(0);
    claim.place = Place { line: 1, column: 1 };
    claim.place_end = None;
    let Claim { span, sentence, subject, predicate, circumstances, attribution, quotes, .. } = &mut claim;
    let mut spans: Vec<&mut Span> = vec![span, sentence];
    spans.extend(subject);
    spans.extend(predicate);
    spans.extend(circumstances);
    spans.extend(quotes);
    if let Some(Attribution { speaker, via, cue, .. }) = attribution {
        spans.push(cue);
        spans.extend(speaker.iter_mut().chain(via).map(|speaker| &mut speaker.span));
    }
    let NormalForm { terms, entities, quantities, times, negations, modality_cue, .. } = &mut form;
    spans.extend(terms.iter_mut().map(|term| &mut term.span));
    spans.extend(entities.iter_mut().map(|mention| &mut mention.span));
    spans.extend(quantities.iter_mut().map(|quantity| &mut quantity.span));
    spans.extend(times.iter_mut().map(|time| &mut time.span));
    spans.extend(negations.iter_mut().flat_map(|negation| [&mut negation.cue, &mut negation.scope]));
    spans.extend(modality_cue);
    for span in spans {
        // The speaker may be named before the sentence: what counts is how far from it.
        span.start = span.start.wrapping_sub(start);
        span.end = span.end.wrapping_sub(start);
    }
    NormalClaim::new(claim, form, Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::background::Rarity;
    use crate::model::CorpusStats;
    use crate::normalize::NormalizeSettings;
    use crate::pipeline::pairs::claim_of;
    use crate::pipeline::prepare;

    #[test]
    fn the_same_words_are_one_saying_wherever_they_stand_and_whoever_says_them() {
        let known = NormalizeSettings::default();
        let day = |day: i8| Some(jiff::civil::date(2026, 7, day));
        let claims = [
            claim_of("Courier", "The mill burned down yesterday.", day(14), &known),
            claim_of("Ledger", "The mill burned down yesterday.", day(14), &known),
            claim_of("Sentinel", "  The mill burned down yesterday.", day(14), &known),
            claim_of("Herald", "The mill burned down yesterday.", day(15), &known),
            claim_of("Herald", "The mill burned down Yesterday.", day(14), &known),
        ];
        let stats = CorpusStats::default();
        let sayings = Sayings::of(&prepare(&claims, Rarity::of(&stats)));
        assert_eq!(sayings.0, [0, 0, 0, 3, 4], "yesterday is another day on the next");
    }

    #[test]
    fn every_pair_is_asked_about_once_and_in_order() {
        let known = NormalizeSettings::default();
        let texts = ["The mill burned.", "The pier sank."];
        let claims: Vec<NormalClaim> =
            (0..200).map(|at| claim_of(&format!("outlet {at}"), texts[at % 2], None, &known)).collect();
        let stats = CorpusStats::default();
        let prepared = prepare(&claims, Rarity::of(&stats));
        let pair = |left, right| Candidate { left, right, keys: Default::default() };
        let pairs: Vec<Candidate> =
            (0..200).flat_map(|left| (left + 1..200).map(move |right| pair(left, right))).collect();
        let of = |asked: &mut usize, meeting: &Meeting<'_>, at: usize| {
            let Candidate { left, right, .. } = pairs[at];
            let words = |claim: u32| claims[claim as usize].claim.text();
            assert_eq!(meeting.left().claim.claim.text(), words(left));
            assert_eq!(meeting.right().claim.claim.text(), words(right));
            *asked += 1;
            assert!(*asked <= MOST_AT_ONCE);
            (left % 3 == 0).then_some((left, right))
        };
        let found: Vec<(u32, u32)> =
            Sayings::of(&prepared).each_pair(&pairs, &prepared, || 0, of).into_iter().map(|(_, pair)| pair).collect();
        let expected: Vec<(u32, u32)> =
            pairs.iter().filter(|pair| pair.left % 3 == 0).map(|pair| (pair.left, pair.right)).collect();
        assert_eq!(found, expected);
    }
}
