//! Candidates → links, and groups → standings: every pair is compared for its score and for how the two stand, and only
//! the pairs that end up in one group are held against each other again for what is to be told of them. A corpus full of
//! look-alikes has hundreds of matched pairs for each that is told.

use super::sense::Sense;
use super::together::Read;
use super::told_alike::Sayings;
use super::{Step, Watch, handed, pair, sameness};
use crate::block;
use crate::cluster;
use crate::compare::{Meeting, Prepared, Reading, StoryProfiles};
use crate::config::Settings;
use crate::label::{self, DocumentFacts, LabelSettings, Matched, RelationByWords, Sameness};
use crate::model::{Candidate, ClaimGroup, Comparison, DocumentId, Inference, Link, NormalClaim, Relation, Standing};
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Scores below this share of the threshold are taken for 0 when groups are joined, which spares keeping them.
pub(super) const WORTH_KEEPING: f64 = 0.1;

/// A score as links have it.
pub(super) fn millionths(score: f64) -> u32 {
    (score * f64::from(Link::CERTAIN)).round() as u32
}

/// What pairs are held against each other with.
pub(super) struct Held<'a> {
    pub(super) prepared: &'a [Prepared<'a>],
    /// Which claims say the same.
    pub(super) sayings: &'a Sayings,
    pub(super) profiles: &'a StoryProfiles,
    /// Where the claims lie in meaning, as far as they were encoded.
    pub(super) sense: &'a Sense,
    pub(super) documents: &'a FxHashMap<DocumentId, DocumentFacts>,
    pub(super) settings: &'a Settings,
    pub(super) watch: &'a dyn Watch,
}

/// So many pairs are compared between two words to who watches.
const AT_ONCE: usize = 1024;

/// The days that two claims speak from: besides their words and their pages all that rules ask.
type Days = (Option<Date>, Option<Date>);

/// What was found of two sayings, by the days they speak from and what a reader infers of them, if one was asked.
type KnownRelations = Vec<(Days, Option<Inference>, RelationByWords)>;

/// Links, and what was found on the way to them.
pub(super) struct Links {
    /// In the order of their claims.
    pub(super) all: Vec<Link>,
    /// For each link whether its claims agree and no rule has anything to tell of them.
    is_silent: Vec<bool>,
}

