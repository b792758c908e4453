//! The keys of papers: reports and minutes in their front matter, appendices where they are listed,
//! and what all of these and items share.

use super::shape::Kind::{
    Date, Flag, Named, Numbers, Pattern, Tables, Text, Texts, Time, Whole, Wholes, Word,
};
use super::shape::{Key, Shape, key, words};
use crate::model::{Access, Origin};

/// Who may see it.
pub(super) const ACCESS_KEYS: &[Key] = &[
    key("access", Word(|| Access::WORDS.to_vec()), "Who may see it").without("as what it is in"),
    key(
        "exempt-paragraphs",
        // Schedule 12A as it applies in Wales ends with 18, Schedule 7A in Scotland with 15.
        Wholes(1, 18),
        "The paragraphs of the schedule that make it exempt, such as `[3]`",
    ),
    key(
        "public-interest",
        Text,
        "Why the public interest is better served by withholding it; printed for everyone to read",
    ),
];

/// What a clerk has looked at and accepted.
pub(super) const ACCEPT_KEYS: &[Key] = &[
    key(
        "accept-redaction",
        Text,
        "Why the file may be published although something in it looks like a failed redaction. It counts together with `accept-redaction-of`",
    ),
    key(
        "accept-redaction-of",
        Text,
        "What that reason is about: the twelve characters that the finding shows. Another file, or other hidden words in it, have others, and have to be looked at again",
    ),
    key(
        "accept-marking",
        Text,
        "Why everybody may read it although it says of itself that it is exempt, confidential or not for publication",
    ),
];

/// Somebody to ask.
pub(super) const CONTACT_KEYS: &[Key] = &[
    key("name", Text, "The name as it is printed").needed(),
    key("post", Text, "The post held"),
    key("unit", Text, "The unit worked in"),
    key("phone", Text, "The telephone number"),
    key("email", Text, "The e-mail address"),
];

const CONTACT_GROUPS: &[&[Key]] = &[CONTACT_KEYS];

/// A table of somebody to ask.
pub(super) const fn contact(id: &'static str, what: &'static str) -> Shape {
    Shape {
        id,
        what,
        home: None,
        own_keys: None,
        groups: CONTACT_GROUPS,
    }
}

static CONTACT: Shape = contact("contact", "a contact");
static SIGNATORY: Shape = contact("signatory", "the signatory");
static ATTENDING: Shape = contact("in-attendance", "somebody in attendance");
static OF_MINUTES: Shape = contact("contact-of-minutes", "the contact");

/// The front matter of a cover report.
pub(in crate::load) static REPORT: Shape = Shape {
    id: "report",
    what: "this front matter",
    home: Some("the front matter of the report"),
    own_keys: Some(Named(&CONTACT)),
    groups: &[
        &[
            key(
                "subject",
                Text,
                "What it is about; compared with the agenda",
            ),
            key(
                "contact",
                Named(&CONTACT),
                "Whom to ask: `[{ name = \"…\", post = \"…\", phone = \"…\", email = \"…\" }]`",
            ),
            key(
                "signatory",
                Named(&SIGNATORY),
                "Who signs it: `{ name = \"…\", post = \"…\" }`",
            ),
            key(
                "recommendations",
                Text,
                "What members are asked to decide: Markdown between `\"\"\"` and `\"\"\"`",
            ),
            key(
                "background-papers",
                Texts,
                "A list of titles; `[]` prints “None”",
            ),
            LANG,
        ],
        ACCESS_KEYS,
        &[APPENDICES],
    ],
};

/// The front matter of minutes.
pub(in crate::load) static MINUTES: Shape = Shape {
    id: "minutes",
    what: "this front matter",
    home: Some("the front matter of the minutes"),
    own_keys: None,
    groups: &[
        &[
            key("date", Date, "The day of the meeting"),
            key("time", Time, "The hour at which it began"),
            key("place", Text, "Where it was held"),
            key(
                "present",
                Named(&ATTENDEE),
                "The members who were there, by name",
            ),
            key(
                "apologies",
                Named(&ATTENDEE),
                "The members who sent apologies",
            ),
            key(
                "in-attendance",
                Named(&ATTENDING),
                "Officers and others who were there",
            ),
            key(
                "came-late",
                Named(&MOVED),
                "Members who came after it had begun: `[{ name = \"…\", time = 18:10:00, item = \"5\" }]`",
            ),
            key(
                "left-early",
                Named(&MOVED),
                "Members who left before it ended, written in the same way",
            ),
            key("ended", Time, "The hour at which it ended"),
            key("contact", Named(&OF_MINUTES), "Whom to ask"),
            LANG,
        ],
        ACCESS_KEYS,
        &[APPENDICES],
    ],
};

