//! The site of everything that was published: whole, without a dead link, the same every time, and
//! with nothing on it that was not published.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use regex::Regex;

use crate::common::{pack, said};
use crate::privacy::{assert_folder_clean, files, planted};

/// A copy of a workspace whose packs are all built and published.
pub(crate) fn published(sample: &str, name: &str, site: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("site")
        .join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("an earlier run's workspace can go");
    }
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(sample), &folder);
    let council = folder.join("council.toml");
    let text = fs::read_to_string(&council).expect("a council");
    fs::write(&council, format!("{text}\n{site}")).expect("a council");
    let built = pack(&["build", "--quiet", "--format", "pdf"], &folder);
    assert!(built.status.success(), "{}", said(&built));
    for meeting in fs::read_dir(folder.join("packs")).expect("packs").flatten() {
        publish(&folder, &meeting.path());
    }
    folder
}

fn publish(workspace: &Path, meeting: &Path) {
    let done = pack(&["publish", &meeting.to_string_lossy()], workspace);
    assert!(done.status.success(), "{}", said(&done));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let name = entry.file_name();
        let is_output = name.to_string_lossy().starts_with("out");
        if is_output || name == ".pack" || name == "published.toml" || name == "published.txt" {
            continue;
        }
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(name));
        } else {
            fs::copy(entry.path(), to.join(name)).expect("a file");
        }
    }
}

const BASE: &str = "https://democracy.thornmere.example";

/// The site of the sample council, as on a day between its two meetings.
pub(crate) fn sample() -> &'static Path {
    static SAMPLE: OnceLock<PathBuf> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let site = format!(
            "[site]\nbase = \"{BASE}\"\nattendance = true\n[site.redirect]\n\
             \"/old/cabinet\" = \"/bodies/cabinet\"\n\"/ieList.aspx?MId=7\" = \"/meetings/2026-10-14-cabinet/4\"\n"
        );
        let workspace = published("packs", "sample", &site);
        let made = pack(&["site", "--on", "2026-10-01"], &workspace);
        assert!(made.status.success(), "{}", said(&made));
        workspace.join("out-site/site")
    })
}

/// The site of the Welsh example.
pub(crate) fn welsh() -> &'static Path {
    static SAMPLE: OnceLock<PathBuf> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let workspace = published("examples/welsh", "welsh", "");
        let made = pack(&["site", "--on", "2026-10-15"], &workspace);
        assert!(made.status.success(), "{}", said(&made));
        workspace.join("out-site/site")
    })
}

/// The pages of a site that the browser's checkers look at.
pub(crate) fn pages_to_look_at() -> Vec<String> {
    let own = [
        "index.html",
        "accessibility/index.html",
        "bodies/children-communities/index.html",
        "calendar/2026-09/index.html",
        "decisions/2026-07/index.html",
        "forthcoming/index.html",
        "meetings/2026-10-14-cabinet/index.html",
        "meetings/2026-10-14-cabinet/5/index.html",
        "members/marek-zielinski/index.html",
        "search/index.html",
    ];
    let own = own.map(|page| sample().join(page));
    let other = ["index.html", "en/index.html"].map(|page| welsh().join(page));
    let all = own.into_iter().chain(other);
    all.map(|page| page.to_string_lossy().into_owned())
        .collect()
}

