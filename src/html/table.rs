//! Tables: laid out on a grid in which every column and row has a cell of its own, so that a browser and a
//! screen reader see the same table whatever spans the source has; and measured, so that one that is too
//! wide can be read as records.

use std::fmt::Write as _;

use super::blocks::{Setter, blank};
use super::inlines::LONG_WORD;
use super::markup;
use crate::compose::part::{Align, Block, BlockKind, Cell, Table, plain};
use crate::prose::codes::is_unbroken;

/// The most columns, which is more than any table on paper has; longer spans are cut.
const MAX_COLUMNS: usize = 500;
/// The widest table that fits beside the contents list, in em. A wider one scrolls inside its own frame
/// there, and is shown as records if the page has one column.
const WIDEST: usize = 54;
/// The width of the window from which the contents list is beside the text, in em, as in the style sheet.
const TWO_COLUMNS: usize = 64;
/// The margins of a narrow window, in em.
const MARGINS: usize = 5;
/// The margins and the gutter of paragraph numbers in a wider window of one column, in em.
const MARGINS_AND_GUTTER: usize = 9;
/// The width of the window from which there is a gutter, in em.
const GUTTER_FROM: usize = 48;
/// The margins, gutter and contents list of a window of two columns, in em.
const MARGINS_AND_CONTENTS: usize = 33;

/// A value of up to this many characters is set beside others in a record.
const SHORT: usize = 14;

/// How much wider the mark of a page is than its label, in characters: it has the word for a page, and a box.
const PAGE_MARK: usize = 9;

/// A value of so many characters takes the whole width of a record.
const LONG: usize = 100;

/// A table on its grid.
struct Grid<'t> {
    head: Vec<Line<'t>>,
    body: Vec<Line<'t>>,
    columns: usize,
}

/// A row of the grid: the cells that begin in it.
struct Line<'t> {
    cells: Vec<Placed<'t>>,
    /// The printed page that begins with it.
    page: Option<&'t str>,
}

/// A row as it was composed, and the printed page that begins with it.
type Row<'t> = (&'t [Cell], Option<&'t str>);

/// The rows of a table. A row with only a page mark becomes the page of the next row.
fn rows(table: &Table) -> Vec<Row<'_>> {
    let mut rows = Vec::with_capacity(table.rows.len());
    let mut begins = None;
    for row in &table.rows {
        match page_in(&row.cells) {
            Some(label) => begins = Some(label),
            None => rows.push((row.cells.as_slice(), begins.take())),
        }
    }
    rows
}

/// The page of a row that is only a page mark.
fn page_in(cells: &[Cell]) -> Option<&str> {
    let [cell] = cells else { return None };
    match cell.blocks.as_slice() {
        [only] => match &only.kind {
            BlockKind::PageMark { label, .. } => Some(label),
            _ => None,
        },
        _ => None,
    }
}

/// A cell on the grid.
#[derive(Clone, Copy)]
struct Placed<'t> {
    /// `None` if the source has too few.
    cell: Option<&'t Cell>,
    column: usize,
    columns: usize,
    rows: usize,
}

impl<'t> Grid<'t> {
    fn of(table: &'t Table) -> Self {
        let head_rows = match table.header_rows {
            // Header rows without rows below them are not header rows.
            rows if rows >= table.rows.len() => 0,
            rows => rows,
        };
        let rows = rows(table);
        let (head, body) = rows.split_at(head_rows.min(rows.len()));
        let mut head = lay(head);
        let mut body = lay(body);
        let columns = head
            .iter()
            .chain(&body)
            .flat_map(|line| &line.cells)
            .map(|placed| placed.column + placed.columns)
            .max()
            .unwrap_or(0);
        fill(&mut head, columns);
        fill(&mut body, columns);
        let mut begun = vec![false; columns];
        for placed in head.iter().chain(&body).flat_map(|line| &line.cells) {
            if let Some(begun) = begun.get_mut(placed.column) {
                *begun = true;
            }
        }
        // kept[c]: how many columns before c have a cell that begins there.
        let mut kept = vec![0; columns + 1];
        for column in 0..columns {
            kept[column + 1] = kept[column] + usize::from(begun[column]);
        }
        for placed in head
            .iter_mut()
            .chain(&mut body)
            .flat_map(|line| &mut line.cells)
        {
            let end = (placed.column + placed.columns).min(columns);
            placed.columns = kept[end] - kept[placed.column];
            placed.column = kept[placed.column];
        }
        Self {
            head,
            body,
            columns: kept[columns],
        }
    }

