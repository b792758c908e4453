//! Where a page has ink: a light reading of its content, enough to know what lies under the strips
//! at foot and head that furniture needs.
//!
//! Boxes are rather too large than too small: glyphs count with the font's size, curves with their
//! control points. White fills, invisible text and blank strings are no ink. A fill or shading that
//! covers the whole page is background and may lie under a number, which brings its own white box;
//! an image that covers the page may be a scan with text anywhere, and counts. On the way it is
//! noted whether the content leaves states or marks open, whether it shows text, and whether all it
//! draws is marked.

use lopdf::{Dictionary, Object};

use super::content::{Word, Words};
use super::geometry::{Area, Geometry, Matrix};
use super::import::Imported;
use super::object::{Objects, decoded, dictionary};
use super::stamp::Balance;

/// Content of one page at most, unpacked, forms included, in bytes.
const LARGEST_CONTENT: usize = 64 << 20;
/// The same for all pages of a file, so that many pages of one heavy content end.
const LARGEST_TOTAL: usize = 3 << 30;
/// Words read for one page at most, forms included, and for all pages of a file.
const MOST_WORDS: usize = 4_000_000;
const MOST_WORDS_IN_ALL: usize = 400_000_000;
/// What drawing a form counts for, in words: it is unpacked and its resources are looked up.
const COST_OF_FORM: usize = 100;
/// Forms within forms.
const DEEPEST: usize = 12;
/// Saved states that are remembered; deeper ones are only counted.
const MOST_STATES: usize = 1_024;
/// Operands of one operator.
const MOST_OPERANDS: usize = 48;

/// What was found on a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Ink {
    /// From the lowest to the highest ink, in points above the foot of the page as seen.
    pub(super) extent: Option<(f32, f32)>,
    pub(super) balance: Balance,
    /// Whether text is shown (visibly or as the hidden layer of a scan).
    pub(super) text: bool,
    /// Whether something is drawn that is neither tagged nor an artifact.
    pub(super) unmarked: bool,
    /// Whether tagged content has an artifact inside it, or an artifact tagged content.
    pub(super) nested: bool,
    /// The lowest resolution of an image on the page, in dots per inch.
    pub(super) lowest_dpi: Option<f32>,
    /// The highest.
    pub(super) highest_dpi: Option<f32>,
    /// Whether the content could be read to its end.
    pub(super) complete: bool,
}

/// Reads the content of a section's page.
pub(super) fn scan(imported: &Imported, page: usize) -> Ink {
    let page = &imported.pages[page];
    let Some(Object::Dictionary(dict)) = imported.objects.get(page.object) else {
        return Ink::default();
    };
    let annotations =
        page.annotations
            .iter()
            .filter_map(|annotation| match imported.objects.get(*annotation) {
                Some(Object::Dictionary(annotation)) => Some(annotation),
                _ => None,
            });
    scan_page(
        &imported.objects,
        dict,
        page.geometry,
        annotations,
        imported.pages.len(),
    )
}

/// Reads the content of any page: its dictionary with what it inherits. `pages` is how many the file
/// has: the more, the less may be spent on each.
pub(super) fn scan_page<'a>(
    objects: &dyn Objects,
    page: &Dictionary,
    geometry: Geometry,
    annotations: impl Iterator<Item = &'a Dictionary>,
    pages: usize,
) -> Ink {
    let mut scanner = Scanner::new(objects, geometry, pages);
    let resources = dictionary(objects, page.get(b"Resources").ok());
    match contents(objects, page, scanner.bytes) {
        Some(content) => {
            scanner.bytes -= content.len().min(scanner.bytes);
            scanner.run(&content, &resources, 0);
        }
        None => scanner.ink.complete = false,
    }
    for annotation in annotations {
        scanner.annotation(annotation);
    }
    scanner.finish()
}

/// A page's content streams as one, a line apart.
fn contents(objects: &dyn Objects, page: &Dictionary, most: usize) -> Option<Vec<u8>> {
    let parts = match page.get(b"Contents") {
        Ok(Object::Array(parts)) => parts.clone(),
        Ok(Object::Reference(id)) => match objects.object(*id) {
            Some(Object::Array(parts)) => parts.clone(),
            _ => vec![Object::Reference(*id)],
        },
        _ => Vec::new(),
    };
    let mut content = Vec::new();
    for part in parts {
        if let Object::Reference(id) = part
            && let Some(Object::Stream(stream)) = objects.object(id)
        {
            content.extend(decoded(stream, most.checked_sub(content.len())?)?);
            content.push(b'\n');
        }
    }
    Some(content)
}

