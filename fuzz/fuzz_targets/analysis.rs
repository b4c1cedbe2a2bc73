//! Any text through segment, extract and normalize.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| crossclaim_fuzz::analyze(text));
