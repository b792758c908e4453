//! What a site says to programs: calendars, feeds and data, read by programs of others.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::{pack, said, skipped, tool};
use crate::privacy::files;
use crate::site::{edit, published, sample, text_of, welsh};

#[test]
fn a_meeting_that_was_moved_or_cancelled_says_so_wherever_it_is_told() {
    let workspace = published("packs", "moved", "");
    edit(
        &workspace.join("packs/2026-10-14-cabinet/pack.toml"),
        "date = 2026-10-14\nweekday = \"Wednesday\"",
        "date = 2026-11-04\nmoved = \"It was to be on 14 October.\"",
    );
    edit(
        &workspace.join("packs/2026-09-14-children-communities/pack.toml"),
        "weekday",
        "cancelled = \"The lift is broken.\"\nweekday",
    );
    let made = pack(&["site", "--on", "2026-09-10"], &workspace);
    assert!(made.status.success(), "{}", said(&made));
    let site = workspace.join("out-site/site");
    let calendar = text_of(&site, "calendar.ics").replace("\r\n ", "");
    let event = |id: &str| {
        let begins = calendar.find(&format!("UID:{id}@")).expect("an event");
        let event = &calendar[begins..];
        &event[..event.find("END:VEVENT").expect("its end")]
    };
    let moved = event("2026-10-14-cabinet");
    for wanted in [
        "STATUS:CONFIRMED",
        "SEQUENCE:1",
        "DTSTART;TZID=Europe/London:20261104T160000",
        "DESCRIPTION:This meeting has been moved. It was to be on 14 October.",
    ] {
        assert!(moved.contains(wanted), "{wanted} in {moved}");
    }
    let cancelled = event("2026-09-14-children-communities");
    for wanted in [
        "STATUS:CANCELLED",
        "SEQUENCE:1",
        "DESCRIPTION:This meeting has been cancelled. The lift is broken.",
    ] {
        assert!(cancelled.contains(wanted), "{wanted} in {cancelled}");
    }
    // The meeting that its last agenda announces stands in the calendar until it has an agenda.
    let announced = event("2026-11-11-cabinet");
    assert!(announced.contains("STATUS:TENTATIVE"), "{announced}");
    let home = text_of(&site, "index.html");
    assert!(home.contains("<strong>Cancelled</strong>"), "{home}");
    assert!(home.contains("<strong>Moved</strong>"), "{home}");
    let folder = "meetings/2026-09-14-children-communities";
    let pages = [
        text_of(&site, &format!("{folder}/index.html")),
        text_of(
            &site,
            &format!("{folder}/2026-09-14-children-communities.html"),
        ),
    ];
    for page in pages {
        assert!(
            page.contains("<strong>This meeting has been cancelled.</strong> The lift is broken."),
            "{page}"
        );
        assert!(page.contains("schema.org/EventCancelled"));
        assert!(!page.contains("is open to the public"), "nobody may come");
    }
    let data: serde_json::Value =
        serde_json::from_str(&text_of(&site, &format!("{folder}/meeting.json"))).expect("JSON");
    assert_eq!(data["cancelled"], true);
    // Programs are told the same moment as calendars are, on each side of the end of summer time.
    for (id, begins) in [
        (
            "2026-09-14-children-communities",
            "2026-09-14T17:30:00+01:00",
        ),
        ("2026-10-14-cabinet", "2026-11-04T16:00:00+00:00"),
    ] {
        let folder = format!("meetings/{id}");
        let data = text_of(&site, &format!("{folder}/meeting.json"));
        let data: serde_json::Value = serde_json::from_str(&data).expect("JSON");
        assert_eq!(data["start"], begins);
        let wanted = format!("\"startDate\":\"{begins}\"");
        for page in [
            format!("{folder}/index.html"),
            format!("{folder}/{id}.html"),
        ] {
            assert!(
                text_of(&site, &page).contains(&wanted),
                "{wanted} in {page}"
            );
        }
    }
    let pdf = site.join(format!("{folder}/2026-09-14-children-communities.pdf"));
    if let Some(words) = tool("pdftotext", &["-l", "1", &pdf.to_string_lossy(), "-"]) {
        assert!(
            words.contains("This meeting has been cancelled. The lift is broken."),
            "{words}"
        );
    }
    // As others read it: in November the clocks are those of Greenwich, in September they are not.
    let program = r#"
import icalendar
calendar = icalendar.Calendar.from_ical(open("calendar.ics", "rb").read())
for event in calendar.walk("VEVENT"):
    print(event["UID"], event.decoded("DTSTART").isoformat(), event["SEQUENCE"], event["STATUS"], sep="|")
"#;
    if let Some(told) = python("icalendar", program, &site) {
        let told: Vec<&str> = told.lines().take(2).collect();
        let wanted = [
            "2026-09-14-children-communities@thornmere.example|2026-09-14T17:30:00+01:00|1|CANCELLED",
            "2026-10-14-cabinet@thornmere.example|2026-11-04T16:00:00+00:00|1|CONFIRMED",
        ];
        assert_eq!(told, wanted);
    }
}

