//! Images of every kind, in running text, in a table and as an appendix: what `check` accepts is
//! built, in both prints, and what it does not accept is found at its line.

use std::fs;
use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::{DynamicImage, ImageFormat};
use lopdf::{Object, dictionary};

use crate::common::sheet::Sheet;
use crate::common::{pack, said};
use crate::privacy::Workspace;

const AGENDA: &str = r#"committee = "board"
[meeting]
date = 2027-01-18
time = 10:00:00
place = "Guildhall"
[[item]]
title = "Business"
kind = "report"
source = "report.md"
"#;

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    image.write_to(&mut file, format).expect("a picture");
    file.into_inner()
}

fn svg(inside: &str) -> Vec<u8> {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         viewBox=\"0 0 30 20\">{inside}</svg>"
    )
    .into_bytes()
}

/// Files by their names, and whether a pack takes them.
fn images() -> Vec<(&'static str, Vec<u8>, bool)> {
    let dots = DynamicImage::new_rgb8(60, 40);
    let png = encoded(&dots, ImageFormat::Png);
    let jpeg = encoded(&dots, ImageFormat::Jpeg);
    let rect = "<rect width=\"9\" height=\"9\"/>";
    vec![
        ("rgb.png", png.clone(), true),
        (
            "alpha.png",
            encoded(&DynamicImage::new_rgba8(60, 40), ImageFormat::Png),
            true,
        ),
        (
            "deep.png",
            encoded(&DynamicImage::new_rgba16(60, 40), ImageFormat::Png),
            true,
        ),
        (
            "grey.png",
            encoded(&DynamicImage::new_luma_a8(60, 40), ImageFormat::Png),
            true,
        ),
        (
            "tall.png",
            encoded(&DynamicImage::new_luma8(1, 9000), ImageFormat::Png),
            true,
        ),
        ("rgb.jpg", jpeg.clone(), true),
        ("named-wrongly.png", jpeg.clone(), true),
        ("breaks-off.jpg", jpeg[..jpeg.len() - 9].to_vec(), true),
        ("head.jpg", jpeg[..30].to_vec(), false),
        ("breaks-off.png", png[..png.len() - 40].to_vec(), false),
        ("empty.png", Vec::new(), false),
        ("empty.svg", Vec::new(), false),
        ("gif-inside.png", b"GIF89a".to_vec(), false),
        ("words.png", b"words".to_vec(), false),
        ("rect.svg", svg(rect), true),
        (
            "letters.svg",
            svg("<text y=\"9\">\u{1f600} \u{4e2d} Site</text>"),
            true,
        ),
        (
            "scripts.svg",
            svg(
                "<text y=\"9\">\u{939}\u{93f}\u{928}\u{94d}\u{926}\u{940} \u{9ac}\u{9be}\u{982}\u{9b2}\u{9be} \
                 \u{627}\u{644}\u{644}\u{647} a\u{301}\u{323}</text>",
            ),
            true,
        ),
        (
            "no-namespace.svg",
            format!("<svg viewBox=\"0 0 9 9\">{rect}</svg>").into(),
            true,
        ),
        (
            "entities.svg",
            format!(
                "<!DOCTYPE svg [<!ENTITY ns \"http://www.w3.org/2000/svg\">{}]>\
                 <svg xmlns=\"&ns;\" viewBox=\"0 0 9 9\">{rect}</svg>",
                "<!ENTITY more \"http://example.org/\">".repeat(99)
            )
            .into(),
            true,
        ),
        (
            "prefixed.svg",
            format!(
                "<v:svg xmlns:v=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><v:{}</v:svg>",
                &rect[1..]
            )
            .into(),
            true,
        ),
        (
            "blurred.svg",
            svg(
                "<filter id=\"f\"><feGaussianBlur stdDeviation=\"1\"/></filter><rect width=\"9\" height=\"9\" filter=\"url(#f)\"/>",
            ),
            true,
        ),
        (
            "in-itself.svg",
            svg("<g id=\"a\"><use href=\"#a\"/></g><mask id=\"m\" mask=\"url(#m)\"/>"),
            true,
        ),
        (
            "image-outside.svg",
            svg("<image xlink:href=\"rgb.png\" width=\"9\" height=\"9\"/>"),
            false,
        ),
        (
            "deep.svg",
            svg(&format!(
                "{}{rect}{}",
                "<g>".repeat(800),
                "</g>".repeat(800)
            )),
            false,
        ),
        (
            "breaks-off.svg",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"><rect".to_vec(),
            false,
        ),
        (
            "no-size.svg",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\" height=\"0\"/>".to_vec(),
            false,
        ),
    ]
}

