//! A BERT encoder: what it is made of, and a run through it.
//!
//! What comes in: tensors by their usual names, or word pieces. What goes out: the last layer's state of each piece. Texts are
//! put end to end, without padding: only attention asks where one ends, so a text's state never depends on its company.

use crate::ModelError;
use crate::kernel::{Kernel, Rounded};
use crate::linear::{FOUR_BITS, GROUP, Linear, unpack};
use crate::math;
use crate::tensors::{Form, Tensor, Tensors};
use serde::Deserialize;

/// The keys of a model's `config.json` that matter here.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct BertConfig {
    #[serde(default)]
    pub(crate) model_type: String,
    pub(crate) hidden_size: usize,
    pub(crate) num_hidden_layers: usize,
    pub(crate) num_attention_heads: usize,
    pub(crate) intermediate_size: usize,
    pub(crate) max_position_embeddings: usize,
    pub(crate) vocab_size: usize,
    #[serde(default = "two")]
    pub(crate) type_vocab_size: usize,
    #[serde(default = "usual_epsilon")]
    layer_norm_eps: f32,
    #[serde(default)]
    hidden_act: Option<String>,
    #[serde(default)]
    position_embedding_type: Option<String>,
    /// The labels of a classifier by their number.
    #[serde(default)]
    pub(crate) id2label: std::collections::BTreeMap<String, String>,
}

fn two() -> usize {
    2
}

fn usual_epsilon() -> f32 {
    1e-12
}

impl BertConfig {
    /// Refuses what this code does not compute.
    pub(crate) fn check(&self) -> Result<(), ModelError> {
        let refuse =
            |what: String| Err(ModelError::new(format!("config.json: not a model this program can run: {what}")));
        if !self.model_type.is_empty() && self.model_type != "bert" {
            return refuse(format!("its type is {}, and only bert is read", self.model_type));
        }
        if self.hidden_act.as_deref().is_some_and(|name| name != "gelu") {
            return refuse("its activation is not gelu".to_owned());
        }
        if self.position_embedding_type.as_deref().is_some_and(|name| name != "absolute") {
            return refuse("its positions are not absolute".to_owned());
        }
        let (hidden, heads) = (self.hidden_size, self.num_attention_heads);
        if hidden == 0
            || heads == 0
            || !hidden.is_multiple_of(GROUP)
            || !hidden.is_multiple_of(heads)
            || !self.intermediate_size.is_multiple_of(GROUP)
        {
            return refuse("its widths are no multiples of 32".to_owned());
        }
        if !(hidden / heads).is_multiple_of(16) {
            return refuse("the width of its heads is no multiple of 16".to_owned());
        }
        if self.num_hidden_layers == 0 || self.num_hidden_layers > 48 || self.max_position_embeddings < 3 {
            return refuse("it has too few or too many layers or positions".to_owned());
        }
        Ok(())
    }
}

