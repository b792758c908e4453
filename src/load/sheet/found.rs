//! Findings of a sheet: what is in it and not meant for its readers, or could not be read. Each kind is
//! reported once, with its cells. No finding repeats what a hidden cell or a comment says.

use std::collections::BTreeSet;

use super::area::{Area, Place, letters, written};
use super::book::Sheet;
use crate::finding::{Code, Finding, Span, counted};
use crate::load::codes;
use crate::load::notes::Notes;

/// How many cells are named.
const MOST_NAMED: usize = 5;

/// Reports what is in an area of a sheet and not in the pack. `place` gives the place of a cell.
pub(super) fn tell(sheet: &Sheet, area: &Area, place: &dyn Fn(Place) -> Span, notes: &Notes) {
    let look = Look {
        sheet,
        area,
        place,
        notes,
    };
    look.hidden_rows();
    look.hidden_columns();
    look.hidden_values();
    look.comments();
    look.links();
    look.uncalculated();
    look.drawings();
}

/// A look at an area of a sheet.
struct Look<'a> {
    sheet: &'a Sheet,
    area: &'a Area,
    place: &'a dyn Fn(Place) -> Span,
    notes: &'a Notes,
}

impl Look<'_> {
    fn tell(&self, code: Code, at: Place, message: String, help: &str) {
        let finding = Finding::warning(code, (self.place)(at), message);
        self.notes.add(finding.help(help));
    }

    /// Whether a cell is in the area, and its row and column are seen.
    fn is_shown(&self, at: Place) -> bool {
        let sheet = self.sheet;
        self.area.holds(at) && !sheet.hides_row(at.0) && !sheet.hides_column(at.1)
    }

    fn shown(&self, places: &[Place]) -> BTreeSet<Place> {
        let places = places.iter().copied();
        places.filter(|at| self.is_shown(*at)).collect()
    }

    fn hidden_rows(&self) {
        let rows = inside(&self.sheet.hidden_rows, self.area.first.0, self.area.last.0);
        if let Some(first) = rows.first() {
            let named = named(rows.iter(), |(from, to)| {
                range(&(from + 1).to_string(), &(to + 1).to_string())
            });
            let count: u32 = rows.iter().map(|(from, to)| to - from + 1).sum();
            self.tell(
                codes::HIDDEN_IN_SPREADSHEET,
                (first.0, self.area.first.1),
                hidden_message(["Row", "Rows"], &named, count),
                "Delete what nobody should see, or show it: in Excel, Home, Format, Hide & Unhide, or clear the filter",
            );
        }
    }

    fn hidden_columns(&self) {
        let columns = inside(
            &self.sheet.hidden_columns,
            self.area.first.1,
            self.area.last.1,
        );
        if let Some(first) = columns.first() {
            let named = named(columns.iter(), |(from, to)| {
                range(&letters(*from), &letters(*to))
            });
            let count: u32 = columns.iter().map(|(from, to)| to - from + 1).sum();
            self.tell(
                codes::HIDDEN_IN_SPREADSHEET,
                (self.area.first.0, first.0),
                hidden_message(["Column", "Columns"], &named, count),
                "Delete what nobody should see, or show it: in Excel, Home, Format, Hide & Unhide",
            );
        }
    }

    fn hidden_values(&self) {
        let hidden = self.shown(&self.sheet.hidden_cells);
        if let Some(first) = hidden.first() {
            self.tell(
                codes::HIDDEN_IN_SPREADSHEET,
                *first,
                format!(
                    "{} {} a value that the sheet does not show, which is left out of the pack",
                    cells(&hidden),
                    of(hidden.len(), "holds", "hold")
                ),
                "Delete it, or show it: give the cell a number format that shows it, and unmerge merged cells",
            );
        }
    }

    fn comments(&self) {
        let comments: BTreeSet<&(Place, String)> = self
            .sheet
            .comments
            .iter()
            .filter(|(at, _)| self.area.holds(*at))
            .collect();
        if let Some((first, _)) = comments.first() {
            let at: BTreeSet<Place> = comments.iter().map(|(at, _)| *at).collect();
            let who: BTreeSet<&str> = comments
                .iter()
                .map(|(_, who)| who.as_str())
                .filter(|who| !who.is_empty())
                .collect();
            let who = named(who.iter(), |who| (*who).to_owned());
            let by = if who.is_empty() {
                String::new()
            } else {
                format!(" by {who}")
            };
            self.tell(
                codes::COMMENT_IN_SPREADSHEET,
                *first,
                format!(
                    "{} {} a comment{by}, which is left out of the pack",
                    cells(&at),
                    of(at.len(), "has", "have")
                ),
                "Settle it and delete it, so that the figures are final: in Excel, Review, Delete",
            );
        }
    }

    fn links(&self) {
        let linked: Vec<&(Place, String)> = self
            .sheet
            .linked
            .iter()
            .filter(|(at, _)| self.is_shown(*at))
            .collect();
        if let Some((first, _)) = linked.first() {
            let at: BTreeSet<Place> = linked.iter().map(|(at, _)| *at).collect();
            let files: BTreeSet<&str> = linked.iter().map(|(_, file)| file.as_str()).collect();
            self.tell(
                codes::LINKED_SPREADSHEET,
                *first,
                format!(
                    "{} {} another file, {}: the pack has the value as it was last saved",
                    cells(&at),
                    of(at.len(), "takes its value from", "take their values from"),
                    named(files.iter(), |file| (*file).to_owned())
                ),
                "See that the value is right, then break the link: in Excel, Data, Edit Links, Break Link",
            );
        }
    }

    fn uncalculated(&self) {
        let unknown = self.shown(&self.sheet.unknown);
        if let Some(first) = unknown.first() {
            self.tell(
                codes::SPREADSHEET_ERROR,
                *first,
                format!(
                    "{} {} a formula that was never calculated, and {} empty in the pack",
                    cells(&unknown),
                    of(unknown.len(), "has", "have"),
                    of(unknown.len(), "is", "are")
                ),
                "Open the file in Excel or LibreOffice and save it, which calculates its formulas",
            );
        }
    }

    fn drawings(&self) {
        if !self.sheet.drawings.is_empty() {
            let kinds: BTreeSet<&str> = self.sheet.drawings.iter().copied().collect();
            self.tell(
                codes::NOT_READ_FROM_SPREADSHEET,
                self.area.first,
                format!(
                    "The sheet has {} ({}), which the pack leaves out",
                    counted(self.sheet.drawings.len(), "drawing"),
                    named(kinds.iter(), |kind| (*kind).to_owned())
                ),
                "Attach it as a picture (PNG) with `alt`, or say in the report what it shows",
            );
        }
    }
}

