//! The templates of the site, with the parts of a pack's page that it shares.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::html::{HtmlError, TEMPLATES, Templates};
use crate::write::Output;

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../templates/site/", $name)))),*]
    };
}

/// Name and text of every template of the site that comes with the program.
const BUILT_IN: &[(&str, &str)] = &templates![
    "base.html",
    "body.html",
    "calendar.html",
    "decided.html",
    "decisions.html",
    "document-line.html",
    "forthcoming.html",
    "home.html",
    "item.html",
    "links.html",
    "meeting-line.html",
    "meeting.html",
    "member.html",
    "month.html",
    "moved.html",
    "search.html",
    "site.css",
    "statement-list.html",
    "statement.html",
];

/// What is shared with the page of a pack.
const SHARED: [&str; 1] = ["contact.html"];

/// The templates, a council's own in the places of those of their names.
pub(super) fn with(own: &BTreeMap<String, String>) -> Result<Templates, HtmlError> {
    let shared = TEMPLATES
        .into_iter()
        .filter(|(name, _)| SHARED.contains(name));
    Templates::new(BUILT_IN.iter().copied().chain(shared), own)
}

#[derive(Serialize)]
struct Nothing {}

/// The style sheet: that of a pack's page, and what the site adds.
pub(super) fn style(templates: &Templates, page: &str) -> Result<Output, HtmlError> {
    let own = templates.fill("site.css", &Nothing {})?;
    Ok(Output {
        name: "style.css".to_owned(),
        bytes: format!("{page}{own}").into(),
    })
}
