//! Puts furniture on a page. It decides where the furniture goes on the page as it is shown, and makes
//! it an artifact, which screen readers do not read and which does not affect the tags of the page.

use std::collections::BTreeSet;
use std::io::Write as _;

use lopdf::{Dictionary, Object, Stream, dictionary};

use super::furniture::{Piece, Pieces, Text};
use super::imported::{Imported, ImportedPage, local};
use super::numbering::PageEntry;
use super::objects::Objects;
use super::outcome::AssembleError;
use super::plan::{Furniture, Provenance, Section};
use super::spelling::{shared, write_real};
use crate::pdf::Balance;
use crate::pdf::geometry::{Matrix, Rect};
use crate::typeset::{EDGE, GAP, box_height, strip};

/// The distance from the side of the page to what is at its outer foot, in points: 20 mm.
const SIDE: f32 = 56.7;
/// The page that furniture is made for, in points.
const A4: (f32, f32) = (595.0, 842.0);
/// The additional space below an opening, which is a heading, in points.
const BELOW_OPENING: f32 = 8.0;
/// The most entries that are copied so that pages have their own resources. Only a trap needs more.
const MOST_ENTRIES: usize = 4_000_000;
/// The longest content that is in one stream with what the pack prints, in bytes.
const LONG: usize = 16 << 10;
/// What says of a longer one that it is the pack's own.
pub(super) const CLOSING: &str = "PackClosing";

/// What is put on one page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) number: Option<Text>,
    pub(super) marking: Option<Text>,
    pub(super) notice: Option<Text>,
    pub(super) watermark: Option<Text>,
    /// The pack's own heading on the first page of an attachment.
    pub(super) opening: Option<Text>,
    /// The lines of a blank page for notes.
    pub(super) notes: Option<Text>,
    /// Whether it is a left-hand page of a double-sided pack.
    pub(super) left_hand: bool,
    /// Whether the furniture grows with a page that is larger than A4. The program's own pages leave
    /// room for furniture of one size only.
    pub(super) grows: bool,
}

impl Marks {
    /// The marks of a page of `section`. `sheet` is the section whose notice it bears, `entry` its entry in
    /// the map of the pack, and `size` its size as it is shown.
    pub(super) fn new(
        furniture: &Furniture,
        section: &Section,
        sheet: &Section,
        entry: &PageEntry,
        last: u32,
        position: usize,
        size: (f64, f64),
    ) -> Marks {
        let text = |text: &Option<String>, kind: fn(String) -> Text| {
            text.as_deref()
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .map(|text| kind(text.to_owned()))
        };
        let number = entry.number.map(|number| {
            furniture
                .page_number
                .replace("{pages}", &last.to_string())
                .replace("{page}", &number.to_string())
        });
        let grows = section.origin == Provenance::Attachment;
        let opening = section
            .opening
            .as_ref()
            .filter(|_| grows && entry.page == Some(0))
            .map(|opening| {
                let scale = scale(furniture.size, grows, size);
                let width = (size.0 as f32 - 2.0 * side(scale, size)) / scale;
                Text::Opening(opening.clone(), width.max(1.0) as u16)
            });
        let notes = furniture.notes.as_ref().filter(|_| entry.page.is_none());
        let notes = notes.map(|word| {
            let width = size.0 as f32 - 2.0 * side(1.0, size);
            let height = size.1 as f32 - 2.0 * strip(furniture.size);
            Text::Notes(
                word.clone(),
                (width.max(1.0) as u16, height.max(1.0) as u16),
            )
        });
        Marks {
            opening,
            notes,
            number: text(&number, Text::Number),
            marking: text(&furniture.marking, Text::Marking),
            notice: text(&sheet.heading, Text::Notice),
            watermark: text(&sheet.watermark, Text::Watermark),
            left_hand: furniture.double_sided && position % 2 == 1,
            grows,
        }
    }

