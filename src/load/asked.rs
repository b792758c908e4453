//! What is asked of a workspace's files, and which were read for it.

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

/// What is read of PDFs. Their facts are always taken; their content takes longer than all the rest
/// together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PdfContent {
    /// The content of tagged files as prose, for editions that are reflowed.
    pub reflow: bool,
    /// What is seen on the pages, and what a machine reads there and nobody sees, for the checks.
    pub looked_at: bool,
    /// Their bytes, for whoever puts them into a pack; without them, a file that was read before is
    /// not read again while the disk says that nothing about it has changed, and otherwise let go
    /// as soon as it is hashed.
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
