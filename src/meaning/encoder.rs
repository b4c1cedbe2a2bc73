//! The encoder and the cross-encoder inside the program, each loaded once, when it is first asked.

use super::Vector;
use crate::model::Inference;
use crossclaim_meaning::{CrossEncoder, Encoder};
use std::sync::LazyLock;

static ENCODER: LazyLock<Option<Encoder>> = LazyLock::new(|| Encoder::built_in().ok());

static CROSS_ENCODER: LazyLock<Option<CrossEncoder>> =
    LazyLock::new(|| CrossEncoder::built_in(ENCODER.as_ref()?).ok());

/// The vector of each text, in their order.
pub(super) fn encode(texts: &[&str]) -> Option<Vec<Vector>> {
    let vectors = ENCODER.as_ref()?.encode(texts);
    Some(vectors.iter().map(|vector| Vector::of(vector.bytes().map(|byte| byte as i8).collect())).collect())
}

/// What is inferred from each pair, in their order.
pub(super) fn infer(pairs: &[(String, String)]) -> Option<Vec<Inference>> {
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(left, right)| (&left[..], &right[..])).collect();
    let inferred = CROSS_ENCODER.as_ref()?.infer(ENCODER.as_ref()?, &pairs);
    // Four digits are more than the model can tell, and what is shown is what was computed with.
    let round = |share: f64| (share * 1e4).round() / 1e4;
    let told = |inference: crossclaim_meaning::Inference| Inference {
        entailment: round(inference.entailment),
        contradiction: round(inference.contradiction),
        neutral: round(inference.neutral),
        similarity: round(inference.similarity),
    };
    Some(inferred.into_iter().map(told).collect())
}
