//! How a form field looks that does not say so itself: drawn from its value and its settings (`DA`,
//! `Q`, `MK`, `BS`) as every viewer does.
//!
//! A value is set in Helvetica or Courier whatever font the form names: that is what a viewer falls
//! back to, and its characters are spelt out, so that none is lost to a font that lacks it. A value
//! that is too long for its field is made smaller rather than cut off.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::form::inherited;
use super::object::{
    dict, get, get_array, get_dict, get_int, get_name, get_number, int, name, number, reals,
    rectangle, resolve,
};
use crate::pdf::content::font::standard_width;
use crate::pdf::geometry::Rect;

/// The smallest letters, and those of a field of several lines that leaves the size to the viewer.
const SMALLEST: f64 = 4.0;
const SEVERAL_LINES: f64 = 12.0;
/// From one line to the next, and from a line's foot to its top edge, in ems.
const LEADING: f64 = 1.15;
const ASCENT: f64 = 0.75;
/// Lines and characters drawn of one value at most.
const MOST_LINES: usize = 2_000;
const MOST_CHARACTERS: usize = 50_000;
/// Control points of an arc of a quarter circle.
const ROUND: f64 = 0.5523;

/// Bits of a field's flags.
const MULTILINE: i64 = 1 << 12;
const PASSWORD: i64 = 1 << 13;
const RADIO: i64 = 1 << 15;
const PUSH: i64 = 1 << 16;
const COMBO: i64 = 1 << 17;
const COMB: i64 = 1 << 24;

/// The kinds of field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Choice,
    Button,
}

/// The kind of the field that an annotation shows; nothing for a signature.
pub(super) fn kind(doc: &Document, annotation: &Dictionary) -> Option<Kind> {
    match inherited(doc, annotation, b"FT")? {
        Object::Name(kind) => match kind.as_slice() {
            b"Tx" => Some(Kind::Text),
            b"Ch" => Some(Kind::Choice),
            b"Btn" => Some(Kind::Button),
            _ => None,
        },
        _ => None,
    }
}

/// Whether the form asks its viewers to draw what text and choice fields hold, whatever look those
/// come with.
pub(super) fn are_stale(doc: &Document) -> bool {
    form(doc)
        .is_some_and(|form| super::object::get_bool(doc, form, b"NeedAppearances") == Some(true))
}

fn form(doc: &Document) -> Option<&Dictionary> {
    get_dict(doc, doc.catalog().ok()?, b"AcroForm")
}

/// Whether a field has something to show that a reader would miss.
pub(super) fn has_value(doc: &Document, annotation: &Dictionary) -> bool {
    match kind(doc, annotation) {
        Some(Kind::Text | Kind::Choice) => values(doc, annotation)
            .iter()
            .any(|value| !value.trim().is_empty()),
        Some(Kind::Button) => is_on(doc, annotation),
        None => false,
    }
}

/// Whether what a field holds is in a script that the font of a viewer surely has.
pub(super) fn can_be_written(doc: &Document, annotation: &Dictionary) -> bool {
    let latin = |c: char| matches!(c, '\0'..='\u{24f}' | '\u{2010}'..='\u{205e}' | '\u{20ac}');
    values(doc, annotation)
        .iter()
        .all(|value| value.chars().all(latin))
}

