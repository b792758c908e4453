//! The interpreter: operations in, marks out.

mod drawn;
mod operators;
mod path;
mod tag;
mod text;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::font::Font;
use super::layers::Layers;
use super::mark::{Mark, MarkKind, MarkPlace, PageContent, StreamUse};
use super::proof::Proofs;
use super::state::State;
use crate::pdf::field::appearance;
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::object::{decoded, get_dict, get_numbers, resolve};
use crate::pdf::page::{Page, rect};
use crate::pdf::scope::Scope;
use crate::pdf::substance;
use crate::pdf::unpack::{Unpacked, unpacked};

/// The longest stream that may unpack to nothing, in bytes.
const LARGEST_NOTHING: usize = 16;
/// How many readers of one document may each take as much as one reader alone.
const READERS_AT_ONCE: usize = 16;
/// The most operations on one page, and for one reader.
const MOST_OPERATIONS: (usize, usize) = (1_500_000, 20_000_000);
/// The most glyphs on one page, and for one reader.
const MOST_GLYPHS: (usize, usize) = (400_000, 15_000_000);
/// The most bytes of content streams for one page, and for one reader.
const MOST_BYTES: (usize, usize) = (192 << 20, 2 << 30);
/// The most marks on one page.
const MOST_MARKS: usize = 500_000;
/// The most patterns of a page that are looked into.
const MOST_PATTERNS: usize = 1_000;
/// How deep form XObjects may be nested.
const DEEPEST_FORM: usize = 48;
/// How deep `q` may be nested.
const DEEPEST_STATE: usize = 512;
/// How deep marked content may be nested.
const DEEPEST_TAG: usize = 512;

/// Reads pages of one document. It keeps the fonts that it has met, and what is left of the work and
/// memory that a document may take.
#[derive(Debug)]
pub struct Interpreter<'a> {
    doc: &'a Document,
    layers: Layers,
    fonts: HashMap<usize, Arc<Font>>,
    /// Where fonts are held against their programs: those that were.
    proofs: Option<Arc<Proofs>>,
    operations: usize,
    glyphs: usize,
    bytes: usize,
}

impl<'a> Interpreter<'a> {
    /// A reader of `doc`.
    pub fn new(doc: &'a Document) -> Self {
        Self::one_of(1, doc)
    }

    /// One of several readers that share the pages of `doc`. The more there are, the less each may take,
    /// so that many pages with the same heavy content come to an end.
    pub(crate) fn one_of(readers: usize, doc: &'a Document) -> Self {
        let share = |page: usize, reader: usize| {
            let all = reader * READERS_AT_ONCE;
            (all / readers.max(1)).clamp(page, reader)
        };
        Self {
            doc,
            layers: Layers::read(doc),
            fonts: HashMap::new(),
            proofs: None,
            operations: share(MOST_OPERATIONS.0, MOST_OPERATIONS.1),
            glyphs: share(MOST_GLYPHS.0, MOST_GLYPHS.1),
            bytes: share(MOST_BYTES.0, MOST_BYTES.1),
        }
    }

    /// The same reader, which holds fonts against their programs if it is given where to keep them.
    pub(crate) fn proving(mut self, proofs: Option<Arc<Proofs>>) -> Self {
        self.proofs = proofs;
        self
    }

    /// Whether it holds fonts against their programs.
    pub(crate) fn proves(&self) -> bool {
        self.proofs.is_some()
    }

    /// A font by its dictionary.
    fn font(&mut self, dict: &'a Dictionary) -> Arc<Font> {
        let doc = self.doc;
        // The document does not move while it is read, so the address of a dictionary identifies it.
        let key = std::ptr::from_ref(dict) as usize;
        let font = self.fonts.entry(key).or_insert_with(|| {
            let font = Font::read(doc, dict);
            Arc::new(match &self.proofs {
                Some(proofs) => font.proved(proofs, doc, dict),
                None => font,
            })
        });
        Arc::clone(font)
    }

