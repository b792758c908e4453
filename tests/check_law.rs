//! The rules that speak of law, council by council: one table of what is changed in the workspace
//! and which of them then fire.

use pack::check::{self, Context};
use pack::finding::Severity;

use crate::check::workspace::{self, Edit};

/// The rules that the table is about.
const OF_LAW: &[&str] = &[
    "exempt-without-paragraph",
    "exempt-without-reason",
    "exemption-unknown",
    "background-papers-not-stated",
    "private-meeting-notice",
    "key-decision-notice",
    "published-late",
    "publication-date-missing",
    "meeting-on-day-off",
    "summons-unsigned",
];

const PARISH: Edit = ("council", "tier = \"principal\"", "tier = \"parish\"");
const WALES: Edit = ("council", "\"england\"", "\"wales\"");
const SCOTLAND: Edit = ("council", "\"england\"", "\"scotland\"");
const NORTHERN_IRELAND: Edit = ("council", "\"england\"", "\"northern-ireland\"");
const CABINET: Edit = ("committee", "\"board\"", "\"cabinet\"");
const WHOLE_COUNCIL: Edit = ("committee", "\"board\"", "\"council\"");
const EXEMPT: Edit = (
    "pack",
    "source = \"rents.md\"",
    "source = \"rents.md\"\naccess = \"exempt\"",
);
const EXEMPT_BY_3: Edit = (
    "pack",
    "source = \"rents.md\"",
    "source = \"rents.md\"\naccess = \"exempt\"\nexempt-paragraphs = [3]",
);
const EXEMPT_REPORT: Edit = (
    "rents",
    "subject = \"Rents\"",
    "subject = \"Rents\"\naccess = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"Price.\"",
);
const EXEMPT_APPENDIX: Edit = (
    "repairs",
    "file = \"survey.csv\"",
    "file = \"survey.csv\"\naccess = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"Price.\"",
);
const NO_BACKGROUND: Edit = ("repairs", "background-papers = []\n", "");
const KEY: Edit = ("rents", "director =", "key-decision = \"Key\"\ndirector =");
const KEY_TITLE: Edit = (
    "pack",
    "title = \"Rents\"",
    "title = \"Rents (Key Decision)\"",
);
const KEY_TEXT: Edit = (
    "rents",
    "1.1 This report tells of rents.",
    "1.1 This is a key decision, since it costs more than £500,000.",
);
const NO_KEY_TEXT: Edit = (
    "rents",
    "1.1 This report tells of rents.",
    "1.1 This is not a key decision.",
);

/// What is changed, and the rules of the table that fire, each once.
type Row = (&'static str, &'static [Edit], &'static [&'static str]);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("the workspace as it is", &[], &[]),
    ("England", &[EXEMPT], &["exempt-without-paragraph", "exempt-without-reason"]),
    ("England", &[EXEMPT_BY_3], &["exempt-without-reason"]),
    ("England", &[NO_BACKGROUND], &["background-papers-not-stated"]),
    ("a parish cites no paragraph", &[PARISH, EXEMPT], &["exempt-without-reason"]),
    ("a parish has no Schedule 12A", &[PARISH, EXEMPT_BY_3], &["exempt-without-reason", "exemption-unknown"]),
    ("a parish has no Part VA", &[PARISH, NO_BACKGROUND], &[]),
    ("Wales has paragraphs 12 to 18", &[WALES, EXEMPT_BY_3], &["exempt-without-reason", "exemption-unknown"]),
    ("Scotland has no public-interest test", &[SCOTLAND, EXEMPT_BY_3], &[]),
    ("a community council in Scotland has no clock", &[SCOTLAND, PARISH, ("pack", "published = 2026-03-10\n", "")], &[]),
    ("Northern Ireland", &[NORTHERN_IRELAND, ("pack", "published = 2026-03-10", "published = 2026-03-13")], &["published-late"]),
    ("Northern Ireland", &[NORTHERN_IRELAND, ("pack", "published = 2026-03-10", "published = 2026-03-12")], &[]),
    ("a cabinet in public", &[CABINET], &[]),
    ("a cabinet with an exempt report", &[CABINET, EXEMPT_REPORT], &["private-meeting-notice"]),
    ("a cabinet with an exempt appendix", &[CABINET, EXEMPT_APPENDIX], &["private-meeting-notice"]),
    ("a board with an exempt appendix", &[EXEMPT_APPENDIX], &[]),
    ("a Northern Irish cabinet", &[NORTHERN_IRELAND, CABINET, EXEMPT_APPENDIX], &["private-meeting-notice"]),
    ("a Welsh cabinet", &[WALES, CABINET, KEY], &[]),
    ("a key decision by the header", &[CABINET, KEY], &["key-decision-notice"]),
    ("a key decision by the title", &[CABINET, KEY_TITLE], &["key-decision-notice"]),
    ("a key decision by the text", &[CABINET, KEY_TEXT], &["key-decision-notice"]),
    ("no key decision by the text", &[CABINET, NO_KEY_TEXT], &[]),
    ("the council itself", &[WHOLE_COUNCIL], &["summons-unsigned"]),
    ("a parish council", &[PARISH, WHOLE_COUNCIL], &["summons-unsigned"]),
    ("a community council in Scotland", &[SCOTLAND, PARISH, WHOLE_COUNCIL], &[]),
    ("a bank holiday", &[("pack", "next = 2026-05-13", "next = 2026-12-28")], &["meeting-on-day-off"]),
    ("a Sunday", &[("pack", "next = 2026-05-13", "next = 2026-05-17")], &["meeting-on-day-off"]),
    ("Christmas Day on a Saturday", &[("pack", "next = 2026-05-13", "next = 2027-12-25")], &["meeting-on-day-off"]),
    ("a Saturday", &[("pack", "next = 2026-05-13", "next = 2026-05-16")], &[]),
    ("a Scottish bank holiday", &[SCOTLAND, ("pack", "next = 2026-05-13", "next = 2026-11-30")], &["meeting-on-day-off"]),
];