/// Draws a field of a size in points; the look is a new object of the file. `None` where there is
/// nothing to draw.
pub(super) fn draw(
    doc: &mut Document,
    annotation: &Dictionary,
    place: &Rect,
    next: impl FnMut(&Document) -> ObjectId,
) -> Option<ObjectId> {
    let kind = kind(doc, annotation)?;
    let settings = Settings::of(doc, annotation, place);
    let mut paper = Paper::new(settings.font);
    settings.frame(&mut paper);
    let flags = inherited(doc, annotation, b"Ff")
        .and_then(|flags| flags.as_i64().ok())
        .unwrap_or(0);
    match kind {
        Kind::Button if flags & PUSH != 0 => {
            let caption = mark_characteristics(doc, annotation)
                .and_then(|mk| super::object::get_text(doc, mk, b"CA"))?;
            settings.line(&mut paper, &caption, Side::Middle);
        }
        Kind::Button if is_on(doc, annotation) => {
            let style = mark_characteristics(doc, annotation)
                .and_then(|mk| super::object::get_text(doc, mk, b"CA"));
            let usual = if flags & RADIO != 0 { 'l' } else { '4' };
            let style = style.and_then(|style| style.chars().next());
            settings.tick(&mut paper, style.unwrap_or(usual));
        }
        Kind::Button => {}
        Kind::Choice if flags & COMBO == 0 => settings.list(doc, annotation, &mut paper),
        Kind::Text | Kind::Choice => {
            let value = values(doc, annotation).join("\n");
            let cells = inherited(doc, annotation, b"MaxLen")
                .and_then(|most| most.as_i64().ok())
                .and_then(|most| usize::try_from(most).ok())
                .filter(|most| (1..=1_000).contains(most));
            if flags & PASSWORD != 0 {
                // What was typed unseen is not for print.
            } else if flags & MULTILINE != 0 {
                settings.lines(&mut paper, &value);
            } else if let Some(cells) = cells.filter(|_| flags & COMB != 0) {
                settings.comb(&mut paper, &value, cells);
            } else {
                let one_line = value.replace('\n', " ");
                settings.line(&mut paper, &one_line, settings.side);
            }
        }
    }
    (!paper.content.is_empty()).then(|| paper.finish(doc, &settings, next))
}

/// What a text or choice field holds, in the words that it shows.
fn values(doc: &Document, annotation: &Dictionary) -> Vec<String> {
    let Some(value) = inherited(doc, annotation, b"V") else {
        return Vec::new();
    };
    let held = match value {
        Object::Array(values) => values
            .iter()
            .filter_map(|value| words(resolve(doc, value)))
            .collect(),
        value => words(value).into_iter().collect(),
    };
    if kind(doc, annotation) != Some(Kind::Choice) {
        return held;
    }
    let options = options(doc, annotation);
    let shown = |value: String| {
        let option = options.iter().find(|(export, _)| *export == value);
        option.map_or(value, |(_, shown)| shown.clone())
    };
    held.into_iter().map(shown).collect()
}

/// The options of a choice field: what each is sent as and what it shows.
fn options(doc: &Document, annotation: &Dictionary) -> Vec<(String, String)> {
    let Some(Object::Array(options)) = inherited(doc, annotation, b"Opt") else {
        return Vec::new();
    };
    options
        .iter()
        .take(MOST_LINES)
        .filter_map(|option| match resolve(doc, option) {
            Object::Array(pair) => {
                let sent = words(resolve(doc, pair.first()?))?;
                let shown = pair.get(1).and_then(|shown| words(resolve(doc, shown)));
                Some((sent.clone(), shown.unwrap_or(sent)))
            }
            option => words(option).map(|words| (words.clone(), words)),
        })
        .collect()
}

/// The words of a string, a name or a stream, with their line breaks.
fn words(object: &Object) -> Option<String> {
    let text = match object {
        Object::Name(name) => String::from_utf8_lossy(name).into_owned(),
        Object::Stream(stream) => {
            let bytes = super::object::decoded(stream, MOST_CHARACTERS * 4)?;
            return words(&Object::String(bytes, lopdf::StringFormat::Literal));
        }
        Object::String(bytes, _) => lopdf::decode_text_string(object)
            .unwrap_or_else(|_| bytes.iter().map(|&byte| char::from(byte)).collect()),
        _ => return None,
    };
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Some(
        text.chars()
            .filter(|c| !matches!(c, '\u{feff}' | '\0'))
            .map(|c| if c == '\t' { ' ' } else { c })
            .filter(|c| *c == '\n' || !c.is_control())
            .take(MOST_CHARACTERS)
            .collect(),
    )
}

