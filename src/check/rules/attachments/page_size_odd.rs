//! Pages of an odd size.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity, counted};

pub(crate) const RULE: Rule = Rule {
    code: Code("page-size-odd"),
    severity: Severity::Note,
    room: Room::Attachments,
    summary: "Pages of a PDF are not of a standard paper size",
    explanation: "Sizes are compared with A5 to A0, portrait and landscape, within two \
                  millimetres. Others print with wide margins or cut off; slides are the usual \
                  case.",
    basis: "Practice.",
    example: "Slides of 25.4 by 14.3 cm",
    remedy: "Nothing, if the pack is read on a screen; otherwise export on A4",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .attachments()
        .iter()
        .filter_map(|file| {
            let odd: Vec<usize> = file
                .pages()
                .filter(|(_, page)| !is_paper(page.shown_size()))
                .map(|(number, _)| number)
                .collect();
            let first = *odd.first()?;
            let (width, height) = file.document.facts.pages.get(first - 1)?.shown_size();
            Some(RULE.at(
                file.span,
                format!(
                    "{} of {} {} an odd size ({:.0} × {:.0} mm on page {first})",
                    counted(odd.len(), "page"),
                    file.name(),
                    if odd.len() == 1 { "has" } else { "have" },
                    width / 72.0 * 25.4,
                    height / 72.0 * 25.4
                ),
            ))
        })
        .collect()
}

/// Whether width and height in points are those of A5 to A0.
fn is_paper((width, height): (f64, f64)) -> bool {
    const TOLERANCE: f64 = 6.0;
    const A_SERIES: [(f64, f64); 6] = [
        (419.53, 595.28),
        (595.28, 841.89),
        (841.89, 1190.55),
        (1190.55, 1683.78),
        (1683.78, 2383.94),
        (2383.94, 3370.39),
    ];
    let (short, long) = (width.min(height), width.max(height));
    A_SERIES
        .iter()
        .any(|(a, b)| (short - a).abs() <= TOLERANCE && (long - b).abs() <= TOLERANCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers() {
        assert!(is_paper((595.32, 841.92)));
        assert!(is_paper((1185.97, 838.31)));
        assert!(!is_paper((960.0, 540.0)));
        assert!(!is_paper((f64::NAN, 0.0)));
    }
}
