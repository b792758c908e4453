//! A workspace with a fault, and one without, for each rule of `pack check`.

pub(crate) mod cases;
pub(crate) mod workspace;