    /// The layers of the document.
    pub(crate) fn layers(&self) -> &Layers {
        &self.layers
    }

    /// What a page paints, without its annotations.
    pub fn page(&mut self, page: &Page<'a>) -> PageContent {
        let joined = joined(self.doc, page.dict, self.bytes.min(MOST_BYTES.0));
        let content = joined.bytes;
        let state = State::new(Matrix::IDENTITY, Rect::EVERYWHERE);
        self.painted(|run| {
            run.out.unreadable = joined.unreadable;
            run.out.lacking = joined.lacking;
            run.bytes = run.bytes.saturating_sub(content.len());
            let scope = Scope::of(page.resources);
            run.stream(&content, &scope, state, 0, 0, None);
        })
    }

    /// What a form paints, in its own coordinates. With a name in `told`, the form itself counts among
    /// what is drawn, under that name.
    pub(crate) fn form(&mut self, id: ObjectId, told: Option<&[u8]>) -> PageContent {
        let doc = self.doc;
        let Ok(Object::Stream(form)) = doc.get_object(id) else {
            return PageContent::default();
        };
        let mut state = State::new(Matrix::IDENTITY, Rect::EVERYWHERE);
        self.painted(|run| {
            run.form(
                Some(id),
                form,
                &Scope::of(None),
                &mut state,
                &Around::nowhere(),
                0,
                told,
            );
        })
    }

    /// Everything that `paint` paints.
    fn painted(&mut self, paint: impl FnOnce(&mut Run<'_, 'a>)) -> PageContent {
        let mut run = Run::new(self);
        run.out.streams.push(StreamUse {
            form: None,
            used_by: None,
        });
        paint(&mut run);
        run.finish()
    }

    /// What a stream paints that is no page's own, such as the cell of a pattern, in its own
    /// coordinates; `outer` are the resources of what uses it.
    pub(crate) fn stream(&mut self, stream: &'a Stream, outer: &Scope<'_, 'a>) -> PageContent {
        let content = decoded(stream, self.bytes.min(MOST_BYTES.0));
        let scope = outer.within(get_dict(self.doc, &stream.dict, b"Resources"));
        let state = State::new(Matrix::IDENTITY, Rect::EVERYWHERE);
        let mut run = Run::new(self);
        run.out.streams.push(StreamUse {
            form: None,
            used_by: None,
        });
        run.out.unreadable = content.is_none();
        let content = content.unwrap_or_default();
        run.bytes = run.bytes.saturating_sub(content.len());
        run.stream(&content, &scope, state, 0, 0, None);
        run.finish()
    }

    /// What the cells of the patterns paint that a page has at hand, each in its own coordinates.
    pub(crate) fn cells(&mut self, page: &Page<'a>) -> Vec<PageContent> {
        let doc = self.doc;
        let scope = Scope::of(page.resources);
        let patterns = page
            .resources
            .and_then(|own| get_dict(doc, own, b"Pattern"));
        let patterns = patterns.into_iter().flat_map(Dictionary::iter);
        let cells = patterns.filter_map(|(_, pattern)| resolve(doc, pattern).as_stream().ok());
        let cells = cells.take(MOST_PATTERNS);
        cells.map(|cell| self.stream(cell, &scope)).collect()
    }

    /// What the normal appearance of an annotation paints on its page; nothing where it has none
    /// or is hidden.
    pub fn annotation(&mut self, page: &Page<'a>, annotation: &'a Dictionary) -> PageContent {
        let doc = self.doc;
        let Some((id, form)) = appearance(doc, annotation) else {
            return PageContent::default();
        };
        let fit = annotation
            .get(b"Rect")
            .ok()
            .and_then(|object| rect(doc, object))
            .and_then(|place| placed(doc, form, place));
        let Some(fit) = fit else {
            return PageContent::default();
        };
        let mut state = State::new(fit, Rect::EVERYWHERE);
        let scope = Scope::of(page.resources);
        self.painted(|run| run.form(id, form, &scope, &mut state, &Around::nowhere(), 0, None))
    }