    /// The strips that these marks need on a page of this size, as it is shown.
    pub(super) fn strips(&self, size: f32, pieces: &Pieces, page: (f64, f64)) -> Strips {
        let scale = scale(size, self.grows, page);
        let strip = |height: f32| (EDGE + height + GAP) * scale;
        let opening = self.opening.as_ref().and_then(|text| pieces.get(text));
        let notice = self.notice.as_ref().map(|_| box_height(size));
        let head = match (notice, opening) {
            (None, None) => 0.0,
            (Some(notice), None) => strip(notice),
            (None, Some(opening)) => strip(opening.height + BELOW_OPENING),
            (Some(notice), Some(opening)) => strip(notice + GAP + opening.height + BELOW_OPENING),
        };
        let has_foot = self.number.is_some() || self.marking.is_some();
        Strips {
            foot: if has_foot {
                strip(box_height(size))
            } else {
                0.0
            },
            head,
        }
    }

    /// The texts to be drawn.
    pub(super) fn texts(&self) -> impl Iterator<Item = &Text> {
        [
            &self.number,
            &self.marking,
            &self.notice,
            &self.watermark,
            &self.opening,
            &self.notes,
        ]
        .into_iter()
        .flatten()
    }
}

/// The heights of the strips at foot and head that must be free for furniture, in points of the page as
/// it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Strips {
    pub(super) foot: f32,
    pub(super) head: f32,
}

/// The scale of furniture on a page of this size, as it is shown. It is below 1 on pages that are too
/// small for it, and may be above 1 on large pages, which are made smaller to be printed or shown.
fn scale(size: f32, grows: bool, page: (f64, f64)) -> f32 {
    let (width, height) = (page.0 as f32, page.1 as f32);
    let strip = strip(size);
    let fits = (height / (strip * 6.0)).min(width / (size * 12.0));
    let sheets = (width.min(height) / A4.0).min(width.max(height) / A4.1);
    let most = if grows { sheets.max(1.0) } else { 1.0 };
    fits.clamp(0.05, most)
}

/// The distance from the side of a page to the furniture there.
fn side(scale: f32, page: (f64, f64)) -> f32 {
    (SIDE * scale.max(1.0)).min(page.0 as f32 / 10.0)
}

/// The lower left corner of a piece that is drawn at a scale.
type Corner<'c> = dyn Fn(Piece, f32) -> (f32, f32) + 'c;

