//! Where a page has ink, and what its content leaves open. Both must be known before anything is put at
//! its foot or head or drawn after its content.
//!
//! White fills, invisible text and blank strings are not ink. A fill or shading that covers the whole page
//! is background and may be under a number, which has its own white box. A picture that covers the page
//! counts, as it may be a scan with text anywhere.

use lopdf::{Dictionary, Document};
use serde::{Deserialize, Serialize};

use super::content::{self, Balance, Mark, MarkKind, PageContent};
use super::geometry::Rect;
use super::object::get_name;
use super::page::{Geometry, rect};

/// The extent of a line in the direction in which it has none, in points. It is thinner than any line.
const HAIR: f64 = 0.01;

/// Where a page has ink.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Ink {
    /// The lowest and the highest ink, in points above the foot of the page as it is shown.
    pub extent: Option<(f32, f32)>,
    /// What the content leaves open.
    pub balance: Balance,
    /// Whether the content could be read to its end.
    pub complete: bool,
    /// A free number for more marked content, above all that the page uses.
    pub free_mcid: i64,
}

/// The ink of a page: of its content and of its annotations.
pub(super) fn of(
    doc: &Document,
    content: &PageContent,
    geometry: &Geometry,
    annotations: &[&Dictionary],
) -> Ink {
    let mut ink = Extent {
        page: geometry.crop,
        around: Rect::NOWHERE,
    };
    for mark in &content.marks {
        if !content.is_hidden(mark) {
            ink.mark(mark);
        }
    }
    // Notes, stamps and drawings count as ink. Links and closed comments do not.
    for annotation in annotations {
        if !matches!(
            get_name(doc, annotation, b"Subtype"),
            None | Some(b"Link" | b"Popup" | b"Text")
        ) && let Some(area) = annotation
            .get(b"Rect")
            .ok()
            .and_then(|area| rect(doc, area))
        {
            ink.extend(&area, &Rect::EVERYWHERE);
        }
    }
    Ink {
        extent: ink.seen(geometry),
        balance: content.balance.clone(),
        complete: !content.truncated && !content.unreadable,
        free_mcid: content.free_mcid(),
    }
}

/// The rectangle around ink, in the page's own coordinates.
struct Extent {
    page: Rect,
    around: Rect,
}

impl Extent {
    fn mark(&mut self, mark: &Mark) {
        match &mark.kind {
            MarkKind::Text(run) => {
                let drawn = [run.fill, run.stroke].into_iter().flatten().any(shows);
                if drawn && !run.text.trim().is_empty() {
                    self.extend(&mark.bounds, &mark.clip);
                }
            }
            MarkKind::Path(path) => {
                if path.fill.is_some_and(shows) {
                    // If a path has too many pieces, only its bounds are known.
                    for area in path.fill_areas(&mark.bounds) {
                        self.solid(&area, &mark.clip);
                    }
                }
                if path.stroke.is_some_and(shows) {
                    for area in path.stroke_areas(&mark.bounds) {
                        self.extend(&area, &mark.clip);
                    }
                }
            }
            MarkKind::Image(_) => self.extend(&mark.bounds, &mark.clip),
            MarkKind::Shading(ink) if shows(*ink) => self.solid(&mark.bounds, &mark.clip),
            MarkKind::Shading(_) => {}
        }
    }

    /// Adds a surface, unless it covers the page and so is background.
    fn solid(&mut self, area: &Rect, clip: &Rect) {
        let seen = area.intersect(clip).intersect(&self.page);
        let covers =
            seen.width() > self.page.width() * 0.95 && seen.height() > self.page.height() * 0.9;
        if !covers {
            self.extend(area, clip);
        }
    }

    fn extend(&mut self, area: &Rect, clip: &Rect) {
        let area = Rect {
            x1: area.x1 + HAIR,
            y1: area.y1 + HAIR,
            ..*area
        };
        let seen = area.intersect(clip).intersect(&self.page);
        if !seen.is_empty() {
            self.around = self.around.union(&seen);
        }
    }

    /// The lowest and the highest ink on the page as it is shown.
    fn seen(&self, geometry: &Geometry) -> Option<(f32, f32)> {
        if self.around.is_empty() {
            return None;
        }
        let seen = geometry
            .seen_to_own()
            .inverse()?
            .quad(&self.around)
            .bounds();
        Some((seen.y0 as f32, seen.y1 as f32))
    }
}

