//! The keys of `pack.toml`: a meeting, its agenda, and who gets a copy.

use super::committee::COPY_KEYS;
use super::council::{CHECK_KEY, NOTICE};
use super::papers::{
    ACCEPT_KEYS, ACCESS_KEYS, ALLOWANCE, ALTERNATIVE, APPENDIX, CONTACT_KEYS, KEEP_NUMBERS,
    MINUTES, REDACTION, REPORT,
};
use super::shape::Kind::{
    Date, DateOrText, Flag, Named, Table, Tables, Text, TextOrNumber, Texts, Time, Whole, Word,
    WordOr,
};
use super::shape::{Shape, key, words};
use crate::model::distribution::OwnCopy;
use crate::model::{ItemKind, MeetingAccess, MeetingKind};

/// `pack.toml`.
pub(super) static PACK_FILE: Shape = Shape {
    id: "pack-file",
    what: "pack.toml",
    home: Some("the top of pack.toml, above [meeting]"),
    own_keys: None,
    groups: &[&[
        key(
            "committee",
            Text,
            "The body that meets: the name of its file in `committees/`, without `.toml`",
        )
        .needed(),
        key(
            "accessibility-page",
            Flag,
            "A last page that says how accessible each part of the pack is",
        )
        .without("as the council has it"),
        CHECK_KEY,
        key("notice", Tables(&NOTICE), "What those who come are told").without("none"),
        key("meeting", Table(&MEETING), "When and where it meets").needed(),
        key(
            "part",
            Tables(&PART),
            "The parts of the agenda, if it has any",
        ),
        key("item", Tables(&ITEM), "The items, numbered in their order"),
        key(
            "copy",
            Tables(&MEETING_COPY),
            "Copies for this meeting alone",
        ),
    ]],
};

pub(in crate::load) static MEETING: Shape = Shape {
    id: "meeting",
    what: "[meeting]",
    home: Some("[meeting]"),
    own_keys: None,
    groups: &[&[
        key("date", Date, "The day of the meeting").needed(),
        key("weekday", Text, "Checked against the date"),
        key("time", Time, "The hour at which it begins"),
        key("ends", Time, "The hour at which it is to end"),
        key("place", Text, "Where it meets"),
        key(
            "access",
            Word(|| words(&MeetingAccess::WORDS)),
            "Whether the public may attend",
        )
        .without("`public`"),
        key(
            "kind",
            WordOr(|| MeetingKind::WORDS.to_vec(), "", "a word of your own"),
            "What kind of meeting it is",
        )
        .without("`ordinary`"),
        key("previous", Date, "The meeting whose minutes come up"),
        key(
            "next",
            DateOrText,
            "The next meeting: a day, or words such as `\"To be confirmed\"`",
        ),
        key(
            "published",
            Date,
            "The day on which the pack is published; clear days are counted from it",
        ),
        key(
            "decisions-published",
            Date,
            "The day on which the notice of its decisions was published; call-in is counted from it",
        )
        .without("none is published"),
        key(
            "cancelled",
            Text,
            "Why the meeting will not take place; its papers stay where they are and say so",
        ),
        key(
            "moved",
            Texts,
            "What was changed of its day, hour or place after it was called, a sentence each time: `\"It was to be on 14 September.\"`",
        ),
    ]],
};

static PART: Shape = Shape {
    id: "part",
    what: "a part of the agenda",
    home: None,
    own_keys: None,
    groups: &[
        &[
            key(
                "id",
                TextOrNumber,
                "What items call it, and what is printed: `\"2\"` makes “Part 2”",
            )
            .needed(),
            key(
                "label",
                Text,
                "What is printed in place of “Part 2”; with `\"\"` the title stands alone, as a heading between items, and without a title the text is a note between them",
            )
            .without("“Part” and the id"),
            key("title", Text, "What it is called"),
            key("text", Text, "A sentence or two below the title"),
        ],
        ACCESS_KEYS,
    ],
};

pub(in crate::load) static ITEM: Shape = Shape {
    id: "item",
    what: "this item",
    home: Some("an [[item]]"),
    own_keys: None,
    groups: &[
        &[
            key("title", Text, "What the agenda calls it").needed(),
            key(
                "kind",
                Word(|| words(&ItemKind::WORDS)),
                "What kind of business it is",
            )
            .needed(),
            key(
                "number",
                TextOrNumber,
                "A number of your own: `\"5.1\"`, `\"A4\"`",
            )
            .without("the next one"),
            key(
                "id",
                Text,
                "A name for links to it, `item:rents`, which stays when its number changes",
            ),
            key(
                "heading",
                Text,
                "The title on the item's own leaf, where it differs",
            ),
            key("text", Text, "A sentence or two below the title"),
            key("sub", Texts, "A list: printed as (a), (b), (c)"),
            key(
                "source",
                Text,
                "The paper: a Markdown file, a Word file or a PDF",
            ),
            key("sources", Texts, "A list, where there are several papers"),
            key(
                "appendix",
                Tables(&APPENDIX),
                "Appendices that belong to no Markdown report",
            ),
            key("item", Tables(&ITEM), "Items inside this one"),
            key(
                "report",
                Table(&REPORT),
                "For a report in Word: what its own text does not say, with the keys of a report's front matter",
            ),
            key("minutes", Table(&MINUTES), "For minutes in Word, likewise"),
            key("time", Time, "When it is taken"),
            key("officer", Named(&OFFICER), "Who presents it"),
            key("note", Text, "What you wish to add"),
            key(
                "reference",
                Text,
                "A decision, paper or application reference",
            ),
            key("address", Text, "For an application: the site"),
            key("ward", Text, "For an application: the ward"),
            key("applicant", Text, "For an application: who applies"),
            key(
                "due",
                Date,
                "For `to-follow`: the day on which the paper is promised",
            ),
            key(
                "part",
                TextOrNumber,
                "The id of the agenda's part that it is in",
            ),
        ],
        ACCESS_KEYS,
        &[
            key(
                "public-title",
                Text,
                "What the public reads for the title, where the title itself is not public",
            ),
            key(
                "redact",
                Tables(&REDACTION),
                "For an item whose paper is a PDF: what is taken out of it",
            ),
            ALTERNATIVE,
        ],
        ACCEPT_KEYS,
        &[
            key(
                "allow",
                Tables(&ALLOWANCE),
                "What you have looked at in a Word file or a PDF of the item and accept: `[{ code = \"doubled-word\", text = \"had had\", reason = \"A quotation\" }]`; the text is some words of the line that the finding shows",
            ),
            key(
                "revision",
                Text,
                "What revision the paper is: `\"Revised 2\"`",
            ),
            key("supersedes", Text, "The file that this one replaces"),
            KEEP_NUMBERS,
            key(
                "supplement",
                Whole(1, 999),
                "The number of the supplement that it came with",
            ),
            key(
                "withdrawn",
                Text,
                "Why the item was withdrawn; it keeps its number, and its papers are left out",
            ),
        ],
    ],
};

static OFFICER: Shape = Shape {
    id: "officer",
    what: "the officer",
    home: None,
    own_keys: None,
    groups: &[
        CONTACT_KEYS,
        &[key(
            "initials",
            Text,
            "What the agenda prints beside the item: `\"AB\"`",
        )],
    ],
};

static MEETING_COPY: Shape = Shape {
    id: "meeting-copy",
    what: "a copy",
    home: None,
    own_keys: None,
    groups: &[
        COPY_KEYS,
        &[key(
            "standing",
            Word(|| words(&OwnCopy::WORDS)),
            "For somebody who has a standing copy: whether this one takes its place or is a further one",
        )],
    ],
};
