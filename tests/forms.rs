//! Everybody in the room has the same pack: what is on paper is on the web page and in large print,
//! and the web page says nothing of its own; item by item.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Mutex;

use pack::compose::words::Words;

use crate::common::built::{Built, REAL, SAMPLES, built, real};
use crate::common::tool;

type Bag = BTreeSet<String>;

/// The words of a text of three letters or more, in small letters. What a soft hyphen parts is one
/// word, at the end of a line too; a hyphen at the end of a line is the author's.
fn words(text: &str) -> Bag {
    let pieces = text
        .split('\u{ad}')
        .map(|piece| match piece.strip_prefix('\n') {
            Some(goes_on) => goes_on.trim_start(),
            None => piece,
        });
    let text: String = pieces.collect();
    text.to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.chars().count() >= 3)
        .map(str::to_owned)
        .collect()
}

fn pdf(path: &str) -> Option<Bag> {
    tool("pdftotext", &["-layout", path, "-"]).map(|text| words(&text))
}

/// The words of each item, and of what stands round the items, which has no number.
type Items = BTreeMap<Option<String>, Bag>;

/// The words on the pages of each item, as the manifest has them. What stands at the foot of every
/// page and over the titles is not the item's.
fn printed(made: &Built) -> Option<Items> {
    let text = tool("pdftotext", &["-layout", &made.pdf(), "-"])?;
    let pages = text
        .split('\u{c}')
        .map(|page| words(&without_eyebrow(page)));
    let pages: Vec<Bag> = pages.collect();
    let document = made.document();
    let parts = document["parts"].as_array().expect("parts");
    // The marking is on every page that is not blank.
    let filled = pages.iter().filter(|page| !page.is_empty()).cloned();
    let mut repeated = filled
        .reduce(|one, other| &one & &other)
        .unwrap_or_default();
    repeated.extend(words(document["page_number"].as_str().expect("a pattern")));
    repeated.extend(words("item eitem standard page tudalen safonol"));
    repeated.extend(words(
        parts[0]["title"].as_str().expect("the front sheet's title"),
    ));
    let mut items = Items::new();
    for part in parts {
        let number = |key: &str| {
            part[key]
                .as_u64()
                .and_then(|number| usize::try_from(number).ok())
        };
        let first = number("first_page").expect("a page") - 1;
        let of_part = pages
            .iter()
            .skip(first)
            .take(number("pages").expect("pages"));
        let item = part["item"].as_str().map(str::to_owned);
        let keeps = |word: &&String| {
            item.is_none() || !(repeated.contains(*word) || word.parse::<u32>().is_ok())
        };
        let said: Bag = of_part.flatten().filter(keeps).cloned().collect();
        items.entry(item).or_default().extend(said);
    }
    Some(items)
}

/// A page without the line over its title, which says of which meeting and item it is, in the
/// language of its paper.
fn without_eyebrow(page: &str) -> String {
    let is_eyebrow = |line: &str| line.contains(", item ") || line.contains(", eitem ");
    let lines = page.lines().enumerate();
    let kept = lines.filter(|(index, line)| *index > 4 || !is_eyebrow(line));
    kept.map(|(_, line)| line.to_owned() + "\n").collect()
}

/// What a piece of HTML says.
pub(crate) fn text_of(html: &str) -> String {
    let mut text = String::new();
    for piece in html.replace("<wbr>", "").split('<') {
        let (_, between) = piece.split_once('>').unwrap_or(("", piece));
        text.push(' ');
        text.push_str(between);
    }
    [
        ("&nbsp;", " "),
        ("&#39;", "'"),
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text, |text, (entity, letter)| text.replace(entity, letter))
}

/// What a web page says of each item, and all that it says, which has no number.
pub(crate) fn said_of_items(html: &str) -> BTreeMap<Option<String>, String> {
    let body = html.split_once("<body>").map_or(html, |(_, body)| body);
    let mut said = BTreeMap::from([(None, text_of(body))]);
    for article in body.split("<article class=\"item\"").skip(1) {
        let (article, _) = article.split_once("</article>").expect("its end");
        // "Item 5", the first word of which is for those who do not see the page.
        let (_, number) = article
            .split_once("class=\"item-number\">")
            .expect("its number");
        let (number, _) = number.split_once("</span> <span").expect("a title");
        let number = text_of(number);
        let number = number.split_whitespace().last().expect("a number");
        let text = said.entry(Some(number.to_owned())).or_default();
        text.push_str(&text_of(&format!("<{article}")));
    }
    said
}

