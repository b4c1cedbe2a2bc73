//! Paths → report: the order of the stages, and the only module that starts threads.
//!
//! ```text
//! documents ─ segment ─ extract ─ normalize ─┐          per document, in parallel
//!                                    block ◄─┘          one index over all claims
//!                                    └─ compare, stand  per candidate pair, in parallel
//!                                        └─ cluster     one sequential pass
//!                                            └─ label   per group, in parallel
//!                                                └─ Report
//! ```

mod around;

mod credits;

mod early;

mod encoded;

mod explained;

mod files;

mod handed;

mod held;

mod join;

mod pairs;

mod part;

mod partners;

mod search;

mod sense;

mod session;

mod survey;

mod together;

mod told_alike;

mod watch;

mod within;

pub use early::{Run, Stage, look, tree};
pub use explained::{Explained, explain};
pub use files::{FileEntry, Files, files};
pub use join::{Candidates, candidates};
pub use pairs::{PairLabel, PairOutcome, TextPair, compare_claims, compare_pair, compare_pairs};
pub use search::{Hit, Query, SearchResult, Searched, search, search_watched};
pub use session::open_models;
pub use watch::{Indexed, Step, Unwatched, Watch};

use crate::block;
use crate::cluster::{self, Families};
use crate::compare::{self, Prepared};
use crate::config::Settings;
use crate::error::{Error, ErrorKind, Result};
use crate::label::{self, Context, DocumentFacts, Matched, Pair, Sameness};
use crate::lexicon::background::Rarity;
use crate::model::{
    Alignment, Candidate, ClaimKind, Comparison, CorpusStats, Document, DocumentId, Finding, GroupId, Inference,
    NormalClaim, Report, Standing, Story, StoryId, content_hash,
};
use crate::read;
use crate::report::assemble::{Parts, assemble};
use early::look_onward;
use held::Held;
use join::{Joined, join, keep_likenesses};
use part::Part;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use session::Session;
use std::path::PathBuf;
use survey::distinct_stems;
use told_alike::Sayings;

/// Compares the documents under `paths`.
///
/// # Errors
///
/// A path that does not exist, inputs without a single document, a wrong manifest, or no threads to be had.
pub fn compare(paths: &[PathBuf], settings: &Settings) -> Result<Report> {
    compare_watched(paths, settings, &Unwatched)
}

/// The same, and `watch` is told how far it is.
///
/// # Errors
///
/// As [`compare`](fn@compare).
pub fn compare_watched(paths: &[PathBuf], settings: &Settings, watch: &dyn Watch) -> Result<Report> {
    let session = Session::open(settings)?;
    let looked = match &settings.only {
        Some(only) => part::look_around(paths, only, &session, settings, watch),
        None => look_onward(paths, &session, settings, watch).map(Part::all),
    };
    let report = looked.and_then(|part| on_threads(settings, || compare_part(part, &session, settings, watch)));
    session.close();
    report
}

/// The stages from `block` on.
fn compare_part(part: Part, session: &Session, settings: &Settings, watch: &dyn Watch) -> Report {
    let Part { documents, claims: normal, skipped, counts, stats, facts, pairs } = part;
    let claims: Vec<&NormalClaim> = normal.iter().collect();
    let wanted = Wanted::of(&documents, settings);
    let hands = Hands { session, watch };
    let (mut groups, standings, candidates, matched) =
        matched(&normal, pairs, Rarity::of(&stats), &facts, hands, settings, |held, pairs| {
            let links = held.links(&pairs);
            let candidates = pairs.len() as u64;
            drop(pairs);
            watch.begin(Step::Label, claims.len() as u64);
            let mut groups = held.groups(&claims, &links.all);
            let matched = links.all.iter().filter(|link| link.relation.is_some()).count() as u64;
            let standings = held.standings(&mut groups, &links);
            (groups, standings, candidates, matched)
        });
    let order: Vec<DocumentId> = documents.iter().map(|document| document.id).collect();
    let members = cluster::stories(&order, &claims, &mut groups);
    let ids: Vec<StoryId> = members.iter().map(|documents| story_id(documents)).collect();
    let context = Context { claims: &claims, standings: &standings, documents: &facts };
    let mut findings: Vec<Finding> =
        groups.par_iter().map(|group| label::label(group, ids[group.story as usize], &context)).collect();
    findings.extend(singles(&groups, &members, &ids, &context, &wanted));
    if settings.within {
        let story_of = story_of(&members, &ids);
        findings.extend(within::within(&normal, &wanted, Rarity::of(&stats), &facts, &story_of, session, settings));
    }
    let stories = stories(&members, &ids, &findings, &facts);
    // The report holds all that is told: what it was made of need not be kept beside it.
    drop((groups, standings, facts, claims));
    drop(normal);
    let [claims, set_aside] = [0, 1].map(|at| counts.iter().map(|counts| counts[at]).collect::<Vec<u32>>());
    assemble(Parts {
        documents: &documents,
        set_aside: &set_aside,
        claims: &claims,
        findings,
        stories,
        skipped,
        candidates,
        matched,
        method: handed::method(settings),
    })
}

