//! The headings of a table's columns, as they stand beside each value of a record.

use crate::compose::part::{Table, plain_blocks};
use crate::typeset::grid::{Grid, says};

/// The heading of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    /// The words of the outer header cells that span other columns too, if others are left for the
    /// label.
    pub(super) group: Option<String>,
    /// The words of the other header cells, outermost first.
    pub(super) label: String,
    /// The header cells, outermost first.
    pub(super) cells: Vec<(usize, usize)>,
}

impl Head {
    /// All words of the heading, outermost first.
    pub(super) fn words(&self) -> String {
        let mut words = self.group.clone().unwrap_or_default();
        if !words.is_empty() && !self.label.is_empty() {
            words.push_str(", ");
        }
        words + &self.label
    }
}

/// The heading of each column, and the unit of all of them ("£000s"), which is said with the name of
/// each row. A unit that neighbours share is said once with their group. But if there are so few rows
/// that it would be said less often than in the table, the check of the finished pages would miss it,
/// and each column keeps it.
pub(super) fn heads(table: &Table, grid: &Grid, columns: usize) -> (Vec<Head>, Option<String>) {
    let (mut heads, mut parts): (Vec<Head>, Vec<Vec<String>>) =
        (0..columns).map(|x| head(table, grid, x)).unzip();
    if let Some(unit) = unit_of_all(table, grid, &parts) {
        for (head, parts) in heads.iter_mut().zip(&mut parts) {
            if parts.last() == Some(&unit) {
                parts.pop();
                head.label = parts.join(", ");
            }
        }
        return (heads, Some(unit));
    }
    let groups: Vec<Option<String>> = heads.iter().map(|head| head.group.clone()).collect();
    // If some columns of a group have another unit, the group keeps its name and each column its unit.
    let parted = |x: usize| x >= columns || groups[x].is_none() || groups[x] != groups[x - 1];
    let mut from = 1;
    while from < columns {
        let unit = parts[from].last().cloned();
        let shares = |x: &usize| parts[*x].len() > 1 && parts[*x].last() == unit.as_ref();
        let run = (from..columns).take_while(shares).count();
        let run = (1..=run)
            .rev()
            .find(|run| parted(from) && parted(from + run))
            .unwrap_or(0);
        let says = |row: &&Vec<Option<(usize, usize)>>| {
            let mut cells = row[from..from + run].iter().flatten();
            cells.any(|&at| says(table, at))
        };
        let often = grid.iter().skip(table.header_rows).filter(says).count() >= run;
        if let (2.., true, Some(unit)) = (run, often, unit) {
            for x in from..from + run {
                parts[x].pop();
                heads[x].label = parts[x].join(", ");
                heads[x].group = Some(match heads[x].group.take() {
                    Some(group) => format!("{group}, {unit}"),
                    None => unit.clone(),
                });
            }
        }
        from += run.max(1);
    }
    (heads, None)
}

/// The unit that all columns beside the names have as their last heading, if each has another heading
/// too. `None` if there are so few rows that it would be said less often than in the table.
fn unit_of_all(table: &Table, grid: &Grid, parts: &[Vec<String>]) -> Option<String> {
    let unit = parts.get(1)?.last()?;
    let beside = parts.get(1..)?;
    let all = beside.len() > 1
        && beside
            .iter()
            .all(|parts| parts.len() > 1 && parts.last() == Some(unit));
    let figures = |row: &&Vec<Option<(usize, usize)>>| {
        let mut cells = row[1..].iter().flatten().filter(|at| Some(**at) != row[0]);
        cells.any(|&at| says(table, at))
    };
    let rows = grid.iter().skip(table.header_rows).filter(figures).count();
    (all && rows >= beside.len()).then(|| unit.clone())
}

/// The heading of a column, and the words of its label one by one.
fn head(table: &Table, grid: &Grid, x: usize) -> (Head, Vec<String>) {
    let mut seen = Vec::new();
    let mut words = Vec::new();
    for (row, at) in grid
        .iter()
        .take(table.header_rows)
        .filter_map(|row| Some((row, row[x]?)))
    {
        if seen.contains(&at) {
            continue;
        }
        seen.push(at);
        let text = plain_blocks(&table.rows[at.0].cells[at.1].blocks);
        let text = text.trim().replace(['\n', '\t'], " ");
        if !text.is_empty() {
            let spans = row.iter().filter(|other| **other == Some(at)).count() > 1;
            words.push((text, spans));
        }
    }
    let over_several = words.iter().take_while(|(_, spans)| *spans).count();
    let groups = over_several.min(words.len().saturating_sub(1));
    let group: Vec<String> = words.drain(..groups).map(|(text, _)| text).collect();
    let group = (!group.is_empty()).then(|| group.join(", "));
    let parts: Vec<String> = words.into_iter().map(|(text, _)| text).collect();
    let head = Head {
        group,
        label: parts.join(", "),
        cells: seen,
    };
    (head, parts)
}

pub(super) fn unnamed(head: &Head) -> bool {
    head.group.is_none() && head.label.is_empty()
}
