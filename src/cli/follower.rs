//! Follows a build of the command line: shows its progress, and writes finished PDFs to disk early.

use super::progress::Progress;
use crate::pipeline::{Observer, Step};
use crate::write::Publication;

/// Shows what is being done, and writes each PDF to disk while it is being read back.
pub(super) struct Follower<'a> {
    pub(super) progress: &'a Progress,
    pub(super) publication: Option<&'a Publication>,
}

impl Observer for Follower<'_> {
    fn progress(&self, step: Step<'_>) {
        self.progress.show(step);
    }

    fn made(&self, name: &str, bytes: &[u8]) {
        if let Some(publication) = self.publication {
            publication.write_ahead(name, bytes);
        }
    }
}
