//! Words → the rows of the embedding table that describe them: the word itself, its endings and beginnings, its shape.
//!
//! Training and parsing read words with this one function. What a word is made of is hashed; the model holds the hashes it
//! knows in an open table, so that nothing of the training text is in it and nothing is built when it is loaded.

/// How many features a word has at most.
pub const WORD_FEATURES: usize = 12;

/// How the letters of a sentence are cased: capitals tell little in a headline and nothing where all letters are capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Casing {
    /// Capitals begin sentences and names.
    Sentence = 0,
    /// Most words begin with a capital.
    Title = 1,
    /// No small letters.
    Upper = 2,
    /// No capitals.
    Lower = 3,
}

/// The casing of a sentence of these words.
pub fn casing<'a>(words: impl Iterator<Item = &'a str>) -> Casing {
    let (mut small, mut capital, mut upper, mut long) = (0_usize, 0_usize, 0_usize, 0_usize);
    for word in words {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        let Some(first) = letters.next() else { continue };
        let small_follows = letters.clone().any(char::is_lowercase);
        if first.is_lowercase() {
            small += 1;
            long += usize::from(word.len() > 3);
        } else if small_follows || letters.next().is_none() {
            capital += 1;
        } else {
            upper += 1;
        }
    }
    let all = small + capital + upper;
    if small == 0 && upper > capital && upper > 1 {
        Casing::Upper
    } else if capital + upper == 0 {
        Casing::Lower
    } else if all > 3 && long * 4 < all && (capital + upper) * 2 > all {
        Casing::Title
    } else {
        Casing::Sentence
    }
}

/// The normal form under which a word is looked up: small letters, plain quotes and dashes, every digit the same.
pub fn normal(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    normal_into(word, &mut out);
    out
}

/// Appends the normal form of `word` to `out`.
fn normal_into(word: &str, out: &mut String) {
    let plain = |c: char| match c {
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '`' | '\u{00B4}' => '\'',
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{00AB}' | '\u{00BB}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c if c.is_ascii_digit() => '0',
        c => c,
    };
    if word.is_ascii() {
        out.extend(word.chars().map(|c| plain(c.to_ascii_lowercase())));
    } else {
        out.extend(word.chars().flat_map(char::to_lowercase).map(plain));
    }
}

/// FNV-1a over `kind` and `text`, folded to 32 bits; never 0, which marks an empty slot.
pub fn hash(kind: u8, text: &[u8]) -> u32 {
    hash_all(kind, &[text])
}

/// The same over texts that follow one another.
#[inline]
pub(crate) fn hash_all(kind: u8, texts: &[&[u8]]) -> u32 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for &byte in std::iter::once(&kind).chain(texts.iter().copied().flatten()) {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    let folded = (state ^ (state >> 32)) as u32;
    if folded == 0 { 1 } else { folded }
}

/// The features of one word, in a fixed order: the first is the word itself.
pub fn features(word: &str, first: bool, casing: Casing) -> Vec<u32> {
    Reader::default().features(word, first, casing).to_vec()
}

/// Reads the features of one word after the other in the same room.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    normal: String,
    shape: String,
    /// Where the characters of the word end in its normal form, the first entry being 0.
    ends: Vec<usize>,
    found: Vec<u32>,
}

impl Reader {
    /// See [`features`].
    pub(crate) fn features(&mut self, word: &str, first: bool, casing: Casing) -> &[u32] {
        let Self { normal, shape, ends, found } = self;
        normal.clear();
        normal_into(word, normal);
        found.clear();
        found.push(hash(0, normal.as_bytes()));
        ends.clear();
        ends.extend(normal.char_indices().map(|(at, _)| at).chain([normal.len()]).take(64));
        let length = ends.len() - 1;
        for size in 1..=4 {
            if length > size {
                found.push(hash(size as u8, &normal.as_bytes()[ends[length - size]..ends[length]]));
            }
        }
        for (size, &end) in ends.iter().enumerate().take(length.min(5)).skip(1) {
            found.push(hash(10 + size as u8, &normal.as_bytes()[..end]));
        }
        shape.clear();
        shape_into(word, shape);
        found.push(hash(20, shape.as_bytes()));
        let case = match word.chars().next() {
            Some(c) if c.is_uppercase() && word.chars().any(char::is_lowercase) => 1,
            Some(c) if c.is_uppercase() => 2,
            Some(c) if c.is_lowercase() => 3,
            Some(c) if c.is_numeric() => 4,
            _ => 5,
        };
        found.push(hash(21, &[case, u8::from(first), casing as u8]));
        found
    }
}

/// Appends the kinds of characters of a word in order, runs cut to two: "Xx" for "Paris", "dd,dd" for "1,200".
fn shape_into(word: &str, out: &mut String) {
    let (mut last, mut run) = ('\0', 0);
    for c in word.chars().take(40) {
        let kind = if c.is_uppercase() {
            'X'
        } else if c.is_lowercase() {
            'x'
        } else if c.is_numeric() {
            'd'
        } else if c.is_alphabetic() {
            'l'
        } else {
            c
        };
        run = if kind == last { run + 1 } else { 1 };
        last = kind;
        if run <= 2 {
            out.push(kind);
        }
        if out.len() >= 10 {
            break;
        }
    }
}
