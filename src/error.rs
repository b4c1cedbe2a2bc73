//! What ends a run. In: a failure and where it happened. Out: one message naming the file, the place and the mend.
//! A document that cannot be read is no `Error`: it is a [`Skipped`](crate::model::Skipped) entry, and the run goes on.

use std::fmt;

/// The result of everything that can end a run.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

/// The classes of failure that end a run; each leads to exit status 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A flag, argument or combination of them makes no sense.
    Usage,
    /// The configuration file or the source manifest is wrong.
    Configuration,
    /// An input named by the user does not exist, or nothing readable is under it.
    Input,
    /// The output could not be written.
    Output,
}

impl Error {
    /// Makes an error of `kind`; `message` names the file, the place and the mend, in lower case and without a final stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// The class of this failure.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
