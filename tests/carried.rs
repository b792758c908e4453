//! What comes along unseen in the files of a public item: a word is planted wherever pictures,
//! drawings and forms keep what no page shows, and every byte of the outputs is searched for it.

use std::fs;
use std::io::Write as _;

use crate::common::sheet::Sheet;
use crate::privacy::{Workspace, assert_clean, assert_folder_clean, files, read_pdf};
use base64::Engine as _;
use lopdf::{Dictionary, Object, ObjectId, dictionary};

/// What must be seen of the drawing and of the form.
const SEEN: [&str; 2] = ["drawnopenly", "filledinopenly"];

/// A photograph with who took it, where, and what was said of it.
fn photograph(word: &mut dyn FnMut() -> String) -> Vec<u8> {
    let mut jpeg = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut jpeg)
        .encode(&[120; 64 * 48 * 3], 64, 48, image::ExtendedColorType::Rgb8)
        .expect("a photograph");
    let segment = |mark: u8, data: &[u8]| {
        let length = u16::try_from(data.len() + 2).expect("a short one");
        [&[0xff, mark], length.to_be_bytes().as_slice(), data].concat()
    };
    // who took it and in which software, and the block of a place
    let artist = format!("{} and others\0", word());
    let software = format!("C:\\Users\\{}\\edit.exe\0", word());
    let entry = |tag: u16, length: usize, at: usize| {
        [
            tag.to_be_bytes().as_slice(),
            &2_u16.to_be_bytes(),
            &u32::try_from(length).expect("short").to_be_bytes(),
            &u32::try_from(at).expect("short").to_be_bytes(),
        ]
        .concat()
    };
    let after = 8 + 2 + 2 * 12 + 4;
    let exif = [
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".as_slice(),
        &entry(0x131, software.len(), after),
        &entry(0x13b, artist.len(), after + software.len()),
        &[0; 4],
        software.as_bytes(),
        artist.as_bytes(),
    ]
    .concat();
    let xmp = format!(
        "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:GPS>{}</rdf:GPS></x:xmpmeta>",
        word()
    );
    let iptc = format!(
        "Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x20\x1c\x02\x50\0\x08{}",
        word()
    );
    let mut all = jpeg[..2].to_vec();
    all.extend(segment(0xe1, &exif));
    all.extend(segment(0xe1, xmp.as_bytes()));
    all.extend(segment(0xed, iptc.as_bytes()));
    all.extend(segment(0xfe, word().as_bytes()));
    all.extend(&jpeg[2..]);
    // some cameras put more behind the end
    all.extend(word().bytes());
    all
}

/// A picture with texts beside its pixels.
fn plan(word: &mut dyn FnMut() -> String) -> Vec<u8> {
    let mut png = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut png);
    image::ImageEncoder::write_image(
        encoder,
        &[200; 32 * 32 * 3],
        32,
        32,
        image::ExtendedColorType::Rgb8,
    )
    .expect("a picture");
    let chunk = |kind: &[u8; 4], data: &[u8]| {
        let mut crc = flate2::Crc::new();
        crc.update(kind);
        crc.update(data);
        let length = u32::try_from(data.len()).expect("short");
        [
            length.to_be_bytes().as_slice(),
            kind,
            data,
            &crc.sum().to_be_bytes(),
        ]
        .concat()
    };
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(word().as_bytes()).expect("packed");
    let packed = packed.finish().expect("packed");
    let mut all = png[..33].to_vec();
    all.extend(chunk(b"tEXt", format!("Author\0{}", word()).as_bytes()));
    all.extend(chunk(
        b"iTXt",
        format!("Comment\0\0\0en\0\0{}", word()).as_bytes(),
    ));
    all.extend(chunk(
        b"zTXt",
        &[b"Source\0\0".as_slice(), &packed].concat(),
    ));
    all.extend(chunk(b"prVt", word().as_bytes()));
    all.extend(&png[33..]);
    all.extend(word().bytes());
    all
}

