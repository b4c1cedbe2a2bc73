//! Tables of reStructuredText: with borders, with two rules, and as comma-separated values. In: the lines. Out: each cell
//! that holds words as a passage of its own, row by row.

use super::{Line, inline};
use crate::model::PassageKind;
use crate::read::markup::Markup;

/// More columns than this are no table that was drawn by hand.
const MOST_COLUMNS: usize = 200;

/// Reads a table at `at`, if one begins there, and moves on behind it.
pub(super) fn table(lines: &[Line<'_>], at: &mut usize, out: &mut Markup<'_>) -> bool {
    let Some(first) = lines.get(*at) else { return false };
    let words = first.words();
    if is_border(words) {
        bordered(lines, at, out);
        true
    } else if is_ruled(words) {
        ruled(lines, at, out)
    } else {
        false
    }
}

/// `+-----+----+`
fn is_border(words: &str) -> bool {
    words.len() >= 3
        && words.starts_with("+-")
        && words.ends_with('+')
        && words.bytes().all(|byte| matches!(byte, b'+' | b'-'))
}

/// `=====  ====`
fn is_ruled(words: &str) -> bool {
    words.starts_with("==") && words.contains(' ') && words.bytes().all(|byte| matches!(byte, b'=' | b' '))
}

/// A cell that is being read: pieces of lines with their places.
type Cell<'a> = Vec<(&'a str, usize)>;

/// Writes the cells of a row, and empties them.
fn write(row: &mut [Cell<'_>], out: &mut Markup<'_>) {
    for cell in row {
        out.open(PassageKind::Table, None);
        for (words, at) in cell.drain(..) {
            inline::write(words, at, PassageKind::Table, out);
            out.space("\n");
        }
        out.close();
    }
}

fn bordered<'a>(lines: &[Line<'a>], at: &mut usize, out: &mut Markup<'_>) {
    let Some(first) = lines.get(*at) else { return };
    // Where columns begin, counted in characters from the border's first mark.
    let starts: Vec<usize> = first.words().char_indices().filter(|(_, mark)| *mark == '+').map(|(at, _)| at).collect();
    let columns = (starts.len() - 1).min(MOST_COLUMNS);
    let mut row: Vec<Cell<'a>> = vec![Vec::new(); columns];
    while let Some(line) = lines.get(*at).filter(|line| line.words().starts_with(['+', '|'])) {
        *at += 1;
        let words = line.words();
        let rule = words.starts_with('+') && words.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'='));
        if rule {
            write(&mut row, out);
            continue;
        }
        let mut offsets: Vec<usize> = words.char_indices().map(|(offset, _)| offset).collect();
        offsets.push(words.len());
        let mut from = 0;
        for column in 0..columns {
            // A cell that spans columns has no bar at the border between them.
            let end = starts[column + 1];
            let closed = offsets.get(end).is_some_and(|&offset| words[offset..].starts_with(['|', '+']));
            if !closed && column + 1 < columns {
                continue;
            }
            let start = offsets.get(starts[from] + 1).copied().unwrap_or(words.len());
            let stop = offsets.get(end).copied().unwrap_or(words.len()).max(start);
            let piece = words[start..stop].trim_matches(['|', ' ']);
            // A border inside of a row that other cells span.
            if !piece.is_empty() && !piece.bytes().all(|byte| matches!(byte, b'-' | b'+')) {
                let lead = words[start..stop].find(piece).unwrap_or(0);
                row[from].push((piece, line.words_at() + start + lead));
            }
            from = column + 1;
        }
    }
    write(&mut row, out);
}

/// A table between rules of equals signs; a gap in the rule parts columns. Without a second rule it is none.
fn ruled<'a>(lines: &[Line<'a>], at: &mut usize, out: &mut Markup<'_>) -> bool {
    let Some(first) = lines.get(*at).copied() else { return false };
    let rule: Vec<char> = first.words().chars().collect();
    let starts: Vec<usize> =
        (0..rule.len()).filter(|&column| rule[column] == '=' && (column == 0 || rule[column - 1] == ' ')).collect();
    let same = |line: &Line<'_>| line.indent == first.indent && is_ruled(line.words());
    let is_header_end = |index: usize| lines.get(index + 1).is_none_or(Line::is_blank);
    // The table ends with the second or third rule; a rule with a blank line after it is the last.
    let mut end = None;
    for (index, line) in lines.iter().enumerate().skip(*at + 1) {
        if same(line) {
            end = Some(index);
            if is_header_end(index) {
                break;
            }
        } else if !line.is_blank() && line.indent < first.indent || index > *at + LONGEST_TABLE {
            break;
        }
    }
    let Some(end) = end else { return false };
    let mut row: Vec<Cell<'a>> = vec![Vec::new(); starts.len().min(MOST_COLUMNS)];
    for line in &lines[*at + 1..end] {
        let words = line.words();
        let under = words.starts_with("--") && words.bytes().all(|byte| matches!(byte, b'-' | b' '));
        if line.is_blank() || same(line) || under {
            write(&mut row, out);
            continue;
        }
        let mut offsets: Vec<usize> = line.text.char_indices().map(|(offset, _)| offset).collect();
        offsets.push(line.text.len());
        let pieces: Vec<(usize, &'a str, usize)> = (0..row.len())
            .filter_map(|column| {
                let start = *offsets.get(first.indent + starts[column])?;
                let stop = match starts.get(column + 1) {
                    Some(next) if column + 1 < row.len() => offsets.get(first.indent + next).copied(),
                    _ => None,
                };
                let piece = line.text.get(start..stop.unwrap_or(line.text.len()))?;
                let words = piece.trim();
                let lead = piece.len() - piece.trim_start().len();
                (!words.is_empty()).then_some((column, words, line.start + start + lead))
            })
            .collect();
        // A line whose first column is empty goes on with the row above.
        if pieces.first().is_some_and(|(column, ..)| *column == 0) {
            write(&mut row, out);
        }
        for (column, words, at) in pieces {
            row[column].push((words, at));
        }
    }
    write(&mut row, out);
    *at = end + 1;
    true
}

/// No table drawn by hand has more lines.
const LONGEST_TABLE: usize = 2_000;

/// Rows of comma-separated values, indented by more than `indent`.
pub(super) fn csv<'a>(lines: &[Line<'a>], at: &mut usize, indent: usize, out: &mut Markup<'_>) {
    while let Some(line) = lines.get(*at).filter(|line| line.is_blank() || line.indent > indent) {
        *at += 1;
        let words = line.words();
        let mut start = 0;
        let mut quoted = false;
        let mut row: Vec<Cell<'a>> = Vec::new();
        for (offset, mark) in words.char_indices().chain([(words.len(), ',')]) {
            quoted ^= mark == '"';
            if mark == ',' && (!quoted || offset == words.len()) {
                let cell = &words[start.min(offset)..offset];
                let piece = cell.trim_matches(['"', ' ']);
                let lead = cell.find(piece).unwrap_or(0);
                row.push(vec![(piece, line.words_at() + start + lead)]);
                start = offset + 1;
            }
        }
        write(&mut row, out);
    }
}
