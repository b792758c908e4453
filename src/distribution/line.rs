//! A line of the list, and what kind of copy it asks for, in words.

use crate::model::{Audience, Copy, CopyForm, PrintSize};

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

pub(super) fn edition_words(edition: Audience) -> &'static str {
    match edition {
        Audience::Public => "public",
        Audience::Members => "members'",
    }
}

pub(super) fn print_words(print: PrintSize) -> String {
    match print {
        PrintSize::Standard => "standard print".to_owned(),
        PrintSize::LARGE => "large print (18 pt)".to_owned(),
        PrintSize::GIANT => "giant print (24 pt)".to_owned(),
        PrintSize::Points(points) => format!("{points} pt print"),
    }
}

pub(super) fn form_words(form: CopyForm) -> &'static str {
    match form {
        CopyForm::Paper => "paper",
        CopyForm::Pdf => "PDF",
        CopyForm::Html => "HTML",
    }
}
