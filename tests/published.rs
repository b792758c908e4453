//! What was published keeps its page numbers.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{pack, said, tool, written};

/// A new council's workspace, its only pack built and published.
fn published() -> (tempfile::TempDir, PathBuf) {
    published_with(|_| {})
}

/// The same, changed before it is built.
fn published_with(change: impl FnOnce(&Path)) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    assert!(pack(&["new", "council", "."], here).status.success());
    let meeting = fs::read_dir(here.join("packs"))
        .expect("packs")
        .flatten()
        .next()
        .expect("a pack")
        .path();
    written(here);
    change(&meeting);
    let early = pack(&["publish", "--on", "2026-11-02"], here);
    assert_eq!(early.status.code(), Some(2));
    assert!(said(&early).contains("build it first"), "{}", said(&early));
    let built = pack(&["build", "--format", "pdf"], here);
    assert!(built.status.success(), "{}", said(&built));
    let done = pack(&["publish", "--on", "2026-11-02"], here);
    assert!(done.status.success(), "{}", said(&done));
    (folder, meeting)
}

/// The numbers that a record gives to documents.
fn numbers(meeting: &Path) -> Vec<(String, i64, i64)> {
    let text = fs::read_to_string(meeting.join("published.toml")).expect("the record");
    let record: toml::Table = toml::from_str(&text).expect("TOML");
    let documents = record["document"].as_array().expect("documents");
    documents
        .iter()
        .map(|document| {
            (
                document["key"].as_str().expect("a key").to_owned(),
                document["first-page"].as_integer().expect("a page"),
                document["last-page"].as_integer().expect("a page"),
            )
        })
        .collect()
}

#[test]
fn the_record_says_what_is_on_which_page() {
    let (folder, meeting) = published();
    let name = meeting
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let manifest = fs::read(folder.path().join("out").join(name).join("manifest.json"));
    let manifest: serde_json::Value =
        serde_json::from_slice(&manifest.expect("the manifest")).expect("JSON");
    let parts = manifest["documents"][0]["parts"].as_array().expect("parts");
    let numbered: Vec<(String, i64, i64)> = parts
        .iter()
        .filter_map(|part| {
            let numbers = part["numbers"].as_array()?;
            Some((
                part["key"].as_str()?.to_owned(),
                numbers[0].as_i64()?,
                numbers[1].as_i64()?,
            ))
        })
        .collect();
    assert!(!numbered.is_empty());
    assert_eq!(numbers(&meeting), numbered);
    // The whole pack is as it was, and so is its record.
    let again = pack(&["build"], folder.path());
    assert!(again.status.success(), "{}", said(&again));
    let twice = pack(&["publish", "--on", "2026-11-03"], folder.path());
    assert_eq!(twice.status.code(), Some(2));
    assert!(said(&twice).contains("--again"), "{}", said(&twice));
}

#[test]
fn the_recorded_day_counts_where_the_agenda_gives_none() {
    let (folder, meeting) = published();
    let run = |command: &str| pack(&[command], folder.path());
    let checked = said(&run("check"));
    assert!(!checked.contains("publication-date-missing"), "{checked}");
    let made = walked(&folder.path().join("out"));
    assert!(
        pack(&["build", "--format", "pdf"], folder.path())
            .status
            .success()
    );
    assert_eq!(
        walked(&folder.path().join("out")),
        made,
        "as it was published"
    );

    // A pack that went out too late still has its supplements.
    let place = meeting.join("published.toml");
    let record = fs::read_to_string(&place).expect("the record");
    let late = record.replace("published = 2026-11-02", "published = 2199-01-02");
    fs::write(&place, late).expect("a file");
    let checked = said(&run("check"));
    assert!(checked.contains("warning[published-late]"), "{checked}");
    let late = said(&run("deadline"));
    assert!(late.contains("2 January 2199"), "{late}");

    // `pack new` wrote a day in time as a comment. The agenda's own day goes before the record's.
    let agenda = meeting.join("pack.toml");
    let text = fs::read_to_string(&agenda).expect("the agenda");
    fs::write(&agenda, text.replace("# published = ", "published = ")).expect("a file");
    let checked = said(&run("check"));
    assert!(!checked.contains("published-late"), "{checked}");
}

