//! What a section of a number format is made of.

/// A sign of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sign {
    Words(String),
    /// A place for a digit: `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    /// A power of ten, and whether its plus is shown.
    Power(bool),
    /// A part of a date or time, such as `yyyy`: its letter, how many, and whether it is in square
    /// brackets, which lets hours go on beyond 24.
    Part(char, usize, bool),
    /// This many digits of a second after the point.
    Split(usize),
    Half,
    Bar,
    Text,
    General,
}
