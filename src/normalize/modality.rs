//! placeholder
use crate::model::{Modality, Span};
use crate::text::tokens::Token;
/// x
pub fn modality(_text: &str, _tokens: &[Token<'_>]) -> (Modality, Option<Span>) {
    (Modality::Asserted, None)
}
