//! Findings on addresses that give something away: at their place in a text, and for PDFs where the file
//! is named.

use super::codes;
use super::notes::Notes;
use crate::finding::{Finding, Place, Span};
use crate::model::address::{self, Fault};
use crate::model::{PageSelection, PdfFacts};

/// Checks every address in a text; `place` gives the place of a range of its bytes.
pub(super) fn in_text(text: &str, place: impl Fn(std::ops::Range<usize>) -> Span, notes: &Notes) {
    for (at, address) in address::in_text(text) {
        if let Some(fault) = address::fault(address) {
            notes.add(told(
                &fault,
                place(at..at + address.len()),
                "This address",
                "",
                "",
            ));
        }
    }
}

/// Checks the links on the pages that are taken of a PDF.
pub(super) fn in_pdf(
    file: &str,
    facts: &PdfFacts,
    taken: &PageSelection,
    place: Span,
    notes: &Notes,
) {
    let links = facts.pages.iter().enumerate().flat_map(|(index, page)| {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let links = if taken.takes(number) {
            page.links_unfit.as_slice()
        } else {
            &[]
        };
        links.iter().map(move |link| (number, link))
    });
    let mut told_of: Vec<Fault> = Vec::new();
    for (number, link) in links {
        let Some(fault) = address::fault(link) else {
            continue;
        };
        if !told_of.contains(&fault) {
            let what = format!("A link of {file}, page {number},");
            let (mended, cut) = (". The pack links to that", ". The pack leaves the link out");
            notes.add(told(&fault, place, &what, mended, cut));
            told_of.push(fault);
        }
    }
}

/// A finding; `mended` and `cut` say what the pack does about it.
fn told(fault: &Fault, place: Span, what: &str, mended: &str, cut: &str) -> Finding {
    let place = Place::Text(place);
    match fault {
        Fault::Tracked(meant) => {
            let what = format!("{what} tells a third party who follows it, or names a reader");
            let (message, help) = match meant {
                Some(meant) => (
                    format!("{what}: the real address is {meant}"),
                    format!("Write that address{mended}"),
                ),
                None => (
                    what,
                    "Follow it, and link to the address that it leads to".to_owned(),
                ),
            };
            // There is nothing left to do if the pack links to the real address.
            let mends = meant.is_some() && !mended.is_empty();
            let finding = if mends {
                Finding::note
            } else {
                Finding::warning
            };
            finding(codes::LINK_TRACKED, place, message).help(help)
        }
        Fault::Private => Finding::warning(
            codes::LINK_PRIVATE,
            place,
            format!("{what} leads to a private drive or network, which the public cannot reach"),
        )
        .help(format!(
            "Attach the document, or link to where everybody can read it{cut}"
        )),
    }
}