/// The pieces of furniture on a page as it is shown, each with its form and its matrix.
fn placed<'a>(
    marks: &'a Marks,
    pieces: &Pieces,
    double_sided: bool,
    page: (f64, f64),
    scale: f32,
) -> Vec<(&'a Text, Piece, Matrix)> {
    let (width, height) = (page.0 as f32, page.1 as f32);
    let mut placed = Vec::new();
    let mut put = |text: &'a Option<Text>, corner: &Corner<'_>| {
        if let Some(text) = text
            && let Some(piece) = pieces.get(text)
        {
            // A piece that is wider than the page is made smaller.
            let scale = scale.min((width - 8.0).max(1.0) / piece.width);
            let (x, y) = corner(piece, scale);
            placed.push((text, piece, matrix([scale, 0.0, 0.0, scale, x, y])));
        }
    };
    let side = side(scale, page);
    let centred = |piece: Piece, scale: f32| ((width - piece.width * scale) / 2.0, EDGE * scale);
    let left = |_: Piece, scale: f32| (side, EDGE * scale);
    let right = |piece: Piece, scale: f32| (width - side - piece.width * scale, EDGE * scale);
    // If number and marking would meet, each goes into its own corner. The widest number of the pack
    // decides, so that the number is in the same place on all pages of a size.
    let widest = pieces.widest_number * scale;
    let marking = marks
        .marking
        .as_ref()
        .and_then(|text| pieces.get(text))
        .map_or(0.0, |piece| piece.width * scale);
    let (number_at, marking_at): (&Corner<'_>, &Corner<'_>) = if double_sided {
        let meet = (width - marking) / 2.0 < side + widest + GAP;
        match (marks.left_hand, meet) {
            (true, false) => (&left, &centred),
            (true, true) => (&left, &right),
            (false, false) => (&right, &centred),
            (false, true) => (&right, &left),
        }
    } else if marks.number.is_none() {
        (&centred, &centred)
    } else if side + marking + GAP > (width - widest) / 2.0 {
        (&right, &left)
    } else {
        (&centred, &left)
    };
    put(&marks.number, number_at);
    put(&marks.marking, marking_at);
    put(&marks.notice, &|piece: Piece, scale: f32| {
        (
            (width - piece.width * scale) / 2.0,
            height - (EDGE + piece.height) * scale,
        )
    });
    let notice = marks.notice.as_ref().and_then(|text| pieces.get(text));
    let below = EDGE + notice.map_or(0.0, |notice| notice.height + GAP);
    put(&marks.opening, &|piece: Piece, scale: f32| {
        (side, height - (below + piece.height) * scale)
    });
    if let Some(text) = &marks.notes
        && let Some(piece) = pieces.get(text)
    {
        // They were drawn for a page of this size.
        let (x, y) = ((width - piece.width) / 2.0, (height - piece.height) / 2.0);
        placed.push((text, piece, matrix([1.0, 0.0, 0.0, 1.0, x, y])));
    }
    if let Some(text) = &marks.watermark
        && let Some(piece) = pieces.get(text)
    {
        let diagonal = width.hypot(height);
        let scale = diagonal * 0.6 / piece.width.max(1.0);
        let (sin, cos) = (height / diagonal, width / diagonal);
        let centred = matrix([1.0, 0.0, 0.0, 1.0, -piece.width / 2.0, -piece.height / 2.0]);
        let turned = matrix([
            scale * cos,
            scale * sin,
            -scale * sin,
            scale * cos,
            width / 2.0,
            height / 2.0,
        ]);
        placed.push((text, piece, centred.then(&turned)));
    }
    placed
}

/// How many entries of resources were copied so far.
#[derive(Debug, Default)]
pub(super) struct Budget(usize);

