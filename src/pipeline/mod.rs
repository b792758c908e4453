//! The only place where the floors meet: it drives numbering from a meeting to finished outputs.

pub mod manifest;
pub mod sequence;
