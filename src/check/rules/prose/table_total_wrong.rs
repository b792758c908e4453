//! A total that is not the sum of the figures above it.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::figures::{Figure, Unit, figure, round_to};
use crate::check::subject::{Subject, cell_text};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity, Span};
use crate::prose::Table;
use crate::prose::totals::is_total;

pub(crate) const RULE: Rule = Rule {
    code: Code("table-total-wrong"),
    severity: Severity::Note,
    room: Room::Prose,
    summary: "A total in a table is not the sum of its figures",
    explanation: "For a row that begins with \"Total\", \"Sum\", \"Overall\" or \"All …\" each column is \
                  added up, since the last total or from the top, and totals of totals are taken too. \
                  \"Less …\" is taken away, averages are not counted, and \"of which …\" and net \
                  figures may be. A row \"Variance\", \"Difference\" or \
                  \"Balance\" below two figures is compared with their difference. Columns of percentages and rates, \
                  columns with cells that are not figures, and tables in which figures follow a total and \
                  most totals are not sums, are left alone. The note shows the sum; a difference of a few \
                  units may come from rounding. A last column \"Total\" is compared with \
                  the sum of the figures of each row.",
    basis: "Practice: found in published packs.",
    example: "| Total | £459,198 | below figures that add up to £459,199",
    remedy: "Check the figures and the total",
    run,
};

/// What a row's label makes of its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    /// One that is added up.
    Figure,
    Total,
    /// "Overall", "All wards": in the last row a total or an average.
    MayBeTotal,
    /// "Less: income", which is taken away however it is written.
    Less,
    /// A part of a figure above it, or a figure in between, which a total may or may not count.
    Aside,
    /// An average, or a total of more than the table has: no total counts it.
    Average,
    Difference,
}

static MAY_BE_TOTAL: LazyLock<Regex> = pattern!(
    r"(?i)^\s*(?:sum|overall|altogether|combined|all(?:\s+\p{L}+){0,2}|y\s+cyfan|pob\s+\p{L}+|(?:borough|county|district|council|city|parish)[- ]?wide)\s*:?\s*$"
);
static LESS: LazyLock<Regex> = pattern!(r"(?i)^\W*(?:less|minus|llai)\b");
static ASIDE: LazyLock<Regex> = pattern!(
    r"(?i)^\W*(?:of\s+which|o/w|including|incl?\b\.?|comprising|made\s+up\s+of|gan\s+gynnwys|gross|net)\b"
);
static AVERAGE: LazyLock<Regex> =
    pattern!(r"(?i)\b(?:average|avg|mean|median|mode|cyfartaledd|to\s+date|cumulative|ytd)\b");
static DIFFERENCE: LazyLock<Regex> =
    pattern!(r"(?i)\b(?:variance|difference|balance|surplus|deficit|shortfall)\b");
/// Column headers over figures that are not added up.
static RATE: LazyLock<Regex> = pattern!(
    r"(?i)%|\b(?:average|avg|mean|median|rates?|ratio|percentages?|per\s?cent|index|scores?|age|per\s+(?:[0-9]|head|capita|person|household|pupil|resident|home|property|day|week|month|hour))\b"
);

/// A label that says what its total is of: "Total number of homes", "Total households".
static OF: LazyLock<Regex> = pattern!(
    r"(?i)^\s*total\s+(?P<number>(?:number|no\.?)\s+of\s+)?(?P<noun>\p{L}{3,})(?:\s+\p{L}+)?\s*:?\s*$"
);

/// Where a row's label says what its total is of: whether the column's header names the same things,
/// and whether the label says "number of".
fn same_things(cells: &[String], heads: &str) -> Option<(bool, bool)> {
    let found = cells.iter().find_map(|cell| OF.captures(cell))?;
    let noun = found.name("noun")?.as_str().to_lowercase();
    let same = heads.to_lowercase().contains(&noun);
    Some((same, found.name("number").is_some()))
}

