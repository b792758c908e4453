//! Why a file cannot be read, and what to do about it.

use crate::finding::{Code, Finding, Place};
use crate::load::codes;

/// Why a file cannot be read, to become a finding where the file is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::load) struct Refusal {
    pub(in crate::load) code: Code,
    pub(in crate::load) message: String,
    pub(in crate::load) help: String,
}

impl Refusal {
    pub(in crate::load) fn new(
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            code,
            message: message.into(),
            help: help.into(),
        }
    }

    /// The finding at the place that names the file.
    pub(in crate::load) fn at(&self, place: impl Into<Place>) -> Finding {
        Finding::error(self.code, place, self.message.clone()).help(self.help.clone())
    }
}

/// Refuses a file that the system cannot read, and says why without its error numbers.
pub(super) fn unreadable(written: &str, error: &std::io::Error) -> Refusal {
    use std::io::ErrorKind;
    let why = match error.kind() {
        ErrorKind::NotFound => "it is no longer there",
        ErrorKind::PermissionDenied => "you may not read it, or another program has locked it",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::NotADirectory => "a part of its path is a file, not a folder",
        ErrorKind::InvalidFilename => "its name is too long",
        ErrorKind::TimedOut | ErrorKind::NetworkDown | ErrorKind::HostUnreachable => {
            "the network drive does not answer"
        }
        _ => "the computer reports a fault of the drive or the file",
    };
    unreadable_because(written, why)
}

pub(super) fn unreadable_because(written: &str, why: &str) -> Refusal {
    Refusal::new(
        codes::FILE_UNREADABLE,
        format!("{written} cannot be read: {why}"),
        "Check that the file opens on this computer and that you may read it",
    )
}

pub(super) fn outside(written: &str) -> Refusal {
    Refusal::new(
        codes::OUTSIDE_WORKSPACE,
        format!("{written} leads out of the workspace"),
        "Copy the file into the pack's folder and name it there",
    )
}

/// Refuses an address on the web.
pub(super) fn on_the_web(written: &str) -> Option<Refusal> {
    let lower = written.to_lowercase();
    if lower.starts_with("file:") {
        return Some(Refusal::new(
            codes::FILE_MISSING,
            format!("{written} is the address of a file on one computer"),
            "Copy the file into the pack's folder, and write its name here",
        ));
    }
    let is_address = ["http://", "https://", "www.", "ftp://"]
        .iter()
        .any(|start| lower.starts_with(start));
    is_address.then(|| {
        Refusal::new(
            codes::FILE_MISSING,
            format!("{written} is an address on the web, not a file"),
            "Save the paper in the pack's folder, and write the name of the file here: a pack fetches nothing from the web",
        )
    })
}
