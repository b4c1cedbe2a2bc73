//! Paths, folders, patterns and `-` → the inputs, sorted, each once, with all that path, flags and manifest tell of them.

use super::encoding::{self, Unreadable};
use super::fields;
use super::manifest::{MANIFEST_NAME, Manifest};
use super::naming::Names;
use super::pattern::{Pattern, is_pattern, literal_folder, shown};
use super::unread::{self, Choice, Found};
use super::{ReadSettings, Reader, packed};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Skipped;
use ignore::WalkBuilder;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of the file that lists, as a `.gitignore` does, what this program leaves out.
const IGNORE_FILE: &str = ".crossclaimignore";

/// What is to be read, and what cannot be.
#[derive(Debug, Clone)]
pub struct Discovery {
    /// The inputs by path, each once.
    pub inputs: Vec<Input>,
    /// Files that are there and are not read, by path.
    pub skipped: Vec<Skipped>,
}

/// One file, or standard input, to be read by [`read_input`](super::read_input).
#[derive(Debug, Clone)]
pub struct Input {
    place: Where,
    shown: String,
    format: Option<&'static str>,
    names: Names,
}

#[derive(Debug, Clone)]
enum Where {
    File(PathBuf),
    Memory(Arc<[u8]>),
    StandardInput,
}

impl Input {
    /// Bytes that stand in memory, to be read as the file `name` would be.
    pub fn of_bytes(name: &str, bytes: Vec<u8>) -> Self {
        let named = standard_input(&ReadSettings { stdin_name: Some(name.to_owned()), ..ReadSettings::default() });
        Self { place: Where::Memory(bytes.into()), ..named }
    }

    /// The path as it is reported.
    pub fn path(&self) -> &str {
        &self.shown
    }

    /// The reader that the name tells, if it does.
    pub(super) fn reader(&self) -> Option<&'static dyn Reader> {
        self.format.and_then(unread::by_format)
    }

    pub(super) fn names(&self) -> &Names {
        &self.names
    }

    /// Everything besides the bytes of a file and the settings that decides what it is read as.
    pub fn decides(&self) -> String {
        format!("{:?}", (&self.shown, self.format, &self.names))
    }

    /// The same input with the bytes of its file in memory, and those. Nothing where it is no file of at most `most` bytes that can be
    /// read.
    pub fn in_memory(&self, most: u64) -> Option<(Self, Arc<[u8]>)> {
        let Where::File(path) = &self.place else { return None };
        let file = File::open(path).ok()?;
        let length = file.metadata().ok().filter(|about| about.is_file() && about.len() <= most)?.len();
        let mut bytes = Vec::with_capacity(usize::try_from(length).ok()? + 1);
        // The file may have grown since.
        file.take(most + 1).read_to_end(&mut bytes).ok().filter(|read| *read as u64 <= most)?;
        let bytes: Arc<[u8]> = bytes.into();
        Some((Self { place: Where::Memory(Arc::clone(&bytes)), ..self.clone() }, bytes))
    }

    /// The first bytes, and all of them, unpacked where they are compressed.
    pub(super) fn open(&self, settings: &ReadSettings) -> std::result::Result<(Vec<u8>, Box<dyn BufRead>), Unreadable> {
        let limit = settings.max_unpacked_bytes;
        encoding::open(match &self.place {
            Where::File(path) => packed::unpack(File::open(path)?, limit)?,
            Where::Memory(bytes) => packed::unpack(Cursor::new(Arc::clone(bytes)), limit)?,
            Where::StandardInput => packed::unpack(std::io::stdin(), limit)?,
        })
    }
}

/// Lists what `paths` name: files, folders, patterns, and `-` for standard input.
///
/// Fails where a path does not exist, a folder or pattern holds nothing that can be read, a manifest is wrong, or a
/// `--source` pattern matches no input.
pub fn discover(paths: &[PathBuf], settings: &ReadSettings) -> Result<Discovery> {
    if paths.is_empty() {
        return Err(Error::new(
            ErrorKind::Usage,
            "no input: name a file, a folder, a pattern, or - for standard input",
        ));
    }
    fields::check(&settings.fields)?;
    let manifest = settings.manifest.as_deref().and_then(|path| path.canonicalize().ok());
    let mut listing = Listing { manifest, ..Listing::default() };
    for path in paths {
        listing.add(path, settings)?;
    }
    if listing.files.is_empty() && listing.stdin.is_none() {
        return Err(nothing_to_read(&listing.skipped));
    }
    listing.name_given_folders(paths);
    let found: Vec<PathBuf> = match &settings.manifest {
        Some(path) => vec![path.clone()],
        None => listing.bases.iter().map(|folder| folder.join(MANIFEST_NAME)).filter(|path| path.is_file()).collect(),
    };
    let manifest = Manifest::load(found.iter().map(PathBuf::as_path))?;
    let mut inputs = listing.inputs(&manifest);
    apply_flags(&mut inputs, settings)?;
    Ok(Discovery { inputs, skipped: listing.skipped.into_iter().collect() })
}

