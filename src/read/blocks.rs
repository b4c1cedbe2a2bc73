//! Plain text → passages. Blank lines part blocks; whether a line is a paragraph, or a paragraph runs over many lines, is
//! told by the lines of the document itself.

use super::rst::field_marker;
use crate::model::{Passage, PassageKind, SetAside, Span};

/// Lines broken by hand or by a mail program are not wider than this; what is wider is a paragraph to a line.
const WIDEST_WRAP: usize = 120;

/// Of the line breaks in hard-wrapped text, nearly all stand where the next word would not have fitted.
const FULL_LINES_PERCENT: usize = 80;

/// With fewer line breaks than this, full lines may be chance.
const FEWEST_BREAKS: usize = 3;

/// A line that ends before this share of the width was ended on purpose.
const SHORT_LINE_PERCENT: usize = 75;

/// Fields in a row that are a list of them; one line like that may be a paragraph that begins with a sign ("`:warning:`").
const FEWEST_FIELDS: usize = 2;

/// The list stands in one of so many blocks at the front, behind a title perhaps.
const FRONT_BLOCKS: usize = 2;

/// One line of text that is not blank.
#[derive(Debug, Clone, Copy)]
struct Line {
    span: Span,
    /// Width in characters, indentation included.
    width: usize,
    indent: usize,
    is_item: bool,
}

/// The passages of `text` from byte `from` on.
pub(super) fn passages(text: &str, from: usize) -> Vec<Passage> {
    let blocks = blocks(text, from);
    let width = wrap_width(text, &blocks);
    let mut passages = Vec::new();
    for (number, block) in blocks.iter().enumerate() {
        let fields = if number < FRONT_BLOCKS { fields(text, block) } else { 0..0 };
        for line in &block[fields.clone()] {
            passages.push(Passage {
                span: line.span,
                kind: PassageKind::Boilerplate,
                set_aside: Some(SetAside::Markup),
            });
        }
        let mut open: Option<(Span, PassageKind)> = None;
        for (at, line) in block.iter().enumerate().filter(|(at, _)| !fields.contains(at)) {
            let continues = at > 0
                && !fields.contains(&(at - 1))
                && width.is_some_and(|width| continues(text, block[at - 1], *line, width));
            open = match open {
                Some((span, kind)) if continues => Some((span.cover(line.span), kind)),
                done => {
                    passages.extend(done.map(|(span, kind)| Passage { span, kind, set_aside: None }));
                    Some((line.span, if line.is_item { PassageKind::ListItem } else { PassageKind::Paragraph }))
                }
            };
        }
        passages.extend(open.map(|(span, kind)| Passage { span, kind, set_aside: None }));
    }
    passages.sort_by_key(|passage| passage.span.start);
    passages
}

/// Which lines of a block are a list of fields as reStructuredText has it, with the indented lines that go on with one: ":Date:
/// 2031-05-03". They tell of the document.
fn fields(text: &str, block: &[Line]) -> std::ops::Range<usize> {
    let is_field = |line: &Line| field_marker(line.span.of(text)).is_some();
    let Some(from) = block.iter().position(is_field) else { return 0..0 };
    let indent = block[from].indent;
    let length = block[from..].iter().take_while(|line| is_field(line) || line.indent > indent).count();
    let to = from + length;
    if block[from..to].iter().filter(|line| is_field(line)).count() < FEWEST_FIELDS { 0..0 } else { from..to }
}

/// The lines of `text` from byte `from` on, parted at blank ones.
fn blocks(text: &str, from: usize) -> Vec<Vec<Line>> {
    let mut blocks = Vec::new();
    let mut block = Vec::new();
    let mut start = from;
    for piece in text[from..].split_inclusive('\n') {
        let words = piece.trim();
        if words.is_empty() {
            if !block.is_empty() {
                blocks.push(std::mem::take(&mut block));
            }
        } else {
            let lead = piece.len() - piece.trim_start().len();
            let indent = piece[..lead].chars().count();
            let span = Span::new(start + lead, start + lead + words.len());
            block.push(Line { span, width: indent + words.chars().count(), indent, is_item: is_item(words) });
        }
        start += piece.len();
    }
    if !block.is_empty() {
        blocks.push(block);
    }
    blocks
}

/// The width at which the lines of a document were broken, if they were.
fn wrap_width(text: &str, blocks: &[Vec<Line>]) -> Option<usize> {
    let pairs = || blocks.iter().flat_map(|block| block.windows(2)).filter(|pair| !pair[1].is_item);
    let mut widths: Vec<usize> = pairs().map(|pair| pair[0].width).collect();
    widths.sort_unstable();
    // One overlong line, such as an address, does not make the text unwrapped.
    let width = *widths.get(widths.len().checked_sub(1)? * 9 / 10)?;
    if width > WIDEST_WRAP {
        return None;
    }
    let running_on =
        pairs().filter(|pair| starts_lower(pair[1].span.of(text)) && !ends_sentence(pair[0].span.of(text))).count();
    let full = pairs().filter(|pair| needed(text, pair[0], pair[1]) > width).count();
    let breaks = widths.len();
    let mostly_full = breaks >= FEWEST_BREAKS && full * 100 >= breaks * FULL_LINES_PERCENT;
    (running_on * 2 >= breaks || (running_on > 0 && mostly_full)).then_some(width)
}

