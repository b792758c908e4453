//! What is known about a document besides its file, for the parts that take its place.

use crate::model::{Appendix, Lang, Paper};

/// What is known about a document besides its file.
pub(super) struct Given<'a> {
    pub(super) key: &'a str,
    /// What it is called in the outline: "Appendix 3: Site plan".
    pub(super) title: String,
    /// Its title alone.
    pub(super) heading: &'a str,
    /// "Appendix 3"; empty where there is none.
    pub(super) label: &'a str,
    pub(super) summary: Option<&'a str>,
    pub(super) lang: Option<&'a Lang>,
}

impl<'a> Given<'a> {
    /// What is known of a paper.
    pub(super) fn of_paper(paper: &'a Paper) -> Self {
        Self {
            key: &paper.key,
            title: paper.title.clone(),
            heading: &paper.title,
            label: "",
            summary: None,
            lang: None,
        }
    }

    /// What is known of an appendix.
    pub(super) fn of_appendix(appendix: &'a Appendix) -> Self {
        Self {
            key: &appendix.key,
            title: appendix.full_title(),
            heading: appendix.title.as_str(),
            label: &appendix.label,
            summary: appendix.summary.as_deref(),
            lang: appendix.lang.as_ref(),
        }
    }
}
