//! Some claims → their candidates among all claims of a corpus: what `join` finds of them, without joining the rest.
//!
//! What comes in: surveys of all documents. What goes out: the pairs that touch the claims asked for. The bounds, the keys and the
//! numbers are those of `block`, summed in the same order, so that no pair is decided otherwise: a walk over all claims once finds those
//! that share enough by a loose bound, and only these are multiplied out. The walk is over the stems of all claims, but for many claims
//! asked for it is one, and of a claim that shares none it looks at no more than its stems.

use super::survey::Survey;
use crate::block::{self, BlockSettings, Taken};
use crate::compare;
use crate::lexicon::background::Rarity;
use crate::model::{Candidate, CorpusStats, Document, KeySet, content_hash};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// What the order of summing can change in a product, and more.
const ROUNDING: f64 = 1e-3;

/// What is known of all claims of a corpus.
pub(super) struct Corpus<'s> {
    documents: &'s [Document],
    surveys: &'s [Survey],
    /// The number of the first claim of each document; the last is the number of all.
    first: Vec<u32>,
    /// For each document the numbers of its stems in the corpus.
    stems: Vec<Vec<u32>>,
    hashes: Vec<u64>,
    /// What each stem weighs.
    weights: Vec<f64>,
    /// How many claims hold each stem, and how many articles: rare ones come first in a product.
    claims_with: Vec<u32>,
    articles_with: Vec<u32>,
    /// What each article is about, the rarest stems first; empty for ready-made claims.
    profiles: Vec<Vec<(u32, f32)>>,
    bounds: BlockSettings,
    /// What the likeness of two articles gains because few are compared.
    bonus: f32,
}

/// A claim as a vector.
struct Row {
    claim: u32,
    document: usize,
    norm: f32,
    square: f32,
    /// The stems by number, the rarest first.
    stems: Vec<(u32, f32)>,
}

impl<'s> Corpus<'s> {
    /// Counts and weighs the stems of a corpus. Gives the counts as well.
    pub(super) fn of(documents: &'s [Document], surveys: &'s [Survey], bounds: BlockSettings) -> (Self, CorpusStats) {
        let mut number: FxHashMap<u64, u32> = FxHashMap::default();
        let mut words: Vec<&str> = Vec::new();
        let mut hashes: Vec<u64> = Vec::new();
        let hashed: Vec<Vec<(u64, &str)>> = surveys
            .par_iter()
            .map(|survey| survey.stems().map(|stem| (content_hash([stem]), stem)).collect())
            .collect();
        let mut numbered = |(hash, word): (u64, &'s str)| {
            *number.entry(hash).or_insert_with(|| {
                words.push(word);
                hashes.push(hash);
                hashes.len() as u32 - 1
            })
        };
        let stems: Vec<Vec<u32>> = hashed.into_iter().map(|own| own.into_iter().map(&mut numbered).collect()).collect();
        let mut first = Vec::with_capacity(surveys.len() + 1);
        let mut seen: FxHashSet<u64> = FxHashSet::default();
        let (mut counts, mut claims_with) = (vec![0_u32; words.len()], vec![0_u32; words.len()]);
        let mut articles_with = vec![0_u32; words.len()];
        let mut last_article = vec![u32::MAX; words.len()];
        let mut end = 0;
        for (document, (survey, own)) in (0_u32..).zip(surveys.iter().zip(&stems)) {
            first.push(end);
            end += survey.len() as u32;
            for at in 0..survey.len() {
                let (statement, counted) = survey.statement(at);
                if seen.insert(statement) {
                    counted.iter().for_each(|stem| counts[own[*stem as usize] as usize] += 1);
                }
                for (stem, _) in survey.told(at) {
                    let stem = own[*stem as usize] as usize;
                    claims_with[stem] += 1;
                    if survey.is_in_article(at) && std::mem::replace(&mut last_article[stem], document) != document {
                        articles_with[stem] += 1;
                    }
                }
            }
        }
        first.push(end);
        let held = words.iter().zip(&counts).filter(|(_, count)| **count > 0);
        let stats = CorpusStats {
            claims: seen.len() as u64,
            stems: held.map(|(word, count)| ((*word).to_owned(), *count)).collect(),
            articles: surveys.iter().filter(|survey| (0..survey.len()).any(|at| survey.is_in_article(at))).count()
                as u64,
        };
        let rarity = Rarity::of(&stats);
        let weights: Vec<f64> = words.par_iter().map(|word| rarity.weight(word)).collect();
        let mut corpus = Self {
            documents,
            surveys,
            first,
            stems,
            hashes,
            weights,
            claims_with,
            articles_with,
            profiles: Vec::new(),
            bounds,
            bonus: compare::likeness_prior(stats.articles) as f32,
        };
        corpus.profiles = (0..surveys.len()).into_par_iter().map(|document| corpus.profile(document)).collect();
        (corpus, stats)
    }

