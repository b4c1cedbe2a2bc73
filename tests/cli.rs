//! Does the program behave? Transcripts in `fixtures/cli/*.toml`: arguments, status, both streams.
//!
//! A file is a list of `[[run]]`s that share an empty folder: the files it needs are written there first, the
//! program runs in it without the user's environment, and every given expectation must hold.
//!
//! ```toml
//! [files]
//! "a.txt" = "One sentence."
//! [copies]
//! "articles" = "stories/ferry-pier/sources"   # a file or folder of the fixtures
//! [[run]]
//! args = ["compare", "a.txt"]
//! status = 0
//! stderr = ["1 source, 1 document"]   # each of these words occurs
//! stdout-is = ""                      # exactly this; also stderr-is, stdout, and output = { "file" = ["words"] }
//! stdout-lacks = ["panicked"]         # none of these words occurs; also stderr-lacks
//! env = { NO_COLOR = "1" }
//! stdin = "text"
//! ```

#![allow(clippy::unwrap_used, reason = "the helpers of a test may panic as the test itself may")]

use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Transcript {
    #[serde(default)]
    files: BTreeMap<String, String>,
    #[serde(default)]
    copies: BTreeMap<String, String>,
    run: Vec<Run>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Run {
    args: Vec<String>,
    status: i32,
    #[serde(default)]
    stdin: String,
    #[serde(default)]
    env: BTreeMap<String, String>,
    #[serde(default)]
    stdout: Vec<String>,
    #[serde(default)]
    stderr: Vec<String>,
    #[serde(default)]
    stdout_lacks: Vec<String>,
    #[serde(default)]
    stderr_lacks: Vec<String>,
    stdout_is: Option<String>,
    stderr_is: Option<String>,
    #[serde(default)]
    output: BTreeMap<String, Vec<String>>,
}

/// An empty folder that goes away with its value.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cli-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// Copies a file, or a folder with all in it.
fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossclaim"));
    command.current_dir(folder).env_clear();
    command
}

fn output(folder: &Path, run: &Run) -> Output {
    let mut command = program(folder);
    command.args(&run.args).envs(&run.env);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A command that reads no input may be gone before it is written.
    let _ = child.stdin.take().unwrap().write_all(run.stdin.as_bytes());
    child.wait_with_output().unwrap()
}

fn complaints(folder: &Path, run: &Run) -> Vec<String> {
    let done = output(folder, run);
    let mut complaints = Vec::new();
    if done.status.code() != Some(run.status) {
        complaints.push(format!("status {:?}, not {}", done.status.code(), run.status));
    }
    let streams = [
        ("stdout", &done.stdout, &run.stdout, &run.stdout_lacks, &run.stdout_is),
        ("stderr", &done.stderr, &run.stderr, &run.stderr_lacks, &run.stderr_is),
    ];
    for (name, bytes, has, lacks, is) in streams {
        let text = String::from_utf8_lossy(bytes);
        for words in has.iter().filter(|words| !text.contains(words.as_str())) {
            complaints.push(format!("{name} lacks {words:?}"));
        }
        for words in lacks.iter().filter(|words| text.contains(words.as_str())) {
            complaints.push(format!("{name} has {words:?}"));
        }
        if is.as_ref().is_some_and(|is| *is != text) {
            complaints.push(format!("{name} is not {:?}", is.as_deref().unwrap_or("")));
        }
    }
    for (file, has) in &run.output {
        match fs::read_to_string(folder.join(file)) {
            Err(error) => complaints.push(format!("{file}: {error}")),
            Ok(text) => {
                for words in has.iter().filter(|words| !text.contains(words.as_str())) {
                    complaints.push(format!("{file} lacks {words:?}"));
                }
            }
        }
    }
    if !complaints.is_empty() {
        complaints.insert(0, format!("\n$ crossclaim {}", run.args.join(" ")));
        complaints.push(format!("--- stdout\n{}", String::from_utf8_lossy(&done.stdout)));
        complaints.push(format!("--- stderr\n{}", String::from_utf8_lossy(&done.stderr)));
    }
    complaints
}

#[test]
fn every_transcript_holds() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cli");
    let mut paths: Vec<PathBuf> = fs::read_dir(&fixtures).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    let mut all = Vec::new();
    for path in paths {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let transcript: Transcript =
            toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let folder = Folder::new(&name);
        for (file, text) in &transcript.files {
            folder.write(file, text);
        }
        for (to, from) in &transcript.copies {
            copy(&fixtures.parent().unwrap().join(from), &folder.0.join(to));
        }
        for run in &transcript.run {
            all.extend(complaints(&folder.0, run).into_iter().map(|complaint| format!("{name}: {complaint}")));
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

/// Exit status and standard error of a run whose output nobody reads.
#[cfg(unix)]
fn unread(folder: &Folder, args: &[&str]) -> (Option<i32>, String) {
    let mut child = program(&folder.0)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = Folder::new("pipe");
    // Far more than a pipe holds, so that the program writes into it after it was closed.
    let pair = "{\"id\": 1, \"a\": \"a b\", \"b\": \"c d\"}\n";
    folder.write("pairs.jsonl", &pair.repeat(20_000));
    assert_eq!(
        unread(&folder, &["eval", "pairs", "pairs.jsonl", "--predictions", "/dev/stdout"]),
        (Some(0), String::new())
    );
}

#[cfg(unix)]
#[test]
fn a_page_for_a_reader_that_goes_away_is_no_failure() {
    let folder = Folder::new("page-pipe");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/stories/ferry-pier/sources"), &folder.0.join("a"));
    let commands: [&[&str]; 2] =
        [&["compare", "a", "-q", "--format", "html"], &["explain", "Nine died", "Ten died", "--format", "html"]];
    for args in commands {
        assert_eq!(unread(&folder, args), (Some(0), String::new()), "{args:?}");
    }
}

#[test]
fn the_settings_in_force_are_a_configuration_that_sets_them_so() {
    let folder = Folder::new("settings");
    let list = |args: &[&str]| {
        let done = program(&folder.0).args(args).output().unwrap();
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    let values = |text: &str| text.parse::<toml::Table>().unwrap();
    let before = list(&["list", "config"]);
    folder.write("crossclaim.toml", &before);
    let after = list(&["list", "config"]);
    assert!(before.contains("# default") && !after.contains("# default"), "{after}");
    assert_eq!(values(&before), values(&after));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_with_the_shells_status_and_keeps_what_was_answered() {
    use std::io::{BufRead, BufReader};
    let folder = Folder::new("interrupt");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/check/docs"), &folder.0.join("docs"));
    let mut child = program(&folder.0)
        .args(["review", "docs"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"a both were read\n").unwrap();
    // The second finding is shown once the first answer is written; then the program waits for the next.
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("30 days against 14 days") {
        line.clear();
        assert!(stdout.read_line(&mut line).unwrap() > 0, "the second finding is shown");
    }
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let status = child.wait().unwrap();
    let mut stderr = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut stderr).unwrap();
    assert_eq!((status.code(), stderr.as_str()), (Some(130), "interrupted\n"));
    let kept = fs::read_to_string(folder.0.join(".crossclaim-review.jsonl")).unwrap();
    assert!(kept.lines().count() == 1 && kept.contains("both were read"), "{kept}");
    let left: Vec<_> = fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "no file half written stays behind: {left:?}");
}
