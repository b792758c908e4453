//! Why there is no pack.

use crate::assemble::AssembleError;
use crate::assemble::verify::Fault;
use crate::finding::Files;
use crate::html::HtmlError;
use crate::model::{PageNumber, PageRange, SourceName};
use crate::typeset::TypesetError;

/// Why there is no pack.
#[derive(Debug)]
pub enum BuildError {
    /// A part could not be set.
    Typeset(TypesetError),
    /// The PDF could not be put together.
    Assemble(AssembleError),
    /// The web page could not be made.
    Html(HtmlError),
    /// The finished file is not what it should be, which is a fault of this program.
    Faulty(Vec<Fault>),
    /// A file that was there when the sources were read is no longer there.
    Gone(SourceName),
    /// Parts that were composed have no place in the pack, which is a fault of this program.
    Unplaced(Vec<String>),
    /// Pages that were published would get other numbers.
    Renumbered(Vec<Moved>),
    /// Two pages of what was published would have one number.
    Twice {
        /// The number.
        number: PageNumber,
        /// What the two pages belong to.
        titles: [String; 2],
    },
}

impl std::fmt::Display for BuildError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Typeset(error) => error.fmt(f),
            Self::Assemble(error) => error.fmt(f),
            Self::Html(error) => error.fmt(f),
            Self::Faulty(faults) => {
                write!(
                    f,
                    "the finished pack is not what it should be, so it was not written. {}",
                    fault()
                )?;
                faults
                    .iter()
                    .take(20)
                    .try_for_each(|fault| write!(f, "\n  {fault}"))
            }
            Self::Unplaced(keys) => write!(
                f,
                "the pack has no place for what belongs in it ({}), so it was not written. {}",
                keys.join(", "),
                fault()
            ),
            Self::Twice {
                number,
                titles: [one, other],
            } => write!(f, "page {number} would be in {one} and in {other}"),
            Self::Gone(source) => write!(f, "{source} is no longer there"),
            Self::Renumbered(moved) => {
                write!(
                    f,
                    "pages that were published would get other numbers, and what people have written on them or cited would be wrong. Issue what is new as a supplement (pack build --supplement), put the pack and its supplements together (--consolidated), or issue the whole pack again (--renumber)"
                )?;
                moved
                    .iter()
                    .take(20)
                    .try_for_each(|moved| write!(f, "\n  {moved}"))
            }
        }
    }
}

/// Whose fault it is where a finished pack is wrong, and whom to tell.
fn fault() -> String {
    let whom = match env!("CARGO_PKG_REPOSITORY") {
        "" => "send this message to the person who gave you pack".to_owned(),
        place => format!("report this message at {place}"),
    };
    format!(
        "This is a fault in pack {}, not in your files. Please {whom}, with the paper it is about if that is public.",
        env!("CARGO_PKG_VERSION")
    )
}

impl std::error::Error for BuildError {}

impl BuildError {
    /// What is wrong, with the lines of the sources whose words do not fit their pages.
    pub fn told(&self, files: &Files) -> String {
        let Self::Typeset(TypesetError::Lost { part, losses }) = self else {
            return self.to_string();
        };
        let mut told = format!(
            "{part} does not fit its pages, so nothing was written. {} Until it is fixed, try other words in these places",
            fault()
        );
        for loss in losses.iter().take(10) {
            told.push_str("\n  ");
            if let Some(span) = loss.span {
                let line = files.position(span).line;
                told.push_str(&format!("{}:{line}: ", files.path(span)));
            }
            told.push_str(&loss.to_string());
        }
        told
    }
}

impl From<TypesetError> for BuildError {
    fn from(error: TypesetError) -> Self {
        Self::Typeset(error)
    }
}

impl From<AssembleError> for BuildError {
    fn from(error: AssembleError) -> Self {
        Self::Assemble(error)
    }
}

impl From<HtmlError> for BuildError {
    fn from(error: HtmlError) -> Self {
        Self::Html(error)
    }
}

/// A published document whose pages would get other numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// What it is called.
    pub title: String,
    /// Its page numbers as published.
    pub published: PageRange,
    /// Those that it would have; `None` where it is no longer in the pack.
    pub now: Option<PageRange>,
}

impl std::fmt::Display for Moved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.title, self.published)?;
        match self.now {
            Some(now) => write!(f, " would be {now}"),
            None => write!(f, " would be gone"),
        }
    }
}
