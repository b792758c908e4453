//! Draws a page as it is and without some of its marks. A comparison shows what can be seen of a mark.
//!
//! The marks to leave out are those that the interpreter found, so that layers, forms and notes mean the
//! same here as everywhere. Nothing here knows why they are left out.

mod easel;
mod picture;
mod raster;
mod repeats;
mod text;

pub(super) use easel::{Easel, Note, Without};
pub(super) use picture::Picture;
pub(super) use text::Text;
