//! Where the claims of a run lie, and how near two of them are.
//!
//! All sentences of one event are near each other: they share its subject. What tells two claims apart is how much nearer
//! they are than the claims around them, so the mean of both articles is taken out of the two vectors before their angle is
//! measured. Claims without an article around them are taken to share a usual amount of subject.

use super::Vector;
use super::vector::product;

/// Articles count as if this many claims of no particular subject stood in them: the mean of three sentences tells little of
/// what a story is about. Of 0, 8 and 20 the figures of `docs/quality.md` prefer 8 or more, by less than .005.
const CLAIMS_OF_NO_SUBJECT: f64 = 8.0;

/// How near two claims are on average that are held against each other though nothing is known of a common story. With .3
/// more pairs of different content are matched than without vectors, with .4 fewer pairs of the same (MSRP, ECB+, NaNCo).
const USUAL_NEARNESS: f64 = 0.35;

/// The vectors of one claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Index of the vector of its own words.
    pub words: u32,
    /// Index of the vector of the sentence around it.
    pub sentence: u32,
    /// Index of its article; absent for a ready-made claim.
    pub article: Option<u32>,
}

/// What the claims of an article have in common.
#[derive(Debug, Clone, Default, PartialEq)]
struct Article {
    /// The vectors of its claims at length 1, summed.
    sum: Vec<f32>,
    claims: f64,
    /// The square of the length of `sum`.
    square: f64,
}

/// The claims of a run as points.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Space {
    vectors: Vec<Vector>,
    claims: Vec<Option<Told>>,
    articles: Vec<Article>,
}

/// The subject of two articles.
struct Subject<'a> {
    here: &'a Article,
    there: &'a Article,
    /// The claims of both, those of no subject with them.
    claims: f64,
    common: Common,
}

/// What counts for every pair of claims of two articles: the square of the length of their mean, and what is left of
/// [`USUAL_NEARNESS`].
#[derive(Debug, Clone, Copy)]
struct Common {
    square: f64,
    usual: f64,
}

/// A claim and how far its vectors reach along the subject.
#[derive(Debug, Clone, Copy)]
struct Side {
    told: Told,
    words: f64,
    sentence: f64,
}

impl Space {
    /// Puts claims into space. `claims` runs along with all claims of the run; those without vectors are nowhere.
    pub fn of(vectors: Vec<Vector>, claims: Vec<Option<Told>>) -> Self {
        let mut articles: Vec<Article> = Vec::new();
        for told in claims.iter().flatten() {
            let Some(at) = told.article else { continue };
            if articles.len() <= at as usize {
                articles.resize_with(at as usize + 1, Article::default);
            }
            let article = &mut articles[at as usize];
            vectors[told.words as usize].add_to(&mut article.sum);
            article.claims += 1.0;
        }
        for article in &mut articles {
            article.square = product(&article.sum, &article.sum);
        }
        Self { vectors, claims, articles }
    }

    /// How near two claims are, in [0, 1]: the mean of the nearness of their own words and of the sentences around them.
    /// Nothing where one of them has no vector.
    pub fn nearness(&self, left: u32, right: u32) -> Option<f64> {
        let (left, right) = (self.told(left)?, self.told(right)?);
        let subject = left.article.zip(right.article).map(|(here, there)| self.subject(here, there));
        let side = |told: Told| match &subject {
            Some(subject) => self.side(told, subject),
            None => Side { told, words: 0.0, sentence: 0.0 },
        };
        let common = subject.as_ref().map_or(Common::USUAL, |subject| subject.common);
        Some(self.near(side(left), side(right), common))
    }

    /// The pairs of a claim of `left` and one of `right` that are at least this near, and how near. All of `left` are claims of one article
    /// and all of `right` of another: what each has of the common subject is measured once for all of its pairs. Claims
    /// without a vector are in no pair.
    pub fn near_pairs(&self, left: &[u32], right: &[u32], least: f64) -> Vec<(u32, u32, f64)> {
        let told = |claims: &[u32]| -> Vec<(u32, Told)> {
            claims.iter().filter_map(|claim| Some((*claim, self.told(*claim)?))).collect()
        };
        let (left, right) = (told(left), told(right));
        let article = |claims: &[(u32, Told)]| claims.first().and_then(|(_, told)| told.article);
        let Some((here, there)) = article(&left).zip(article(&right)) else { return Vec::new() };
        let subject = self.subject(here, there);
        let sides = |claims: Vec<(u32, Told)>| -> Vec<(u32, Side)> {
            claims.into_iter().map(|(claim, told)| (claim, self.side(told, &subject))).collect()
        };
        let (left, right) = (sides(left), sides(right));
        let mut found = Vec::new();
        for (one, left) in &left {
            for (two, right) in &right {
                let near = self.near(*left, *right, subject.common);
                if near >= least {
                    found.push((*one, *two, near));
                }
            }
        }
        found
    }

    fn told(&self, claim: u32) -> Option<Told> {
        *self.claims.get(claim as usize)?
    }

    /// How near two claims are of which is known what they share with the subject.
    fn near(&self, left: Side, right: Side, common: Common) -> f64 {
        let cosine = |one: u32, two: u32| self.vectors[one as usize].cosine(&self.vectors[two as usize]);
        let (one, two) = (left.told, right.told);
        let words = common.nearness(left.words, right.words, cosine(one.words, two.words));
        if (one.words, two.words) == (one.sentence, two.sentence) {
            return words;
        }
        (words + common.nearness(left.sentence, right.sentence, cosine(one.sentence, two.sentence))) / 2.0
    }