#[test]
fn the_addresses_of_items_last_when_another_comes_before_them() {
    let workspace = published("packs", "inserted", "");
    let meeting = "packs/2026-10-14-cabinet";
    fs::remove_dir_all(workspace.join("packs/2026-09-14-children-communities")).expect("a folder");
    let before = site_of(&workspace, "2026-10-07");
    edit(
        &workspace.join(meeting).join("pack.toml"),
        "[[item]]\ntitle = \"Minutes",
        "[[item]]\ntitle = \"Flood damage\"\nnumber = \"2A\"\nkind = \"report\"\nsource = \"flood.md\"\n\
         part = \"1\"\nnote = \"The flood was yesterday.\"\n\n[[item]]\ntitle = \"Minutes",
    );
    fs::write(
        workspace.join(meeting).join("flood.md"),
        "+++\nsubject = \"Flood\"\nrecommendations = \"\"\"\nThat it be noted.\n\"\"\"\nbackground-papers = []\n+++\n\n\
         # Purpose\n\nTo tell of the flood.\n",
    )
    .expect("a report");
    let issued = [
        "build",
        "--quiet",
        "--format",
        "pdf",
        "--supplement",
        "2026-10-09",
    ];
    let built = pack(&issued, &workspace);
    assert!(built.status.success(), "{}", said(&built));
    let done = pack(
        &["publish", "--supplement", "--on", "2026-10-09", meeting],
        &workspace,
    );
    assert!(done.status.success(), "{}", said(&done));
    let after = site_of(&workspace, "2026-10-10");
    for (number, key) in [("3", "item-3-minutes"), ("4", "item-4-report")] {
        let page = format!("meetings/2026-10-14-cabinet/{number}/index.html");
        for site in [&before, &after] {
            let words = site.get(&page).expect("the page of an item");
            assert!(
                words.contains(&format!("2026-10-14-cabinet.html#{key}")),
                "{words}"
            );
        }
    }
    let new = after.get("meetings/2026-10-14-cabinet/2A/index.html");
    assert!(new.is_some_and(|page| page.contains("Flood damage")));
}

/// The pages of the site of a workspace on a day, by their paths.
fn site_of(workspace: &Path, on: &str) -> BTreeMap<String, String> {
    let made = pack(&["site", "--on", on], workspace);
    assert!(made.status.success(), "{}", said(&made));
    let site = workspace.join("out-site/site");
    let pages = files(&site).into_iter();
    pages
        .filter(|page| page.ends_with("index.html"))
        .map(|page| {
            let name = page.strip_prefix(&site).expect("inside").to_string_lossy();
            (
                name.replace('\\', "/"),
                fs::read_to_string(&page).expect("a page"),
            )
        })
        .collect()
}

