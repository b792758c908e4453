//! Everybody in the room has the same pack: what is on paper is on the web page and in large print,
//! and the web page says nothing of its own.

use std::collections::BTreeSet;
use std::path::Path;

use pack::compose::words::Words;

use crate::common::built::{Built, SAMPLES, built};
use crate::common::{shared, tool};

type Bag = BTreeSet<String>;

/// The words of a text of three letters or more, in small letters. Nothing is hyphenated in a pack,
/// so that a hyphen at the end of a line is the author's.
fn words(text: &str) -> Bag {
    text.to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.chars().count() >= 3)
        .map(str::to_owned)
        .collect()
}

fn pdf(path: &str) -> Option<Bag> {
    tool("pdftotext", &["-layout", path, "-"]).map(|text| words(&text))
}

/// The words between the tags of a page.
fn web(path: &str) -> Bag {
    let html = std::fs::read_to_string(path).expect("the page");
    let body = html.split_once("<body>").map_or(&*html, |(_, body)| body);
    let mut text = String::new();
    for piece in body.replace("<wbr>", "").split('<') {
        let (_, between) = piece.split_once('>').unwrap_or(("", piece));
        text.push(' ');
        text.push_str(between);
    }
    let plain = [
        ("&nbsp;", " "),
        ("&#39;", "'"),
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text, |text, (entity, letter)| text.replace(entity, letter));
    words(&plain)
}

/// The words of the PDFs beside the page, of which paper has the originals.
fn attached(made: &Built) -> Bag {
    let page = made.html();
    let folder = Path::new(&page).parent().expect("a folder").join("papers");
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Bag::new();
    };
    entries
        .filter_map(|entry| pdf(entry.ok()?.path().to_str()?))
        .flatten()
        .collect()
}

/// Every word of the text files of a workspace, or of those with one ending.
fn sources(folder: &Path, ending: &str) -> Bag {
    let mut found = Bag::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path, ending));
        } else if path.to_string_lossy().ends_with(ending)
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            found.extend(words(&text));
        }
    }
    found
}

/// What paper says in other words than the page. The list of members is headed by what it is on
/// the page, and by what it is for on paper; the page writes to people without saying "e-mail".
const PAPER_ALONE: &[&str] = &[
    "distribution",
    "dosbarthiad",
    "prepared",
    "paratowyd",
    "mail",
    "bost",
];

/// What large print leaves out: the head of the column whose cells name the records of a table.
const LARGE_PRINT_LACKS: &[&str] = &["ref"];

/// The folder of a pack's sources.
fn root(pack: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(pack);
    path.into_os_string().into_string().expect("Unicode")
}

fn packs() -> Vec<String> {
    let mut packs: Vec<String> = SAMPLES.iter().map(|pack| (*pack).to_owned()).collect();
    if let Some(shared) = shared() {
        for council in ["kent", "sandwell"] {
            let path = shared.join("real").join(council);
            packs.push(path.into_os_string().into_string().expect("Unicode"));
        }
    }
    packs
}

fn options(pack: &str) -> Vec<&'static str> {
    // The real packs have real faults in them.
    if SAMPLES.contains(&pack) {
        Vec::new()
    } else {
        vec!["--allow-errors"]
    }
}

#[test]
fn what_is_on_paper_is_on_the_web_page() {
    for pack in packs() {
        let made = built(&pack, &options(&pack));
        let Some(paper) = pdf(&made.pdf()) else {
            return;
        };
        let web = web(&made.html());
        let attached = attached(made);
        // Drawings are shown, and their words are told in their alternatives.
        let drawn = sources(Path::new(&root(&pack)), ".svg");
        let lost: Vec<_> = paper
            .difference(&web)
            .filter(|word| !attached.contains(*word) && !drawn.contains(*word))
            .filter(|word| !PAPER_ALONE.contains(&word.as_str()))
            .collect();
        assert!(lost.is_empty(), "{pack}: {lost:?}");
    }
}

#[test]
fn the_web_page_says_nothing_of_its_own() {
    let own: Bag = [Words::English, Words::Welsh]
        .into_iter()
        .flat_map(|language| {
            let mut said = language
                .by_name()
                .into_values()
                .map(words)
                .collect::<Vec<_>>();
            said.extend(["en", "cy"].map(|tag| words(&language.language_name(tag))));
            said
        })
        .flatten()
        .collect();
    for pack in SAMPLES {
        let made = built(pack, &[]);
        let Some(paper) = pdf(&made.pdf()) else {
            return;
        };
        // The text in the place of a scan is in the clerk's files; so is what a picture shows.
        let clerk = sources(Path::new(&root(pack)), "");
        let attached = attached(made);
        // The front matter of some packs has no printed numbers, only labels.
        let labels = words(&made.document()["labels"].to_string());
        let said: Vec<_> = web(&made.html())
            .into_iter()
            .filter(|word| {
                [&paper, &own, &clerk, &attached, &labels]
                    .iter()
                    .all(|known| !known.contains(word))
                    && !word.chars().all(|letter| letter.is_ascii_digit())
            })
            .collect();
        assert!(said.is_empty(), "{pack}: {said:?}");
    }
}

#[test]
fn what_is_on_paper_is_in_large_print() {
    for pack in SAMPLES {
        let made = built(pack, &[]);
        let large = built(pack, &["--large-print"]);
        let (Some(paper), Some(print)) = (pdf(&made.pdf()), pdf(&large.pdf())) else {
            return;
        };
        let attached = attached(made);
        let drawn = sources(Path::new(&root(pack)), ".svg");
        let lost: Vec<_> = paper
            .difference(&print)
            .filter(|word| !drawn.contains(*word))
            .filter(|word| !attached.contains(*word) && !LARGE_PRINT_LACKS.contains(&word.as_str()))
            .collect();
        assert!(lost.is_empty(), "{pack}: {lost:?}");
    }
}
