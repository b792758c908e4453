//! What a build is doing, for a person who waits. Others decide how it is shown.

/// A step of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<'a> {
    /// What is being done, such as "setting pages".
    pub doing: &'a str,
    /// How many pieces of it are done, and how many there are; `None` where that is not known.
    pub done: Option<(usize, usize)>,
}

impl<'a> Step<'a> {
    /// A step of unknown length.
    pub fn doing(doing: &'a str) -> Self {
        Self { doing, done: None }
    }

    /// A step of which `done` of `of` pieces are done.
    pub fn part(doing: &'a str, done: usize, of: usize) -> Self {
        Self {
            doing,
            done: Some((done, of)),
        }
    }
}
