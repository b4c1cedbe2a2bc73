//! Pairs of texts → natural language inference: whether the one entails the other, contradicts it, or does neither.
//!
//! A cross-encoder reads both texts together, so that each word of the one can look at each word of the other. It stands on the
//! embeddings of the sentence encoder, with layers of its own; `model/nli/` holds the program that trained them.

use crate::ModelError;
use crate::bert::{BertConfig, Layer, Pieces};
use crate::classifier::{Inference, longer_first};
use crate::encoder::{Encoder, MINILM};
use crate::folded::unfold;
use crate::linear::Linear;
use crate::math;
use crate::tensors::{Form, Tensor, Tensors};
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

/// Word pieces of a text that are read: as many as in training.
const LIMIT: usize = 80;

/// The width of the hidden layer behind both texts' means.
const HIDDEN: usize = 192;

/// A model in the crate.
#[derive(Debug)]
struct Kept {
    bytes: &'static [u8],
    /// The hash of its bytes, kept here so that a run that finds all it infers in a file need not read the model.
    hash: u64,
    /// What comes out for a pair: three ways in which texts stand to each other, how alike they are, and perhaps whether both are about
    /// one fact.
    outputs: usize,
    /// What the least difference of a block was raised by when it was folded.
    raised: i32,
}

/// Trained on public sets of pairs.
static PAIRS: Kept = Kept {
    bytes: include_bytes!("../model/nli-folded.safetensors"),
    hash: 18_162_828_222_727_578_176,
    outputs: 4,
    raised: 20,
};

/// Trained on from there on statements of invented events.
static STORIES: Kept = Kept {
    bytes: include_bytes!("../model/stories-folded.safetensors"),
    hash: 11_860_600_860_222_589_450,
    outputs: 5,
    raised: 31,
};

/// The layers that read two texts together.
#[derive(Debug)]
pub struct CrossEncoder {
    layers: Vec<Layer>,
    hidden: Linear,
    output: Linear,
}

impl CrossEncoder {
    /// The cross-encoder in the crate for two texts alone, which stands on the embeddings of the encoder in the crate.
    ///
    /// # Errors
    ///
    /// Another encoder than that of the crate.
    pub fn built_in(encoder: &Encoder) -> Result<Self, ModelError> {
        Self::of(&PAIRS, encoder)
    }

    /// The one for statements of two reports on one event.
    ///
    /// # Errors
    ///
    /// Another encoder than that of the crate.
    pub fn of_stories(encoder: &Encoder) -> Result<Self, ModelError> {
        Self::of(&STORIES, encoder)
    }

    fn of(kept: &Kept, encoder: &Encoder) -> Result<Self, ModelError> {
        if Encoder::built_in_fingerprint() != Some(encoder.fingerprint()) {
            return Err(ModelError::new("the cross-encoder stands on the encoder of this program alone".to_owned()));
        }
        let (tensors, base) = (Tensors::of(kept.bytes)?, Tensors::of(MINILM)?);
        let config = &encoder.bert.config;
        let layers = (0..config.num_hidden_layers)
            .into_par_iter()
            .map(|at| layer((&tensors, kept.raised), &base, at, config))
            .collect::<Result<_, _>>()?;
        let linear = |name: &str, inputs: usize, outputs: usize| -> Result<Linear, ModelError> {
            let bias = tensors.vector(&format!("{name}.bias"), outputs)?;
            Linear::of(&[(tensors.get(&format!("{name}.weight"))?, bias)], inputs)
        };
        Ok(Self {
            layers,
            hidden: linear("hidden", 4 * config.hidden_size, HIDDEN)?,
            output: linear("output", HIDDEN, kept.outputs)?,
        })
    }

    /// A number for the model in the crate and how it is read: inferences of one fingerprint, by one encoder and one version of this
    /// crate, are the same bits.
    pub fn built_in_fingerprint() -> u64 {
        Self::fingerprint(&PAIRS)
    }

    /// The same of the one for statements of two reports.
    pub fn stories_fingerprint() -> u64 {
        Self::fingerprint(&STORIES)
    }

    fn fingerprint(kept: &Kept) -> u64 {
        let shape = [LIMIT, HIDDEN, kept.outputs].map(|size| (size as u64).to_le_bytes());
        kept.hash ^ xxh3_64(&shape.concat())
    }

    /// How the two texts of each pair stand to each other, in the order of the pairs; which of the two comes first makes no
    /// difference.
    pub fn infer(&self, encoder: &Encoder, pairs: &[(&str, &str)]) -> Vec<Inference> {
        let both: Vec<(Pieces, usize)> = pairs.par_iter().map(|(left, right)| together(encoder, left, right)).collect();
        let (pieces, firsts): (Vec<Pieces>, Vec<usize>) = both.into_iter().unzip();
        let width = encoder.width();
        encoder.run(&pieces, Some(&self.layers), |states, at| {
            let (one, two) = states.split_at(firsts[at] * width);
            self.conclude(encoder, &math::mean(one, width), &math::mean(two, width))
        })
    }

    /// The inference from the mean states of both texts (the features of InferSent, Conneau et al., EMNLP 2017).
    fn conclude(&self, encoder: &Encoder, one: &[f32], two: &[f32]) -> Inference {
        let both = || one.iter().zip(two);
        let mut features: Vec<f32> = [one, two].concat();
        features.extend(both().map(|(one, two)| (one - two).abs()));
        features.extend(both().map(|(one, two)| one * two));
        let hidden: Vec<f32> = encoder.bert.apply(&self.hidden, &features).into_iter().map(math::tanh).collect();
        let outputs = encoder.bert.apply(&self.output, &hidden);
        let shares = math::softmax(&outputs[..3]);
        let [entailment, contradiction, neutral] = [0, 1, 2].map(|at| f64::from(shares[at]));
        let [similarity, same_fact] = [3, 4].map(|at| outputs.get(at).map(|it| f64::from(math::logistic(*it))));
        Inference { entailment, contradiction, neutral, similarity, same_fact }
    }
}

