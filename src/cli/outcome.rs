//! How a command ended.

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everything was done, and there is nothing to correct.
    Clean,
    /// There are findings at or over the bar.
    Findings,
}
