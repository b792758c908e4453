//! A part becomes tagged PDF pages. The typesetting engine is one room inside.
