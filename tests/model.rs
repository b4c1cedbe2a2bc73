//! Does the program take another sentence encoder or cross-encoder from a folder, and say what is wrong with one it cannot take? The
//! models are made here: six layers of 32 numbers, weights from a fixed series.

#![allow(clippy::unwrap_used, reason = "the helpers of a test may panic as the test itself may")]
#![cfg(feature = "meaning")]

use crossclaim_meaning::{Encoder, Task};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const WIDTH: usize = 32;
const INNER: usize = 64;
const LAYERS: usize = 6;
const POSITIONS: usize = 24;

const PIECES: [&str; 16] = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "harbor", "bridge", "was", "closed", "open", "##ed", "ship", "##s",
    "left", ".", ",",
];

/// A folder of its own, gone when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("crossclaim-model-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn json(&self, name: &str, value: &Value) {
        self.write(name, value.to_string());
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.0.join(name)).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn config() -> Value {
    json!({
        "model_type": "bert", "hidden_act": "gelu", "hidden_size": WIDTH, "intermediate_size": INNER, "num_attention_heads": 2,
        "num_hidden_layers": LAYERS, "max_position_embeddings": POSITIONS, "vocab_size": PIECES.len(), "type_vocab_size": 2,
    })
}

/// The tensors of a small BERT whose names begin with `prefix`; a classifier with this bias behind them, if it has any.
fn tensors(seed: u32, prefix: &str, bias: &[f32]) -> Vec<u8> {
    let mut shapes: Vec<(String, Vec<usize>)> = vec![
        ("embeddings.word_embeddings.weight".into(), vec![PIECES.len(), WIDTH]),
        ("embeddings.position_embeddings.weight".into(), vec![POSITIONS, WIDTH]),
        ("embeddings.token_type_embeddings.weight".into(), vec![2, WIDTH]),
        ("embeddings.LayerNorm.weight".into(), vec![WIDTH]),
        ("embeddings.LayerNorm.bias".into(), vec![WIDTH]),
    ];
    for layer in 0..LAYERS {
        for (name, outputs, inputs) in [
            ("attention.self.query", WIDTH, WIDTH),
            ("attention.self.key", WIDTH, WIDTH),
            ("attention.self.value", WIDTH, WIDTH),
            ("attention.output.dense", WIDTH, WIDTH),
            ("intermediate.dense", INNER, WIDTH),
            ("output.dense", WIDTH, INNER),
        ] {
            shapes.push((format!("encoder.layer.{layer}.{name}.weight"), vec![outputs, inputs]));
            shapes.push((format!("encoder.layer.{layer}.{name}.bias"), vec![outputs]));
        }
        for name in ["attention.output.LayerNorm", "output.LayerNorm"] {
            shapes.push((format!("encoder.layer.{layer}.{name}.weight"), vec![WIDTH]));
            shapes.push((format!("encoder.layer.{layer}.{name}.bias"), vec![WIDTH]));
        }
    }
    if !bias.is_empty() {
        shapes.push(("pooler.dense.weight".into(), vec![WIDTH, WIDTH]));
        shapes.push(("pooler.dense.bias".into(), vec![WIDTH]));
    }
    for (name, _) in &mut shapes {
        name.insert_str(0, prefix);
    }
    if !bias.is_empty() {
        shapes.push(("classifier.weight".into(), vec![bias.len(), WIDTH]));
        shapes.push(("classifier.bias".into(), vec![bias.len()]));
    }
    let (mut header, mut data, mut state) = (Map::new(), Vec::new(), seed);
    for (name, shape) in shapes {
        let from = data.len();
        for at in 0..shape.iter().product() {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let number = f64::from(state >> 8) / f64::from(1 << 24) - 0.5;
            let number = match &name[..] {
                "classifier.bias" => bias.get(at).copied().unwrap_or_default(),
                norm if norm.ends_with("LayerNorm.weight") => 1.0,
                _ => number as f32,
            };
            data.extend(number.to_le_bytes());
        }
        header.insert(name, json!({ "dtype": "F32", "shape": shape, "data_offsets": [from, data.len()] }));
    }
    let header = Value::Object(header).to_string();
    [&(header.len() as u64).to_le_bytes()[..], header.as_bytes(), &data].concat()
}

