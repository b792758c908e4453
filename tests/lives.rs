//! The life of a pack after it was published: supplements and the consolidated pack, in which every
//! page keeps the number that it was published with.
//!
//! Every version of every paper has a word of its own on each of its pages, so that the files
//! themselves say which page is under which number.

mod changes;
mod checks;
mod letters;
mod random;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{pack, said, tool, written};
use crate::published::pages;

/// A meeting that is rewritten after each change.
struct Life {
    items: Vec<Item>,
}

struct Item {
    number: String,
    /// Version and pages of its report; none where it is to follow.
    report: Option<(usize, usize)>,
    withdrawn: bool,
    /// Whether its report asks for the numbers of what it replaces.
    keeps: bool,
    appendices: Vec<Appendix>,
    /// The items that its report links to.
    cites: Vec<&'static str>,
}

struct Appendix {
    /// What its file and its title are numbered with; its place in the list where nothing says.
    name: Option<usize>,
    version: usize,
    pages: usize,
    exempt: bool,
    withdrawn: bool,
    /// Whether it asks for the numbers of what it replaces.
    keeps: bool,
    /// The file that it says it replaces.
    supersedes: Option<&'static str>,
}

impl Item {
    fn of(number: &str, report: Option<usize>, appendices: &[usize]) -> Self {
        Self {
            number: number.to_owned(),
            report: report.map(|pages| (1, pages)),
            withdrawn: false,
            keeps: false,
            appendices: appendices
                .iter()
                .map(|pages| Appendix::of(*pages))
                .collect(),
            cites: Vec::new(),
        }
    }
}

impl Appendix {
    fn of(pages: usize) -> Self {
        Self {
            name: None,
            version: 1,
            pages,
            exempt: false,
            withdrawn: false,
            keeps: false,
            supersedes: None,
        }
    }

    fn exempt(pages: usize) -> Self {
        Self {
            exempt: true,
            ..Self::of(pages)
        }
    }
}

/// Text of about so many pages, with the word in every line.
fn text(word: &str, pages: usize) -> String {
    let paragraph = format!("{}\n\n", format!("{word} is what this says. ").repeat(8));
    paragraph.repeat(1 + (pages - 1) * 9)
}

/// A word that no other version of any document has. Letters alone, so that no reader takes it
/// apart.
fn word(exempt: bool, item: &str, document: usize, version: usize) -> String {
    let item: String = item
        .bytes()
        .map(|byte| char::from(b'A' + byte % 26))
        .collect();
    let letter = |number: usize| char::from(b'A' + u8::try_from(number % 26).expect("a letter"));
    let kind = if exempt { "MARK" } else { "ZQ" };
    format!("{kind}{item}Q{}Q{}Q", letter(document), letter(version))
}

impl Life {
    /// Writes the meeting's files. `begun` is what stands above the items.
    fn write(&self, meeting: &Path, begun: &Begun) {
        let mut toml = begun.agenda.clone();
        for item in &self.items {
            let number = &item.number;
            let _ = write!(
                toml,
                "\n[[item]]\nnumber = \"{number}\"\ntitle = \"Matter {number}\"\n\
                 note = \"It cannot wait, and the chair agrees.\"\n"
            );
            match item.report {
                None => toml.push_str("kind = \"to-follow\"\ndue = 2026-11-05\n"),
                Some((version, pages)) => {
                    let _ = writeln!(toml, "kind = \"report\"\nsource = \"report-{number}.md\"");
                    let own = text(&word(false, number, 0, version), pages);
                    let cites = item.cites.iter();
                    let cites = cites.map(|item| format!("[Matter {item}](item:{item})"));
                    let cites: Vec<String> = cites.collect();
                    let own = match cites.as_slice() {
                        [] => own,
                        cites => format!("It turns on {}.\n\n{own}", cites.join(" and ")),
                    };
                    let report = begun
                        .report
                        .replace("Opening the parks", &format!("Matter {number}"));
                    let name = format!("report-{number}.md");
                    fs::write(meeting.join(name), format!("{report}\n{own}")).expect("a file");
                }
            }
            if item.withdrawn {
                toml.push_str("withdrawn = \"The offer was taken back.\"\n");
            }
            if item.keeps {
                toml.push_str("keep-numbers = true\n");
            }
            for (index, appendix) in item.appendices.iter().enumerate() {
                let index = appendix.name.unwrap_or(index);
                let name = format!("annex-{number}-{index}.md");
                let _ = write!(
                    toml,
                    "\n[[item.appendix]]\ntitle = \"Annex {index} of {number}\"\nfile = \"{name}\"\n"
                );
                if appendix.exempt {
                    toml.push_str(
                        "access = \"exempt\"\nexempt-paragraphs = [3]\n\
                         public-interest = \"A sale would fail.\"\n",
                    );
                }
                if appendix.keeps {
                    toml.push_str("keep-numbers = true\n");
                }
                if let Some(file) = appendix.supersedes {
                    let _ = writeln!(toml, "supersedes = \"{file}\"");
                }
                if appendix.withdrawn {
                    toml.push_str("withdrawn = \"It was about another site.\"\n");
                }
                let own = word(appendix.exempt, number, index + 1, appendix.version);
                fs::write(meeting.join(name), text(&own, appendix.pages)).expect("a file");
            }
        }
        fs::write(meeting.join("pack.toml"), toml).expect("a file");
    }
}

