//! The sentences of the story fixtures → a corpus of any size for measuring speed.
//!
//! What comes in: how many articles. What goes out: one JSON record an article: `id, source, published, title, text`.
//! Each invented event draws its sentences from all stories and has names and numbers of its own; five of forty outlets
//! tell it, each with some of the sentences, and now and then with another figure. Sentences therefore recur in many
//! events with other names: the corpus is full of look-alikes, which is what costs time. The generator has a fixed seed:
//! the same number of articles gives the same bytes on every machine. The texts make little sense, so nothing here
//! measures quality.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Any number would do; it must only never change, so that timings of different days can be compared.
const SEED: u64 = 0x0063_726f_7373_636c;
const OUTLETS: usize = 40;
const ARTICLES_PER_EVENT: usize = 5;
/// About what a news article holds.
const SENTENCES_PER_EVENT: usize = 32;
/// Of a hundred sentences of its event, how many an article holds.
const SENTENCES_KEPT: u64 = 70;
/// Of a hundred figures, how many an outlet has otherwise than the others.
const FIGURES_CHANGED: u64 = 4;
/// Words and their surroundings that the simple cut below must not take for the end of a sentence.
const NO_END: [&str; 12] = ["St", "Dr", "Nov", "Sept", "Oct", "Aug", "a.m", "p.m", "Mr", "Mrs", "Gen", "No"];
const SYLLABLES: [&str; 24] = [
    "ba", "cor", "del", "fen", "gar", "hol", "is", "jun", "kel", "lor", "mar", "nes", "or", "pel", "quin", "ros",
    "sal", "tor", "ul", "ver", "wen", "yar", "zan", "mir",
];

/// Gives `articles` records, one after another.
pub(crate) fn each(
    articles: usize,
    mut give: impl FnMut(serde_json::Value) -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let sentences = sentences(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/stories"))?;
    let names = names(&sentences);
    let mut random = Random(SEED);
    let mut given = 0;
    for event in 0.. {
        if given == articles {
            break;
        }
        let event = Event::new(event, &sentences, &names, &mut random);
        for telling in 0..ARTICLES_PER_EVENT.min(articles - given) {
            give(event.article(given, telling, &mut random))?;
            given += 1;
        }
    }
    Ok(())
}

/// SplitMix64 (Steele, Lea & Flood 2014): small, fast, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `bound`, not included. The bias is far below what a timing could show.
    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    fn percent(&mut self, chance: u64) -> bool {
        self.next() % 100 < chance
    }

    /// A pronounceable name of two or three syllables.
    fn name(&mut self) -> String {
        let syllables = 2 + self.below(2);
        let name: String = (0..syllables).map(|_| SYLLABLES[self.below(SYLLABLES.len())]).collect();
        name[..1].to_uppercase() + &name[1..]
    }

    /// A number with as many digits as `digits`.
    fn digits(&mut self, digits: &str) -> String {
        digits
            .chars()
            .enumerate()
            .map(|(index, _)| {
                let digit = if index == 0 { 1 + self.below(9) } else { self.below(10) };
                char::from(b'0' + digit as u8)
            })
            .collect()
    }
}

/// One invented event: sentences that are already about its own people and figures.
struct Event {
    number: usize,
    published: String,
    sentences: Vec<String>,
    outlets: Vec<usize>,
}

impl Event {
    fn new(number: usize, pool: &[String], names: &BTreeSet<String>, random: &mut Random) -> Self {
        let mut chosen = BTreeSet::new();
        while chosen.len() < SENTENCES_PER_EVENT.min(pool.len()) {
            chosen.insert(random.below(pool.len()));
        }
        let mut own_names: BTreeMap<&str, String> = BTreeMap::new();
        let sentences = chosen
            .into_iter()
            .map(|index| {
                let renamed = replace(&pool[index], char::is_alphabetic, |word| {
                    let name = names.get(word)?;
                    Some(own_names.entry(name).or_insert_with(|| random.name()).clone())
                });
                replace(&renamed, |c| c.is_ascii_digit(), |digits| fresh_number(digits, random))
            })
            .collect();
        let first = random.below(OUTLETS);
        // Steps of seven reach all forty outlets, so that no two outlets always tell the same events.
        let outlets = (0..ARTICLES_PER_EVENT).map(|step| (first + step * 7) % OUTLETS).collect();
        let published = format!("2026-{:02}-{:02}", 1 + number / 28 % 12, 1 + number % 28);
        Self { number, published, sentences, outlets }
    }

