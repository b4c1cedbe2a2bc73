//! Results that an earlier run made, in a folder: key → bytes.
//!
//! What comes in: a key made of all that a result depends on, and the result as bytes. What goes out: those bytes, in a later
//! run, or nothing; a run with what it finds here does what it would have done without. Results lie in `pack`s, files that
//! are written beside their place, named when they are whole, and never changed: runs side by side each read what is
//! there when they begin and add a file of their own. Files that are no whole pack are taken away; a result that is not
//! what was written counts as absent and is made anew. The folder is bounded: what a run did not ask for goes first,
//! the oldest file before the others.

mod pack;

use crate::error::{Error, ErrorKind, Result};
use pack::{Line, Pack, Writer};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};
use xxhash_rust::xxh3::xxh3_128;

/// The names of packs begin so; another layout gets another name, and neither reads the other's.
const PREFIX: &str = "v1-";

/// And end so.
const ENDING: &str = ".pack";

/// The names of packs that are being written end so.
const UNFINISHED: &str = ".part";

/// What was left unfinished this long ago will not be finished.
const GIVEN_UP: Duration = Duration::from_secs(3_600);

/// With more packs than this, small ones are put together: every key is looked up in all of them.
const MOST_PACKS: usize = 8;

/// A folder that has grown too large is cut to this share of its bound, so that not every run has to cut.
const KEPT_SHARE: f64 = 0.75;

/// What a cache folder is told by, after the Cache Directory Tagging Specification (bford.info/cachedir): backups pass it over.
const TAG: (&str, &str) = ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n");

/// The key of a result of this kind that depends on these bytes alone.
pub fn key(kind: &str, depends_on: &[u8]) -> u128 {
    let parts = [kind.as_bytes(), &[0], depends_on].concat();
    xxh3_128(&parts)
}

/// A folder of results.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    most_bytes: u64,
    /// The newest first.
    packs: Vec<Pack>,
    /// What this run made; nothing before its first result, and nothing more once one could not be written.
    added: Mutex<Added>,
}

#[derive(Debug)]
enum Added {
    Nothing,
    Some(Writer),
    Failed,
}

impl Cache {
    /// Opens the folder, which is made where it is not there. It is to take no more than `most_bytes`.
    ///
    /// # Errors
    ///
    /// The folder cannot be made, read or written to.
    pub fn open(folder: &Path, most_bytes: u64) -> Result<Self> {
        let failed = |error: io::Error| {
            Error::new(ErrorKind::Usage, format!("the cache {} cannot be used: {error}", folder.display()))
        };
        let is_new = !folder.is_dir();
        fs::create_dir_all(folder).map_err(failed)?;
        if is_new {
            // Neither a repository nor a search through a folder of documents is to take these files for its own.
            fs::write(folder.join(".gitignore"), "*\n").map_err(failed)?;
            fs::write(folder.join(TAG.0), TAG.1).map_err(failed)?;
        }
        let mut packs = Vec::new();
        for entry in fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if !name.starts_with(PREFIX) {
                continue;
            }
            if name.ends_with(UNFINISHED) {
                remove_if_given_up(&path);
            } else if name.ends_with(ENDING) {
                match Pack::open(&path) {
                    Ok(Some(pack)) => packs.push(pack),
                    Ok(None) => remove(&path),
                    // Another run took it away, or it is not for us to read.
                    Err(_) => {}
                }
            }
        }
        packs.sort_by(|one, two| two.written.cmp(&one.written).then_with(|| one.path.cmp(&two.path)));
        Ok(Self { folder: folder.to_owned(), most_bytes, packs, added: Mutex::new(Added::Nothing) })
    }

    /// The result of this key, if an earlier run made it.
    pub fn get(&self, key: u128) -> Option<Vec<u8>> {
        self.packs.iter().find_map(|pack| pack.get(key))
    }

    /// Keeps a result for later runs. What cannot be written is not kept.
    pub fn put(&self, key: u128, bytes: &[u8]) {
        let Ok(mut added) = self.added.lock() else { return };
        if matches!(*added, Added::Nothing) {
            *added = Writer::create(self.unfinished()).map_or(Added::Failed, Added::Some);
        }
        if let Added::Some(writer) = &mut *added {
            // What is left out here would be the first to go when the folder is put in order.
            let fits =
                u32::try_from(bytes.len()).is_ok_and(|length| writer.size() + Writer::share(length) <= self.most_bytes);
            if fits && writer.add(key, bytes).is_err() {
                *added = Added::Failed;
            }
        }
    }

    /// Names what was added, and puts the folder in order. What cannot be written is not kept.
    pub fn close(self) {
        let Self { folder, most_bytes, mut packs, added } = self;
        if let Ok(Added::Some(writer)) = added.into_inner()
            && let Ok(path) = writer.finish(&folder, PREFIX, ENDING)
            && let Ok(Some(pack)) = Pack::open(&path)
        {
            packs.retain(|known| known.path != path);
            packs.insert(0, pack);
        }
        let size: u64 = packs.iter().map(|pack| pack.size).sum();
        if size > most_bytes {
            let all: Vec<&Pack> = packs.iter().collect();
            put_together(&folder, &all, (most_bytes as f64 * KEPT_SHARE) as u64);
        } else if packs.len() > MOST_PACKS || packs.iter().any(Pack::is_damaged) {
            put_together(&folder, &to_put_together(&packs), most_bytes);
        }
    }

    /// A name that no other run and no other thread uses.
    fn unfinished(&self) -> PathBuf {
        unfinished(&self.folder)
    }
}