/// A whole model.
fn model(name: &str, seed: u32) -> Folder {
    let folder = Folder::new(name);
    folder.json("config.json", &config());
    folder.write("vocab.txt", PIECES.join("\n"));
    folder.write("model.safetensors", tensors(seed, "", &[]));
    folder
}

/// A whole cross-encoder, as `BertForSequenceClassification` is saved, with these labels.
fn cross_encoder(name: &str, labels: &[&str], bias: &[f32]) -> Folder {
    let folder = model(name, 7);
    let mut config = config();
    let numbered = labels.iter().enumerate().map(|(at, label)| (at.to_string(), Value::from(*label)));
    config["id2label"] = Value::Object(numbered.collect());
    config["architectures"] = json!(["BertForSequenceClassification"]);
    folder.json("config.json", &config);
    folder.write("model.safetensors", tensors(7, "bert.", bias));
    folder
}

#[test]
fn a_model_in_a_folder_makes_vectors() {
    let folder = model("vectors", 7);
    let encoder = Encoder::open(&folder.0).unwrap();
    assert_eq!((encoder.task(), encoder.width()), (Task::Vectors, WIDTH));
    assert_eq!(encoder.pieces("The ships, unheard of"), [2, 4, 11, 12, 15, 1, 1, 3]);
    let texts = ["The harbor was closed.", "the harbor was closed.", "ships left the open bridge."];
    let vectors = encoder.encode(&texts);
    assert_eq!(vectors[0], vectors[1]);
    assert!(vectors[0].cosine(&vectors[2]) < 0.999_9);
    assert_eq!(encoder.encode(&[&"ship ".repeat(500)]).len(), 1, "what is too long is cut");
    // Other weights are another model, and its vectors are not taken for those of the first.
    let other = Encoder::open(&model("other", 8).0).unwrap();
    assert_ne!(other.fingerprint(), encoder.fingerprint());
    assert_ne!(other.encode(&texts), vectors);
}

