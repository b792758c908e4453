//! A file with only one page and what it needs, which can be drawn with and without some marks.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::picture::Picture;
use super::raster;
use super::repeats::{self, LARGEST};
use super::text::{CLIPS, Key, Shown, Text};
use crate::pdf::Page;
use crate::pdf::bulk::Bulk;
use crate::pdf::content::operand::Operand;
use crate::pdf::content::token::Tokens;
use crate::pdf::content::write::write_number;
use crate::pdf::content::{MarkKind, PageContent, page_bytes};
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::object::{decoded, get_bool, get_dict};

/// The most pixels that are drawn.
const MOST_PIXELS: f64 = 6e6;
/// The most pixels of a picture on the page.
const LARGEST_PICTURE: u64 = 100 << 20;
/// The most marks of a page that is drawn.
const MOST_MARKS: usize = 150_000;
/// The most bytes of all objects that a page needs.
const MOST_BYTES: usize = 512 << 20;
/// The most objects that a page needs.
const MOST_OBJECTS: usize = 50_000;
/// The name of the graphics state that multiplies, in the page's resources.
const MULTIPLY: &str = "PackMultiply";

/// What a note draws over the page.
#[derive(Debug, Clone, Default)]
pub(in crate::pdf) struct Note {
    /// Its appearance and its place.
    pub(in crate::pdf) form: Option<(ObjectId, Matrix)>,
    /// What is drawn in user space of the page if it has no appearance.
    pub(in crate::pdf) content: Vec<u8>,
    /// Whether it darkens what is below, as a marker does.
    pub(in crate::pdf) multiplies: bool,
}

/// What is left out of a drawing.
#[derive(Debug, Clone, Default)]
pub(in crate::pdf) struct Without {
    /// Text that is not painted.
    pub(in crate::pdf) text: Text,
    /// Other marks, by their places among the marks of the page.
    pub(in crate::pdf) marks: BTreeSet<usize>,
}

/// A page set up for drawing.
pub(in crate::pdf) struct Easel<'a> {
    content: &'a PageContent,
    file: Document,
    page: ObjectId,
    page_bytes: Vec<u8>,
    /// The forms that the page uses and other streams with text, unpacked.
    streams: BTreeMap<ObjectId, Vec<u8>>,
    notes: Vec<u8>,
    /// Text that cannot reach into the view. It takes most of the time to draw.
    beyond: Text,
    view: Rect,
    scale: f64,
}

