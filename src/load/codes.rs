//! The codes of what can be wrong with a source before any rule looks at the meeting.
//! Each reads well after "allow", though most of them are errors that nothing can allow.

use crate::finding::Code;

/// A file that is not TOML where it should be.
pub const TOML_SYNTAX: Code = Code("toml-syntax");
/// A key that the format does not know.
pub const UNKNOWN_KEY: Code = Code("unknown-key");
/// A key that has to be there and is not.
pub const MISSING_KEY: Code = Code("missing-key");
/// A value of the wrong kind: a number where words belong, a date in quotation marks.
pub const WRONG_TYPE: Code = Code("wrong-type");
/// A word that is none of those that the key takes.
pub const UNKNOWN_WORD: Code = Code("unknown-word");
/// A value that is of the right kind and still cannot be: 60 points, page 0.
pub const OUT_OF_RANGE: Code = Code("out-of-range");
/// A day that the calendar does not have, or a time that the clock does not.
pub const INVALID_DATE: Code = Code("invalid-date");
/// Two keys of one table that cannot stand together.
pub const KEYS_AT_ODDS: Code = Code("keys-at-odds");
/// A file that is named and not there.
pub const FILE_MISSING: Code = Code("file-missing");
/// A file that is there and cannot be read.
pub const FILE_UNREADABLE: Code = Code("file-unreadable");
/// A file that is larger than a pack takes.
pub const FILE_TOO_LARGE: Code = Code("file-too-large");
/// A path that is written in a way that not every machine understands.
pub const INVALID_PATH: Code = Code("invalid-path");
/// A path that leads out of the workspace.
pub const OUTSIDE_WORKSPACE: Code = Code("outside-workspace");
/// A text file that is not UTF-8.
pub const NOT_UTF8: Code = Code("not-utf8");
/// Front matter that has no closing line.
pub const FRONT_MATTER_UNCLOSED: Code = Code("front-matter-unclosed");
/// A report or minutes without front matter.
pub const FRONT_MATTER_MISSING: Code = Code("front-matter-missing");
/// Two items with one number.
pub const NUMBER_TWICE: Code = Code("number-twice");
/// A part of the agenda that nobody defined.
pub const UNKNOWN_PART: Code = Code("unknown-part");
/// A committee that has no file.
pub const UNKNOWN_COMMITTEE: Code = Code("unknown-committee");
/// A name that several members share.
pub const AMBIGUOUS_MEMBER: Code = Code("ambiguous-member");
/// A file of a kind that cannot be where it is named.
pub const UNKNOWN_FILE_KIND: Code = Code("unknown-file-kind");
/// A file called PDF that is not one.
pub const NOT_A_PDF: Code = Code("not-a-pdf");
/// A PDF that opens with a password only.
pub const PDF_ENCRYPTED: Code = Code("pdf-encrypted");
/// A PDF that is damaged beyond reading.
pub const PDF_DAMAGED: Code = Code("pdf-damaged");
/// A PDF without pages.
pub const PDF_EMPTY: Code = Code("pdf-empty");
/// A page that the PDF does not have.
pub const NO_SUCH_PAGE: Code = Code("no-such-page");
/// A file called an image that is not one.
pub const NOT_AN_IMAGE: Code = Code("not-an-image");
/// An image on the web, or inside an address.
pub const IMAGE_OUTSIDE_PACK: Code = Code("image-outside-pack");
/// A table whose rows have unequal numbers of cells.
pub const RAGGED_TABLE: Code = Code("ragged-table");
/// A CSV file that cannot be read as a table.
pub const NOT_A_TABLE: Code = Code("not-a-table");
/// Markdown that nests deeper than anybody could follow.
pub const NESTED_TOO_DEEP: Code = Code("nested-too-deep");
/// HTML in Markdown, which is not passed through.
pub const RAW_HTML: Code = Code("raw-html");
/// A link to nowhere that a pack could lead.
pub const LINK_NOWHERE: Code = Code("link-nowhere");
/// A footnote that nothing refers to.
pub const FOOTNOTE_UNUSED: Code = Code("footnote-unused");
/// A rule that is allowed at a line without saying why.
pub const ALLOWED_WITHOUT_REASON: Code = Code("allowed-without-reason");
/// A document that says it is public inside one that is not.
pub const PUBLIC_INSIDE_EXEMPT: Code = Code("public-inside-exempt");
/// An exemption paragraph without the access that it belongs to.
pub const ACCESS_UNCLEAR: Code = Code("access-unclear");

/// All of them.
pub const ALL: &[Code] = &[
    TOML_SYNTAX,
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_TYPE,
    UNKNOWN_WORD,
    OUT_OF_RANGE,
    INVALID_DATE,
    KEYS_AT_ODDS,
    FILE_MISSING,
    FILE_UNREADABLE,
    FILE_TOO_LARGE,
    INVALID_PATH,
    OUTSIDE_WORKSPACE,
    NOT_UTF8,
    FRONT_MATTER_UNCLOSED,
    FRONT_MATTER_MISSING,
    NUMBER_TWICE,
    UNKNOWN_PART,
    UNKNOWN_COMMITTEE,
    AMBIGUOUS_MEMBER,
    UNKNOWN_FILE_KIND,
    NOT_A_PDF,
    PDF_ENCRYPTED,
    PDF_DAMAGED,
    PDF_EMPTY,
    NO_SUCH_PAGE,
    NOT_AN_IMAGE,
    IMAGE_OUTSIDE_PACK,
    RAGGED_TABLE,
    NOT_A_TABLE,
    NESTED_TOO_DEEP,
    RAW_HTML,
    LINK_NOWHERE,
    FOOTNOTE_UNUSED,
    ALLOWED_WITHOUT_REASON,
    PUBLIC_INSIDE_EXEMPT,
    ACCESS_UNCLEAR,
];

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