    /// The words above each column, with those of several header rows joined.
    fn labels(&self) -> Vec<String> {
        let mut labels = vec![Vec::<String>::new(); self.columns];
        for placed in self.head.iter().flat_map(|line| &line.cells) {
            let words = placed
                .cell
                .map(|cell| cell_words(&cell.blocks))
                .unwrap_or_default();
            if words.is_empty() {
                continue;
            }
            for column in placed.column..placed.column + placed.columns {
                if let Some(labels) = labels.get_mut(column)
                    && labels.last() != Some(&words)
                {
                    labels.push(words.clone());
                }
            }
        }
        labels.into_iter().map(|words| words.join(", ")).collect()
    }

    /// Whether every column but the first holds figures or a word or two.
    fn is_figures(&self) -> bool {
        self.body
            .iter()
            .flat_map(|line| &line.cells)
            .filter(|placed| placed.column > 0)
            .filter_map(|placed| placed.cell)
            .all(|cell| cell_words(&cell.blocks).chars().count() <= SHORT)
    }

    /// The width at which no words of the table break, in em of its own text.
    fn width(&self) -> usize {
        let mut widths = vec![0_usize; self.columns];
        for line in self.head.iter().chain(&self.body) {
            if let (Some(label), Some(first)) = (line.page, line.cells.first())
                && let Some(width) = widths.get_mut(first.column)
            {
                *width = (*width).max(label.chars().count() + PAGE_MARK);
            }
        }
        for placed in self
            .head
            .iter()
            .chain(&self.body)
            .flat_map(|line| &line.cells)
        {
            let Some(cell) = placed.cell else { continue };
            if placed.columns > 1 {
                continue;
            }
            let words = cell_words(&cell.blocks);
            let longest = words
                .split_whitespace()
                .map(|word| word.chars().count().min(LONG_WORD))
                .max()
                .unwrap_or(0);
            let count = words.chars().count();
            let whole = if is_unbroken(&words) {
                count
            } else {
                count.min(LONG_WORD) * 2 / 3
            };
            let inside = tables_within(&cell.blocks);
            if let Some(width) = widths.get_mut(placed.column) {
                *width = (*width).max(longest).max(whole).max(inside);
            }
        }
        let characters: usize = widths.iter().map(|width| width + 2).sum();
        // A bold figure, as in header rows and totals, is six tenths of an em wide.
        characters * 3 / 5 + 1
    }
}

/// The characters beside each other in the widest table within blocks.
fn tables_within(blocks: &[Block]) -> usize {
    let inside = |block: &Block| match &block.kind {
        BlockKind::Table(table) => Grid::of(table).width() * 5 / 3,
        _ => block
            .inner()
            .into_iter()
            .map(tables_within)
            .max()
            .unwrap_or_default(),
    };
    blocks.iter().map(inside).max().unwrap_or_default()
}

/// Places the cells of one row group as HTML's table model does, with spans cut at its edges.
fn lay<'t>(rows: &[Row<'t>]) -> Vec<Line<'t>> {
    // A row without cells of its own has only what spans into it.
    let rows = rows.iter().copied();
    let rows: Vec<Row<'t>> = rows.filter(|(cells, _)| !cells.is_empty()).collect();
    let mut busy: Vec<usize> = Vec::new();
    let mut lines = Vec::with_capacity(rows.len());
    for (row, (cells, page)) in rows.iter().enumerate() {
        let mut line = Vec::with_capacity(cells.len());
        let mut column = 0;
        for cell in *cells {
            while busy.get(column).is_some_and(|&until| until > row) {
                column += 1;
            }
            if column >= MAX_COLUMNS {
                break;
            }
            let wanted = cell.columns.clamp(1, MAX_COLUMNS - column);
            let columns = (0..wanted)
                .take_while(|ahead| busy.get(column + ahead).is_none_or(|&until| until <= row))
                .count()
                .max(1);
            let tall = cell.rows.clamp(1, rows.len() - row);
            if busy.len() < column + columns {
                busy.resize(column + columns, 0);
            }
            for until in busy.iter_mut().skip(column).take(columns) {
                *until = row + tall;
            }
            line.push(Placed {
                cell: Some(cell),
                column,
                columns,
                rows: tall,
            });
            column += columns;
        }
        lines.push(Line {
            cells: line,
            page: *page,
        });
    }
    mend_rows(lines)
}

