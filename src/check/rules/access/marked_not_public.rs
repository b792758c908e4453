//! Public papers that are marked as not for the public.

use crate::check::markings::{self, Marking, goes_on, marking};
use crate::check::subject::{Attachment, Document, Home, Passage, Role, Subject, cell_text};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Place, Severity, Span};
use crate::model::{Appendix, Item, Paper, ShownLine, ShownPage};

pub(crate) const RULE: Rule = Rule {
    code: Code("marked-not-public"),
    severity: Severity::Error,
    room: Room::Access,
    summary: "A public paper is marked as not for publication",
    explanation: "A paper that opens “NOT FOR PUBLICATION”, “Exempt by virtue of paragraph 3” or \
                  “Confidential”, or has such words at the head or foot of a page, in a row of its \
                  header, in the margins of a Word file, in its title, its file's name, the note on its \
                  item or a remark beside that, in English or Welsh, would still be published where \
                  the agenda does not withhold it. Nothing public is built until it is resolved, not \
                  even a draft. Sentences about other papers, such as “Appendix 2 is exempt”, are left \
                  alone. “PART II” above a paper, before the title of its item or as the name of its \
                  folder counts, since that is what councils call the private part of an agenda.",
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
/// How many of the first lines or paragraphs a single word counts as a marking in.
const FIRST: usize = 3;
/// How many characters of a marking are shown.
const MOST_SHOWN: usize = 80;

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let texts = subject
        .documents
        .iter()
        .filter(|document| document.is_public())
        .filter_map(|document| {
            let what = match document.home {
                Home::Report(item, _) => format!("The report of item {}", item.number.value),
                _ => "This paper".to_owned(),
            };
            let accepted = document.accept_marking;
            if let Some((span, said)) = in_text(document) {
                return Some(told(accepted, span, &what, &said));
            }
            let (place, said) = in_remark(subject, document)?;
            let what = match &place {
                Place::File(_) => format!("{what}, in the margins of its pages,"),
                _ => what,
            };
            Some(told(accepted, place, &what, &said))
        });
    let files = subject
        .attachments()
        .into_iter()
        .filter(|file| file.public)
        .filter_map(|file| {
            let (page, said) = in_pdf(&file)?;
            let what = format!("{}, page {page},", file.name());
            Some(told(file.accept_marking, file.span, &what, said))
        });
    let named = subject
        .meeting
        .items()
        .flat_map(|item| where_named(subject, item));
    texts.chain(files).chain(named).collect()
}

fn told(accepted: Option<&str>, place: impl Into<Place>, what: &str, said: &str) -> Finding {
    let severity = match accepted {
        Some(_) => Severity::Note,
        None => RULE.severity,
    };
    let mut shown: String = said.chars().take(MOST_SHOWN).collect();
    if shown.len() < said.len() {
        shown.push('…');
    }
    let message = format!("{what} is marked “{shown}” and is public");
    RULE.at_severity(severity, place, message)
}

