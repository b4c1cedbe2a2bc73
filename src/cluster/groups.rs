//! Groups by average link: the strongest comparisons first, each joining two groups that are near on the whole.
//! (Average-link agglomeration: Sokal & Michener 1958.)

use crate::model::{ClaimGroup, GroupId, NormalClaim, Relation, Standing};
use rustc_hash::{FxHashMap, FxHashSet};

/// What clustering may be told.
#[derive(Debug, Clone, PartialEq)]
pub struct ClusterSettings {
    /// Two groups are joined when the mean score between their claims of different outlets reaches this share of the
    /// threshold.
    pub link_share: f64,
}

impl Default for ClusterSettings {
    fn default() -> Self {
        Self { link_share: 1.0 }
    }
}

/// Groups of claims of two or more outlets. `standings` holds the matched pairs; `scores` the score of every compared
/// pair, and a pair that was never compared scores 0. Pairs that stand apart never share a group. Groups come ordered by
/// their first claim; their `story` is 0 until known.
pub fn groups(
    claims: &[&NormalClaim],
    standings: &[Standing],
    scores: &FxHashMap<(u32, u32), f64>,
    threshold: f64,
    settings: &ClusterSettings,
) -> Vec<ClaimGroup> {
    let apart: FxHashSet<(u32, u32)> = standings
        .iter()
        .filter(|standing| standing.relation == Relation::Apart)
        .map(|standing| (standing.left, standing.right))
        .collect();
    let mut order: Vec<&Standing> = standings.iter().filter(|standing| standing.relation != Relation::Apart).collect();
    order.sort_by(|one, two| {
        two.score.total_cmp(&one.score).then_with(|| (one.left, one.right).cmp(&(two.left, two.right)))
    });
    let mut group_of: FxHashMap<u32, usize> = FxHashMap::default();
    let mut members: Vec<Vec<u32>> = Vec::new();
    let nearness = Nearness { claims, scores, apart: &apart, least: threshold * settings.link_share };
    for standing in &order {
        let mut own = |claim: u32| {
            *group_of.entry(claim).or_insert_with(|| {
                members.push(vec![claim]);
                members.len() - 1
            })
        };
        let (one, two) = (own(standing.left), own(standing.right));
        if one == two || !nearness.holds(&members[one], &members[two]) {
            continue;
        }
        let (into, from) = if members[one].len() >= members[two].len() { (one, two) } else { (two, one) };
        let moved = std::mem::take(&mut members[from]);
        for claim in &moved {
            group_of.insert(*claim, into);
        }
        members[into].extend(moved);
    }
    let mut links: Vec<Vec<u32>> = vec![Vec::new(); members.len()];
    for (index, standing) in (0_u32..).zip(standings) {
        let (one, two) = (group_of.get(&standing.left), group_of.get(&standing.right));
        if let (Some(one), Some(two)) = (one, two)
            && one == two
        {
            links[*one].push(index);
        }
    }
    let mut groups: Vec<ClaimGroup> = members
        .into_iter()
        .zip(links)
        .filter(|(members, _)| members.len() > 1)
        .map(|(mut members, links)| {
            members.sort_unstable();
            ClaimGroup { id: group_id(claims, &members), story: 0, members, links }
        })
        .collect();
    groups.sort_by_key(|group| group.members[0]);
    groups
}

/// What decides whether two groups become one.
struct Nearness<'a> {
    claims: &'a [&'a NormalClaim],
    scores: &'a FxHashMap<(u32, u32), f64>,
    apart: &'a FxHashSet<(u32, u32)>,
    least: f64,
}

impl Nearness<'_> {
    /// True where the mean score between two groups, over the pairs of different outlets, reaches the least, and no two of
    /// their claims stand apart.
    fn holds(&self, one: &[u32], two: &[u32]) -> bool {
        let (mut sum, mut pairs) = (0.0, 0_u32);
        for &left in one {
            for &right in two {
                let pair = (left.min(right), left.max(right));
                if self.apart.contains(&pair) {
                    return false;
                }
                if self.claims[left as usize].claim.source != self.claims[right as usize].claim.source {
                    pairs += 1;
                    sum += self.scores.get(&pair).copied().unwrap_or(0.0);
                }
            }
        }
        pairs > 0 && sum / f64::from(pairs) >= self.least
    }
}

/// The identity of a group: that of its claims.
pub fn group_id(claims: &[&NormalClaim], members: &[u32]) -> GroupId {
    let mut ids: Vec<String> = members.iter().map(|&member| claims[member as usize].claim.id.to_string()).collect();
    ids.sort_unstable();
    GroupId::of(ids.iter().map(String::as_str))
}