/// The words of each item on a web page, and of the whole page.
fn web(path: &str) -> Items {
    let html = std::fs::read_to_string(path).expect("the page");
    let said = said_of_items(&html).into_iter();
    said.map(|(item, text)| (item, words(&text))).collect()
}

/// The words of the PDFs beside the page, of which paper has the originals; those of each build are
/// read once.
fn attached(made: &'static Built) -> Bag {
    static READ: Mutex<BTreeMap<&Path, Bag>> = Mutex::new(BTreeMap::new());
    let mut read = READ.lock().expect("nothing panics while it holds this");
    let words = read
        .entry(&made.folder)
        .or_insert_with(|| words_beside(made));
    words.clone()
}

fn words_beside(made: &Built) -> Bag {
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

/// The words of some items that are not among those of others.
fn lost(of: &Items, among: &Items, may: impl Fn(&str) -> bool) -> Vec<String> {
    let nothing = Bag::new();
    let mut lost = Vec::new();
    for (item, said) in of {
        let there = among.get(item).unwrap_or(&nothing);
        let place = item.as_deref().unwrap_or("round the items");
        let words = said.difference(there).filter(|word| !may(word));
        lost.extend(words.map(|word| format!("{place}: {word}")));
    }
    lost
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

fn packs() -> impl Iterator<Item = &'static str> {
    SAMPLES.into_iter().chain(REAL.into_iter().filter_map(real))
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
        let made = built(pack, &options(pack));
        let Some(paper) = printed(made) else {
            return;
        };
        let attached = attached(made);
        // Drawings are shown, and their words are told in their alternatives.
        let drawn = sources(Path::new(&root(pack)), ".svg");
        let lost = lost(&paper, &web(&made.html()), |word| {
            attached.contains(word) || drawn.contains(word) || PAPER_ALONE.contains(&word)
        });
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
        let Some(mut paper) = printed(made) else {
            return;
        };
        // Of an item the agenda says something too, which may be all.
        let agenda = paper.remove(&None).unwrap_or_default();
        let mut page = web(&made.html());
        let mut all: Bag = paper.values().flatten().cloned().collect();
        all.extend(agenda.iter().cloned());
        paper.insert(None, all);
        for item in page.keys() {
            let of_item = paper.entry(item.clone()).or_default();
            of_item.extend(agenda.iter().cloned());
        }
        // The text in place of a scan is in the clerk's files; so is what a picture shows.
        let clerk = sources(Path::new(&root(pack)), "");
        let attached = attached(made);
        // The front matter of some packs has no printed numbers, only labels.
        let labels = words(&made.document()["labels"].to_string());
        for words in page.values_mut() {
            words.retain(|word| !word.chars().all(|letter| letter.is_ascii_digit()));
        }
        let said = lost(&page, &paper, |word| {
            [&own, &clerk, &attached, &labels]
                .iter()
                .any(|known| known.contains(word))
        });
        assert!(said.is_empty(), "{pack}: {said:?}");
    }
}

#[test]
fn what_is_on_paper_is_in_large_print() {
    for pack in packs() {
        let made = built(pack, &options(pack));
        let of_large = [&["--large-print"][..], options(pack).as_slice()].concat();
        let large = built(pack, &of_large);
        let (Some(paper), Some(print)) = (printed(made), printed(large)) else {
            return;
        };
        let attached = attached(made);
        let drawn = sources(Path::new(&root(pack)), ".svg");
        let lost = lost(&paper, &print, |word| {
            drawn.contains(word) || attached.contains(word) || LARGE_PRINT_LACKS.contains(&word)
        });
        assert!(lost.is_empty(), "{pack}: {lost:?}");
    }
}
