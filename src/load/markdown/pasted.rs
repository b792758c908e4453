//! Notation that is pasted into Markdown from Word, Outlook or pandoc. If the meaning is certain, the
//! text is mended before it is read: Word's bullets, lettered lines, line breaks, file names with
//! spaces. Whatever is uncertain or would be lost becomes a finding. Only the notation of a text
//! changes, never its words.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::lines::{FENCE, RULE, pattern};
use super::origin::{Piece, TextStart};
use super::{drawn, literal};
use crate::finding::{Code, Finding};
use crate::load::codes;
use crate::load::notes::Notes;
use crate::prose::label::{Ending, Label, Shape};

/// A text as it is to be read, and the places of its pieces in the source.
#[derive(Debug, Default)]
pub(super) struct Mended {
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
}

impl Mended {
    fn keep(&mut self, source: &str, range: std::ops::Range<usize>) {
        if !range.is_empty() {
            self.pieces.push(Piece {
                from: self.text.len(),
                source: range.start,
                verbatim: true,
            });
            self.text.push_str(&source[range]);
        }
    }

    /// Puts words where the source has others, or none.
    fn put(&mut self, words: &str, at: usize) {
        if !words.is_empty() {
            self.pieces.push(Piece {
                from: self.text.len(),
                source: at,
                verbatim: false,
            });
            self.text.push_str(words);
        }
    }
}

/// A bullet of Word's that does not begin a list in Markdown. Dashes and letters are bullets only before
/// a tab.
static BULLET: LazyLock<Regex> = pattern!(
    r"^(?P<indent>[ \t]*)(?P<bullet>[•·▪◦‣●○■□➢➤\u{f0b7}\u{f0a7}\u{f076}][ \t\u{a0}]*|[–—o§Ø][ ]?\t[ \t]*)(?P<rest>\S)"
);
/// Word's bullets of the second level.
const INNER: [char; 6] = ['o', '◦', '○', '▪', '–', '\u{f0a7}'];
/// Lines that begin with a dash or Word's letter o: two of them together are a list.
static DASHED: LazyLock<Regex> = pattern!(r"^[ \t]*(?:[–—] +|o {2,})\S");
/// The item of a numbered list.
static NUMBERED: LazyLock<Regex> = pattern!(r"^(?P<indent> {0,3})(?P<mark>[0-9]{1,3}[.)] +)\S");
/// The item of a list with bullets.
static BULLETED: LazyLock<Regex> = pattern!(r"^(?P<indent> *)[-*+] +\S");
/// A block of pandoc's: ":::", "::: warning".
static DIVISION: LazyLock<Regex> = pattern!(r"^ {0,3}:{3,}(?:\s*\{[^}]*\}|\s*[\w-]+)?\s*:*\s*$");
static GRID: LazyLock<Regex> = pattern!(r"^\s*\+(?:[-=:]{2,}\+){1,}\s*$");
static DASHES: LazyLock<Regex> = pattern!(r"^\s*-{3,}(?:\s+-{3,})+\s*$");
static HASH: LazyLock<Regex> = pattern!(r"^ {0,3}#{1,6}\p{Lu}\p{Ll}+(?:\s|$)");
static NOTE_MADE: LazyLock<Regex> = pattern!(r"^ {0,3}\[\^(?P<label>[^\]\s]{1,60})\]:");

/// What is mended or reported within a line; each name is an arm of [`Mender::mended_piece`].
static INSIDE: LazyLock<Regex> = pattern!(concat!(
    r"(?P<raw>`[^`\n]*`\{=\w+\})|(?P<code>`+[^`\n]*`+)|(?P<escaped>\\[^\w\s])",
    r"|(?P<comment>\[(?P<said>[^\]\n]*)\]\{\.comment-(?:start|end)[^}\n]*\})",
    r"|(?P<deleted>\[(?P<gone>[^\]\n]*)\]\{\.(?:deletion|paragraph-deletion)[^}\n]*\})",
    r"|(?P<inserted>\[(?P<new>[^\]\n]*)\]\{\.(?:insertion|paragraph-insertion)[^}\n]*\})",
    r"|(?P<span>\[(?P<words>[^\]\n]*)\]\{[.#][^}\n]*\})",
    r"|(?P<file>\]\((?P<path>[^<>\n()]*(?:\([^<>\n()]*\))?[^<>\n()]*\.(?i:png|jpe?g|svg|gif|webp|bmp|tiff?|pdf|docx?|xlsx?|pptx?|csv|md))(?P<title>\s+\x22[^\x22\n]*\x22)?\))",
    r"(?P<size>\{[^}\n]*\b(?:width|height)=[^}\n]*\})?",
    r"|(?P<dimensions>\{\s*(?:width|height)=[^}\n]*\})",
    r"|(?P<times>[0-9]\*[0-9\p{L}]|\p{L}\*[0-9])",
    r"|(?P<raised>\^(?P<up>[0-9]{1,3}|st|nd|rd|th|ain|af|ydd|fed)\^)|(?P<lowered>\b(?P<before>\p{L}{1,3})~(?P<down>[0-9]{1,3})~)",
    r"|(?P<marked>==[^=\s](?:[^=\n]*[^=\s])?==)|(?P<power>\^[^\s^\[\]]{1,20}\^)",
    r"|(?P<note>\[\^(?P<label>[^\]\s]{1,60})\])",
    r"|(?P<breaks>[\u{b}\u{c}\u{85}\u{2028}\u{2029}])"
));