fn write(workspace: &mut Workspace, names: &[&str]) {
    let mut report =
        "+++\nsubject = \"Business\"\n+++\n\n# Purpose\n\nTo tell the Board.\n".to_owned();
    let mut agenda = AGENDA.to_owned();
    for name in names {
        report += &format!(
            "\n![A view]({name})\n\n| View | Of |\n| --- | --- |\n| ![A view]({name}) | x |\n"
        );
        agenda +=
            &format!("[[item.appendix]]\ntitle = \"View\"\nfile = \"{name}\"\nalt = \"A view\"\n");
    }
    workspace.write("packs/m/report.md", &report);
    workspace.write("packs/m/pack.toml", &agenda);
}

#[test]
fn what_check_accepts_is_built() {
    let mut workspace = Workspace::of_a_board();
    let images = images();
    for (name, bytes, _) in &images {
        workspace.bytes(&format!("packs/m/{name}"), bytes);
    }

    let names: Vec<&str> = images.iter().map(|(name, ..)| *name).collect();
    write(&mut workspace, &names);
    let checked = said(&pack(&["check", "--format", "short"], workspace.folder()));
    for (name, _, taken) in &images {
        let refused = checked
            .lines()
            .filter(|line| line.contains("error") && line.contains(&format!("/{name} ")))
            .count();
        // In the text, in the table and as an appendix.
        assert_eq!(refused, if *taken { 0 } else { 3 }, "{name}: {checked}");
    }
    for (name, code) in [
        ("breaks-off.jpg", "image-breaks-off"),
        ("letters.svg", "character-without-glyph"),
    ] {
        assert!(
            checked
                .lines()
                .any(|line| line.contains(name) && line.contains(code)),
            "{name}: {checked}"
        );
    }
    // A draft is built without them, and a pack of those that are taken.
    let draft = pack(
        &["build", "--allow-errors", "--format", "pdf"],
        workspace.folder(),
    );
    assert!(draft.status.success(), "{}", said(&draft));
    let taken: Vec<&str> = images
        .iter()
        .filter_map(|(name, _, taken)| taken.then_some(*name))
        .collect();
    write(&mut workspace, &taken);
    for options in [&["build"][..], &["build", "--large-print"]] {
        let built = pack(options, workspace.folder());
        assert!(built.status.success(), "{options:?}: {}", said(&built));
    }
}

#[test]
fn a_picture_alone_is_on_the_page_of_its_title() {
    let mut workspace = Workspace::of_a_board();
    let tall = DynamicImage::new_rgb8(40, 60);
    workspace.bytes("packs/m/tall.png", &encoded(&tall, ImageFormat::Png));
    workspace.write(
        "packs/m/report.md",
        "+++\nsubject = \"Views\"\n+++\n\n# Purpose\n\nTo tell.\n",
    );
    let long = "The hall from the north, with the gate that was rebuilt in 1887 ".repeat(3);
    let mut agenda = AGENDA.to_owned();
    for title in ["Hall", &long] {
        agenda += &format!(
            "[[item.appendix]]\ntitle = \"{title}\"\nfile = \"tall.png\"\nalt = \"The hall\"\n"
        );
    }
    workspace.write("packs/m/pack.toml", &agenda);
    let out = workspace.folder().join("made");
    for print in ["standard", "large", "28"] {
        workspace.build(&out, &["--format", "pdf", "--print", print]);
        let manifest = fs::read_to_string(out.join("manifest.json")).expect("a manifest");
        let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
        let documents = manifest["documents"].as_array().expect("documents");
        for document in documents {
            let parts = document["parts"].as_array().expect("parts").iter();
            let is_picture = |key: &str| key.contains("appendix");
            let pictures = parts.filter(|part| part["key"].as_str().is_some_and(is_picture));
            let pages: Vec<_> = pictures.map(|part| part["pages"].clone()).collect();
            // A title of half a page at the largest size leaves its picture a page of its own.
            let is_largest = document["path"]
                .as_str()
                .is_some_and(|path| path.contains("28pt"));
            let second = if is_largest { 2 } else { 1 };
            assert_eq!(pages, [1, second], "{}", document["path"]);
        }
    }
}

