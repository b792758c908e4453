//! The structure tree of one file, read whole, cut to the selected pages and rewritten.
//!
//! It is made afresh rather than copied, so that it is complete, flat and free of what other programs
//! left in it. It knows nothing of the other files in the pack: [`super::graft`] puts the trees
//! together.

mod cut;
mod emit;
mod read;
mod root;
mod tree;

pub(super) use emit::{Emitted, Parent};
pub(super) use read::read;
pub(super) use root::{names, namespaces};
pub(super) use tree::Tree;
