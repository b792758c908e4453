//! The look of a form field that has none: drawn from its value and its settings (`DA`, `Q`, `MK`,
//! `BS`), as viewers do.
//!
//! A value is set in the pack's own font, whatever font the form names, as that one is usually not in
//! the file. A value that is too long for its field is made smaller rather than cut off.

use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::letters::Letters;
use super::object::{
    dict, get, get_array, get_dict, get_int, get_number, name, number, reals, rectangle, resolve,
};
use crate::pdf::field::{
    COMB, COMBO, Kind, MOST_LINES, MULTILINE, PASSWORD, PUSH, RADIO, caption, flags, form,
    inherited, is_on, kind, mark_characteristics, options, values,
};
use crate::pdf::geometry::Rect;

/// The smallest letters that can be read, in points.
const SMALLEST: f64 = 4.0;
/// The smallest letters of a text that would be cut off otherwise.
const LEAST: f64 = 0.5;
/// The letters of a field of several lines that leaves the size to the viewer.
const SEVERAL_LINES: f64 = 12.0;
/// The distance from one line to the next, in ems.
const LEADING: f64 = 1.15;
/// The distance from the top of a line to its baseline, in ems.
const ASCENT: f64 = 0.75;
/// How far the control points of a quarter circle are from its ends, in radii.
const ROUND: f64 = 0.5523;

