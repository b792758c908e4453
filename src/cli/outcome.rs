//! What becomes of a command.

/// What a command came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everything was done and there is nothing to mend.
    Clean,
    /// There are findings at or over the bar.
    Findings,
}
