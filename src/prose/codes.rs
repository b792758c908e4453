//! Telephone numbers, dates and references of digits: they look like figures, but nobody adds them up.

/// The most characters of a telephone number, a date or a reference.
const LONGEST: usize = 24;

/// Whether a text of digits and signs is a telephone number, a date or a reference and not a figure: a
/// column of them stands at the start, and none is broken over lines.
pub(crate) fn is_code(text: &str) -> bool {
    let text = text.trim();
    let of_digits = |other: &str| {
        text.chars()
            .all(|letter| letter.is_ascii_digit() || other.contains(letter))
    };
    if text.len() > LONGEST || !text.contains(|letter: char| letter.is_ascii_digit()) {
        return false;
    }
    let groups: Vec<&str> = text
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .collect();
    let digits: usize = groups.iter().map(|group| group.len()).sum();
    // "007", "01632 960001", "(020) 7946 0000"
    let bare = text.trim_start_matches('(');
    if of_digits("() -–") && bare.starts_with('0') && groups[0].len() > 1 {
        return true;
    }
    // "+44 1632 960001"
    if of_digits("+() -–") && text.starts_with('+') && digits >= 10 {
        return true;
    }
    // "7946 0000", but "1 234 567" is a figure.
    let thousands = groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    if of_digits(" ") && groups.len() > 1 && !thousands {
        return true;
    }
    // "12/03/2026", "12.03.26", "20-45-45"
    let signs = ["/", "-", "–", "."];
    if groups.len() > 2 && signs.iter().any(|sign| of_digits(sign)) {
        return true;
    }
    // "2025-26", "2025/26"
    let year =
        |group: &str| group.len() == 4 && (group.starts_with("19") || group.starts_with("20"));
    groups.len() == 2 && of_digits("/-–") && year(groups[0]) && matches!(groups[1].len(), 2 | 4)
}

/// Whether a text is one thing that is not broken over lines: a few letters, a figure, a telephone
/// number, a date, or a reference like "24/00123/FUL".
pub(crate) fn is_unbroken(text: &str) -> bool {
    /// "24-25" must not be broken after its hyphen.
    const FEW: usize = 8;
    let count = text.chars().count();
    let reference = || {
        count <= LONGEST
            && !text.contains(char::is_whitespace)
            && !text.contains('@')
            && text.chars().filter(char::is_ascii_digit).count() >= 3
    };
    count <= FEW || is_code(text) || reference()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_nobody_adds_up_are_no_figures() {
        for code in [
            "01632 960001",
            "(020) 7946 0000",
            "0121-496-0000",
            "+44 1632 960001",
            "7946 0000",
            "00123",
            "12/03/2026",
            "12.03.26",
            "20-45-45",
            "2025-26",
            "2025/2026",
        ] {
            assert!(is_code(code), "{code}");
            assert!(is_unbroken(code), "{code}");
        }
        for figure in [
            "0",
            "0.5",
            "0,5",
            "12",
            "1 234",
            "12 345 678",
            "-3.5",
            "+4.3",
            "(4)",
            "10-20",
            "1.25",
            "2025",
            "77%",
            "£1,200",
            "",
            "–",
            "1,234,567",
            "+1,234,567",
        ] {
            assert!(!is_code(figure), "{figure}");
        }
        for whole in ["24/00123/FUL", "AB-1234567", "£1,234,567.89", "Yes"] {
            assert!(is_unbroken(whole), "{whole}");
        }
        for words in ["three of them", "housing@example.org", "Not applicable"] {
            assert!(!is_unbroken(words), "{words}");
        }
    }
}
