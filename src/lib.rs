//! `pack` makes council meeting packs: a clerk's TOML and Markdown files and other people's
//! PDFs go in, one numbered, tagged PDF and one HTML page come out.
//!
//! Data runs one way: `load` reads the sources into a [`model::Meeting`], `check` reads that and
//! yields findings, `edition` decides what each kind of reader gets, `compose` turns an edition
//! into engine-neutral parts, `typeset` makes tagged pages of a part, `assemble` makes one PDF of
//! all pages, and `write` puts the outputs on disk. `pipeline` is the only place where they meet.

pub mod assemble;
pub mod check;
#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "arguments name files, and this room prints"
)]
pub mod cli;
pub mod compose;
mod contrast;
mod crew;
pub mod distribution;
pub mod edition;
pub mod finding;
pub mod guide;
mod hex;
pub mod html;
pub mod kept;
#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the only reader of sources"
)]
pub mod load;
mod memory;
pub mod model;
mod numeral;
pub mod output;
pub mod pdf;
pub mod pipeline;
#[expect(
    clippy::disallowed_types,
    reason = "the only room that serves, and to this machine alone"
)]
pub mod preview;
pub mod prose;
#[expect(
    clippy::disallowed_methods,
    reason = "the rooms that know the disk ask it"
)]
mod real;
pub mod site;
mod starter;
pub mod typeset;
#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the only writer of outputs"
)]
pub mod write;
