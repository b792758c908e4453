//! How much of a workspace's files is to be read, and which files were read.

use crate::model::SourceName;

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path from the workspace.
    pub name: SourceName,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: u64,
}

/// What is read of PDFs. Their facts are always taken; reading their content takes longer than everything
/// else together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PdfContent {
    /// The content of tagged files as prose, for editions that are reflowed.
    pub reflow: bool,
    /// What is seen on the pages, and what a machine reads there and nobody sees, for the checks.
    pub looked_at: bool,
    /// Their bytes, to put them into a pack. Without them, a file that was read before is not read again
    /// if its size and times have not changed; any other is dropped as soon as it is hashed.
    pub bytes: bool,
}

impl PdfContent {
    /// Everything.
    pub const ALL: Self = Self {
        reflow: true,
        looked_at: true,
        bytes: true,
    };
    /// Everything that a check looks at.
    pub const CHECKED: Self = Self {
        bytes: false,
        ..Self::ALL
    };
    /// The facts alone.
    pub const FACTS: Self = Self {
        bytes: false,
        ..Self::NONE
    };
    /// The facts and the bytes.
    pub const NONE: Self = Self {
        reflow: false,
        looked_at: false,
        bytes: true,
    };
}