#[test]
fn published_pages_keep_their_numbers_unless_the_clerk_says_otherwise() {
    let (folder, meeting) = published();
    let agenda = meeting.join("pack.toml");
    let text = fs::read_to_string(&agenda).expect("the agenda");
    let item = "[[item]]\ntitle = \"A late matter\"\nkind = \"procedural\"\ntext = \"It cannot wait.\"\n\n";
    let at = text.find("[[item]]").expect("an item");
    let out = folder.path().join("out");
    let before = walked(&out);

    fs::write(&agenda, format!("{}{item}{}", &text[..at], &text[at..])).expect("a file");
    let moved = pack(&["build", "--format", "pdf"], folder.path());
    assert_eq!(moved.status.code(), Some(2), "{}", said(&moved));
    assert!(said(&moved).contains("--renumber"), "{}", said(&moved));
    assert_eq!(walked(&out), before, "nothing was written");

    let anew = pack(&["build", "--format", "pdf", "--renumber"], folder.path());
    assert!(anew.status.success(), "{}", said(&anew));
    let recorded = pack(&["publish", "--on", "2026-11-04", "--again"], folder.path());
    assert!(recorded.status.success(), "{}", said(&recorded));
    assert!(
        pack(&["build", "--format", "pdf"], folder.path())
            .status
            .success()
    );
}

#[test]
fn status_says_what_has_changed_since() {
    let (folder, meeting) = published();
    let status = || said(&pack(&["status", "--on", "2026-11-02"], folder.path()));
    let quiet = status();
    assert!(quiet.contains("published: "), "{quiet}");
    assert!(!quiet.contains("since then"), "{quiet}");
    let report = find(&meeting, "report.md").expect("a report");
    let text = fs::read_to_string(&report).expect("the report");
    fs::write(&report, text + "\nOne more thing.\n").expect("a file");
    let loud = status();
    assert!(loud.contains("report.md has changed"), "{loud}");
}

/// The words of each page of a PDF, with the number at its foot.
pub(crate) fn pages(pdf: &Path) -> Option<Vec<String>> {
    let words = tool("pdftotext", &["-layout", &pdf.to_string_lossy(), "-"])?;
    let mut pages: Vec<String> = words.split('\u{c}').map(str::to_owned).collect();
    pages.pop();
    Some(pages)
}

#[test]
fn a_supplement_brings_what_is_new_on_pages_that_go_on() {
    let (folder, meeting) = published();
    let here = folder.path();
    let name = meeting
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let nothing = pack(&["build", "--supplement"], here);
    assert!(
        said(&nothing).contains("nothing is new"),
        "{}",
        said(&nothing)
    );

    // An urgent item at the end, and a report that has changed.
    let agenda = meeting.join("pack.toml");
    let text = fs::read_to_string(&agenda).expect("the agenda");
    let urgent = "\n[[item]]\nnumber = \"9A\"\ntitle = \"A burst main\"\nkind = \"procedural\"\ntext = \"Urgent: the hall is flooded.\"\n";
    fs::write(&agenda, text + urgent).expect("a file");
    let report = find(&meeting, "report.md").expect("a report");
    let words = fs::read_to_string(&report).expect("the report");
    fs::write(&report, words + "\nOne more thing to consider.\n").expect("a file");

    let built = pack(&["build", "--supplement", "2026-11-05"], here);
    assert!(built.status.success(), "{}", said(&built));
    let supplement = format!("{name}-supplement-1");
    let out = here.join("out").join(&supplement);
    let manifest = fs::read(out.join("manifest.json")).expect("the manifest");
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).expect("JSON");
    let last = numbers(&meeting)
        .iter()
        .map(|(_, _, last)| *last)
        .max()
        .expect("pages");
    let printed: Vec<i64> = manifest["documents"][0]["numbers"]
        .as_array()
        .expect("numbers")
        .iter()
        .map(|number| number.as_i64().expect("every page has a number"))
        .collect();
    let count = i64::try_from(printed.len()).expect("a number");
    assert_eq!(printed, (last + 1..=last + count).collect::<Vec<_>>());

    let pdf = out.join("public").join(format!("{supplement}.pdf"));
    let Some(pages) = pages(&pdf) else { return };
    let all = pages.join(" ");
    assert!(
        pages[0].contains("Supplement 1 to the agenda"),
        "{}",
        pages[0]
    );
    assert!(pages[0].contains("5 November 2026"), "{}", pages[0]);
    assert!(pages[0].contains("A burst main"), "{}", pages[0]);
    assert!(
        all.contains("the hall is flooded") && all.contains("One more thing"),
        "{all}"
    );
    assert!(all.contains("This item was not on the agenda"), "{all}");
    let (_, first, end) = numbers(&meeting)
        .into_iter()
        .find(|(key, ..)| key.ends_with("report"))
        .expect("a report");
    let replaced = if first == end {
        format!("replaces page {first} of")
    } else {
        format!("replaces pages {first} to {end} of")
    };
    let flat = all.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(&replaced), "{flat}");
    // What was published is not in it again.
    assert!(!flat.contains("Apologies"), "{flat}");
    let page = fs::read_to_string(out.join("public").join(format!("{supplement}.html")));
    let page = page.expect("the web page");
    assert!(
        page.contains(&format!("id=\"page-{}\"", last + 1)),
        "no page mark"
    );
    assert!(page.contains("Supplement 1 to the agenda"));

    // The next one goes on from there.
    // It bears the day that it was built with.
    let recorded = pack(&["publish", "--supplement"], here);
    assert!(recorded.status.success(), "{}", said(&recorded));
    let words = fs::read_to_string(&report).expect("the report");
    fs::write(&report, words + "\nAnd another.\n").expect("a file");
    let next = pack(&["build", "--supplement", "--format", "pdf"], here);
    assert!(next.status.success(), "{}", said(&next));
    let manifest = here.join(format!("out/{name}-supplement-2/manifest.json"));
    let manifest = fs::read(manifest).expect("the manifest");
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).expect("JSON");
    assert_eq!(manifest["documents"][0]["numbers"][0], last + count + 1);
    let status = said(&pack(&["status", "--on", "2026-11-05"], here));
    assert!(status.contains("report.md has changed"), "{status}");
}