/// Whether a check box or a radio button is on.
fn is_on(doc: &Document, annotation: &Dictionary) -> bool {
    let state = get_name(doc, annotation, b"AS").or_else(|| {
        // A button that has siblings is on only where it says so itself.
        let alone = annotation.has(b"FT") || annotation.has(b"V");
        match inherited(doc, annotation, b"V") {
            Some(Object::Name(value)) if alone => Some(value.as_slice()),
            _ => None,
        }
    });
    state.is_some_and(|state| state != b"Off")
}

fn mark_characteristics<'a>(
    doc: &'a Document,
    annotation: &'a Dictionary,
) -> Option<&'a Dictionary> {
    get_dict(doc, annotation, b"MK")
}

/// Which font a value is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Face {
    Helvetica,
    Courier,
}

impl Face {
    fn name(self) -> &'static str {
        match self {
            Self::Helvetica => "Helvetica",
            Self::Courier => "Courier",
        }
    }

    /// What a viewer needs to know of the font, which it has itself.
    fn descriptor(self) -> Dictionary {
        let fixed = self == Self::Courier;
        dict([
            ("Type", name("FontDescriptor")),
            ("FontName", name(self.name())),
            ("Flags", int(if fixed { 33 } else { 32 })),
            ("FontBBox", reals([-166.0, -225.0, 1000.0, 931.0])),
            ("ItalicAngle", int(0)),
            ("Ascent", int(718)),
            ("Descent", Object::Integer(-207)),
            ("CapHeight", int(718)),
            ("StemV", int(if fixed { 51 } else { 88 })),
        ])
    }

    /// The width of some words, in ems.
    fn width(self, words: &str) -> f64 {
        words.chars().map(|c| self.advance(c) / 1000.0).sum()
    }

    /// The width of a character in thousandths of an em; that of a letter with an accent is the
    /// letter's.
    fn advance(self, character: char) -> f64 {
        let letter = if character.is_ascii() {
            character
        } else {
            let called = glyph_names::glyph_name(u32::from(character));
            let first = called.and_then(|called| called.chars().next());
            first
                .filter(|_| character.is_alphabetic())
                .unwrap_or(character)
        };
        standard_width(Some(letter), self == Self::Courier, false, false)
    }
}

/// On which side of a field its value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Middle,
    Right,
}

/// How a field is to look.
#[derive(Debug)]
struct Settings {
    /// Width and height as it is read, in points.
    width: f64,
    height: f64,
    /// Turned counter-clockwise on its page by 0, 90, 180 or 270 degrees.
    turned: i64,
    font: Face,
    /// The size of its letters, if it says.
    size: Option<f64>,
    /// The operation that sets their colour.
    colour: String,
    side: Side,
    background: Option<String>,
    border: Option<String>,
    line: f64,
}

