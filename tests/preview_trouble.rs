//! What happens to a clerk's files, folders and computer while a preview runs.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::common::{pack, said, tool};
use crate::preview::{Running, change, file, workspace};
use crate::privacy::{Workspace, pdf_of};

const DAY: &str = "2027-01-04";

fn preview(workspace: &Workspace) -> Running {
    Running::start(workspace.folder(), "packs/meeting", DAY)
}

fn codes(state: &Value) -> Vec<&str> {
    let findings = state["findings"].as_array().expect("findings");
    let codes = findings
        .iter()
        .filter_map(|finding| finding["code"].as_str());
    codes.collect()
}

/// Whether everything could be built as it is.
fn is_well(state: &Value) -> bool {
    state["error"].is_null() && state["shown"] == state["version"] && {
        let codes = codes(state);
        !codes.iter().any(|code| code.starts_with("file-"))
    }
}

fn items(state: &Value) -> Vec<&str> {
    let items = state["items"].as_array().expect("items");
    items
        .iter()
        .filter_map(|item| item["state"].as_str())
        .collect()
}

#[test]
fn a_report_that_is_moved_away_is_missing_until_it_is_back() {
    let workspace = workspace();
    let preview = preview(&workspace);
    assert_eq!(items(&preview.state()), ["in", "in"]);
    let (there, elsewhere) = (file(&workspace, "parks.md"), file(&workspace, "park.md"));
    fs::rename(&there, &elsewhere).expect("another name");
    let state = preview.until("it is missing", &|state| {
        items(state) == ["1 missing", "in"]
    });
    let findings = state["findings"].as_array().expect("findings");
    let missing = findings.iter().find(|one| one["code"] == "file-missing");
    let help = &missing.expect("a finding")["help"];
    assert!(
        help.as_str().is_some_and(|help| help.contains("park.md")),
        "{help}"
    );
    assert!(!preview.page().contains("The parks are open."));
    fs::rename(&elsewhere, &there).expect("the old name");
    preview.until("it is back", &is_well);
    assert!(preview.page().contains("The parks are open."));
}

#[test]
fn the_last_agenda_and_page_stay_while_the_meeting_or_the_council_is_gone() {
    let workspace = workspace();
    let preview = preview(&workspace);
    let good = preview.page();
    let folder = workspace.folder().join("packs/meeting");
    let is_shown = |state: &Value, why: &str| {
        let error = state["error"].as_str();
        error.is_some_and(|error| error.contains(why))
            && state["body"] == "Board"
            && items(state) == ["in", "in"]
            && preview.page() == good
    };
    let gone = "The folder packs/meeting is not there any more";
    let elsewhere = folder.with_file_name("moved");
    fs::rename(&folder, &elsewhere).expect("another name");
    preview.until("the folder has another name", &|state| {
        is_shown(state, gone)
    });
    fs::rename(&elsewhere, &folder).expect("the old name");
    preview.until("the folder is back", &is_well);

    let council = workspace.folder().join("council.toml");
    let text = fs::read_to_string(&council).expect("a file");
    change(&council, "[council]", "[council");
    preview.until("the council is broken", &|state| {
        is_shown(state, "the findings say what to mend") && codes(state).contains(&"toml-syntax")
    });
    fs::remove_file(&council).expect("it can go");
    preview.until("the council is gone", &|state| {
        is_shown(state, "the findings say what to mend")
            && codes(state).contains(&"file-unreadable")
    });
    fs::write(&council, text.replace("Anytown", "Othertown")).expect("a file");
    preview.until("the council is back", &is_well);
    assert!(preview.page().contains("Othertown"));

    // It may be deleted and come back from a backup, file by file.
    let papers = ["pack.toml", "parks.md", "land.md"].map(|name| {
        let path = file(&workspace, name);
        (fs::read(&path).expect("a file"), path)
    });
    fs::remove_dir_all(&folder).expect("it can go");
    preview.until("the folder is gone", &|state| {
        state["error"]
            .as_str()
            .is_some_and(|error| error.contains(gone))
    });
    fs::create_dir(&folder).expect("a folder");
    for (bytes, path) in papers {
        fs::write(path, bytes).expect("a file");
    }
    preview.until("everything is back", &is_well);
}

#[test]
fn what_comes_from_elsewhere_is_followed_before_it_is_there_and_after() {
    let mut workspace = workspace();
    let agenda = file(&workspace, "pack.toml");
    change(
        &agenda,
        "source = \"parks.md\"",
        "source = \"../shared/parks.md\"",
    );
    let parks = fs::read_to_string(file(&workspace, "parks.md")).expect("a report");
    let preview = preview(&workspace);
    assert_eq!(items(&preview.state()), ["1 missing", "in"]);
    let picture = |colour: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"40\"><title>A plan</title>\
             <rect width=\"40\" height=\"40\" fill=\"#{colour}\"/></svg>"
        )
    };
    let shared = format!("{parks}\n![A plan of the parks](plan.svg)\n");
    workspace.write("packs/shared/parks.md", &shared);
    preview.until("the report comes", &|state| {
        items(state) == ["in", "in"] && codes(state).contains(&"file-missing")
    });
    workspace.write("packs/shared/plan.svg", &picture("aa0000"));
    preview.until("the picture comes", &is_well);
    let before = preview.page();
    workspace.write("packs/shared/plan.svg", &picture("00aa00"));
    preview.until("the picture is another", &|_| preview.page() != before);
}

