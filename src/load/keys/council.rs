//! The keys of `council.toml`.

use super::papers::contact;
use super::shape::Kind::{
    Dates, Flag, Map, Named, Pattern, Table, Tables, Text, Texts, Whole, Word,
};
use super::shape::{Key, Shape, key, words};
use crate::finding::Severity;
use crate::model::council::BODY_FONTS;
use crate::model::{Jurisdiction, ParagraphNumbers, Tier};

/// Which page is page 1; true for the front sheet.
pub(in crate::load) const NUMBER_FROM: [(&str, bool); 2] =
    [("front-sheet", true), ("first-item", false)];

/// The setting of severities, which `pack.toml` has too.
pub(super) const CHECK_KEY: Key = key(
    "check",
    Map(&CHECK, Some(severities)),
    "How much findings matter, by their codes: `next-meeting-unconfirmed = \"note\"`",
);

fn severities() -> Vec<&'static str> {
    [
        Severity::Allow,
        Severity::Note,
        Severity::Warning,
        Severity::Error,
    ]
    .map(Severity::as_str)
    .to_vec()
}

/// `council.toml`.
pub(super) static COUNCIL_FILE: Shape = Shape {
    id: "council-file",
    what: "council.toml",
    home: None,
    own_keys: None,
    groups: &[&[
        key("council", Table(&COUNCIL), "Who the council is").needed(),
        key("pack", Table(&PACK), "How its packs are made"),
        key("report", Table(&REPORT), "What its cover reports look like"),
        key("calendar", Table(&CALENDAR), "When it does not work"),
        key(
            "decisions",
            Table(&DECISIONS),
            "How its decisions take effect",
        ),
        CHECK_KEY,
        key(
            "notice",
            Tables(&NOTICE),
            "What those who come to its meetings are told",
        ),
        key("style", Table(&STYLE), "Its typeface, colour and logo"),
        key("site", Table(&SITE), "The website of its meetings"),
    ]],
};

/// What those who come are told, by a council, a body or one meeting.
pub(super) static NOTICE: Shape = Shape {
    id: "notice",
    what: "a notice",
    home: None,
    own_keys: None,
    groups: &[&[
        key("title", Text, "The words over it").without("none"),
        key("text", Text, "What it says").needed(),
    ]],
};

static COUNCIL: Shape = Shape {
    id: "council",
    what: "[council]",
    home: Some("[council] in council.toml"),
    own_keys: None,
    groups: &[&[
        key("name", Text, "The full name").needed(),
        key("short-name", Text, "The name for everyday use"),
        key(
            "jurisdiction",
            Word(|| words(&Jurisdiction::WORDS)),
            "Whose law and bank holidays count",
        )
        .needed(),
        key(
            "tier",
            Word(|| words(&Tier::WORDS)),
            "`parish` is for parish, town and community councils",
        )
        .without("`principal`"),
        key(
            "languages",
            Texts,
            "Language tags, such as `[\"cy\", \"en-GB\"]`; the first is the pack's own",
        )
        .without("`[\"en-GB\"]`"),
        key("website", Text, "The web address"),
        key("address", Texts, "The postal address, one line each"),
        key(
            "proper-officer",
            Named(&PROPER_OFFICER),
            "Who signs the agenda: `{ name = \"…\", post = \"…\" }`",
        ),
    ]],
};

static PROPER_OFFICER: Shape = contact("proper-officer", "the proper officer");

static PACK: Shape = Shape {
    id: "pack",
    what: "[pack]",
    home: Some("[pack] in council.toml"),
    own_keys: None,
    groups: &[&[
        key("marking", Text, "Words beside the page number on every page").without("none"),
        key(
            "page-number",
            Pattern(r"\{page\}", "text with {page} in it"),
            "How a page number is printed, such as `\"Page {page} of {pages}\"`",
        )
        .without("`\"{page}\"`"),
        key(
            "item-sheets",
            Flag,
            "A leaf before each item that has no report of its own",
        )
        .without("`true`"),
        key(
            "membership-page",
            Flag,
            "The page after the front sheet that lists the members. With `false`, whom to ask and the two notices below stand on the front sheet",
        )
        .without("`true`"),
        key(
            "start-items-on-right",
            Flag,
            "Each item starts on an odd page, for printing on both sides",
        )
        .without("`false`"),
        key(
            "start-documents-on-right",
            Flag,
            "So does each report and appendix",
        )
        .without("`false`"),
        key(
            "number-from",
            Word(|| words(&NUMBER_FROM)),
            "With `first-item`, page 1 is the first page after the front sheet and the membership page",
        )
        .without("`front-sheet`"),
        key(
            "full-size-images",
            Flag,
            "Pictures keep every pixel, where they would otherwise be made smaller for the page",
        )
        .without("`false`"),
        key(
            "large-print-notice",
            Text,
            "The notice about large print at the end of the membership page",
        )
        .without("none"),
        key(
            "electronic-notice",
            Text,
            "The notice about the electronic pack at the end of the membership page",
        )
        .without("none"),
        key(
            "exempt-leaf",
            Flag,
            "A leaf before exempt pages, which the printer can set on coloured paper",
        )
        .without("`false`"),
        key(
            "accessibility-page",
            Flag,
            "A last page that says how accessible each part of the pack is",
        )
        .without("`false`"),
    ]],
};

