//! Words related in meaning. In: two stems. Out: how closely they are related, where they are. It knows words, not
//! sentences: which meaning a word has where it stands is not asked, so a relation is a hint, never an equality.
//!
//! What outlets put for each other beyond that is written by hand in `en/related_news.tsv`, as words, not stems.
//! The table `en/related.tsv` is made from WordNet (Fellbaum 1998) by `examples/related_words.rs`; its licence stands in
//! the table and in `en/related.LICENSE`.

use crate::text::stems::stem;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

/// A stem of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelatedId(u32);

/// The table, read: each stem's number, and under it its partners with their strengths.
struct Related {
    ids: FxHashMap<Cow<'static, str>, u32>,
    /// Where each stem's partners begin in `partners`, and where the last one's end.
    starts: Vec<u32>,
    /// Partners of one stem after those of another, each run sorted by partner, with the strength in hundredths.
    partners: Vec<(u32, u8)>,
}

static RELATED: LazyLock<Related> =
    LazyLock::new(|| Related::parse(include_str!("en/related.tsv"), include_str!("en/related_news.tsv")));

impl Related {
    fn parse(dictionary: &'static str, news: &'static str) -> Self {
        let mut ids: FxHashMap<Cow<'static, str>, u32> = FxHashMap::default();
        let mut pairs: Vec<(u32, u32, u8)> = Vec::new();
        for line in news.lines().filter(|line| !line.starts_with('#')) {
            let Some((strength, words)) = line.split_once('\t') else { continue };
            let Ok(strength) = strength.parse() else { continue };
            let class: Vec<u32> =
                words.split(' ').map(|word| number(&mut ids, String::from(stem(word)).into())).collect();
            for (at, left) in class.iter().enumerate() {
                for right in class[at + 1..].iter().filter(|right| *right != left) {
                    pairs.push((*left, *right, strength));
                    pairs.push((*right, *left, strength));
                }
            }
        }
        for line in dictionary.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let Some(stem) = columns.next().filter(|stem| !stem.is_empty()) else { continue };
            let left = number(&mut ids, stem.into());
            for column in columns {
                let mut words = column.split(' ');
                let Some(strength) = words.next().and_then(|word| word.parse().ok()) else { continue };
                for word in words {
                    let right = number(&mut ids, word.into());
                    pairs.push((left, right, strength));
                    pairs.push((right, left, strength));
                }
            }
        }
        // Of two strengths the larger holds.
        pairs.sort_unstable_by_key(|&(left, right, strength)| (left, right, std::cmp::Reverse(strength)));
        pairs.dedup_by_key(|pair| (pair.0, pair.1));
        let mut starts = Vec::with_capacity(ids.len() + 1);
        for (at, (left, ..)) in pairs.iter().enumerate() {
            while starts.len() <= *left as usize {
                starts.push(at as u32);
            }
        }
        starts.push(pairs.len() as u32);
        Self { ids, starts, partners: pairs.into_iter().map(|(_, right, strength)| (right, strength)).collect() }
    }

    fn between(&self, left: RelatedId, right: RelatedId) -> Option<f64> {
        let (from, to) = (self.starts[left.0 as usize] as usize, self.starts[left.0 as usize + 1] as usize);
        let partners = &self.partners[from..to];
        let at = partners.binary_search_by_key(&right.0, |(partner, _)| *partner).ok()?;
        Some(f64::from(partners[at].1) / 100.0)
    }
}

/// The number of a stem; a new one for a new stem.
fn number(ids: &mut FxHashMap<Cow<'static, str>, u32>, stem: Cow<'static, str>) -> u32 {
    let next = ids.len() as u32;
    *ids.entry(stem).or_insert(next)
}

/// The entry of a stem, for many look-ups of one stem.
pub fn entry(stem: &str) -> Option<RelatedId> {
    RELATED.ids.get(stem).copied().map(RelatedId)
}

/// How closely two entries are related, in (0, 1]. Absent where they are not, and for an entry and itself.
pub fn between(left: RelatedId, right: RelatedId) -> Option<f64> {
    RELATED.between(left, right)
}

/// How closely two stems are related, in (0, 1]. Absent where they are not, and for a stem and itself.
pub fn relation(left_stem: &str, right_stem: &str) -> Option<f64> {
    between(entry(left_stem)?, entry(right_stem)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{antonyms, exclusive};

    fn of(left: &str, right: &str) -> Option<f64> {
        relation(&stem(left), &stem(right))
    }

    #[test]
    fn words_of_one_meaning_are_related_both_ways() {
        for (left, right) in
            [("purchase", "buy"), ("bought", "purchased"), ("children", "child"), ("sold", "sale"), ("died", "deaths")]
        {
            assert!(of(left, right).is_some(), "{left} {right}");
            assert_eq!(of(left, right), of(right, left));
        }
    }

    #[test]
    fn opposites_and_members_of_one_set_are_never_related() {
        for (left, right) in
            [("Monday", "Tuesday"), ("red", "blue"), ("north", "south"), ("doctor", "nurse"), ("rise", "fall")]
        {
            assert_eq!(of(&left.to_lowercase(), right.to_lowercase().as_str()), None, "{left} {right}");
        }
        let mut wrong = Vec::new();
        for (_, values) in antonyms().rows().chain(exclusive().rows()) {
            let sides: Vec<Vec<&str>> = values.iter().skip(1).map(|side| side.split(' ').collect()).collect();
            for (at, side) in sides.iter().enumerate() {
                for other in sides[at + 1..].iter().flatten() {
                    wrong.extend(side.iter().filter(|one| of(one, other).is_some()).map(|one| (*one, *other)));
                }
            }
        }
        assert_eq!(wrong, []);
    }

    #[test]
    fn every_strength_is_a_share_and_no_stem_is_its_own_partner() {
        for (left, window) in RELATED.starts.windows(2).enumerate() {
            for (right, strength) in &RELATED.partners[window[0] as usize..window[1] as usize] {
                assert!((1..=100).contains(strength));
                assert_ne!(left as u32, *right);
            }
        }
        assert!(RELATED.ids.len() > 3_000);
        assert_eq!(RELATED.starts.len(), RELATED.ids.len() + 1);
    }

    #[test]
    fn unknown_words_are_related_to_nothing() {
        assert_eq!(relation("zzqx", "buy"), None);
        assert_eq!(relation("", ""), None);
        assert_eq!(relation("buy", "buy"), None);
    }
}
