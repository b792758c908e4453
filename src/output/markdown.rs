//! A summary in Markdown, which hosting services show on the page of a pull request or a job.

use super::words;
use crate::finding::{Files, Finding, Place};

/// Rows shown at most: a page of a hosting service holds about a megabyte.
const MOST: usize = 500;

/// What was found, in one line, and a table of it.
pub(super) fn render(findings: &[Finding], files: &Files) -> String {
    let mut text = format!("**{}**\n", words::summary(findings, files));
    if findings.is_empty() {
        return text;
    }
    text.push_str("\n| Place | What | Finding | What to do |\n| --- | --- | --- | --- |\n");
    for finding in findings.iter().take(MOST) {
        let place = match &finding.place {
            Place::Text(span) if files.whereabouts(*span).page.is_some() => {
                format!("{}, {}", files.path(*span), files.whereabouts(*span))
            }
            Place::Text(span) => {
                format!("{}:{}", files.path(*span), files.position(*span).line)
            }
            Place::File(path) => path.clone(),
            Place::Page(path, page) => format!("{path}, page {page}"),
            Place::Nowhere => String::new(),
        };
        text.push_str(&format!(
            "| {} | {} `{}` | {} | {} |\n",
            cell(&place),
            finding.severity.as_str(),
            finding.code,
            cell(&finding.message),
            cell(finding.help.as_deref().unwrap_or(""))
        ));
    }
    if let Some(more) = findings.len().checked_sub(MOST).filter(|more| *more > 0) {
        text.push_str(&format!("\n{more} more are not shown.\n"));
    }
    text
}

/// Words in a cell of a table, none of which is mark-up.
fn cell(words: &str) -> String {
    let mut cell = String::with_capacity(words.len());
    for letter in words::printable(words).chars() {
        match letter {
            '\n' => cell.push(' '),
            '<' => cell.push_str("&lt;"),
            '>' => cell.push_str("&gt;"),
            '&' => cell.push_str("&amp;"),
            '|' | '`' | '*' | '_' | '[' | ']' | '\\' | '#' | '@' | '~' | '!' => {
                cell.push('\\');
                cell.push(letter);
            }
            letter => cell.push(letter),
        }
    }
    cell
}
