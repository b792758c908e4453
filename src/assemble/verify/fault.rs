//! What is wrong with a finished file.

/// Faults told at most: one is enough not to publish.
const MOST_FAULTS: usize = 100;

/// Something in the file that should be otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The page of the file, from 1, where it concerns one.
    pub page: Option<usize>,
    /// What is wrong, a whole sentence.
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
