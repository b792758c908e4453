//! Workbooks of Excel: `.xlsx`, and `.xlsm` without its macros.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::area::{Area, Place, on_sheet, unquoted};
use super::book::{Book, Listed, NamedArea, Sheet};
use super::format::{self, Epoch};
use crate::load::package::{Package, Relationships};
use crate::load::xml::{self, Element, attribute, child, elements, relationship};
use crate::load::zip::Fault;
use crate::model::ranges::joined;

/// The main part, if a file does not name another.
pub(super) const MAIN: &str = "xl/workbook.xml";
/// The most cells of a sheet that are read.
const MOST_CELLS: usize = 2_000_000;

/// A reference to another workbook in a formula: `[1]Budget!A1`.
static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    // The pattern is fixed, and the tests compile it.
    Regex::new(r"(?:^|[^A-Za-z0-9_.\]])\[(\d{1,4})\][^\[\]'!]*'?!").expect("a fixed pattern")
});

/// A workbook that was opened.
pub(super) struct Workbook<'b> {
    package: Package<'b>,
    pub(super) book: Book,
    words: Vec<String>,
    /// The number format of each style of a cell.
    formats: Vec<String>,
    epoch: Epoch,
    /// The names of the workbooks that this one takes values from.
    others: Vec<String>,
    /// The rows that a sheet repeats on each page, by the sheet's place.
    repeated: BTreeMap<usize, u32>,
}

impl<'b> Workbook<'b> {
    /// Reads all but the sheets.
    ///
    /// # Errors
    /// When a part cannot be unpacked or read.
    pub(super) fn open(package: Package<'b>) -> Result<Self, Fault> {
        let text = package
            .text(package.main())
            .unwrap_or(Err(Fault::Damaged))?;
        let document = xml::document(&text).ok_or(Fault::Damaged)?;
        let root = document.root_element();
        let leads = package.relationships(package.main());
        let part = |kind: &str| {
            let to = leads.values().find(|to| to.kind == kind && !to.external)?;
            package.text(&to.target)
        };
        let sheets: Vec<Listed> = child(root, "sheets")
            .into_iter()
            .flat_map(elements)
            .filter_map(|sheet| listed(sheet, &leads))
            .collect();
        let mut book = Book {
            sheets,
            names: Vec::new(),
        };
        let mut repeated = BTreeMap::new();
        for name in child(root, "definedNames").into_iter().flat_map(elements) {
            defined(name, &mut book, &mut repeated);
        }
        let others = child(root, "externalReferences")
            .into_iter()
            .flat_map(elements)
            .map(|other| {
                let part = relationship(other, "id").and_then(|id| leads.get(id));
                let leads = part
                    .map(|part| package.relationships(&part.target))
                    .unwrap_or_default();
                let target = leads
                    .into_values()
                    .next()
                    .map(|to| to.target)
                    .unwrap_or_default();
                file_name(&target)
            })
            .collect();
        let words = part("sharedStrings").transpose()?;
        let styles = part("styles").transpose()?;
        let of_1904 = child(root, "workbookPr")
            .and_then(|properties| attribute(properties, "date1904"))
            .is_some_and(is_on);
        let mut workbook = Self {
            book,
            words: words.as_deref().map(shared).unwrap_or_default(),
            formats: styles.as_deref().map(formats).unwrap_or_default(),
            epoch: if of_1904 {
                Epoch::Of1904
            } else {
                Epoch::Of1900
            },
            others,
            repeated,
            package,
        };
        workbook.tables();
        Ok(workbook)
    }

    /// Adds the tables of all sheets to the names.
    fn tables(&mut self) {
        let mut tables = Vec::new();
        for sheet in &self.book.sheets {
            for to in self.package.relationships(&sheet.part).values() {
                if to.kind != "table" || to.external {
                    continue;
                }
                let Some(Ok(text)) = self.package.text(&to.target) else {
                    continue;
                };
                let Some(document) = xml::document(&text) else {
                    continue;
                };
                let root = document.root_element();
                let name = attribute(root, "displayName").or(attribute(root, "name"));
                let area = attribute(root, "ref").and_then(Area::parse);
                let heads = attribute(root, "headerRowCount").and_then(|count| count.parse().ok());
                if let (Some(name), Some(area)) = (name, area) {
                    tables.push(NamedArea {
                        name: name.to_owned(),
                        sheet: sheet.name.clone(),
                        area,
                        heads: Some(heads.unwrap_or(1)),
                    });
                }
            }
        }
        self.book.names.extend(tables);
    }

