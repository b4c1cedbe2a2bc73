//! Some claims → the pairs that decide how these claims are grouped, among all candidates of a corpus: where only what touches a few
//! documents is asked for, the rest need not be compared with itself.
//!
//! Groups are joined from the surest link down (`cluster`). So what a claim is grouped with is decided by all its pairs; by what
//! each claim that a link joins to it was grouped with when that link's turn came, that is over links at least as sure; and by all
//! pairs of the claims that end up in its group. A claim can be a guest of the groups of all claims that agree with it, so these have to be
//! known as well. Links are followed so far and no further.

use crate::model::{Candidate, KeySet, Link, Relation};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// No more claims than this are followed. What most pages have in common ("Defaults to ...") can lead through a whole corpus; what is
/// decided so far from the claims asked for is then left as it stands.
const MOST_FOLLOWED: usize = 10_000;

/// What is asked of a corpus on the way.
pub(super) trait Ask {
    /// The candidates that touch some claims.
    fn partners(&mut self, claims: &[u32]) -> Vec<Candidate>;

    /// The links of some pairs, of those that count when groups are joined.
    fn links(&mut self, pairs: &[Candidate]) -> Vec<Link>;

    /// The groups that these links make, each without its guests.
    fn groups(&mut self, links: &[Link]) -> Vec<Vec<u32>>;
}

/// The pairs, sorted by left and right, that decide how `seeds` are grouped.
pub(super) fn around(seeds: &[u32], corpus: &mut impl Ask) -> Vec<Candidate> {
    let mut reach = Reach::default();
    seeds.iter().for_each(|seed| reach.follow(*seed, ALL));
    loop {
        reach.expand(corpus);
        let mut new: Vec<u32> = Vec::new();
        let mut own: FxHashMap<u32, usize> = FxHashMap::default();
        for (at, group) in corpus.groups(&reach.links).into_iter().enumerate() {
            own.extend(group.iter().map(|claim| (*claim, at)));
            // Who ended up in a group with a claim asked for has as much of a say as that claim.
            if group.iter().any(|claim| reach.is_whole(*claim)) {
                new.extend(group);
            }
        }
        for seed in seeds {
            // So has who it may be a guest of.
            let hosts = reach.joining.get(seed).into_iter().flatten().map(|(host, _)| *host);
            new.extend(hosts.filter(|host| own.get(host) != own.get(seed)));
        }
        new.retain(|claim| !reach.is_whole(*claim));
        if new.is_empty() || reach.is_full() {
            break;
        }
        new.into_iter().for_each(|claim| reach.follow(claim, ALL));
    }
    reach.pairs.into_iter().map(|((left, right), keys)| Candidate { left, right, keys }).collect()
}

/// The score from which on all links of a claim are followed.
const ALL: u32 = 0;

/// How far links were followed.
#[derive(Default)]
struct Reach {
    /// The least score of the links that are followed from a claim.
    least: FxHashMap<u32, u32>,
    /// Claims whose pairs are known.
    expanded: FxHashSet<u32>,
    /// Claims that are followed and whose pairs are not known yet.
    waiting: Vec<u32>,
    pairs: BTreeMap<(u32, u32), KeySet>,
    links: Vec<Link>,
    /// The links of each claim that may join it to another.
    joining: FxHashMap<u32, Vec<(u32, u32)>>,
}

impl Reach {
    fn is_whole(&self, claim: u32) -> bool {
        self.least.get(&claim) == Some(&ALL)
    }

    fn is_full(&self) -> bool {
        self.expanded.len() >= MOST_FOLLOWED
    }

    /// Follows the links of `claim` down to a score, and from there what they lead to.
    fn follow(&mut self, claim: u32, least: u32) {
        let mut open = vec![(claim, least)];
        while let Some((claim, least)) = open.pop() {
            match self.least.get(&claim) {
                Some(known) if *known <= least => continue,
                None => self.waiting.push(claim),
                Some(_) => {}
            }
            self.least.insert(claim, least);
            open.extend(self.onward(claim, least));
        }
    }

