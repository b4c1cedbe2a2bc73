//! What the stages of one run share: the encoder, and the folder of what earlier runs made.
//!
//! What is kept there never changes a byte of what a run gives. What is read of a file is kept by its bytes and everything else that
//! decides it; the claims of a document are kept by everything that decides them: the program's build, the names the user knows, and the document itself; a vector by its text and the model; what a reader
//! makes of two texts by the texts, the model and the program's build, which decides how the model is read.

use super::early::read_input;
use crate::cache::{self, Cache};
use crate::config::{Meaning, Settings};
use crate::error::{Error, ErrorKind, Result};
use crate::meaning::{self, CrossEncoder, Encoder, Opened, Ranker, Vector};
use crate::model::{Claim, Document, Inference, NormalClaim, SetAsideSentence, Skipped, Span};
use crate::read::{Input, ReadSettings};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Changes with everything that decides how a document is read; see `build.rs`.
const BUILD: &str = env!("CROSSCLAIM_BUILD");

/// Files of more bytes than this are read anew each time: what a long one holds is never to stand in memory whole.
const MOST_KEPT: u64 = 1 << 20;

/// What one run has in hand.
pub(super) struct Session {
    encoder: Encoder,
    reader: CrossEncoder,
    ranker: Option<Ranker>,
    cache: Option<Cache>,
    /// What decides the claims of a document besides the document.
    decides: Vec<u8>,
}

/// What the early stages made of a document, as it is kept: the sentence around a claim is left out where the document has it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Made {
    pub(super) set_aside: Vec<SetAsideSentence>,
    pub(super) claims: Vec<NormalClaim>,
}

impl Session {
    /// Opens the folder and the model that the settings name.
    ///
    /// # Errors
    ///
    /// One of them cannot be used.
    pub(super) fn open(settings: &Settings) -> Result<Self> {
        let cache = settings.cache_folder.as_deref().map(|folder| Cache::open(folder, settings.cache.max_bytes));
        Ok(Self { cache: cache.transpose()?, ..Self::without_cache(settings)? })
    }

    /// The same for a run that keeps nothing.
    pub(super) fn without_cache(settings: &Settings) -> Result<Self> {
        let (mut encoder, mut reader, mut ranker) = (None, None, None);
        let named: &[PathBuf] = if settings.compare.meaning == Meaning::Off { &[] } else { &settings.models };
        for folder in named {
            match meaning::open(folder)? {
                Opened::Encoder(model) => only_one(&mut encoder, model, folder, "make a vector of each text")?,
                Opened::CrossEncoder(model) => {
                    only_one(&mut reader, model, folder, "read two texts for contradictions")?
                }
                Opened::Ranker(model) => only_one(&mut ranker, model, folder, "tell how relevant a text is")?,
            }
        }
        let encoder = encoder.map_or_else(Encoder::built_in, |(_, model)| model);
        let reader = reader.map_or_else(CrossEncoder::built_in, |(_, model)| model);
        let ranker = ranker.map(|(_, model)| model);
        let mut decides = BUILD.as_bytes().to_vec();
        if settings.cache_folder.is_some() {
            decides.extend(serde_json::to_vec(&settings.aliases).unwrap_or_default());
        }
        Ok(Self { encoder, reader, ranker, cache: None, decides })
    }

    /// The vector of each text, in their order; nothing where the program has no encoder.
    pub(super) fn vectors(&self, texts: &[&str]) -> Option<Vec<Vector>> {
        let Some((cache, fingerprint)) = self.cache.as_ref().zip(self.encoder.fingerprint()) else {
            return self.encoder.encode(texts);
        };
        let of = |text: &&str| cache::key("vector", &[&fingerprint.to_le_bytes(), text.as_bytes()].concat());
        let keys: Vec<u128> = texts.par_iter().map(of).collect();
        let mut vectors: Vec<Option<Vector>> =
            keys.par_iter().map(|key| cache.get(*key).map(|bytes| Vector::from_bytes(&bytes))).collect();
        let missing: Vec<usize> = (0..texts.len()).filter(|at| vectors[*at].is_none()).collect();
        if !missing.is_empty() {
            let made = self.encoder.encode(&missing.iter().map(|at| texts[*at]).collect::<Vec<_>>())?;
            for (at, vector) in missing.into_iter().zip(made) {
                cache.put(keys[at], &vector.to_bytes());
                vectors[at] = Some(vector);
            }
        }
        vectors.into_iter().collect()
    }