    /// Words written into a place on a page, as if its content did so: all of them within it, as what is
    /// beside the page is not read.
    pub(crate) fn written(&mut self, place: Rect, words: &str) -> PageContent {
        let (size, lines) = fitted(&place, words);
        let mut content = String::new();
        let mut baseline = match lines.len() {
            0 | 1 => place.centre().y - 0.35 * size,
            _ => place.y1 - size,
        };
        for line in lines {
            let mut left = place.x0 + MARGIN;
            for word in line {
                let text: String = word
                    .encode_utf16()
                    .map(|unit| format!("{unit:04X}"))
                    .collect();
                let letters = "x".repeat(word.chars().count());
                // The letters only take up room. Their text is given separately.
                content.push_str(&format!(
                    "/Span <</ActualText <FEFF{text}>>> BDC BT /Written {size} Tf {left} {baseline} Td ({letters}) Tj ET EMC\n"
                ));
                left += LETTER * size * (word.chars().count() + 1) as f64;
            }
            baseline -= LEADING * size;
        }
        let state = State::new(Matrix::IDENTITY, Rect::EVERYWHERE);
        self.painted(|run| run.stream(content.as_bytes(), &Scope::of(None), state, 0, 0, None))
    }
}

/// The size of letters in a usual form, in points, and the smallest in which words are written.
const SIZES: (f64, f64) = (9.0, 0.5);
/// The distance of lines and the usual width of letters, in ems.
const LEADING: f64 = 1.3;
const LETTER: f64 = 0.5;
/// The distance of words from the left edge of their place, in points.
const MARGIN: f64 = 2.0;

/// The lines in which words fit into a place, and the size of their letters.
fn fitted<'a>(place: &Rect, words: &'a str) -> (f64, Vec<Vec<&'a str>>) {
    let mut size = SIZES.0;
    loop {
        let room = ((place.width() - MARGIN) / (LETTER * size)).max(1.0) as usize;
        let mut lines: Vec<Vec<&str>> = Vec::new();
        let mut widest = 0;
        for line in words.lines() {
            lines.push(Vec::new());
            let mut used = 0;
            for word in line.split_whitespace() {
                let letters = word.chars().count();
                if used > 0 && used + letters > room {
                    lines.push(Vec::new());
                    used = 0;
                }
                used += letters + 1;
                widest = widest.max(letters);
                if let Some(line) = lines.last_mut() {
                    line.push(word);
                }
            }
        }
        let fits = widest <= room
            && (lines.len() <= 1 || lines.len() as f64 * LEADING * size <= place.height());
        if fits || size <= SIZES.1 {
            return (size, lines);
        }
        size = (0.8 * size).max(SIZES.1);
    }
}

/// The matrix that makes an appearance fill the rectangle of its annotation. `None` if it is too thin for
/// that.
pub(crate) fn placed(doc: &Document, form: &Stream, place: Rect) -> Option<Matrix> {
    let inner = get_numbers::<6>(doc, &form.dict, b"Matrix").map_or(Matrix::IDENTITY, Matrix::new);
    let bbox = form
        .dict
        .get(b"BBox")
        .ok()
        .and_then(|object| rect(doc, object))
        .unwrap_or(place);
    let seen = inner.quad(&bbox).bounds();
    if seen.is_empty() {
        return None;
    }
    let (sx, sy) = (place.width() / seen.width(), place.height() / seen.height());
    Some(Matrix::new([
        sx,
        0.0,
        0.0,
        sy,
        place.x0 - seen.x0 * sx,
        place.y0 - seen.y0 * sy,
    ]))
}

