//! A small PDF with a little of everything that other people's PDFs have in them.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use pack::assemble::Assembled;
use pack::assemble::numbering::{Extent, FirstNumber, PageMap, Start, page_map};
use pack::assemble::outcome::NoteKind;
use pack::assemble::plan::{Claim, Furniture, Metadata, Plan, Provenance, Section};
use pack::model::PageSelection;

static REGULAR: &[u8] =
    include_bytes!("../../templates/fonts/AtkinsonHyperlegibleNext-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../templates/fonts/AtkinsonHyperlegibleNext-Bold.ttf");

/// Furniture as a plain pack has it.
pub(crate) fn furniture() -> Furniture<'static> {
    Furniture {
        notes: None,
        page_number: "{page}".into(),
        marking: None,
        double_sided: false,
        size: 10.0,
        regular: REGULAR,
        bold: BOLD,
    }
}

/// A plan of these sections and nothing else.
pub(crate) fn plan(sections: Vec<Section>) -> Plan<'static> {
    Plan {
        metadata: Metadata {
            title: "Agenda".into(),
            author: "Council".into(),
            language: "en-GB".into(),
            producer: "pack".into(),
            ..Metadata::default()
        },
        map: mapped(&sections, Start::Next),
        sections,
        outline: Vec::new(),
        furniture: furniture(),
        claim: Claim::WhenEarned,
        password: None,
    }
}

/// The page map of these sections, each of which starts alike. A file that cannot be opened has no
/// pages, and asking for pages that a file does not have gives none.
pub(crate) fn mapped(sections: &[Section], start: Start) -> PageMap {
    let extents: Vec<Extent> = sections
        .iter()
        .map(|section| Extent {
            key: section.key.clone(),
            pages: pack::assemble::count_pages(section.pdf.bytes())
                .map_or(0, |count| section.pages.indices(count).len()),
            reserved: 0,
            start,
            first_number: FirstNumber::Next,
            numbered: true,
        })
        .collect();
    page_map(&extents)
}

/// All pages of somebody else's file.
pub(crate) fn attachment(key: &str, pdf: &[u8]) -> Section {
    Section {
        key: key.into(),
        title: key.into(),
        path: Vec::new(),
        pdf: pdf.to_vec().into(),
        pages: PageSelection::default(),
        origin: Provenance::Attachment,
        lang: None,
        anchors: Vec::new(),
        watermark: None,
        opening: None,
        heading: None,
    }
}

/// What differs between one such file and another.
pub(crate) struct Fixture {
    /// What the custom type `Chapter` is mapped to.
    pub(crate) chapter_is: String,
    /// Where its web link leads.
    pub(crate) web_link: String,
    /// How far up the lowest text of the first page stands, in points.
    pub(crate) lowest_text: f32,
    /// Content before that of the first page.
    pub(crate) prefix: String,
}

impl Default for Fixture {
    fn default() -> Self {
        Fixture {
            chapter_is: "Sect".into(),
            web_link: "https://example.org/".into(),
            lowest_text: 300.0,
            prefix: String::new(),
        }
    }
}

fn text(text: &str) -> Object {
    Object::String(text.as_bytes().to_vec(), StringFormat::Literal)
}

