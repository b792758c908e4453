//! The operators of a content stream, one after the other.

use std::sync::Arc;

use lopdf::Object;

use super::path::Path;
use super::{Around, DEEPEST_STATE, DEEPEST_TAG, MOST_MARKS, Run};
use crate::pdf::content::color::Space;
use crate::pdf::content::font::Font;
use crate::pdf::content::mark::{Balance, Ink, MarkKind};
use crate::pdf::content::operand::{Operand, wanted};
use crate::pdf::content::state::{Paint, State};
use crate::pdf::content::token::Tokens;
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::object::{as_dict, get, get_number, number, resolve};
use crate::pdf::scope::Scope;

/// The text and line matrices.
#[derive(Clone, Copy)]
struct TextPlace {
    matrix: Matrix,
    line: Matrix,
}

impl TextPlace {
    fn next_line(&mut self, x: f64, y: f64) {
        self.line = self.line.moved(x, y);
        self.matrix = self.line;
    }
}

impl<'a> Run<'_, 'a> {
    #[expect(clippy::too_many_lines, reason = "one arm for each operator")]
    pub(super) fn stream(
        &mut self,
        content: &[u8],
        resources: &Scope<'_, 'a>,
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
        let mut path = Path::default();
        let mut clip_next = false;
        let (mut in_text, mut unopened_states) = (false, 0);
        // The rectangle around letters that clip when their text object ends, and the first mark of them.
        let (mut clip_by_text, mut clip_from): (Option<Rect>, usize) = (None, 0);
        let mut place = TextPlace {
            matrix: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
        };
        let mut tokens = Tokens::new(content);
        while let Some(operation) = tokens.next() {
            if self.operations == 0 || self.out.marks.len() >= MOST_MARKS {
                self.out.truncated = true;
                break;
            }
            self.operations -= 1;
            self.out.operators += 1;
            let wanted = wanted(operation.operator).unwrap_or(operation.operands.len());
            // Damaged content may have too few operands, or more before those that are meant.
            let extra = operation.operands.len().checked_sub(wanted);
            self.out.senseless += usize::from(extra.is_none());
            let args = Args(&operation.operands[extra.unwrap_or(0)..]);
            let around = Around {
                tag,
                stream: index,
                range: operation.range.clone(),
            };
            match operation.operator {
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
                    } else {
                        unopened_states += 1;
                    }
                }
                b"cm" => {
                    if let Some(matrix) = args.matrix() {
                        state.ctm = matrix.then(&state.ctm);
                    }
                }
                b"w" => state.line_width = args.number(0).abs(),
                b"gs" => self.graphics_state(&args, resources, &mut state, depth),

                b"m" => path.move_to(state.ctm.apply(args.number(0), args.number(1))),
                b"l" => path.line_to(state.ctm.apply(args.number(0), args.number(1))),
                b"c" | b"v" | b"y" => {
                    let points = args.0.chunks_exact(2);
                    let value = |operand: &Operand<'_>| operand.number().unwrap_or(0.0);
                    path.curve_through(
                        points.map(|pair| state.ctm.apply(value(&pair[0]), value(&pair[1]))),
                    );
                }
                b"h" => path.close(),
                b"re" => {
                    let (x, y) = (args.number(0), args.number(1));
                    let corners = Rect {
                        x0: x,
                        y0: y,
                        x1: x + args.number(2),
                        y1: y + args.number(3),
                    };
                    path.rectangle(state.ctm.quad(&corners));
                }
                b"W" | b"W*" => clip_next = true,
                operator @ (b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*"
                | b"n") => {
                    if matches!(operator, b"s" | b"b" | b"b*") {
                        path.close();
                    }
                    let fills =
                        matches!(operator, b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*");
                    let strokes = matches!(operator, b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*");
                    if fills || strokes {
                        self.path(&path, &state, fills, strokes, around);
                    }
                    if clip_next {
                        state.clip = state.clip.intersect(&path.bounds());
                        state.clip_whole &= path.is_rectangle();
                    }
                    clip_next = false;
                    path = Path::default();
                }

                b"g" => set_color(&mut state.fill, Space::Gray, &args),
                b"G" => set_color(&mut state.stroke, Space::Gray, &args),
                b"rg" => set_color(&mut state.fill, Space::Rgb, &args),
                b"RG" => set_color(&mut state.stroke, Space::Rgb, &args),
                b"k" => set_color(&mut state.fill, Space::Cmyk, &args),
                b"K" => set_color(&mut state.stroke, Space::Cmyk, &args),
                b"cs" | b"CS" => {
                    if let Some(name) = args.0.first() {
                        let doc = self.reader.doc;
                        let listed = name.name().and_then(|name| {
                            self.call(b"ColorSpace", name, resources, depth);
                            resources.with(doc, b"ColorSpace", name)
                        });
                        let space = Space::read(doc, &name.to_object(), listed);
                        let paint = if operation.operator == b"cs" {
                            &mut state.fill
                        } else {
                            &mut state.stroke
                        };
                        paint.color = space.initial();
                        paint.space = Arc::new(space);
                    }
                }
                b"sc" | b"scn" | b"SC" | b"SCN" => {
                    if let Some(Operand::Name(name)) = operation.operands.last() {
                        self.call(b"Pattern", name, resources, depth);
                    }
                    let is_fill = operation.operator.starts_with(b"s");
                    let paint = if is_fill {
                        &mut state.fill
                    } else {
                        &mut state.stroke
                    };
                    choose_color(paint, &args);
                }

                b"ET" => {
                    in_text = false;
                    if let Some(letters) = clip_by_text.take() {
                        state.clip = state.clip.intersect(&letters);
                        state.clip_whole = false;
                        state.clip_letters = Some(clip_from..self.out.marks.len());
                    }
                }
                b"BT" => {
                    in_text = true;
                    place = TextPlace {
                        matrix: Matrix::IDENTITY,
                        line: Matrix::IDENTITY,
                    };
                }
                b"Tf" => {
                    state.text.size = args.number(1);
                    if let Some(Operand::Name(name)) = args.0.first() {
                        state.text.font = self.font(name, resources, depth);
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
                    if let Some(shown) = operation.operands.last() {
                        let letters = self.text(shown, &state, &mut place.matrix, around);
                        if state.text.mode >= 4 {
                            if clip_by_text.is_none() {
                                clip_from = self.out.marks.len().saturating_sub(1);
                            }
                            clip_by_text =
                                Some(clip_by_text.unwrap_or(Rect::NOWHERE).union(&letters));
                        }
                    }
                }

                b"Do" => {
                    if let Some(Operand::Name(name)) = args.0.first() {
                        self.xobject(name, resources, &state, around, depth);
                    }
                }
                b"BI" => {
                    if let Some(Operand::Dictionary(dict)) = operation.operands.first() {
                        self.image(None, dict, &state, around);
                    }
                }
                b"sh" => {
                    if let Some(Operand::Name(name)) = args.0.first() {
                        self.call(b"Shading", name, resources, depth);
                    }
                    let ink = Ink {
                        color: None,
                        ..state.fill_ink()
                    };
                    let bounds = state.clip;
                    self.mark(MarkKind::Shading(ink), bounds, &state, around);
                }

                b"BMC" | b"BDC" => {
                    if tag_depth < DEEPEST_TAG {
                        let opened = self.open_tag(args.0, &around, resources);
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
                b"j" | b"J" | b"M" | b"d" | b"ri" | b"i" | b"d0" | b"d1" | b"MP" | b"DP"
                | b"BX" | b"EX" => {}
                // A stream without an end has swallowed the objects after it. What it shows is before them.
                b"stream" | b"endstream" | b"obj" | b"endobj" | b"xref" | b"trailer"
                | b"startxref" => {}
                _ => self.out.senseless += 1,
            }
            tokens.give_back(operation);
        }
        if depth == 0 {
            self.out.balance = Balance {
                unclosed_states: saved.len() + skipped_saves,
                unopened_states,
                unclosed_marks: tag_depth + skipped_tags,
                open_text: in_text,
                open_path: !path.is_empty(),
                unclosed: tokens.unclosed(),
            };
        }
    }

    fn font(&mut self, name: &[u8], resources: &Scope<'_, 'a>, depth: usize) -> Option<Arc<Font>> {
        let doc = self.reader.doc;
        let (entry, _) = self.call(b"Font", name, resources, depth)?;
        let dict = as_dict(resolve(doc, entry))?;
        Some(self.reader.font(dict))
    }

    fn graphics_state(
        &mut self,
        args: &Args<'_>,
        resources: &Scope<'_, 'a>,
        state: &mut State,
        depth: usize,
    ) {
        let doc = self.reader.doc;
        let Some(Operand::Name(name)) = args.0.first() else {
            return;
        };
        let Some((entry, _)) = self.call(b"ExtGState", name, resources, depth) else {
            return;
        };
        let Object::Dictionary(settings) = resolve(doc, entry) else {
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
                state.text.font = Some(self.reader.font(dict));
            }
            state.text.size = number(resolve(doc, size)).unwrap_or(state.text.size);
        }
    }
}

/// The operands of an operation.
struct Args<'o>(&'o [Operand<'o>]);

impl Args<'_> {
    /// The number at `index`, or 0 if there is none.
    fn number(&self, index: usize) -> f64 {
        self.0.get(index).and_then(Operand::number).unwrap_or(0.0)
    }

    fn matrix(&self) -> Option<Matrix> {
        let mut values = [0.0; 6];
        if self.0.len() < 6 {
            return None;
        }
        for (value, operand) in values.iter_mut().zip(self.0) {
            *value = operand.number()?;
        }
        Some(Matrix::new(values))
    }

    fn numbers(&self) -> Vec<f64> {
        let operands = self.0.iter().take(32);
        operands.filter_map(Operand::number).collect()
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
    paint.color = if matches!(args.0.last(), Some(Operand::Name(_))) {
        None
    } else {
        paint.space.rgb(&args.numbers())
    };
}