#[test]
fn neither_record_nor_supplement_says_what_is_exempt() {
    let secret = "+++\nsubject = \"MARKSUBJECT\"\n+++\n\n# Purpose\n\nMARKWORDS.\n";
    let (folder, meeting) = published_with(|meeting| {
        let agenda = meeting.join("pack.toml");
        let text = fs::read_to_string(&agenda).expect("the agenda");
        let exempt = "\n[[item]]\ntitle = \"MARKTITLE\"\npublic-title = \"A matter of land\"\nkind = \"report\"\nsource = \"MARKFILE.md\"\naccess = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"A sale would fail.\"\n";
        fs::write(&agenda, text + exempt).expect("a file");
        let template = find(meeting, "report.md").expect("a report");
        let report = fs::read_to_string(template).expect("the report");
        let (_, body) = report.split_at(report.rfind("+++").expect("front matter") + 3);
        let (head, _) = secret.split_at(secret.rfind("+++").expect("front matter") + 3);
        fs::write(
            meeting.join("MARKFILE.md"),
            format!("{head}{body}\n\nMARKWORDS.\n"),
        )
        .expect("a file");
    });
    let record = fs::read_to_string(meeting.join("published.toml")).expect("the record");
    assert!(record.contains("A matter of land"), "{record}");
    assert!(!record.contains("MARK"), "{record}");
    // Its number is kept, and the exempt paper alone makes no supplement.
    assert!(said(&pack(&["build", "--supplement"], folder.path())).contains("nothing is new"));

    let report = meeting.join("MARKFILE.md");
    let text = fs::read_to_string(&report).expect("the report");
    fs::write(&report, text + "\nMARKMORE.\n").expect("a file");
    let built = pack(&["build", "--supplement"], folder.path());
    assert!(built.status.success(), "{}", said(&built));
    let name = meeting
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    for (path, bytes) in walked(&folder.path().join(format!("out/{name}-supplement-1"))) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("MARK"), "{}", path.display());
        if path.extension().is_some_and(|ending| ending == "pdf")
            && let Some(pages) = pages(&path)
        {
            let words = pages.join(" ");
            assert!(words.contains("A matter of land"), "{words}");
            assert!(!words.contains("MARK"), "{words}");
        }
    }
}

#[test]
fn members_get_their_edition_with_its_leaves_after_the_public_one_was_published() {
    let workspace = crate::privacy::planted();
    let here = workspace.folder();
    for how in [
        &["build", "--quiet", "--format", "pdf"][..],
        &["publish", "--on", "2027-01-08", "packs/meeting"],
        // A leaf and the exempt paper behind it have the numbers of the one leaf that the public got.
        &[
            "build",
            "--quiet",
            "--format",
            "pdf",
            "--edition",
            "members",
        ],
    ] {
        let done = pack(how, here);
        assert!(done.status.success(), "{how:?}: {}", said(&done));
    }
}

#[test]
fn a_broken_record_is_a_finding_at_its_place() {
    let (folder, meeting) = published();
    let record = meeting.join("published.toml");
    let text = fs::read_to_string(&record).expect("the record");
    fs::write(&record, text.replace("last-page", "last-pgae")).expect("a file");
    let checked = pack(&["check", "--format", "short"], folder.path());
    assert_eq!(checked.status.code(), Some(1));
    assert!(
        said(&checked).contains("published.toml:"),
        "{}",
        said(&checked)
    );
}

