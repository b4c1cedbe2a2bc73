//! The claims of one document held against each other: each sentence is taken for a source of its own, the stages from `block`
//! on run over the document alone, and only contradictions are kept. That a page says something twice is no finding.

use super::session::Session;
use super::{Hands, Unwatched, Wanted, matched};
use crate::config::{Meaning, Settings};
use crate::label::{self, Context, DocumentFacts};
use crate::lexicon::background::Rarity;
use crate::model::{DocumentId, Finding, Label, NormalClaim, SourceId, StoryId};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// The contradictions inside of the documents that are wanted. `claims` are those of all documents, each document's in a row; `rarity` is that of
/// the whole corpus, and `story_of` tells the story of a document.
pub(super) fn within(
    claims: &[NormalClaim],
    wanted: &Wanted,
    rarity: Rarity<'_>,
    facts: &FxHashMap<DocumentId, DocumentFacts>,
    story_of: &FxHashMap<DocumentId, StoryId>,
    session: &Session,
    settings: &Settings,
) -> Vec<Finding> {
    // By words alone: the sentences of one page are near in meaning without telling the same thing twice.
    let mut settings = settings.clone();
    settings.compare.meaning = Meaning::Off;
    let documents: Vec<&[NormalClaim]> =
        claims.chunk_by(|one, other| one.claim.document == other.claim.document).collect();
    documents
        .into_par_iter()
        .filter(|claims| claims.len() > 1 && wanted.has(claims[0].claim.document))
        .flat_map_iter(|claims| {
            let story = story_of.get(&claims[0].claim.document).copied();
            story.map(|story| of_document(claims, rarity, facts, story, session, &settings)).unwrap_or_default()
        })
        .collect()
}

fn of_document(
    claims: &[NormalClaim],
    rarity: Rarity<'_>,
    facts: &FxHashMap<DocumentId, DocumentFacts>,
    story: StoryId,
    session: &Session,
    settings: &Settings,
) -> Vec<Finding> {
    let mut apart = claims.to_vec();
    for claim in &mut apart {
        claim.claim.source = SourceId::of([claim.claim.sentence.start.to_string().as_str()]);
    }
    let claims: Vec<&NormalClaim> = apart.iter().collect();
    let hands = Hands { session, watch: &Unwatched };
    let (groups, standings) = matched(&apart, None, rarity, facts, hands, settings, |held, pairs| {
        let links = held.links(&pairs);
        let mut groups = held.groups(&claims, &links.all);
        let standings = held.standings(&mut groups, &links);
        (groups, standings)
    });
    let context = Context { claims: &claims, standings: &standings, documents: facts };
    let findings = groups.iter().map(|group| label::label(group, story, &context));
    findings.filter(|finding| finding.label == Label::Conflict).collect()
}
