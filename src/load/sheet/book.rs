//! A workbook, from whichever program: its sheets, the names in it, and what a sheet shows.

use std::collections::{BTreeMap, BTreeSet};

use super::area::{Area, Place};
use crate::load::zip::Fault;

/// The most merged cells and the most links of a sheet.
const MOST_AREAS: usize = 20_000;

/// A sheet as the workbook lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// Whether it has cells; a sheet that is only a chart has none.
    pub(super) has_cells: bool,
    /// The name of its part in the file.
    pub(super) part: String,
}

/// Cells that have a name: a named range or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedArea {
    pub(super) name: String,
    pub(super) sheet: String,
    pub(super) area: Area,
    /// How many of its rows are header rows, if that is known.
    pub(super) heads: Option<u32>,
}

/// What a workbook has.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub(super) sheets: Vec<Listed>,
    pub(super) names: Vec<NamedArea>,
}

/// What a sheet shows, and what it has besides.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The text of each cell that shows anything.
    pub(super) cells: BTreeMap<Place, String>,
    pub(super) merged: Vec<Area>,
    /// Addresses on the web.
    pub(super) links: Vec<(Area, String)>,
    pub(super) hidden_rows: Vec<(u32, u32)>,
    pub(super) hidden_columns: Vec<(u32, u32)>,
    /// Cells whose value is hidden by their format or by a merged cell.
    pub(super) hidden_cells: Vec<Place>,
    /// Cells with a comment, and its author.
    pub(super) comments: Vec<(Place, String)>,
    /// Cells whose value comes from another file, and its name.
    pub(super) linked: Vec<(Place, String)>,
    /// Formulas without a stored value.
    pub(super) unknown: Vec<Place>,
    /// The rows before this one repeat on each page or stay on the screen.
    pub(super) heads_before: Option<u32>,
    /// Charts and pictures over the cells.
    pub(super) drawings: Vec<&'static str>,
}

impl Sheet {
    /// The sheet, unless it has more merged cells or links than a pack takes, of which none may be lost.
    pub(super) fn bounded(self) -> Result<Self, Fault> {
        let is_too_much = self.merged.len().max(self.links.len()) > MOST_AREAS;
        if is_too_much {
            Err(Fault::TooLarge)
        } else {
            Ok(self)
        }
    }

    /// Removes cells that a merged cell covers, which no program shows.
    pub(super) fn covered(&mut self) {
        if self.merged.is_empty() {
            return;
        }
        // By columns, of which merged cells have few, though they may have all rows.
        let mut columns: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for &(row, column) in self.cells.keys() {
            columns.entry(column).or_default().insert(row);
        }
        for area in &self.merged {
            let mut below: Vec<Place> = Vec::new();
            for (&column, rows) in columns.range_mut(area.first.1..=area.last.1) {
                let first = below.len();
                let rows_here = rows.range(area.first.0..=area.last.0);
                let places = rows_here.map(|row| (*row, column));
                below.extend(places.filter(|place| *place != area.first));
                for (row, _) in &below[first..] {
                    rows.remove(row);
                }
            }
            below.sort_unstable();
            for place in below {
                self.cells.remove(&place);
                self.hidden_cells.push(place);
            }
        }
    }

    /// Whether a row is hidden.
    pub(super) fn hides_row(&self, row: u32) -> bool {
        within(&self.hidden_rows, row)
    }

    /// Whether a column is hidden.
    pub(super) fn hides_column(&self, column: u32) -> bool {
        within(&self.hidden_columns, column)
    }

    /// The smallest area with everything that the sheet shows.
    pub(super) fn used(&self) -> Option<Area> {
        around(
            self.cells
                .keys()
                .filter(|(row, column)| !self.hides_row(*row) && !self.hides_column(*column)),
        )
    }

    /// The same for everything that it holds.
    pub(super) fn held(&self) -> Option<Area> {
        around(self.cells.keys().chain(&self.hidden_cells))
    }
}

fn around<'c>(mut cells: impl Iterator<Item = &'c Place>) -> Option<Area> {
    let mut used = Area::of(*cells.next()?);
    for &(row, column) in cells {
        used.first = (used.first.0.min(row), used.first.1.min(column));
        used.last = (used.last.0.max(row), used.last.1.max(column));
    }
    Some(used)
}

fn within(ranges: &[(u32, u32)], at: u32) -> bool {
    let next = ranges.partition_point(|&(_, last)| last < at);
    ranges.get(next).is_some_and(|&(first, _)| first <= at)
}
