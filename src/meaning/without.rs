//! What stands in the place of the models in a program that was built without one.

use super::Vector;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Inference;
use std::path::Path;

/// A model from a folder: there is none.
#[derive(Debug, Clone)]
pub enum Opened {
    /// It would make a vector of a text.
    Encoder(Encoder),
    /// It would read two texts together.
    CrossEncoder(CrossEncoder),
    /// It would read a query and a text together.
    Ranker(Ranker),
}

/// None can be run.
///
/// # Errors
///
/// Always.
pub fn open(folder: &Path) -> Result<Opened> {
    let message = format!("the model {} cannot be used: this program was built without meaning", folder.display());
    Err(Error::new(ErrorKind::Usage, message))
}

/// What would make vectors of texts.
#[derive(Debug, Clone)]
pub struct Encoder;

impl Encoder {
    /// There is none inside the program.
    pub fn built_in() -> Self {
        Self
    }

    /// There is no model.
    pub fn fingerprint(&self) -> Option<u64> {
        None
    }

    /// Nothing.
    pub fn encode(&self, _: &[&str]) -> Option<Vec<Vector>> {
        None
    }
}

/// What would read two texts together.
#[derive(Debug, Clone)]
pub struct CrossEncoder;

impl CrossEncoder {
    /// There is none inside the program.
    pub fn built_in() -> Self {
        Self
    }

    /// There is none for stories either.
    pub fn of_stories() -> Self {
        Self
    }

    /// There is no model.
    pub fn fingerprint(&self) -> Option<u64> {
        None
    }

    /// Nothing.
    pub fn infer(&self, _: &[(&str, &str)]) -> Option<Vec<Inference>> {
        None
    }
}

/// What would tell how relevant a text is for a query.
#[derive(Debug, Clone)]
pub struct Ranker;

impl Ranker {
    /// There is no model.
    pub fn fingerprint(&self) -> Option<u64> {
        None
    }

    /// Nothing.
    pub fn relevance(&self, _: &[(&str, &str)]) -> Option<Vec<f64>> {
        None
    }
}
