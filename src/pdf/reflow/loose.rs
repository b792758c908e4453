//! Large pictures that the tags leave out or have among the words: charts pasted into a report, of
//! which nobody said what they show. They are shown after the tagged content that they stand in, or
//! that they stand below on their page: files paint them first or last. What a file shows more than
//! once is its letterhead.

use std::collections::HashMap;

use lopdf::ObjectId;

use super::drawing::{self, Drawing, Sheet};
use super::to_say::Said;
use crate::finding::Span;
use crate::pdf::Page;
use crate::pdf::content::{ImageMark, Mark, Opacity};
use crate::pdf::geometry::Rect;
use crate::pdf::structure::ContentKey;
use crate::prose::{Block, BlockKind, Figure};

/// A picture among the words takes at least so much of its page.
const AMONG_WORDS: f64 = 0.03;
/// The same of one outside the tags, where ornaments are.
const OUTSIDE: f64 = 0.1;

/// How far the line above a picture may reach into it, in points.
const OVERLAP: f64 = 3.0;

/// A picture that no figure of the tags holds.
#[derive(Debug, Clone)]
pub(super) struct Loose {
    /// The tagged content that it is shown after.
    after: Option<ContentKey>,
    image: Option<ObjectId>,
    /// Around what is seen of it, from the top left corner of the page as it is shown.
    place: Rect,
    /// The least share of its page that makes it worth showing.
    least: f64,
}

impl Loose {
    /// A picture that stands in the content `key`, or outside the tags; `None` where nothing of it is
    /// seen.
    pub(super) fn of(
        mark: &Mark,
        image: &ImageMark,
        page: &Page<'_>,
        key: Option<ContentKey>,
    ) -> Option<Self> {
        let seen = mark.visible().intersect(&page.crop);
        if seen.is_empty() || image.opacity == Opacity::Stencil {
            return None;
        }
        Some(Self {
            after: key,
            image: image.id,
            place: page.shown_box(&seen)?,
            least: if key.is_some() { AMONG_WORDS } else { OUTSIDE },
        })
    }

    /// Puts one that is outside the tags after the content that ends right above it on the page as it
    /// is shown; where there is none, it begins the page.
    pub(super) fn put_below(&mut self, content: &[(ContentKey, Rect)]) {
        if self.after.is_some() {
            return;
        }
        let top = self.place.y0 + OVERLAP;
        let above = content.iter().filter(|(_, place)| place.y1 <= top);
        let nearest = above.max_by(|a, b| a.1.y1.total_cmp(&b.1.y1));
        self.after = nearest.map(|(key, _)| *key);
    }
}

/// The pictures of a page, and what else there is on it.
pub(super) struct OnPage<'a> {
    /// The page in its file, counted from 0.
    pub(super) number: usize,
    /// Which of the selected pages it is.
    pub(super) place: usize,
    pub(super) sheet: &'a Sheet,
    pub(super) loose: &'a [Loose],
    /// What is drawn in figures.
    pub(super) figures: &'a [(ContentKey, Drawing)],
}

/// The pictures of the pages, each a figure that waits for its place.
pub(super) fn said(pages: &[OnPage<'_>], at: Span) -> Vec<Said> {
    let all = || {
        pages
            .iter()
            .flat_map(|page| page.loose.iter().map(move |loose| (page, loose)))
    };
    let mut times: HashMap<ObjectId, usize> = HashMap::new();
    for id in all().filter_map(|(_, loose)| loose.image) {
        *times.entry(id).or_default() += 1;
    }
    let once = |loose: &Loose| loose.image.is_none_or(|id| times[&id] == 1);
    all()
        .filter(|(_, loose)| once(loose))
        .filter_map(|(page, loose)| {
            let figure = Figure {
                source: page.source(loose)?,
                alt: String::new(),
                caption: None,
                lettering: Vec::new(),
                share: page.sheet.share(&loose.place),
            };
            Some(Said {
                page: page.place,
                after: loose.after,
                blocks: vec![Block {
                    kind: BlockKind::Figure(figure),
                    span: at,
                    lang: None,
                }],
                words: String::new(),
            })
        })
        .collect()
}

impl OnPage<'_> {
    /// Where a picture is seen, unless it is small, the ground of its page or part of a figure.
    fn source(&self, loose: &Loose) -> Option<String> {
        let (width, height) = self.sheet.size;
        let small = loose.place.area() < loose.least * width * height;
        let ground = drawing::is_ground(&loose.place, self.sheet, 0);
        let in_figure = |(_, figure): &(ContentKey, Drawing)| figure.holds(&loose.place);
        if small || ground || self.figures.iter().any(in_figure) {
            return None;
        }
        let region = drawing::region(self.number, &loose.place, self.sheet.size)?;
        Some(region.to_string())
    }
}
