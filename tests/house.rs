//! Does the code keep to `docs/architecture.md`? In: the files of the repository, as text. Out: a list of what stands
//! otherwise. It reads paths and words, not the language: a comment is cut off, a string may be taken for code.

#![allow(clippy::unwrap_used, reason = "the helpers of a test may panic as the test itself may")]

use crossclaim::compare::COMPARATORS;
use crossclaim::label::rules::RULES;
use crossclaim::read::READERS;
use crossclaim::report::REPORTERS;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const STAGES: [&str; 9] = ["read", "segment", "extract", "normalize", "block", "compare", "cluster", "label", "report"];

/// What a module may use besides itself. A stage is handed its settings and knows no other stage.
fn may_use(module: &str) -> Option<&'static [&'static str]> {
    match module {
        "error" => Some(&[]),
        // The doc comment of `Error` links to `Skipped`; that is no use, and comments are not read.
        "model" => Some(&[]),
        "config" => Some(&["model", "error"]),
        "text" => Some(&["model", "config", "error"]),
        "lexicon" => Some(&["text", "model", "config", "error"]),
        "meaning" => Some(&["model", "error"]),
        "cache" => Some(&["error"]),
        "grammar" => Some(&["lexicon", "text", "model", "config", "error"]),
        stage if STAGES.contains(&stage) => Some(&["text", "lexicon", "grammar", "model", "config", "error"]),
        "pipeline" => None,
        // A gate sees the finished report and what it was told, and nothing of how claims are compared.
        "check" => Some(&["text", "model", "config", "error"]),
        // The program works on the finished report and the tables; how claims are made is the pipeline's matter.
        "bin" => Some(&["pipeline", "report", "check", "label", "model", "config", "error"]),
        _ => panic!("architecture.md does not know the module {module}"),
    }
}

/// A file may have this many lines before its tests; one subject seldom needs more than 400.
const MOST_LINES: usize = 460;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below `folder` with this ending, by path.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A source file: where it stands, and its code without comments and without the tests under it.
struct Source {
    /// Relative to `src`, with forward slashes.
    path: String,
    /// The top module: a stage, `model`, `bin`, ... ; empty for `lib.rs`.
    module: String,
    /// How many modules lie around the code: `block/mod.rs` is 1 deep, `block/keys.rs` 2.
    depth: usize,
    code: String,
    /// Lines before the tests, comments included.
    lines: usize,
}

fn sources() -> Vec<Source> {
    let folder = root().join("src");
    files(&folder, "rs").iter().map(|path| source(&folder, path)).collect()
}

fn source(folder: &Path, path: &Path) -> Source {
    let path = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
    let text = fs::read_to_string(folder.join(&path)).unwrap();
    // A file that is a module of tests is read by the file that declares it under `cfg(test)`.
    let tests_only = path.ends_with("/tests.rs") || path.ends_with("/testing.rs");
    let before_tests: Vec<&str> =
        if tests_only { Vec::new() } else { text.lines().take_while(|line| *line != "#[cfg(test)]").collect() };
    let parts: Vec<&str> = path.trim_end_matches(".rs").split('/').filter(|part| *part != "mod").collect();
    let module = if parts == ["lib"] { "" } else { parts[0] };
    Source {
        module: module.to_owned(),
        depth: parts.len(),
        code: before_tests.iter().map(|line| without_comment(line)).collect::<Vec<_>>().join("\n"),
        lines: before_tests.len(),
        path,
    }
}

fn without_comment(line: &str) -> &str {
    let bare = line.trim_start();
    if bare.starts_with("//") { "" } else { line.split_once(" // ").map_or(line, |(code, _)| code) }
}

/// The modules of the crate that `code` names: in `use` lines and in paths written out, `depth` modules down.
fn named(code: &str, root: &str, depth: usize) -> BTreeSet<String> {
    let up = "super::".repeat(depth);
    let mut found = BTreeSet::new();
    for start in [root, up.as_str()].into_iter().filter(|start| !start.is_empty()) {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back();
            // `other_crate::` ends like `crate::`, and a longer row of `super` leads further up.
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            found.extend(heads(&code[at + start.len()..]));
        }
    }
    found
}

