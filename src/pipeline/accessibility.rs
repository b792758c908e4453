//! The accessibility ledger: an honest account, part by part, of what a screen reader or a reader
//! of large print gets of a pack, as the accessibility statement of a public body has to give it
//! (SI 2018/952, reg. 8).

use super::ledger::{Ledger, PartLedger};
use super::numbering::Numbered;
use super::sequence::{Body, Stretch};
use crate::assemble::Assembled;
use crate::assemble::outcome::PartFacts;
use crate::edition::Edition;
use crate::model::{Document, Origin, SourceName, TextRead};

/// The ledger of an assembled pack.
pub(super) fn ledger(edition: &Edition, numbered: &Numbered, assembled: &Assembled) -> Ledger {
    Ledger {
        claims_pdf_ua: assembled.claims.pdf_ua,
        claims_pdf_a: assembled.claims.pdf_a,
        parts: numbered
            .stretches
            .iter()
            .zip(&assembled.parts)
            .zip(&numbered.map.sections)
            .map(|((stretch, facts), pages)| {
                let (origin, text_read) = match &stretch.body {
                    Body::Part(_) => ("pack", None),
                    Body::Pdf { source, .. } => known(edition, source),
                };
                PartLedger {
                    pages: pages.count,
                    text_read: text_read.map(|read| read.as_str().into()),
                    ..part(stretch, origin, facts)
                }
            })
            .collect(),
    }
}

/// Whose a file is, and how its text was read. A report that came as PDF is the council's own; for an
/// appendix, the clerk says whose it is.
fn known(edition: &Edition, source: &SourceName) -> (&'static str, Option<TextRead>) {
    for standing in edition.meeting().documents() {
        let document = standing.document.pdf();
        let Some(document) = document.filter(|document| document.source == *source) else {
            continue;
        };
        let origin = match standing.document {
            Document::Item(_) | Document::Paper(_) => Some(Origin::Own),
            Document::Appendix(appendix) => appendix.origin,
        };
        let origin = match origin {
            Some(Origin::Own) => "own",
            Some(Origin::ThirdParty) => "third-party",
            None => "unstated",
        };
        // Text that is there but was not read was not asked for.
        let read = Some(document.text_read());
        let is_known = |read: &TextRead| *read != TextRead::Not || !document.facts.has_text();
        return (origin, read.filter(is_known));
    }
    ("unstated", None)
}

fn part(stretch: &Stretch, origin: &'static str, told: &PartFacts) -> PartLedger {
    let facts = &told.facts;
    let own = matches!(stretch.body, Body::Part(_));
    // The language that the clerk gives is in the pack's tags.
    let said = stretch.lang.as_ref().map(|lang| lang.0.clone());
    let language = facts.lang.clone().or(said);
    let reasons = told.pdf_ua.clone().err().unwrap_or_default();
    let verdict = if reasons.is_empty() {
        "accessible"
    } else if facts.tagged && facts.has_text() {
        "partly"
    } else {
        "not accessible"
    };
    let fonts = facts.fonts_not_embedded().into_iter().map(str::to_owned);
    let fonts: Vec<String> = fonts.collect();
    let mut advice = Vec::new();
    if !own {
        if !facts.has_text() {
            advice.push(
                "Ask for the original document, or give its text as an `alternative` in Markdown.",
            );
        } else if !facts.tagged {
            advice.push("Ask its author to export it again as a tagged PDF.");
        }
        if facts.figures_without_alt > 0 {
            advice.push("Ask its author for alternative texts of the figures.");
        }
        if language.is_none() {
            advice.push("Say its language with `lang` on the appendix.");
        }
        if !fonts.is_empty() {
            advice.push("Ask its author to embed the fonts.");
        }
    }
    PartLedger {
        key: stretch.key.clone(),
        title: stretch.title.clone(),
        pages: facts.pages.len(),
        origin: origin.into(),
        tagged: facts.tagged,
        text: facts.has_text(),
        text_read: None,
        has_title: facts.title.is_some(),
        language,
        figures_without_alternative: facts.tagged.then_some(facts.figures_without_alt),
        fonts_not_embedded: fonts,
        headings_in_order: facts.tagged.then(|| facts.headings_in_order()),
        structure_elements: (told.elements_in, told.elements_out),
        verdict: verdict.into(),
        reasons,
        advice: advice.into_iter().map(Into::into).collect(),
    }
}