    /// The same for texts that may be the same, each encoded once.
    pub(super) fn vectors_of_each(&self, texts: &[&str]) -> Option<Vec<Arc<Vector>>> {
        let mut number: FxHashMap<&str, usize> = FxHashMap::default();
        let mut distinct: Vec<&str> = Vec::new();
        let places: Vec<usize> = texts
            .iter()
            .map(|text| {
                *number.entry(text).or_insert_with(|| {
                    distinct.push(text);
                    distinct.len() - 1
                })
            })
            .collect();
        let vectors: Vec<Arc<Vector>> = self.vectors(&distinct)?.into_iter().map(Arc::new).collect();
        Some(places.into_iter().map(|place| Arc::clone(&vectors[place])).collect())
    }

    /// What a reader of both texts of each pair infers, in their order; nothing where the program has no cross-encoder. Pairs of the
    /// same two texts are read once.
    pub(super) fn inferences(&self, pairs: &[(String, String)]) -> Option<Vec<Inference>> {
        let sorted = |(left, right): &'_ (String, String)| left <= right;
        let pairs =
            pairs.iter().map(|pair| if sorted(pair) { (&pair.0[..], &pair.1[..]) } else { (&pair.1[..], &pair.0[..]) });
        self.of_pairs("inference", self.reader.fingerprint(), pairs, |pairs| self.reader.infer(pairs))
    }

    /// The same for claims of one story, of which only the reader inside the program knows anything.
    pub(super) fn inferences_in_stories(&self, pairs: &[(&str, &str)]) -> Option<Vec<Inference>> {
        let reader = CrossEncoder::of_stories();
        self.of_pairs("inference", reader.fingerprint(), pairs.iter().copied(), |pairs| reader.infer(pairs))
    }

    /// True where a model was named that tells how relevant a text is.
    pub(super) fn has_ranker(&self) -> bool {
        self.ranker.is_some()
    }

    /// How relevant the second text of each pair is for the first, in their order; nothing where no model was named that tells.
    pub(super) fn relevances(&self, pairs: &[(&str, String)]) -> Option<Vec<f64>> {
        let ranker = self.ranker.as_ref()?;
        let pairs = pairs.iter().map(|(query, text)| (*query, &text[..]));
        self.of_pairs("relevance", ranker.fingerprint(), pairs, |pairs| ranker.relevance(pairs))
    }

