//! The pairs that decide how some claims are grouped, among all candidates: where only what touches a few documents is asked
//! for, the rest of a corpus need not be compared with itself.

use crate::model::Candidate;
use rayon::prelude::*;

/// Pairs are followed from the seeds over so many links: those of the seeds, and those of the claims that join a seed, which may draw
/// them away. Over all links there are, what most pages have in common ("Defaults to ...") leads through a whole corpus.
const STEPS: usize = 2;

/// Of `pairs`, sorted by left and right, those that touch a claim of `seeds` or one that a link joins to such a claim. `links` tells
/// of some pairs which may be joined; it is asked once for each.
pub(super) fn around(
    pairs: Vec<Candidate>,
    seeds: Vec<u32>,
    claims: usize,
    mut links: impl FnMut(&[Candidate]) -> Vec<bool>,
) -> Vec<Candidate> {
    let mut by_right: Vec<u32> = (0..pairs.len() as u32).collect();
    by_right.par_sort_unstable_by_key(|at| (pairs[*at as usize].right, *at));
    let mut kept = vec![false; pairs.len()];
    let mut reached = vec![false; claims];
    let mut frontier = seeds;
    for seed in &frontier {
        reached[*seed as usize] = true;
    }
    for step in 1..=STEPS {
        let mut incident: Vec<u32> = Vec::new();
        for claim in frontier.drain(..) {
            let from = pairs.partition_point(|pair| pair.left < claim);
            let to = from + pairs[from..].partition_point(|pair| pair.left == claim);
            incident.extend(from as u32..to as u32);
            let right = |at: &u32| pairs[*at as usize].right;
            let from = by_right.partition_point(|at| right(at) < claim);
            let to = from + by_right[from..].partition_point(|at| right(at) == claim);
            incident.extend(&by_right[from..to]);
        }
        incident.sort_unstable();
        incident.dedup();
        incident.retain(|at| !std::mem::replace(&mut kept[*at as usize], true));
        if step == STEPS {
            break;
        }
        let found: Vec<Candidate> = incident.iter().map(|at| pairs[*at as usize]).collect();
        for (pair, _) in found.iter().zip(links(&found)).filter(|(_, joined)| *joined) {
            for claim in [pair.left, pair.right] {
                if !std::mem::replace(&mut reached[claim as usize], true) {
                    frontier.push(claim);
                }
            }
        }
    }
    let mut kept = kept.into_iter();
    let mut pairs = pairs;
    pairs.retain(|_| kept.next().unwrap_or(false));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Meaning, Settings};
    use crate::model::{Finding, KeySet, Label};
    use crate::pipeline::compare;
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    #[test]
    fn what_links_reach_is_kept_and_nothing_else() {
        let pair = |left, right| Candidate { left, right, keys: KeySet::default() };
        let all = vec![pair(0, 1), pair(0, 5), pair(1, 2), pair(2, 3), pair(3, 4), pair(4, 5), pair(6, 7)];
        // 0-1 and 1-2 are links; 2-3 is not, but it decides whether 2 and 3 belong together.
        let links = |pairs: &[Candidate]| pairs.iter().map(|pair| pair.right <= 2).collect();
        let kept = |seed| around(all.clone(), vec![seed], 8, links);
        assert_eq!(kept(0), [pair(0, 1), pair(0, 5), pair(1, 2)]);
        assert_eq!(kept(1), [pair(0, 1), pair(0, 5), pair(1, 2), pair(2, 3)]);
        assert_eq!(kept(4), [pair(3, 4), pair(4, 5)]);
        assert_eq!(kept(7), [pair(6, 7)]);
    }

    /// The conflicts and agreements that touch a file, without the story, which is made of all groups there are.
    fn touching(findings: &[Finding], path: &str) -> Vec<String> {
        let claims = |finding: &&Finding| {
            finding.label != Label::SingleSource
                && finding.positions.iter().flat_map(|side| &side.claims).any(|claim| claim.path == path)
        };
        let told = |finding: &Finding| {
            let mut value = serde_json::to_value(finding).expect("a finding can be written");
            value["story"] = serde_json::Value::Null;
            value.to_string()
        };
        findings.iter().filter(claims).map(told).collect()
    }

    #[test]
    fn a_changed_file_has_the_findings_it_has_when_all_is_compared() {
        let stories = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/stories");
        let paths = ["ferry-pier", "quay-strike", "mine-tunnel"].map(|story| stories.join(story).join("sources"));
        for meaning in [Meaning::Off, Meaning::Auto] {
            let mut settings = Settings::default();
            settings.compare.meaning = meaning;
            let whole = compare(&paths, &settings).expect("the fixtures can be read");
            let mut found = 0;
            for document in &whole.documents {
                settings.only = Some(BTreeSet::from([document.path.clone()]));
                let part = compare(&paths, &settings).expect("the fixtures can be read");
                let (one, all) = (touching(&part.findings, &document.path), touching(&whole.findings, &document.path));
                assert_eq!(one, all, "{}", document.path);
                assert_eq!(part.documents, whole.documents);
                found += one.len();
            }
            assert!(found > 20, "{found}");
        }
    }
}