/// What stands after the label of a line that begins as in lists that Markdown does not have, with a
/// letter or a Roman numeral: a space or a tab.
fn gap_after_label(words: &str) -> Option<char> {
    let words = words.trim_start_matches([' ', '\t']);
    let end = words.find([' ', '\t'])?;
    let (label, rest) = (Label::of(&words[..end])?, &words[end..]);
    let is_numbered = label.shape == Shape::Number && label.ending != Ending::Brackets;
    let begins = label.begins_point() && !is_numbered && !rest.trim().is_empty();
    rest.chars().next().filter(|_| begins)
}

/// The text as it is to be read; findings go to the notes.
pub(super) fn mend(source: &str, origin: TextStart, notes: &Notes) -> Mended {
    let mut mender = Mender {
        source,
        origin,
        notes,
        mended: Mended::default(),
        labels: footnotes(source),
        told: BTreeSet::new(),
    };
    let mut lines: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        lines.push((at, line));
        at += line.len();
    }
    literal::tell(source, origin, notes);
    let mut block = Lines::default();
    let mut drawn_to = 0;
    for (index, &(start, line)) in lines.iter().enumerate() {
        if index < drawn_to {
            continue;
        }
        if let Some(drawn) = mender.drawn(&lines[index..], &block) {
            drawn_to = index + drawn;
            block = Lines::default();
            continue;
        }
        let next = lines.get(index + 1).map_or("", |(_, line)| line.trim_end());
        mender.line(start, line, next, &mut block);
    }
    mender.mended
}

/// The labels of the footnotes that a text has.
fn footnotes(source: &str) -> BTreeSet<String> {
    source
        .lines()
        .filter_map(|line| Some(NOTE_MADE.captures(line)?["label"].to_lowercase()))
        .collect()
}

/// What the lines before one were.
#[derive(Default)]
struct Lines {
    fenced: bool,
    /// Whether the line before is not blank.
    follows: bool,
    /// Whether the line before belongs to the same paragraph.
    goes_on: bool,
    /// Whether it began with a label, and whether it was one of Word's bullets of the first level.
    labelled: bool,
    outer_bullet: bool,
    /// Whether it was in a list with dashes.
    dashed: bool,
    /// The column where the text of the last numbered item begins, and how far the lists in it are
    /// moved.
    numbered: Option<usize>,
    moved: usize,
}

struct Mender<'m> {
    source: &'m str,
    origin: TextStart,
    notes: &'m Notes,
    mended: Mended,
    labels: BTreeSet<String>,
    told: BTreeSet<&'static str>,
}