#[test]
fn rules_fire_where_their_law_holds() {
    for (name, edits, expected) in ROWS {
        let loaded = workspace::read(edits);
        let meeting = loaded.meeting.expect("a meeting");
        let mut fired: Vec<&str> = check::find(&meeting, &Context::new(&loaded.files))
            .iter()
            .map(|finding| finding.code.0)
            .filter(|code| OF_LAW.contains(code))
            .collect();
        fired.sort_unstable();
        fired.dedup();
        assert_eq!(&fired, expected, "{name}: {edits:?}");
    }
}

/// What is said of a day of publication that is not plainly in time or late.
#[test]
fn a_day_off_and_a_day_of_mourning_are_told_as_what_they_are() {
    let said = |edits: &[Edit]| {
        let loaded = workspace::read(edits);
        let meeting = loaded.meeting.expect("a meeting");
        check::find(&meeting, &Context::new(&loaded.files))
            .into_iter()
            .filter(|finding| finding.code.0 == "published-late")
            .map(|finding| (finding.severity, finding.message))
            .collect::<Vec<_>>()
    };
    let monday = ("pack", "date = 2026-03-18", "date = 2026-03-23");
    let on = |day| said(&[monday, ("pack", "published = 2026-03-10", day)]);
    assert_eq!(
        on("published = 2026-03-15"),
        [(
            Severity::Error,
            "Published on Sunday 15 March 2026, when the council does not work, the pack counts as published on Monday 16 March 2026 and has too few of 5 clear days: the last lawful day was Friday 13 March 2026".to_owned()
        )]
    );
    let mourning = |day| {
        said(&[
            PARISH,
            ("pack", "date = 2026-03-18", "date = 2022-09-21"),
            ("pack", "published = 2026-03-10", day),
        ])
    };
    assert_eq!(mourning("published = 2022-09-05"), []);
    let disputed = mourning("published = 2022-09-15");
    assert!(
        matches!(&disputed[..], [(Severity::Warning, words)] if words.contains("disputed")),
        "{disputed:?}"
    );
    let late = mourning("published = 2022-09-16");
    assert!(matches!(&late[..], [(Severity::Error, _)]), "{late:?}");
}

