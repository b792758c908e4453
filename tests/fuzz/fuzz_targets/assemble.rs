//! Any bytes as an attachment, found by a fuzzer that sees which code they reach.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| pack_fuzz::attach(bytes));
