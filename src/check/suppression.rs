//! Comments that allow a finding at a line: `<!-- pack: allow CODE: reason -->` in Markdown,
//! `# pack: allow CODE: reason` in TOML.
//!
//! A comment on a line of its own is for the paragraph or table below it, and one at the end of a
//! line is for that line. It needs a reason, so that the next reader knows why.

use std::sync::LazyLock;

use regex::Regex;

use super::rules;
use crate::finding::{FileId, Files, Finding, Place, Severity, SourceText, Span};

/// A comment that allows a kind of finding at some lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The code that it allows.
    pub code: String,
    /// Why, in the clerk's words; empty where the clerk gives no reason, and then nothing is
    /// allowed.
    pub reason: String,
    /// Where the comment stands.
    pub span: Span,
    /// The bytes of the file that it is for.
    lines: std::ops::Range<usize>,
    used: bool,
    markdown: bool,
}

static COMMENT: LazyLock<Regex> = pattern!(
    r"(?m)(?:<!--|#)[ \t]*pack:[ \t]*allow[ \t]+(?P<code>[a-z][a-z0-9-]*)[ \t]*(?::[ \t]*(?P<reason>[^\n]*?))?[ \t]*(?:-->|$)"
);

/// Every such comment of the source files.
pub fn suppressions(files: &Files) -> Vec<Suppression> {
    files
        .iter()
        .filter(|(_, file)| !file.transcript)
        .flat_map(|(id, file)| in_file(id, file))
        .collect()
}

fn in_file(id: FileId, file: &SourceText) -> Vec<Suppression> {
    let text = &*file.text;
    COMMENT
        .captures_iter(text)
        .filter_map(|found| {
            let whole = found.get(0)?;
            let markdown = whole.as_str().starts_with('<');
            if !markdown
                && file.path.ends_with(".md")
                && !front_matter(text).contains(&whole.start())
            {
                return None;
            }
            Some(Suppression {
                code: found.name("code")?.as_str().to_owned(),
                reason: found
                    .name("reason")
                    .map_or("", |reason| reason.as_str())
                    .trim()
                    .to_owned(),
                span: Span::new(id, whole.start(), whole.end()),
                lines: covered(text, whole.start(), whole.end()),
                used: false,
                markdown,
            })
        })
        .collect()
}

/// The TOML at the head of a Markdown file.
fn front_matter(text: &str) -> std::ops::Range<usize> {
    let end = text
        .strip_prefix("+++")
        .and_then(|rest| rest.find("\n+++"))
        .unwrap_or(0);
    0..end
}

/// The line of the comment, or, where nothing else is on it, the block below.
fn covered(text: &str, start: usize, end: usize) -> std::ops::Range<usize> {
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let alone = text[line_start..start].trim().is_empty() && text[end..line_end].trim().is_empty();
    if !alone {
        return line_start..line_end;
    }
    let mut at = (line_end + 1).min(text.len());
    let mut begun = false;
    for line in text[at..].split_inclusive('\n') {
        let blank = line.trim().is_empty();
        if blank && begun {
            break;
        }
        begun |= !blank;
        at += line.len();
    }
    line_start..at
}

/// Whether a comment covers a finding; the comment is marked as used.
pub(super) fn covers(allowed: &mut [Suppression], finding: &Finding, files: &Files) -> bool {
    let Place::Text(span) = finding.place else {
        return false;
    };
    let mut covered = false;
    for comment in allowed.iter_mut() {
        if comment.code == finding.code.0
            && comment.span.file == span.file
            && (comment.lines.contains(&(span.start as usize))
                || spans_line(files, span, &comment.lines))
        {
            comment.used = true;
            covered |= !comment.reason.is_empty();
        }
    }
    covered
}

/// A finding on a whole table of TOML is also covered from a line inside it.
fn spans_line(files: &Files, span: Span, lines: &std::ops::Range<usize>) -> bool {
    files.path(span).ends_with(".toml")
        && span.range().start <= lines.start
        && lines.end <= span.range().end
}

/// What is wrong with the comments themselves.
pub(super) fn complaints(allowed: &[Suppression]) -> Vec<Finding> {
    let mut complaints = Vec::new();
    for comment in allowed {
        if comment.reason.is_empty() {
            // In Markdown, `load` has reported it already.
            if comment.markdown {
                continue;
            }
            complaints.push(rules::comments::allowed_without_reason::RULE.at(
                comment.span,
                format!("This allows {} without saying why", comment.code),
            ));
        } else if !comment.used && rules::find(&comment.code).is_some() {
            complaints.push(rules::comments::allow_unused::RULE.at_severity(
                Severity::Note,
                comment.span,
                format!("There is no finding {} here to allow", comment.code),
            ));
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;

    fn allowed(path: &str, text: &str, at: &str) -> bool {
        let mut files = Files::default();
        let file = files.add(path, text);
        let start = text.find(at).expect("the place is in the text");
        let finding = Finding::warning(
            Code("doubled-word"),
            Span::new(file, start, start + at.len()),
            "",
        );
        covers(&mut suppressions(&files), &finding, &files)
    }

    #[test]
    fn a_comment_covers_its_line_or_the_block_below() {
        let comment = "<!-- pack: allow doubled-word: a song's title -->";
        let text = format!(
            "One one.\n\n{comment}\n\ntwo two\nthree three\n\nfour four {comment}\n\nfive five\n"
        );
        assert!(!allowed("a.md", &text, "One one"));
        assert!(allowed("a.md", &text, "two two"));
        assert!(allowed("a.md", &text, "three three"));
        assert!(allowed("a.md", &text, "four four"));
        assert!(!allowed("a.md", &text, "five five"));
    }

    #[test]
    fn it_needs_a_reason_and_the_right_code() {
        assert!(!allowed(
            "a.md",
            "a a <!-- pack: allow doubled-word -->",
            "a a"
        ));
        assert!(!allowed(
            "a.md",
            "a a <!-- pack: allow other-code: why -->",
            "a a"
        ));
    }

    #[test]
    fn toml_has_its_own_comments() {
        let text = "x = 1 # pack: allow doubled-word: as agreed\n";
        assert!(allowed("pack.toml", text, "x = 1"));
    }
}
