//! The words of each standard page of real papers stand under its own mark, in large print and on
//! the web page.

use std::collections::BTreeMap;

use crate::common::built::{built, real};
use crate::common::tool;

/// How many of each word.
type Bag = BTreeMap<String, usize>;

/// Stands under the mark of a page that a leaf stands for.
const LEAF: &str = "\u{2}";
/// How far from its page a word is looked for.
const NEAR: usize = 12;

fn bag(text: &str) -> Bag {
    let mut bag = Bag::new();
    let text = text.replace(['\u{ad}', '\u{200b}'], "").to_lowercase();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if !word.is_empty() {
            *bag.entry(word.to_owned()).or_default() += 1;
        }
    }
    bag
}

fn pages(pdf: &str) -> Option<Vec<String>> {
    let read = tool("pdftotext", &["-raw", pdf, "-"])?;
    let mut pages: Vec<String> = read.split('\u{c}').map(str::to_owned).collect();
    pages.pop();
    Some(pages)
}

/// The number after a word at the head of a text.
fn number(text: &str) -> Option<usize> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// A text cut where marks stand: the standard page, and the words under its mark.
fn cut(text: &str, marks: &str) -> BTreeMap<usize, String> {
    let mut under: BTreeMap<usize, String> = BTreeMap::new();
    for piece in text.split(marks).skip(1) {
        if let Some(page) = number(piece) {
            let words = under.entry(page).or_default();
            // What the contents say of a document is none of its marks.
            if words.starts_with(LEAF) {
                words.clear();
            }
            words.push_str(piece);
            // "39 to 41": a leaf in place of a document.
            let rest = piece.trim_start_matches(|c: char| c.is_ascii_digit());
            if let Some(last) = rest.strip_prefix(" to ").and_then(number) {
                (page..=last).for_each(|page| drop(under.insert(page, LEAF.to_owned())));
            }
        }
    }
    under
}

/// The words under each mark of a large-print PDF, its running heads and page numbers left out.
fn in_large_print(pdf: &str) -> Option<BTreeMap<usize, String>> {
    let furniture = |(index, line): (usize, &str)| {
        (index == 0 && line.starts_with("Standard page"))
            || line
                .strip_prefix("Page ")
                .is_some_and(|rest| rest.parse::<usize>().is_ok())
    };
    let mut text = String::new();
    for page in pages(pdf)? {
        for (index, line) in page.lines().enumerate() {
            if !furniture((index, line)) {
                text.push_str(line);
                text.push(' ');
            }
        }
    }
    Some(cut(
        &text.replace("Standard pages ", "Standard page "),
        "Standard page ",
    ))
}

/// The words under each mark of a web page.
fn on_the_web(html: &str) -> BTreeMap<usize, String> {
    let page = std::fs::read_to_string(html).expect("a web page");
    let mut text = String::new();
    for piece in page.split('<') {
        let (tag, words) = piece.split_once('>').unwrap_or(("", piece));
        if let Some(place) = tag.find("doc-pagebreak") {
            let id = tag[place..].split("id=\"page-").nth(1).unwrap_or_default();
            text.push_str(&format!(
                "\u{1}{} ",
                id.split('"').next().unwrap_or_default()
            ));
        }
        // A word goes on behind a place where it may break, and behind a change of its style.
        if !["wbr", "strong", "/strong", "em", "/em", "span", "/span"].contains(&tag) {
            text.push(' ');
        }
        text.push_str(words);
    }
    let text = text.replace("&amp;", "&").replace("&#39;", "'");
    cut(&text, "\u{1}")
}

/// The share of the standard pages' words that stand under another page's mark, and the pages that
/// have no mark. A word that the other edition does not have at all is none of this test's.
fn elsewhere(
    standard: &[String],
    under: &BTreeMap<usize, String>,
) -> (f64, Vec<usize>, Vec<(usize, f64)>) {
    let on_page: Vec<Bag> = standard.iter().map(|page| bag(page)).collect();
    let marked: Vec<Bag> = (0..standard.len())
        .map(|page| bag(under.get(&(page + 1)).map_or("", String::as_str)))
        .collect();
    let unmarked = (1..=standard.len())
        .filter(|page| !under.contains_key(page))
        .collect();
    let (mut all, mut away, mut worst) = (0, 0, Vec::new());
    for (page, words) in on_page.iter().enumerate() {
        if under
            .get(&(page + 1))
            .is_some_and(|words| words.starts_with(LEAF))
        {
            continue;
        }
        let around = page.saturating_sub(NEAR)..(page + NEAR + 1).min(standard.len());
        let mut astray = 0;
        for (word, count) in words {
            let spare = |other: usize| {
                let has = |bags: &[Bag]| bags[other].get(word).copied().unwrap_or(0);
                has(&marked).saturating_sub(has(&on_page))
            };
            let missing = count.saturating_sub(marked[page].get(word).copied().unwrap_or(0));
            let others = around.clone().filter(|other| *other != page).map(spare);
            astray += missing.min(others.sum());
        }
        let words: usize = words.values().sum();
        all += words;
        away += astray;
        if words > 0 && astray * 10 > words {
            worst.push((page + 1, astray as f64 / words as f64));
        }
    }
    (
        f64::from(u32::try_from(away).expect("few")) / f64::from(u32::try_from(all).expect("few")),
        unmarked,
        worst,
    )
}

/// Holds a pack from one of its pages on: this share of the words may be astray, on so many pages
/// more than a tenth.
fn hold(council: &str, from: usize, most: f64, pages_astray: usize) {
    let Some(pack) = real(council) else { return };
    let standard = built(pack, &["--allow-errors"]);
    let large = built(pack, &["--large-print", "--allow-errors"]);
    let Some(mut pages) = pages(&standard.pdf()) else {
        return;
    };
    // The front sheet is another one on the web.
    pages[..from - 1].fill(String::new());
    let Some(print) = in_large_print(&large.pdf()) else {
        return;
    };
    for (name, under) in [
        ("in large print", print),
        ("on the web", on_the_web(&large.html())),
    ] {
        let (share, unmarked, worst) = elsewhere(&pages, &under);
        println!(
            "{name}: {:.2} % under another mark; {worst:?}",
            share * 100.0
        );
        assert_eq!(unmarked, [0; 0], "pages without a mark {name}");
        assert!(share < most, "{name}: {share}");
        assert!(worst.len() <= pages_astray, "{name}: {worst:?}");
    }
}

#[test]
fn the_words_of_a_standard_page_stand_under_its_mark() {
    hold("kent", 4, 0.01, 10);
    // Many of its pages begin in the middle of a row, which is set as a whole in large print.
    hold("sandwell", 6, 0.02, 20);
}
