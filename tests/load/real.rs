//! Real packs load, and what is read of them agrees with what others counted in them. The packs
//! are not part of the project: where they are absent, each test says so and is skipped.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pack::finding::{Finding, Place, Severity};
use pack::load::{self, Loaded};
use pack::model::{
    Content, Item, MemberRole, Minute, MinuteBlock, NextMeeting, PaperBody, PdfDocument,
};
use pack::prose::{Block, BlockKind, Inline, InlineKind, plain};

use crate::common::shared;

/// The folder of real packs, or nothing where it is absent.
fn real(council: &str) -> Option<PathBuf> {
    Some(shared()?.join("real").join(council))
}

fn only_pack(folder: &Path) -> Loaded {
    let (root, packs) = load::select(folder).expect("a workspace");
    assert_eq!(packs.len(), 1);
    load::load(&root, &packs[0])
}

/// Code and place of each finding, as `code path:line`.
fn said(loaded: &Loaded) -> Vec<String> {
    let place = |finding: &Finding| match &finding.place {
        Place::Text(span) => format!(
            "{}:{}",
            loaded.files.path(*span),
            loaded.files.position(*span).line
        ),
        place => format!("{place:?}"),
    };
    loaded
        .findings
        .iter()
        .map(|finding| format!("{} {}", finding.code, place(finding)))
        .collect()
}

/// The rows of the first table under a heading of a Markdown file, without its head.
fn expected_table(text: &str, heading: &str) -> Vec<Vec<String>> {
    text.lines()
        .skip_while(|line| *line != heading)
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| {
            line.trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().trim_matches('`').to_owned())
                .collect()
        })
        .collect()
}

/// What is counted in running text, in the order of the table's columns.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    sections: usize,
    second: usize,
    third: usize,
    paragraphs: usize,
    numbered: usize,
    quotes: String,
    tables: String,
    lists: String,
    items: usize,
    deepest: usize,
    bold: usize,
    emphasis: usize,
}

#[derive(Default)]
struct Counter {
    counts: Counts,
    quotes: (usize, usize),
    tables: (usize, usize),
    lists: (usize, usize),
}

impl Counter {
    fn block(&mut self, block: &Block, inside: Option<&str>, depth: usize) {
        match &block.kind {
            BlockKind::Heading { level, content, .. } => {
                match level {
                    1 => self.counts.sections += 1,
                    2 => self.counts.second += 1,
                    _ => self.counts.third += 1,
                }
                self.inlines(content);
            }
            BlockKind::Paragraph(content) => {
                match inside {
                    None => self.counts.paragraphs += 1,
                    Some("quote") => self.quotes.1 += 1,
                    Some(_) => {}
                }
                self.inlines(content);
            }
            BlockKind::Quote(blocks) => {
                self.quotes.0 += 1;
                for block in blocks {
                    self.block(block, Some("quote"), depth);
                }
            }
            BlockKind::List(list) => {
                match list.start {
                    None => self.lists.0 += 1,
                    Some(_) => self.lists.1 += 1,
                }
                self.counts.deepest = self.counts.deepest.max(depth + 1);
                for item in &list.items {
                    self.counts.items += 1;
                    for block in &item.blocks {
                        self.block(block, Some("list"), depth + 1);
                    }
                }
            }
            BlockKind::Table(table) => {
                // A table whose head is empty has that row counted all the same.
                self.tables.0 += 1;
                self.tables.1 += table.rows.len() + usize::from(table.header_rows == 0);
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    for block in &cell.blocks {
                        self.block(block, Some("table"), depth);
                    }
                }
            }
            BlockKind::Figure(_) | BlockKind::Preformatted(_) | BlockKind::Rule => {}
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Strong(inner) => {
                    self.counts.bold += 1;
                    self.inlines(inner);
                }
                InlineKind::Emphasis(inner) => {
                    self.counts.emphasis += 1;
                    self.inlines(inner);
                }
                InlineKind::Link { content, .. } => self.inlines(content),
                _ => {}
            }
        }
    }

    fn finish(mut self) -> Counts {
        self.counts.quotes = format!("{} ({})", self.quotes.0, self.quotes.1);
        self.counts.tables = format!("{} ({})", self.tables.0, self.tables.1);
        self.counts.lists = format!("{}/{}", self.lists.0, self.lists.1);
        self.counts
    }
}

fn minute_blocks(minute: &Minute) -> Vec<&Block> {
    minute
        .blocks
        .iter()
        .flat_map(|block| match block {
            MinuteBlock::Text(block) => vec![block],
            MinuteBlock::Decision(blocks) => blocks.iter().collect(),
        })
        .collect()
}

