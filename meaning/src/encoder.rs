//! Texts → vectors, or pairs of texts → how surely both are about the same thing.

use crate::ModelError;
use crate::bert::{Bert, BertConfig, Pieces, Scratch};
use crate::kernel::Kernel;
use crate::linear::Linear;
use crate::math;
use crate::tensors::Tensors;
use crate::vector::Vector;
use crate::wordpiece::WordPieces;
use rayon::prelude::*;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// Word pieces that go through the layers together: enough that each weight that is loaded is used many times, few
/// enough that what lies between two layers stays near the processor.
const BATCH: usize = 192;

/// Changes with every change of this code that moves a bit of a result, so that no older vector is taken for a new one.
const REVISION: u64 = 1;

/// What a model does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// One text, one vector.
    Vectors,
    /// Two texts, one judgement.
    Pairs,
}

/// How the states of the pieces become one vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pooling {
    Mean,
    First,
}

/// The last step of a classifier.
#[derive(Debug)]
struct Classifier {
    pooler: Linear,
    output: Linear,
    reading: Reading,
}

/// What a classifier's outputs say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// One output, the surer the higher.
    Surety,
    /// All outputs but this one speak of the same thing: `neutral` among entailment and contradiction, or the first of two.
    AllBut(usize),
}

/// A model, ready to run.
#[derive(Debug)]
pub struct Encoder {
    bert: Bert,
    pieces: WordPieces,
    pooling: Pooling,
    classifier: Option<Classifier>,
    /// Word pieces of a text that are read, with its marks.
    limit: usize,
    fingerprint: u64,
}

/// The model in the crate: tensors, vocabulary and configuration in one file.
#[cfg(feature = "minilm")]
static MINILM: &[u8] = include_bytes!("../model/all-minilm-l6-v2-q4q6.safetensors");

/// The hash of [`MINILM`], kept here so that a run that finds all its vectors in a file need not read the model.
#[cfg(feature = "minilm")]
const MINILM_HASH: u64 = 1_013_948_282_625_791_455;

impl Encoder {
    /// The fingerprint of the model in the crate, if there is one; see [`fingerprint`](Self::fingerprint).
    pub fn built_in_fingerprint() -> Option<u64> {
        #[cfg(feature = "minilm")]
        return Some(MINILM_HASH ^ REVISION);
        #[cfg(not(feature = "minilm"))]
        None
    }

    /// The model in the crate.
    ///
    /// # Errors
    ///
    /// The crate was built without one.
    pub fn built_in() -> Result<Self, ModelError> {
        #[cfg(feature = "minilm")]
        return Self::with_kernel(Kernel::best());
        #[cfg(not(feature = "minilm"))]
        Err(ModelError::new("this program was built without a model".to_owned()))
    }

