//! Texts → vectors; and the folders in which models come.

use crate::ModelError;
use crate::bert::{Bert, BertConfig, Layer, Pieces, Scratch};
use crate::classifier::Classifier;
use crate::kernel::Kernel;
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
    /// Two texts, and how they stand to each other: entailment, contradiction or neither.
    Inference,
    /// Two texts, and how relevant the second is for the first.
    Relevance,
}

/// How the states of the pieces become one vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pooling {
    Mean,
    First,
}

/// A model, ready to run.
#[derive(Debug)]
pub struct Encoder {
    pub(crate) bert: Bert,
    pieces: WordPieces,
    pooling: Pooling,
    pub(crate) classifier: Option<Classifier>,
    /// Word pieces of a text that are read, with its marks.
    limit: usize,
    fingerprint: u64,
}

/// The model in the crate: tensors, vocabulary and configuration in one file.
#[cfg(feature = "minilm")]
pub(crate) static MINILM: &[u8] = include_bytes!("../model/all-minilm-l6-v2-q4q6.safetensors");

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
    /// `tokenizer_config.json`) is heeded. One with a classifier reads pairs; what its labels say is read from the configuration.
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
        let hint = |folder: &Path, name: &str| -> Result<serde_json::Value, ModelError> {
            match std::fs::read_to_string(folder.join(name)) {
                Ok(text) => parse(name, &text),
                Err(_) => Ok(serde_json::Value::Null),
            }
        };
        let config_text = text("config.json")?;
        let config: BertConfig = parse("config.json", &config_text)?;
        config.check()?;
        let modules = hint(folder, "modules.json")?;
        let kind = |module: &serde_json::Value| {
            module["type"].as_str().and_then(|kind| kind.rsplit('.').next()).map(str::to_owned)
        };
        let mut pooling_folder = "1_Pooling".to_owned();
        for module in modules.as_array().into_iter().flatten() {
            match kind(module).as_deref() {
                Some("Transformer" | "Normalize") => {}
                Some("Pooling") => module["path"].as_str().unwrap_or("1_Pooling").clone_into(&mut pooling_folder),
                other => {
                    return Err(ModelError::new(format!(
                        "modules.json names a layer that this program does not compute: {}",
                        other.unwrap_or("one without a type")
                    )));
                }
            }
        }
        let (vocabulary, lowers) = match text("vocab.txt") {
            Ok(vocabulary) => (vocabulary, None),
            Err(_) if base.join("tokenizer.json").exists() => {
                listed(&parse("tokenizer.json", &text("tokenizer.json")?)?)?
            }
            Err(error) => return Err(ModelError::new(format!("{error}; there is no tokenizer.json either"))),
        };
        let tokenizer = hint(base, "tokenizer_config.json")?;
        let fold = tokenizer["do_lower_case"].as_bool().or(lowers).unwrap_or(true);
        let pieces = WordPieces::of(&vocabulary, fold)?;
        if pieces.count() > config.vocab_size {
            let message = format!("it has {} word pieces and vectors for {}", pieces.count(), config.vocab_size);
            return Err(ModelError::new(message));
        }
        if !base.join("model.safetensors").exists() && base.join("pytorch_model.bin").exists() {
            return Err(ModelError::new("model.safetensors is missing; pytorch_model.bin is not read".to_owned()));
        }
        let file = read("model.safetensors")?;
        let told = [hint(base, "sentence_bert_config.json")?, hint(folder, "sentence_bert_config.json")?, tokenizer];
        let limit = limit(&told, config.max_position_embeddings);
        let pooling = pooling(&hint(&folder.join(&pooling_folder), "config.json")?)?;
        let hashes = [xxh3_64(&file), xxh3_64(vocabulary.as_bytes()), xxh3_64(config_text.as_bytes())];
        let about = format!("{hashes:?} {fold} {limit} {pooling:?} {REVISION}");
        let tensors = Tensors::of(&file)?;
        let prefix = match tensors.find("bert.embeddings.word_embeddings.weight") {
            Some(_) => "bert.",
            None => "",
        };
        let classifier = Classifier::find(&tensors, &config, prefix)?;
        let bert = Bert::of(&tensors, config, prefix, Kernel::best())?;
        Ok(Self { bert, pieces, pooling, classifier, limit, fingerprint: xxh3_64(about.as_bytes()) })
    }

    /// What the model does.
    pub fn task(&self) -> Task {
        match &self.classifier {
            None => Task::Vectors,
            Some(classifier) if classifier.infers() => Task::Inference,
            Some(_) => Task::Relevance,
        }
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
        self.run(&pieces, None, |states, _| {
            let width = self.width();
            match self.pooling {
                Pooling::Mean => Vector::of(&math::mean(states, width)),
                Pooling::First => Vector::of(&states[..width]),
            }
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

    /// The pieces of a text without marks, `most` at the most.
    pub(crate) fn cut(&self, text: &str, most: usize) -> Vec<u32> {
        self.pieces.cut(text, most).into_iter().collect()
    }

    /// The pieces of a text without marks, as many as a pair has room for.
    pub(crate) fn read(&self, text: &str) -> Vec<u32> {
        self.cut(text, self.limit - 3)
    }

    /// The pieces of two texts one after the other; the longer loses what does not fit.
    pub(crate) fn pieces_of_pair(&self, one: &[u32], two: &[u32]) -> Pieces {
        let room = self.limit - 3;
        let excess = (one.len() + two.len()).saturating_sub(room);
        let (mut first, mut second) = (one.len(), two.len());
        for _ in 0..excess {
            if first > second {
                first -= 1;
            } else {
                second -= 1;
            }
        }
        self.both(&one[..first], &two[..second])
    }

    /// Two texts' pieces with the marks between and around them.
    pub(crate) fn both(&self, one: &[u32], two: &[u32]) -> Pieces {
        let mut ids = vec![self.pieces.begin];
        ids.extend(one);
        ids.push(self.pieces.end);
        let mut types = vec![0; ids.len()];
        ids.extend(two);
        ids.push(self.pieces.end);
        types.resize(ids.len(), 1);
        Pieces { ids, types }
    }

    /// Runs all texts through the model's layers or others, the longest first so that no thread is left with a long one at the end, in batches; what `finish` makes
    /// of each text's states and number comes back in the order of the texts.
    pub(crate) fn run<T: Send>(
        &self,
        pieces: &[Pieces],
        layers: Option<&[Layer]>,
        finish: impl Fn(&[f32], usize) -> T + Sync,
    ) -> Vec<T> {
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
                let states = match layers {
                    Some(layers) => self.bert.run_through(layers, &texts, scratch),
                    None => self.bert.run(&texts, scratch),
                };
                let mut rest = &states[..];
                texts
                    .iter()
                    .zip(batch)
                    .map(|(text, at)| {
                        let (here, behind) = rest.split_at(text.ids.len() * self.width());
                        rest = behind;
                        finish(here, *at)
                    })
                    .collect()
            })
            .collect();
        let mut results: Vec<(usize, T)> = order.into_iter().zip(done.into_iter().flatten()).collect();
        results.sort_unstable_by_key(|(at, _)| *at);
        results.into_iter().map(|(_, result)| result).collect()
    }
}