impl Settings {
    fn of(doc: &Document, annotation: &Dictionary, place: &Rect) -> Self {
        let mk = mark_characteristics(doc, annotation);
        let turned = mk
            .and_then(|mk| get_int(doc, mk, b"R"))
            .map_or(0, |turned| turned.rem_euclid(360) / 90 * 90);
        let (width, height) = if turned % 180 == 90 {
            (place.height(), place.width())
        } else {
            (place.width(), place.height())
        };
        let written = inherited(doc, annotation, b"DA")
            .or_else(|| get(doc, form(doc)?, b"DA"))
            .and_then(|written| written.as_str().ok())
            .map(|written| String::from_utf8_lossy(written).replace('/', " /"))
            .unwrap_or_default();
        let tokens: Vec<&str> = written.split_whitespace().collect();
        let before = |operator: &str, count: usize| {
            let at = tokens.iter().rposition(|token| *token == operator)?;
            tokens.get(at.checked_sub(count)?..at)
        };
        let numbers = |tokens: &[&str]| -> Option<Vec<f64>> {
            let numbers = tokens.iter().map(|token| token.parse::<f64>());
            let numbers: Vec<f64> = numbers.collect::<Result<_, _>>().ok()?;
            numbers
                .iter()
                .all(|number| number.is_finite())
                .then_some(numbers)
        };
        let colour = [("rg", 3), ("k", 4), ("g", 1)]
            .iter()
            .find_map(|(operator, count)| {
                let numbers = numbers(before(operator, *count)?)?;
                Some(operation(&numbers, operator))
            });
        let font = before("Tf", 2);
        let size = font.and_then(|font| numbers(&font[1..])?.first().copied());
        let is_fixed = font.is_some_and(|font| {
            let called = font[0].to_ascii_lowercase();
            called.starts_with("/cour") || base_font(doc, &font[0][1..]).contains("courier")
        });
        let colour_of = |key: &[u8], fill: bool| {
            let parts: Vec<f64> = get_array(doc, mk?, key)?
                .iter()
                .filter_map(|part| number(resolve(doc, part)))
                .collect();
            let operator = match (parts.len(), fill) {
                (1, true) => "g",
                (3, true) => "rg",
                (4, true) => "k",
                (1, false) => "G",
                (3, false) => "RG",
                (4, false) => "K",
                _ => return None,
            };
            Some(operation(&parts, operator))
        };
        let line = get_dict(doc, annotation, b"BS")
            .and_then(|style| get_number(doc, style, b"W"))
            .or_else(|| {
                let border = get_array(doc, annotation, b"Border")?;
                number(resolve(doc, border.get(2)?))
            })
            .unwrap_or(1.0)
            .clamp(0.0, width.min(height) / 4.0);
        let side = inherited(doc, annotation, b"Q")
            .or_else(|| get(doc, form(doc)?, b"Q"))
            .and_then(|side| side.as_i64().ok());
        Self {
            width,
            height,
            turned,
            font: if is_fixed {
                Face::Courier
            } else {
                Face::Helvetica
            },
            size: size
                .map(f64::abs)
                .filter(|size| (0.5..1_000.0).contains(size)),
            colour: colour.unwrap_or_else(|| "0 g".to_owned()),
            side: match side {
                Some(1) => Side::Middle,
                Some(2) => Side::Right,
                _ => Side::Left,
            },
            background: colour_of(b"BG", true),
            border: colour_of(b"BC", false),
            line,
        }
    }

    /// Free space at each side.
    fn margin(&self) -> f64 {
        (2.0 * self.line.max(1.0)).min(self.width / 4.0)
    }

    fn room(&self) -> f64 {
        self.width - 2.0 * self.margin()
    }

    fn frame(&self, paper: &mut Paper) {
        if let Some(colour) = &self.background {
            paper.draw(&format!(
                "q {colour} 0 0 {} {} re f Q",
                Number(self.width),
                Number(self.height)
            ));
        }
        if let Some(colour) = self.border.as_ref().filter(|_| self.line > 0.0) {
            let half = self.line / 2.0;
            paper.draw(&format!(
                "q {colour} {} w {} {} {} {} re S Q",
                Number(self.line),
                Number(half),
                Number(half),
                Number(self.width - self.line),
                Number(self.height - self.line)
            ));
        }
    }

    /// One line of text, as large as the field or as it says, and never wider than the field.
    fn line(&self, paper: &mut Paper, words: &str, side: Side) {
        let usual = (self.height - 2.0 * self.line) * 0.67;
        let size = self.size.unwrap_or(usual).max(SMALLEST);
        let fits = self.room() / self.font.width(words).max(0.001);
        let size = size.min(fits.max(SMALLEST));
        let foot = self.height / 2.0 - size * 0.35;
        self.set(paper, words, size, foot, side);
    }

    /// Several lines, made smaller until all are inside.
    fn lines(&self, paper: &mut Paper, words: &str) {
        let mut size = self.size.unwrap_or(SEVERAL_LINES).max(SMALLEST);
        let (room, height) = (self.room(), self.height - 2.0 * self.margin());
        let mut lines = broken(words, self.font, room / size);
        while size > SMALLEST && lines.len() as f64 * size * LEADING > height {
            size = (size - 0.5).max(SMALLEST);
            lines = broken(words, self.font, room / size);
        }
        let mut foot = self.height - self.margin() - size * ASCENT;
        for line in lines {
            self.set(paper, &line, size, foot, self.side);
            foot -= size * LEADING;
        }
    }

