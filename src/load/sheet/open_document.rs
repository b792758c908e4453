//! OpenDocument spreadsheets (`.ods`, from LibreOffice and others). The file has what each cell shows.

use std::collections::BTreeSet;

use super::area::{Area, LAST_COLUMN, LAST_ROW, Place, on_open_sheet};
use super::book::{Book, Listed, NamedArea, Sheet};
use super::excel::file_name;
use crate::load::open_document::words;
use crate::load::xml::{Element, attribute, child, elements};
use crate::load::zip::Fault;
use crate::model::ranges::joined;

/// The most cells of all sheets together that show anything.
const MOST_CELLS: usize = 2_000_000;

/// Reads all sheets of a document; `root` is that of its `content.xml`.
///
/// # Errors
/// When it is not a spreadsheet, or is larger than a pack takes.
pub(super) fn read(root: Element<'_>) -> Result<(Book, Vec<Sheet>), Fault> {
    let spreadsheet = child(root, "body")
        .and_then(|body| child(body, "spreadsheet"))
        .ok_or(Fault::Damaged)?;
    let unseen = unseen_styles(root);
    let (mut book, mut sheets, mut left) = (Book::default(), Vec::new(), MOST_CELLS);
    for table in elements(spreadsheet).filter(|node| is(*node, "table")) {
        book.sheets.push(Listed {
            name: attribute(table, "name").unwrap_or("").to_owned(),
            hidden: attribute(table, "style-name").is_some_and(|style| unseen.contains(style)),
            has_cells: true,
            part: String::new(),
        });
        let mut reader = Reader {
            sheet: Sheet::default(),
            row: 0,
            column: 0,
            left,
        };
        reader.columns(table);
        reader.rows(table, false)?;
        left = reader.left;
        reader.sheet.hidden_rows = joined(std::mem::take(&mut reader.sheet.hidden_rows));
        reader.sheet.hidden_columns = joined(std::mem::take(&mut reader.sheet.hidden_columns));
        sheets.push(reader.sheet.bounded()?);
    }
    for node in spreadsheet.descendants() {
        let said = match node.tag_name().name() {
            "named-range" => attribute(node, "cell-range-address"),
            "database-range" => attribute(node, "target-range-address"),
            _ => continue,
        };
        let name = attribute(node, "name").filter(|name| !name.starts_with("__Anonymous"));
        if let (Some(name), Some((Some(sheet), area))) = (name, said.and_then(on_open_sheet)) {
            book.names.push(NamedArea {
                name: name.to_owned(),
                sheet,
                area,
                heads: None,
            });
        }
    }
    Ok((book, sheets))
}

/// The styles of sheets that are hidden.
fn unseen_styles<'a>(root: Element<'a>) -> BTreeSet<&'a str> {
    child(root, "automatic-styles")
        .into_iter()
        .flat_map(elements)
        .filter(|style| {
            child(*style, "table-properties")
                .and_then(|properties| attribute(properties, "display"))
                == Some("false")
        })
        .filter_map(|style| attribute(style, "name"))
        .collect()
}

struct Reader {
    sheet: Sheet,
    row: u32,
    column: u32,
    left: usize,
}

impl Reader {
    fn columns(&mut self, node: Element<'_>) {
        for inner in elements(node) {
            match inner.tag_name().name() {
                "table-column" => {
                    let count = repeated(inner, "number-columns-repeated", LAST_COLUMN);
                    let last = self.column.saturating_add(count - 1);
                    if is_unseen(inner) {
                        self.sheet.hidden_columns.push((self.column, last));
                    }
                    self.column = last.saturating_add(1);
                }
                "table-columns" | "table-column-group" | "table-header-columns" => {
                    self.columns(inner);
                }
                _ => {}
            }
        }
    }

    fn rows(&mut self, node: Element<'_>, heads: bool) -> Result<(), Fault> {
        for inner in elements(node) {
            match inner.tag_name().name() {
                "table-row" => self.cells(inner)?,
                "table-header-rows" => self.rows(inner, true)?,
                "table-rows" | "table-row-group" => self.rows(inner, heads)?,
                "shapes" => self.drawings(inner),
                _ => {}
            }
            if heads {
                self.sheet.heads_before = Some(self.row);
            }
        }
        Ok(())
    }

