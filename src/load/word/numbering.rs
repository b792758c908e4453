//! Automatic numbers, counted as Word counts them, so that a paragraph is "3.4" here too.

use std::collections::{BTreeMap, BTreeSet};

use super::node::{Element, attribute, child, elements, switch, value, word};
use super::styles::{ListPlace, ParagraphLook, Styles, indent};
use crate::numeral::{letters, roman};

const LEVELS: usize = 9;
/// The greatest numbers that Word writes in letters.
const MOST_LETTERS: usize = 780;
const MOST_ROMAN: usize = 3999;

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Decimal,
    DecimalZero,
    Roman,
    SmallRoman,
    Letter,
    SmallLetter,
    Ordinal,
    Bullet,
    None,
}

#[derive(Debug, Clone)]
struct Level {
    start: i64,
    format: Format,
    /// The label with `%1` for the number of the first level.
    text: String,
    /// The level, counted from 1, at which this one begins again; 0 for never.
    restart: usize,
    /// Whether all its numbers are written in figures.
    legal: bool,
    style: Option<String>,
    indent: Option<i64>,
}

/// The levels of a list before anything is counted.
#[derive(Debug, Clone, Default)]
struct Scheme {
    levels: BTreeMap<u8, Level>,
    /// The style that defines the levels instead.
    style_link: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct List {
    scheme: u32,
    starts: BTreeMap<u8, i64>,
    levels: BTreeMap<u8, Level>,
}

/// The lists of a file and the current numbers of each.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbering {
    schemes: BTreeMap<u32, Scheme>,
    lists: BTreeMap<u32, List>,
    /// The current numbers by scheme: a list continues the numbers of others that share its scheme.
    counts: BTreeMap<u32, [Option<i64>; LEVELS]>,
    /// The lists and levels that have begun.
    begun: BTreeSet<(u32, u8)>,
}

/// The label of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// As Word shows it.
    pub(super) text: String,
    /// 0 for the highest.
    pub(super) level: u8,
    /// The list that it belongs to.
    pub(super) list: u32,
    /// The scheme that the list shares with those that continue its numbers.
    pub(super) scheme: u32,
    pub(super) shape: Shape,
    /// The left indent of its list, in twentieths of a point.
    pub(super) indent: Option<i64>,
}

/// What a label is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A mark that is the same for all.
    Bullet,
    /// A number and one character after it.
    Number(u64, char),
    /// Numbers of more than one level: 3.4.
    Dotted,
    /// Letters, numerals, words.
    Other,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn read(root: Element<'_>, styles: &Styles) -> Self {
        let mut read = Self::default();
        let id = |node, name| attribute(node, name).and_then(|id| id.trim().parse::<u32>().ok());
        for node in elements(root) {
            match word(node) {
                "abstractNum" => {
                    let Some(id) = id(node, "abstractNumId") else {
                        continue;
                    };
                    let scheme = Scheme {
                        levels: levels(node),
                        style_link: value(node, "numStyleLink").map(ToOwned::to_owned),
                    };
                    read.schemes.insert(id, scheme);
                }
                "num" => {
                    let scheme = value(node, "abstractNumId").and_then(|id| id.trim().parse().ok());
                    let (Some(id), Some(scheme)) = (id(node, "numId"), scheme) else {
                        continue;
                    };
                    read.lists.insert(id, list(node, scheme));
                }
                _ => {}
            }
        }
        let linked: Vec<(u32, u32)> = read
            .schemes
            .iter()
            .filter_map(|(id, scheme)| {
                let list = styles.list_of(scheme.style_link.as_deref()?)?;
                Some((*id, read.lists.get(&list)?.scheme))
            })
            .collect();
        for list in read.lists.values_mut() {
            if let Some((_, other)) = linked.iter().find(|(id, _)| *id == list.scheme) {
                list.scheme = *other;
            }
        }
        read
    }

    fn level<'n>(&'n self, list: &'n List, level: u8) -> Option<&'n Level> {
        let scheme = || self.schemes.get(&list.scheme)?.levels.get(&level);
        list.levels.get(&level).or_else(scheme)
    }

    /// The label of the next paragraph at a place, if it has one. `style` is the style that puts the
    /// paragraph there.
    pub(super) fn next(&mut self, place: ListPlace, style: Option<&str>) -> Option<Label> {
        let id = place.list.filter(|id| *id != 0)?;
        let list = self.lists.get(&id)?;
        let of_style = || {
            let style = style?;
            (0..LEVELS as u8).find(|level| {
                self.level(list, *level)
                    .is_some_and(|level| level.style.as_deref() == Some(style))
            })
        };
        let number = place.level.or_else(of_style).unwrap_or(0);
        let level = self.level(list, number)?.clone();
        let scheme = list.scheme;
        let mut counts = self.counts.get(&scheme).copied().unwrap_or_default();
        let at = usize::from(number);
        let restart = list.starts.get(&number).copied();
        counts[at] = match restart.filter(|_| !self.begun.contains(&(id, number))) {
            Some(start) => Some(start),
            None => Some(counts[at].map_or(restart.unwrap_or(level.start), |count| {
                count.saturating_add(1)
            })),
        };
        for (deeper, count) in counts.iter_mut().enumerate().skip(at + 1) {
            let restart = self
                .level(list, deeper as u8)
                .map_or(deeper, |level| level.restart);
            if at < restart {
                *count = None;
            }
        }
        let label = self
            .label(list, number, &level, &counts)
            .map(|(text, shape)| Label {
                text,
                level: number,
                list: id,
                scheme,
                shape,
                indent: level.indent,
            });
        self.begun.insert((id, number));
        self.counts.insert(scheme, counts);
        label
    }

    fn label(
        &self,
        list: &List,
        number: u8,
        level: &Level,
        counts: &[Option<i64>; LEVELS],
    ) -> Option<(String, Shape)> {
        if level.format == Format::Bullet {
            return (!level.text.trim().is_empty()).then(|| ("•".to_owned(), Shape::Bullet));
        }
        let (mut text, mut shown, mut figures) = (String::new(), 0, true);
        let mut letters = level.text.chars().peekable();
        while let Some(letter) = letters.next() {
            let place = (letter == '%')
                .then(|| letters.next_if(|next| ('1'..='9').contains(next)))
                .flatten()
                .and_then(|figure| figure.to_digit(10));
            let Some(place) = place else {
                text.push(letter);
                continue;
            };
            let at = place as usize - 1;
            let other = self.level(list, at as u8);
            let (start, mut format) =
                other.map_or((1, Format::Decimal), |of| (of.start, of.format));
            if at == usize::from(number) {
                format = level.format;
            }
            if level.legal && !matches!(format, Format::None) {
                format = Format::Decimal;
            }
            figures &= matches!(format, Format::Decimal | Format::DecimalZero);
            shown += 1;
            text.push_str(&written(counts[at].unwrap_or(start), format));
        }
        let text = text.trim().to_owned();
        if text.is_empty() {
            return None;
        }
        let value = counts[usize::from(number)].and_then(|count| u64::try_from(count).ok());
        let mark = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let shape = match (shown, value, mark) {
            (2.., _, _) if figures => Shape::Dotted,
            (1, Some(value), "." | "") if figures => Shape::Number(value, '.'),
            (1, Some(value), ")") if figures => Shape::Number(value, ')'),
            _ => Shape::Other,
        };
        Some((text, shape))
    }
}