/// The packs that are put into one: those with damage and the newest, which has what was made anew in its place; and where
/// there are many, the smallest, as long as the next is not larger than all before it. So a large one is seldom written anew.
fn to_put_together(packs: &[Pack]) -> Vec<&Pack> {
    let mut chosen: BTreeSet<&Path> =
        packs.iter().filter(|pack| pack.is_damaged()).map(|pack| pack.path.as_path()).collect();
    if !chosen.is_empty() {
        chosen.extend(packs.first().map(|pack| pack.path.as_path()));
    }
    if packs.len() > MOST_PACKS {
        let mut by_size: Vec<&Pack> = packs.iter().collect();
        by_size.sort_by_key(|pack| pack.size);
        let mut sum = 0;
        for (at, pack) in by_size.into_iter().enumerate() {
            if at >= 2 && pack.size > sum {
                break;
            }
            sum += pack.size;
            chosen.insert(&pack.path);
        }
    }
    packs.iter().filter(|pack| chosen.contains(pack.path.as_path())).collect()
}

/// Writes the results of `packs`, the newest first, into one of at most `most_bytes`, and takes the others away. What was
/// asked for goes in first.
fn put_together(folder: &Path, packs: &[&Pack], most_bytes: u64) {
    let Ok(mut writer) = Writer::create(unfinished(folder)) else { return };
    let mut known = BTreeSet::new();
    for used in [true, false] {
        for pack in packs {
            for line in pack.lines(used) {
                let fits = writer.size() + Writer::share(line.length) <= most_bytes;
                if fits && known.insert(line.key) && add(&mut writer, pack, line).is_err() {
                    return;
                }
            }
        }
    }
    if let Ok(made) = writer.finish(folder, PREFIX, ENDING) {
        for pack in packs.iter().filter(|pack| pack.path != made) {
            remove(&pack.path);
        }
    }
}

fn add(writer: &mut Writer, pack: &Pack, line: Line) -> io::Result<()> {
    match pack.read(line) {
        Some(bytes) => writer.add(line.key, &bytes),
        None => Ok(()),
    }
}

fn unfinished(folder: &Path) -> PathBuf {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    // Where two runs come upon the same name all the same, the later one keeps nothing.
    let moment = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos();
    folder.join(format!("{PREFIX}{moment}-{number}{UNFINISHED}"))
}

fn remove_if_given_up(path: &Path) {
    let written = fs::metadata(path).and_then(|about| about.modified());
    if written.is_ok_and(|moment| moment.elapsed().is_ok_and(|since| since > GIVEN_UP)) {
        remove(path);
    }
}