/// The first name of each path after a `crate::`, which may open a list in braces.
fn heads(rest: &str) -> Vec<String> {
    let name = |text: &str| -> String { text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    let Some(list) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let (mut depth, mut heads, mut from) = (0, Vec::new(), 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                heads.push(name(list[from..at].trim()));
                from = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
}

#[test]
fn paths_are_read_as_the_compiler_reads_them() {
    let code = "use crate::{extract, model::{Claim, Span}, read};\nfn f() { super::super::label::stand(); }";
    let names = |depth| named(code, "crate::", depth).into_iter().collect::<Vec<_>>();
    assert_eq!(names(2), ["extract", "label", "model", "read"]);
    assert_eq!(names(3), ["extract", "model", "read"]);
    assert_eq!(named("other_crate::label::x()", "crate::", 1), BTreeSet::new());
}

#[test]
fn no_arrow_is_drawn_the_other_way() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !source.module.is_empty()) {
        let Some(allowed) = may_use(&source.module) else { continue };
        let (crate_root, depth) = if source.module == "bin" { ("crossclaim::", 0) } else { ("crate::", source.depth) };
        for used in named(&source.code, crate_root, depth) {
            if used != source.module && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{} uses {used}; {} may use {allowed:?}", source.path, source.module));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_stage_is_there_and_uses_the_model() {
    let sources = sources();
    for stage in STAGES {
        let used: BTreeSet<String> = sources
            .iter()
            .filter(|source| source.module == stage)
            .flat_map(|source| named(&source.code, "crate::", source.depth))
            .collect();
        assert!(used.contains("model"), "{stage} uses {used:?}");
    }
    let pipeline = sources.iter().filter(|source| source.module == "pipeline");
    let called: BTreeSet<String> = pipeline.flat_map(|source| named(&source.code, "crate::", source.depth)).collect();
    for stage in STAGES {
        assert!(called.contains(stage), "the pipeline does not call {stage}");
    }
}

/// Fails where a file outside of `allowed` holds one of `words`.
fn only_in(allowed: &[&str], words: &[&str]) {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !allowed.contains(&source.module.as_str())) {
        for (line, text) in source.code.lines().enumerate() {
            for word in words.iter().filter(|word| text.contains(**word)) {
                wrong.push(format!("src/{}:{}: {word} is for {allowed:?}", source.path, line + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_read_the_cache_and_the_program_touch_files_and_streams() {
    only_in(
        &["read", "cache", "bin"],
        &["std::fs", "File::open", "io::stdin", "ignore::", "OpenOptions", ".exists()", ".is_file()"],
    );
    only_in(
        &["bin"],
        &["std::env", "env::var", "io::stdout", "io::stderr", "std::process", "std::net", "terminal_size"],
    );
}

#[test]
fn only_the_program_prints() {
    only_in(&["bin"], &["println!", "eprintln!", "print!(", "eprint!(", "dbg!("]);
}

#[test]
fn only_the_pipeline_starts_threads() {
    only_in(&["pipeline"], &["rayon", "std::thread", "thread::spawn", "par_iter"]);
}

#[test]
fn the_core_has_no_clock_and_no_chance() {
    // The cache tells old files from new ones; no result depends on it.
    only_in(&["cache", "bin"], &["SystemTime", "Instant::now", "Zoned::now", "Timestamp::now"]);
    only_in(&[], &["DefaultHasher", "RandomState"]);
}

#[test]
fn analysis_cannot_fail() {
    let mut wrong = Vec::new();
    for source in sources() {
        let analysis = STAGES[1..8].contains(&source.module.as_str());
        if analysis && named(&source.code, "crate::", source.depth).contains("error") {
            wrong.push(source.path);
        }
    }
    assert!(wrong.is_empty(), "these know errors, but doubt is a value from segment to label: {wrong:?}");
}

/// The names of the modules that `mod.rs` of a folder declares, without those of tests.
fn declared(module: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(root().join("src").join(module)).unwrap();
    let mut lines = text.lines().peekable();
    let mut found = BTreeSet::new();
    while let Some(line) = lines.next() {
        if line == "#[cfg(test)]" {
            lines.next();
        } else if let Some(name) = line.trim_start_matches("pub ").strip_prefix("mod ") {
            found.insert(name.trim_end_matches(';').to_owned());
        }
    }
    found
}

fn stems(folder: &str, ending: &str) -> BTreeSet<String> {
    files(&root().join(folder), ending)
        .iter()
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn every_rule_has_a_file_and_a_page_of_its_name_and_stands_in_the_table() {
    let pages = stems("src/label/rules", "md");
    let in_table: BTreeSet<String> = RULES.iter().map(|rule| rule.meta().id.replace('-', "_")).collect();
    assert_eq!(in_table.len(), RULES.len(), "no two rules share an id");
    assert_eq!(in_table, pages, "the table of rules and the pages");
    assert!(pages.is_subset(&declared("label/rules/mod.rs")), "every rule is declared");
    for rule in RULES {
        let meta = rule.meta();
        let file = root().join(format!("src/label/rules/{}.rs", meta.id.replace('-', "_")));
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let type_name: String = meta.id.split('-').map(|part| part[..1].to_uppercase() + &part[1..]).collect();
        assert!(text.contains(&format!("impl Rule for {type_name} ")), "{} is the name in all three cases", meta.id);
    }
}

#[test]
fn every_reader_has_a_file_of_its_name_and_a_sample() {
    for (name, folder) in READERS.iter().map(|reader| (reader.name(), "read")) {
        assert!(root().join(format!("src/{folder}/{name}.rs")).is_file(), "{name} has a file");
        assert!(root().join(format!("fixtures/formats/{name}")).is_dir(), "{name} has a sample");
    }
    let mut implementing = implementing("read", "impl Reader for ");
    // Behind a feature a reader is written and not in the table.
    if !cfg!(feature = "warc") {
        implementing.remove("warc");
    }
    assert_eq!(implementing, READERS.iter().map(|reader| reader.name().to_owned()).collect());
}

#[test]
fn every_reporter_has_a_file_of_its_name_and_a_snapshot() {
    let names: BTreeSet<String> = REPORTERS.iter().map(|reporter| reporter.name().to_owned()).collect();
    assert_eq!(implementing("report", "impl Reporter for "), names);
    for name in names {
        assert!(root().join(format!("fixtures/reports/{name}.snap")).is_file(), "{name} has a snapshot");
    }
}

#[test]
fn every_comparator_stands_in_the_table_once() {
    let ids: BTreeSet<&str> = COMPARATORS.iter().map(|comparator| comparator.id()).collect();
    assert_eq!(ids.len(), COMPARATORS.len(), "no two comparators share an id");
    let written: usize = sources()
        .iter()
        .filter(|source| source.module == "compare")
        .map(|source| source.code.matches("impl Comparator for ").count())
        .sum();
    assert_eq!(written, COMPARATORS.len(), "every comparator that is written is in the table");
    for comparator in COMPARATORS {
        let levels = comparator.levels();
        assert!(levels.windows(2).all(|pair| pair[0].at > pair[1].at), "{}: levels fall", comparator.id());
        assert!(levels.windows(2).all(|pair| pair[0].weight >= pair[1].weight), "{}: weights fall", comparator.id());
    }
}

/// The names of the files of a stage in which a trait is implemented.
fn implementing(stage: &str, words: &str) -> BTreeSet<String> {
    sources()
        .iter()
        .filter(|source| source.module == stage && source.code.contains(words))
        .map(|source| source.path.rsplit('/').next().unwrap().trim_end_matches(".rs").to_owned())
        .collect()
}

/// Every word list with the file of the lexicon that loads it and the function in which it does.
fn loaders() -> BTreeMap<String, (String, String)> {
    let mut found = BTreeMap::new();
    for source in sources().into_iter().filter(|source| source.module == "lexicon") {
        let mut function = String::new();
        for line in source.code.lines() {
            if let Some(rest) = line.trim_start_matches("pub ").strip_prefix("fn ") {
                function = rest.split('(').next().unwrap().to_owned();
            }
            for rest in line.split("include_str!(\"en/").skip(1) {
                let list = rest.split(".tsv").next().unwrap();
                found.insert(list.to_owned(), (source.path.clone(), function.clone()));
            }
        }
    }
    found
}

#[test]
fn every_word_list_is_loaded_and_asked() {
    let loaders = loaders();
    assert_eq!(loaders.keys().cloned().collect::<BTreeSet<_>>(), stems("src/lexicon/en", "tsv"));
    let sources = sources();
    let asking = sources.iter().filter(|source| source.path != "lexicon/mod.rs");
    let mut code: Vec<String> = asking.map(|source| source.code.clone()).collect();
    // What makes a list asks for lists of its own.
    code.extend(files(&root().join("examples"), "rs").iter().map(|path| fs::read_to_string(path).unwrap()));
    for (list, (path, function)) in loaders {
        // A list with a file of its own is asked through that module.
        let asked = match path.trim_start_matches("lexicon/").trim_end_matches(".rs") {
            "mod" => format!("{function}()"),
            module => format!("{module}::"),
        };
        assert!(code.iter().any(|code| code.contains(&asked)), "nobody asks {asked} for {list}.tsv");
    }
}

#[test]
fn every_word_list_says_what_it_holds_and_lists_nothing_twice() {
    let loaders = loaders();
    for path in files(&root().join("src/lexicon/en"), "tsv") {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with('#'), "{} opens with a comment", path.display());
        let list = path.file_stem().unwrap().to_string_lossy();
        // Of a table's entries with one name only the first counts; other lists have keys of their own.
        if loaders[list.as_ref()].0 != "lexicon/mod.rs" {
            continue;
        }
        let mut seen = BTreeSet::new();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            let entry = line.split('\t').next().unwrap().trim();
            assert!(seen.insert(entry), "{}: {entry:?} stands there twice, and only the first counts", path.display());
        }
    }
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    for folder in ["src", "tests", "examples", "benches"] {
        for path in files(&root().join(folder), "rs") {
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.starts_with("//! "), "{} opens with `//!`", path.display());
        }
    }
}

#[test]
fn no_file_grows_beyond_one_subject() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|source| source.lines > MOST_LINES)
        .map(|source| format!("src/{} has {} lines before its tests", source.path, source.lines))
        .collect();
    assert!(long.is_empty(), "more than {MOST_LINES} lines: split by subject\n{}", long.join("\n"));
}

#[test]
fn no_file_has_a_name_that_says_nothing() {
    let empty = ["utils", "util", "helpers", "helper", "common", "misc", "manager", "handler", "data", "info"];
    for folder in ["src", "tests", "examples", "benches"] {
        for path in files(&root().join(folder), "rs") {
            let relative = path.strip_prefix(root()).unwrap().with_extension("");
            for part in relative.iter().map(|part| part.to_string_lossy()) {
                assert!(!empty.contains(&part.as_ref()), "{} names no subject", path.display());
            }
        }
    }
}

#[test]
fn no_name_claims_to_know_what_is_true() {
    let words = ["truth", "verdict", "fake"];
    for source in sources() {
        for (line, text) in source.code.lines().enumerate() {
            let lower = text.to_lowercase();
            let said = words.iter().find(|word| lower.contains(**word));
            assert!(said.is_none(), "src/{}:{}: {said:?}", source.path, line + 1);
        }
    }
}

#[test]
fn every_link_of_the_pages_leads_to_a_file() {
    let mut pages = files(&root().join("docs"), "md");
    pages.extend([root().join("README.md"), root().join("CHANGELOG.md"), root().join("fixtures/README.md")]);
    for page in pages {
        let text = fs::read_to_string(&page).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split([')', '#']).next().unwrap();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            assert!(page.parent().unwrap().join(target).exists(), "{}: no {target}", page.display());
        }
    }
}
