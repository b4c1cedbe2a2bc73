//! Comments that ask a gate to leave findings alone: `crossclaim-ignore: RULE reason`. In: the file and where its comments
//! stand. Out: what each asks for, and which lines it is about. Whether it names known rules is for the gate to find out.

use super::encoding::narrow;
use super::places::Places;
use crate::model::IgnoreComment;
use std::ops::Range;

/// What such a comment begins with.
const WORD: &str = "crossclaim-ignore";

/// What follows on the word in one that is about its whole file.
const WHOLE_FILE: &str = "-file";

/// The mark of the last day.
const UNTIL: &str = "until=";

/// What opens a comment in plain text, where it begins a line.
const LINE_MARKS: [&str; 5] = ["#", "//", ";", "%", ".."];

/// What ends a block of HTML.
const BLOCK_ENDS: [&str; 8] = ["</p>", "</li>", "</td>", "</tr>", "</dd>", "</div>", "</section>", "</blockquote>"];

/// A comment of a file: all of it, and the words in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Comment {
    pub(super) whole: Range<usize>,
    pub(super) words: Range<usize>,
}

/// What the comments ask for that ask for anything, in order.
pub(super) fn ignores(file: &str, comments: &[Comment]) -> Vec<IgnoreComment> {
    let mut places = Places::new(file);
    let mut lines: Option<Vec<&str>> = None;
    let mut found = Vec::new();
    for comment in comments {
        let words = file[comment.words.clone()].trim();
        let Some(asked) = words.strip_prefix(WORD) else { continue };
        let lines = lines.get_or_insert_with(|| file.lines().collect());
        let place = places.of(comment.whole.start);
        let last = place.line + narrow(file[comment.whole.clone()].matches('\n').count());
        let (from, to) = if asked.starts_with(WHOLE_FILE) {
            (1, u32::MAX)
        } else if stands_alone(file, &comment.whole) {
            block_after(lines, last)
        } else {
            (place.line, last)
        };
        let mut read = read(asked.strip_prefix(WHOLE_FILE).unwrap_or(asked));
        (read.place, read.from, read.to) = (place, from, to);
        found.push(read);
    }
    found
}

/// The comments `<!-- ... -->` of a file that may ask for something.
pub(super) fn in_markup(file: &str) -> Vec<Comment> {
    let mut found = Vec::new();
    // Most files hold none, and the search for the word is quick.
    if !file.contains(WORD) {
        return found;
    }
    let mut done = 0;
    for (start, mark) in file.match_indices("<!--") {
        let words = start + mark.len();
        // A comment ends with the first mark of an end, whatever is opened in it; where there is none, none follows.
        if start < done || !file[words..].trim_start().starts_with(WORD) {
            continue;
        }
        let Some(length) = file[words..].find("-->") else { break };
        done = words + length + 3;
        found.push(Comment { whole: start..done, words: words..words + length });
    }
    found
}

/// The comments `{/* ... */}` of a file, as MDX writes them, whatever they say.
pub(super) fn in_braces(file: &str) -> Vec<Comment> {
    let mut found: Vec<Comment> = Vec::new();
    for (start, mark) in file.match_indices("{/*") {
        let words = start + mark.len();
        if found.last().is_some_and(|last| start < last.whole.end) {
            continue;
        }
        let Some(length) = file[words..].find("*/") else { break };
        let behind = words + length + 2;
        // Something may stand behind the comment in its braces; then it is an expression, and its value is text.
        if file[behind..].trim_start().starts_with('}') {
            let end = behind + file[behind..].find('}').map_or(0, |at| at + 1);
            found.push(Comment { whole: start..end, words: words..words + length });
        }
    }
    found
}

