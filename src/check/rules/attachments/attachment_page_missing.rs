//! A PDF that names a page that is not in it.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity, counted};
use crate::model::{LostPage, LostPageKind, PdfFacts};

pub(crate) const RULE: Rule = Rule {
    code: Code("attachment-page-missing"),
    severity: Severity::Warning,
    room: Room::Attachments,
    summary: "A PDF names pages that are not in it",
    explanation: "The list of its pages leads to something that is not there or is not a page, or it \
                  says that it has more pages than can be found. Anyone who opens the file sees fewer \
                  pages, or an empty one in their place, and so will readers of the pack.",
    basis: "Practice.",
    example: "A file that was cut short when it was copied",
    remedy: "Compare its pages with the original, and ask for the file again",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .attachments()
        .iter()
        .filter_map(|file| {
            let lost = what_is_lost(&file.document.facts)?;
            Some(RULE.at(file.span, format!("{} {lost}", file.name())))
        })
        .collect()
}

fn what_is_lost(facts: &PdfFacts) -> Option<String> {
    let found = facts.pages.len();
    let told = facts.pages_told.filter(|told| *told as usize > found);
    let place = |lost: &LostPage| match lost.after {
        0 => "before its first page".to_owned(),
        page => format!("after its page {page}"),
    };
    let Some(first) = facts.lost_pages.first() else {
        let told = counted(told? as usize, "page");
        return Some(format!("says that it has {told} but has {found}"));
    };
    let what = match first.kind {
        LostPageKind::Missing => "names a page that is not in the file",
        LostPageKind::Deleted => "names a page that was deleted from it",
        LostPageKind::NoPage => "lists among its pages something that is not a page",
        LostPageKind::Circle => "has a list of pages that leads back to itself",
        LostPageKind::TooMany => "has more pages than a pack takes",
    };
    let more = match facts.lost_pages.len() - 1 {
        0 => String::new(),
        more => format!(", and at {more} more places"),
    };
    let count = told.map_or_else(String::new, |told| {
        format!(" ({found} of {told} are there)")
    });
    Some(format!("{what}, {}{more}{count}", place(first)))
}
