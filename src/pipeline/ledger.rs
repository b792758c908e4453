//! How accessible a PDF is, part by part.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::finding::counted;

/// A word of the program's own, or one that it wrote before and has read again.
type Word = Cow<'static, str>;

/// What can be said of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ledger {
    /// Whether the file says that it conforms to PDF/UA-1 (ISO 14289-1).
    pub claims_pdf_ua: bool,
    /// Whether the file says that it conforms to PDF/A-2 (ISO 19005-2).
    pub claims_pdf_a: bool,
    /// Its parts in order.
    pub parts: Vec<PartLedger>,
}

/// What can be said of one part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartLedger {
    /// Its key, such as "item-4-appendix-1".
    pub key: String,
    /// Its title.
    pub title: String,
    /// How many pages it has.
    pub pages: usize,
    /// Whose it is: "pack" for what was typeset here, "own" for the council's, "third-party" for
    /// somebody else's, "unstated" where the clerk does not say.
    pub origin: Word,
    /// Whether it has tags.
    pub tagged: bool,
    /// Whether every page has text that a machine can read.
    pub text: bool,
    /// How the words of a PDF were read, for the checks and for large print: "by-tags", "from-pages",
    /// "in-part" or "not". `None` for what was typeset here, and where the words were not asked for.
    pub text_read: Option<Word>,
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
    pub verdict: Word,
    /// Why it is no more than that.
    pub reasons: Vec<String>,
    /// What the clerk could do.
    pub advice: Vec<Word>,
}

impl Ledger {
    /// The ledger as a table for the eye.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let yes = |holds: bool| if holds { "yes" } else { "no" };
        for part in &self.parts {
            text.push_str(&format!(
                "{}: {}\n    {}, {}, tagged: {}, text: {}, {} of {} structure elements kept\n",
                part.verdict,
                part.title,
                part.origin,
                counted(part.pages, "page"),
                yes(part.tagged),
                yes(part.text),
                part.structure_elements.1,
                part.structure_elements.0,
            ));
            if let Some(read) = &part.text_read {
                let read = match &**read {
                    "by-tags" => "by its tags",
                    "from-pages" => "from the pages alone",
                    "in-part" => "in part",
                    _ => "not at all",
                };
                text.push_str(&format!("    its words were read {read}\n"));
            }
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