impl<'a> Held<'a> {
    /// The links of all candidates near enough to count when groups are joined, in their order. `candidates` are those that
    /// [`sense`](fn@super::sense::sense) saw.
    pub(super) fn links(&self, candidates: &[Candidate]) -> Links {
        let threshold = self.settings.compare.threshold;
        let settings = handed::label(self.settings);
        self.watch.begin(Step::Compare, candidates.len() as u64);
        let link = |known: &mut KnownRelations, meeting: &Meeting<'a>, at: usize| {
            if at.is_multiple_of(AT_ONCE) {
                self.watch.advance((candidates.len() - at).min(AT_ONCE) as u64);
            }
            let Candidate { left, right, .. } = candidates[at];
            let score = self.score(meeting, at, &candidates[at])?;
            if score < threshold * WORTH_KEEPING {
                return None;
            }
            let found = (score >= threshold).then(|| self.relation(known, meeting, left, right, &settings));
            let (relation, is_silent) = found.unzip();
            Some((Link { left, right, score: millionths(score), relation }, is_silent == Some(true)))
        };
        let links = self.sayings.each_pair(candidates, self.prepared, KnownRelations::default, link);
        let (mut all, is_silent): (Vec<Link>, Vec<bool>) = links.into_iter().map(|(_, found)| found).unzip();
        cluster::part_what_both_tell(|claim| self.prepared[claim as usize].claim.claim.document, &mut all);
        Links { all, is_silent }
    }

    /// How two matched claims stand, and whether that is all there is to tell. `meeting` is that of what they say, and `known` what is known of that.
    fn relation(
        &self,
        known: &mut KnownRelations,
        meeting: &Meeting<'a>,
        left: u32,
        right: u32,
        settings: &LabelSettings,
    ) -> (Relation, bool) {
        let (one, two) = (&self.prepared[left as usize], &self.prepared[right as usize]);
        let inference = self.read(left, right).map(|read| read.inference);
        let pair = pair((meeting.alignment(), inference), one, two, self.documents);
        let days = (pair.left_published, pair.right_published);
        let by_words = match known.iter().find(|(known, inferred, _)| (*known, *inferred) == (days, inference)) {
            Some((_, _, by_words)) => *by_words,
            None => {
                let by_words = label::relation_by_words(&pair, settings);
                known.push((days, inference, by_words));
                by_words
            }
        };
        (by_words.relation(&pair), by_words == RelationByWords::Silent)
    }

    /// The score of the candidate at this place in the list; nothing where it is not worth comparing or keeping, or vetoed.
    fn score(&self, meeting: &Meeting<'_>, at: usize, candidate: &Candidate) -> Option<f64> {
        let (left, right) = (candidate.left, candidate.right);
        let reading = self.reading(left, right);
        let nearness = reading.nearness;
        let likeness = || self.likeness(left, right);
        if let Some(by_words) = &self.sense.by_words {
            let score = by_words[at]?;
            return if nearness.is_some() { meeting.score(likeness(), reading) } else { Some(score) };
        }
        let likeness = likeness();
        // What only meaning brought together, words have nothing to say of, nor of what was read.
        let by_words = !candidate.keys.has(block::MEANING_KEY) && reading.inference.is_none();
        if by_words && nearness.is_none() {
            return meeting.score_from(self.settings.compare.threshold * WORTH_KEEPING, likeness);
        }
        if by_words && !meeting.is_worth_comparing(likeness) {
            return None;
        }
        meeting.score(likeness, reading)
    }

    /// The comparison of two claims, level by level.
    pub(super) fn compare(&self, left: u32, right: u32) -> Comparison {
        let meeting = Meeting::of(&self.prepared[left as usize], &self.prepared[right as usize]);
        meeting.compare((left, right), self.likeness(left, right), self.reading(left, right))
    }

    /// How alike the articles of two claims are.
    fn likeness(&self, left: u32, right: u32) -> Option<f64> {
        let document = |claim: u32| self.prepared[claim as usize].claim.claim.document;
        self.profiles.likeness(document(left), document(right))
    }

    /// What two claims mean, as far as that is known.
    fn reading(&self, left: u32, right: u32) -> Reading {
        let nearness = self.sense.space.as_ref().and_then(|space| space.nearness(left, right));
        let read = self.read(left, right);
        let inference = read.map(|read| read.inference);
        Reading { nearness, inference, is_counterpart: read.is_some_and(|read| read.is_counterpart) }
    }

    /// What came of two claims that were read together.
    fn read(&self, left: u32, right: u32) -> Option<&Read> {
        self.sense.read.get(&(left.min(right), left.max(right)))
    }

    /// The groups that `links` make of all claims.
    pub(super) fn groups(&self, claims: &[&NormalClaim], links: &[Link]) -> Vec<ClaimGroup> {
        cluster::groups(claims, links, self.settings.compare.threshold, &handed::cluster(self.settings))
    }

    /// The standings of the pairs inside each group. The links of the groups, indexes into `links`, become indexes into
    /// them.
    pub(super) fn standings(&self, groups: &mut [ClaimGroup], links: &Links) -> Vec<Standing> {
        let settings = handed::label(self.settings);
        let of_groups: Vec<Vec<Standing>> = groups
            .par_iter()
            .map(|group| {
                let pairs = group.links.iter().map(|&link| (links.all[link as usize], links.is_silent[link as usize]));
                let mut known = FxHashMap::default();
                pairs.map(|(link, is_silent)| self.standing(&mut known, link, is_silent, &settings)).collect()
            })
            .collect();
        let mut standings = Vec::with_capacity(of_groups.iter().map(Vec::len).sum());
        for (group, own) in groups.iter_mut().zip(of_groups) {
            let from = standings.len() as u32;
            group.links = (from..from + own.len() as u32).collect();
            standings.extend(own);
        }
        standings
    }

    /// How two claims of a group stand to each other, with all there is to tell of it. `known` are the pairs of the group before.
    fn standing(&self, known: &mut Known<'a>, link: Link, is_silent: bool, settings: &LabelSettings) -> Standing {
        let Link { left, right, .. } = link;
        let (one, two) = (&self.prepared[left as usize], &self.prepared[right as usize]);
        let (meeting, told) =
            known.entry(self.sayings.of_pair(left, right)).or_insert_with(|| (Meeting::of(one, two), Vec::new()));
        let inference = self.read(left, right).map(|read| read.inference);
        let pair = pair((meeting.alignment(), inference), one, two, self.documents);
        let around = Around {
            inference,
            days: (pair.left_published, pair.right_published),
            same_origin: sameness(one.claim, two.claim, self.documents),
            other_pages: label::are_of_other_pages(&pair),
        };
        let score = meeting.compared_score(self.likeness(left, right), self.reading(left, right));
        // A pair that is vetoed is in no group.
        let matched = Matched { left, right, score: score.unwrap_or_default() };
        if let Some((_, standing)) = told.iter().find(|(known, _)| *known == around) {
            let before = [standing.left, standing.right].map(|claim| self.prepared[claim as usize].claim);
            return retold(standing, before, matched, [one.claim, two.claim]);
        }
        debug_assert!(
            !is_silent
                || label::agree(&pair, matched, around.same_origin)
                    == label::stand(&pair, matched, around.same_origin, settings),
            "where no rule had anything to tell, none has",
        );
        let standing = if is_silent {
            label::agree(&pair, matched, around.same_origin)
        } else {
            label::stand(&pair, matched, around.same_origin, settings)
        };
        told.push((around, standing.clone()));
        standing
    }
}

