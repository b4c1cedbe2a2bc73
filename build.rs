//! Hashes what decides how a document is read, features included, so that results kept by one build are never taken for those of another.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::Xxh3;

/// The code, the word lists among it, the grammar with its model, what infers, and the versions of everything else: `Cargo.toml` names
/// those of the grammar and of the encoders exactly.
const DECIDES: [&str; 6] = ["Cargo.toml", "Cargo.lock", "src", "grammar/src", "grammar/model", "meaning/src"];

fn main() {
    let mut files = Vec::new();
    for path in DECIDES {
        // A package has neither the lock file of a workspace nor the other crates beside it, but their versions.
        if Path::new(path).exists() {
            println!("cargo:rerun-if-changed={path}");
            add(Path::new(path), &mut files);
        }
    }
    files.sort();
    let mut hasher = Xxh3::new();
    for path in files {
        let bytes = fs::read(&path).unwrap_or_default();
        hasher.update(path.to_string_lossy().replace('\\', "/").as_bytes());
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(&bytes);
    }
    // Built with other features it may read other files, and otherwise.
    let mut features: Vec<String> =
        env::vars().map(|(name, _)| name).filter(|it| it.starts_with("CARGO_FEATURE_")).collect();
    features.sort();
    features.iter().for_each(|feature| hasher.update(feature.as_bytes()));
    println!("cargo:rustc-env=CROSSCLAIM_BUILD={:032x}", hasher.digest128());
}

/// All files at or below `path`.
fn add(path: &Path, files: &mut Vec<PathBuf>) {
    match fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| add(&entry.path(), files)),
        Err(_) => files.push(path.to_owned()),
    }
}
