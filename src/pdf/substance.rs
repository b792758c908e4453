//! What a page is made of, in a short form, so that a page of a pack can be compared with the page
//! of the file it came from: its content stream by stream, and the fonts, pictures and forms it
//! draws with.
//!
//! Of a file, this is known when its pages are followed for everything else that is asked of them
//! ([`super::content`]), before anything is changed. Of a pack, no content is followed, so that
//! whoever reads one back can afford to ask for every page.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, Stream};
use serde::{Deserialize, Serialize};

use super::object::{as_dict, get, get_array, get_dict, get_int, get_name, resolve};

/// Data longer than this is known by its being there, in bytes: reading it back would take a pack in
/// memory once more.
pub(crate) const LARGEST_COMPARED: usize = 64 << 10;
/// How deep the forms of a page are followed.
pub(crate) const DEEPEST: usize = 6;
/// How many things a page is checked against, and how many are looked at to find them, at most.
const MOST_HELD: usize = 2_000;
const MOST: usize = 4_000;
/// How the names begin of what a pack adds to the resources of a page.
const ADDED: &[u8] = b"Pack";
/// How the names begin of former fields' looks, which the pack adds and the file brought.
pub(crate) const LOOK: &str = "PackField";
/// The kinds of resource that are drawn with.
const KINDS: [&[u8]; 6] = [
    b"Font",
    b"XObject",
    b"ExtGState",
    b"ColorSpace",
    b"Pattern",
    b"Shading",
];
/// What pages, annotations and elements of the tags have and no resource.
const STRANGERS: [&[u8]; 6] = [b"Rect", b"S", b"Kids", b"Parent", b"Contents", b"MediaBox"];

/// The substance of a page of a file, taken from the file as it came.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Substance {
    /// The sum of its content.
    pub(crate) content: u64,
    /// What it was seen to draw with.
    pub(crate) means: Means,
}

/// What a page draws with, each thing by a sum: what its content calls for while it is followed, and
/// nothing that its file merely names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Means {
    fonts: BTreeSet<u64>,
    drawn: BTreeSet<u64>,
    /// How many former fields are drawn on it.
    looks: usize,
}

/// The substance of a page of a pack: its content, and all that it may draw with.
#[derive(Debug)]
pub(crate) struct Found {
    content: u64,
    means: Means,
    /// Whether all of it was looked at.
    whole: bool,
}

impl Found {
    /// In what a page differs from the one it came from, in words; nothing where it does not.
    pub(crate) fn difference(&self, source: &Substance) -> Option<&'static str> {
        if self.content != source.content {
            Some("Its content is not that of the page it came from.")
        } else if self.whole && !self.means.fonts.is_superset(&source.means.fonts) {
            Some("A font is missing from it that the page it came from has.")
        } else if self.whole && !self.means.drawn.is_superset(&source.means.drawn) {
            Some("A picture or something else that is drawn on it is missing.")
        } else if self.whole && self.means.looks < source.means.looks {
            Some("A field of the form that it came from is missing from it.")
        } else {
            None
        }
    }
}

impl Means {
    /// Takes in a resource that content calls for, unless it is a form: of that it matters what is in
    /// it. Nothing that may not stand there.
    pub(crate) fn take(&mut self, doc: &Document, kind: &[u8], name: &[u8], entry: &Object) {
        let entry = resolve(doc, entry);
        let Some(name) = remembered(name).filter(|_| is_one(doc, kind, entry) && !self.is_full())
        else {
            return;
        };
        let mut sum = Sum::new();
        sum.bytes(name);
        match (kind, entry) {
            (b"Font", Object::Dictionary(font)) => {
                sum.font(doc, font);
                self.fonts.insert(sum.0);
                return;
            }
            (b"XObject", Object::Stream(stream)) => {
                if get_name(doc, &stream.dict, b"Subtype") != Some(b"Image") {
                    return;
                }
                // The data of pictures may have been left in the file.
                for key in [b"Width".as_slice(), b"Height"] {
                    let size = get_int(doc, &stream.dict, key).unwrap_or(0);
                    sum.number(size.unsigned_abs());
                }
            }
            _ => sum.bytes(kind),
        }
        self.drawn.insert(sum.0);
    }

