//! Is a file read as meant? Every folder of `fixtures/formats/` holds samples in `input/` and, in `expected.json`, the
//! documents and skipped entries they mean; `settings.json` may say how to read them. A new format needs a new folder and no code.

use crossclaim::model::{Details, Document, LineMap, Passage, Skipped};
use crossclaim::read::{ReadSettings, discover, read_input};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root)
        .expect("the fixtures are there")
        .map(|entry| entry.expect("a folder can be listed").path())
        .filter(|path| path.is_dir() && (cfg!(feature = "warc") || !path.ends_with("warc")))
        .collect();
    folders.sort();
    folders
}

/// What a user says of the samples in a folder: how their records call what they hold, in `settings.json`.
fn settings(folder: &Path) -> ReadSettings {
    let Ok(text) = std::fs::read_to_string(folder.join("settings.json")) else { return ReadSettings::default() };
    let told: Value = serde_json::from_str(&text).expect("settings are JSON");
    let map = told["map"].as_object().expect("settings hold a map");
    let fields = map.iter().map(|(ours, theirs)| (ours.clone(), theirs.as_str().unwrap_or_default().to_owned()));
    ReadSettings { fields: fields.collect(), ..ReadSettings::default() }
}

fn read(folder: &Path) -> (Vec<Document>, Vec<Skipped>) {
    let settings = settings(folder);
    let found = discover(&[folder.join("input")], &settings).expect("every fixture holds documents");
    let (mut documents, mut skipped) = (Vec::new(), found.skipped);
    for input in &found.inputs {
        let (read, not_read) = read_input(input, &settings);
        documents.extend(read);
        skipped.extend(not_read);
    }
    skipped.sort();
    (documents, skipped)
}

/// What a document is expected to say, without hashes and without the place of the working folder.
fn outline(document: &Document, folder: &Path) -> Value {
    let mut outline = json!({
        "path": below(&document.origin.path, folder),
        "record": document.origin.record,
        "format": document.origin.format,
        "id": document.given_id,
        "source": document.source.name,
        "named_by": document.source.named_by,
        "owner": document.source.owner,
        "title": document.title,
        "url": document.url,
        "published": document.published,
        "language": document.language,
        "form": document.form,
        "passages": document.passages.iter().map(|passage| outline_passage(document, passage)).collect::<Vec<_>>(),
    });
    // Most samples tell nothing more; those that do have it looked at.
    if document.details != Details::default() {
        outline["details"] = json!(document.details);
        if document.details.ignores.is_empty() {
            outline["details"].as_object_mut().expect("details have fields").remove("ignores");
        }
    }
    outline
}

fn outline_passage(document: &Document, passage: &Passage) -> Value {
    let place = document.lines.place(&document.text, passage.span.start as usize);
    let mut parts = vec![
        json!(passage.kind),
        json!(format!("{}:{}", place.line, place.column)),
        json!(passage.span.of(&document.text)),
    ];
    parts.extend(passage.set_aside.map(|why| json!(why)));
    Value::Array(parts)
}

fn below(path: &str, folder: &Path) -> String {
    Path::new(path)
        .strip_prefix(folder.join("input"))
        .expect("inputs lie in the fixture")
        .to_string_lossy()
        .into_owned()
}

#[test]
fn every_sample_gives_the_documents_it_is_meant_to() {
    let mut otherwise = Vec::new();
    for folder in folders() {
        let (documents, skipped) = read(&folder);
        let actual = json!({
            "documents": documents.iter().map(|document| outline(document, &folder)).collect::<Vec<_>>(),
            "skipped": skipped
                .iter()
                .map(|entry| {
                    let place = entry.place.map(|place| format!("{}:{}", place.line, place.column));
                    json!([below(&entry.path, &folder), place, entry.reason])
                })
                .collect::<Vec<_>>(),
        });
        let path = folder.join("expected.json");
        let expected: Value =
            serde_json::from_str(&std::fs::read_to_string(&path).unwrap_or_default()).unwrap_or_default();
        if actual != expected {
            let actual = serde_json::to_string_pretty(&actual).unwrap();
            otherwise.push(format!("{} is read otherwise than {} says:\n{actual}", folder.display(), path.display()));
        }
    }
    assert!(otherwise.is_empty(), "{}", otherwise.join("\n"));
}

/// A piece of a file without what is taken off inside of words: soft hyphens, marks without width, parted line ends.
fn as_read(piece: &str) -> String {
    piece.replace(['\u{AD}', '\u{200B}'], "").replace("-\n", "")
}

#[test]
fn every_word_stands_at_the_place_it_is_said_to() {
    for folder in folders() {
        for document in read(&folder).0 {
            let bytes = std::fs::read(&document.origin.path).unwrap();
            let Ok(file) = String::from_utf8(bytes) else { continue };
            let lines: Vec<&str> = file.trim_start_matches('\u{FEFF}').lines().collect();
            for passage in &document.passages {
                let words = passage.span.of(&document.text);
                for (at, word) in
                    words.split_whitespace().map(|word| (word.as_ptr() as usize - words.as_ptr() as usize, word))
                {
                    let place = document.lines.place(&document.text, passage.span.start as usize + at);
                    let line = lines[place.line as usize - 1];
                    let there = as_read(&line.chars().skip(place.column as usize - 1).collect::<String>());
                    // A record tells its line only, and inside a word there may be marks that were taken off.
                    if matches!(document.lines, LineMap::Record(_)) {
                        continue;
                    }
                    let word = word.split(|character: char| !character.is_alphanumeric()).next().unwrap_or_default();
                    // An attribute of AsciiDoc stands where its value is read, and a word may go on in the next line.
                    assert!(
                        there.starts_with(word)
                            || there.starts_with('{')
                            || there.strip_suffix('-').is_some_and(|begun| word.starts_with(begun)),
                        "{}: {word:?} is not at {place:?}",
                        document.origin.path
                    );
                }
            }
        }
    }
}

#[test]
fn the_bytes_of_a_span_are_those_of_its_words() {
    let mut held = 0;
    for folder in folders() {
        for document in read(&folder).0 {
            let Ok(file) = String::from_utf8(std::fs::read(&document.origin.path).unwrap()) else { continue };
            let file = file.trim_start_matches('\u{FEFF}');
            for passage in &document.passages {
                let Some(bytes) = document.lines.bytes(passage.span) else { continue };
                let (words, there) = (passage.span.of(&document.text), as_read(bytes.of(file)));
                // The words stand there in this order, with marks and white space between them.
                let mut rest = there.as_str();
                for word in words.split(|mark: char| !mark.is_alphanumeric()).filter(|word| !word.is_empty()) {
                    let found = rest.find(word).or_else(|| rest.find('{'));
                    assert!(found.is_some(), "{}: {word:?} of {words:?} is not in {there:?}", document.origin.path);
                    rest = &rest[found.unwrap_or(0)..];
                }
                held += usize::from(words == there);
            }
        }
    }
    assert!(held > 50, "most passages are written as they are read: {held}");
}

#[test]
fn passages_leave_nothing_out_but_white_space() {
    for folder in folders() {
        for document in read(&folder).0 {
            let mut at = 0;
            for passage in &document.passages {
                assert!(document.text[at..passage.span.start as usize].trim().is_empty(), "{}", document.origin.path);
                assert!(!passage.span.is_empty());
                at = passage.span.end as usize;
            }
            assert!(document.text[at..].trim().is_empty(), "{}", document.origin.path);
        }
    }
}
