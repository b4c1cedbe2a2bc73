//! The fact by outlet matrix for a terminal: a table a story, its findings down, its outlets across. One glance tells who
//! has what, who stands against whom, and who is silent.

use super::excerpt::shorten;
use super::grid::{Grid, Ink, Join, inked, paint};
use super::overview::{Cell, Row, StoryMatrix, matrices};
use super::table::not_read;
use super::telling::headline;
use super::{Listing, Reporter, Style, escape, wording};
use crate::model::{Label, Report};
use std::io;

/// `--format matrix`.
pub(super) struct Matrix;

/// Characters of a finding's words in its row.
const WORDS_SHOWN: usize = 90;

/// A column of fewer characters than this cannot hold an outlet's name; letters stand for the outlets then.
const LEAST_COLUMN: usize = 12;

/// Share of the width the words of a finding take at least, in percent, and at most where the outlets leave more.
const WORDS_PERCENT: [u16; 2] = [40, 75];

/// Characters around the words of a cell.
const FRAME: usize = 3;

impl Reporter for Matrix {
    fn name(&self) -> &'static str {
        "matrix"
    }

    fn media_type(&self) -> &'static str {
        "text/plain"
    }

    fn is_for_eyes(&self) -> bool {
        true
    }

    fn summary(&self) -> &'static str {
        "for a terminal: findings down, outlets across, a cell for what each outlet has"
    }

    fn write(&self, report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
        let matrices = matrices(report, style.single_source == Listing::Listed);
        if matrices.is_empty() {
            writeln!(out, "No finding to lay out.")?;
        }
        for (index, matrix) in matrices.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            write_story(matrix, style, out)?;
        }
        for line in footnotes(report, &matrices) {
            writeln!(out, "{}", inked(&line, style.color))?;
        }
        Ok(())
    }
}

fn write_story(matrix: &StoryMatrix<'_>, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let title = shorten(&escape::terminal(&matrix.title), usize::from(style.width).saturating_sub(1));
    writeln!(out, "{}", inked(&paint(&title, Ink::Bold), style.color))?;
    let room = usize::from(style.width) * usize::from(100 - WORDS_PERCENT[0]) / 100;
    let lettered = room / matrix.outlets.len().max(1) < LEAST_COLUMN;
    let names: Vec<String> = matrix.outlets.iter().map(|outlet| escape::terminal(outlet)).collect();
    let headings: Vec<String> = if lettered { (0..names.len()).map(letters).collect() } else { names.clone() };
    let mut grid = Grid::new(["What is reported"].into_iter().chain(headings.iter().map(String::as_str)));
    grid.keep_within(0, words_percent(matrix, &headings, style));
    for row in &matrix.rows {
        let cells = row.cells.iter().map(cell_words);
        grid.row(Join::Apart, std::iter::once(row_words(row)).chain(cells));
    }
    grid.write(style, out)?;
    if lettered {
        let legend: Vec<String> =
            headings.iter().zip(&names).map(|(letter, name)| format!("{letter} {name}")).collect();
        writeln!(out, "{}", legend.join(", "))?;
    }
    if matrix.folded > 0 {
        let folded = wording::count(matrix.folded as u64, "finding");
        let line = format!("and {folded} of one outlet only; --all lists them");
        writeln!(out, "{}", inked(&paint(&line, Ink::Faint), style.color))?;
    }
    Ok(())
}

/// The share of the width that the columns of the outlets leave to the words of the findings.
fn words_percent(matrix: &StoryMatrix<'_>, headings: &[String], style: &Style) -> u16 {
    let [least, most] = WORDS_PERCENT;
    let cell = |cell: &Cell| match cell {
        Cell::Silent | Cell::Reported | Cell::Side(_, None) => 2,
        Cell::Value(value) | Cell::Side(_, Some(value)) => value.chars().count() + 3,
    };
    let column = |(at, heading): (usize, &String)| {
        let widest = matrix.rows.iter().filter_map(|row| row.cells.get(at)).map(cell).max().unwrap_or(0);
        widest.max(heading.chars().count()) + FRAME
    };
    let taken: usize = headings.iter().enumerate().map(column).sum();
    let left = usize::from(style.width).saturating_sub(taken + FRAME + 1) * 100 / usize::from(style.width).max(1);
    u16::try_from(left).unwrap_or(most).clamp(least, most)
}

/// The finding's number in the report, its label, and its words.
fn row_words(row: &Row<'_>) -> String {
    let ink = match row.finding.label {
        Label::Conflict => Ink::Red,
        Label::Agree => Ink::Green,
        Label::SingleSource => Ink::Faint,
    };
    let label = paint(row.finding.label.name(), ink);
    let words = escape::terminal(&headline(row.finding, WORDS_SHOWN));
    format!("{} {label}\n{words}", row.number)
}

fn cell_words(cell: &Cell) -> String {
    match cell {
        Cell::Silent => paint("·", Ink::Faint),
        Cell::Reported => paint("✓", Ink::Green),
        Cell::Value(value) => format!("{} {}", paint("✓", Ink::Green), escape::terminal(value)),
        Cell::Side(side, value) => {
            let value = value.as_deref().map(|value| format!(" {}", escape::terminal(value))).unwrap_or_default();
            paint(&format!("≠{side}{value}"), Ink::Red)
        }
    }
}

/// A, B, ... Z, AA, AB, ...
fn letters(index: usize) -> String {
    let last = char::from(b'A' + (index % 26) as u8);
    match index / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letters(more - 1)),
    }
}

/// What the signs mean, and what is not in the tables.
fn footnotes(report: &Report, matrices: &[StoryMatrix<'_>]) -> Vec<String> {
    let mut lines = Vec::new();
    if !matrices.is_empty() {
        lines.push("✓ reports it, ≠1 and ≠2 stand on different sides, · is silent about it.".to_owned());
    }
    for label in [Label::Conflict, Label::Agree, Label::SingleSource] {
        let number = wording::left_out(report, label);
        if number > 0 {
            lines.push(format!("Not shown: {number} {}.", label.name()));
        }
    }
    lines.extend(not_read(report));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 51, 52].map(letters), ["A", "Z", "AA", "AZ", "BA"]);
    }
}
