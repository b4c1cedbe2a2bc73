//! Do the snippets for pipelines do what their page says? The scripts of `action.yml`, of the GitLab template and of the pre-commit
//! hook are cut out of their files and run by a shell over the fixtures; so are the commands of `docs/ci.md` and `docs/check.md`.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "the helpers of a test may panic as the test itself may")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn file(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A folder with the documentation of the fixtures in `docs`, which goes away with its value.
struct Repository(PathBuf);

impl Repository {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("ci-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        copy(&root().join("fixtures/check/docs"), &folder.join("docs"));
        Self(folder)
    }

    /// Runs `script` with the program on the path.
    fn run(&self, script: &str, variables: &[(&str, &str)]) -> Output {
        let program = Path::new(env!("CARGO_BIN_EXE_crossclaim")).parent().unwrap();
        let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
        Command::new("bash")
            .args(["-c", script])
            .current_dir(&self.0)
            .env_clear()
            .env("PATH", path)
            .envs(variables.iter().copied())
            .output()
            .unwrap()
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

impl Drop for Repository {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::copy(from, to).unwrap();
    }
}

/// The block of text under the last line that ends in `key: |`, behind the line `after`.
fn block(yaml: &str, after: &str) -> String {
    let from = yaml.find(after).unwrap_or_else(|| panic!("no {after}"));
    let mut lines = yaml[from..].lines().skip_while(|line| !line.trim_end().ends_with("run: |")).skip(1).peekable();
    let indent = lines.peek().map_or(0, |line| line.len() - line.trim_start().len());
    let inside = |line: &&str| line.trim().is_empty() || line.len() - line.trim_start().len() >= indent;
    lines.take_while(inside).map(|line| format!("{}\n", line.get(indent..).unwrap_or(""))).collect()
}

fn action(repository: &Repository, inputs: &[(&str, &str)]) -> (Option<i32>, String) {
    let script = block(&file("action.yml"), "- name: Check");
    let _ = fs::remove_file(repository.0.join("output"));
    let mut variables = vec![
        ("CHECK_PATH", "docs"),
        ("CONFIG", ""),
        ("REPORT_TYPE", "annotations"),
        ("FAIL_ON_ERROR", "true"),
        ("OUTPUT_FILE", ""),
        ("ARGS", ""),
        ("GITHUB_OUTPUT", "output"),
        ("GITHUB_STEP_SUMMARY", "summary.md"),
    ];
    variables.extend(inputs);
    let done = repository.run(&script, &variables);
    (done.status.code(), String::from_utf8(done.stdout).unwrap())
}

#[test]
fn the_action_annotates_sums_up_and_fails() {
    let repository = Repository::new("action");
    let (status, stdout) = action(&repository, &[("OUTPUT_FILE", "out.sarif")]);
    assert_eq!(status, Some(1));
    assert!(stdout.contains("::error file=docs/limits.adoc,line=5,"), "{stdout}");
    assert_eq!(repository.text("output"), "exit-status=1\n");
    assert!(repository.text("summary.md").starts_with("### crossclaim\n\ncheck failed: 2 findings"));
    assert!(repository.text("out.sarif").contains("\"version\": \"2.1.0\""));
    let (status, _) = action(&repository, &[("FAIL_ON_ERROR", "false")]);
    assert_eq!((status, repository.text("output").as_str()), (Some(0), "exit-status=1\n"));
    let (status, stdout) = action(&repository, &[("REPORT_TYPE", "logs"), ("ARGS", "--fail-on never")]);
    assert_eq!(status, Some(0));
    assert!(stdout.starts_with("conflict[numeric-mismatch]"), "{stdout}");
    // What cannot run fails whatever was asked for.
    let (status, _) = action(&repository, &[("CHECK_PATH", "absent"), ("FAIL_ON_ERROR", "false")]);
    assert_eq!(status, Some(2));
}

/// A platform knows files as they lie in the working folder, however they were reached.
#[test]
fn platforms_are_told_the_real_files() {
    let repository = Repository::new("links");
    std::os::unix::fs::symlink("docs", repository.0.join("linked")).unwrap();
    for path in ["linked".to_owned(), "./docs/".to_owned(), repository.0.join("docs").display().to_string()] {
        let done = repository.run(&format!("crossclaim check '{path}' --format gitlab"), &[]);
        let entries: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
        let paths = entries.as_array().unwrap().iter().map(|entry| entry["location"]["path"].as_str().unwrap());
        assert!(paths.clone().count() == 4 && paths.clone().all(|path| path.starts_with("docs/")), "{path}: {entries}");
    }
}

#[test]
fn the_action_hands_every_input_on() {
    let action = file("action.yml");
    let inputs = action.split("\ninputs:\n").nth(1).unwrap().split("\noutputs:\n").next().unwrap();
    for line in inputs.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
        let name = line.trim().trim_end_matches(':');
        assert!(action.contains(&format!("inputs.{name}")), "{name} is read by no step");
    }
}

