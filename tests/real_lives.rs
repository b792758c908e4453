//! Two real packs after their publication: an appendix that was missing comes with a supplement, and
//! an appendix is corrected while an item is withdrawn. Every number that was published still means the
//! same page.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{pack, said, shared};
use crate::held_back::copy;
use crate::lives::labels;
use crate::published::pages;

/// A workspace in which a real meeting lives on.
struct Real {
    folder: tempfile::TempDir,
    name: String,
}

impl Real {
    /// A copy of a real workspace; nothing, said aloud, where it is not there.
    fn of(which: &str) -> Option<Self> {
        let from = shared()?.join("real").join(which);
        let folder = tempfile::tempdir().expect("a folder");
        copy(&from, folder.path());
        let mut packs = fs::read_dir(folder.path().join("packs"))
            .expect("packs")
            .flatten();
        let pack = packs.next().expect("a pack").file_name();
        let name = pack.to_string_lossy().into_owned();
        Some(Self { folder, name })
    }

    fn meeting(&self) -> PathBuf {
        self.folder.path().join("packs").join(&self.name)
    }

    fn done(&self, arguments: &[&str]) {
        let done = pack(arguments, self.folder.path());
        assert!(done.status.success(), "{arguments:?}: {}", said(&done));
    }

    fn made(&self, suffix: &str, ending: &str) -> PathBuf {
        let name = format!("{}{suffix}", self.name);
        let out = self.folder.path().join("out").join(&name).join("public");
        out.join(format!("{name}.{ending}"))
    }

    /// The words on each numbered page of a PDF; nothing, said aloud, without the tools.
    fn numbered(&self, suffix: &str) -> Option<BTreeMap<u64, String>> {
        let pdf = self.made(suffix, "pdf");
        let (pages, labels) = (pages(&pdf)?, labels(&pdf)?);
        let words = |page: &String| page.split_whitespace().collect::<Vec<_>>().join(" ");
        let numbered = pages.iter().zip(labels).filter_map(|(page, label)| {
            let number = label?.parse().expect("a number");
            Some((number, words(page)))
        });
        Some(numbered.collect())
    }

    /// The first and last page of a document, as it was published first.
    fn published(&self, key: &str) -> (u64, u64) {
        let record = fs::read_to_string(self.meeting().join("published.toml")).expect("a record");
        let record: toml::Table = record.parse().expect("TOML");
        let documents = record["document"].as_array().expect("documents");
        let mut documents = documents.iter();
        let document = documents
            .find(|document| document["key"].as_str() == Some(key))
            .unwrap_or_else(|| panic!("{key} was published"));
        let number = |name: &str| {
            let number = document[name].as_integer().expect("a number");
            u64::try_from(number).expect("a page")
        };
        (number("first-page"), number("last-page"))
    }

    /// Issues what is new and makes the whole afresh: what each number of the first issue means now.
    fn next(&self, day: &str) -> Option<[BTreeMap<u64, String>; 3]> {
        let before = self.numbered("")?;
        self.done(&["build", "--supplement", day, "--format", "pdf"]);
        self.done(&["publish", "--supplement", "--on", day]);
        self.done(&["build", "--consolidated"]);
        let supplement = self.numbered("-supplement-1")?;
        let whole = self.numbered("-consolidated")?;
        let (front, last) = (
            self.published("front-sheet").1,
            before.keys().max().copied()?,
        );
        // The agenda is another one, and its old numbers are in no later file.
        for (number, words) in before.iter().filter(|(number, _)| **number > front) {
            let Some(now) = whole.get(number) else {
                continue;
            };
            let is_gone = now.contains("has been replaced") || now.contains("has been withdrawn");
            assert!(
                is_gone || now == words,
                "page {number} says {now}, and said {words}"
            );
        }
        for (number, words) in &supplement {
            assert!(*number > last, "page {number} is in the supplement as well");
            if let Some(now) = whole.get(number) {
                assert_eq!(now, words, "page {number}");
            }
        }
        let page = fs::read_to_string(self.made("-consolidated", "html")).expect("a web page");
        for number in whole.keys() {
            let anchor = format!("id=\"page-{number}\"");
            assert!(page.contains(&anchor), "no {anchor}");
        }
        Some([before, supplement, whole])
    }
}

