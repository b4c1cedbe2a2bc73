//! Two claims of a corpus, held against each other exactly as `compare` does it: the same rarity of words, the same articles
//! around them, the same grouping. What comes in: paths and the ids of two claims. What goes out: the comparison, which keys
//! made the two a candidate, and whether they share a group, or why not. It decides nothing of its own.

use super::early::look_onward;
use super::pairs::{PairLabel, PairOutcome, outcome};
use super::session::Session;
use super::{Hands, Unwatched, count, facts_with_families, matched, on_threads, pair, sameness};
use crate::block;
use crate::cluster::{self, Gap};
use crate::config::Settings;
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::background::Rarity;
use crate::model::{KeySet, NormalClaim, Relation, Skipped};
use std::path::PathBuf;

/// Two claims as the comparison of their corpus saw them.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// The comparison of the two.
    pub outcome: PairOutcome,
    /// Whether the two are of one outlet: such a pair is never compared in a corpus.
    pub one_outlet: bool,
    /// The names of the blocking keys that made the two a candidate; none where no key brought them together.
    pub keys: Vec<String>,
    /// How the groups of the two stand to each other; nothing where they share one.
    pub gap: Option<Gap>,
    /// The words of two claims, one of each group, that stand apart and so keep the groups apart.
    pub apart: Option<[String; 2]>,
    /// True where the two conflict, and the document of each has a claim nearer to the other, so that they are held for two statements.
    pub both_told: bool,
    /// How many articles the corpus holds, and what the likeness of any two of them gains because they are no more; nothing where one
    /// of the two claims stands in none.
    pub among: Option<(u64, f64)>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
}

/// Compares the claims of the documents under `paths` and tells how the two with these ids stood to each other. An id is the
/// one the input gave or the one `show claims` prints.
///
/// # Errors
///
/// As [`compare`](fn@super::compare); and an id that no claim has, or more than one.
pub fn explain(paths: &[PathBuf], ids: [&str; 2], settings: &Settings) -> Result<Explained> {
    let session = Session::open(settings)?;
    let explained = explain_in(paths, ids, &session, settings);
    // What was made is kept whether the ids were right or not.
    session.close();
    explained
}

fn explain_in(paths: &[PathBuf], ids: [&str; 2], session: &Session, settings: &Settings) -> Result<Explained> {
    let run = look_onward(paths, session, settings, &Unwatched)?;
    let [left, right] = [find(&run.claims, ids[0])?, find(&run.claims, ids[1])?];
    let explained = on_threads(settings, || {
        let stats = count(&run.claims);
        let claims: Vec<&NormalClaim> = run.claims.iter().collect();
        let facts = facts_with_families(&run.documents, &cluster::families(&claims));
        let hands = Hands { session, watch: &Unwatched };
        matched(&run.claims, None, Rarity::of(&stats), &facts, hands, settings, |held, pairs| {
            let links = held.links(&pairs).all;
            let groups = held.groups(&claims, &links);
            let key = (left.min(right) as u32, left.max(right) as u32);
            let candidate = pairs.iter().find(|pair| (pair.left, pair.right) == key);
            let named = |keys: KeySet| -> Vec<String> {
                let of = block::KEYS.iter().enumerate().filter(|(at, _)| keys.has(*at));
                of.map(|(_, key)| key.name.to_owned()).collect()
            };
            let (one, two) = (&held.prepared[left], &held.prepared[right]);
            let comparison = held.compare(left as u32, right as u32);
            let sameness = sameness(one.claim, two.claim, &facts);
            let both = (&comparison.alignment, comparison.inference);
            let outcome = outcome(&pair(both, one, two, &facts), &comparison, sameness, settings);
            let gap = cluster::gap(&claims, &links, &groups, [left as u32, right as u32]);
            let words = |at: u32| claims[at as usize].claim.text().to_owned();
            let apart = gap.as_ref().and_then(|gap| gap.apart).map(|pair| pair.map(words));
            let conflicts = outcome.label == PairLabel::Conflict;
            let link = links.iter().find(|link| (link.left, link.right) == key);
            Explained {
                both_told: conflicts && link.is_some_and(|link| link.relation == Some(Relation::Apart)),
                outcome,
                apart,
                gap,
                one_outlet: claims[left].claim.source == claims[right].claim.source,
                keys: candidate.map_or_else(Vec::new, |candidate| named(candidate.keys)),
                among: held
                    .profiles
                    .likeness(claims[left].claim.document, claims[right].claim.document)
                    .map(|_| (stats.articles, held.profiles.bonus())),
                skipped: Vec::new(),
            }
        })
    })?;
    Ok(Explained { skipped: run.skipped, ..explained })
}

/// The one claim with this id.
fn find(claims: &[NormalClaim], id: &str) -> Result<usize> {
    let wanted = |normal: &NormalClaim| normal.claim.shown_id() == id || normal.claim.id.to_string() == id;
    let mut all = claims.iter().enumerate().filter(|(_, normal)| wanted(normal)).map(|(at, _)| at);
    let input = |message| Err(Error::new(ErrorKind::Input, message));
    match (all.next(), all.count()) {
        (Some(found), 0) => Ok(found),
        (None, _) => input(format!("no claim has the id `{id}`; `crossclaim show claims` lists them")),
        (Some(_), more) => input(format!("{} claims have the id `{id}`; name fewer files after --in", more + 1)),
    }
}
