//! Any bytes through the reader `warc`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| crossclaim_fuzz::read_as("warc", bytes));
