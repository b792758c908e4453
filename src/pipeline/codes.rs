//! The codes of the findings that a build makes, with what each one says, for `pack rule`.

use crate::assemble::outcome::NoteKind;
use crate::finding::Code;

/// A paper of a draft that could not be set.
pub(super) const PAPER_NOT_SET: Code = Code("paper-not-set");
/// A character that none of the fonts can show.
pub(super) const CHARACTER_WITHOUT_GLYPH: Code = Code("character-without-glyph");
/// A copy that is asked for and would hold nothing.
pub(super) const COPY_EMPTY: Code = Code("copy-empty");
/// A page that was published and would say something else.
pub(super) const PUBLISHED_WORDS_CHANGED: Code = Code("published-words-changed");

/// A correction that is to keep published numbers and has more pages or fewer.
pub(super) const KEPT_NUMBERS_DO_NOT_FIT: Code = Code("kept-numbers-do-not-fit");

/// Every code of a build with what it says.
pub fn explained() -> impl Iterator<Item = (Code, &'static str)> {
    let of_files = NoteKind::ALL
        .iter()
        .map(|kind| (Code(kind.code()), kind.sentence()));
    of_files.chain([
        (
            PAPER_NOT_SET,
            "A paper could not be set; a draft has a leaf in its place.",
        ),
        (
            COPY_EMPTY,
            "A copy that is asked for would hold nothing, and is not made.",
        ),
        (
            PUBLISHED_WORDS_CHANGED,
            "A page that was published would say something else, though no file behind it has changed.",
        ),
        (
            KEPT_NUMBERS_DO_NOT_FIT,
            "A paper is to keep the page numbers of the one that it replaces and is longer or shorter; its numbers are new.",
        ),
        (
            CHARACTER_WITHOUT_GLYPH,
            "A text has a character that none of the fonts can show; another is printed in its place.",
        ),
    ])
}