    /// The subject of two articles: the mean of the claims of both.
    fn subject(&self, here: u32, there: u32) -> Subject<'_> {
        let (here, there) = (&self.articles[here as usize], &self.articles[there as usize]);
        let claims = here.claims + there.claims + CLAIMS_OF_NO_SUBJECT;
        let square = here.square + there.square + 2.0 * product(&here.sum, &there.sum);
        let common =
            Common { square: square / (claims * claims), usual: USUAL_NEARNESS * CLAIMS_OF_NO_SUBJECT / claims };
        Subject { here, there, claims, common }
    }

    /// A claim with what it has of the subject.
    fn side(&self, told: Told, subject: &Subject<'_>) -> Side {
        let along = |at: u32| {
            let vector = &self.vectors[at as usize];
            (vector.along(&subject.here.sum) + vector.along(&subject.there.sum)) / subject.claims
        };
        let words = along(told.words);
        let sentence = if told.sentence == told.words { words } else { along(told.sentence) };
        Side { told, words, sentence }
    }
}

impl Common {
    /// Of two claims that are not both of an article.
    const USUAL: Self = Self { square: 0.0, usual: USUAL_NEARNESS };

    /// The cosine of two vectors, less the shared subject, in [0, 1]. `left` and `right` tell how far each reaches along it.
    fn nearness(self, left: f64, right: f64, cosine: f64) -> f64 {
        // Both sides are added first, so that which claim stands left changes no bit.
        let product = cosine + self.square - (left + right);
        let square = |along: f64| (1.0 - 2.0 * along + self.square).max(0.0);
        let lengths = (square(left) * square(right)).sqrt();
        if lengths < 1e-9 {
            return 0.0;
        }
        ((product / lengths - self.usual) / (1.0 - self.usual)).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(numbers: &[i8]) -> Vector {
        Vector::of(numbers.into())
    }

    fn told(at: u32, article: Option<u32>) -> Option<Told> {
        Some(Told { words: at, sentence: at, article })
    }

    #[test]
    fn a_shared_subject_counts_for_nothing() {
        // All claims of two articles point along the first axis; only 0 and 2 also share the second.
        let vectors =
            vec![vector(&[80, 60, 0, 0]), vector(&[80, 0, 60, 0]), vector(&[80, 60, 0, 0]), vector(&[80, 0, 0, 60])];
        let many = |article| (0..20).map(move |at| told(at % 2 + 2 * article, Some(article)));
        let claims: Vec<Option<Told>> = many(0).chain(many(1)).collect();
        let space = Space::of(vectors.clone(), claims);
        let (same, other) = (space.nearness(0, 20).expect("both are there"), space.nearness(0, 21).expect("so"));
        assert!(same > 0.95 && other < 0.1, "{same} {other}");
        // The cosine of the second pair is .64; without articles around them the usual amount is taken off.
        let apart = Space::of(vectors, (0..4).map(|at| told(at, None)).collect());
        let near = apart.nearness(0, 3).expect("both are there");
        assert!((near - (0.64 - USUAL_NEARNESS) / (1.0 - USUAL_NEARNESS)).abs() < 1e-3, "{near}");
        assert_eq!(apart.nearness(0, 2), Some(1.0));
    }

    #[test]
    fn the_pairs_of_two_articles_are_those_that_are_near_one_by_one() {
        let vectors = (0..24_i8).map(|at| vector(&[40 + at, 3 * (at % 7), 5 * (at % 3), 2 * at])).collect();
        let of = |article: u32| {
            (0..12).map(move |at| {
                let told =
                    Told { words: (at * 2 + article) % 24, sentence: (at * 3 + article) % 24, article: Some(article) };
                (at != 5).then_some(told)
            })
        };
        let space = Space::of(vectors, of(0).chain(of(1)).collect());
        let (left, right): (Vec<u32>, Vec<u32>) = ((0..12).collect(), (12..24).collect());
        let all = left.iter().flat_map(|one| right.iter().map(move |two| (*one, *two)));
        let near: Vec<(u32, u32, f64)> = all
            .filter_map(|(one, two)| Some((one, two, space.nearness(one, two).filter(|near| *near >= 0.5)?)))
            .collect();
        assert!(near.len() > 5 && near.len() < 115, "{}", near.len());
        assert_eq!(space.near_pairs(&left, &right, 0.5), near);
    }

    #[test]
    fn nearness_has_no_side_and_needs_both_vectors() {
        let vectors = vec![vector(&[9, 2, 1]), vector(&[3, 8, 1]), vector(&[0, 0, 0])];
        let claims = vec![told(0, Some(0)), told(1, Some(1)), None, told(2, Some(1))];
        let space = Space::of(vectors, claims);
        assert_eq!(space.nearness(0, 1), space.nearness(1, 0));
        assert_eq!(space.nearness(0, 2), None);
        assert_eq!(space.nearness(0, 9), None);
        assert!(space.nearness(0, 3).is_some_and(|near| (0.0..=1.0).contains(&near)));
    }
}
