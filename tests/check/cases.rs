//! For each rule a change of the workspace that it finds, and one that it leaves alone.

use pack::model::{
    LostPage, LostPageKind, PdfFacts, ShownBox, ShownLine, ShownPage, ShownPicture, SuspectKind,
};

use super::workspace::Edit;

/// What is done to the clean workspace.
pub(crate) enum Change {
    /// Texts are changed.
    Text(&'static [Edit]),
    /// The facts of its PDF are.
    Pdf(fn(&mut PdfFacts)),
    /// Something that nobody sees is in it.
    Hidden(SuspectKind),
    /// Its pages show something.
    Shown(fn() -> Vec<ShownPage>),
}

/// One rule's fixtures.
pub(crate) struct Case {
    pub(crate) code: &'static str,
    pub(crate) fails: Change,
    pub(crate) passes: Change,
    /// The day of the check.
    pub(crate) on: Option<&'static str>,
    /// The day of publication that is asked about.
    pub(crate) publish_on: Option<&'static str>,
}

/// What was published: items, the first page of the second document, and what else there is of it.
macro_rules! published {
    ($items:literal, $first:literal, $rest:literal) => {
        concat!(
            "published = 2026-03-10\nlast-page = 20\nitems = ",
            $items,
            "\n\n[[document]]\nkey = \"front-sheet\"\nfirst-page = 1\nlast-page = 2\n\n[[document]]\n",
            "key = \"item-3-report\"\ntitle = \"Repairs\"\nlast-page = 20\nfirst-page = ",
            $first,
            "\n",
            $rest
        )
    };
}

/// A supplement that brings the second document afresh.
macro_rules! reissued {
    () => {
        published!(
            "[\"1\", \"2\", \"3\", \"4\"]",
            "3",
            "\n[[supplement]]\npublished = 2026-03-12\nlast-page = 24\nitems = [\"3\"]\n\n\
             [[supplement.document]]\nkey = \"item-3-report\"\nfirst-page = 21\nlast-page = 24\n"
        )
    };
}

/// A page of A4 with lines (text and distance from the top) and square pictures (distance from the
/// top, width and height in points, and pixels on a side).
fn page_with(lines: &[(&str, f64)], pictures: &[(f64, f64, f64, u32)]) -> ShownPage {
    let place = |top: f64, width: f64, height: f64| ShownBox {
        left: 72.0,
        top,
        width,
        height,
    };
    ShownPage {
        number: 1,
        width: 595.0,
        height: 842.0,
        lines: lines
            .iter()
            .map(|(text, top)| ShownLine {
                text: (*text).to_owned(),
                place: place(*top, 60.0, 12.0),
            })
            .collect(),
        pictures: pictures
            .iter()
            .map(|&(top, width, height, pixels)| ShownPicture {
                place: place(top, width, height),
                pixels: (pixels, pixels),
                bits: 8,
                per_inch: f64::from(pixels) * 72.0 / width.max(height),
            })
            .collect(),
    }
}

/// A rule that needs no dates.
const fn case(code: &'static str, fails: Change, passes: Change) -> Case {
    Case {
        code,
        fails,
        passes,
        on: None,
        publish_on: None,
    }
}

/// A rule that needs to know what day it is.
const fn dated(code: &'static str, on: &'static str, fails: Change, passes: Change) -> Case {
    Case {
        code,
        fails,
        passes,
        on: Some(on),
        publish_on: None,
    }
}

pub(crate) const CASES: &[Case] = &[
    case(
        "keep-numbers-of-nothing",
        Change::Text(&[
            ("published", "", published!("[\"1\"]", "3", "")),
            (
                "pack",
                "source = \"rents.md\"",
                "source = \"rents.md\"\nkeep-numbers = true",
            ),
        ]),
        Change::Text(&[
            ("published", "", published!("[\"1\"]", "3", "")),
            (
                "pack",
                "source = \"repairs.md\"",
                "source = \"repairs.md\"\nkeep-numbers = true",
            ),
        ]),
    ),
    case(
        "published-item-gone",
        Change::Text(&[(
            "published",
            "",
            published!("[\"1\", \"2\", \"3\", \"4\", \"5\"]", "3", ""),
        )]),
        Change::Text(&[(
            "published",
            "",
            published!("[\"1\", \"2\", \"3\", \"4\"]", "3", ""),
        )]),
    ),
    case(
        "published-number-twice",
        Change::Text(&[("published", "", published!("[\"1\"]", "2", ""))]),
        Change::Text(&[("published", "", published!("[\"1\"]", "3", ""))]),
    ),
    case(
        "published-numbers-missing",
        Change::Text(&[("published", "", published!("[\"1\"]", "5", ""))]),
        Change::Text(&[("published", "", published!("[\"1\"]", "4", ""))]),
    ),
    case(
        "published-source-changed",
        Change::Text(&[(
            "published",
            "",
            published!(
                "[\"1\"]",
                "3",
                "source = \"packs/march/repairs.md\"\nsha256 = \"00\"\n"
            ),
        )]),
        Change::Text(&[("published", "", published!("[\"1\"]", "3", ""))]),
    ),
    case(
        "replaced-page-cited",
        Change::Text(&[
            ("published", "", reissued!()),
            (
                "rents",
                "This report tells of rents.",
                "The repairs are on page 5.",
            ),
        ]),
        Change::Text(&[
            ("published", "", reissued!()),
            (
                "rents",
                "This report tells of rents.",
                "The repairs are on page 22.",
            ),
        ]),
    ),
    case(
        "item-not-minuted",
        Change::Text(&[(
            "outcome",
            "# 6/26 Rents\n\nResolved to note the report.\n",
            "",
        )]),
        Change::Text(&[("outcome", "# 6/26 Rents", "# 6/26 RENTS")]),
    ),
    case(
        "resolution-unasked",
        Change::Text(&[(
            "outcome",
            "# 6/26 Rents",
            "# 6/26 Flood damage\n\nResolved to mend the bridge.\n\n# 7/26 Rents",
        )]),
        Change::Text(&[(
            "outcome",
            "# 6/26 Rents",
            "# 6/26 Flood damage\n\nMembers heard of the bridge.\n\n# 7/26 Rents",
        )]),
    ),
    case(
        "resolution-differs",
        Change::Text(&[("outcome", "to note the report", "to approve the report")]),
        Change::Text(&[("rents", "\"Note the report.\"", "\"To note the report.\"")]),
    ),
    case(
        "decision-incomplete",
        Change::Text(&[("committee", "kind = \"board\"", "kind = \"cabinet\"")]),
        Change::Text(&[
            ("committee", "kind = \"board\"", "kind = \"cabinet\""),
            (
                "outcome",
                "2. Agree the programme at Appendix 2.",
                "2. Agree the programme at Appendix 2.\n\nReasons: homes are damp.\n\n\
                 Alternative options considered: none.",
            ),
            (
                "outcome",
                "Resolved to note the report.",
                "Resolved to note the report.\n\n## Reasons for the decision\n\nIt is fair.\n\n\
                 ## Alternatives considered\n\n- To wait.",
            ),
        ]),
    ),
    case(
        "item-without-report",
        Change::Text(&[("pack", "source = \"rents.md\"\n", "")]),
        Change::Text(&[(
            "pack",
            "kind = \"report\"\nsource = \"rents.md\"",
            "kind = \"verbal\"",
        )]),
    ),
    case(
        "item-kind-mismatch",
        Change::Text(&[(
            "pack",
            "kind = \"report\"\nsource = \"rents.md\"",
            "kind = \"to-follow\"\ndue = 2026-03-12\nsource = \"rents.md\"",
        )]),
        Change::Text(&[(
            "pack",
            "kind = \"report\"\nsource = \"rents.md\"",
            "kind = \"presentation\"\nsource = \"rents.md\"",
        )]),
    ),
    case(
        "to-follow-without-date",
        Change::Text(&[(
            "pack",
            "kind = \"report\"\nsource = \"rents.md\"",
            "kind = \"to-follow\"",
        )]),
        Change::Text(&[(
            "pack",
            "kind = \"report\"\nsource = \"rents.md\"",
            "kind = \"to-follow\"\ndue = 2026-03-12",
        )]),
    ),
    dated(
        "to-follow-late",
        "2026-03-13",
        Change::Text(&[(
            "pack",
            "kind = \"report\"\nsource = \"rents.md\"",
            "kind = \"to-follow\"\ndue = 2026-03-12",
        )]),
        Change::Text(&[(
            "pack",
            "kind = \"report\"\nsource = \"rents.md\"",
            "kind = \"to-follow\"\ndue = 2026-03-13",
        )]),
    ),
    case(
        "item-number-out-of-order",
        Change::Text(&[
            (
                "pack",
                "title = \"Rents\"",
                "number = \"2.5\"\ntitle = \"Rents\"",
            ),
            (
                "pack",
                "title = \"Repairs",
                "number = \"2.6\"\ntitle = \"Repairs",
            ),
        ]),
        Change::Text(&[
            (
                "pack",
                "title = \"Rents\"",
                "number = \"2.10\"\ntitle = \"Rents\"",
            ),
            (
                "pack",
                "title = \"Repairs",
                "number = \"2.9\"\ntitle = \"Repairs",
            ),
        ]),
    ),
    case(
        "title-differs",
        Change::Text(&[(
            "rents",
            "subject = \"Rents\"",
            "subject = \"Rents and charges\"",
        )]),
        Change::Text(&[("rents", "subject = \"Rents\"", "subject = \"RENTS\"")]),
    ),
    case(
        "next-meeting-unconfirmed",
        Change::Text(&[("pack", "next = 2026-05-13", "next = \"To be confirmed\"")]),
        Change::Text(&[("pack", "next = 2026-05-13\n", "")]),
    ),
    case(
        "duplicate-item",
        Change::Text(&[("pack", "title = \"Rents\"", "title = \"Apologies\"")]),
        Change::Text(&[(
            "pack",
            "title = \"Rents\"",
            "title = \"Apologies and rents\"",
        )]),
    ),
    case(
        "template-text",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 The report of [insert name] follows.",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 The report of [the Director] follows.",
        )]),
    ),
    case(
        "weekday-wrong",
        Change::Text(&[("pack", "\"Wednesday\"", "\"Tuesday\"")]),
        Change::Text(&[("pack", "\"Wednesday\"", "\"Wed\"")]),
    ),
    case(
        "weekday-wrong-in-text",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 It was on Friday 18 March 2026.",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 It was on Wednesday 18 March 2026, and on Friday 20 March.",
        )]),
    ),
    dated(
        "meeting-in-past",
        "2026-03-19",
        Change::Text(&[]),
        Change::Text(&[(
            "pack",
            "date = 2026-03-18\nweekday = \"Wednesday\"",
            "date = 2026-03-19\nweekday = \"Thursday\"",
        )]),
    ),
    case(
        "next-meeting-not-later",
        Change::Text(&[("pack", "next = 2026-05-13", "next = 2026-01-13")]),
        Change::Text(&[("pack", "next = 2026-05-13", "next = 2026-03-19")]),
    ),
    case(
        "published-long-before",
        Change::Text(&[("pack", "published = 2026-03-10", "published = 2025-03-10")]),
        Change::Text(&[("pack", "published = 2026-03-10", "published = 2025-12-20")]),
    ),
    case(
        "minutes-not-earlier",
        Change::Text(&[("minutes", "date = 2026-01-14", "date = 2026-11-14")]),
        Change::Text(&[("minutes", "date = 2026-01-14", "date = 2026-03-17")]),
    ),
    case(
        "minutes-of-other-meeting",
        Change::Text(&[("pack", "previous = 2026-01-14", "previous = 2026-01-21")]),
        Change::Text(&[("pack", "previous = 2026-01-14\n", "")]),
    ),
    case(
        "minutes-approved-too-early",
        Change::Text(&[("minutes", "12 November 2025", "12 November 2026")]),
        Change::Text(&[(
            "minutes",
            "12 November 2025 be approved",
            "12 November 2025 be approved, and the visit be on 12 November 2026",
        )]),
    ),
    case(
        "impossible-date",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 It ends on 31 April 2026.",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 It ends on 30 April 2026.",
        )]),
    ),
    case(
        "minute-number-year",
        Change::Text(&[("minutes", "2/26", "2/25")]),
        Change::Text(&[("minutes", "1/26", "1/25"), ("minutes", "2/26", "2/25")]),
    ),
    case(
        "minute-reference-blank",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 It was agreed (Minute No.    ).",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 It was agreed (Minute No. 2/26).",
        )]),
    ),
    case(
        "published-late",
        Change::Text(&[("pack", "published = 2026-03-10", "published = 2026-03-11")]),
        Change::Text(&[("pack", "published = 2026-03-10", "published = 2026-03-09")]),
    ),
    case(
        "publication-date-missing",
        Change::Text(&[("pack", "published = 2026-03-10\n", "")]),
        Change::Text(&[]),
    ),
    case(
        "calendar-unknown",
        Change::Text(&[(
            "pack",
            "date = 2026-03-18\nweekday = \"Wednesday\"",
            "date = 2031-03-19\nweekday = \"Wednesday\"",
        )]),
        Change::Text(&[(
            "pack",
            "date = 2026-03-18\nweekday = \"Wednesday\"",
            "date = 2030-03-20\nweekday = \"Wednesday\"",
        )]),
    ),
    case(
        "private-meeting-notice",
        Change::Text(&[
            ("committee", "kind = \"board\"", "kind = \"cabinet\""),
            (
                "pack",
                "source = \"rents.md\"",
                "source = \"rents.md\"\naccess = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"It would weaken the council.\"",
            ),
        ]),
        Change::Text(&[(
            "pack",
            "source = \"rents.md\"",
            "source = \"rents.md\"\naccess = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"It would weaken the council.\"",
        )]),
    ),
    case(
        "key-decision-notice",
        Change::Text(&[
            ("committee", "kind = \"board\"", "kind = \"cabinet\""),
            ("rents", "director =", "key-decision = \"Yes\"\ndirector ="),
        ]),
        Change::Text(&[
            ("committee", "kind = \"board\"", "kind = \"cabinet\""),
            ("rents", "director =", "key-decision = \"No\"\ndirector ="),
        ]),
    ),
    case(
        "copy-item-unknown",
        Change::Text(&[(
            "committee",
            "to = \"Central Library\"",
            "to = \"Central Library\"\nitems = [\"1\", \"99\"]",
        )]),
        Change::Text(&[(
            "committee",
            "to = \"Central Library\"",
            "to = \"Central Library\"\nitems = \"1\"",
        )]),
    ),
    case(
        "copy-without-address",
        Change::Text(&[("committee", "to = \"Central Library\"", "to = \"B Okafor\"")]),
        Change::Text(&[(
            "committee",
            "to = \"Central Library\"",
            "to = \"B Okafor\"\naddress = [\"1 Elm Row\"]",
        )]),
    ),
    case(
        "meeting-on-day-off",
        Change::Text(&[("pack", "next = 2026-05-13", "next = 2026-05-25")]),
        Change::Text(&[("pack", "next = 2026-05-13", "next = 2026-05-23")]),
    ),
    case(
        "summons-unsigned",
        Change::Text(&[("committee", "kind = \"board\"", "kind = \"council\"")]),
        Change::Text(&[
            ("committee", "kind = \"board\"", "kind = \"council\""),
            (
                "council",
                "tier = \"principal\"",
                "tier = \"principal\"\nproper-officer = \"P Quill\"",
            ),
        ]),
    ),
    case(
        "time-or-place-missing",
        Change::Text(&[("pack", "time = 17:00:00\n", "")]),
        Change::Text(&[(
            "pack",
            "The Guildhall",
            "Online: join at the address on the website",
        )]),
    ),
    case(
        "urgent-without-reason",
        Change::Text(&[(
            "pack",
            "title = \"Rents\"",
            "title = \"Rents\"\nsupplement = 1",
        )]),
        Change::Text(&[(
            "pack",
            "title = \"Rents\"",
            "title = \"Rents\"\nsupplement = 1\nnote = \"The order came on 9 March.\"",
        )]),
    ),
    case(
        "section-missing",
        Change::Text(&[("rents", "# 2 Costs", "# 2 Money")]),
        Change::Text(&[("rents", "# 2 Costs", "# 2 COSTS:")]),
    ),
    case(
        "section-out-of-order",
        Change::Text(&[(
            "rents",
            "# 2 Costs\n\n2.1 There are no costs.\n\n# 3 Legal\n\n3.1 The council sets rents each year.",
            "# 2 Legal\n\n2.1 The council sets rents each year.\n\n# 3 Costs\n\n3.1 There are no costs.",
        )]),
        Change::Text(&[(
            "rents",
            "# 3 Legal",
            "# 3 Risk\n\n3.1 There is little.\n\n# 4 Legal",
        )]),
    ),
    case(
        "section-twice",
        Change::Text(&[("rents", "# 3 Legal", "# 3 Costs\n\n3.2 None.\n\n# 4 Legal")]),
        Change::Text(&[(
            "rents",
            "# 3 Legal",
            "# 3 Costs next year\n\n3.2 None.\n\n# 4 Legal",
        )]),
    ),
    case(
        "section-empty",
        Change::Text(&[("rents", "2.1 There are no costs.\n\n", "")]),
        Change::Text(&[("rents", "\n\nRent standard 2025\n", "\n")]),
    ),
    case(
        "section-unnumbered",
        Change::Text(&[("rents", "# 2 Costs", "# Costs")]),
        Change::Text(&[
            ("rents", "# 1 Purpose\n\n1.1 ", "# Purpose\n\n"),
            ("rents", "# 2 Costs\n\n2.1 ", "# Costs\n\n"),
            ("rents", "# 3 Legal\n\n3.1 ", "# Legal\n\n"),
        ]),
    ),
    case(
        "number-repeated",
        Change::Text(&[("repairs", "1.2 It", "1.1 It")]),
        Change::Text(&[("repairs", "1.2 It", "1.2 Again, it")]),
    ),
    case(
        "number-skipped",
        Change::Text(&[("repairs", "2.2 The table", "2.3 The table")]),
        Change::Text(&[(
            "repairs",
            "# 3 Legal\n\n3.1",
            "# 3 Legal\n\n## 3.1 Duties\n\n3.2",
        )]),
    ),
    case(
        "paragraph-in-wrong-section",
        Change::Text(&[("repairs", "2.2 The table", "3.2 The table")]),
        Change::Text(&[("repairs", "2.2 The table", "The table")]),
    ),
    case(
        "number-style-mixed",
        Change::Text(&[("repairs", "# 3 Legal", "# 3. Legal")]),
        Change::Text(&[
            ("repairs", "# 1 P", "# 1. P"),
            ("repairs", "# 2 C", "# 2. C"),
            ("repairs", "# 3 L", "# 3. L"),
        ]),
    ),
    case(
        "paragraph-numbered-twice",
        Change::Text(&[
            ("council", "numbers = \"written\"", "numbers = \"auto\""),
            ("repairs", "2.2 The table", "2.5 The table"),
        ]),
        Change::Text(&[("council", "numbers = \"written\"", "numbers = \"auto\"")]),
    ),
    case(
        "paragraph-unnumbered",
        Change::Text(&[("repairs", "1.2 It", "It")]),
        Change::Text(&[("repairs", "1.2 It", "## Before\n\nIt")]),
    ),
    case(
        "recommendations-missing",
        Change::Text(&[("rents", "recommendations = \"Note the report.\"\n", "")]),
        Change::Text(&[
            ("rents", "recommendations = \"Note the report.\"\n", ""),
            (
                "rents",
                "# 2 Costs",
                "# Recommendations\n\nNote the report.\n\n# 2 Costs",
            ),
        ]),
    ),
    case(
        "recommendations-differ",
        Change::Text(&[(
            "repairs",
            "- to answer\n",
            "- to answer\n\n# 4 Conclusions and reasons for the recommendations\n\n4.1 That members:\n\n1. note the report\n2. agree the programme\n3. visit\n",
        )]),
        Change::Text(&[(
            "repairs",
            "- to answer\n",
            "- to answer\n\n# 4 Conclusions and reasons for the recommendations\n\n4.1 That members:\n\n1. note the report\n2. agree the programme\n",
        )]),
    ),
    case(
        "header-field-missing",
        Change::Text(&[(
            "rents",
            "director = \"Jo Field, Director of Housing\"\n",
            "",
        )]),
        Change::Text(&[]),
    ),
    case(
        "header-field-empty",
        Change::Text(&[(
            "rents",
            "director = \"Jo Field, Director of Housing\"",
            "director = []",
        )]),
        Change::Text(&[]),
    ),
    case(
        "background-papers-not-stated",
        Change::Text(&[("repairs", "background-papers = []\n", "")]),
        Change::Text(&[
            ("repairs", "background-papers = []\n", ""),
            (
                "repairs",
                "- to answer\n",
                "- to answer\n\n# Background papers\n\nNone\n",
            ),
        ]),
    ),
    case(
        "background-papers-differ",
        Change::Text(&[("rents", "\n\nRent standard 2025\n", "\n\nNone\n")]),
        Change::Text(&[(
            "rents",
            "\n\nRent standard 2025\n",
            "\n\nThe rent standard of 2025\n",
        )]),
    ),
    case(
        "contact-unreachable",
        Change::Text(&[("repairs", ", phone = \"01632 960001\"", "")]),
        Change::Text(&[(
            "repairs",
            "phone = \"01632 960001\"",
            "email = \"sam@fernleigh.example\"",
        )]),
    ),
    case(
        "signatory-missing",
        Change::Text(&[
            (
                "rents",
                "signatory = { name = \"Jo Field\", post = \"Director of Housing\" }\n",
                "",
            ),
            (
                "pack",
                "[[item]]\ntitle = \"Rents\"",
                "[[item]]\ntitle = \"Repairs, continued\"\nkind = \"report\"\nsource = \"repairs.md\"\n\n[[item]]\ntitle = \"Rents\"",
            ),
        ]),
        Change::Text(&[(
            "rents",
            "signatory = { name = \"Jo Field\", post = \"Director of Housing\" }\n",
            "",
        )]),
    ),
    case(
        "heading-without-mark",
        Change::Text(&[("repairs", "# 2 Costs", "2 Costs")]),
        Change::Text(&[("repairs", "# 2 Costs", "# 2 Costs and benefits")]),
    ),
    case(
        "heading-skipped",
        Change::Text(&[("repairs", "2.2 The table", "### Sums\n\n2.2 The table")]),
        Change::Text(&[(
            "repairs",
            "2.2 The table",
            "## Sums\n\n### By ward\n\n2.2 The table",
        )]),
    ),
    case(
        "bare-link-text",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 It [is here](https://fernleigh.example/a) or [click here](https://fernleigh.example/b).",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 See [the survey of homes](https://fernleigh.example/b).",
        )]),
    ),
    case(
        "acronym-not-explained",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 The JSNA is due. The JSNA tells more.",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 The Joint Strategic Needs Assessment (JSNA) is due. The JSNA tells more. \
             Applications 27/00012/FUL, 27/00013/FUL and TPO/12/2026 are in TPO/13/2026.",
        )]),
    ),
    case(
        "appendix-not-attached",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 The costs are at Appendix 3.",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 The costs are at Appendix 3 of the Act, and the rest at Appendices 1 and 2.",
        )]),
    ),
    case(
        "appendix-not-cited",
        Change::Text(&[("repairs", "The survey is at Appendix 1.", "")]),
        Change::Text(&[(
            "repairs",
            "The survey is at Appendix 1.",
            "The stock survey tells more.",
        )]),
    ),
    case(
        "appendix-listed-differently",
        Change::Text(&[(
            "repairs",
            "- to answer\n",
            "- to answer\n\n# 4 Appendices\n\nAppendix 1 – Map of wards\\\nAppendix 2 – Repairs programme\n",
        )]),
        Change::Text(&[(
            "repairs",
            "- to answer\n",
            "- to answer\n\n# 4 Appendices\n\nAppendix 1 – Survey of the stock\\\nAppendix 2 – Repairs programme\n",
        )]),
    ),
    case(
        "appendix-label-twice",
        Change::Text(&[(
            "repairs",
            "title = \"Repairs programme\"",
            "label = \"Appendix 1\"\ntitle = \"Repairs programme\"",
        )]),
        Change::Text(&[(
            "repairs",
            "title = \"Repairs programme\"",
            "label = \"Appendix 2\"\ntitle = \"Repairs programme\"",
        )]),
    ),
    case(
        "appendix-word-and-figure",
        Change::Text(&[("repairs", "at Appendix 1.", "at Appendix One.")]),
        Change::Text(&[
            ("repairs", "at Appendix 2.", "at Appendix Two."),
            ("repairs", "at Appendix 1.", "at Appendix One."),
        ]),
    ),
    case(
        "page-reference-dangling",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 The benefits are on page 39 of the report.",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 The benefits are on page 1 of Appendix 2.",
        )]),
    ),
    case(
        "paragraph-reference-dangling",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 The costs are in paragraph 2.7.",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 The costs are in paragraph 2.2, not in paragraph 2.7 of the plan.",
        )]),
    ),
    case(
        "name-not-a-member",
        Change::Text(&[("minutes", "\"Charlotte Ward-Lewis\"", "\"C Ward-Lewis\"")]),
        Change::Text(&[(
            "minutes",
            "\"Charlotte Ward-Lewis\"",
            "{ name = \"Charlotte Ward-Lewis\", as = \"C Ward-Lewis\" }",
        )]),
    ),
    case(
        "person-two-ways",
        Change::Text(&[(
            "repairs",
            "the report of last year.",
            "the report that Cllr B Okafer asked for.",
        )]),
        Change::Text(&[(
            "repairs",
            "the report of last year.",
            "the report that Cllr Ben Okafor and Councillor P Oakford asked for.",
        )]),
    ),
    case(
        "present-and-apologies",
        Change::Text(&[(
            "minutes",
            "apologies = [\"B Okafor\"]",
            "apologies = [\"B Okafor\", \"Adeyemi\"]",
        )]),
        Change::Text(&[]),
    ),
    case(
        "member-unaccounted",
        Change::Text(&[("minutes", "apologies = [\"B Okafor\"]", "apologies = []")]),
        Change::Text(&[]),
    ),
    case(
        "no-chair",
        Change::Text(&[("committee", "role = \"chair\"", "role = \"member\"")]),
        Change::Text(&[]),
    ),
    case(
        "place-vacant",
        Change::Text(&[
            (
                "committee",
                "name = \"B Okafor\"\nstyle = \"Councillor\"",
                "vacant = true",
            ),
            ("minutes", "apologies = [\"B Okafor\"]", "apologies = []"),
        ]),
        Change::Text(&[]),
    ),
    case(
        "member-twice",
        Change::Text(&[
            ("committee", "name = \"B Okafor\"", "name = \"Adeyemi\""),
            ("minutes", "apologies = [\"B Okafor\"]", "apologies = []"),
        ]),
        Change::Text(&[
            ("committee", "name = \"B Okafor\"", "name = \"C Adeyemi\""),
            ("minutes", "apologies = [\"B Okafor\"]", "apologies = []"),
        ]),
    ),
    case(
        "recipient-nearly-a-member",
        Change::Text(&[("committee", "to = \"Central Library\"", "to = \"Adeyemy\"")]),
        Change::Text(&[("committee", "to = \"Central Library\"", "to = \"Adams\"")]),
    ),
    case(
        "large-print-without-alternative",
        Change::Text(&[
            (
                "committee",
                "form = \"paper\"",
                "form = \"paper\"\nprint = \"large\"",
            ),
            (
                "repairs",
                "title = \"Repairs programme\"\nfile = \"programme.pdf\"",
                "title = \"Repairs programme\"\nfile = \"plan.png\"",
            ),
        ]),
        Change::Text(&[
            (
                "committee",
                "form = \"paper\"",
                "form = \"paper\"\nprint = \"large\"",
            ),
            (
                "repairs",
                "title = \"Repairs programme\"\nfile = \"programme.pdf\"",
                "title = \"Repairs programme\"\nfile = \"plan.png\"\nalt = \"A plan of the repairs, ward by ward.\"",
            ),
        ]),
    ),
    case(
        "exempt-without-paragraph",
        Change::Text(&[(
            "pack",
            "source = \"rents.md\"",
            "source = \"rents.md\"\naccess = \"exempt\"\npublic-interest = \"It would weaken the council.\"",
        )]),
        Change::Text(&[(
            "pack",
            "source = \"rents.md\"",
            "source = \"rents.md\"\naccess = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"It would weaken the council.\"",
        )]),
    ),
    case(
        "exempt-without-reason",
        Change::Text(&[(
            "pack",
            "source = \"rents.md\"",
            "source = \"rents.md\"\naccess = \"exempt\"\nexempt-paragraphs = [3]",
        )]),
        Change::Text(&[(
            "pack",
            "source = \"rents.md\"",
            "source = \"rents.md\"\naccess = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"It would weaken the council.\"",
        )]),
    ),
    case(
        "exempt-by-every-paragraph",
        Change::Text(&[(
            "pack",
            "source = \"rents.md\"",
            "source = \"rents.md\"\naccess = \"exempt\"\nexempt-paragraphs = [1, 2, 3, 4, 5, 6, 7]\npublic-interest = \"Yes.\"",
        )]),
        Change::Text(&[(
            "pack",
            "source = \"rents.md\"",
            "source = \"rents.md\"\naccess = \"exempt\"\nexempt-paragraphs = [1, 2]\npublic-interest = \"Yes.\"",
        )]),
    ),
    case(
        "exemption-unknown",
        Change::Text(&[(
            "pack",
            "source = \"rents.md\"",
            "source = \"rents.md\"\naccess = \"exempt\"\nexempt-paragraphs = [9]\npublic-interest = \"Yes.\"",
        )]),
        Change::Text(&[(
            "pack",
            "source = \"rents.md\"",
            "source = \"rents.md\"\naccess = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"It would weaken the council.\"",
        )]),
    ),
    case(
        "exempt-title-quoted",
        Change::Text(&[
            (
                "repairs",
                "title = \"Repairs programme\"\n",
                "title = \"Offer for 12 Mill Lane\"\naccess = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"Yes.\"\n",
            ),
            (
                "repairs",
                "1.2 It follows the report of last year.",
                "1.2 See the offer for 12 Mill Lane.",
            ),
        ]),
        Change::Text(&[
            (
                "repairs",
                "title = \"Repairs programme\"\n",
                "title = \"Offer for 12 Mill Lane\"\naccess = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"Yes.\"\n",
            ),
            (
                "repairs",
                "1.2 It follows the report of last year.",
                "1.2 See Appendix 2.",
            ),
        ]),
    ),
    case(
        "planning-consent-exempt",
        Change::Text(&[
            ("committee", "kind = \"board\"", "kind = \"planning\""),
            (
                "pack",
                "kind = \"report\"\nsource = \"rents.md\"",
                "kind = \"application\"\napplicant = \"Fernleigh Borough Council\"\nsource = \"rents.md\"\naccess = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"Yes.\"",
            ),
        ]),
        Change::Text(&[
            ("committee", "kind = \"board\"", "kind = \"planning\""),
            (
                "pack",
                "kind = \"report\"\nsource = \"rents.md\"",
                "kind = \"application\"\napplicant = \"A Miller\"\nsource = \"rents.md\"\naccess = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"Yes.\"",
            ),
        ]),
    ),
    case(
        "withdrawn-marking",
        Change::Text(&[("council", "\"OFFICIAL\"", "\"[IL0: UNCLASSIFIED]\"")]),
        Change::Text(&[("council", "\"OFFICIAL\"", "\"OFFICIAL-SENSITIVE\"")]),
    ),
    case(
        "personal-data",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 Call Mx Field on 07700 900123.",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 Call the council on 01632 960001.",
        )]),
    ),
    case(
        "attachment-untagged",
        Change::Pdf(|facts| facts.tagged = false),
        Change::Pdf(|_| {}),
    ),
    case(
        "attachment-scanned",
        Change::Pdf(|facts| {
            for page in &mut facts.pages {
                page.has_text = false;
                page.has_images = true;
            }
        }),
        Change::Pdf(|facts| {
            for page in &mut facts.pages {
                page.has_images = true;
            }
        }),
    ),
    case(
        "attachment-unreadable",
        Change::Pdf(|facts| {
            for page in &mut facts.pages {
                page.letterless = true;
                page.has_text = false;
            }
        }),
        Change::Pdf(|_| {}),
    ),
    case(
        "marked-not-public",
        Change::Shown(|| {
            vec![page_with(
                &[
                    (
                        "NOT FOR PUBLICATION – EXEMPT by virtue of paragraph 3 of",
                        90.0,
                    ),
                    ("Sale of the depot", 120.0),
                ],
                &[],
            )]
        }),
        Change::Shown(|| {
            vec![page_with(
                &[
                    ("Not for publication: Appendix 2 – see item 12", 90.0),
                    ("Appendix 2 to this report is", 120.0),
                    ("Exempt under paragraph 3 of Schedule 12A.", 132.0),
                    ("RESTRICTED", 500.0),
                ],
                &[],
            )]
        }),
    ),
    case(
        "marked-not-public",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "NOT FOR PUBLICATION. Exempt by virtue of paragraph 3 of Schedule 12A. It is about land.",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 The appendix to the last report was exempt by virtue of paragraph 3.",
        )]),
    ),
    case(
        "marked-not-public",
        Change::Shown(|| {
            vec![page_with(
                &[("Repairs", 200.0), ("Confidential", 815.0)],
                &[],
            )]
        }),
        Change::Shown(|| vec![page_with(&[("Confidentiality policy", 30.0)], &[])]),
    ),
    case(
        "redaction-failed",
        Change::Hidden(SuspectKind::Covered),
        Change::Hidden(SuspectKind::PrivateData),
    ),
    case(
        "signature-shown",
        Change::Shown(|| {
            vec![page_with(
                &[("Signed:", 600.0)],
                &[(590.0, 100.0, 30.0, 300)],
            )]
        }),
        Change::Shown(|| {
            vec![page_with(
                &[("Signed:", 600.0)],
                &[(40.0, 100.0, 30.0, 300)],
            )]
        }),
    ),
    case(
        "image-coarse",
        Change::Shown(|| vec![page_with(&[], &[(90.0, 400.0, 400.0, 300)])]),
        Change::Shown(|| vec![page_with(&[], &[(90.0, 400.0, 400.0, 900)])]),
    ),
    case(
        "image-fine",
        Change::Shown(|| vec![page_with(&[], &[(90.0, 200.0, 200.0, 2000)])]),
        Change::Shown(|| vec![page_with(&[], &[(90.0, 400.0, 400.0, 900)])]),
    ),
    case(
        "own-page-numbers",
        Change::Shown(|| {
            let numbered = |number: u32, foot: &str| ShownPage {
                number,
                ..page_with(&[(foot, 810.0)], &[])
            };
            vec![numbered(1, "Page 1 of 2"), numbered(2, "Page 2 of 2")]
        }),
        Change::Shown(|| {
            let numbered = |number: u32, foot: &str| ShownPage {
                number,
                ..page_with(&[(foot, 810.0)], &[])
            };
            vec![numbered(1, "2027"), numbered(2, "2027")]
        }),
    ),
    case(
        "comment-left",
        Change::Hidden(SuspectKind::Comment),
        Change::Hidden(SuspectKind::PrivateData),
    ),
    case(
        "person-in-metadata",
        Change::Hidden(SuspectKind::PersonalDetail),
        Change::Hidden(SuspectKind::PrivateData),
    ),
    case(
        "attachment-without-title",
        Change::Pdf(|facts| facts.title = None),
        Change::Pdf(|_| {}),
    ),
    case(
        "attachment-without-language",
        Change::Pdf(|facts| facts.lang = None),
        Change::Pdf(|_| {}),
    ),
    case(
        "attachment-encrypted",
        Change::Pdf(|facts| facts.encrypted = true),
        Change::Pdf(|_| {}),
    ),
    case(
        "attachment-page-missing",
        Change::Pdf(|facts| {
            facts.lost_pages = vec![LostPage {
                after: 1,
                kind: LostPageKind::Missing,
            }];
        }),
        Change::Pdf(|_| {}),
    ),
    case(
        "attachment-page-missing",
        Change::Pdf(|facts| facts.pages_told = Some(facts.pages.len() as u32 + 1)),
        Change::Pdf(|facts| facts.pages_told = Some(facts.pages.len() as u32)),
    ),
    case(
        "attachment-content-missing",
        Change::Pdf(|facts| facts.pages[0].content_missing = true),
        Change::Pdf(|_| {}),
    ),
    case(
        "attachment-content-missing",
        Change::Pdf(|facts| facts.pages[0].content_partial = true),
        Change::Pdf(|_| {}),
    ),
    case(
        "attachment-content-missing",
        Change::Pdf(|facts| facts.pages[0].pictures_lost = 1),
        Change::Pdf(|_| {}),
    ),
    case(
        "attachment-placeholder",
        Change::Pdf(|facts| {
            facts.form_as_data = true;
            facts.pages[0].says_wait = true;
        }),
        // A form that was filled in with that program has fields.
        Change::Pdf(|facts| {
            facts.form_as_data = true;
            facts.form_fields = 3;
            facts.pages[0].asks_for_viewer = true;
        }),
    ),
    case(
        "attachment-portfolio",
        Change::Pdf(|facts| facts.portfolio = Some(vec!["letter.pdf".to_owned()])),
        Change::Pdf(|facts| facts.embedded_files = true),
    ),
    case(
        "attachment-signed",
        Change::Pdf(|facts| facts.signed = true),
        Change::Pdf(|_| {}),
    ),
    case(
        "attachment-with-javascript",
        Change::Pdf(|facts| facts.javascript = true),
        Change::Pdf(|_| {}),
    ),
    case(
        "attachment-with-files",
        Change::Pdf(|facts| facts.embedded_files = true),
        Change::Pdf(|_| {}),
    ),
    case(
        "attachment-with-form",
        Change::Pdf(|facts| facts.form_fields = 3),
        Change::Pdf(|_| {}),
    ),
    case(
        "fonts-not-embedded",
        Change::Pdf(|facts| facts.pages[0].fonts_not_embedded = vec!["Arial".to_owned()]),
        Change::Pdf(|_| {}),
    ),
    case(
        "figures-without-alternative",
        Change::Pdf(|facts| facts.figures_without_alt = 2),
        Change::Pdf(|_| {}),
    ),
    case(
        "page-upside-down",
        Change::Pdf(|facts| facts.pages[0].rotation = 180),
        Change::Pdf(|facts| facts.pages[0].rotation = 90),
    ),
    case(
        "page-size-odd",
        Change::Pdf(|facts| facts.pages[0].crop.right = 960.0),
        Change::Pdf(|facts| facts.pages[0].rotation = 270),
    ),
    case(
        "doubled-word",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 It follows the the report.",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 It follows more and more and more reports.",
        )]),
    ),
    case(
        "garbled-characters",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 It follows last yearâ€™s report.",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 It follows last year’s report, “CAFÉ”.",
        )]),
    ),
    case(
        "unpaired-bracket",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 It follows (as ever the report.",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 It follows a) the report (as ever), b) the plan.",
        )]),
    ),
    case(
        "unpaired-quote",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 It says \"all is well.",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 It says \"all is well\" of a 12\" pipe.",
        )]),
    ),
    case(
        "space-missing",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 It follows the report.The plan follows.",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 It follows www.example.Gov.uk, e.g. The Plan.",
        )]),
    ),
    case(
        "sum-cut-off",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 It costs £110,0 a year.",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 It costs £110,000 a year, in £5, 12 and 20 notes.",
        )]),
    ),
    case(
        "sum-without-unit",
        Change::Text(&[("repairs", "| South | £80,000 |", "| South | 80,000 |")]),
        Change::Text(&[("repairs", "| South | £80,000 |", "| South | n/a |")]),
    ),
    case(
        "table-total-wrong",
        Change::Text(&[("repairs", "| South | £80,000 |", "| South | £90,000 |")]),
        Change::Text(&[]),
    ),
    case(
        "percentage-wrong",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 Of these 93 of 96 (96.8%) were done.",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 Of these 93 of 96 (96.9%) were done.",
        )]),
    ),
    case(
        "difference-wrong",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 Cases decreased by 0.44 a month (18.83 from 19.21).",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 Cases decreased by 0.38 a month (18.83 from 19.21).",
        )]),
    ),
    case(
        "count-and-list-differ",
        Change::Text(&[("repairs", "three duties", "four duties")]),
        Change::Text(&[("repairs", "three duties", "new duties")]),
    ),
    case(
        "name-two-ways",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 Fernleigh Childrens Trust and Fernleigh Children's Trust agree.",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 Fernleigh Children's Trust and Fernleigh Children’s Trust agree.",
        )]),
    ),
    case(
        "sum-in-two-versions",
        Change::Text(&[
            (
                "repairs",
                "- to answer\n",
                "- to answer\n\n3.2 And again.\n\n| Ward | Sum |\n| --- | ---: |\n| Total of both | £101,000 |\n",
            ),
            ("repairs", "| Total | £110,000 |", "| Total | £110,000 |"),
        ]),
        Change::Text(&[(
            "repairs",
            "- to answer\n",
            "- to answer\n\n3.2 And again.\n\n| Ward | Sum |\n| --- | ---: |\n| Total of both | £120,000 |\n",
        )]),
    ),
    case(
        "image-without-alternative",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 ![](plan.png)",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 ![A plan of the repairs](plan.png)",
        )]),
    ),
    case(
        "alternative-is-file-name",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 ![plan.png](plan.png)",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 ![A plan of the repairs](plan.png)",
        )]),
    ),
    case(
        "table-without-header",
        Change::Text(&[("repairs", "| Ward | Sum |", "| | |")]),
        Change::Text(&[]),
    ),
    case(
        "colour-only",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 Late repairs are shown in red.",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 Late repairs are marked late. The Red Lion stays.",
        )]),
    ),
    case(
        "capitals-paragraph",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "MEMBERS ARE ASKED TO BRING THIS REPORT.",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 Members are asked to bring THIS report.",
        )]),
    ),
    case(
        "bold-as-heading",
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "**The costs of repairs**",
        )]),
        Change::Text(&[(
            "repairs",
            "1.2 It follows the report of last year.",
            "1.2 **The costs of repairs** are high.",
        )]),
    ),
    case(
        "allowed-without-reason",
        Change::Text(&[(
            "committee",
            "role = \"member\"",
            "role = \"member\" # pack: allow place-vacant",
        )]),
        Change::Text(&[(
            "committee",
            "role = \"member\"",
            "role = \"member\" # allow for change",
        )]),
    ),
    case(
        "allow-unused",
        Change::Text(&[(
            "committee",
            "role = \"member\"",
            "role = \"member\" # pack: allow place-vacant: as agreed",
        )]),
        Change::Text(&[
            (
                "committee",
                "name = \"B Okafor\"\nstyle = \"Councillor\"",
                "vacant = true # pack: allow place-vacant: as agreed",
            ),
            ("minutes", "apologies = [\"B Okafor\"]", "apologies = []"),
        ]),
    ),
];