/// The bytes of a page's content, with its streams joined by line breaks. It is cut at `limit`.
pub(crate) fn page_bytes(doc: &Document, page: &Dictionary, limit: usize) -> Vec<u8> {
    joined(doc, page, limit).bytes
}

/// The content of a page.
#[derive(Default)]
struct Joined {
    bytes: Vec<u8>,
    /// Whether one of its streams could not be unpacked.
    unreadable: bool,
    /// Whether one of them breaks off.
    lacking: bool,
}

fn joined(doc: &Document, page: &Dictionary, limit: usize) -> Joined {
    let mut joined = Joined::default();
    let mut take = |object: &Object| {
        let Object::Stream(stream) = resolve(doc, object) else {
            return;
        };
        let left = limit.saturating_sub(joined.bytes.len());
        match unpacked(stream, left).filter(|_| left > 0) {
            Some(Unpacked { bytes, whole, .. }) => {
                // A long stream that unpacks to nothing could not be unpacked.
                joined.unreadable |= bytes.is_empty() && stream.content.len() > LARGEST_NOTHING;
                joined.lacking |= !whole;
                if !joined.bytes.is_empty() {
                    joined.bytes.push(b'\n');
                }
                joined.bytes.extend(bytes);
            }
            None => joined.unreadable = true,
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
    joined
}

/// A page while it is being read.
struct Run<'r, 'a> {
    reader: &'r mut Interpreter<'a>,
    out: PageContent,
    operations: usize,
    glyphs: usize,
    bytes: usize,
    open_forms: Vec<ObjectId>,
    /// The addresses of the entries of resources that were used.
    called: HashSet<usize>,
}

impl<'r, 'a> Run<'r, 'a> {
    fn new(reader: &'r mut Interpreter<'a>) -> Self {
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
            called: HashSet::new(),
        }
    }

    fn finish(self) -> PageContent {
        self.reader.operations += self.operations;
        self.reader.glyphs += self.glyphs;
        self.reader.bytes += self.bytes;
        self.out
    }

    /// A resource of one kind that content uses by name, and whether it is the first time. The document
    /// does not move while it is read, so the address of an entry identifies it.
    fn call(
        &mut self,
        kind: &[u8],
        name: &[u8],
        resources: &Scope<'_, 'a>,
        depth: usize,
    ) -> Option<(&'a Object, bool)> {
        let doc = self.reader.doc;
        let listing = resources.with(doc, kind, name)?;
        let entry = get_dict(doc, listing, kind)?.get(name).ok()?;
        let first =
            depth <= substance::DEEPEST && self.called.insert(std::ptr::from_ref(entry) as usize);
        if first {
            self.out.means.take(doc, kind, name, entry);
        }
        Some((entry, first))
    }

    fn mark(&mut self, kind: MarkKind, bounds: Rect, state: &State, around: Around) {
        if let Some(letters) = &state.clip_letters
            && !matches!(kind, MarkKind::Text(_))
            && !bounds.intersect(&state.clip).is_empty()
        {
            self.cut_out(letters.clone());
        }
        self.out.marks.push(Mark {
            kind,
            bounds,
            clip: state.clip,
            clip_whole: state.clip_whole,
            tag: around.tag,
            place: MarkPlace {
                stream: around.stream,
                range: around.range,
            },
        });
    }

    /// Notes of letters that clip that something is painted within them.
    fn cut_out(&mut self, letters: Range<usize>) {
        for mark in self.out.marks.get_mut(letters).unwrap_or_default() {
            if let MarkKind::Text(run) = &mut mark.kind
                && run.mode >= 4
            {
                if run.cut_out {
                    return;
                }
                run.cut_out = true;
            }
        }
    }
}

/// Where a mark is made, and under which tag.
struct Around {
    tag: Option<u32>,
    stream: usize,
    range: Range<usize>,
}

impl Around {
    /// Outside the page's own content.
    fn nowhere() -> Self {
        Self {
            tag: None,
            stream: 0,
            range: 0..0,
        }
    }
}
