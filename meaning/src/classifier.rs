//! A classifier of two texts read together, as `BertForSequenceClassification` has it: the pooler's state of the first piece, and one
//! layer behind it.
//!
//! What comes in: the tensors and the labels of a model. What goes out: what it says of a pair, by the meaning of its labels: how the
//! texts stand to each other (three labels), or how much the second tells of what the first asks (one).

use crate::ModelError;
use crate::bert::{Bert, BertConfig, Pieces};
use crate::encoder::Encoder;
use crate::linear::Linear;
use crate::math;
use crate::tensors::Tensors;
use rayon::prelude::*;

/// The labels of natural language inference, in the order of [`Inference`].
const LABELS: [&str; 3] = ["entailment", "contradiction", "neutral"];

/// How two texts stand to each other. The first three add up to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Inference {
    /// How surely the one entails the other.
    pub entailment: f64,
    /// How surely the one contradicts the other.
    pub contradiction: f64,
    /// How surely neither.
    pub neutral: f64,
    /// How alike in content both are, in [0, 1], where the model tells.
    pub similarity: Option<f64>,
    /// How surely both, taken for statements of two reports on one event, are about the same fact, in [0, 1], where the model tells.
    pub same_fact: Option<f64>,
}

/// What a classifier's outputs say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// One output: the more relevant the higher.
    Relevance,
    /// The outputs that stand for [`LABELS`].
    Inference([usize; 3]),
}

/// The last steps of a model that reads pairs.
#[derive(Debug)]
pub(crate) struct Classifier {
    pooler: Linear,
    output: Linear,
    reading: Reading,
}

impl Classifier {
    /// The classifier among the tensors, if there is one.
    pub(crate) fn find(tensors: &Tensors<'_>, config: &BertConfig, prefix: &str) -> Result<Option<Self>, ModelError> {
        let Some(weights) = tensors.find("classifier.weight") else { return Ok(None) };
        let hidden = config.hidden_size;
        let linear = |name: &str, outputs: usize| -> Result<Linear, ModelError> {
            let bias = tensors.vector(&format!("{name}.bias"), outputs)?;
            Linear::of(&[(tensors.get(&format!("{name}.weight"))?, bias)], hidden)
        };
        let outputs = weights.shape.first().copied().unwrap_or(0);
        let reading = reading(outputs, config)?;
        Ok(Some(Self {
            pooler: linear(&format!("{prefix}pooler.dense"), hidden)?,
            output: linear("classifier", outputs)?,
            reading,
        }))
    }

    /// True where it tells how texts stand to each other, false where it tells how relevant one is.
    pub(crate) fn infers(&self) -> bool {
        self.reading != Reading::Relevance
    }

    /// The outputs for the states of a pair.
    fn outputs(&self, bert: &Bert, states: &[f32]) -> Vec<f32> {
        let pooled = bert.apply(&self.pooler, &states[..bert.config.hidden_size]);
        bert.apply(&self.output, &pooled.into_iter().map(math::tanh).collect::<Vec<f32>>())
    }
}

/// What so many outputs say by their labels.
fn reading(outputs: usize, config: &BertConfig) -> Result<Reading, ModelError> {
    match outputs {
        1 => Ok(Reading::Relevance),
        3 => {
            let number = |name: &str| {
                let named = config.id2label.iter().find(|(_, label)| label.eq_ignore_ascii_case(name));
                named.and_then(|(number, _)| number.parse::<usize>().ok()).filter(|number| *number < 3)
            };
            let numbers: Vec<usize> = LABELS.iter().filter_map(|name| number(name)).collect();
            let told: Vec<&str> = config.id2label.values().map(String::as_str).collect();
            <[usize; 3]>::try_from(numbers).map(Reading::Inference).map_err(|_| {
                ModelError::new(format!(
                    "config.json: id2label calls its three labels {}; call them entailment, neutral and contradiction, each by its \
                     number",
                    if told.is_empty() { "nothing".to_owned() } else { told.join(", ") }
                ))
            })
        }
        other => Err(ModelError::new(format!(
            "model.safetensors: its classifier has {other} labels; a cross-encoder has three (entailment, neutral and contradiction, \
             named under id2label in config.json) or one (how relevant a text is)"
        ))),
    }
}

impl Encoder {
    /// How the two texts of each pair stand to each other, in the order of the pairs; which of the two comes first makes no difference:
    /// the longer is read as the premise, since what tells more entails what tells less. Nothing for a model of another
    /// [`Task`](crate::Task).
    pub fn infer(&self, pairs: &[(&str, &str)]) -> Option<Vec<Inference>> {
        let classifier = self.classifier.as_ref()?;
        let Reading::Inference(numbers) = classifier.reading else { return None };
        let pieces: Vec<Pieces> = pairs
            .par_iter()
            .map(|(left, right)| {
                let (one, two) = (self.read(left), self.read(right));
                let (one, two) = longer_first(&one, left, &two, right);
                self.pieces_of_pair(one, two)
            })
            .collect();
        Some(self.run(&pieces, None, |states, _| {
            let shares = math::softmax(&classifier.outputs(&self.bert, states));
            let [entailment, contradiction, neutral] = numbers.map(|at| f64::from(shares[at]));
            Inference { entailment, contradiction, neutral, similarity: None, same_fact: None }
        }))
    }

    /// How relevant the second text of each pair is for the first, in [0, 1]: the logistic function of the model's output. Nothing for a
    /// model of another [`Task`](crate::Task).
    pub fn relevance(&self, pairs: &[(&str, &str)]) -> Option<Vec<f64>> {
        let classifier = self.classifier.as_ref()?;
        if classifier.reading != Reading::Relevance {
            return None;
        }
        let pieces: Vec<Pieces> =
            pairs.par_iter().map(|(query, text)| self.pieces_of_pair(&self.read(query), &self.read(text))).collect();
        Some(self.run(&pieces, None, |states, _| f64::from(math::logistic(classifier.outputs(&self.bert, states)[0]))))
    }
}

/// Two texts' pieces, the longer first so that their order never matters; of equally many those of the text that comes first by its
/// letters.
pub(crate) fn longer_first<'a>(
    left: &'a [u32],
    left_text: &str,
    right: &'a [u32],
    right_text: &str,
) -> (&'a [u32], &'a [u32]) {
    let rank = |pieces: &[u32], text| (std::cmp::Reverse(pieces.len()), text);
    if rank(left, left_text) <= rank(right, right_text) { (left, right) } else { (right, left) }
}
