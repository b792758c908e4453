//! Finished packs, read back with other people's tools: qpdf, poppler, mutool and a validator.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::tool;
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use serde_json::Value;

/// Builds a pack into a folder of its own and returns its PDF and its manifest.
fn build(pack: &str, options: &[&str]) -> (tempfile::TempDir, PathBuf, Value) {
    let out = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_pack"))
        .args(["build", pack, "--format", "pdf", "--quiet", "--out"])
        .arg(out.path())
        .args(options)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program runs");
    assert!(
        output.status.success(),
        "{pack}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let manifest = std::fs::read(out.path().join("manifest.json")).expect("a manifest");
    let manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
    let name = manifest["documents"][0]["path"].as_str().expect("a name");
    let pdf = out.path().join(name);
    (out, pdf, manifest)
}

const SCRUTINY: &str = "packs/packs/2026-09-14-children-communities";
const ALL: [&str; 5] = [
    SCRUTINY,
    "packs/packs/2026-10-14-cabinet",
    "examples/parish",
    "examples/planning",
    "examples/welsh",
];

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in Unicode")
}

#[test]
fn every_page_bears_its_number_once() {
    for pack in ALL {
        for options in [&[][..], &["--large-print"]] {
            let (_folder, pdf, manifest) = build(pack, options);
            let numbers = manifest["documents"][0]["numbers"]
                .as_array()
                .expect("numbers");
            let Some(boxes) = tool("pdftotext", &["-bbox", text(&pdf), "-"]) else {
                return;
            };
            let pages: Vec<&str> = boxes.split("<page ").skip(1).collect();
            let turned = turned(&pdf);
            let last = numbers.iter().filter_map(Value::as_u64).max();
            let last = last.expect("numbered pages").to_string();
            let pattern = manifest["documents"][0]["page_number"]
                .as_str()
                .expect("a pattern");
            assert_eq!(pages.len(), numbers.len(), "{pack}");
            for ((page, number), turned) in pages.iter().zip(numbers).zip(turned) {
                // Poppler gives the size of the page as it lies and the words as they are seen.
                let height = attribute(page, if turned { "width" } else { "height" });
                // A front sheet may stand outside the numbering.
                let Some(number) = number.as_u64().map(|number| number.to_string()) else {
                    continue;
                };
                let expected = pattern.replace("{pages}", &last).replace("{page}", &number);
                let foot: Vec<&str> = page
                    .lines()
                    .filter(|line| line.contains("<word "))
                    .filter(|line| attribute(line, "yMin") > height - 62.0)
                    .filter_map(|line| line.split(['<', '>']).nth(2))
                    .collect();
                let wanted: Vec<&str> = expected.split(' ').collect();
                let at_foot = foot
                    .windows(wanted.len())
                    .filter(|words| *words == wanted.as_slice())
                    .count();
                assert_eq!(at_foot, 1, "{pack} {options:?}: page {number}");
            }
        }
    }
}

/// Which pages are turned on their side when shown.
fn turned(pdf: &Path) -> Vec<bool> {
    tool("pdfinfo", &["-f", "1", "-l", "9999", text(pdf)])
        .unwrap_or_default()
        .lines()
        .filter(|line| line.starts_with("Page ") && line.contains(" rot:"))
        .map(|line| line.ends_with("90") || line.ends_with("270"))
        .collect()
}

/// A numeric attribute of poppler's XML.
fn attribute(text: &str, name: &str) -> f64 {
    let start = text.find(&format!("{name}=\"")).expect("the attribute") + name.len() + 2;
    let end = text[start..].find('"').expect("its end") + start;
    text[start..end].parse().expect("a number")
}

#[test]
fn qpdf_finds_nothing_wrong() {
    for pack in ALL {
        let (_folder, pdf, _) = build(pack, &[]);
        let Some(said) = tool("qpdf", &["--check", text(&pdf)]) else {
            return;
        };
        assert!(
            said.contains("No syntax or stream encoding errors"),
            "{pack}: {said}"
        );
        assert!(!said.contains("WARNING"), "{pack}: {said}");
    }
}