/// A file on its way to becoming an input.
#[derive(Debug)]
struct Candidate {
    path: PathBuf,
    shown: String,
    format: Option<&'static str>,
    folder: Option<String>,
}

#[derive(Debug, Default)]
struct Listing {
    /// By canonical path, so that a file reached twice is read once.
    files: BTreeMap<PathBuf, Candidate>,
    skipped: BTreeSet<Skipped>,
    /// Folders in which a manifest is looked for.
    bases: BTreeSet<PathBuf>,
    /// Given folders that hold documents of their own, with those.
    flat_folders: Vec<(PathBuf, Vec<PathBuf>)>,
    stdin: Option<Input>,
    manifest: Option<PathBuf>,
}

impl Listing {
    fn add(&mut self, path: &Path, settings: &ReadSettings) -> Result<()> {
        let text = path.to_string_lossy();
        if text == "-" {
            self.stdin = Some(standard_input(settings));
            return Ok(());
        }
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.add_folder(path, None, settings),
            Ok(_) => {
                self.add_named(path);
                Ok(())
            }
            Err(_) if is_pattern(&text) => {
                let pattern = Pattern::new(&text)
                    .map_err(|reason| Error::new(ErrorKind::Usage, format!("`{text}` is no pattern: {reason}")))?;
                let base = match literal_folder(&text) {
                    "" => ".",
                    folder => folder,
                };
                self.add_folder(Path::new(base), Some((&pattern, &text)), settings)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(Error::new(ErrorKind::Input, format!("`{text}` does not exist")))
            }
            Err(error) => Err(Error::new(ErrorKind::Input, format!("`{text}` cannot be read: {error}"))),
        }
    }

    /// A file that the user named: ignore files do not hide it, and an unknown ending is looked into.
    fn add_named(&mut self, path: &Path) {
        if let Some(folder) = path.parent() {
            self.bases.insert(folder.to_owned());
        }
        match unread::by_name(&name_of(path), Found::Named) {
            Choice::Read(reader) => self.insert(path, Some(reader.name()), None),
            Choice::Look | Choice::PassOver => self.insert(path, None, None),
            Choice::Skip(reason) => self.skip(path, reason),
        }
    }

    /// All that is in a folder; with a pattern, what of it matches.
    fn add_folder(&mut self, folder: &Path, only: Option<(&Pattern, &str)>, settings: &ReadSettings) -> Result<()> {
        self.bases.insert(folder.to_owned());
        let mut documents = Vec::new();
        let mut skipped = BTreeSet::new();
        for item in walk(folder, settings.hidden) {
            let path = match item {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => entry.into_path(),
                Ok(_) => continue,
                Err(error) => {
                    let path = shown(&path_of(&error).unwrap_or_else(|| folder.to_owned()));
                    skipped.insert(Skipped { path, place: None, reason: format!("cannot be read: {}", cause(&error)) });
                    continue;
                }
            };
            if only.is_some_and(|(pattern, _)| !pattern.matches(&shown(&path))) || self.is_manifest(&path) {
                continue;
            }
            match unread::by_name(&name_of(&path), Found::Inside) {
                Choice::Read(reader) => documents.push((path, reader.name())),
                Choice::PassOver => {}
                Choice::Skip(reason) => {
                    skipped.insert(Skipped { path: shown(&path), place: None, reason: reason.to_owned() });
                }
                Choice::Look => {
                    skipped.insert(Skipped { path: shown(&path), place: None, reason: look(&path, settings) });
                }
            }
        }
        if documents.is_empty() {
            let what = match only {
                Some((_, pattern)) => format!("no document matches `{pattern}`"),
                None => format!("`{}` holds no document", shown(folder)),
            };
            return Err(Error::new(ErrorKind::Input, what + &first_of(&skipped)));
        }
        self.skipped.extend(skipped);
        let outlets = folders_are_outlets(folder, documents.iter().map(|(path, _)| path.as_path()));
        if !outlets && only.is_none() {
            self.flat_folders.push((folder.to_owned(), documents.iter().map(|(path, _)| path.clone()).collect()));
        }
        for (path, format) in documents {
            let outlet = if outlets { first_folder(folder, &path) } else { None };
            self.insert(&path, Some(format), outlet);
        }
        Ok(())
    }

    fn insert(&mut self, path: &Path, format: Option<&'static str>, folder: Option<String>) {
        let key = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let shown = shown(path);
        match self.files.get_mut(&key) {
            Some(known) => {
                // Of two ways to one file the same is reported, in whatever order they were given.
                if shown < known.shown {
                    known.shown = shown;
                    known.path = path.to_owned();
                    known.format = format.or(known.format);
                }
                known.folder = match (known.folder.take(), folder) {
                    (Some(one), Some(other)) => Some(one.min(other)),
                    (one, other) => one.or(other),
                };
            }
            None => {
                self.files.insert(key, Candidate { path: path.to_owned(), shown, format, folder });
            }
        }
    }

    fn skip(&mut self, path: &Path, reason: &str) {
        self.skipped.insert(Skipped { path: shown(path), place: None, reason: reason.to_owned() });
    }

    /// Whether `path` is the manifest that was given, whatever it is called.
    fn is_manifest(&self, path: &Path) -> bool {
        self.manifest.as_ref().is_some_and(|manifest| path.canonicalize().is_ok_and(|real| real == *manifest))
    }

    /// Where several folders were given and nothing else, each is an outlet: `compare courier/ gazette/`.
    fn name_given_folders(&mut self, given: &[PathBuf]) {
        let folders: BTreeSet<&PathBuf> = self.flat_folders.iter().map(|(folder, _)| folder).collect();
        let names: BTreeSet<String> = folders.iter().filter_map(|folder| outlet_name(folder)).collect();
        let only_folders = given.iter().all(|path| folders.contains(path));
        if !only_folders || names.len() < 2 || names.len() != folders.len() {
            return;
        }
        // A file of two given folders is of the inner one, in whatever order they were given.
        let mut inner_first = std::mem::take(&mut self.flat_folders);
        inner_first.sort_by(|one, other| other.0.cmp(&one.0));
        for (folder, documents) in inner_first {
            for path in documents {
                let key = path.canonicalize().unwrap_or(path);
                if let Some(candidate) = self.files.get_mut(&key) {
                    candidate.folder = candidate.folder.take().or_else(|| outlet_name(&folder));
                }
            }
        }
    }

    /// The finished inputs, by path.
    fn inputs(&mut self, manifest: &Manifest) -> Vec<Input> {
        let mut inputs: Vec<Input> = std::mem::take(&mut self.files)
            .into_iter()
            .map(|(real, candidate)| Input {
                names: Names {
                    flag: None,
                    entry: manifest.entry(&candidate.path, &real),
                    folder: candidate.folder,
                    stem: stem_of(&candidate.path),
                },
                place: Where::File(candidate.path),
                shown: candidate.shown,
                format: candidate.format,
            })
            .chain(self.stdin.take())
            .collect();
        inputs.sort_by(|left, right| left.shown.cmp(&right.shown));
        inputs
    }
}