    /// The claims of a document, by number.
    pub(super) fn claims_of(&self, document: usize) -> std::ops::Range<u32> {
        self.first[document]..self.first[document + 1]
    }

    /// The document that a claim stands in.
    pub(super) fn document_of(&self, claim: u32) -> usize {
        self.first.partition_point(|first| *first <= claim) - 1
    }

    /// The stems of a claim with their weights, by their hashes, and the length of the vector.
    fn weighed(&self, document: usize, at: usize) -> (impl Iterator<Item = (u32, f64)>, f64) {
        let own = &self.stems[document];
        let of = move |(stem, share): &(u32, compare::Share)| {
            let stem = own[*stem as usize];
            (stem, self.weights[stem as usize] * share.value())
        };
        let told = self.surveys[document].told(at);
        let square: f64 = told.iter().map(of).map(|(_, weight)| weight * weight).sum();
        (told.iter().map(of), square.sqrt())
    }

    /// What an article is about, as `compare` sums it up.
    fn profile(&self, document: usize) -> Vec<(u32, f32)> {
        let survey = &self.surveys[document];
        let mut sums: FxHashMap<u32, f64> = FxHashMap::default();
        for at in (0..survey.len()).filter(|at| survey.is_in_article(*at)) {
            let (stems, norm) = self.weighed(document, at);
            if norm > 0.0 {
                stems.for_each(|(stem, weight)| *sums.entry(stem).or_insert(0.0) += f64::from((weight / norm) as f32));
            }
        }
        let mut sums: Vec<(u32, f64)> = sums.into_iter().collect();
        sums.sort_unstable_by_key(|(stem, _)| self.hashes[*stem as usize]);
        let norm = sums.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        let mut profile: Vec<(u32, f32)> =
            sums.into_iter().map(|(stem, weight)| (stem, (weight / norm) as f32)).collect();
        profile.sort_unstable_by_key(|(stem, _)| self.rank(&self.articles_with, *stem));
        profile
    }

    fn rank(&self, holders: &[u32], stem: u32) -> (u32, u64) {
        (holders[stem as usize], self.hashes[stem as usize])
    }

    fn row(&self, claim: u32) -> Row {
        let document = self.document_of(claim);
        let (stems, length) = self.weighed(document, (claim - self.first[document]) as usize);
        let norm = length as f32;
        let mut stems: Vec<(u32, f32)> = match length > 0.0 {
            true => stems.map(|(stem, weight)| (stem, (weight / length) as f32 * norm)).collect(),
            false => Vec::new(),
        };
        stems.sort_unstable_by_key(|(stem, _)| self.rank(&self.claims_with, *stem));
        let square = stems.iter().map(|(_, weight)| weight * weight).sum();
        Row { claim, document, norm, square, stems }
    }

    /// The candidates that touch one of `claims`, each once, in order.
    pub(super) fn partners(&self, claims: &[u32]) -> Vec<Candidate> {
        let rows: Vec<Row> = claims.par_iter().map(|claim| self.row(*claim)).collect();
        let near = self.near(rows.iter().map(|row| row.document).collect());
        let asked = Asked::of(self.weights.len(), rows.iter().map(|row| row.stems.as_slice()));
        let mut pairs: Vec<Candidate> = (0..self.surveys.len())
            .into_par_iter()
            .map_init(Sums::default, |sums, document| self.partners_in(document, &rows, &near, &asked, sums))
            .flatten_iter()
            .collect();
        pairs.extend(self.sharing_keys(claims));
        block::merge(pairs)
    }