/// A drawing as an editor saves it.
fn drawing(word: &mut dyn FnMut() -> String) -> String {
    let photo = base64::engine::general_purpose::STANDARD.encode(photograph(word));
    format!(
        r##"<?xml version="1.0"?>
<!-- {} -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" width="300" height="200" sodipodi:docname="/home/{}/plan.svg" inkscape:export-filename="{}">
<metadata><creator>{}</creator></metadata>
<sodipodi:namedview inkscape:label="{}"/>
<title>{}</title>
<defs><g id="unused"><text>{}</text></g></defs>
<text x="10" y="40" font-family="Noto Sans" data-by="{}">drawnopenly</text>
<text x="10" y="80" font-family="Noto Sans" display="none">{}</text>
<text x="10" y="90" font-family="Noto Sans" visibility="hidden">{}</text>
<text x="9000" y="90" font-family="Noto Sans">{}</text>
<g transform="translate(5 5)"><text x="10" y="170" font-family="Noto Sans" font-size="10">{}</text></g>
<rect x="5" y="160" width="290" height="30"/>
<image x="100" y="100" width="64" height="48" href="data:image/jpeg;base64,{photo}"/>
<g style="display:none"><text>{}</text></g>
<rect x="10" y="100" width="50" height="50" inkscape:label="{}" fill="#336699"/>
</svg>"##,
        word(),
        word(),
        word(),
        word(),
        word(),
        word(),
        word(),
        word(),
        word(),
        word(),
        word(),
        word(),
        word(),
        word()
    )
}

/// A form whose fields keep values that nobody sees, and what else a file keeps for itself.
fn form(word: &mut dyn FnMut() -> String) -> Vec<u8> {
    let mut sheet = Sheet::new("BT /F1 12 Tf 72 700 Td (The form as it was sent) Tj ET")
        .info("Author", &word())
        .info("Keywords", &word())
        .metadata(&format!(
            "<x:xmpmeta><dc:creator>{}</dc:creator></x:xmpmeta>",
            word()
        ));
    let off = sheet.hidden_layer();
    let string = |text: &str| Object::string_literal(text);
    let place =
        |x0: i64, x1: i64| Object::Array(vec![x0.into(), 600.into(), x1.into(), 630.into()]);
    let look = |sheet: &mut Sheet, text: &str| -> ObjectId {
        let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" };
        sheet.doc.add_object(lopdf::Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Form",
                "BBox" => vec![0.into(), 0.into(), 200.into(), 30.into()],
                "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
            },
            format!("/Tx BMC BT /F1 12 Tf 2 5 Td ({text}) Tj ET EMC").into_bytes(),
        ))
    };
    let hidden: [(&str, Dictionary); 5] = [
        ("hidden", dictionary! { "F" => 2, "Rect" => place(72, 272) }),
        (
            "printed",
            dictionary! { "F" => 36, "Rect" => place(72, 272) },
        ),
        (
            "beside",
            dictionary! { "F" => 4, "Rect" => place(-400, -200) },
        ),
        (
            "layer",
            dictionary! { "F" => 4, "OC" => off, "Rect" => place(72, 272) },
        ),
        ("thin", dictionary! { "F" => 4, "Rect" => place(72, 72) }),
    ];
    let mut fields = Vec::new();
    for (name, more) in hidden {
        let value = word();
        let look = look(&mut sheet, &value);
        let mut field = dictionary! {
            "Type" => "Annot", "Subtype" => "Widget", "FT" => "Tx", "T" => string(name),
            "V" => string(&value), "DV" => string(&word()), "TU" => string(&word()),
            "AP" => dictionary! { "N" => look },
        };
        field.extend(&more);
        fields.push(field);
    }
    // shown, with a value that is another
    let open = look(&mut sheet, SEEN[1]);
    fields.push(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "FT" => "Tx", "T" => string("open"), "F" => 4,
        "V" => string(&word()), "Rect" => place(72, 272), "AP" => dictionary! { "N" => open },
        "AA" => dictionary! { "K" => dictionary! { "S" => "JavaScript", "JS" => string(&word()) } },
    });
    for (subtype, flags) in [("FreeText", 2), ("Text", 36), ("Stamp", 2)] {
        fields.push(dictionary! {
            "Type" => "Annot", "Subtype" => subtype, "F" => flags, "Rect" => place(300, 400),
            "Contents" => string(&word()), "T" => string(&word()),
        });
    }
    let mut ids: Vec<Object> = Vec::new();
    for field in fields {
        ids.push(sheet.doc.add_object(field).into());
    }
    let nowhere = sheet.doc.add_object(dictionary! {
        "FT" => "Tx", "T" => string("nowhere"), "V" => string(&word()),
    });
    let listed: Vec<Object> = ids
        .iter()
        .take(6)
        .cloned()
        .chain([nowhere.into()])
        .collect();
    sheet
        .page_entry("Annots", Object::Array(ids))
        .page_entry(
            "PieceInfo",
            dictionary! { "Draw" => dictionary! { "Private" => string(&word()) } }.into(),
        )
        .catalog_entry(
            "AcroForm",
            dictionary! { "Fields" => listed, "XFA" => string(&word()) }.into(),
        )
        .embedded(&word())
        .bytes()
}

