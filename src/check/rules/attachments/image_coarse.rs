//! Pictures with too few pixels to be made out.

use super::image_fine::{image_appendices, in_words, pictures_where};
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::ShownPicture;

pub(crate) const RULE: Rule = Rule {
    code: Code("image-coarse"),
    severity: Severity::Note,
    room: Room::Attachments,
    summary: "Pictures in an attachment have under 100 pixels per inch",
    explanation: "At fewer than 100 pixels per inch of the page, maps and charts cannot be read on \
                  paper, and enlarging them shows nothing more. Pictures under half an inch and \
                  pictures of a few pixels are left alone.",
    basis: "Practice.",
    example: "A map copied from a web page",
    remedy: "Ask for the picture as it was before it was shrunk",
    run,
};

/// Fewer pixels per inch than this are too few.
const FEWEST: f64 = 100.0;
/// Pictures that are smaller than this on the page, in points, are ornaments.
const ORNAMENT: f64 = 36.0;
/// Pictures of fewer pixels than this on a side are fills, not pictures of anything.
const FILLING: u32 = 24;

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let alone = image_appendices(subject)
        .filter(|(_, _, picture)| is_coarse(picture))
        .map(|(span, name, picture)| {
            RULE.at(
                span,
                format!(
                    "{name} has under 100 pixels per inch on its page: {:.0}",
                    picture.per_inch
                ),
            )
        });
    let in_files = subject.attachments();
    let in_files = in_files.iter().filter_map(|file| {
        let found = pictures_where(file, is_coarse);
        let worst = found
            .iter()
            .map(|(_, picture)| picture.per_inch)
            .fold(FEWEST, f64::min);
        in_words(&found).map(|pictures| {
            RULE.at(
                file.span,
                format!(
                    "{pictures} of {}: under 100 pixels per inch, down to {worst:.0}",
                    file.name()
                ),
            )
        })
    });
    in_files.chain(alone).collect()
}

fn is_coarse(picture: &ShownPicture) -> bool {
    let (width, height) = picture.pixels;
    picture.per_inch < FEWEST
        && picture.place.width.min(picture.place.height) >= ORNAMENT
        && width.min(height) >= FILLING
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ShownBox;

    #[test]
    fn ornaments_and_fillings_are_left_alone() {
        let picture = |side: f64, pixels: u32| ShownPicture {
            place: ShownBox {
                width: side,
                height: side,
                ..ShownBox::default()
            },
            pixels: (pixels, pixels),
            bits: 8,
            per_inch: f64::from(pixels) * 72.0 / side,
        };
        assert!(is_coarse(&picture(360.0, 400)));
        assert!(!is_coarse(&picture(360.0, 600)), "120 to the inch");
        assert!(!is_coarse(&picture(30.0, 30)), "an ornament");
        assert!(!is_coarse(&picture(500.0, 2)), "a filling");
    }
}
