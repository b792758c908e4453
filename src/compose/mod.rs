//! An edition becomes parts: engine-neutral headings, paragraphs, tables, links and page-number slots.
