//! The marks inside a line of reStructuredText: emphasis, literals, roles, references. In: a line and where it stands. Out:
//! its words, each with its place. Marks that are not closed on the line are taken off by themselves, since a reference
//! may be broken over two lines.

use crate::model::PassageKind;
use crate::read::markup::{Markup, ahead};

/// Writes the words of `text`, a piece of the file that begins at byte `at`.
pub(super) fn write(text: &str, at: usize, kind: PassageKind, out: &mut Markup<'_>) {
    let mut plain = 0;
    let mut here = 0;
    while let Some(mark) = text[here..].chars().next() {
        let rest = ahead(&text[here..]);
        let before = text[..here].chars().next_back();
        // What is left out, and the words in it that are kept, counted from here.
        let (length, kept) = match mark {
            '\\' => (1 + rest[1..].chars().next().filter(|next| next.is_whitespace()).map_or(0, char::len_utf8), 0..0),
            '`' => quoted(rest),
            ':' if !before.is_some_and(char::is_alphanumeric) => match role(rest) {
                Some(length) => {
                    let (quoted, kept) = quoted(&rest[length..]);
                    (length + quoted, kept.start + length..kept.end + length)
                }
                None => (0, 0..0),
            },
            '<' => (broken_target(rest), 0..0),
            '*' => (stars(rest, before), 0..0),
            '[' => (footnote(rest), 0..0),
            '_' => (reference(rest, beginning_of_word(&text[plain..here])), 0..0),
            _ => (0, 0..0),
        };
        if length == 0 {
            here += mark.len_utf8();
            continue;
        }
        // The space before what is left out altogether goes with it.
        let written = &text[plain..here];
        let written = if matches!(mark, '<' | '[') { written.trim_end() } else { written };
        out.words(written, at + plain, kind);
        out.words(&rest[kept.clone()], at + here + kept.start, kind);
        here += length;
        plain = here;
        if mark == '\\' && length == 1 {
            // The mark after it stands for itself.
            here += text[here..].chars().next().filter(|next| !next.is_whitespace()).map_or(0, char::len_utf8);
        }
    }
    out.words(&text[plain..], at + plain, kind);
}

/// A literal or an interpreted text at the beginning of `rest`: its length, and which of it is kept.
fn quoted(rest: &str) -> (usize, std::ops::Range<usize>) {
    if rest.is_empty() {
        // A role whose text stands on the next line.
        return (0, 0..0);
    }
    if let Some(inner) = rest.strip_prefix("``") {
        return match inner.find("``") {
            Some(end) => (end + 4, 2..end + 2),
            None => (2, 0..0),
        };
    }
    let Some(end) = rest.get(1..).and_then(|inner| inner.find('`')) else { return (1, 0..0) };
    let inner = &rest[1..=end];
    let mut length = end + 2;
    length += rest[length..].bytes().take_while(|&byte| byte == b'_').count().min(2);
    // "`text`:role:"
    length += role(&rest[length..]).unwrap_or(0);
    let words = match inner.rfind('<') {
        // "text <target>": the target is no text; a target alone is.
        Some(open) if inner.ends_with('>') && !inner[..open].trim().is_empty() => inner[..open].trim_end(),
        _ => inner,
    };
    let start = if words.starts_with('~') {
        words.rfind('.').map_or(1, |dot| dot + 1)
    } else {
        usize::from(words.starts_with('!'))
    };
    (length, 1 + start.min(words.len())..1 + words.len())
}

/// The length of the name of a role, if one stands at the beginning: `:ref:`.
fn role(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix(':')?;
    let is_named = |byte: &u8| byte.is_ascii_alphanumeric() || b":-_.+".contains(byte);
    let length = inner.bytes().take(LONGEST_WORD).take_while(is_named).count();
    let name = inner[..length].strip_suffix(':')?;
    (!name.is_empty() && (inner[length..].starts_with('`') || inner[length..].is_empty())).then_some(length + 1)
}

