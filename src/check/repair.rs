//! Repairs that are safe to make without a person: never of prose.

use super::rules::dates::weekday_wrong;
use super::written_date::weekday_name;
use crate::finding::{Files, Finding, Place, Span};
use crate::model::Date;

/// A change to a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
    /// What it mends, in a few words.
    pub what: String,
}

/// The repairs for some findings, and of whitespace at the ends of lines in all files.
pub fn repairs(files: &Files, findings: &[Finding]) -> Vec<Repair> {
    let mut repairs: Vec<Repair> = findings
        .iter()
        .filter_map(|finding| weekday(files, finding))
        .collect();
    for (id, file) in files.iter().filter(|(_, file)| !file.transcript) {
        let mut start = 0;
        for line in file.text.split_inclusive('\n') {
            let body = line.trim_end_matches(['\n', '\r']);
            let kept = body.trim_end_matches([' ', '\t']);
            let spaces = body.len() - kept.len();
            // Two spaces at the end of a line of Markdown are a line break, and so prose.
            let line_break = file.path.ends_with(".md") && spaces >= 2 && !kept.is_empty();
            if spaces > 0 && !line_break {
                repairs.push(Repair {
                    span: Span::new(id, start + kept.len(), start + body.len()),
                    text: String::new(),
                    what: "spaces at the end of the line".to_owned(),
                });
            }
            start += line.len();
        }
    }
    repairs
}

/// The weekday that the date of the meeting has.
fn weekday(files: &Files, finding: &Finding) -> Option<Repair> {
    if finding.code != weekday_wrong::RULE.code {
        return None;
    }
    let Place::Text(span) = finding.place else {
        return None;
    };
    let (date, _) = finding.related.first()?;
    let date: Date = files.text(*date).trim().parse().ok()?;
    let written = files.text(span);
    let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
    let name = weekday_name(date.weekday());
    let text = match quote {
        Some(quote) => format!("{quote}{name}{quote}"),
        None => name.to_owned(),
    };
    Some(Repair {
        span,
        what: format!("the weekday is {name}"),
        text,
    })
}
