//! The keys of `committees/ID.toml`.

use super::council::NOTICE;
use super::papers::contact;
use super::shape::Kind::{Flag, Table, Tables, Text, Texts, Whole, Word, WordOr};
use super::shape::{Key, Shape, key, words};
use crate::model::{Audience, BodyKind, CopyForm, MemberRole};

/// What a copy holds in place of the whole or of some items; true for the exempt papers.
pub(in crate::load) const HOLDS: [(&str, bool); 2] = [("agenda", false), ("exempt", true)];

/// `committees/ID.toml`.
pub(super) static COMMITTEE_FILE: Shape = Shape {
    id: "committee-file",
    what: "the committee's file",
    home: Some("the committee's file, at the top"),
    own_keys: None,
    groups: &[&[
        key("name", Text, "What the body is called").needed(),
        key(
            "kind",
            Word(|| words(&BodyKind::WORDS)),
            "What kind of body it is",
        )
        .without("`committee`"),
        key(
            "minute-number",
            Text,
            "The pattern of its minutes' numbers, such as `\"{n}/{yy}\"`",
        ),
        key("clerk", Table(&CLERK), "Whom to ask about its meetings"),
        key(
            "member",
            Tables(&MEMBER),
            "Its places, in the order in which they are printed",
        ),
        key("copy", Tables(&COPY), "The copies that are always sent"),
        key(
            "notice",
            Tables(&NOTICE),
            "What those who come to its meetings are told: a quorum, say",
        ),
    ]],
};

static CLERK: Shape = contact("clerk", "[clerk]");

static MEMBER: Shape = Shape {
    id: "member",
    what: "a member",
    home: Some("a [[member]] of the committee's file"),
    own_keys: None,
    groups: &[&[
        key(
            "name",
            Text,
            "The name without its style; left out only where the place is vacant",
        ),
        key(
            "style",
            Text,
            "How the name is introduced: `\"Councillor\"`, `\"Reverend\"`",
        ),
        key(
            "role",
            Word(|| words(&MemberRole::WORDS)),
            "The place that they hold",
        )
        .without("`member`"),
        key(
            "represents",
            Text,
            "For a co-opted member: whom they speak for",
        ),
        key("voting", Flag, "For a co-opted member: whether they vote"),
        key(
            "vacant",
            Flag,
            "`true` in place of `name`, for a place that nobody holds",
        )
        .without("`false`"),
        key("portfolio", Text, "What they are responsible for"),
        key("party", Text, "Their party"),
        key("honours", Text, "Letters after the name"),
        key(
            "id",
            Text,
            "A short name, where two members share style and name",
        ),
        key("address", Texts, "A list of lines, for address labels"),
    ]],
};

/// The keys of a copy, which a meeting's own copies have too.
pub(super) const COPY_KEYS: &[Key] = &[
    key("to", Text, "A member by name, or anyone else").needed(),
    key(
        "edition",
        Word(|| words(&Audience::WORDS)),
        "Which edition; only `members` holds exempt papers",
    )
    .without("`members` for a member, otherwise `public`"),
    key(
        "print",
        WordOr(
            || vec!["standard", "large", "giant"],
            r"^(1[6-9]|[23][0-9]|40) ?pt$",
            "a size from `\"16pt\"` to `\"40pt\"`",
        ),
        "The size of print; `large` is 18 point, `giant` is 24",
    )
    .without("`standard`"),
    key(
        "form",
        Word(|| words(&CopyForm::WORDS)),
        "What it is sent as",
    )
    .without("`pdf`"),
    key(
        "items",
        Texts,
        "The numbers of the items that are wanted, such as `[\"4\", \"7\"]`, each with those inside it: the front sheet and these. For `paper` and `pdf`",
    )
    .without("all"),
    key(
        "holds",
        Word(|| words(&HOLDS)),
        "In place of `items`: the agenda without its papers, or the exempt papers only (a member's copy). For `paper` and `pdf`",
    )
    .without("the whole"),
    key(
        "notes",
        Flag,
        "`true` for a leaf with lines for notes that faces the first page of each item, as a chair wants it. For `paper` and `pdf`",
    )
    .without("`false`"),
    key(
        "volume-pages",
        // A stapler's fewest, a book's most.
        Whole(20, 2_000),
        "In volumes of at most so many pages, each with a leaf in front that says which it is and what is in it. For `paper` and `pdf`",
    )
    .without("one volume"),
    key("copies", Whole(1, 10_000), "How many").without("`1`"),
    key("address", Texts, "A list of lines, for address labels")
        .without("a member's own, if any"),
];

static COPY: Shape = Shape {
    id: "copy",
    what: "a copy",
    home: None,
    own_keys: None,
    groups: &[COPY_KEYS],
};
