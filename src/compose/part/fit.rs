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
    /// Whether it stands on pages turned on their side.
    pub landscape: bool,
    /// Whether it reaches into the gutter of the paragraph numbers.
    pub outdent: bool,
    /// For each row, the place of each of its cells.
    pub places: Vec<Vec<CellPlace>>,
    /// For each row, whether it may break over pages.
    pub breakable: Vec<bool>,
    /// Whether the table stays on one page.
    pub whole: bool,
    /// Whether its heads stand together at its top: not where they would take too much of a page,
    /// when they are rows like the others.
    pub head: bool,
    /// Whether its heads stand on every page: not where they hold links or footnotes, which only
    /// stand once (PDF/UA-1, 7.1: what is repeated is an artifact, and artifacts hold no links).
    pub repeat: bool,
}

/// Where a cell of a table stands.
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
    /// How it stands in its column; never [`Align::Auto`].
    pub align: Align,
    /// How far a figure is moved from the right so that decimal points stand in line, in ems.
    pub shift: f64,
}

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// As the text would, or as figures where the column holds figures.
    #[default]
    Auto,
    /// Left.
    Start,
    /// Centred.
    Centre,
    /// Right.
    End,
}
