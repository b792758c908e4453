//! Finds notation of other programs that would be printed as it stands: links the wrong way round,
//! rows without the line that makes them a table, editors' marks, stars that stress nothing. It
//! changes nothing in a text.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::lines::{FENCE, RULE, pattern};
use super::origin::TextStart;
use crate::finding::{Code, Finding};
use crate::load::codes;
use crate::load::notes::Notes;

/// What is reported within a line; each name is an arm of [`meant`].
static LITERAL: LazyLock<Regex> = pattern!(concat!(
    r"(?P<skipped>`+[^`\n]*`+|\\[^\w\s])",
    r"|(?P<turned>\((?P<words>[^()\n]+)\)\[(?P<url>(?:https?://|www\.|mailto:)[^\]\s]+)\])",
    r"|(?P<parted>\[(?P<said>[^\[\]\n]+)\] +\((?P<to>(?:https?://|www\.|mailto:)[^)\s]+)\))",
    r"|(?P<picture>!?\((?P<seen>[^()\n]+)\)\[(?P<shown>[^\]\n]+\.(?i:png|jpe?g|gif|svg|webp|tiff?))\])",
    r"|(?P<named>\[(?i:(?:insert )?(?:image|picture|photo|figure|img)):? *(?P<file>[^\]\n:]+\.(?i:png|jpe?g|gif|svg|webp|tiff?))\])",
    r"|(?P<edited>\{(?:\+\+|--|>>|~~|==)[^\n]*?(?:\+\+|--|<<|~~|==)\})",
    r"|(?P<inserted>\+\+[^+\s](?:[^+\n]*[^+\s])?\+\+)",
    r"|(?P<wiki>\[\[[^\[\]\n]+\]\])",
    r"|(?P<order>\[(?:TOC|_TOC_|toc)\]|\\(?:newpage|pagebreak|clearpage|tableofcontents)\b)",
    r"|(?P<sum>\$[^$\n]{0,80}[\\^_][^$\n]{0,80}\$)",
    r"|(?P<face>\B:[a-z]{2,}(?:_[a-z]+)*:\B)",
));
/// The label of a list item, at the start of a line and before a tab or spaces.
static LABEL: LazyLock<Regex> = pattern!(
    r"^(?:\(?[a-z]{1,2}\)|\(?[ivx]{1,5}[.)]|\(?[0-9]{1,3}(?:\.[0-9]{1,3})*[.)]?|[a-z][.)]|o|\W+)$"
);
/// Words with a gap between them, as in columns that are lined up with spaces.
static GAP: LazyLock<Regex> = pattern!(r"\S {3,}\S");
static LIST: LazyLock<Regex> = pattern!(r"^ {0,3}(?:[-*+]|[0-9]{1,9}[.)])\s");
/// Stars that stress.
static STARS: LazyLock<Regex> = pattern!(r"`+[^`\n]*`+|\\\*|\*{2,}");
/// How many gaps of a line are compared with those of the next.
const MOST_GAPS: usize = 100;
/// An indented line of at least this many words is a paragraph and not code.
const PROSE: usize = 8;

/// Reports what is not read in a text.
pub(super) fn tell(source: &str, origin: TextStart, notes: &Notes) {
    let teller = Teller { origin, notes };
    let mut blocks: Vec<Vec<(usize, &str)>> = vec![Vec::new()];
    let (mut at, mut fenced) = (0, false);
    for line in source.split_inclusive('\n') {
        let words = line.trim_end();
        let is_fence = FENCE.is_match(words);
        fenced ^= is_fence;
        if !(fenced || is_fence || words.is_empty()) {
            if let Some(block) = blocks.last_mut() {
                block.push((at, words));
            }
        } else if blocks.last().is_some_and(|block| !block.is_empty()) {
            blocks.push(Vec::new());
        }
        at += line.len();
    }
    let mut listed = false;
    for block in &blocks {
        let Some((_, first)) = block.first() else {
            continue;
        };
        let indented = first.starts_with("    ") || first.starts_with('\t');
        if indented && !listed {
            teller.indented(block);
            continue;
        }
        listed = LIST.is_match(first) || (listed && first.starts_with(' '));
        teller.rows(block);
        teller.stars(block);
        for &(start, words) in block {
            teller.line(start, words);
        }
    }
}

struct Teller<'n> {
    origin: TextStart,
    notes: &'n Notes,
}