/// Drops rows in which no cell begins, and shortens the spans across them.
fn mend_rows(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let mut kept = vec![0; lines.len() + 1];
    for (row, line) in lines.iter().enumerate() {
        kept[row + 1] = kept[row] + usize::from(!line.cells.is_empty());
    }
    lines
        .into_iter()
        .enumerate()
        .filter(|(_, line)| !line.cells.is_empty())
        .map(|(row, mut line)| {
            for placed in &mut line.cells {
                placed.rows = kept[(row + placed.rows).min(kept.len() - 1)] - kept[row];
            }
            line
        })
        .collect()
}

/// Gives every row as many columns as the table has.
fn fill(lines: &mut [Line<'_>], columns: usize) {
    let mut busy = vec![0_usize; columns];
    for (row, line) in lines.iter_mut().enumerate() {
        for placed in &line.cells {
            for until in busy.iter_mut().skip(placed.column).take(placed.columns) {
                *until = row + placed.rows;
            }
        }
        for (column, until) in busy.iter_mut().enumerate() {
            if *until <= row {
                *until = row + 1;
                line.cells.push(Placed {
                    cell: None,
                    column,
                    columns: 1,
                    rows: 1,
                });
            }
        }
        line.cells.sort_by_key(|placed| placed.column);
    }
}

/// The media query for which tables of a class are records. `large_print` is the size of its text in
/// percent: such a page has one column, and its tables grow with the text while the window does not.
///
/// A query of the table's own frame (`@container`) would be simpler, but the Nu checker reports it as an
/// error.
pub(super) fn records_below(class: usize, large_print: Option<u32>) -> String {
    let one_column = |width: usize| {
        if width + MARGINS < GUTTER_FROM {
            width + MARGINS
        } else {
            width + MARGINS_AND_GUTTER
        }
    };
    match large_print {
        Some(_) if class > WIDEST => "all".to_owned(),
        Some(percent) => {
            let percent = usize::try_from(percent).unwrap_or(100);
            format!("(max-width: {}em)", one_column(class) * percent / 100)
        }
        None if class > WIDEST => format!("(max-width: {}.99em)", TWO_COLUMNS - 1),
        None => {
            let one = one_column(class).min(TWO_COLUMNS - 1);
            let two = class + MARGINS_AND_CONTENTS;
            if two > TWO_COLUMNS {
                format!(
                    "(max-width: {one}.99em), (min-width: {TWO_COLUMNS}em) and (max-width: {two}em)"
                )
            } else {
                format!("(max-width: {one}.99em)")
            }
        }
    }
}

impl<'p> Setter<'p, '_, '_> {
    /// A table. If it has no caption, a `whole` table, which is an appendix of its own, is named after the
    /// appendix.
    pub(super) fn table(&mut self, table: &'p Table, whole: bool, lang: &str) {
        let grid = Grid::of(table);
        if grid.columns == 0 || (grid.head.is_empty() && grid.body.is_empty()) {
            return;
        }
        self.shared.tables += 1;
        let count = self.shared.tables;
        let labels = grid.labels();
        let width = grid.width();
        let fit = if width > WIDEST {
            WIDEST + 2
        } else {
            width.div_ceil(2) * 2
        };
        self.shared.table_widths.insert(fit);
        // A wide table keeps its width beside the contents list.
        let scrolls = width > WIDEST && self.shared.options.large_print.is_none();
        let figures = if grid.is_figures() { " figures" } else { "" };
        let caption_id = self.shared.ids.claim(&format!("table-{count}"));
        if scrolls {
            // The frame must be reachable with the keyboard. The hint is in the caption too.
            let _ = write!(
                self.out,
                "<div class=\"table-frame wide\">\n<p class=\"scroll-hint\" aria-hidden=\"true\">{}</p>\n\
                 <div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-labelledby=\"{caption_id}\">",
                self.shared.words.table_scrolls()
            );
        } else {
            self.out.push_str("<div class=\"table-frame\">");
        }
        let _ = write!(
            self.out,
            "<table class=\"fit-{fit}{figures}\"{lang}>\n<caption"
        );
        let caption = table.caption.as_deref().filter(|caption| !blank(caption));
        // The heading above the table is its visible title.
        if caption.is_none() {
            self.out.push_str(" class=\"unseen\"");
        }
        let _ = write!(self.out, "><span id=\"{caption_id}\">");
        match caption {
            Some(caption) => self.inlines(caption),
            None if whole => markup::text(&mut self.out, &self.last_heading),
            None => {
                let name = format!("{} {count}", self.shared.words.table());
                markup::text(&mut self.out, &name);
                if !self.last_heading.is_empty() {
                    self.out.push_str(": ");
                    markup::text(&mut self.out, &self.last_heading);
                }
            }
        }
        if scrolls {
            let scrolling = format!(", {}", self.shared.words.table_scrolls());
            self.out.push_str("<span class=\"unseen\">");
            markup::text(&mut self.out, &scrolling);
            self.out.push_str("</span>");
        }
        self.out.push_str("</span></caption>\n");
        if !grid.head.is_empty() {
            self.out.push_str("<thead>\n");
            for line in &grid.head {
                self.line(table, line, true, &labels);
            }
            self.out.push_str("</thead>\n");
        }
        self.out.push_str("<tbody>\n");
        for line in &grid.body {
            self.line(table, line, false, &labels);
        }
        self.out.push_str("</tbody>\n</table></div>\n");
        if scrolls {
            self.out.push_str("</div>\n");
        }
    }

    fn line(&mut self, table: &'p Table, line: &Line<'p>, head: bool, labels: &[String]) {
        self.out.push_str("<tr>");
        let all_heads = line
            .cells
            .iter()
            .all(|placed| placed.cell.is_none_or(|cell| cell.header));
        let mut page = line.page;
        for placed in &line.cells {
            let shows = placed.cell.is_some_and(|cell| shows(&cell.blocks));
            let header =
                shows && (head || (!all_heads && placed.cell.is_some_and(|cell| cell.header)));
            let tag = if header { "th" } else { "td" };
            let _ = write!(self.out, "<{tag}");
            if header {
                self.out.push_str(if head {
                    " scope=\"col\""
                } else {
                    " scope=\"row\""
                });
            }
            if placed.columns > 1 {
                let _ = write!(self.out, " colspan=\"{}\"", placed.columns);
            }
            if placed.rows > 1 {
                let _ = write!(self.out, " rowspan=\"{}\"", placed.rows);
            }
            let mut classes = Vec::new();
            if !shows {
                // A cell without words is left out of a record, but not where a page begins.
                if page.is_none() {
                    classes.push("empty");
                }
            } else if placed.columns == 1 {
                match table.columns.get(placed.column) {
                    Some(Align::End) => classes.push("end"),
                    Some(Align::Centre) => classes.push("centre"),
                    _ => {}
                }
                let words = placed.cell.map(|cell| cell_words(&cell.blocks));
                let words = words.filter(|_| !head);
                if words.as_deref().is_some_and(is_unbroken) {
                    // A page that begins here has its number before the words.
                    if page.is_none() {
                        classes.push("short");
                    }
                } else if words.is_some_and(|words| words.chars().count() >= LONG) {
                    classes.push("long");
                }
            }
            if !classes.is_empty() {
                markup::pair(&mut self.out, "class", &classes.join(" "));
            }
            // The head of its first column would be wrong over a cell that spans several.
            if !head
                && shows
                && placed.columns == 1
                && let Some(label) = labels.get(placed.column)
                && !label.is_empty()
            {
                markup::pair(&mut self.out, "data-label", label);
            }
            self.out.push('>');
            if let Some(label) = page.take() {
                self.page_mark(label, "span");
            }
            if let Some(cell) = placed.cell.filter(|_| shows) {
                self.cell(&cell.blocks);
            }
            let _ = write!(self.out, "</{tag}>");
        }
        self.out.push_str("</tr>\n");
    }
}

fn shows(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match &block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => {
            !blank(content)
        }
        BlockKind::Preformatted { text } => !text.trim().is_empty(),
        BlockKind::PageMark { .. } => false,
        _ => true,
    })
}

/// The words of a cell on one line.
fn cell_words(blocks: &[Block]) -> String {
    let mut words = String::new();
    gather(blocks, &mut words, 0);
    let mut line = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

fn gather(blocks: &[Block], words: &mut String, depth: usize) {
    if depth > 8 {
        return;
    }
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => {
                words.push_str(&plain(content));
                words.push(' ');
            }
            BlockKind::List { .. } | BlockKind::Quote { .. } => {
                for inner in block.inner() {
                    gather(inner, words, depth + 1);
                }
            }
            _ => {}
        }
    }
}
