//! Which language a text is in, and whether there is a lexicon for it. In: some text. Out: English, another language with
//! its tag, or that the text does not tell.
//!
//! All stages after this know the grammar of English only, so two mistakes count, and not alike: English taken for
//! something else is lost, something else taken for English makes false claims. A text is another language only where the
//! detector says so *and* the words of English are missing; where few words tell little, nothing is said.

use super::{background, function_words, shared_grammar};
use crate::text::stems::stem;
use crate::text::symbols::is_name;
use whatlang::Lang;

/// What a text tells of its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It is English.
    English,
    /// It is another language: its BCP 47 tag, by the best guess.
    Other(&'static str),
    /// Too short, or of names and figures only.
    Nothing,
}

/// The tag of a language that nobody knows.
pub const UNKNOWN: &str = "und";

/// No more of a text than this many bytes is looked at: the shares below do not change with more.
const LOOKED_AT: usize = 6_000;

/// With at least this share of grammar words that only English has, a text is English.
const ENGLISH_GRAMMAR: f64 = 0.2;

/// So is one of whose words in small letters this share is common in English.
const ENGLISH_WORDS: f64 = 0.8;

/// A text in another language has a smaller share of English grammar words, and of words common in English, than these. What
/// chose them: of 195,595 headlines, sentences and articles of public English collections 17 are then taken for another
/// language (7 of them are in one), and of 21,000 paragraphs of manuals in other languages, Latin script, between one in five
/// (fewer than eight words) and one in nine (eight to fourteen) are not told from English.
const FOREIGN_GRAMMAR: f64 = 0.08;

const FOREIGN_WORDS: f64 = 0.5;

/// Where the detector is this sure and there are enough words, the shares may be higher.
const SURE: f64 = 0.9;

const SURE_GRAMMAR: f64 = 0.12;

const SURE_WORDS: f64 = 0.7;

/// From so many words on, words alone tell English, and the detector may be sure.
const ENOUGH_WORDS: usize = 8;

/// Fewer words tell nothing.
const FEWEST_WORDS: usize = 5;

/// Fewer words in small letters tell nothing against English: names are the same in every language.
const FEWEST_SMALL_WORDS: usize = 3;

/// What `text` tells.
pub fn told(text: &str) -> Told {
    let text = beginning(text, LOOKED_AT);
    let (latin, other) = if text.is_ascii() { (0, 0) } else { letters(text) };
    if other > latin {
        return Told::Other(detected(text).map_or(UNKNOWN_SCRIPT, |(tag, _)| tag));
    }
    let mut counts = Counts::default();
    words(text, |_, folded| counts.add_grammar(folded));
    if counts.words >= FEWEST_WORDS && counts.grammar() >= ENGLISH_GRAMMAR {
        return Told::English;
    }
    words(text, |word, folded| counts.add_common(word, folded));
    if counts.small < FEWEST_SMALL_WORDS {
        return Told::Nothing;
    }
    let (common, grammar, enough) = (counts.common(), counts.grammar(), counts.words >= ENOUGH_WORDS);
    if enough && common >= ENGLISH_WORDS {
        return Told::English;
    }
    let strange = common < FOREIGN_WORDS && grammar < FOREIGN_GRAMMAR;
    let may_be_strange = enough && common < SURE_WORDS && grammar < SURE_GRAMMAR;
    if !strange && !may_be_strange {
        return Told::Nothing;
    }
    match detected(text) {
        Some(("en", _)) if enough => Told::English,
        Some((tag, sure)) if tag != "en" && (strange || sure >= SURE) => Told::Other(tag),
        _ => Told::Nothing,
    }
}

/// Whether claims in the language of this tag can be read: English, and what may be English.
pub fn has_lexicon(tag: &str) -> bool {
    matches!(primary(tag), "en" | UNKNOWN)
}

/// The first part of a tag: `en` of `en-GB`.
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// The English name of a language, where it is known.
pub fn name(tag: &str) -> Option<&'static str> {
    let long = LONG_TAGS.iter().find(|(short, _)| *short == primary(tag)).map(|(_, long)| *long)?;
    Lang::from_code(long).map(Lang::eng_name)
}