    fn cells(&mut self, row: Element<'_>) -> Result<(), Fault> {
        let rows = repeated(row, "number-rows-repeated", LAST_ROW);
        let last = self.row.saturating_add(rows - 1);
        if is_unseen(row) {
            self.sheet.hidden_rows.push((self.row, last));
        }
        let mut column = 0_u32;
        for cell in elements(row) {
            let count = repeated(cell, "number-columns-repeated", LAST_COLUMN);
            let covered = is(cell, "covered-table-cell");
            if covered || is(cell, "table-cell") {
                self.cell(cell, column, covered, (rows, count))?;
            }
            column = column.saturating_add(count);
        }
        self.row = last.saturating_add(1);
        Ok(())
    }

    /// Reads a cell, which stands for as many `times` rows and columns of cells.
    fn cell(
        &mut self,
        cell: Element<'_>,
        column: u32,
        covered: bool,
        times: (u32, u32),
    ) -> Result<(), Fault> {
        if self.row > LAST_ROW || column > LAST_COLUMN {
            return Ok(());
        }
        let place = (self.row, column);
        self.aside(cell, place);
        let shown = elements(cell)
            .filter(|inner| is(*inner, "p"))
            .map(words)
            .collect::<Vec<_>>()
            .join("\n");
        let shown = shown.trim();
        if shown.is_empty() {
            self.merge(cell, place);
            return Ok(());
        }
        if covered {
            self.sheet.hidden_cells.push(place);
            return Ok(());
        }
        let count = (times.0 as usize).saturating_mul(times.1 as usize);
        self.left = self.left.checked_sub(count).ok_or(Fault::TooLarge)?;
        for row in 0..times.0 {
            for beside in 0..times.1 {
                self.sheet
                    .cells
                    .insert((self.row + row, column + beside), shown.to_owned());
            }
        }
        self.merge(cell, place);
        Ok(())
    }

    fn merge(&mut self, cell: Element<'_>, (row, column): Place) {
        let spanned = |name| repeated(cell, name, 10_000) - 1;
        let (rows, columns) = (
            spanned("number-rows-spanned"),
            spanned("number-columns-spanned"),
        );
        if rows > 0 || columns > 0 {
            self.sheet.merged.push(Area {
                first: (row, column),
                last: (row + rows, column + columns),
            });
        }
    }

    /// What a cell has besides words.
    fn aside(&mut self, cell: Element<'_>, place: Place) {
        if let Some(formula) = attribute(cell, "formula")
            && let Some(at) = formula.find("'file:")
        {
            let address = formula[at + 1..].split('\'').next().unwrap_or("");
            self.sheet.linked.push((place, file_name(address)));
        }
        for inner in elements(cell) {
            match inner.tag_name().name() {
                "annotation" => {
                    let who = child(inner, "creator")
                        .and_then(|who| who.text())
                        .unwrap_or("");
                    self.sheet.comments.push((place, who.trim().to_owned()));
                }
                "p" => {
                    let mut links = inner.descendants().filter(|node| is(*node, "a"));
                    let address = links.find_map(|link| attribute(link, "href"));
                    if let Some(address) = address {
                        self.sheet.links.push((Area::of(place), address.to_owned()));
                    }
                }
                "frame" => self.drawing(inner),
                _ => {}
            }
        }
    }

    fn drawings(&mut self, shapes: Element<'_>) {
        elements(shapes)
            .filter(|shape| is(*shape, "frame"))
            .for_each(|frame| self.drawing(frame));
    }

    fn drawing(&mut self, frame: Element<'_>) {
        let what = if child(frame, "object").is_some() {
            "a chart"
        } else {
            "a picture"
        };
        self.sheet.drawings.push(what);
    }
}

fn is(node: Element<'_>, name: &str) -> bool {
    node.tag_name().name() == name
}

fn is_unseen(node: Element<'_>) -> bool {
    attribute(node, "visibility").is_some_and(|visibility| visibility != "visible")
}

fn repeated(node: Element<'_>, name: &str, most: u32) -> u32 {
    let count = attribute(node, name).and_then(|count| count.trim().parse::<u32>().ok());
    count.unwrap_or(1).clamp(1, most + 1)
}
