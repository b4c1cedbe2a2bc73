//! Are the pages right today that show the program at work? Their commands are run, and what they show of the output is what is
//! printed.
//!
//! In: the `console` blocks of `README.md` and `docs/reports.md`: a line `$ crossclaim ...` or `$ cargo run --release -- ...`, then what goes to
//! standard output; `...` on a line of its own stands for lines that are left out, between spaces inside of a line for a part of it, and
//! a fraction such as a confidence for any. With `WRITE_README=1` in the
//! environment the blocks without such a line are written anew instead.

#![allow(clippy::unwrap_used, reason = "the helpers of a test may panic as the test itself may")]

use std::fs;
use std::path::Path;
use std::process::Command;

/// Marks lines that are left out.
const LEFT_OUT: &str = "...";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// One command with the output shown under it.
struct Shown {
    command: String,
    output: Vec<String>,
    /// Where the output stands among the lines of the page.
    lines: std::ops::Range<usize>,
}

fn shown(page: &str) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    let mut inside = false;
    for (at, line) in page.lines().enumerate() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            all.push(Shown { command: command.to_owned(), output: Vec::new(), lines: at + 1..at + 1 });
        } else if let Some(last) = all.last_mut().filter(|_| inside) {
            last.output.push(line.to_owned());
            last.lines.end = at + 1;
        }
    }
    all
}

/// The words of a command line: parted by spaces, together inside of quotation marks.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in command.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What the program prints, if the command is one of the program.
fn printed(command: &str) -> Option<Vec<String>> {
    let arguments = command.strip_prefix("crossclaim ").or_else(|| command.strip_prefix("cargo run --release -- "))?;
    let done = Command::new(env!("CARGO_BIN_EXE_crossclaim"))
        .current_dir(root())
        .env_clear()
        .args(words(arguments))
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(0), "{command}: {}", String::from_utf8_lossy(&done.stderr));
    Some(String::from_utf8(done.stdout).unwrap().lines().map(str::to_owned).collect())
}

/// True where `shown` is `printed`, with any lines in place of a mark for lines left out.
fn fits(shown: &[String], printed: &[String]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((mark, rest)) if mark == LEFT_OUT => (0..=printed.len()).any(|at| fits(rest, &printed[at..])),
        Some((line, rest)) => {
            printed.split_first().is_some_and(|(first, after)| holds(first, line) && fits(rest, after))
        }
    }
}

/// Whether a printed line is the one shown, with any text in place of a mark for a part that is left out.
fn holds(printed: &str, shown: &str) -> bool {
    if is_same(printed, shown) {
        return true;
    }
    let [printed, shown] = [printed, shown].map(without_fractions);
    let Some((first, behind)) = shown.split_once(" ... ") else { return false };
    let Some(mut rest) = printed.strip_prefix(first) else { return false };
    let (between, last) = behind.rsplit_once(" ... ").unwrap_or(("", behind));
    for part in between.split(" ... ") {
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    rest.ends_with(last)
}

/// Whether two lines are one but for their fractions: a weight that was fitted anew changes every confidence.
fn is_same(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(without_fractions);
    one == other
}

/// The line without the digits of its fractions below 1, so that "0.91" is "0." and "10.4" stays as it is.
fn without_fractions(line: &str) -> String {
    let mut kept = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("0.") {
        let (before, behind) = rest.split_at(at + 2);
        let inside = |c: char| c.is_ascii_digit() || c == '.';
        let is_fraction = !before[..at].ends_with(inside) && behind.starts_with(|c: char| c.is_ascii_digit());
        kept.push_str(before);
        rest = if is_fraction { behind.trim_start_matches(|c: char| c.is_ascii_digit()) } else { behind };
    }
    kept + rest
}

#[test]
fn what_the_readme_shows_is_what_the_program_prints() {
    is_what_is_printed("README.md");
}

#[test]
fn what_the_page_of_the_formats_shows_is_what_the_program_prints() {
    is_what_is_printed("docs/reports.md");
}

fn is_what_is_printed(page: &str) {
    let path = root().join(page);
    let page = fs::read_to_string(&path).unwrap();
    let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
    let mut wrong = Vec::new();
    let mut checked = 0;
    for shown in shown(&page).into_iter().rev() {
        let Some(printed) = printed(&shown.command) else { continue };
        checked += 1;
        if !shown.output.is_empty() && !fits(&shown.output, &printed) {
            wrong.push(format!("$ {}\n{}", shown.command, printed.join("\n")));
            if !shown.output.iter().any(|line| line == LEFT_OUT) {
                lines.splice(shown.lines, printed);
            }
        }
    }
    assert!(checked >= 3, "the page shows the program at work");
    if std::env::var_os("WRITE_README").is_some() {
        fs::write(&path, lines.join("\n") + "\n").unwrap();
        return;
    }
    assert!(wrong.is_empty(), "the program prints otherwise; WRITE_README=1 writes it anew:\n{}", wrong.join("\n\n"));
}

#[test]
fn the_example_is_the_one_that_is_compiled() {
    let page = fs::read_to_string(root().join("README.md")).unwrap();
    let example = page.split("```rust\n").nth(1).and_then(|rest| rest.split("```").next()).expect("it has an example");
    let crate_page: String = fs::read_to_string(root().join("src/lib.rs"))
        .unwrap()
        .lines()
        .filter_map(|line| line.strip_prefix("//!"))
        .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
        .collect();
    assert!(crate_page.contains(example), "the example of the crate's page, which `cargo test` runs, reads otherwise");
}

#[test]
fn the_page_names_the_test_command_that_ci_runs() {
    let page = fs::read_to_string(root().join("README.md")).unwrap();
    let ci = fs::read_to_string(root().join(".ci/run")).unwrap();
    assert!(page.contains("$ cargo test\n") && ci.contains("\ncargo test "));
}

#[test]
fn left_out_lines_fit_any_lines() {
    let lines = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    assert!(fits(&lines("a ... d"), &lines("a b c d")));
    assert!(!fits(&lines("a ... d"), &lines("a b c")));
    assert!(!fits(&lines("a b"), &lines("a b c")));
    assert!(holds("{\"a\":1,\"b\":2,\"c\":0.31}", "{\"a\":1, ... \"b\":2, ... }"));
    assert!(holds("a b c", "a b c") && !holds("a b c", "a b"));
    assert!(!holds("a b c", "a ... b") && !holds("a b c", "b ... c") && !holds("a b c d", "a ... c ... b ... d"));
    assert!(is_same("confidence 0.91, 2 outlets", "confidence 0.8, 2 outlets"));
    assert!(!is_same("confidence 0.91, 2 outlets", "confidence 0.91, 3 outlets"));
    assert!(!is_same("3 conflicts", "7 conflicts"));
    assert!(!is_same("rose by 10.4 %", "rose by 10.9 %"));
    assert!(!is_same("version 1.0.2", "version 1.0.3"));
}
