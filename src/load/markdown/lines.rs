//! Lines of Markdown that are recognised by a pattern.

use std::sync::LazyLock;

use regex::Regex;

/// A fixed pattern, compiled when it is first needed.
macro_rules! pattern {
    ($source:expr) => {
        LazyLock::new(|| {
            // The pattern is fixed, and the tests compile every one of them.
            Regex::new($source).expect("a fixed pattern")
        })
    };
}
pub(super) use pattern;

/// The line below the header row of a table.
pub(super) static RULE: LazyLock<Regex> =
    pattern!(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?$");
/// The first or last line of a fenced code block.
pub(super) static FENCE: LazyLock<Regex> = pattern!(r"^ {0,3}(?:```|~~~)");
