//! Papers that say of themselves that they are not for the public.

use crate::check::markings::{Marking, goes_on, marking};
use crate::check::subject::{Attachment, Document, Home, Role, Subject};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Place, Severity, Span};
use crate::model::{ShownLine, ShownPage};

pub(crate) const RULE: Rule = Rule {
    code: Code("marked-not-public"),
    severity: Severity::Error,
    room: Room::Access,
    summary: "A public paper is marked as not for publication",
    explanation: "A paper that opens “NOT FOR PUBLICATION”, “Exempt by virtue of paragraph 3” or \
                  “Confidential”, or has such words at the head or foot of a page, in English or \
                  Welsh, is published all the same where the agenda does not withhold it. Nothing \
                  public is built over it, not even a draft. Sentences about other papers, such as \
                  “Appendix 2 is exempt”, are left alone. A paper that begins with “PART II” and \
                  says no more is a warning.",
    basis: "Local Government Act 1972, s.100B(2) and (5).",
    example: "“NOT FOR PUBLICATION – EXEMPT by virtue of paragraph 3” on the first page",
    remedy: "Withhold it with access = \"exempt\", exempt-paragraphs = [3] with the paragraph that applies, and public-interest = \"…\" with the reason. If everybody may read it, say \
             why: accept-marking = \"…\" where the paper is named",
    run,
};

/// How much of a page's height is its head, and how much its foot.
const MARGIN: f64 = 0.09;
/// How far down a paper's opening reaches on its first page.
const OPENING: f64 = 0.4;
/// Lines and paragraphs in which a single word is taken for a marking.
const FIRST: usize = 3;
/// Characters of a marking that are shown.
const MOST_SHOWN: usize = 80;

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let texts = subject
        .documents
        .iter()
        .filter(|document| document.is_public())
        .filter_map(|document| {
            let (span, said, found) = in_text(document)?;
            let what = match document.home {
                Home::Report(item, _) => format!("The report of item {}", item.number.value),
                _ => "This paper".to_owned(),
            };
            Some(told(document.accept_marking, span, &what, said, found))
        });
    let files = subject
        .attachments()
        .into_iter()
        .filter(|file| file.public)
        .filter_map(|file| {
            let (page, said, found) = in_pdf(&file)?;
            let what = format!("{}, page {page},", file.name());
            Some(told(file.accept_marking, file.span, &what, said, found))
        });
    texts.chain(files).collect()
}

fn told(
    accepted: Option<&str>,
    place: impl Into<Place>,
    what: &str,
    said: &str,
    found: Marking,
) -> Finding {
    let severity = match (accepted, found) {
        (Some(_), _) => Severity::Note,
        (None, Marking::Part) => Severity::Warning,
        (None, Marking::Word | Marking::Plain) => RULE.severity,
    };
    let mut shown: String = said.chars().take(MOST_SHOWN).collect();
    if shown.len() < said.len() {
        shown.push('…');
    }
    let message = format!("{what} is marked “{shown}” and is public");
    RULE.at_severity(severity, place, message)
}

/// The first marking of a report or an appendix in Markdown.
fn in_text<'a>(document: &'a Document<'_>) -> Option<(Span, &'a str, Marking)> {
    if let Home::Report(_, report) = document.home {
        for row in &report.header {
            let label = row.label.to_lowercase();
            let about = [
                "classification",
                "status",
                "access",
                "publication",
                "marking",
            ];
            let is_about = about.iter().any(|word| label.contains(word));
            for line in &row.lines {
                match marking(line) {
                    Some(Marking::Plain) => return Some((row.span, line, Marking::Plain)),
                    Some(Marking::Word) if is_about => {
                        return Some((row.span, line, Marking::Word));
                    }
                    _ => {}
                }
            }
        }
    }
    if !matches!(
        document.home,
        Home::Report(..) | Home::Appendix | Home::Alternative
    ) {
        return None;
    }
    let running = document.passages.iter().filter(|passage| {
        !passage.quoted && matches!(passage.role, Role::Heading(_) | Role::Paragraph)
    });
    running
        .enumerate()
        .find_map(|(index, passage)| match marking(&passage.text)? {
            Marking::Plain => Some((passage.span, passage.text.as_str(), Marking::Plain)),
            found if index < FIRST => Some((passage.span, passage.text.as_str(), found)),
            _ => None,
        })
}

/// The first marking of a PDF and the page it is on.
fn in_pdf<'a>(file: &Attachment<'a>) -> Option<(u32, &'a str, Marking)> {
    let shown = &file.document.shown;
    shown.iter().enumerate().find_map(|(index, page)| {
        let (said, found) = on_page(page, index == 0)?;
        Some((page.number, said, found))
    })
}

fn on_page(page: &ShownPage, is_first: bool) -> Option<(&str, Marking)> {
    let before = std::iter::once(None).chain(page.lines.iter().map(Some));
    let mut lines = page.lines.iter().zip(before).enumerate();
    lines.find_map(|(index, (line, before))| {
        // Where it stands is asked first, since most lines stand where no marking counts.
        let at_edge = is_margin(page, line);
        let opens = is_first && line.place.top < page.height * OPENING;
        if !(at_edge || opens || index < FIRST) || before.is_some_and(|line| goes_on(&line.text)) {
            return None;
        }
        let found = marking(&line.text)?;
        let counts = match found {
            Marking::Plain => true,
            Marking::Word => at_edge || is_first && index < FIRST,
            Marking::Part => is_first && index < FIRST - 1,
        };
        counts.then_some((line.text.as_str(), found))
    })
}

fn is_margin(page: &ShownPage, line: &ShownLine) -> bool {
    let middle = line.place.top + line.place.height / 2.0;
    middle < page.height * MARGIN || middle > page.height * (1.0 - MARGIN)
}
