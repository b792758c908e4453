//! `[[notice]]`: what a council, a body or one meeting tells people who attend.

use super::table::Table;
use crate::model::Notice;

/// The notices of a file, in its order.
pub(super) fn read(root: &Table<'_>) -> Vec<Notice> {
    root.tables("notice")
        .into_iter()
        .filter_map(|table| {
            let title = table.text("title").filter(|title| !title.trim().is_empty());
            let text = table.required_text("text");
            table.finish();
            text.map(|text| Notice {
                title,
                text: text.value,
            })
        })
        .collect()
}
