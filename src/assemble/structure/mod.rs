//! The structure tree of one file: read as a whole, cut to the selected pages and written again.
//!
//! It is written again rather than copied, so that it is complete, flat and without what other programs
//! left in it. It does not know about the other files in the pack. [`super::graft`] joins the trees.

mod cut;
mod emit;
mod read;
mod root;
mod rules;
mod tree;
mod types;

pub(super) use emit::{Emitted, Parent};
pub(super) use read::read;
pub(super) use root::{names, namespaces};
pub(super) use tree::Tree;
pub(super) use types::{end_of_roles, is_standard};
