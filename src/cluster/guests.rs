//! Claims that tell more than one thing. A sentence that says that memos were released and what is in them belongs with those who report the
//! release and with those who report what is in them; in groups that share no member it can stand with one of the two only.

use crate::model::{ClaimGroup, Link, NormalClaim, Relation, SourceId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

/// How surely a guest is about the same thing as one of the members. With less, claims of events of one kind were guests of one another:
/// what is found with and without it stands in `docs/quality.md`.
const LEAST_BEST: f64 = 0.7;

/// What a claim has in common with a group that is not its own.
#[derive(Debug, Clone, Copy, Default)]
struct Between {
    /// The scores of its pairs with the members, summed.
    score: u64,
    /// The best of them.
    best: u32,
    /// True where it contradicts a member or stands apart from one.
    barred: bool,
}

/// Lets claims be guests of groups besides their own: where a claim agrees with one member, contradicts none, stands apart from
/// none, and is as near to all members of other outlets on the whole as a claim has to be for joining. Groups that hold a contradiction take no
/// guests: on which side one stands nothing would tell.
///
/// `links` are all compared pairs, each once, and `least` is the mean score asked for, in parts of [`Link::CERTAIN`]. Guests become
/// members; the groups keep their identities.
pub(super) fn invite(claims: &[&NormalClaim], links: &[Link], groups: &mut [ClaimGroup], least: f64) {
    let home: FxHashMap<u32, u32> =
        (0_u32..).zip(&*groups).flat_map(|(at, group)| group.members.iter().map(move |member| (*member, at))).collect();
    let disputed: FxHashSet<u32> = links
        .iter()
        .filter(|link| link.relation == Some(Relation::Conflict))
        .filter_map(|link| home.get(&link.left).filter(|at| home.get(&link.right) == Some(at)).copied())
        .collect();
    // Each link as seen from either end, with the group of the other end.
    let visits = |link: &Link| {
        let visit = |claim: u32, host: u32| {
            home.get(&host).filter(|at| home.get(&claim) != Some(at) && !disputed.contains(at)).map(|at| (claim, *at))
        };
        [visit(link.left, link.right), visit(link.right, link.left)].into_iter().flatten()
    };
    let agreeing = links.iter().filter(|link| link.relation == Some(Relation::Agree));
    let mut between: FxHashMap<(u32, u32), Between> =
        agreeing.flat_map(visits).map(|visit| (visit, Between::default())).collect();
    if between.is_empty() {
        return;
    }
    for link in links {
        for visit in visits(link) {
            if let Some(between) = between.get_mut(&visit) {
                between.score += u64::from(link.score);
                between.best = between.best.max(link.score);
                between.barred |= bars(link);
            }
        }
    }
    let outlets: Vec<FxHashMap<SourceId, u64>> = groups.iter().map(|group| outlets(claims, &group.members)).collect();
    let mean = |claim: u32, at: u32, between: &Between| {
        let own = outlets[at as usize].get(&claims[claim as usize].claim.source).copied().unwrap_or(0);
        let others = groups[at as usize].members.len() as u64 - own;
        (others > 0).then(|| between.score as f64 / others as f64)
    };
    let mut near: Vec<(u32, Reverse<u64>, u32)> = between
        .iter()
        .filter(|(_, between)| !between.barred && f64::from(between.best) >= LEAST_BEST * f64::from(Link::CERTAIN))
        .filter_map(|(&(claim, at), between)| {
            let mean = mean(claim, at, between).filter(|mean| *mean >= least)?;
            Some((at, Reverse(mean.round() as u64), claim))
        })
        .collect();
    near.sort_unstable();
    let wishing: FxHashSet<u32> = near.iter().map(|(_, _, claim)| *claim).collect();
    let at_odds: FxHashSet<(u32, u32)> = links
        .iter()
        .filter(|link| bars(link) && wishing.contains(&link.left) && wishing.contains(&link.right))
        .flat_map(|link| [(link.left, link.right), (link.right, link.left)])
        .collect();
    for of_group in near.chunk_by(|one, two| one.0 == two.0) {
        let mut guests: Vec<u32> = Vec::new();
        for (_, _, claim) in of_group {
            // The nearest comes first; who cannot stand beside it stays away.
            if !guests.iter().any(|guest| at_odds.contains(&(*guest, *claim))) {
                guests.push(*claim);
            }
        }
        guests.sort_unstable();
        let group = &mut groups[of_group[0].0 as usize];
        group.members.extend(&guests);
        group.members.sort_unstable();
        group.guests = guests;
    }
}

/// True for a matched pair that no group may hold as one position.
fn bars(link: &Link) -> bool {
    matches!(link.relation, Some(Relation::Conflict | Relation::Apart))
}

/// How many claims of each outlet these are.
fn outlets(claims: &[&NormalClaim], members: &[u32]) -> FxHashMap<SourceId, u64> {
    let mut outlets = FxHashMap::default();
    for member in members {
        *outlets.entry(claims[*member as usize].claim.source).or_insert(0) += 1;
    }
    outlets
}

#[cfg(test)]
mod tests {
    use super::super::{ClusterSettings, groups};
    use crate::config::Settings;
    use crate::model::{Link, NamedBy, NormalClaim, Relation, Source};
    use crate::pipeline::compare_pair;
    use Relation::{Agree, Apart, Conflict};

    /// The members and the guests of each group, of claims of an outlet each.
    fn grouped(claims: u32, links: &[(u32, u32, f64, Relation)]) -> Vec<(Vec<u32>, Vec<u32>)> {
        let claim = compare_pair("The gate is open.", "", None, None, &Settings::default()).left;
        let of_outlet = |at: u32| {
            let mut claim = claim.clone();
            claim.claim.source = Source::new(format!("outlet {at}"), NamedBy::Flag).id;
            claim
        };
        let claims: Vec<NormalClaim> = (0..claims).map(of_outlet).collect();
        let links: Vec<Link> = links
            .iter()
            .map(|&(left, right, score, relation)| Link {
                left,
                right,
                score: (score * f64::from(Link::CERTAIN)) as u32,
                relation: (score >= 0.5).then_some(relation),
            })
            .collect();
        let groups = groups(&claims.iter().collect::<Vec<_>>(), &links, 0.5, &ClusterSettings::default());
        groups.into_iter().map(|group| (group.members, group.guests)).collect()
    }

    /// 0 and 1 tell one thing, 3 and 4 another, and 2 both.
    const BOTH: [(u32, u32, f64, Relation); 6] = [
        (0, 1, 0.9, Agree),
        (0, 2, 0.9, Agree),
        (1, 2, 0.9, Agree),
        (3, 4, 0.9, Agree),
        (2, 3, 0.8, Agree),
        (2, 4, 0.6, Agree),
    ];

    #[test]
    fn a_claim_that_tells_two_things_stands_with_both() {
        assert_eq!(grouped(5, &BOTH), [(vec![0, 1, 2], vec![]), (vec![2, 3, 4], vec![2])]);
    }

    #[test]
    fn a_guest_is_near_to_all_and_surely_to_one() {
        let with = |scores: [f64; 2]| {
            let mut links = BOTH;
            (links[4].2, links[5].2) = (scores[0], scores[1]);
            grouped(5, &links)[1].1.clone()
        };
        assert_eq!(with([0.75, 0.3]), [2]);
        assert_eq!(with([0.69, 0.69]), [] as [u32; 0]);
        assert_eq!(with([0.9, 0.05]), [] as [u32; 0]);
    }

    #[test]
    fn nobody_is_a_guest_where_one_is_contradicted_or_apart() {
        for relation in [Apart, Conflict] {
            let mut links = BOTH;
            links[5].3 = relation;
            assert_eq!(grouped(5, &links)[1], (vec![3, 4], vec![]), "{relation:?}");
            let mut inside = BOTH;
            inside[3].3 = Conflict;
            assert_eq!(grouped(5, &inside)[1], (vec![3, 4], vec![]));
        }
    }

    #[test]
    fn of_two_guests_that_stand_apart_the_nearer_one_stays() {
        let mut links = BOTH.to_vec();
        links.extend([(5, 6, 0.95, Agree), (3, 5, 0.7, Agree), (4, 5, 0.6, Agree), (2, 5, 0.6, Apart)]);
        assert_eq!(grouped(7, &links)[1], (vec![2, 3, 4], vec![2]));
        links.pop();
        assert_eq!(grouped(7, &links)[1], (vec![2, 3, 4, 5], vec![2, 5]));
    }
}
