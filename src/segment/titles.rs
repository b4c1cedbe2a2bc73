//! Titles: is this line one, and where does one end that is glued to the sentence behind it?

use super::surface::{Word, breaks_off, is_title_case, opens_with_bullet, word_count, words};
use super::{sentences, surface};
use crate::lexicon;
use crate::text::fold::fold;

/// Headlines of news have at most about twenty words.
const LONGEST_HEADLINE: usize = 24;
/// Headings of sections are shorter.
const LONGEST_HEADING: usize = 14;
/// In sentence case a heading must be shorter still to be told from a sentence whose stop is missing.
const LONGEST_PLAIN_HEADING: usize = 9;

/// True where `line` looks like the title of an article: short, one piece, no final stop.
pub(super) fn is_headline(line: &str) -> bool {
    const SHORTEST: usize = 3;
    (SHORTEST..=LONGEST_HEADLINE).contains(&word_count(line)) && is_untitled_stop(line)
}

/// True where `line` looks like the heading of a section. Its neighbors are for the caller to look at.
pub(super) fn is_heading(line: &str) -> bool {
    let count = word_count(line);
    let longest = if is_title_case(line) { LONGEST_HEADING } else { LONGEST_PLAIN_HEADING };
    (1..=longest).contains(&count) && is_untitled_stop(line) && !is_piece_of_speech(line) && !ends_in_the_middle(line)
}

/// A quotation that does not end in the line, or that a reporting clause follows ("... lost," he said).
fn is_piece_of_speech(line: &str) -> bool {
    let closed = |closing: &[char]| line.chars().skip(1).any(|character| closing.contains(&character));
    let unclosed = match line.chars().next() {
        Some('“') => !closed(&['”']),
        Some('"') => !closed(&['"']),
        _ => false,
    };
    unclosed || [",\"", ",”", ", \"", ",'", ",’"].iter().any(|mark| line.contains(mark))
}

/// True where the last word calls for another one.
fn ends_in_the_middle(line: &str) -> bool {
    words(line).last().is_some_and(|last| {
        !last.is_capitalized()
            && matches!(lexicon::boilerplate_words().value(last.text), Some("unfinished" | "name" | "place"))
    })
}

/// No final stop, no comma or colon at the end, begins with a capital, a digit or a quotation, and holds one sentence.
fn is_untitled_stop(line: &str) -> bool {
    let begins = line.chars().next().is_some_and(|first| !first.is_lowercase());
    let asks = line.trim_end().ends_with('?') && is_title_case(line);
    begins
        && (asks || !surface::ends_with_stop(line))
        && !line.trim_end().ends_with([':', ',', ';', '-', '–', '—'])
        && !opens_with_bullet(line)
        && (asks || sentences::split(line).len() == 1)
        && !(breaks_off(line) && line.trim_end().ends_with([',', ';']))
}

/// The offset at which the sentence begins that a title is glued to: "Town's Worry: Council Kept in the Dark The mayor
/// insisted ...". All words of content before it are capitalized, it begins with an article or pronoun, and goes on in
/// lower case as only running text does.
pub(super) fn glued_sentence(text: &str) -> Option<usize> {
    const LEAST_CONTENT: usize = 2;
    const LEAST_TITLE: usize = 3;
    const SENTENCE_LOOK: usize = 8;
    const LEAST_LOWER: usize = 2;
    let line: Vec<Word<'_>> = words(text).take(LONGEST_HEADLINE + SENTENCE_LOOK).collect();
    let first_lower = line.iter().position(Word::is_lower_content)?;
    let split = (LEAST_TITLE..first_lower).rev().find(|&index| opens_sentence(&line[index], &line[index - 1]))?;
    let title = &line[..split];
    let content = title.iter().filter(|word| !word.is_function_word()).count();
    let lower = line[split..].iter().take(SENTENCE_LOOK).filter(|word| word.is_lower_content()).count();
    let first_is_capital = title[0].is_capitalized() || title[0].is_number();
    let marked = title.iter().any(|word| word.piece.ends_with(['.', '!', ',', ';']) && !word.text.contains('.'));
    let start = line[split].start;
    let is_title = first_is_capital && content >= LEAST_CONTENT && lower >= LEAST_LOWER && !marked;
    (is_title && surface::is_running_text(&text[start..])).then_some(start)
}

/// The offset at which the text begins that a headline in sentence case is glued to: "Ferry plan secretly backed by Marlow
/// The Harbor Board says ...". Only an article or pronoun with a capital behind a name tells it, so this is asked of the
/// first paragraph alone.
pub(super) fn glued_lede(text: &str) -> Option<usize> {
    const LEAST_TITLE: usize = 5;
    let line: Vec<Word<'_>> = words(text).take(LONGEST_HEADLINE).collect();
    let split = (LEAST_TITLE..line.len()).find(|&index| {
        let before = &line[index - 1];
        opens_sentence(&line[index], before) && before.is_capitalized() && line[index].text != "I"
    })?;
    let marked =
        line[..split].iter().any(|word| word.piece.ends_with(['.', '!', '?', ',', ';']) && !word.text.contains('.'));
    let start = line[split].start;
    let has_verb = line[..split].iter().any(Word::is_lower_content);
    (!marked && has_verb && line[0].is_capitalized() && surface::is_running_text(&text[start..])).then_some(start)
}

/// An article or pronoun with a capital right behind a word without a mark: inside running text only names do that.
fn opens_sentence(word: &Word<'_>, before: &Word<'_>) -> bool {
    word.is_capitalized()
        && lexicon::sentence_openers().value(&fold(word.text)) == Some("subject")
        && !before.has_mark_behind()
        && (!before.is_function_word() || ends_title(before))
        && word.piece == word.text
}

/// A particle with a capital at the end of a title ("Council Feels Left Out"): no preposition of the article behind it.
fn ends_title(word: &Word<'_>) -> bool {
    word.is_capitalized() && lexicon::boilerplate_words().value(&fold(word.text)) == Some("particle")
}