impl Mender<'_> {
    fn line(&mut self, start: usize, line: &str, next: &str, before: &mut Lines) {
        let words = line.trim_end_matches(['\n', '\r']);
        if FENCE.is_match(words) {
            before.fenced = !before.fenced;
        }
        if before.fenced || FENCE.is_match(words) || words.trim().is_empty() {
            self.mended.keep(self.source, start..start + line.len());
            before.follows = !words.trim().is_empty();
            before.goes_on = false;
            before.labelled = false;
            before.dashed = false;
            return;
        }
        let end = start + words.len();
        if self.whole(start, words, next, before) {
            self.mended.keep(self.source, end..start + line.len());
            before.follows = false;
            before.goes_on = false;
            return;
        }
        let labelled = gap_after_label(words);
        if let Some(gap) = labelled
            && before.goes_on
            && (before.labelled || gap == '\t' || before.numbered.is_some())
        {
            self.broken_before();
        }
        let dashed =
            DASHED.is_match(words) && (before.dashed || (!before.goes_on && DASHED.is_match(next)));
        before.dashed = dashed;
        let from = if dashed {
            self.dash(start, words)
        } else {
            self.lead(start, words, before)
        };
        self.inside(from, &self.source[from..end]);
        self.mended.keep(self.source, end..start + line.len());
        before.follows = true;
        before.labelled = labelled.is_some();
        before.goes_on = !words.trim_start().starts_with(['#', '|']);
    }

    /// Turns a table that is drawn with dashes into Markdown, and returns how many lines it takes.
    fn drawn(&mut self, lines: &[(usize, &str)], before: &Lines) -> Option<usize> {
        let opens = |at: usize| {
            lines.get(at).is_some_and(|(_, line)| {
                let line = line.trim_end();
                GRID.is_match(line) || (at == 1 && DASHES.is_match(line))
            })
        };
        if before.fenced || before.follows || !(opens(0) || opens(1)) {
            return None;
        }
        let drawn = drawn::table(lines)?;
        let (start, _) = *lines.first()?;
        let columns = drawn.rows.first()?.1.len();
        if !drawn.headed {
            self.mended
                .put(&drawn::written(&vec![String::new(); columns]), start);
            self.mended
                .put(&format!("|{}\n", " --- |".repeat(columns)), start);
        }
        for (index, (start, cells)) in drawn.rows.iter().enumerate() {
            self.mended.put(&drawn::written(cells), *start);
            if index == 0 && drawn.headed {
                self.mended
                    .put(&format!("|{}\n", " --- |".repeat(columns)), *start);
            }
        }
        Some(drawn.lines)
    }

    /// Mends or reports a line as a whole. Returns whether the line is done.
    fn whole(&mut self, start: usize, words: &str, next: &str, before: &Lines) -> bool {
        let end = start + words.len();
        if DIVISION.is_match(words) {
            return true;
        }
        if GRID.is_match(words) || DASHES.is_match(words) {
            self.tell(
                codes::NOTATION_NOT_READ,
                start..end,
                "This table is drawn with dashes, and is not read as a table",
                "Write it with | between the cells, or save it as CSV and list it as an appendix",
            );
            self.mended.keep(self.source, start..end);
            return true;
        }
        if HASH.is_match(words) && !before.follows {
            self.notes.add(
                Finding::warning(
                    codes::NOTATION_NOT_READ,
                    self.origin.span(start..end),
                    "This line begins with # and is not read as a heading",
                )
                .help("Put a space after the #"),
            );
        } else if RULE.is_match(words) && !before.follows && next.contains('|') {
            // A table that begins with its rule has no header row.
            let inner = words.trim().trim_matches('|');
            let cells = inner.split('|').count();
            self.mended
                .put(&format!("|{}\n", " |".repeat(cells)), start);
        }
        false
    }

    /// Ends the line before with a line break.
    fn broken_before(&mut self) {
        let kept = self.mended.text.trim_end_matches(['\n', '\r', ' ']).len();
        let at = self.mended.pieces.last().map_or(0, |piece| piece.source);
        self.mended.text.truncate(kept);
        while self
            .mended
            .pieces
            .last()
            .is_some_and(|piece| piece.from >= kept)
        {
            self.mended.pieces.pop();
        }
        self.mended.put("\\\n", at);
    }

    /// Mends the start of a line with a dash, and returns where the rest begins.
    fn dash(&mut self, start: usize, words: &str) -> usize {
        // The pattern has a blank after the dash.
        let indent = words.len() - words.trim_start().len();
        let rest = words[indent..].trim_start_matches(|c: char| !c.is_whitespace());
        let rest = rest.trim_start().len();
        self.mended.put(&format!("{}- ", " ".repeat(indent)), start);
        start + words.len() - rest
    }

    /// Mends the start of a line: a bullet of Word's becomes one of Markdown, and a list inside a
    /// numbered item is moved under its text. Returns where the rest begins.
    fn lead(&mut self, start: usize, words: &str, before: &mut Lines) -> usize {
        let indent = words.len() - words.trim_start_matches(' ').len();
        if let Some(bullet) = BULLET.captures(words) {
            let glyph = bullet["bullet"].chars().next().unwrap_or('•');
            let inner = INNER.contains(&glyph) && before.outer_bullet;
            before.outer_bullet |= !INNER.contains(&glyph);
            let indent = bullet["indent"].replace('\t', "  ");
            let own = if inner { "  - " } else { "- " };
            self.mended.put(&format!("{indent}{own}"), start);
            return start + bullet["indent"].len() + bullet["bullet"].len();
        }
        if let Some(item) = NUMBERED.captures(words) {
            before.outer_bullet = false;
            if before.numbered.is_none() || item["indent"].is_empty() {
                before.numbered = Some(item["indent"].len() + item["mark"].len());
                before.moved = 0;
            }
            return start;
        }
        if let (Some(text), Some(item)) = (before.numbered, BULLETED.captures(words)) {
            let indent = item["indent"].len();
            if before.moved == 0 && (1..text).contains(&indent) {
                before.moved = text - indent;
            }
            if indent > 0 && before.moved > 0 {
                self.mended.put(&" ".repeat(before.moved), start);
                return start;
            }
        }
        if indent == 0 && !before.goes_on {
            *before = Lines::default();
        }
        start
    }

    /// Mends what is within a line.
    fn inside(&mut self, start: usize, words: &str) {
        let mut at = 0;
        while let Some(found) = INSIDE.captures_at(words, at) {
            let Some(whole) = found.get(0) else { break };
            self.mended
                .keep(self.source, start + at..start + whole.start());
            let place = start + whole.start()..start + whole.end();
            at = whole.end();
            if let Some(words) = self.mended_piece(&found, &place) {
                self.mended.put(&words, place.start);
            } else {
                self.mended.keep(self.source, place);
            }
            if found.name("times").is_some() {
                // The last of "5*3" may be the first of the next: "2*3*4".
                let last = whole.as_str().chars().next_back().map_or(0, char::len_utf8);
                self.mended.text.truncate(self.mended.text.len() - last);
                at -= last;
            }
        }
        self.mended
            .keep(self.source, start + at..start + words.len());
    }

    /// What a piece of a line becomes; `None` if it stays as it is.
    fn mended_piece(
        &mut self,
        found: &Captures<'_>,
        place: &std::ops::Range<usize>,
    ) -> Option<String> {
        let part = |name: &str| found.name(name).map(|part| part.as_str());
        if part("code").or(part("escaped")).is_some() {
            return None;
        }
        if part("comment").is_some() {
            if part("said").is_some_and(|said| !said.is_empty()) {
                self.tell(
                    codes::COMMENT_LEFT_IN,
                    place.clone(),
                    "A reviewer's comment is left in the text; the pack leaves it out",
                    "Remove it from the text when it is settled",
                );
            }
            return Some(String::new());
        }
        if part("deleted").is_some() {
            self.tell(
                codes::UNSETTLED_CHANGE,
                place.clone(),
                "Words that somebody deleted are left in the text; the pack leaves them out",
                "Remove them, or remove only the brackets if the words are to stay",
            );
            return Some(String::new());
        }
        if let Some(new) = part("new") {
            self.tell(
                codes::UNSETTLED_CHANGE,
                place.clone(),
                "Words that somebody inserted are neither accepted nor rejected; they are in the pack",
                "Remove the brackets to accept them, or remove the words",
            );
            return Some(new.to_owned());
        }
        if let Some(words) = part("words") {
            return Some(words.to_owned());
        }
        if let Some(path) = part("path") {
            let title = part("title").unwrap_or_default();
            let path = path.trim();
            let plain = !path.contains([' ', '(']);
            return if plain && part("size").is_none() {
                None
            } else {
                Some(format!("](<{path}>{title})"))
            };
        }
        if part("dimensions").or(part("raw")).is_some() {
            return Some(String::new());
        }
        if let Some(times) = part("times") {
            return Some(times.replace('*', "\\*"));
        }
        if let Some(up) = part("up") {
            return Some(up.chars().map(raised).collect());
        }
        if let (Some(before), Some(down)) = (part("before"), part("down")) {
            let down: String = down.chars().map(lowered).collect();
            return Some(format!("{before}{down}"));
        }
        if part("marked").or(part("power")).is_some() {
            let words = &self.source[place.clone()];
            self.notes.add(
                Finding::warning(
                    codes::NOTATION_NOT_READ,
                    self.origin.span(place.clone()),
                    format!("“{words}” is printed as it stands"),
                )
                .help("Write **words** for bold, and remove the other signs"),
            );
            return None;
        }
        if let Some(label) = part("label") {
            let opens = self.source[..place.start].ends_with('\n') || place.start == 0;
            let makes = opens && self.source[place.end..].starts_with(':');
            if !makes && !self.labels.contains(&label.to_lowercase()) {
                self.notes.add(
                    Finding::warning(
                        codes::FOOTNOTE_MISSING,
                        self.origin.span(place.clone()),
                        format!("There is no footnote {label}"),
                    )
                    .help(format!(
                        "Write it below, in a paragraph that begins with [^{label}]: – or remove the reference"
                    )),
                );
            }
            return None;
        }
        // A line break would end a heading or a row.
        let line = self.source[..place.start]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let whole = self.source[line..].trim_start().starts_with(['#', '|']);
        Some(if whole { " " } else { "\\\n" }.to_owned())
    }

    /// Reports something once in a text.
    fn tell(
        &mut self,
        code: Code,
        place: std::ops::Range<usize>,
        message: &'static str,
        help: &'static str,
    ) {
        if self.told.insert(message) {
            self.notes
                .add(Finding::warning(code, self.origin.span(place), message).help(help));
        }
    }
}

