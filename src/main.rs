//! The `pack` program.

fn main() {}