/// Counts in each Markdown file of a pack, by the file's path from the pack.
fn markdown_counts(loaded: &Loaded) -> BTreeMap<String, Counts> {
    let meeting = loaded.meeting.as_ref().expect("a meeting");
    let mut files = BTreeMap::new();
    let mut put = |source: &str, counter: Counter| {
        let path = source.splitn(3, '/').nth(2).unwrap_or(source).to_owned();
        files.insert(path, counter.finish());
    };
    for paper in meeting.items().flat_map(|item| &item.papers) {
        let mut counter = Counter::default();
        match &paper.body {
            PaperBody::Report(report) => {
                for numbered in &report.body {
                    counter.block(&numbered.block, None, 0);
                    let number = numbered.number.as_ref();
                    let dotted = number
                        .is_some_and(|number| number.text.trim_end_matches('.').contains('.'));
                    counter.counts.numbered += usize::from(dotted);
                }
            }
            PaperBody::Minutes(minutes) => {
                counter.counts.sections = minutes.minutes.len();
                for block in minutes.minutes.iter().flat_map(minute_blocks) {
                    counter.block(block, None, 0);
                }
            }
            _ => continue,
        }
        put(&paper.source.as_ref().expect("a file").0, counter);
    }
    for appendix in meeting.items().flat_map(Item::all_appendices) {
        for (content, source) in [
            (Some(&appendix.content), &appendix.source),
            (
                appendix.alternative.as_deref(),
                &appendix.alternative_source,
            ),
        ] {
            if let (Some(Content::Prose(prose)), Some(source)) = (content, source) {
                let mut counter = Counter::default();
                for block in &prose.blocks {
                    counter.block(block, None, 0);
                }
                put(&source.0, counter);
            }
        }
    }
    files
}

#[test]
fn sandwell_has_one_error_and_it_is_the_missing_appendix() {
    let Some(folder) = real("sandwell") else {
        return;
    };
    let loaded = only_pack(&folder);
    assert_eq!(
        said(&loaded),
        ["file-missing packs/2019-03-18-cse-scrutiny/06-safeguarding/report.md:19"]
    );
    assert_eq!(loaded.findings[0].severity, Severity::Error);
}

#[test]
fn sandwell_markdown_agrees_with_its_counts() {
    let Some(folder) = real("sandwell") else {
        return;
    };
    let text = fs::read_to_string(folder.join("EXPECTED.md")).expect("EXPECTED.md");
    let counted = markdown_counts(&only_pack(&folder));
    let rows = expected_table(&text, "## Markdown");
    assert_eq!(rows.len(), 6);
    for row in rows {
        let number = |column: usize| row[column].parse::<usize>().expect("a number");
        let expected = Counts {
            sections: number(1),
            second: number(2),
            third: number(3),
            paragraphs: number(4),
            numbered: number(5),
            quotes: row[6].clone(),
            tables: row[7].clone(),
            lists: row[8].clone(),
            items: number(9),
            deepest: number(10),
            bold: number(11),
            emphasis: number(12),
        };
        assert_eq!(counted.get(&row[0]), Some(&expected), "{}", row[0]);
    }
}

#[test]
fn sandwell_meeting_people_and_minutes_are_read() {
    let Some(folder) = real("sandwell") else {
        return;
    };
    let loaded = only_pack(&folder);
    let meeting = loaded.meeting.expect("a meeting");
    assert_eq!(meeting.sitting.date.to_string(), "2019-03-18");
    assert_eq!(
        meeting.sitting.next.map(|next| next.value),
        Some(NextMeeting::Words("To be confirmed".into()))
    );
    let numbers: Vec<&str> = meeting
        .agenda
        .items
        .iter()
        .map(|item| item.number.as_str())
        .collect();
    assert_eq!(numbers, ["1", "2", "3", "4", "5", "6"]);
    assert_eq!(meeting.agenda.items[1].sub.len(), 2);
    let members = &meeting.body.members;
    let role = |role| members.iter().filter(|member| member.role == role).count();
    assert_eq!(
        [
            MemberRole::Chair,
            MemberRole::ViceChair,
            MemberRole::Member,
            MemberRole::CoOpted
        ]
        .map(role),
        [1, 2, 8, 4]
    );
    assert_eq!(members.iter().filter(|member| member.vacant()).count(), 2);
    let sections = &meeting.council.report.sections;
    assert_eq!(sections.len(), 17);
    assert_eq!(
        sections.iter().filter(|section| section.required).count(),
        15
    );

    let PaperBody::Minutes(minutes) = &meeting.agenda.items[2].papers[0].body else {
        panic!("minutes")
    };
    assert_eq!(minutes.present.len(), 10);
    assert_eq!(minutes.apologies.len(), 2);
    assert_eq!(minutes.in_attendance.len(), 3);
    assert_eq!(
        minutes.ended.map(|time| time.to_string()).as_deref(),
        Some("18:10:00")
    );
    let strangers: Vec<&str> = minutes
        .present
        .iter()
        .chain(&minutes.apologies)
        .filter(|attendee| attendee.member.is_none())
        .map(|attendee| attendee.name.as_str())
        .collect();
    assert_eq!(strangers, ["C Ward-Lewis", "Mrs T Majid"]);
    let decided: Vec<(String, String, Vec<usize>)> = minutes
        .minutes
        .iter()
        .map(|minute| {
            let sizes = minute.blocks.iter().filter_map(|block| match block {
                MinuteBlock::Decision(blocks) => Some(match &blocks.last()?.kind {
                    BlockKind::List(list) => 1 + list.items.len(),
                    _ => blocks.len(),
                }),
                MinuteBlock::Text(_) => None,
            });
            let number = minute.number.as_ref().expect("a number").text.clone();
            (number, plain(&minute.heading), sizes.collect())
        })
        .collect();
    let decided: Vec<(&str, &str, &[usize])> = decided
        .iter()
        .map(|(number, heading, sizes)| (number.as_str(), heading.as_str(), sizes.as_slice()))
        .collect();
    assert_eq!(
        decided,
        [
            ("1/19", "Minutes", &[1][..]),
            (
                "2/19",
                "Sandwell Safeguarding Children Board Annual Report 2017-18",
                &[2]
            ),
            ("3/19", "Cambridge Associates report", &[4]),
            ("4/19", "Regional Adoption Agency", &[2]),
        ]
    );
}

