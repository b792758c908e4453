//! The web page of every pack at hand, standard and large print, in a real browser: no violation
//! of WCAG 2.2 A and AA, no sideways scrolling, no request, valid HTML.
//!
//! It runs where `tests/run` has installed the browser's checkers, and says so where it does not.

use crate::common::{meeting, shared};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use bytes::Bytes;
use pack::edition::{Edition, WithheldPages};
use pack::html::{self, Linked, Numbers, Options, PageAt, PageStart};
use pack::load;
use pack::model::{Appendix, Audience, Content, Meeting, PaperBody, SourceName};

/// Page numbers as a printed pack might have them: two pages a paper, each PDF its own.
fn numbers(meeting: &Meeting) -> Numbers {
    let mut starts = Vec::new();
    let mut add = |document: &str, at: PageAt| {
        starts.push(PageStart {
            label: (starts.len() + 1).to_string(),
            document: document.to_owned(),
            at,
        });
    };
    add(html::FRONT_SHEET, PageAt::Start);
    add(html::DISTRIBUTION, PageAt::Start);
    for item in meeting.items() {
        if item.papers.is_empty() {
            add(&item.key, PageAt::Start);
        }
        for paper in &item.papers {
            match &paper.body {
                PaperBody::Pdf(pdf) => {
                    for page in 0..pdf.page_count() {
                        add(&paper.key, PageAt::Letters(page * 300));
                    }
                }
                PaperBody::Report(report) => {
                    add(&paper.key, PageAt::Start);
                    for block in report.body.iter().skip(6).step_by(9) {
                        add(&paper.key, PageAt::Block(block.block.span, 40));
                    }
                }
                _ => {
                    add(&paper.key, PageAt::Start);
                    add(&paper.key, PageAt::Somewhere);
                }
            }
            for appendix in &paper.appendices {
                appendix_pages(appendix, &mut add);
            }
        }
        for appendix in &item.appendices {
            appendix_pages(appendix, &mut add);
        }
    }
    Numbers::new(starts)
}

fn appendix_pages(appendix: &Appendix, add: &mut impl FnMut(&str, PageAt)) {
    match &appendix.content {
        Content::Pdf(pdf) => {
            for page in 0..pdf.page_count() {
                add(&appendix.key, PageAt::Letters(page * 300));
            }
        }
        _ => add(&appendix.key, PageAt::Start),
    }
}

fn linked(meeting: &Meeting) -> BTreeMap<String, Linked> {
    let mut linked = BTreeMap::new();
    let mut add = |key: &str, bytes: u64| {
        let file = format!("papers/{key}.pdf");
        linked.insert(key.to_owned(), Linked { file, bytes });
    };
    for item in meeting.items() {
        for paper in &item.papers {
            if let PaperBody::Pdf(pdf) = &paper.body {
                add(&paper.key, pdf.facts.bytes);
            }
        }
        for appendix in item.all_appendices() {
            if let Content::Pdf(pdf) = &appendix.content {
                add(&appendix.key, pdf.facts.bytes);
            }
        }
    }
    linked
}

/// Writes the standard and the large-print page of a meeting.
fn write(
    folder: &Path,
    name: &str,
    meeting: &Meeting,
    audience: Audience,
    images: &(dyn Fn(&SourceName) -> Option<Bytes> + Sync),
) -> Vec<PathBuf> {
    let edition = Edition::of(meeting, audience, &WithheldPages::new());
    let numbers = numbers(meeting);
    [(None, "standard"), (Some(18.0), "large")]
        .into_iter()
        .map(|(large_print, form)| {
            let options = Options {
                large_print,
                draft: false,
                templates: BTreeMap::new(),
                images,
                linked: linked(meeting),
            };
            let html = html::render(&edition, &numbers, &options).expect("a page");
            let file = folder.join(format!("{name}-{form}.html"));
            std::fs::write(&file, html).expect("the page is written");
            file
        })
        .collect()
}

/// The workspaces of the project, and the real ones where they are at hand.
fn workspaces() -> Vec<PathBuf> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut workspaces = vec![project.join("packs")];
    let real = shared().map(|shared| shared.join("real"));
    for folder in std::iter::once(project.join("examples")).chain(real) {
        workspaces.extend(
            std::fs::read_dir(&folder)
                .expect("a folder of workspaces")
                .filter_map(|entry| Some(entry.ok()?.path()))
                .filter(|path| path.join("council.toml").is_file()),
        );
    }
    workspaces.sort();
    workspaces
}

#[test]
fn no_page_has_a_fault_that_a_browser_or_a_validator_finds() {
    let tools = std::env::var_os("NODE_MODULES_ROOT");
    let kept = std::env::var_os("PACK_HTML_DIR").map(PathBuf::from);
    if tools.is_none() && kept.is_none() {
        assert!(
            std::env::var_os("PACK_TEST_TOOLS").is_none(),
            "the browser's checkers are required and not installed"
        );
        crate::common::skipped("NODE_MODULES_ROOT names no folder with the browser's checkers");
        return;
    }
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = kept.as_deref().unwrap_or(temporary.path());

    let none = |_: &SourceName| None;
    let mut pages = write(
        folder,
        "one-of-everything",
        &meeting::meeting(),
        Audience::Members,
        &none,
    );
    for workspace in workspaces() {
        let root = load::find(&workspace).expect("a workspace");
        for pack in root.packs().expect("its packs") {
            let loaded = load::load(&root, &pack);
            let meeting = loaded.meeting.expect("a meeting");
            let images = |name: &SourceName| loaded.attachments.get(name).cloned();
            let name = workspace.file_name().expect("a name").to_string_lossy();
            let name = format!("{name}-{}", meeting.id);
            pages.extend(write(folder, &name, &meeting, Audience::Public, &images));
        }
    }
    let Some(tools) = tools else { return };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/check-page.mjs");
    let run = Command::new("node")
        .arg(script)
        .args(&pages)
        .env("NODE_MODULES_ROOT", tools)
        .output()
        .expect("node runs");
    assert!(
        run.status.success(),
        "{}{}",
        String::from_utf8_lossy(&run.stdout),
        String::from_utf8_lossy(&run.stderr)
    );
}
