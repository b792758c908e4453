//! A link that does not say where it goes.

use crate::check::subject::Subject;
use crate::check::{Room, Rule, words};
use crate::finding::{Code, Finding, Severity, Span};
use crate::prose::{Inline, InlineKind, LinkTarget, plain};

pub(crate) const RULE: Rule = Rule {
    code: Code("bare-link-text"),
    severity: Severity::Warning,
    room: Room::Reports,
    summary: "A link's words do not say where it goes",
    explanation: "Users of screen readers go from link to link and hear its words alone; on paper the \
                  words are all there is. A web address as its own words is a note.",
    basis: "WCAG 2.2, 2.4.4",
    example: "[click here](https://www.example.gov.uk/plan)",
    remedy: "Let the words name what is linked: [the local plan](…)",
    run,
};

const BARE: &[&str] = &[
    "click",
    "clickhere",
    "here",
    "link",
    "thislink",
    "more",
    "moreinfo",
    "moreinformation",
    "readmore",
    "thispage",
    "website",
    "findoutmore",
    "yma",
];

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in subject.passages() {
        links(
            passage.inlines,
            &mut |span, target, content| {
                let text = plain(content);
                let squashed = words::squash(&text);
                if BARE.contains(&squashed.as_str()) {
                    findings
                        .push(RULE.at(span, format!("“{text}” does not say where the link goes")));
                } else if let LinkTarget::Web(address) = target
                    && (text.starts_with("http://") || text.starts_with("https://"))
                    && text.chars().count() > 40
                    && address.trim_end_matches('/') == text.trim_end_matches('/')
                {
                    findings.push(RULE.at_severity(
                        Severity::Note,
                        span,
                        "A long web address stands where words would say what it leads to",
                    ));
                }
            },
            0,
        );
    }
    findings
}

fn links<'a>(
    inlines: &'a [Inline],
    found: &mut impl FnMut(Span, &'a LinkTarget, &'a [Inline]),
    depth: usize,
) {
    if depth > crate::prose::MAX_DEPTH {
        return;
    }
    for inline in inlines {
        match &inline.kind {
            InlineKind::Link { target, content } => found(inline.span, target, content),
            InlineKind::Strong(inner)
            | InlineKind::Emphasis(inner)
            | InlineKind::Struck(inner)
            | InlineKind::Lang(_, inner) => links(inner, found, depth + 1),
            _ => {}
        }
    }
}
