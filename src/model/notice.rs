//! What a council tells those who come to a meeting.

/// A notice at the foot of the front sheet: filming, fire, questions, quorum, a webcast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The words that it opens with, where it has any: "Filming".
    pub title: Option<String>,
    /// What it says; a blank line parts paragraphs.
    pub text: String,
}
