//! The only place where the rooms meet: from a meeting to the outputs of a build.
//!
//! For each order (an audience, a print, a form) the edition is composed, its parts are typeset
//! side by side, pages are numbered until nothing moves, and everything is assembled into one PDF.
//! All editions of a build use the page numbers of the standard members' edition, so that everybody
//! in the room turns to the same page.

mod accessibility;
mod aliases;
mod build;
pub mod characters;
mod checked;
pub mod codes;
mod decisions;
mod difference;
mod earlier;
mod error;
mod extents;
mod index;
mod issue;
mod kit;
mod large;
mod ledger;
pub mod manifest;
mod numbering;
mod order;
mod outline;
mod papers;
mod pdf;
mod pictures;
mod publish;
mod renumbered;
mod reworded;
pub mod sequence;
mod session;
mod step;
mod taken;
mod unchanged;
mod volumes;
mod web;

pub use build::build;
pub use checked::{Check, Checked, SeenPack};
pub use difference::difference;
pub use earlier::was_built;
pub use error::{BuildError, Moved};
pub use issue::issued;
pub use kit::{Built, Kit, readers};
pub use ledger::{Ledger, PartLedger};
pub use order::{Form, Order, output_name};
pub use publish::{PublishError, order_of, orders, path, publish, usual_folder};
pub use reworded::{Reworded, words};
pub use session::{Observer, Reading, Refusal, Request, Session, SessionError};
pub use step::Step;
pub use unchanged::BuildKey;
