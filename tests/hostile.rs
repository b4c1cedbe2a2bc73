//! Does it hold for what nobody would write? Every sample of every format, cut off, damaged, and handed to every reader: what
//! the fuzz targets look at (`fuzz/`), on few inputs and in every run.

#![allow(clippy::unwrap_used, reason = "the helpers of a test may panic as the test itself may")]

#[path = "../fuzz/src/lib.rs"]
#[allow(unreachable_pub, reason = "to the fuzz targets it is a library")]
mod promises;

use crossclaim::read::READERS;
use std::fs;
use std::path::Path;

/// The samples of the formats, each not longer than this many bytes.
const LONGEST: usize = 8_000;

fn samples() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats");
    let mut paths: Vec<_> = fs::read_dir(root)
        .unwrap()
        .flat_map(|format| fs::read_dir(format.unwrap().path().join("input")).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).filter(|bytes| bytes.len() <= LONGEST).collect()
}

/// A sample with some of its bytes made others, told by a number.
fn damaged(sample: &[u8], number: usize) -> Vec<u8> {
    const BYTES: &[u8] = b"\"'<>&;[]{}()*_`:|=-#\\\n\r\t\0\x80\xC3\xFF \xAD9a,";
    let mut bytes = sample.to_vec();
    // A generator of pseudo-random numbers (Knuth, MMIX), so that every machine sees the same.
    let mut state = number as u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    for _ in 0..1 + number % 7 {
        let at = next(bytes.len());
        match next(3) {
            _ if bytes.is_empty() => break,
            0 => bytes[at] = BYTES[next(BYTES.len())],
            1 => bytes.insert(at, BYTES[next(BYTES.len())]),
            _ => drop(bytes.remove(at)),
        }
    }
    bytes
}

#[test]
fn a_file_that_is_cut_off_or_damaged_keeps_every_promise() {
    for sample in samples() {
        for part in 0..6 {
            promises::read_input(&sample[..sample.len() * part / 6]);
            promises::read_input(&damaged(&sample, part));
        }
    }
}

#[test]
fn every_reader_reads_what_is_written_for_another() {
    for (number, sample) in samples().iter().enumerate() {
        for reader in READERS {
            promises::read_as(reader.name(), sample);
            promises::read_as(reader.name(), &damaged(sample, number));
        }
    }
}

#[test]
fn a_damaged_text_goes_through_the_stages_of_one_document() {
    let samples = samples();
    for (number, sample) in samples.iter().enumerate().step_by(4) {
        promises::analyze(&String::from_utf8_lossy(&damaged(sample, number)));
    }
}
