//! Fixed patterns over prose, compiled once, when they are first needed.

/// The cache that matching a pattern may fill, in bytes. With less, a long pattern empties its cache
/// again and again, and is then matched by a method three hundred times as slow.
pub(crate) const REMEMBERED: usize = 16 << 20;

use regex::{Regex, RegexBuilder};

/// A letter of English, Welsh or another language in Latin script, a digit or "_". The class of all that
/// are letters in Unicode takes most of the time that a pattern takes to compile.
const WORD: &str = r"[0-9A-Z_a-zÀ-ÖØ-öø-ɏ]";
/// Any other character.
const NO_WORD: &str = r"[^0-9A-Z_a-zÀ-ÖØ-öø-ɏ]";
/// The boundary of an ASCII word.
const BOUNDARY: &str = r"(?-u:\b)";

/// Compiles a pattern for single passages.
pub(crate) fn of_passages(source: &str) -> Regex {
    let letters = |letter: char| !letter.is_ascii() && letter.is_alphabetic();
    if source.contains(r"\p{") || source.contains(letters) {
        compiled(source)
    } else {
        of_pages(source)
    }
}

/// Compiles a pattern for whole pages.
pub(crate) fn of_pages(source: &str) -> Regex {
    compiled(&source.replace(r"\b", BOUNDARY))
}

fn compiled(source: &str) -> Regex {
    let source = source.replace(r"\w", WORD).replace(r"\W", NO_WORD);
    // The pattern is fixed, and the tests compile every one of them.
    RegexBuilder::new(&source)
        .dfa_size_limit(REMEMBERED)
        .build()
        .expect("a fixed pattern")
}

/// A fixed regular expression. Matching takes time linear in the text, whatever the text. Write
/// digits as `[0-9]`: others are not read as numbers, and the class of all digits in Unicode is slow
/// to compile. `\w` and `\W` know the letters of Latin script only.
///
/// `\b` is the boundary of an ASCII word, unless the pattern has letters outside ASCII: with
/// Unicode's word boundaries, a single “’” makes a text ten times as slow to read.
macro_rules! pattern {
    ($source:expr) => {
        std::sync::LazyLock::new(|| $crate::check::pattern::of_passages($source))
    };
}

/// A fixed regular expression for whole pages. Its `\b` is always the boundary of an ASCII word: with
/// Unicode's, a page that holds a dash or a pound sign would be searched by the slow method.
macro_rules! page_pattern {
    ($source:expr) => {
        std::sync::LazyLock::new(|| $crate::check::pattern::of_pages($source))
    };
}
