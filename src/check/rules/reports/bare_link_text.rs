//! A link that does not say where it goes.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity, Span};
use crate::prose::{Inline, InlineKind, LinkTarget, plain};

pub(crate) const RULE: Rule = Rule {
    code: Code("bare-link-text"),
    severity: Severity::Warning,
    room: Room::Reports,
    summary: "A link's words do not say where it goes",
    explanation: "Screen reader users go from link to link and hear only the words of each; on paper the \
                  words are all there is. A long web address as the words of a link is a note.",
    basis: "WCAG 2.2, 2.4.4",
    example: "[click here](https://www.example.gov.uk/plan)",
    remedy: "Make the words say what the link leads to: [the local plan](…)",
    run,
};

/// Words that say nothing about what is linked.
const EMPTY: &str = "click press tap here link links this these that the a to for more info information read \
    page web webpage website site find out about it see view visit open download downloads document documents doc \
    file files attachment attached enclosed above below pdf word excel details further full continue follow go learn please on at of our address full whole report is are available can be found \
    online web-page portal url hyperlink via by using use following from clicking \
    yma gweler dilynwch cliciwch dolen darllen mwy lawrlwytho lawrlwythwch rhagor gweld gwelwch gwybodaeth manylion \
    agor dogfen tudalen hwn hon y am i o wybodaeth fwy";

/// Whether the words of a link would do for any link.
fn says_nothing(text: &str) -> bool {
    // "here (opens in a new window)"
    let said = text
        .split(['(', '['])
        .next()
        .filter(|said| !said.trim().is_empty());
    let mut words = said
        .unwrap_or(text)
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .peekable();
    words.peek().is_some() && words.all(|word| EMPTY.split_whitespace().any(|empty| empty == word))
}

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in subject.passages() {
        links(
            passage.inlines,
            &mut |span, target, content| {
                let text = plain(content);
                if says_nothing(&text) {
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
                        "A long web address is where words should say what it leads to",
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
