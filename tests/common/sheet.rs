//! One-page PDFs made for a test.

use lopdf::{Dictionary, Document, IncrementalDocument, Object, ObjectId, Stream, dictionary};

/// A page of A4 with a font `F1`, a picture `Pic`, a picture with a mask `Cut`, a stencil of one
/// dot `Dot`, graphics states `Half`, `Clear` and `Mul`, a colour space `Spot`, and layers `On`
/// and `Off`.
pub(crate) struct Sheet {
    pub(crate) doc: Document,
    page: ObjectId,
    pages: ObjectId,
    catalog: ObjectId,
    off: ObjectId,
}

/// The object number of the page's content.
const CONTENT: ObjectId = (1, 0);

impl Sheet {
    pub(crate) fn new(content: &str) -> Self {
        Self::with_bytes(content.as_bytes().to_vec())
    }

    pub(crate) fn with_bytes(content: Vec<u8>) -> Self {
        let mut doc = Document::with_version("1.7");
        let content = doc.add_object(Stream::new(Dictionary::new(), content));
        assert_eq!(content, CONTENT);
        let font = doc.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
        });
        let image = |more: Dictionary, data: Vec<u8>| {
            let mut dict = dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 2, "Height" => 2, "BitsPerComponent" => 8, "ColorSpace" => "DeviceGray" };
            dict.extend(&more);
            Stream::new(dict, data)
        };
        let picture = doc.add_object(image(Dictionary::new(), vec![0, 90, 160, 200]));
        let mask = doc.add_object(image(Dictionary::new(), vec![0, 255, 0, 40]));
        let cut = doc.add_object(image(
            dictionary! { "SMask" => mask },
            vec![0, 90, 160, 200],
        ));
        let dot = doc.add_object(Stream::new(
            dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1, "BitsPerComponent" => 1, "ImageMask" => true },
            vec![0],
        ));
        let pattern = doc.add_object(Stream::new(
            dictionary! { "PatternType" => 1, "PaintType" => 1, "TilingType" => 1, "BBox" => vec![0.into(), 0.into(), 4.into(), 4.into()], "XStep" => 4, "YStep" => 4, "Resources" => Dictionary::new() },
            b"0 g 0 0 4 4 re f".to_vec(),
        ));
        let layer = |doc: &mut Document, name: &str| {
            doc.add_object(dictionary! { "Type" => "OCG", "Name" => Object::string_literal(name) })
        };
        let on = layer(&mut doc, "on");
        let off = layer(&mut doc, "off");
        let spot = Object::Array(vec![
            "Separation".into(),
            "Black".into(),
            "DeviceCMYK".into(),
            dictionary! {
                "FunctionType" => 2, "N" => 1, "Domain" => vec![0.into(), 1.into()],
                "C0" => vec![0.into(), 0.into(), 0.into(), 0.into()],
                "C1" => vec![0.into(), 0.into(), 0.into(), 1.into()],
            }
            .into(),
        ]);
        let resources = dictionary! {
            "Font" => dictionary! { "F1" => font },
            "XObject" => dictionary! { "Pic" => picture, "Cut" => cut, "Dot" => dot },
            "ExtGState" => dictionary! {
                "Half" => dictionary! { "ca" => 0.3 },
                "Clear" => dictionary! { "ca" => 0, "CA" => 0 },
                "Mul" => dictionary! { "BM" => "Multiply" },
            },
            "ColorSpace" => dictionary! { "Spot" => spot },
            "Pattern" => dictionary! { "P1" => pattern },
            "Properties" => dictionary! { "On" => on, "Off" => off },
        };
        let pages = doc.new_object_id();
        let page = doc.add_object(dictionary! {
            "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        });
        doc.objects.insert(
            pages,
            dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![page.into()] }.into(),
        );
        let catalog = doc.add_object(dictionary! {
            "Type" => "Catalog", "Pages" => pages,
            "OCProperties" => dictionary! {
                "OCGs" => vec![on.into(), off.into()],
                "D" => dictionary! { "OFF" => vec![off.into()] },
            },
        });
        doc.trailer.set("Root", catalog);
        Self {
            doc,
            page,
            pages,
            catalog,
            off,
        }
    }

    fn dict(&mut self, id: ObjectId) -> &mut Dictionary {
        self.doc
            .get_dictionary_mut(id)
            .expect("a dictionary of the sheet")
    }

    pub(crate) fn page_entry(mut self, key: &str, value: Object) -> Self {
        let page = self.page;
        self.dict(page).set(key, value);
        self
    }

    pub(crate) fn catalog_entry(mut self, key: &str, value: Object) -> Self {
        let catalog = self.catalog;
        self.dict(catalog).set(key, value);
        self
    }

    /// Gives the page another content.
    pub(crate) fn content(mut self, content: &str) -> Self {
        let stream = Stream::new(Dictionary::new(), content.as_bytes().to_vec());
        self.doc.objects.insert(CONTENT, stream.into());
        self
    }

    pub(crate) fn hidden_layer(&self) -> Object {
        Object::Reference(self.off)
    }

    pub(crate) fn page_reference(&self) -> Object {
        Object::Reference(self.page)
    }

    /// Puts a form among the page's resources, with the page's own resources.
    pub(crate) fn form(mut self, name: &str, content: &str, more: &Dictionary) -> Self {
        let page = self.page;
        let resources = self
            .dict(page)
            .get(b"Resources")
            .cloned()
            .expect("resources");
        let mut dict = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "Resources" => resources,
            "BBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        };
        dict.extend(more);
        let form = self
            .doc
            .add_object(Stream::new(dict, content.as_bytes().to_vec()));
        self.object(name, form)
    }

    /// Names an object among the page's resources.
    pub(crate) fn object(self, name: &str, object: ObjectId) -> Self {
        self.resource(b"XObject", name, object)
    }

    /// Names a font among the page's resources.
    pub(crate) fn font(mut self, name: &str, font: Dictionary) -> Self {
        let font = self.doc.add_object(font);
        self.resource(b"Font", name, font)
    }

    fn resource(mut self, kind: &[u8], name: &str, object: ObjectId) -> Self {
        let page = self.page;
        let own = self
            .dict(page)
            .get_mut(b"Resources")
            .and_then(Object::as_dict_mut)
            .and_then(|resources| resources.get_mut(kind))
            .and_then(Object::as_dict_mut)
            .expect("resources of the kind");
        own.set(name, object);
        self
    }

    /// A stream for an annotation to look like.
    pub(crate) fn appearance(mut self, content: &str, bbox: [i64; 4]) -> (Self, Object) {
        let bbox: Vec<Object> = bbox.into_iter().map(Object::Integer).collect();
        let look = self.doc.add_object(Stream::new(
            dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => bbox },
            content.as_bytes().to_vec(),
        ));
        (self, look.into())
    }

    pub(crate) fn annotation(mut self, annotation: Dictionary) -> Self {
        let id = self.doc.add_object(annotation);
        self.page_entry("Annots", Object::Array(vec![id.into()]))
    }

    pub(crate) fn info(mut self, key: &str, value: &str) -> Self {
        let info = self
            .doc
            .add_object(dictionary! { key => Object::string_literal(value) });
        self.doc.trailer.set("Info", info);
        self
    }

    pub(crate) fn metadata(mut self, xmp: &str) -> Self {
        let stream = self.doc.add_object(Stream::new(
            dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
            xmp.as_bytes().to_vec(),
        ));
        self.catalog_entry("Metadata", stream.into())
    }

    pub(crate) fn embedded(mut self, name: &str) -> Self {
        let data = self
            .doc
            .add_object(Stream::new(Dictionary::new(), b"cells".to_vec()));
        let file = self.doc.add_object(dictionary! {
            "Type" => "Filespec", "F" => Object::string_literal(name), "EF" => dictionary! { "F" => data },
        });
        let names = dictionary! {
            "EmbeddedFiles" => dictionary! { "Names" => vec![Object::string_literal(name), file.into()] },
        };
        self.catalog_entry("Names", names.into())
    }

    /// A page that the page tree does not hold.
    pub(crate) fn orphan(mut self, content: &str) -> Self {
        let page = self.page;
        let resources = self
            .dict(page)
            .get(b"Resources")
            .cloned()
            .expect("resources");
        let content = self
            .doc
            .add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
        let pages = self.pages;
        self.doc.add_object(dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources });
        self
    }

    pub(crate) fn bytes(mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.doc.save_to(&mut bytes).expect("memory to write to");
        bytes
    }
}

/// The same file saved once more with another content on its page, as a viewer does it: the old
/// content stays in the file.
pub(crate) fn update(bytes: &[u8], content: &str) -> Vec<u8> {
    let doc = Document::load_mem(bytes).expect("a sound PDF");
    let mut update = IncrementalDocument::create_from(bytes.to_vec(), doc);
    update.new_document.set_object(
        CONTENT,
        Stream::new(Dictionary::new(), content.as_bytes().to_vec()),
    );
    let mut bytes = Vec::new();
    update.save_to(&mut bytes).expect("memory to write to");
    bytes
}
