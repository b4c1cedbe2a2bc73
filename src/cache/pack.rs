//! A file of results: what it looks like, and how it is read and written.
//!
//! ```text
//! magic   results, one after another   index   number of results   hash of the index   magic
//! ```
//!
//! The index stands at the end, sorted by key: for every result its key, place, length and a hash. A file that was cut off, or
//! whose index is not what its hash says, is no pack; a result that is not what its hash says is none.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

const MAGIC: [u8; 8] = *b"XCLPACK1";

/// Bytes of one line of the index.
const LINE: usize = 16 + 8 + 4 + 8;

/// Bytes behind the index.
const TAIL: usize = 8 + 8 + MAGIC.len();

/// Where a result stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    pub(super) key: u128,
    place: u64,
    pub(super) length: u32,
    hash: u64,
}

impl Line {
    fn bytes(self) -> [u8; LINE] {
        let mut bytes = [0; LINE];
        bytes[..16].copy_from_slice(&self.key.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.place.to_le_bytes());
        bytes[24..28].copy_from_slice(&self.length.to_le_bytes());
        bytes[28..].copy_from_slice(&self.hash.to_le_bytes());
        bytes
    }

    fn of(bytes: &[u8]) -> Option<Self> {
        Some(Self {
            key: u128::from_le_bytes(bytes.get(..16)?.try_into().ok()?),
            place: number(bytes.get(16..24)?)?,
            length: u32::from_le_bytes(bytes.get(24..28)?.try_into().ok()?),
            hash: number(bytes.get(28..36)?)?,
        })
    }
}

fn number(bytes: &[u8]) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}

/// The hash of a result: with its key, so that one that stands in the place of another is none.
fn hash(key: u128, bytes: &[u8]) -> u64 {
    xxh3_64_with_seed(bytes, (key >> 64) as u64 ^ key as u64)
}

/// A pack that is read.
#[derive(Debug)]
pub(super) struct Pack {
    pub(super) path: PathBuf,
    /// When it was written.
    pub(super) written: SystemTime,
    /// Bytes of the file.
    pub(super) size: u64,
    file: Mutex<File>,
    index: Vec<Line>,
    used: Vec<AtomicBool>,
    damaged: AtomicBool,
}

impl Pack {
    /// Opens the file; nothing where it is no whole pack.
    pub(super) fn open(path: &Path) -> io::Result<Option<Self>> {
        let mut file = File::open(path)?;
        let about = file.metadata()?;
        let size = about.len();
        let Some(index) = index(&mut file, size)? else { return Ok(None) };
        let used = index.iter().map(|_| AtomicBool::new(false)).collect();
        Ok(Some(Self {
            path: path.to_owned(),
            written: about.modified().unwrap_or(SystemTime::UNIX_EPOCH),
            size,
            file: Mutex::new(file),
            index,
            used,
            damaged: AtomicBool::new(false),
        }))
    }

    /// The result of this key, if it is here and whole.
    pub(super) fn get(&self, key: u128) -> Option<Vec<u8>> {
        let at = self.index.binary_search_by_key(&key, |line| line.key).ok()?;
        let bytes = self.read(self.index[at]);
        if bytes.is_some() {
            self.used[at].store(true, Ordering::Relaxed);
        } else {
            self.damaged.store(true, Ordering::Relaxed);
        }
        bytes
    }

    /// The result that `line` of this pack tells of, if it is whole.
    pub(super) fn read(&self, line: Line) -> Option<Vec<u8>> {
        let mut bytes = vec![0; line.length as usize];
        {
            let mut file = self.file.lock().ok()?;
            file.seek(SeekFrom::Start(line.place)).ok()?;
            file.read_exact(&mut bytes).ok()?;
        }
        (hash(line.key, &bytes) == line.hash).then_some(bytes)
    }

    /// The results that were asked for, or the others.
    pub(super) fn lines(&self, used: bool) -> impl Iterator<Item = Line> + '_ {
        let asked = self.index.iter().zip(&self.used);
        asked.filter(move |(_, was)| was.load(Ordering::Relaxed) == used).map(|(line, _)| *line)
    }

    /// Whether a result was asked for that is not whole.
    pub(super) fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::Relaxed)
    }
}

