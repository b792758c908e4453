//! Parts on pages: that every kind of part is set, passes PDF/UA-1 and PDF/A-2a, and keeps its
//! words and its structure.

mod fixtures;

use std::collections::BTreeMap;
use std::sync::Arc;

use pack::compose::part::Part;
use pack::typeset::{Setting, Sheets, StandardPage, StandardPages, Style, typeset};

fn no_images(_: &str) -> Option<Arc<[u8]>> {
    None
}

fn page(anchor: &str) -> Option<String> {
    anchor
        .strip_prefix("item-")
        .map(|rest| format!("{}", 3 + rest.len() * 13))
}

fn set(part: &Part, style: &Style) -> Sheets {
    set_with(part, style, None)
}

fn set_with(part: &Part, style: &Style, standard: Option<&StandardPages>) -> Sheets {
    let templates = BTreeMap::new();
    let setting = Setting {
        images: &no_images,
        pages: &page,
        templates: &templates,
        standard,
    };
    let sheets = typeset(part, style, &setting).unwrap_or_else(|error| panic!("{error}"));
    if let Ok(folder) = std::env::var("PACK_KEEP") {
        let large = if style.large { "-large" } else { "" };
        std::fs::write(format!("{folder}/{}{large}.pdf", part.key), &sheets.pdf)
            .expect("a folder to keep pages in");
    }
    sheets
}

fn parts() -> Vec<Part> {
    vec![
        fixtures::front_sheet(),
        fixtures::distribution(),
        fixtures::item_sheet(),
        fixtures::minutes(),
        fixtures::report(),
        fixtures::table_appendix(),
        fixtures::contents(),
    ]
}

#[test]
fn every_kind_of_part_is_set() {
    for part in parts() {
        let standard = set(&part, &Style::standard());
        let pages = standard_pages(&standard, 39);
        let large = set_with(&part, &Style::large(18), Some(&pages));
        for sheets in [standard, large] {
            assert!(sheets.pages() > 0, "{}", part.key);
            assert_eq!(sheets.warnings, [] as [String; 0], "{}", part.key);
            assert_eq!(sheets.anchors[0].name, part.key);
        }
    }
}

/// The pages of a part's standard setting, numbered from `first`.
fn standard_pages(sheets: &Sheets, first: usize) -> StandardPages {
    StandardPages {
        starts: sheets
            .breaks
            .iter()
            .enumerate()
            .map(|(index, &at)| StandardPage {
                label: (first + index).to_string(),
                at,
            })
            .collect(),
        mark: "Standard page {page}".into(),
        several: "Standard pages {first} to {last}".into(),
    }
}

#[test]
fn every_part_passes_pdf_ua_and_pdf_a() {
    for part in parts() {
        let standard = set(&part, &Style::standard());
        let pages = standard_pages(&standard, 39);
        let large = set_with(&part, &Style::large(18), Some(&pages));
        for (size, sheets) in [("standard", standard), ("large", large)] {
            assert_eq!(faults(&sheets.pdf), "", "{} in {size} print", part.key);
        }
    }
}

/// What the validator says of a file in both profiles, one fault a line.
fn faults(pdf: &[u8]) -> String {
    use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
    [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a]
        .into_iter()
        .flat_map(|profile| {
            let options = ValidationOptions::default().profile(profile);
            let report = validate_pdf_bytes(pdf, &options).expect("a readable file");
            report.failures.into_iter().map(move |failure| {
                format!("{profile:?} {}: {}\n", failure.rule_id, failure.message)
            })
        })
        .collect()
}