    /// Takes in a form. Where it has remarks, they stay behind, and so it may be shorter in the end.
    pub(crate) fn form(&mut self, name: &[u8], form: &Stream, may_have_remarks: bool) {
        let Some(name) = remembered(name).filter(|_| !self.is_full()) else {
            return;
        };
        let mut sum = Sum::new();
        sum.bytes(name);
        if !may_have_remarks {
            sum.length(form);
        }
        self.drawn.insert(sum.0);
    }

    /// Takes in what former fields show: how many they are, and what they draw with.
    pub(crate) fn looks(&mut self, looks: impl IntoIterator<Item = Means>) {
        for look in looks {
            self.looks += 1;
            if !self.is_full() {
                self.fonts.extend(look.fonts);
                self.drawn.extend(look.drawn);
            }
        }
    }

    fn is_full(&self) -> bool {
        self.fonts.len() + self.drawn.len() >= MOST_HELD
    }
}

/// The name by which something is remembered: that of a former field's look is chosen by the pack.
/// None for what the pack brings itself.
fn remembered(name: &[u8]) -> Option<&[u8]> {
    if name.starts_with(LOOK.as_bytes()) {
        Some(LOOK.as_bytes())
    } else {
        Some(name).filter(|name| !name.starts_with(ADDED))
    }
}

/// Whether an object is what stands among the resources of this kind. In a damaged file it may be
/// anything: a page, an annotation, an element of the tags.
pub(crate) fn is_one(doc: &Document, kind: &[u8], object: &Object) -> bool {
    let says = |dict: &Dictionary, kind: &[u8]| {
        get_name(doc, dict, b"Type").is_none_or(|own| own == kind)
            && !STRANGERS.iter().any(|key| dict.has(key))
    };
    match (kind, object) {
        (b"Font", Object::Dictionary(font)) => {
            says(font, b"Font") && get_name(doc, font, b"Subtype").is_some()
        }
        (b"XObject", Object::Stream(stream)) => {
            let kind = get_name(doc, &stream.dict, b"Subtype");
            matches!(kind, None | Some(b"Image" | b"Form"))
        }
        (b"ExtGState", Object::Dictionary(state)) => says(state, b"ExtGState"),
        (b"Pattern", Object::Dictionary(pattern)) => {
            says(pattern, b"Pattern") && pattern.has(b"PatternType")
        }
        (b"Pattern", Object::Stream(pattern)) => pattern.dict.has(b"PatternType"),
        (b"Shading", Object::Dictionary(shading)) => {
            says(shading, b"Shading") && shading.has(b"ShadingType")
        }
        (b"Shading", Object::Stream(shading)) => shading.dict.has(b"ShadingType"),
        (b"ColorSpace", Object::Array(_)) => true,
        _ => false,
    }
}

/// The sum of each stream of a page's content.
pub(crate) fn contents<'a>(doc: &Document, contents: impl Iterator<Item = &'a Object>) -> Vec<u64> {
    let streams = contents.filter_map(|stream| resolve(doc, stream).as_stream().ok());
    streams.map(content).collect()
}

/// The sum of one stream of content.
pub(crate) fn content(stream: &Stream) -> u64 {
    let mut sum = Sum::new();
    sum.length(stream);
    if stated_length(stream) <= LARGEST_COMPARED {
        sum.bytes(&stream.content);
    }
    sum.0
}

/// The sum of a page's content by those of its streams.
pub(crate) fn together(contents: &[u64]) -> u64 {
    let mut sum = Sum::new();
    contents.iter().for_each(|content| sum.number(*content));
    sum.0
}

/// What a page is made of that has these streams of content and these resources.
pub(crate) fn of<'a>(
    doc: &Document,
    streams: impl Iterator<Item = &'a Object>,
    resources: Option<&Dictionary>,
) -> Found {
    let mut scales = Scales {
        doc,
        means: Means::default(),
        left: MOST,
    };
    if let Some(resources) = resources {
        scales.resources(resources, 0);
    }
    Found {
        content: together(&contents(doc, streams)),
        means: scales.means,
        whole: scales.left > 0,
    }
}

/// What a page may draw with, in the making.
struct Scales<'a> {
    doc: &'a Document,
    means: Means,
    left: usize,
}

