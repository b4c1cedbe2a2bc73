//! Offsets in a file → lines and columns, quick where they are asked for in ascending order.

use crate::model::Place;

/// A place in a file that moves forward with what is asked.
#[derive(Debug)]
pub(super) struct Places<'a> {
    file: &'a str,
    at: usize,
    place: Place,
}

impl<'a> Places<'a> {
    /// Begins at the beginning of `file`.
    pub(super) fn new(file: &'a str) -> Self {
        Self { file, at: 0, place: Place { line: 1, column: 1 } }
    }

    /// The place of `offset`, which lies between characters. Going back begins anew.
    pub(super) fn of(&mut self, offset: usize) -> Place {
        if offset < self.at {
            *self = Self::new(self.file);
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