/// The first `limit` bytes, ended between two characters.
fn beginning(text: &str, limit: usize) -> &str {
    let mut end = limit.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// How many Latin letters, and how many of other scripts. A character that is a syllable or a word counts for several.
fn letters(text: &str) -> (usize, usize) {
    let (mut latin, mut other) = (0, 0);
    for letter in text.chars().filter(|letter| letter.is_alphabetic()) {
        match letter as u32 {
            0..0x250 | 0x1E00..0x1F00 => latin += 1,
            0x2E80.. => other += 3,
            _ => other += 1,
        }
    }
    (latin, other)
}

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    words: usize,
    grammar: usize,
    small: usize,
    common: usize,
}

impl Counts {
    /// Counts a folded word, and whether it carries grammar as only English does. Words of one or two letters are words of many
    /// languages.
    fn add_grammar(&mut self, folded: &str) {
        self.words += 1;
        let grammar = (is_long(folded) || folded == "of") && function_words().has(folded);
        self.grammar += usize::from(grammar && !shared_grammar().has(folded));
    }

    /// Counts a word that is written in small letters, and whether it is common in English.
    fn add_common(&mut self, word: &str, folded: &str) {
        if is_long(folded) && word.starts_with(char::is_lowercase) {
            self.small += 1;
            self.common += usize::from(background::is_common(&stem(folded)));
        }
    }

    fn grammar(self) -> f64 {
        self.grammar as f64 / self.words.max(1) as f64
    }

    fn common(self) -> f64 {
        self.common as f64 / self.small.max(1) as f64
    }
}

/// Whether a word is long enough to tell a language.
fn is_long(folded: &str) -> bool {
    folded.chars().nth(2).is_some()
}

/// Gives `take` the words of a text, as written and folded. Addresses, names of accounts and of things in programs, and keywords are no
/// words of any language.
fn words(text: &str, mut take: impl FnMut(&str, &str)) {
    // Both kinds have one of these marks in them, and few words do.
    let may_be_none = |byte: u8| matches!(byte, b'-' | b'_' | b'.' | b'/' | b':' | b'=' | b'\\' | b'#' | b'@' | 0x80..);
    let is_address = |piece: &str| piece.starts_with('#') || piece.contains('@') || piece.contains("://");
    let written = text
        .split_whitespace()
        .filter(|piece| !piece.bytes().any(may_be_none) || !is_address(piece) && !is_name(piece));
    let mut lowered = String::new();
    for piece in written {
        if !piece.is_ascii() {
            other_words(piece, &mut take);
            continue;
        }
        let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'\'';
        let mut at = 0;
        while let Some(skipped) = piece.as_bytes()[at..].iter().position(is_letter) {
            let from = at + skipped;
            at =
                piece.as_bytes()[from..].iter().position(|byte| !is_letter(byte)).map_or(piece.len(), |end| from + end);
            let word = piece[from..at].trim_matches('\'');
            if word.is_empty() {
                continue;
            }
            if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
                lowered.clear();
                lowered.extend(word.chars().map(|letter| letter.to_ascii_lowercase()));
                take(word, &lowered);
            } else {
                take(word, word);
            }
        }
    }
}

/// The words of a piece that holds other characters than those of ASCII.
fn other_words(piece: &str, take: &mut impl FnMut(&str, &str)) {
    let words = piece.split(|mark: char| !(mark.is_alphabetic() || matches!(mark, '\'' | '\u{2019}')));
    for word in words.map(|word| word.trim_matches(['\'', '\u{2019}'])).filter(|word| !word.is_empty()) {
        take(word, &word.replace('\u{2019}', "'").to_lowercase());
    }
}

/// Languages in which little news is written, each much like one in which much is: few words do not tell them apart.
const RARE: &[Lang] =
    &[Lang::Afr, Lang::Aka, Lang::Cym, Lang::Epo, Lang::Jav, Lang::Lat, Lang::Sna, Lang::Tuk, Lang::Yid, Lang::Zul];

/// A text of at least this many bytes may be in one of those.
const LONG: usize = 200;

/// What the detector takes the text for, and how sure it is.
fn detected(text: &str) -> Option<(&'static str, f64)> {
    let unlikely = if text.len() < LONG { RARE.to_vec() } else { Vec::new() };
    let found = whatlang::Detector::with_denylist(unlikely).detect(text)?;
    let long = found.lang().code();
    let short = LONG_TAGS.iter().find(|(_, code)| *code == long).map_or(long, |(short, _)| *short);
    Some((short, found.confidence()))
}

