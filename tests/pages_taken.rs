//! Of a file of which some pages are taken, nothing of the others gets out: a distinct word is planted
//! in every place where something can hide that only page 2 uses, page 1 is taken, and every byte of
//! the public outputs is searched for it.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Command;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use crate::privacy::{Workspace, assert_clean, assert_folder_clean, contents, files, read_pdf};

/// What page 1 draws, each from another kind of place.
const DRAWN: [&str; 10] = [
    "keptpage",
    "keptform",
    "keptpicture",
    "keptborrowed",
    "keptbetween",
    "keptcell",
    "keptmask",
    "keptglyph",
    "keptlayer",
    "keptlook",
];

fn text(text: &str) -> Object {
    Object::String(text.as_bytes().to_vec(), StringFormat::Literal)
}

fn refer(entries: &[(&str, ObjectId)]) -> Dictionary {
    let entries = entries.iter().map(|(name, id)| (*name, *id));
    entries
        .map(|(name, id)| (name.as_bytes().to_vec(), Object::Reference(id)))
        .collect()
}

fn area() -> Vec<Object> {
    vec![0.into(), 0.into(), 100.into(), 100.into()]
}

/// Two pages that share one dictionary of resources, as word processors write it.
#[expect(clippy::too_many_lines, reason = "one entry for each place")]
fn two_pages(word: &mut dyn FnMut() -> String) -> Vec<u8> {
    let mut doc = Document::with_version("1.7");
    let shared = doc.new_object_id();
    let tree = doc.new_object_id();
    let [first, second] = [(); 2].map(|()| doc.new_object_id());
    let form = |doc: &mut Document, content: String, own: bool| {
        let mut dict = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => area() };
        if own {
            dict.set("Resources", shared);
        }
        doc.add_object(Stream::new(dict, content.into_bytes()))
    };
    let picture = |doc: &mut Document, data: &str, kind: &str| {
        let picture = dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => data.len() as i64, "Height" => 1,
            "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8, "Name" => kind,
        };
        let mut stream = Stream::new(picture, data.as_bytes().to_vec());
        stream.compress().expect("compressed");
        doc.add_object(stream)
    };
    let says = |word: &str| format!("BT /F1 9 Tf 5 5 Td ({word}) Tj ET");

    // Forms, one inside the other, and one without resources of its own.
    let pictures = [
        picture(&mut doc, "keptpicture", "A"),
        picture(&mut doc, &word(), "B"),
    ];
    let inner = form(&mut doc, says("keptform"), false);
    let outer = form(&mut doc, "/Inner Do /Im1 Do".to_owned(), true);
    let other_inner = form(&mut doc, says(&word()), false);
    let other = form(&mut doc, format!("/Other Do % {}\n", word()), true);
    // A form whose own resources lack what it draws: readers look in the page's.
    let borrowed = picture(&mut doc, "keptborrowed", "C");
    let poor = doc.add_object(Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => area(),
            "Resources" => dictionary! { "XObject" => dictionary! {} },
        },
        b"/Im3 Do".to_vec(),
    ));
    // And in those of a form between, which is drawn by way of the page's resources.
    let between = picture(&mut doc, "keptbetween", "D");
    let lender = doc.add_object(Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => area(),
            "Resources" => dictionary! { "XObject" => dictionary! { "Im4" => between } },
        },
        b"/Poorer Do".to_vec(),
    ));
    let poorer = doc.add_object(Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => area(),
            "Resources" => dictionary! { "XObject" => dictionary! {} },
        },
        b"/Im4 Do".to_vec(),
    ));
    // Cells of patterns, masks, glyphs.
    let cell = |doc: &mut Document, said: &str| {
        let dict = dictionary! {
            "Type" => "Pattern", "PatternType" => 1, "PaintType" => 1, "TilingType" => 1,
            "BBox" => area(), "XStep" => 100, "YStep" => 100, "Resources" => shared,
        };
        doc.add_object(Stream::new(dict, says(said).into_bytes()))
    };
    let cells = [cell(&mut doc, "keptcell"), cell(&mut doc, &word())];
    let state = |doc: &mut Document, said: &str| {
        let group = doc.add_object(Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Form", "BBox" => area(), "Resources" => shared,
                "Group" => dictionary! { "S" => "Transparency", "CS" => "DeviceGray" },
            },
            says(said).into_bytes(),
        ));
        doc.add_object(dictionary! {
            "Type" => "ExtGState",
            "SMask" => dictionary! { "Type" => "Mask", "S" => "Luminosity", "G" => group },
        })
    };
    let states = [state(&mut doc, "keptmask"), state(&mut doc, &word())];
    let glyph = |doc: &mut Document, said: &str| {
        let program = format!("500 0 d0 {}", says(said));
        doc.add_object(Stream::new(Dictionary::new(), program.into_bytes()))
    };
    let glyphs = [glyph(&mut doc, "keptglyph"), glyph(&mut doc, &word())];
    let drawn_font = doc.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type3", "FontBBox" => area(), "FirstChar" => 97,
        "LastChar" => 98, "Widths" => vec![500.into(), 500.into()],
        "FontMatrix" => vec![0.01.into(), 0.into(), 0.into(), 0.01.into(), 0.into(), 0.into()],
        "CharProcs" => refer(&[("one", glyphs[0]), ("two", glyphs[1])]),
        "Encoding" => dictionary! {
            "Type" => "Encoding", "Differences" => vec![97.into(), "one".into(), "two".into()],
        },
        "Resources" => shared,
    });
    let font = |doc: &mut Document, name: &str| {
        doc.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => name })
    };
    let fonts = [font(&mut doc, "Helvetica"), font(&mut doc, &word())];
    let function = |doc: &mut Document, remark: &str| {
        doc.add_object(Stream::new(
            dictionary! {
                "FunctionType" => 4, "Domain" => vec![0.into(), 1.into()],
                "Range" => vec![0.into(), 1.into()],
            },
            format!("{{ % {remark}\n }}").into_bytes(),
        ))
    };
    let tints = function(&mut doc, &word());
    let space = doc.add_object(vec![
        "Separation".into(),
        Object::Name(word().into_bytes()),
        "DeviceGray".into(),
        tints.into(),
    ]);
    let shades = function(&mut doc, &word());
    let shading = doc.add_object(dictionary! {
        "ShadingType" => 2, "ColorSpace" => "DeviceGray", "Coords" => area(), "Function" => shades,
    });
    let layer = |doc: &mut Document, name: &str| {
        doc.add_object(dictionary! { "Type" => "OCG", "Name" => text(name) })
    };
    let layers = [layer(&mut doc, "keptlayer"), layer(&mut doc, &word())];
    let list = doc.add_object(dictionary! { "ActualText" => text(&word()) });
    let named = word();
    doc.set_object(
        shared,
        dictionary! {
            "XObject" => refer(&[
                ("Inner", inner), ("Outer", outer), ("Other", other_inner), (&named, other),
                ("Im1", pictures[0]), ("Im2", pictures[1]), ("Im3", borrowed), ("Poor", poor),
                ("Lender", lender), ("Poorer", poorer),
            ]),
            "Pattern" => refer(&[("P1", cells[0]), ("P2", cells[1])]),
            "ExtGState" => refer(&[("G1", states[0]), ("G2", states[1])]),
            "Font" => refer(&[("F1", fonts[0]), ("F2", fonts[1]), ("T3", drawn_font)]),
            "ColorSpace" => refer(&[("C2", space)]),
            "Shading" => refer(&[("S2", shading)]),
            "Properties" => refer(&[("L1", layers[0]), ("L2", layers[1]), ("N2", list)]),
            "Private" => dictionary! { "Note" => text(&word()) },
        },
    );

    let contents = [
        format!(
            "% {}\n/P <</MCID 0>> BDC {} EMC /OC /L1 BDC q 1 0 0 1 0 200 cm /Outer Do /Poor Do /Lender Do Q EMC \
             q /Pattern cs /P1 scn 300 300 50 50 re f Q q /G1 gs 400 300 50 50 re f Q \
             /Artifact BMC BT /T3 9 Tf 50 500 Td (a) Tj ET EMC",
            word(),
            says("keptpage")
        ),
        format!(
            "/P <</MCID 0>> BDC {} EMC /OC /L2 BDC /{named} Do EMC /Im2 Do /G2 gs /Pattern cs /P2 scn \
             0 0 50 50 re f /C2 cs 1 scn 0 0 9 9 re f /S2 sh /Span /N2 BDC EMC \
             BT /T3 9 Tf (b) Tj /F2 9 Tf (x) Tj ET",
            says(&word())
        ),
    ];
    let contents =
        contents.map(|it| doc.add_object(Stream::new(Dictionary::new(), it.into_bytes())));

    // A note on page 1 that answers one on page 2, which does not say that it is a note.
    let look = |doc: &mut Document, said: &str| form(doc, says(said), true);
    let asked = doc.add_object(dictionary! {
        "Subtype" => "Text", "Rect" => area(), "Contents" => text(&word()), "P" => second,
    });
    let looks = [look(&mut doc, "keptlook"), look(&mut doc, &word())];
    let answer = doc.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Text", "Rect" => area(), "Contents" => text("Seen"),
        "IRT" => asked, "P" => first, "AS" => "On",
        "AP" => dictionary! { "N" => refer(&[("On", looks[0]), ("Off", looks[1])]) },
    });
    let goal = word();
    let link = doc.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Link", "Rect" => area(), "Dest" => text(&goal),
    });
    let page = |contents: ObjectId, notes: Vec<Object>| {
        dictionary! {
            "Type" => "Page", "Parent" => tree, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "Contents" => contents, "Resources" => shared, "Annots" => notes, "StructParents" => 0,
        }
    };
    doc.set_object(first, page(contents[0], vec![answer.into(), link.into()]));
    doc.set_object(second, page(contents[1], vec![asked.into()]));
    doc.set_object(
        tree,
        dictionary! {
            "Type" => "Pages", "Count" => 2, "Kids" => vec![first.into(), second.into()],
        },
    );

    // Elements of page 1, of page 2, of both, and of nothing.
    let [root, section, one, two, none] = [(); 5].map(|()| doc.new_object_id());
    let (kind, class) = (word(), word());
    doc.set_object(
        section,
        dictionary! {
            "Type" => "StructElem", "S" => "Sect", "P" => root, "T" => text(&word()),
            "Alt" => text(&word()), "ActualText" => text(&word()), "E" => text(&word()),
            "A" => dictionary! { "O" => "Table", "Summary" => text(&word()) },
            "K" => vec![one.into(), two.into(), none.into()],
        },
    );
    doc.set_object(
        one,
        dictionary! {
            "Type" => "StructElem", "S" => "P", "P" => section, "Pg" => first,
            "K" => vec![0.into(), Object::Dictionary(dictionary! {
                "Type" => "MCR", "Pg" => first, "Stm" => other, "MCID" => 0,
            }), Object::Dictionary(dictionary! {
                "Type" => "OBJR", "Pg" => first, "Obj" => pictures[1],
            })],
        },
    );
    doc.set_object(
        two,
        dictionary! {
            "Type" => "StructElem", "S" => Object::Name(kind.clone().into_bytes()), "P" => section,
            "Pg" => second, "K" => 0, "C" => Object::Name(class.clone().into_bytes()),
            "ID" => text(&word()), "Alt" => text(&word()),
        },
    );
    doc.set_object(
        none,
        dictionary! {
            "Type" => "StructElem", "S" => "Figure", "P" => section, "Pg" => second,
            "Alt" => text(&word()),
        },
    );
    let mut roles = dictionary! { "Chapter" => "Sect" };
    roles.set(kind, "P");
    let mut classes = Dictionary::new();
    classes.set(
        class,
        dictionary! { "O" => "Layout", "Note" => text(&word()) },
    );
    doc.set_object(
        root,
        dictionary! {
            "Type" => "StructTreeRoot", "K" => section, "RoleMap" => roles, "ClassMap" => classes,
        },
    );

    // What belongs to the whole file.
    let outlines = doc.new_object_id();
    let inner_mark = doc.new_object_id();
    let mark = doc.add_object(dictionary! {
        "Title" => text(&word()), "Parent" => outlines, "First" => inner_mark, "Last" => inner_mark,
        "Dest" => vec![second.into(), "Fit".into()],
    });
    doc.set_object(
        inner_mark,
        dictionary! {
            "Title" => text("Beginning"), "Parent" => mark, "Dest" => vec![first.into(), "Fit".into()],
        },
    );
    doc.set_object(outlines, dictionary! { "First" => mark, "Last" => mark });
    let named = vec![
        text(&goal),
        vec![second.into(), "Fit".into()].into(),
        text(&word()),
        vec![first.into(), "Fit".into()].into(),
    ];
    let label = dictionary! { "P" => text(&word()) };
    let catalog = doc.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => tree, "Outlines" => outlines, "StructTreeRoot" => root,
        "MarkInfo" => dictionary! { "Marked" => true }, "Lang" => text("en-GB"),
        "Names" => dictionary! { "Dests" => dictionary! { "Names" => named } },
        "PageLabels" => dictionary! { "Nums" => vec![1.into(), label.into()] },
        "OCProperties" => dictionary! {
            "OCGs" => vec![layers[0].into(), layers[1].into()],
            "D" => dictionary! { "Order" => vec![text(&word()), layers[1].into()] },
        },
    });
    let info = doc.add_object(dictionary! { "Title" => text(&word()) });
    doc.trailer.set("Root", catalog);
    doc.trailer.set("Info", info);
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).expect("a PDF");
    bytes
}

