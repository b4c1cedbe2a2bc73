//! A pair of claims → a case for the rules: what they all need to know of the pair, worked out when the first of them asks.

use super::frame::Frame;
use crate::label::Pair;
use std::cell::OnceCell;

/// A pair of claims as the rules are asked about it, with what they all need to know of it.
pub struct Case<'a> {
    pair: Pair<'a>,
    frame: OnceCell<Frame<'a>>,
}

impl<'a> Case<'a> {
    /// The case of `pair`. Nothing is worked out before a rule asks for it.
    pub fn of(pair: &Pair<'a>) -> Self {
        Self { pair: *pair, frame: OnceCell::new() }
    }

    /// The common frame of the two claims.
    pub(super) fn frame(&self) -> &Frame<'a> {
        self.frame.get_or_init(|| Frame::new(self.pair))
    }
}

impl<'a> std::ops::Deref for Case<'a> {
    type Target = Pair<'a>;

    fn deref(&self) -> &Pair<'a> {
        &self.pair
    }
}
