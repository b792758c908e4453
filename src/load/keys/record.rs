//! The keys of `published.toml`, which only `pack publish` writes.

use super::shape::Kind::{Date, Map, Pattern, Tables, Text, Texts, Whole};
use super::shape::{Key, Shape, key};

/// The largest page number.
const LAST_PAGE: u32 = 1_000_000;

/// `published.toml`.
pub(in crate::load) static RECORD: Shape = Shape {
    id: "record",
    what: "published.toml",
    home: None,
    own_keys: None,
    groups: &[
        ISSUED_KEYS,
        &[key(
            "supplement",
            Tables(&SUPPLEMENT),
            "What was published later, in order",
        )],
    ],
};

static SUPPLEMENT: Shape = Shape {
    id: "issued-supplement",
    what: "a supplement",
    home: None,
    own_keys: None,
    groups: &[ISSUED_KEYS],
};

const ISSUED_KEYS: &[Key] = &[
    key("published", Date, "The day").needed(),
    key("last-page", Whole(0, LAST_PAGE), "The last page number").needed(),
    key("items", Texts, "The numbers of the items"),
    key("withdrawn", Texts, "What had been withdrawn"),
    key(
        "withheld",
        Map(&WITHHELD, None),
        "What was withheld, by its hash",
    ),
    key("document", Tables(&DOCUMENT), "Each document"),
];

static WITHHELD: Shape = Shape {
    id: "withheld",
    what: "[withheld]",
    home: None,
    own_keys: None,
    groups: &[],
};

static DOCUMENT: Shape = Shape {
    id: "document",
    what: "a document",
    home: None,
    own_keys: None,
    groups: &[&[
        key("key", Text, "What it is known by").needed(),
        key("title", Text, "Its title"),
        key("first-page", Whole(1, LAST_PAGE), "Its first page").needed(),
        key("last-page", Whole(1, LAST_PAGE), "Its last page").needed(),
        key(
            "letter",
            Pattern("^[a-z]$", "one small letter"),
            "The letter of its page numbers, where it took those of what it replaces: 61a",
        )
        .without("none"),
        key("source", Text, "The file that it came from"),
        key("sha256", Text, "The file's SHA-256"),
    ]],
};
