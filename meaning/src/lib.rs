//! A sentence encoder that needs nothing but the processor: texts → vectors whose cosine tells how alike their meaning is.
//!
//! The model all-MiniLM-L6-v2, rounded to four and six bits, is part of the crate (feature `minilm`); other BERT encoders, and
//! cross-encoders, which read pairs of texts, are read from a folder. The same text gives the same bits on every machine, with any number of
//! threads, in any company.
//!
//! ```
//! use crossclaim_meaning::Encoder;
//!
//! fn main() -> Result<(), crossclaim_meaning::ModelError> {
//!     let encoder = Encoder::built_in()?;
//!     let vectors = encoder.encode(&["The firm axed 300 posts.", "The company cut 300 jobs.", "It rained all week."]);
//!     assert!(vectors[0].cosine(&vectors[1]) > 0.4);
//!     assert!(vectors[0].cosine(&vectors[2]) < 0.2);
//!     Ok(())
//! }
//! ```

mod bert;

mod classifier;

#[cfg(feature = "minilm")]
mod cross_encoder;

mod encoder;

#[cfg(feature = "minilm")]
mod folded;

mod kernel;

mod linear;

mod math;

mod tensors;

mod vector;

mod wordpiece;

pub use classifier::Inference;
#[cfg(feature = "minilm")]
pub use cross_encoder::CrossEncoder;
pub use encoder::{Encoder, Task};
pub use vector::Vector;

/// Why a model cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelError(String);

impl ModelError {
    fn new(message: String) -> Self {
        Self(message)
    }
}

impl std::fmt::Display for ModelError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ModelError {}
