//! Tables of AsciiDoc. In: the lines between the marks of a table, and what parts the cells. Out: each cell that holds words
//! as a passage of its own.

use super::{Attributes, inline};
use crate::model::PassageKind;
use crate::read::markup::Markup;
use crate::read::rst::Line;

/// Reads the cells of a table.
pub(super) fn table(lines: &[Line<'_>], separator: char, attributes: &Attributes<'_>, out: &mut Markup<'_>) {
    // Of values parted by commas a line is a row; else a cell runs on until the next mark.
    let by_line = separator != '|' && separator != '!';
    for line in lines {
        if line.is_blank() || line.text.starts_with("//") {
            continue;
        }
        let text = line.text;
        let mut start = 0;
        let mut quoted = false;
        if by_line {
            out.close();
        }
        for (offset, mark) in text.char_indices() {
            quoted ^= by_line && mark == '"';
            if mark != separator || quoted || text[..offset].ends_with('\\') {
                continue;
            }
            piece(line, start..offset, !by_line, attributes, out);
            out.close();
            start = offset + mark.len_utf8();
        }
        piece(line, start..text.len(), false, attributes, out);
        if by_line {
            out.close();
        }
    }
    out.close();
}

/// Writes a piece of a cell. Before a mark may stand what the next cell is like: "2+", ".3+^.>s".
fn piece(
    line: &Line<'_>,
    range: std::ops::Range<usize>,
    before_mark: bool,
    attributes: &Attributes<'_>,
    out: &mut Markup<'_>,
) {
    let written = &line.text[range.clone()];
    let mut kept = written.trim();
    let lead = written.len() - written.trim_start().len();
    if before_mark {
        let spec = kept.rsplit(char::is_whitespace).next().unwrap_or_default();
        let is_spec = !spec.is_empty()
            && spec.bytes().all(|byte| byte.is_ascii_digit() || b"+*.<>^adehlmsv".contains(&byte))
            && (spec.len() == 1 && !kept.contains(char::is_whitespace) && range.start == 0
                || spec.contains(['+', '*', '^', '<', '>']));
        if is_spec {
            kept = kept[..kept.len() - spec.len()].trim_end();
        }
    }
    let lead_quote = usize::from(kept.len() >= 2 && kept.starts_with('"') && kept.ends_with('"') && !before_mark);
    let kept = &kept[lead_quote..kept.len() - lead_quote];
    if kept.is_empty() {
        return;
    }
    if out.opened().is_none() {
        out.open(PassageKind::Table, None);
    } else {
        out.space("\n");
    }
    inline::write(kept, line.start + range.start + lead + lead_quote, PassageKind::Table, attributes, out);
}