/// A normalization's gain and shift.
#[derive(Debug)]
struct Norm {
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Norm {
    fn of(tensors: &Tensors<'_>, name: &str, width: usize) -> Result<Self, ModelError> {
        let gain = tensors.vector(&format!("{name}.weight"), width)?;
        Ok(Self { gain, shift: tensors.vector(&format!("{name}.bias"), width)? })
    }
}

/// One layer.
#[derive(Debug)]
pub(crate) struct Layer {
    /// Query, key and value, one after another.
    attention: Linear,
    joined: Linear,
    joined_norm: Norm,
    inner: Linear,
    outer: Linear,
    outer_norm: Norm,
}

impl Layer {
    /// Takes the tensors of a layer, whose names begin with `prefix`.
    pub(crate) fn of(tensors: &Tensors<'_>, prefix: &str, config: &BertConfig) -> Result<Self, ModelError> {
        let (hidden, inner) = (config.hidden_size, config.intermediate_size);
        let name = |rest: &str| format!("{prefix}{rest}");
        let linear = |parts: &[&str], inputs: usize, outputs: usize| -> Result<Linear, ModelError> {
            let part = |rest: &&str| -> Result<_, ModelError> {
                let bias = tensors.vector(&name(&format!("{rest}.bias")), outputs)?;
                Ok((tensors.get(&name(&format!("{rest}.weight")))?, bias))
            };
            Linear::of(&parts.iter().map(part).collect::<Result<Vec<_>, _>>()?, inputs)
        };
        let heads = ["attention.self.query", "attention.self.key", "attention.self.value"];
        Ok(Self {
            attention: linear(&heads, hidden, hidden)?,
            joined: linear(&["attention.output.dense"], hidden, hidden)?,
            joined_norm: Norm::of(tensors, &name("attention.output.LayerNorm"), hidden)?,
            inner: linear(&["intermediate.dense"], hidden, inner)?,
            outer: linear(&["output.dense"], inner, hidden)?,
            outer_norm: Norm::of(tensors, &name("output.LayerNorm"), hidden)?,
        })
    }
}

/// Rows of an embedding table.
#[derive(Debug)]
enum Table {
    /// Four-bit blocks, unpacked where a row is asked for.
    Packed(Box<[u8]>),
    /// Plain numbers.
    Plain(Vec<f32>),
}

impl Table {
    fn of(tensor: &Tensor<'_>, rows: usize, width: usize) -> Result<Self, ModelError> {
        let wrong =
            || ModelError::new("a table of embeddings has another shape than the configuration says".to_owned());
        if tensor.form == Form::U8 {
            let fits = tensor.bytes.len() == rows * width / GROUP * FOUR_BITS;
            return if fits { Ok(Self::Packed(tensor.bytes.into())) } else { Err(wrong()) };
        }
        if tensor.shape != [rows, width] {
            return Err(wrong());
        }
        tensor.numbers(0, rows * width).map(Self::Plain).ok_or_else(wrong)
    }

    /// Adds row `at` to `x`.
    fn add_row(&self, at: usize, x: &mut [f32]) {
        match self {
            Self::Plain(numbers) => math::add(x, &numbers[at * x.len()..][..x.len()]),
            Self::Packed(bytes) => {
                let blocks = x.len() / GROUP;
                let row = bytes[at * blocks * FOUR_BITS..].chunks_exact(FOUR_BITS);
                for (x, block) in x.chunks_exact_mut(GROUP).zip(row) {
                    let (scale, values) = unpack(block);
                    for (x, value) in x.iter_mut().zip(values) {
                        *x += (f32::from(value) - 8.0) * scale;
                    }
                }
            }
        }
    }
}

/// An encoder ready to run.
#[derive(Debug)]
pub(crate) struct Bert {
    pub(crate) config: BertConfig,
    words: Table,
    positions: Table,
    types: Table,
    norm: Norm,
    layers: Vec<Layer>,
    kernel: Kernel,
}

/// Word pieces of one text with the part each belongs to (0, or 1 behind the first end mark of a pair).
#[derive(Debug, Clone, Default)]
pub(crate) struct Pieces {
    pub(crate) ids: Vec<u32>,
    pub(crate) types: Vec<u8>,
}

/// Space for a run, kept between runs.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    rounded: Rounded,
    wide: Vec<f32>,
    narrow: Vec<f32>,
    joined: Vec<f32>,
    head: Vec<f32>,
}

/// Makes `count` things side by side. Never on the threads of a pool: a model is loaded while others wait for it, and a pool
/// whose threads all wait for what its own queue should make would wait forever.
fn on_threads_of_their_own<T: Send, E: Send>(
    count: usize,
    make: impl Fn(usize) -> Result<T, E> + Sync,
) -> Result<Vec<T>, E> {
    let make = &make;
    std::thread::scope(|scope| {
        let started: Vec<_> = (0..count)
            .map(|at| std::thread::Builder::new().spawn_scoped(scope, move || make(at)).map_err(|_| at))
            .collect();
        let made = started.into_iter().map(|thread| match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            // A machine that gives no further thread has this one.
            Err(at) => make(at),
        });
        made.collect()
    })
}

