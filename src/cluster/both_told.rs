//! Conflicts between claims of two documents that each have a claim which is nearer to the other's: two lists of who voted how, two
//! tables of results. What both documents tell side by side are two things, and neither contradicts the other in the one by the other.

use crate::model::{DocumentId, Link, Relation};
use rustc_hash::FxHashMap;

/// Lets the claims of a conflict stand apart where the document of each has another claim that agrees with the other claim and is at
/// least as near to it, or is about the same and nearer; one of the two has to agree. `links` are all compared pairs, each once; `document` tells the document of a
/// claim.
pub fn part_what_both_tell(document: impl Fn(u32) -> DocumentId, links: &mut [Link]) {
    if !links.iter().any(|link| link.relation == Some(Relation::Conflict)) {
        return;
    }
    // How near the nearest claim of a document is to a claim: one that agrees with it, and any that is about the same.
    let mut nearest: FxHashMap<(u32, DocumentId), [u32; 2]> = FxHashMap::default();
    for link in links.iter() {
        let agrees = match link.relation {
            Some(Relation::Agree) => true,
            Some(Relation::Conflict) => false,
            _ => continue,
        };
        for (claim, other) in [(link.left, link.right), (link.right, link.left)] {
            let [agreeing, any] = nearest.entry((claim, document(other))).or_insert([0, 0]);
            *any = (*any).max(link.score);
            if agrees {
                *agreeing = (*agreeing).max(link.score);
            }
        }
    }
    let near = |document: DocumentId, claim: u32, link: &Link| {
        let [agreeing, any] = nearest.get(&(claim, document)).copied().unwrap_or_default();
        (agreeing >= link.score && agreeing > 0, agreeing >= link.score && agreeing > 0 || any > link.score)
    };
    let conflicts = links.iter_mut().filter(|link| link.relation == Some(Relation::Conflict));
    for link in conflicts {
        let (one, other) = (document(link.left), document(link.right));
        let (left, right) = (near(one, link.right, link), near(other, link.left, link));
        // Where nothing agrees the two may be one conflict that both documents tell twice, in the headline and below it.
        if one != other && left.1 && right.1 && (left.0 || right.0) {
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