/// The last lawful day of publication, worked out without the program from the statute of each row:
/// five or three clear days. Weekends and bank holidays are no clear days in Great Britain, but Saturdays are
/// in a parish; every day is one in Northern Ireland.
#[rustfmt::skip]
const LAST_DAYS: &[(&str, &[Edit], &str, &str)] = &[
    // 2 and 1 April, 31, 30 and 27 March stand between.
    ("England, after Easter", &[], "2026-04-07", "2026-03-26"),
    ("England, a week later", &[], "2026-04-14", "2026-04-02"),
    ("England, after the early May holiday", &[], "2026-05-06", "2026-04-27"),
    ("England, over New Year", &[], "2026-01-06", "2025-12-24"),
    ("England, over the substitute of Boxing Day", &[], "2027-01-06", "2026-12-24"),
    ("England, between Christmas and New Year", &[], "2025-12-30", "2025-12-18"),
    ("England, after the summer holiday", &[], "2026-09-02", "2026-08-24"),
    ("England, over two substitutes", &[], "2027-12-30", "2027-12-20"),
    ("England, over New Year's Day on a Saturday", &[], "2028-01-05", "2027-12-23"),
    ("England, over the funeral of the late Queen", &[], "2022-09-22", "2022-09-13"),
    ("England, over the coronation", &[], "2023-05-11", "2023-05-02"),
    ("a cabinet in England", &[CABINET], "2026-05-06", "2026-04-27"),
    ("a council in England", &[WHOLE_COUNCIL], "2026-04-14", "2026-04-02"),
    // 7, 2 and 1 April stand between.
    ("Wales, after Easter", &[WALES], "2026-04-08", "2026-03-31"),
    ("Wales, after the early May holiday", &[WALES], "2026-05-06", "2026-04-29"),
    ("Wales, over Christmas", &[WALES], "2026-12-30", "2026-12-22"),
    ("Wales, after a later Easter", &[WALES], "2025-04-23", "2025-04-15"),
    ("Wales has no holiday on 2 January", &[WALES], "2024-01-04", "2023-12-28"),
    ("a Welsh cabinet", &[WALES, CABINET], "2026-05-06", "2026-04-29"),
    ("Scotland, over 1 and 2 January", &[SCOTLAND], "2026-01-07", "2025-12-30"),
    ("Scotland, over 1 and 2 January 2024", &[SCOTLAND], "2024-01-04", "2023-12-27"),
    ("Scotland, 2 January 2027 on a Saturday", &[SCOTLAND], "2027-01-06", "2026-12-29"),
    ("Scotland, St Andrew's Day on a Sunday", &[SCOTLAND], "2025-12-03", "2025-11-26"),
    ("Scotland, St Andrew's Day", &[SCOTLAND], "2026-12-02", "2026-11-25"),
    ("Scotland, its own summer holiday", &[SCOTLAND], "2026-08-05", "2026-07-29"),
    ("Scotland, where Easter Monday is no bank holiday", &[SCOTLAND], "2026-04-08", "2026-04-01"),
    // 17 and 16 March and Saturday the 14th stand between.
    ("a parish council", &[PARISH], "2026-03-18", "2026-03-13"),
    ("a parish council, by a Saturday", &[PARISH], "2026-03-19", "2026-03-14"),
    ("a parish council, after the early May holiday", &[PARISH], "2026-05-06", "2026-04-30"),
    ("a parish council, after the summer holiday", &[PARISH], "2026-09-01", "2026-08-26"),
    ("a community council in Wales", &[WALES, PARISH], "2026-05-06", "2026-04-30"),
    ("Northern Ireland, over St Patrick's Day", &[NORTHERN_IRELAND], "2025-03-20", "2025-03-14"),
    ("Northern Ireland, over 12 July", &[NORTHERN_IRELAND], "2026-07-15", "2026-07-09"),
    ("Northern Ireland, over New Year", &[NORTHERN_IRELAND], "2026-01-06", "2025-12-31"),
    ("Northern Ireland, in an ordinary week", &[NORTHERN_IRELAND], "2026-03-18", "2026-03-12"),
    ("a cabinet in Northern Ireland", &[NORTHERN_IRELAND, CABINET], "2026-03-18", "2026-03-12"),
];

#[test]
fn the_last_lawful_day_is_in_time_and_the_next_is_late() {
    let is_late = |edits: &[Edit], meeting: &str, published: &str| {
        let (meeting, published) = (
            format!("date = {meeting}"),
            format!("published = {published}"),
        );
        let dated = [
            ("pack", "date = 2026-03-18", meeting.as_str()),
            ("pack", "published = 2026-03-10", published.as_str()),
        ];
        let edits: Vec<_> = edits.iter().copied().chain(dated).collect();
        let loaded = workspace::read(&edits);
        let meeting = loaded.meeting.expect("a meeting");
        check::find(&meeting, &Context::new(&loaded.files))
            .iter()
            .any(|finding| finding.code.0 == "published-late")
    };
    let mut wrong = Vec::new();
    for (name, edits, meeting, last) in LAST_DAYS {
        let day: pack::model::Date = last.parse().expect("a day");
        let next = day.tomorrow().expect("a day").to_string();
        if is_late(edits, meeting, last) || !is_late(edits, meeting, &next) {
            wrong.push(format!("{name}: {meeting}, not by {last}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
