//! What is printed at the head of a document that travels as it is, to say where in the pack it
//! belongs.

use super::agenda;
use super::words::Words;
use crate::model::{Appendix, Item, Paper};

/// The heading on the first page of a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// "Item 5, Appendix 1".
    pub label: String,
    /// What it is called; nothing where it has no title.
    pub title: String,
}

/// The opening of an item's paper: "Item 5: Budget monitoring". A paper with a title of its own has
/// that as well.
pub fn of_paper(words: Words, item: &Item, paper: &Paper) -> Opening {
    let title = match item.sheet_title().trim() {
        "" => agenda::title(words, item),
        title => title,
    };
    let own = paper.title.trim();
    let is_told = own.is_empty() || own == title || own == item.title.trim();
    Opening {
        label: label(words, item),
        title: if is_told {
            title.to_owned()
        } else {
            format!("{title} – {own}")
        },
    }
}

/// The opening of an appendix: "Item 5, Appendix 1: Equality impact assessment".
pub fn of_appendix(words: Words, item: &Item, appendix: &Appendix) -> Opening {
    let label = label(words, item);
    Opening {
        label: match appendix.label.trim() {
            "" => label,
            own => format!("{label}, {own}"),
        },
        title: appendix.title.trim().to_owned(),
    }
}

fn label(words: Words, item: &Item) -> String {
    let number = item.number.trim();
    let number = number.strip_suffix('.').unwrap_or(number);
    format!("{} {number}", words.item())
}