#[derive(Debug, Clone, Copy)]
struct State {
    /// From the content's coordinates to the page as seen.
    matrix: Matrix,
    clip: Area,
    white_fill: bool,
    white_stroke: bool,
    line_width: f32,
    font_size: f32,
    leading: f32,
    stretch: f32,
    rise: f32,
    spacing: f32,
    mode: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Content,
    Artifact,
    Other,
}

/// What is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Paint {
    Solid,
    Image,
    Glyphs,
}

struct Scanner<'a> {
    objects: &'a dyn Objects,
    page: Area,
    start: State,
    ink: Ink,
    /// Words and bytes that may still be read.
    words: usize,
    bytes: usize,
    marks: Vec<Mark>,
}

impl<'a> Scanner<'a> {
    fn new(objects: &'a dyn Objects, geometry: Geometry, pages: usize) -> Self {
        let pages = pages.max(1);
        let (width, height) = geometry.size();
        let page = Area {
            left: 0.0,
            bottom: 0.0,
            right: width,
            top: height,
        };
        let start = State {
            matrix: geometry.seen_to_own().inverse().unwrap_or(Matrix::IDENTITY),
            clip: page,
            white_fill: false,
            white_stroke: false,
            line_width: 1.0,
            font_size: 0.0,
            leading: 0.0,
            stretch: 1.0,
            rise: 0.0,
            spacing: 0.0,
            mode: 0.0,
        };
        let ink = Ink {
            complete: true,
            ..Ink::default()
        };
        Scanner {
            objects,
            page,
            start,
            ink,
            words: (MOST_WORDS_IN_ALL / pages).clamp(50_000, MOST_WORDS),
            bytes: (LARGEST_TOTAL / pages).clamp(256 << 10, LARGEST_CONTENT),
            marks: Vec::new(),
        }
    }

    fn finish(self) -> Ink {
        self.ink
    }

    /// Something was painted in `area` of the page as seen.
    fn paint(&mut self, area: Area, clip: Area, paint: Paint) {
        if !self.marks.iter().any(|mark| *mark != Mark::Other) {
            self.ink.unmarked = true;
        }
        let values = area.numbers();
        if values.iter().any(|value| !value.is_finite()) {
            self.extend(self.page);
            return;
        }
        // A line has no extent in one direction: give it a hair's.
        let area = Area {
            right: area.right + 0.01,
            top: area.top + 0.01,
            ..area
        };
        let Some(area) = area.intersection(clip) else {
            return;
        };
        let covers =
            area.width() > self.page.width() * 0.95 && area.height() > self.page.height() * 0.9;
        if covers && paint == Paint::Solid {
            return;
        }
        self.extend(area);
    }

    fn extend(&mut self, area: Area) {
        let (low, high) = self.ink.extent.unwrap_or((area.bottom, area.top));
        self.ink.extent = Some((low.min(area.bottom), high.max(area.top)));
    }

    /// Notes, stamps and drawings lie on the page like ink; links and closed comments do not.
    fn annotation(&mut self, annotation: &Dictionary) {
        let kind = match annotation.get(b"Subtype") {
            Ok(Object::Name(kind)) => kind.as_slice(),
            _ => return,
        };
        if matches!(kind, b"Link" | b"Popup" | b"Text") {
            return;
        }
        if let Some(values) = rectangle(annotation.get(b"Rect").ok()) {
            let area = self.start.matrix.apply_area(Area::new(values));
            if let Some(area) = area.intersection(self.page) {
                self.extend(area);
            }
        }
    }

    /// Reads the content of the page (`depth` 0) or of a form drawn on it.
    fn run(&mut self, content: &[u8], resources: &Dictionary, depth: usize) {
        let start = self.start;
        self.run_from(start, content, resources, depth);
    }

