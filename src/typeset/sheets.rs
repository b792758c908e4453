//! A part that has been set: its pages, and what is where on them.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::finding::Span;

/// A part on pages.
#[derive(Debug, Clone)]
pub struct Sheets {
    /// The pages as tagged PDF (PDF/UA-1 and PDF/A-2a).
    pub pdf: Bytes,
    /// Width and height of each page in points.
    pub sizes: Vec<(f64, f64)>,
    /// The places that links and page slots can go to. The part's key is one, at the top of its first
    /// page.
    pub anchors: Vec<Anchor>,
    /// The headings in order.
    pub headings: Vec<Heading>,
    /// For each page, the author's words on it, without notes and repeated header rows. A picture is
    /// [`crate::compose::marks::PICTURE`].
    pub words: Vec<String>,
    /// The anchors of the slots that the part has.
    pub numbers: Vec<String>,
    /// The slots on the pages, in order.
    pub slots: Vec<Slot>,
    /// Characters that no font has, with the place of their block.
    pub missing: Vec<(char, Option<Span>)>,
    /// The engine's warnings, which are never shown to a clerk.
    pub warnings: Vec<String>,
}

impl Sheets {
    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.sizes.len()
    }
}

/// A place on a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Anchor {
    /// Its name.
    pub name: String,
    /// The page, counted from 0.
    pub page: usize,
    /// Points from the page's top.
    pub y: f64,
}

/// A heading on a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// Its words, number first.
    pub title: String,
    /// 1 for the part's title.
    pub level: u8,
    /// The page, counted from 0.
    pub page: usize,
    /// Points from the page's top.
    pub y: f64,
}

/// A page number on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Whose number it is.
    pub anchor: String,
    /// What is printed, as in [`crate::compose::part::Inline::Page`].
    pub words: String,
    /// The page, counted from 0.
    pub page: usize,
}
