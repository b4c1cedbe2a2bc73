//! What the terminal is like: its width, whether it shows color; and the lines that go to standard error.

use clap::ValueEnum;
use crossclaim::report::{Color, Style, escape};
use std::io::{IsTerminal, Write};

/// `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The narrowest table that is laid out; a narrower terminal wraps its lines.
const LEAST_WIDTH: u16 = 40;

/// Where a command's output goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Destination {
    /// Standard output.
    Screen,
    /// A file.
    File,
}

/// The style for output to `destination`. `width` is the configured one, used where there is no terminal to ask.
pub(crate) fn style(choice: ColorChoice, destination: Destination, width: u16) -> Style {
    let on_terminal = destination == Destination::Screen && std::io::stdout().is_terminal();
    // https://no-color.org: set and not empty.
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
        || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    let color = match choice {
        ColorChoice::Always => Color::Ansi,
        ColorChoice::Never => Color::Plain,
        ColorChoice::Auto if on_terminal && !refused => Color::Ansi,
        ColorChoice::Auto => Color::Plain,
    };
    let seen =
        on_terminal.then(terminal_size::terminal_size).flatten().map(|(terminal_size::Width(columns), _)| columns);
    Style { width: seen.unwrap_or(width).max(LEAST_WIDTH), color, ..Style::default() }
}

/// Prints `tag: text` to standard error, free of control characters.
pub(crate) fn complain(tag: &str, text: &str) {
    tell(&format!("{tag}: {text}"));
}

/// Prints one line to standard error, free of control characters. A closed standard error is nobody's failure.
pub(crate) fn tell(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", escape::terminal(text));
}

/// Asks on standard error, in a line that stays open.
pub(crate) fn prompt(text: &str) {
    let mut stderr = std::io::stderr().lock();
    let _ = write!(stderr, "{}", escape::terminal(text));
    let _ = stderr.flush();
}

/// Prints lines of the program's own to standard error, with the spaces they are laid out by.
pub(crate) fn tell_rows(lines: &[String]) {
    let mut stderr = std::io::stderr().lock();
    for line in lines {
        let _ = writeln!(stderr, "{line}");
    }
}
