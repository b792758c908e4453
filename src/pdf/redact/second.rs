//! Reads the finished file with another library, which has its own parser, filters and interpreter. There must
//! be no glyph in a box, and none of the words in any string or stream.

use std::cell::Cell;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use hayro::hayro_interpret::font::Glyph;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache,
    InterpreterSettings, Paint, PathDrawMode, SoftMask, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::dict::keys;
use hayro::hayro_syntax::object::{Dict, MaybeRef, Name, Object};
use hayro::vello_cpu::kurbo::{Affine, BezPath, Point, Rect};

use super::area::{Areas, RedactError};
use super::secret::Secrets;

/// How deep objects may be nested.
const DEEPEST: usize = 60;

/// Holds that nothing of what was removed is left in the file. A file that the library cannot read proves
/// nothing.
///
/// # Errors
/// What is left.
pub(super) fn prove(
    pdf: &[u8],
    placed: &[(usize, Areas)],
    secrets: &Secrets,
) -> Result<(), RedactError> {
    let still = |page: usize| RedactError::StillThere(u32::try_from(page + 1).unwrap_or(u32::MAX));
    let anywhere = still(placed.first().map_or(0, |(page, _)| *page));
    let proved = std::panic::catch_unwind(AssertUnwindSafe(|| {
        let pdf = Pdf::new(pdf.to_vec()).map_err(|_| anywhere.clone())?;
        let left = placed
            .iter()
            .find(|(page, areas)| !empty(&pdf, *page, areas));
        match left {
            Some((page, _)) => Err(still(*page)),
            None if !silent(&pdf, secrets) => Err(RedactError::StillInFile),
            None => Ok(()),
        }
    }));
    proved.unwrap_or(Err(anywhere))
}

/// Whether no string, and no stream that may have words, has any of them.
fn silent(pdf: &Pdf, secrets: &Secrets) -> bool {
    pdf.objects()
        .into_iter()
        .all(|object| is_silent(&object, secrets, 0))
}

fn is_silent(object: &Object<'_>, secrets: &Secrets, depth: usize) -> bool {
    if depth > DEEPEST {
        return true;
    }
    match object {
        Object::String(string) => !secrets.in_string(string.as_bytes()),
        Object::Array(items) => items.raw_iter().all(|item| match item {
            MaybeRef::NotRef(item) => is_silent(&item, secrets, depth + 1),
            MaybeRef::Ref(_) => true,
        }),
        Object::Dict(dict) => is_silent_dict(dict, secrets, depth),
        Object::Stream(stream) => {
            let dict = stream.dict();
            is_silent_dict(dict, secrets, depth)
                && (!holds_words(dict)
                    || stream
                        .decoded()
                        .map_or(true, |bytes| is_silent_stream(dict, &bytes, secrets)))
        }
        _ => true,
    }
}

/// Whether a stream has none of the words. Metadata and other files are text as a whole. All other streams
/// have operators, so only their strings and comments count.
fn is_silent_stream(dict: &Dict<'_>, bytes: &[u8], secrets: &Secrets) -> bool {
    let text = dict.get::<Name<'_>>(keys::TYPE).is_some_and(|name| {
        let name: &[u8] = name.as_ref();
        name == b"Metadata" || name == b"EmbeddedFile"
    });
    if text {
        return !secrets.in_bytes(bytes);
    }
    said(bytes).iter().all(|string| !secrets.in_bytes(string))
}