    fn run_from(&mut self, start: State, content: &[u8], resources: &Dictionary, depth: usize) {
        let xobjects = dictionary(self.objects, resources.get(b"XObject").ok());
        let properties = dictionary(self.objects, resources.get(b"Properties").ok());
        let states = dictionary(self.objects, resources.get(b"ExtGState").ok());
        let mut state = start;
        let mut saved: Vec<State> = Vec::new();
        let (mut level, mut lowest) = (0_i64, 0_i64);
        let marks_before = self.marks.len();
        let mut operands: Vec<Word> = Vec::with_capacity(8);
        let mut path: Option<Area> = None;
        let mut lines: Vec<Area> = Vec::new();
        let mut pen = (0.0, 0.0);
        let mut opened = (0.0, 0.0);
        let mut clips = false;
        let (mut text, mut line) = (Matrix::IDENTITY, Matrix::IDENTITY);
        let mut in_text = false;
        let mut words = Words::new(content);
        while let Some(word) = words.next() {
            if self.words == 0 {
                self.ink.complete = false;
                break;
            }
            self.words -= 1;
            let Word::Operator(operator) = word else {
                if operands.len() < MOST_OPERANDS {
                    operands.push(word);
                } else if let (Word::Text { .. }, Some(last)) = (word, operands.last_mut()) {
                    // A long array of strings: what counts is that there is more to show.
                    *last = word;
                }
                continue;
            };
            let n = |from_end: usize| -> f32 {
                let index = operands.len().checked_sub(from_end);
                match index.and_then(|index| operands.get(index)) {
                    Some(Word::Number(value)) => *value,
                    _ => 0.0,
                }
            };
            match operator {
                b"q" => {
                    level += 1;
                    if saved.len() < MOST_STATES {
                        saved.push(state);
                    }
                }
                b"Q" => {
                    level -= 1;
                    lowest = lowest.min(level);
                    if let Some(before) = saved.pop() {
                        state = before;
                    }
                }
                b"cm" => {
                    state.matrix = Matrix([n(6), n(5), n(4), n(3), n(2), n(1)]).then(state.matrix);
                }
                b"w" => state.line_width = n(1).abs(),
                b"gs" => {
                    // A font or a width may come with a graphics state.
                    if let Some(Word::Name(name)) = operands.last() {
                        let entry = dictionary(self.objects, states.get(name).ok());
                        if let Some(width) = entry.get(b"LW").ok().and_then(super::object::number) {
                            state.line_width = width.abs();
                        }
                    }
                }
                b"m" => {
                    pen = (n(2), n(1));
                    opened = pen;
                    path = Some(stretched(path, state.matrix.apply(pen.0, pen.1)));
                }
                b"l" => {
                    let to = (n(2), n(1));
                    path = Some(stretched(path, state.matrix.apply(to.0, to.1)));
                    lines.push(segment(&state, pen, to));
                    pen = to;
                }
                b"c" | b"v" | b"y" => {
                    let count = if operator == b"c" { 3 } else { 2 };
                    let mut curve = segment(&state, pen, pen);
                    for point in (1..=count).rev() {
                        let to = (n(point * 2), n(point * 2 - 1));
                        let seen = state.matrix.apply(to.0, to.1);
                        path = Some(stretched(path, seen));
                        curve = stretched(Some(curve), seen);
                        pen = to;
                    }
                    lines.push(curve);
                }
                b"h" => {
                    lines.push(segment(&state, pen, opened));
                    pen = opened;
                }
                b"re" => {
                    let (x, y, width, height) = (n(4), n(3), n(2), n(1));
                    let corners = [
                        (x, y),
                        (x + width, y),
                        (x + width, y + height),
                        (x, y + height),
                    ];
                    for (index, corner) in corners.iter().enumerate() {
                        path = Some(stretched(path, state.matrix.apply(corner.0, corner.1)));
                        lines.push(segment(&state, *corner, corners[(index + 1) % 4]));
                    }
                    pen = (x, y);
                    opened = pen;
                }
                b"W" | b"W*" => clips = true,
                b"n" | b"f" | b"F" | b"f*" | b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*" => {
                    let fills =
                        matches!(operator, b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*");
                    let strokes = matches!(operator, b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*");
                    if strokes && matches!(operator, b"s" | b"b" | b"b*") {
                        lines.push(segment(&state, pen, opened));
                    }
                    if let (true, Some(area)) = (fills && !state.white_fill, path) {
                        self.paint(area, state.clip, Paint::Solid);
                    }
                    if strokes && !state.white_stroke {
                        for area in &lines {
                            self.paint(*area, state.clip, Paint::Glyphs);
                        }
                    }
                    if clips {
                        let nothing = Area {
                            left: 0.0,
                            bottom: 0.0,
                            right: 0.0,
                            top: 0.0,
                        };
                        state.clip = path
                            .and_then(|area| area.intersection(state.clip))
                            .unwrap_or(nothing);
                    }
                    path = None;
                    lines.clear();
                    clips = false;
                }
                b"sh" => self.paint(state.clip, state.clip, Paint::Solid),
                b"g" => state.white_fill = n(1) >= 0.999,
                b"G" => state.white_stroke = n(1) >= 0.999,
                b"rg" => state.white_fill = n(1) >= 0.999 && n(2) >= 0.999 && n(3) >= 0.999,
                b"RG" => state.white_stroke = n(1) >= 0.999 && n(2) >= 0.999 && n(3) >= 0.999,
                b"k" => state.white_fill = n(1) + n(2) + n(3) + n(4) <= 0.001,
                b"K" => state.white_stroke = n(1) + n(2) + n(3) + n(4) <= 0.001,
                b"cs" | b"sc" | b"scn" => state.white_fill = false,
                b"CS" | b"SC" | b"SCN" => state.white_stroke = false,
                b"BT" => {
                    in_text = true;
                    (text, line) = (Matrix::IDENTITY, Matrix::IDENTITY);
                }
                b"ET" => in_text = false,
                b"Tf" => state.font_size = n(1),
                b"TL" => state.leading = n(1),
                b"Tz" => state.stretch = n(1) / 100.0,
                b"Ts" => state.rise = n(1),
                b"Tc" => state.spacing = n(1),
                b"Tr" => state.mode = n(1),
                b"Td" | b"TD" => {
                    if operator == b"TD" {
                        state.leading = -n(1);
                    }
                    line = Matrix([1.0, 0.0, 0.0, 1.0, n(2), n(1)]).then(line);
                    text = line;
                }
                b"Tm" => {
                    line = Matrix([n(6), n(5), n(4), n(3), n(2), n(1)]);
                    text = line;
                }
                b"T*" | b"'" | b"\"" => {
                    line = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, -state.leading]).then(line);
                    text = line;
                    if operator != b"T*" {
                        self.show(&mut text, &state, &operands);
                    }
                }
                b"Tj" | b"TJ" => self.show(&mut text, &state, &operands),
                b"Do" => {
                    if let Some(Word::Name(name)) = operands.last() {
                        self.draw(&xobjects, name, &state, resources, depth);
                    }
                }
                b"ID" => {
                    words.skip_image_data();
                    let area = state.matrix.apply_area(Area {
                        left: 0.0,
                        bottom: 0.0,
                        right: 1.0,
                        top: 1.0,
                    });
                    self.paint(area, state.clip, Paint::Image);
                }
                b"BDC" | b"BMC" => {
                    let mark = self.mark(&operands, &properties);
                    self.ink.nested |= match mark {
                        Mark::Content => self.marks.contains(&Mark::Artifact),
                        Mark::Artifact => self.marks.contains(&Mark::Content),
                        Mark::Other => false,
                    };
                    if self.marks.len() < MOST_STATES {
                        self.marks.push(mark);
                    }
                }
                b"EMC" if self.marks.len() > marks_before => {
                    self.marks.pop();
                }
                _ => {}
            }
            operands.clear();
        }
        if depth == 0 {
            let count = |value: i64| usize::try_from(value).unwrap_or(0);
            self.ink.balance = Balance {
                unclosed_states: count(level - lowest),
                unopened_states: count(-lowest),
                unclosed_marks: self.marks.len().saturating_sub(marks_before),
                open_text: in_text,
            };
        }
        self.marks.truncate(marks_before);
    }

    /// Text shown: from the pen on, as wide as its bytes could be.
    fn show(&mut self, text: &mut Matrix, state: &State, operands: &[Word]) {
        let (mut length, mut blank, mut shift) = (0_usize, true, 0.0);
        for operand in operands {
            match operand {
                Word::Text {
                    length: more,
                    blank: empty,
                } => {
                    length += more;
                    blank &= *empty || *more == 0;
                }
                Word::Number(back) => shift -= back / 1000.0,
                _ => {}
            }
        }
        if length == 0 {
            return;
        }
        #[allow(clippy::cast_precision_loss, reason = "an estimate of a width")]
        let length = length as f32;
        let size = state.font_size;
        let advance = (length * (size * 0.55 + state.spacing) + shift * size) * state.stretch;
        if !blank {
            self.ink.text = true;
            let is_drawn = state.mode != 3.0 && state.mode != 7.0;
            if is_drawn && !(state.white_fill && state.mode == 0.0) {
                let area = Area::new([
                    0.0,
                    state.rise - size * 0.25,
                    advance,
                    state.rise + size * 0.95,
                ]);
                let area = text.then(state.matrix).apply_area(area);
                self.paint(area, state.clip, Paint::Glyphs);
            }
        }
        *text = Matrix([1.0, 0.0, 0.0, 1.0, advance, 0.0]).then(*text);
    }

    /// A form or an image drawn.
    fn draw(
        &mut self,
        xobjects: &Dictionary,
        name: &[u8],
        state: &State,
        resources: &Dictionary,
        depth: usize,
    ) {
        let objects = self.objects;
        let Ok(Object::Reference(id)) = xobjects.get(name) else {
            return;
        };
        let Some(Object::Stream(stream)) = objects.object(*id) else {
            return;
        };
        let unit = Area {
            left: 0.0,
            bottom: 0.0,
            right: 1.0,
            top: 1.0,
        };
        match stream.dict.get(b"Subtype") {
            Ok(Object::Name(kind)) if kind == b"Image" => {
                let area = state.matrix.apply_area(unit);
                self.resolution(&stream.dict, state.matrix);
                self.paint(area, state.clip, Paint::Image);
            }
            Ok(Object::Name(kind)) if kind == b"Form" => {
                self.words = self.words.saturating_sub(COST_OF_FORM);
                let numbers = |key: &[u8], object: &Dictionary| match object.get(key) {
                    Ok(Object::Array(array)) => array
                        .iter()
                        .map(super::object::number)
                        .collect::<Option<Vec<f32>>>(),
                    _ => None,
                };
                let matrix = numbers(b"Matrix", &stream.dict)
                    .and_then(|values| values.try_into().ok())
                    .map(Matrix);
                let mut inner = *state;
                inner.matrix = matrix.unwrap_or(Matrix::IDENTITY).then(state.matrix);
                if let Some(bbox) = rectangle(stream.dict.get(b"BBox").ok()) {
                    match inner
                        .matrix
                        .apply_area(Area::new(bbox))
                        .intersection(state.clip)
                    {
                        Some(clip) => inner.clip = clip,
                        None => return,
                    }
                }
                let content = if depth < DEEPEST {
                    decoded(stream, self.bytes)
                } else {
                    None
                };
                match content {
                    Some(content) => {
                        self.bytes -= content.len().min(self.bytes);
                        let own = match stream.dict.get(b"Resources") {
                            Ok(entry) => dictionary(objects, Some(entry)),
                            Err(_) => resources.clone(),
                        };
                        let marked = self.marks.len();
                        if stream.dict.has(b"StructParents") || stream.dict.has(b"StructParent") {
                            self.marks.push(Mark::Other);
                        }
                        self.run_from(inner, &content, &own, depth + 1);
                        self.marks.truncate(marked);
                    }
                    None => self.paint(inner.clip, inner.clip, Paint::Glyphs),
                }
            }
            _ => {}
        }
    }

    /// Notes how finely an image is shown.
    fn resolution(&mut self, image: &Dictionary, matrix: Matrix) {
        let pixels = |key: &[u8]| {
            image
                .get(key)
                .ok()
                .and_then(super::object::number)
                .filter(|pixels| *pixels >= 32.0)
        };
        let [a, b, c, d, ..] = matrix.0;
        let (across, up) = (a.hypot(b), c.hypot(d));
        if let (Some(width), Some(height)) = (pixels(b"Width"), pixels(b"Height"))
            && across > 36.0
            && up > 36.0
        {
            let dpi = (width / across * 72.0).min(height / up * 72.0);
            self.ink.lowest_dpi = Some(self.ink.lowest_dpi.map_or(dpi, |lowest| lowest.min(dpi)));
            self.ink.highest_dpi =
                Some(self.ink.highest_dpi.map_or(dpi, |highest| highest.max(dpi)));
        }
    }

    /// What a marked-content operator opens.
    fn mark(&self, operands: &[Word], properties: &Dictionary) -> Mark {
        match operands.first() {
            Some(Word::Name(tag)) if *tag == b"Artifact" => return Mark::Artifact,
            _ => {}
        }
        let inline = operands
            .windows(2)
            .any(|pair| pair[0] == Word::Name(b"MCID") && matches!(pair[1], Word::Number(_)));
        let named = || match operands.get(1) {
            Some(Word::Name(name)) => {
                dictionary(self.objects, properties.get(name).ok()).has(b"MCID")
            }
            _ => false,
        };
        if inline || named() {
            Mark::Content
        } else {
            Mark::Other
        }
    }
}