#[test]
fn the_template_for_gitlab_writes_both_reports() {
    let repository = Repository::new("gitlab");
    let template = file(".ci/gitlab.yml");
    let line = template.lines().find_map(|line| line.trim().strip_prefix("- crossclaim ")).unwrap();
    let done = repository.run(&format!("crossclaim {line}"), &[("CROSSCLAIM_PATH", "docs"), ("CROSSCLAIM_ARGS", "")]);
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stderr));
    for report in ["gl-code-quality-report.json", "crossclaim.xml"] {
        assert!(template.contains(&format!(": {report}\n")), "{report} is taken up as an artifact");
        assert!(repository.text(report).contains("docs/limits.adoc"), "{report}");
    }
}

#[test]
fn the_hook_checks_the_whole_corpus() {
    let repository = Repository::new("hook");
    let hooks = file(".pre-commit-hooks.yaml");
    let value = |key: &str| {
        let line = hooks.lines().find_map(|line| line.trim_start_matches([' ', '-']).strip_prefix(&format!("{key}: ")));
        line.unwrap_or_else(|| panic!("no {key}")).to_owned()
    };
    assert_eq!(value("pass_filenames"), "false");
    let arguments = value("args").trim_matches(['[', ']']).replace(',', " ");
    let done = repository.run(&format!("{} {arguments}", value("entry")), &[]);
    assert_eq!(done.status.code(), Some(1));
}

/// The commands of the pages, one after the other in one folder, with the status each has to end with.
#[test]
fn the_commands_of_the_pages_run() {
    let repository = Repository::new("pages");
    let mut ran = 0;
    for page in ["docs/ci.md", "docs/check.md"] {
        let page = file(page);
        let mut inside = false;
        for line in page.lines() {
            if line.trim_start().starts_with("```") {
                inside = line.trim_start() == "```console";
            } else if let Some(command) = line.trim_start().strip_prefix("$ ").filter(|_| inside) {
                let done = repository.run(command, &[]);
                let told = String::from_utf8_lossy(&done.stderr).into_owned();
                let expected = match command {
                    _ if command.contains("--baseline ") => [Some(0), Some(0)],
                    _ if command.starts_with("crossclaim baseline") || command.starts_with("crossclaim init") => {
                        [Some(0), Some(0)]
                    }
                    _ => [Some(1), Some(0)],
                };
                assert!(expected.contains(&done.status.code()), "{command}: {:?}\n{told}", done.status.code());
                ran += 1;
            }
        }
    }
    assert!(ran >= 5, "the pages show commands");
    // The steps of the page: a configuration, a baseline named in it, and a build that passes.
    let init = repository.run("crossclaim init", &[]);
    assert_eq!(init.status.code(), Some(0), "{}", String::from_utf8_lossy(&init.stderr));
    let config =
        repository.text("crossclaim.toml").replace("# baseline = \"\"", "baseline = \".crossclaim-baseline.json\"");
    fs::write(repository.0.join("crossclaim.toml"), config).unwrap();
    assert_eq!(
        repository.run("crossclaim baseline docs/ --accept-new && crossclaim check docs/", &[]).status.code(),
        Some(0)
    );
    let again = repository.run("crossclaim init", &[]);
    assert!(again.status.code() == Some(2) && String::from_utf8_lossy(&again.stderr).contains("--force"));
}

#[test]
fn a_configuration_that_was_written_changes_nothing() {
    let repository = Repository::new("init");
    assert_eq!(repository.run("crossclaim init .", &[]).status.code(), Some(0));
    let with = repository.run("crossclaim check docs --format json", &[]);
    let without = repository.run("crossclaim check docs --format json --no-config", &[]);
    assert_eq!(with.stdout, without.stdout);
}

/// Files that changed since a revision: a page is mended, another is spoiled, and only what the change touches is shown.
#[test]
fn only_what_changed_files_touch_is_shown() {
    let repository = Repository::new("changed");
    let git = "git -c user.name=a -c user.email=a@b.example -c init.defaultBranch=main";
    let begun = repository
        .run(&format!("{git} init -q . && {git} add -A && {git} commit -qm one"), &[("HOME", "/nonexistent")]);
    assert_eq!(begun.status.code(), Some(0), "{}", String::from_utf8_lossy(&begun.stderr));
    let check = |arguments: &str| {
        let done = repository.run(&format!("crossclaim check docs {arguments}"), &[("HOME", "/nonexistent")]);
        (done.status.code(), String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap())
    };
    let (status, stdout, stderr) = check("--changed-since HEAD");
    assert_eq!((status, stdout.as_str()), (Some(0), ""), "{stderr}");
    assert!(stderr.contains("2 in files that did not change"), "{stderr}");
    let page = repository.text("docs/guide/webhooks.rst").replace("three times", "four times");
    fs::write(repository.0.join("docs/guide/webhooks.rst"), page).unwrap();
    fs::write(repository.0.join("docs/new.md"), "Access logs are kept for two years.\n").unwrap();
    let (status, stdout, _) = check("--changed-since HEAD");
    assert_eq!(status, Some(1));
    assert!(stdout.contains("docs/guide/webhooks.rst:4:1") && !stdout.contains("14 days"), "{stdout}");
    assert!(stdout.contains("docs/new.md:1:1"), "a file that git does not know yet is a changed one\n{stdout}");
    let (status, _, stderr) = check("--changed-since no-such-revision");
    assert!(status == Some(2) && stderr.contains("--changed-since asks git, which fails: "), "{stderr}");
}