#[test]
fn minutes_are_begun_from_the_agenda() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("minutes.md");
    let made = pack(
        &[
            "new",
            "minutes",
            "packs/2026-09-14-children-communities",
            &file.to_string_lossy(),
        ],
        &sample,
    );
    assert!(made.status.success(), "{}", said(&made));
    let minutes = fs::read_to_string(&file).expect("the minutes");
    let headings: Vec<&str> = minutes
        .lines()
        .filter(|line| line.starts_with("# 2") || line.starts_with("# 3"))
        .collect();
    // The minutes on the agenda end with 27/26.
    assert!(headings[0].starts_with("# 28/26 "), "{headings:?}");
    assert_eq!(headings.len(), 6, "{minutes}");
    assert!(
        minutes.contains("**Resolved** that the Board:"),
        "{minutes}"
    );
    assert!(minutes.contains("date = 2026-09-14"), "{minutes}");
    assert!(minutes.contains("  \"Amina Rafiq\","), "{minutes}");
    let again = pack(
        &[
            "new",
            "minutes",
            "packs/2026-09-14-children-communities",
            &file.to_string_lossy(),
        ],
        &sample,
    );
    assert_eq!(again.status.code(), Some(2), "nothing is written over");

    // They are minutes that the next pack takes.
    let (next, meeting) = published();
    let minutes = minutes.replace("Amina Rafiq", "Nobody Else");
    let minutes = minutes.replace("# left-early", "left-early");
    assert!(minutes.contains("\nleft-early"), "{minutes}");
    fs::write(meeting.join("earlier.md"), minutes).expect("a file");
    let agenda = meeting.join("pack.toml");
    let text = fs::read_to_string(&agenda).expect("the agenda");
    let item = "\n[[item]]\ntitle = \"Minutes\"\nkind = \"minutes\"\nsource = \"earlier.md\"\n";
    fs::write(&agenda, text + item).expect("a file");
    let built = pack(
        &["build", "--supplement", "--format", "pdf", "--allow-errors"],
        next.path(),
    );
    assert!(
        built.status.code().is_some_and(|code| code < 2),
        "{}",
        said(&built)
    );
    assert!(!said(&built).contains("front-matter"), "{}", said(&built));
}

#[test]
fn the_next_agenda_is_begun_from_the_last() {
    // The last meeting is some weeks from today, and the next one far behind it.
    let (folder, meeting) = published_with(|meeting| {
        let agenda = meeting.join("pack.toml");
        let text = fs::read_to_string(&agenda).expect("the agenda");
        let more = "\n[[item]]\ntitle = \"Minutes\"\nkind = \"minutes\"\nsource = \"earlier.md\"\n\n[[item]]\ntitle = \"Annual audit letter\"\nkind = \"to-follow\"\ndue = 2026-11-05\n";
        fs::write(&agenda, text + more).expect("a file");
        let earlier = "+++\ndate = 2026-10-01\npresent = [\"A Chair\"]\n+++\n\n# 1/26 Parks\n\nThe parks are open. Officers were asked to report back in January 2030.\n\n# 2/26 Ponds\n\nOfficers were asked to report back in June 2030.\n";
        fs::write(meeting.join("earlier.md"), earlier).expect("a file");
    });
    let last = meeting.file_name().expect("a name").to_string_lossy();
    let last = format!("packs/{last}");
    let new = ["new", "meeting", "scrutiny", "2030-02-05", "--after"];
    let made = pack(&[&new[..], &[&last]].concat(), folder.path());
    assert!(made.status.success(), "{}", said(&made));
    let next = folder.path().join("packs/2030-02-05-scrutiny");
    let text = fs::read_to_string(next.join("pack.toml")).expect("the agenda");
    for line in [
        "title = \"Apologies for absence\"",
        "kind = \"minutes\"\nsource = \"minutes-of-last-meeting.md\"",
        "title = \"Annual audit letter\"\nkind = \"to-follow\"",
        // Five clear days before Tuesday 5 February 2030.
        "# published = 2030-01-28",
        "# Minuted: Officers were asked to report back in January 2030.\n[[item]]\ntitle = \"Parks\"\nkind = \"to-follow\"",
        "# - Officers were asked to report back in June 2030.",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(!text.contains("kind = \"report\""), "{text}");
    let status = pack(&["status", "--on", "2026-11-09"], folder.path());
    assert!(said(&status).contains("overdue"), "{}", said(&status));
    let again = pack(&[&new[..], &[&last]].concat(), folder.path());
    assert_eq!(again.status.code(), Some(2), "nothing is written over");
    let early = ["new", "meeting", "scrutiny", "2026-01-05", "--after", &last];
    assert_eq!(pack(&early, folder.path()).status.code(), Some(2));
}

/// Every file below a folder with its bytes.
fn walked(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(walked(&path));
        } else {
            files.push((path.clone(), fs::read(&path).expect("a file")));
        }
    }
    files.sort();
    files
}

fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    fs::read_dir(folder).ok()?.flatten().find_map(|entry| {
        let path = entry.path();
        if path.is_dir() {
            find(&path, name)
        } else {
            (entry.file_name() == name).then_some(path)
        }
    })
}
