//! `pack new report`: a cover report to fill in, as the council's settings want it.

use std::fmt::Write as _;

use super::written::quoted;
use crate::model::{Council, ParagraphNumbers, Tier};
use crate::starter::{self, CONTACT, REPORT, SIGNATORY, SUBJECT, TO_WRITE};

/// The report in Markdown.
pub(super) fn text(council: &Council) -> String {
    let layout = &council.report;
    let (decider, signatory) = match council.tier {
        Tier::Principal => ("committee", starter::plain(SIGNATORY)),
        Tier::Parish => ("Council", String::new()),
    };
    let mut header = String::new();
    for field in &layout.header {
        let line = match field.key.as_str() {
            "contact" => starter::plain(CONTACT),
            "subject" => starter::plain(SUBJECT),
            key => format!("{key} = {}", quoted(&starter::to_fill_in(&field.label))),
        };
        let _ = writeln!(header, "{line}");
    }
    let mut sections = String::new();
    for (index, section) in layout.sections.iter().enumerate() {
        if index > 0 {
            sections.push('\n');
        }
        let number = match layout.paragraph_numbers {
            ParagraphNumbers::Written => (format!("{} ", index + 1), format!("{}.1 ", index + 1)),
            _ => (String::new(), String::new()),
        };
        let _ = writeln!(
            sections,
            "# {}{}\n\n{}{TO_WRITE}",
            number.0, section.heading, number.1
        );
    }
    if sections.is_empty() {
        let _ = writeln!(sections, "# Purpose of the report\n\n{TO_WRITE}");
    }
    starter::plain(REPORT)
        .replace("{decider}", decider)
        .replace("{signatory}", &signatory)
        .replace("{header}", &header)
        .replace("{sections}\n", &sections)
}
