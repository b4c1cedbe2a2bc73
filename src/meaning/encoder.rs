//! The encoder and the cross-encoder inside the program, each loaded once, when it is first asked; or others, from folders.

use super::Vector;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Inference;
use crossclaim_meaning::{CrossEncoder as BuiltInReader, Encoder as Model, Task};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

static BUILT_IN: LazyLock<Option<Model>> = LazyLock::new(|| Model::built_in().ok());

static PAIR_READER: LazyLock<Option<BuiltInReader>> =
    LazyLock::new(|| BuiltInReader::built_in(BUILT_IN.as_ref()?).ok());

static STORY_READER: LazyLock<Option<BuiltInReader>> =
    LazyLock::new(|| BuiltInReader::of_stories(BUILT_IN.as_ref()?).ok());

/// The models that were opened, each read once.
static OPENED: Mutex<BTreeMap<PathBuf, Arc<Model>>> = Mutex::new(BTreeMap::new());

/// A model from a folder, by what it does.
#[derive(Debug, Clone)]
pub enum Opened {
    /// It makes a vector of a text.
    Encoder(Encoder),
    /// It reads two texts together and tells how they stand to each other.
    CrossEncoder(CrossEncoder),
    /// It reads a query and a text together and tells how relevant the text is.
    Ranker(Ranker),
}

/// The model in this folder, with the files that BERT models come in: a sentence encoder, or a classifier of pairs with three labels
/// (entailment, neutral, contradiction) or one (relevance).
///
/// # Errors
///
/// A file that is missing or wrong, or a model of another kind.
pub fn open(folder: &Path) -> Result<Opened> {
    let opened = || OPENED.lock().unwrap_or_else(PoisonError::into_inner);
    let known = opened().get(folder).cloned();
    let model = match known {
        Some(model) => model,
        // Two that open one folder at the same time read it twice; none waits for the other's disk.
        None => {
            let model = Model::open(folder).map_err(|error| {
                let message = format!("the model {} cannot be used: {error}", folder.display());
                Error::new(ErrorKind::Usage, message)
            })?;
            Arc::clone(opened().entry(folder.to_owned()).or_insert_with(|| Arc::new(model)))
        }
    };
    Ok(match model.task() {
        Task::Vectors => Opened::Encoder(Encoder { model: Some(model) }),
        Task::Inference => Opened::CrossEncoder(CrossEncoder { which: Which::Opened(model) }),
        Task::Relevance => Opened::Ranker(Ranker { model }),
    })
}

/// What makes vectors of texts.
#[derive(Debug, Clone)]
pub struct Encoder {
    /// Nothing for the one inside the program.
    model: Option<Arc<Model>>,
}

impl Encoder {
    /// The one inside the program. Nothing is loaded before a text is given to it.
    pub fn built_in() -> Self {
        Self { model: None }
    }

    /// A number for the model and the code that runs it: vectors of one fingerprint are the same bits.
    pub fn fingerprint(&self) -> Option<u64> {
        match &self.model {
            Some(model) => Some(model.fingerprint()),
            None => Model::built_in_fingerprint(),
        }
    }

    /// The vector of each text, in their order; nothing where the program has no encoder. Uses the threads of the pool it is
    /// called from, whose number changes no bit.
    pub fn encode(&self, texts: &[&str]) -> Option<Vec<Vector>> {
        let model = self.model.as_deref().or_else(|| BUILT_IN.as_ref())?;
        let vectors = model.encode(texts);
        Some(vectors.iter().map(|vector| Vector::of(vector.bytes().map(|byte| byte as i8).collect())).collect())
    }
}

/// What reads two texts together and tells how they stand to each other.
#[derive(Debug, Clone)]
pub struct CrossEncoder {
    which: Which,
}

#[derive(Debug, Clone)]
enum Which {
    /// The one inside the program for two texts alone.
    Pairs,
    /// The one inside the program for statements of two reports on one event.
    Stories,
    /// One from a folder.
    Opened(Arc<Model>),
}

impl CrossEncoder {
    /// The one inside the program for two texts alone. Nothing is loaded before a pair is given to it.
    pub fn built_in() -> Self {
        Self { which: Which::Pairs }
    }

    /// The one inside the program for statements of two reports on one event.
    pub fn of_stories() -> Self {
        Self { which: Which::Stories }
    }

    /// A number for the model and the code that runs it: inferences of one fingerprint are the same bits.
    pub fn fingerprint(&self) -> Option<u64> {
        match &self.which {
            Which::Opened(model) => Some(model.fingerprint()),
            Which::Pairs => Some(BuiltInReader::built_in_fingerprint() ^ Model::built_in_fingerprint()?),
            Which::Stories => Some(BuiltInReader::stories_fingerprint() ^ Model::built_in_fingerprint()?),
        }
    }

    /// What is inferred of each pair, in their order; which text comes first makes no difference. Nothing where the program has no
    /// cross-encoder. Uses the threads of the pool it is called from, whose number changes no bit.
    pub fn infer(&self, pairs: &[(&str, &str)]) -> Option<Vec<Inference>> {
        let inferred = match &self.which {
            Which::Opened(model) => model.infer(pairs)?,
            Which::Pairs => PAIR_READER.as_ref()?.infer(BUILT_IN.as_ref()?, pairs),
            Which::Stories => STORY_READER.as_ref()?.infer(BUILT_IN.as_ref()?, pairs),
        };
        let told = |inference: crossclaim_meaning::Inference| Inference {
            entailment: round(inference.entailment),
            contradiction: round(inference.contradiction),
            neutral: round(inference.neutral),
            similarity: inference.similarity.map(round),
            same_fact: inference.same_fact.map(round),
        };
        Some(inferred.into_iter().map(told).collect())
    }
}

/// What reads a query and a text together and tells how relevant the text is.
#[derive(Debug, Clone)]
pub struct Ranker {
    model: Arc<Model>,
}

impl Ranker {
    /// A number for the model and the code that runs it: what is told under one fingerprint is the same bits.
    pub fn fingerprint(&self) -> Option<u64> {
        Some(self.model.fingerprint())
    }

    /// How relevant the second text of each pair is for the first, in [0, 1]. Uses the threads of the pool it is called from, whose
    /// number changes no bit.
    pub fn relevance(&self, pairs: &[(&str, &str)]) -> Option<Vec<f64>> {
        self.model.relevance(pairs)
    }
}

/// Four digits are more than the model can tell, and what is shown is what was computed with.
fn round(share: f64) -> f64 {
    (share * 1e4).round() / 1e4
}
