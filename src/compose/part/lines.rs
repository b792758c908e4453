//! The pieces of blocks that hold no blocks themselves: the lines of agendas, memberships, contents
//! and labelled values, and how they are set.

use serde::Serialize;

use super::inline::{Figure, Inline};

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Running text.
    #[default]
    Body,
    /// A line over a title that says what the page belongs to.
    Eyebrow,
    /// Larger, for the one sentence of a leaf.
    Lead,
    /// Smaller and quieter: a note, a source.
    Quiet,
}

/// The numbers of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Numbering {
    /// The first number.
    pub start: u64,
    /// Figures or letters.
    pub style: NumberStyle,
}

/// How the items of a numbered list are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberStyle {
    /// `1.`
    Figure,
    /// `1)`
    FigureBracket,
    /// `(a)`
    Letter,
}

/// What a panel holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PanelRole {
    /// What members are asked to decide.
    Recommendations,
    /// What they decided.
    Decision,
}

/// How fields are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldsLook {
    /// The header table of a cover report: hairlines between the rows.
    Header,
    /// Day, time and place on the front sheet.
    Sitting,
    /// Without lines.
    Plain,
}

/// A row of fields.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Field {
    /// What stands at the left.
    pub label: String,
    /// The lines at the right; none prints an empty row.
    pub lines: Vec<Vec<Inline>>,
}

/// The head of the front sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Masthead {
    /// The council.
    pub council: String,
    /// The body, the sheet's title.
    pub body: String,
    /// The logo, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<Figure>,
}

/// A line of the agenda.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AgendaRow {
    /// The key of the item, or of the agenda's part.
    pub key: String,
    /// Whether it is the heading of a part of the agenda.
    pub heading: bool,
    /// How deep it stands, 0 for an item of the agenda itself.
    pub depth: u8,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: Vec<Inline>,
    /// Lines below the title: reference, officer, address, what becomes of it.
    pub notes: Vec<Vec<Inline>>,
    /// Lettered sub-items.
    pub sub: Vec<String>,
    /// When it is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// Where it begins in the pack; `None` for an item without a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
}

/// A place on a body.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MemberLine {
    /// The name, or the word for a vacancy.
    pub name: String,
    /// Role, or whom the member represents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether nobody holds the place.
    pub vacant: bool,
}

/// A line of a contents list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ContentsRow {
    /// How deep it stands, from 0.
    pub depth: u8,
    /// What it names.
    pub title: Vec<Inline>,
    /// Where it begins.
    pub anchor: String,
    /// The standard edition's page, in a re-flowed edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard_page: Option<String>,
}