/// Puts the names of `--source NAME=GLOB` on the inputs; each must match at least one.
fn apply_flags(inputs: &mut [Input], settings: &ReadSettings) -> Result<()> {
    for (name, glob) in &settings.sources {
        let usage = |message: String| Error::new(ErrorKind::Usage, message);
        let name = name.trim();
        if name.is_empty() {
            return Err(usage(format!("--source ={glob}: the outlet's name is missing; write NAME=GLOB")));
        }
        let pattern = Pattern::new(glob).map_err(|reason| usage(format!("--source {name}={glob}: {reason}")))?;
        let by_file_name = !glob.contains('/');
        let mut matched = false;
        for input in inputs.iter_mut() {
            let file_name = input.shown.rsplit('/').next().unwrap_or(&input.shown);
            let real = || match &input.place {
                Where::File(path) => path.canonicalize().is_ok_and(|real| pattern.matches(&shown(&real))),
                Where::Memory(_) | Where::StandardInput => false,
            };
            if pattern.matches(&input.shown) || (by_file_name && pattern.matches(file_name)) || real() {
                matched = true;
                input.names.flag.get_or_insert_with(|| name.to_owned());
            }
        }
        if !matched {
            return Err(usage(format!("--source {name}={glob}: unknown source, `{glob}` matches none of the inputs")));
        }
    }
    Ok(())
}

