//! The parts of the web page: those of the standard edition, and beside each PDF what the page can
//! show of it: the clerk's alternative, or the PDF's own content set again.

use super::desk::Desk;
use super::given::Given;
use super::large::{LargePart, alternative, alternative_of, as_set, reflowed};
use super::part::Part;
use crate::edition::Edition;
use crate::model::{Content, PaperBody, PdfDocument};

/// The parts of the web page, each with where the standard edition's pages begin in it. A PDF that
/// the page can show nothing of has no part.
pub fn compose_for_screen(edition: &Edition) -> Vec<LargePart> {
    let desk = Desk::of(edition);
    let mut parts = as_set(edition);
    for item in edition.meeting().items() {
        let held = |given: &Given<'_>, document: &PdfDocument, told: Option<&Content>| {
            alternative_of(&desk, item, given, document, told).or_else(|| {
                let own = document.reflow.as_ref();
                let own = own.filter(|reflow| !reflow.prose.is_empty())?;
                Some(reflowed(&desk, item, given, (&document.source, own)))
            })
        };
        for paper in &item.papers {
            if let PaperBody::Pdf(document) = &paper.body {
                let given = Given::of_paper(paper);
                parts.extend(held(&given, document, paper.alternative.as_deref()));
            }
        }
        for appendix in item.all_appendices() {
            // The page prints the summary of a file itself, and the part of a picture has its own.
            let given = Given {
                summary: None,
                ..Given::of_appendix(appendix)
            };
            let told = appendix.alternative.as_deref();
            match &appendix.content {
                Content::Image(_) => {
                    if let Some(told) = alternative(&desk, item, &given, told) {
                        add_to_picture(&mut parts, told.part);
                    }
                }
                Content::Pdf(document) => parts.extend(held(&given, document, told)),
                _ => {}
            }
        }
    }
    parts
}

/// Puts the alternative of a picture below it.
fn add_to_picture(parts: &mut [LargePart], told: Part) {
    if let Some(picture) = parts.iter_mut().find(|large| large.part.key == told.key) {
        picture.part.footnotes.extend(told.footnotes);
        let body = told.blocks.into_iter().skip(HEAD);
        picture.part.blocks.extend(body);
    }
}

/// How many blocks the head of an appendix has: the line over its title, and the title.
const HEAD: usize = 2;
