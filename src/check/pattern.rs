//! Fixed patterns over prose, compiled once, when they are first needed.

/// The cache that matching a pattern may fill, in bytes. With less, a long pattern empties its cache
/// again and again, and is then matched by a method three hundred times as slow.
pub(crate) const REMEMBERED: usize = 16 << 20;

/// A letter of English, Welsh or another language in Latin script, a digit or "_". The class of all that
/// are letters in Unicode takes most of the time that a pattern takes to compile.
pub(crate) const WORD: &str = r"[0-9A-Z_a-zÀ-ÖØ-öø-ɏ]";
/// Any other character.
pub(crate) const NO_WORD: &str = r"[^0-9A-Z_a-zÀ-ÖØ-öø-ɏ]";

/// A fixed regular expression. Matching takes time linear in the text, whatever the text. Write
/// digits as `[0-9]`: others are not read as numbers, and the class of all digits in Unicode is slow
/// to compile. `\w` and `\W` know the letters of Latin script only.
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
            let source = source
                .replace(r"\w", $crate::check::pattern::WORD)
                .replace(r"\W", $crate::check::pattern::NO_WORD);
            // The pattern is fixed, and the tests compile every one of them.
            regex::RegexBuilder::new(&source)
                .dfa_size_limit($crate::check::pattern::REMEMBERED)
                .build()
                .expect("a fixed pattern")
        })
    };
}

/// A fixed regular expression for whole pages. Its `\b` is always the boundary of an ASCII word: with
/// Unicode's, a page that holds a dash or a pound sign would be searched by the slow method. Its `\w` and `\W` are those
/// of the other patterns.
macro_rules! page_pattern {
    ($source:expr) => {
        std::sync::LazyLock::new(|| {
            let source = $source
                .replace(r"\b", r"(?-u:\b)")
                .replace(r"\w", $crate::check::pattern::WORD)
                .replace(r"\W", $crate::check::pattern::NO_WORD);
            regex::RegexBuilder::new(&source)
                .dfa_size_limit($crate::check::pattern::REMEMBERED)
                .build()
                .expect("a fixed pattern")
        })
    };
}