/// The pages of the file as an appendix; words that nobody sees in it are accepted.
fn planted(pages: &str) -> Workspace {
    let mut workspace = Workspace::of_a_board();
    workspace.write(
        "packs/meeting/pack.toml",
        &format!(
            "committee = \"board\"\n[meeting]\ndate = 2027-01-18\ntime = 10:00:00\nplace = \"The Town Hall\"\n[[item]]\ntitle = \"Open business\"\nkind = \"report\"\nsource = \"report.md\"\n[[item.appendix]]\ntitle = \"Paper\"\nfile = \"paper.pdf\"\norigin = \"third-party\"\npages = \"{pages}\"\n"
        ),
    );
    workspace.write(
        "packs/meeting/report.md",
        "+++\nsubject = \"Open business\"\n+++\n\n# Purpose\n\nTo tell the Board.\n",
    );
    let file = two_pages(&mut || workspace.word());
    workspace.bytes("packs/meeting/paper.pdf", &file);
    let checked = Command::new(env!("CARGO_BIN_EXE_pack"))
        .arg("check")
        .arg(workspace.folder())
        .output()
        .expect("the program runs");
    let told = String::from_utf8_lossy(&checked.stdout).into_owned();
    if let Some((_, rest)) = told.split_once("accept-redaction-of = \"") {
        let of = rest.split('"').next().expect("a fingerprint");
        let pack = workspace.folder().join("packs/meeting/pack.toml");
        let before = fs::read_to_string(&pack).expect("a file");
        let after =
            format!("{before}accept-redaction = \"Planted.\"\naccept-redaction-of = \"{of}\"\n");
        fs::write(pack, after).expect("a file");
    }
    workspace
}

