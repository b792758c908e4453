//! Which cells of a workbook are meant: a sheet, a range, a name, or the only sheet with anything in it.

use super::area::{Area, on_sheet};
use super::book::{NamedArea, Sheet};
use super::opened::Opened;
use crate::finding::{Finding, counted};
use crate::load::codes;
use crate::load::named::Named;
use crate::load::nearest::nearest;
use crate::load::reader::Reader;
use crate::load::zip::Fault;
use crate::model::SourceName;

/// The most sheets that a message names.
const MOST_NAMED: usize = 12;

/// Cells that were picked.
pub(super) struct Picked {
    pub(super) sheet: Sheet,
    /// The area of those that show anything.
    pub(super) area: Area,
    /// The area of those that hold anything, even if it is hidden.
    pub(super) held: Area,
    /// The rows before this one are header rows, if the workbook says so.
    pub(super) heads: Option<u32>,
}

/// Why no cells can be picked.
pub(super) enum Unclear {
    /// A sheet cannot be read.
    Fault(Fault),
    /// There is no sheet, range or table of this name.
    Unknown(String),
    /// The sheet is hidden.
    Hidden(String),
    /// It is a chart, or something else without cells.
    NoCells(String),
    /// These sheets all have something.
    Several(Vec<String>),
    /// There is nothing to see.
    Empty,
}

/// What findings need: the source that names the cells, its file, and where findings go.
pub(super) type Told<'t, 'r> = (&'t Named, &'t SourceName, &'t Reader<'r>);

/// Picks cells by what is after the `#`, if anything is.
pub(super) fn pick(opened: &mut Opened<'_>, inside: Option<&str>) -> Result<Picked, Unclear> {
    let Some(inside) = inside.map(str::trim).filter(|inside| !inside.is_empty()) else {
        return alone(opened, &Area::ALL);
    };
    let book = opened.book();
    let of_name = |name: &str| {
        book.sheets
            .iter()
            .position(|sheet| sheet.name.to_lowercase() == name.to_lowercase())
    };
    if let Some(index) = of_name(inside) {
        return on(opened, index, &Area::ALL, None);
    }
    let of_area = |name: &str| {
        book.names
            .iter()
            .find(|area| area.name.to_lowercase() == name.to_lowercase())
            .cloned()
    };
    if let Some(NamedArea {
        sheet, area, heads, ..
    }) = of_area(inside)
    {
        let index = of_name(&sheet).ok_or_else(|| Unclear::Unknown(sheet.clone()))?;
        return on(
            opened,
            index,
            &area,
            heads.map(|count| area.first.0 + count),
        );
    }
    match on_sheet(inside) {
        Some((Some(sheet), area)) => {
            let index = of_name(&sheet).ok_or(Unclear::Unknown(sheet))?;
            on(opened, index, &area, None)
        }
        Some((None, area)) => alone(opened, &area),
        None => Err(Unclear::Unknown(inside.to_owned())),
    }
}

/// Cells of the only sheet that shows anything.
fn alone(opened: &mut Opened<'_>, area: &Area) -> Result<Picked, Unclear> {
    let seen: Vec<usize> = (0..opened.book().sheets.len())
        .filter(|index| {
            let listed = &opened.book().sheets[*index];
            !listed.hidden && listed.has_cells
        })
        .collect();
    let (mut found, mut names) = (None, Vec::new());
    for index in seen {
        let sheet = opened.sheet(index).map_err(Unclear::Fault)?;
        if sheet.used().is_some() {
            names.push(opened.book().sheets[index].name.clone());
            found = Some(sheet);
        }
    }
    match found {
        Some(sheet) if names.len() == 1 => cut(sheet, area, None),
        Some(_) => Err(Unclear::Several(names)),
        None => Err(Unclear::Empty),
    }
}

/// Cells of a sheet.
fn on(
    opened: &mut Opened<'_>,
    index: usize,
    area: &Area,
    heads: Option<u32>,
) -> Result<Picked, Unclear> {
    let listed = &opened.book().sheets[index];
    let name = listed.name.clone();
    if listed.hidden {
        return Err(Unclear::Hidden(name));
    }
    if !listed.has_cells {
        return Err(Unclear::NoCells(name));
    }
    let sheet = opened.sheet(index).map_err(Unclear::Fault)?;
    cut(sheet, area, heads)
}