/// What a run has at hand besides its claims and settings.
#[derive(Clone, Copy)]
struct Hands<'a> {
    session: &'a Session,
    watch: &'a dyn Watch,
}

/// The stage `block`, and what `compare` needs to know of all claims: gives `then` what pairs are held against each other with, and
/// the candidates: `pairs`, or all there are. Whatever compares the claims of a corpus goes through here, so that all of it tells the
/// same.
fn matched<T>(
    claims: &[NormalClaim],
    pairs: Option<Vec<Candidate>>,
    rarity: Rarity<'_>,
    facts: &FxHashMap<DocumentId, DocumentFacts>,
    Hands { session, watch }: Hands<'_>,
    settings: &Settings,
    then: impl FnOnce(&Held<'_>, Vec<Candidate>) -> T,
) -> T {
    watch.begin(Step::Index, claims.len() as u64);
    let weights = rarity.weights();
    let prepared = prepare(claims, rarity.knowing(&weights));
    let mut profiles = compare::story_profiles(&prepared);
    let mut joined = match pairs {
        Some(pairs) => Joined::part(pairs),
        None => join(&prepared, &profiles, settings, watch),
    };
    keep_likenesses(&mut profiles, &prepared, &joined.pairs);
    let sayings = Sayings::of(&prepared);
    let sense = sense::sense((&prepared, &sayings), &profiles, &mut joined, session, settings, watch);
    // Meaning may have brought articles together that share no word.
    keep_likenesses(&mut profiles, &prepared, &joined.pairs);
    watch.indexed(joined.indexed());
    let held = Held {
        prepared: &prepared,
        sayings: &sayings,
        profiles: &profiles,
        sense: &sense,
        documents: facts,
        settings,
        watch,
    };
    then(&held, joined.pairs)
}

/// Which documents are asked for: findings that touch none of them need not be made.
struct Wanted(Option<FxHashSet<DocumentId>>);

impl Wanted {
    /// Those with one of the paths that the settings name; every document where they name none.
    fn of(documents: &[Document], settings: &Settings) -> Self {
        let Some(only) = &settings.only else { return Self(None) };
        let wanted = documents.iter().filter(|document| only.contains(&document.origin.path));
        Self(Some(wanted.map(|document| document.id).collect()))
    }

    fn has(&self, document: DocumentId) -> bool {
        self.0.as_ref().is_none_or(|wanted| wanted.contains(&document))
    }
}

/// The readers: name, and the endings of file names they take.
pub fn readers() -> Vec<(String, String)> {
    read::READERS.iter().map(|reader| (reader.name().to_owned(), reader.extensions().join(", "))).collect()
}

/// The blocking keys: name, and what they bring together.
pub fn keys() -> Vec<(String, String)> {
    block::KEYS.iter().map(|key| (key.name.to_owned(), key.summary.to_owned())).collect()
}

/// Runs `work` on as many threads as the settings ask for. The number never changes a result.
fn on_threads<T: Send>(settings: &Settings, work: impl FnOnce() -> T + Send) -> Result<T> {
    let Some(threads) = settings.threads else { return Ok(work()) };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| Error::new(ErrorKind::Usage, format!("cannot start {threads} threads: {error}")))?;
    Ok(pool.install(work))
}

