//! Any bytes as a file without an ending: unpacked, recognized by what they hold, decoded and read.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| crossclaim_fuzz::read_input(bytes));
