//! The encoder inside the program, loaded once, when it is first asked.

use super::Vector;
use crossclaim_meaning::Encoder;
use std::sync::LazyLock;

static ENCODER: LazyLock<Option<Encoder>> = LazyLock::new(|| Encoder::built_in().ok());

/// The vector of each text, in their order.
pub(super) fn encode(texts: &[&str]) -> Option<Vec<Vector>> {
    let vectors = ENCODER.as_ref()?.encode(texts);
    Some(vectors.iter().map(|vector| Vector::of(vector.bytes().map(|byte| byte as i8).collect())).collect())
}