/// Takes a file away; one that stays is no harm, and the next run tries again.
fn remove(path: &Path) {
    let _ = fs::remove_file(path);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own, gone when it is dropped.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("crossclaim-cache-{}-{name}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            Self(path)
        }

        fn open(&self, most_bytes: u64) -> Cache {
            Cache::open(&self.0, most_bytes).expect("a folder of one's own can be used")
        }

        fn packs(&self) -> Vec<PathBuf> {
            let all = fs::read_dir(&self.0).expect("it is there").map(|entry| entry.expect("it can be read").path());
            all.filter(|path| path.to_string_lossy().ends_with(ENDING)).collect()
        }

        fn size(&self) -> u64 {
            self.packs().iter().map(|path| fs::metadata(path).expect("it is there").len()).sum()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    const MUCH: u64 = 1 << 30;

    fn keys(from: u32, to: u32) -> impl Iterator<Item = u128> {
        (from..to).map(|number| key("test", &number.to_le_bytes()))
    }

    fn fill(cache: &Cache, from: u32, to: u32) {
        keys(from, to).zip(from..to).for_each(|(key, number)| cache.put(key, &number.to_le_bytes().repeat(25)));
    }

    fn holds(cache: &Cache, from: u32, to: u32) -> usize {
        let whole = |(key, number): (u128, u32)| cache.get(key) == Some(number.to_le_bytes().repeat(25));
        keys(from, to).zip(from..to).filter(|pair| whole(*pair)).count()
    }

    #[test]
    fn what_one_run_puts_the_next_one_gets() {
        let folder = Folder::new("next");
        let cache = folder.open(MUCH);
        assert_eq!(holds(&cache, 0, 10), 0);
        fill(&cache, 0, 10);
        cache.put(key("test", b"nothing"), b"");
        cache.close();
        let cache = folder.open(MUCH);
        assert_eq!(holds(&cache, 0, 20), 10);
        assert_eq!(cache.get(key("test", b"nothing")), Some(Vec::new()));
        assert_eq!(cache.get(key("other", &0_u32.to_le_bytes())), None);
        cache.close();
        assert_eq!(folder.packs().len(), 1, "a run that adds nothing writes nothing");
        assert!(folder.0.join(".gitignore").is_file() && folder.0.join("CACHEDIR.TAG").is_file());
    }

    #[test]
    fn runs_side_by_side_keep_what_each_of_them_made() {
        let folder = Folder::new("side");
        std::thread::scope(|scope| {
            for run in 0..6 {
                let folder = &folder;
                scope.spawn(move || {
                    for round in 0..5 {
                        let cache = folder.open(MUCH);
                        fill(&cache, run * 100, run * 100 + 20 * (round + 1));
                        cache.close();
                    }
                });
            }
        });
        let cache = folder.open(MUCH);
        assert_eq!(holds(&cache, 0, 600), 600);
    }

    #[test]
    fn many_small_files_become_few() {
        let folder = Folder::new("many");
        for run in 0..40 {
            let cache = folder.open(MUCH);
            fill(&cache, run * 10, run * 10 + 10);
            cache.close();
            assert!(folder.packs().len() <= MOST_PACKS + 1, "{}", folder.packs().len());
        }
        assert_eq!(holds(&folder.open(MUCH), 0, 400), 400);
    }

    #[test]
    fn a_full_folder_keeps_what_was_asked_for_last() {
        let folder = Folder::new("full");
        let most = 30_000;
        for run in 0..20 {
            let cache = folder.open(most);
            holds(&cache, 0, 20);
            fill(&cache, if run == 0 { 0 } else { run * 50 }, run * 50 + 50);
            cache.close();
            assert!(folder.size() <= most, "{} bytes after run {run}", folder.size());
        }
        let cache = folder.open(most);
        assert_eq!((holds(&cache, 0, 20), holds(&cache, 950, 1_000)), (20, 50));
        assert!(holds(&cache, 0, 1_000) < 300);
    }

    #[test]
    fn a_run_writes_no_more_than_the_folder_may_hold() {
        let folder = Folder::new("bound");
        let (most, cache) = (20_000, folder.open(20_000));
        fill(&cache, 0, 2_000);
        let written: u64 = fs::read_dir(&folder.0)
            .expect("it is there")
            .map(|entry| entry.expect("it can be read").metadata().expect("it is there").len())
            .sum();
        assert!(written <= most, "{written} bytes while the run goes on");
        cache.close();
        assert!((most / 2..=most).contains(&folder.size()), "{}", folder.size());
    }

    #[test]
    fn a_run_that_ends_early_leaves_nothing_behind() {
        let folder = Folder::new("early");
        let cache = folder.open(MUCH);
        fill(&cache, 0, 10);
        drop(cache);
        let left = fs::read_dir(&folder.0).expect("it is there").count();
        assert_eq!(left, 2, "the tag and the list for git");
    }

    #[test]
    fn damage_is_passed_over_and_mended() {
        let folder = Folder::new("damage");
        let cache = folder.open(MUCH);
        fill(&cache, 0, 10);
        cache.close();
        let path = folder.packs().remove(0);
        let whole = fs::read(&path).expect("it is there");
        // Every single byte in turn, and every length: never a wrong result, never a panic.
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x40;
            fs::write(&path, &bytes).expect("it can be written");
            let cache = folder.open(MUCH);
            for (key, number) in keys(0, 10).zip(0_u32..) {
                assert!(cache.get(key).is_none_or(|bytes| bytes == number.to_le_bytes().repeat(25)), "byte {at}");
            }
        }
        for length in 0..whole.len() {
            fs::write(&path, &whole[..length]).expect("it can be written");
            assert_eq!(holds(&folder.open(MUCH), 0, 10), 0, "{length} bytes");
        }
        assert!(folder.packs().is_empty(), "what is no pack is taken away");
        let mut bytes = whole;
        bytes[20] ^= 1;
        fs::write(&path, &bytes).expect("it can be written");
        let cache = folder.open(MUCH);
        assert_eq!(holds(&cache, 0, 10), 9);
        fill(&cache, 0, 10);
        cache.close();
        let cache = folder.open(MUCH);
        assert_eq!((holds(&cache, 0, 10), folder.packs().len()), (10, 1));
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_an_error_that_names_it() {
        let folder = Folder::new("error");
        fs::create_dir_all(&folder.0).expect("it can be made");
        let file = folder.0.join("file");
        fs::write(&file, "text").expect("it can be written");
        let error = Cache::open(&file, MUCH).expect_err("a file is no folder");
        assert!(error.to_string().contains("file cannot be used"), "{error}");
    }
}