    /// Where the known links of a claim lead that is followed down to `least`, and how far each of them is followed then.
    fn onward(&self, claim: u32, least: u32) -> Vec<(u32, u32)> {
        let links = self.joining.get(&claim).into_iter().flatten();
        links
            .filter(|(_, score)| *score >= least)
            .map(|(to, score)| (*to, if least == ALL { *score } else { least }))
            .collect()
    }

    /// Asks for the pairs of all claims that are followed.
    fn expand(&mut self, corpus: &mut impl Ask) {
        while !self.waiting.is_empty() && !self.is_full() {
            let mut claims = std::mem::take(&mut self.waiting);
            claims.sort_unstable();
            claims.truncate(MOST_FOLLOWED - self.expanded.len());
            let found = corpus.partners(&claims);
            self.expanded.extend(claims);
            let new: Vec<Candidate> = found
                .into_iter()
                .filter(|pair| self.pairs.insert((pair.left, pair.right), pair.keys).is_none())
                .collect();
            let links = corpus.links(&new);
            for link in links.iter().filter(|link| link.relation.is_some_and(|relation| relation != Relation::Apart)) {
                // A score of 0 would be taken for all there are.
                let score = link.score.max(ALL + 1);
                self.joining.entry(link.left).or_default().push((link.right, score));
                self.joining.entry(link.right).or_default().push((link.left, score));
            }
            // Each claim once, however many of the links are its own.
            let touched: BTreeSet<u32> = links.iter().flat_map(|link| [link.left, link.right]).collect();
            for claim in touched {
                if let Some(least) = self.least.get(&claim) {
                    self.onward(claim, *least).into_iter().for_each(|(to, least)| self.follow(to, least));
                }
            }
            self.links.extend(links);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::{self, ClusterSettings};
    use crate::config::{Meaning, Settings};
    use crate::model::{ClaimGroup, Finding, Label, NormalClaim};
    use crate::normalize::NormalizeSettings;
    use crate::pipeline::compare;
    use crate::pipeline::pairs::claim_of;
    use proptest::prelude::*;
    use std::collections::BTreeSet;
    use std::ops::Range;
    use std::path::PathBuf;
    use std::sync::LazyLock;

    /// Claims of a text each, two of every outlet.
    fn outlets(claims: u32) -> Vec<NormalClaim> {
        let known = NormalizeSettings::default();
        (0..claims)
            .map(|at| claim_of(&format!("outlet {}", at / 2), &format!("Gate {at} is open."), None, &known))
            .collect()
    }

    fn grouped(claims: &[NormalClaim], links: &[Link]) -> Vec<ClaimGroup> {
        let claims: Vec<&NormalClaim> = claims.iter().collect();
        cluster::groups(&claims, links, 0.5, &ClusterSettings::default())
    }

    /// A corpus of links alone, whose groups are told, or made as those of a corpus are.
    struct Links<'c> {
        all: Vec<Link>,
        together: Result<Vec<Vec<u32>>, &'c [NormalClaim]>,
    }

    impl Ask for Links<'_> {
        fn partners(&mut self, claims: &[u32]) -> Vec<Candidate> {
            let touches = |link: &&Link| claims.contains(&link.left) || claims.contains(&link.right);
            let pair = |link: &Link| Candidate { left: link.left, right: link.right, keys: KeySet::default() };
            self.all.iter().filter(touches).map(pair).collect()
        }

        fn links(&mut self, pairs: &[Candidate]) -> Vec<Link> {
            let asked = |link: &&Link| pairs.iter().any(|pair| (pair.left, pair.right) == (link.left, link.right));
            self.all.iter().filter(asked).copied().collect()
        }

        fn groups(&mut self, links: &[Link]) -> Vec<Vec<u32>> {
            self.together.clone().unwrap_or_else(|claims| grouped(claims, links).iter().map(ClaimGroup::own).collect())
        }
    }

