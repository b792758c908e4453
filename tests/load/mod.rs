//! Reading workspaces: samples, real packs, odd files, and files that are wrong.

mod access;
mod bad_input;
mod corpus;
mod kept;
mod never_panics;
mod real;
mod samples;
pub(crate) mod workspace;
