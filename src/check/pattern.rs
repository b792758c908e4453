//! Fixed patterns over prose, compiled once, when they are first needed.

/// A fixed regular expression. Matching takes time linear in the text, whatever the text. Digits are
/// `[0-9]`: others are not read as numbers, and a class of all that Unicode has takes its time to
/// compile.
macro_rules! pattern {
    ($source:expr) => {
        std::sync::LazyLock::new(|| {
            // The pattern is fixed, and the tests compile every one of them.
            regex::Regex::new($source).expect("a fixed pattern")
        })
    };
}
