//! The block and inline tree that Markdown and tagged PDFs are read into.