fn planted() -> Workspace {
    let mut workspace = Workspace::of_a_board();
    let mut pack = "committee = \"board\"\n[meeting]\ndate = 2027-01-18\ntime = 10:00:00\nplace = \"The Town Hall\"\n[[item]]\ntitle = \"Open business\"\nkind = \"report\"\nsource = \"report.md\"\n".to_owned();
    for file in ["photo.jpg", "plan.png", "drawing.svg", "form.pdf"] {
        let alt = if file.ends_with("pdf") {
            ""
        } else {
            "alt = \"What the paper shows\"\n"
        };
        pack.push_str(&format!(
            "[[item.appendix]]\ntitle = \"Paper {file}\"\nfile = \"{file}\"\norigin = \"third-party\"\n{alt}"
        ));
    }
    workspace.write("packs/meeting/pack.toml", &pack);
    workspace.write(
        "packs/meeting/report.md",
        "+++\nsubject = \"Open business\"\n+++\n\n# Purpose\n\n<!-- § -->\n\n![The street](photo.jpg \"The street\")\n\n![The plan](drawing.svg \"The plan\")\n\nTo tell the Board.\n",
    );
    let photo = photograph(&mut || workspace.word());
    workspace.bytes("packs/meeting/photo.jpg", &photo);
    let plan = plan(&mut || workspace.word());
    workspace.bytes("packs/meeting/plan.png", &plan);
    let drawing = drawing(&mut || workspace.word());
    workspace.bytes("packs/meeting/drawing.svg", drawing.as_bytes());
    let form = form(&mut || workspace.word());
    workspace.bytes("packs/meeting/form.pdf", &form);
    workspace
}

/// The files that a text holds in base64, and those in them.
fn packed(text: &str) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for inside in text.split(";base64,").skip(1) {
        let end = inside.find(['"', '\'', ')']).unwrap_or(inside.len());
        let data = base64::engine::general_purpose::STANDARD.decode(&inside[..end]);
        let data = data.unwrap_or_default();
        found.extend(packed(&String::from_utf8_lossy(&data)));
        found.push(data);
    }
    found
}

#[test]
fn nothing_that_comes_along_unseen_is_in_any_public_byte() {
    let workspace = planted();
    for options in [&[][..], &["--large-print"]] {
        let out = tempfile::tempdir().expect("a folder");
        workspace.build(out.path(), options);
        assert_folder_clean(out.path());
        for file in files(out.path()) {
            let page = String::from_utf8_lossy(&fs::read(&file).expect("a file")).into_owned();
            for inside in packed(&page) {
                assert_clean(&format!("a file in {}", file.display()), &inside);
            }
        }
        let pack = files(out.path())
            .into_iter()
            .filter(|file| file.extension().is_some_and(|ending| ending == "pdf"))
            .max_by_key(|file| fs::metadata(file).map_or(0, |it| it.len()))
            .expect("a pack");
        let text = read_pdf(&pack).remove("text").unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        for seen in SEEN {
            assert!(
                text.is_empty() || text.contains(seen),
                "{seen} is lost: {text}"
            );
        }
    }
}