    /// Reads a sheet.
    ///
    /// # Errors
    /// When it cannot be unpacked or read, or is larger than a pack takes.
    pub(super) fn sheet(&self, index: usize) -> Result<Sheet, Fault> {
        let listed = self.book.sheets.get(index).ok_or(Fault::Damaged)?;
        let text = self
            .package
            .text(&listed.part)
            .unwrap_or(Err(Fault::Damaged))?;
        let document = xml::document(&text).ok_or(Fault::Damaged)?;
        let leads = self.package.relationships(&listed.part);
        let mut sheet = Sheet {
            heads_before: self.repeated.get(&index).map(|last| last + 1),
            ..Sheet::default()
        };
        for node in elements(document.root_element()) {
            match node.tag_name().name() {
                "sheetViews" => {
                    let frozen = frozen_rows(node);
                    sheet.heads_before = sheet.heads_before.or(frozen);
                }
                "cols" => {
                    sheet.hidden_columns =
                        joined(elements(node).filter_map(hidden_columns).collect());
                }
                "sheetData" => self.rows(node, &mut sheet)?,
                "mergeCells" => {
                    let areas =
                        elements(node).filter_map(|cell| Area::parse(attribute(cell, "ref")?));
                    sheet.merged = areas.collect();
                }
                "hyperlinks" => {
                    let links = elements(node).filter_map(|link| {
                        let area = Area::parse(attribute(link, "ref")?)?;
                        let to = leads.get(relationship(link, "id")?)?;
                        Some((area, to.target.clone()))
                    });
                    sheet.links = links.collect();
                }
                _ => {}
            }
        }
        sheet.hidden_rows = joined(std::mem::take(&mut sheet.hidden_rows));
        let mut sheet = sheet.bounded()?;
        for to in leads.values().filter(|to| !to.external) {
            match to.kind.as_str() {
                "comments" => self.comments(&to.target, &mut sheet.comments),
                "drawing" => self.drawings(&to.target, &mut sheet.drawings),
                _ => {}
            }
        }
        sheet.covered();
        Ok(sheet)
    }

    fn rows(&self, data: Element<'_>, sheet: &mut Sheet) -> Result<(), Fault> {
        let (mut next_row, mut count) = (0, 0);
        for row in elements(data) {
            let at = attribute(row, "r").and_then(|row| row.parse::<u32>().ok()?.checked_sub(1));
            let at = at.unwrap_or(next_row).min(super::area::LAST_ROW);
            next_row = at + 1;
            let flat = attribute(row, "ht").is_some_and(|height| height.parse() == Ok(0.0));
            if attribute(row, "hidden").is_some_and(is_on) || flat {
                sheet.hidden_rows.push((at, at));
            }
            let mut next = 0;
            for cell in elements(row) {
                count += 1;
                if count > MOST_CELLS {
                    return Err(Fault::TooLarge);
                }
                let place = attribute(cell, "r")
                    .and_then(Area::parse)
                    .map_or((at, next), |area| area.first);
                next = place.1 + 1;
                self.cell(cell, place, sheet);
            }
        }
        Ok(())
    }

    fn cell(&self, cell: Element<'_>, place: Place, sheet: &mut Sheet) {
        let format = attribute(cell, "s")
            .and_then(|style| self.formats.get(style.parse::<usize>().ok()?))
            .map_or("General", String::as_str);
        let formula = child(cell, "f");
        let value = child(cell, "v")
            .map(text_of)
            .filter(|value| !value.is_empty());
        if let Some(formula) = formula.and_then(|formula| formula.text())
            && let Some(other) = self.elsewhere(formula)
        {
            sheet.linked.push((place, other));
        }
        let (kind, value) = match (attribute(cell, "t").unwrap_or("n"), value) {
            ("inlineStr", _) => ("s", child(cell, "is").map(rich).unwrap_or_default()),
            ("s", Some(value)) => {
                let words = value
                    .trim()
                    .parse::<usize>()
                    .ok()
                    .and_then(|at| self.words.get(at));
                ("s", words.cloned().unwrap_or_default())
            }
            (_, None) if formula.is_some() => {
                if attribute(cell, "t") != Some("str") {
                    sheet.unknown.push(place);
                }
                return;
            }
            (_, None) => return,
            (kind, Some(value)) => (kind, value),
        };
        let shown = match kind {
            "s" | "str" => format::words(&value, format),
            "b" => if is_on(value.trim()) { "TRUE" } else { "FALSE" }.to_owned(),
            "n" => match value.trim().parse::<f64>() {
                Ok(number) => format::number(number, format, self.epoch),
                Err(_) => value.clone(),
            },
            _ => value.clone(),
        };
        if shown.is_empty() {
            if !value.trim().is_empty() && format::hides(format) {
                sheet.hidden_cells.push(place);
            }
            return;
        }
        sheet.cells.insert(place, shown);
    }

    /// The workbook that a formula takes values from.
    fn elsewhere(&self, formula: &str) -> Option<String> {
        let number = ELSEWHERE
            .captures(formula)?
            .get(1)?
            .as_str()
            .parse::<usize>()
            .ok()?;
        self.others.get(number.checked_sub(1)?).cloned()
    }

    fn comments(&self, part: &str, comments: &mut Vec<(Place, String)>) {
        let Some(Ok(text)) = self.package.text(part) else {
            return;
        };
        let Some(document) = xml::document(&text) else {
            return;
        };
        let root = document.root_element();
        let authors: Vec<&str> = child(root, "authors")
            .into_iter()
            .flat_map(elements)
            .map(|author| author.text().unwrap_or("").trim())
            .collect();
        for comment in child(root, "commentList").into_iter().flat_map(elements) {
            let who = attribute(comment, "authorId")
                .and_then(|id| authors.get(id.parse::<usize>().ok()?));
            // A comment that is part of a thread has an id in place of its author.
            let who = who
                .filter(|who| !who.starts_with("tc={"))
                .copied()
                .unwrap_or("");
            if let Some(area) = attribute(comment, "ref").and_then(Area::parse) {
                comments.push((area.first, who.to_owned()));
            }
        }
    }