    #[cfg(feature = "minilm")]
    fn with_kernel(kernel: Kernel) -> Result<Self, ModelError> {
        let tensors = Tensors::of(MINILM)?;
        let text = |name: &str| -> Result<&'static str, ModelError> {
            let bytes = tensors.get(name)?.bytes;
            std::str::from_utf8(bytes).map_err(|_| ModelError::new(format!("{name} is not UTF-8")))
        };
        let config: BertConfig = parse("config.json", text("config.json")?)?;
        let pieces = WordPieces::of(text("vocab.txt")?, true)?;
        let bert = Bert::of(&tensors, config, "", kernel)?;
        Ok(Self {
            bert,
            pieces,
            pooling: Pooling::Mean,
            classifier: None,
            limit: 256,
            fingerprint: MINILM_HASH ^ REVISION,
        })
    }

    /// A BERT model in a folder as sentence encoders come in: `config.json`, `model.safetensors`, and `vocab.txt` or
    /// `tokenizer.json`; what else lies there (`modules.json`, `1_Pooling/config.json`, `sentence_bert_config.json`,
    /// `tokenizer_config.json`) is heeded. One with a classifier judges pairs; its labels are read from the configuration.
    ///
    /// # Errors
    ///
    /// A file that is missing or is not what its name says, or a model of another kind.
    pub fn open(folder: &Path) -> Result<Self, ModelError> {
        if !folder.is_dir() {
            return Err(ModelError::new("there is no such folder".to_owned()));
        }
        // Older sentence encoders keep the model in a folder of its own.
        let inner = folder.join("0_Transformer");
        let base = if !folder.join("config.json").exists() && inner.is_dir() { &inner } else { folder };
        let read = |name: &str| -> Result<Vec<u8>, ModelError> {
            std::fs::read(base.join(name)).map_err(|error| ModelError::new(format!("{name}: {error}")))
        };
        let text = |name: &str| -> Result<String, ModelError> {
            String::from_utf8(read(name)?).map_err(|_| ModelError::new(format!("{name} is not UTF-8")))
        };
        // Optional files: what is not told is what BERT does by default.
        let hint = |folder: &Path, name: &str| -> serde_json::Value {
            let text = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
            serde_json::from_str(&text).unwrap_or_default()
        };
        let config_text = text("config.json")?;
        let config: BertConfig = parse("config.json", &config_text)?;
        config.check()?;
        let modules = hint(folder, "modules.json");
        let kinds = modules.as_array().into_iter().flatten().filter_map(|module| module["type"].as_str());
        if let Some(kind) = kinds.filter_map(|kind| kind.rsplit('.').next()).find(|kind| *kind == "Dense") {
            return Err(ModelError::new(format!(
                "modules.json names a layer that this program does not compute: {kind}"
            )));
        }
        let (vocabulary, lowers) = match text("vocab.txt") {
            Ok(vocabulary) => (vocabulary, None),
            Err(_) if base.join("tokenizer.json").exists() => {
                listed(&parse("tokenizer.json", &text("tokenizer.json")?)?)?
            }
            Err(error) => return Err(ModelError::new(format!("{error}; there is no tokenizer.json either"))),
        };
        let told = hint(base, "tokenizer_config.json")["do_lower_case"].as_bool();
        let fold = told.or(lowers).unwrap_or(true);
        let pieces = WordPieces::of(&vocabulary, fold)?;
        if pieces.count() > config.vocab_size {
            let message = format!("it has {} word pieces and vectors for {}", pieces.count(), config.vocab_size);
            return Err(ModelError::new(message));
        }
        if !base.join("model.safetensors").exists() && base.join("pytorch_model.bin").exists() {
            return Err(ModelError::new("model.safetensors is missing; pytorch_model.bin is not read".to_owned()));
        }
        let file = read("model.safetensors")?;
        let limit = hint(folder, "sentence_bert_config.json")["max_seq_length"].as_u64().unwrap_or(512);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX).clamp(3, config.max_position_embeddings.max(3));
        let pooling = hint(folder, "1_Pooling/config.json");
        let pools = |mode: &str| pooling[format!("pooling_mode_{mode}")].as_bool() == Some(true);
        let pooling = match (pools("cls_token"), pools("mean_tokens") || pools("mean_sqrt_len_tokens")) {
            (true, false) => Pooling::First,
            (false, _) if !pools("max_tokens") => Pooling::Mean,
            _ => {
                return Err(ModelError::new(
                    "1_Pooling/config.json asks for another pooling than mean or first".to_owned(),
                ));
            }
        };
        let hashes = [xxh3_64(&file), xxh3_64(vocabulary.as_bytes()), xxh3_64(config_text.as_bytes())];
        let about = format!("{hashes:?} {fold} {limit} {pooling:?} {REVISION}");
        let tensors = Tensors::of(&file)?;
        let prefix = match tensors.find("bert.embeddings.word_embeddings.weight") {
            Some(_) => "bert.",
            None => "",
        };
        let classifier = match tensors.find("classifier.weight") {
            Some(_) => Some(Classifier::of(&tensors, &config, prefix)?),
            None => None,
        };
        let bert = Bert::of(&tensors, config, prefix, Kernel::best())?;
        Ok(Self { bert, pieces, pooling, classifier, limit, fingerprint: xxh3_64(about.as_bytes()) })
    }

    /// What the model does.
    pub fn task(&self) -> Task {
        if self.classifier.is_some() { Task::Pairs } else { Task::Vectors }
    }

    /// A number for the model and this code: results of one fingerprint are the same bits.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// Numbers in a vector.
    pub fn width(&self) -> usize {
        self.bert.config.hidden_size
    }

    /// The vector of each text, in their order.
    pub fn encode(&self, texts: &[&str]) -> Vec<Vector> {
        let pieces: Vec<Pieces> = texts.par_iter().map(|text| self.pieces_of(text)).collect();
        self.run(&pieces, |states| {
            let width = self.width();
            match self.pooling {
                Pooling::Mean => Vector::of(&math::mean(states, width)),
                Pooling::First => Vector::of(&states[..width]),
            }
        })
    }

    /// How surely the two texts of each pair are about the same thing, in [0, 1]: by the classifier, or by the cosine of the
    /// vectors where the model has none.
    pub fn judge(&self, pairs: &[(&str, &str)]) -> Vec<f64> {
        let Some(classifier) = &self.classifier else {
            let texts: Vec<&str> = pairs.iter().flat_map(|(left, right)| [*left, *right]).collect();
            let vectors = self.encode(&texts);
            return vectors.chunks_exact(2).map(|pair| pair[0].cosine(&pair[1]).max(0.0)).collect();
        };
        let pieces: Vec<Pieces> = pairs.par_iter().map(|(left, right)| self.pieces_of_pair(left, right)).collect();
        self.run(&pieces, |states| {
            let pooled = self.bert.apply(&classifier.pooler, &states[..self.width()]);
            let pooled: Vec<f32> = pooled.into_iter().map(math::tanh).collect();
            let outputs = self.bert.apply(&classifier.output, &pooled);
            f64::from(match classifier.reading {
                Reading::Surety => math::logistic(outputs[0]),
                Reading::AllBut(other) => 1.0 - math::softmax(&outputs)[other],
            })
        })
    }

    /// The numbers of the word pieces a text is cut into, with the marks at its ends: what a reference tokenizer should give.
    pub fn pieces(&self, text: &str) -> Vec<u32> {
        self.pieces_of(text).ids
    }

    /// The pieces of a text between its marks.
    fn pieces_of(&self, text: &str) -> Pieces {
        let mut ids = vec![self.pieces.begin];
        ids.extend(self.pieces.cut(text, self.limit - 2));
        ids.push(self.pieces.end);
        let types = vec![0; ids.len()];
        Pieces { ids, types }
    }

    /// The pieces of two texts one after the other; the longer loses what does not fit.
    fn pieces_of_pair(&self, left: &str, right: &str) -> Pieces {
        let room = self.limit - 3;
        let (mut one, mut two) = (self.pieces.cut(left, room), self.pieces.cut(right, room));
        let excess = (one.len() + two.len()).saturating_sub(room);
        for _ in 0..excess {
            if one.len() > two.len() {
                one.pop()
            } else {
                two.pop()
            };
        }
        let mut ids = vec![self.pieces.begin];
        ids.extend(one);
        ids.push(self.pieces.end);
        let mut types = vec![0; ids.len()];
        ids.extend(two);
        ids.push(self.pieces.end);
        types.resize(ids.len(), 1);
        Pieces { ids, types }
    }

    /// Runs all texts, the longest first so that no thread is left with a long one at the end, in batches; what `finish` makes
    /// of each text's states comes back in the order of the texts.
    fn run<T: Send>(&self, pieces: &[Pieces], finish: impl Fn(&[f32]) -> T + Sync) -> Vec<T> {
        let mut order: Vec<usize> = (0..pieces.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(pieces[*at].ids.len()));
        let mut batches: Vec<&[usize]> = Vec::new();
        let (mut start, mut size) = (0, 0);
        for (at, text) in order.iter().enumerate() {
            let length = pieces[*text].ids.len();
            if size + length > BATCH && size > 0 {
                batches.push(&order[start..at]);
                (start, size) = (at, 0);
            }
            size += length;
        }
        batches.push(&order[start..]);
        let done: Vec<Vec<T>> = batches
            .into_par_iter()
            .map_init(Scratch::default, |scratch, batch| {
                let texts: Vec<&Pieces> = batch.iter().map(|at| &pieces[*at]).collect();
                let states = self.bert.run(&texts, scratch);
                let mut rest = &states[..];
                texts
                    .iter()
                    .map(|text| {
                        let (here, behind) = rest.split_at(text.ids.len() * self.width());
                        rest = behind;
                        finish(here)
                    })
                    .collect()
            })
            .collect();
        let mut results: Vec<(usize, T)> = order.into_iter().zip(done.into_iter().flatten()).collect();
        results.sort_unstable_by_key(|(at, _)| *at);
        results.into_iter().map(|(_, result)| result).collect()
    }
}

