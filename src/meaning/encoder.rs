//! The encoder inside the program, loaded once, when it is first asked; or another one, from a folder.

use super::Vector;
use crate::error::{Error, ErrorKind, Result};
use crossclaim_meaning::{Encoder as Model, Task};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

static BUILT_IN: LazyLock<Option<Model>> = LazyLock::new(|| Model::built_in().ok());

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
        let mut opened = OPENED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(encoder) = opened.get(folder) {
            return Ok(encoder.clone());
        }
        let model = Model::open(folder).map_err(|error| failed(error.to_string()))?;
        if model.task() == Task::Pairs {
            return Err(failed("it judges pairs of texts; take one that makes a vector of each text".to_owned()));
        }
        let encoder = Self { model: Some(Arc::new(model)) };
        opened.insert(folder.to_owned(), encoder.clone());
        Ok(encoder)
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