static REPORT: Shape = Shape {
    id: "report-layout",
    what: "[report]",
    home: Some("[report] in council.toml"),
    own_keys: None,
    groups: &[&[
        key(
            "title",
            Text,
            "The line at the top, such as `\"Report to {body}\"`; `{BODY}` is the name in capitals",
        )
        .without("none"),
        key(
            "header",
            Tables(&HEADER),
            "The rows of the header table in order: `{ key = \"director\", label = \"Director\" }`",
        )
        .without("none"),
        key(
            "recommendations-heading",
            Text,
            "The heading over what members are asked to decide",
        )
        .without("`\"Recommendations\"`"),
        key(
            "paragraph-numbers",
            Word(|| words(&ParagraphNumbers::WORDS)),
            "`auto`: counted for you. `written`: you write `1.1` yourself, and it is checked",
        )
        .without("`auto`"),
        key(
            "appendix-label",
            Text,
            "`{n}` gives 1, 2, 3; `{a}` gives A, B, C",
        )
        .without("`\"Appendix {n}\"`"),
        key("nil", Texts, "Sentences that count as “nothing to report”").without("`[\"None\"]`"),
        key(
            "sections",
            Tables(&SECTION),
            "The headings that a report must have, in order: `{ heading = \"Background\" }`",
        )
        .without("none"),
    ]],
};

static HEADER: Shape = Shape {
    id: "header",
    what: "a row of the header",
    home: None,
    own_keys: None,
    groups: &[&[
        key("key", Text, "What a report's front matter writes").needed(),
        key("label", Text, "What is printed").needed(),
        key("required", Flag, "Whether every report must have it").without("`true`"),
    ]],
};

static SECTION: Shape = Shape {
    id: "section",
    what: "a section",
    home: None,
    own_keys: None,
    groups: &[&[
        key("heading", Text, "The heading").needed(),
        key("required", Flag, "Whether every report must have it").without("`true`"),
    ]],
};

static CALENDAR: Shape = Shape {
    id: "calendar",
    what: "[calendar]",
    home: Some("[calendar] in council.toml"),
    own_keys: None,
    groups: &[&[key(
        "non-working",
        Dates,
        "Days off besides weekends and bank holidays, which are built in: `[2026-12-28]`",
    )
    .without("none")]],
};

static DECISIONS: Shape = Shape {
    id: "decisions",
    what: "[decisions]",
    home: Some("[decisions] in council.toml"),
    own_keys: None,
    groups: &[&[key(
        "call-in-days",
        Whole(1, 20),
        "For how many working days after its notice a decision may be called in; `pack decisions` says when that ends",
    )
    .without("nothing is said of call-in")]],
};

static CHECK: Shape = Shape {
    id: "check",
    what: "[check]",
    home: None,
    own_keys: None,
    groups: &[],
};

static STYLE: Shape = Shape {
    id: "style",
    what: "[style]",
    home: Some("[style] in council.toml"),
    own_keys: None,
    groups: &[&[
        key(
            "font",
            Word(|| BODY_FONTS.to_vec()),
            "The typeface; both come with the program",
        )
        .without("`\"Atkinson Hyperlegible Next\"`"),
        key(
            "accent",
            Pattern("^#[0-9A-Fa-f]{6}$", "a colour as #rrggbb"),
            "The council's colour, such as `\"#0b5563\"`",
        ),
        key(
            "logo",
            Table(&LOGO),
            "`{ file = \"logo.svg\", alt = \"Thornmere Council\" }`",
        )
        .without("none"),
    ]],
};

static SITE: Shape = Shape {
    id: "site",
    what: "[site]",
    home: Some("[site] in council.toml"),
    own_keys: None,
    groups: &[&[
        key(
            "base",
            Pattern("^https?://[A-Za-z0-9._~/:-]+$", "a web address"),
            "The address that the site is served under, such as `\"https://democracy.anytown.example\"`; feeds then name pages in full, and search engines get a map",
        )
        .without("none"),
        key(
            "attendance",
            Flag,
            "The pages of members say at how many meetings they were, as published minutes record it",
        )
        .without("`false`"),
        key(
            "redirect",
            Map(&REDIRECT, None),
            "`[site.redirect]`: addresses of an earlier website, each with the page in its place: `\"/old/cabinet\" = \"/bodies/cabinet\"`",
        )
        .without("none"),
    ]],
};

static REDIRECT: Shape = Shape {
    id: "redirect",
    what: "[site.redirect]",
    home: None,
    own_keys: None,
    groups: &[],
};

static LOGO: Shape = Shape {
    id: "logo",
    what: "the logo",
    home: None,
    own_keys: None,
    groups: &[&[
        key("file", Text, "An SVG, PNG or JPEG").needed(),
        key("alt", Text, "What it shows, in words").needed(),
    ]],
};