/// Besides the words of two claims all that decides how they stand.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Around {
    /// What a reader of both infers, if one was asked.
    inference: Option<Inference>,
    days: Days,
    same_origin: Sameness,
    other_pages: bool,
}

/// For each two sayings of a group their meeting, and how claims of them stand.
type Known<'a> = FxHashMap<(u32, u32), (Meeting<'a>, Vec<(Around, Standing)>)>;

/// What was told of the two claims `before`, of two others that say the same.
fn retold(standing: &Standing, before: [&NormalClaim; 2], matched: Matched, now: [&NormalClaim; 2]) -> Standing {
    let mut standing = standing.clone();
    (standing.left, standing.right, standing.score) = (matched.left, matched.right, matched.score);
    let reasons = standing.reasons.iter_mut().map(|reason| [&mut reason.left, &mut reason.right]);
    let explained = standing.explained_away.iter_mut().map(|explained| [&mut explained.left, &mut explained.right]);
    for sides in reasons.chain(explained) {
        for ((side, before), now) in sides.into_iter().zip(before).zip(now) {
            debug_assert_eq!(side.claim, before.claim.shown_id(), "the sides of a reason are those of the pair");
            side.claim = now.claim.shown_id();
            let moved = now.claim.sentence.start.wrapping_sub(before.claim.sentence.start);
            side.moved(moved);
        }
    }
    standing
}

#[cfg(test)]
mod tests {
    use super::super::join::{join, keep_likenesses};
    use super::super::sense::Sense;
    use super::super::{Unwatched, count, facts, prepare};
    use super::*;
    use crate::compare;
    use crate::config::{Meaning, Settings};
    use crate::grammar::Trees;
    use crate::lexicon::background::Rarity;
    use crate::model::{Document, DocumentForm, LineMap, NamedBy, Origin, Passage, PassageKind, Source, Span};
    use crate::normalize::NormalizeSettings;
    use crate::{extract, normalize, segment};
    use proptest::prelude::*;

    const SENTENCES: &[&str] = &[
        "The fire at the Ellery mill killed 12 people on Monday.",
        "The fire at the Ellery mill killed 15 people yesterday.",
        "Flight 370 landed in Ellery on Tuesday.",
        "Flight 371 landed in Ellery on Tuesday.",
        "The mayor of Ellery resigned after the fire, police said.",
        "The mayor of Ellery did not resign, and the council of Ellery met on Tuesday.",
        "\"We lost our mill in the great fire,\" said Ada Lind.",
        "\"We lost our mill in the great fire,\" said Karl Moe.",
        "Following the fire at the mill, Ada Lind was arrested.",
        "The fire burned 14,180 tons of grain in Ellery.",
        "The fire burned about 14,000 tons of grain in Ellery.",
    ];