#[test]
fn a_meeting_that_is_added_disturbs_no_other() {
    let workspace = workspace();
    let preview = preview(&workspace);
    let good = preview.page();
    let added = workspace.folder().join("packs/added");
    fs::create_dir(&added).expect("a folder");
    for name in ["pack.toml", "parks.md", "land.md"] {
        fs::copy(file(&workspace, name), added.join(name)).expect("a copy");
    }
    change(&added.join("parks.md"), "open", "shut");
    change(&file(&workspace, "land.md"), "secret", "high");
    let members = "view/members/standard/web/index.html";
    preview.until("what is saved next", &|_| {
        preview.get(members).contains("The price is high.")
    });
    assert_eq!(preview.page(), good);
}

#[test]
fn two_previews_run_at_once_without_a_cache_or_a_folder_for_passing_things() {
    let mut workspace = workspace();
    // Nothing can be kept where a file stands, nor where there is no folder: a full disk is the same.
    workspace.write(".pack", "");
    let start = || {
        Running::start_with(
            workspace.folder(),
            &["packs/meeting", "--on", DAY],
            &|program: &mut Command| {
                for name in ["TMPDIR", "TEMP", "TMP"] {
                    program.env(name, "/nowhere");
                }
            },
        )
    };
    let previews = [start(), start()];
    assert_ne!(previews[0].token, previews[1].token);
    for (one, other) in [(0, 1), (1, 0)] {
        let asked = format!(
            "GET /{}/ HTTP/1.1\r\nHost: {}",
            previews[other].token, previews[one].host
        );
        assert_eq!(previews[one].ask(&asked).0, 403, "the other's address");
    }
    change(&file(&workspace, "parks.md"), "open", "shut");
    for preview in &previews {
        preview.until("both follow", &|_| {
            preview.page().contains("The parks are shut.")
        });
        let pdf = preview.get("view/public/standard/pdf/pack.pdf");
        assert!(pdf.starts_with("%PDF-"));
    }
}

#[test]
fn a_port_that_is_in_use_is_named_with_what_to_do() {
    let workspace = workspace();
    let preview = preview(&workspace);
    let port = preview.host.split(':').next_back().expect("a port");
    let refused = pack(
        &["preview", "packs/meeting", "--port", port],
        workspace.folder(),
    );
    assert_eq!(refused.status.code(), Some(2));
    let told = said(&refused);
    let wanted = format!("port {port} cannot be used: give another, or leave out --port");
    assert!(told.contains(&wanted), "{told}");
}

#[test]
fn nothing_of_an_exempt_paper_is_in_any_public_view() {
    let workspace = workspace();
    workspace.bytes("packs/meeting/plan.pdf", &pdf_of(&["Secret plan"; 6]));
    let agenda = fs::read_to_string(file(&workspace, "pack.toml")).expect("an agenda");
    let appendix =
        "[[item.appendix]]\ntitle = \"Plan\"\nfile = \"plan.pdf\"\norigin = \"third-party\"\n";
    workspace.bytes(
        "packs/meeting/pack.toml",
        format!("{agenda}{appendix}").as_bytes(),
    );
    let preview = preview(&workspace);
    let state = preview.state();
    assert!(is_well(&state), "{state:#}");
    let members = preview.get("view/members/standard/web/index.html");
    let beside: Vec<&str> = members
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .filter(|name| name.starts_with("papers/"))
        .collect();
    assert!(!beside.is_empty(), "{members}");
    for name in beside {
        let name = name.split('#').next().unwrap_or_default();
        let ask = |audience: &str| {
            let path = format!("/{}/view/{audience}/standard/web/{name}", preview.token);
            preview
                .ask(&format!("GET {path} HTTP/1.1\r\nHost: {}", preview.host))
                .0
        };
        assert_eq!(ask("members"), 200, "{name}");
        if name.contains("item-2") {
            assert_eq!(ask("public"), 404, "{name}");
        }
    }
    for print in ["standard", "large", "giant"] {
        let page = preview.get(&format!("view/public/{print}/web/index.html"));
        assert!(
            !page.contains("secret") && !page.contains("Secret"),
            "{print}"
        );
    }
    if tool("pdftotext", &["-v"]).is_some() {
        let folder = tempfile::tempdir().expect("a folder");
        for (audience, has) in [("public", false), ("members", true)] {
            let path = folder.path().join(format!("{audience}.pdf"));
            fs::write(
                &path,
                preview.bytes(&format!("view/{audience}/large/pdf/pack.pdf")),
            )
            .expect("a file");
            let words = tool("pdftotext", &[&path.to_string_lossy(), "-"]).expect("words");
            assert_eq!(words.contains("The price is secret."), has, "{words}");
        }
    }
}
