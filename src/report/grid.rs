//! Rows of cells → a table that fits a width. Colors are laid on after the layout, since escape codes have no width.
//!
//! Cells come in as safe text (see [`escape`](super::escape)); [`paint`] puts marks without width around words, and
//! [`Grid::write`] turns them into escape codes, or drops them. A row may continue the one above: no line is drawn
//! between the two.

use super::{Color, Style};
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};
use std::io;

/// A color for words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Conflicts, and the words that differ.
    Red,
    /// What is worth a look.
    Yellow,
    /// Agreements.
    Green,
    /// What stands back: places, counts.
    Faint,
    /// Headings.
    Bold,
}

/// The inks with the invisible mark that stands for each during the layout, and its escape code. The marks have no width
/// and never occur in safe text.
const INKS: [(Ink, char, &str); 5] = [
    (Ink::Red, '\u{2061}', "\u{1b}[1;31m"),
    (Ink::Yellow, '\u{2062}', "\u{1b}[33m"),
    (Ink::Green, '\u{2064}', "\u{1b}[32m"),
    (Ink::Faint, '\u{206E}', "\u{1b}[2m"),
    (Ink::Bold, '\u{206F}', "\u{1b}[1m"),
];

/// The mark that ends a run of ink.
const END: char = '\u{2063}';

/// The escape code that ends all color.
const RESET: &str = "\u{1b}[0m";

/// The line between two columns.
const BORDER: char = '│';

/// Puts ink on words, each word on its own, so that a table may break lines between them.
pub fn paint(text: &str, ink: Ink) -> String {
    let mark = INKS.iter().find(|(known, _, _)| *known == ink).map_or(END, |(_, mark, _)| *mark);
    let mut painted = String::with_capacity(text.len() + 12);
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            painted.push(' ');
        }
        if !word.is_empty() {
            painted.push(mark);
            painted.push_str(word);
            painted.push(END);
        }
    }
    painted
}

/// Text with the marks of [`paint`] as it is printed: escape codes, or nothing.
pub fn inked(text: &str, color: Color) -> String {
    let mut printed = String::with_capacity(text.len() + 16);
    let mut open = false;
    for character in text.chars() {
        if character == END || (open && character == BORDER) {
            if open && color == Color::Ansi {
                printed.push_str(RESET);
            }
            open = false;
        }
        match INKS.iter().find(|(_, mark, _)| *mark == character) {
            Some((_, _, code)) => {
                if color == Color::Ansi {
                    printed.push_str(code);
                    open = true;
                }
            }
            None if character == END => {}
            None => printed.push(character),
        }
    }
    if open {
        printed.push_str(RESET);
    }
    printed
}

/// A table in the making.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    header: Vec<String>,
    rows: Vec<(Join, Vec<String>)>,
    at_most: Vec<(usize, u16)>,
}

/// How a row stands to the one above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// It begins something new.
    Apart,
    /// It goes on with it.
    Continued,
}

impl Grid {
    /// An empty table with these headings.
    pub fn new<'a>(header: impl IntoIterator<Item = &'a str>) -> Self {
        Self { header: header.into_iter().map(str::to_owned).collect(), ..Self::default() }
    }

    /// Adds a row; a line break in a cell stays one.
    pub fn row(&mut self, join: Join, cells: impl IntoIterator<Item = String>) {
        self.rows.push((join, cells.into_iter().collect()));
    }

    /// Keeps a column within a share of the width, in percent.
    pub fn keep_within(&mut self, column: usize, percent: u16) {
        self.at_most.push((column, percent));
    }

    /// True where no row was added.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Lays the table out within `style.width` and writes it.
    pub fn write(&self, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
        let mut table = Table::new();
        table.load_style(presets::UTF8_FULL_CONDENSED);
        table.load_style(presets::UTF8_FULL);
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(style.width);
        table.set_header(self.header.iter().map(|heading| paint(heading, Ink::Bold)).collect::<Vec<_>>());
        for (_, cells) in &self.rows {
            table.add_row(cells.clone());
        }
        for &(column, percent) in &self.at_most {
            if let Some(column) = table.column_mut(column) {
                column.set_constraint(ColumnConstraint::UpperBoundary(Width::Percentage(percent)));
            }
        }
        // A line is drawn under the header and between any two rows; those before a continued row are taken out.
        let mut next_row = 0;
        for line in table.lines() {
            if line.starts_with('├') {
                next_row += 1;
                if matches!(self.rows.get(next_row - 1), Some((Join::Continued, _))) {
                    continue;
                }
            }
            if line.starts_with('╞') && !self.rows.is_empty() {
                next_row += 1;
            }
            writeln!(out, "{}", inked(&line, style.color).trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(grid: &Grid, style: &Style) -> String {
        let mut bytes = Vec::new();
        grid.write(style, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    fn sample() -> Grid {
        let mut grid = Grid::new(["Label", "Text"]);
        grid.row(
            Join::Apart,
            [paint("conflict", Ink::Red), "one two three four five six seven eight nine ten".to_owned()],
        );
        grid.row(Join::Continued, [String::new(), format!("eleven {} ten", paint("and twelve", Ink::Red))]);
        grid.row(Join::Apart, ["agree".to_owned(), "thirteen".to_owned()]);
        grid
    }

    #[test]
    fn a_continued_row_has_no_line_above_it() {
        let text = drawn(&sample(), &Style { width: 80, ..Style::default() });
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.iter().filter(|line| line.starts_with('├')).count(), 1, "{text}");
        assert!(lines[3].contains("one two") && lines[4].contains("eleven and twelve ten"), "{text}");
    }

    #[test]
    fn color_changes_no_layout() {
        for width in [40, 60, 100, 200] {
            let plain = drawn(&sample(), &Style { width, ..Style::default() });
            let ansi = drawn(&sample(), &Style { width, color: Color::Ansi, ..Style::default() });
            let mut stripped = ansi.clone();
            for (_, _, code) in INKS {
                stripped = stripped.replace(code, "");
            }
            assert_eq!(stripped.replace(RESET, ""), plain);
            assert!(ansi.contains("\u{1b}[1;31mtwelve\u{1b}[0m"), "{ansi}");
            assert!(plain.lines().all(|line| line.chars().count() <= usize::from(width)), "{plain}");
        }
    }
}
