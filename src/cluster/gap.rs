//! Why two claims share no group: how near their groups are on the whole, and whether two of their claims stand apart.

use crate::model::{ClaimGroup, Link, NormalClaim, Relation};
use rustc_hash::FxHashMap;

/// How two groups stand to each other; a claim in no group is one by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// The claims of the one group.
    pub left: Vec<u32>,
    /// The claims of the other.
    pub right: Vec<u32>,
    /// Pairs between the two whose claims are of different outlets.
    pub pairs: usize,
    /// Their mean score; a pair that was never compared scores 0.
    pub mean: f64,
    /// Two claims, one of each group, that stand apart.
    pub apart: Option<[u32; 2]>,
}

/// How the groups of two claims stand to each other; nothing where both are in one.
pub fn gap(claims: &[&NormalClaim], links: &[Link], groups: &[ClaimGroup], [left, right]: [u32; 2]) -> Option<Gap> {
    let group_of = |claim: u32| {
        let group = groups.iter().find(|group| group.members.contains(&claim) && !group.guests.contains(&claim));
        group.map_or_else(|| vec![claim], ClaimGroup::own)
    };
    if groups.iter().any(|group| group.members.contains(&left) && group.members.contains(&right)) {
        return None;
    }
    let (left, right) = (group_of(left), group_of(right));
    if left == right {
        return None;
    }
    let known: FxHashMap<(u32, u32), &Link> = links.iter().map(|link| ((link.left, link.right), link)).collect();
    let (mut pairs, mut sum, mut apart) = (0, 0.0, None);
    for &one in &left {
        for &two in &right {
            if claims[one as usize].claim.source == claims[two as usize].claim.source {
                continue;
            }
            pairs += 1;
            let Some(link) = known.get(&(one.min(two), one.max(two))) else { continue };
            sum += f64::from(link.score) / f64::from(Link::CERTAIN);
            if link.relation == Some(Relation::Apart) {
                apart.get_or_insert([one, two]);
            }
        }
    }
    let mean = if pairs == 0 { 0.0 } else { sum / pairs as f64 };
    Some(Gap { left, right, pairs, mean, apart })
}
