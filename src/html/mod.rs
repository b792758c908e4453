//! An edition becomes one self-contained page, by templates that a council can override.
