//! The notice of what a meeting decided, from the minutes that were begun from its agenda.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{pack, said, tool};
use crate::held_back::copy;

/// The sample cabinet with the minutes of its meeting written. Appendix 2 of item 4 and the whole of
/// item 5 are exempt.
fn minuted() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("packs"), here);
    let council = here.join("council.toml");
    let text = fs::read_to_string(&council).expect("the council");
    fs::write(&council, text + "\n[decisions]\ncall-in-days = 5\n").expect("a file");
    let meeting = here.join("packs/2026-10-14-cabinet");
    let early = pack(&["decisions", "packs/2026-10-14-cabinet"], here);
    assert_eq!(early.status.code(), Some(2), "{}", said(&early));
    assert!(
        said(&early).contains("pack new minutes"),
        "{}",
        said(&early)
    );
    let begun = pack(&["new", "minutes", "packs/2026-10-14-cabinet"], here);
    assert!(begun.status.success(), "{}", said(&begun));
    (folder, meeting)
}

/// Puts a text in place of what stands under a heading of a minute, in the minute of an item.
fn write_under(minutes: &mut String, item: &str, heading: &str, words: &str) {
    let item = minutes.find(item).expect("the minute of the item");
    let head = item + minutes[item..].find(heading).expect("the heading") + heading.len();
    let end = minutes[head..]
        .find("\n#")
        .map_or(minutes.len(), |at| head + at);
    minutes.replace_range(head..end, &format!("\n\n{words}\n"));
}

#[test]
fn the_notice_says_what_was_decided_and_why() {
    let (folder, meeting) = minuted();
    let here = folder.path();
    let file = meeting.join("minutes.md");
    let mut minutes = fs::read_to_string(&file).expect("the minutes");
    let baths = "Ropewalk Baths: lease to a community trust";
    write_under(
        &mut minutes,
        baths,
        "## Reasons for the decision",
        "The baths stay open.",
    );
    write_under(
        &mut minutes,
        baths,
        "## Alternatives considered",
        "To sell the baths.",
    );
    write_under(
        &mut minutes,
        "Land for a new",
        "## Reasons for the decision",
        "MARKREASON",
    );
    write_under(
        &mut minutes,
        "Declarations of interest",
        "interest",
        "Councillor Abara swims there.\n\n- Councillor Price, item 4: a season ticket.\n- \
         Councillor Quayle, item 5: a field beside the land.",
    );
    fs::write(&file, &minutes).expect("a file");
    let made = pack(
        &[
            "decisions",
            "packs/2026-10-14-cabinet",
            "--on",
            "2026-10-16",
        ],
        here,
    );
    assert!(made.status.success(), "{}", said(&made));
    assert!(!said(&made).contains("MARK"), "{}", said(&made));
    let out = here.join("out/2026-10-14-cabinet-decisions/public");
    let page = fs::read_to_string(out.join("2026-10-14-cabinet-decisions.html")).expect("a page");
    let pdf = out.join("2026-10-14-cabinet-decisions.pdf");
    let words = tool("pdftotext", &["-layout", &pdf.to_string_lossy(), "-"]);
    for text in [Some(page), words].into_iter().flatten() {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for wanted in [
            "Decision notice",
            "The baths stay open.",
            "To sell the baths.",
            "Councillor Abara swims there.",
            "a season ticket",
            "Agree in principle to lease Ropewalk Baths",
            // Five working days after Friday 16 October.
            "Friday 23 October 2026",
        ] {
            assert!(text.contains(wanted), "nothing of {wanted}");
        }
        for unwanted in [
            "MARK",
            "Next meeting",
            "This meeting is open",
            "Tinker",
            "Quayle",
        ] {
            assert!(!text.contains(unwanted), "{unwanted} is told");
        }
    }
    let members = pack(&["check", "packs/2026-10-14-cabinet", "--public=no"], here);
    let found = said(&members);
    assert!(found.contains("decision-incomplete"), "item 5: {found}");
    let public = said(&pack(&["check", "packs/2026-10-14-cabinet"], here));
    assert!(!public.contains("MARK"), "{public}");
}

#[test]
fn what_was_decided_in_private_is_in_no_public_minutes() {
    let (folder, meeting) = minuted();
    let here = folder.path();
    let read = |path: &Path| fs::read_to_string(path).expect("a file");
    // The whole of item 5 is exempt: its report names the place and the price.
    let (open, exempt) = ("minutes.md", "exempt-minutes.md");
    for secret in ["Tinker", "1,480,000"] {
        assert!(!read(&meeting.join(open)).contains(secret), "{secret}");
        assert!(read(&meeting.join(exempt)).contains(secret), "{secret}");
    }
    let titled = "Land for a new highways depot";
    assert!(read(&meeting.join(open)).contains(titled));
    assert!(!read(&meeting.join(exempt)).contains("Ropewalk Baths"));
    for file in [open, exempt] {
        let path = meeting.join(file);
        let written = read(&path).replace("Write here.", "MARKED as written.");
        fs::write(path, written).expect("a file");
    }
    let found = said(&pack(&["check", "packs/2026-10-14-cabinet"], here));
    for wrong in ["paper-not-named", "item-not-minuted", "resolution-unasked"] {
        assert!(!found.contains(wrong), "{found}");
    }

    let rolled = [
        "new",
        "meeting",
        "cabinet",
        "2026-11-11",
        "--after",
        "packs/2026-10-14-cabinet",
    ];
    let rolled = pack(&rolled, here);
    assert!(rolled.status.success(), "{}", said(&rolled));
    let next = here.join("packs/2026-11-11-cabinet");
    let agenda = read(&next.join("pack.toml"));
    assert!(
        agenda.contains("access = \"exempt\"\nexempt-paragraphs = [3]\n"),
        "{agenda}"
    );
    for (edition, told) in [("public", false), ("members", true)] {
        let out = here.join(format!("out-{edition}-next"));
        let out = out.to_str().expect("Unicode");
        let made = pack(
            &[
                "build",
                "packs/2026-11-11-cabinet",
                "--allow-errors",
                "--edition",
                edition,
                "--out",
                out,
            ],
            here,
        );
        assert!(made.status.success(), "{}", said(&made));
        let page = Path::new(out).join(edition);
        let page = fs::read_dir(page).expect("outputs").find_map(|entry| {
            let path = entry.expect("an entry").path();
            (path.extension()? == "html").then_some(path)
        });
        let page = read(&page.expect("a web page"));
        assert!(page.contains("MARKED as written."), "{edition}");
        assert_eq!(page.contains("Tinker"), told, "{edition}");
        assert_eq!(page.contains("1,480,000"), told, "{edition}");
    }
}
