//! Pictures of signatures in public papers.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::{Document, Subject};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Place, Severity};
use crate::model::{ShownLine, ShownPicture};

pub(crate) const RULE: Rule = Rule {
    code: Code("signature-shown"),
    severity: Severity::Note,
    room: Room::Access,
    summary: "A picture in a public paper looks like somebody's signature",
    explanation: "A signature on a public page can be copied. In PDFs of the public edition, a small \
                  picture beside or below a line that begins with “Signed” or “Signature” is noted; in \
                  Markdown, a picture next to such a paragraph, or one that is called a signature.",
    basis: "UK GDPR, art. 5(1)(c) and (f)",
    example: "Signed: [a scanned signature]",
    remedy: "Take the picture out (`pack redact`, or `redact` in the sources for a PDF): the name \
                  and the post are enough",
    run,
};

static SIGNED: LazyLock<Regex> = pattern!(r"(?i)^\W*(?:signed|signature|sign here)\b");
static CALLED: LazyLock<Regex> = pattern!(r"(?i)\bsignature\b|signature[\w-]*\.(?:png|jpe?g|svg)$");

/// How far apart in the source a paragraph and the picture below or above it may be, in bytes: room
/// for blank lines and the picture's own brackets.
const NEIGHBOURS: u32 = 8;

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in &subject.documents {
        if document.is_public() {
            findings.extend(in_document(document));
        }
    }
    for attachment in subject.attachments().iter().filter(|file| file.public) {
        for page in &attachment.document.shown {
            let signed = page
                .lines
                .iter()
                .filter(|line| SIGNED.is_match(&line.text))
                .any(|line| page.pictures.iter().any(|picture| beside(line, picture)));
            if signed {
                findings.push(RULE.at(
                    Place::Page(attachment.document.source.0.clone(), page.number),
                    "A picture beside “Signed” may be somebody's signature",
                ));
            }
        }
    }
    findings
}

fn in_document(document: &Document<'_>) -> Vec<Finding> {
    document
        .figures
        .iter()
        .filter(|(figure, span)| {
            CALLED.is_match(&figure.alt)
                || CALLED.is_match(&figure.source)
                || document
                    .passages
                    .iter()
                    .filter(|passage| SIGNED.is_match(&passage.text))
                    .any(|passage| {
                        let (before, after) = (passage.span, *span);
                        before.file == after.file
                            && (after.start.abs_diff(before.end) <= NEIGHBOURS
                                || before.start.abs_diff(after.end) <= NEIGHBOURS)
                    })
        })
        .map(|(_, span)| RULE.at(*span, "This picture may be somebody's signature"))
        .collect()
}

/// Whether a picture of a signature's size is beside a line or just above or below it, in points.
fn beside(line: &ShownLine, picture: &ShownPicture) -> bool {
    let (line, picture) = (&line.place, &picture.place);
    let sized = (25.0..=300.0).contains(&picture.width) && (8.0..=120.0).contains(&picture.height);
    let near = picture.left > line.left - 20.0
        && picture.left < line.left + line.width + 200.0
        && picture.top < line.top + line.height + 40.0
        && picture.top + picture.height > line.top - 30.0;
    sized && near
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ShownBox;

    fn place(left: f64, top: f64, width: f64, height: f64) -> ShownBox {
        ShownBox {
            left,
            top,
            width,
            height,
        }
    }

    #[test]
    fn only_a_small_picture_near_the_line_is_a_signature() {
        let line = ShownLine {
            text: "Signed:".to_owned(),
            place: place(72.0, 600.0, 45.0, 12.0),
        };
        let picture = |place| ShownPicture {
            place,
            ..ShownPicture::default()
        };
        assert!(beside(&line, &picture(place(130.0, 580.0, 120.0, 40.0))));
        assert!(beside(&line, &picture(place(72.0, 620.0, 120.0, 40.0))));
        assert!(
            !beside(&line, &picture(place(72.0, 40.0, 120.0, 40.0))),
            "a crest"
        );
        assert!(
            !beside(&line, &picture(place(0.0, 0.0, 595.0, 842.0))),
            "a scan"
        );
    }

    #[test]
    fn what_announces_a_signature() {
        for text in ["Signed:", "  Signed by the Chair", "Signature ……", "SIGNED"] {
            assert!(SIGNED.is_match(text), "{text}");
        }
        for text in [
            "The lease was signed in May.",
            "Significant risks",
            "Designed by",
        ] {
            assert!(!SIGNED.is_match(text), "{text}");
        }
    }
}