    const HEADINGS: &[&str] = &["What happened", "Who was hurt", "The mill of Ellery"];

    /// An article of an outlet, published on a day of July, of some of the headings and the sentences.
    fn article((outlet, day, headings, told): &(u8, u8, Vec<usize>, Vec<usize>), at: usize) -> Document {
        let mut text = format!("Report {at}");
        let mut passages =
            vec![Passage { span: Span::new(0, text.len()), kind: PassageKind::Headline, set_aside: None }];
        let mut add = |kind, words: &str| {
            text.push_str("\n\n");
            let start = text.len();
            text.push_str(words);
            passages.push(Passage { span: Span::new(start, text.len()), kind, set_aside: None });
        };
        headings.iter().for_each(|heading| add(PassageKind::Heading, HEADINGS[*heading]));
        told.iter().for_each(|sentence| add(PassageKind::Paragraph, SENTENCES[*sentence]));
        Document {
            id: DocumentId(at as u64 + 1),
            given_id: None,
            source: Source::new(format!("outlet {outlet}"), NamedBy::Flag),
            origin: Origin { path: format!("{at}.txt"), record: None, format: "text".to_owned() },
            title: None,
            url: None,
            published: (*day > 0).then(|| jiff::civil::date(2026, 7, *day as i8 + 13)),
            language: "en".to_owned(),
            form: DocumentForm::Article,
            text,
            passages,
            lines: LineMap::Verbatim,
            details: Default::default(),
        }
    }

    fn claims(document: &Document) -> Vec<NormalClaim> {
        let mut trees = Trees::default();
        let extracted = extract::extract(document, &segment::segment(document), &mut trees);
        normalize::normalize(document, extracted.claims, &mut trees, &NormalizeSettings::default())
    }