#[test]
fn what_lies_beside_the_model_is_heeded() {
    let folder = model("beside", 7);
    let mean = Encoder::open(&folder.0).unwrap().encode(&["the harbor was closed"]);
    // The pieces listed in tokenizer.json are those of vocab.txt.
    let numbers: Map<String, Value> =
        PIECES.iter().enumerate().map(|(at, piece)| ((*piece).to_owned(), at.into())).collect();
    folder.json(
        "tokenizer.json",
        &json!({ "model": { "type": "WordPiece", "vocab": numbers }, "normalizer": { "lowercase": true } }),
    );
    folder.remove("vocab.txt");
    assert_eq!(Encoder::open(&folder.0).unwrap().encode(&["The harbor was closed"]), mean);
    folder.json("tokenizer_config.json", &json!({ "do_lower_case": false }));
    assert_ne!(Encoder::open(&folder.0).unwrap().encode(&["The harbor was closed"]), mean);
    folder.json("1_Pooling/config.json", &json!({ "pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false }));
    assert_ne!(Encoder::open(&folder.0).unwrap().encode(&["the harbor was closed"]), mean);
    folder.json("sentence_bert_config.json", &json!({ "max_seq_length": 4 }));
    assert_eq!(Encoder::open(&folder.0).unwrap().pieces("the harbor was closed").len(), 4);
    // A folder within, as older sentence encoders have it.
    let outer = Folder::new("outer");
    for name in ["config.json", "tokenizer.json", "model.safetensors"] {
        outer.write(&format!("0_Transformer/{name}"), fs::read(folder.0.join(name)).unwrap());
    }
    assert_eq!(Encoder::open(&outer.0).unwrap().encode(&["The harbor was closed"]), mean);
}

#[test]
fn a_model_that_cannot_be_run_says_why() {
    let told = |change: &dyn Fn(&Folder)| {
        let folder = model("wrong", 7);
        change(&folder);
        Encoder::open(&folder.0).unwrap_err().to_string()
    };
    let with = |key: &str, value: Value| {
        let mut config = config();
        config[key] = value;
        config
    };
    assert!(told(&|folder| folder.remove("config.json")).starts_with("config.json: "));
    assert!(told(&|folder| folder.remove("vocab.txt")).contains("tokenizer.json either"));
    let binary = told(&|folder| {
        folder.remove("model.safetensors");
        folder.write("pytorch_model.bin", "x");
    });
    assert!(binary.contains("pytorch_model.bin is not read"), "{binary}");
    assert!(
        told(&|folder| folder.json("config.json", &with("model_type", "mpnet".into())))
            .contains("its type is mpnet, and only bert")
    );
    assert!(told(&|folder| folder.json("config.json", &with("hidden_act", "relu".into()))).contains("not gelu"));
    assert!(told(&|folder| folder.json("config.json", &with("hidden_size", 20.into()))).contains("multiples of 32"));
    assert!(told(&|folder| folder.json("config.json", &with("vocab_size", 8.into()))).contains("16 word pieces"));
    assert!(
        told(&|folder| folder.json("config.json", &with("num_hidden_layers", 9.into())))
            .contains("no tensor encoder.layer.6")
    );
    assert!(told(&|folder| folder.write("vocab.txt", "the\nharbor")).contains("lacks [UNK]"));
    assert!(
        told(&|folder| folder.write("model.safetensors", &tensors(7, "", &[])[..4_000]))
            .contains("not a safetensors file")
    );
    let dense = json!([{ "type": "sentence_transformers.models.Transformer" }, { "type": "sentence_transformers.models.Dense" }]);
    assert!(told(&|folder| folder.json("modules.json", &dense)).contains("Dense"));
    let max = json!({ "pooling_mode_max_tokens": true, "pooling_mode_mean_tokens": false });
    assert!(told(&|folder| folder.json("1_Pooling/config.json", &max)).contains("its pooling is max_tokens"));
    assert!(Encoder::open(Path::new("no/such/folder")).unwrap_err().to_string().contains("no such folder"));
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_crossclaim")).args(arguments).output().unwrap()
}

#[test]
fn the_program_compares_by_the_model_it_is_given() {
    let (one, other) = (model("one", 7), model("two", 8));
    let stories = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/stories/ferry-pier/sources");
    let stories = stories.to_str().unwrap();
    let report = |more: &[&str]| {
        let done = run(&[&["compare", stories, "--format", "json", "-q"], more].concat());
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        done.stdout
    };
    let (first, second) = (one.0.to_str().unwrap(), other.0.to_str().unwrap());
    assert_ne!(report(&["--model", first]), report(&[]));
    // Vectors of one model are never taken for those of another, though they lie in one folder.
    let kept = Folder::new("kept");
    let cache = kept.0.join("cache");
    let with_cache = |model: &str| report(&["--model", model, "--cache", cache.to_str().unwrap()]);
    let (plain_first, plain_second) = (report(&["--model", first]), report(&["--model", second]));
    for _ in 0..2 {
        assert_eq!(with_cache(first), plain_first);
        assert_eq!(with_cache(second), plain_second);
    }
}

#[test]
fn a_cross_encoder_infers_by_the_names_of_its_labels() {
    let pairs =
        [("The harbor was closed.", "the ship left"), ("the bridge", "ships left the harbor, the bridge was open.")];
    let infer = |folder: &Folder| Encoder::open(&folder.0).unwrap().infer(&pairs).unwrap();
    let one = cross_encoder("one-order", &["contradiction", "entailment", "neutral"], &[0.3, -0.2, 0.1]);
    let other = cross_encoder("another-order", &["ENTAILMENT", "NEUTRAL", "CONTRADICTION"], &[0.3, -0.2, 0.1]);
    let (first, second) = (infer(&one), infer(&other));
    for (first, second) in first.iter().zip(&second) {
        assert_eq!(first.contradiction, second.entailment);
        assert_eq!(first.entailment, second.neutral);
        assert_eq!(first.neutral, second.contradiction);
        assert!((first.entailment + first.contradiction + first.neutral - 1.0).abs() < 1e-5, "{first:?}");
        assert_eq!(first.similarity, None);
    }
    assert_ne!(first[0], first[1]);
    // Whoever comes first, the longer is read first; and what does not fit is cut.
    let encoder = Encoder::open(&one.0).unwrap();
    assert_eq!(encoder.task(), Task::Inference);
    let turned = pairs.map(|(left, right)| (right, left));
    assert_eq!(encoder.infer(&turned).unwrap(), first);
    assert_eq!(encoder.infer(&[(&"ship ".repeat(500), "the bridge")]).unwrap().len(), 1);
    assert_eq!(encoder.relevance(&pairs), None);
    // Other names for the same weights are another model.
    assert_ne!(encoder.fingerprint(), Encoder::open(&other.0).unwrap().fingerprint());
    let ranks = Encoder::open(&cross_encoder("relevance", &["LABEL_0"], &[0.4]).0).unwrap();
    assert_eq!((ranks.task(), ranks.infer(&pairs)), (Task::Relevance, None));
    let relevances = ranks.relevance(&pairs).unwrap();
    assert!(relevances.iter().all(|one| (0.0..=1.0).contains(one)) && relevances[0] != relevances[1], "{relevances:?}");
}

#[test]
fn what_a_cross_encoder_cannot_say_is_told() {
    let told = |labels: &[&str], bias: &[f32]| {
        Encoder::open(&cross_encoder("unsaid", labels, bias).0).unwrap_err().to_string()
    };
    let unnamed = told(&["LABEL_0", "LABEL_1", "LABEL_2"], &[0.0; 3]);
    assert!(unnamed.starts_with("config.json: ") && unnamed.contains("LABEL_0, LABEL_1, LABEL_2"), "{unnamed}");
    assert!(unnamed.contains("call them entailment, neutral and contradiction"), "{unnamed}");
    let unlisted = told(&[], &[0.0; 3]);
    assert!(unlisted.contains("id2label calls its three labels nothing"), "{unlisted}");
    let two = told(&["not_duplicate", "duplicate"], &[0.0; 2]);
    assert!(
        two.starts_with("model.safetensors: ") && two.contains("has 2 labels") && two.contains("has three"),
        "{two}"
    );
}

/// What `eval pairs` predicts for these pairs, a line a pair.
fn predicted(folder: &Folder, pairs: &[(&str, &str)], more: &[&str]) -> Vec<Value> {
    let lines =
        pairs.iter().enumerate().map(|(id, (a, b))| json!({ "id": id.to_string(), "a": a, "b": b }).to_string());
    folder.write("pairs.jsonl", lines.collect::<Vec<_>>().join("\n"));
    let path = |name: &str| folder.0.join(name).to_str().unwrap().to_owned();
    let (from, to) = (path("pairs.jsonl"), path("predictions.jsonl"));
    let done = run(&[&["eval", "pairs", &from, "--predictions", &to], more].concat());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    fs::read_to_string(to).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_cross_encoder_that_is_named_takes_the_place_of_the_one_inside() {
    let labels = ["entailment", "neutral", "contradiction"];
    let against = cross_encoder("against", &labels, &[0.0, 0.0, 40.0]);
    let neither = cross_encoder("neither", &labels, &[0.0, 40.0, 0.0]);
    let (against, neither) = (against.0.to_str().unwrap(), neither.0.to_str().unwrap());
    // The same but for a word that no rule knows anything of.
    let pairs = [("The harbor pilot praised the new bridge.", "The harbor pilot toured the new bridge.")];
    let folder = Folder::new("predicted");
    let label = |more: &[&str]| {
        let line = predicted(&folder, &pairs, more).remove(0);
        let rules: Vec<String> = line["reasons"].as_array().into_iter().flatten().map(Value::to_string).collect();
        (line["label"].as_str().unwrap().to_owned(), rules.concat(), line["inference"].clone())
    };
    let cache = folder.0.join("cache");
    let kept = ["--cache", cache.to_str().unwrap()];
    // Twice: what one model made is never taken for what the other would make.
    for _ in 0..2 {
        for kept in [&[][..], &kept] {
            let (told, rules, inference) = label(&[&["--model", against], kept].concat());
            assert_eq!(told, "conflict");
            assert!(rules.contains("contradiction"), "{rules}");
            assert!(
                inference["contradiction"].as_f64() > Some(0.99) && inference["similarity"].is_null(),
                "{inference}"
            );
            let (told, _, inference) = label(&[&["--model", neither], kept].concat());
            assert_eq!(told, "unmatched");
            assert!(inference["neutral"].as_f64() > Some(0.99), "{inference}");
            assert!(label(kept).2["similarity"].is_number());
        }
    }
    // A sentence encoder may be named beside it; two that do the same may not.
    let encoder = model("beside-it", 7);
    let encoder = encoder.0.to_str().unwrap();
    let (told, _, inference) = label(&["--model", encoder, "--model", against]);
    assert_eq!(told, "conflict");
    assert!(inference["contradiction"].as_f64() > Some(0.99), "{inference}");
    let done = run(&["explain", "It rained.", "It did not rain.", "--model", against, "--model", neither]);
    let why = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(2), "{why}");
    assert!(why.contains(against) && why.contains(neither) && why.contains("one of each kind"), "{why}");
}

#[test]
fn a_model_that_tells_relevance_ranks_what_search_finds() {
    let ranker = cross_encoder("ranker", &["LABEL_0"], &[0.0]);
    let corpus = Folder::new("corpus");
    let claims = ["The harbor bridge was closed.", "The harbor bridge was left open.", "Ships left the closed harbor."];
    let line = |(id, text): (usize, &&str)| json!({ "id": id.to_string(), "source": "Post", "text": text }).to_string();
    corpus.write("claims.jsonl", claims.iter().enumerate().map(line).collect::<Vec<_>>().join("\n"));
    let claims_file = corpus.0.join("claims.jsonl");
    let query = "The bridge in the harbor was closed.";
    let scores = |more: &[&str]| -> Vec<(usize, f64)> {
        let search = ["search", query, claims_file.to_str().unwrap(), "--format", "jsonl", "-q"];
        let done = run(&[&search, more].concat());
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let told: Value = serde_json::from_slice(&done.stdout).unwrap();
        let hits = told["results"].as_array().unwrap().iter();
        hits.map(|hit| (hit["id"].as_str().unwrap().parse().unwrap(), hit["score"].as_f64().unwrap())).collect()
    };
    let (plain, ranked) = (scores(&[]), scores(&["--model", ranker.0.to_str().unwrap()]));
    let pairs = claims.map(|claim| (query, claim));
    let relevance = Encoder::open(&ranker.0).unwrap().relevance(&pairs).unwrap();
    let mut expected: Vec<(usize, f64)> =
        plain.iter().map(|(id, score)| (*id, (score + relevance[*id]) / 2.0)).collect();
    expected.sort_by(|one, other| other.1.total_cmp(&one.1));
    assert_eq!(ranked.len(), expected.len());
    for ((id, score), (expected_id, expected_score)) in ranked.iter().zip(&expected) {
        assert_eq!(id, expected_id);
        assert!((score - expected_score).abs() < 1e-5, "{score} {expected_score}");
    }
    assert_ne!(plain, ranked);
}

#[test]
fn a_model_that_cannot_be_used_ends_the_run_with_its_name() {
    let unnamed = cross_encoder("unnamed", &["a", "b", "c"], &[0.0; 3]);
    for (folder, why) in [(unnamed.0.to_str().unwrap(), "call them entailment"), ("no/such/folder", "no such folder")] {
        for command in [&["compare", "Cargo.toml"][..], &["explain", "It rained.", "It did not rain."]] {
            let done = run(&[command, &["--model", folder]].concat());
            let told = String::from_utf8_lossy(&done.stderr);
            assert_eq!(done.status.code(), Some(2), "{told}");
            assert!(told.contains(folder) && told.contains(why), "{told}");
        }
    }
    // Without meaning no model is asked for.
    let off = run(&["explain", "It rained.", "It did not rain.", "--model", "no/such/folder", "--meaning", "off"]);
    assert_eq!(off.status.code(), Some(0), "{}", String::from_utf8_lossy(&off.stderr));
}