/// Puts `marks` on a page: wraps its content and adds the furniture's forms to its resources. `heading`
/// is the number of the opening's marked content in the tags.
#[allow(
    clippy::too_many_arguments,
    reason = "everything that is put on a page comes together here"
)]
pub(super) fn stamp(
    imported: &mut Imported,
    page: usize,
    marks: &Marks,
    pieces: &Pieces,
    furniture: &Furniture,
    fit: Option<Matrix>,
    balance: &Balance,
    heading: Option<i64>,
    budget: &mut Budget,
) -> Result<(), AssembleError> {
    let ImportedPage {
        object,
        geometry,
        ref overlay,
        ..
    } = imported.pages[page];
    let overlay = overlay.clone();
    let size = geometry.size();
    let scale = scale(furniture.size, marks.grows, size);
    let placed = placed(marks, pieces, furniture.double_sided, size, scale);
    let Some(Object::Dictionary(mut dict)) = imported.objects.get(object) else {
        return Ok(());
    };
    let names = add_xobjects(&imported.objects, &mut dict, &placed, budget)?;

    let mut before = b"q\n".to_vec();
    if let Some(fit) = fit {
        write_matrix(&mut before, fit);
        before.extend(b" cm\n");
        // Otherwise, content outside the crop box would come into view beside the smaller page.
        let Rect { x0, y0, .. } = geometry.crop;
        write_numbers(
            &mut before,
            [x0, y0, geometry.crop.width(), geometry.crop.height()],
        );
        before.extend(b" re W n\n");
    }
    // Anything that the content leaves open must not affect what is drawn after it.
    let draws_more = !overlay.is_empty();
    if draws_more {
        before.extend(b"q\n");
    }
    before.extend(b"q\n".repeat(balance.unopened_states));
    let mut after = b"\n".to_vec();
    after.extend(&balance.unclosed);
    if balance.open_text {
        after.extend(b"\nET");
    }
    if balance.open_path || !balance.unclosed.is_empty() {
        // An open path is not painted, and no operand is left for what follows.
        after.extend(b"\nn");
    }
    after.extend(b"\n");
    after.extend(b"EMC\n".repeat(balance.unclosed_marks));
    after.extend(b"Q\n".repeat(balance.unclosed_states));
    if draws_more {
        after.extend(b"Q\n");
        after.extend(&overlay);
    }
    after.extend(b"Q\n");
    // Long streams are not looked into when the finished file is read back, and what the pack prints must be.
    let closing = (after.len() > LONG).then(|| std::mem::take(&mut after));
    let seen_to_own = geometry.seen_to_own();
    for ((text, piece, matrix), name) in placed.iter().zip(&names) {
        let matrix = matrix.then(&seen_to_own);
        let area = Rect {
            x0: 0.0,
            y0: 0.0,
            x1: f64::from(piece.width),
            y1: f64::from(piece.height),
        };
        let area = matrix.quad(&area).bounds();
        if let (Text::Opening(..), Some(mcid)) = (text, heading) {
            let _ = write!(after, "/H1<</MCID {mcid}>>BDC q ");
            write_matrix(&mut after, matrix);
            let _ = writeln!(after, " cm /{name} Do Q EMC");
            continue;
        }
        let kind: &[u8] = match text {
            Text::Number(_) | Text::Marking(_) => {
                b"/Type/Pagination/Subtype/Footer/Attached[/Bottom]"
            }
            Text::Notice(_) | Text::Opening(..) => {
                b"/Type/Pagination/Subtype/Header/Attached[/Top]"
            }
            Text::Watermark(_) => b"/Type/Pagination/Subtype/Watermark",
            Text::Notes(..) => b"/Type/Page",
        };
        after.extend(b"/Artifact<<");
        after.extend(kind);
        after.extend(b"/BBox[");
        write_numbers(&mut after, [area.x0, area.y0, area.x1, area.y1]);
        after.extend(b"]>>BDC q ");
        write_matrix(&mut after, matrix);
        let _ = writeln!(after, " cm /{name} Do Q EMC");
    }
    let mut contents = Vec::new();
    let plain = |content: Vec<u8>| Object::Stream(Stream::new(Dictionary::new(), content));
    contents.push(local(imported.objects.push(plain(before))));
    match dict.get(b"Contents") {
        Ok(Object::Array(own)) => contents.extend(own.iter().cloned()),
        Ok(own @ Object::Reference(_)) => contents.push(own.clone()),
        _ => {}
    }
    if let Some(closing) = closing {
        let closing = Stream::new(dictionary! { CLOSING => true }, closing);
        contents.push(local(imported.objects.push(closing.into())));
    }
    contents.push(local(imported.objects.push(plain(after))));
    dict.set("Contents", contents);
    imported.objects.change_dict(object, |page| *page = dict);
    Ok(())
}

fn write_matrix(out: &mut Vec<u8>, matrix: Matrix) {
    write_numbers(out, matrix.numbers());
}

fn write_numbers<const N: usize>(out: &mut Vec<u8>, values: [f64; N]) {
    for (index, value) in values.into_iter().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        write_real(out, value as f32);
    }
}

fn matrix(numbers: [f32; 6]) -> Matrix {
    Matrix::new(numbers.map(f64::from))
}

