//! Pictures with more pixels than any printer or screen shows.

use std::collections::BTreeSet;

use crate::check::subject::{Attachment, Subject};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity, Span};
use crate::model::{Content, ImageFormat, ShownBox, ShownPicture};

pub(crate) const RULE: Rule = Rule {
    code: Code("image-fine"),
    severity: Severity::Note,
    room: Room::Attachments,
    summary: "Pictures in an attachment have over 300 pixels per inch",
    explanation: "Above 300 pixels per inch of the page nobody sees a difference, and the pack takes \
                  longer to open on a tablet. Line art in black and white may have 600. Pictures of \
                  under half a million pixels are small files and are left alone.",
    basis: "Practice.",
    example: "A photograph of 20 megapixels in a column of 8 cm",
    remedy: "Nothing, if the pack is small enough to be sent; otherwise export the PDF again with \
                  pictures at 300 pixels per inch",
    run,
};

/// The most pixels per inch that make a difference; for line art twice as many.
const MOST: f64 = 300.0;
/// Pictures with fewer pixels than this are small files.
const LIGHT: u64 = 500_000;

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let alone = image_appendices(subject)
        .filter(|(_, _, picture)| is_fine(picture))
        .map(|(span, name, picture)| {
            RULE.at(
                span,
                format!(
                    "{name} has over 300 pixels per inch on its page: {:.0}",
                    picture.per_inch
                ),
            )
            .help(
                "Nothing, if the pack is small enough to be sent; otherwise save the picture with \
                 fewer pixels",
            )
        });
    let in_files = subject.attachments();
    let in_files = in_files.iter().filter_map(|file| {
        let found = pictures_where(file, is_fine);
        let worst = found
            .iter()
            .map(|(_, picture)| picture.per_inch)
            .fold(MOST, f64::max);
        in_words(&found).map(|pictures| {
            RULE.at(
                file.span,
                format!(
                    "{pictures} of {}: over 300 pixels per inch, up to {worst:.0}",
                    file.name()
                ),
            )
        })
    });
    in_files.chain(alone).collect()
}

/// Photographs that are appendices by themselves, as they are set: on a page of A4 within its
/// margins, enlarged to no more than four points a pixel.
pub(super) fn image_appendices<'a>(
    subject: &Subject<'a>,
) -> impl Iterator<Item = (Span, &'a str, ShownPicture)> {
    subject.appendices().filter_map(|(_, appendix)| {
        let Content::Image(image) = &appendix.content else {
            return None;
        };
        (image.format != ImageFormat::Svg).then(|| {
            let picture = on_a_page(image.width, image.height);
            (appendix.title.span, image.source.file_name(), picture)
        })
    })
}

/// A picture of a width and height in pixels, on a page of its own.
fn on_a_page(width: f64, height: f64) -> ShownPicture {
    const ROOM: (f64, f64) = (482.0, 640.0);
    let scale = (ROOM.0 / width).min(ROOM.1 / height).min(4.0);
    ShownPicture {
        place: ShownBox {
            width: width * scale,
            height: height * scale,
            ..ShownBox::default()
        },
        pixels: (width as u32, height as u32),
        bits: 8,
        per_inch: 72.0 / scale,
    }
}

fn is_fine(picture: &ShownPicture) -> bool {
    let (width, height) = picture.pixels;
    let most = if picture.bits == 1 { 2.0 * MOST } else { MOST };
    // The program that made the file may have rounded up.
    picture.per_inch > most * 1.05 && u64::from(width) * u64::from(height) >= LIGHT
}

/// The pictures of a file that meet a test, each with its page.
pub(super) fn pictures_where<'a>(
    file: &Attachment<'a>,
    is: fn(&ShownPicture) -> bool,
) -> Vec<(u32, &'a ShownPicture)> {
    file.document
        .shown
        .iter()
        .flat_map(|page| page.pictures.iter().map(|picture| (page.number, picture)))
        .filter(|(_, picture)| is(picture))
        .collect()
}

/// "3 pictures on pages 2 and 5"; `None` for none.
pub(super) fn in_words(found: &[(u32, &ShownPicture)]) -> Option<String> {
    let pages: Vec<u32> = found
        .iter()
        .map(|(page, _)| *page)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let on = match pages.as_slice() {
        [] => return None,
        [page] => format!("page {page}"),
        [first, second] => format!("pages {first} and {second}"),
        [first, .., last] => format!("{} pages from {first} to {last}", pages.len()),
    };
    Some(match found.len() {
        1 => format!("A picture on {on}"),
        count => format!("{count} pictures on {on}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_art_may_be_finer_and_small_pictures_are_left_alone() {
        let picture = |per_inch: f64, bits: u8, pixels: u32| ShownPicture {
            pixels: (pixels, pixels),
            bits,
            per_inch,
            ..ShownPicture::default()
        };
        assert!(is_fine(&picture(400.0, 8, 2_000)));
        assert!(!is_fine(&picture(301.0, 8, 2_000)), "rounding");
        assert!(
            !is_fine(&picture(600.0, 1, 5_000)),
            "a scan in black and white"
        );
        assert!(is_fine(&picture(1_200.0, 1, 5_000)));
        assert!(!is_fine(&picture(900.0, 8, 200)), "a small crest");
    }

    #[test]
    fn a_photograph_by_itself_fills_its_page() {
        assert!(is_fine(&on_a_page(4000.0, 3000.0)));
        let fitting = on_a_page(1600.0, 1200.0);
        assert!(
            !is_fine(&fitting) && fitting.per_inch > 200.0,
            "{fitting:?}"
        );
        assert!(on_a_page(400.0, 300.0).per_inch < 100.0);
    }

    #[test]
    fn pictures_are_counted_with_their_pages() {
        let picture = ShownPicture::default();
        let on = |pages: &[u32]| {
            let found: Vec<(u32, &ShownPicture)> =
                pages.iter().map(|page| (*page, &picture)).collect();
            in_words(&found)
        };
        assert_eq!(on(&[]), None);
        assert_eq!(on(&[2]).as_deref(), Some("A picture on page 2"));
        assert_eq!(
            on(&[2, 2, 5]).as_deref(),
            Some("3 pictures on pages 2 and 5")
        );
        assert_eq!(
            on(&[2, 4, 9]).as_deref(),
            Some("3 pictures on 3 pages from 2 to 9")
        );
    }
}