impl Scales<'_> {
    fn resources(&mut self, resources: &Dictionary, depth: usize) {
        let doc = self.doc;
        for kind in KINDS {
            let entries = get_dict(doc, resources, kind);
            for (name, entry) in entries.into_iter().flat_map(Dictionary::iter) {
                self.left = self.left.saturating_sub(1);
                if self.left == 0 {
                    return;
                }
                self.means.take(doc, kind, name, entry);
                // What a field draws with is followed as deep as if it were a page.
                let is_look = kind == b"XObject" && depth == 0 && name.starts_with(LOOK.as_bytes());
                self.means.looks += usize::from(is_look);
                // A paper may be a pack itself, and draw with what its own numbers were drawn with.
                if kind == b"XObject"
                    && let Object::Stream(stream) = resolve(doc, entry)
                    && matches!(
                        get_name(doc, &stream.dict, b"Subtype"),
                        None | Some(b"Form")
                    )
                {
                    self.means.form(name, stream, false);
                    self.means.form(name, stream, true);
                    if let Some(own) = get_dict(doc, &stream.dict, b"Resources")
                        && depth < DEEPEST
                    {
                        self.resources(own, if is_look { 0 } else { depth + 1 });
                    }
                }
            }
        }
    }
}

/// A sum over bytes (FNV-1a): the same on every machine and in every version.
struct Sum(u64);

impl Sum {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
        // What follows is something else.
        self.0 = (self.0 ^ 0x100).wrapping_mul(0x0100_0000_01b3);
    }

    fn number(&mut self, number: u64) {
        self.bytes(&number.to_le_bytes());
    }

    fn length(&mut self, stream: &Stream) {
        self.number(stated_length(stream).min(LARGEST_COMPARED + 1) as u64);
    }

    fn font(&mut self, doc: &Document, font: &Dictionary) {
        self.bytes(get_name(doc, font, b"Subtype").unwrap_or_default());
        // In a damaged file something else may stand in place of the font's parts, too.
        let inner = get_array(doc, font, b"DescendantFonts")
            .and_then(|fonts| Some(resolve(doc, fonts.first()?)))
            .filter(|inner| is_one(doc, b"Font", inner))
            .and_then(as_dict)
            .unwrap_or(font);
        let descriptor = get_dict(doc, inner, b"FontDescriptor").filter(|descriptor| {
            get_name(doc, descriptor, b"Type").is_none_or(|kind| kind == b"FontDescriptor")
                && !STRANGERS.iter().any(|key| descriptor.has(key))
        });
        let program = descriptor.and_then(|descriptor| {
            [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"]
                .iter()
                .find_map(|key| get(doc, descriptor, key)?.as_stream().ok())
        });
        let program = program.filter(|program| !program.dict.has(b"Type"));
        let map = get(doc, font, b"ToUnicode").and_then(|map| map.as_stream().ok());
        let map =
            map.filter(|map| get_name(doc, &map.dict, b"Type").is_none_or(|kind| kind == b"CMap"));
        for stream in [program, map] {
            match stream {
                Some(stream) => self.length(stream),
                None => self.number(0),
            }
        }
    }
}

