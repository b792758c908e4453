//! What a machine can read in a PDF and a person cannot see.

use serde::{Deserialize, Serialize};

use super::pdf_facts::PageBox;

/// How something in a file is kept from sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SuspectKind {
    /// Text under an opaque shape, picture or note that was put over it.
    Covered,
    /// Text marked for redaction that was never carried out.
    RedactionNotApplied,
    /// Dark text on an equally dark background.
    DarkOnDark,
    /// Light text on an equally light background.
    SameColour,
    /// Text under a picture or a shape that fills the page, where page numbers stand.
    UnderCover,
    /// Text too small to be read.
    TooSmall,
    /// Words that a clipping path cuts away, and that nobody sees anywhere else.
    ClippedAway,
    /// The end of a text that a clipping path cuts off.
    CutShort,
    /// Text outside the part of the page that is shown.
    OffPage,
    /// Text outside the part of the page that is shown, which the copy in the pack leaves out.
    LeftOut,
    /// Text that is not painted at all, without a scan that it could belong to.
    Invisible,
    /// Text in a layer that is switched off.
    HiddenLayer,
    /// A comment, or a mark of somebody's corrections.
    Comment,
    /// A file inside the file.
    EmbeddedFile,
    /// A person's name, an e-mail address or a folder of somebody's computer in the file's data.
    PersonalDetail,
    /// A program's private data.
    PrivateData,
    /// Text that was deleted and is still in the file.
    EarlierVersion,
    /// A replacement text that differs from what the page shows.
    ReplacementText,
    /// A bookmark or title that says what no page says, in a file with blackened lines.
    SpokenElsewhere,
    /// A link with somebody's address or name, under a blackened line.
    LinkUnderBar,
    /// Writing in a scan that a shape was put over.
    CoveredPicture,
    /// Writing in a picture that was cropped.
    CroppedPicture,
    /// Nothing was found: the page is too complex, or too damaged, to be judged.
    NotJudged,
    /// The value of a form field that no page shows.
    HiddenField,
}

impl SuspectKind {
    /// Whether it looks like words that were meant to be hidden but can still be read, rather than
    /// data that happened to be in the file.
    pub fn is_failed_redaction(self) -> bool {
        !matches!(
            self,
            SuspectKind::Comment
                | SuspectKind::EmbeddedFile
                | SuspectKind::PersonalDetail
                | SuspectKind::PrivateData
        )
    }

    /// Whether it stops a public edition until the clerk says that everybody may read it: it is where
    /// a reader sees something blacked out, or is kept from sight in a way that no layout needs. Pale
    /// text, layers, table cells and covers hide words in many harmless papers.
    pub fn stops_publication(self) -> bool {
        matches!(
            self,
            SuspectKind::Covered
                | SuspectKind::RedactionNotApplied
                | SuspectKind::DarkOnDark
                | SuspectKind::OffPage
                | SuspectKind::ClippedAway
                | SuspectKind::Invisible
                | SuspectKind::TooSmall
                | SuspectKind::ReplacementText
                | SuspectKind::SpokenElsewhere
                | SuspectKind::LinkUnderBar
                | SuspectKind::CoveredPicture
                | SuspectKind::CroppedPicture
        )
    }
}

impl std::fmt::Display for SuspectKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            SuspectKind::Covered => "text can still be read under what covers it",
            SuspectKind::RedactionNotApplied => "a redaction was marked but never carried out",
            SuspectKind::DarkOnDark => "dark text is on an equally dark background",
            SuspectKind::SameColour => "text has the same colour as its background",
            SuspectKind::UnderCover => "text is below a picture that fills the page",
            SuspectKind::TooSmall => "text is too small to be seen",
            SuspectKind::ClippedAway => "text is cropped away but still there",
            SuspectKind::CutShort => "the end of a text is cut off but still there",
            SuspectKind::OffPage => "text is outside the part of the page that is shown",
            SuspectKind::LeftOut => {
                "text is outside the part of the page that is shown, and the pack leaves it out"
            }
            SuspectKind::Invisible => "text is there but not painted",
            SuspectKind::HiddenLayer => "text is in a layer that is switched off",
            SuspectKind::Comment => "a comment or correction is left in the file",
            SuspectKind::EmbeddedFile => "another file is inside the file",
            SuspectKind::PersonalDetail => "the file's data names a person or a computer's folder",
            SuspectKind::PrivateData => "the file holds a program's private data",
            SuspectKind::EarlierVersion => "text that was deleted is still in the file",
            SuspectKind::ReplacementText => "a replacement text differs from what the page shows",
            SuspectKind::SpokenElsewhere => {
                "a bookmark or the title says what no page says, and lines are blackened"
            }
            SuspectKind::LinkUnderBar => "a link says whom a blackened line hides",
            SuspectKind::CoveredPicture => "a picture still holds the writing that a shape covers",
            SuspectKind::CroppedPicture => {
                "a picture still holds the writing that was cropped away"
            }
            SuspectKind::HiddenField => "a form field holds words that no page shows",
            SuspectKind::NotJudged => {
                "this page is too complex, or too damaged, to tell whether words are hidden: look for yourself"
            }
        })
    }
}

/// Something in a PDF that a machine can read and a person cannot see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Suspect {
    /// What is wrong.
    pub kind: SuspectKind,
    /// The page, counted from 1; `None` for the whole file.
    pub page: Option<u32>,
    /// Where on the page, in points in its user space.
    pub bounds: Option<PageBox>,
    /// What a machine reads there.
    pub text: String,
}

impl Suspect {
    /// Its words with all but their first letters masked, for logs that others read. A single letter
    /// or figure may be all that was meant to be hidden, so it is masked too.
    pub fn masked(&self) -> String {
        let mut masked = String::new();
        for (index, word) in self.text.split_whitespace().take(8).enumerate() {
            if index > 0 {
                masked.push(' ');
            }
            let mut letters = word.chars();
            let first = letters.next();
            let is_alone = letters.as_str().is_empty();
            masked.extend(first.map(|letter| if is_alone { '•' } else { letter }));
            masked.extend(letters.take(12).map(|_| '•'));
        }
        masked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masked_words_show_their_first_letters() {
        let suspect = Suspect {
            kind: SuspectKind::Covered,
            page: None,
            bounds: None,
            text: "Jo  Éclair 07 7".to_owned(),
        };
        assert_eq!(suspect.masked(), "J• É••••• 0• •");
    }
}