/// The width `line` would have had with the first word of `next` on it.
fn needed(text: &str, line: Line, next: Line) -> usize {
    line.width + 1 + next.span.of(text).split_whitespace().next().map_or(0, |word| word.chars().count())
}

/// Whether `next` belongs to the same paragraph as `line` in text wrapped at `width`.
fn continues(text: &str, line: Line, next: Line, width: usize) -> bool {
    if next.is_item {
        return false;
    }
    let words = next.span.of(text);
    if starts_lower(words) {
        return true;
    }
    let indented = next.indent >= line.indent + 2 && !line.is_item;
    let ended_on_purpose = needed(text, line, next) * 100 <= width * SHORT_LINE_PERCENT;
    !indented && !ended_on_purpose
}

/// Whether the line begins like an item of a list: a bullet, or a small number with a stop or bracket.
fn is_item(line: &str) -> bool {
    if line
        .strip_prefix(['-', '*', '\u{2022}', '\u{2023}', '\u{25AA}', '\u{25CF}', '\u{00B7}'])
        .is_some_and(begins_apart)
    {
        return true;
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && line[digits..].strip_prefix(['.', ')']).is_some_and(begins_apart)
}

fn begins_apart(rest: &str) -> bool {
    rest.starts_with(char::is_whitespace) && !rest.trim().is_empty()
}

/// Whether the first letter of the line is small: a line that begins with a digit is not known to run on.
fn starts_lower(line: &str) -> bool {
    line.chars().find(|character| character.is_alphanumeric()).is_some_and(char::is_lowercase)
}

fn ends_sentence(line: &str) -> bool {
    let words = line.trim_end_matches(['"', '\'', '\u{201D}', '\u{2019}', ')', ']']);
    words.ends_with(['.', '!', '?', ':', ';', '\u{2026}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        passages(text, 0).iter().map(|passage| passage.span.of(text)).collect()
    }

    #[test]
    fn a_paragraph_to_a_line_gives_a_passage_to_a_line() {
        let text = "Mayor opens the bridge\nThe bridge was opened on Monday.\nIt cost 4 million.\n\nLater it rained.\n";
        assert_eq!(
            cut(text),
            ["Mayor opens the bridge", "The bridge was opened on Monday.", "It cost 4 million.", "Later it rained."]
        );
    }

    #[test]
    fn a_list_of_fields_at_the_front_tells_of_the_document_and_one_line_like_a_field_may_be_prose() {
        let aside = |text: &str| -> Vec<String> {
            let all = passages(text, 0);
            assert!(all.is_sorted_by_key(|passage| passage.span.start));
            let aside = all.iter().filter(|passage| passage.set_aside.is_some());
            aside.map(|passage| passage.span.of(text).to_owned()).collect()
        };
        let fields = ":Version: 5.7\n:Tags: ferry, pier,\n  timetable\n";
        let found = [":Version: 5.7", ":Tags: ferry, pier,", "timetable"];
        assert_eq!(aside(&format!("{fields}\nThe ferry runs hourly.\n")), found);
        assert_eq!(aside(&format!("Ferry\n=====\n{fields}The ferry runs hourly.\n")), found);
        assert_eq!(aside(":warning: The ferry API keeps tokens for 30 days.\n\nThe ferry runs hourly.\n"), [""; 0]);
        assert_eq!(aside(&format!("One.\n\nTwo.\n\n{fields}")), [""; 0], "further down it is text");
    }

    #[test]
    fn hard_wrapped_lines_are_one_passage() {
        let text = "The council of Port Ellery voted on Tuesday to close the old\nharbor bridge for repairs that will \
                    last until the end of the\nsummer, officials said.\n\nResidents were told to use the ferry, which \
                    will run every\ntwenty minutes.\n";
        let passages = cut(text);
        assert_eq!(passages.len(), 2, "{passages:#?}");
        assert!(passages[0].ends_with("officials said."));
    }

    #[test]
    fn a_short_line_ends_a_paragraph_even_in_wrapped_text() {
        let text = "Ferry to the rescue\nThe council of Port Ellery voted on Tuesday to close the old\nharbor bridge for \
                    repairs that will last until the end of the\nsummer.\nResidents were told to use the ferry, which \
                    will run every few\nminutes from the north pier, and every hour from the south.";
        let passages = cut(text);
        assert_eq!(passages.len(), 3, "{passages:#?}");
        assert_eq!(passages[0], "Ferry to the rescue");
    }

    #[test]
    fn list_items_are_passages_of_their_own() {
        let text = "What we know:\n- The bridge is closed.\n\u{2022} Nobody was hurt.\n2. It opens in May.\n2025 was wet.\n-5 degrees";
        let kinds: Vec<_> = passages(text, 0).iter().map(|passage| passage.kind).collect();
        use PassageKind::{ListItem, Paragraph};
        assert_eq!(kinds, [Paragraph, ListItem, ListItem, ListItem, Paragraph, Paragraph]);
    }

    #[test]
    fn nothing_but_white_space_is_left_outside() {
        let text = "\u{FEFF} one \r\n\t\r\n two\u{00A0}\r\nthree";
        let mut at = 0;
        for passage in passages(text, 0) {
            assert!(text[at..passage.span.start as usize].trim().is_empty());
            at = passage.span.end as usize;
        }
        assert_eq!(at, text.len());
        assert_eq!(passages("", 0), []);
    }
}