/// The index of a file of this size; nothing where it is no whole pack.
fn index(file: &mut File, size: u64) -> io::Result<Option<Vec<Line>>> {
    let least = (MAGIC.len() + TAIL) as u64;
    if size < least {
        return Ok(None);
    }
    let mut tail = [0; TAIL];
    file.seek(SeekFrom::Start(size - TAIL as u64))?;
    file.read_exact(&mut tail)?;
    let (Some(count), Some(hash)) = (number(&tail[..8]), number(&tail[8..16])) else { return Ok(None) };
    let room = size - least;
    let Some(length) = count.checked_mul(LINE as u64).filter(|length| *length <= room && tail[16..] == MAGIC) else {
        return Ok(None);
    };
    let mut bytes = vec![0; length as usize];
    file.seek(SeekFrom::Start(size - TAIL as u64 - length))?;
    file.read_exact(&mut bytes)?;
    if xxh3_64(&bytes) != hash {
        return Ok(None);
    }
    let end = size - TAIL as u64 - length;
    let lines: Vec<Line> = bytes.chunks_exact(LINE).filter_map(Line::of).collect();
    let fits = |line: &Line| line.place.checked_add(u64::from(line.length)).is_some_and(|to| to <= end);
    let is_sorted = lines.is_sorted_by(|one, two| one.key < two.key);
    Ok((is_sorted && lines.iter().all(fits)).then_some(lines))
}

/// A pack that is being written, beside its place. What is not finished is taken away with it.
#[derive(Debug)]
pub(super) struct Writer {
    path: PathBuf,
    /// Nothing once the file has its name.
    out: Option<BufWriter<File>>,
    index: Vec<Line>,
    at: u64,
}

impl Writer {
    pub(super) fn create(path: PathBuf) -> io::Result<Self> {
        let out = BufWriter::new(File::options().write(true).create_new(true).open(&path)?);
        let mut writer = Self { path, out: Some(out), index: Vec::new(), at: MAGIC.len() as u64 };
        writer.write(&MAGIC)?;
        Ok(writer)
    }

    /// Adds a result. What is longer than 4 GiB is left out.
    pub(super) fn add(&mut self, key: u128, bytes: &[u8]) -> io::Result<()> {
        let Ok(length) = u32::try_from(bytes.len()) else { return Ok(()) };
        self.write(bytes)?;
        self.index.push(Line { key, place: self.at, length, hash: hash(key, bytes) });
        self.at += u64::from(length);
        Ok(())
    }

    /// Bytes the finished file will have.
    pub(super) fn size(&self) -> u64 {
        self.at + (self.index.len() * LINE + TAIL) as u64
    }

    /// Bytes that one more result of this length would add.
    pub(super) fn share(length: u32) -> u64 {
        u64::from(length) + LINE as u64
    }

    /// Writes the index and gives the finished file its name, made of `prefix` and what is in it.
    pub(super) fn finish(mut self, folder: &Path, prefix: &str, ending: &str) -> io::Result<PathBuf> {
        self.index.sort_unstable();
        // Two threads may have made one result.
        self.index.dedup_by_key(|line| line.key);
        let bytes: Vec<u8> = self.index.iter().flat_map(|line| line.bytes()).collect();
        let hash = xxh3_64(&bytes);
        let count = (self.index.len() as u64).to_le_bytes();
        self.write(&[&bytes, &count[..], &hash.to_le_bytes(), &MAGIC].concat())?;
        let path = folder.join(format!("{prefix}{hash:016x}{ending}"));
        if let Some(out) = &mut self.out {
            out.flush()?;
            std::fs::rename(&self.path, &path)?;
        }
        self.out = None;
        Ok(path)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.as_mut().map_or(Ok(()), |out| out.write_all(bytes))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if let Some(out) = self.out.take() {
            // Nothing of it is worth writing any more. What cannot be removed is found again by its age.
            drop(out.into_parts());
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