/// The end of a reference that began on the line before: "<target>`_".
fn broken_target(rest: &str) -> usize {
    let Some(end) = rest.find('>') else { return 0 };
    let inner = &rest[1..end];
    if inner.is_empty() || inner.contains(char::is_whitespace) || !rest[end + 1..].starts_with('`') {
        return 0;
    }
    end + 2 + rest[end + 2..].bytes().take_while(|&byte| byte == b'_').count().min(2)
}

/// How many stars at the beginning are marks of emphasis.
fn stars(rest: &str, before: Option<char>) -> usize {
    let count = rest.bytes().take(3).take_while(|&byte| byte == b'*').count();
    if count > 2 {
        return 0;
    }
    let after = rest[count..].chars().next();
    let apart = |mark: Option<char>| mark.is_none_or(|mark| !mark.is_alphanumeric());
    let opens = apart(before) && after.is_some_and(|mark| !mark.is_whitespace());
    let closes = apart(after) && before.is_some_and(|mark| !mark.is_whitespace());
    if opens || closes { count } else { 0 }
}

/// The length of a reference to a footnote or citation: `[1]_`, `[#name]_`.
fn footnote(rest: &str) -> usize {
    let end = rest.find(']').unwrap_or(0);
    if end > 1 && end < 40 && rest[end + 1..].starts_with('_') && !rest[1..end].contains(char::is_whitespace) {
        end + 2
    } else {
        0
    }
}

/// The end of `written`, as far back as a word may reach.
fn beginning_of_word(written: &str) -> &str {
    let mut start = written.len().saturating_sub(LONGEST_WORD);
    while !written.is_char_boundary(start) {
        start += 1;
    }
    &written[start..]
}

/// Of a longer word only the end is looked at, and no name of a role is longer.
const LONGEST_WORD: usize = 80;

/// The length of the mark that makes a word a reference: `word_`, `phrase__`.
fn reference(rest: &str, written: &str) -> usize {
    let before = written.chars().next_back();
    let word = written.rsplit(char::is_whitespace).next().unwrap_or_default();
    let count = rest.bytes().take(3).take_while(|&byte| byte == b'_').count();
    let after = rest[count..].chars().next();
    let ends = after.is_none_or(|mark| mark.is_whitespace() || ".,;:!?)]'\"-/".contains(mark));
    // "__init__" is a name.
    let named = word.starts_with('_');
    if count <= 2 && ends && !named && before.is_some_and(char::is_alphanumeric) { count } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = Markup::new(text);
        write(text, 0, PassageKind::Paragraph, &mut out);
        out.text.trim().to_owned()
    }

    #[test]
    fn marks_come_off_and_words_stay() {
        for (text, expected) in [
            ("The **old** bridge is *closed*.", "The old bridge is closed."),
            ("Use ``retry*`` and ``a`b``.", "Use retry* and a`b."),
            ("See `the harbor guide <https://ellery.example>`_ first.", "See the harbor guide first."),
            ("See :ref:`the guide <guide>` and :doc:`install`.", "See the guide and install."),
            ("Call :func:`~ferry.pier.open` or :class:`!Boat`.", "Call open or Boat."),
            ("As told [1]_ and [#note]_ by Ellery_.", "As told and by Ellery."),
            ("Two \\*stars\\* and 2*3*4, snake_case and __init__.", "Two *stars* and 2*3*4, snake_case and __init__."),
            ("A ratio of 3:1 at 10:30, list[0].", "A ratio of 3:1 at 10:30, list[0]."),
            ("<https://ellery.example/guide>`_ tells more.", "tells more."),
            ("Begins `here", "Begins here"),
            ("See :ref:", "See"),
            ("H\\ :sub:`2`\\ O", "H2O"),
            ("`<https://ellery.example>`_", "<https://ellery.example>"),
            ("é *ä* `ö`", "é ä ö"),
        ] {
            assert_eq!(written(text), expected, "{text}");
        }
    }
}
