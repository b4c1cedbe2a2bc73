//! Whom a "he" or "she" means: the one person of this sentence or the one before who can be meant.
//!
//! In: the sentences of a document, one after another. Out: the name of a person, by its words. A name is a run of capitals with a
//! title before it or a given name in it; whom neither tells may be anybody. Two who could both be meant leave it open.

use super::Read;
use crate::lexicon;
use crate::model::Span;
use crate::text::fold::fold;
use crate::text::tokens::{Token, TokenKind};

/// Bytes of white space between two sentences that follow one another, across paragraphs too.
const SENTENCE_GAP: u32 = 4;

/// The longest name of a person, in words.
const LONGEST_NAME: usize = 4;

/// Whom a pronoun or a name can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Man,
    Woman,
}

/// A person a sentence names.
#[derive(Debug, Clone)]
struct Person {
    span: Span,
    text: String,
    gender: Option<Gender>,
    /// False for a single word that may be a surname as well as anything else: it only makes doubtful who is meant.
    sure: bool,
}

/// The persons of the sentence at hand and of the one right before it.
#[derive(Debug, Default)]
pub(super) struct Antecedents {
    sentence: Option<Span>,
    here: Vec<Person>,
    before: Vec<Person>,
    /// Counts the sentences, so that what was said in the one before can be told from what was said long ago.
    number: usize,
}

impl Antecedents {
    /// Goes on to the sentence of `read`; the number of it, to which one more comes for each sentence and one more still where
    /// something stands between the two.
    pub(super) fn enter(&mut self, read: &Read<'_>) -> usize {
        let span = read.sentence.span;
        if self.sentence == Some(span) {
            return self.number;
        }
        let follows = self.sentence.is_some_and(|last| span.start <= last.end.saturating_add(SENTENCE_GAP));
        self.before = if follows { std::mem::take(&mut self.here) } else { Vec::new() };
        self.here = persons(read);
        self.sentence = Some(span);
        self.number += if follows { 1 } else { 2 };
        self.number
    }

    /// The one person whom the pronoun at `pronoun` can mean: of those named before it in its sentence, else of the sentence
    /// before.
    pub(super) fn person(&self, folded: &str, pronoun: Span) -> Option<(Span, &str)> {
        let gender = gender_of_pronoun(folded)?;
        let fits = |person: &&Person| person.gender.is_none_or(|told| told == gender);
        let here: Vec<&Person> =
            self.here.iter().filter(|person| person.span.end <= pronoun.start).filter(fits).collect();
        let found = if here.is_empty() { self.before.iter().filter(fits).collect() } else { here };
        let (first, rest) = found.split_first()?;
        let alone = rest.iter().all(|other| same_person(first, other));
        (alone && first.sure).then_some((first.span, first.text.as_str()))
    }
}

/// True where one name is the other, or the end of it: "Ilse Varn" and "Varn".
fn same_person(one: &Person, other: &Person) -> bool {
    let ends =
        |long: &str, short: &str| long.strip_suffix(short).is_some_and(|head| head.is_empty() || head.ends_with(' '));
    ends(&one.text, &other.text) || ends(&other.text, &one.text)
}

/// Whom a pronoun stands for, where it is one for a single person.
pub(super) fn gender_of_pronoun(folded: &str) -> Option<Gender> {
    match folded {
        "he" => Some(Gender::Man),
        "she" => Some(Gender::Woman),
        _ => None,
    }
}

/// Whom the words of a speaker tell of: "Mrs. Lund", "Ida Lund", "a spokeswoman".
pub(super) fn gender_of_words(words: &str) -> Option<Gender> {
    words
        .split_whitespace()
        .find_map(|word| gender_of_word(&fold(word.trim_matches(|mark: char| !mark.is_alphanumeric()))))
}

/// Whom one word tells of: a form of address, a role of one sex, a given name.
fn gender_of_word(folded: &str) -> Option<Gender> {
    match folded {
        "mr" | "sir" | "lord" | "king" | "prince" | "duke" | "pope" | "father" | "husband" | "son" | "brother"
        | "man" | "boy" | "actor" | "monsieur" | "herr" | "senor" => return Some(Gender::Man),
        "mrs" | "ms" | "miss" | "dame" | "lady" | "queen" | "princess" | "duchess" | "mother" | "wife" | "daughter"
        | "sister" | "woman" | "girl" | "actress" | "madame" | "frau" | "senora" => return Some(Gender::Woman),
        _ => {}
    }
    if let Some(values) = lexicon::given_names().values(folded) {
        return match values {
            [.., "man"] => Some(Gender::Man),
            [.., "woman"] => Some(Gender::Woman),
            _ => None,
        };
    }
    if folded.len() > 5 && folded.ends_with("woman") {
        Some(Gender::Woman)
    } else if folded.len() > 5 && folded.ends_with("man") && lexicon::titles().has(folded) {
        Some(Gender::Man)
    } else {
        None
    }
}

