//! What a build is asked to make, and the names of the files that it makes.

use crate::model::{Audience, Binding, Holds, PrintSize};

/// One thing to make.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Order {
    /// For whom.
    pub audience: Audience,
    /// In which print.
    pub print: PrintSize,
    /// As PDF or HTML.
    pub form: Form,
    /// What it holds, and in how many volumes; a web page is always whole.
    pub binding: Binding,
}

/// The forms of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// One PDF.
    Pdf,
    /// One web page, with PDFs beside it.
    Html,
}

/// The name of an output: "2026-09-14-scrutiny-members-large-print.pdf".
pub fn output_name(name: &str, order: &Order) -> String {
    let ending = match order.form {
        Form::Pdf => "pdf",
        Form::Html => "html",
    };
    format!("{}.{ending}", stem(name, order))
}

/// The name of a volume: "2026-09-14-scrutiny-large-print-items-4-7-volume-2-of-3.pdf".
pub(super) fn volume_name(name: &str, order: &Order, volume: usize, count: usize) -> String {
    format!("{}-volume-{volume}-of-{count}.pdf", stem(name, order))
}

/// Whether an output is what an order makes, or a volume of it.
pub(super) fn is_of(output: &str, name: &str, order: &Order) -> bool {
    let volume = || {
        output
            .strip_prefix(&stem(name, order))?
            .strip_prefix("-volume-")
    };
    output == output_name(name, order) || order.form == Form::Pdf && volume().is_some()
}

fn stem(name: &str, order: &Order) -> String {
    let audience = match order.audience {
        Audience::Public => "",
        Audience::Members => "-members",
    };
    let print = match order.print {
        PrintSize::Standard => String::new(),
        PrintSize::LARGE => "-large-print".to_owned(),
        PrintSize::GIANT => "-giant-print".to_owned(),
        PrintSize::Points(points) => format!("-{points}pt-print"),
    };
    let mut stem = format!("{name}{audience}{print}");
    let plain = |number: &str| -> String {
        let kept = |c: char| if c.is_alphanumeric() { c } else { '-' };
        number.chars().map(kept).collect()
    };
    match &order.binding.holds {
        Holds::Whole => {}
        Holds::Items(items) => {
            stem.push_str("-items");
            for number in items {
                stem.push('-');
                stem.push_str(&plain(number));
            }
        }
        holds @ (Holds::Agenda | Holds::Exempt) => {
            stem.push('-');
            stem.push_str(holds.as_str());
        }
    }
    if order.binding.notes {
        stem.push_str("-with-notes");
    }
    if let Some(pages) = order.binding.volume_pages {
        stem.push_str(&format!("-by-{pages}"));
    }
    stem
}