/// How long the data of a stream is, or was before it was left out.
fn stated_length(stream: &Stream) -> usize {
    let stated = match stream.dict.get(b"Length") {
        Ok(Object::Integer(length)) => usize::try_from(*length).unwrap_or(0),
        _ => 0,
    };
    if stream.content.len() <= 1 && stated > LARGEST_COMPARED {
        stated
    } else {
        stream.content.len()
    }
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    /// A page with a font and something else that it draws, if they are given.
    fn page(
        content: &str,
        font: bool,
        drawn: Option<(&str, Stream)>,
    ) -> (Document, Object, Dictionary) {
        let mut doc = Document::with_version("1.7");
        let content = doc.add_object(Stream::new(Dictionary::new(), content.into()));
        let mut resources = Dictionary::new();
        if font {
            let font =
                dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier" };
            resources.set("Font", dictionary! { "F1" => font });
        }
        if let Some((name, drawn)) = drawn {
            let id = doc.add_object(drawn);
            resources.set("XObject", dictionary! { name => id });
        }
        (doc, content.into(), resources)
    }

    fn found((doc, content, resources): &(Document, Object, Dictionary)) -> Found {
        of(doc, [content].into_iter(), Some(resources))
    }

    /// The substance of a page that draws with all that it has.
    fn source(page: &(Document, Object, Dictionary)) -> Substance {
        let found = found(page);
        Substance {
            content: found.content,
            means: found.means,
        }
    }

    fn picture() -> Stream {
        let picture = dictionary! { "Subtype" => "Image", "Width" => 3, "Height" => 4 };
        Stream::new(picture, vec![0; 12])
    }

    #[test]
    fn an_empty_page_a_lost_font_and_a_lost_picture_are_noticed() {
        let text = "BT (x) Tj ET";
        let whole = page(text, true, Some(("Im0", picture())));
        let source = source(&whole);
        assert_eq!(found(&whole).difference(&source), None);
        for lost in [
            page("", true, Some(("Im0", picture()))),
            page(text, false, Some(("Im0", picture()))),
            page(text, true, None),
        ] {
            assert!(found(&lost).difference(&source).is_some());
        }
    }

    #[test]
    fn a_lost_field_and_a_picture_lost_from_one_are_noticed() {
        // A look that draws a picture through six forms, as deep as a page is followed.
        let look = |picture: Option<Stream>| {
            let mut doc = Document::with_version("1.7");
            let mut inner = picture.map(|picture| ("Im0", doc.add_object(picture)));
            for _ in 0..DEEPEST {
                let drawn = inner.map(|(name, id)| dictionary! { name => id });
                let resources = dictionary! { "XObject" => drawn.unwrap_or_default() };
                let content = inner.map_or(String::new(), |(name, _)| format!("/{name} Do"));
                let form = dictionary! { "Subtype" => "Form", "Resources" => resources };
                inner = Some(("Fm", doc.add_object(Stream::new(form, content.into()))));
            }
            (doc, inner.expect("a form").1)
        };
        let page = |picture, count: usize| {
            let (mut doc, look) = look(picture);
            let content = doc.add_object(Stream::new(Dictionary::new(), b"q Q".to_vec()));
            let named = (1..=count).map(|number| (format!("{LOOK}{number}"), look.into()));
            let drawn: Dictionary = named.collect();
            let resources = dictionary! { "XObject" => drawn };
            found(&(doc, content.into(), resources))
        };
        let (doc, form) = look(Some(picture()));
        let mut reader = crate::pdf::content::Interpreter::new(&doc);
        let drawn = reader.form(form, Some(LOOK.as_bytes())).means;
        let mut means = Means::default();
        means.looks([drawn.clone(), drawn]);
        let source = Substance {
            content: page(None, 0).content,
            means,
        };
        assert_eq!(page(Some(picture()), 2).difference(&source), None);
        assert!(page(None, 2).difference(&source).is_some());
        assert!(page(Some(picture()), 1).difference(&source).is_some());
    }

    #[test]
    fn what_the_pack_adds_is_no_difference_and_neither_is_what_nothing_calls_for() {
        let form = || Stream::new(dictionary! { "Subtype" => "Form" }, vec![1]);
        let plain = source(&page("q Q", false, None));
        for more in [("PackNumber", form()), ("Fm0", form())] {
            let more = page("q Q", true, Some(more));
            assert_eq!(found(&more).difference(&plain), None);
        }
    }

    #[test]
    fn a_form_may_have_lost_its_remarks_and_nothing_else() {
        let form = |content: &str| {
            let form = dictionary! { "Subtype" => "Form" };
            page(
                "/Fm0 Do",
                false,
                Some(("Fm0", Stream::new(form, content.into()))),
            )
        };
        let mut means = Means::default();
        means.form(
            b"Fm0",
            &Stream::new(Dictionary::new(), b"q Q %".to_vec()),
            true,
        );
        let content = source(&form("q Q")).content;
        let source = Substance { content, means };
        assert_eq!(found(&form("q Q")).difference(&source), None);
        let mut means = Means::default();
        means.form(
            b"Fm0",
            &Stream::new(Dictionary::new(), b"q Q f".to_vec()),
            false,
        );
        let source = Substance { content, means };
        assert!(found(&form("q Q")).difference(&source).is_some());
    }

    #[test]
    fn what_stands_in_the_place_of_a_resource_is_none() {
        let doc = Document::with_version("1.7");
        let page = Object::from(dictionary! { "MediaBox" => vec![] , "ca" => 1 });
        assert!(!is_one(&doc, b"ExtGState", &page));
        let link = Object::from(dictionary! { "Subtype" => "Link", "Rect" => vec![] });
        assert!(!is_one(&doc, b"Font", &link));
        let font = Object::from(dictionary! { "Subtype" => "TrueType" });
        assert!(is_one(&doc, b"Font", &font));
    }
}
