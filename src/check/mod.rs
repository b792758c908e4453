//! The rules: pure functions from a meeting to findings, one rule a file.
