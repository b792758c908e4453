//! A line of the list, and what kind of copy it asks for, in words.

use crate::model::{Audience, Binding, Copy, CopyForm, Holds, PrintSize};

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
    /// The files of the outputs that this recipient gets, as far as they were made.
    pub files: Vec<String>,
}

/// What kind of copy: what the print room counts by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CopyKind {
    /// For whom.
    pub edition: Audience,
    /// In which size.
    pub print: PrintSize,
    /// In which form.
    pub form: CopyForm,
    /// What it holds, and in how many volumes.
    pub binding: Binding,
}

impl CopyKind {
    /// The kind of a line of the model's list.
    pub fn of(copy: &Copy) -> Self {
        Self {
            edition: copy.edition,
            print: copy.print,
            form: copy.form,
            binding: copy.binding.clone(),
        }
    }

    /// In words: "members' edition, large print (18 pt), items 4 and 7, paper".
    pub fn words(&self) -> String {
        format!(
            "{} edition, {}, {}",
            edition_words(self.edition),
            self.print_words(),
            form_words(self.form)
        )
    }

    /// The print, with what it holds and how it is bound: "large print (18 pt), items 4 and 7".
    pub(super) fn print_words(&self) -> String {
        let mut words = print_words(self.print);
        match &self.binding.holds {
            Holds::Whole => {}
            Holds::Items(items) => match items.as_slice() {
                [] => {}
                [one] => words.push_str(&format!(", item {one}")),
                [some @ .., last] => {
                    words.push_str(&format!(", items {} and {last}", some.join(", ")));
                }
            },
            Holds::Agenda => words.push_str(", the agenda only"),
            Holds::Exempt => words.push_str(", exempt papers only"),
        }
        if self.binding.notes {
            words.push_str(", a leaf for notes facing each item");
        }
        if let Some(pages) = self.binding.volume_pages {
            words.push_str(&format!(", volumes of at most {pages} pages"));
        }
        words
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