/// What a new meeting comes with.
struct Begun {
    agenda: String,
    report: String,
}

/// A workspace in which a life goes on.
struct Place {
    folder: tempfile::TempDir,
    meeting: PathBuf,
    begun: Begun,
    issued: usize,
    /// What differed from what had been published before the last issue.
    differs: String,
    /// For each number, the words that were on a page of that number in any file.
    meant: BTreeMap<String, BTreeSet<String>>,
}

impl Place {
    /// Publishes a meeting as it is at first.
    fn new(life: &Life, double_sided: bool) -> Self {
        let right = [("# start-items-on-right", "start-items-on-right")];
        Self::of_council(life, if double_sided { &right } else { &[] })
    }

    /// The same, the council having other settings.
    fn of_council(life: &Life, settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let here = folder.path();
        assert!(pack(&["new", "council", "."], here).status.success());
        let mut packs = fs::read_dir(here.join("packs")).expect("packs").flatten();
        let meeting = packs.next().expect("a pack").path();
        written(here);
        let council = here.join("council.toml");
        for (old, new) in settings {
            let text = fs::read_to_string(&council).expect("the council");
            assert!(text.contains(old), "{old}: {text}");
            fs::write(&council, text.replace(old, new)).expect("a file");
        }
        let agenda = fs::read_to_string(meeting.join("pack.toml")).expect("the agenda");
        let report = meeting.join("03-report/report.md");
        let begun = Begun {
            agenda: agenda[..agenda.find("[[item]]").expect("an item")].to_owned(),
            report: fs::read_to_string(&report).expect("the report"),
        };
        fs::remove_dir_all(meeting.join("03-report")).expect("a folder");
        let mut place = Self {
            folder,
            meeting,
            begun,
            issued: 0,
            differs: String::new(),
            meant: BTreeMap::new(),
        };
        life.write(&place.meeting, &place.begun);
        place.done(&["build", "--format", "pdf"]);
        place.done(&["publish", "--on", "2026-11-02"]);
        place.read("", "public");
        place
    }

    fn done(&self, arguments: &[&str]) -> String {
        let done = pack(arguments, self.folder.path());
        assert!(done.status.success(), "{arguments:?}: {}", said(&done));
        said(&done)
    }

    /// Issues what is new, and makes the whole afresh.
    fn next(&mut self, life: &Life) {
        life.write(&self.meeting, &self.begun);
        let checked = pack(&["check"], self.folder.path());
        assert!(
            !said(&checked).contains("published-words-changed"),
            "{}",
            said(&checked)
        );
        let differs = pack(&["diff"], self.folder.path());
        assert_eq!(differs.status.code(), Some(1), "{}", said(&differs));
        assert!(!said(&differs).contains("MARK"), "{}", said(&differs));
        self.differs = said(&differs);
        let early = pack(&["build", "--consolidated"], self.folder.path());
        assert_eq!(early.status.code(), Some(2), "{}", said(&early));
        self.issued += 1;
        let supplement = format!("-supplement-{}", self.issued);
        self.done(&["build", "--supplement", "2026-11-05", "--format", "pdf"]);
        self.read(&supplement, "public");
        self.done(&["publish", "--supplement", "--on", "2026-11-05"]);
        let same = self.done(&["diff"]);
        assert!(same.contains("nothing has changed"), "{same}");
        self.whole();
    }

