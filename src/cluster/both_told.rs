//! Conflicts between claims of two documents that each have a claim which is nearer to the other's: two lists of who voted how, two
//! tables of results. What both documents tell side by side are two things, and neither of them contradicts the other document.

use crate::model::{DocumentId, Link, Relation};
use rustc_hash::FxHashMap;

/// How near the claims of a document come to a claim of another: the scores of the nearest that agrees with it, and of the nearest
/// that agrees or conflicts. 0 where there is none.
#[derive(Debug, Clone, Copy, Default)]
struct Nearest {
    agreeing: u32,
    matched: u32,
}

impl Nearest {
    /// True where a claim agrees, as near as `score` at the least.
    fn agrees(self, score: u32) -> bool {
        self.agreeing > 0 && self.agreeing >= score
    }

    /// True where a claim agrees, or is nearer than `score` and conflicts.
    fn is_counterpart(self, score: u32) -> bool {
        self.agrees(score) || self.matched > score
    }
}

/// Lets the claims of a conflict stand apart where the document of each has another claim that is a counterpart of the other claim: one
/// that agrees with it and is at least as near, or conflicts with it and is nearer. One of the two has to agree: where none does, both
/// documents may tell one conflict twice, in the headline and below it.
///
/// `links` are all compared pairs, each once; `document` tells the document of a claim.
pub fn part_what_both_tell(document: impl Fn(u32) -> DocumentId, links: &mut [Link]) {
    if !links.iter().any(|link| link.relation == Some(Relation::Conflict)) {
        return;
    }
    let mut nearest: FxHashMap<(u32, DocumentId), Nearest> = FxHashMap::default();
    for link in links.iter() {
        let agrees = match link.relation {
            Some(Relation::Agree) => true,
            Some(Relation::Conflict) => false,
            _ => continue,
        };
        for (claim, other) in [(link.left, link.right), (link.right, link.left)] {
            let known = nearest.entry((claim, document(other))).or_default();
            known.matched = known.matched.max(link.score);
            if agrees {
                known.agreeing = known.agreeing.max(link.score);
            }
        }
    }
    let nearest = |document: DocumentId, claim: u32| nearest.get(&(claim, document)).copied().unwrap_or_default();
    for link in links.iter_mut().filter(|link| link.relation == Some(Relation::Conflict)) {
        let (one, other) = (document(link.left), document(link.right));
        let (left, right) = (nearest(one, link.right), nearest(other, link.left));
        let are_counterparts = left.is_counterpart(link.score) && right.is_counterpart(link.score);
        if one != other && are_counterparts && (left.agrees(link.score) || right.agrees(link.score)) {
            link.relation = Some(Relation::Apart);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relations after parting; claims 0 to 9 are of one document, 10 to 19 of another, and so on.
    fn parted(links: &[(u32, u32, u32, Relation)]) -> Vec<Relation> {
        let of = |&(left, right, score, relation): &(u32, u32, u32, Relation)| Link {
            left,
            right,
            score,
            relation: Some(relation),
        };
        let mut links: Vec<Link> = links.iter().map(of).collect();
        part_what_both_tell(|claim| DocumentId(u64::from(claim / 10)), &mut links);
        links.iter().filter_map(|link| link.relation).collect()
    }

    #[test]
    fn what_each_of_two_documents_tells_is_no_conflict_of_the_two() {
        use Relation::{Agree, Apart, Conflict};
        let both = [(0, 10, 900, Agree), (0, 11, 800, Conflict), (1, 10, 800, Conflict), (1, 11, 900, Agree)];
        assert_eq!(parted(&both), [Agree, Apart, Apart, Agree]);
        let only_one_tells_both = [(0, 10, 900, Agree), (1, 10, 800, Conflict)];
        assert_eq!(parted(&only_one_tells_both), [Agree, Conflict]);
        let nearer_than_what_agrees = [(0, 10, 700, Agree), (0, 11, 800, Conflict), (1, 11, 700, Agree)];
        assert_eq!(parted(&nearer_than_what_agrees), [Agree, Conflict, Agree]);
        let each_has_a_nearer = [(0, 10, 900, Conflict), (0, 11, 800, Conflict), (1, 11, 900, Agree)];
        assert_eq!(parted(&each_has_a_nearer), [Conflict, Apart, Agree]);
        let told_twice = [(0, 10, 900, Conflict), (0, 11, 800, Conflict), (1, 11, 900, Conflict)];
        assert_eq!(parted(&told_twice), [Conflict; 3]);
        let all_as_near = [(0, 10, 900, Conflict), (0, 11, 900, Conflict), (1, 11, 900, Conflict)];
        assert_eq!(parted(&all_as_near), [Conflict; 3]);
        let inside_one_document = [(0, 2, 900, Agree), (0, 1, 800, Conflict), (1, 3, 900, Agree)];
        assert_eq!(parted(&inside_one_document), [Agree, Conflict, Agree]);
    }
}
