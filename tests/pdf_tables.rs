//! Tables of real tagged papers, held against where poppler sees their words: no figure stands under
//! a heading that the page does not put it under.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::common::{shared, tool};
use pack::finding::{FileId, Span};
use pack::model::PageSelection;
use pack::prose::{Block, BlockKind, Cell, Table, plain};

/// A word on a page: from where to where it reaches, how high its middle is.
#[derive(Clone)]
struct Word {
    left: f64,
    right: f64,
    middle: f64,
    text: String,
}

impl Word {
    fn centre(&self) -> f64 {
        (self.left + self.right) / 2.0
    }
}

/// A cell and the first and last column that it takes.
type Placed<'t> = (&'t Cell, usize, usize);

/// A row of a table found on a page.
struct Found {
    page: usize,
    middle: f64,
    /// Where the figure of each column is.
    figures: BTreeMap<usize, Word>,
}

fn papers(folder: &Path, into: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            papers(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "pdf") {
            into.push(path);
        }
    }
}

fn words(path: &Path) -> Option<Vec<Vec<Word>>> {
    let told = tool("pdftotext", &["-bbox", path.to_str()?, "-"])?;
    let read = |line: &str| -> Option<Word> {
        let mut parts = line.trim().strip_prefix("<word ")?.split('"');
        let mut next = || parts.nth(1)?.parse::<f64>().ok();
        let (left, top, right, bottom) = (next()?, next()?, next()?, next()?);
        let text = line.split_once("\">")?.1.strip_suffix("</word>")?;
        Some(Word {
            left,
            right,
            middle: (top + bottom) / 2.0,
            text: text.replace("&amp;", "&"),
        })
    };
    let pages = told.split("<page ").skip(1);
    Some(
        pages
            .map(|page| page.lines().filter_map(read).collect())
            .collect(),
    )
}

/// The words of a page line by line, each from left to right.
fn lines(words: &[Word]) -> Vec<Vec<Word>> {
    let mut sorted = words.to_vec();
    sorted.sort_by(|a, b| a.middle.total_cmp(&b.middle));
    let mut lines: Vec<Vec<Word>> = Vec::new();
    for word in sorted {
        match lines.last_mut() {
            Some(line) if word.middle - line[0].middle < 2.5 => line.push(word),
            _ => lines.push(vec![word]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    lines
}

fn tables<'t>(blocks: &'t [Block], into: &mut Vec<&'t Table>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Table(table) => into.push(table),
            BlockKind::List(list) => {
                list.items
                    .iter()
                    .for_each(|item| tables(&item.blocks, into));
            }
            BlockKind::Quote(inner) => tables(inner, into),
            _ => {}
        }
    }
}

fn said(cell: &Cell) -> String {
    let lines: Vec<String> = cell
        .blocks
        .iter()
        .map(|block| match &block.kind {
            BlockKind::Paragraph(content) => plain(content),
            _ => "words".to_owned(),
        })
        .collect();
    lines.join(" ").trim().to_owned()
}

fn is_figure(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || "£,.-–+()%".contains(c))
}

fn placed(table: &Table) -> Vec<Vec<Placed<'_>>> {
    let width = table.columns.len();
    let mut hanging = vec![0_usize; width];
    let mut rows = Vec::new();
    for row in &table.rows {
        let mut column = 0;
        let mut cells = Vec::new();
        let mut below: Vec<usize> = hanging.iter().map(|left| left.saturating_sub(1)).collect();
        for cell in &row.cells {
            while hanging[column] > 0 {
                column += 1;
            }
            cells.push((cell, column, column + cell.columns - 1));
            below[column..column + cell.columns].fill(cell.rows - 1);
            column += cell.columns;
        }
        hanging = below;
        rows.push(cells);
    }
    rows
}

