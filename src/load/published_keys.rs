//! The keys of papers and appendices that were published. A key names a document's anchors for ever, and
//! says which published pages a document replaces. So a document keeps the key that it was published
//! with, wherever it is listed now.

use std::collections::{BTreeMap, BTreeSet};

use super::appendix::label;
use super::codes;
use super::notes::Notes;
use crate::finding::{Finding, Span};
use crate::model::{Item, Record, SourceName};

/// What was published of a meeting, and what is needed to compare its agenda with it.
pub(super) struct Published<'p> {
    pub(super) record: &'p Record,
    /// The SHA-256 of a file, in hexadecimal.
    pub(super) hash: &'p dyn Fn(&SourceName) -> Option<String>,
    /// The council's pattern for the labels of appendices.
    pub(super) label: &'p str,
    /// The keys of the appendices that the clerk gave a label.
    pub(super) labelled: &'p BTreeSet<String>,
    pub(super) notes: &'p Notes,
}

impl Published<'_> {
    /// Gives the documents of items the keys that they were published with, and appendices their labels:
    /// what was published as Appendix 1 always has that label.
    pub(super) fn keep_keys(&self, items: &mut [Item]) {
        for item in items {
            self.papers(item);
            self.appendices(item);
            self.keep_keys(&mut item.items);
        }
    }

    fn papers(&self, item: &mut Item) {
        let papers = item.papers.iter().enumerate();
        let now: Vec<Listed> = papers
            .map(|(index, paper)| Listed {
                key: paper.key.clone(),
                title: paper.title.clone(),
                hash: paper.source.as_ref().and_then(self.hash),
                source: paper.source.clone(),
                // The `supersedes` of an item is about its first paper.
                supersedes: item.supersedes.clone().filter(|_| index == 0),
                is_public: paper.access.within(&item.access).is_public(),
                span: paper.span,
            })
            .collect();
        let is_paper = |rest: &str| {
            let is_first = matches!(rest, "report" | "minutes");
            is_first || rest.strip_prefix("paper-").is_some_and(is_number)
        };
        let known = published(self.record, &item.key, is_paper);
        let keys = keys(&now, &known, &format!("{}-paper-", item.key), self.notes);
        for (paper, key) in item.papers.iter_mut().zip(keys) {
            paper.key = key;
        }
    }

    fn appendices(&self, item: &mut Item) {
        let now: Vec<Listed> = item
            .all_appendices()
            .map(|appendix| Listed {
                key: appendix.key.clone(),
                title: appendix.title.value.clone(),
                hash: appendix.source.as_ref().and_then(self.hash),
                source: appendix.source.clone(),
                supersedes: appendix.supersedes.clone(),
                is_public: appendix.access.within(&item.access).is_public(),
                span: appendix.span,
            })
            .collect();
        let is_appendix = |rest: &str| rest.strip_prefix("appendix-").is_some_and(is_number);
        let known = published(self.record, &item.key, is_appendix);
        let prefix = format!("{}-appendix-", item.key);
        let keys = keys(&now, &known, &prefix, self.notes);
        let of_papers = item.papers.iter_mut();
        let of_papers = of_papers.flat_map(|paper| &mut paper.appendices);
        for (appendix, key) in of_papers.chain(&mut item.appendices).zip(keys) {
            let number = key
                .strip_prefix(&prefix)
                .and_then(|number| number.parse().ok());
            if let Some(number) = number.filter(|_| !self.labelled.contains(&appendix.key)) {
                appendix.label = label(self.label, number);
            }
            appendix.key = key;
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|figure| figure.is_ascii_digit())
}

/// A document as the agenda lists it now.
struct Listed {
    /// The key of its place in the list.
    key: String,
    title: String,
    source: Option<SourceName>,
    hash: Option<String>,
    supersedes: Option<String>,
    is_public: bool,
    span: Span,
}

/// A document as it was published, perhaps more than once.
#[derive(Default)]
struct Known<'r> {
    titles: Vec<&'r str>,
    sources: Vec<&'r SourceName>,
    hashes: Vec<&'r str>,
    /// Whether the public got it.
    is_public: bool,
}