/// A tagged paper with a map, of which a note covers the left half.
fn paper_with_map() -> Vec<u8> {
    let mut sheet = Sheet::new("");
    let page = sheet.page_reference();
    let element = |role: &str, alt: &str, mcid: i64| {
        dictionary! {
            "S" => role, "Pg" => page.clone(), "K" => mcid, "Alt" => Object::string_literal(alt),
        }
    };
    let kids: Vec<Object> = [
        element("Figure", "A map of the ward", 0),
        element("P", "", 1),
    ]
    .into_iter()
    .map(|element| sheet.doc.add_object(element).into())
    .collect();
    let root = sheet
        .doc
        .add_object(dictionary! { "Type" => "StructTreeRoot", "K" => kids });
    let bar = sheet.doc.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Square", "Rect" => vec![90.into(), 290.into(), 250.into(), 510.into()],
        "IC" => vec![0.into(), 0.into(), 1.into()], "C" => vec![0.into(), 0.into(), 1.into()], "F" => 4,
    });
    sheet
        .content(
            "/Figure <</MCID 0>> BDC q 300 0 0 200 100 300 cm /Pic Do Q EMC \
             /P <</MCID 1>> BDC BT /F1 12 Tf 72 700 Td (The ward is large.) Tj ET EMC",
        )
        .catalog_entry("StructTreeRoot", root.into())
        .catalog_entry("Lang", Object::string_literal("en-GB"))
        .catalog_entry("MarkInfo", dictionary! { "Marked" => true }.into())
        .page_entry("Annots", vec![bar.into()].into())
        .page_entry("Rotate", 90.into())
        .bytes()
}

#[test]
fn a_paper_that_is_set_again_keeps_what_is_seen_of_its_figures() {
    let mut workspace = Workspace::of_a_board();
    workspace.bytes("packs/m/ward.pdf", &paper_with_map());
    workspace.write(
        "packs/m/report.md",
        "+++\nsubject = \"Wards\"\n+++\n\n# Purpose\n\nTo tell.\n",
    );
    let appendix = "[[item.appendix]]\ntitle = \"Ward\"\nfile = \"ward.pdf\"\n";
    workspace.write("packs/m/pack.toml", &format!("{AGENDA}{appendix}"));
    let out = workspace.folder().join("made");
    workspace.build(&out, &["--large-print"]);
    let made = |name: &str| fs::read(out.join("public").join(name)).expect("it was made");

    let page = String::from_utf8(made("m-large-print.html")).expect("text");
    let found = page.split("<img src=\"data:image/png;base64,").nth(1);
    let (data, rest) = found.and_then(|it| it.split_once('"')).expect("the map");
    assert!(
        rest.starts_with(" alt=\"A map of the ward\""),
        "{}",
        &rest[..80]
    );
    let map = STANDARD.decode(data).expect("a file");
    let map = image::load_from_memory(&map).expect("a picture").to_rgb8();
    // The page is turned to the right, so that its left half is the upper one: what the note covers
    // is covered.
    let (width, height) = map.dimensions();
    assert!(height > width && height <= 1_600, "{width} by {height}");
    assert_eq!(map.get_pixel(width / 2, height / 4).0, [0, 0, 255]);
    let seen = map.get_pixel(width / 4, height * 3 / 4).0;
    assert!(seen[0] == seen[2] && seen[0] > 0, "{seen:?}");

    let large = lopdf::Document::load_mem(&made("m-large-print.pdf")).expect("a PDF");
    let tells = |key: &[u8], value: &str| {
        large.objects.values().any(|object| {
            let dict = match object {
                Object::Dictionary(dict) => dict,
                Object::Stream(stream) => &stream.dict,
                _ => return false,
            };
            match dict.get(key) {
                Ok(Object::Name(name)) => name == value.as_bytes(),
                Ok(text @ Object::String(..)) => {
                    lopdf::decode_text_string(text).is_ok_and(|it| it == value)
                }
                _ => false,
            }
        })
    };
    assert!(tells(b"Subtype", "Image") && tells(b"Alt", "A map of the ward"));
}
