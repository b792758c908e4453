//! The templates: those that come with the program, and a council's own in their places.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use super::markup;
use super::view::{Look, Page};

/// Why there is no page: a template that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlError {
    /// The template, by its name.
    pub template: Option<String>,
    /// The line in it, counted from 1.
    pub line: Option<usize>,
    /// The column in that line, counted from 1.
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for HtmlError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.template, self.line) {
            (Some(template), Some(line)) => {
                write!(f, "template {template}, line {line}: {}", self.message)
            }
            (Some(template), None) => write!(f, "template {template}: {}", self.message),
            (None, _) => write!(f, "the page's templates: {}", self.message),
        }
    }
}

impl std::error::Error for HtmlError {}

/// The template that is the page; the others are parts of it.
const PAGE: &str = "page.html";
/// What the page looks like.
const STYLE: &str = "style.css";

/// Name and text of every template that comes with the program.
pub const BUILT_IN: [(&str, &str); 10] = [
    (PAGE, include_str!("../../templates/html/page.html")),
    (STYLE, include_str!("../../templates/html/style.css")),
    (
        "front.html",
        include_str!("../../templates/html/front.html"),
    ),
    (
        "membership.html",
        include_str!("../../templates/html/membership.html"),
    ),
    (
        "contents.html",
        include_str!("../../templates/html/contents.html"),
    ),
    ("item.html", include_str!("../../templates/html/item.html")),
    (
        "document.html",
        include_str!("../../templates/html/document.html"),
    ),
    (
        "agenda-list.html",
        include_str!("../../templates/html/agenda-list.html"),
    ),
    (
        "contact.html",
        include_str!("../../templates/html/contact.html"),
    ),
    (
        "notice.html",
        include_str!("../../templates/html/notice.html"),
    ),
];

/// Templates that know each other by name.
pub struct Templates(Tera);

impl Templates {
    /// The templates of the program with a council's own: one takes the place of the built-in one of
    /// its name; one of any other name is there for its own templates to include.
    ///
    /// # Errors
    /// Where one cannot be read.
    pub fn new<'t>(
        built_in: impl IntoIterator<Item = (&'t str, &'t str)>,
        own: &'t BTreeMap<String, String>,
    ) -> Result<Self, HtmlError> {
        let mut tera = Tera::new();
        tera.set_escape_fn(escape);
        let kept = built_in.into_iter();
        let kept = kept.filter(|(name, _)| !own.contains_key(*name));
        let own = own
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        tera.add_raw_templates(kept.chain(own))
            .map_err(|error| HtmlError::of(&error))?;
        Ok(Self(tera))
    }

    /// One of them, filled in.
    ///
    /// # Errors
    /// Where there is none of the name, or it asks for what is not there.
    pub fn fill(&self, name: &str, data: &impl Serialize) -> Result<String, HtmlError> {
        let context = Context::from_serialize(data).map_err(|error| HtmlError::of(&error))?;
        let filled = self.0.render(name, &context);
        Ok(tidy(&filled.map_err(|error| HtmlError::of(&error))?))
    }
}

/// The page as HTML.
pub(super) fn render(
    page: &Page,
    overrides: &BTreeMap<String, String>,
) -> Result<String, HtmlError> {
    Templates::new(BUILT_IN, overrides)?.fill(PAGE, page)
}

/// The style sheet of a page alone, for pages beside it.
pub(super) fn style(
    look: &Look,
    overrides: &BTreeMap<String, String>,
) -> Result<String, HtmlError> {
    Templates::new(BUILT_IN, overrides)?.fill(STYLE, look)
}

/// Escapes what a template sets; fit for an attribute in quotation marks of either kind.
fn escape(words: &str, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    let mut escaped = String::with_capacity(words.len());
    markup::attribute(&mut escaped, words);
    out.write_all(escaped.replace('\'', "&#39;").as_bytes())
}

/// No white space at the ends of lines and no runs of empty lines, which templates leave behind.
fn tidy(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut preformatted = false;
    for line in html.lines() {
        let line = line.trim_end_matches([' ', '\t', '\r']);
        preformatted = (preformatted || line.contains("<pre")) && !line.contains("</pre>");
        if preformatted || !line.is_empty() {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

impl HtmlError {
    fn of(error: &tera::Error) -> Self {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Self {
                template: Some(report.filename().to_owned()),
                line: Some(report.span().start_line),
                column: Some(report.span().start_col + 1),
                message: report.message().trim_end_matches('.').to_owned(),
            },
            other => Self {
                template: None,
                line: None,
                column: None,
                message: other.to_string(),
            },
        }
    }
}