fn standard_input(settings: &ReadSettings) -> Input {
    let shown = settings.stdin_name.clone().unwrap_or_else(|| "-".to_owned());
    let inner = settings.stdin_name.as_deref().map(packed::inner_name);
    let extension = inner.and_then(|name| name.rsplit_once('.')).map(|(_, end)| end.to_lowercase());
    let stem = match &settings.stdin_name {
        Some(name) => stem_of(Path::new(name)),
        None => "stdin".to_owned(),
    };
    let format = extension.and_then(|extension| unread::by_extension(&extension)).map(Reader::name);
    Input { place: Where::StandardInput, shown, format, names: Names { stem, ..Names::default() } }
}

/// Walks a folder: ignore files obeyed, hidden files left out unless asked for, links followed but never in a circle. What lies outside of
/// the folder's own tree, such as a user's global ignore file, has no say, so that every machine lists the same files.
fn walk(folder: &Path, hidden: bool) -> impl Iterator<Item = std::result::Result<ignore::DirEntry, ignore::Error>> {
    WalkBuilder::new(folder)
        .hidden(!hidden)
        .ignore(false)
        .git_ignore(true)
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .add_custom_ignore_filename(IGNORE_FILE)
        .follow_links(true)
        // The store of a repository is hidden and holds no document, whatever else is asked for.
        .filter_entry(|entry| entry.depth() == 0 || entry.file_name() != ".git")
        .sort_by_file_path(Path::cmp)
        .build()
}

/// Folders are outlets where a given folder holds no document itself, at least two folders in it do, and their names are
/// more than dates or numbers.
fn folders_are_outlets<'a>(given: &Path, documents: impl Iterator<Item = &'a Path>) -> bool {
    let mut names = BTreeSet::new();
    for path in documents {
        match first_folder(given, path) {
            Some(name) => names.insert(name),
            None => return false,
        };
    }
    names.len() >= 2 && names.iter().all(|name| name.contains(char::is_alphabetic))
}

/// The first folder on the way from `given` to `path`.
fn first_folder(given: &Path, path: &Path) -> Option<String> {
    let mut below = path.strip_prefix(given).ok()?.components();
    let first = below.next()?;
    below.next()?;
    Some(first.as_os_str().to_string_lossy().into_owned())
}

/// The name of a given folder as an outlet, unless it is a date or a number.
fn outlet_name(folder: &Path) -> Option<String> {
    let name = folder.file_name()?.to_string_lossy().into_owned();
    name.contains(char::is_alphabetic).then_some(name)
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The name of a file without the endings that tell its format and its packing.
fn stem_of(path: &Path) -> String {
    let name = name_of(path);
    Path::new(packed::inner_name(&name)).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Why a file in a folder, whose name tells nothing, is not read.
fn look(path: &Path, settings: &ReadSettings) -> String {
    let mut head = Vec::new();
    let read = File::open(path)
        .and_then(|file| packed::unpack(file, settings.max_unpacked_bytes))
        .and_then(|file| file.take(encoding::HEAD as u64).read_to_end(&mut head));
    let name = name_of(path);
    let extension =
        Path::new(packed::inner_name(&name)).extension().map(|extension| extension.to_string_lossy().into_owned());
    match read {
        Ok(_) => unread::stranger(&head, extension.as_deref()),
        Err(error) => format!("cannot be read: {error}"),
    }
}

/// The path an error of the walk is about.
fn path_of(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        ignore::Error::Loop { child, .. } => Some(child.clone()),
        _ => None,
    }
}

/// What an error of the walk says, without the path it repeats.
fn cause(error: &ignore::Error) -> String {
    match error {
        ignore::Error::WithPath { err, .. }
        | ignore::Error::WithDepth { err, .. }
        | ignore::Error::WithLineNumber { err, .. } => cause(err),
        ignore::Error::Loop { ancestor, .. } => format!("the link leads back to {}", shown(ancestor)),
        other => other.to_string(),
    }
}

/// The end of a message about a folder without documents: what was found instead.
fn first_of(skipped: &BTreeSet<Skipped>) -> String {
    match (skipped.first(), skipped.len()) {
        (None, _) => " (.html, .xml, .txt, .md, .rst, .adoc, .jsonl, .json, .csv or .tsv)".to_owned(),
        (Some(first), 1) => format!("; {}: {}", first.path, first.reason),
        (Some(first), count) => {
            format!("; {count} files cannot be read, the first is {}: {}", first.path, first.reason)
        }
    }
}

fn nothing_to_read(skipped: &BTreeSet<Skipped>) -> Error {
    Error::new(ErrorKind::Input, format!("no input can be read{}", first_of(skipped)))
}
