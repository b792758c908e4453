//! A pack as it is while it is written: a page in the browser of this machine that follows the
//! sources.
//!
//! It holds exempt papers too, so it is served to this machine alone, to those who have its address
//! with a random word in it, and nothing of it is written where others look. What is shown is built by
//! the session that every build goes through; this room knows how it is asked for and when it is stale.

mod http;
mod serve;
mod shown;
mod sight;

pub use serve::{Look, Preview, watch};
pub use shown::Asked as View;
pub use sight::Day;
