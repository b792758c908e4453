//! The interpreter: operations in, marks out.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::color::Space;
use super::font::Font;
use super::layers::Layers;
use super::mark::{
    Glyph, ImageMark, Ink, Mark, MarkKind, Opacity, PageContent, Part, PathMark, Place, StreamUse,
    Tag, TextRun,
};
use super::state::{Paint, State};
use super::token::{Operation, Tokens};
use crate::pdf::geometry::{Matrix, Point, Rect};
use crate::pdf::object::{
    as_dict, decoded, get, get_bool, get_dict, get_int, get_name, get_number, get_numbers,
    get_text, number, resolve, target,
};
use crate::pdf::page::{Page, rect};

/// Operations on one page, and in one document.
const MOST_OPERATIONS: (usize, usize) = (1_500_000, 20_000_000);
/// Glyphs on one page, and in one document.
const MOST_GLYPHS: (usize, usize) = (400_000, 15_000_000);
/// Bytes of content streams read for one page, and for one document.
const MOST_BYTES: (usize, usize) = (192 << 20, 2 << 30);
/// Marks on one page.
const MOST_MARKS: usize = 500_000;
/// How deep form XObjects may nest.
const DEEPEST_FORM: usize = 12;
/// How deep `q` may nest.
const DEEPEST_STATE: usize = 512;
/// How deep marked content may nest.
const DEEPEST_TAG: usize = 512;
/// Pieces of one path that are told apart; beyond, only its bounds count.
const MOST_PARTS: usize = 2_000;

/// Reads pages of one document. Keeps the fonts that it has met, and what is left of the time and
/// memory that a document may take.
#[derive(Debug)]
pub struct Reader<'a> {
    doc: &'a Document,
    layers: Layers,
    fonts: HashMap<usize, Arc<Font>>,
    operations: usize,
    glyphs: usize,
    bytes: usize,
}

impl<'a> Reader<'a> {
    /// A reader of `doc`.
    pub fn new(doc: &'a Document) -> Self {
        Self {
            doc,
            layers: Layers::read(doc),
            fonts: HashMap::new(),
            operations: MOST_OPERATIONS.1,
            glyphs: MOST_GLYPHS.1,
            bytes: MOST_BYTES.1,
        }
    }

    /// What a page paints, annotations left aside.
    pub fn page(&mut self, page: &Page<'a>) -> PageContent {
        let content = page_bytes(self.doc, page.dict, self.bytes.min(MOST_BYTES.0));
        let state = State::new(Matrix::IDENTITY, Rect::EVERYWHERE);
        self.run(&content, page.resources, state)
    }

    /// What the normal appearance of an annotation paints on its page; nothing where it has none
    /// or is hidden.
    pub fn annotation(&mut self, page: &Page<'a>, annotation: &'a Dictionary) -> PageContent {
        let doc = self.doc;
        let Some((id, form)) = appearance(doc, annotation) else {
            return PageContent::default();
        };
        let Some(place) = annotation
            .get(b"Rect")
            .ok()
            .and_then(|object| rect(doc, object))
        else {
            return PageContent::default();
        };
        let inner =
            get_numbers::<6>(doc, &form.dict, b"Matrix").map_or(Matrix::IDENTITY, Matrix::new);
        let bbox = form
            .dict
            .get(b"BBox")
            .ok()
            .and_then(|object| rect(doc, object))
            .unwrap_or(place);
        let seen = inner.quad(&bbox).bounds();
        if seen.is_empty() {
            return PageContent::default();
        }
        let (sx, sy) = (place.width() / seen.width(), place.height() / seen.height());
        let fit = Matrix::new([
            sx,
            0.0,
            0.0,
            sy,
            place.x0 - seen.x0 * sx,
            place.y0 - seen.y0 * sy,
        ]);
        let mut state = State::new(fit, Rect::EVERYWHERE);
        let mut run = Run::new(self);
        run.out.streams.push(StreamUse {
            form: None,
            used_by: None,
        });
        let around = Around {
            tag: None,
            stream: 0,
            range: 0..0,
        };
        run.form(id, form, page.resources, &mut state, &around, 0);
        run.finish()
    }

