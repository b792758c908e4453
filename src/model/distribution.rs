//! Who gets which edition of a pack, in what form, and how many copies.

use super::Audience;
use crate::finding::Span;

/// One line of a distribution list.
#[derive(Debug, Clone, PartialEq)]
pub struct Copy {
    /// Who gets it.
    pub to: Recipient,
    /// Which edition.
    pub edition: Audience,
    /// In which size of print.
    pub print: PrintSize,
    /// In which form.
    pub form: CopyForm,
    /// What of the pack it holds, and in how many volumes.
    pub binding: Binding,
    /// How many.
    pub copies: u32,
    /// Where it is sent, line by line.
    pub address: Vec<String>,
    /// Where it stands; `None` for a member's default copy.
    pub span: Option<Span>,
}

/// What of a pack a copy holds, and how it is bound.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Binding {
    /// What of the pack it holds.
    pub holds: Holds,
    /// Whether a leaf for notes faces the first page of each item.
    pub notes: bool,
    /// The most pages of one volume, not counting the leaf in front; `None` means one volume.
    pub volume_pages: Option<u32>,
}

impl Binding {
    /// Whether it is the whole pack in one volume, with nothing added.
    pub fn is_whole(&self) -> bool {
        *self == Self::default()
    }
}

/// What of the pack a copy holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Holds {
    /// Everything.
    #[default]
    Whole,
    /// The front sheet, and the items of these numbers, each with the items inside it.
    Items(Vec<String>),
    /// The agenda without its papers.
    Agenda,
    /// What the public does not get: the "pink pages".
    Exempt,
}

impl Holds {
    /// The numbers of the items that it holds, where it holds some.
    pub fn items(&self) -> &[String] {
        match self {
            Self::Items(items) => items,
            Self::Whole | Self::Agenda | Self::Exempt => &[],
        }
    }

    /// The word for it: "whole", "items", "agenda" or "exempt".
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Items(_) => "items",
            Self::Agenda => "agenda",
            Self::Exempt => "exempt",
        }
    }
}

/// Who gets a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// A member of the body, as an index.
    Member(usize),
    /// Anybody else, by name.
    Other(String),
}

/// What a meeting's own copy does to the standing copies of the same recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnCopy {
    /// It is a further copy.
    Added,
    /// It takes their place.
    Replaced,
}

impl OwnCopy {
    /// Each with the word that sources use for it.
    pub const WORDS: [(&'static str, Self); 2] =
        [("add", Self::Added), ("replace", Self::Replaced)];
}

/// The size of print, by the body text's size in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum PrintSize {
    /// The standard edition.
    #[default]
    Standard,
    /// A re-flowed edition whose body text has this size, 16 to 40 points.
    Points(u8),
}

impl PrintSize {
    /// Large print: 18 points (UKAAF G003).
    pub const LARGE: Self = Self::Points(18);
    /// Giant print: 24 points.
    pub const GIANT: Self = Self::Points(24);

    /// The size that a word names: `standard`, `large`, `giant`, or `16pt` to `40pt`, with or
    /// without the `pt`.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "standard" => Some(Self::Standard),
            "large" => Some(Self::LARGE),
            "giant" => Some(Self::GIANT),
            _ => word
                .strip_suffix("pt")
                .unwrap_or(word)
                .trim()
                .parse()
                .ok()
                .filter(|points| (16..=40).contains(points))
                .map(Self::Points),
        }
    }
}

impl std::fmt::Display for PrintSize {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Self::Standard => f.write_str("standard"),
            Self::LARGE => f.write_str("large"),
            Self::GIANT => f.write_str("giant"),
            Self::Points(points) => write!(f, "{points}pt"),
        }
    }
}

/// The form of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words are the field's own")]
pub enum CopyForm {
    Paper,
    Pdf,
    Html,
}

impl CopyForm {
    /// Each with the word that sources use for it.
    pub const WORDS: [(&'static str, Self); 3] = [
        ("paper", Self::Paper),
        ("pdf", Self::Pdf),
        ("html", Self::Html),
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Pdf => "pdf",
            Self::Html => "html",
        }
    }
}