    /// Each character in a cell of its own.
    fn comb(&self, paper: &mut Paper, words: &str, cells: usize) {
        let cell = self.width / cells as f64;
        let usual = (self.height - 2.0 * self.line) * 0.67;
        let size = self
            .size
            .unwrap_or(usual)
            .clamp(SMALLEST, (cell * 1.3).max(SMALLEST));
        let foot = self.height / 2.0 - size * 0.35;
        let count = words.chars().count();
        let first = match self.side {
            Side::Left => 0,
            Side::Middle => cells.saturating_sub(count) / 2,
            Side::Right => cells.saturating_sub(count),
        };
        for (index, character) in words.chars().enumerate() {
            let character = character.to_string();
            let wide = self.font.width(&character) * size;
            let left = (first + index) as f64 * cell + (cell - wide) / 2.0;
            paper.text(&self.colour, &character, size, left, foot);
        }
    }

    /// The options of a list from its first visible one, those that are chosen on a tint.
    fn list(&self, doc: &Document, annotation: &Dictionary, paper: &mut Paper) {
        let chosen = values(doc, annotation);
        let mut shown: Vec<String> = options(doc, annotation)
            .into_iter()
            .map(|(_, shown)| shown)
            .collect();
        if shown.is_empty() {
            shown.clone_from(&chosen);
        }
        let size = self.size.unwrap_or(SEVERAL_LINES).max(SMALLEST);
        let step = size * LEADING;
        let fitting = ((self.height - 2.0 * self.line) / step).max(1.0) as usize;
        let first = inherited(doc, annotation, b"TI")
            .and_then(|first| first.as_i64().ok())
            .and_then(|first| usize::try_from(first).ok())
            .unwrap_or(0);
        // Whatever the list was left at, what was chosen is seen.
        let places = shown.iter().enumerate();
        let first_chosen = places
            .filter(|(_, option)| chosen.contains(option))
            .map(|(place, _)| place)
            .next();
        let first = match first_chosen {
            Some(place) if place < first || place >= first + fitting => place,
            _ => first.min(shown.len().saturating_sub(1)),
        };
        let mut top = self.height - self.line;
        for option in shown.iter().skip(first).take(fitting) {
            if chosen.contains(option) {
                paper.draw(&format!(
                    "q 0.6 0.75 0.85 rg {} {} {} {} re f Q",
                    Number(self.line),
                    Number(top - step),
                    Number(self.width - 2.0 * self.line),
                    Number(step)
                ));
            }
            self.set(paper, option, size, top - size * ASCENT * 1.1, self.side);
            top -= step;
        }
    }

    fn set(&self, paper: &mut Paper, words: &str, size: f64, foot: f64, side: Side) {
        let wide = self.font.width(words) * size;
        let left = match side {
            Side::Left => self.margin(),
            Side::Middle => (self.width - wide) / 2.0,
            Side::Right => self.width - self.margin() - wide,
        };
        paper.text(&self.colour, words, size, left, foot);
    }

    /// The mark of a button that is on, called after the character of Zapf Dingbats that viewers
    /// draw.
    fn tick(&self, paper: &mut Paper, style: char) {
        let side = self.width.min(self.height) - 4.0 * self.line.max(0.5);
        let side = side.max(self.width.min(self.height) * 0.4);
        let (left, foot) = ((self.width - side) / 2.0, (self.height - side) / 2.0);
        let path = match style {
            'l' => circle(0.35),
            'n' => "0.15 0.15 0.7 0.7 re f".to_owned(),
            'u' => "0.5 0.05 m 0.95 0.5 l 0.5 0.95 l 0.05 0.5 l h f".to_owned(),
            '8' => "0.12 w 0.1 0.1 m 0.9 0.9 l S 0.1 0.9 m 0.9 0.1 l S".to_owned(),
            'H' => "0.5 0.98 m 0.79 0.1 l 0.02 0.65 l 0.98 0.65 l 0.21 0.1 l h f".to_owned(),
            _ => "0.14 w 0.1 0.5 m 0.4 0.15 l 0.9 0.9 l S".to_owned(),
        };
        let stroke = match self.colour.rsplit_once(' ') {
            Some((numbers, operator)) => format!("{numbers} {}", operator.to_ascii_uppercase()),
            None => String::new(),
        };
        paper.draw(&format!(
            "q {} {stroke} {} 0 0 {} {} {} cm {path} Q",
            self.colour,
            Number(side),
            Number(side),
            Number(left),
            Number(foot)
        ));
    }

