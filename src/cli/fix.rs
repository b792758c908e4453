//! The safe repairs of `pack check --fix`: the weekday of a meeting, spaces at the ends of lines.

use std::collections::BTreeMap;

use anyhow::Context as _;

use super::Screen;
use super::gathered::Gathered;
use crate::check::repair::{Repair, repairs};

/// Makes all safe repairs and prints them; `true` if there were any.
pub(super) fn apply(gathered: &Gathered, screen: &mut Screen) -> anyhow::Result<bool> {
    let mut by_file: BTreeMap<std::path::PathBuf, (String, Vec<Repair>)> = BTreeMap::new();
    for pack in &gathered.packs {
        for repair in repairs(&gathered.files, &pack.findings) {
            let Some(file) = gathered.files.get(repair.span.file) else {
                continue;
            };
            let entry = by_file
                .entry(pack.root.join(&file.path))
                .or_insert_with(|| (file.text.to_string(), Vec::new()));
            if !entry.1.contains(&repair) {
                entry.1.push(repair);
            }
        }
    }
    let mended = !by_file.is_empty();
    for (path, (mut text, mut repairs)) in by_file {
        repairs.sort_by_key(|repair| std::cmp::Reverse(repair.span.start));
        for repair in &repairs {
            text.replace_range(repair.span.range(), &repair.text);
        }
        crate::write::file(&path, text.as_bytes())
            .with_context(|| format!("{} cannot be written", path.display()))?;
        for repair in repairs.iter().rev() {
            let position = gathered.files.position(repair.span);
            screen.say(&format!(
                "fixed {}:{}: {}",
                path.display(),
                position.line,
                repair.what
            ));
        }
    }
    Ok(mended)
}
