//! Reads strings that are shown in a font: the glyphs and their places.

use std::sync::{Arc, LazyLock};

use super::{Around, Run};
use crate::pdf::content::font::Font;
use crate::pdf::content::mark::{Glyph, MarkKind, TextRun};
use crate::pdf::content::operand::Operand;
use crate::pdf::content::state::State;
use crate::pdf::geometry::{Matrix, Rect};

/// What letters are in that are shown without a font.
static MISSING: LazyLock<Arc<Font>> = LazyLock::new(|| Arc::new(Font::missing()));

impl Run<'_, '_> {
    /// Adds the glyphs of one operator and returns the rectangle around them.
    pub(super) fn text(
        &mut self,
        shown: &Operand<'_>,
        state: &State,
        matrix: &mut Matrix,
        around: Around,
    ) -> Rect {
        let font = state
            .text
            .font
            .clone()
            .unwrap_or_else(|| Arc::clone(&MISSING));
        let single = std::slice::from_ref(shown);
        let elements = match shown {
            Operand::Array(items) => items.as_slice(),
            _ => single,
        };
        let text = &state.text;
        let vertical = font.vertical();
        // From glyphs to the page. Only the place changes from one glyph to the next.
        let space = Matrix::new([text.size * text.scale, 0.0, 0.0, text.size, 0.0, 0.0])
            .then(matrix)
            .then(&state.ctm);
        let mut run_text = String::new();
        let mut glyphs = Vec::new();
        let mut bounds = Rect::NOWHERE;
        for (element, operand) in elements.iter().enumerate() {
            let bytes: &[u8] = match operand {
                Operand::String(bytes) => bytes,
                other => {
                    if let Some(value) = other.number() {
                        let shift = -value / 1000.0 * text.size;
                        *matrix = if vertical {
                            matrix.moved(0.0, shift)
                        } else {
                            matrix.moved(shift * text.scale, 0.0)
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
                let origin = matrix.moved(0.0, text.rise);
                let space = Matrix {
                    e: origin.e * state.ctm.a + origin.f * state.ctm.c + state.ctm.e,
                    f: origin.e * state.ctm.b + origin.f * state.ctm.d + state.ctm.f,
                    ..space
                };
                let rect = if vertical {
                    Rect {
                        x0: -0.5,
                        y0: code.width.min(-0.1),
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
                let moved = code.width * text.size + extra;
                glyphs.push(Glyph {
                    text: start as u32..run_text.len() as u32,
                    quad,
                    element: element as u32,
                    code: at as u32..end as u32,
                    number: code.code,
                    advance: if text.size == 0.0 {
                        0.0
                    } else {
                        moved / text.size * 1000.0
                    },
                });
                *matrix = if vertical {
                    matrix.moved(0.0, moved)
                } else {
                    matrix.moved(moved * text.scale, 0.0)
                };
                at = end;
            }
        }
        if glyphs.is_empty() {
            return bounds;
        }
        let size = text.size.abs() * font.em * matrix.then(&state.ctm).vertical_scale();
        let fills = matches!(text.mode, 0 | 2 | 4 | 6);
        let strokes = matches!(text.mode, 1 | 2 | 5 | 6);
        let kind = MarkKind::Text(TextRun {
            font,
            size: if size.is_finite() { size } else { 0.0 },
            text: run_text,
            glyphs,
            mode: text.mode,
            cut_out: false,
            fill: fills.then(|| state.fill_ink()),
            stroke: strokes.then(|| state.stroke_ink()),
            spacing: if text.size == 0.0 {
                0.0
            } else {
                text.char_space / text.size.abs()
            },
        });
        self.mark(kind, bounds, state, around);
        bounds
    }
}
