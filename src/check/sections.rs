//! The sections of a report, as its body has them and as the council asks for them.

use std::sync::LazyLock;

use regex::Regex;

use super::subject::cell_text;
use super::words;
use crate::finding::Span;
use crate::model::{NumberedBlock, Paper, PaperBody, Report, ReportLayout};
use crate::prose::{Block, BlockKind, InlineKind, plain};

/// A section of a report's body.
pub(crate) struct Section<'a> {
    /// Its heading as it is compared.
    pub(crate) name: String,
    /// Its heading as it was written.
    pub(crate) heading: String,
    pub(crate) span: Span,
    /// What stands below the heading.
    pub(crate) blocks: &'a [NumberedBlock],
}

/// A line that is a section's heading by its place and has no `#`: "2 Costs" above paragraph 2.1.
pub(crate) struct Unmarked {
    pub(crate) number: u32,
    /// Its words.
    pub(crate) heading: String,
    pub(crate) span: Span,
    /// Whether the first words of the section are in the same block.
    goes_on: bool,
}

/// A heading with its number, as a clerk writes it who leaves out the `#`, or the space after it.
static NUMBERED_LINE: LazyLock<Regex> = pattern!(
    r"^#{0,6}\s*(?:(?i:section|part|adran|rhan)\s+)?(?P<number>[0-9]{1,2})(?:\.0)?(?:[.):]\s*|\s+[-–]\s+|\s+)(?P<heading>\p{Lu}[^.;:?!]*)[:.]?$"
);
/// The same without its number.
static PLAIN_LINE: LazyLock<Regex> = pattern!(r"^#{0,6}\s*(?P<heading>\p{Lu}[^.;:?!]*):?$");
/// Headings are short.
const MOST_WORDS: usize = 8;

/// The heading that a block of a report is meant to be, where its `#` is missing. Only what follows
/// can show that: a paragraph numbered in a section that has not begun.
pub(crate) fn unmarked(report: &Report, index: usize) -> Option<Unmarked> {
    let block = report.body.get(index)?;
    let (line, start, goes_on) = first_line(block)?;
    if line.split_whitespace().count() > MOST_WORDS {
        return None;
    }
    let own = match &goes_on {
        Some(rest) => section_of(rest.split_whitespace().next()?),
        None => section_of(&report.body.get(index + 1)?.number.as_ref()?.text),
    }?;
    let (number, heading) = if let Some(found) = NUMBERED_LINE.captures(&line) {
        (found["number"].parse().ok()?, found["heading"].to_owned())
    } else if let Some(start) = start {
        // "2. Costs." is a heading, and a sentence has more words.
        let is_short = line.split_whitespace().count() <= 4;
        let line = line.strip_suffix('.').filter(|_| is_short).unwrap_or(&line);
        (start, PLAIN_LINE.captures(line)?["heading"].to_owned())
    } else {
        let found = PLAIN_LINE.captures(&line)?;
        let before = report.body[..index]
            .iter()
            .rev()
            .find_map(|block| section_of(&block.number.as_ref()?.text));
        let next = before.map_or(1, |before| before.saturating_add(1));
        (goes_on.is_none() && own == next).then(|| (next, found["heading"].to_owned()))?
    };
    (number == own).then_some(Unmarked {
        number,
        heading,
        span: block.block.span,
        goes_on: goes_on.is_some(),
    })
}

/// The section that a number belongs to: 2 of "2.1".
fn section_of(number: &str) -> Option<u32> {
    number.split_once('.')?.0.parse().ok()
}

/// The first line of a paragraph, or of a numbered list of a single item; its number, where the
/// program counted one; and the lines after it.
fn first_line(block: &NumberedBlock) -> Option<(String, Option<u32>, Option<String>)> {
    // "2.0 Options" is a heading.
    let start = match &block.number {
        Some(number) => Some(number.text.strip_suffix(".0")?.parse().ok()?),
        None => None,
    };
    let (content, start) = match &block.block.kind {
        BlockKind::Paragraph(content) => (content, start),
        BlockKind::List(list) => {
            let ([item], Some((start, _))) = (&list.items[..], list.start) else {
                return None;
            };
            let [
                Block {
                    kind: BlockKind::Paragraph(content),
                    ..
                },
            ] = &item.blocks[..]
            else {
                return None;
            };
            (content, Some(u32::try_from(start).ok()?))
        }
        _ => return None,
    };
    let end = content
        .iter()
        .position(|inline| matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak));
    let first = plain(&content[..end.unwrap_or(content.len())]);
    let rest = end.map(|end| plain(&content[end + 1..]));
    Some((first.trim().to_owned(), start, rest))
}