fn edit(file: &Path, change: impl FnOnce(String) -> String) {
    let text = fs::read_to_string(file).expect("a text");
    fs::write(file, change(text)).expect("a file");
}

#[test]
fn the_missing_appendix_comes_with_a_supplement() {
    let Some(real) = Real::of("sandwell") else {
        return;
    };
    let meeting = real.meeting();
    // It goes out without the appendix that was never there.
    edit(&meeting.join("06-safeguarding/report.md"), |text| {
        let from = text.find("[[appendix]]").expect("an appendix");
        let to = from
            + text[from..]
                .find("+++")
                .expect("the end of the front matter");
        format!("{}{}", &text[..from], &text[to..])
    });
    real.done(&["build", "--format", "pdf"]);
    real.done(&["publish", "--on", "2019-03-08"]);
    let appendix = meeting.join("04-childrens-trust/ofsted-monitoring-letter.pdf");
    fs::copy(appendix, meeting.join("06-safeguarding/masa.pdf")).expect("a file");
    edit(&meeting.join("pack.toml"), |text| {
        format!(
            "{text}\n[[item.appendix]]\n\
             title = \"Multi-agency Safeguarding Arrangements\"\nfile = \"06-safeguarding/masa.pdf\"\n"
        )
    });
    let Some([before, supplement, whole]) = real.next("2019-03-12") else {
        return;
    };
    // Its four pages are in the supplement and in the whole, which has lost nothing.
    let last = before.keys().max().expect("pages");
    let new: Vec<_> = supplement.keys().filter(|number| *number > last).collect();
    assert!(new.len() > 4, "{new:?}");
    let letter = "Multi-agency Safeguarding Arrangements";
    assert!(supplement.values().any(|page| page.contains(letter)));
    let missing = |number: &&u64| !whole.contains_key(number);
    let lost = before.keys().filter(missing).count() as u64;
    assert!(
        lost <= real.published("front-sheet").1 + 2,
        "{lost} pages are lost"
    );
}

#[test]
fn an_appendix_is_corrected_and_an_item_withdrawn() {
    let Some(real) = Real::of("kent") else { return };
    let meeting = real.meeting();
    let agenda = meeting.join("pack.toml");
    // A small cut: the first items, and those of two reports.
    edit(&agenda, |text| {
        let mut parts = text.split("\n[[item]]");
        let mut cut = parts.next().expect("a head").to_owned();
        let wanted = ["Apologies", "Transfer the 18-25", "Commissioning Plan"];
        for item in parts.filter(|item| wanted.iter().any(|title| item.contains(title))) {
            cut.push_str("\n[[item]]");
            cut.push_str(item);
        }
        cut
    });
    real.done(&["build", "--format", "pdf"]);
    real.done(&["publish", "--on", "2025-01-22"]);
    let corrected = meeting.join("09-education/prod.pdf");
    fs::copy(&corrected, meeting.join("07-sis/c-dpia.pdf")).expect("a file");
    edit(&agenda, |text| {
        let title = "title = \"Commissioning Plan";
        text.replacen(
            title,
            &format!("withdrawn = \"The plan is to be consulted on again.\"\n{title}"),
            1,
        )
    });
    let (first, last) = real.published("item-2-appendix-3");
    let Some([_, supplement, whole]) = real.next("2025-01-27") else {
        return;
    };
    let leaf = &whole[&first];
    assert!(leaf.contains("has been replaced"), "page {first}: {leaf}");
    let instead = supplement
        .keys()
        .filter(|number| leaf.contains(&number.to_string()));
    assert!(instead.count() > 0, "it says where to turn: {leaf}");
    assert!((first + 1..=last).all(|number| !whole.contains_key(&number)));
    let (first, _) = real.published("item-3-report");
    let leaf = &whole[&first];
    assert!(leaf.contains("has been withdrawn"), "page {first}: {leaf}");
}
