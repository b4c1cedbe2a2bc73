//! Quotation marks → what stands inside them. In: a document's text with its passages and sentences. Out: the outermost
//! quotations, in order, without their marks.
//!
//! Marks may be curly, straight, angled or CJK corners; single marks are told from apostrophes; a quotation that goes on
//! in the next paragraph opens again there without having been closed. Quotations inside quotations belong to the outer
//! one. A mark that is never closed quotes to the end of its sentence.

use crate::model::{Segmented, Span};
use crate::text::fold::plain;

/// A quotation in single marks that does not close within this many bytes was an apostrophe: single marks set off words
/// and short phrases, and a wrong pairing would swallow paragraphs.
const SINGLE_QUOTE_BYTES: usize = 400;

/// One outermost quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quotation {
    /// What is quoted, without the marks.
    pub(super) inner: Span,
    /// The same with the marks.
    pub(super) outer: Span,
    /// False where the quotation runs to the end of its passage or sentence without a closing mark.
    pub(super) closed: bool,
}

/// Finds the quotations of a document.
pub(super) fn quotations(text: &str, segmented: &Segmented) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut sentence = 0;
    let mut done = 0;
    for (at, passage) in segmented.passages.iter().enumerate() {
        let range = passage.span.range();
        if range.start < done {
            continue;
        }
        let next_opens = segmented
            .passages
            .get(at + 1)
            .and_then(|next| text.get(next.span.range()))
            .and_then(|next| next.trim_start().chars().next())
            .is_some_and(|first| plain(first) == '"');
        let Some(block) = text.get(range.clone()) else { continue };
        done = range.end;
        for mut quotation in in_passage(block, range.start) {
            if !quotation.closed && !next_opens {
                let start = quotation.inner.start;
                while segmented.sentences.get(sentence).is_some_and(|s| s.span.end <= start) {
                    sentence += 1;
                }
                let end = segmented.sentences.get(sentence).map_or(quotation.inner.end, |s| s.span.end);
                let end = end.clamp(start, quotation.inner.end);
                quotation.inner.end = end;
                quotation.outer.end = end;
            }
            if !quotation.inner.is_empty() {
                found.push(quotation);
            }
        }
    }
    found
}

/// What the quotation marks of one passage enclose; unclosed ones run to its end.
fn in_passage(text: &str, offset: usize) -> Vec<Quotation> {
    // A mark that opens is one of these.
    if text.bytes().all(|byte| byte.is_ascii() && !matches!(byte, b'"' | b'\'' | b'`')) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut open: Option<(usize, usize, char)> = None;
    let mut previous: Option<char> = None;
    let mut skip_to = 0;
    let mut singles_open = true;
    for (at, mark) in text.char_indices() {
        let after = at + mark.len_utf8();
        if at < skip_to {
            previous = Some(mark);
            continue;
        }
        match open {
            Some((start, inner, opening)) if closes(mark, opening, previous, text[after..].chars().next()) => {
                found.push(Quotation {
                    inner: Span::new(inner, at).shifted(offset),
                    outer: Span::new(start, after).shifted(offset),
                    closed: true,
                });
                open = None;
            }
            Some(_) => {}
            None if opens(mark, previous, text[after..].chars().next()) => {
                if plain(mark) == '\'' {
                    match if singles_open { single_close(&text[after..]) } else { None } {
                        Some(length) => {
                            found.push(Quotation {
                                inner: Span::new(after, after + length).shifted(offset),
                                outer: Span::new(at, after + length + close_len(text, after + length)).shifted(offset),
                                closed: true,
                            });
                            skip_to = after + length + close_len(text, after + length);
                        }
                        // Text that opens single marks in vain again and again is not searched to its end each time.
                        None => singles_open = text.len() - after > SINGLE_QUOTE_BYTES,
                    }
                } else {
                    open = Some((at, after, mark));
                }
            }
            None => {}
        }
        previous = Some(mark);
    }
    if let Some((start, inner, _)) = open {
        found.push(Quotation {
            inner: Span::new(inner, text.len()).shifted(offset),
            outer: Span::new(start, text.len()).shifted(offset),
            closed: false,
        });
    }
    found
}

fn close_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

fn opens(mark: char, previous: Option<char>, next: Option<char>) -> bool {
    let at_start = || {
        previous.is_none_or(|before| {
            before.is_whitespace() || matches!(plain(before), '(' | '[' | '-' | '"' | '\'' | '/' | ':' | ',')
        })
    };
    let before_word = || next.is_some_and(|after| !after.is_whitespace());
    match mark {
        '\u{201C}' | '\u{201E}' | '\u{AB}' | '\u{300C}' | '\u{300E}' => true,
        '"' | '\u{FF02}' => at_start() && before_word(),
        '\u{2018}' | '\'' | '\u{201A}' | '`' => {
            at_start() && (next.is_some_and(char::is_alphanumeric) || mark == '\u{2018}' && before_word())
        }
        // A closing curly mark in opening position is a common slip, and for single ones an apostrophe ("’90s").
        '\u{201D}' => at_start() && before_word() && previous.is_some(),
        _ => false,
    }
}

