//! Two claims that meet, perhaps many times: outlets print the same words, and of two sentences that stand in ten articles each a
//! hundred pairs are candidates. What only their own words decide is worked out once; what lies around them, how alike their
//! articles are and how near they are in meaning, is told anew for each pair and changes nothing else.

use super::levels::{self, Comparator};
use super::prepared::{self, Prepared};
use super::{COMPARATORS, LEAST_FIRST_WEIGHT, Reading, Sides, align, deeds, prior, probability, weights};
use crate::lexicon::identifiers::are_about_others;
use crate::model::{Alignment, Comparison};
use std::cell::OnceCell;

/// Two claims and what is known of them together. Whatever is asked of it is the same for every two claims of the same words.
#[derive(Debug)]
pub struct Meeting<'a> {
    left: &'a Prepared<'a>,
    right: &'a Prepared<'a>,
    terms: OnceCell<f64>,
    grams: OnceCell<f64>,
    are_about_others: OnceCell<bool>,
    alignment: OnceCell<Alignment>,
    /// What they weigh where nothing is known of their meaning, without what takes long, and the most that all can weigh.
    first: OnceCell<(Own, f64)>,
    /// What they weigh where nothing is known of their meaning, vetoes left out.
    own: OnceCell<Own>,
    is_vetoed: OnceCell<bool>,
    /// What they weigh, by what is known of their nearness in meaning; see [`band`].
    weighed: [OnceCell<Option<Own>>; BANDS],
}

/// What each comparator weighs, in their order; nothing for one that looks at what lies around the claims.
type Own = Vec<Option<f64>>;

/// Readings with a nearness that may differ in what the claims' own words weigh beside it.
const BANDS: usize = 2;

/// What is known of the nearness of two claims, as far as it decides what their own words weigh.
fn band(nearness: f64) -> usize {
    usize::from(nearness >= deeds::NEAR_BACKDROP)
}

/// What the order of adding up can change in a weight, and rounding in a score.
const ROUNDING: f64 = 1e-5;

impl<'a> Meeting<'a> {
    /// Lets two claims meet. Nothing is worked out yet.
    pub fn of(left: &'a Prepared<'a>, right: &'a Prepared<'a>) -> Self {
        Self {
            left,
            right,
            terms: OnceCell::new(),
            grams: OnceCell::new(),
            are_about_others: OnceCell::new(),
            alignment: OnceCell::new(),
            first: OnceCell::new(),
            own: OnceCell::new(),
            is_vetoed: OnceCell::new(),
            weighed: Default::default(),
        }
    }

    /// The one claim.
    pub fn left(&self) -> &'a Prepared<'a> {
        self.left
    }

    /// The other.
    pub fn right(&self) -> &'a Prepared<'a> {
        self.right
    }

    /// A quick look at two claims before they are compared in full: whether they can be about the same thing at all, in articles that
    /// are this much alike.
    pub fn is_worth_comparing(&self, likeness: Option<f64>) -> bool {
        let (left, right) = (self.left, self.right);
        let story = likeness.map_or(0.0, |value| levels::weight(weights::STORY, value));
        let cosine_of_stems = || prepared::cosine(&left.stems, &right.stems);
        let terms = *self.terms.get_or_init(|| levels::weight(weights::TERMS, cosine_of_stems()));
        let best_grams = weights::GRAMS.first().map_or(0.0, |level| level.weight);
        if story + terms + best_grams < LEAST_FIRST_WEIGHT {
            return false;
        }
        let cosine_of_grams = || prepared::cosine(left.grams(), right.grams());
        let grams = *self.grams.get_or_init(|| levels::weight(weights::GRAMS, cosine_of_grams()));
        story + terms + grams >= LEAST_FIRST_WEIGHT
            && !self.are_about_others.get_or_init(|| are_about_others(left.identifiers(), right.identifiers()))
    }

    /// Which words of the one stand for which of the other.
    pub fn alignment(&self) -> &Alignment {
        self.alignment.get_or_init(|| align::align(self.left, self.right))
    }

    /// The score of [`compare`](Self::compare) alone, nothing where the pair is vetoed: most pairs are compared for nothing else.
    pub fn score(&self, likeness: Option<f64>, reading: Reading) -> Option<f64> {
        let (sides, own) = self.weighed(likeness, reading.nearness)?;
        let unread = each_weight(own, &sides).fold(prior(&sides), |sum, weight| sum + weight);
        Some(probability(levels::with_inference(unread, &self.sides(likeness, reading))))
    }

    /// The [`score`](Self::score) of two claims that are [worth comparing](Self::is_worth_comparing), by their words; nothing where it is
    /// below `least`. What takes long is asked last, and not where the rest decides: half of the pairs of a large corpus end here.
    pub fn score_from(&self, least: f64, likeness: Option<f64>) -> Option<f64> {
        let (left, right) = (self.left, self.right);
        let story = likeness.map_or(0.0, |value| levels::weight(weights::STORY, value));
        let cosine_of_stems = || prepared::cosine(&left.stems, &right.stems);
        let terms = *self.terms.get_or_init(|| levels::weight(weights::TERMS, cosine_of_stems()));
        let worst_grams = weights::GRAMS.last().map_or(0.0, |level| level.weight);
        let is_surely_worth = story + terms + worst_grams >= LEAST_FIRST_WEIGHT;
        if !is_surely_worth && !self.is_worth_comparing(likeness) {
            return None;
        }
        let sides = self.sides(likeness, Reading::default());
        let around = || COMPARATORS.iter().filter(|comparator| comparator.looks_around());
        let around: f64 = around().map(|it| levels::weight_of(*it, it.grade(&sides), &sides)).sum();
        let most = prior(&sides) + self.first(&sides).1 + around;
        if probability(most + ROUNDING) < least - ROUNDING {
            return None;
        }
        let own = self.own(&sides);
        let score = probability(each_weight(own, &sides).fold(prior(&sides), |sum, weight| sum + weight));
        (score >= least && !self.is_vetoed(&sides)).then_some(score)
    }