fn rectangle(entry: Option<&Object>) -> Option<[f32; 4]> {
    let Some(Object::Array(array)) = entry else {
        return None;
    };
    let values: Vec<f32> = array
        .iter()
        .map(super::object::number)
        .collect::<Option<_>>()?;
    values.try_into().ok()
}

fn stretched(area: Option<Area>, (x, y): (f32, f32)) -> Area {
    let point = Area {
        left: x,
        bottom: y,
        right: x,
        top: y,
    };
    area.map_or(point, |area| area.union(point))
}

/// A stroked line with its width.
fn segment(state: &State, from: (f32, f32), to: (f32, f32)) -> Area {
    let area = Area::new([from.0, from.1, to.0, to.1]);
    let half = state.line_width / 2.0;
    state.matrix.apply_area(Area {
        left: area.left - half,
        bottom: area.bottom - half,
        right: area.right + half,
        top: area.top + half,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(content: &[u8]) -> Ink {
        let geometry = Geometry {
            visible: Area::new([0.0, 0.0, 600.0, 800.0]),
            rotate: 0,
            unit: 1.0,
        };
        let none: Vec<Object> = Vec::new();
        let mut scanner = Scanner::new(&none, geometry, 1);
        scanner.run(content, &Dictionary::new(), 0);
        scanner.finish()
    }

    #[test]
    fn text_counts_from_its_descent_to_its_ascent() {
        let (low, high) = scan(b"BT /F1 10 Tf 50 100 Td (x) Tj ET").extent.unwrap();
        assert!(
            (97.0..98.0).contains(&low) && (109.0..110.0).contains(&high),
            "{low} {high}"
        );
    }

    #[test]
    fn what_is_not_seen_is_no_ink() {
        for content in [
            b"1 g 10 10 50 50 re f".as_slice(),
            b"BT /F1 10 Tf 50 20 Td ( ) Tj ET",
            b"BT 3 Tr /F1 10 Tf 50 20 Td (hidden) Tj ET",
            b"0 0 600 100 re W n 10 200 50 50 re f",
            b"0.9 g 0 0 600 800 re f",
            b"10 900 50 50 re f",
        ] {
            assert_eq!(
                scan(content).extent,
                None,
                "{}",
                String::from_utf8_lossy(content)
            );
        }
    }

    #[test]
    fn a_frame_round_the_page_is_its_lines() {
        let (low, high) = scan(b"20 20 560 760 re S").extent.unwrap();
        assert!(low < 20.0 && high > 780.0);
    }

    #[test]
    fn what_is_left_open_is_counted() {
        let ink = scan(b"Q q q /P <</MCID 0>> BDC BT (x) Tj");
        let expected = Balance {
            unclosed_states: 2,
            unopened_states: 1,
            unclosed_marks: 1,
            open_text: true,
        };
        assert_eq!(ink.balance, expected);
    }

    #[test]
    fn content_outside_marks_is_noticed() {
        assert!(scan(b"10 10 50 50 re f").unmarked);
        assert!(!scan(b"/Artifact BMC 10 10 50 50 re f EMC").unmarked);
        assert!(
            !scan(b"/P <</MCID 0>> BDC /Span <</Lang(cy)>> BDC 1 0 0 rg 1 1 5 5 re f EMC EMC")
                .unmarked
        );
        assert!(scan(b"/Span <</Lang(cy)>> BDC 1 1 5 5 re f EMC").unmarked);
        for (within, nested) in [
            ("/P <</MCID 0>> BDC /Artifact BMC EMC EMC", true),
            (
                "/Artifact BMC /Span <<>> BDC /P <</MCID 0>> BDC EMC EMC EMC",
                true,
            ),
            (
                "/P <</MCID 0>> BDC /Span <</Lang(cy)>> BDC EMC EMC /Artifact BMC EMC",
                false,
            ),
            ("/Artifact BMC /Artifact BMC EMC EMC", false),
        ] {
            assert_eq!(scan(within.as_bytes()).nested, nested, "{within}");
        }
    }
}