impl<'a> Easel<'a> {
    /// Sets up a part of a page, to be drawn with `pixels` pixels to a point, or fewer if it is large.
    /// `None` if the page is too much to draw.
    pub(in crate::pdf) fn new(
        doc: &Document,
        bulk: &Bulk,
        page: &Page<'_>,
        content: &'a PageContent,
        notes: &[Note],
        inner: &[ObjectId],
        (view, pixels): (Rect, f64),
    ) -> Option<Self> {
        let view = view.intersect(&page.crop);
        let too_large = content.marks.iter().any(|mark| match &mark.kind {
            MarkKind::Image(image) => {
                u64::from(image.pixels.0) * u64::from(image.pixels.1) > LARGEST_PICTURE
            }
            _ => false,
        });
        if view.is_empty()
            || content.truncated
            || content.unreadable
            || too_large
            || content.marks.len() > MOST_MARKS
        {
            return None;
        }
        let scale = pixels.min((MOST_PIXELS / view.area()).sqrt());
        if view.width().max(view.height()) * scale > f64::from(u16::MAX) - 1.0 {
            return None;
        }
        let mut resources = page.resources.cloned().unwrap_or_default();
        let mut drawn = Vec::new();
        add_notes(doc, &mut resources, notes, &mut drawn);
        let mut file = Document::with_version("1.7");
        let root = Object::Dictionary(resources.clone());
        let mut taken = gather(doc, bulk, &root)?;
        let mut streams = BTreeMap::new();
        let forms = content.streams.iter().filter_map(|usage| usage.form);
        for id in forms.clone() {
            if let Some(Object::Stream(form)) = taken.get_mut(&id) {
                open_group(doc, &mut form.dict);
            }
        }
        for id in forms.chain(inner.iter().copied()) {
            if let Some(Object::Stream(stream)) = taken.get(&id) {
                streams.insert(id, decoded(stream, LARGEST)?);
            }
        }
        let largest = doc.objects.keys().next_back().map_or(0, |id| id.0);
        file.max_id = largest;
        file.objects.append(&mut taken);
        let pages = file.new_object_id();
        let page_id = file.add_object(dictionary! {
            "Type" => "Page", "Parent" => pages, "Resources" => resources,
            "MediaBox" => [view.x0, view.y0, view.x1, view.y1].map(|side| Object::Real(side as f32)).to_vec(),
        });
        file.objects.insert(
            pages,
            dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![page_id.into()] }.into(),
        );
        let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        file.trailer.set("Root", catalog);
        let page_bytes = page_bytes(doc, page.dict, LARGEST);
        let whole = get_dict(&file, file.get_dictionary(page_id).ok()?, b"Resources")?;
        if !repeats::is_bounded(&file, whole, &page_bytes) {
            return None;
        }
        Some(Self {
            content,
            file,
            page: page_id,
            page_bytes,
            streams,
            notes: drawn,
            beyond: Text::beyond(content, &view),
            view,
            scale,
        })
    }

    /// Draws the page as it is seen, without some of its marks.
    pub(in crate::pdf) fn draw(&mut self, without: &Without) -> Option<Picture> {
        let edits = self.edits(without);
        let bytes = rewritten(&self.page_bytes, None, &edits);
        let forms: Vec<(ObjectId, Vec<u8>)> = self
            .streams
            .iter()
            .map(|(&id, bytes)| (id, rewritten(bytes, Some(id), &edits)))
            .collect();
        let mut page = b"q\n".to_vec();
        page.extend(bytes);
        page.extend(b"\nQ\n");
        page.extend(&self.notes);
        self.picture(page, forms, false)
    }

    /// Draws only some of the text, black on white, whatever its colour, clip and mode.
    pub(in crate::pdf) fn draw_text(&mut self, text: &Text) -> Option<Picture> {
        let all = Text::of(self.content, self.content.marks.iter());
        let edits: Edits = all
            .runs
            .into_iter()
            .filter(|(key, _)| !text.runs.contains_key(key))
            .map(|(key, shown)| (key, Edit::Blank(shown)))
            .collect();
        let forms: BTreeSet<Key> = self
            .content
            .streams
            .iter()
            .filter_map(|usage| {
                let (user, range) = usage.used_by.as_ref()?;
                Some((self.content.streams.get(*user)?.form, range.start))
            })
            .collect();
        let page = text_alone(&self.page_bytes, None, &edits, &forms);
        let streams: Vec<(ObjectId, Vec<u8>)> = self
            .streams
            .iter()
            .map(|(&id, bytes)| (id, text_alone(bytes, Some(id), &edits, &forms)))
            .collect();
        self.picture(page, streams, true)
    }

    /// The edits that remove the marks to be left out, and those that are hidden anyway.
    fn edits(&self, without: &Without) -> Edits {
        let mut edits = Edits::new();
        let hidden = self
            .content
            .marks
            .iter()
            .enumerate()
            .filter(|(index, mark)| without.marks.contains(index) || self.content.is_hidden(mark));
        let mut unseen = Vec::new();
        for (_, mark) in hidden {
            let Some(stream) = self.content.streams.get(mark.place.stream) else {
                continue;
            };
            match &mark.kind {
                MarkKind::Text(_) => unseen.push(mark),
                MarkKind::Path(_) => {
                    edits.insert((stream.form, mark.place.range.start), Edit::NoPaint);
                }
                MarkKind::Image(_) | MarkKind::Shading(_) => {
                    edits.insert((stream.form, mark.place.range.start), Edit::Nothing);
                }
            }
        }
        let unseen = Text::of(self.content, unseen.into_iter()).runs;
        let blank = unseen
            .iter()
            .chain(&self.beyond.runs)
            .chain(&without.text.runs);
        edits.extend(blank.map(|(key, shown)| (*key, Edit::Blank(*shown))));
        edits
    }

    /// Draws the page with its changed content and forms.
    fn picture(
        &mut self,
        page: Vec<u8>,
        forms: Vec<(ObjectId, Vec<u8>)>,
        unclipped: bool,
    ) -> Option<Picture> {
        let contents = match self.file.get_dictionary(self.page).ok()?.get(b"Contents") {
            Ok(Object::Reference(id)) => *id,
            _ => self.file.new_object_id(),
        };
        // Anything that blends with the page blends with white paper.
        let mut painted = b"q 1 g ".to_vec();
        for side in [
            self.view.x0,
            self.view.y0,
            self.view.width(),
            self.view.height(),
        ] {
            write_number(&mut painted, side);
            painted.push(b' ');
        }
        painted.extend(b"re f Q\n");
        painted.extend(page);
        let stream = Stream::new(Dictionary::new(), painted);
        self.file.objects.insert(contents, stream.into());
        self.file
            .get_dictionary_mut(self.page)
            .ok()?
            .set("Contents", contents);
        for (id, bytes) in forms {
            let Some(Object::Stream(stream)) = self.file.objects.get_mut(&id) else {
                continue;
            };
            stream.dict.remove(b"Filter");
            stream.dict.remove(b"DecodeParms");
            stream.set_content(bytes);
            if unclipped && stream.dict.has(b"BBox") {
                let far = [-1e5, -1e5, 1e5, 1e5].map(Object::Real).to_vec();
                let own = stream.dict.get(b"BBox").cloned().unwrap_or(Object::Null);
                if !stream.dict.has(b"PackBBox") {
                    stream.dict.set("PackBBox", own);
                }
                stream.dict.set("BBox", far);
            } else if let Ok(own) = stream.dict.get(b"PackBBox").cloned() {
                stream.dict.set("BBox", own);
            }
        }
        let mut bytes = Vec::new();
        self.file.save_to(&mut bytes).ok()?;
        let side = |length: f64| (length * self.scale).ceil().max(1.0) as u16;
        let (width, height) = (side(self.view.width()), side(self.view.height()));
        let pixels = raster::draw(bytes, self.scale, (width, height))?;
        Some(Picture::new(
            usize::from(width),
            pixels,
            &self.view,
            self.scale,
        ))
    }
}

