//! A comment that allows a finding without saying why.

use crate::check::{Room, Rule};
use crate::finding::{Code, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("allowed-without-reason"),
    severity: Severity::Warning,
    room: Room::Comments,
    summary: "An `allow` comment gives no reason",
    explanation: "The next person to read the source must be able to tell a considered exception from \
                  a finding that was merely in the way. Without a reason the comment allows nothing.",
    basis: "Practice.",
    example: "# pack: allow place-vacant",
    remedy: "Write the reason after a colon: `# pack: allow CODE: why`",
    run: |_| Vec::new(),
};
