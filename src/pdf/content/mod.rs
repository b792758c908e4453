//! What a page paints: its content streams, interpreted as marks in paint order.
//!
//! An [`Interpreter`] follows the graphics and text state, form XObjects, marked content and optional
//! content. For each run of text, shape and image it finds the place on the page, the colour and the tags.
//! It draws nothing. It does not read outlines of glyphs, tiling patterns or the colours of shadings, and
//! keeps a clip only as the rectangle around it.

mod cmap;
pub mod color;
mod encoding;
pub mod font;
mod interpret;
mod layers;
mod lexer;
mod mark;
pub(crate) mod named;
pub(crate) mod operand;
mod program;
mod proof;
mod state;
pub(crate) mod token;
mod type1;
pub(crate) mod write;

pub use font::Font;
pub use interpret::Interpreter;
pub(crate) use interpret::{page_bytes, placed};
pub(crate) use layers::Layers;
pub use mark::{
    Balance, Glyph, ImageMark, Ink, Mark, MarkKind, MarkPlace, Opacity, PageContent, PathMark,
    PathPiece, StreamUse, Tag, TextRun,
};