    /// The partners of `rows` among the claims of one document.
    fn partners_in(
        &self,
        document: usize,
        rows: &[Row],
        near: &FxHashMap<usize, FxHashSet<usize>>,
        asked: &Asked,
        sums: &mut Sums,
    ) -> Vec<Candidate> {
        let mut found = Vec::new();
        if !self.stems[document].iter().any(|stem| asked.has(*stem)) {
            return found;
        }
        let source = |document: usize| self.documents[document].source.id;
        for (at, claim) in self.claims_of(document).enumerate() {
            let (stems, length) = self.weighed(document, at);
            sums.add(rows.len(), asked, stems);
            let mut exact: Option<Row> = None;
            for one in sums.touched.drain(..) {
                let shared = std::mem::take(&mut sums.of[one as usize]);
                let row = &rows[one as usize];
                if row.claim == claim || source(row.document) == source(document) {
                    continue;
                }
                let is_near = near.get(&row.document).is_some_and(|near| near.contains(&document));
                let square = (length * length) as f32;
                let (least, most) = (square.min(row.square), square.max(row.square));
                let loose = (f64::from(shared) * (1.0 + ROUNDING)) as f32;
                if !self.bounds.reaches(loose, [least * (1.0 - ROUNDING as f32), most], is_near) {
                    continue;
                }
                let own = exact.get_or_insert_with(|| self.row(claim));
                if self.is_candidate(row, own, is_near) {
                    let (left, right) = (row.claim.min(claim), row.claim.max(claim));
                    found.push(Candidate { left, right, keys: KeySet::default().with(0) });
                }
            }
        }
        found
    }

    /// Whether two claims are candidates by their stems.
    fn is_candidate(&self, one: &Row, two: &Row, near: bool) -> bool {
        let is_less = one.norm.total_cmp(&two.norm).then(one.claim.cmp(&two.claim)).is_lt();
        let (least, most) = if is_less { (one, two) } else { (two, one) };
        let shared = product(&least.stems, &most.stems, |stem| self.rank(&self.claims_with, stem));
        least.square > 0.0 && self.bounds.reaches(shared, [least.square, most.square], near)
    }

    /// For each of these documents those that seem to tell of the same events.
    fn near(&self, documents: FxHashSet<usize>) -> FxHashMap<usize, FxHashSet<usize>> {
        let mut documents: Vec<usize> = documents.into_iter().collect();
        documents.sort_unstable();
        let profiles = || documents.iter().map(|document| self.profiles[*document].as_slice());
        let asked = Asked::of(self.weights.len(), profiles());
        let least = self.bounds.least_likeness - self.bonus;
        let pairs: Vec<(usize, usize)> = (0..self.surveys.len())
            .into_par_iter()
            .map_init(Sums::default, |sums, other| {
                let own = &self.profiles[other];
                sums.add(documents.len(), &asked, own.iter().map(|(stem, weight)| (*stem, f64::from(*weight))));
                let mut found = Vec::new();
                for one in sums.touched.drain(..) {
                    let likeness = f64::from(std::mem::take(&mut sums.of[one as usize]));
                    let document = documents[one as usize];
                    let rank = |stem| self.rank(&self.articles_with, stem);
                    if document != other
                        && likeness * (1.0 + ROUNDING) >= f64::from(least)
                        && product(&self.profiles[document], own, rank) >= least
                    {
                        found.push((document, other));
                    }
                }
                found
            })
            .flatten_iter()
            .collect();
        let mut near: FxHashMap<usize, FxHashSet<usize>> = FxHashMap::default();
        for (document, other) in pairs {
            near.entry(document).or_default().insert(other);
        }
        near
    }

    /// The pairs that share what another key takes.
    fn sharing_keys(&self, claims: &[u32]) -> Vec<Candidate> {
        let own = |claim: u32| {
            let document = self.document_of(claim);
            self.surveys[document].keys((claim - self.first[document]) as usize)
        };
        let asked: FxHashSet<Taken> = claims.iter().flat_map(|claim| own(*claim)).copied().collect();
        let all: Vec<(Taken, u32)> = (0..self.surveys.len())
            .into_par_iter()
            .flat_map_iter(|document| {
                let survey = &self.surveys[document];
                let of = move |(at, claim): (usize, u32)| survey.keys(at).iter().map(move |taken| (*taken, claim));
                self.claims_of(document).enumerate().flat_map(of)
            })
            .filter(|(taken, _)| asked.contains(taken))
            .collect();
        let mut sharing: FxHashMap<Taken, Vec<u32>> = FxHashMap::default();
        for (taken, claim) in all {
            sharing.entry(taken).or_default().push(claim);
        }
        let wanted: FxHashSet<u32> = claims.iter().copied().collect();
        let source = |claim: u32| self.documents[self.document_of(claim)].source.id;
        let mut pairs = Vec::new();
        for ((_, key), claims) in sharing.into_iter().filter(|(_, claims)| !block::is_crowded(claims.len())) {
            let keys = KeySet::default().with(usize::from(key));
            for one in claims.iter().filter(|claim| wanted.contains(claim)) {
                let others = claims.iter().filter(|other| source(**other) != source(*one));
                pairs.extend(others.map(|two| Candidate { left: *one.min(two), right: *one.max(two), keys }));
            }
        }
        pairs
    }
}

