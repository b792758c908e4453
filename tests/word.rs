//! Word files as they are read: the cases that other readers fail at, and real files against
//! another reader's words.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pack::load::{Converted, convert};
use regex::Regex;

fn read(path: &Path) -> Converted {
    let bytes = std::fs::read(path).expect("a file");
    let name = path.file_name().expect("a name").to_string_lossy();
    convert(&name, &bytes, "picture")
}

/// The Markdown of a file without its escapes.
fn shown(path: &Path) -> String {
    read(path).markdown.replace('\\', "")
}

fn word_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "docx"))
        .collect();
    files.sort();
    files
}

#[test]
fn every_hard_case_reads_as_word_shows_it() {
    let Some(shared) = crate::common::shared() else {
        return;
    };
    let folder = shared.join("docx/hard");
    let expected = std::fs::read_to_string(folder.join("expect.json")).expect("what is right");
    let expected: BTreeMap<String, (Vec<String>, Vec<String>)> =
        serde_json::from_str(&expected).expect("JSON");
    let matches = |pattern: &str, text: &str| {
        if let Some(pattern) = pattern.strip_prefix("re:") {
            Regex::new(pattern).expect("a pattern").is_match(text)
        } else if let Some(words) = pattern.strip_prefix("once:") {
            text.matches(words).count() == 1
        } else {
            text.contains(pattern)
        }
    };
    let mut failed = Vec::new();
    for (name, (present, absent)) in &expected {
        let text = shown(&folder.join(format!("{name}.docx")));
        let right = present.iter().all(|pattern| matches(pattern, &text))
            && !absent.iter().any(|pattern| matches(pattern, &text));
        if !right {
            failed.push(format!("{name}:\n{text}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n---\n"));
}

/// The Markdown of a file without its escapes and without what is not said: addresses, names.
fn said(path: &Path) -> String {
    let text = shown(path).replace("<br>", " ").replace("[^", "[");
    let unsaid = Regex::new(r"\]\([^)]*\)|\{#[^}]*\}").expect("a pattern");
    unsaid.replace_all(&text, " ").into_owned()
}

/// What a web page says. Marks inside words are none between words.
fn without_tags(page: &str) -> String {
    let reference = Regex::new(r"<sup>\d+</sup>").expect("a pattern");
    let page = reference.replace_all(page, " ");
    let inline =
        Regex::new(r"</?(?:a|em|strong|span|u|del|mark|sup|sub)\b[^>]*>").expect("a pattern");
    let tag = Regex::new(r"(?s)<[^>]*>|&[a-z]+;").expect("a pattern");
    tag.replace_all(&inline.replace_all(&page, ""), " ")
        .into_owned()
}

/// The words of a text without marks, so that only what is said is compared.
fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// How many words of one text stand in the other in the same order.
fn common(one: &[String], other: &[String]) -> usize {
    let mut row = vec![0_usize; other.len() + 1];
    for word in one {
        let mut before = 0;
        for (at, against) in other.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if word == against {
                before + 1
            } else {
                above.max(row[at])
            };
            before = above;
        }
    }
    row[other.len()]
}

/// Files of which another reader says more than stands in the text: tables of contents and indexes,
/// which a pack makes itself, and figures raised as letters that are no figures.
const THEIRS_ALONE: [&str; 5] = [
    "0_level_headers.docx",
    "empty_field.docx",
    "nested_anchors_in_header.docx",
    "pageref.docx",
    "verbatim_subsuper.docx",
];

#[test]
fn real_files_keep_their_words_in_order() {
    let Some(shared) = crate::common::shared() else {
        return;
    };
    let (mut all, mut kept, mut lines) = (0, 0, Vec::new());
    for folder in ["real", "pandoc", "word"] {
        for path in word_files(&shared.join("docx").join(folder)) {
            let name = path.to_string_lossy().into_owned();
            if THEIRS_ALONE.iter().any(|file| name.ends_with(file)) {
                continue;
            }
            let arguments = ["-f", "docx", "-t", "html", "--wrap=none", &name];
            let Some(theirs) = crate::common::tool("pandoc", &arguments) else {
                return;
            };
            let (ours, theirs) = (words(&said(&path)), words(&without_tags(&theirs)));
            let common = common(&theirs, &ours);
            all += theirs.len();
            kept += common;
            if common < theirs.len() {
                let file = path.file_name().expect("a name").to_string_lossy();
                lines.push(format!("{folder}/{file}: {common} of {}", theirs.len()));
            }
        }
    }
    println!("{kept} of {all} words\n{}", lines.join("\n"));
    assert!(
        kept * 1000 >= all * 999,
        "{kept} of {all} words\n{}",
        lines.join("\n")
    );
}
