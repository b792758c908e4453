//! A comment, or an item's `allow`, for a finding that is not there.

use crate::check::{Room, Rule};
use crate::finding::{Code, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("allow-unused"),
    severity: Severity::Note,
    room: Room::Comments,
    summary: "An `allow` has nothing to allow",
    explanation: "What it allowed was corrected, or the comment is in the wrong place, or no line of \
                  the item's papers has the `text`. Left in, it would hide the next finding of its kind.",
    basis: "Practice.",
    example: "<!-- pack: allow doubled-word: a song's title --> above a paragraph without any",
    remedy: "Take it out, or move the comment to the line or directly above the paragraph that \
                  it is for",
    run: |_| Vec::new(),
};