fn cut(sheet: Sheet, area: &Area, heads: Option<u32>) -> Result<Picked, Unclear> {
    let inside = |all: Option<Area>| all.and_then(|all| all.and(area));
    let held = inside(sheet.held()).ok_or(Unclear::Empty)?;
    let area = inside(sheet.used()).ok_or(Unclear::Empty)?;
    let heads = heads
        .or(sheet.heads_before)
        .filter(|before| *before > area.first.0);
    Ok(Picked {
        sheet,
        area,
        held,
        heads,
    })
}

impl Unclear {
    /// Reports what is not clear, with the lines that would make it clear.
    pub(super) fn tell(self, opened: &Opened<'_>, (named, file, reader): Told<'_, '_>) {
        let seen: Vec<&str> = opened
            .book()
            .sheets
            .iter()
            .filter(|sheet| !sheet.hidden && sheet.has_cells)
            .map(|sheet| sheet.name.as_str())
            .collect();
        let path = written_path(named, file, reader);
        let line = |sheet: &str| format!("file = \"{path}#{sheet}\"");
        let lines = |sheets: &[&str]| {
            let lines: Vec<String> = sheets
                .iter()
                .take(MOST_NAMED)
                .map(|sheet| line(sheet))
                .collect();
            lines.join(", or ")
        };
        let (code, message, help) = match self {
            Unclear::Fault(_) => return,
            Unclear::Unknown(name) => {
                let names = opened.book().names.iter().map(|area| area.name.as_str());
                let help = match nearest(&name, seen.iter().copied().chain(names)) {
                    Some(near) => format!("Did you mean {}?", line(near)),
                    None => format!("Write {}", lines(&seen)),
                };
                let message = format!("{file} has no sheet, range or table “{name}”");
                (codes::NO_SUCH_SHEET, message, help)
            }
            Unclear::Hidden(name) => (
                codes::HIDDEN_IN_SPREADSHEET,
                format!("The sheet “{name}” of {file} is hidden, and left out of the pack"),
                "If everybody may see it, show it in Excel (Home, Format, Hide & Unhide) and save the file again".to_owned(),
            ),
            Unclear::NoCells(name) => (
                codes::NOT_READ_FROM_SPREADSHEET,
                format!("“{name}” of {file} is a chart, not a sheet with cells"),
                "Attach it as a picture (PNG) with `alt`, and the sheet with its figures".to_owned(),
            ),
            Unclear::Several(names) => {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let count = counted(names.len(), "sheet");
                let message = format!("{file} has {count} with something in them, and it is not clear which one you mean");
                (codes::SEVERAL_SHEETS, message, format!("Write {}", lines(&names)))
            }
            Unclear::Empty => {
                let finding = crate::load::grid::empty(&named.name, named.span);
                reader.notes.add(finding);
                return;
            }
        };
        reader
            .notes
            .add(Finding::error(code, named.span, message).help(help));
    }
}

/// Says that sheets are hidden, without their names.
pub(super) fn hidden_sheets(opened: &Opened<'_>, (named, file, reader): Told<'_, '_>) {
    let count = opened
        .book()
        .sheets
        .iter()
        .filter(|sheet| sheet.hidden)
        .count();
    if count > 0 {
        reader.notes.add(
            Finding::note(
                codes::HIDDEN_IN_SPREADSHEET,
                named.span,
                format!(
                    "{file} has {}, which the pack does not show",
                    counted(count, "hidden sheet")
                ),
            )
            .help("If the file itself is published elsewhere, delete them first"),
        );
    }
}

/// The file as the source writes it, without what is after the `#`.
fn written_path(named: &Named, file: &SourceName, reader: &Reader<'_>) -> String {
    let files = reader.files.borrow();
    let written = files.text(named.span).trim_matches(['"', '\'']);
    let path = crate::load::named::workbook(written).map(|(path, _)| path);
    path.unwrap_or(file.file_name()).to_owned()
}