impl Classifier {
    fn of(tensors: &Tensors<'_>, config: &BertConfig, prefix: &str) -> Result<Self, ModelError> {
        let hidden = config.hidden_size;
        let linear = |name: &str, outputs: usize| -> Result<Linear, ModelError> {
            let bias = tensors.vector(&format!("{name}.bias"), outputs)?;
            Linear::of(&[(tensors.get(&format!("{name}.weight"))?, bias)], hidden)
        };
        let outputs = tensors.get("classifier.weight")?.shape.first().copied().unwrap_or(0);
        let neutral = config
            .id2label
            .iter()
            .find(|(_, label)| label.eq_ignore_ascii_case("neutral"))
            .and_then(|(number, _)| number.parse().ok());
        let reading = match (outputs, neutral) {
            (1, _) => Reading::Surety,
            (_, Some(other)) if other < outputs => Reading::AllBut(other),
            (2, _) => Reading::AllBut(0),
            _ => {
                let message = "the classifier's labels do not say which of them is neutral";
                return Err(ModelError::new(message.to_owned()));
            }
        };
        let pooler = linear(&format!("{prefix}pooler.dense"), hidden)?;
        Ok(Self { pooler, output: linear("classifier", outputs)?, reading })
    }
}

/// The vocabulary of a `tokenizer.json`, one piece a line, and whether letters lose their case, where it says so.
fn listed(tokenizer: &serde_json::Value) -> Result<(String, Option<bool>), ModelError> {
    let wrong = |what: &str| ModelError::new(format!("tokenizer.json: {what}"));
    let model = &tokenizer["model"];
    if model["type"].as_str().is_some_and(|kind| kind != "WordPiece") {
        return Err(wrong("its pieces are not those of BERT (WordPiece)"));
    }
    let pieces = model["vocab"].as_object().ok_or_else(|| wrong("it lists no pieces"))?;
    let mut lines = vec![""; pieces.len()];
    for (piece, number) in pieces {
        let place = number.as_u64().and_then(|number| lines.get_mut(usize::try_from(number).ok()?));
        *place.ok_or_else(|| wrong("the numbers of its pieces have gaps"))? = piece;
    }
    Ok((lines.join("\n"), tokenizer["normalizer"]["lowercase"].as_bool()))
}

