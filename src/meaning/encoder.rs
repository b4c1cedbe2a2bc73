//! The encoder and the cross-encoder inside the program, each loaded once, when it is first asked; or another encoder, from a
//! folder.

use super::Vector;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Inference;
use crossclaim_meaning::{CrossEncoder, Encoder as Model, Task};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

static BUILT_IN: LazyLock<Option<Model>> = LazyLock::new(|| Model::built_in().ok());

static CROSS_ENCODER: LazyLock<Option<CrossEncoder>> =
    LazyLock::new(|| CrossEncoder::built_in(BUILT_IN.as_ref()?).ok());

/// The models that were opened, each read once.
static OPENED: Mutex<BTreeMap<PathBuf, Encoder>> = Mutex::new(BTreeMap::new());

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

    /// The one in this folder, with the files that sentence encoders come in.
    ///
    /// # Errors
    ///
    /// A file that is missing or wrong, a model of another kind, or one that judges pairs and makes no vectors.
    pub fn open(folder: &Path) -> Result<Self> {
        let failed = |what: String| {
            Error::new(ErrorKind::Usage, format!("the model {} cannot be used: {what}", folder.display()))
        };
        let opened = || OPENED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(encoder) = opened().get(folder) {
            return Ok(encoder.clone());
        }
        // Two that open one folder at the same time read it twice; none waits for the other's disk.
        let model = Model::open(folder).map_err(|error| failed(error.to_string()))?;
        if model.task() == Task::Pairs {
            return Err(failed("it judges pairs of texts; take one that makes a vector of each text".to_owned()));
        }
        let encoder = Self { model: Some(Arc::new(model)) };
        Ok(opened().entry(folder.to_owned()).or_insert(encoder).clone())
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

/// A number for the cross-encoder and the code that runs it: inferences of one fingerprint are the same bits.
pub fn inference_fingerprint() -> Option<u64> {
    Some(CrossEncoder::built_in_fingerprint() ^ Model::built_in_fingerprint()?)
}

/// What a reader of both texts of each pair infers, in their order; which text comes first makes no difference. Nothing where
/// the program has no cross-encoder. Uses the threads of the pool it is called from, whose number changes no bit.
pub fn infer(pairs: &[(&str, &str)]) -> Option<Vec<Inference>> {
    let inferred = CROSS_ENCODER.as_ref()?.infer(BUILT_IN.as_ref()?, pairs);
    // Four digits are more than the model can tell, and what is shown is what was computed with.
    let round = |share: f64| (share * 1e4).round() / 1e4;
    let told = |inference: crossclaim_meaning::Inference| Inference {
        entailment: round(inference.entailment),
        contradiction: round(inference.contradiction),
        neutral: round(inference.neutral),
        similarity: round(inference.similarity),
    };
    Some(inferred.into_iter().map(told).collect())
}