/// The strings and comments in operators.
fn said(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut closes = true;
    while at < bytes.len() {
        let rest = &bytes[at + 1..];
        at += 1 + match (bytes[at], rest.first()) {
            (b'%', _) => {
                let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
                let comment = &rest[..end.unwrap_or(rest.len())];
                found.push(comment.to_vec());
                comment.len()
            }
            (b'(', _) => {
                let (mut depth, mut string, mut taken) = (1, Vec::new(), 0);
                while depth > 0 && taken < rest.len() {
                    match rest[taken] {
                        b'\\' => taken += 1,
                        b'(' => depth += 1,
                        b')' => depth -= 1,
                        _ => {}
                    }
                    string.extend(rest.get(taken));
                    taken += 1;
                }
                found.push(string);
                taken
            }
            (b'<', Some(b'<')) => 1,
            (b'<', _) => {
                // Without a `>` after one `<`, there is none after the others.
                let end = closes.then(|| rest.iter().position(|byte| *byte == b'>'));
                let end = end.flatten();
                closes = end.is_some();
                let end = end.unwrap_or(0);
                let digits: Vec<u8> = rest[..end]
                    .iter()
                    .filter_map(|digit| char::from(*digit).to_digit(16))
                    .map(|digit| digit as u8)
                    .collect();
                let bytes = digits.chunks(2).map(|pair| match *pair {
                    [high, low] => high << 4 | low,
                    [high] => high << 4,
                    _ => 0,
                });
                found.push(bytes.collect());
                end
            }
            _ => 0,
        };
    }
    found
}

fn is_silent_dict(dict: &Dict<'_>, secrets: &Secrets, depth: usize) -> bool {
    dict.entries().all(|(_, value)| match value {
        MaybeRef::NotRef(value) => is_silent(&value, secrets, depth + 1),
        MaybeRef::Ref(_) => true,
    })
}

/// Whether a stream may have words in it. Pictures, fonts and colours do not.
fn holds_words(dict: &Dict<'_>) -> bool {
    let named = |key: &[u8], names: &[&[u8]]| {
        dict.get::<Name<'_>>(key)
            .is_some_and(|name| names.contains(&name.as_ref()))
    };
    let foreign: [&[u8]; 8] = [
        keys::LENGTH1,
        b"Length2",
        b"CMapName",
        b"CIDSystemInfo",
        keys::FUNCTION_TYPE,
        keys::SHADING_TYPE,
        keys::N,
        b"DecodeParms",
    ];
    !named(
        keys::SUBTYPE,
        &[b"Image", b"Type1C", b"CIDFontType0C", b"OpenType"],
    ) && !named(keys::TYPE, &[b"XRef", b"ObjStm", b"CMap"])
        && !foreign[..7].iter().any(|key| dict.contains_key(*key))
}

/// Whether there is no glyph in the boxes of a page.
fn empty(pdf: &Pdf, page: usize, areas: &Areas) -> bool {
    let Some(page) = pdf.pages().get(page) else {
        return false;
    };
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings {
        font_resolver: Arc::new(|_| None),
        cmap_resolver: Arc::new(|_| None),
        warning_sink: Arc::new(|_| {}),
        render_annotations: true,
    };
    let everywhere = Rect::new(-1e6, -1e6, 1e6, 1e6);
    let mut context = Context::new(Affine::IDENTITY, everywhere, &cache, page.xref(), settings);
    let mut watch = Watch {
        boxes: areas
            .rects
            .iter()
            // The foot of a glyph may be on the edge of a box.
            .map(|area| Rect::new(area.x0, area.y0, area.x1, area.y1).inset(-0.5))
            .collect(),
        met: Cell::new(false),
    };
    interpret_page(page, &mut context, &mut watch);
    !watch.met.get()
}

/// Watches for glyphs whose middle is in a box.
struct Watch {
    boxes: Vec<Rect>,
    met: Cell<bool>,
}

impl<'a> Device<'a> for Watch {
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        let says = glyph.as_unicode().is_some_and(|text| {
            use hayro::hayro_interpret::hayro_cmap::BfString;
            match text {
                BfString::Char(letter) => letter.is_alphanumeric(),
                BfString::String(text) => text.chars().any(char::is_alphanumeric),
            }
        });
        // A little above the foot and to its right, which is inside any letter.
        let middle = transform * glyph_transform * Point::new(250.0, 250.0);
        if says && self.boxes.iter().any(|area| area.contains(middle)) {
            self.met.set(true);
        }
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_comments_are_found_among_operators() {
        let content = b"/Span <</T (a\\)(b))>> BDC <4A6f> Tj % Jo\n/F 1 Tf (c";
        let found: Vec<String> = said(content)
            .into_iter()
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .collect();
        assert_eq!(found, ["a)(b))", "Jo", " Jo", "c"]);
    }
}
