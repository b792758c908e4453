//! Finished packs, read back with other people's tools: qpdf, poppler, mutool and a validator.

use crate::common::built::{SAMPLES, built, real};
use crate::common::tool;
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use serde_json::Value;

#[test]
fn every_page_bears_its_number_once() {
    for pack in SAMPLES {
        for options in [&[][..], &["--large-print"]] {
            let made = built(pack, options);
            let pdf = made.pdf();
            let numbers = made.document()["numbers"].as_array().expect("numbers");
            let Some(boxes) = tool("pdftotext", &["-bbox", &pdf, "-"]) else {
                return;
            };
            let pages: Vec<&str> = boxes.split("<page ").skip(1).collect();
            let turned = turned(&pdf);
            let last = numbers.iter().filter_map(Value::as_u64).max();
            let last = last.expect("numbered pages").to_string();
            let pattern = made.document()["page_number"].as_str().expect("a pattern");
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
fn turned(pdf: &str) -> Vec<bool> {
    tool("pdfinfo", &["-f", "1", "-l", "9999", pdf])
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
    for pack in SAMPLES {
        let pdf = built(pack, &[]).pdf();
        let Some(said) = tool("qpdf", &["--check", &pdf]) else {
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
            let pdf = built(pack, options).pdf();
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
    let made = built(SAMPLES[0], &[]);
    let pdf = made.pdf();
    let Some(outline) = tool("mutool", &["show", &pdf, "outline"]) else {
        return;
    };
    insta::assert_snapshot!("outline", outline);
    insta::assert_snapshot!("page_labels", made.document()["labels"].to_string());
    let read = |arguments: &[&str]| tool("pdftotext", arguments).unwrap_or_default();
    insta::assert_snapshot!("front_sheet", read(&["-layout", "-l", "2", &pdf, "-"]));
    let tags = tool("pdfinfo", &["-struct-text", &pdf]).unwrap_or_default();
    insta::assert_snapshot!("headings", headings(&tags));
}

/// The headings as a screen reader lists them, each with its level.
fn headings(tags: &str) -> String {
    let mut list = String::new();
    // How far in the heading stands whose words are being read.
    let mut inside = None;
    for line in tags.lines() {
        let words = line.trim_start();
        let depth = line.len() - words.len();
        let level = words.strip_prefix('H').and_then(|rest| rest.chars().next());
        if let Some(level) = level.filter(char::is_ascii_digit) {
            list.push_str(&format!("\n{level} "));
            inside = Some(depth);
        } else if inside.is_some_and(|heading| depth > heading) {
            let said = words
                .strip_prefix('"')
                .and_then(|said| said.strip_suffix('"'));
            list.push_str(said.unwrap_or_default());
        } else {
            inside = None;
        }
    }
    list
}

#[test]
fn real_packs_build_with_every_page_numbered() {
    for (council, at_least) in [("kent", 467), ("sandwell", 75)] {
        let Some(workspace) = real(council) else {
            return;
        };
        let made = built(workspace, &["--allow-errors"]);
        let document = made.document();
        let numbers = document["numbers"].as_array().expect("numbers");
        assert!(numbers.len() >= at_least, "{} pages", numbers.len());
        for (index, number) in numbers.iter().enumerate() {
            assert_eq!(number.as_u64(), Some(index as u64 + 1));
        }
        if let Some(said) = tool("qpdf", &["--check", &made.pdf()]) {
            assert!(
                said.contains("No syntax or stream encoding errors"),
                "{said}"
            );
        }
    }
}