    /// What `make` makes of each pair of texts, each once, and none that an earlier run kept.
    fn of_pairs<'a, T: Clone + Serialize + DeserializeOwned + Send>(
        &self,
        kind: &str,
        fingerprint: Option<u64>,
        pairs: impl Iterator<Item = (&'a str, &'a str)>,
        make: impl Fn(&[(&str, &str)]) -> Option<Vec<T>>,
    ) -> Option<Vec<T>> {
        let mut number: FxHashMap<(&str, &str), usize> = FxHashMap::default();
        let mut distinct: Vec<(&str, &str)> = Vec::new();
        let mut places: Vec<usize> = Vec::new();
        for pair in pairs {
            places.push(*number.entry(pair).or_insert_with(|| {
                distinct.push(pair);
                distinct.len() - 1
            }));
        }
        let made = match self.cache.as_ref().zip(fingerprint) {
            Some((cache, fingerprint)) => kept(cache, (kind, fingerprint), &distinct, make)?,
            None => make(&distinct)?,
        };
        Some(places.into_iter().map(|place| made[place].clone()).collect())
    }

    /// Reads an input: its documents and what was skipped, as an earlier run kept them where nothing has changed. `decides` is what the
    /// settings of reading are known by.
    pub(super) fn read(&self, input: &Input, reading: &ReadSettings, decides: &str) -> (Vec<Document>, Vec<Skipped>) {
        let Some((known, bytes)) = self.cache.as_ref().and_then(|_| input.in_memory(MOST_KEPT)) else {
            return read_input(input, reading);
        };
        let key =
            cache::key("read", &parts(&[BUILD.as_bytes(), decides.as_bytes(), input.decides().as_bytes(), &bytes]));
        self.known(Some(key)).unwrap_or_else(|| {
            let read = read_input(&known, reading);
            self.remember(Some(key), &read);
            read
        })
    }

    /// What was kept under this key.
    pub(super) fn known<T: DeserializeOwned>(&self, key: Option<u128>) -> Option<T> {
        postcard::from_bytes(&self.cache.as_ref()?.get(key?)?).ok()
    }

    /// Keeps a result under this key.
    pub(super) fn remember(&self, key: Option<u128>, result: &impl Serialize) {
        if let (Some(cache), Some(key)) = (&self.cache, key)
            && let Ok(bytes) = postcard::to_allocvec(result)
        {
            cache.put(key, &bytes);
        }
    }

    /// The key of what the early stages make of a document; nothing where nothing is kept.
    pub(super) fn key(&self, document: &Document) -> Option<u128> {
        self.cache.as_ref()?;
        let bytes = postcard::to_extend(document, self.decides.clone()).ok()?;
        Some(cache::key("claims", &bytes))
    }

    /// What the early stages made of the document with this key, if that was kept.
    pub(super) fn made(&self, key: Option<u128>, document: &Document) -> Option<Made> {
        let bytes = self.cache.as_ref()?.get(key?)?;
        let mut made: Made = postcard::from_bytes(&bytes).ok()?;
        let mut before: Option<(Span, Arc<str>)> = None;
        for Claim { sentence, context, .. } in made.claims.iter_mut().map(|normal| &mut normal.claim) {
            if !context.is_empty() {
                continue;
            }
            let same = before.as_ref().filter(|(known, _)| known == sentence).map(|(_, shared)| Arc::clone(shared));
            *context = match same {
                Some(shared) => shared,
                None => Arc::from(document.text.get(sentence.range())?),
            };
            before = Some((*sentence, Arc::clone(context)));
        }
        Some(made)
    }

    /// Keeps what the early stages made of the document with this key.
    pub(super) fn keep(&self, key: Option<u128>, document: &Document, made: &mut Made) {
        let (Some(cache), Some(key)) = (&self.cache, key) else { return };
        // They are read off the sentence, which is not kept.
        made.claims.iter().for_each(|normal| {
            normal.frames();
        });
        let nothing: Arc<str> = Arc::from("");
        let mut contexts: Vec<Arc<str>> = Vec::with_capacity(made.claims.len());
        for normal in &mut made.claims {
            let has = document.text.get(normal.claim.sentence.range()) == Some(&*normal.claim.context);
            let kept = Arc::clone(if has { &nothing } else { &normal.claim.context });
            contexts.push(std::mem::replace(&mut normal.claim.context, kept));
        }
        if let Ok(bytes) = postcard::to_allocvec(made) {
            cache.put(key, &bytes);
        }
        for (normal, context) in made.claims.iter_mut().zip(contexts) {
            normal.claim.context = context;
        }
    }

    /// Ends the run: what it made is there for the next one.
    pub(super) fn close(self) {
        if let Some(cache) = self.cache {
            cache.close();
        }
    }
}

/// Takes a model for what it does, unless another was named for it.
fn only_one<'a, T>(place: &mut Option<(&'a Path, T)>, model: T, folder: &'a Path, does: &str) -> Result<()> {
    if let Some((other, _)) = place {
        let message =
            format!("the models {} and {} both {does}: name one of each kind", other.display(), folder.display());
        return Err(Error::new(ErrorKind::Usage, message));
    }
    *place = Some((folder, model));
    Ok(())
}

