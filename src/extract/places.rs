//! Offsets in ascending order → places in the file, in one pass. `LineMap::place` counts from the beginning of its run
//! each time, which is quadratic over the claims of a long document.

use crate::model::{Document, LineMap, Place, Span};

/// The places of a document, asked for in ascending order.
pub(super) struct Places<'a> {
    document: &'a Document,
    last: Option<(usize, Place)>,
}

impl<'a> Places<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        Self { document, last: None }
    }

    /// The place of `offset`. An offset before the last one is right too, but counted from the start.
    pub(super) fn at(&mut self, offset: usize) -> Place {
        let text = &self.document.text;
        let reached = self.last.filter(|&(from, _)| from <= offset && !self.run_begins_between(from, offset));
        let place = match reached {
            Some((from, place)) => advance(place, &text[from..offset]),
            None => self.document.lines.place(text, offset),
        };
        self.last = Some((offset, place));
        place
    }

    /// The place after the last character of `span`; nothing where only the line of a record is known.
    pub(super) fn after(&mut self, span: Span) -> Option<Place> {
        if matches!(self.document.lines, LineMap::Record(_)) {
            return None;
        }
        let before_end = &self.document.text[..span.end as usize];
        let last = before_end.char_indices().next_back().map_or(0, |(at, _)| at);
        // The next claim may begin inside of this one, and is counted from where this one begins.
        let begun = self.last;
        let place = self.at(last);
        self.last = begun;
        Some(Place { line: place.line, column: place.column.saturating_add(1) })
    }

    /// True where places do not simply go on with the text between the two offsets.
    fn run_begins_between(&self, from: usize, to: usize) -> bool {
        match &self.document.lines {
            LineMap::Verbatim => false,
            LineMap::Record(_) => true,
            LineMap::Runs(runs) => {
                let before = |offset: usize| runs.partition_point(|run| run.text as usize <= offset);
                before(from) != before(to)
            }
        }
    }
}

/// The place after the text `between`, which begins at `place`.
fn advance(place: Place, between: &str) -> Place {
    let breaks = between.bytes().filter(|&byte| byte == b'\n').count();
    let counted = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    match between.rfind('\n') {
        Some(last) => Place {
            line: place.line.saturating_add(counted(breaks)),
            column: counted(1 + between[last + 1..].chars().count()),
        },
        None => Place { line: place.line, column: place.column.saturating_add(counted(between.chars().count())) },
    }
}
