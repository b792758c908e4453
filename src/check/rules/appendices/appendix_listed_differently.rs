//! An appendix that the report's own list calls by another title.

use crate::check::citations::{citations, label_parts};
use crate::check::sections::{is_appendices, sections};
use crate::check::subject::Subject;
use crate::check::{Room, Rule, words};
use crate::finding::{Code, Finding, Severity, Span};
use crate::prose::{Block, BlockKind, Inline, plain};

pub(crate) const RULE: Rule = Rule {
    code: Code("appendix-listed-differently"),
    severity: Severity::Warning,
    room: Room::Appendices,
    summary: "The report lists an appendix under a different title from the one attached",
    explanation: "Each line of a section \"Appendices\" that begins with a label is compared with the \
                  attached appendix of that label; there is a finding where the two titles share no word \
                  that matters: files were swapped, or the list was copied.",
    basis: "Practice: found in published packs.",
    example: "\"Appendix 2 – Site plan\" where Appendix 2 is \"Equality impact assessment\"",
    remedy: "Put the appendices in the order of the list, or correct the list",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (item, _, report) in subject.reports() {
        for section in sections(report) {
            if !is_appendices(&section.name) {
                continue;
            }
            let mut lines = Vec::new();
            for block in section.blocks {
                gather(&block.block, &mut lines, 0);
            }
            for (line, span) in lines {
                let all = citations(&line);
                let [citation] = &all[..] else { continue };
                if citation.range.start != 0 {
                    continue;
                }
                let listed = words::content_words(&line[citation.range.end..]);
                let attached = item.all_appendices().find(|appendix| {
                    label_parts(&appendix.label)
                        .is_some_and(|(word, name)| word == citation.word && name == citation.label)
                });
                let Some(attached) = attached else { continue };
                let title = words::content_words(&attached.title);
                if listed.is_empty() || title.is_empty() {
                    continue;
                }
                if !listed.iter().any(|word| title.contains(word)) {
                    findings.push(
                        RULE.at(
                            span,
                            format!(
                                "The list says “{}”, but {} is “{}”",
                                line.trim(),
                                attached.label,
                                attached.title.value
                            ),
                        )
                        .related(attached.title.span, "what is attached"),
                    );
                }
            }
        }
    }
    findings
}

/// The lines of a list of appendices: items, paragraphs, and their parts between hard breaks.
fn gather(block: &Block, lines: &mut Vec<(String, Span)>, depth: usize) {
    if depth > crate::prose::MAX_DEPTH {
        return;
    }
    match &block.kind {
        BlockKind::Paragraph(inlines) => {
            for line in inlines
                .split(|inline: &Inline| matches!(inline.kind, crate::prose::InlineKind::HardBreak))
            {
                let span = line.first().map_or(block.span, |first| first.span);
                lines.push((plain(line).trim_start().to_owned(), span));
            }
        }
        BlockKind::List(list) => {
            for inner in list.items.iter().flat_map(|item| &item.blocks) {
                gather(inner, lines, depth + 1);
            }
        }
        _ => {}
    }
}
