//! Papers that say of themselves that they are not for the public.

use crate::check::markings::{self, Marking, goes_on, marking};
use crate::check::subject::{Attachment, Document, Home, Passage, Role, Subject, cell_text};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Place, Severity, Span};
use crate::model::{Appendix, Item, Meeting, Paper, ShownLine, ShownPage};

pub(crate) const RULE: Rule = Rule {
    code: Code("marked-not-public"),
    severity: Severity::Error,
    room: Room::Access,
    summary: "A public paper is marked as not for publication",
    explanation: "A paper that opens “NOT FOR PUBLICATION”, “Exempt by virtue of paragraph 3” or \
                  “Confidential”, or has such words at the head or foot of a page, in a row of its \
                  header, in its title, its file's name or the note on its item, in English or \
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
            let (span, said, found) = in_text(document).or_else(|| in_remark(subject, document))?;
            let what = match document.home {
                Home::Report(item, _) => format!("The report of item {}", item.number.value),
                _ => "This paper".to_owned(),
            };
            Some(told(document.accept_marking, span, &what, &said, found))
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
    let named = subject
        .meeting
        .items()
        .flat_map(|item| where_named(subject.meeting, item));
    texts.chain(files).chain(named).collect()
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
fn in_text(document: &Document<'_>) -> Option<(Span, String, Marking)> {
    if let Home::Report(_, report) = document.home {
        for row in &report.header {
            for line in &row.lines {
                if let Some(found) = markings::in_row(&row.label, line) {
                    return Some((row.span, line.clone(), found));
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
    let running = |passage: &&Passage<'_>| {
        !passage.quoted && matches!(passage.role, Role::Heading(_) | Role::Paragraph)
    };
    let heading = |passage: &&Passage<'_>| matches!(passage.role, Role::Heading(_));
    let mut all = document.passages.iter();
    let begins = all.clone().find(heading).or_else(|| all.find(running));
    let opens = |span: Span| begins.is_none_or(|first| span.start < first.span.start);
    let row = document
        .tables
        .iter()
        .filter(|(_, span)| opens(*span))
        .flat_map(|(table, _)| &table.rows)
        .find_map(|row| {
            let cells: Vec<String> = row.cells.iter().map(cell_text).collect();
            let (said, found) = match cells.as_slice() {
                [only] => (only, marking(only)?),
                [label, answer] => (answer, markings::in_row(label, answer)?),
                _ => return None,
            };
            Some((row.span, said.clone(), found))
        });
    let quoted = || {
        let opening = document.passages.iter().filter(|passage| {
            passage.role != Role::Cell && !running(passage) && opens(passage.span)
        });
        opening
            .map(|passage| (passage, marking(&passage.text)))
            .find_map(|(passage, found)| Some((passage.span, passage.text.clone(), found?)))
    };
    let in_running = || {
        let running = document.passages.iter().filter(running).enumerate();
        running
            .map(|(index, passage)| (index, passage, marking(&passage.text)))
            .find_map(|(index, passage, found)| match found? {
                Marking::Plain => Some((passage.span, passage.text.clone(), Marking::Plain)),
                found if index < FIRST => Some((passage.span, passage.text.clone(), found)),
                _ => None,
            })
    };
    row.or_else(quoted).or_else(in_running)
}

/// A remark of a report's author, which is not printed: `<!-- EXEMPT: paragraph 3 -->`.
fn in_remark(subject: &Subject<'_>, document: &Document<'_>) -> Option<(Span, String, Marking)> {
    let Home::Report(_, report) = document.home else {
        return None;
    };
    let file = report.span.file;
    let text = &subject.context.files.get(file)?.text;
    text.match_indices("<!--").find_map(|(start, mark)| {
        let from = start + mark.len();
        let end = from + text.get(from..)?.find("-->")?;
        let said = text.get(from..end)?.trim();
        let found = marking(said)?;
        Some((Span::new(file, start, end), said.to_owned(), found))
    })
}

/// What an item, its part or the name of a file says of public papers: once an item.
fn where_named(meeting: &Meeting, item: &Item) -> Option<Finding> {
    let papers = || item.papers.iter().filter(|paper| paper.access.is_public());
    let appendices = || {
        let of_papers = item.papers.iter().flat_map(|paper| &paper.appendices);
        let all = of_papers.chain(&item.appendices);
        all.filter(|appendix| appendix.access.is_public() && appendix.source.is_some())
    };
    let number = &item.number.value;
    let accepted = papers().find_map(|paper| paper.accept_marking.as_deref());
    let has_public = papers().next().is_some() || appendices().next().is_some();
    let part = item.part.and_then(|part| meeting.agenda.parts.get(part));
    let of_item = || {
        let title = &item.title.value;
        let texts = [&item.note, &item.text].into_iter().flatten();
        let text =
            texts.filter(|text| markings::excludes_the_public(text) || marking(text).is_some());
        let title = markings::beside(title).map(|found| (title, found));
        let part = part.filter(|part| part.access.is_public());
        let part = part.and_then(|part| Some((&part.title, markings::of_part(&part.title)?)));
        let said = title
            .or(text.map(|text| (text, Marking::Plain)).next())
            .or(part);
        said.map(|(said, found)| {
            let what = format!("Item {number}");
            told(accepted, item.title.span, &what, said, found)
        })
    };
    let of_paper = || {
        papers().find_map(|paper: &Paper| {
            let source = &paper.source.as_ref()?.0;
            let found = markings::in_path(source)?;
            let what = format!("The paper of item {number}");
            Some(told(
                paper.accept_marking.as_deref(),
                paper.span,
                &what,
                source,
                found,
            ))
        })
    };
    let of_appendix = || {
        appendices().find_map(|appendix: &Appendix| {
            let source = &appendix.source.as_ref()?.0;
            let title = &appendix.title.value;
            let of_title = markings::beside(title).map(|found| (title, found));
            let of_path = || markings::in_path(source).map(|found| (source, found));
            let (said, found) = of_title.or_else(of_path)?;
            let what = format!("An appendix of item {number}");
            Some(told(
                appendix.accept_marking.as_deref(),
                appendix.span,
                &what,
                said,
                found,
            ))
        })
    };
    if !has_public {
        return None;
    }
    of_item().or_else(of_paper).or_else(of_appendix)
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