/// The comments of a file that begin a line with `mark` (`//` of AsciiDoc, `..` of reStructuredText). Lines between two equal
/// lines of one sign, as `----`, are a listing and no comments.
pub(super) fn by_lines(file: &str, mark: &str) -> Vec<Comment> {
    let mut found = Vec::new();
    if !file.contains(WORD) {
        return found;
    }
    let mut listing: Option<&str> = None;
    let mut start = 0;
    for piece in file.split_inclusive('\n') {
        let line = piece.trim_end();
        let sign = line.chars().next().filter(|sign| "-.+`".contains(*sign));
        let is_fence = mark == "//" && line.len() >= 4 && sign.is_some_and(|sign| line.chars().all(|c| c == sign));
        match listing {
            Some(opened) if is_fence && opened == line => listing = None,
            Some(_) => {}
            None if is_fence => listing = Some(line),
            None => found.extend(of_line(line, mark, start)),
        }
        start += piece.len();
    }
    found
}

/// The comments of plain text: lines behind one of the usual marks, and `<!-- ... -->`.
pub(super) fn in_text(file: &str) -> Vec<Comment> {
    let mut found = in_markup(file);
    if file.contains(WORD) {
        let mut start = 0;
        for piece in file.split_inclusive('\n') {
            found.extend(LINE_MARKS.iter().find_map(|mark| of_line(piece.trim_end(), mark, start)));
            start += piece.len();
        }
    }
    found.sort_by_key(|comment| comment.whole.start);
    found
}

/// `file` with white space in place of the comments, every character of as many bytes as before, so that all places stay.
pub(super) fn blanked(file: String, comments: &[Comment]) -> String {
    if comments.is_empty() {
        return file;
    }
    let mut blank = String::with_capacity(file.len());
    let mut at = 0;
    for comment in comments {
        // Of two comments that overlap, the second has its rest blanked.
        if comment.whole.end <= at {
            continue;
        }
        let start = comment.whole.start.max(at);
        blank.push_str(&file[at..start]);
        blank.extend(file[start..comment.whole.end].chars().map(|character| match character {
            '\n' | '\r' => character,
            wide => match wide.len_utf8() {
                1 => ' ',
                2 => '\u{A0}',
                3 => '\u{2003}',
                _ => wide,
            },
        }));
        at = comment.whole.end;
    }
    blank.push_str(&file[at..]);
    blank
}

/// The comment on a line that begins at `start`, if it is one that asks.
fn of_line(line: &str, mark: &str, start: usize) -> Option<Comment> {
    let indent = line.len() - line.trim_start().len();
    let rest = line[indent..].strip_prefix(mark)?;
    let words = rest.trim_start();
    let at = start + line.len() - words.len();
    words
        .starts_with(WORD)
        .then(|| Comment { whole: start + indent..start + line.len(), words: at..start + line.len() })
}

/// Whether nothing but white space stands beside a comment on its lines.
fn stands_alone(file: &str, whole: &Range<usize>) -> bool {
    let before = file[..whole.start].rsplit('\n').next().unwrap_or("");
    let after = file[whole.end..].split('\n').next().unwrap_or("");
    before.trim().is_empty() && after.trim().is_empty()
}

/// The lines of the block below line `last`: from the next line with words to the next blank one, or to the end of a block of
/// HTML.
fn block_after(lines: &[&str], last: u32) -> (u32, u32) {
    let below = lines.iter().enumerate().skip(last as usize);
    let mut words = below.skip_while(|(_, line)| line.trim().is_empty());
    let Some((first, line)) = words.next() else { return (last, last) };
    let ends = |line: &str| BLOCK_ENDS.iter().any(|end| line.contains(end));
    let mut end = first;
    if !ends(line) {
        for (at, line) in words {
            if line.trim().is_empty() {
                break;
            }
            end = at;
            if ends(line) {
                break;
            }
        }
    }
    (narrow(first + 1), narrow(end + 1))
}