/// The sections of a report in order, those whose heading lacks its `#` among them.
pub(crate) fn sections(report: &Report) -> Vec<Section<'_>> {
    let starts: Vec<(usize, String, usize)> = report
        .body
        .iter()
        .enumerate()
        .filter_map(|(index, block)| {
            Some(match block.section_heading() {
                Some(heading) => (index, plain(heading), index + 1),
                None => {
                    let line = unmarked(report, index)?;
                    let first = if line.goes_on { index } else { index + 1 };
                    (index, line.heading, first)
                }
            })
        })
        .collect();
    starts
        .iter()
        .enumerate()
        .map(|(nth, (start, heading, first))| {
            let end = starts
                .get(nth + 1)
                .map_or(report.body.len(), |(next, _, _)| *next);
            Section {
                name: words::heading(heading),
                heading: heading.clone(),
                span: report.body[*start].block.span,
                blocks: &report.body[*first..end],
            }
        })
        .collect()
}

/// Whether what the council asks of a report can be asked of a paper: a PDF that has few of the
/// sections is a paper of another kind, or its headings could not be read.
pub(crate) fn is_of_its_kind(paper: &Paper, report: &Report, layout: &ReportLayout) -> bool {
    if !matches!(paper.body, PaperBody::Pdf(_)) {
        return true;
    }
    let there = sections(report);
    let required = layout.sections.iter().filter(|section| section.required);
    let asked: Vec<String> = required.map(|it| words::heading(&it.heading)).collect();
    let has = |name: &&String| there.iter().any(|section| section.name == **name);
    asked.iter().filter(has).count() * 2 >= asked.len()
}

/// The keys of the rows that the council asks for above every report, where a report has none of them: it
/// then has no header at all, which is one mistake and not one for each row.
pub(crate) fn lacks_header<'r>(report: &'r Report, layout: &ReportLayout) -> Option<Vec<&'r str>> {
    let required = layout.header.iter().filter(|field| field.required);
    let missing: Vec<&str> = missing_rows(report, layout).collect();
    (missing.len() > 1 && missing.len() >= required.count()).then_some(missing)
}

/// The keys of the rows that the council asks for above every report and a report does not have.
pub(crate) fn missing_rows<'r>(
    report: &'r Report,
    layout: &ReportLayout,
) -> impl Iterator<Item = &'r str> {
    let may_lack = |key: &str| {
        let field = layout.header.iter().find(|field| field.key == key);
        field.is_some_and(|field| !field.required)
    };
    let missing = report.missing_header.iter().map(String::as_str);
    missing.filter(move |key| !may_lack(key))
}

/// Whether a report recommends something, in its head or in a section.
pub(crate) fn recommends(report: &Report, layout: &ReportLayout) -> bool {
    let in_head = report.recommendations.as_ref();
    in_head.is_some_and(|prose| !prose.value.is_empty())
        || sections(report)
            .iter()
            .any(|section| is_recommendations(layout, &section.name))
}

/// The place of a section's name in the council's list.
pub(crate) fn place_in(layout: &ReportLayout, name: &str) -> Option<usize> {
    layout
        .sections
        .iter()
        .position(|section| words::heading(&section.heading) == name)
}

