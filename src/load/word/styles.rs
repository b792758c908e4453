//! Styles: what a paragraph or a run inherits from its style and that style's ancestors.

use std::collections::BTreeMap;

use super::node::{Element, at, attribute, child, elements, switch, value, word};
use super::tag::RECOMMENDATIONS_STYLE;

/// How many ancestors a style may have, in case it is its own ancestor.
const MOST_ANCESTORS: usize = 30;

/// The look of a run; `None` where a style or run does not set it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct RunLook {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) struck: Option<bool>,
    pub(super) underlined: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) lang: Option<String>,
    pub(super) font: Option<String>,
    /// `superscript` or `subscript`.
    pub(super) raised: Option<String>,
}

impl RunLook {
    /// What a `w:rPr` says.
    pub(super) fn of(properties: Element<'_>) -> Self {
        let fonts = child(properties, "rFonts");
        let font =
            fonts.and_then(|fonts| attribute(fonts, "ascii").or_else(|| attribute(fonts, "hAnsi")));
        Self {
            bold: switch(properties, "b"),
            italic: switch(properties, "i"),
            struck: switch(properties, "strike").or_else(|| switch(properties, "dstrike")),
            underlined: switch(properties, "u"),
            hidden: switch(properties, "vanish"),
            lang: value(properties, "lang").map(ToOwned::to_owned),
            font: font.map(ToOwned::to_owned),
            raised: value(properties, "vertAlign").map(ToOwned::to_owned),
        }
    }

    /// This look, with what it does not set taken from `under`.
    pub(super) fn over(&self, under: &Self) -> Self {
        Self {
            bold: self.bold.or(under.bold),
            italic: self.italic.or(under.italic),
            struck: self.struck.or(under.struck),
            underlined: self.underlined.or(under.underlined),
            hidden: self.hidden.or(under.hidden),
            lang: self.lang.clone().or_else(|| under.lang.clone()),
            font: self.font.clone().or_else(|| under.font.clone()),
            raised: self.raised.clone().or_else(|| under.raised.clone()),
        }
    }

    /// Raised or lowered figures as superscript or subscript characters: 10⁶ is not 106.
    pub(super) fn raised(&self, words: String) -> String {
        let signs = match self.raised.as_deref() {
            Some("superscript") => "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻",
            Some("subscript") => "₀₁₂₃₄₅₆₇₈₉₊₋",
            _ => return words,
        };
        let raised: Option<String> = words
            .chars()
            .map(|letter| {
                let place = "0123456789+-".chars().position(|plain| plain == letter);
                signs.chars().nth(place?)
            })
            .collect();
        raised.unwrap_or(words)
    }
}

/// A list and a level in it, as far as a style or a paragraph says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ListPlace {
    pub(super) list: Option<u32>,
    pub(super) level: Option<u8>,
}

impl ListPlace {
    /// What the `w:numPr` of paragraph properties says.
    pub(super) fn of(properties: Element<'_>) -> Self {
        let Some(numbers) = child(properties, "numPr") else {
            return Self::default();
        };
        let read = |name| value(numbers, name).and_then(|number| number.trim().parse::<u32>().ok());
        Self {
            list: read("numId"),
            level: read("ilvl").map(|level| level.min(8) as u8),
        }
    }
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    /// 0 for the highest level; 9 for body text.
    outline: Option<u8>,
    place: ListPlace,
    indent: Option<i64>,
    run: RunLook,
    /// Whether tables of this style set their first row apart.
    first_row: bool,
}

/// All styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
    usual_run: RunLook,
}

/// What a paragraph is by its style.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct ParagraphLook {
    /// 1 for the highest heading.
    pub(super) heading: Option<u8>,
    pub(super) kind: Kind,
    pub(super) place: ListPlace,
    /// The style that puts it into a list.
    pub(super) list_style: Option<String>,
    pub(super) indent: Option<i64>,
    pub(super) run: RunLook,
}