/// A JSON text as what it should be.
fn parse<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Result<T, ModelError> {
    serde_json::from_str(text).map_err(|error| ModelError::new(format!("{name}: {error}")))
}

#[cfg(all(test, feature = "minilm"))]
mod tests {
    use super::*;

    const TEXTS: [&str; 5] = [
        "The ferry hit the pier at noon, and nine passengers were hurt.",
        "",
        "Nine people were injured when the ferry struck its pier.",
        "Le café à Zürich n’ouvre pas: 東京!",
        "No one expects the harbor to reopen before Friday.",
    ];

    #[test]
    fn the_model_is_the_one_the_script_makes() {
        assert_eq!(xxh3_64(MINILM), MINILM_HASH);
    }

    #[test]
    fn every_kernel_and_any_company_give_the_same_vectors() {
        let best = Encoder::built_in().expect("the model in the crate");
        let together = best.encode(&TEXTS);
        for kernel in Kernel::all() {
            let encoder = Encoder::with_kernel(kernel).expect("the model in the crate");
            for (text, vector) in TEXTS.iter().zip(&together) {
                assert_eq!(encoder.encode(&[text]), std::slice::from_ref(vector), "{kernel:?}: {text}");
            }
        }
        let many: Vec<&str> = TEXTS.iter().copied().cycle().take(101).collect();
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            let vectors = pool.install(|| best.encode(&many));
            assert!(vectors.iter().zip(together.iter().cycle()).all(|(one, other)| one == other));
        }
        assert!(best.encode(&[]).is_empty());
    }

    #[test]
    fn the_same_said_otherwise_is_nearer_than_another_thing() {
        let vectors = Encoder::built_in().expect("the model in the crate").encode(&TEXTS);
        assert!(vectors[0].cosine(&vectors[2]) > 0.75);
        assert!(vectors[0].cosine(&vectors[4]) < 0.5);
    }

    #[test]
    fn a_text_of_any_length_is_read_to_its_limit() {
        let encoder = Encoder::built_in().expect("the model in the crate");
        let long = "The harbor stayed closed. ".repeat(5_000);
        assert_eq!(encoder.pieces(&long).len(), 256);
        assert_eq!(encoder.encode(&[&long]).len(), 1);
    }
}
