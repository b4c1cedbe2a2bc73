//! A claim with the headline over it, as a search sees it: what a question asks for is often told by both together.

use super::prepared::{Prepared, cosine};

/// The words and the spelling of a claim and its headline. Vectors of unit length, sorted by their first member.
#[derive(Debug, Clone)]
pub struct Window {
    /// Stems by hash.
    pub stems: Vec<(u64, f32)>,
    /// Length of `stems` before it was scaled.
    pub norm: f32,
    grams: Vec<(u32, f32)>,
}

/// Puts a claim and its headline together; a claim without one, or the headline itself, is its own window.
pub fn window(claim: &Prepared<'_>, headline: Option<&Prepared<'_>>) -> Window {
    let Some(headline) = headline else {
        return Window { stems: claim.stems.clone(), norm: claim.norm, grams: claim.grams().to_vec() };
    };
    let (stems, norm) = union(&claim.stems, claim.norm, &headline.stems, headline.norm);
    let (grams, _) = union(claim.grams(), claim.norm, headline.grams(), headline.norm);
    Window { stems, norm, grams }
}

/// How alike a question and a window are in words and spelling, in [0, 1].
pub fn likeness(asked: &Prepared<'_>, window: &Window) -> f64 {
    (cosine(&asked.stems, &window.stems) + cosine(asked.grams(), &window.grams)) / 2.0
}

/// The heavier entry of each key, scaled to unit length, and the length before.
fn union<K: Ord + Copy>(one: &[(K, f32)], one_norm: f32, two: &[(K, f32)], two_norm: f32) -> (Vec<(K, f32)>, f32) {
    let mut all: Vec<(K, f32)> = one.iter().map(|(key, weight)| (*key, weight * one_norm)).collect();
    all.extend(two.iter().map(|(key, weight)| (*key, weight * two_norm)));
    all.sort_by(|left, right| left.0.cmp(&right.0).then(right.1.total_cmp(&left.1)));
    all.dedup_by_key(|(key, _)| *key);
    let norm = all.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
    if norm > 0.0 {
        for (_, weight) in &mut all {
            *weight /= norm;
        }
    }
    (all, norm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_both_counts_once_and_by_its_heavier_mention() {
        let (all, norm) = union(&[(1, 0.6), (2, 0.8)], 5.0, &[(2, 1.0)], 3.0);
        assert_eq!((all.iter().map(|(key, _)| *key).collect::<Vec<u64>>(), norm), (vec![1, 2], 5.0));
        assert!((all[0].1 - 0.6).abs() < 1e-6 && (all[1].1 - 0.8).abs() < 1e-6);
        assert_eq!(union::<u64>(&[], 0.0, &[], 0.0), (vec![], 0.0));
    }
}