/// What a paragraph style is for, where its name says so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Running text.
    #[default]
    Text,
    /// The title of the whole document.
    Title,
    /// A heading with recommendations below it.
    Recommendations,
    /// The caption of a table or figure.
    Caption,
    /// A line of a table of contents.
    Contents,
    /// A quotation.
    Quote,
    /// The template's advice to the author.
    Guidance,
}

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(root: Element<'_>) -> Self {
        let mut read = Self::default();
        if let Some(properties) = at(root, &["docDefaults", "rPrDefault", "rPr"]) {
            read.usual_run = RunLook::of(properties);
        }
        for node in elements(root).filter(|node| word(*node) == "style") {
            let Some(id) = attribute(node, "styleId") else {
                continue;
            };
            if attribute(node, "type") == Some("paragraph")
                && attribute(node, "default").is_some_and(|usual| usual != "0" && usual != "false")
            {
                read.usual = Some(id.to_owned());
            }
            read.styles
                .entry(id.to_owned())
                .or_insert_with(|| style(node));
        }
        read
    }

    /// A style and its ancestors, nearest first.
    fn line<'s>(&'s self, id: &'s str) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let first = self.styles.get_key_value(id);
        std::iter::successors(first, |(_, style)| {
            self.styles.get_key_value(style.based_on.as_ref()?)
        })
        .map(|(id, style)| (id.as_str(), style))
        .take(MOST_ANCESTORS)
    }

    /// What a paragraph is by the style that it names.
    pub(super) fn paragraph(&self, id: Option<&str>) -> ParagraphLook {
        let mut look = ParagraphLook::default();
        let mut outline = None;
        let known = id.filter(|id| self.styles.contains_key(*id));
        for (id, style) in known
            .or(self.usual.as_deref())
            .into_iter()
            .flat_map(|id| self.line(id))
        {
            outline = outline
                .or(style.outline)
                .or_else(|| named_heading(&style.name));
            if look.kind == Kind::Text {
                look.kind = kind(&style.name);
            }
            if look.place.list.is_none() && style.place != ListPlace::default() {
                look.place.level = look.place.level.or(style.place.level);
                look.place.list = style.place.list;
                look.list_style.get_or_insert_with(|| id.to_owned());
            }
            look.indent = look.indent.or(style.indent);
            look.run = look.run.over(&style.run);
        }
        look.heading = outline.filter(|level| *level < 9).map(|level| level + 1);
        look.run = look.run.over(&self.usual_run);
        look
    }

    /// What a run looks like by its character style.
    pub(super) fn run(&self, id: &str) -> RunLook {
        self.line(id)
            .fold(RunLook::default(), |look, (_, style)| look.over(&style.run))
    }

    /// Whether tables of a style set their first row apart.
    pub(super) fn sets_first_row_apart(&self, id: &str) -> bool {
        self.line(id).any(|(_, style)| style.first_row)
    }

    /// The list that a style for lists puts its paragraphs into.
    pub(super) fn list_of(&self, id: &str) -> Option<u32> {
        self.line(id).find_map(|(_, style)| style.place.list)
    }

    /// The document's language.
    pub(super) fn lang(&self) -> Option<&str> {
        let usual = self.usual.as_deref().and_then(|id| self.styles.get(id));
        let own = usual.and_then(|style| style.run.lang.as_deref());
        own.or(self.usual_run.lang.as_deref())
    }
}

fn style(node: Element<'_>) -> Style {
    let paragraph = child(node, "pPr");
    let number = |node, name| value(node, name).and_then(|number| number.trim().parse().ok());
    Style {
        name: value(node, "name").unwrap_or("").to_lowercase(),
        based_on: value(node, "basedOn").map(ToOwned::to_owned),
        outline: paragraph.and_then(|properties| number(properties, "outlineLvl")),
        place: paragraph.map(ListPlace::of).unwrap_or_default(),
        indent: paragraph.and_then(indent),
        run: child(node, "rPr").map(RunLook::of).unwrap_or_default(),
        first_row: elements(node).any(|part| {
            word(part) == "tblStylePr"
                && attribute(part, "type") == Some("firstRow")
                && (at(part, &["rPr", "b"]).is_some() || at(part, &["tcPr", "shd"]).is_some())
        }),
    }
}

/// How far a paragraph stands in from the left, in twentieths of a point.
pub(super) fn indent(properties: Element<'_>) -> Option<i64> {
    let indent = child(properties, "ind")?;
    let written = attribute(indent, "left").or_else(|| attribute(indent, "start"))?;
    written.trim().parse().ok()
}

/// The heading level that a paragraph sets itself: `Some(None)` makes it body text.
pub(super) fn outline(properties: Element<'_>) -> Option<Option<u8>> {
    let level: u8 = value(properties, "outlineLvl")?.trim().parse().ok()?;
    Some((level < 9).then_some(level + 1))
}

/// The level of one of Word's own heading styles: they keep their English name in every language.
fn named_heading(name: &str) -> Option<u8> {
    let level: u8 = name.strip_prefix("heading ")?.trim().parse().ok()?;
    (1..=9).contains(&level).then(|| level - 1)
}

fn kind(name: &str) -> Kind {
    match name {
        "title" => Kind::Title,
        _ if name == RECOMMENDATIONS_STYLE => Kind::Recommendations,
        "caption" | "table caption" | "image caption" => Kind::Caption,
        "quote" | "intense quote" | "block text" => Kind::Quote,
        "toc heading" | "table of figures" => Kind::Contents,
        _ if name.starts_with("toc ") || name.starts_with("contents ") => Kind::Contents,
        _ if ["guidance", "instruction", "hint text"]
            .iter()
            .any(|word| name.contains(word)) =>
        {
            Kind::Guidance
        }
        _ => Kind::Text,
    }
}
