//! What a page paints: its content streams interpreted into marks in paint order.
//!
//! An [`Interpreter`] follows the graphics and text state, form XObjects, marked content and optional
//! content, and says of every run of text, shape and image where on the page it lies, in which
//! colour, and under which tags. It draws nothing: outlines of glyphs, tiling patterns and the
//! colours of shadings are not looked into, and a clip is kept as the rectangle around it.

mod cmap;
pub mod color;
mod encoding;
pub mod font;
mod interpret;
mod layers;
mod lexer;
mod mark;
pub(crate) mod named;
mod state;
pub(crate) mod token;
pub(crate) mod write;

pub use font::Font;
pub use interpret::Interpreter;
pub(crate) use interpret::{page_bytes, placed};
pub(crate) use layers::Layers;
pub use mark::{
    Balance, Glyph, ImageMark, Ink, Mark, MarkKind, MarkPlace, Opacity, PageContent, PathMark,
    PathPiece, StreamUse, Tag, TextRun,
};