#[test]
fn packs_without_other_peoples_files_conform_to_pdf_ua_and_pdf_a() {
    for pack in [
        "packs/packs/2026-10-14-cabinet",
        "examples/parish",
        "examples/planning",
        "examples/welsh",
    ] {
        for options in [&[][..], &["--large-print"], &["--edition", "members"]] {
            let (_folder, pdf, _) = build(pack, options);
            let bytes = std::fs::read(&pdf).expect("the PDF");
            for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
                let asked = ValidationOptions::default().profile(profile);
                let report = validate_pdf_bytes(&bytes, &asked).expect("a readable PDF");
                let broken: Vec<_> = report
                    .failures
                    .iter()
                    .map(|failure| format!("{} {}", failure.rule_id, failure.message))
                    .collect();
                assert!(
                    broken.is_empty(),
                    "{pack} {options:?} {profile:?}: {broken:#?}"
                );
            }
        }
    }
}

#[test]
fn the_sample_pack_reads_as_it_did() {
    let (_folder, pdf, manifest) = build(SCRUTINY, &[]);
    let Some(outline) = tool("mutool", &["show", text(&pdf), "outline"]) else {
        return;
    };
    insta::assert_snapshot!("outline", outline);
    insta::assert_snapshot!(
        "page_labels",
        manifest["documents"][0]["labels"].to_string()
    );
    let read = |arguments: &[&str]| tool("pdftotext", arguments).unwrap_or_default();
    insta::assert_snapshot!(
        "front_sheet",
        read(&["-layout", "-l", "2", text(&pdf), "-"])
    );
    let tags = tool("pdfinfo", &["-struct", text(&pdf)]).unwrap_or_default();
    insta::assert_snapshot!("tags", shape(&tags));
}

/// The tag tree without attributes, each run of equal lines counted: what a change of wording does
/// not touch.
fn shape(tags: &str) -> String {
    let mut shape: Vec<(String, usize)> = Vec::new();
    for line in tags.lines() {
        let name = line.trim_start();
        let depth = line.len() - name.len();
        let name = name.split([' ', '"', ':']).next().unwrap_or_default();
        let entry = format!("{}{name}", " ".repeat(depth));
        match shape.last_mut() {
            Some((last, count)) if *last == entry => *count += 1,
            _ => shape.push((entry, 1)),
        }
    }
    shape
        .into_iter()
        .map(|(entry, count)| {
            if count == 1 {
                entry + "\n"
            } else {
                format!("{entry} × {count}\n")
            }
        })
        .collect()
}

#[test]
fn real_packs_build_with_every_page_numbered() {
    let Some(shared) = crate::common::shared() else {
        eprintln!("skipped: the folder of real papers is not there");
        return;
    };
    for (workspace, at_least) in [("kent", 467), ("sandwell", 75)] {
        // The papers are read where they are; what is made goes elsewhere.
        let workspace = shared.join("real").join(workspace);
        let out = tempfile::tempdir().expect("a folder");
        let output = Command::new(env!("CARGO_BIN_EXE_pack"))
            .args([
                "build",
                "--format",
                "pdf,html",
                "--quiet",
                "--allow-errors",
                "--out",
            ])
            .arg(out.path())
            .arg(&workspace)
            .output()
            .expect("the program runs");
        assert_ne!(
            output.status.code(),
            Some(2),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let manifest = std::fs::read(out.path().join("manifest.json")).expect("a manifest");
        let manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
        let document = &manifest["documents"][0];
        let numbers = document["numbers"].as_array().expect("numbers");
        assert!(numbers.len() >= at_least, "{} pages", numbers.len());
        for (index, number) in numbers.iter().enumerate() {
            assert_eq!(number.as_u64(), Some(index as u64 + 1));
        }
        let pdf = out.path().join(document["path"].as_str().expect("a name"));
        if let Some(said) = tool("qpdf", &["--check", text(&pdf)]) {
            assert!(
                said.contains("No syntax or stream encoding errors"),
                "{said}"
            );
        }
    }
}