/// The tag of a language in a script that the detector does not know: "uncoded".
const UNKNOWN_SCRIPT: &str = "mis";

/// The tags of BCP 47, which takes the two letters of ISO 639-1 where there are two, for the three of the detector.
const LONG_TAGS: &[(&str, &str)] = &[
    ("eo", "epo"),
    ("en", "eng"),
    ("ru", "rus"),
    ("zh", "cmn"),
    ("es", "spa"),
    ("pt", "por"),
    ("it", "ita"),
    ("bn", "ben"),
    ("fr", "fra"),
    ("de", "deu"),
    ("uk", "ukr"),
    ("ka", "kat"),
    ("ar", "ara"),
    ("hi", "hin"),
    ("ja", "jpn"),
    ("he", "heb"),
    ("yi", "yid"),
    ("pl", "pol"),
    ("am", "amh"),
    ("jv", "jav"),
    ("ko", "kor"),
    ("nb", "nob"),
    ("da", "dan"),
    ("sv", "swe"),
    ("fi", "fin"),
    ("tr", "tur"),
    ("nl", "nld"),
    ("hu", "hun"),
    ("cs", "ces"),
    ("el", "ell"),
    ("bg", "bul"),
    ("be", "bel"),
    ("mr", "mar"),
    ("kn", "kan"),
    ("ro", "ron"),
    ("sl", "slv"),
    ("hr", "hrv"),
    ("sr", "srp"),
    ("mk", "mkd"),
    ("lt", "lit"),
    ("lv", "lav"),
    ("et", "est"),
    ("ta", "tam"),
    ("vi", "vie"),
    ("ur", "urd"),
    ("th", "tha"),
    ("gu", "guj"),
    ("uz", "uzb"),
    ("pa", "pan"),
    ("az", "aze"),
    ("id", "ind"),
    ("te", "tel"),
    ("fa", "pes"),
    ("ml", "mal"),
    ("or", "ori"),
    ("my", "mya"),
    ("ne", "nep"),
    ("si", "sin"),
    ("km", "khm"),
    ("tk", "tuk"),
    ("ak", "aka"),
    ("zu", "zul"),
    ("sn", "sna"),
    ("af", "afr"),
    ("la", "lat"),
    ("sk", "slk"),
    ("ca", "cat"),
    ("tl", "tgl"),
    ("hy", "hye"),
    ("cy", "cym"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same short news in many languages.
    const NEWS: &[(&str, &str)] = &[
        ("de", "Der Stadtrat hat am Montag beschlossen, die alte Brücke am Hafen bis zum Sommer zu sperren."),
        ("fr", "Le conseil municipal a décidé lundi de fermer le vieux pont du port jusqu'à la fin de l'été."),
        ("es", "El ayuntamiento decidió el lunes cerrar el viejo puente del puerto hasta el final del verano."),
        ("it", "Il consiglio comunale ha deciso lunedì di chiudere il vecchio ponte del porto fino all'estate."),
        ("pt", "A câmara municipal decidiu na segunda-feira fechar a velha ponte do porto até ao fim do verão."),
        ("nl", "De gemeenteraad heeft maandag besloten de oude brug bij de haven tot de zomer te sluiten."),
        ("pl", "Rada miasta zdecydowała w poniedziałek o zamknięciu starego mostu w porcie do końca lata."),
        ("sv", "Kommunfullmäktige beslutade på måndagen att stänga den gamla bron vid hamnen till sommaren."),
        ("fi", "Kaupunginvaltuusto päätti maanantaina sulkea sataman vanhan sillan kesään saakka."),
        ("tr", "Belediye meclisi pazartesi günü limandaki eski köprünün yaza kadar kapatılmasına karar verdi."),
        ("ru", "Городской совет в понедельник решил закрыть старый мост в порту до конца лета."),
        ("uk", "Міська рада у понеділок вирішила закрити старий міст у порту до кінця літа."),
        ("el", "Το δημοτικό συμβούλιο αποφάσισε τη Δευτέρα να κλείσει την παλιά γέφυρα του λιμανιού."),
        ("ja", "市議会は月曜日、港の古い橋を夏の終わりまで閉鎖することを決めた。"),
        ("zh", "市议会星期一决定将港口的旧桥关闭到夏末。"),
        ("ko", "시의회는 월요일에 항구의 오래된 다리를 여름까지 폐쇄하기로 결정했다."),
        ("ar", "قرر مجلس المدينة يوم الاثنين إغلاق الجسر القديم في الميناء حتى نهاية الصيف."),
        ("he", "מועצת העיר החליטה ביום שני לסגור את הגשר הישן בנמל עד סוף הקיץ."),
        ("hi", "नगर परिषद ने सोमवार को बंदरगाह के पुराने पुल को गर्मियों के अंत तक बंद करने का फैसला किया।"),
        ("th", "สภาเมืองตัดสินใจเมื่อวันจันทร์ให้ปิดสะพานเก่าที่ท่าเรือจนถึงสิ้นฤดูร้อน"),
    ];

    proptest! {
        #[test]
        fn words_are_cut_alike_in_ascii_and_beyond(text in "[a-cA-C' .,1-]{0,30}") {
            let (mut plain, mut other) = (Vec::new(), Vec::new());
            words(&text, |word, folded| plain.push((word.to_owned(), folded.to_owned())));
            let pieces = text.split_whitespace().filter(|piece| !is_name(piece));
            pieces.for_each(|piece| other_words(piece, &mut |word, folded| other.push((word.to_owned(), folded.to_owned()))));
            prop_assert_eq!(plain, other);
        }
    }

    #[test]
    fn other_languages_are_never_taken_for_english() {
        for &(tag, text) in NEWS {
            assert_eq!(told(text), Told::Other(tag), "{text}");
            assert!(!has_lexicon(tag));
        }
        assert_eq!(told("Die Brücke bleibt bis Mai gesperrt, sagte der Rat."), Told::Other("de"));
    }

    #[test]
    fn names_in_programs_are_in_no_language() {
        for text in [
            "harbor.backends.tidedb",
            "harbor.backends.tidedb\n:members: :undoc-members: harbor.backends.tidedb",
            "harbor.contrib.abortable harbor.utils.saferepr harbor.worker.pidbox",
            "-c broken-dep-constraints.txt\nplugin-kit>=1.5.0\nhighlight-tides>=2.5.0\nsphinx_removed=0.2",
            "Ilse Varn <ilse@example.org>\nJon Ander <ander@boot.example.net>\nMia Holt <mia@example.com>",
        ] {
            assert_eq!(told(text), Told::Nothing, "{text}");
        }
    }

    #[test]
    fn english_is_never_taken_for_another_language() {
        for text in [
            "The council voted on Monday to close the old harbor bridge until the summer.",
            "Council closes old bridge",
            "PORT ELLERY COUNCIL CLOSES OLD HARBOR BRIDGE",
            "Anna Berg, Olaf Brandt, Ida Lund",
            "Mayor Berg beats Brandt in Ellery run-off",
            "Ha, ha, ha, ha",
            "@ida_lund RT: lol so true #ellery #bridge",
            "12,000 km in 3 days; 45 % of 1.2m",
            "The chef said the words “la vie est belle” and “c'est la vie” to the whole room before she left.",
            "",
            "…",
        ] {
            assert!(!matches!(told(text), Told::Other(_)), "{text}: {:?}", told(text));
        }
        assert_eq!(told("The council voted on Monday to close the old bridge."), Told::English);
        assert_eq!(told("Voters reject plans, delaying costly harbor repairs again, officials say"), Told::English);
    }

    #[test]
    fn what_most_letters_say_counts_in_a_mixed_text() {
        assert_eq!(told("The sign read 港口的旧桥 when the ferry came in on Monday morning."), Told::English);
        assert_eq!(told("市议会星期一决定将港口的旧桥 (the old bridge) 关闭到夏末。"), Told::Other("zh"));
    }

    #[test]
    fn every_language_of_the_detector_has_a_tag_and_a_name() {
        for lang in Lang::all() {
            assert!(LONG_TAGS.iter().any(|(_, long)| *long == lang.code()), "{lang:?}");
        }
        assert_eq!(name("de-AT"), Some("German"));
        assert_eq!(name("und"), None);
        assert!(has_lexicon("en-GB") && has_lexicon("und") && !has_lexicon("mis"));
    }
}
