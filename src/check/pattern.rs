//! Fixed patterns over prose, compiled once, when they are first needed.

/// What matching a pattern may remember of the text, in bytes: a long pattern with less of it begins
/// again and again, and is given up for a way that takes three hundred times as long.
pub(crate) const REMEMBERED: usize = 16 << 20;

/// A fixed regular expression. Matching takes time linear in the text, whatever the text. Digits are
/// `[0-9]`: others are not read as numbers, and a class of all that Unicode has takes its time to
/// compile.
///
/// A word ends at an ASCII letter or figure, unless the pattern has letters of other kinds: with
/// the borders of Unicode's words, a single “’” in a text makes it ten times as slow to read.
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

/// A fixed regular expression for whole pages. Its words end where ASCII's do: by Unicode's borders a
/// page that holds a dash or a pound sign would have to be searched the slow way.
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
