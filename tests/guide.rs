//! The guide that is in the program: one page without a fault, whose links lead somewhere and whose
//! commands and snippets do what they say.

#![cfg(unix)]

use std::collections::BTreeSet;
use std::path::Path;

use ::pack::load::{self, PdfContent};
use ::pack::model::{Audience, Binding, PrintSize};
use ::pack::pipeline::{Form, Order, Reading, Request, Session};

use crate::common::{pack, said, tool, written};
use crate::readme::shell;

/// Writes the guide into a folder, and says where.
pub(crate) fn written_to(folder: &Path) -> String {
    let path = folder.join("guide.html");
    let path = path.to_str().expect("Unicode");
    let output = pack(&["guide", "--out", path], folder);
    assert!(output.status.success(), "{}", said(&output));
    path.to_owned()
}

fn page() -> String {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::read_to_string(written_to(folder.path())).expect("the guide")
}

#[test]
fn its_chapters_are_read_without_a_finding() {
    let (page, findings) =
        ::pack::guide::page(&::pack::guide::chapters(Vec::new()), "0").expect("a page");
    assert!(findings.is_empty(), "{findings:#?}");
    assert!(page.contains("From an empty folder to a published meeting"));
    assert_eq!(page.matches("<img src=\"data:image/png").count(), 4);
}

#[test]
fn it_holds_every_key_rule_and_command_and_asks_for_nothing_else() {
    let page = page();
    for word in [
        "exempt-paragraphs",
        "volume-pages",
        "doubled-word",
        "pack distribution",
        "--large-print",
    ] {
        assert!(page.contains(word), "{word}");
    }
    for loaded in ["<script", "<link", "src=\"http", "@import", "url(http"] {
        assert!(!page.contains(loaded), "{loaded}");
    }
}

#[test]
fn its_links_lead_somewhere() {
    let page = page();
    let ids: Vec<&str> = page
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len(), "an id stands twice");
    let links: Vec<&str> = page
        .split("href=\"#")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(links.len() > 20, "{links:?}");
    for link in links {
        assert!(unique.contains(link), "nothing is called {link}");
    }
}

#[test]
fn a_checker_of_html_finds_nothing_wrong_with_it() {
    let Some(root) = crate::common::node_modules("html-validate") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("guide.html");
    std::fs::write(&path, page()).expect("it can be written");
    let program = Path::new(&root).join("node_modules/.bin/html-validate");
    let program = program.to_str().expect("Unicode");
    let path = path.to_str().expect("Unicode");
    if let Some(told) = tool(program, &["--preset", "standard", path]) {
        assert!(!told.contains(" error "), "{told}");
    }
}

/// The blocks of a chapter between fences of a kind.
fn fenced<'t>(text: &'t str, kind: &str) -> Vec<&'t str> {
    let fence = format!("```{kind}\n");
    text.split(fence.as_str())
        .skip(1)
        .map(|rest| rest.split("\n```").next().unwrap_or(rest))
        .collect()
}

#[test]
fn its_commands_run_in_the_order_in_which_they_stand() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/guide");
    let read = |name: &str| std::fs::read_to_string(root.join(name)).expect("a chapter");
    let folder = tempfile::tempdir().expect("a folder");
    let start = read("start.md");
    let commands = fenced(&start, "sh");
    let check = commands.iter().position(|it| it.starts_with("pack check"));
    let (before, after) = commands.split_at(check.expect("the tutorial checks"));
    assert!(before.len() >= 3 && after.len() >= 4, "{commands:?}");
    shell(&before.join("\n"), folder.path());
    let found = said(&pack(
        &["check", "packs/2027-01-18-scrutiny"],
        &folder.path().join("anytown"),
    ));
    for shown in fenced(&start, "text") {
        assert!(found.contains(shown), "{shown}\nis not in\n{found}");
    }
    // Between starting a report and checking it, somebody writes it.
    written(folder.path());
    let workspace = folder.path().join("anytown");
    shell(&after.join("\n"), &workspace);
    assert!(
        workspace
            .join("packs/2027-01-18-scrutiny/published.toml")
            .is_file()
    );
    let mut chapters: Vec<String> = std::fs::read_dir(&root)
        .expect("the chapters")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".md") && name != "start.md")
        .collect();
    chapters.sort();
    let mut ran = 0;
    for name in chapters {
        let text = read(&name);
        let commands = fenced(&text, "sh");
        ran += commands.len();
        shell(&commands.join("\n"), &workspace);
        for snippet in fenced(&text, "toml") {
            let parsed: Result<toml::Table, _> = snippet.parse();
            assert!(parsed.is_ok(), "{name}: {snippet}");
        }
    }
    assert!(ran >= 6, "{ran}");
}

/// The use of the library that the chapter for developers shows.
fn used(workspace: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let (root, folders) = load::select(workspace)?;
    let session = Session::read(&root, &folders[0], &Reading::of(PdfContent::ALL));
    for finding in &session.findings {
        println!("{}: {}", finding.code, finding.message);
    }
    let order = Order {
        audience: Audience::Public,
        print: PrintSize::Standard,
        form: Form::Pdf,
        binding: Binding::default(),
    };
    let built = session.build(&Request::of(Audience::Public, &[order]), &())?;
    for output in built.outputs {
        println!("{}: {} bytes", output.name, output.bytes.len());
    }
    Ok(())
}

#[test]
fn the_library_is_used_as_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    used(&root.join("examples/parish")).expect("a pack");
    let chapter = include_str!("../templates/guide/developers.md");
    let here: Vec<&str> = include_str!("guide.rs").lines().map(str::trim).collect();
    let shown = fenced(chapter, "rust").concat();
    assert!(shown.lines().count() > 10, "{shown}");
    for line in shown.lines() {
        assert!(here.contains(&line.trim()), "{line}");
    }
}

#[test]
fn the_version_says_what_it_is_built_from() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = said(&pack(&["--version", "--verbose"], folder.path()));
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[0], concat!("pack ", env!("CARGO_PKG_VERSION")));
    assert!(
        lines[1].starts_with("commit: ") && lines[2].starts_with("licence: "),
        "{told}"
    );
    assert_eq!(said(&pack(&["-V"], folder.path())).lines().count(), 1);
}
