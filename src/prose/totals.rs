//! Rows that are totals, recognised by their labels in English and Welsh.

use std::sync::LazyLock;

use regex::Regex;

static TOTAL: LazyLock<Regex> = LazyLock::new(|| {
    // The pattern is fixed, and the tests compile it.
    Regex::new(
        r"(?i)^\s*(?:(?:grand|sub|overall|net|gross|combined|final)?[- ]?totals?\b(?:(?:\s+\S+){0,3}|\s+(?:for|in|at|to|over|across)(?:\s+\S+){1,5})|(?:is-?|cyfan)?(?:swm|gyfanswm|cyfanswm)\b(?:\s+\S+){0,3}|(?:\p{L}+\s+){1,3}totals?)\s*:?\s*$",
    )
    .expect("a fixed pattern")
});
static NO_SUM: LazyLock<Regex> = LazyLock::new(|| {
    // The pattern is fixed, and the tests compile it.
    Regex::new(r"(?i)\btotals?\s+(?:number|population|of)\b|\b(?:running|cumulative|previous|prior|last|earlier|target|of)\s(?:.*\s)?totals?\b").expect("a fixed pattern")
});

/// Whether a label is that of a total: "Total", "Sub-total", "Grand total cost", "Cyfanswm". "Total
/// number of homes" labels an ordinary figure.
pub fn is_total(label: &str) -> bool {
    TOTAL.is_match(label) && !NO_SUM.is_match(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        for label in [
            "Total",
            "TOTALS:",
            "Sub-total",
            "Grand total",
            "Quarter total",
            "Net budget total:",
            "Total cost 2026",
            "Total for the half year",
            "Cyfanswm",
        ] {
            assert!(is_total(label), "{label}");
        }
        for label in [
            "Total number of homes",
            "Totally new",
            "Running total",
            "Last year total",
            "North",
            "Average",
            "",
        ] {
            assert!(!is_total(label), "{label}");
        }
    }
}