/// Headings of what members are asked to decide, in English and Welsh.
static ASKS: LazyLock<Regex> = pattern!(concat!(
    r"\brecommendations?\b|\brecommendation\(s\)|\brecommended\s+(?:decision|resolution|action|option)",
    r"|\b(?:decision|action|approval|resolution)(?:s|\(s\))?\s+(?:required|requested|sought|needed|of\s+(?:the\s+)?(?:board|committee|cabinet|council))",
    r"|\b(?:proposed|draft)\s+(?:decision|resolution)|^(?:matters?\s+)?for\s+(?:decision|resolution|approval)$|^resolutions?$",
    r"|\b(?:is|are)\s+(?:asked|recommended|requested|invited)\s+to\b|^(?:it\s+is\s+)?(?:recommended|proposed)(?:\s+that)?$",
    r"|\bargymhell|\bi['’]w\s+(?:cymeradwyo|penderfynu|cadarnhau)\b|\basked\s+to\s+(?:do|decide|agree)\b|\bpenderfyniad(?:au)?\s+(?:(?:sydd\s+)?ei\s+angen|(?:sydd\s+)?eu\s+hangen|a\s+geisir|arfaethedig)"
));
/// Headings about recommendations that have none below them.
static ABOUT: LazyLock<Regex> = pattern!(
    r"^(?:how|when|where|whether|what\s+(?:came|became|happened)|outcomes?|results?|effects?|review|track(?:er|ing)|implementation|delivery|(?:consultation|engagement|views|comments|discussion)\s+(?:on|about|of)|follow[- ]up|monitoring|actions?\s+on|reasons?|reasoning|rationale|justification|background|basis|implications?|consequences|responses?|previous|past|history|progress|update|status|alternatives?|options|rhesymau|rheswm)\b"
);

/// Whether a heading is that of the recommendations.
pub(crate) fn is_recommendations(layout: &ReportLayout, name: &str) -> bool {
    name == words::heading(&layout.recommendations_heading)
        || (ASKS.is_match(name) && !ABOUT.is_match(name))
}

/// Whether a heading is that of the background papers.
pub(crate) fn is_background_papers(name: &str) -> bool {
    // "Local Government (Access to Information) Act 1985 – Background papers"
    let last = name.rsplit([':', '–', '-', '—']).next().unwrap_or(name);
    [name, last.trim()].iter().any(|name| {
        name.starts_with("background paper")
            || name.starts_with("list of background")
            || name.starts_with("background documents")
            || name.contains("papurau cefndir")
            || name.contains("bapurau cefndir")
    })
}

/// A sentence that says that there are none.
static NO_PAPERS: LazyLock<Regex> = pattern!(
    r"(?i)\b(?:no|without(?:\s+any)?|nor\s+any)\s+(?:relevant\s+)?background\s+(?:papers|documents)\b|\bdim\s+papurau\s+cefndir\b"
);

/// Whether a report lists its background papers, or says that there are none: in its head, under a
/// heading of any level, in a bold line, behind a label, or in a sentence.
pub(crate) fn states_background_papers(report: &Report) -> bool {
    report.background_papers.is_some()
        || report.body.iter().any(|block| match &block.block.kind {
            BlockKind::Heading { content, .. } => {
                is_background_papers(&words::heading(&plain(content)))
            }
            BlockKind::Paragraph(content) => {
                let text = plain(content);
                let label = label(&text).unwrap_or(&text);
                let named = is_background_papers(&words::heading(label));
                let is_short = label.split_whitespace().count() <= 4;
                (named && (is_short || label.len() < text.len() && is_label(label)))
                    || NO_PAPERS.is_match(&text)
            }
            BlockKind::Table(table) => table.rows.iter().any(|row| {
                let first = row.cells.first().map(cell_text);
                first.is_some_and(|label| is_background_papers(&words::heading(&label)))
            }),
            _ => false,
        })
}

/// Whether words before a colon name a list: "Background papers used in the preparation of this report".
fn is_label(words: &str) -> bool {
    static USED: LazyLock<Regex> =
        pattern!(r"(?i)\b(?:used|relied\s+(?:up)?on|consulted|preparation|preparing)\b");
    USED.is_match(words) && words.split_whitespace().count() <= 12
}

/// The words before the colon or dash of a line such as "Contact officer: Jo Field".
fn label(text: &str) -> Option<&str> {
    let end = [":", " – ", " - ", " — "]
        .into_iter()
        .filter_map(|mark| text.find(mark))
        .min()?;
    Some(&text[..end])
}

