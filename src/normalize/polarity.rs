//! placeholder
use crate::model::{Negation, Polarity};
use crate::text::tokens::Token;
/// x
pub fn polarity(_text: &str, _tokens: &[Token<'_>]) -> (Polarity, Vec<Negation>) {
    (Polarity::Affirmed, vec![])
}