    #[test]
    fn links_are_followed_while_they_can_decide_and_no_further() {
        let link = |left, right, score: u32| {
            let relation = (score >= 50).then_some(Relation::Agree);
            Link { left, right, score: score * 10_000, relation }
        };
        // 0 is near to 1, which is nearer to 2, and 2 still nearer to 3 by way of 4; 5 is farther from 3 than 1 is from 0. 6 and 7
        // only lie beside 2.
        let all = vec![
            link(0, 1, 60),
            link(1, 2, 70),
            link(2, 4, 65),
            link(3, 4, 90),
            link(3, 5, 55),
            link(2, 6, 30),
            link(6, 7, 95),
            link(8, 9, 99),
        ];
        let kept = |seed: u32, together: Vec<Vec<u32>>| -> Vec<(u32, u32)> {
            let mut corpus = Links { all: all.clone(), together: Ok(together) };
            around(&[seed], &mut corpus).iter().map(|pair| (pair.left, pair.right)).collect()
        };
        // All that touches 0 to 4 is kept; from 5 and 6 nothing is followed.
        assert_eq!(kept(0, vec![]), [(0, 1), (1, 2), (2, 4), (2, 6), (3, 4), (3, 5)]);
        // Of the links of 1 all but the least sure one lead on from 0, but those of a claim of its own group all do.
        assert_eq!(kept(5, vec![]), [(0, 1), (1, 2), (2, 4), (2, 6), (3, 4), (3, 5)]);
        assert_eq!(kept(3, vec![]), [(2, 4), (3, 4), (3, 5)]);
        assert_eq!(kept(3, vec![vec![3, 4]]), [(0, 1), (1, 2), (2, 4), (2, 6), (3, 4), (3, 5)]);
        assert_eq!(kept(7, vec![]), [(2, 6), (6, 7)]);
        // 0 may be a guest of the group of 1, and so all that is near to 1 counts.
        assert_eq!(kept(0, vec![vec![1, 2]]), [(0, 1), (1, 2), (2, 4), (2, 6), (3, 4), (3, 5)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn a_claim_is_grouped_as_it_is_among_all_links(links in links(16, 5..100, 0..60), seed in 0..16_u32) {
            is_grouped_as_among_all(&links, seed)?;
        }

        /// Few claims that are near to each other, as where a sentence tells two things.
        #[test]
        fn a_claim_is_a_guest_where_it_is_among_all_links(links in links(14, 40..100, 10..60), seed in 0..14_u32) {
            is_grouped_as_among_all(&links, seed)?;
        }
    }

    /// Links between claims of different outlets, with scores in hundredths.
    fn links(claims: u32, scores: Range<u32>, many: Range<usize>) -> impl Strategy<Value = Vec<Link>> {
        prop::collection::btree_map((0..claims, 0..claims), (scores, 0..10_u32), many).prop_map(|links| {
            let of_two = links.into_iter().filter(|((left, right), _)| left < right && left / 2 != right / 2);
            of_two
                .map(|((left, right), (score, relation))| {
                    let relation = match relation {
                        0 => Relation::Apart,
                        1 => Relation::Conflict,
                        _ => Relation::Agree,
                    };
                    Link { left, right, score: score * 10_000, relation: (score >= 50).then_some(relation) }
                })
                .collect()
        })
    }

    fn is_grouped_as_among_all(all: &[Link], seed: u32) -> Result<(), TestCaseError> {
        static OUTLETS: LazyLock<Vec<NormalClaim>> = LazyLock::new(|| outlets(16));
        let mut corpus = Links { all: all.to_vec(), together: Err(&OUTLETS) };
        let kept = around(&[seed], &mut corpus);
        let part: Vec<Link> = corpus.links(&kept);
        let told = |links: &[Link]| -> Vec<(Vec<u32>, Vec<u32>)> {
            let of_seed = grouped(&OUTLETS, links).into_iter().filter(|group| group.members.contains(&seed));
            of_seed.map(|group| (group.members, group.guests)).collect()
        };
        prop_assert_eq!(told(&part), told(all));
        Ok(())
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
