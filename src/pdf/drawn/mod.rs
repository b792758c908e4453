//! A page drawn as it is, and without some of its marks. Comparing the two shows what can be seen
//! of a mark.
//!
//! Which marks are left out is told by the marks that the interpreter found, so that layers, forms
//! and notes mean the same here as everywhere. What draws does not know why.

mod easel;
mod picture;
mod raster;

pub(super) use easel::{Easel, Note, Text, Without};
pub(super) use picture::Picture;
