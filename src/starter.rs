//! What `pack new` writes: the embedded files, and which of their words are to be replaced. Those are
//! between ⟦ and ⟧ in the files, and the marks are removed when a file is made. The rule that finds
//! such words left in a pack reads them from here.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// `council.toml`.
pub(crate) const COUNCIL: &str = include_str!("../templates/new/council.toml");
/// How a principal council's reports look, a part of `council.toml`.
pub(crate) const LAYOUT: &str = include_str!("../templates/new/layout.toml");
/// The same for a parish council, which has no directors and short papers.
pub(crate) const PARISH_LAYOUT: &str = include_str!("../templates/new/layout-parish.toml");
/// A committee's file.
pub(crate) const COMMITTEE: &str = include_str!("../templates/new/committee.toml");
/// `pack.toml`.
pub(crate) const PACK: &str = include_str!("../templates/new/pack.toml");
/// A cover report.
pub(crate) const REPORT: &str = include_str!("../templates/new/report.md");
/// Who signs a report of a council with directors.
pub(crate) const SIGNATORY: &str =
    "signatory = { name = \"⟦A Director⟧\", post = \"Director of Services\" }\n";
/// The contact of a report, for a council whose reports name one.
pub(crate) const CONTACT: &str = r#"contact = [{ name = "⟦An Officer⟧", post = "Service Manager", phone = "01632 960001", email = "⟦officer@anytown.example⟧" }]"#;
/// The subject of a report.
pub(crate) const SUBJECT: &str = r#"subject = "⟦A report⟧""#;
/// The text in each section of a report until somebody writes it.
pub(crate) const TO_WRITE: &str = "Write here.";

/// Every text that is to be replaced.
static SAMPLES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    [
        COUNCIL, COMMITTEE, PACK, REPORT, SIGNATORY, CONTACT, SUBJECT,
    ]
    .into_iter()
    .flat_map(|file| file.split('⟦').skip(1))
    .filter_map(|rest| rest.split('⟧').next())
    .collect()
});

/// A file without the marks.
pub(crate) fn plain(file: &str) -> String {
    file.replace(['⟦', '⟧'], "")
}

/// The text in a row of a report's header until somebody fills it in.
pub(crate) fn to_fill_in(label: &str) -> String {
    format!("{label} …")
}

/// Whether a text is one of those that are to be replaced.
pub(crate) fn is_sample(text: &str) -> bool {
    SAMPLES.contains(text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_known_and_no_other_text() {
        for text in ["A Name", "officer@anytown.example", "A report", "Anytown"] {
            assert!(is_sample(text), "{text}");
        }
        for text in [
            "Chief Executive",
            "Apologies for absence",
            "Central Library",
            "",
        ] {
            assert!(!is_sample(text), "{text}");
        }
    }

    #[test]
    fn marks_come_in_pairs_and_are_taken_out() {
        for file in [COUNCIL, COMMITTEE, PACK, REPORT] {
            assert_eq!(file.matches('⟦').count(), file.matches('⟧').count());
            assert!(!plain(file).contains(['⟦', '⟧']));
        }
    }
}
