//! How the program ends; `docs/exit-status.md` is the page about it.

use crossclaim::error::{Error, ErrorKind};
use std::io;

/// The exit status. A later one outranks an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Nothing denied.
    Clean,
    /// A gate denied findings.
    Denied,
    /// The run failed, or an input that was named could not be read.
    Failed,
}

impl Exit {
    /// The number the shell sees.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Denied => 1,
            Self::Failed => 2,
        }
    }
}

/// Why a command stopped before its end.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The reader of the output went away.
    ClosedPipe,
    /// Anything else.
    Run(Error),
}

impl Failure {
    /// A usage error.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::Run(Error::new(ErrorKind::Usage, message))
    }

    /// An input that cannot be used.
    pub(crate) fn input(message: impl Into<String>) -> Self {
        Self::Run(Error::new(ErrorKind::Input, message))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Run(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::Run(Error::new(ErrorKind::Output, format!("cannot write the output: {error}"))),
        }
    }
}