/// How rare each stem is: parts are counted apart and merged. A statement that many outlets print in the same words, but
/// for its figures, counts once: it must not make its own words common.
fn count(claims: &[NormalClaim]) -> CorpusStats {
    let stems: Vec<Vec<&str>> = claims.par_iter().map(distinct_stems).collect();
    let mut first: Vec<(u64, usize)> =
        stems.par_iter().enumerate().map(|(at, stems)| (content_hash(stems.iter().copied()), at)).collect();
    first.par_sort_unstable();
    first.dedup_by_key(|(hash, _)| *hash);
    first
        .par_chunks(COUNTED_AT_ONCE)
        .map(|chunk| {
            let mut stats = CorpusStats::default();
            for (_, at) in chunk {
                stats.add(stems[*at].iter().copied());
            }
            stats
        })
        .reduce(CorpusStats::default, CorpusStats::merge)
        .among(articles(claims))
}

/// How many articles the claims stand in.
fn articles(claims: &[NormalClaim]) -> u64 {
    let of = claims.iter().map(|claim| &claim.claim).filter(|claim| claim.kind != ClaimKind::Given);
    of.map(|claim| claim.document).collect::<FxHashSet<_>>().len() as u64
}

/// So many claims are counted apart. What fewer of them share would be put together over and over.
const COUNTED_AT_ONCE: usize = 1 << 15;

/// Makes all claims ready for comparing.
fn prepare<'a>(claims: &'a [NormalClaim], rarity: Rarity<'a>) -> Vec<Prepared<'a>> {
    claims.par_iter().map(|claim| compare::prepare(claim, rarity)).collect()
}

/// What labelling has to know of each document.
fn facts(documents: &[Document]) -> FxHashMap<DocumentId, DocumentFacts> {
    documents
        .iter()
        .map(|document| {
            let facts = DocumentFacts {
                shown: document.shown_id(),
                source: document.source.name.clone(),
                path: document.origin.path.clone(),
                published: document.published,
                family: document.id,
                page: label::Page::of(document),
            };
            (document.id, facts)
        })
        .collect()
}

/// The same with the families of those that print one text or tell that they are of one origin.
fn facts_with_families(documents: &[Document], families: &Families) -> FxHashMap<DocumentId, DocumentFacts> {
    let mut facts = facts(documents);
    for (id, facts) in &mut facts {
        facts.family = families.family(*id);
    }
    credits::follow(documents, &mut facts);
    facts
}

/// How two matched claims stand to each other.
fn stand(
    comparison: &Comparison,
    left: &Prepared<'_>,
    right: &Prepared<'_>,
    documents: &FxHashMap<DocumentId, DocumentFacts>,
    settings: &label::LabelSettings,
) -> Standing {
    let pair = pair((&comparison.alignment, comparison.inference), left, right, documents);
    label::stand(&pair, Matched::of(comparison), sameness(left.claim, right.claim, documents), settings)
}

/// Whether the documents of two claims are of one family.
fn sameness(left: &NormalClaim, right: &NormalClaim, documents: &FxHashMap<DocumentId, DocumentFacts>) -> Sameness {
    let family = |claim: &NormalClaim| documents.get(&claim.claim.document).map(|facts| facts.family);
    match (family(left), family(right)) {
        (Some(one), Some(two)) if one == two => Sameness::OneOrigin,
        _ => Sameness::Independent,
    }
}

/// Two claims as the rules see them.
fn pair<'a>(
    (alignment, inference): (&'a Alignment, Option<Inference>),
    left: &Prepared<'a>,
    right: &Prepared<'a>,
    documents: &'a FxHashMap<DocumentId, DocumentFacts>,
) -> Pair<'a> {
    let (left, right) = (left.claim, right.claim);
    let [one, two] = [left, right].map(|claim| documents.get(&claim.claim.document));
    let published = |facts: Option<&DocumentFacts>| facts.and_then(|facts| facts.published);
    let both = one.zip(two).filter(|_| left.claim.document != right.claim.document);
    let pages = both.map(|(one, two)| [&one.page, &two.page]);
    Pair { left, right, alignment, inference, left_published: published(one), right_published: published(two), pages }
}