/// Whether a heading is that of the list of appendices.
pub(crate) fn is_appendices(name: &str) -> bool {
    matches!(
        name,
        "appendix"
            | "appendices"
            | "annex"
            | "annexes"
            | "attachments"
            | "list of appendices"
            | "appendices attached"
            | "documents attached"
            | "attached documents"
            | "supporting documents"
            | "supporting papers"
            | "enclosures"
            | "schedule of appendices"
            | "atodiadau"
    )
}

/// Headings over who wrote a report and whom to ask.
static WHOM_TO_ASK: LazyLock<Regex> = pattern!(
    r"^(?:(?:contact|lead|reporting|responsible|originating)\s+(?:officers?|officer\(s\)|details?|persons?|directors?)(?:\s+details)?|contacts?(?:\s+for\b.*)?|(?:report\s+)?authors?|officer\s+contacts?(?:\s+details?)?|report\s+contacts?(?:\s+details?)?|(?:for\s+)?(?:further|more)\s+information\b.*|access\s+to\s+information|glossary|list\s+of\s+abbreviations|signed|signature|sources?|references|report\s+(?:of|by)|tel(?:ephone)?(?:\s+(?:no\.?|number))?|phone|e-?mail|ffôn|e-?bost|swyddog(?:ion)?\s+(?:cyswllt|arweiniol)|cyswllt|awdur(?:on)?(?:\s+(?:yr\s+)?adroddiad)?|rhagor\s+o\s+wybodaeth|geirfa)$"
);

/// Whether a heading is one of those that close a report and need no number.
pub(crate) fn is_closing(name: &str) -> bool {
    let is_one = |name: &str| {
        let name = name.strip_prefix("list of ").unwrap_or(name);
        let ends = [" to this report", " to the report", " for this report"];
        let name = ends
            .iter()
            .find_map(|end| name.strip_suffix(end))
            .unwrap_or(name);
        is_background_papers(name) || is_appendices(name) || WHOM_TO_ASK.is_match(name)
    };
    static AND: LazyLock<Regex> = pattern!(r"\s+(?:and|ac?)\s+|\s*[,/]\s*");
    // "List of appendices and background papers", "Contact officer: Jo Field".
    is_one(name)
        || AND.split(name).all(is_one)
        || label(name).is_some_and(|label| is_one(label.trim()))
}

/// Whether a paragraph is one of those lines: "Contact officer: Jo Field".
pub(crate) fn is_closing_line(text: &str) -> bool {
    static ASK: LazyLock<Regex> =
        pattern!(r"(?i)^(?:for\s+(?:further|more)\s+information|am\s+ragor\s+o\s+wybodaeth)\b");
    static END: LazyLock<Regex> = pattern!(
        r"(?i)^\W*(?:end(?:s|\s+of\s+(?:the\s+)?(?:report|paper))?|diwedd(?:\s+yr\s+adroddiad)?)\W*$"
    );
    static OF_THE_REPORT: LazyLock<Regex> = pattern!(
        r"^(?:(?:report\s+)?dated?(?:\s+of\s+(?:the\s+)?(?:report|meeting|publication))?|report\s+(?:date|reference|ref|number|no|prepared|written|approved|cleared)|version|(?:cleared|approved|reviewed|signed\s+off|prepared|written|agreed|checked|drafted)(?:\s+by)?|ref(?:erence)?|enquiries(?:\s+to)?|dyddiad|postal\s+address|address)$"
    );
    static BY: LazyLock<Regex> = pattern!(
        r"^(?i:(?:this\s+)?(?:report\s+)?(?:was\s+|is\s+)?(?:prepared|written|compiled|produced|drafted|approved|cleared|submitted)\s+by)\s+\p{Lu}[^.]*\.?$"
    );
    ASK.is_match(text)
        || BY.is_match(text)
        || END.is_match(text)
        || label(text).is_some_and(|label| {
            let label = words::heading(label);
            is_closing(&label) || OF_THE_REPORT.is_match(&label)
        })
}
