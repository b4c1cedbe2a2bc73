//! Same input, same bytes? One thread and many, paths in any order, one run and the next.

use super::stories::expected::folder;
use crossclaim::config::Settings;
use crossclaim::pipeline;
use crossclaim::report::{REPORTERS, Style};
use std::path::PathBuf;

/// The folders of all stories: several outlets, several events, all in one comparison.
fn inputs() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("the stories are there")
        .map(|entry| entry.expect("a folder can be listed").path().join("sources"))
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// The report on `paths` in every format, one after another.
fn bytes(paths: &[PathBuf], threads: Option<usize>) -> Vec<u8> {
    let settings = Settings { threads, ..Settings::default() };
    let report = pipeline::compare(paths, &settings).expect("the stories are readable");
    assert!(report.totals.agree > 0 && report.totals.conflict > 0, "there is something to put in order");
    let mut out = Vec::new();
    for reporter in REPORTERS {
        reporter.write(&report, &Style::default(), &mut out).expect("writing to memory cannot fail");
    }
    out
}

#[test]
fn neither_threads_nor_order_nor_repetition_change_a_byte() {
    let paths = inputs();
    let once = bytes(&paths, Some(1));
    assert!(once == bytes(&paths, Some(1)), "one thread, again");
    assert!(once == bytes(&paths, Some(7)), "seven threads");
    let mut turned = paths.clone();
    turned.reverse();
    assert!(once == bytes(&turned, None), "the last path first, as many threads as there are cores");
    turned.rotate_left(2);
    turned.push(paths[0].clone());
    assert!(once == bytes(&turned, Some(2)), "another order, and one path named twice");
}
