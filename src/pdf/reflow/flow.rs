//! Running text in the making: pieces of content joined into words, styled stretches into inlines.

use super::solid::Line;
use crate::finding::Span;
use crate::pdf::geometry::Rect;
use crate::pdf::text::{Pen, Stand, Step};
use crate::prose::{Inline, InlineKind, LinkTarget};

/// Stands after a hyphen at a line end until it is known whether the word is written with it; a
/// code point that is no character and so never in a text.
pub(super) const LINE_HYPHEN: char = '\u{fdd0}';

/// How a stretch of text differs from plain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Style {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) code: bool,
    /// Its language, where it differs from the block's.
    pub(super) lang: Option<String>,
    /// The address that it links to.
    pub(super) link: Option<String>,
    /// Whether it refers to a note.
    pub(super) reference: bool,
}

/// A stretch of text in one style, or an image.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Its characters, with `\n` where the page begins another line.
    pub(super) text: String,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) lang: Option<String>,
    /// First and last glyph.
    pub(super) ends: Option<(Stand, Stand)>,
    /// What its characters cover, spaces aside.
    pub(super) bounds: Option<Rect>,
    /// Which page of the file it is on; once gathered, which of the selected ones.
    pub(super) page: usize,
    /// How many characters of the page it accounts for, spaces aside.
    pub(super) weight: usize,
}

/// Text between two block boundaries.
#[derive(Debug, Default)]
pub(super) struct Flow {
    runs: Vec<(String, Style)>,
    pen: Pen,
    /// Its first glyph and its last so far; `None` once it has more than one line, or other words than the page
    /// shows.
    ends: Option<(Stand, Stand)>,
    /// The first page that something of it is on.
    pub(super) page: Option<usize>,
}

impl Flow {
    /// Adds a piece of content.
    pub(super) fn piece(&mut self, piece: &Piece, style: &Style) {
        self.page.get_or_insert(piece.page);
        let Some((first, last)) = piece.ends else {
            return;
        };
        let before = match self.pen.step(first) {
            Step::Joined => "",
            Step::Apart => " ",
            Step::Line => "\n",
        };
        self.pen.move_to(last);
        let begins = self.is_blank();
        self.ends = match self.ends {
            _ if piece.text.contains('\n') => None,
            _ if begins => Some((first, last)),
            Some((start, _)) if before != "\n" => Some((start, last)),
            _ => None,
        };
        if piece.text.is_empty() {
            return;
        }
        let style = Style {
            bold: style.bold || piece.bold,
            italic: style.italic || piece.italic,
            lang: piece.lang.clone().or_else(|| style.lang.clone()),
            ..style.clone()
        };
        self.push(before, &style);
        self.push(&piece.text, &style);
    }

    /// Adds words that stand for content.
    pub(super) fn words(&mut self, text: &str, style: &Style, page: Option<usize>) {
        if self.page.is_none() {
            self.page = page;
        }
        self.ends = None;
        self.push(text, style);
    }