impl Teller<'_> {
    fn tell(
        &self,
        code: Code,
        start: usize,
        words: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let place = self.origin.span(start..start + words.len());
        self.notes
            .add(Finding::warning(code, place, message.into()).help(help.into()));
    }

    fn line(&self, start: usize, words: &str) {
        for found in LITERAL.captures_iter(words) {
            let Some(whole) = found.get(0) else { continue };
            if let Some((code, message, help)) = meant(&found, whole.as_str()) {
                self.tell(code, start + whole.start(), whole.as_str(), message, help);
            }
        }
        let trimmed = words.trim_start();
        if trimmed
            .strip_prefix(':')
            .is_some_and(|rest| rest.starts_with([' ', '\t']))
        {
            self.tell(
                codes::NOTATION_NOT_READ,
                start,
                words,
                "This line begins with a colon, which is printed as it stands",
                "The caption of a table goes right before it and begins with “Table 1:”; for anything else, remove the colon",
            );
        }
    }

    /// A paragraph that is set as code because it is indented.
    fn indented(&self, block: &[(usize, &str)]) {
        let (start, first) = block[0];
        let is_prose = first.split_whitespace().count() >= PROSE
            && !first.contains(['{', '}', ';', '<', '>', '|', '=']);
        if is_prose {
            self.tell(
                codes::NOTATION_NOT_READ,
                start,
                first,
                "This paragraph is set as computer code, because it is indented",
                "Remove the spaces or the tab before it",
            );
        }
    }

    /// Rows that are not read as a table.
    fn rows(&self, block: &[(usize, &str)]) {
        let is_table = block.iter().any(|(_, words)| {
            let drawn = words
                .chars()
                .all(|letter| matches!(letter, '-' | ' ' | '='));
            drawn || RULE.is_match(words) || words.trim_start().starts_with("+-")
        });
        if is_table {
            return;
        }
        let barred: Vec<&(usize, &str)> = block
            .iter()
            .filter(|(_, words)| words.trim_start().starts_with('|'))
            .collect();
        if let [(start, words), _, ..] = barred.as_slice() {
            let columns = words.trim().trim_matches('|').split('|').count();
            self.tell(
                codes::NOTATION_NOT_READ,
                *start,
                words,
                "These lines are not read as a table: the line below the header row is missing",
                format!(
                    "Put a line |{} below the header row",
                    " --- |".repeat(columns)
                ),
            );
            return;
        }
        let lined_up = block.windows(2).find(|pair| {
            let [(_, one), (_, other)] = pair else {
                return false;
            };
            same_tabs(one, other) || same_columns(one, other)
        });
        if let Some(&[(start, words), _]) = lined_up {
            self.tell(
                codes::NOTATION_NOT_READ,
                start,
                words,
                "These lines are lined up as a table, and are printed as running text",
                "Save the table as CSV and list it as an appendix, or write | between its cells and a line | --- | --- | below its header row",
            );
        }
    }

    /// Stars that are printed, because no others close them or there is a space inside them.
    fn stars(&self, block: &[(usize, &str)]) {
        let (mut open, mut loose) = (Vec::new(), Vec::new());
        let is_rule = |line: &str| line.chars().all(|it| it == '*' || it.is_whitespace());
        for &(start, line) in block.iter().filter(|(_, line)| !is_rule(line)) {
            for stars in STARS
                .find_iter(line)
                .filter(|found| found.as_str().starts_with("**"))
            {
                let before = line[..stars.start()].chars().next_back();
                let after = line[stars.end()..].chars().next();
                let is_blank = |letter: Option<char>| letter.is_none_or(char::is_whitespace);
                let at = start + stars.start();
                match (is_blank(before), is_blank(after)) {
                    (true, true) => loose.push(at),
                    (_, true) => {
                        open.pop();
                    }
                    (true, false) => open.push(at),
                    (false, false) if open.pop().is_none() => open.push(at),
                    (false, false) => {}
                }
            }
        }
        let at = match (loose.as_slice(), open.first()) {
            ([first, _, ..], _) => *first,
            (_, Some(first)) => *first,
            _ => return,
        };
        self.tell(
            codes::NOTATION_NOT_READ,
            at,
            "**",
            "These stars are printed as they stand",
            "Write bold as **words**, with no space inside the stars; write \\*\\* to print two stars",
        );
    }
}