    /// The place of the look on its page, turned as the field is.
    fn matrix(&self) -> [f64; 6] {
        match self.turned {
            90 => [0.0, 1.0, -1.0, 0.0, self.height, 0.0],
            180 => [-1.0, 0.0, 0.0, -1.0, self.width, self.height],
            270 => [0.0, -1.0, 1.0, 0.0, 0.0, self.width],
            _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        }
    }
}

/// The font that a form's resources have under a name, in small letters.
fn base_font(doc: &Document, called: &str) -> String {
    form(doc)
        .and_then(|form| get_dict(doc, form, b"DR"))
        .and_then(|resources| get_dict(doc, resources, b"Font"))
        .and_then(|fonts| get_dict(doc, fonts, called.as_bytes()))
        .and_then(|font| get_name(doc, font, b"BaseFont"))
        .map(|name| String::from_utf8_lossy(name).to_ascii_lowercase())
        .unwrap_or_default()
}

/// Words in lines that are at most so many ems wide.
fn broken(words: &str, font: Face, most: f64) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in words.split('\n') {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            let longer = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if font.width(&longer) <= most {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            // A word that is wider than the field is broken anywhere.
            for character in word.chars() {
                if !line.is_empty() && font.width(&line) + font.width(&character.to_string()) > most
                {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(character);
            }
        }
        lines.push(line);
        if lines.len() >= MOST_LINES {
            break;
        }
    }
    lines.truncate(MOST_LINES);
    lines
}

/// A disc of a radius around the middle of the unit square.
fn circle(radius: f64) -> String {
    let (r, k) = (radius, radius * ROUND);
    let at = |x: f64, y: f64| format!("{} {}", Number(0.5 + x), Number(0.5 + y));
    format!(
        "{} m {} {} {} c {} {} {} c {} {} {} c {} {} {} c f",
        at(r, 0.0),
        at(r, k),
        at(k, r),
        at(0.0, r),
        at(-k, r),
        at(-r, k),
        at(-r, 0.0),
        at(-r, -k),
        at(-k, -r),
        at(0.0, -r),
        at(k, -r),
        at(r, -k),
        at(r, 0.0)
    )
}

fn operation(numbers: &[f64], operator: &str) -> String {
    let mut written = String::new();
    for number in numbers {
        let _ = write!(written, "{} ", Number(*number));
    }
    written + operator
}

/// A number as content spells it.
struct Number(f64);

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rounded = (self.0 * 1_000.0).round() / 1_000.0;
        write!(f, "{}", if rounded == 0.0 { 0.0 } else { rounded })
    }
}

/// A look while it is drawn.
struct Paper {
    font: Face,
    content: String,
    /// The codes of characters that the font's usual encoding lacks.
    extra: BTreeMap<char, u8>,
    texts: BTreeMap<u8, char>,
}

impl Paper {
    fn new(font: Face) -> Self {
        Self {
            font,
            content: String::new(),
            extra: BTreeMap::new(),
            texts: BTreeMap::new(),
        }
    }

    fn draw(&mut self, operations: &str) {
        self.content.push_str(operations);
        self.content.push('\n');
    }

