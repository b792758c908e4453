//! How a table is laid out. This is decided when it is typeset, from the widths of its words.

use serde::Serialize;

/// How a table is laid out.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Fit {
    /// The widths of the columns in points.
    pub widths: Vec<f64>,
    /// The size of print in points.
    pub size: f64,
    /// Whether it is on landscape pages.
    pub landscape: bool,
    /// Whether it reaches into the gutter of the paragraph numbers.
    pub outdent: bool,
    /// For each row, the place of each of its cells.
    pub places: Vec<Vec<CellPlace>>,
    /// For each row, whether it may break over pages.
    pub breakable: Vec<bool>,
    /// For each row, whether it stays on one page with the row below.
    pub with_next: Vec<bool>,
    /// Whether the table stays on one page.
    pub whole: bool,
    /// Whether its header rows are set as a header. Where they would take too much of a page, they
    /// are set as rows like the others.
    pub head: bool,
    /// Whether its header rows are repeated on every page: not where they hold links or footnotes,
    /// which may be there only once (PDF/UA-1, 7.1: repeated content is an artifact, and artifacts
    /// hold no links).
    pub repeat: bool,
}

/// Where a cell of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct CellPlace {
    /// Its first column, counted from 0.
    pub x: usize,
    /// Its first row, counted from 0.
    pub y: usize,
    /// How many columns it takes.
    pub columns: usize,
    /// How many rows it takes.
    pub rows: usize,
    /// How it is aligned in its column; never [`Align::Auto`].
    pub align: Align,
    /// How far a figure is moved from the right so that decimal points align, in ems.
    pub shift: f64,
}

/// How a column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// As running text, or as figures where the column holds figures.
    #[default]
    Auto,
    /// Left.
    Start,
    /// Centred.
    Centre,
    /// Right.
    End,
}
