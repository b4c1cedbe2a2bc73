//! What stands in the place of the encoder in a program that was built without one.

use super::Vector;
use crate::error::{Error, ErrorKind, Result};
use std::path::Path;

/// What would make vectors of texts.
#[derive(Debug, Clone)]
pub struct Encoder;

impl Encoder {
    /// There is none inside the program.
    pub fn built_in() -> Self {
        Self
    }

    /// None can be run.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn open(folder: &Path) -> Result<Self> {
        let message = format!("the model {} cannot be used: this program was built without meaning", folder.display());
        Err(Error::new(ErrorKind::Usage, message))
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