/// The parts of ranges that lie between two numbers.
fn inside(ranges: &[(u32, u32)], first: u32, last: u32) -> Vec<(u32, u32)> {
    let clipped = ranges
        .iter()
        .map(|&(from, to)| (from.max(first), to.min(last)));
    clipped.filter(|(from, to)| from <= to).collect()
}

/// That rows or columns are hidden; `what` names one and several.
fn hidden_message(what: [&'static str; 2], named: &str, count: u32) -> String {
    let [one, several] = what;
    format!(
        "{} {named} of the sheet {} hidden, and left out of the pack",
        of(count as usize, one, several),
        of(count as usize, "is", "are")
    )
}

/// The names of the first few cells.
fn cells(places: &BTreeSet<Place>) -> String {
    let what = of(places.len(), "Cell", "Cells");
    format!("{what} {}", named(places.iter(), |place| written(*place)))
}

/// The first few of many, with how many more there are.
fn named<T>(all: impl ExactSizeIterator<Item = T>, word: impl Fn(T) -> String) -> String {
    let more = all.len().saturating_sub(MOST_NAMED);
    let mut words: Vec<String> = all.take(MOST_NAMED).map(word).collect();
    if more > 0 {
        return format!("{} and {more} more", words.join(", "));
    }
    match words.pop() {
        Some(last) if !words.is_empty() => format!("{} and {last}", words.join(", ")),
        last => last.unwrap_or_default(),
    }
}

/// One word for one, another for several.
fn of(count: usize, one: &'static str, several: &'static str) -> &'static str {
    if count == 1 { one } else { several }
}

fn range(first: &str, last: &str) -> String {
    if first == last {
        first.to_owned()
    } else {
        format!("{first} to {last}")
    }
}