fn label(cells: &[String]) -> Label {
    let any = |pattern: &Regex| cells.iter().any(|cell| pattern.is_match(cell));
    if any(&AVERAGE) {
        Label::Average
    } else if cells.iter().any(|cell| is_total(cell)) {
        Label::Total
    } else if any(&LESS) {
        Label::Less
    } else if any(&ASIDE) {
        Label::Aside
    } else if cells
        .first()
        .is_some_and(|cell| MAY_BE_TOTAL.is_match(cell))
    {
        Label::MayBeTotal
    } else if any(&DIFFERENCE) {
        Label::Difference
    } else {
        Label::Figure
    }
}

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (table, _) in subject.tables() {
        if spans(table) {
            continue;
        }
        for column in 1..table.columns.len() {
            for (span, message) in look(table, column) {
                findings.push(RULE.at(span, message));
            }
        }
        for (span, message) in across(table) {
            findings.push(RULE.at(span, message));
        }
    }
    findings
}

/// Whether a cell spans others or a row lacks some, so that counting cells does not give the column.
fn spans(table: &Table) -> bool {
    table.rows.iter().any(|row| {
        row.cells.len() != table.columns.len()
            || row
                .cells
                .iter()
                .any(|cell| cell.columns > 1 || cell.rows > 1)
    })
}

/// What has been read of a column so far.
#[derive(Default)]
struct Column {
    /// Figures since the last total.
    since: Vec<i128>,
    /// Figures since the last total that a total may count or not.
    asides: Vec<i128>,
    all: Vec<i128>,
    totals: Vec<i128>,
    /// Totals since the last total of totals.
    subtotals: Vec<i128>,
}

impl Column {
    /// Whether a total has anything to be compared with.
    fn can_be_summed(&self) -> bool {
        self.since.len() >= 2 || (self.since.is_empty() && self.subtotals.len() >= 2)
    }

    /// Every value that a total may have here; the first is what a reader would expect.
    fn sums(&self) -> Vec<i128> {
        let sum = |values: &[i128]| values.iter().sum::<i128>();
        let since = sum(&self.since);
        let mut sums = Vec::new();
        if self.since.is_empty() {
            sums.push(sum(&self.subtotals));
            if let [first, second] = self.subtotals[..] {
                sums.push((first - second).abs());
            }
        } else {
            sums.push(since);
        }
        let asides = sum(&self.asides);
        sums.extend([
            since + asides,
            sum(&self.all),
            sum(&self.all) + asides,
            sum(&self.totals),
            since + self.totals.last().copied().unwrap_or(0),
        ]);
        sums
    }

    fn take(&mut self, value: i128) {
        self.all.push(value);
        self.since.push(value);
    }

    fn total(&mut self, value: i128) {
        if self.since.is_empty() {
            self.subtotals.clear();
        } else {
            self.subtotals.push(value);
        }
        self.totals.push(value);
        self.since.clear();
        self.asides.clear();
    }
}