/// Gives the page its own copy of its resources with the furniture's forms in it.
fn add_xobjects(
    objects: &Objects,
    page: &mut Dictionary,
    placed: &[(&Text, Piece, Matrix)],
    budget: &mut Budget,
) -> Result<Vec<String>, AssembleError> {
    let mut resources = objects.dictionary(page.get(b"Resources").ok());
    let mut xobjects = objects.dictionary(resources.get(b"XObject").ok());
    budget.0 = budget.0.saturating_add(resources.len() + xobjects.len());
    if budget.0 > MOST_ENTRIES {
        return Err(AssembleError::TooLarge(
            "its pages share more resources than can be copied".into(),
        ));
    }
    let mut names = Vec::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for (text, piece, _) in placed {
        let stem = match text {
            Text::Number(_) => "PackNumber",
            Text::Marking(_) => "PackMarking",
            Text::Notice(_) => "PackNotice",
            Text::Watermark(_) => "PackWatermark",
            Text::Opening(..) => "PackOpening",
            Text::Notes(..) => "PackNotes",
        };
        let mut name = stem.to_owned();
        let mut n = 1;
        while xobjects.has(name.as_bytes()) || taken.contains(&name) {
            n += 1;
            name = format!("{stem}{n}");
        }
        xobjects.set(name.clone(), shared(piece.object));
        taken.insert(name.clone());
        names.push(name);
    }
    resources.set("XObject", xobjects);
    page.set("Resources", resources);
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_grows_with_the_page_of_an_attachment() {
        let scale = |grows: bool, page: (f64, f64)| scale(9.5, grows, page);
        assert_eq!(scale(true, (595.0, 842.0)), 1.0);
        assert_eq!(scale(true, (612.0, 792.0)), 1.0);
        for a0 in [(2384.0, 3370.0), (3370.0, 2384.0)] {
            assert!((3.9..4.1).contains(&scale(true, a0)));
            assert_eq!(scale(false, a0), 1.0);
        }
        assert!(scale(true, (100.0, 3000.0)) < 1.0);
    }

    /// The ends of each piece at the foot of an A4 page, from left to right, and whether it is the
    /// number.
    fn foot(marking: f32, double_sided: bool, left_hand: bool) -> Vec<(f32, f32, bool)> {
        let marks = Marks {
            number: Some(Text::Number("9".to_owned())),
            marking: Some(Text::Marking("OFFICIAL".to_owned())),
            left_hand,
            ..Marks::default()
        };
        let piece = |width| Piece {
            object: 0,
            width,
            height: 40.0,
        };
        let pieces = Pieces::from_iter([
            (Text::Number("9".to_owned()), piece(30.0)),
            (Text::Number("303".to_owned()), piece(70.0)),
            (Text::Marking("OFFICIAL".to_owned()), piece(marking)),
        ]);
        let mut ends: Vec<(f32, f32, bool)> =
            placed(&marks, &pieces, double_sided, (595.0, 842.0), 1.0)
                .into_iter()
                .map(|(text, piece, matrix)| {
                    let x = matrix.e as f32;
                    (x, x + piece.width, matches!(text, Text::Number(_)))
                })
                .collect();
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        ends
    }

    #[test]
    fn a_marking_never_covers_the_number() {
        for width in [60.0, 150.0, 210.0, 260.0, 380.0] {
            for (double_sided, left_hand) in [(false, false), (true, false), (true, true)] {
                let [first, second] = foot(width, double_sided, left_hand)[..] else {
                    panic!("a number and a marking");
                };
                assert!(first.1 < second.0, "{width}: {first:?} {second:?}");
                assert!(first.0 > 0.0 && second.1 < 595.0);
            }
        }
    }

    #[test]
    fn the_number_is_in_the_middle_or_at_the_outer_edge() {
        let centre = |ends: &[(f32, f32, bool)]| {
            ends.iter()
                .find(|end| end.2)
                .map(|end| (end.0 + end.1) / 2.0)
        };
        assert_eq!(centre(&foot(60.0, false, false)), Some(297.5));
        assert!(centre(&foot(60.0, true, true)) < Some(100.0));
        assert!(centre(&foot(60.0, true, false)) > Some(495.0));
        assert!(centre(&foot(380.0, true, true)) < Some(100.0));
    }
}
