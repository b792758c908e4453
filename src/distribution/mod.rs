//! The distribution list as a clerk, a print room or another program reads it: who gets which
//! edition, in what size and form, how many copies, and how many of each to make.
//!
//! This room words and counts what the model says. It does not know how an edition is made.

mod labels;
mod line;
pub mod print_order;
mod tables;

pub use labels::{LabelError, labels};
pub use line::{CopyKind, Line};
pub use tables::{csv, json, text};

use std::collections::BTreeMap;

use crate::model::{Meeting, MemberRole, Recipient};

/// The list of a meeting, worded; `files` names the outputs of a kind of copy, as far as they are
/// there.
pub fn lines(meeting: &Meeting, files: &dyn Fn(&CopyKind) -> Vec<String>) -> Vec<Line> {
    meeting
        .distribution()
        .iter()
        .map(|copy| {
            let kind = CopyKind::of(copy);
            Line {
                name: copy.to.name(&meeting.body),
                capacity: capacity(meeting, &copy.to),
                copies: copy.copies,
                address: copy.address.clone(),
                files: files(&kind),
                kind,
            }
        })
        .collect()
}

/// How many copies of each kind there are to make, in a stable order.
pub fn totals(lines: &[Line]) -> Vec<(CopyKind, u32)> {
    let mut totals: BTreeMap<CopyKind, u32> = BTreeMap::new();
    for line in lines {
        let total = totals.entry(line.kind.clone()).or_default();
        *total = total.saturating_add(line.copies);
    }
    totals.into_iter().collect()
}

fn capacity(meeting: &Meeting, to: &Recipient) -> String {
    let Recipient::Member(index) = to else {
        return String::new();
    };
    let Some(member) = meeting.body.members.get(*index) else {
        return String::new();
    };
    let role = match member.role {
        MemberRole::Chair => "Chair",
        MemberRole::ViceChair => "Vice-chair",
        MemberRole::Member => "Member",
        MemberRole::CoOpted => "Co-opted",
        MemberRole::Substitute => "Substitute",
        MemberRole::Observer => "Observer",
    };
    match &member.represents {
        Some(whom) => format!("{role}: {whom}"),
        None => role.to_owned(),
    }
}
