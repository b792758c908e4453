//! HTML in Markdown: comments are dropped, though one that means to allow a finding has to give
//! its reason; anything else is refused.

use crate::finding::{Finding, Span};
use crate::load::codes;
use crate::load::notes::Notes;

/// Reads a piece of HTML that stands at `span`.
pub(super) fn read(html: &str, span: Span, block: bool, notes: &Notes) {
    let mut rest = html;
    let mut other = String::new();
    while let Some(start) = rest.find("<!--") {
        other.push_str(&rest[..start]);
        let inside = &rest[start + 4..];
        let Some(end) = inside.find("-->") else {
            notes.add(
                Finding::error(
                    codes::RAW_HTML,
                    first_letters(span),
                    "This comment never ends",
                )
                .label("everything after it would be lost")
                .help("Close it with -->"),
            );
            return;
        };
        comment(&inside[..end], span, notes);
        rest = &inside[end + 3..];
    }
    other.push_str(rest);
    if other.trim().is_empty() {
        return;
    }
    if block {
        notes.add(
            Finding::error(codes::RAW_HTML, span, "HTML is not passed through")
                .label("this would be lost")
                .help("Write it as Markdown; a table with merged cells is a CSV file"),
        );
    } else if !is_line_break(&other) && !other.trim().starts_with("</") {
        notes.add(
            Finding::warning(
                codes::RAW_HTML,
                span,
                format!("The tag {} is left out", other.trim()),
            )
            .help("Write it as Markdown: *stressed*, **strongly stressed**, ~~struck out~~"),
        );
    }
}

fn first_letters(span: Span) -> Span {
    Span {
        end: span.end.min(span.start + 4),
        ..span
    }
}

/// Whether a tag is a line break.
pub(super) fn is_line_break(html: &str) -> bool {
    let tag = html.trim().to_ascii_lowercase();
    matches!(tag.as_str(), "<br>" | "<br/>" | "<br />")
}

fn comment(text: &str, span: Span, notes: &Notes) {
    let Some(order) = text.trim().strip_prefix("pack:") else {
        return;
    };
    let gives_reason = order
        .trim_start()
        .strip_prefix("allow ")
        .and_then(|rule| rule.split_once(':'))
        .is_some_and(|(code, reason)| !code.trim().is_empty() && !reason.trim().is_empty());
    if !gives_reason {
        notes.add(
            Finding::warning(
                codes::ALLOWED_WITHOUT_REASON,
                span,
                "This comment allows nothing, since it names no rule or gives no reason",
            )
            .help("Write <!-- pack: allow doubled-word: it is a quotation -->"),
        );
    }
}
