//! What the rules may know besides the meeting.

use std::collections::BTreeMap;

use crate::finding::Files;
use crate::model::{Date, SourceName};

static NO_HASHES: BTreeMap<SourceName, String> = BTreeMap::new();

/// What the rules may know besides the meeting.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The source texts.
    pub files: &'a Files,
    /// The day on which the check is made, where the caller says so.
    pub on: Option<Date>,
    /// The day on which the pack is to be published, where the caller asks whether that is in
    /// time; it overrides what the pack says.
    pub publish_on: Option<Date>,
    /// What each file that was read holds, as SHA-256 in hexadecimal.
    pub hashes: &'a BTreeMap<SourceName, String>,
}

impl<'a> Context<'a> {
    /// A context with the sources and no dates.
    pub fn new(files: &'a Files) -> Self {
        Self {
            files,
            on: None,
            publish_on: None,
            hashes: &NO_HASHES,
        }
    }
}
