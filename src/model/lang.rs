//! Languages, by their tags.

/// A language as a BCP 47 tag, such as `en-GB` or `cy`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(pub String);

impl Lang {
    /// Whether the words that the program itself puts on the page are to be Welsh.
    pub fn is_welsh(&self) -> bool {
        self.0 == "cy" || self.0.starts_with("cy-")
    }
}

impl Default for Lang {
    fn default() -> Self {
        Self("en-GB".to_owned())
    }
}

impl std::fmt::Display for Lang {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