/// The documents of an item that were published, by their keys.
fn published<'r>(
    record: &'r Record,
    item: &str,
    is_one: impl Fn(&str) -> bool,
) -> BTreeMap<&'r str, Known<'r>> {
    let is_of_item = |key: &str| {
        let rest = key.strip_prefix(item);
        rest.and_then(|rest| rest.strip_prefix('-'))
            .is_some_and(&is_one)
    };
    let mut known: BTreeMap<&str, Known<'_>> = BTreeMap::new();
    for issued in record.issues() {
        for document in issued
            .documents
            .iter()
            .filter(|document| is_of_item(&document.key))
        {
            let one = known.entry(&document.key).or_default();
            one.titles.push(&document.title);
            if let Some((source, hash)) = &document.source {
                one.sources.push(source);
                one.hashes.push(hash);
                one.is_public = true;
            }
        }
        for (key, hash) in issued.withheld.iter().filter(|(key, _)| is_of_item(key)) {
            known.entry(key).or_default().hashes.push(hash);
        }
    }
    known
}

/// The signs that a listed document is a published one, the surest first.
const SIGNS: [fn(&Listed, &Known<'_>) -> bool; 6] = [
    |listed, known| has_source(listed, known) && has_title(listed, known),
    has_source,
    |listed, known| {
        let hash = listed.hash.as_deref();
        hash.is_some_and(|hash| known.hashes.contains(&hash))
    },
    |listed, known| {
        let file = listed.supersedes.as_deref();
        file.is_some_and(|file| known.sources.iter().any(|source| source.is_called(file)))
    },
    has_title,
    // The record does not say what was kept from the public.
    |listed, known| !listed.is_public && !known.is_public,
];

fn has_source(listed: &Listed, known: &Known<'_>) -> bool {
    let source = listed.source.as_ref();
    source.is_some_and(|source| known.sources.contains(&source))
}

fn has_title(listed: &Listed, known: &Known<'_>) -> bool {
    let title = listed.title.trim();
    let is_title = |published: &&str| {
        let rest = published.strip_suffix(title);
        rest.is_some_and(|label| label.is_empty() || label.ends_with(": "))
    };
    !title.is_empty() && known.titles.iter().any(is_title)
}

/// The key of each listed document: the one that it was published with, else that of its place, else an
/// unused one.
fn keys(
    now: &[Listed],
    known: &BTreeMap<&str, Known<'_>>,
    prefix: &str,
    notes: &Notes,
) -> Vec<String> {
    let mut keys: Vec<Option<&str>> = vec![None; now.len()];
    let mut left: BTreeSet<&str> = known.keys().copied().collect();
    for sign in SIGNS {
        // If a sign fits several documents, only the one in the same place counts.
        let fits = |index: usize, key: &str| {
            let listed = now.get(index);
            listed
                .zip(known.get(key))
                .is_some_and(|(listed, known)| sign(listed, known))
        };
        for in_place in [true, false] {
            let open: Vec<usize> = (0..now.len())
                .filter(|&index| keys[index].is_none())
                .collect();
            let free: Vec<&str> = left.iter().copied().collect();
            for &index in &open {
                let of_listed: Vec<&str> = free
                    .iter()
                    .copied()
                    .filter(|key| fits(index, key))
                    .collect();
                let found = match (in_place, of_listed.as_slice()) {
                    (true, keys) => keys.iter().copied().find(|key| *key == now[index].key),
                    (false, [only]) => {
                        let others = open.iter().filter(|&&other| fits(other, only)).count();
                        (others == 1).then_some(*only)
                    }
                    (false, _) => None,
                };
                if let Some(key) = found {
                    keys[index] = Some(key);
                    left.remove(key);
                }
            }
        }
    }
    let unknown = keys.iter().filter(|key| key.is_none()).count();
    for (listed, key) in now.iter().zip(&mut keys) {
        let Some(place) = left
            .get(listed.key.as_str())
            .copied()
            .filter(|_| key.is_none())
        else {
            continue;
        };
        // There are more new documents than published ones left, and nothing shows which this replaces.
        if unknown > left.len() {
            notes.add(which(listed, known.get(place)));
        }
        *key = Some(place);
        left.remove(place);
    }
    let mut taken: BTreeSet<String> = known.keys().map(|&key| key.to_owned()).collect();
    now.iter()
        .zip(keys)
        .map(|(listed, key)| {
            let key = key.map_or_else(|| free_key(listed, &taken, prefix), str::to_owned);
            taken.insert(key.clone());
            key
        })
        .collect()
}

/// An unused key.
fn free_key(listed: &Listed, taken: &BTreeSet<String>, prefix: &str) -> String {
    let numbered = (2..).map(|number: u32| format!("{prefix}{number}"));
    std::iter::once(listed.key.clone())
        .chain(numbered)
        .find(|key| !taken.contains(key))
        .unwrap_or_else(|| listed.key.clone())
}

fn which(listed: &Listed, known: Option<&Known<'_>>) -> Finding {
    let title = known.and_then(|known| known.titles.last().copied());
    let title = title.filter(|title| !title.is_empty()).unwrap_or("a paper");
    let file = known.and_then(|known| known.sources.last());
    let file = file.map_or("…", |source| source.file_name());
    Finding::warning(
        codes::REPLACES_WHICH,
        listed.span,
        format!("It is not clear whether this or another paper replaces {title}, which was published"),
    )
    .help(format!(
        "Add supersedes = \"{file}\" to the one that replaces it; a paper that was published keeps its title or its file's name"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Files;

    fn listed(place: usize, title: &str, file: &str) -> Listed {
        let mut files = Files::default();
        Listed {
            key: format!("item-4-appendix-{place}"),
            title: title.to_owned(),
            source: Some(SourceName(format!("packs/x/{file}"))),
            hash: Some(format!("hash of {file}")),
            supersedes: None,
            is_public: true,
            span: Span::new(files.add("packs/x/pack.toml", ""), 0, 0),
        }
    }

    fn superseding(file: &str, listed: Listed) -> Listed {
        Listed {
            supersedes: Some(file.to_owned()),
            ..listed
        }
    }

    /// The numbers of the keys, where Plan (plan.pdf) and Costs (costs.pdf) were published, and how
    /// many findings there are.
    fn told(now: &[Listed]) -> (Vec<String>, usize) {
        let sources = ["plan.pdf", "costs.pdf"].map(|file| SourceName(format!("packs/x/{file}")));
        let known = |title, source, hash| Known {
            titles: vec![title],
            sources: vec![source],
            hashes: vec![hash],
            is_public: true,
        };
        let known = BTreeMap::from([
            (
                "item-4-appendix-1",
                known("Appendix 1: Plan", &sources[0], "hash of plan.pdf"),
            ),
            (
                "item-4-appendix-2",
                known("Appendix 2: Costs", &sources[1], "hash of costs.pdf"),
            ),
        ]);
        let notes = Notes::default();
        let prefix = "item-4-appendix-";
        let keys = keys(now, &known, prefix, &notes);
        let numbers = keys.iter().map(|key| key.replace(prefix, "")).collect();
        (numbers, notes.into_findings().len())
    }

    #[test]
    fn what_was_published_is_found_wherever_it_stands() {
        let plan = |place| listed(place, "Plan", "plan.pdf");
        let costs = |place| listed(place, "Costs", "costs.pdf");
        let cases: [(&[Listed], &[&str], usize); 9] = [
            (&[plan(1), costs(2)], &["1", "2"], 0),
            // A new one first, in the middle, last.
            (
                &[listed(1, "Map", "map.pdf"), plan(2), costs(3)],
                &["3", "1", "2"],
                0,
            ),
            (
                &[plan(1), listed(2, "Map", "map.pdf"), costs(3)],
                &["1", "3", "2"],
                0,
            ),
            (
                &[costs(1), plan(2), listed(3, "Map", "map.pdf")],
                &["2", "1", "3"],
                0,
            ),
            // Another file with the title; another title and file that says what it replaces; the
            // same file with another name.
            (&[costs(1), listed(2, "Plan", "plan-2.pdf")], &["2", "1"], 0),
            (
                &[
                    costs(1),
                    superseding("plan.pdf", listed(2, "Site", "site.pdf")),
                ],
                &["2", "1"],
                0,
            ),
            // Another title and file in the place of one of them.
            (&[listed(1, "Site", "site.pdf"), costs(2)], &["1", "2"], 0),
            // Two that nothing is known of, and one of which may replace the plan.
            (
                &[
                    listed(1, "Site", "site.pdf"),
                    costs(2),
                    listed(3, "Map", "map.pdf"),
                ],
                &["1", "2", "3"],
                1,
            ),
            // What stays is not replaced, whatever another says.
            (
                &[
                    plan(1),
                    costs(2),
                    superseding("plan.pdf", listed(3, "Site", "site.pdf")),
                ],
                &["1", "2", "3"],
                0,
            ),
        ];
        for (index, (now, keys, findings)) in cases.iter().enumerate() {
            let (told, notes) = told(now);
            assert_eq!(told, *keys, "case {index}");
            assert_eq!(notes, *findings, "case {index}");
        }
    }

    #[test]
    fn a_file_that_was_renamed_is_known_by_what_it_holds() {
        let renamed = Listed {
            hash: Some("hash of plan.pdf".to_owned()),
            ..listed(2, "The site", "final.pdf")
        };
        assert_eq!(
            told(&[listed(1, "Costs", "costs.pdf"), renamed]).0,
            ["2", "1"]
        );
    }
}