    /// What is found of all pairs, and what is told of those in groups.
    fn found(documents: &[Document], sayings: fn(&[Prepared<'_>]) -> Sayings) -> (Vec<Link>, Vec<Standing>) {
        let all: Vec<NormalClaim> = documents.iter().flat_map(claims).collect();
        let stats = count(&all);
        let prepared = prepare(&all, Rarity::of(&stats));
        let mut profiles = compare::story_profiles(&prepared);
        let mut settings = Settings::default();
        settings.compare.meaning = Meaning::Off;
        let joined = join(&prepared, &profiles, &settings, &Unwatched);
        keep_likenesses(&mut profiles, &prepared, &joined.pairs);
        let held = Held {
            prepared: &prepared,
            sayings: &sayings(&prepared),
            profiles: &profiles,
            sense: &Sense::default(),
            documents: &facts(documents),
            settings: &settings,
            watch: &Unwatched,
        };
        let links = held.links(&joined.pairs);
        let mut groups = held.groups(&all.iter().collect::<Vec<_>>(), &links.all);
        let standings = held.standings(&mut groups, &links);
        (links.all, standings)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn what_is_found_once_for_all_who_say_the_same_is_what_is_found_for_each(
            told in prop::collection::vec(
                (
                    0_u8..4,
                    0_u8..3,
                    prop::collection::vec(0..HEADINGS.len(), 0..4),
                    prop::collection::vec(0..SENTENCES.len(), 1..7),
                ),
                2..9,
            ),
        ) {
            let documents: Vec<Document> = told.iter().enumerate().map(|(at, told)| article(told, at)).collect();
            let once = found(&documents, Sayings::of);
            let each = found(&documents, |prepared| Sayings::all_differ(prepared.len()));
            prop_assert_eq!(once, each);
        }
    }

    #[test]
    fn a_score_asked_for_from_a_bound_on_is_that_of_the_comparison() {
        let documents: Vec<Document> =
            (0..4_u8).map(|outlet| article(&(outlet, 1, vec![], (0..SENTENCES.len()).collect()), 0)).collect();
        let all: Vec<NormalClaim> = documents.iter().flat_map(claims).collect();
        let stats = count(&all);
        let prepared = prepare(&all, Rarity::of(&stats));
        let (mut kept, mut vetoed) = (0, 0);
        for (left, right) in (0..all.len()).flat_map(|left| (0..left).map(move |right| (left, right))) {
            for likeness in [None, Some(0.05), Some(0.3), Some(0.9)] {
                // One meeting is asked about many pairs, and in any order.
                let meeting = Meeting::of(&prepared[left], &prepared[right]);
                let whole = meeting.compare((0, 1), likeness, Reading::default());
                for least in [0.9, 0.05, 0.0, 0.5] {
                    let score = meeting.score_from(least, likeness);
                    let expected = meeting
                        .is_worth_comparing(likeness)
                        .then(|| meeting.score(likeness, Reading::default()))
                        .flatten();
                    assert_eq!(score, expected.filter(|score| *score >= least), "{left} {right} {likeness:?} {least}");
                    assert!(score.is_none_or(|score| whole.veto.is_none() && (score - whole.score).abs() < 3e-6));
                    kept += usize::from(score.is_some());
                }
                vetoed += usize::from(whole.veto.is_some());
            }
        }
        assert!(kept > 100 && vetoed > 5, "{kept} {vetoed}");
    }

    #[test]
    fn the_score_of_claims_that_were_read_is_that_of_the_comparison() {
        let documents: Vec<Document> =
            (0..2_u8).map(|outlet| article(&(outlet, 1, vec![], (0..SENTENCES.len()).collect()), 0)).collect();
        let all: Vec<NormalClaim> = documents.iter().flat_map(claims).collect();
        let stats = count(&all);
        let prepared = prepare(&all, Rarity::of(&stats));
        let mut scores = Vec::new();
        for (left, right) in (0..all.len()).flat_map(|left| (0..left).map(move |right| (left, right))) {
            let meeting = Meeting::of(&prepared[left], &prepared[right]);
            for (likeness, nearness, told) in [
                (Some(0.6), Some(0.2), Some(0.02)),
                (Some(0.6), Some(0.2), Some(0.97)),
                (Some(0.3), Some(0.7), Some(0.4)),
                (Some(0.6), Some(0.7), None),
                (None, Some(0.4), Some(0.8)),
            ] {
                let inference = Some(Inference {
                    entailment: 0.1,
                    contradiction: 0.7,
                    neutral: 0.2,
                    similarity: told,
                    same_fact: told,
                });
                let reading = Reading { nearness, inference, is_counterpart: told > Some(0.5) };
                let whole = meeting.compare((0, 1), likeness, reading);
                let both = [meeting.score(likeness, reading), meeting.compared_score(likeness, reading)];
                for score in both {
                    assert_eq!(score.is_none(), whole.veto.is_some(), "{left} {right}");
                    assert!(score.is_none_or(|score| (score - whole.score).abs() < 3e-6), "{score:?} {}", whole.score);
                }
                scores.extend(both[0].map(|score| (score * 10.0) as u8));
            }
        }
        scores.sort_unstable();
        scores.dedup();
        assert!(scores.len() > 4, "{scores:?}");
    }

    #[test]
    fn the_articles_of_that_test_conflict_agree_and_stand_apart() {
        // What one document tells side by side is no conflict with another that does so too.
        let half = |outlet: u8| (0..SENTENCES.len()).filter(|at| at % 2 == usize::from(outlet % 2)).collect();
        let of = |outlet: u8| (outlet, outlet % 3, vec![], half(outlet));
        let documents: Vec<Document> = (0..4_u8).map(|outlet| article(&of(outlet), outlet as usize)).collect();
        let (links, standings) = found(&documents, Sayings::of);
        for relation in [Relation::Agree, Relation::Conflict, Relation::Apart] {
            assert!(links.iter().filter(|link| link.relation == Some(relation)).count() > 1, "{relation:?}");
        }
        assert!(standings.iter().any(|standing| !standing.reasons.is_empty()));
        assert!(standings.iter().any(|standing| !standing.explained_away.is_empty()));
    }
}
