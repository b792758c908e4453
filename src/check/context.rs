//! What the rules may know beside the meeting.

use crate::finding::Files;
use crate::model::Date;

/// What the rules may know beside the meeting.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The source texts.
    pub files: &'a Files,
    /// The day on which the check is made, where the caller says so.
    pub on: Option<Date>,
    /// The day on which the pack is to be published, where the caller asks whether that is in
    /// time; it goes before what the pack says.
    pub publish_on: Option<Date>,
}

impl<'a> Context<'a> {
    /// A context with the sources and no dates.
    pub fn new(files: &'a Files) -> Self {
        Self {
            files,
            on: None,
            publish_on: None,
        }
    }
}