impl Bert {
    /// Takes the tensors of a model whose names begin with `prefix`.
    pub(crate) fn of(
        tensors: &Tensors<'_>,
        config: BertConfig,
        prefix: &str,
        kernel: Kernel,
    ) -> Result<Self, ModelError> {
        config.check()?;
        let hidden = config.hidden_size;
        let name = |rest: &str| format!("{prefix}{rest}");
        let table = |rest: &str, rows| Table::of(tensors.get(&name(rest))?, rows, hidden);
        let layer = |at: usize| Layer::of(tensors, &name(&format!("encoder.layer.{at}.")), &config);
        let layers = on_threads_of_their_own(config.num_hidden_layers, layer)?;
        Ok(Self {
            words: table("embeddings.word_embeddings.weight", config.vocab_size)?,
            positions: table("embeddings.position_embeddings.weight", config.max_position_embeddings)?,
            types: table("embeddings.token_type_embeddings.weight", config.type_vocab_size)?,
            norm: Norm::of(tensors, &name("embeddings.LayerNorm"), hidden)?,
            layers,
            kernel,
            config,
        })
    }

    /// The last layer's states of every piece of every text, a row a piece. A piece the tables do not have counts as the
    /// first of them.
    pub(crate) fn run(&self, texts: &[&Pieces], scratch: &mut Scratch) -> Vec<f32> {
        self.run_through(&self.layers, texts, scratch)
    }

    /// The states behind `layers`, which may be another model's that stands on the same embeddings.
    pub(crate) fn run_through(&self, layers: &[Layer], texts: &[&Pieces], scratch: &mut Scratch) -> Vec<f32> {
        let (hidden, kernel) = (self.config.hidden_size, self.kernel);
        let epsilon = self.config.layer_norm_eps;
        let normalize = |x: &mut [f32], norm: &Norm| kernel.normalize(x, hidden, &norm.gain, &norm.shift, epsilon);
        let total: usize = texts.iter().map(|text| text.ids.len()).sum();
        let mut x = vec![0.0; total * hidden];
        let mut rows = x.chunks_exact_mut(hidden);
        for text in texts {
            for (place, ((id, part), row)) in text.ids.iter().zip(&text.types).zip(&mut rows).enumerate() {
                let id = if (*id as usize) < self.config.vocab_size { *id as usize } else { 0 };
                self.words.add_row(id, row);
                self.positions.add_row(place.min(self.config.max_position_embeddings - 1), row);
                self.types.add_row(usize::from(*part).min(self.config.type_vocab_size - 1), row);
            }
        }
        normalize(&mut x, &self.norm);
        for layer in layers {
            kernel.round(&x, hidden, &mut scratch.rounded);
            kernel.product(&scratch.rounded, &layer.attention, &mut scratch.wide);
            self.attend(texts, scratch);
            kernel.round(&scratch.joined, hidden, &mut scratch.rounded);
            kernel.product(&scratch.rounded, &layer.joined, &mut scratch.narrow);
            kernel.add(&mut x, &scratch.narrow);
            normalize(&mut x, &layer.joined_norm);
            kernel.round(&x, hidden, &mut scratch.rounded);
            kernel.product(&scratch.rounded, &layer.inner, &mut scratch.wide);
            kernel.activate(&mut scratch.wide);
            kernel.round(&scratch.wide, self.config.intermediate_size, &mut scratch.rounded);
            kernel.product(&scratch.rounded, &layer.outer, &mut scratch.narrow);
            kernel.add(&mut x, &scratch.narrow);
            normalize(&mut x, &layer.outer_norm);
        }
        x
    }

    /// Attention inside each text: from `wide`, which holds queries, keys and values, to `joined`.
    fn attend(&self, texts: &[&Pieces], scratch: &mut Scratch) {
        let (hidden, heads) = (self.config.hidden_size, self.config.num_attention_heads);
        let size = hidden / heads;
        scratch.joined.resize(scratch.wide.len() / 3, 0.0);
        let (mut from, mut to) = (&scratch.wide[..], &mut scratch.joined[..]);
        for text in texts {
            let (here, rest) = from.split_at(text.ids.len() * 3 * hidden);
            let (out, behind) = to.split_at_mut(text.ids.len() * hidden);
            (from, to) = (rest, behind);
            for head in 0..heads {
                self.kernel.attend(here, (hidden, head * size, size), out, &mut scratch.head);
            }
        }
    }

    /// One layer applied to one row.
    pub(crate) fn apply(&self, layer: &Linear, x: &[f32]) -> Vec<f32> {
        let (mut rounded, mut out) = (Rounded::default(), Vec::new());
        self.kernel.round(x, layer.inputs, &mut rounded);
        self.kernel.product(&rounded, layer, &mut out);
        out
    }
}
