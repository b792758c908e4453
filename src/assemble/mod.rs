//! Typeset pages and attachments become one PDF: imported, tagged, numbered, outlined, verified.