/// Adds the appearances of notes to the page's resources, and draws them over the page.
fn add_notes(doc: &Document, resources: &mut Dictionary, notes: &[Note], drawn: &mut Vec<u8>) {
    let own = |key: &[u8]| {
        resources
            .get(key)
            .ok()
            .and_then(|object| {
                crate::pdf::object::as_dict(crate::pdf::object::resolve(doc, object))
            })
            .cloned()
            .unwrap_or_default()
    };
    let (mut objects, mut states) = (own(b"XObject"), own(b"ExtGState"));
    states.set(MULTIPLY, dictionary! { "BM" => "Multiply" });
    for (index, note) in notes.iter().enumerate() {
        drawn.extend(b"q\n");
        if note.multiplies {
            drawn.extend(format!("/{MULTIPLY} gs\n").bytes());
        }
        if let Some((form, matrix)) = &note.form {
            let name = format!("PackNote{index}");
            objects.set(name.as_bytes(), *form);
            let Matrix { a, b, c, d, e, f } = *matrix;
            for value in [a, b, c, d, e, f] {
                write_number(drawn, value);
                drawn.push(b' ');
            }
            drawn.extend(format!("cm /{name} Do\n").bytes());
        }
        drawn.extend(&note.content);
        drawn.extend(b"\nQ\n");
    }
    resources.set("XObject", objects);
    resources.set("ExtGState", states);
}

/// All objects that an object needs. `None` if there are too many.
fn gather(doc: &Document, bulk: &Bulk, root: &Object) -> Option<BTreeMap<ObjectId, Object>> {
    let mut taken = BTreeMap::new();
    let mut bytes = 0;
    let mut open = Vec::new();
    let mut met = HashSet::new();
    references(root, &mut open);
    while let Some(id) = open.pop() {
        if !met.insert(id) {
            continue;
        }
        let Ok(object) = doc.get_object(id) else {
            continue;
        };
        references(object, &mut open);
        let object = match object {
            Object::Stream(_) => {
                let stream = bulk.whole(doc, id)?.into_owned();
                bytes += stream.content.len();
                Object::Stream(stream)
            }
            other => other.clone(),
        };
        taken.insert(id, object);
        if taken.len() > MOST_OBJECTS || bytes > MOST_BYTES {
            return None;
        }
    }
    Some(taken)
}

/// Makes a form paint directly onto what is below it, if its group is neither isolated nor a knockout
/// group. The library would isolate it, and a highlight that blends inside it would cover words.
fn open_group(doc: &Document, form: &mut Dictionary) {
    let closed = get_dict(doc, form, b"Group").is_some_and(|group| {
        [b"I", b"K"]
            .iter()
            .any(|key| get_bool(doc, group, *key) == Some(true))
    });
    if !closed {
        form.remove(b"Group");
    }
}