    fn text(&mut self, colour: &str, words: &str, size: f64, left: f64, foot: f64) {
        if words.trim().is_empty() {
            return;
        }
        let mut codes = String::new();
        for character in words.chars() {
            let code = self.code(character);
            self.texts.insert(code, character);
            let _ = write!(codes, "{code:02X}");
        }
        let operations = format!(
            "BT {colour} /F {} Tf {} {} Td <{codes}> Tj ET",
            Number(size),
            Number(left),
            Number(foot)
        );
        self.draw(&operations);
    }

    /// The code of a character: its own in ASCII, any free one for the others. There are 160 of
    /// those; who needs more gets a question mark.
    fn code(&mut self, character: char) -> u8 {
        if let ' '..='~' = character {
            return u8::try_from(u32::from(character)).unwrap_or(b'?');
        }
        let free = (0x80..=0xff).chain(1..=0x1f).nth(self.extra.len());
        match (self.extra.get(&character), free) {
            (Some(code), _) => *code,
            (None, Some(code)) => {
                self.extra.insert(character, code);
                code
            }
            (None, None) => b'?',
        }
    }

    /// The look as objects of the file.
    fn finish(
        self,
        doc: &mut Document,
        settings: &Settings,
        mut next: impl FnMut(&Document) -> ObjectId,
    ) -> ObjectId {
        let mut add = |doc: &mut Document, object: Object| {
            let id = next(doc);
            doc.objects.insert(id, object);
            id
        };
        let mut resources = Dictionary::new();
        if !self.texts.is_empty() {
            let map = Stream::new(Dictionary::new(), self.to_unicode().into_bytes());
            let map = add(doc, Object::Stream(map));
            let mut encoding = dict([
                ("Type", name("Encoding")),
                ("BaseEncoding", name("WinAnsiEncoding")),
            ]);
            if !self.extra.is_empty() {
                encoding.set("Differences", self.differences());
            }
            // A viewer knows the widths of the usual characters alone.
            let widths = (0..=255).map(|code| {
                let character = self.texts.get(&code).copied().unwrap_or(' ');
                Object::Integer(self.font.advance(character).round() as i64)
            });
            let font = dict([
                ("Type", name("Font")),
                ("Subtype", name("Type1")),
                ("BaseFont", name(self.font.name())),
                ("FirstChar", int(0)),
                ("LastChar", int(255)),
                ("Widths", Object::Array(widths.collect())),
                ("FontDescriptor", Object::Dictionary(self.font.descriptor())),
                ("Encoding", Object::Dictionary(encoding)),
                ("ToUnicode", Object::Reference(map)),
            ]);
            let font = add(doc, Object::Dictionary(font));
            resources.set("Font", dict([("F", Object::Reference(font))]));
        }
        let area = Rect {
            x0: 0.0,
            y0: 0.0,
            x1: settings.width,
            y1: settings.height,
        };
        let look = Stream::new(
            dict([
                ("Type", name("XObject")),
                ("Subtype", name("Form")),
                ("BBox", rectangle(&area)),
                ("Matrix", reals(settings.matrix())),
                ("Resources", Object::Dictionary(resources)),
            ]),
            self.content.into_bytes(),
        );
        add(doc, Object::Stream(look))
    }

    fn differences(&self) -> Vec<Object> {
        let mut differences = Vec::new();
        for (character, code) in &self.extra {
            differences.push(int(usize::from(*code)));
            let called = glyph_names::glyph_name(u32::from(*character));
            differences.push(name(called.as_deref().unwrap_or(".notdef")));
        }
        differences
    }

    fn to_unicode(&self) -> String {
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Field def \
             /CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange\n",
        );
        // A section of a map holds a hundred entries at most.
        let texts: Vec<(&u8, &char)> = self.texts.iter().collect();
        for texts in texts.chunks(100) {
            let _ = writeln!(map, "{} beginbfchar", texts.len());
            for (code, character) in texts {
                let mut units = [0; 2];
                let units = character.encode_utf16(&mut units);
                let units: String = units.iter().map(|unit| format!("{unit:04X}")).collect();
                let _ = writeln!(map, "<{code:02X}> <{units}>");
            }
            map.push_str("endbfchar\n");
        }
        map.push_str("endcmap end end\n");
        map
    }
}
