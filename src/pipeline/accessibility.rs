//! The accessibility ledger: an honest account, part by part, of what a screen reader or a reader
//! of large print gets of a pack, as the accessibility statement of a public body has to give it
//! (SI 2018/952, reg. 8).

use serde::Serialize;

use super::numbering::Numbered;
use super::sequence::{Body, Stretch};
use crate::assemble::Assembled;
use crate::assemble::outcome::PartFacts;
use crate::edition::Edition;
use crate::model::{Content, Origin, SourceName};

/// What can be said of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Ledger {
    /// Whether the file says that it conforms to PDF/UA-1 (ISO 14289-1).
    pub claims_pdf_ua: bool,
    /// Whether the file says that it conforms to PDF/A-2 (ISO 19005-2).
    pub claims_pdf_a: bool,
    /// Its parts in order.
    pub parts: Vec<Part>,
}

/// What can be said of one part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its key, such as "item-4-appendix-1".
    pub key: String,
    /// Its title.
    pub title: String,
    /// How many pages it has.
    pub pages: usize,
    /// Whose it is: "pack" for what was typeset here, "own" for the council's, "third-party" for
    /// somebody else's, "unstated" where the clerk does not say.
    pub origin: &'static str,
    /// Whether it has tags.
    pub tagged: bool,
    /// Whether every page has text that a machine can read.
    pub text: bool,
    /// Whether the file states a title.
    pub has_title: bool,
    /// The language that it states.
    pub language: Option<String>,
    /// Figures without alternative text; not known where there are no tags.
    pub figures_without_alternative: Option<usize>,
    /// Fonts that are not embedded.
    pub fonts_not_embedded: Vec<String>,
    /// Whether headings begin at level 1 and skip none; not known where there are no tags.
    pub headings_in_order: Option<bool>,
    /// Structure elements of the pages taken, and how many of them are in the pack.
    pub structure_elements: (usize, usize),
    /// The verdict in a word: "accessible", "partly" or "not accessible".
    pub verdict: &'static str,
    /// Why it is no more than that.
    pub reasons: Vec<String>,
    /// What the clerk could do.
    pub advice: Vec<&'static str>,
}

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
                let origin = match &stretch.body {
                    Body::Part(_) => "pack",
                    Body::Pdf { source, .. } => origin(edition, source),
                };
                Part {
                    pages: pages.count,
                    ..part(stretch, origin, facts)
                }
            })
            .collect(),
    }
}

/// Whose a file is: what the clerk says of the appendix; a report that came as PDF is the
/// council's own.
fn origin(edition: &Edition, source: &SourceName) -> &'static str {
    for item in edition.meeting().items() {
        if item
            .papers
            .iter()
            .any(|paper| paper.source.as_ref() == Some(source))
        {
            return "own";
        }
        for appendix in item.all_appendices() {
            if matches!(&appendix.content, Content::Pdf(document) if document.source == *source) {
                return match appendix.origin {
                    Some(Origin::Own) => "own",
                    Some(Origin::ThirdParty) => "third-party",
                    None => "unstated",
                };
            }
        }
    }
    "unstated"
}

fn part(stretch: &Stretch, origin: &'static str, told: &PartFacts) -> Part {
    let facts = &told.facts;
    let own = matches!(stretch.body, Body::Part(_));
    // What the clerk says of the language stands in the pack's tags.
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
    Part {
        key: stretch.key.clone(),
        title: stretch.title.clone(),
        pages: facts.pages.len(),
        origin,
        tagged: facts.tagged,
        text: facts.has_text(),
        has_title: facts.title.is_some(),
        language,
        figures_without_alternative: facts.tagged.then_some(facts.figures_without_alt),
        fonts_not_embedded: fonts,
        headings_in_order: facts.tagged.then(|| facts.headings_in_order()),
        structure_elements: (told.elements_in, told.elements_out),
        verdict,
        reasons,
        advice,
    }
}

impl Ledger {
    /// The ledger as a table for the eye.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let yes = |holds: bool| if holds { "yes" } else { "no" };
        for part in &self.parts {
            text.push_str(&format!(
                "{}: {}\n    {}, {} {}, tagged: {}, text: {}, {} of {} structure elements kept\n",
                part.verdict,
                part.title,
                part.origin,
                part.pages,
                if part.pages == 1 { "page" } else { "pages" },
                yes(part.tagged),
                yes(part.text),
                part.structure_elements.1,
                part.structure_elements.0,
            ));
            for reason in &part.reasons {
                text.push_str(&format!("    - {reason}\n"));
            }
            for advice in &part.advice {
                text.push_str(&format!("    > {advice}\n"));
            }
        }
        let accessible = self
            .parts
            .iter()
            .filter(|part| part.verdict == "accessible")
            .count();
        text.push_str(&format!(
            "\n{accessible} of {} parts are accessible. The file {} that it conforms to PDF/UA-1{}.\n",
            self.parts.len(),
            if self.claims_pdf_ua { "says" } else { "does not say" },
            match (self.claims_pdf_ua, self.claims_pdf_a) {
                (true, true) => " and PDF/A-2",
                (false, true) => ", but says that it conforms to PDF/A-2",
                _ => "",
            }
        ));
        text
    }
}
