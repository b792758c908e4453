//! `published.txt`: the words of a meeting's public documents when they were published, so that
//! later changes can be found.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::model::PublishedWords;

/// The note at the top of the file.
const HEAD: &str = "\
What was published, in its own words. `pack publish` wrote it: keep it with the agenda. `pack diff`
shows what has changed since.
";
/// The mark before the key of a document.
const MARK: &str = "== ";

/// Reads the words.
pub(super) fn read(text: &str) -> PublishedWords {
    let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut key = None;
    for line in text.lines() {
        if let Some(next) = line.strip_prefix(MARK) {
            key = Some(next.to_owned());
            said.entry(next.to_owned()).or_default();
        } else if let Some(key) = &key
            && !line.is_empty()
        {
            let lines = said.entry(key.clone()).or_default();
            lines.push(line.trim_start().to_owned());
        }
    }
    PublishedWords(said)
}

/// The text of the file.
pub fn written(words: &PublishedWords) -> String {
    let mut text = HEAD.to_owned();
    for (key, lines) in &words.0 {
        let _ = writeln!(text, "\n{MARK}{key}");
        for line in lines {
            let guard = if line.starts_with('=') { " " } else { "" };
            let _ = writeln!(text, "{guard}{line}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_down_is_read_back() {
        let lines = vec!["== not a key".to_owned(), "A paragraph.".to_owned()];
        let said = PublishedWords(BTreeMap::from([("item-4-report".to_owned(), lines)]));
        assert_eq!(read(&written(&said)), said);
    }
}