/// What the PDFs of a folder hold, all streams unpacked, each by its name.
fn unpacked(folder: &Path) -> Vec<(String, String)> {
    let pdfs = files(folder).into_iter().filter(|file| {
        file.extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"))
    });
    pdfs.map(|file| {
        let mut read = read_pdf(&file);
        let objects = read.remove("objects").unwrap_or_default();
        (
            file.display().to_string(),
            String::from_utf8_lossy(&objects).into_owned(),
        )
    })
    .collect()
}

/// Fails where what is kept for the next public build holds a planted word, as it stands or deflated.
fn assert_kept_clean(workspace: &Path) {
    let entries = files(&workspace.join(".pack/cache/public"));
    assert!(entries.len() > 2, "parts, pages and papers");
    let mut drawn = 0;
    for entry in entries {
        let bytes = fs::read(&entry).expect("an entry");
        assert_clean("an entry of the cache", &bytes);
        for at in (0..bytes.len()).filter(|at| bytes[*at] == 0x78) {
            let mut plain = Vec::new();
            // What is no deflated stream ends in an error, and what came before it counts.
            let _ = flate2::read::ZlibDecoder::new(&bytes[at..]).read_to_end(&mut plain);
            if !plain.is_empty() {
                assert_clean("an entry of the cache, inflated", &plain);
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        drawn += usize::from(text.contains("keptform"));
    }
    assert!(drawn > 0, "the pages are kept");
}

#[test]
fn nothing_of_a_page_that_is_not_taken_is_in_any_public_byte() {
    let workspace = planted("1");
    let out = tempfile::tempdir().expect("a folder");
    workspace.build(out.path(), &[]);
    assert_folder_clean(out.path());
    assert_kept_clean(workspace.folder());
    let made = |options: &[&str]| {
        let out = tempfile::tempdir().expect("a folder");
        workspace.build(out.path(), options);
        contents(out.path())
    };
    let first = contents(out.path());
    assert!(made(&[]) == first, "made of what was kept");
    assert!(made(&["--no-cache"]) == first, "made anew");
    let pdfs = unpacked(out.path());
    assert!(pdfs.len() > 1, "the pack and the paper");
    for (name, objects) in pdfs {
        for drawn in DRAWN {
            assert!(objects.contains(drawn), "{name} has lost {drawn}");
        }
    }
}

#[test]
fn what_a_taken_page_draws_is_found_where_it_is_planted() {
    let workspace = planted("1-2");
    let out = tempfile::tempdir().expect("a folder");
    let built = Command::new(env!("CARGO_BIN_EXE_pack"))
        .args(["build", "--quiet", "--out"])
        .arg(out.path())
        .arg(workspace.folder())
        .status()
        .expect("the program runs");
    assert!(built.success());
    let found = std::panic::catch_unwind(|| assert_folder_clean(out.path()));
    assert!(found.is_err(), "the search does not see planted words");
    let found = std::panic::catch_unwind(|| assert_kept_clean(workspace.folder()));
    assert!(found.is_err(), "nor among what is kept");
}