/// What `make` makes of pairs that all differ, as far as the folder does not have it.
fn kept<T: Serialize + DeserializeOwned + Send>(
    cache: &Cache,
    (kind, fingerprint): (&str, u64),
    pairs: &[(&str, &str)],
    make: impl Fn(&[(&str, &str)]) -> Option<Vec<T>>,
) -> Option<Vec<T>> {
    let keys: Vec<u128> = pairs.par_iter().map(|pair| pair_key(kind, BUILD, fingerprint, *pair)).collect();
    let mut known: Vec<Option<T>> = keys.par_iter().map(|key| postcard::from_bytes(&cache.get(*key)?).ok()).collect();
    let missing: Vec<usize> = (0..pairs.len()).filter(|at| known[*at].is_none()).collect();
    if !missing.is_empty() {
        let made = make(&missing.iter().map(|at| pairs[*at]).collect::<Vec<_>>())?;
        for (at, one) in missing.into_iter().zip(made) {
            if let Ok(bytes) = postcard::to_allocvec(&one) {
                cache.put(keys[at], &bytes);
            }
            known[at] = Some(one);
        }
    }
    known.into_iter().collect()
}

/// The key of what is made of two texts.
fn pair_key(kind: &str, build: &str, fingerprint: u64, (left, right): (&str, &str)) -> u128 {
    cache::key(kind, &parts(&[&fingerprint.to_le_bytes(), build.as_bytes(), left.as_bytes(), right.as_bytes()]))
}

/// The bytes of all parts, so that no others give the same.
fn parts(parts: &[&[u8]]) -> Vec<u8> {
    let lengths = parts.iter().flat_map(|part| (part.len() as u64).to_le_bytes());
    lengths.chain(parts.iter().flat_map(|part| part.iter().copied())).collect()
}

/// Opens the models that the settings name, so that a wrong one is told before anything is compared. Each is read once.
///
/// # Errors
///
/// One cannot be used, or two do the same.
pub fn open_models(settings: &Settings) -> Result<()> {
    Session::without_cache(settings).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::compare;
    use crate::report::reporter;

    fn json(paths: &[PathBuf], settings: &Settings) -> String {
        let report = compare(paths, settings).expect("the fixtures can be read");
        let mut out = Vec::new();
        let json = reporter("json").expect("it is in the table");
        json.write(&report, &Default::default(), &mut out).expect("memory can be written to");
        String::from_utf8(out).expect("JSON is UTF-8")
    }

    #[test]
    fn what_is_made_of_two_texts_is_kept_for_them_a_model_and_a_build() {
        let known = pair_key("inference", "one", 7, ("left", "right"));
        for other in [
            pair_key("relevance", "one", 7, ("left", "right")),
            pair_key("inference", "two", 7, ("left", "right")),
            pair_key("inference", "one", 8, ("left", "right")),
            pair_key("inference", "one", 7, ("lef", "tright")),
            pair_key("inference", "on", 7, ("eleft", "right")),
        ] {
            assert_ne!(other, known);
        }
    }

    #[test]
    fn what_is_kept_changes_no_byte() {
        let stories = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/stories");
        let folder = std::env::temp_dir().join(format!("crossclaim-session-{}", std::process::id()));
        let paths: Vec<PathBuf> =
            ["ferry-pier", "quay-strike"].iter().map(|story| stories.join(story).join("sources")).collect();
        let plain = Settings::default();
        let kept = Settings { cache_folder: Some(folder.clone()), ..Settings::default() };
        let without = json(&paths, &plain);
        assert!(without.len() > 5_000);
        assert_eq!(json(&paths, &kept), without, "cold");
        let packs = || std::fs::read_dir(&folder).expect("it is there").count();
        let after_one = packs();
        assert_eq!(json(&paths, &kept), without, "warm");
        assert_eq!(packs(), after_one, "a run that finds everything writes nothing");
        let one_thread = Settings { threads: Some(1), ..kept.clone() };
        assert_eq!(json(&paths, &one_thread), without, "warm, on one thread");
        // Another list of names makes other claims: nothing of the first run may be found for it.
        let known = crate::model::KnownName {
            name: "Harbor Authority of the Bay".to_owned(),
            kind: crate::model::MentionKind::Organization,
            also: vec!["harbor master".to_owned(), "ferry".to_owned()],
        };
        let with_names = Settings { aliases: vec![known.clone()], ..plain };
        let kept_names = Settings { aliases: vec![known], ..kept };
        assert_eq!(json(&paths, &kept_names), json(&paths, &with_names), "with other names");
        std::fs::remove_dir_all(&folder).expect("it is there");
    }
}
