//! Findings for a person: what is wrong, the place marked in the source, what to do.

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::words::printable;
use crate::finding::{Files, Finding, Place, Severity, SourceText, Span, Whereabouts};

/// How many columns the text takes at most.
const WIDTH: usize = 100;
/// How many lines of a longer place are shown.
const MOST_LINES: usize = 4;

/// The findings, an empty line after each.
pub(super) fn render(findings: &[Finding], files: &Files, colours: bool) -> String {
    let renderer = if colours {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.term_width(WIDTH);
    findings
        .iter()
        .map(|finding| {
            let mut text = renderer.render(&[group(finding, files)]);
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
            text
        })
        .collect()
}

fn group<'f>(finding: &'f Finding, files: &'f Files) -> Group<'f> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note | Severity::Allow => Level::NOTE,
    };
    let title = level
        .primary_title(printable(&finding.message))
        .id(finding.code.0);
    let mut elements: Vec<Element<'f>> = Vec::new();
    match &finding.place {
        Place::Text(span) => elements.extend(snippets(*span, finding, files)),
        Place::File(path) => elements.push(Origin::path(printable(path)).into()),
        Place::Page(path, page) => {
            let place = format!("{path}, page {page}");
            elements.push(Origin::path(printable(&place)).into());
        }
        Place::Nowhere => {}
    }
    if !matches!(finding.place, Place::Text(_)) {
        elements.extend(
            finding
                .label
                .iter()
                .map(|label| Level::NOTE.message(printable(label)).into()),
        );
    }
    elements.extend(
        finding
            .help
            .iter()
            .map(|help| Level::HELP.message(printable(help)).into()),
    );
    title.elements(elements)
}

/// The source around the place and around every related place, a snippet for each stretch of
/// lines.
fn snippets<'f>(span: Span, finding: &'f Finding, files: &'f Files) -> Vec<Element<'f>> {
    let mut marks: Vec<(Span, AnnotationKind, Option<&'f str>)> =
        vec![(span, AnnotationKind::Primary, finding.label.as_deref())];
    for (related, words) in &finding.related {
        marks.push((*related, AnnotationKind::Context, Some(words)));
    }
    let mut shown: Vec<Element<'f>> = Vec::new();
    while let Some(&(first, _, _)) = marks.first() {
        let Some(file) = files.get(first.file) else {
            marks.remove(0);
            continue;
        };
        // Marks near to each other stand in one snippet.
        let near = |mark: &Span| {
            mark.file == first.file
                && file
                    .position(mark.start as usize)
                    .line
                    .abs_diff(file.position(first.start as usize).line)
                    <= 12
        };
        let (here, rest): (Vec<_>, Vec<_>) = marks.into_iter().partition(|(mark, ..)| near(mark));
        marks = rest;
        let whereabouts = files.whereabouts(first);
        if whereabouts == Whereabouts::default() {
            shown.push(snippet(file, &here).path(printable(&file.path)).into());
        } else {
            let place = format!("{}, {whereabouts}", file.path);
            shown.push(Origin::path(printable(&place)).into());
            shown.push(snippet(file, &here).into());
        }
    }
    shown
}

fn snippet<'f>(
    file: &'f SourceText,
    marks: &[(Span, AnnotationKind, Option<&'f str>)],
) -> Snippet<'f, annotate_snippets::Annotation<'f>> {
    let ranges: Vec<(usize, usize)> = marks
        .iter()
        .map(|(span, ..)| shown_range(file, *span))
        .collect();
    let first = ranges.iter().map(|range| range.0).min().unwrap_or(0);
    let last = ranges.iter().map(|range| range.1).max().unwrap_or(0);
    let from = file.text[..first]
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let to = file.text[last..]
        .find('\n')
        .map_or(file.text.len(), |newline| last + newline);
    let mut snippet = Snippet::source(&file.text[from..to]).line_start(file.position(from).line);
    for ((_, kind, words), (start, end)) in marks.iter().zip(ranges) {
        snippet = snippet.annotation(
            kind.span(start - from..end - from)
                .label(words.map(printable)),
        );
    }
    snippet
}

/// A span's bytes on character boundaries, without more lines than are shown.
fn shown_range(file: &SourceText, span: Span) -> (usize, usize) {
    let boundary = |at: u32| {
        let mut at = (at as usize).min(file.text.len());
        while !file.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, end) = (boundary(span.start), boundary(span.end));
    let covered = &file.text[start..end.max(start)];
    let cut = covered
        .match_indices('\n')
        .nth(MOST_LINES - 1)
        .map_or(covered.len(), |(at, _)| at);
    let words = covered[..cut].trim_end().len();
    (start, start + if words == 0 { cut } else { words })
}
