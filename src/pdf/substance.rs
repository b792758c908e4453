//! What a page is made of, told so shortly that a page of a pack can be held to the page of the file
//! that it came from: its content stream for stream, and the fonts, pictures and forms that it may
//! draw with.
//!
//! Two pages of one substance show the same, and say the same words, but for what was put on one of
//! them. It follows no content, so that whoever reads a pack back can afford to ask for every page.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, Stream};

use super::object::{as_dict, get, get_array, get_dict, get_int, get_name, resolve};

/// Data longer than this is known by its being there, in bytes: reading it back would take a pack in
/// memory once more.
pub(crate) const LARGEST_COMPARED: usize = 64 << 10;
/// How deep the forms of a page are followed, and how many things are looked at on one page at most.
const DEEPEST: usize = 6;
const MOST: usize = 2_000;
/// How the names begin of what a pack adds to the resources of a page.
const ADDED: &[u8] = b"Pack";
/// Resources of which only the names count.
const NAMED: [&[u8]; 4] = [b"ExtGState", b"ColorSpace", b"Pattern", b"Shading"];

/// The substance of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Substance {
    content: u64,
    fonts: u64,
    drawn: u64,
}

impl Substance {
    /// In what a page differs from the one it came from, in words; nothing where it does not.
    pub(crate) fn difference(self, source: Substance) -> Option<&'static str> {
        if self.content != source.content {
            Some("Its content is not that of the page it came from.")
        } else if self.fonts != source.fonts {
            Some("A font is missing from it that the page it came from has.")
        } else if self.drawn != source.drawn {
            Some("A picture or something else that is drawn on it is missing.")
        } else {
            None
        }
    }
}

/// The substance of a page with these streams of content and these resources.
pub(crate) fn of<'a>(
    doc: &Document,
    contents: impl Iterator<Item = &'a Object>,
    resources: Option<&Dictionary>,
) -> Substance {
    let mut content = Sum::new();
    for stream in contents.filter_map(|stream| resolve(doc, stream).as_stream().ok()) {
        content.data(stream);
    }
    let mut scales = Scales {
        doc,
        fonts: Sum::new(),
        drawn: Sum::new(),
        left: MOST,
    };
    if let Some(resources) = resources {
        scales.resources(resources, 0);
    }
    Substance {
        content: content.0,
        fonts: scales.fonts.0,
        drawn: scales.drawn.0,
    }
}

struct Scales<'a> {
    doc: &'a Document,
    fonts: Sum,
    drawn: Sum,
    left: usize,
}