/// The first marking of a report or an appendix in Markdown.
fn in_text(document: &Document<'_>) -> Option<(Span, String)> {
    if let Home::Report(_, report) = document.home {
        for row in &report.header {
            for line in &row.lines {
                if markings::in_row(&row.label, line).is_some() {
                    return Some((row.span, in_full(&row.label, line)));
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
                [only] => (only.clone(), marking(only)),
                [label, answer] => (in_full(label, answer), markings::in_row(label, answer)),
                _ => return None,
            };
            found.map(|_| (row.span, said))
        });
    let quoted = || {
        let opening = document.passages.iter().filter(|passage| {
            passage.role != Role::Cell && !running(passage) && opens(passage.span)
        });
        opening
            .filter(|passage| marking(&passage.text).is_some())
            .map(|passage| (passage.span, passage.text.clone()))
            .next()
    };
    let in_running = || {
        let running = document.passages.iter().filter(running).enumerate();
        running
            .map(|(index, passage)| (index, passage, marked(&passage.text, index < FIRST)))
            .find(|(index, _, found)| {
                *found == Some(Marking::Plain) || *index < FIRST && found.is_some()
            })
            .map(|(_, passage, _)| (passage.span, passage.text.clone()))
    };
    row.or_else(quoted).or_else(in_running)
}

/// The marking of a paragraph, which may be a line of a form where a paper begins: "Status: Confidential".
fn marked(text: &str, opens: bool) -> Option<Marking> {
    marking(text).or_else(|| {
        let (label, answer) = text.split_once(':').filter(|_| opens)?;
        let is_label = label.split_whitespace().count() <= 4;
        is_label.then(|| markings::in_row(label, answer)).flatten()
    })
}

/// A row of a form as it is quoted: "Exempt: Yes".
fn in_full(label: &str, answer: &str) -> String {
    let label = label.trim().trim_end_matches([':', '?']).trim_end();
    format!("{label}: {answer}")
}

/// A marking in a comment of a paper's author, which is not printed: `<!-- EXEMPT: paragraph 3 -->`. The
/// margins of a Word file's pages are read as one, and have no place in its text.
fn in_remark(subject: &Subject<'_>, document: &Document<'_>) -> Option<(Place, String)> {
    let span = match document.home {
        Home::Agenda(_) => return None,
        Home::Report(_, report) => report.body.last()?.block.span,
        _ => document.passages.last()?.span,
    };
    let source = subject.context.files.get(span.file)?;
    let text = &source.text;
    text.match_indices("<!--").find_map(|(start, mark)| {
        let from = start + mark.len();
        let end = from + text.get(from..)?.find("-->")?;
        let said = text.get(from..end)?.trim();
        marking(said).or_else(|| markings::beside(said))?;
        let place = if source.transcript {
            Place::File(source.path.clone())
        } else {
            Place::Text(Span::new(span.file, start, end))
        };
        Some((place, said.to_owned()))
    })
}

/// A marking of public papers in the words of an item or its part, in an appendix's title or in the
/// name of a file: one for each item.
fn where_named(subject: &Subject<'_>, item: &Item) -> Option<Finding> {
    let meeting = subject.meeting;
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
        let texts = [&item.note, &item.text]
            .into_iter()
            .flatten()
            .chain(&item.sub);
        let mut text =
            texts.filter(|text| markings::excludes_the_public(text) || marking(text).is_some());
        let title = markings::beside(title)
            .or_else(|| markings::private_part(title))
            .map(|_| title);
        let part = part.filter(|part| part.access.is_public());
        let part = part.filter(|part| markings::of_part(&part.title).is_some());
        let officer = item.officer.as_ref().map(|officer| &officer.name);
        let officer = officer.filter(|name| markings::beside(name).is_some());
        let said = title
            .or(text.next())
            .or(officer)
            .or(part.map(|part| &part.title));
        said.cloned()
            .or_else(|| in_remark_at(subject, item))
            .map(|said| {
                let what = format!("Item {number}");
                told(accepted, item.title.span, &what, &said)
            })
    };
    let of_paper = || {
        papers().find_map(|paper: &Paper| {
            let source = &paper.source.as_ref()?.0;
            markings::in_path(source)?;
            let what = format!("The paper of item {number}");
            Some(told(
                paper.accept_marking.as_deref(),
                paper.span,
                &what,
                source,
            ))
        })
    };
    let of_appendix = || {
        appendices().find_map(|appendix: &Appendix| {
            let source = &appendix.source.as_ref()?.0;
            let title = &appendix.title.value;
            let of_title = markings::beside(title).map(|_| title);
            let of_path = || markings::in_path(source).map(|_| source);
            let said = of_title.or_else(of_path)?;
            let what = format!("An appendix of item {number}");
            Some(told(
                appendix.accept_marking.as_deref(),
                appendix.span,
                &what,
                said,
            ))
        })
    };
    if !has_public {
        return None;
    }
    of_item().or_else(of_paper).or_else(of_appendix)
}

/// A clerk's own remark at an item, on one of its lines or right above them: "# EXEMPT – paragraph 3".
fn in_remark_at(subject: &Subject<'_>, item: &Item) -> Option<String> {
    let span = item.title.span;
    let text = &subject.context.files.get(span.file)?.text;
    let (before, after) = text.split_at_checked(span.range().start)?;
    let begins = |line: &&str| line.trim_start().starts_with("[[");
    let own = before.lines().rev().scan(false, |above, line| {
        let is_remark = line.trim_start().starts_with('#');
        let goes_on = !*above || is_remark;
        *above |= begins(&line);
        goes_on.then_some(line)
    });
    let rest: Vec<&str> = after.lines().take_while(|line| !begins(line)).collect();
    // Remarks right above the next item are about that one.
    let is_remark = |line: &&str| line.trim_start().starts_with('#');
    let last = rest.iter().rposition(|line| !is_remark(line));
    let rest = &rest[..last.map_or(0, |last| last + 1)];
    let mut remarks = own.chain(rest.iter().copied()).filter_map(remark);
    let marked = remarks.find(|said| marking(said).is_some());
    marked.map(ToOwned::to_owned)
}

/// The remark on a line of TOML, but for a line that was only put out of use: `# access = "exempt"`.
fn remark(line: &str) -> Option<&str> {
    let mut inside = None;
    let start = line
        .char_indices()
        .find_map(|(at, letter)| match (inside, letter) {
            (None, '#') => Some(at),
            (None, '"' | '\'') => {
                inside = Some(letter);
                None
            }
            (Some(quote), _) if quote == letter => {
                inside = None;
                None
            }
            _ => None,
        })?;
    let said = line[start..].trim_matches(|letter: char| letter == '#' || letter.is_whitespace());
    (!said.contains('=')).then_some(said)
}

/// The first marking of a PDF and the page it is on.
fn in_pdf<'a>(file: &Attachment<'a>) -> Option<(u32, &'a str)> {
    let shown = &file.document.shown;
    shown
        .iter()
        .enumerate()
        .find_map(|(index, page)| Some((page.number, on_page(page, index == 0)?)))
}

fn on_page(page: &ShownPage, is_first: bool) -> Option<&str> {
    let before = std::iter::once(None).chain(page.lines.iter().map(Some));
    let mut lines = page.lines.iter().zip(before).enumerate();
    lines.find_map(|(index, (line, before))| {
        // The position is looked at first, since a marking counts on few lines.
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
        counts.then_some(line.text.as_str())
    })
}

fn is_margin(page: &ShownPage, line: &ShownLine) -> bool {
    let middle = line.place.top + line.place.height / 2.0;
    middle < page.height * MARGIN || middle > page.height * (1.0 - MARGIN)
}