/// What stands behind the word.
fn read(asked: &str) -> IgnoreComment {
    let mut comment = IgnoreComment {
        place: crate::model::Place { line: 1, column: 1 },
        from: 0,
        to: 0,
        rules: Vec::new(),
        reason: String::new(),
        until: None,
        mistake: None,
    };
    let form = "write `crossclaim-ignore: RULE reason`";
    let Some(asked) = asked.trim_start().strip_prefix(':') else {
        comment.mistake = Some(format!("the comment names no rule; {form}"));
        return comment;
    };
    let mut words = asked.split_whitespace();
    for word in words.by_ref() {
        comment.rules.extend(word.split(',').filter(|rule| !rule.is_empty()).map(str::to_owned));
        if !word.ends_with(',') {
            break;
        }
    }
    let mut reason: Vec<&str> = Vec::new();
    for word in words {
        match word.strip_prefix(UNTIL) {
            Some(day) => match day.trim_end_matches([',', '.', ';']).parse() {
                Ok(day) => comment.until = Some(day),
                Err(_) => comment.mistake = Some(format!("`{word}` tells no day; write it as until=2031-12-31")),
            },
            None => reason.push(word),
        }
    }
    comment.reason = reason.join(" ").trim_start_matches(['-', '—', ':']).trim().to_owned();
    if comment.rules.is_empty() {
        comment.mistake = Some(format!("the comment names no rule; {form}"));
    } else if !comment.reason.chars().any(char::is_alphabetic) {
        comment.mistake = Some(format!("the comment gives no reason; {form}"));
    }
    comment
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_markup(file: &str) -> Vec<IgnoreComment> {
        ignores(file, &in_markup(file))
    }

    #[test]
    fn a_comment_is_about_its_line_or_the_block_below() {
        let file = "One.\n\n<!-- crossclaim-ignore: negation old text -->\n\nTwo\nthree.\n\nFour. <!-- crossclaim-ignore: \
                    negation, date-mismatch\nold until=2031-12-31 -->\n<!-- crossclaim-ignore-file: negation all old -->\n";
        let found = of_markup(file);
        assert_eq!(found.iter().map(|one| (one.from, one.to)).collect::<Vec<_>>(), [(5, 6), (8, 9), (1, u32::MAX)]);
        assert_eq!(found[1].rules, ["negation", "date-mismatch"]);
        assert_eq!((found[1].reason.as_str(), found[1].until), ("old", Some(jiff::civil::date(2031, 12, 31))));
        assert_eq!((found[1].place.line, found[1].place.column), (8, 7));
        assert!(found.iter().all(|one| one.mistake.is_none()));
    }

    #[test]
    fn a_block_of_html_ends_with_its_tag() {
        let file = "<!-- crossclaim-ignore: negation old text -->\n<p>One\ntwo</p>\n<p>three</p>\n";
        assert_eq!((of_markup(file)[0].from, of_markup(file)[0].to), (2, 3));
    }

    #[test]
    fn what_is_wrong_with_a_comment_is_told() {
        let mistake = |words: &str| of_markup(&format!("<!-- {words} -->"))[0].mistake.clone().unwrap_or_default();
        assert!(mistake("crossclaim-ignore negation").contains("names no rule"));
        assert!(mistake("crossclaim-ignore: negation").contains("gives no reason"));
        assert!(mistake("crossclaim-ignore: negation -- ").contains("gives no reason"));
        assert!(mistake("crossclaim-ignore: negation old until=soon").contains("`until=soon` tells no day"));
        assert_eq!(mistake("crossclaim-ignore: negation -- old"), "");
        assert_eq!(of_markup("<!-- something else, not crossclaim-ignore: negation x -->"), []);
    }

    #[test]
    fn lines_of_a_listing_are_no_comments() {
        let file =
            "// crossclaim-ignore: negation old text\nOne.\n\n----\n// crossclaim-ignore: negation shown\n----\n";
        assert_eq!(ignores(file, &by_lines(file, "//")).len(), 1);
        let file = "One.\n\n.. crossclaim-ignore: negation old text\n\nTwo.\n";
        let found = ignores(file, &by_lines(file, ".."));
        assert_eq!((found[0].from, found[0].to), (5, 5));
    }

    #[test]
    fn blanked_comments_leave_every_place_as_it_was() {
        let file =
            "Öl. <!-- crossclaim-ignore: negation „alt“ -->Zwei.\n# crossclaim-ignore: negation x\r\nDrei.".to_owned();
        let comments = in_text(&file);
        assert_eq!(comments.len(), 2);
        let blank = blanked(file.clone(), &comments);
        assert!(!blank.contains("crossclaim") && blank.len() == file.len(), "{blank}");
        assert_eq!(blank.find("Zwei"), file.find("Zwei"));
        assert_eq!(blank.chars().count(), file.chars().count());
    }
}
