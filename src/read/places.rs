//! Offsets in a file → lines and columns, quickest where they are asked for in ascending order.

use super::encoding::narrow;
use crate::model::Place;

/// A place in a file that moves with what is asked.
#[derive(Debug)]
pub(super) struct Places<'a> {
    file: &'a str,
    at: usize,
    place: Place,
    /// Where lines begin, once it was asked for a place before the last: cells of a table are read column by column.
    lines: Option<Vec<usize>>,
}

impl<'a> Places<'a> {
    /// Begins at the beginning of `file`.
    pub(super) fn new(file: &'a str) -> Self {
        Self { file, at: 0, place: Place { line: 1, column: 1 }, lines: None }
    }

    /// The place of `offset`, which lies between characters.
    pub(super) fn of(&mut self, offset: usize) -> Place {
        if offset < self.at {
            let file = self.file;
            let starts = self.lines.get_or_insert_with(|| {
                std::iter::once(0).chain(file.match_indices('\n').map(|(end, _)| end + 1)).collect()
            });
            let line = starts.partition_point(|&start| start <= offset);
            self.at = starts[line - 1];
            self.place = Place { line: narrow(line), column: 1 };
        }
        for character in self.file[self.at..offset].chars() {
            if character == '\n' {
                self.place = Place { line: self.place.line.saturating_add(1), column: 1 };
            } else {
                self.place.column = self.place.column.saturating_add(1);
            }
        }
        self.at = offset;
        self.place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_in_any_order() {
        let file = "one\ntwö and\n\nfour";
        let told = |order: &[usize]| {
            let mut places = Places::new(file);
            order.iter().map(|&at| (places.of(at).line, places.of(at).column)).collect::<Vec<_>>()
        };
        assert_eq!(told(&[0, 4, 8, 14, 18]), [(1, 1), (2, 1), (2, 4), (4, 1), (4, 5)]);
        assert_eq!(told(&[14, 8, 4, 8, 0, 18, 3]), [(4, 1), (2, 4), (2, 1), (2, 4), (1, 1), (4, 5), (1, 4)]);
    }
}