    fn run(
        &mut self,
        content: &[u8],
        resources: Option<&'a Dictionary>,
        state: State,
    ) -> PageContent {
        let mut run = Run::new(self);
        run.out.streams.push(StreamUse {
            form: None,
            used_by: None,
        });
        run.bytes = run.bytes.saturating_sub(content.len());
        run.stream(content, resources, state, 0, 0, None);
        run.finish()
    }
}

/// The bytes of a page's content, its streams joined by line ends; cut at `limit`.
pub(crate) fn page_bytes(doc: &Document, page: &Dictionary, limit: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut take = |object: &Object| {
        if let Object::Stream(stream) = resolve(doc, object)
            && bytes.len() < limit
            && let Some(content) = decoded(stream, limit - bytes.len())
        {
            if !bytes.is_empty() {
                bytes.push(b'\n');
            }
            bytes.extend(content);
        }
    };
    match page
        .get(b"Contents")
        .map(|object| (object, resolve(doc, object)))
    {
        Ok((_, Object::Array(parts))) => parts.iter().take(20_000).for_each(take),
        Ok((object, _)) => take(object),
        Err(_) => {}
    }
    bytes
}

/// The stream of an annotation's normal appearance.
pub(crate) fn appearance<'a>(
    doc: &'a Document,
    annotation: &'a Dictionary,
) -> Option<(Option<ObjectId>, &'a Stream)> {
    let normal = get_dict(doc, annotation, b"AP")?.get(b"N").ok()?;
    match resolve(doc, normal) {
        Object::Stream(stream) => Some((target(doc, normal), stream)),
        Object::Dictionary(states) => {
            let state = states.get(get_name(doc, annotation, b"AS")?).ok()?;
            match resolve(doc, state) {
                Object::Stream(stream) => Some((target(doc, state), stream)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A subpath in user space of the page.
#[derive(Debug, Default)]
struct Subpath {
    points: Vec<Point>,
    curved: bool,
    closed: bool,
}

/// The text and line matrices.
#[derive(Clone, Copy)]
struct TextPlace {
    matrix: Matrix,
    line: Matrix,
}

/// One page in the making.
struct Run<'r, 'a> {
    reader: &'r mut Reader<'a>,
    out: PageContent,
    operations: usize,
    glyphs: usize,
    bytes: usize,
    open_forms: Vec<ObjectId>,
}

impl<'r, 'a> Run<'r, 'a> {
    fn new(reader: &'r mut Reader<'a>) -> Self {
        let (operations, glyphs, bytes) = (
            reader.operations.min(MOST_OPERATIONS.0),
            reader.glyphs.min(MOST_GLYPHS.0),
            reader.bytes.min(MOST_BYTES.0),
        );
        reader.operations -= operations;
        reader.glyphs -= glyphs;
        reader.bytes -= bytes;
        Self {
            reader,
            out: PageContent::default(),
            operations,
            glyphs,
            bytes,
            open_forms: Vec::new(),
        }
    }

    fn finish(self) -> PageContent {
        self.reader.operations += self.operations;
        self.reader.glyphs += self.glyphs;
        self.reader.bytes += self.bytes;
        self.out
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each operator")]
    fn stream(
        &mut self,
        content: &[u8],
        resources: Option<&'a Dictionary>,
        mut state: State,
        index: usize,
        depth: usize,
        outer_tag: Option<u32>,
    ) {
        let mut tag = outer_tag;
        let mut tag_depth = 0_usize;
        let mut skipped_tags = 0_usize;
        let mut saved: Vec<State> = Vec::new();
        let mut skipped_saves = 0_usize;
        let mut path: Vec<Subpath> = Vec::new();
        let mut clip_next = false;
        let mut place = TextPlace {
            matrix: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
        };
        for operation in Tokens::new(content) {
            if self.operations == 0 || self.out.marks.len() >= MOST_MARKS {
                self.out.truncated = true;
                return;
            }
            self.operations -= 1;
            let args = Args(&operation.operands);
            match operation.operator.as_slice() {
                b"q" => {
                    if saved.len() < DEEPEST_STATE {
                        saved.push(state.clone());
                    } else {
                        skipped_saves += 1;
                    }
                }
                b"Q" => {
                    if skipped_saves > 0 {
                        skipped_saves -= 1;
                    } else if let Some(before) = saved.pop() {
                        state = before;
                    }
                }
                b"cm" => {
                    if let Some(matrix) = args.matrix() {
                        state.ctm = matrix.then(&state.ctm);
                    }
                }
                b"w" => state.line_width = args.number(0).abs(),
                b"gs" => self.graphics_state(&args, resources, &mut state),

                b"m" => {
                    let point = state.ctm.apply(args.number(0), args.number(1));
                    path.push(Subpath {
                        points: vec![point],
                        ..Subpath::default()
                    });
                }
                b"l" => {
                    let point = state.ctm.apply(args.number(0), args.number(1));
                    match path.last_mut() {
                        Some(last) => last.points.push(point),
                        None => path.push(Subpath {
                            points: vec![point],
                            ..Subpath::default()
                        }),
                    }
                }
                b"c" | b"v" | b"y" => {
                    if path.is_empty() {
                        path.push(Subpath::default());
                    }
                    if let Some(last) = path.last_mut() {
                        last.curved = true;
                        for pair in operation.operands.chunks_exact(2) {
                            let value = |object: &Object| number(object).unwrap_or(0.0);
                            last.points
                                .push(state.ctm.apply(value(&pair[0]), value(&pair[1])));
                        }
                    }
                }
                b"h" => {
                    if let Some(last) = path.last_mut() {
                        last.closed = true;
                    }
                }
                b"re" => {
                    let (x, y) = (args.number(0), args.number(1));
                    let corner = Rect {
                        x0: x,
                        y0: y,
                        x1: x + args.number(2),
                        y1: y + args.number(3),
                    };
                    path.push(Subpath {
                        points: state.ctm.quad(&corner).0.to_vec(),
                        curved: false,
                        closed: true,
                    });
                }
                b"W" | b"W*" => clip_next = true,
                operator @ (b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*"
                | b"n") => {
                    if matches!(operator, b"s" | b"b" | b"b*")
                        && let Some(last) = path.last_mut()
                    {
                        last.closed = true;
                    }
                    let fills =
                        matches!(operator, b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*");
                    let strokes = matches!(operator, b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*");
                    if fills || strokes {
                        let around = Around {
                            tag,
                            stream: index,
                            range: operation.range.clone(),
                        };
                        self.path(&path, &state, fills, strokes, around);
                    }
                    if clip_next {
                        let bounds = path
                            .iter()
                            .flat_map(|subpath| &subpath.points)
                            .fold(Rect::NOWHERE, |rect, point| {
                                rect.union(&Rect::between(*point, *point))
                            });
                        state.clip = state.clip.intersect(&bounds);
                    }
                    clip_next = false;
                    path.clear();
                }

                b"g" => set_color(&mut state.fill, Space::Gray, &args),
                b"G" => set_color(&mut state.stroke, Space::Gray, &args),
                b"rg" => set_color(&mut state.fill, Space::Rgb, &args),
                b"RG" => set_color(&mut state.stroke, Space::Rgb, &args),
                b"k" => set_color(&mut state.fill, Space::Cmyk, &args),
                b"K" => set_color(&mut state.stroke, Space::Cmyk, &args),
                b"cs" | b"CS" => {
                    if let Some(name) = operation.operands.first() {
                        let space = Space::read(self.reader.doc, name, resources);
                        let paint = if operation.operator == b"cs" {
                            &mut state.fill
                        } else {
                            &mut state.stroke
                        };
                        paint.color = space.initial();
                        paint.space = Arc::new(space);
                    }
                }
                b"sc" | b"scn" => choose_color(&mut state.fill, &args),
                b"SC" | b"SCN" => choose_color(&mut state.stroke, &args),

                b"BT" => {
                    place = TextPlace {
                        matrix: Matrix::IDENTITY,
                        line: Matrix::IDENTITY,
                    };
                }
                b"Tf" => {
                    state.text.size = args.number(1);
                    if let Some(Object::Name(name)) = operation.operands.first() {
                        state.text.font = self.font(name, resources);
                    }
                }
                b"Tc" => state.text.char_space = args.number(0),
                b"Tw" => state.text.word_space = args.number(0),
                b"Tz" => state.text.scale = args.number(0) / 100.0,
                b"TL" => state.text.leading = args.number(0),
                b"Ts" => state.text.rise = args.number(0),
                b"Tr" => state.text.mode = args.number(0).clamp(0.0, 7.0) as u8,
                b"Td" => place.next_line(args.number(0), args.number(1)),
                b"TD" => {
                    state.text.leading = -args.number(1);
                    place.next_line(args.number(0), args.number(1));
                }
                b"Tm" => {
                    if let Some(matrix) = args.matrix() {
                        place = TextPlace {
                            matrix,
                            line: matrix,
                        };
                    }
                }
                b"T*" => place.next_line(0.0, -state.text.leading),
                operator @ (b"Tj" | b"TJ" | b"'" | b"\"") => {
                    if operator == b"\"" {
                        state.text.word_space = args.number(0);
                        state.text.char_space = args.number(1);
                    }
                    if matches!(operator, b"'" | b"\"") {
                        place.next_line(0.0, -state.text.leading);
                    }
                    let around = Around {
                        tag,
                        stream: index,
                        range: operation.range.clone(),
                    };
                    if let Some(shown) = operation.operands.last() {
                        self.text(shown, &state, &mut place.matrix, around);
                    }
                }

                b"Do" => {
                    if let Some(Object::Name(name)) = operation.operands.first() {
                        let around = Around {
                            tag,
                            stream: index,
                            range: operation.range.clone(),
                        };
                        self.xobject(name, resources, &state, around, depth);
                    }
                }
                b"BI" => {
                    let around = Around {
                        tag,
                        stream: index,
                        range: operation.range.clone(),
                    };
                    if let Some(Object::Dictionary(dict)) = operation.operands.first() {
                        self.image(None, dict, &state, around);
                    }
                }
                b"sh" => {
                    let ink = Ink {
                        color: None,
                        ..state.fill_ink()
                    };
                    let bounds = state.clip;
                    let around = Around {
                        tag,
                        stream: index,
                        range: operation.range.clone(),
                    };
                    self.mark(MarkKind::Shading(ink), bounds, state.clip, around);
                }

                b"BMC" | b"BDC" => {
                    if tag_depth < DEEPEST_TAG {
                        let opened = self.open_tag(&operation, resources, tag, index);
                        tag_depth += 1;
                        tag = Some(opened);
                    } else {
                        skipped_tags += 1;
                    }
                }
                b"EMC" => {
                    if skipped_tags > 0 {
                        skipped_tags -= 1;
                    } else if tag_depth > 0 {
                        tag_depth -= 1;
                        tag = tag
                            .and_then(|tag| self.out.tags.get(tag as usize))
                            .and_then(|tag| tag.parent);
                    } else {
                        tag = outer_tag;
                    }
                }
                _ => {}
            }
        }
    }

    fn mark(&mut self, kind: MarkKind, bounds: Rect, clip: Rect, around: Around) {
        self.out.marks.push(Mark {
            kind,
            bounds,
            clip,
            tag: around.tag,
            place: Place {
                stream: around.stream,
                range: around.range,
            },
        });
    }

    fn font(&mut self, name: &[u8], resources: Option<&'a Dictionary>) -> Option<Arc<Font>> {
        let doc = self.reader.doc;
        let fonts = get_dict(doc, resources?, b"Font")?;
        let dict = as_dict(get(doc, fonts, name)?)?;
        // the document does not move while it is read, so the place of a dictionary names it
        let key = std::ptr::from_ref(dict) as usize;
        Some(Arc::clone(
            self.reader
                .fonts
                .entry(key)
                .or_insert_with(|| Arc::new(Font::read(doc, dict))),
        ))
    }

    fn graphics_state(
        &mut self,
        args: &Args<'_>,
        resources: Option<&'a Dictionary>,
        state: &mut State,
    ) {
        let doc = self.reader.doc;
        let (Some(Object::Name(name)), Some(resources)) = (args.0.first(), resources) else {
            return;
        };
        let Some(settings) =
            get_dict(doc, resources, b"ExtGState").and_then(|all| get_dict(doc, all, name))
        else {
            return;
        };
        if let Some(alpha) = get_number(doc, settings, b"ca") {
            state.fill.alpha = alpha.clamp(0.0, 1.0) as f32;
        }
        if let Some(alpha) = get_number(doc, settings, b"CA") {
            state.stroke.alpha = alpha.clamp(0.0, 1.0) as f32;
        }
        if let Some(width) = get_number(doc, settings, b"LW") {
            state.line_width = width.abs();
        }
        match get(doc, settings, b"BM") {
            Some(Object::Name(mode)) => state.normal_blend = is_normal(mode),
            Some(Object::Array(modes)) => {
                state.normal_blend = matches!(modes.first().map(|m| resolve(doc, m)), Some(Object::Name(mode)) if is_normal(mode));
            }
            _ => {}
        }
        match get(doc, settings, b"SMask") {
            Some(Object::Name(_)) => state.soft_mask = false,
            Some(Object::Dictionary(_)) => state.soft_mask = true,
            _ => {}
        }
        if let Some([font, size]) = get(doc, settings, b"Font").and_then(|font| match font {
            Object::Array(pair) => pair.first_chunk::<2>(),
            _ => None,
        }) {
            if let Some(dict) = as_dict(resolve(doc, font)) {
                state.text.font = Some(Arc::new(Font::read(doc, dict)));
            }
            state.text.size = number(resolve(doc, size)).unwrap_or(state.text.size);
        }
    }

    fn path(
        &mut self,
        path: &[Subpath],
        state: &State,
        fills: bool,
        strokes: bool,
        around: Around,
    ) {
        let mut bounds = Rect::NOWHERE;
        let mut fill_parts = Vec::new();
        let mut stroke_parts = Vec::new();
        let half = state.line_width * state.ctm.vertical_scale() / 2.0;
        for subpath in path {
            let around = subpath.points.iter().fold(Rect::NOWHERE, |rect, point| {
                rect.union(&Rect::between(*point, *point))
            });
            if subpath.points.is_empty() {
                continue;
            }
            bounds = bounds.union(&around);
            if fills && fill_parts.len() < MOST_PARTS {
                fill_parts.push(Part {
                    rect: around,
                    exact: is_rectangle(subpath, &around),
                });
            }
            if strokes {
                let mut points = subpath.points.clone();
                if subpath.closed {
                    points.extend(subpath.points.first());
                }
                for pair in points.windows(2) {
                    if stroke_parts.len() >= MOST_PARTS {
                        break;
                    }
                    let segment = Rect::between(pair[0], pair[1]);
                    let straight = segment.width() < 0.5 || segment.height() < 0.5;
                    let rect = if segment.width() < 0.5 {
                        Rect {
                            x0: segment.x0 - half,
                            x1: segment.x1 + half,
                            ..segment
                        }
                    } else {
                        Rect {
                            y0: segment.y0 - half,
                            y1: segment.y1 + half,
                            ..segment
                        }
                    };
                    stroke_parts.push(Part {
                        rect,
                        exact: straight && !subpath.curved,
                    });
                }
            }
        }
        if bounds.x0 > bounds.x1 {
            return;
        }
        let bounds = if strokes { bounds.grow(half) } else { bounds };
        let kind = MarkKind::Path(PathMark {
            fill: fills.then(|| state.fill_ink()),
            stroke: strokes.then(|| state.stroke_ink()),
            fill_parts,
            stroke_parts,
            matrix: state.ctm,
        });
        self.mark(kind, bounds, state.clip, around);
    }

    fn text(&mut self, shown: &Object, state: &State, matrix: &mut Matrix, around: Around) {
        let font = state
            .text
            .font
            .clone()
            .unwrap_or_else(|| Arc::new(Font::missing()));
        let single = std::slice::from_ref(shown);
        let elements = match shown {
            Object::Array(items) => items.as_slice(),
            _ => single,
        };
        let text = &state.text;
        let vertical = font.vertical();
        let mut run_text = String::new();
        let mut glyphs = Vec::new();
        let mut bounds = Rect::NOWHERE;
        for (element, object) in elements.iter().enumerate() {
            let bytes = match object {
                Object::String(bytes, _) => bytes.as_slice(),
                other => {
                    if let Some(value) = number(other) {
                        let shift = -value / 1000.0 * text.size;
                        *matrix = if vertical {
                            Matrix::translate(0.0, shift).then(matrix)
                        } else {
                            Matrix::translate(shift * text.scale, 0.0).then(matrix)
                        };
                    }
                    continue;
                }
            };
            let mut at = 0;
            while at < bytes.len() {
                if self.glyphs == 0 {
                    self.out.truncated = true;
                    break;
                }
                self.glyphs -= 1;
                let code = font.next_code(&bytes[at..]);
                let end = (at + code.len).min(bytes.len());
                let mut extra = text.char_space;
                if code.len == 1 && bytes[at] == b' ' {
                    extra += text.word_space;
                }
                let space =
                    Matrix::new([text.size * text.scale, 0.0, 0.0, text.size, 0.0, text.rise])
                        .then(matrix)
                        .then(&state.ctm);
                let rect = if vertical {
                    Rect {
                        x0: -0.5,
                        y0: -1.0,
                        x1: 0.5,
                        y1: 0.0,
                    }
                } else {
                    Rect {
                        x0: 0.0,
                        y0: font.descent,
                        x1: code.width,
                        y1: font.ascent,
                    }
                };
                let quad = space.quad(&rect);
                bounds = bounds.union(&quad.bounds());
                let start = run_text.len();
                font.push_text(code.code, &mut run_text);
                let advance = if vertical { -1.0 } else { code.width };
                let moved = advance * text.size + extra;
                glyphs.push(Glyph {
                    text: start as u32..run_text.len() as u32,
                    quad,
                    element: element as u32,
                    code: at as u32..end as u32,
                    advance: if text.size == 0.0 {
                        0.0
                    } else {
                        moved / text.size * 1000.0
                    },
                });
                *matrix = if vertical {
                    Matrix::translate(0.0, moved).then(matrix)
                } else {
                    Matrix::translate(moved * text.scale, 0.0).then(matrix)
                };
                at = end;
            }
        }
        if glyphs.is_empty() {
            return;
        }
        let size = text.size.abs() * matrix.then(&state.ctm).vertical_scale();
        let fills = matches!(text.mode, 0 | 2 | 4 | 6);
        let strokes = matches!(text.mode, 1 | 2 | 5 | 6);
        let kind = MarkKind::Text(TextRun {
            font,
            size: if size.is_finite() { size } else { 0.0 },
            text: run_text,
            glyphs,
            mode: text.mode,
            fill: fills.then(|| state.fill_ink()),
            stroke: strokes.then(|| state.stroke_ink()),
            spacing: if text.size == 0.0 {
                0.0
            } else {
                text.char_space / text.size.abs()
            },
        });
        self.mark(kind, bounds, state.clip, around);
    }

    fn xobject(
        &mut self,
        name: &[u8],
        resources: Option<&'a Dictionary>,
        state: &State,
        around: Around,
        depth: usize,
    ) {
        let doc = self.reader.doc;
        let Some(objects) = resources.and_then(|r| get_dict(doc, r, b"XObject")) else {
            return;
        };
        let Ok(entry) = objects.get(name) else { return };
        let id = target(doc, entry);
        let Object::Stream(stream) = resolve(doc, entry) else {
            return;
        };
        match get_name(doc, &stream.dict, b"Subtype") {
            Some(b"Image") => self.image(id, &stream.dict, state, around),
            Some(b"Form") | None => {
                let mut state = state.clone();
                let mut around = around;
                if let Ok(layer) = stream.dict.get(b"OC")
                    && self.reader.layers.hides(doc, layer)
                {
                    around.tag = Some(self.hidden_tag(&around));
                }
                if get_dict(doc, &stream.dict, b"Group").is_some() {
                    state.group_alpha *= state.fill.alpha;
                    state.group_normal &= state.normal_blend && !state.soft_mask;
                    state.fill.alpha = 1.0;
                    state.stroke.alpha = 1.0;
                    state.normal_blend = true;
                    state.soft_mask = false;
                }
                self.form(id, stream, resources, &mut state, &around, depth);
            }
            _ => {}
        }
    }

    /// A tag of our own around what a layer hides.
    fn hidden_tag(&mut self, around: &Around) -> u32 {
        self.out.tags.push(Tag {
            name: b"OC".to_vec(),
            parent: around.tag,
            stream: around.stream,
            range: around.range.clone(),
            hidden: true,
            ..Tag::default()
        });
        u32::try_from(self.out.tags.len() - 1).unwrap_or(u32::MAX)
    }

    fn form(
        &mut self,
        id: Option<ObjectId>,
        stream: &'a Stream,
        resources: Option<&'a Dictionary>,
        state: &mut State,
        around: &Around,
        depth: usize,
    ) {
        let doc = self.reader.doc;
        if depth >= DEEPEST_FORM || id.is_some_and(|id| self.open_forms.contains(&id)) {
            return;
        }
        let Some(content) = decoded(stream, self.bytes.max(1)) else {
            self.out.truncated |= self.bytes < 1 << 20;
            return;
        };
        if content.len() >= self.bytes {
            self.out.truncated = true;
            return;
        }
        self.bytes -= content.len();
        if let Some(matrix) = get_numbers::<6>(doc, &stream.dict, b"Matrix") {
            state.ctm = Matrix::new(matrix).then(&state.ctm);
        }
        if let Some(bbox) = stream.dict.get(b"BBox").ok().and_then(|o| rect(doc, o)) {
            state.clip = state.clip.intersect(&state.ctm.quad(&bbox).bounds());
        }
        let index = self.out.streams.len();
        self.out.streams.push(StreamUse {
            form: id,
            used_by: Some((around.stream, around.range.clone())),
        });
        let own = get_dict(doc, &stream.dict, b"Resources").or(resources);
        self.open_forms.extend(id);
        self.stream(&content, own, state.clone(), index, depth + 1, around.tag);
        if id.is_some() {
            self.open_forms.pop();
        }
    }

    fn image(&mut self, id: Option<ObjectId>, dict: &Dictionary, state: &State, around: Around) {
        let doc = self.reader.doc;
        let unit = Rect {
            x0: 0.0,
            y0: 0.0,
            x1: 1.0,
            y1: 1.0,
        };
        let quad = state.ctm.quad(&unit);
        let side = |key: &[u8]| {
            get_int(doc, dict, key)
                .and_then(|value| u32::try_from(value).ok())
                .unwrap_or(0)
        };
        let stencil = get_bool(doc, dict, b"ImageMask") == Some(true);
        let opacity = if stencil {
            Opacity::Stencil
        } else if get(doc, dict, b"SMask").is_some_and(|mask| matches!(mask, Object::Stream(_)))
            || get(doc, dict, b"Mask").is_some()
            || get_int(doc, dict, b"SMaskInData").unwrap_or(0) > 0
        {
            Opacity::Masked
        } else {
            Opacity::Whole
        };
        let ink = state.fill_ink();
        let hidden = dict
            .get(b"OC")
            .is_ok_and(|layer| self.reader.layers.hides(doc, layer));
        let mut around = around;
        if hidden {
            around.tag = Some(self.hidden_tag(&around));
        }
        let kind = MarkKind::Image(ImageMark {
            id,
            quad,
            pixels: (side(b"Width"), side(b"Height")),
            bits: u8::try_from(side(b"BitsPerComponent")).unwrap_or(0),
            opacity,
            ink: Ink {
                color: if stencil { ink.color } else { None },
                ..ink
            },
        });
        self.mark(kind, quad.bounds(), state.clip, around);
    }

    fn open_tag(
        &mut self,
        operation: &Operation,
        resources: Option<&'a Dictionary>,
        parent: Option<u32>,
        stream: usize,
    ) -> u32 {
        let doc = self.reader.doc;
        let mut tag = Tag {
            parent,
            stream,
            range: operation.range.clone(),
            ..Tag::default()
        };
        if let Some(Object::Name(name)) = operation.operands.first() {
            tag.name.clone_from(name);
            tag.artifact = name == b"Artifact";
        }
        let properties = operation.operands.get(1);
        let listed = match properties {
            Some(Object::Name(name)) => resources
                .and_then(|r| get_dict(doc, r, b"Properties"))
                .and_then(|all| all.get(name).ok()),
            other => other,
        };
        if let Some(object) = listed {
            if tag.name == b"OC" {
                tag.hidden = self.reader.layers.hides(doc, object);
            }
            if let Some(dict) = as_dict(resolve(doc, object)) {
                tag.mcid = get_int(doc, dict, b"MCID").filter(|&mcid| mcid >= 0);
                tag.actual_text = actual_text(doc, dict);
                tag.alt = get_text(doc, dict, b"Alt");
                tag.expansion = get_text(doc, dict, b"E");
                tag.lang = get_text(doc, dict, b"Lang");
            }
        }
        self.out.tags.push(tag);
        u32::try_from(self.out.tags.len() - 1).unwrap_or(u32::MAX)
    }
}

/// The replacement text, which may be empty or a single space and still count.
pub(crate) fn actual_text(doc: &Document, dict: &Dictionary) -> Option<String> {
    crate::pdf::object::text(get(doc, dict, b"ActualText")?)
}

/// Where a mark is made and under which tag.
struct Around {
    tag: Option<u32>,
    stream: usize,
    range: Range<usize>,
}

/// The operands of an operation.
struct Args<'o>(&'o [Object]);

impl Args<'_> {
    /// The number at `index`; 0 where there is none.
    fn number(&self, index: usize) -> f64 {
        self.0.get(index).and_then(number).unwrap_or(0.0)
    }

    fn matrix(&self) -> Option<Matrix> {
        let mut values = [0.0; 6];
        if self.0.len() < 6 {
            return None;
        }
        for (value, object) in values.iter_mut().zip(self.0) {
            *value = number(object)?;
        }
        Some(Matrix::new(values))
    }

    fn numbers(&self) -> Vec<f64> {
        self.0.iter().take(32).filter_map(number).collect()
    }
}

impl TextPlace {
    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::translate(x, y).then(&self.line);
        self.matrix = self.line;
    }
}

fn is_normal(mode: &[u8]) -> bool {
    matches!(mode, b"Normal" | b"Compatible")
}

fn set_color(paint: &mut Paint, space: Space, args: &Args<'_>) {
    paint.color = space.rgb(&args.numbers());
    paint.space = Arc::new(space);
}

fn choose_color(paint: &mut Paint, args: &Args<'_>) {
    paint.color = if matches!(args.0.last(), Some(Object::Name(_))) {
        None
    } else {
        paint.space.rgb(&args.numbers())
    };
}

/// Whether the subpath is the rectangle around it, or fills nearly all of it, as one with rounded
/// corners does.
fn is_rectangle(subpath: &Subpath, around: &Rect) -> bool {
    let points = &subpath.points;
    if points.len() > 64 || points.len() < 3 {
        return false;
    }
    let twice: f64 = (0..points.len())
        .map(|index| {
            let (a, b) = (points[index], points[(index + 1) % points.len()]);
            a.x * b.y - b.x * a.y
        })
        .sum();
    let area = around.area();
    area > 0.0 && twice.abs() / 2.0 / area > if subpath.curved { 0.93 } else { 0.97 }
}