pub(crate) fn text_of(site: &Path, name: &str) -> String {
    fs::read_to_string(site.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Every file with its bytes, by its path.
pub(crate) fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = files(folder).into_iter();
    files
        .map(|file| {
            let bytes = fs::read(&file).expect("a file");
            (file.strip_prefix(folder).expect("inside").to_owned(), bytes)
        })
        .collect()
}

fn unescaped(text: &str) -> String {
    text.replace("&amp;", "&").replace("%20", " ")
}

#[test]
fn every_link_leads_to_something_that_is_there_and_no_page_asks_for_anything_elsewhere() {
    let link = Regex::new(r#"(?:href|src|data-root)="([^"]*)""#).expect("a pattern");
    let id = Regex::new(r#"\bid="([^"]*)""#).expect("a pattern");
    let mut seen = 0;
    for site in [sample(), welsh()] {
        let mut ids: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
        for page in files(site) {
            if page.extension().is_none_or(|ending| ending != "html") {
                continue;
            }
            let html = fs::read_to_string(&page).expect("a page");
            for found in link.captures_iter(&html) {
                let target = unescaped(&found[1]);
                let is_elsewhere = ["https:", "http:", "mailto:", "tel:", "data:"]
                    .iter()
                    .any(|scheme| target.starts_with(scheme));
                if is_elsewhere {
                    assert!(
                        !found[0].starts_with("src") || target.starts_with("data:"),
                        "{} asks for {target}",
                        page.display()
                    );
                    continue;
                }
                let (path, fragment) = target.split_once('#').unwrap_or((&target, ""));
                let place = match path {
                    "" => page.clone(),
                    path => page.parent().expect("a folder").join(path),
                };
                let real = place.canonicalize();
                let real =
                    real.unwrap_or_else(|_| panic!("{}: {target} is not there", page.display()));
                assert!(real.starts_with(site), "{target} leads out of the site");
                seen += 1;
                if fragment.is_empty() || fragment.starts_with("page=") {
                    continue;
                }
                let known = ids.entry(real.clone()).or_insert_with(|| {
                    let html = fs::read_to_string(&real).expect("a page");
                    id.captures_iter(&html)
                        .map(|found| found[1].to_owned())
                        .collect()
                });
                assert!(
                    known.contains(fragment),
                    "{}: {target}: no such place",
                    page.display()
                );
            }
        }
    }
    assert!(seen > 500, "{seen} links were followed");
}

#[test]
fn a_page_of_the_site_is_light_and_needs_no_script() {
    for site in [sample(), welsh()] {
        for page in files(site) {
            let name = page.strip_prefix(site).expect("inside");
            if name.extension().is_none_or(|ending| ending != "html") {
                continue;
            }
            let html = fs::read_to_string(&page).expect("a page");
            // The web page of a pack is a page of its own kind.
            if !html.contains("class=\"site\"") {
                continue;
            }
            assert!(
                html.len() < 150_000,
                "{}: {} bytes",
                name.display(),
                html.len()
            );
            let scripts = html.matches("<script").count()
                - html.matches("<script type=\"application/ld+json\"").count();
            assert_eq!(
                scripts,
                usize::from(name.ends_with("search/index.html")),
                "{}",
                name.display()
            );
        }
    }
}

#[test]
fn a_resident_finds_what_was_decided_and_what_is_to_come() {
    let site = sample();
    let home = text_of(site, "index.html");
    let coming = home.split("id=\"latest\"").next().expect("a beginning");
    assert!(
        coming.contains("Wednesday 14 October 2026"),
        "the meeting to come"
    );
    assert!(
        coming.contains("Wednesday 11 November 2026"),
        "the meeting announced"
    );
    assert!(!coming.contains("14 September"), "the meeting that is past");
    let decided = text_of(site, "decisions/2026-09/index.html");
    assert!(decided.contains("63/26"), "{decided}");
    assert!(decided.contains("that the forecast be noted"), "{decided}");
    let item = text_of(site, "meetings/2026-10-14-cabinet/5/index.html");
    assert!(item.contains("Land for a new highways depot"));
    assert!(item.contains("Not for publication"));
    let member = text_of(site, "members/nasreen-malik/index.html");
    assert!(member.contains("At 1 of 1 meetings"), "{member}");
    let away = text_of(site, "members/laura-tennant/index.html");
    assert!(away.contains("At 0 of 1 meetings"), "{away}");
    let body = text_of(site, "bodies/children-communities/index.html");
    assert!(body.contains("Vacancy"), "a place that is vacant");
    assert!(body.contains("../../members/marek-zielinski/index.html"));
}

#[test]
fn old_addresses_lead_to_the_pages_that_took_their_place() {
    let site = sample();
    let list = text_of(site, "_redirects");
    assert!(list.contains("/old/cabinet /bodies/cabinet/ 301"), "{list}");
    assert!(
        list.contains("/ieList.aspx?MId=7 /meetings/2026-10-14-cabinet/4/ 301"),
        "{list}"
    );
    let page = text_of(site, "old/cabinet/index.html");
    assert!(
        page.contains("url=../../bodies/cabinet/index.html"),
        "{page}"
    );
}

#[test]
fn a_bilingual_council_has_a_site_in_both_languages() {
    let site = welsh();
    let own = text_of(site, "index.html");
    assert!(own.contains("<html lang=\"cy\">") && own.contains("Cyfarfodydd y cyngor"));
    assert!(
        own.contains("href=\"en/index.html\" lang=\"en-GB\""),
        "{own}"
    );
    let other = text_of(site, "en/index.html");
    assert!(other.contains("<html lang=\"en-GB\">") && other.contains("Council meetings"));
    let meeting = text_of(site, "en/meetings/2026-10-20-craffu/index.html");
    assert!(meeting.contains("Tuesday 20 October 2026"));
    assert!(meeting.contains("href=\"../../../meetings/2026-10-20-craffu/2026-10-20-craffu.pdf\""));
}

#[test]
fn the_same_workspace_makes_the_same_site_and_what_has_not_changed_is_not_built_again() {
    let site = sample();
    let before = contents(site);
    let workspace = site.ancestors().nth(2).expect("the workspace");
    let again = pack(&["site", "--on", "2026-10-01"], workspace);
    assert!(
        said(&again).contains("0 of 2 meetings built"),
        "{}",
        said(&again)
    );
    assert_same(&contents(site), &before);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let out = elsewhere.path().to_string_lossy().into_owned();
    let anew = pack(&["site", "--on", "2026-10-01", "--out", &out], workspace);
    assert!(
        said(&anew).contains("2 of 2 meetings built"),
        "{}",
        said(&anew)
    );
    assert_same(&contents(&elsewhere.path().join("site")), &before);
}

/// Fails where two sites differ, and says in which files.
pub(crate) fn assert_same(one: &BTreeMap<PathBuf, Vec<u8>>, other: &BTreeMap<PathBuf, Vec<u8>>) {
    let names: BTreeSet<&PathBuf> = one.keys().chain(other.keys()).collect();
    let differ: Vec<_> = names
        .into_iter()
        .filter(|name| one.get(*name) != other.get(*name))
        .collect();
    assert!(differ.is_empty(), "these differ: {differ:?}");
}

#[test]
fn nothing_private_is_on_the_site_and_nothing_that_was_not_published() {
    let mut workspace = planted();
    let folder = workspace.folder().to_owned();
    let built = pack(&["build", "--quiet", "--format", "pdf"], &folder);
    assert!(built.status.success(), "{}", said(&built));
    let done = pack(&["publish", "--on", "2027-01-08", "packs/meeting"], &folder);
    assert!(done.status.success(), "{}", said(&done));
    // A pack that is not published, whose every word is planted.
    workspace.write(
        "packs/early/pack.toml",
        "committee = \"board\"\n[meeting]\ndate = 2027-02-15\ntime = 10:00:00\nplace = \"§\"\n[[item]]\ntitle = \"§\"\nkind = \"procedural\"\ntext = \"§\"\n",
    );
    let site = || pack(&["site", "--on", "2027-01-10"], &folder);
    let made = site();
    assert!(made.status.success(), "{}", said(&made));
    let out = folder.join("out-site");
    assert_folder_clean(&out);
    let before = contents(&out.join("site"));
    assert!(before.len() > 20, "{} files", before.len());

    // A public report that was changed and not issued: the site stays as it was, and says so.
    let report = folder.join("packs/meeting/open/report.md");
    let text = fs::read_to_string(&report).expect("a report");
    let word = workspace.word();
    fs::write(
        &report,
        text.replace("To tell the Board.", &format!("To tell {word}.")),
    )
    .expect("a report");
    let stale = site();
    assert_eq!(stale.status.code(), Some(1), "{}", said(&stale));
    assert!(
        said(&stale).contains("the site has it as it was"),
        "{}",
        said(&stale)
    );
    assert_folder_clean(&out);
    assert_same(&contents(&out.join("site")), &before);

    // Where nothing is published any more, nothing of it stays.
    fs::remove_file(folder.join("packs/meeting/published.toml")).expect("the record");
    let none = site();
    assert_eq!(none.status.code(), Some(2), "{}", said(&none));
    assert!(
        said(&none).contains("nothing has been published"),
        "{}",
        said(&none)
    );
}

#[test]
fn what_a_supplement_brought_is_on_the_site_in_the_place_of_what_it_replaced() {
    let workspace = published("packs", "supplement", "");
    let meeting = "packs/2026-10-14-cabinet";
    fs::remove_dir_all(workspace.join("packs/2026-09-14-children-communities")).expect("a folder");
    let minutes = workspace.join(meeting).join("03-minutes.md");
    let text = fs::read_to_string(&minutes).expect("minutes");
    fs::write(
        &minutes,
        text.replace(
            "that the forecast be noted",
            "that the forecast be welcomed",
        ),
    )
    .expect("minutes");
    let built = pack(
        &[
            "build",
            "--quiet",
            "--format",
            "pdf",
            "--supplement",
            "2026-10-09",
        ],
        &workspace,
    );
    assert!(built.status.success(), "{}", said(&built));
    let done = pack(
        &["publish", "--supplement", "--on", "2026-10-09", meeting],
        &workspace,
    );
    assert!(done.status.success(), "{}", said(&done));
    let made = pack(&["site", "--on", "2026-10-10"], &workspace);
    assert!(made.status.success(), "{}", said(&made));
    let site = workspace.join("out-site/site");
    let decided = text_of(&site, "decisions/2026-09/index.html");
    assert!(decided.contains("that the forecast be welcomed") && !decided.contains("be noted"));
    let page = text_of(&site, "meetings/2026-10-14-cabinet/index.html");
    assert!(page.contains("Supplement 1 published"), "{page}");
    assert!(
        page.contains("New since the agenda was published: 9 October 2026"),
        "{page}"
    );
    assert!(
        !page.contains("item-3-minutes-issue"),
        "the leaf in the old place is no paper"
    );
    let calendar = text_of(&site, "calendar.ics");
    assert!(calendar.contains("SEQUENCE:1\r\n"), "{calendar}");
    let data: serde_json::Value =
        serde_json::from_str(&text_of(&site, "meetings/2026-10-14-cabinet/meeting.json"))
            .expect("JSON");
    assert_eq!(
        data["supplement"][0]["document"],
        serde_json::json!(["item-3-minutes"])
    );
    assert_eq!(data["modified"], "2026-10-09");
}

/// Puts other words into a file.
pub(crate) fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).expect("a file");
    assert!(text.contains(from), "{from} in {}", file.display());
    fs::write(file, text.replacen(from, to, 1)).expect("a file");
}

#[test]
fn a_notice_of_decisions_is_on_the_site_with_the_end_of_call_in_before_there_are_minutes() {
    let workspace = published("packs", "notice", "[decisions]\ncall-in-days = 5\n");
    let meeting = "packs/2026-10-14-cabinet";
    let begun = pack(&["new", "minutes", meeting], &workspace);
    assert!(begun.status.success(), "{}", said(&begun));
    edit(
        &workspace.join(meeting).join("pack.toml"),
        "published =",
        "decisions-published = 2026-10-16\npublished =",
    );
    let made = pack(&["site", "--on", "2026-10-17"], &workspace);
    assert!(made.status.success(), "{}", said(&made));
    let site = workspace.join("out-site/site");
    for page in [
        "meetings/2026-10-14-cabinet/index.html",
        "decisions/2026-10/index.html",
        "meetings/2026-10-14-cabinet/2026-10-14-cabinet-decisions.html",
    ] {
        let page = text_of(&site, page);
        // Five working days after Friday 16 October.
        assert!(page.contains("Friday 23 October 2026"), "{page}");
        assert!(
            page.contains("Agree in principle to lease Ropewalk Baths"),
            "{page}"
        );
    }
    let page = text_of(&site, "decisions/2026-10/index.html");
    let link = "2026-10-14-cabinet-decisions.html#item-4-decision";
    assert!(page.contains(link), "{page}");
    let data: serde_json::Value =
        serde_json::from_str(&text_of(&site, "meetings/2026-10-14-cabinet/meeting.json"))
            .expect("JSON");
    assert_eq!(data["decisionNotice"]["callInEnds"], "2026-10-23");
    let feed = text_of(&site, "bodies/cabinet/feed.xml");
    assert!(
        feed.contains("Cabinet, Wednesday 14 October 2026: decisions"),
        "{feed}"
    );
}