/// How many word pieces of a text are read: as the first of these files says that says it, and no more than `most`.
fn limit(told: &[serde_json::Value], most: usize) -> usize {
    let said = |config: &serde_json::Value| config["max_seq_length"].as_u64().or(config["model_max_length"].as_u64());
    let said = told.iter().find_map(said).unwrap_or(512);
    usize::try_from(said).unwrap_or(usize::MAX).clamp(3, most.max(3))
}

/// How a `1_Pooling/config.json` makes one vector of many; the mean where it says nothing.
fn pooling(config: &serde_json::Value) -> Result<Pooling, ModelError> {
    let asked = |(name, value): (&String, &serde_json::Value)| match (name.as_str(), value) {
        // The later form of the file names the ways in one entry.
        ("pooling_mode", serde_json::Value::String(mode)) => Some(vec![mode.clone()]),
        ("pooling_mode", serde_json::Value::Array(modes)) => {
            Some(modes.iter().map(|mode| mode.as_str().unwrap_or_default().to_owned()).collect())
        }
        (name, serde_json::Value::Bool(true)) => Some(vec![name.strip_prefix("pooling_mode_")?.to_owned()]),
        _ => None,
    };
    let modes: Vec<String> = config.as_object().into_iter().flatten().filter_map(asked).flatten().collect();
    match modes.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        // Divided by another number, a vector points the same way.
        [] | ["mean" | "mean_tokens" | "mean_sqrt_len" | "mean_sqrt_len_tokens"] => Ok(Pooling::Mean),
        ["cls" | "cls_token"] => Ok(Pooling::First),
        others => Err(ModelError::new(format!(
            "its pooling is {}; this program computes the mean of all pieces, or takes the first",
            others.join(" and ")
        ))),
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
    fn a_pooling_that_is_not_computed_is_refused_by_name() {
        let told =
            |text: &str| pooling(&serde_json::from_str(text).expect("it is JSON")).map_err(|error| error.to_string());
        assert_eq!(told("{}"), Ok(Pooling::Mean));
        assert_eq!(told(r#"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}"#), Ok(Pooling::First));
        assert_eq!(told(r#"{"pooling_mode": "cls", "include_prompt": true}"#), Ok(Pooling::First));
        for (config, named) in [
            (r#"{"pooling_mode_weightedmean_tokens": true, "pooling_mode_mean_tokens": false}"#, "weightedmean_tokens"),
            (r#"{"pooling_mode_lasttoken": true}"#, "lasttoken"),
            (r#"{"pooling_mode_cls_token": true, "pooling_mode_max_tokens": true}"#, "cls_token and max_tokens"),
            (r#"{"pooling_mode": ["mean", "max"]}"#, "mean and max"),
        ] {
            let message = told(config).expect_err(config);
            assert!(message.contains(named), "{message}");
        }
    }

    #[test]
    fn the_file_beside_the_model_says_how_much_of_a_text_is_read() {
        let said = |length: u64| serde_json::json!({ "max_seq_length": length });
        assert_eq!(limit(&[said(128), said(256)], 512), 128);
        assert_eq!(limit(&[serde_json::Value::Null, said(256)], 512), 256);
        assert_eq!(limit(&[said(1024)], 512), 512);
        // A cross-encoder has it beside its word pieces; "as much as you like" is written as a number of thirty digits.
        let most = |length: u64| serde_json::json!({ "model_max_length": length });
        assert_eq!(limit(&[serde_json::Value::Null, most(128)], 512), 128);
        assert_eq!(limit(&[serde_json::json!({ "model_max_length": 1e30 })], 512), 512);
    }

    #[test]
    fn a_folder_is_read_as_its_files_say_or_refused() {
        let folder = std::env::temp_dir().join(format!("crossclaim-encoder-{}", std::process::id()));
        let write = |name: &str, text: &str| {
            let file = folder.join(name);
            std::fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("it can be made");
            std::fs::write(file, text).expect("it can be written");
        };
        let config = r#"{"hidden_size": 384, "num_hidden_layers": 1, "num_attention_heads": 12, "intermediate_size": 1536,
            "vocab_size": 30522, "max_position_embeddings": 512, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
            "hidden_act": "gelu", "model_type": "bert"}"#;
        write("0_Transformer/config.json", config);
        let refused = || Encoder::open(&folder).expect_err("a part is missing or wrong").to_string();
        write("modules.json", r#"[{"type": "sentence_transformers.models.LayerNorm"}]"#);
        assert!(refused().contains("LayerNorm"), "{}", refused());
        write("modules.json", "[{");
        assert!(refused().contains("modules.json"), "{}", refused());
        std::fs::remove_dir_all(&folder).expect("it is there");
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