pub(super) const ALTERNATIVE: Key = key(
    "alternative",
    Text,
    "A file that readers of large print and of the web page get in place of one that cannot be set again, such as a scan",
);

/// Asked for beside what replaces something published.
pub(super) const KEEP_NUMBERS: Key = key(
    "keep-numbers",
    Flag,
    "Whether it has the page numbers of the published paper that it replaces, with a letter: 61a in place of 61. For a paper of the same length",
)
.without("`false`, new numbers");

const LANG: Key = key(
    "lang",
    Text,
    "Its language, such as `\"cy\"`, where it is not the pack's",
);

const APPENDICES: Key = key(
    "appendix",
    Tables(&APPENDIX),
    "Its appendices; they come last",
);

static ATTENDEE: Shape = Shape {
    id: "attendee",
    what: "a name",
    home: None,
    own_keys: None,
    groups: &[ATTENDEE_KEYS],
};

const ATTENDEE_KEYS: &[Key] = &[
    key("name", Text, "The name, as the membership list has it").needed(),
    key("as", Text, "How it is printed instead"),
];

static MOVED: Shape = Shape {
    id: "moved",
    what: "somebody who came or left",
    home: None,
    own_keys: None,
    groups: &[
        ATTENDEE_KEYS,
        &[
            key("time", Time, "When"),
            key("item", Text, "The number of the item that was being taken"),
        ],
    ],
};

/// The front matter of a Markdown file that is an appendix.
pub(in crate::load) static ATTACHED_TEXT: Shape = Shape {
    id: "attached-text",
    what: "this front matter",
    home: None,
    own_keys: None,
    groups: &[
        &[key("title", Text, "What it is called"), LANG],
        ACCESS_KEYS,
    ],
};

/// An appendix, where a report, minutes or an item list it.
pub(super) static APPENDIX: Shape = Shape {
    id: "appendix",
    what: "an appendix",
    home: Some("an appendix, below [[appendix]] or [[item.appendix]]"),
    own_keys: None,
    groups: &[
        &[
            key("title", Text, "What it is called").needed(),
            key(
                "file",
                Text,
                "The file: Markdown, Word (`.docx` or `.odt`; `.doc` and `.rtf` where LibreOffice is installed), PDF, PNG, JPEG, SVG, CSV or a sheet of a workbook: `\"budget.xlsx\"`, or `\"budget.xlsx#Summary!A3:H40\"` for a sheet, a range, a named range or a table of it (`.ods` likewise). Left out only with `absent`",
            ),
            key(
                "absent",
                Text,
                "In place of `file`: why it is not in the pack",
            ),
            key("alt", Text, "For a picture: what it shows, in words"),
            ALTERNATIVE,
            key(
                "summary",
                Text,
                "A sentence or two for those who do not have the file before them: on the web page and in large print",
            ),
            key(
                "origin",
                Word(|| words(&Origin::WORDS)),
                "Whose duty its accessibility is",
            ),
            LANG,
            key(
                "pages",
                Pattern(
                    r"^ *[0-9]+ *([-–] *[0-9]+ *)?(, *[0-9]+ *([-–] *[0-9]+ *)?)*$",
                    "pages and ranges of pages",
                ),
                "Some pages of a PDF: `\"1-3,7\"`",
            )
            .without("all"),
            key(
                "header-rows",
                Whole(0, 5),
                "For a CSV file or a sheet: how many rows hold the heads of its columns",
            )
            .without("found in a sheet, `1` in a CSV file"),
            key("label", Text, "In place of “Appendix 1”; `\"\"` for none"),
            key("redact", Tables(&REDACTION), "What is taken out of a PDF"),
        ],
        ACCEPT_KEYS,
        ACCESS_KEYS,
        &[
            key("supersedes", Text, "The file that this one replaces"),
            KEEP_NUMBERS,
            key(
                "withdrawn",
                Text,
                "Why it was withdrawn; it keeps its place in the list",
            ),
        ],
    ],
};

/// A box that is taken out of a PDF.
pub(super) static REDACTION: Shape = Shape {
    id: "redaction",
    what: "a redaction",
    home: None,
    own_keys: None,
    groups: &[&[
        key("page", Whole(1, 100_000), "The page, counted in the file").needed(),
        key(
            "box",
            Numbers(4),
            "Points from the left and from the top of the page as it is shown, then width and height: `[72, 100, 200, 20]`",
        )
        .needed(),
    ]],
};

/// A finding that is accepted in the papers of an item.
pub(super) static ALLOWANCE: Shape = Shape {
    id: "allowance",
    what: "an allowed finding",
    home: None,
    own_keys: None,
    groups: &[&[
        key("code", Text, "The code of the finding").needed(),
        key("text", Text, "Words of the line that it is in").needed(),
        key("reason", Text, "Why it is accepted").needed(),
    ]],
};
