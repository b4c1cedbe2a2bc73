//! Paths → normal forms: the stages that look at one document at a time, in parallel. `show` stops here.

use super::{Step, Unwatched, Watch, handed, on_threads};
use crate::config::Settings;
use crate::error::Result;
use crate::grammar::{self, Reprints};
use crate::lexicon::language;
use crate::model::{Claim, Document, Extracted, NormalClaim, Place, Segmented, Skipped, Tree};
use crate::{extract, normalize, read, segment};
use rayon::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;

/// How far [`look`] runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Read only.
    Documents,
    /// Read and cut into passages and sentences.
    Passages,
    /// The same; sentences come with their passages.
    Sentences,
    /// As far as claims.
    Claims,
    /// As far as normal forms.
    Values,
}

/// What the stages up to `normalize` saw. The lists of `segmented` and `extracted` run along with `documents` as far as
/// their stages ran.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    /// What was read, by path and record.
    pub documents: Vec<Document>,
    /// The passages and sentences of each document.
    pub segmented: Vec<Segmented>,
    /// The claims of each document, and what was set aside.
    pub extracted: Vec<Extracted>,
    /// All claims in order, with their normal forms.
    pub claims: Vec<NormalClaim>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
}

/// Runs the early stages.
///
/// # Errors
///
/// A path that does not exist, inputs without a single document, a wrong manifest, or no threads to be had.
pub fn look(paths: &[PathBuf], settings: &Settings, until: Stage) -> Result<Run> {
    stages(paths, settings, until, &Unwatched, |extracted| extracted.claims.clone())
}

/// Runs all of the early stages for what comes after them: the claims are in `claims` alone, not in `extracted` a second
/// time.
pub(super) fn look_onward(paths: &[PathBuf], settings: &Settings, watch: &dyn Watch) -> Result<Run> {
    stages(paths, settings, Stage::Values, watch, |extracted| std::mem::take(&mut extracted.claims))
}

/// Runs the early stages; `claims` gives the claims of a document to the last of them.
fn stages(
    paths: &[PathBuf],
    settings: &Settings,
    until: Stage,
    watch: &dyn Watch,
    claims_of: impl Fn(&mut Extracted) -> Vec<Claim> + Sync + Send,
) -> Result<Run> {
    let reading = handed::read(settings);
    let found = read::discover(paths, &reading)?;
    on_threads(settings, || {
        watch.begin(Step::Read, found.inputs.len() as u64);
        let one_done = || watch.advance(1);
        let inputs = found.inputs.par_iter().map(|input| read::read_input(input, &reading));
        let read: Vec<_> = inputs.inspect(|_| one_done()).collect();
        let mut run = Run { skipped: found.skipped, ..Run::default() };
        for (documents, skipped) in read {
            run.documents.extend(documents);
            run.skipped.extend(skipped);
        }
        run.documents.extend(read::facts(&settings.facts));
        run.documents.sort_by(|one, two| {
            (&one.origin.path, one.origin.record, one.id).cmp(&(&two.origin.path, two.origin.record, two.id))
        });
        run.skipped.extend(run.documents.iter().filter_map(without_lexicon));
        run.skipped.sort();
        if until >= Stage::Passages {
            // Cutting is quick beside finding claims, so the two are one step.
            watch.begin(Step::Extract, run.documents.len() as u64);
            run.segmented = run.documents.par_iter().map(segment::segment).collect();
        }
        if until >= Stage::Claims {
            run.extracted = run
                .documents
                .par_iter()
                .zip(&run.segmented)
                .map(|(document, segmented)| extract::extract(document, segmented))
                .inspect(|_| one_done())
                .collect();
        }
        if until >= Stage::Values {
            watch.begin(Step::Normalize, run.documents.len() as u64);
            let known = handed::normalize(settings);
            let reprints = Reprints::among(run.extracted.iter().flat_map(sentences));
            let claims: Vec<Vec<NormalClaim>> = run
                .documents
                .par_iter()
                .zip(&mut run.extracted)
                .map(|(document, extracted)| normalize::normalize(document, claims_of(extracted), &reprints, &known))
                .inspect(|_| one_done())
                .collect();
            run.claims = claims.into_iter().flatten().collect();
        }
        run
    })
}

/// The sentences that the claims of one document stand in.
fn sentences(extracted: &Extracted) -> impl Iterator<Item = &Arc<str>> {
    extracted.claims.chunk_by(|one, other| one.sentence == other.sentence).map(|claims| &claims[0].context)
}

/// The tree of one sentence, as the stages see it. Spans of its words point into `text`.
pub fn tree(text: &str) -> Tree {
    grammar::parse(text)
}

/// What to say of a document in a language without lexicon.
fn without_lexicon(document: &Document) -> Option<Skipped> {
    let tag = document.language.as_str();
    if language::has_lexicon(tag) {
        return None;
    }
    let what = match language::name(tag) {
        Some(name) => format!("{name} ({tag})"),
        None => format!("another language than English ({tag})"),
    };
    Some(Skipped {
        path: document.origin.path.clone(),
        place: document.origin.record.map(|line| Place { line, column: 1 }),
        reason: format!("is in {what}, whose grammar is not known here: what is not English in it is set aside"),
    })
}