/// A layer, whose matrices are unfolded from those of the encoder.
fn layer(
    (tensors, raised): (&Tensors<'_>, i32),
    base: &Tensors<'_>,
    at: usize,
    config: &BertConfig,
) -> Result<Layer, ModelError> {
    let prefix = format!("layer.{at}.");
    let unfolded = unfolded((tensors, raised), base, &prefix)?;
    let whole = tensors.with(
        unfolded.iter().map(|(name, bytes)| (name.clone(), Tensor { form: Form::U8, shape: vec![bytes.len()], bytes })),
    );
    Layer::of(&whole, &prefix, config)
}

/// The folded matrices whose names begin with `prefix`, as blocks of six bits.
fn unfolded(
    (tensors, raised): (&Tensors<'_>, i32),
    base: &Tensors<'_>,
    prefix: &str,
) -> Result<Vec<(String, Vec<u8>)>, ModelError> {
    let folded = tensors.iter().filter(|(name, tensor)| name.starts_with(prefix) && tensor.form == Form::U8);
    folded
        .map(|(name, tensor)| {
            let base = base.get(&format!("encoder.{name}"))?.bytes;
            Ok((name.to_owned(), unfold(tensor.bytes, base, raised)?))
        })
        .collect()
}

/// The pieces of both texts, the longer first so that their order never matters, and how many of them are the first's with
/// its marks.
fn together(encoder: &Encoder, left: &str, right: &str) -> (Pieces, usize) {
    let (one, two) = (encoder.cut(left, LIMIT), encoder.cut(right, LIMIT));
    let (one, two) = longer_first(&one, left, &two, right);
    (encoder.both(one, two), one.len() + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use xxhash_rust::xxh3::xxh3_64;

    #[test]
    fn the_models_are_those_whose_hashes_are_known() {
        for kept in [&PAIRS, &STORIES] {
            assert_eq!(xxh3_64(kept.bytes), kept.hash);
        }
    }

    #[test]
    fn the_weights_are_those_that_were_folded() {
        for (kept, hash) in [(&PAIRS, 1_742_519_540_914_969_371), (&STORIES, 1_391_932_155_110_512_823)] {
            let (tensors, base) = (Tensors::of(kept.bytes).expect("a model"), Tensors::of(MINILM).expect("a model"));
            let blocks = unfolded((&tensors, kept.raised), &base, "layer.").expect("they fit each other");
            let bytes: Vec<u8> = blocks.into_iter().flat_map(|(_, bytes)| bytes).collect();
            assert_eq!((bytes.len(), xxh3_64(&bytes)), (8_626_176, hash));
        }
    }

    #[test]
    fn the_reader_of_stories_sees_what_contradicts_in_other_words_and_tells_one_fact() {
        let encoder = Encoder::built_in().expect("the model in the crate");
        let reader = CrossEncoder::of_stories(&encoder).expect("the model in the crate");
        let pairs = [
            (
                "The keys were in his coat all day, he said.",
                "He had left his keys at the office, so the door stayed locked.",
            ),
            ("The keys were in his coat all day, he said.", "A locksmith in the harbor has opened a second shop."),
        ];
        let inferred = reader.infer(&encoder, &pairs);
        assert!(inferred[0].contradiction > 0.6 && inferred[0].same_fact > Some(0.8), "{inferred:?}");
        assert!(inferred[1].contradiction < 0.2 && inferred[1].same_fact < Some(0.2), "{inferred:?}");
    }

    #[test]
    fn what_is_inferred_of_a_pair_depends_neither_on_its_order_nor_on_its_company() {
        let encoder = Encoder::built_in().expect("the model in the crate");
        let reader = CrossEncoder::built_in(&encoder).expect("the model in the crate");
        let (left, right) = ("A man is playing a guitar.", "Nobody is playing a guitar.");
        let alone = reader.infer(&encoder, &[(left, right)]);
        let many: Vec<(&str, &str)> = [(right, left), ("", left), ("Rain.", "The harbor stayed shut all week.")]
            .into_iter()
            .cycle()
            .take(40)
            .collect();
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            let together = pool.install(|| reader.infer(&encoder, &many));
            assert!(together.iter().step_by(3).all(|one| *one == alone[0]));
            assert!(together.iter().all(|one| (one.entailment + one.contradiction + one.neutral - 1.0).abs() < 1e-5));
        }
        assert!(alone[0].contradiction > 0.8, "{alone:?}");
    }

    #[test]
    fn a_paraphrase_follows_and_another_thing_does_neither() {
        let encoder = Encoder::built_in().expect("the model in the crate");
        let reader = CrossEncoder::built_in(&encoder).expect("the model in the crate");
        let pairs = [
            ("A woman is slicing a tomato.", "A tomato is being cut by a woman."),
            ("A woman is slicing a tomato.", "The council put off its vote on the new harbor."),
        ];
        let inferred = reader.infer(&encoder, &pairs);
        assert!(inferred[0].entailment > 0.6 && inferred[0].similarity > Some(0.7), "{inferred:?}");
        assert_eq!(inferred[0].same_fact, None, "it learned nothing of stories");
        assert!(inferred[1].similarity < Some(0.2) && inferred[1].entailment < 0.2, "{inferred:?}");
    }
}
