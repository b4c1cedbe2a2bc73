//! Paths → normal forms: the stages that look at one document at a time, in parallel. `show` stops here.

use super::session::{Made, Session};
use super::{Step, Unwatched, Watch, handed, on_threads};
use crate::config::Settings;
use crate::error::Result;
use crate::grammar::{self, Reprints, Trees};
use crate::lexicon::language;
use crate::model::{Document, DocumentForm, Extracted, NormalClaim, Place, Segmented, Skipped, Tree};
use crate::read::{Drafted, Input, ReadSettings};
use crate::{extract, normalize, read, segment};
use rayon::prelude::*;
use std::path::PathBuf;

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
    let reading = handed::read(settings);
    let found = read::discover(paths, &reading)?;
    on_threads(settings, || {
        let mut run = documents(found, &reading, None, settings, &Unwatched);
        if until >= Stage::Passages {
            run.segmented = run.documents.par_iter().map(segment::segment).collect();
        }
        if until >= Stage::Claims {
            let known = handed::normalize(settings);
            let all: Vec<(&Document, &Segmented)> = run.documents.iter().zip(&run.segmented).collect();
            let reprints = Reprints::among(all.iter().flat_map(|(document, segmented)| sentences(document, segmented)));
            // One document goes through both stages at once, so that the trees of its sentences are kept no longer than that.
            let read: Vec<(Extracted, Vec<NormalClaim>)> = all
                .into_par_iter()
                .map(|(document, segmented)| {
                    let mut trees = Trees::of(&reprints);
                    let extracted = extract::extract(document, segmented, &mut trees);
                    let normal = if until >= Stage::Values {
                        normalize::normalize(document, extracted.claims.clone(), &mut trees, &known)
                    } else {
                        Vec::new()
                    };
                    (extracted, normal)
                })
                .collect();
            let (extracted, claims): (Vec<Extracted>, Vec<Vec<NormalClaim>>) = read.into_iter().unzip();
            run.extracted = extracted;
            run.claims = claims.into_iter().flatten().collect();
        }
        run
    })
}

/// Runs all of the early stages for what comes after them, but for documents of which an earlier run kept what they give. The
/// claims are in `claims` alone, not in `extracted` a second time, and `segmented` is empty.
pub(super) fn look_onward(paths: &[PathBuf], session: &Session, settings: &Settings, watch: &dyn Watch) -> Result<Run> {
    let reading = handed::read(settings);
    let found = read::discover(paths, &reading)?;
    on_threads(settings, || {
        let mut run = documents(found, &reading, Some(session), settings, watch);
        let all = made(&run.documents, session, settings, watch);
        // A list that grows by doubling may end with as much room again as it fills.
        run.claims.reserve_exact(all.iter().map(|made| made.claims.len()).sum());
        for made in all {
            run.extracted.push(Extracted { claims: Vec::new(), set_aside: made.set_aside });
            run.claims.extend(made.claims);
        }
        run
    })
}

/// Reads what was found.
pub(super) fn documents(
    found: read::Discovery,
    reading: &ReadSettings,
    session: Option<&Session>,
    settings: &Settings,
    watch: &dyn Watch,
) -> Run {
    watch.begin(Step::Read, found.inputs.len() as u64);
    let decides = format!("{reading:?}");
    let read = |input: &Input| match session {
        Some(session) => session.read(input, reading, &decides),
        None => read_input(input, reading),
    };
    let read: Vec<_> = found.inputs.par_iter().map(read).inspect(|_| watch.advance(1)).collect();
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
    run
}

/// So many documents of one file are completed at once, on all threads.
const DOCUMENTS_AT_ONCE: usize = 1024;

/// Reads one input whole: its documents and what was skipped.
pub(super) fn read_input(input: &Input, reading: &ReadSettings) -> (Vec<Document>, Vec<Skipped>) {
    let (mut documents, mut skipped) = (Vec::new(), Vec::new());
    let mut drafts: Vec<Drafted> = Vec::new();
    let complete = |drafts: &mut Vec<Drafted>, documents: &mut Vec<Document>, skipped: &mut Vec<Skipped>| {
        let one = |draft: Drafted| draft.complete(input, reading);
        // Of a short file there is nothing to share out.
        let (done, notes): (Vec<Document>, Vec<Option<Skipped>>) = match drafts.len() {
            DOCUMENTS_AT_ONCE => drafts.par_drain(..).map(one).unzip(),
            _ => drafts.drain(..).map(one).unzip(),
        };
        documents.extend(done);
        skipped.extend(notes.into_iter().flatten());
    };
    read::read_drafts(input, reading, &mut |read| match read {
        Ok(draft) => {
            drafts.push(draft);
            if drafts.len() == DOCUMENTS_AT_ONCE {
                complete(&mut drafts, &mut documents, &mut skipped);
            }
        }
        Err(entry) => skipped.push(entry),
    });
    complete(&mut drafts, &mut documents, &mut skipped);
    (documents, skipped)
}

/// The key of a document, and what was kept for it or made of it.
pub(super) type Slot = (Option<u128>, Option<Made>);

/// What the stages up to `normalize` make of each document: as it was kept, or made now and kept.
fn made(documents: &[Document], session: &Session, settings: &Settings, watch: &dyn Watch) -> Vec<Made> {
    let mut found: Vec<Slot> = documents
        .par_iter()
        .map(|document| {
            let key = session.key(document);
            (key, session.made(key, document))
        })
        .collect();
    let missing = documents.iter().zip(&mut found).filter(|(_, (_, made))| made.is_none()).collect();
    make(missing, session, settings, watch);
    found.into_iter().map(|(_, made)| made.unwrap_or_default()).collect()
}

/// Makes and keeps what is missing.
pub(super) fn make(missing: Vec<(&Document, &mut Slot)>, session: &Session, settings: &Settings, watch: &dyn Watch) {
    // Of what an earlier run kept nothing is to be done, and nothing told.
    watch.begin(Step::Extract, missing.len() as u64);
    // A ready-made claim is taken whole.
    let segment = |document: &Document| match document.form {
        DocumentForm::Claim => Segmented::default(),
        DocumentForm::Article => segment::segment(document),
    };
    let segmented: Vec<Segmented> =
        missing.par_iter().map(|(document, _)| segment(document)).inspect(|_| watch.advance(1)).collect();
    watch.begin(Step::Normalize, missing.len() as u64);
    let known = handed::normalize(settings);
    let read = missing.iter().zip(&segmented);
    let reprints = Reprints::among(read.flat_map(|((document, _), segmented)| sentences(document, segmented)));
    missing.into_par_iter().zip(&segmented).for_each(|((document, (key, slot)), segmented)| {
        let mut trees = Trees::of(&reprints);
        let Extracted { claims, set_aside } = extract::extract(document, segmented, &mut trees);
        let mut made = Made { set_aside, claims: normalize::normalize(document, claims, &mut trees, &known) };
        session.keep(*key, document, &mut made);
        *slot = Some(made);
        watch.advance(1);
    });
}

/// The sentences of one document that are read further.
fn sentences<'a>(document: &'a Document, segmented: &'a Segmented) -> impl Iterator<Item = &'a str> {
    let whole = (document.form == DocumentForm::Claim).then(|| document.text.trim());
    let cut = segmented.sentences.iter().filter(move |sentence| whole.is_none() && sentence.set_aside.is_none());
    whole.into_iter().chain(cut.map(|sentence| sentence.span.of(&document.text)))
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