/// What is reported of a piece of a line: the code, what is wrong, what to do.
fn meant(found: &Captures<'_>, whole: &str) -> Option<(Code, String, String)> {
    let part = |name: &str| found.name(name).map(|part| part.as_str());
    if part("skipped").is_some() {
        return None;
    }
    let link = part("words").zip(part("url"));
    if let Some((words, url)) = link.or(part("said").zip(part("to"))) {
        return Some((
            codes::NOTATION_NOT_READ,
            "This link is printed as it stands".to_owned(),
            format!("Write [{words}]({url})"),
        ));
    }
    if let Some(file) = part("shown").or(part("file")) {
        let words = part("seen").unwrap_or("What the picture tells");
        return Some((
            codes::NOTATION_NOT_READ,
            "This picture is printed as the words that stand here".to_owned(),
            format!("Write ![{words}]({file})"),
        ));
    }
    if part("edited").is_some() {
        return Some((
            codes::UNSETTLED_CHANGE,
            "An editor's marks are printed as they stand".to_owned(),
            "Settle the change: keep the right words, and remove the rest".to_owned(),
        ));
    }
    let help = if part("order").is_some() {
        "Remove it: the pack makes its own pages and contents"
    } else if part("wiki").is_some() {
        "Write [words](item:4) for a place in this pack, or [words](https://…) for one on the web"
    } else if part("sum").is_some() {
        "Write it in words, or with signs such as x² and ½"
    } else if part("face").is_some() {
        "Remove it, or say it in words"
    } else {
        "Write **words** for bold, and remove the other signs"
    };
    Some((
        codes::NOTATION_NOT_READ,
        format!("“{whole}” is printed as it stands"),
        help.to_owned(),
    ))
}

/// Whether two lines have equally many tabs between their words, and are not list items.
fn same_tabs(one: &str, other: &str) -> bool {
    let tabs = |line: &str| line.trim().matches('\t').count();
    let is_row = |line: &str| {
        let first = line.trim().split('\t').next().unwrap_or_default().trim();
        tabs(line) > 1 || (tabs(line) == 1 && !LABEL.is_match(first))
    };
    tabs(one) == tabs(other) && is_row(one) && is_row(other)
}

/// Whether two lines have a column that begins at the same place.
fn same_columns(one: &str, other: &str) -> bool {
    let columns = |line: &str| -> Vec<usize> {
        GAP.find_iter(line)
            .take(MOST_GAPS)
            .filter(|gap| !LABEL.is_match(line[..=gap.start()].trim()))
            .map(|gap| line[..gap.end()].chars().count())
            .collect()
    };
    let there = columns(other);
    columns(one).iter().any(|column| there.contains(column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::FileId;

    fn told(text: &str) -> Vec<String> {
        let notes = Notes::default();
        tell(text, TextStart::From(FileId(0), 0), &notes);
        let findings = notes.into_findings().into_iter();
        findings
            .map(|finding| finding.help.unwrap_or_default())
            .collect()
    }

    #[test]
    fn what_is_printed_as_it_stands_is_told_once() {
        for (text, help) in [
            (
                "See (our site)[https://a.example].",
                "Write [our site](https://a.example)",
            ),
            (
                "See [our site] (https://a.example).",
                "Write [our site](https://a.example)",
            ),
            ("It costs {--£20--} now.", "Settle the change"),
            ("It is {>>check this<<} now.", "Settle the change"),
            ("It is ++new++ now.", "Write **words**"),
            ("See [[Other report]].", "Write [words](item:4)"),
            ("[TOC]", "Remove it"),
            ("\\newpage", "Remove it"),
            ("The area is $x^2$ now.", "Write it in words"),
            ("Well done :smile: team", "Remove it, or"),
            ("This is ** bold ** text.", "Write bold as"),
            ("This is **bold text.", "Write bold as"),
            (
                "| Park | Size |\n| Ash | 3 |",
                "Put a line | --- | --- | below",
            ),
            ("Park\tSize\nAsh\t3", "Save the table"),
            ("Park      Size\nAsh       3", "Save the table"),
            (": Parks by size", "The caption"),
            (
                "    This paragraph was indented with four spaces and is long.",
                "Remove the spaces",
            ),
        ] {
            let told = told(text);
            assert!(
                matches!(told.as_slice(), [one] if one.starts_with(help)),
                "{text}: {told:?}"
            );
        }
    }

    #[test]
    fn what_is_read_or_meant_is_left_alone() {
        for text in [
            "**Resolved** that **all** be noted.",
            "| a | b |\n| --- | --- |\n| c | d |",
            "1.\tOne\n2.\tTwo",
            "(a)\tone\n(b)\ttwo",
            "- one\n\n    A paragraph of the point before, as long as it needs to be, and more.",
            "    if x { return; } else { y = 1; } // a piece of a program it is",
            "Figures** are provisional.\n\n** Not yet audited.",
            "`**` and `[TOC]` and \\*\\*",
            "At 10:30:15 it cost $5 and then $6.",
            "The (old) [site](https://a.example), C++ and C++.",
            "***",
            "1.   One\n2.   Two",
            "```\nPark\tSize\nAsh\t3\n```",
        ] {
            assert_eq!(told(text), Vec::<String>::new(), "{text}");
        }
    }
}