/// What is wrong in one column.
fn look(table: &Table, column: usize) -> Vec<(Span, String)> {
    let mut wrong = Vec::new();
    let heads: Vec<String> = table
        .rows
        .iter()
        .take(table.header_rows)
        .filter_map(|row| row.cells.get(column))
        .map(cell_text)
        .collect();
    if heads.iter().any(|head| RATE.is_match(head)) {
        return wrong;
    }
    let heads = heads.join(" ");
    let mut read = Column::default();
    // How many totals were right, and whether figures follow a total. A table in which they do has a
    // layout of its own, and only its other totals show that totals are sums there.
    let mut right = 0;
    let mut goes_on = false;
    let rows: Vec<_> = table.rows.iter().skip(table.header_rows).collect();
    for (index, row) in rows.iter().enumerate() {
        let Some(cell) = row.cells.get(column) else {
            return wrong;
        };
        let text = cell_text(cell);
        let labels: Vec<String> = row.cells[..column].iter().map(cell_text).collect();
        let mut label = label(&labels);
        let Some(found) = figure(&text) else {
            // Below "of which:" every figure may be part of the one above.
            if is_nothing(&text) && label != Label::Aside {
                continue;
            }
            return wrong;
        };
        if found.unit == Unit::Percent {
            return wrong;
        }
        let last = index + 1 == rows.len();
        match same_things(&labels, &heads) {
            // "Total number of trees" below the trees of each park.
            Some((true, true)) if last => label = Label::Total,
            // "Total households" below the population of each year, and less than one of them.
            Some((false, false))
                if label == Label::Total
                    && heads.chars().any(char::is_alphabetic)
                    && read.since.iter().all(|&value| value >= 0)
                    && read.since.iter().any(|&value| value > found.value) =>
            {
                continue;
            }
            _ => {}
        }
        if label == Label::MayBeTotal {
            label = if !last {
                Label::Figure
            } else if between(&read.since, found.value) {
                Label::Average
            } else {
                Label::Total
            };
        }
        let two = read.all.len() + read.totals.len() == 2;
        match label {
            Label::Average => {}
            Label::Aside => read.asides.push(found.value),
            Label::Total => {
                if read.can_be_summed() {
                    let sums = read.sums();
                    let step = found.step();
                    if sums.iter().any(|&sum| round_to(sum, step) == found.value) {
                        right += 1;
                    } else {
                        wrong.push((
                            cell.span,
                            say(found, sums[0], "the figures above add up to"),
                        ));
                    }
                }
                read.total(found.value);
            }
            Label::Difference if last && two => {
                let both: Vec<i128> = read.all.iter().chain(&read.totals).copied().collect();
                let difference = (both[0] - both[1]).abs();
                if found.value.abs() != difference {
                    wrong.push((
                        cell.span,
                        say(found, difference, "the figures above differ by"),
                    ));
                }
            }
            Label::Less => {
                goes_on |= !read.totals.is_empty();
                read.take(-found.value.abs());
            }
            Label::Figure | Label::Difference | Label::MayBeTotal => {
                goes_on |= !read.totals.is_empty();
                read.take(found.value);
            }
        }
    }
    if goes_on && right < wrong.len() {
        wrong.clear();
    }
    wrong
}

/// What is wrong in a last column "Total", which adds up the figures of each row. Where most rows say
/// something else, it is a total of something else.
fn across(table: &Table) -> Vec<(Span, String)> {
    let heads = |column: usize| {
        let rows = table.rows.iter().take(table.header_rows);
        let cells = rows.filter_map(move |row| row.cells.get(column));
        cells.map(cell_text).collect::<Vec<_>>().join(" ")
    };
    let last = table.columns.len().saturating_sub(1);
    let is_plain = |column: usize| !heads(column).is_empty() && !RATE.is_match(&heads(column));
    let is_total = |heads: &str| {
        let whole = ["all", "overall", "combined", "together"];
        is_total(heads) || whole.contains(&heads.trim().to_lowercase().as_str())
    };
    if table.header_rows == 0 || last < 3 || !is_total(&heads(last)) || !(1..=last).all(is_plain) {
        return Vec::new();
    }
    let (mut wrong, mut right) = (Vec::new(), 0);
    for row in table.rows.iter().skip(table.header_rows) {
        let figures: Option<Vec<Figure>> = row.cells[1..]
            .iter()
            .map(|cell| figure(&cell_text(cell)).filter(|it| it.unit != Unit::Percent))
            .collect();
        let Some((total, parts)) = figures.as_deref().and_then(<[Figure]>::split_last) else {
            continue;
        };
        let sum = parts.iter().map(|part| part.value).sum();
        if round_to(sum, total.step()) == total.value {
            right += 1;
        } else {
            let words = "the figures of the row add up to";
            wrong.push((row.cells[last].span, say(*total, sum, words)));
        }
    }
    if wrong.len() > right {
        wrong.clear();
    }
    wrong
}

/// Whether a value lies within the range of some others, as their average does.
fn between(values: &[i128], value: i128) -> bool {
    match (values.iter().min(), values.iter().max()) {
        (Some(&least), Some(&most)) => (least..=most).contains(&value),
        _ => false,
    }
}

fn say(printed: Figure, expected: i128, words: &str) -> String {
    format!(
        "This is {}, but {words} {}",
        printed.alike(printed.value),
        printed.alike(expected)
    )
}

fn is_nothing(text: &str) -> bool {
    matches!(
        text.trim().to_lowercase().as_str(),
        "" | "-" | "–" | "—" | "n/a" | "nil" | "*" | "."
    )
}
