//! Groups by average link: the strongest comparisons first, each joining two groups that are near on the whole.
//! (Average-link agglomeration: Sokal & Michener 1958.)
//!
//! What two groups have in common is kept as one number for each pair of groups and summed up when two become one, the
//! shorter list into the longer, so that a look at two groups costs nothing however large they are.

use super::guests;
use crate::model::{ClaimGroup, GroupId, Link, NormalClaim, Relation, SourceId};
use rustc_hash::FxHashMap;

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

/// Groups of claims of two or more outlets. `links` holds the compared pairs, each once; a pair that was never compared
/// scores 0. Pairs that stand apart never share a group. A claim has one group of its own at most and may be a guest of others.
/// Groups come ordered by their first claim, their links as indexes of the matched pairs among `links`; their `story` is 0 until known.
pub fn groups(claims: &[&NormalClaim], links: &[Link], threshold: f64, settings: &ClusterSettings) -> Vec<ClaimGroup> {
    let mut order: Vec<&Link> = links.iter().filter(|link| joins(link)).collect();
    order.sort_unstable_by_key(|link| (std::cmp::Reverse(link.score), link.left, link.right));
    let mut forest = Forest::of(claims, links, &order);
    let least = threshold * settings.link_share * f64::from(Link::CERTAIN);
    for link in &order {
        let (one, two) = (forest.group(link.left), forest.group(link.right));
        if one != two && forest.holds(one, two, least) {
            forest.join(one, two);
        }
    }
    let mut groups: Vec<ClaimGroup> = std::mem::take(&mut forest.members)
        .into_iter()
        .filter(|members| members.len() > 1)
        .map(|mut members| {
            members.sort_unstable();
            ClaimGroup { id: group_id(claims, &members), story: 0, members, guests: Vec::new(), links: Vec::new() }
        })
        .collect();
    groups.sort_by_key(|group| group.members[0]);
    guests::invite(claims, links, &mut groups, least);
    hold_together(&mut groups, links);
    groups
}

/// Gives each group the matched pairs of its members, as indexes into `links`.
fn hold_together(groups: &mut [ClaimGroup], links: &[Link]) {
    let mut groups_of: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (at, group) in (0_u32..).zip(&*groups) {
        for member in &group.members {
            groups_of.entry(*member).or_default().push(at);
        }
    }
    for (index, link) in (0_u32..).zip(links).filter(|(_, link)| link.relation.is_some()) {
        let Some((left, right)) = groups_of.get(&link.left).zip(groups_of.get(&link.right)) else { continue };
        for both in left.iter().filter(|at| right.contains(at)) {
            groups[*both as usize].links.push(index);
        }
    }
}

/// True for a matched pair that does not stand apart.
fn joins(link: &Link) -> bool {
    link.relation.is_some_and(|relation| relation != Relation::Apart)
}

/// What two groups have in common.
#[derive(Debug, Clone, Copy, Default)]
struct Between {
    /// The scores of their pairs, summed.
    score: u64,
    /// True where two of their claims stand apart.
    apart: bool,
}

/// The groups as they grow.
struct Forest {
    /// The group of each claim that a link joins to another.
    group_of: FxHashMap<u32, u32>,
    members: Vec<Vec<u32>>,
    /// How many claims of each outlet a group has.
    outlets: Vec<FxHashMap<SourceId, u32>>,
    between: Vec<FxHashMap<u32, Between>>,
}

impl Forest {
    /// Every claim of `order` as a group of its own.
    fn of(claims: &[&NormalClaim], links: &[Link], order: &[&Link]) -> Self {
        let mut forest =
            Self { group_of: FxHashMap::default(), members: Vec::new(), outlets: Vec::new(), between: Vec::new() };
        for claim in order.iter().flat_map(|link| [link.left, link.right]) {
            let next = forest.members.len() as u32;
            if *forest.group_of.entry(claim).or_insert(next) == next {
                forest.members.push(vec![claim]);
                forest.outlets.push(std::iter::once((claims[claim as usize].claim.source, 1)).collect());
                forest.between.push(FxHashMap::default());
            }
        }
        for link in links {
            let (Some(one), Some(two)) = (forest.known(link.left), forest.known(link.right)) else { continue };
            let between = Between { score: u64::from(link.score), apart: link.relation == Some(Relation::Apart) };
            forest.between[one as usize].insert(two, between);
            forest.between[two as usize].insert(one, between);
        }
        forest
    }

    fn known(&self, claim: u32) -> Option<u32> {
        self.group_of.get(&claim).copied()
    }

    fn group(&self, claim: u32) -> u32 {
        self.group_of[&claim]
    }

    /// True where the mean score between two groups, over the pairs of different outlets, reaches `least`, and no two of
    /// their claims stand apart.
    fn holds(&self, one: u32, two: u32, least: f64) -> bool {
        let Some(between) = self.between[one as usize].get(&two) else { return false };
        let (one, two) = (one as usize, two as usize);
        let (fewer, more) = if self.outlets[one].len() <= self.outlets[two].len() { (one, two) } else { (two, one) };
        let of_one_outlet: u64 = self.outlets[fewer]
            .iter()
            .filter_map(|(outlet, count)| Some(u64::from(*count) * u64::from(*self.outlets[more].get(outlet)?)))
            .sum();
        let pairs = self.members[one].len() as u64 * self.members[two].len() as u64 - of_one_outlet;
        !between.apart && pairs > 0 && between.score as f64 / pairs as f64 >= least
    }

    /// Makes two groups one.
    fn join(&mut self, one: u32, two: u32) {
        let weight = |group: u32| (self.between[group as usize].len(), self.members[group as usize].len());
        let (into, from) = if weight(one) >= weight(two) { (one, two) } else { (two, one) };
        let moved = std::mem::take(&mut self.members[from as usize]);
        for claim in &moved {
            self.group_of.insert(*claim, into);
        }
        self.members[into as usize].extend(moved);
        for (outlet, count) in std::mem::take(&mut self.outlets[from as usize]) {
            *self.outlets[into as usize].entry(outlet).or_insert(0) += count;
        }
        for (other, between) in std::mem::take(&mut self.between[from as usize]) {
            self.between[other as usize].remove(&from);
            if other == into {
                continue;
            }
            for (here, there) in [(into, other), (other, into)] {
                let sum = self.between[here as usize].entry(there).or_default();
                sum.score += between.score;
                sum.apart |= between.apart;
            }
        }
    }
}

/// The identity of a group: that of its claims.
pub fn group_id(claims: &[&NormalClaim], members: &[u32]) -> GroupId {
    let mut ids: Vec<String> = members.iter().map(|&member| claims[member as usize].claim.id.to_string()).collect();
    ids.sort_unstable();
    GroupId::of(ids.iter().map(String::as_str))
}
