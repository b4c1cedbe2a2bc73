//! Offsets in a file → lines and columns, quick where they are asked for in ascending order.

use super::encoding::narrow;
use crate::model::Place;

/// So far back, in bytes, lines are counted backward.
const NEAR: usize = 64 * 1024;

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

    /// The place of `offset`, which lies between characters. Going far back begins anew.
    pub(super) fn of(&mut self, offset: usize) -> Place {
        if offset < self.at {
            // Back to the line's beginning, where that is near: cells of a table are read column by column.
            let start = self.file[..offset].rfind('\n').map_or(0, |end| end + 1);
            if self.at - start < NEAR {
                let lines = self.file[start..self.at].bytes().filter(|&byte| byte == b'\n').count();
                self.place = Place { line: self.place.line.saturating_sub(narrow(lines)), column: 1 };
                self.at = start;
            } else {
                *self = Self::new(self.file);
            }
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