/// The persons a sentence names, in order.
fn persons(read: &Read<'_>) -> Vec<Person> {
    let tokens = &read.syntax.tokens;
    let offset = read.sentence.span.start as usize;
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !is_name_word(&tokens[at]) {
            at += 1;
            continue;
        }
        let end = run_end(tokens, at);
        if let Some((from, gender, sure)) = person(tokens, at, end) {
            let span = Span::new(tokens[from].start, tokens[end - 1].end);
            let text = span.of(read.text).to_owned();
            found.push(Person { span: span.shifted(offset), text, gender, sure });
        }
        at = end;
    }
    found
}

/// The index after the words in capitals that begin at `at`; an initial takes its point along.
fn run_end(tokens: &[Token<'_>], at: usize) -> usize {
    let mut end = at + 1;
    loop {
        let point = tokens.get(end).is_some_and(|mark| mark.is_mark('.')) && title_or_initial(&tokens[end - 1]);
        let next = end + usize::from(point);
        if tokens.get(next).is_some_and(is_name_word) {
            end = next + 1;
        } else {
            return end;
        }
    }
}

fn title_or_initial(token: &Token<'_>) -> bool {
    token.text.chars().count() == 1 || lexicon::titles().has(&token.folded)
}

/// A word in capitals that can be part of a name.
fn is_name_word(token: &Token<'_>) -> bool {
    token.kind == TokenKind::Word && token.is_capitalized() && !lexicon::function_words().has(&token.folded)
}

/// Where in the run `from..to` a person's name begins, whom it is given to, and whether it is surely one of a person; nothing where
/// the run names something else.
fn person(tokens: &[Token<'_>], from: usize, to: usize) -> Option<(usize, Option<Gender>, bool)> {
    let folded = |at: usize| tokens[at].folded.trim_end_matches('.');
    let title = (from..to).rev().find(|&at| lexicon::titles().has(folded(at)));
    let lower_title = from > 0 && !tokens[from - 1].is_capitalized() && lexicon::titles().has(folded(from - 1));
    let mut start = title.map_or(from, |at| at + 1);
    while start < to && tokens[start].kind != TokenKind::Word {
        start += 1;
    }
    let words = (start..to).filter(|&at| tokens[at].kind == TokenKind::Word).count();
    if words == 0 || words > LONGEST_NAME {
        return None;
    }
    // "Anna Berg Foundation", "Ford Motor Co.": an organization.
    let body =
        (start..to).any(|at| lexicon::organization_words().has(folded(at)) || lexicon::place_words().has(folded(at)));
    let given =
        lexicon::given_names().values(folded(start)).is_some_and(|values| words > 1 || !values.contains(&"word"));
    let told = title.is_some() || lower_title || given;
    if body || !told && !may_be_person(tokens, start, to) {
        return None;
    }
    let spoken = (from..start).chain(from.checked_sub(1)).filter_map(|at| gender_of_word(folded(at))).next();
    let name = given.then(|| gender_of_word(folded(start))).flatten();
    Some((start, spoken.or(name), told || words > 1))
}

/// True where a run of capitals without title or given name may still name a person: it is no place, body or day that is known, no
/// word that only begins its sentence, and no preposition of place stands before it.
fn may_be_person(tokens: &[Token<'_>], from: usize, to: usize) -> bool {
    let words: Vec<&str> = tokens[from..to].iter().map(|token| token.folded.as_str()).collect();
    let known = |name: &str| {
        lexicon::gazetteer().has(name)
            || lexicon::places().has(name)
            || lexicon::organizations().has(name)
            || lexicon::calendar_words().has(name)
    };
    let opening = from == 0 && lexicon::ordinary_words().has(words[0]);
    let placed = from > 0 && matches!(tokens[from - 1].folded.as_str(), "in" | "at" | "from" | "near" | "to" | "into");
    !known(&words.join(" ")) && !words.iter().any(|word| known(word)) && !opening && !placed
}
