//! Reading tagged papers into prose, measured against poppler on real ones.
//!
//! `cargo test --test pdf_reflow -- --nocapture` prints the table. The papers are not part of the
//! project; without them (or without poppler) the measurement is skipped and says so.

mod common;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::shared;
use pack::finding::{FileId, Span};
use pack::model::PageSelection;
use pack::prose::{Block, BlockKind, Prose, plain};

/// The words of a text, punctuation around them left out.
fn words(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn bag(words: &[String]) -> HashMap<&str, usize> {
    let mut bag = HashMap::new();
    for word in words {
        *bag.entry(word.as_str()).or_insert(0) += 1;
    }
    bag
}

/// The share of `of` that is in `among`, each word as often as it stands there.
fn share(of: &[String], among: &[String]) -> f64 {
    let among = bag(among);
    let found: usize = bag(of)
        .iter()
        .map(|(word, count)| among.get(word).copied().unwrap_or(0).min(*count))
        .sum();
    found as f64 / of.len().max(1) as f64
}

/// The share of pairs of neighbouring words of `of` that are neighbours in `among` too.
fn order(of: &[String], among: &[String]) -> f64 {
    let pairs =
        |words: &[String]| -> Vec<String> { words.windows(2).map(|pair| pair.join(" ")).collect() };
    share(&pairs(of), &pairs(among))
}

fn text_of(prose: &Prose) -> String {
    let mut text = String::new();
    gather(&prose.blocks, &mut text);
    for note in &prose.footnotes {
        text.push_str(&note.label);
        text.push(' ');
        gather(&note.blocks, &mut text);
    }
    text
}

fn gather(blocks: &[Block], text: &mut String) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => {
                text.push_str(&plain(content));
            }
            BlockKind::List(list) => {
                for (offset, item) in list.items.iter().enumerate() {
                    if let Some(label) = &item.label {
                        text.push_str(label);
                    } else if let Some((start, mark)) = list.start {
                        text.push_str(&format!("{}{mark}", start + offset as u64));
                    }
                    text.push(' ');
                    gather(&item.blocks, text);
                }
            }
            BlockKind::Quote(blocks) => gather(blocks, text),
            BlockKind::Table(table) => {
                if let Some(caption) = &table.caption {
                    text.push_str(&plain(caption));
                }
                for row in &table.rows {
                    for cell in &row.cells {
                        gather(&cell.blocks, text);
                    }
                }
            }
            BlockKind::Figure(figure) => {
                if let Some(caption) = &figure.caption {
                    text.push_str(&plain(caption));
                }
            }
            BlockKind::Preformatted(words) => text.push_str(words),
            BlockKind::Rule => {}
        }
        text.push('\n');
    }
}

fn poppler(tool: &str, arguments: &[&str], file: &Path) -> Option<String> {
    let mut command = Command::new(tool);
    command.args(arguments).arg(file);
    if tool == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The words in quotation marks of `pdfinfo -struct-text`.
fn struct_words(listing: &str) -> Vec<String> {
    let mut text = String::new();
    for line in listing.lines() {
        let line = line.trim();
        if let Some(quoted) = line.strip_prefix('"') {
            text.push_str(quoted.strip_suffix('"').unwrap_or(quoted));
            text.push('\n');
        }
    }
    words(&text)
}

fn tagged_papers() -> Option<Vec<(String, PathBuf)>> {
    let root = shared()?.join("real/kent");
    let table = std::fs::read_to_string(root.join("EXPECTED.tsv")).ok()?;
    let papers = table
        .lines()
        .filter_map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let pack = columns.first()?;
            let file = columns.get(3)?;
            (columns.get(5) == Some(&"yes") && pack.starts_with("2025"))
                .then(|| ((*file).to_owned(), root.join("packs").join(pack).join(file)))
        })
        .filter(|(_, path)| path.exists())
        .collect();
    Some(papers)
}

#[test]
fn tagged_papers_are_read_as_fully_as_poppler_reads_them() {
    let Some(papers) = tagged_papers() else {
        println!("skipped: the real papers are not here");
        return;
    };
    if poppler("pdfinfo", &["-v"], Path::new("")).is_none() {
        println!("skipped: poppler is not installed");
        return;
    }
    let at = Span::new(FileId(0), 0, 0);
    println!(
        "{:28} {:>6} {:>8} {:>8} {:>8} {:>8} {:>6} {:>6}",
        "file", "words", "poppler", "ours", "order", "coverage", "blocks", "ms"
    );
    let (mut all, mut theirs_found, mut ours_found, mut ordered) = (0.0, 0.0, 0.0, 0.0);
    let mut least: f64 = 1.0;
    for (name, path) in &papers {
        let shown = words(&poppler("pdftotext", &[], path).unwrap_or_default());
        let theirs = struct_words(&poppler("pdfinfo", &["-struct-text"], path).unwrap_or_default());
        let bytes = std::fs::read(path).expect("a readable paper");
        let begun = std::time::Instant::now();
        let doc = lopdf::Document::load_mem(&bytes).expect("a sound PDF");
        let read = pack::pdf::reflow(&doc, &PageSelection::default(), at)
            .unwrap_or_else(|| panic!("{name} has a structure tree"));
        let taken = begun.elapsed().as_millis();
        let text = text_of(&read.prose);
        if let Ok(folder) = std::env::var("PACK_REFLOW_DUMP") {
            let file = Path::new(&folder).join(name.replace('/', "-"));
            std::fs::write(file.with_extension("txt"), &text).expect("a folder to write to");
            std::fs::write(
                file.with_extension("tree"),
                format!("{:#?}", read.prose.blocks),
            )
            .expect("a folder to write to");
        }
        let ours = words(&text);
        let (their_share, our_share) = (share(&shown, &theirs), share(&shown, &ours));
        let in_order = order(&theirs, &ours);
        println!(
            "{name:28} {:>6} {:>7.1}% {:>7.1}% {:>7.1}% {:>7.1}% {:>6} {taken:>6}",
            shown.len(),
            their_share * 100.0,
            our_share * 100.0,
            in_order * 100.0,
            read.coverage * 100.0,
            read.prose.blocks.len(),
        );
        let weight = shown.len() as f64;
        all += weight;
        theirs_found += their_share * weight;
        ours_found += our_share * weight;
        ordered += in_order * weight;
        least = least.min(read.coverage);
        assert!(
            read.page_starts.windows(2).all(|pair| pair[0] <= pair[1]),
            "{name}: pages begin in order"
        );
    }
    println!(
        "{:28} {all:>6} {:>7.1}% {:>7.1}% {:>7.1}%",
        "all",
        theirs_found / all * 100.0,
        ours_found / all * 100.0,
        ordered / all * 100.0
    );
    assert_eq!(papers.len(), 35);
    assert!(
        ours_found >= theirs_found,
        "at least as many words as poppler"
    );
    assert!(ordered / all > 0.95, "in the same order");
    assert!(least > 0.95, "every paper is accounted for");
}
