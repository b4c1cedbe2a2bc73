//! One normalizer for all comparisons: NFKC, lower case, plain quotes, dashes and spaces, contractions undone.

use crate::model::content_hash;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds one word or phrase: NFKC, lower case, typographic quotes and dashes made plain, accents kept.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkc().map(plain).flat_map(char::to_lowercase).collect()
}

/// The hash by which a sentence is known where it is printed again, with other marks and breaks.
pub fn printed(sentence: &str) -> u64 {
    content_hash([fold(sentence).split_whitespace().collect::<Vec<_>>().join(" ").as_str()])
}

/// Folds and takes accents off: "Café" becomes "cafe". For keys of names, which outlets spell with and without.
pub fn fold_accents(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|&character| !is_combining_mark(character)).map(plain).flat_map(char::to_lowercase).collect()
}

/// The plain form of a typographic quote, dash or space; any other character as it is.
pub fn plain(character: char) -> char {
    match character {
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{2032}' | '\u{02BC}' | '\u{FF07}' | '`' | '\u{00B4}' => {
            '\''
        }
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' | '\u{2033}' | '\u{00AB}' | '\u{00BB}' | '\u{FF02}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => '-',
        '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        other => other,
    }
}

/// Undoes an English contraction: the words it stands for, or nothing if `folded` is none.
/// The possessive `'s` is no contraction here; it is cut off by the tokenizer.
pub fn expand_contraction(folded: &str) -> Option<[&str; 2]> {
    if !may_be_contraction(folded.as_bytes()) {
        return None;
    }
    if !folded.as_bytes().contains(&b'\'') && folded != "cannot" {
        return without_apostrophe(folded);
    }
    let pair = match folded {
        "won't" => ["will", "not"],
        "can't" | "cannot" => ["can", "not"],
        "shan't" => ["shall", "not"],
        "ain't" => ["is", "not"],
        "let's" => ["let", "us"],
        "it's" => ["it", "is"],
        "he's" => ["he", "is"],
        "she's" => ["she", "is"],
        "that's" => ["that", "is"],
        "there's" => ["there", "is"],
        "what's" => ["what", "is"],
        "who's" => ["who", "is"],
        _ => {
            let endings =
                [("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'m", "am"), ("'d", "would")];
            let (ending, word) = endings.into_iter().find(|(ending, _)| folded.ends_with(ending))?;
            let head = &folded[..folded.len() - ending.len()];
            if head.is_empty() {
                return None;
            }
            [head, word]
        }
    };
    Some(pair)
}

/// False for nearly every word: by its last letters it is none, neither with an apostrophe nor without.
fn may_be_contraction(folded: &[u8]) -> bool {
    match folded {
        [.., before, b't'] => matches!(before, b'\'' | b'n' | b'o'),
        [.., before, b'm' | b'd' | b's'] => *before == b'\'',
        [.., before, _, b'e' | b'l'] => *before == b'\'',
        _ => false,
    }
}

/// The two words of a contraction written without its apostrophe, as typing errors and careless copies have it: "didnt". "Cant" and
/// "wont" are words.
fn without_apostrophe(folded: &str) -> Option<[&str; 2]> {
    let head = folded.strip_suffix("nt")?;
    let first = match head {
        "ai" => "is",
        "do" | "does" | "did" | "is" | "are" | "was" | "were" | "could" | "would" | "should" | "has" | "have"
        | "had" | "must" => head,
        _ => return None,
    };
    Some([first, "not"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_and_width_disappear() {
        assert_eq!(fold("\u{201C}Trump\u{2019}s\u{201D} ＡＢＣ"), "\"trump's\" abc");
        assert_eq!(fold_accents("Café São"), "cafe sao");
    }

    #[test]
    fn contractions_are_undone() {
        assert_eq!(expand_contraction("didn't"), Some(["did", "not"]));
        assert_eq!(expand_contraction("won't"), Some(["will", "not"]));
        assert_eq!(expand_contraction("they're"), Some(["they", "are"]));
        assert_eq!(expand_contraction("xi"), None);
        assert_eq!(expand_contraction("n't"), None);
    }
}