/// The label of the next paragraph by its properties and its style's.
pub(super) fn next_label(
    numbering: &mut Numbering,
    properties: Option<Element<'_>>,
    look: &ParagraphLook,
) -> Option<Label> {
    let own = properties.map(ListPlace::of).unwrap_or_default();
    let place = ListPlace {
        list: own.list.or(look.place.list),
        level: own.level.or(look.place.level),
    };
    numbering.next(place, look.list_style.as_deref())
}

fn levels(node: Element<'_>) -> BTreeMap<u8, Level> {
    elements(node)
        .filter(|node| word(*node) == "lvl")
        .filter_map(level)
        .collect()
}

fn level(node: Element<'_>) -> Option<(u8, Level)> {
    let number: u8 = attribute(node, "ilvl")?.trim().parse().ok()?;
    let number = number.min(LEVELS as u8 - 1);
    let whole = |name| value(node, name).and_then(|number| number.trim().parse::<i64>().ok());
    let restart = whole("lvlRestart").and_then(|level| usize::try_from(level).ok());
    let level = Level {
        start: whole("start").unwrap_or(0),
        format: format(value(node, "numFmt").unwrap_or("decimal")),
        text: value(node, "lvlText").unwrap_or("").to_owned(),
        restart: restart.unwrap_or(usize::from(number)),
        legal: switch(node, "isLgl").unwrap_or(false),
        style: value(node, "pStyle").map(ToOwned::to_owned),
        indent: child(node, "pPr").and_then(indent),
    };
    Some((number, level))
}

fn list(node: Element<'_>, scheme: u32) -> List {
    let mut list = List {
        scheme,
        ..List::default()
    };
    for node in elements(node).filter(|node| word(*node) == "lvlOverride") {
        let Some(number) =
            attribute(node, "ilvl").and_then(|level| level.trim().parse::<u8>().ok())
        else {
            continue;
        };
        let start = value(node, "startOverride").and_then(|start| start.trim().parse().ok());
        if let Some(start) = start {
            list.starts.insert(number, start);
        }
        list.levels.extend(child(node, "lvl").and_then(level));
    }
    list
}

fn format(name: &str) -> Format {
    match name {
        "bullet" => Format::Bullet,
        "none" => Format::None,
        "upperRoman" => Format::Roman,
        "lowerRoman" => Format::SmallRoman,
        "upperLetter" => Format::Letter,
        "lowerLetter" => Format::SmallLetter,
        "ordinal" => Format::Ordinal,
        "decimalZero" => Format::DecimalZero,
        _ => Format::Decimal,
    }
}

fn written(number: i64, format: Format) -> String {
    match format {
        Format::None | Format::Bullet => String::new(),
        Format::Decimal => number.to_string(),
        Format::DecimalZero => format!("{number:02}"),
        Format::Ordinal => {
            let ending = match (number % 100, number % 10) {
                (11..=13, _) => "th",
                (_, 1) => "st",
                (_, 2) => "nd",
                (_, 3) => "rd",
                _ => "th",
            };
            format!("{number}{ending}")
        }
        Format::Letter => in_letters(number, MOST_LETTERS, letters).to_uppercase(),
        Format::SmallLetter => in_letters(number, MOST_LETTERS, letters),
        Format::Roman => in_letters(number, MOST_ROMAN, roman).to_uppercase(),
        Format::SmallRoman => in_letters(number, MOST_ROMAN, roman),
    }
}

/// A number in letters, as far as Word has them: the digits of one beyond.
fn in_letters(number: i64, most: usize, write: fn(usize) -> String) -> String {
    match usize::try_from(number) {
        Ok(count @ 1..) if count <= most => write(count),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        assert_eq!(written(27, Format::SmallLetter), "aa");
        assert_eq!(written(28, Format::Letter), "BB");
        assert_eq!(written(1994, Format::Roman), "MCMXCIV");
        assert_eq!(written(12, Format::Ordinal), "12th");
        assert_eq!(written(3, Format::DecimalZero), "03");
        assert_eq!(written(0, Format::Roman), "0");
    }
}
