//! The distribution list as a clerk, a print room or another program reads it: who gets which
//! edition, in what size and form, how many copies, and how many of each to make.
//!
//! This room words and counts what the model says. It does not know how an edition is made.

mod labels;
mod tables;

pub use labels::{LabelError, labels};
pub use tables::{csv, json, text};

use std::collections::BTreeMap;

use crate::model::{Audience, Copy, CopyForm, Meeting, MemberRole, PrintSize, Recipient};

/// One line of the list, worded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The recipient's name.
    pub name: String,
    /// What the recipient is to the body: "Chair", "Co-opted: Church of England Diocese".
    pub capacity: String,
    /// Which edition, in which print and form.
    pub kind: CopyKind,
    /// How many.
    pub copies: u32,
    /// Where it is sent, line by line.
    pub address: Vec<String>,
    /// The file of the outputs that this recipient gets, where one was made.
    pub file: Option<String>,
}

/// What kind of copy: what the print room counts by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CopyKind {
    /// For whom.
    pub edition: Audience,
    /// In which size.
    pub print: PrintSize,
    /// In which form.
    pub form: CopyForm,
}

impl CopyKind {
    /// The kind of a line of the model's list.
    pub fn of(copy: &Copy) -> Self {
        Self {
            edition: copy.edition,
            print: copy.print,
            form: copy.form,
        }
    }

    /// In words: "members' edition, large print (18 pt), paper".
    pub fn words(self) -> String {
        format!(
            "{} edition, {}, {}",
            edition_words(self.edition),
            print_words(self.print),
            form_words(self.form)
        )
    }
}

/// The list of a meeting, worded; `file` names the output of a kind of copy, where there is one.
pub fn lines(meeting: &Meeting, file: &dyn Fn(CopyKind) -> Option<String>) -> Vec<Line> {
    meeting
        .distribution()
        .iter()
        .map(|copy| {
            let kind = CopyKind::of(copy);
            Line {
                name: copy.to.name(&meeting.body),
                capacity: capacity(meeting, &copy.to),
                kind,
                copies: copy.copies,
                address: copy.address.clone(),
                file: file(kind),
            }
        })
        .collect()
}

/// How many copies of each kind there are to make, in a stable order.
pub fn totals(lines: &[Line]) -> Vec<(CopyKind, u32)> {
    let mut totals: BTreeMap<CopyKind, u32> = BTreeMap::new();
    for line in lines {
        let total = totals.entry(line.kind).or_default();
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

fn edition_words(edition: Audience) -> &'static str {
    match edition {
        Audience::Public => "public",
        Audience::Members => "members'",
    }
}

fn print_words(print: PrintSize) -> String {
    match print {
        PrintSize::Standard => "standard print".to_owned(),
        PrintSize::LARGE => "large print (18 pt)".to_owned(),
        PrintSize::GIANT => "giant print (24 pt)".to_owned(),
        PrintSize::Points(points) => format!("{points} pt print"),
    }
}

fn form_words(form: CopyForm) -> &'static str {
    match form {
        CopyForm::Paper => "paper",
        CopyForm::Pdf => "PDF",
        CopyForm::Html => "HTML",
    }
}