impl Scales<'_> {
    fn resources(&mut self, resources: &Dictionary, depth: usize) {
        let doc = self.doc;
        let entries = |kind: &[u8]| -> BTreeMap<&[u8], &Object> {
            let entries = get_dict(doc, resources, kind);
            let entries = entries.into_iter().flat_map(Dictionary::iter);
            entries
                .filter(|(name, _)| !name.starts_with(ADDED))
                .map(|(name, entry)| (name.as_slice(), resolve(doc, entry)))
                .collect()
        };
        for (name, font) in entries(b"Font") {
            if let Object::Dictionary(font) = font
                && self.spend()
            {
                self.font(name, font);
            }
        }
        for kind in NAMED {
            for (name, entry) in entries(kind) {
                let is_one = match entry {
                    // In a damaged file an annotation or an action may stand there.
                    Object::Dictionary(dict) => ![b"Type".as_slice(), b"Rect", b"S"]
                        .iter()
                        .any(|key| dict.has(key)),
                    Object::Stream(_) | Object::Array(_) => true,
                    _ => false,
                };
                if is_one && self.spend() {
                    self.drawn.bytes(name);
                }
            }
        }
        for (name, entry) in entries(b"XObject") {
            if let Object::Stream(stream) = entry
                && self.spend()
            {
                self.xobject(name, stream, depth);
            }
        }
    }

    /// Whether more may be looked at.
    fn spend(&mut self) -> bool {
        self.left = self.left.saturating_sub(1);
        self.left > 0
    }

    fn font(&mut self, name: &[u8], font: &Dictionary) {
        let doc = self.doc;
        let Some(kind) = get_name(doc, font, b"Subtype") else {
            return;
        };
        // In a damaged file something else may stand there.
        let is_other = get_name(doc, font, b"Type").is_some_and(|kind| kind != b"Font");
        if is_other || font.has(b"Rect") || font.has(b"S") {
            return;
        }
        self.fonts.bytes(name);
        self.fonts.bytes(kind);
        let inner = get_array(doc, font, b"DescendantFonts")
            .and_then(|fonts| as_dict(resolve(doc, fonts.first()?)))
            .unwrap_or(font);
        // In a damaged file something else may stand in the descriptor's place as well.
        let descriptor = get_dict(doc, inner, b"FontDescriptor").filter(|descriptor| {
            get_name(doc, descriptor, b"Type").is_none_or(|kind| kind == b"FontDescriptor")
        });
        let program = descriptor.and_then(|descriptor| {
            [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"]
                .iter()
                .find_map(|key| get(doc, descriptor, key)?.as_stream().ok())
        });
        for stream in [
            program,
            get(doc, font, b"ToUnicode").and_then(|map| map.as_stream().ok()),
        ] {
            match stream {
                Some(stream) => self.fonts.length(stream),
                None => self.fonts.number(0),
            }
        }
    }

    fn xobject(&mut self, name: &[u8], stream: &Stream, depth: usize) {
        let doc = self.doc;
        self.drawn.bytes(name);
        match get_name(doc, &stream.dict, b"Subtype") {
            // The data of pictures may have been left in the file.
            Some(b"Image") => {
                for key in [b"Width".as_slice(), b"Height"] {
                    let size = get_int(doc, &stream.dict, key).unwrap_or(0);
                    self.drawn.number(size.unsigned_abs());
                }
            }
            Some(b"Form") => {
                self.drawn.length(stream);
                if let Some(own) = get_dict(doc, &stream.dict, b"Resources")
                    && depth < DEEPEST
                {
                    self.resources(own, depth + 1);
                }
            }
            _ => {}
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

    fn data(&mut self, stream: &Stream) {
        self.length(stream);
        if stated_length(stream) <= LARGEST_COMPARED {
            self.bytes(&stream.content);
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

    fn substance(content: &str, resources: &Dictionary, more: Option<Object>) -> Substance {
        let mut doc = Document::with_version("1.7");
        let content = doc.add_object(Stream::new(Dictionary::new(), content.into()));
        let mut resources = resources.clone();
        if let Some(more) = more {
            let id = doc.add_object(more);
            resources.set("XObject", dictionary! { "Im0" => id });
        }
        of(&doc, [Object::Reference(content)].iter(), Some(&resources))
    }

    #[test]
    fn an_empty_page_a_lost_font_and_a_lost_picture_are_noticed() {
        let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier" };
        let with_font = dictionary! { "Font" => dictionary! { "F1" => font } };
        let picture = || {
            let picture = dictionary! { "Subtype" => "Image", "Width" => 3, "Height" => 4 };
            Some(Object::Stream(Stream::new(picture, vec![0; 12])))
        };
        let source = substance("BT (x) Tj ET", &with_font, picture());
        let held = |page: Substance| page.difference(source);
        assert_eq!(held(substance("BT (x) Tj ET", &with_font, picture())), None);
        for lost in [
            substance("", &with_font, picture()),
            substance("BT (x) Tj ET", &Dictionary::new(), picture()),
            substance("BT (x) Tj ET", &with_font, None),
        ] {
            assert!(held(lost).is_some());
        }
    }

    #[test]
    fn what_the_pack_adds_is_no_difference() {
        let plain = Dictionary::new();
        let form = dictionary! { "Subtype" => "Form" };
        let stamped = dictionary! {
            "XObject" => dictionary! { "PackNumber" => Object::Stream(Stream::new(form, vec![1])) },
        };
        let source = substance("q Q", &plain, None);
        assert_eq!(substance("q Q", &stamped, None).difference(source), None);
    }
}