#[test]
fn sandwell_reports_are_read() {
    let Some(folder) = real("sandwell") else {
        return;
    };
    let loaded = only_pack(&folder);
    let files = &loaded.files;
    let meeting = loaded.meeting.as_ref().expect("a meeting");
    let reports: Vec<_> = meeting
        .items()
        .flat_map(|item| &item.papers)
        .filter_map(|paper| match &paper.body {
            PaperBody::Report(report) => Some(report),
            _ => None,
        })
        .collect();
    assert_eq!(reports.len(), 3);
    assert_eq!(
        reports
            .iter()
            .filter(|report| report.signatory.is_some())
            .count(),
        3
    );
    let recommended: Vec<usize> = reports
        .iter()
        .filter_map(|report| report.recommendations.as_ref())
        .map(|prose| {
            prose
                .blocks
                .iter()
                .map(|block| match &block.kind {
                    BlockKind::List(list) => list.items.len(),
                    _ => 0,
                })
                .sum()
        })
        .collect();
    assert_eq!(recommended, [2, 2, 4]);
    // Places inside the front matter's Markdown are places in the file.
    let first = &reports[0].recommendations.as_ref().expect("there").blocks[0];
    assert_eq!(
        files.text(first.span),
        "That Children's Services and Education Scrutiny Board:"
    );
    assert_eq!(
        reports
            .iter()
            .map(|report| report.background_papers.clone())
            .collect::<Vec<_>>(),
        [None, Some(vec![]), Some(vec![])]
    );
    assert_eq!(reports[0].missing_header, Vec::<String>::new());
    assert_eq!(reports[2].missing_header, ["vision"]);
    // A number that was taken off the text is where the text says it is.
    for report in &reports {
        for numbered in &report.body {
            let Some(number) = &numbered.number else {
                continue;
            };
            let span = number.span.expect("written");
            assert_eq!(files.text(span), number.text);
        }
    }
}

fn sizes_as_shown(pdf: &PdfDocument) -> BTreeMap<String, usize> {
    let mut sizes = BTreeMap::new();
    for page in &pdf.facts.pages {
        let (width, height) = page.shown_size();
        let round = |size: f64| (size * 100.0).round() / 100.0;
        let size = format!("{}x{}", round(width), round(height));
        *sizes.entry(size).or_insert(0) += 1;
    }
    sizes
}

