//! Lines of Markdown that are known by their look alone.

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

/// The rule under the head of a table.
pub(super) static RULE: LazyLock<Regex> =
    pattern!(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?$");
/// The first or the last line of a piece that is set as it stands.
pub(super) static FENCE: LazyLock<Regex> = pattern!(r"^ {0,3}(?:```|~~~)");
