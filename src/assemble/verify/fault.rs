//! What is wrong with a finished file.

/// The most faults that are reported. A pack with only one is not published.
const MOST_FAULTS: usize = 100;

/// Something that is wrong in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The page of the file, counted from 1, if it is about one page.
    pub page: Option<usize>,
    /// What is wrong, as a whole sentence.
    pub message: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.page {
            Some(page) => write!(f, "page {page}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

pub(super) struct Faults(pub(super) Vec<Fault>);

impl Faults {
    pub(super) fn add(&mut self, page: Option<usize>, message: String) {
        if self.0.len() < MOST_FAULTS {
            self.0.push(Fault { page, message });
        }
    }
}