    fn push(&mut self, text: &str, style: &Style) {
        if text.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some((last, known)) if known == style => last.push_str(text),
            _ => self.runs.push((text.to_owned(), style.clone())),
        }
    }

    /// Whether it has no words.
    pub(super) fn is_blank(&self) -> bool {
        self.runs.iter().all(|(text, _)| text.trim().is_empty())
    }

    /// Where it stands, if it may be a line of an address.
    pub(super) fn line(&self) -> Option<Line> {
        let (first, last) = self.ends?;
        let (left, right, down, em) = first.line_to(&last);
        let line = Line {
            left,
            right,
            down,
            em,
        };
        let text: String = self.runs.iter().map(|(text, _)| text.as_str()).collect();
        let mut worded = self.runs.iter().filter(|(text, _)| !text.trim().is_empty());
        let bold = worded.all(|(_, style)| style.bold);
        line.may_be_of_address(&text, bold).then_some(line)
    }

    /// The words without style.
    pub(super) fn plain(self) -> String {
        tidy(self.runs)
            .into_iter()
            .map(|(text, _)| text)
            .collect::<String>()
            .replace(LINE_HYPHEN, "")
    }

    /// The inlines, with spaces and line ends settled.
    pub(super) fn inlines(self, at: Span, stressed: bool) -> Vec<Inline> {
        let mut runs = tidy(self.runs);
        if !stressed {
            for (_, style) in &mut runs {
                style.bold = false;
                style.italic = false;
            }
        }
        let mut merged: Vec<(String, Style)> = Vec::new();
        for (text, style) in runs {
            match merged.last_mut() {
                Some((last, known)) if *known == style => last.push_str(&text),
                _ => merged.push((text, style)),
            }
        }
        merged
            .into_iter()
            .map(|(text, style)| dress(text, style, at))
            .collect()
    }
}

fn dress(text: String, style: Style, at: Span) -> Inline {
    let inline = |kind| Inline { kind, span: at };
    let trimmed = text.trim();
    if style.reference
        && !trimmed.is_empty()
        && trimmed.len() <= 4
        && trimmed.chars().all(|c| c.is_ascii_digit())
    {
        return inline(InlineKind::FootnoteRef(trimmed.to_owned()));
    }
    let mut made = inline(if style.code {
        InlineKind::Code(text)
    } else {
        InlineKind::Text(text)
    });
    if style.italic {
        made = inline(InlineKind::Emphasis(vec![made]));
    }
    if style.bold {
        made = inline(InlineKind::Strong(vec![made]));
    }
    if let Some(address) = style.link {
        made = inline(InlineKind::Link {
            target: LinkTarget::Web(address),
            content: vec![made],
        });
    }
    if let Some(lang) = style.lang {
        made = inline(InlineKind::Lang(lang, vec![made]));
    }
    made
}

/// Runs with single spaces, none at either end, and line ends turned into what they mean.
fn tidy(runs: Vec<(String, Style)>) -> Vec<(String, Style)> {
    let next_words: Vec<String> = following_words(&runs);
    let mut out: Vec<(String, Style)> = Vec::new();
    let mut last: Option<char> = None;
    // what is owed before the next character: nothing, a space, or a line end
    let mut owed = Step::Joined;
    let mut line_ends = next_words.into_iter();
    let mut word_after = String::new();
    for (text, style) in runs {
        let mut made = String::new();
        for character in text.chars() {
            match character {
                '\n' => {
                    owed = Step::Line;
                    word_after = line_ends.next().unwrap_or_default();
                    continue;
                }
                c if c.is_whitespace() => {
                    if owed == Step::Joined {
                        owed = Step::Apart;
                    }
                    continue;
                }
                _ => {}
            }
            match (owed, last) {
                (Step::Joined, _) | (_, None) => {}
                (Step::Apart, _) => made.push(' '),
                (Step::Line, Some(before)) => {
                    line_end(before, character, &word_after, &mut made, &mut out);
                }
            }
            owed = Step::Joined;
            made.push(character);
            last = Some(character);
        }
        if !made.is_empty() {
            out.push((made, style));
        }
    }
    for index in 0..out.len() {
        let next = out.get(index + 1).and_then(|(text, _)| text.chars().next());
        let text = &mut out[index].0;
        if text.contains("..") || text.contains(". .") || text.contains('…') {
            *text = without_leaders(text, next);
        }
        if text.contains('\u{ad}') {
            text.retain(|c| c != '\u{ad}');
        }
    }
    out
}

