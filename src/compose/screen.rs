//! The parts of the web page: those of the standard edition, and beside each PDF what the page can
//! hold of it: the clerk's alternative, or the PDF's own content set again from its tags.

use super::desk::Desk;
use super::large::{Given, LargePart, Starts, alternative, as_set, reflowed};
use super::part::Part;
use crate::edition::Edition;
use crate::model::{Appendix, Content, PaperBody, PdfDocument};

/// The parts of the web page, each with where the standard edition's pages begin in it. A PDF of
/// which the page can hold nothing has no part.
pub fn compose_for_screen(edition: &Edition) -> Vec<LargePart> {
    let desk = Desk::of(edition);
    let mut parts = as_set(edition);
    let content = |document: &PdfDocument| {
        let reflow = document.reflow.clone()?;
        (!reflow.prose.is_empty()).then_some(reflow)
    };
    for item in edition.meeting().items() {
        for paper in &item.papers {
            if let PaperBody::Pdf(document) = &paper.body
                && let Some(reflow) = content(document)
            {
                let given = Given::of(paper);
                parts.push(reflowed(&desk, item, &given, &reflow));
            }
        }
        for appendix in item.all_appendices() {
            // Of a file the page itself says what is in it; of a picture, its own part does.
            let bare = Appendix {
                summary: None,
                ..appendix.clone()
            };
            match (&appendix.content, alternative(&desk, item, &bare)) {
                (Content::Image(_), Some(told)) => add_to_picture(&mut parts, told),
                (Content::Pdf(_), Some(part)) => parts.push(LargePart {
                    part,
                    starts: Starts::Whole,
                }),
                (Content::Pdf(document), None) => {
                    if let Some(reflow) = content(document) {
                        let title = appendix.full_title();
                        let given = Given {
                            key: &appendix.key,
                            title: &title,
                            summary: None,
                            lang: appendix.lang.as_ref(),
                        };
                        parts.push(reflowed(&desk, item, &given, &reflow));
                    }
                }
                _ => {}
            }
        }
    }
    parts
}

/// Puts what is told of a picture below it.
fn add_to_picture(parts: &mut [LargePart], told: Part) {
    if let Some(picture) = parts.iter_mut().find(|large| large.part.key == told.key) {
        picture.part.footnotes.extend(told.footnotes);
        let body = told.blocks.into_iter().skip(HEAD);
        picture.part.blocks.extend(body);
    }
}

/// How many blocks the head of an appendix has: the line over its title, and the title.
const HEAD: usize = 2;