impl Fixture {
    /// Three tagged pages with links, a comment, a form field, scripts, an embedded file, private
    /// data, a named destination, bookmarks, and an object that nothing refers to any more.
    pub(crate) fn pdf(&self) -> Vec<u8> {
        let mut doc = Document::with_version("1.6");
        let pages: Vec<ObjectId> = (0..3).map(|_| doc.new_object_id()).collect();
        let tree = doc.new_object_id();
        let font = doc.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
        });
        let image = doc.add_object(Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Image", "Width" => 40, "Height" => 40,
                "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
            },
            (0..1600_u32)
                .map(|pixel| u8::try_from(pixel * 7 % 251).unwrap())
                .collect(),
        ));
        doc.add_object(text("deleted words"));

        let contents = [
            format!(
                "{} /H1 <</MCID 0>> BDC BT /F1 20 Tf 72 700 Td (first page) Tj ET EMC \
                 /P <</MCID 1>> BDC BT /F1 12 Tf 72 {} Td (text) Tj ET EMC \
                 /Link <</MCID 2>> BDC BT /F1 12 Tf 72 650 Td (to the end) Tj ET EMC",
                self.prefix, self.lowest_text
            ),
            "/Figure <</MCID 0>> BDC q 200 0 0 200 100 400 cm /Im1 Do Q EMC".to_owned(),
            "/P <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td (last page) Tj ET EMC".to_owned(),
        ];
        let look = doc.add_object(Stream::new(
            dictionary! {
                "BBox" => vec![0.into(), 0.into(), 100.into(), 20.into()],
                "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
            },
            b"BT /F1 10 Tf 2 5 Td (filled in) Tj ET".to_vec(),
        ));
        let script = || {
            Object::Dictionary(dictionary! { "S" => "JavaScript", "JS" => text("app.alert(1)") })
        };
        let file = doc.add_object(Stream::new(
            dictionary! { "Type" => "EmbeddedFile" },
            b"secret.txt: not for the pack".to_vec(),
        ));
        let filespec = doc.add_object(dictionary! {
            "Type" => "Filespec", "F" => text("secret.txt"), "EF" => dictionary! { "F" => file },
        });
        let rect = |x: i64, y: i64| vec![x.into(), y.into(), (x + 100).into(), (y + 20).into()];
        let mut annotation = |kind: &str, x, y, more: Dictionary| {
            let mut dict = dictionary! { "Type" => "Annot", "Subtype" => kind, "Rect" => rect(x, y), "P" => pages[0] };
            dict.extend(&more);
            doc.add_object(dict)
        };
        let to_end = annotation(
            "Link",
            72,
            645,
            dictionary! {
                "A" => dictionary! { "S" => "GoTo", "D" => text("end") },
                "StructParent" => 10, "Contents" => text("To the end"),
            },
        );
        let field = annotation(
            "Widget",
            300,
            600,
            dictionary! {
                "FT" => "Tx", "T" => text("name"), "V" => text("filled in"), "StructParent" => 11,
                "AP" => dictionary! { "N" => look }, "AA" => dictionary! { "K" => script() },
            },
        );
        let annotations = [
            to_end,
            annotation(
                "Link",
                72,
                600,
                dictionary! {
                    "A" => dictionary! { "S" => "URI", "URI" => text(&self.web_link) },
                },
            ),
            annotation("Link", 72, 560, dictionary! { "A" => script() }),
            annotation(
                "Link",
                72,
                520,
                dictionary! {
                    "A" => dictionary! { "S" => "Launch", "F" => text("calc.exe") },
                },
            ),
            annotation(
                "Text",
                400,
                700,
                dictionary! { "Contents" => text("a remark"), "T" => text("A reader") },
            ),
            annotation("FileAttachment", 400, 650, dictionary! { "FS" => filespec }),
            field,
        ];

        for (index, content) in contents.iter().enumerate() {
            let content =
                doc.add_object(Stream::new(Dictionary::new(), content.clone().into_bytes()));
            let mut page = dictionary! {
                "Type" => "Page", "Parent" => tree, "Contents" => content,
                "StructParents" => i64::try_from(index).unwrap(),
                "PieceInfo" => dictionary! { "Maker" => dictionary! { "Private" => text("Private maker") } },
            };
            match index {
                0 => page.set(
                    "Annots",
                    annotations
                        .iter()
                        .map(|id| Object::Reference(*id))
                        .collect::<Vec<_>>(),
                ),
                1 => page.set("Rotate", 90),
                _ => page.set("UserUnit", 2.0_f32),
            }
            doc.objects.insert(pages[index], Object::Dictionary(page));
        }
        doc.objects.insert(
            tree,
            Object::Dictionary(dictionary! {
                "Type" => "Pages", "Count" => 3,
                "Kids" => pages.iter().map(|id| Object::Reference(*id)).collect::<Vec<_>>(),
                "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
                "Resources" => dictionary! {
                    "Font" => dictionary! { "F1" => font }, "XObject" => dictionary! { "Im1" => image },
                },
            }),
        );

        let structure = self.structure(&mut doc, &pages, to_end, field);
        let outlines = doc.new_object_id();
        let (first, below) = (doc.new_object_id(), doc.new_object_id());
        doc.objects.insert(
            outlines,
            Object::Dictionary(dictionary! { "First" => first, "Last" => first, "Count" => 2 }),
        );
        doc.objects.insert(
            first,
            Object::Dictionary(dictionary! {
                "Title" => text("Beginning"), "Parent" => outlines, "First" => below, "Last" => below, "Count" => 1,
                "Dest" => vec![pages[0].into(), "Fit".into()],
            }),
        );
        doc.objects.insert(
            below,
            Object::Dictionary(dictionary! {
                "Title" => text("End"), "Parent" => first,
                "A" => dictionary! { "S" => "GoTo", "D" => text("end") },
            }),
        );
        let metadata = doc.add_object(Stream::new(
            dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
            b"<x:xmpmeta><dc:title>Old title</dc:title></x:xmpmeta>".to_vec(),
        ));
        let catalog = doc.add_object(dictionary! {
            "Type" => "Catalog", "Pages" => tree, "Lang" => text("cy"), "StructTreeRoot" => structure,
            "MarkInfo" => dictionary! { "Marked" => true }, "Outlines" => outlines, "Metadata" => metadata,
            "OpenAction" => script(),
            "AcroForm" => dictionary! { "Fields" => vec![field.into()] },
            "Names" => dictionary! {
                "Dests" => dictionary! {
                    "Names" => vec![
                        text("end"), Object::Array(vec![pages[2].into(), "XYZ".into(), 72.into(), 700.into(), 0.into()]),
                    ],
                },
                "EmbeddedFiles" => dictionary! { "Names" => vec![text("secret"), filespec.into()] },
                "JavaScript" => dictionary! { "Names" => vec![text("start"), script()] },
            },
        });
        let info = doc.add_object(
            dictionary! { "Title" => text("Old title"), "Author" => text("Private maker") },
        );
        doc.trailer.set("Root", catalog);
        doc.trailer.set("Info", info);
        let mut bytes = Vec::new();
        doc.save_to(&mut bytes).expect("writing to memory");
        bytes
    }

    fn structure(
        &self,
        doc: &mut Document,
        pages: &[ObjectId],
        link: ObjectId,
        field: ObjectId,
    ) -> ObjectId {
        let root = doc.new_object_id();
        let document = doc.new_object_id();
        let mut element = |role: &str,
                           parent: ObjectId,
                           page: usize,
                           kids: Vec<Object>,
                           more: Dictionary| {
            let mut dict = dictionary! {
                "Type" => "StructElem", "S" => role, "P" => parent, "Pg" => pages[page], "K" => kids,
            };
            dict.extend(&more);
            doc.add_object(dict)
        };
        let whole =
            |id: ObjectId| Object::Dictionary(dictionary! { "Type" => "OBJR", "Obj" => id });
        let none = Dictionary::new;
        let heading = element("H1", document, 0, vec![0.into()], none());
        let body = element(
            "P",
            document,
            0,
            vec![1.into()],
            dictionary! { "ID" => text("note-1") },
        );
        let link_tag = element("Link", document, 0, vec![2.into(), whole(link)], none());
        let form = element("Form", document, 0, vec![whole(field)], none());
        let reserved = element("P", document, 2, vec![0.into()], none());
        let figure = element(
            "Figure",
            document,
            1,
            vec![0.into()],
            dictionary! { "Alt" => text("A pattern") },
        );
        let chapter = element("Chapter", document, 1, vec![figure.into()], none());
        if let Ok(Object::Dictionary(dict)) = doc.get_object_mut(figure) {
            dict.set("P", chapter);
        }
        let array =
            |ids: &[ObjectId]| Object::Array(ids.iter().map(|id| Object::Reference(*id)).collect());
        doc.objects.insert(
            document,
            Object::Dictionary(dictionary! {
                "Type" => "StructElem", "S" => "Document", "P" => root,
                "K" => array(&[heading, body, link_tag, form, chapter, reserved]),
            }),
        );
        doc.objects.insert(
            root,
            Object::Dictionary(dictionary! {
                "Type" => "StructTreeRoot", "K" => document,
                "RoleMap" => dictionary! { "Chapter" => self.chapter_is.as_str() },
                "ParentTree" => dictionary! {
                    "Nums" => vec![
                        0.into(), array(&[heading, body, link_tag]),
                        1.into(), array(&[figure]),
                        2.into(), array(&[reserved]),
                        10.into(), link_tag.into(),
                        11.into(), form.into(),
                    ],
                },
            }),
        );
        root
    }
}

/// The pages of attachments that were made smaller, counted from 1.
pub(crate) fn shrunk(assembled: &Assembled) -> Vec<Option<usize>> {
    let notes = assembled.notes.iter();
    notes
        .filter(|note| note.kind == NoteKind::Shrunk)
        .map(|note| note.page)
        .collect()
}