/// The product of two vectors whose stems are in the order of `rank`, summed in that order.
fn product(one: &[(u32, f32)], two: &[(u32, f32)], rank: impl Fn(u32) -> (u32, u64)) -> f32 {
    let (mut at, mut there, mut sum) = (0, 0, 0.0_f32);
    while at < one.len() && there < two.len() {
        let order = rank(one[at].0).cmp(&rank(two[there].0));
        if order.is_eq() {
            sum += one[at].1 * two[there].1;
        }
        at += usize::from(order.is_le());
        there += usize::from(order.is_ge());
    }
    sum
}

/// The vectors that are asked about, by their stems.
struct Asked {
    /// For each stem of the corpus the number of its list and one; 0 where nobody asks for it.
    list_of: Vec<u32>,
    lists: Vec<Vec<(u32, f32)>>,
}

impl Asked {
    fn of<'v>(stems: usize, vectors: impl Iterator<Item = &'v [(u32, f32)]>) -> Self {
        let mut asked = Self { list_of: vec![0; stems], lists: Vec::new() };
        for (number, vector) in (0_u32..).zip(vectors) {
            for (stem, weight) in vector {
                let list = &mut asked.list_of[*stem as usize];
                if *list == 0 {
                    asked.lists.push(Vec::new());
                    *list = asked.lists.len() as u32;
                }
                asked.lists[*list as usize - 1].push((number, *weight));
            }
        }
        asked
    }

    fn has(&self, stem: u32) -> bool {
        self.list_of[stem as usize] > 0
    }

    fn list(&self, stem: u32) -> &[(u32, f32)] {
        (self.list_of[stem as usize] as usize).checked_sub(1).map_or(&[], |list| &self.lists[list])
    }
}

/// The products of one vector with those that are asked about.
#[derive(Default)]
struct Sums {
    of: Vec<f32>,
    touched: Vec<u32>,
}

impl Sums {
    fn add(&mut self, asked_about: usize, asked: &Asked, vector: impl Iterator<Item = (u32, f64)>) {
        self.of.resize(asked_about, 0.0);
        for (stem, weight) in vector {
            for (number, other) in asked.list(stem) {
                let sum = &mut self.of[*number as usize];
                if *sum == 0.0 {
                    self.touched.push(*number);
                }
                *sum += weight as f32 * other;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::early::look_onward;
    use super::super::join::join;
    use super::super::session::{Made, Session};
    use super::super::{Unwatched, count, handed, prepare};
    use super::*;
    use crate::compare;
    use crate::config::Settings;
    use crate::model::NormalClaim;
    use std::path::PathBuf;

    #[test]
    fn what_is_found_of_a_claim_is_what_the_join_of_all_claims_finds_of_it() {
        let settings = Settings::default();
        let stories = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/stories");
        let session = Session::open(&settings).expect("nothing is opened");
        let run = look_onward(&[stories], &session, &settings, &Unwatched).expect("the fixtures can be read");
        let counted = count(&run.claims);
        let prepared = prepare(&run.claims, Rarity::of(&counted));
        let profiles = compare::story_profiles(&prepared);
        let all = join(&prepared, &profiles, &settings, &Unwatched).pairs;
        let own = |document: &Document| -> Vec<NormalClaim> {
            run.claims.iter().filter(|claim| claim.claim.document == document.id).cloned().collect()
        };
        let made = |document: &Document| Made { set_aside: Vec::new(), claims: own(document) };
        let surveys: Vec<Survey> = run.documents.iter().map(|document| Survey::of(&made(document))).collect();
        let (corpus, stats) = Corpus::of(&run.documents, &surveys, handed::block(&settings));
        assert_eq!(stats, counted);
        assert!(all.len() > 250, "{}", all.len());
        for document in (0..run.documents.len()).step_by(2) {
            let claims: Vec<u32> = corpus.claims_of(document).collect();
            let touches = |pair: &&Candidate| claims.contains(&pair.left) || claims.contains(&pair.right);
            let wanted: Vec<Candidate> = all.iter().filter(touches).copied().collect();
            assert_eq!(corpus.partners(&claims), wanted, "{}", run.documents[document].origin.path);
        }
    }
}