#[test]
fn sandwell_appendices_agree_with_their_facts() {
    let Some(folder) = real("sandwell") else {
        return;
    };
    let text = fs::read_to_string(folder.join("EXPECTED.md")).expect("EXPECTED.md");
    let loaded = only_pack(&folder);
    let meeting = loaded.meeting.as_ref().expect("a meeting");
    let rows = expected_table(&text, "## Appendices");
    assert_eq!(rows.len(), 9);
    for row in rows {
        let (label, file, kind) = (&row[0], &row[1], &row[2]);
        let path = format!("packs/2019-03-18-cse-scrutiny/{file}");
        let appendix = meeting
            .items()
            .flat_map(|item| item.all_appendices().map(move |appendix| (item, appendix)))
            .find(|(item, appendix)| {
                let own = format!("item {}, {}", item.number.value, appendix.label);
                *label == own || *label == format!("{own}, alternative")
            })
            .map(|(_, appendix)| appendix)
            .unwrap_or_else(|| panic!("{label}"));
        if kind.contains("missing") {
            assert_eq!(appendix.content, Content::Missing);
            continue;
        }
        let source = loaded
            .sources
            .iter()
            .find(|source| source.name.0 == path)
            .unwrap_or_else(|| panic!("{path}"));
        assert_eq!(&source.bytes.to_string(), &row[12], "{path}");
        assert_eq!(&source.sha256, &row[13], "{path}");
        match (&appendix.content, kind.as_str()) {
            (Content::Pdf(pdf), kind) if kind.starts_with("PDF") => {
                let facts = &pdf.facts;
                assert_eq!(facts.pages.len().to_string(), row[3], "{path}");
                assert_eq!(facts.tagged, row[7].starts_with("yes"), "{path}");
                assert_eq!(facts.claims_ua, row[7].contains("PDF/UA"), "{path}");
                let has_text = facts.pages.iter().all(|page| page.has_text);
                assert_eq!(has_text, row[8].starts_with("yes"), "{path}");
                let lang = facts.lang.as_deref().unwrap_or("none");
                assert_eq!(lang, row[11], "{path}");
                let landscape = facts
                    .pages
                    .iter()
                    .filter(|page| page.shown_size().0 > page.shown_size().1)
                    .count();
                assert_eq!(landscape > 0, row[4].contains("841.89 × 595.28"), "{path}");
                let rotated = facts.pages.iter().any(|page| page.rotation == 90);
                assert_eq!(rotated, row[5].contains("/Rotate 90"), "{path}");
                let cropped = facts.pages.iter().all(|page| page.crop != page.media);
                assert_eq!(cropped, row[6].contains("CropBox"), "{path}");
            }
            (Content::Prose(_), "Markdown") => {}
            (Content::Table(table), kind) if kind.starts_with("CSV") => {
                assert_eq!((table.header_rows, table.rows.len()), (1, 16));
                assert_eq!(table.columns.len(), 20);
            }
            (_, kind) if label.ends_with("alternative") => {
                assert!(kind.starts_with("Markdown"));
                assert!(matches!(
                    appendix.alternative.as_deref(),
                    Some(Content::Prose(_))
                ));
            }
            (content, kind) => panic!("{path}: {kind}, read as {content:?}"),
        }
    }
}

#[test]
fn kent_loads_and_agrees_with_its_table() {
    let Some(folder) = real("kent") else { return };
    let loaded = only_pack(&folder);
    // A link that was copied out of an e-mail is the one blemish.
    assert_eq!(
        said(&loaded),
        ["link-tracked packs/2025-01-30-cabinet/pack.toml:172"]
    );
    let meeting = loaded.meeting.as_ref().expect("a meeting");
    assert_eq!(meeting.agenda.parts.len(), 2);
    let mut pdfs: BTreeMap<&str, &PdfDocument> = BTreeMap::new();
    for item in meeting.items() {
        for paper in &item.papers {
            if let PaperBody::Pdf(pdf) = &paper.body {
                pdfs.insert(&pdf.source.0, pdf);
            }
        }
        for appendix in item.all_appendices() {
            if let Content::Pdf(pdf) = &appendix.content {
                pdfs.insert(&pdf.source.0, pdf);
            }
        }
    }
    let text = fs::read_to_string(folder.join("EXPECTED.tsv")).expect("EXPECTED.tsv");
    let mut files = 0;
    let mut pages = 0;
    for row in text.lines().skip(1) {
        let row: Vec<&str> = row.split('\t').collect();
        if row[0].starts_with('(') || row[3] == "-" || row[1] == "TOTAL" {
            continue;
        }
        let path = format!("packs/{}/{}", row[0], row[3]);
        let pdf = pdfs.get(path.as_str()).unwrap_or_else(|| panic!("{path}"));
        let facts = &pdf.facts;
        assert_eq!(facts.pages.len().to_string(), row[4], "{path}");
        assert_eq!(facts.tagged, row[5] == "yes", "{path}");
        assert_eq!(facts.structure_elements.to_string(), row[8], "{path}");
        assert_eq!(facts.bytes.to_string(), row[9], "{path}");
        let expected: BTreeMap<String, usize> = row[6]
            .split("; ")
            .map(|size| {
                let (size, count) = size.split_once(": ").expect("size: count");
                (size.to_owned(), count.parse().expect("a count"))
            })
            .collect();
        let shown: BTreeMap<String, usize> = sizes_as_shown(pdf);
        assert_eq!(
            shown.values().sum::<usize>(),
            expected.values().sum::<usize>()
        );
        assert_eq!(
            shown.len(),
            expected.len(),
            "{path}: {shown:?}, {expected:?}"
        );
        let source = loaded.sources.iter().find(|source| source.name.0 == path);
        assert_eq!(source.map(|source| source.sha256.as_str()), Some(row[10]));
        files += 1;
        pages += facts.pages.len();
    }
    assert_eq!((files, pages), (35, 467));
}