/// Runs a Python program over a folder; nothing where Python or one of its modules is not there.
fn python(modules: &str, program: &str, folder: &Path) -> Option<String> {
    tool("python3", &["--version"])?;
    let has = Command::new("python3")
        .args(["-c", &format!("import {modules}")])
        .output();
    if !has.is_ok_and(|output| output.status.success()) {
        assert!(
            std::env::var_os("PACK_TEST_TOOLS").is_none(),
            "Python has no {modules}"
        );
        skipped(&format!("Python has no {modules}"));
        return None;
    }
    let output = Command::new("python3")
        .args(["-c", program])
        .current_dir(folder)
        .output()
        .expect("Python runs");
    assert!(output.status.success(), "{}", said(&output));
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn calendars_are_read_by_a_program_of_somebody_elses() {
    let program = r#"
import icalendar
calendar = icalendar.Calendar.from_ical(open("calendar.ics", "rb").read())
for event in calendar.walk("VEVENT"):
    print(event["UID"], event.decoded("DTSTART").isoformat(), event["SEQUENCE"], event["STATUS"], event.get("URL", ""), event.get("LOCATION", ""), sep="|")
"#;
    let Some(told) = python("icalendar", program, sample()) else {
        return;
    };
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(
        lines,
        [
            "2026-09-14-children-communities@democracy.thornmere.example|2026-09-14T17:30:00+01:00|0|CONFIRMED|https://democracy.thornmere.example/meetings/2026-09-14-children-communities/|Committee Room 2, Council House, Bridge Street, Thornmere",
            "2026-10-14-cabinet@democracy.thornmere.example|2026-10-14T16:00:00+01:00|0|CONFIRMED|https://democracy.thornmere.example/meetings/2026-10-14-cabinet/|The Mayor's Parlour, Council House, Bridge Street, Thornmere",
            "2026-11-09-children-communities@democracy.thornmere.example|2026-11-09|0|TENTATIVE||",
            "2026-11-11-cabinet@democracy.thornmere.example|2026-11-11|0|TENTATIVE||",
        ]
    );
}

#[test]
fn feeds_are_read_by_a_program_of_somebody_elses() {
    let program = r#"
import feedparser
feed = feedparser.parse("feed.xml")
assert not feed.bozo, feed.bozo_exception
for entry in feed.entries:
    print(entry.updated, entry.title, entry.link, sep="|")
"#;
    let Some(told) = python("feedparser", program, sample()) else {
        return;
    };
    let first = "2026-10-06T00:00:00Z|Cabinet, Wednesday 14 October 2026: agenda published|https://democracy.thornmere.example/meetings/2026-10-14-cabinet/";
    assert_eq!(told.lines().next(), Some(first));
    assert_eq!(
        told.lines().count(),
        4,
        "two agendas, and minutes in each: {told}"
    );
}

#[test]
fn the_data_of_each_meeting_follows_the_schema_that_is_published_with_it() {
    let program = r#"
import glob, json, jsonschema
schema = json.load(open("schema/meeting.json"))
jsonschema.Draft202012Validator.check_schema(schema)
files = sorted(glob.glob("meetings/*/meeting.json"))
for file in files:
    jsonschema.Draft202012Validator(schema).validate(json.load(open(file)))
    print(file)
"#;
    for (site, count) in [(sample(), 2), (welsh(), 1)] {
        let Some(told) = python("jsonschema", program, site) else {
            return;
        };
        assert_eq!(told.lines().count(), count, "{told}");
    }
}

#[test]
fn the_map_of_the_site_names_every_page_once() {
    let site = sample();
    let map = text_of(site, "sitemap.xml");
    let base = "https://democracy.thornmere.example/";
    let named: Vec<&str> = map
        .split("<loc>")
        .skip(1)
        .map(|rest| rest.split("</loc>").next().expect("an address"))
        .collect();
    let mut pages: Vec<String> = files(site)
        .into_iter()
        .filter(|file| file.extension().is_some_and(|ending| ending == "html"))
        // Neither the page of a pack, which has its PDF beside it, nor an old address that leads on.
        .filter(|file| {
            let html = fs::read_to_string(file).expect("a page");
            html.contains("class=\"site\"") && !html.contains("http-equiv=\"refresh\"")
        })
        .map(|file| {
            let name = file.strip_prefix(site).expect("inside").to_string_lossy();
            format!("{base}{}", name.strip_suffix("index.html").expect("a page"))
        })
        .collect();
    pages.sort();
    let mut sorted = named.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, pages);
    assert!(welsh().join("index.html").exists());
    // A map has addresses in full, which nobody knows of a site that has none.
    assert!(!welsh().join("sitemap.xml").exists());
}