fn closes(mark: char, opening: char, previous: Option<char>, next: Option<char>) -> bool {
    match opening {
        '\u{AB}' => mark == '\u{BB}',
        '\u{300C}' => mark == '\u{300D}',
        '\u{300E}' => mark == '\u{300F}',
        '\u{201E}' => matches!(mark, '\u{201C}' | '\u{201D}' | '"'),
        '"' | '\u{FF02}' => {
            mark == '\u{201D}'
                || plain(mark) == '"'
                    && (previous.is_some_and(|before| !before.is_whitespace()) || next.is_none_or(char::is_whitespace))
        }
        _ => mark == '\u{201D}' || mark == '"',
    }
}

/// The length of the text before the mark that closes a single quotation, or nothing where the opening mark was an
/// apostrophe.
fn single_close(text: &str) -> Option<usize> {
    let mut previous: Option<char> = None;
    let mut doubtful = None;
    for (at, mark) in text.char_indices().take_while(|(at, _)| *at <= SINGLE_QUOTE_BYTES) {
        if mark == '\n' {
            break;
        }
        let next = text[at + mark.len_utf8()..].chars().next();
        if at > 0 && doubtful.is_some() && opens(mark, previous, next) && plain(mark) == '\'' {
            break;
        }
        if at > 0
            && plain(mark) == '\''
            && mark != '\u{2018}'
            && previous.is_some_and(|before| !before.is_whitespace())
            && next.is_none_or(|after| !after.is_alphanumeric())
        {
            // "the workers' demands": after an s and before a word it may be a possessive, unless no other mark closes.
            let possessive = matches!(previous, Some('s' | 'S'))
                && text[at + mark.len_utf8()..].trim_start().starts_with(char::is_lowercase);
            if !possessive {
                // A doubtful mark before this one was a possessive inside the quotation.
                return Some(at);
            }
            match doubtful {
                None => doubtful = Some(at),
                Some(_) => return Some(at),
            }
        }
        previous = Some(mark);
    }
    doubtful
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Passage, PassageKind, Sentence};

    fn quoted(paragraphs: &[&str]) -> Vec<String> {
        let mut text = String::new();
        let mut segmented = Segmented { passages: Vec::new(), sentences: Vec::new() };
        for paragraph in paragraphs {
            let span = Span::new(text.len(), text.len() + paragraph.len());
            let passage = u32::try_from(segmented.passages.len()).unwrap();
            segmented.passages.push(Passage { span, kind: PassageKind::Paragraph, set_aside: None });
            let mut start = 0;
            for piece in paragraph.split_inclusive(". ") {
                let trimmed = piece.trim_end();
                segmented.sentences.push(Sentence {
                    span: Span::new(start, start + trimmed.len()).shifted(text.len()),
                    passage,
                    kind: PassageKind::Paragraph,
                    set_aside: None,
                });
                start += piece.len();
            }
            text.push_str(paragraph);
            text.push('\n');
        }
        quotations(&text, &segmented).into_iter().map(|quotation| quotation.inner.of(&text).to_owned()).collect()
    }

    #[test]
    fn straight_and_curly_marks_enclose_words() {
        assert_eq!(quoted(&["He said \"we won\" and left."]), ["we won"]);
        assert_eq!(quoted(&["He said \u{201C}we won\u{201D} and left."]), ["we won"]);
        assert_eq!(quoted(&["\u{AB}We won\u{BB}, he said."]), ["We won"]);
        assert_eq!(quoted(&["A 6'2\" man left."]), Vec::<String>::new());
    }

    #[test]
    fn single_marks_are_told_from_apostrophes() {
        assert_eq!(quoted(&["It was 'not a plan,' he didn't say."]), ["not a plan,"]);
        assert_eq!(quoted(&["The workers' demands and the owners' replies."]), Vec::<String>::new());
        assert_eq!(quoted(&["He is the farmers\u{2019} \u{2018}last friend\u{2019} there."]), ["last friend"]);
        assert_eq!(quoted(&["Call it an 'Achilles' heel' of the port."]), ["Achilles' heel"]);
        assert_eq!(quoted(&["Back in the '90s it was \u{2019}til dawn."]), Vec::<String>::new());
        assert_eq!(quoted(&["They want 'fair wages' now, and 'peace' later."]), ["fair wages", "peace"]);
    }

    #[test]
    fn a_quotation_inside_a_quotation_belongs_to_the_outer_one() {
        assert_eq!(
            quoted(&["\u{201C}He told me \u{2018}no\u{2019} twice,\u{201D} she said."]),
            ["He told me \u{2018}no\u{2019} twice,"]
        );
    }

    #[test]
    fn a_quotation_runs_over_sentences_and_paragraphs() {
        assert_eq!(quoted(&["\"One came. Two left,\" he said."]), ["One came. Two left,"]);
        assert_eq!(quoted(&["\u{201C}One came.", "\u{201C}Two left,\u{201D} he said."]), ["One came.", "Two left,"]);
    }

    #[test]
    fn an_unclosed_mark_quotes_to_the_end_of_its_sentence() {
        assert_eq!(quoted(&["\u{201C}One came. Two left.", "Nobody spoke."]), ["One came."]);
    }
}