    fn article(&self, index: usize, telling: usize, random: &mut Random) -> serde_json::Value {
        let mut text = String::new();
        let mut title = "";
        for (place, sentence) in self.sentences.iter().enumerate() {
            if !random.percent(SENTENCES_KEPT) {
                continue;
            }
            let told = replace(
                sentence,
                |c| c.is_ascii_digit(),
                |digits| {
                    if random.percent(FIGURES_CHANGED) { fresh_number(digits, random) } else { None }
                },
            );
            if title.is_empty() {
                title = sentence.trim_end_matches('.');
            }
            let gap = if text.is_empty() {
                ""
            } else if place % 3 == 0 {
                "\n\n"
            } else {
                " "
            };
            write!(text, "{gap}{told}").expect("writing to a string cannot fail");
        }
        serde_json::json!({
            "id": format!("event{}-{index}", self.number),
            "source": format!("Outlet {:02}", self.outlets[telling]),
            "published": self.published,
            "title": title,
            "text": text,
        })
    }
}

/// Another number of the same length; a year stays, since a story about the year 7316 would be read otherwise.
fn fresh_number(digits: &str, random: &mut Random) -> Option<String> {
    let year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    (!year).then(|| random.digits(digits))
}

/// `text` with each longest run of characters that `of` accepts put through `with`, which may leave it as it is.
fn replace(text: &str, of: impl Fn(char) -> bool, mut with: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(&of) {
        let (before, tail) = rest.split_at(start);
        let (run, after) = tail.split_at(tail.find(|c| !of(c)).unwrap_or(tail.len()));
        out.push_str(before);
        match with(run) {
            Some(new) => out.push_str(&new),
            None => out.push_str(run),
        }
        rest = after;
    }
    out + rest
}

/// The sentences of all stories, in order of their files.
fn sentences(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for story in std::fs::read_dir(folder)? {
        let sources = story?.path().join("sources");
        if sources.is_dir() {
            for file in std::fs::read_dir(sources)? {
                files.push(file?.path());
            }
        }
    }
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file)?;
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("txt") => cut(&text, &mut all),
            Some("md") => cut(text.splitn(3, "---\n").last().unwrap_or_default(), &mut all),
            Some("jsonl") => {
                for line in text.lines() {
                    let record: serde_json::Value = serde_json::from_str(line)?;
                    cut(record["text"].as_str().unwrap_or_default(), &mut all);
                }
            }
            _ => {}
        }
    }
    Ok(all)
}

/// Cuts at stops before a capital. Rough, but the text only has to look like news.
fn cut(text: &str, all: &mut Vec<String>) {
    for line in text.lines().filter(|line| line.len() > 60 && line.ends_with('.')) {
        let mut start = 0;
        for (at, _) in line.match_indices(". ") {
            let capital = line[at + 2..].starts_with(|c: char| c.is_uppercase());
            if capital && !NO_END.iter().any(|word| line[..at].ends_with(word)) {
                all.push(line[start..=at].to_owned());
                start = at + 2;
            }
        }
        all.push(line[start..].to_owned());
    }
}

/// The words that are names: written with a capital inside a sentence, and nowhere in the pool without.
fn names(sentences: &[String]) -> BTreeSet<String> {
    let words = |sentence: &str| -> Vec<String> {
        sentence.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let lower: BTreeSet<String> = sentences.iter().flat_map(|sentence| words(sentence)).collect();
    let calendar =
        |word: &str| word.ends_with("day") || ["January", "March", "April", "August", "October"].contains(&word);
    sentences
        .iter()
        .flat_map(|sentence| words(sentence).into_iter().skip(1))
        .filter(|word| word.len() > 2 && word.starts_with(char::is_uppercase))
        .filter(|word| !lower.contains(&word.to_lowercase()) && !calendar(word))
        .collect()
}
