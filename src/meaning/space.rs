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

/// The subject that two claims share: what the mean of their articles has in common with each, and with itself.
#[derive(Debug, Clone, Copy)]
struct Shared {
    left: f64,
    right: f64,
    square: f64,
    /// What is left of [`USUAL_NEARNESS`].
    usual: f64,
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
        let near = |one: u32, two: u32| {
            let (one, two) = (&self.vectors[one as usize], &self.vectors[two as usize]);
            let shared = match left.article.zip(right.article) {
                Some((here, there)) => self.shared(one, two, here, there),
                None => Shared { left: 0.0, right: 0.0, square: 0.0, usual: USUAL_NEARNESS },
            };
            shared.nearness(one.cosine(two))
        };
        let words = near(left.words, right.words);
        if (left.words, right.words) == (left.sentence, right.sentence) {
            return Some(words);
        }
        Some((words + near(left.sentence, right.sentence)) / 2.0)
    }

    fn told(&self, claim: u32) -> Option<Told> {
        *self.claims.get(claim as usize)?
    }

    /// What two vectors share with the mean of two articles.
    fn shared(&self, one: &Vector, two: &Vector, here: u32, there: u32) -> Shared {
        let (here, there) = (&self.articles[here as usize], &self.articles[there as usize]);
        let claims = here.claims + there.claims + CLAIMS_OF_NO_SUBJECT;
        let along = |vector: &Vector| (vector.along(&here.sum) + vector.along(&there.sum)) / claims;
        let square = here.square + there.square + 2.0 * product(&here.sum, &there.sum);
        Shared {
            left: along(one),
            right: along(two),
            square: square / (claims * claims),
            usual: USUAL_NEARNESS * CLAIMS_OF_NO_SUBJECT / claims,
        }
    }
}

impl Shared {
    /// The cosine of two vectors, less the shared subject, in [0, 1].
    fn nearness(self, cosine: f64) -> f64 {
        // Both sides are added first, so that which claim stands left changes no bit.
        let product = cosine + self.square - (self.left + self.right);
        let square = |along: f64| (1.0 - 2.0 * along + self.square).max(0.0);
        let lengths = (square(self.left) * square(self.right)).sqrt();
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