    fn drawings(&self, part: &str, drawings: &mut Vec<&'static str>) {
        for to in self.package.relationships(part).values() {
            match to.kind.as_str() {
                "chart" | "chartEx" => drawings.push("a chart"),
                "image" => drawings.push("a picture"),
                _ => {}
            }
        }
    }
}

fn listed(sheet: Element<'_>, leads: &Relationships) -> Option<Listed> {
    let to = leads.get(relationship(sheet, "id")?)?;
    Some(Listed {
        name: attribute(sheet, "name")?.to_owned(),
        hidden: attribute(sheet, "state").is_some_and(|state| state != "visible"),
        has_cells: to.kind == "worksheet",
        part: to.target.clone(),
    })
}

/// Reads a defined name: of cells, or of the rows that a sheet repeats on each page.
fn defined(name: Element<'_>, book: &mut Book, repeated: &mut BTreeMap<usize, u32>) {
    let (Some(called), Some(said)) = (attribute(name, "name"), name.text()) else {
        return;
    };
    let local = attribute(name, "localSheetId").and_then(|id| id.parse::<usize>().ok());
    if called == "_xlnm.Print_Titles" {
        let rows = said.split(',').filter_map(|part| on_sheet(part.trim()));
        let rows = rows
            .map(|(_, area)| area)
            .find(|area| area.last.0 < super::area::LAST_ROW);
        if let (Some(sheet), Some(area)) = (local, rows) {
            repeated.insert(sheet, area.last.0);
        }
        return;
    }
    if called.starts_with("_xlnm.") {
        return;
    }
    if let Some((Some(sheet), area)) = on_sheet(said.trim()) {
        book.names.push(NamedArea {
            name: called.to_owned(),
            sheet,
            area,
            heads: None,
        });
    }
}

/// How many rows are frozen at the top of the screen.
fn frozen_rows(views: Element<'_>) -> Option<u32> {
    let pane = child(elements(views).next()?, "pane")?;
    matches!(attribute(pane, "state"), Some("frozen" | "frozenSplit")).then_some(())?;
    let rows = attribute(pane, "ySplit")?.parse::<f64>().ok()?;
    (1.0..100.0).contains(&rows).then_some(rows as u32)
}

fn hidden_columns(column: Element<'_>) -> Option<(u32, u32)> {
    let narrow = attribute(column, "width").is_some_and(|width| width.parse() == Ok(0.0));
    (attribute(column, "hidden").is_some_and(is_on) || narrow).then_some(())?;
    let end = |name| attribute(column, name)?.parse::<u32>().ok()?.checked_sub(1);
    Some((end("min")?, end("max")?))
}

/// The texts that cells share, in order.
fn shared(text: &str) -> Vec<String> {
    let document = xml::document(text);
    let items = document.as_ref().map(|document| document.root_element());
    items.into_iter().flat_map(elements).map(rich).collect()
}

/// A text in pieces, without phonetic guides.
fn rich(item: Element<'_>) -> String {
    elements(item)
        .filter_map(|piece| match piece.tag_name().name() {
            "t" => Some(text_of(piece)),
            "r" => child(piece, "t").map(text_of),
            _ => None,
        })
        .collect()
}

/// The text of an element; Excel writes characters that XML does not have as `_x000D_`.
fn text_of(node: Element<'_>) -> String {
    let text: String = node.children().filter_map(|inner| inner.text()).collect();
    if !text.contains("_x") {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let code = rest
            .get(at + 2..at + 6)
            .filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let letter = code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        plain.push_str(&rest[..at]);
        match letter {
            Some(letter) => {
                plain.extend(Some(letter).filter(|letter| *letter == '\n' || !letter.is_control()));
                rest = &rest[at + 7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// The number format of each style of a cell.
fn formats(text: &str) -> Vec<String> {
    let Some(document) = xml::document(text) else {
        return Vec::new();
    };
    let root = document.root_element();
    let of = |name| child(root, name).into_iter().flat_map(elements);
    let own: BTreeMap<&str, &str> = of("numFmts")
        .filter_map(|format| {
            Some((
                attribute(format, "numFmtId")?,
                attribute(format, "formatCode")?,
            ))
        })
        .collect();
    of("cellXfs")
        .map(|style| {
            let id = attribute(style, "numFmtId").unwrap_or("0");
            match own.get(id) {
                Some(format) => (*format).to_owned(),
                None => format::built_in(id.parse().unwrap_or(0)).to_owned(),
            }
        })
        .collect()
}

/// The name of a file without its folders, which may be private.
pub(super) fn file_name(address: &str) -> String {
    let name = address.rsplit(['/', '\\']).next().unwrap_or(address);
    unquoted(&name.replace("%20", " "))
}

fn is_on(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}