/// Draws a field in its place on the page. The look is a new object of the file. `None` if there is
/// nothing to draw.
pub(super) fn draw(
    doc: &mut Document,
    annotation: &Dictionary,
    place: &Rect,
    letters: &mut Letters,
    next: impl FnMut(&Document) -> ObjectId,
) -> Option<ObjectId> {
    let kind = kind(doc, annotation)?;
    let settings = Settings::of(doc, annotation, place);
    let mut paper = Paper::new(letters);
    settings.frame(&mut paper);
    let flags = flags(doc, annotation);
    match kind {
        Kind::Button if flags & PUSH != 0 => {
            let caption = caption(doc, annotation)?;
            settings.line(&mut paper, &caption, Side::Middle);
        }
        Kind::Button if is_on(doc, annotation) => {
            let style = caption(doc, annotation);
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
                // A password is not printed.
            } else if flags & MULTILINE != 0 {
                let size = settings.size.unwrap_or(SEVERAL_LINES);
                settings.lines(&mut paper, &value, size);
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

/// The side of a field that its value is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Middle,
    Right,
}

/// How a field should look.
#[derive(Debug)]
struct Settings {
    /// Its width when it is read upright, in points.
    width: f64,
    /// Its height when it is read upright, in points.
    height: f64,
    /// How far it is turned counter-clockwise on its page: 0, 90, 180 or 270 degrees.
    turned: i64,
    /// The size of its letters, if it has one.
    size: Option<f64>,
    /// The operation that sets the colour of its letters.
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

    /// The free space at each side.
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

    /// Draws one line of text, in the size that the field gives or as fits it, and never larger than
    /// the field. If it would be too small to read, it is broken into several lines.
    fn line(&self, paper: &mut Paper, words: &str, side: Side) {
        let usual = (self.height - 2.0 * self.line) * 0.67;
        let size = self.size.unwrap_or(usual).min(self.height).max(SMALLEST);
        let fits = self.room() / paper.letters.width(words).max(0.001);
        if fits < SMALLEST {
            return self.lines(paper, words, SMALLEST);
        }
        let size = size.min(fits);
        let foot = self.height / 2.0 - size * 0.35;
        self.set(paper, words, size, foot, side);
    }

    /// Draws several lines, made smaller until they all fit, so that nothing is cut off.
    fn lines(&self, paper: &mut Paper, words: &str, size: f64) {
        let mut size = size.max(SMALLEST);
        let (room, height) = (self.room(), self.height - 2.0 * self.margin());
        let mut lines = broken(words, paper.letters, room / size);
        while size > LEAST && lines.len() as f64 * size * LEADING > height {
            size = (size * 0.92).max(LEAST);
            lines = broken(words, paper.letters, room / size);
        }
        let mut foot = self.height - self.margin() - size * ASCENT;
        for line in lines {
            self.set(paper, &line, size, foot, self.side);
            foot -= size * LEADING;
        }
    }

    /// Draws each character in its own cell. If there are more characters than cells, the cells are
    /// narrower.
    fn comb(&self, paper: &mut Paper, words: &str, cells: usize) {
        let count = words.chars().count();
        let cells = cells.max(count);
        let cell = self.width / cells as f64;
        if let Some(colour) = self.border.as_ref().filter(|_| self.line > 0.0) {
            for edge in 1..cells {
                let across = edge as f64 * cell;
                paper.draw(&format!(
                    "q {colour} {} w {} 0 m {} {} l S Q",
                    Number(self.line),
                    Number(across),
                    Number(across),
                    Number(self.height)
                ));
            }
        }
        let usual = (self.height - 2.0 * self.line) * 0.67;
        let most = (cell * 1.3).min(self.height).max(LEAST);
        let size = self.size.unwrap_or(usual).max(SMALLEST).min(most);
        let foot = self.height / 2.0 - size * 0.35;
        let first = match self.side {
            Side::Left => 0,
            Side::Middle => (cells - count) / 2,
            Side::Right => cells - count,
        };
        for (index, character) in words.chars().enumerate() {
            let character = character.to_string();
            let wide = paper.letters.width(&character) * size;
            let left = (first + index) as f64 * cell + (cell - wide) / 2.0;
            paper.text(&self.colour, &character, size, left, foot);
        }
    }

    /// Draws the options of a list, with a tint behind those that are chosen. All chosen options are
    /// shown, wherever the list was scrolled to and however large its letters are. If there is no room
    /// for the options between them, only the chosen ones are shown.
    fn list(&self, doc: &Document, annotation: &Dictionary, paper: &mut Paper) {
        let chosen = values(doc, annotation);
        let mut options: Vec<String> = options(doc, annotation)
            .into_iter()
            .map(|(_, shown)| shown)
            .collect();
        if !chosen.iter().all(|value| options.contains(value)) {
            options.clone_from(&chosen);
        }
        let widest = |paper: &mut Paper, options: &[String]| {
            let widths = options.iter().map(|option| paper.letters.width(option));
            widths.fold(0.001, f64::max)
        };
        let height = self.height - 2.0 * self.line;
        let fits = self.room() / widest(paper, &options);
        let size = self.size.unwrap_or(SEVERAL_LINES).min(fits);
        let mut size = size.max(SMALLEST).min(height / LEADING);
        let fitting = (height / (size * LEADING) + 0.01) as usize;
        let left_at = inherited(doc, annotation, b"TI")
            .and_then(|first| first.as_i64().ok())
            .and_then(|first| usize::try_from(first).ok())
            .unwrap_or(0)
            .min(options.len().saturating_sub(1));
        let is_chosen = |option: &String| chosen.contains(option);
        let first_chosen = options.iter().position(is_chosen).unwrap_or(left_at);
        let last_chosen = options.iter().rposition(is_chosen).unwrap_or(left_at);
        let shown: Vec<String> = if last_chosen - first_chosen >= fitting {
            let fits = self.room() / widest(paper, &chosen);
            size = size.min(height / LEADING / chosen.len() as f64).min(fits);
            size = size.max(LEAST);
            chosen.clone()
        } else {
            let first = if first_chosen < left_at || last_chosen >= left_at + fitting {
                first_chosen
            } else {
                left_at
            };
            options.into_iter().skip(first).take(fitting).collect()
        };
        let step = size * LEADING;
        let mut top = self.height - self.line;
        for option in shown {
            if chosen.contains(&option) {
                paper.draw(&format!(
                    "q 0.6 0.75 0.85 rg {} {} {} {} re f Q",
                    Number(self.line),
                    Number(top - step),
                    Number(self.width - 2.0 * self.line),
                    Number(step)
                ));
            }
            self.set(paper, &option, size, top - size * ASCENT * 1.1, self.side);
            top -= step;
        }
    }

    fn set(&self, paper: &mut Paper, words: &str, size: f64, foot: f64, side: Side) {
        let wide = paper.letters.width(words) * size;
        let left = match side {
            Side::Left => self.margin(),
            Side::Middle => (self.width - wide) / 2.0,
            Side::Right => self.width - self.margin() - wide,
        };
        paper.text(&self.colour, words, size, left, foot);
    }

    /// Draws the mark of a button that is on. `style` is the character of Zapf Dingbats that viewers
    /// draw for it.
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

    /// The matrix of the look, which turns it as the field is turned.
    fn matrix(&self) -> [f64; 6] {
        match self.turned {
            90 => [0.0, 1.0, -1.0, 0.0, self.height, 0.0],
            180 => [-1.0, 0.0, 0.0, -1.0, self.width, self.height],
            270 => [0.0, -1.0, 1.0, 0.0, 0.0, self.width],
            _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        }
    }
}

/// Words broken into lines that are at most `most` ems wide.
fn broken(words: &str, letters: &mut Letters, most: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let space = letters.width(" ");
    for paragraph in words.split('\n') {
        let (mut line, mut wide) = (String::new(), 0.0);
        for (index, word) in paragraph.split(' ').enumerate() {
            let longer = letters.width(word);
            if index > 0 && wide + space + longer <= most {
                line.push(' ');
                line.push_str(word);
                wide += space + longer;
                continue;
            }
            if index > 0 {
                lines.push(std::mem::take(&mut line));
                wide = 0.0;
            }
            // A word that is wider than the field is broken anywhere.
            for character in word.chars() {
                let longer = letters.width(character.encode_utf8(&mut [0; 4]));
                if !line.is_empty() && wide + longer > most {
                    lines.push(std::mem::take(&mut line));
                    wide = 0.0;
                }
                line.push(character);
                wide += longer;
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

/// A disc around the middle of the unit square.
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

/// A number as page content has it.
struct Number(f64);

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rounded = (self.0 * 1_000.0).round() / 1_000.0;
        write!(f, "{}", if rounded == 0.0 { 0.0 } else { rounded })
    }
}

/// A look while it is drawn.
struct Paper<'a> {
    letters: &'a mut Letters,
    content: String,
    has_text: bool,
}

impl<'a> Paper<'a> {
    fn new(letters: &'a mut Letters) -> Self {
        Self {
            letters,
            content: String::new(),
            has_text: false,
        }
    }

    fn draw(&mut self, operations: &str) {
        self.content.push_str(operations);
        self.content.push('\n');
    }

    /// Draws words at a place. If the font does not have all their letters, the text itself is given
    /// beside what is shown.
    fn text(&mut self, colour: &str, words: &str, size: f64, left: f64, foot: f64) {
        if words.trim().is_empty() {
            return;
        }
        self.has_text = true;
        let complete = words.chars().all(|character| self.letters.has(character));
        if !complete {
            let units: String = words
                .encode_utf16()
                .map(|unit| format!("{unit:04X}"))
                .collect();
            self.draw(&format!("/Span <</ActualText <FEFF{units}>>> BDC"));
        }
        let operations = format!(
            "BT {colour} /F {} Tf {} {} Td {} Tj ET",
            Number(size),
            Number(left),
            Number(foot),
            self.letters.spell(words)
        );
        self.draw(&operations);
        if !complete {
            self.draw("EMC");
        }
    }

    /// The look as an object of the file.
    fn finish(
        self,
        doc: &mut Document,
        settings: &Settings,
        mut next: impl FnMut(&Document) -> ObjectId,
    ) -> ObjectId {
        let mut resources = Dictionary::new();
        if self.has_text {
            let font = self.letters.object(doc, &mut next);
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
        let id = next(doc);
        doc.objects.insert(id, Object::Stream(look));
        id
    }
}
