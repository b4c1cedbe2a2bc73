//! How a report is to look, decided by the caller: width, color, and how much of it is listed.

/// What a reporter is told about its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns of a line, for formats that are laid out.
    pub width: u16,
    /// Whether words are marked by color or by brackets.
    pub color: Color,
    /// What is done with claims of one outlet only, in formats made for reading.
    pub single_source: Listing,
    /// What is done with conflicts that were considered and not raised, in formats made for reading.
    pub explained_away: Listing,
    /// Whether an agreement shows one claim or the claims of every outlet, in the table.
    pub claims: Listing,
    /// Under what the findings stand together, in the table.
    pub group_by: GroupBy,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            width: 100,
            color: Color::Plain,
            single_source: Listing::Counted,
            explained_away: Listing::Counted,
            claims: Listing::Counted,
            group_by: GroupBy::Label,
        }
    }
}

/// Whether escape codes may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// Text only.
    Plain,
    /// ANSI escape codes.
    Ansi,
}

/// Whether a sort of entries is written out or only counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// Counted.
    Counted,
    /// Written out.
    Listed,
}

/// Under what findings stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupBy {
    /// One table: conflicts, agreements, single-source.
    Label,
    /// A table for each story.
    Story,
    /// A table for each outlet, with all it reports.
    Source,
}