    /// The score that [`compare`](Self::compare) tells. It adds up in another order than [`score`](Self::score), so that the last of
    /// six digits may differ.
    pub fn compared_score(&self, likeness: Option<f64>, reading: Reading) -> Option<f64> {
        let (sides, own) = self.weighed(likeness, reading.nearness)?;
        let unread = prior(&sides) + each_weight(own, &sides).sum::<f64>();
        Some(probability(levels::with_inference(unread, &self.sides(likeness, reading))))
    }

    /// Compares the two, level by level. `left` and `right` are their indexes in the list of claims.
    pub fn compare(&self, (left, right): (u32, u32), likeness: Option<f64>, reading: Reading) -> Comparison {
        let sides = self.sides(likeness, reading);
        let levels: Vec<_> = COMPARATORS.iter().map(|comparator| levels::level(*comparator, &sides)).collect();
        let weight = prior(&sides) + levels.iter().map(|level| level.weight).sum::<f64>();
        let veto = levels.iter().find(|level| level.veto).map(|level| level.comparator.clone());
        Comparison {
            left,
            right,
            levels,
            weight,
            score: probability(weight),
            alignment: self.alignment().clone(),
            veto,
            inference: reading.inference,
        }
    }

    fn sides(&self, likeness: Option<f64>, reading: Reading) -> Sides<'_> {
        Sides { left: self.left, right: self.right, alignment: self.alignment(), likeness, reading }
    }

    /// What the two weigh by their own words as long as no reader was asked about them; nothing where they are vetoed.
    fn weighed(&self, likeness: Option<f64>, nearness: Option<f64>) -> Option<(Sides<'_>, &Own)> {
        let sides = self.sides(likeness, Reading { nearness, ..Reading::default() });
        let own = match nearness {
            None => (!self.is_vetoed(&sides)).then(|| self.own(&sides)),
            Some(near) => self.weighed[band(near)].get_or_init(|| beside_meaning(&sides)).as_ref(),
        };
        own.map(|own| (sides, own))
    }

    /// What the two weigh by their own words where nothing is known of their meaning, without what takes long; and the most that it can
    /// be with that.
    fn first(&self, sides: &Sides<'_>) -> &(Own, f64) {
        let of = |comparator: &&dyn Comparator| match () {
            () if comparator.looks_around() || comparator.takes_long() => None,
            () if comparator.only_vetoes() => Some(0.0),
            () => Some(levels::weight_of(*comparator, comparator.grade(sides), sides)),
        };
        self.first.get_or_init(|| {
            let first: Own = COMPARATORS.iter().map(of).collect();
            let long = COMPARATORS.iter().filter(|comparator| comparator.takes_long());
            let most = first.iter().flatten().sum::<f64>() + long.map(|it| levels::most(*it)).sum::<f64>();
            (first, most)
        })
    }

    /// What the two weigh by their own words where nothing is known of their meaning, whether they are vetoed or not.
    fn own(&self, sides: &Sides<'_>) -> &Own {
        let of = |(comparator, first): (&&dyn Comparator, &Option<f64>)| {
            let weigh = || levels::weight_of(*comparator, comparator.grade(sides), sides);
            first.or_else(|| comparator.takes_long().then(weigh))
        };
        self.own.get_or_init(|| COMPARATORS.iter().zip(&self.first(sides).0).map(of).collect())
    }

    /// Whether a comparator vetoes where nothing is known of their meaning.
    fn is_vetoed(&self, sides: &Sides<'_>) -> bool {
        let mut may_veto = COMPARATORS.iter().filter(|comparator| comparator.only_vetoes());
        *self.is_vetoed.get_or_init(|| may_veto.any(|comparator| comparator.grade(sides).veto))
    }
}

/// What the two weigh by their own words where their meaning is known, comparator by comparator; nothing where one of them vetoes.
fn beside_meaning(sides: &Sides<'_>) -> Option<Own> {
    let of = |comparator: &&dyn Comparator| {
        if comparator.looks_around() {
            return Some(None);
        }
        let grade = comparator.grade(sides);
        (!grade.veto).then(|| Some(levels::weight_of(*comparator, grade, sides)))
    };
    COMPARATORS.iter().map(of).collect()
}

/// What every comparator weighs, those with them that look around.
fn each_weight<'a>(own: &'a Own, sides: &'a Sides<'_>) -> impl Iterator<Item = f64> + 'a {
    COMPARATORS.iter().zip(own).map(|(comparator, own)| {
        let weight = own.unwrap_or_else(|| levels::weight_of(*comparator, comparator.grade(sides), sides));
        levels::within_story(*comparator, weight, sides)
    })
}