    /// The whole for everybody: that every number means what it meant, and that none is missing.
    fn whole(&mut self) {
        self.done(&["build", "--consolidated"]);
        let public = self.read("-consolidated", "public");
        self.done(&[
            "build",
            "--consolidated",
            "--edition",
            "members",
            "--format",
            "pdf",
        ]);
        let members = self.read("-consolidated", "members");
        let record = fs::read_to_string(self.meeting.join("published.toml")).expect("the record");
        assert!(!record.contains("MARK"), "{record}");
        let words = fs::read_to_string(self.meeting.join("published.txt")).expect("the words");
        assert!(!words.contains("MARK"), "{words}");
        let page = self.made("-consolidated", "public", "html");
        let page = fs::read_to_string(page).expect("the web page");
        assert!(!page.contains("MARK"), "the web page tells what is exempt");
        for number in public.iter().chain(&members) {
            let anchor = format!("id=\"page-{number}\"");
            assert!(page.contains(&anchor), "no {anchor}");
        }
        let record: toml::Table = record.parse().expect("TOML");
        anchored(&record, &page);
        let supplements = record.get("supplement").and_then(toml::Value::as_array);
        for issued in supplements.into_iter().flatten() {
            anchored(issued.as_table().expect("a table"), &page);
        }
    }

    fn made(&self, supplement: &str, edition: &str, ending: &str) -> PathBuf {
        let name = self.meeting.file_name().expect("a name").to_string_lossy();
        let (out, suffix) = match edition {
            "public" => ("out", ""),
            _ => ("out-members", "-members"),
        };
        let file = format!("{name}{supplement}{suffix}.{ending}");
        let folder = self.folder.path().join(out);
        folder
            .join(format!("{name}{supplement}"))
            .join(edition)
            .join(file)
    }

    /// Reads a PDF back: the word on each page of a number must be the only one there ever was.
    fn read(&mut self, supplement: &str, edition: &str) -> Vec<String> {
        let pdf = self.made(supplement, edition, "pdf");
        let (Some(pages), Some(labels)) = (pages(&pdf), labels(&pdf)) else {
            return Vec::new();
        };
        let mut numbers = Vec::new();
        for (page, label) in pages.iter().zip(labels) {
            assert!(
                edition == "members" || !page.contains("MARK"),
                "{} tells what is exempt: {page}",
                pdf.display()
            );
            let Some(number) = label else { continue };
            let foot = page.split_whitespace().last().unwrap_or_default();
            assert_eq!(foot, number, "the label and the number on {page}");
            let words = page.split_whitespace();
            let words = words.filter(|word| word.starts_with("ZQ") || word.starts_with("MARK"));
            let words: BTreeSet<String> = words.map(str::to_owned).collect();
            let meant = self.meant.entry(number.clone()).or_default();
            meant.extend(words);
            assert!(
                meant.len() <= 1,
                "page {number} of {} means two things: {meant:?}",
                pdf.display()
            );
            assert!(!numbers.contains(&number), "page {number} twice");
            numbers.push(number);
        }
        numbers
    }