/// Finds the figures of a row, in their order, on a line of the pages; on or after a place first.
fn find(row: &[Placed<'_>], pages: &[Vec<Vec<Word>>], after: &mut (usize, usize)) -> Option<Found> {
    let figures: Vec<(usize, String)> = row
        .iter()
        .filter(|(_, first, last)| first == last)
        .map(|(cell, column, _)| (*column, said(cell)))
        .filter(|(_, text)| is_figure(text))
        .collect();
    let all = pages
        .iter()
        .enumerate()
        .flat_map(|(page, lines)| (0..lines.len()).map(move |line| (page, line)));
    let (earlier, later): (Vec<_>, Vec<_>) = all.partition(|place| place < after);
    for (page, line) in later.into_iter().chain(earlier) {
        // From the right: other figures of the line are in its words, at the left.
        let mut seen = BTreeMap::new();
        let mut left = figures.iter().rev().peekable();
        for word in pages[page][line].iter().rev() {
            if let Some((column, _)) = left.next_if(|(_, text)| *text == word.text) {
                seen.insert(*column, word.clone());
            }
        }
        if left.peek().is_none() {
            *after = (page, line + 1);
            let middle = pages[page][line][0].middle;
            return Some(Found {
                page,
                middle,
                figures: seen,
            });
        }
    }
    None
}

/// What a table says that its page does not.
#[derive(Default)]
struct Tally {
    rows: usize,
    found: usize,
    headings: usize,
    wrong: Vec<String>,
}

fn hold(
    name: &str,
    table: &Table,
    pages: &[Vec<Vec<Word>>],
    after: &mut (usize, usize),
    tally: &mut Tally,
) {
    let rows = placed(table);
    let (heads, body) = rows.split_at(table.header_rows.min(rows.len()));
    let figures = |row: &&Vec<Placed<'_>>| {
        row.iter()
            .filter(|(cell, first, last)| first == last && is_figure(&said(cell)))
            .count()
            > 1
    };
    let mut found: Vec<Found> = Vec::new();
    for row in body.iter().filter(figures) {
        tally.rows += 1;
        found.extend(find(row, pages, after));
    }
    tally.found += found.len();
    let mut shown: Vec<usize> = found.iter().map(|row| row.page).collect();
    shown.sort_unstable();
    shown.dedup();
    for page in shown {
        let here: Vec<&Found> = found.iter().filter(|row| row.page == page).collect();
        let mut columns: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
        for (column, word) in here.iter().flat_map(|row| &row.figures) {
            let reach = columns.entry(*column).or_insert((f64::MAX, f64::MIN));
            *reach = (reach.0.min(word.centre()), reach.1.max(word.centre()));
        }
        let reaches: Vec<(usize, (f64, f64))> = columns.into_iter().collect();
        for pair in reaches.windows(2) {
            if pair[0].1.1 >= pair[1].1.0 {
                tally.wrong.push(format!(
                    "{name} page {}: columns {} and {}",
                    page + 1,
                    pair[0].0,
                    pair[1].0
                ));
            }
        }
        let top = here.iter().map(|row| row.middle).fold(f64::MAX, f64::min);
        let above: Vec<&Word> = pages[page]
            .iter()
            .flatten()
            .filter(|word| word.middle < top)
            .collect();
        for (cell, first, last) in heads.iter().flatten() {
            let over = |column: usize| reaches.iter().find(|(known, _)| *known == column);
            if (*first..=*last).all(|column| over(column).is_none()) {
                continue;
            }
            let left = reaches
                .iter()
                .rfind(|(column, _)| column < first)
                .map_or(0.0, |(_, reach)| reach.1);
            let right = reaches
                .iter()
                .find(|(column, _)| column > last)
                .map_or(f64::MAX, |(_, reach)| reach.0);
            for text in said(cell).split_whitespace() {
                let mut there = above.iter().filter(|word| word.text == text).peekable();
                if there.peek().is_none() {
                    continue;
                }
                tally.headings += 1;
                if !there.any(|word| left < word.centre() && word.centre() < right) {
                    tally.wrong.push(format!(
                        "{name} page {}: {text:?} over columns {first} to {last}",
                        page + 1
                    ));
                }
            }
        }
    }
}

#[test]
fn no_figure_of_a_real_paper_stands_under_a_heading_that_its_page_does_not_put_it_under() {
    let Some(shared) = shared() else { return };
    let mut paths = Vec::new();
    papers(&shared.join("real"), &mut paths);
    let mut tally = Tally::default();
    let mut unread = 0;
    for path in &paths {
        let Ok(doc) = lopdf::Document::load(path) else {
            continue;
        };
        let at = Span::new(FileId(0), 0, 0);
        let Some(read) = pack::pdf::reflow(&doc, &PageSelection::default(), at) else {
            continue;
        };
        let Some(words) = words(path) else { return };
        let pages: Vec<Vec<Vec<Word>>> = words.iter().map(|page| lines(page)).collect();
        let mut all = Vec::new();
        tables(&read.prose.blocks, &mut all);
        let name = path.file_name().expect("a name").to_string_lossy();
        let mut after = (0, 0);
        for table in all {
            hold(&name, table, &pages, &mut after, &mut tally);
        }
        unread += read.prose.blocks.iter().filter(|block| {
            matches!(&block.kind, BlockKind::Paragraph(content) if plain(content).starts_with("The columns of this table could not be read"))
        }).count();
    }
    println!(
        "{} rows of figures, {} found; {} words of headings; {unread} tables without columns",
        tally.rows, tally.found, tally.headings
    );
    assert_eq!(tally.wrong, [""; 0]);
    assert!(
        tally.rows > 1_300 && tally.headings > 1_000,
        "there is something to hold"
    );
    assert!(
        tally.found * 100 > tally.rows * 99,
        "nearly all rows are found"
    );
    assert!(unread <= 5, "tables that a person can read are read");
}
