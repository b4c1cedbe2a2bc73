//! Texts → vectors whose directions tell what they mean, and how near two claims are.
//!
//! What comes in: the words of claims and of the sentences around them. What goes out: a nearness for two claims, measured
//! against how near the claims of their articles are to each other anyway. It says *about the same thing*, never *agrees*:
//! "rose" and "fell", Monday and Tuesday are near. Or: two texts, which a cross-encoder reads together. The encoder is loaded when a text is first given to it; a program built
//! without the feature `meaning` has none, and everything else works without it.

#[cfg(feature = "meaning")]
mod encoder;

#[cfg(not(feature = "meaning"))]
mod without;

mod space;

mod vector;

#[cfg(feature = "meaning")]
pub use encoder::{CrossEncoder, Encoder, Opened, Ranker, open};
pub use space::{Space, Told};
pub use vector::Vector;
#[cfg(not(feature = "meaning"))]
pub use without::{CrossEncoder, Encoder, Opened, Ranker, open};

/// True where the program has an encoder.
pub fn is_built_in() -> bool {
    cfg!(feature = "meaning")
}