fn raised(digit: char) -> char {
    match digit {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0'..='9' => char::from_u32(0x2070 + digit as u32 - '0' as u32).unwrap_or(digit),
        other => other,
    }
}

fn lowered(digit: char) -> char {
    char::from_u32(0x2080 + digit as u32 - '0' as u32).unwrap_or(digit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::FileId;

    fn mended(text: &str) -> (String, Vec<&'static str>) {
        let notes = Notes::default();
        let mended = mend(text, TextStart::From(FileId(0), 0), &notes);
        let codes = notes.into_findings().into_iter().map(|f| f.code.0);
        (mended.text, codes.collect())
    }

    #[test]
    fn what_is_certain_is_set_right() {
        for (text, expected) in [
            ("•\tto repair\n•\tto inspect", "- to repair\n- to inspect"),
            ("The aims:\n• one\no\ttwo", "The aims:\n- one\n  - two"),
            ("(a)\tto let\n(b)\tto sell", "(a)\tto let\\\n(b)\tto sell"),
            ("a) one\nb) two", "a) one\\\nb) two"),
            ("(A) one\n(B) two", "(A) one\\\n(B) two"),
            ("1. One\n  - sub\n2. Two", "1. One\n   - sub\n2. Two"),
            ("5*3 and 2*3*4", "5\\*3 and 2\\*3\\*4"),
            ("![Chart](Chart 1.png)", "![Chart](<Chart 1.png>)"),
            ("![Plan](plan.png){width=\"3in\"}", "![Plan](<plan.png>)"),
            (
                "| --- | --- |\n| a | b |",
                "| | |\n| --- | --- |\n| a | b |",
            ),
            ("[under]{.underline} line", "under line"),
            ("`<u>`{=html}raw`</u>`{=html}", "raw"),
            ("::: note\nWords.\n:::", "\nWords.\n"),
            ("x^2^ and H~2~O and the 1^st^", "x² and H₂O and the 1st"),
            ("£10\u{b}£20", "£10\\\n£20"),
            ("– one\n– two", "- one\n- two"),
            ("o  one\no  open", "- one\n- open"),
            (
                "+---+---+\n| a | b |\n+===+===+\n| c | d |\n+---+---+",
                "| a | b |\n| --- | --- |\n| c | d |\n",
            ),
        ] {
            assert_eq!(mended(text), (expected.to_owned(), Vec::new()), "{text}");
        }
    }

    #[test]
    fn what_is_right_stays() {
        for text in [
            "- one\n  - two",
            "1. One\n   - sub",
            "*stressed* and **strong** and un*like*ly",
            "`x^2^` and `5*3`",
            "```\n•\tcode\n```",
            "A note.[^1]\n\n[^1]: There.",
            "| a | b |\n| --- | --- |\n| c | d |",
            "The Council – and others – agreed.",
            "![Plan](plan.png)",
            "# Heading {#costs}",
            "Rents rose (see\n(a) above).",
            "We are #1 in the county.",
        ] {
            assert_eq!(mended(text), (text.to_owned(), Vec::new()), "{text}");
        }
    }

    #[test]
    fn what_is_not_certain_is_told() {
        for (text, expected) in [
            ("#Background", vec!["notation-not-read"]),
            ("==highlit==", vec!["notation-not-read"]),
            ("+---+---+\n| a     |\n+---+---+", vec!["notation-not-read"]),
            ("A note.[^missing]", vec!["footnote-missing"]),
            ("[old]{.deletion author=\"Jo\"}", vec!["unsettled-change"]),
            ("[new]{.insertion author=\"Jo\"}", vec!["unsettled-change"]),
            (
                "[why?]{.comment-start id=\"0\"}words[]{.comment-end id=\"0\"}",
                vec!["comment-left-in"],
            ),
        ] {
            assert_eq!(mended(text).1, expected, "{text}");
        }
        assert_eq!(mended("a [old]{.deletion} b").0, "a  b");
    }
}
