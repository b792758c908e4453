//! Assembling real papers and odd files, where they are at hand; skipped where they are not.

use crate::common::{pdf, pdfs, shared};

use pack::assemble::outcome::AssembleError;
use pack::assemble::plan::Plan;
use pack::assemble::verify::{Expected, Fault, verify};
use pack::assemble::{Assembled, OpenError, assemble};
use pack::pdf::PdfFile;
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use pdf::{attachment, plan};
use rayon::prelude::*;

fn faults(plan: &Plan, assembled: &Assembled) -> Vec<Fault> {
    let elements = assembled.parts.iter().map(|part| part.elements_out).sum();
    verify(
        &assembled.pdf,
        &Expected {
            map: &plan.map,
            page_number: &plan.furniture.page_number,
            references: &[],
            outline: &[],
            elements,
            sources: &assembled.sources,
            password: None,
        },
    )
}

/// Rules of PDF/UA-1 that a file breaks.
fn broken_rules(pdf: &[u8]) -> Vec<String> {
    let options = ValidationOptions::default().profile(ValidationProfile::PdfUa1);
    match validate_pdf_bytes(pdf, &options) {
        Ok(report) => {
            let mut rules: Vec<String> = report
                .failures
                .iter()
                .map(|failure| format!("{} {}", failure.rule_id, failure.message))
                .collect();
            rules.sort();
            rules.dedup();
            rules
        }
        Err(error) => vec![error.to_string()],
    }
}

#[test]
fn odd_files_merge_at_least_as_well_as_with_any_other_tool() {
    let Some(shared) = shared() else {
        return;
    };
    let corpus = shared.join("corpus");
    let reference = std::fs::read_to_string(corpus.join("reference.tsv")).unwrap();
    let rows: Vec<Vec<&str>> = reference
        .lines()
        .skip(1)
        .map(|line| line.split('\t').collect())
        .collect();
    let merged: Vec<bool> = rows
        .par_iter()
        .map(|row| {
            let bytes = std::fs::read(corpus.join(row[0])).unwrap();
            let plan = plan(vec![attachment(row[0], &bytes)]);
            let pages: usize = row[2].parse().unwrap_or(0);
            match assemble(plan.clone()) {
                Ok(assembled) => {
                    assert_eq!(faults(&plan, &assembled), [], "{}", row[0]);
                    plan.map.pages.len() == pages
                }
                Err(AssembleError::Open { error, .. }) => {
                    assert!(
                        row[5] != "3" || error != OpenError::NeedsPassword,
                        "{}: needs no password",
                        row[0]
                    );
                    false
                }
                Err(error) => panic!("{}: {error}", row[0]),
            }
        })
        .collect();
    let count = |column: usize| rows.iter().filter(|row| row[column] == "1").count();
    let best = (6..=8).map(count).max().unwrap();
    let ours = rows
        .iter()
        .zip(&merged)
        .filter(|(row, merged)| **merged && row[6..=8].contains(&"1"))
        .count();
    println!("{ours} merge with the right page count; the best other tool does {best}");
    assert!(
        ours >= best + 9,
        "{ours} are fewer than before; the best other tool does {best}"
    );
}

#[test]
fn no_tag_of_a_real_meeting_is_lost() {
    let Some(shared) = shared() else {
        return;
    };
    let kent = shared.join("real/kent");
    let expected = std::fs::read_to_string(kent.join("EXPECTED.tsv")).unwrap();
    let meeting = "2025-01-30-cabinet";
    let rows: Vec<Vec<&str>> = expected
        .lines()
        .map(|line| line.split('\t').collect())
        .filter(|row: &Vec<&str>| row[0] == meeting && row[3].ends_with(".pdf"))
        .collect();
    let files: Vec<Vec<u8>> = rows
        .iter()
        .map(|row| std::fs::read(kent.join("packs").join(meeting).join(row[3])).unwrap())
        .collect();
    let plan = plan(
        rows.iter()
            .zip(&files)
            .map(|(row, file)| attachment(row[3], file))
            .collect(),
    );
    let assembled = assemble(plan.clone()).unwrap();
    assert_eq!(faults(&plan, &assembled), []);
    for ((row, part), section) in rows.iter().zip(&assembled.parts).zip(&plan.map.sections) {
        assert_eq!(section.count.to_string(), row[4], "pages of {}", row[3]);
        if row[5] == "yes" {
            assert_eq!(
                part.elements_out.to_string(),
                row[8],
                "structure elements of {}",
                row[3]
            );
        }
    }
}

#[test]
fn a_pack_of_conforming_attachments_conforms() {
    let Some(shared) = shared() else {
        return;
    };
    let mut conforming = Vec::new();
    for path in pdfs(&shared.join("real"))
        .into_iter()
        .chain(pdfs(&shared.join("corpus")))
    {
        let bytes = std::fs::read(&path).unwrap();
        // The declaration is looked for first: validating all 1,900 files takes a while.
        let file = PdfFile::from(bytes.clone());
        let declares = file.survey().is_ok_and(|known| known.facts.claims_ua);
        if declares && broken_rules(&bytes).is_empty() {
            conforming.push((path, bytes));
        }
    }
    println!("{} files conform", conforming.len());
    assert!(conforming.len() > 1);
    for (path, bytes) in &conforming {
        let plan = plan(vec![attachment("a", bytes)]);
        let assembled = assemble(plan.clone()).unwrap();
        println!(
            "{} {:?} {:?}",
            path.display(),
            assembled.claims,
            assembled.parts[0].pdf_ua
        );
        if assembled.claims.pdf_ua {
            assert_eq!(
                broken_rules(&assembled.pdf),
                Vec::<String>::new(),
                "{}",
                path.display()
            );
        }
    }
    let sections = conforming
        .iter()
        .map(|(path, bytes)| attachment(&path.display().to_string(), bytes))
        .collect();
    let plan = plan(sections);
    let assembled = assemble(plan.clone()).unwrap();
    assert!(
        assembled.claims.pdf_ua,
        "{:?}",
        assembled
            .parts
            .iter()
            .map(|part| &part.pdf_ua)
            .collect::<Vec<_>>()
    );
    assert_eq!(broken_rules(&assembled.pdf), Vec::<String>::new());
}
