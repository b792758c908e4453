//! Fixed patterns over prose, compiled once, when they are first needed.

/// The cache that matching a pattern may fill, in bytes. With less, a long pattern empties its cache
/// again and again, and is then matched by a method three hundred times as slow.
pub(crate) const REMEMBERED: usize = 16 << 20;

/// A fixed regular expression. Matching takes time linear in the text, whatever the text. Write
/// digits as `[0-9]`: others are not read as numbers, and the class of all digits in Unicode is slow
/// to compile.
///
/// `\b` is the boundary of an ASCII word, unless the pattern has letters outside ASCII: with
/// Unicode's word boundaries, a single “’” makes a text ten times as slow to read.
macro_rules! pattern {
    ($source:expr) => {
        std::sync::LazyLock::new(|| {
            let source: &str = $source;
            let letters = |letter: char| !letter.is_ascii() && letter.is_alphabetic();
            let source = if source.contains(r"\p{") || source.contains(letters) {
                source.to_owned()
            } else {
                source.replace(r"\b", r"(?-u:\b)")
            };
            // The pattern is fixed, and the tests compile every one of them.
            regex::RegexBuilder::new(&source)
                .dfa_size_limit($crate::check::pattern::REMEMBERED)
                .build()
                .expect("a fixed pattern")
        })
    };
}

/// A fixed regular expression for whole pages. Its `\b` is always the boundary of an ASCII word: with
/// Unicode's, a page that holds a dash or a pound sign would be searched by the slow method.
macro_rules! page_pattern {
    ($source:expr) => {
        std::sync::LazyLock::new(|| {
            let source = $source.replace(r"\b", r"(?-u:\b)");
            regex::RegexBuilder::new(&source)
                .dfa_size_limit($crate::check::pattern::REMEMBERED)
                .build()
                .expect("a fixed pattern")
        })
    };
}
