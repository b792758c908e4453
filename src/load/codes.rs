//! The codes of what can be wrong with a source, before any rule checks the meeting.
//! Each reads well after "allow", though most of them are errors that nothing can allow.

use crate::finding::Code;

/// Each code as a constant with its explanation, and all of them in [`ALL`] and [`EXPLAINED`].
macro_rules! codes {
    ($($(#[doc = $words:literal])+ $name:ident = $code:literal;)+) => {
        $($(#[doc = $words])+ pub const $name: Code = Code($code);)+

        /// Every code of this room.
        pub const ALL: &[Code] = &[$($name),+];

        /// Every code with what it says of a file, for the reference of rules.
        pub const EXPLAINED: &[(Code, &str)] = &[$(($name, concat!($($words),+))),+];
    };
}

codes! {
    /// A file that is not TOML where it should be.
    TOML_SYNTAX = "toml-syntax";
    /// A key that the format does not know.
    UNKNOWN_KEY = "unknown-key";
    /// A required key that is missing.
    MISSING_KEY = "missing-key";
    /// A value of the wrong kind: a number where words belong, a date in quotation marks.
    WRONG_TYPE = "wrong-type";
    /// A word that the key does not take.
    UNKNOWN_WORD = "unknown-word";
    /// A value that is of the right kind and still makes no sense: 60 points, page 0.
    OUT_OF_RANGE = "out-of-range";
    /// A typeface that does not come with the program, which uses no fonts of the machine.
    UNKNOWN_FONT = "unknown-font";
    /// A day that the calendar does not have, or a time that the clock does not.
    INVALID_DATE = "invalid-date";
    /// Two keys of one table that contradict each other.
    KEYS_AT_ODDS = "keys-at-odds";
    /// A file that is named and does not exist.
    FILE_MISSING = "file-missing";
    /// A report, minutes or an appendix in Markdown with nothing in it.
    FILE_EMPTY = "file-empty";
    /// A file that exists and cannot be read.
    FILE_UNREADABLE = "file-unreadable";
    /// A file that is larger than a pack takes.
    FILE_TOO_LARGE = "file-too-large";
    /// A path that is not written in the way that works on every machine.
    INVALID_PATH = "invalid-path";
    /// A path that leads out of the workspace.
    OUTSIDE_WORKSPACE = "outside-workspace";
    /// A text file that is not UTF-8.
    NOT_UTF8 = "not-utf8";
    /// A CSV file in the encoding of older Windows programs. It is read in that encoding.
    READ_AS_WINDOWS_1252 = "read-as-windows-1252";
    /// A CSV file in UTF-16, as Excel's "Unicode Text" is. It is read in that encoding.
    READ_AS_UTF16 = "read-as-utf16";
    /// A Word file or a workbook of an older kind, which LibreOffice converted before it was read.
    READ_THROUGH_LIBREOFFICE = "read-through-libreoffice";
    /// A Word file that says at the head or foot of its pages, or in a watermark, that it is a draft. The
    /// pack prints none of these.
    MARKED_DRAFT = "marked-draft";
    /// Front matter that has no closing line.
    FRONT_MATTER_UNCLOSED = "front-matter-unclosed";
    /// A report or minutes without front matter.
    FRONT_MATTER_MISSING = "front-matter-missing";
    /// Two items or two parts with the same number.
    NUMBER_TWICE = "number-twice";
    /// A part of the agenda that is not defined.
    UNKNOWN_PART = "unknown-part";
    /// A committee that has no file.
    UNKNOWN_COMMITTEE = "unknown-committee";
    /// A meeting's copy for somebody who has a standing one, without saying whether it replaces that one.
    COPY_TWICE = "copy-twice";
    /// A report or a PDF in a meeting's folder that no item names.
    PAPER_NOT_NAMED = "paper-not-named";
    /// Another pack of the same committee, day and time: usually a copy that was left behind.
    MEETING_TWICE = "meeting-twice";
    /// A name that several members share.
    AMBIGUOUS_MEMBER = "ambiguous-member";
    /// A file of a kind that cannot be where it is named.
    UNKNOWN_FILE_KIND = "unknown-file-kind";
    /// A file that is named as a Word file and is something else.
    NOT_A_WORD_FILE = "not-a-word-file";
    /// A Word file that can be opened only with a password.
    WORD_ENCRYPTED = "word-encrypted";
    /// A Word file that is damaged beyond reading.
    WORD_DAMAGED = "word-damaged";
    /// A tracked change that is neither accepted nor rejected, in a Word file or in Markdown made from
    /// one. What was deleted is left out of the pack, and what was inserted is in it.
    UNSETTLED_CHANGE = "unsettled-change";
    /// A comment that is still in a Word file, or in Markdown made from one. It is left out of the pack.
    COMMENT_LEFT_IN = "comment-left-in";
    /// Hidden text in a Word file. It is left out of the pack.
    HIDDEN_IN_WORD = "hidden-in-word";
    /// A template's advice to the author, still in a Word file. It is left out of the pack.
    GUIDANCE_LEFT_IN = "guidance-left-in";
    /// Something in a Word file that a pack cannot show.
    NOT_READ_FROM_WORD = "not-read-from-word";
    /// A paragraph of a Word file that has no heading style and is read as a heading because it looks
    /// like one.
    HEADING_BY_LOOKS = "heading-by-looks";
    /// A table of a Word file that is only a frame, and is read as running text.
    LAYOUT_TABLE = "layout-table";
    /// A chart of a Word file, which is in the pack as a table of its figures.
    CHART_AS_TABLE = "chart-as-table";
    /// A file that is named as a PDF and is not one.
    NOT_A_PDF = "not-a-pdf";
    /// A PDF that can be opened only with a password.
    PDF_ENCRYPTED = "pdf-encrypted";
    /// A PDF that is damaged beyond reading.
    PDF_DAMAGED = "pdf-damaged";
    /// A PDF without pages.
    PDF_EMPTY = "pdf-empty";
    /// A page that the PDF does not have.
    NO_SUCH_PAGE = "no-such-page";
    /// A page that `pages` names twice; the pack has it only once, where it is named first.
    PAGE_NAMED_TWICE = "page-named-twice";
    /// A PDF that cannot be redacted as `redact` asks, and so is left out of the pack.
    NOT_REDACTED = "not-redacted";
    /// A box to take out of a PDF that has nothing in it.
    REDACTION_EMPTY = "redaction-empty";
    /// A picture in a PDF that was removed whole, although only part of it was to be redacted.
    REDACTED_PICTURE_WHOLE = "redacted-picture-whole";
    /// Words that were redacted in one place of a PDF and can be read in another.
    REDACTED_WORDS_ELSEWHERE = "redacted-words-elsewhere";
    /// A file that is named as an image and is not one, or an image that a pack cannot take.
    NOT_AN_IMAGE = "not-an-image";
    /// A picture with more pixels than a page can show. It is made smaller in the pack;
    /// `full-size-images = true` under `[pack]` in council.toml keeps it as it is.
    IMAGE_MADE_SMALLER = "image-made-smaller";
    /// A JPEG whose file ends before the picture does.
    IMAGE_BREAKS_OFF = "image-breaks-off";
    /// An image that is not a file of the pack: it is on the web, in a `data:` address, or outside the
    /// Word file that shows it.
    IMAGE_OUTSIDE_PACK = "image-outside-pack";
    /// A table whose rows have unequal numbers of cells.
    RAGGED_TABLE = "ragged-table";
    /// A cell in which a spreadsheet shows an error, or a figure cut short, in place of its value.
    SPREADSHEET_ERROR = "spreadsheet-error";
    /// A file that is named as a spreadsheet and is something else, or of a kind that cannot be read.
    NOT_A_SPREADSHEET = "not-a-spreadsheet";
    /// A spreadsheet that can be opened only with a password.
    SPREADSHEET_ENCRYPTED = "spreadsheet-encrypted";
    /// A spreadsheet that is damaged beyond reading.
    SPREADSHEET_DAMAGED = "spreadsheet-damaged";
    /// A sheet, a range or a name that the workbook does not have.
    NO_SUCH_SHEET = "no-such-sheet";
    /// A workbook with several sheets, where it is not clear which one is meant.
    SEVERAL_SHEETS = "several-sheets";
    /// Hidden sheets, rows, columns or cells in a spreadsheet. They are left out of the pack.
    HIDDEN_IN_SPREADSHEET = "hidden-in-spreadsheet";
    /// A comment that is still in a spreadsheet. It is left out of the pack.
    COMMENT_IN_SPREADSHEET = "comment-in-spreadsheet";
    /// A cell that takes its value from another file.
    LINKED_SPREADSHEET = "linked-spreadsheet";
    /// A chart or a picture in a spreadsheet, which a pack cannot show.
    NOT_READ_FROM_SPREADSHEET = "not-read-from-spreadsheet";
    /// A CSV file or a sheet that cannot be read as a table.
    NOT_A_TABLE = "not-a-table";
    /// Markdown that nests deeper than anybody could follow.
    NESTED_TOO_DEEP = "nested-too-deep";
    /// HTML in Markdown, which is not passed through.
    RAW_HTML = "raw-html";
    /// Notation that this Markdown does not have, or a heading without a space after its #. It is
    /// printed as it stands.
    NOTATION_NOT_READ = "notation-not-read";
    /// A link to something that a pack cannot link to.
    LINK_NOWHERE = "link-nowhere";
    /// A link to an item by a number that meant another item when the pack was published.
    LINK_TO_MOVED_ITEM = "link-to-moved-item";
    /// A paper that may replace a published one or be new, and nothing shows which.
    REPLACES_WHICH = "replaces-which";
    /// An address that tells a third party who follows it, or names a reader.
    LINK_TRACKED = "link-tracked";
    /// An address that leads to a private drive or network.
    LINK_PRIVATE = "link-private";
    /// Two headings of one document, or two items, with the same name.
    NAME_TWICE = "name-twice";
    /// A reference to a footnote that the text does not have.
    FOOTNOTE_MISSING = "footnote-missing";
    /// A footnote that nothing refers to.
    FOOTNOTE_UNUSED = "footnote-unused";
    /// A text that would take too long to read or print: thousands of brackets in a paragraph, or a long
    /// chain of footnotes that refer to each other.
    TEXT_TOO_TANGLED = "text-too-tangled";
    /// A text, a cell of a table or a list that is too long to print.
    TEXT_TOO_LONG = "text-too-long";
    /// A rule that is allowed at a line without saying why.
    ALLOWED_WITHOUT_REASON = "allowed-without-reason";
    /// A document that is marked as public inside one that is not.
    PUBLIC_INSIDE_EXEMPT = "public-inside-exempt";
    /// An appendix that is withheld because the report of its item is, without saying so itself.
    WITHHELD_WITH_REPORT = "withheld-with-report";
    /// A line that seems to withhold something and does not say so clearly. Until it does, what it is
    /// about is withheld.
    ACCESS_UNCLEAR = "access-unclear";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_kebab_case_and_told_apart() {
        let mut seen = std::collections::BTreeSet::new();
        for code in ALL {
            assert!(seen.insert(code.0), "{code} twice");
            assert!(
                code.0
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
                "{code}"
            );
        }
    }
}