    /// The words of a PDF.
    fn words(&self, supplement: &str) -> Option<String> {
        let pages = pages(&self.made(supplement, "public", "pdf"))?;
        let words = pages.join(" ");
        Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// Whatever was published leads somewhere on a web page: each document by its name, and each of its
/// pages by its number.
fn anchored(issued: &toml::Table, page: &str) {
    let number = |table: &toml::Table, name: &str| table[name].as_integer().expect("a number");
    let documents = issued["document"].as_array().expect("documents");
    for document in documents {
        let document = document.as_table().expect("a table");
        let key = document["key"].as_str().expect("a key");
        let first = number(document, "first-page");
        let letter = document.get("letter").and_then(toml::Value::as_str);
        let letter = letter.unwrap_or_default();
        for number in first..=number(document, "last-page") {
            let anchor = format!("id=\"page-{number}{letter}\"");
            assert_eq!(page.matches(&anchor).count(), 1, "{anchor} of {key}");
        }
        let is_around = ["front-sheet", "distribution", "accessibility"].contains(&key);
        let name = format!("id=\"{key}\"");
        assert!(is_around || page.contains(&name), "no {name}");
    }
}

/// The number of each page by the labels of a PDF, as another program reads them, with its letter; none
/// for a page with a roman numeral.
pub(crate) fn labels(pdf: &Path) -> Option<Vec<Option<String>>> {
    let file = pdf.to_string_lossy();
    let count = tool("qpdf", &["--show-npages", &file])?;
    let count: u64 = count.trim().parse().expect("a number of pages");
    let told = tool("qpdf", &["--json", "--json-key=pagelabels", &file])?;
    let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    let ranges = told["pagelabels"].as_array().expect("page labels");
    let label = |page: u64| {
        let range = ranges
            .iter()
            .rfind(|range| range["index"].as_u64().is_some_and(|index| index <= page))?;
        let (start, label) = (range["index"].as_u64()?, &range["label"]);
        let first = label["/St"].as_u64().unwrap_or(1);
        let prefix = label["/P"].as_str().unwrap_or_default();
        let prefix = prefix.strip_prefix("u:").unwrap_or(prefix);
        let figures = prefix.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
        if label["/S"].is_null() && prefix.len() == figures.len() + 1 {
            return figures.parse::<u32>().ok().map(|_| prefix.to_owned());
        }
        (label["/S"] == "/D").then(|| (first + page - start).to_string())
    };
    Some((0..count).map(label).collect())
}

fn council() -> Life {
    Life {
        items: vec![
            Item::of("1", Some(1), &[2, 1]),
            Item::of("2", None, &[]),
            Item::of("3", Some(2), &[]),
            Item::of("4", Some(1), &[1]),
        ],
    }
}

#[test]
fn each_kind_of_entry_is_said_in_its_own_words() {
    let mut life = council();
    life.items[2].appendices.push(Appendix::exempt(2));
    let mut place = Place::new(&life, false);
    // To follow and now here; replaced by a longer one.
    life.items[1].report = Some((1, 2));
    life.items[0].appendices[0] = Appendix {
        version: 2,
        ..Appendix::of(3)
    };
    place.next(&life);
    for said in [
        "Item 1 Matter 1\n  Appendix 1: Annex 0 of 1 (page",
        "Item 2 Matter 2\n  Matter 2: new",
        "[-ZQXQBQBQ-] {+ZQXQBQCQ+} is what this says.",
    ] {
        assert!(place.differs.contains(said), "{said}: {}", place.differs);
    }
    if let Some(words) = place.words("-supplement-1") {
        for said in [
            "The papers for this item were to follow and are now here.",
            "Appendix 1: Annex 0 of 1 replaces",
            "The other papers of this item are on pages",
        ] {
            assert!(words.contains(said), "{said}: {words}");
        }
    }
    // Withdrawn, item and appendix; added; new and urgent, with an exempt annex.
    life.items[3].withdrawn = true;
    life.items[0].appendices[1].withdrawn = true;
    life.items[2].appendices.push(Appendix::of(1));
    let mut urgent = Item::of("4A", Some(1), &[]);
    urgent.appendices.push(Appendix::exempt(2));
    life.items.push(urgent);
    place.next(&life);
    for said in [
        "  withdrawn: The offer was taken back.",
        "withdrawn: It was about another site.",
        "Item 4A Matter 4A\n  new",
        "Papers that are not public have changed too",
    ] {
        assert!(place.differs.contains(said), "{said}: {}", place.differs);
    }
    if let Some(words) = place.words("-supplement-2") {
        for said in [
            "This item has been withdrawn since the agenda was published.",
            "Withdrawn: The offer was taken back",
            "is withdrawn: It was about another site.",
            "Annex 1 of 3 is added to the papers of this item and replaces nothing.",
            "This item was not on the agenda as it was published.",
        ] {
            assert!(words.contains(said), "{said}: {words}");
        }
    }
    if let Some(words) = place.words("-consolidated") {
        for said in [
            "Agenda with its supplements",
            "(supplement 1): Appendix 1: Annex 0 of 1, pages",
            "This has been replaced. Turn to page",
            "This has been withdrawn: The offer was taken back.",
            "Every page keeps the number that it was published with",
        ] {
            assert!(words.contains(said), "{said}: {words}");
        }
    }
    // The numbers hold in large print as well.
    place.done(&[
        "build",
        "--consolidated",
        "--large-print",
        "--format",
        "pdf",
    ]);
}

#[test]
fn a_published_page_goes_on_citing_what_it_cited() {
    let mut life = council();
    life.items[0].appendices.clear();
    life.items[2].cites = vec!["1", "2", "4"];
    let mut place = Place::new(&life, false);
    let cited = |place: &Place, file: &str| {
        let words = place.words(file)?;
        let from = words.find("It turns on")?;
        Some(words[from..].split(" Z").next()?.to_owned())
    };
    let then = cited(&place, "");
    // One item is replaced, one comes at last, and one is withdrawn.
    life.items[0].report = Some((2, 3));
    life.items[1].report = Some((1, 1));
    life.items[3].withdrawn = true;
    place.next(&life);
    assert_eq!(cited(&place, "-consolidated"), then);
    assert!(then.is_none_or(|then| then.contains("Matter 1 (page ")));
}

#[test]
fn nothing_is_made_as_one_that_was_never_published() {
    let life = council();
    let place = Place::new(&life, false);
    let agenda = place.meeting.join("pack.toml");
    let text = fs::read_to_string(&agenda).expect("the agenda");
    let end = text.rfind("[[item]]").expect("an item");
    fs::write(&agenda, &text[..end]).expect("a file");
    let gone = pack(&["build", "--consolidated"], place.folder.path());
    assert_eq!(gone.status.code(), Some(2), "{}", said(&gone));
    assert!(said(&gone).contains("would be gone"), "{}", said(&gone));
}