/// Whether ink can be seen on white paper.
fn shows(ink: content::Ink) -> bool {
    let white = ink
        .color
        .is_some_and(|color| color.iter().all(|part| *part >= 0.999));
    !white && ink.alpha > 0.0
}

#[cfg(test)]
mod tests {
    use lopdf::{Object, Stream, dictionary};

    use super::*;
    use crate::pdf::content::Interpreter;

    /// The ink of a page of 600 by 800 points.
    fn ink(content: &[u8]) -> Ink {
        turned(content, 0)
    }

    fn turned(content: &[u8], rotation: i64) -> Ink {
        let mut doc = Document::with_version("1.7");
        let content = doc.add_object(Stream::new(Dictionary::new(), content.to_vec()));
        let font = doc.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
        });
        let page = doc.add_object(dictionary! {
            "Type" => "Page", "Contents" => content, "Rotate" => rotation,
            "MediaBox" => vec![0.into(), 0.into(), 600.into(), Object::from(800)],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        });
        let tree = doc.add_object(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()] });
        let catalog = doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        doc.trailer.set("Root", catalog);
        let pages = crate::pdf::pages(&doc);
        let content = Interpreter::new(&doc).page(&pages[0]);
        of(&doc, &content, &pages[0].geometry(), &[])
    }

    #[test]
    fn text_counts_from_its_descent_to_its_ascent() {
        let (low, high) = ink(b"BT /F1 10 Tf 50 100 Td (x) Tj ET").extent.unwrap();
        assert!(
            (97.0..98.0).contains(&low) && (107.0..110.0).contains(&high),
            "{low} {high}"
        );
    }

    #[test]
    fn the_foot_is_that_of_the_page_as_it_is_seen() {
        let bar = b"0 0 40 800 re f";
        assert_eq!(ink(bar).extent, Some((0.0, 800.0)));
        assert_eq!(turned(bar, 90).extent, Some((559.99, 600.0)));
        assert_eq!(turned(bar, 270).extent, Some((0.0, 40.01)));
    }

    #[test]
    fn what_is_not_seen_is_no_ink() {
        for content in [
            b"1 g 10 10 50 50 re f".as_slice(),
            b"BT /F1 10 Tf 50 20 Td ( ) Tj ET",
            b"BT 3 Tr /F1 10 Tf 50 20 Td (hidden) Tj ET",
            b"0 0 600 100 re W n 10 200 50 50 re f",
            b"0.9 g 0 0 600 800 re f",
            b"10 900 50 50 re f",
        ] {
            let extent = ink(content).extent;
            assert_eq!(extent, None, "{}", String::from_utf8_lossy(content));
        }
    }

    #[test]
    fn a_frame_round_the_page_is_its_lines() {
        let (low, high) = ink(b"20 20 560 760 re S").extent.unwrap();
        assert!(low < 20.0 && high > 780.0);
    }

    #[test]
    fn what_is_left_open_is_counted() {
        let expected = Balance {
            unclosed_states: 2,
            unopened_states: 1,
            unclosed_marks: 1,
            open_text: true,
            ..Balance::default()
        };
        let ink = ink(b"Q q q /P <</MCID 0>> BDC BT (x) Tj");
        assert_eq!(ink.balance, expected);
        assert!(ink.complete);
    }

    #[test]
    fn what_content_breaks_off_in_is_known() {
        for (content, unclosed) in [
            (&b"q (a (b) c"[..], &b")"[..]),
            (b"(a (b \\)", b"))"),
            (b"<0F", b">"),
            (b"[1 <</A [(x", b")]>>]"),
            (b"/P <</MCID 0", b">>"),
            (b"BI /W 2 /H 2 /CS /G /BPC 8 ID abc", b"\0\nEI"),
            (b"BI /W 2 /H 2 /CS /G /F /Fl ID abc", b"\nEI"),
            (b"[(x) TJ (y) Tj", b""),
            (b"1 0 0 RG % (", b""),
        ] {
            assert_eq!(ink(content).balance.unclosed, unclosed, "{content:?}");
        }
        assert!(ink(b"0 0 m 9 9 l").balance.open_path);
        assert!(!ink(b"0 0 m 9 9 l n").balance.open_path);
    }
}