/// The findings for the claims that are in no group.
fn singles(
    groups: &[crate::model::ClaimGroup],
    members: &[Vec<DocumentId>],
    ids: &[StoryId],
    context: &Context<'_>,
    wanted: &Wanted,
) -> Vec<Finding> {
    let mut grouped = vec![false; context.claims.len()];
    for member in groups.iter().flat_map(|group| &group.members) {
        grouped[*member as usize] = true;
    }
    let story_of = story_of(members, ids);
    (0..context.claims.len() as u32)
        .into_par_iter()
        .filter(|claim| !grouped[*claim as usize] && wanted.has(context.claims[*claim as usize].claim.document))
        .filter_map(|claim| {
            let of = &context.claims[claim as usize].claim;
            let group = GroupId::of([of.id.to_string().as_str()]);
            Some(label::single(claim, group, *story_of.get(&of.document)?, context))
        })
        .collect()
}

/// The story of each document.
fn story_of(members: &[Vec<DocumentId>], ids: &[StoryId]) -> FxHashMap<DocumentId, StoryId> {
    members.iter().zip(ids).flat_map(|(documents, id)| documents.iter().map(|document| (*document, *id))).collect()
}

/// The identity of a story: that of its documents.
fn story_id(documents: &[DocumentId]) -> StoryId {
    let mut ids: Vec<String> = documents.iter().map(ToString::to_string).collect();
    ids.sort_unstable();
    StoryId::of(ids.iter().map(String::as_str))
}

/// The stories with their documents and groups.
fn stories(
    members: &[Vec<DocumentId>],
    ids: &[StoryId],
    findings: &[Finding],
    documents: &FxHashMap<DocumentId, DocumentFacts>,
) -> Vec<Story> {
    let mut groups: FxHashMap<StoryId, Vec<GroupId>> = FxHashMap::default();
    for finding in findings {
        groups.entry(finding.story).or_default().push(finding.group);
    }
    members
        .iter()
        .zip(ids)
        .map(|(of_story, id)| Story {
            id: *id,
            documents: of_story.iter().filter_map(|id| Some(documents.get(id)?.shown.clone())).collect(),
            groups: groups.remove(id).unwrap_or_default(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_printed_by_many_outlets_counts_once_for_rarity() {
        let known = crate::normalize::NormalizeSettings::default();
        let claims: Vec<NormalClaim> = (10..70)
            .map(|killed| {
                pairs::claim_of("Courier", &format!("The fire in Ellery killed {killed} people."), None, &known)
            })
            .chain([pairs::claim_of("Courier", "The bridge at Ellery was closed.", None, &known)])
            .collect();
        let stats = count(&claims);
        assert_eq!(stats.claims, 2);
        assert_eq!(stats.count("fire"), 1);
        assert_eq!(stats.count("elleri"), 2);
    }

    #[test]
    fn a_text_reprinted_by_hundreds_is_one_family_and_a_shared_formula_is_none() {
        let known = crate::normalize::NormalizeSettings::default();
        let sentence = |text: String, document: u64| {
            let mut claim = pairs::claim_of("Courier", &text, None, &known);
            claim.claim.document = DocumentId(document);
            claim
        };
        let claims: Vec<NormalClaim> = (0..250)
            .flat_map(|document| {
                let reprinted = document < 245;
                (0..4).map(move |at| {
                    let teller = if reprinted { "wire".to_owned() } else { format!("paper {document}") };
                    let formula = !reprinted && at == 0;
                    let teller = if formula { "wire".to_owned() } else { teller };
                    sentence(format!("Sentence {at} of the {teller} tells what happened at the old harbor."), document)
                })
            })
            .collect();
        let claims: Vec<&NormalClaim> = claims.iter().collect();
        let families = cluster::families(&claims);
        assert!((0..245).all(|document| families.family(DocumentId(document)) == DocumentId(0)));
        assert!((245..250).all(|document| families.family(DocumentId(document)) == DocumentId(document)));
    }
}
