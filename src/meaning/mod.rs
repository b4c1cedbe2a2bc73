//! Texts → vectors whose directions tell what they mean, and how near two claims are.
//!
//! What comes in: the words of claims and of the sentences around them. What goes out: a nearness for two claims, measured
//! against how near the claims of their articles are to each other anyway. It says *about the same thing*, never *agrees*:
//! "rose" and "fell", Monday and Tuesday are near. The encoder is loaded when a text is first given to it; a program built
//! without the feature `meaning` has none, and everything else works without it.

#[cfg(feature = "meaning")]
mod encoder;

mod space;

mod vector;

pub use space::{Space, Told};
pub use vector::Vector;

use crate::model::Inference;

/// The vector of each text, in their order; nothing where the program was built without an encoder. Uses the threads of the
/// pool it is called from, whose number changes no bit.
pub fn encode(texts: &[&str]) -> Option<Vec<Vector>> {
    #[cfg(feature = "meaning")]
    return encoder::encode(texts);
    #[cfg(not(feature = "meaning"))]
    {
        let _ = texts;
        None
    }
}

/// What a reader of both texts of each pair infers, in their order; which text comes first makes no difference. Nothing where
/// the program was built without an encoder. Uses the threads of the pool it is called from, whose number changes no bit.
pub fn infer(pairs: &[(String, String)]) -> Option<Vec<Inference>> {
    #[cfg(feature = "meaning")]
    return encoder::infer(pairs);
    #[cfg(not(feature = "meaning"))]
    {
        let _ = pairs;
        None
    }
}

/// True where the program has an encoder.
pub fn is_built_in() -> bool {
    cfg!(feature = "meaning")
}