/// The text without the dots that lead the eye over to a figure; `next` comes after it.
fn without_leaders(text: &str, next: Option<char>) -> String {
    /// Fewer dots than this mean something.
    const FEWEST: usize = 5;
    let dot = |c: char| matches!(c, '.' | '…' | '·');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(dot) {
        let (before, from) = rest.split_at(at);
        let after = from.trim_start_matches(|c| dot(c) || c == ' ');
        let leader = &from[..from.len() - after.len()];
        let dots: usize = leader
            .chars()
            .map(|c| if c == '…' { 3 } else { usize::from(dot(c)) })
            .sum();
        let to_figure = after
            .chars()
            .next()
            .or(next)
            .is_some_and(|c| c.is_ascii_digit());
        out.push_str(before);
        if dots >= FEWEST && to_figure {
            out.truncate(out.trim_end().len());
            out.push(' ');
        } else {
            out.push_str(leader);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The word after each line end.
fn following_words(runs: &[(String, Style)]) -> Vec<String> {
    let all: String = runs.iter().map(|(text, _)| text.as_str()).collect();
    all.split('\n')
        .skip(1)
        .map(|line| {
            line.split_whitespace()
                .next()
                .unwrap_or_default()
                .chars()
                .take(40)
                .collect()
        })
        .collect()
}

/// Joins two lines: with a space, or, after a hyphen inside a word, without.
fn line_end(
    before: char,
    after: char,
    word_after: &str,
    made: &mut String,
    out: &mut [(String, Style)],
) {
    match before {
        '\u{ad}' => {}
        '-' | '‐' => {
            let text = if made.is_empty() {
                out.last().map_or("", |(text, _)| text.as_str())
            } else {
                made.as_str()
            };
            let letter = text.chars().rev().nth(1).is_some_and(char::is_alphanumeric);
            let hanging = matches!(
                word_after.trim_end_matches(|c: char| !c.is_alphanumeric()),
                "and" | "or" | "to" | "nor"
            );
            if letter && after.is_alphanumeric() && !hanging {
                made.push(LINE_HYPHEN);
            } else {
                made.push(' ');
            }
        }
        '/' | '–' | '—' if after.is_alphanumeric() && before == '/' => {}
        _ => made.push(' '),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidied(text: &str) -> String {
        tidy(vec![(text.to_owned(), Style::default())])
            .into_iter()
            .map(|(text, _)| text)
            .collect()
    }

    #[test]
    fn line_ends_become_what_they_mean() {
        assert_eq!(tidied("  one \n two  three \n"), "one two three");
        assert_eq!(tidied("plan\u{ad}\nning"), "planning");
        assert_eq!(tidied("well-\nbeing"), format!("well-{LINE_HYPHEN}being"));
        assert_eq!(tidied("pre- \nand post-war"), "pre- and post-war");
        assert_eq!(tidied("a - \nb"), "a - b");
    }

    #[test]
    fn dots_that_lead_to_a_figure_go_and_others_stay() {
        assert_eq!(tidied("Apologies ........ 7"), "Apologies 7");
        assert_eq!(tidied("Minutes. . . . . .12"), "Minutes 12");
        assert_eq!(tidied("1.1 Plans…… 3"), "1.1 Plans 3");
        assert_eq!(tidied("Signed ..........."), "Signed ...........");
        assert_eq!(tidied("and so on... 4 more"), "and so on... 4 more");
        let link = Style {
            italic: true,
            ..Style::default()
        };
        let runs = tidy(vec![
            ("Plans ......".to_owned(), Style::default()),
            ("9".to_owned(), link),
        ]);
        assert_eq!((runs[0].0.as_str(), runs[1].0.as_str()), ("Plans ", "9"));
    }

    #[test]
    fn a_hyphen_at_the_end_of_one_style_joins_the_next() {
        let bold = Style {
            bold: true,
            ..Style::default()
        };
        let runs = tidy(vec![
            ("long-".to_owned(), bold),
            ("\nterm".to_owned(), Style::default()),
        ]);
        assert_eq!(runs[0].0, "long-");
        assert_eq!(runs[1].0, format!("{LINE_HYPHEN}term"));
    }
}
