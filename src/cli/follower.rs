//! Who follows a build from the command line: a person who waits, and the disk.

use super::progress::Progress;
use crate::pipeline::{Observer, Step};
use crate::write::Publication;

/// Tells what is being done, and writes each PDF down while it is read back.
pub(super) struct Follower<'a> {
    pub(super) progress: &'a Progress,
    pub(super) publication: Option<&'a Publication>,
}

impl Observer for Follower<'_> {
    fn progress(&self, step: Step<'_>) {
        self.progress.show(step);
    }

    fn made(&self, name: &str, pdf: &[u8]) {
        if let Some(publication) = self.publication {
            publication.write_ahead(name, pdf);
        }
    }
}