/// The objects that an object refers to, except those that lead out of the page.
fn references(object: &Object, found: &mut Vec<ObjectId>) {
    let mut open = vec![object];
    while let Some(object) = open.pop() {
        let dict = match object {
            Object::Reference(id) => {
                found.push(*id);
                continue;
            }
            Object::Array(items) => {
                open.extend(items);
                continue;
            }
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &stream.dict,
            _ => continue,
        };
        // In resources, the keys are names that may be anything.
        let named =
            !matches!(object, Object::Stream(_)) && !dict.has(b"Type") && !dict.has(b"Subtype");
        open.extend(dict.iter().filter_map(|(key, value)| {
            let outward = match key.as_slice() {
                // It is known already which layers are shown.
                b"OC" | b"Properties" => true,
                b"Parent" | b"P" | b"Pg" | b"StructParent" | b"StructParents" | b"PieceInfo"
                | b"Metadata" | b"OPI" | b"Ref" | b"AF" => !named,
                _ => false,
            };
            (!outward).then_some(value)
        }));
    }
}

/// What happens to an operation.
#[derive(Debug, Clone, Copy)]
enum Edit {
    /// The text moves on and is not painted.
    Blank(Shown),
    /// The path is not painted.
    NoPaint,
    /// Nothing is left of it.
    Nothing,
}

type Edits = BTreeMap<Key, Edit>;

/// A stream with some operations changed.
fn rewritten(bytes: &[u8], stream: Option<ObjectId>, edits: &Edits) -> Vec<u8> {
    let concerned = edits
        .range((stream, 0)..=(stream, usize::MAX))
        .next()
        .is_some();
    if !concerned {
        return bytes.to_vec();
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut copied = 0;
    for operation in Tokens::new(bytes) {
        let Some(edit) = edits.get(&(stream, operation.range.start)) else {
            continue;
        };
        out.extend(&bytes[copied..operation.range.start]);
        copied = operation.range.end;
        match edit {
            // It still clips.
            Edit::Blank(shown) if shown.mode >= CLIPS => {
                out.extend(b" 7 Tr ");
                out.extend(&bytes[operation.range.clone()]);
                out.extend(format!(" {} Tr", shown.mode).bytes());
            }
            Edit::Blank(shown) => blank(&mut out, &operation, *shown),
            Edit::NoPaint => out.extend(b" n"),
            Edit::Nothing => out.push(b' '),
        }
    }
    out.extend(&bytes[copied.min(bytes.len())..]);
    out
}

/// A stream with only its text.
fn text_alone(
    bytes: &[u8],
    stream: Option<ObjectId>,
    edits: &Edits,
    forms: &BTreeSet<Key>,
) -> Vec<u8> {
    let mut out = Vec::new();
    for operation in Tokens::new(bytes) {
        let key = (stream, operation.range.start);
        let kept = match operation.operator {
            b"q" | b"Q" | b"cm" | b"BT" | b"ET" | b"Tf" | b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Ts"
            | b"Td" | b"TD" | b"Tm" | b"T*" | b"d0" | b"d1" => true,
            b"Do" => forms.contains(&key),
            b"Tj" | b"TJ" | b"'" | b"\"" => match edits.get(&key) {
                Some(Edit::Blank(shown)) => {
                    blank(&mut out, &operation, *shown);
                    out.push(b'\n');
                    false
                }
                _ => true,
            },
            _ => false,
        };
        if kept {
            out.extend(&bytes[operation.range.clone()]);
            out.push(b'\n');
        }
    }
    out
}

/// Writes text that moves on as before but is not painted.
fn blank(out: &mut Vec<u8>, operation: &crate::pdf::content::token::Operation<'_>, shown: Shown) {
    let shift: f64 = match operation.operands.last() {
        Some(Operand::Array(items)) => items.iter().filter_map(Operand::number).sum(),
        _ => 0.0,
    };
    match operation.operator {
        b"'" => out.extend(b" T*"),
        b"\"" => {
            for (operand, operator) in operation.operands.iter().zip([" Tw", " Tc T*"]) {
                out.push(b' ');
                write_number(out, operand.number().unwrap_or(0.0));
                out.extend(operator.bytes());
            }
        }
        _ => {}
    }
    out.extend(b" [");
    write_number(out, shift - shown.advance);
    out.extend(b"] TJ");
}
