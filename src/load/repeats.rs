//! Keys and tables that are written twice: usually because a line in double brackets is missing, or has
//! single brackets.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::codes;
use super::slip::{SEVERAL, header};
use super::toml_text::Source;
use crate::finding::{Finding, Span};

/// The lines that repeat something, each with its finding. One mistake gets one finding; lines that are
/// wrong only because of it get none.
pub(super) fn findings(
    source: Source<'_>,
    repeated: &[Range<usize>],
) -> Vec<(Range<usize>, Option<Finding>)> {
    let headers = Headers::of(source.text);
    let mut in_section: HashMap<usize, usize> = HashMap::new();
    for at in repeated {
        *in_section
            .entry(headers.section(at.start).start)
            .or_default() += 1;
    }
    let mut answers = Vec::new();
    let mut sections = BTreeSet::new();
    let mut names = BTreeSet::new();
    let mut line = 0..0;
    for at in repeated {
        // A line may be as long as the file, and hold thousands of them.
        if (line.start + 1..line.end).contains(&at.start) {
            continue;
        }
        line = source.line_of(at.start);
        let line = line.clone();
        if let Some(name) = header_name(&source.text[line.clone()]) {
            let finding = if names.insert(name.to_owned()) {
                Some(table_twice(source, &headers, at, &line, name))
            } else {
                None
            };
            // The keys below a repeated table are part of the same mistake.
            sections.insert(line.start);
            answers.push((line, finding));
            continue;
        }
        let section = headers.section(line.start);
        // If the brackets of a table's name do not match, its keys seem to belong to the table before.
        let name = source.text[section.clone()].lines().next().unwrap_or("");
        let whole = name.matches('[').count() == name.matches(']').count();
        // A meeting has no title: below one stands an item without its line.
        let may_be_item =
            header_name(name) == Some("meeting") && !sections.contains(&section.start);
        let above = section.start..line.start;
        let title = may_be_item.then(|| {
            let mut titles = lines(&source.text[above.clone()])
                .map(|line| above.start + line.start..above.start + line.end)
                .filter(|line| key_of(&source.text[line.clone()]) == Some("title"));
            titles.next()
        });
        if let Some(title) = title.flatten() {
            sections.insert(section.start);
            answers.push((line, Some(item_without_its_line(source.span(title)))));
            continue;
        }
        if !sections.insert(section.start) || !whole {
            answers.push((line, None));
            continue;
        }
        let others = in_section.get(&section.start).copied().unwrap_or(0);
        answers.push((
            line.clone(),
            Some(key_twice(source, at, &line, &section, others)),
        ));
    }
    answers
}

/// The lines of a text that begin a table.
struct Headers<'t> {
    text: &'t str,
    starts: Vec<usize>,
    named: HashMap<&'t str, Vec<Range<usize>>>,
}

impl<'t> Headers<'t> {
    fn of(text: &'t str) -> Self {
        let (mut starts, mut named) = (Vec::new(), HashMap::<_, Vec<_>>::new());
        for line in lines(text) {
            if let Some(name) = header_name(&text[line.clone()]) {
                starts.push(line.start);
                named.entry(name).or_default().push(line);
            }
        }
        Self {
            text,
            starts,
            named,
        }
    }

    /// The lines that begin a table of this name.
    fn named(&self, name: &str) -> &[Range<usize>] {
        self.named.get(name).map_or(&[], Vec::as_slice)
    }

    /// The table that a byte is in: from its name to the name of the next.
    fn section(&self, at: usize) -> Range<usize> {
        let next = self.starts.partition_point(|start| *start <= at);
        let start = next.checked_sub(1).map_or(0, |own| self.starts[own]);
        let end = self.starts.get(next).copied();
        start..end.unwrap_or(self.text.len())
    }
}

/// What is said where the line [[item]] above the keys of the first item is missing.
pub(super) fn item_without_its_line(title: Span) -> Finding {
    let message = "A line [[item]] is missing above `title`";
    Finding::error(codes::MISSING_KEY, title, message).help("Add a line [[item]] above it")
}

fn table_twice(
    source: Source<'_>,
    headers: &Headers<'_>,
    at: &Range<usize>,
    line: &Range<usize>,
    name: &str,
) -> Finding {
    let headers = headers.named(name);
    let single = headers.iter().find(|line| {
        let words = source.text[(*line).clone()].trim_start();
        !words.starts_with("[[")
    });
    if SEVERAL.contains(&name)
        && let Some(single) = single
    {
        let message =
            format!("[{name}] needs double square brackets, because there can be more than one");
        return Finding::error(codes::TOML_SYNTAX, source.span(single.clone()), message)
            .help(format!("Write {}", header(name)));
    }
    let finding = Finding::error(
        codes::TOML_SYNTAX,
        source.span(at.clone()),
        format!("[{name}] is in this file twice"),
    )
    .help(format!("Put these lines below the first [{name}]"));
    match headers.iter().find(|header| header.start < line.start) {
        Some(first) => finding.related(source.span(first.clone()), "the first"),
        None => finding,
    }
}

fn key_twice(
    source: Source<'_>,
    at: &Range<usize>,
    line: &Range<usize>,
    section: &Range<usize>,
    others: usize,
) -> Finding {
    let key = source.text.get(at.clone()).unwrap_or("").trim();
    let name = header_name(source.text[section.clone()].lines().next().unwrap_or(""));
    let gap = source.text[..line.start]
        .trim_end_matches([' ', '\t'])
        .ends_with("\n\n");
    if let Some(name) = name.filter(|name| SEVERAL.contains(name))
        && (others > 1 || gap)
    {
        let header = header(name);
        return Finding::error(
            codes::TOML_SYNTAX,
            source.span(at.clone()),
            format!("A line {header} is missing before this line"),
        )
        .help(format!("Add a line {header} above it"));
    }
    let finding = Finding::error(
        codes::TOML_SYNTAX,
        source.span(at.clone()),
        format!("`{key}` is here twice"),
    )
    .help("Keep the right one and remove the other");
    let first = lines(&source.text[section.start..line.start])
        .find(|earlier| key_of(&source.text[section.start..][earlier.clone()]) == Some(key));
    match first {
        Some(first) => {
            let first = section.start + first.start..section.start + first.end;
            finding.related(source.span(first), "the first")
        }
        None => finding,
    }
}

/// The key of a line that gives one.
fn key_of(line: &str) -> Option<&str> {
    line.split_once('=').map(|(written, _)| written.trim())
}

/// The lines of a text, without their ends.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let range = start..start + line.len();
        start = range.end + 1;
        range
    })
}

/// The name of the table that a line begins, if it begins one.
fn header_name(line: &str) -> Option<&str> {
    let inner = line.split('#').next()?.trim().strip_prefix('[')?;
    Some(inner.trim_matches(['[', ']', ' ']))
}
