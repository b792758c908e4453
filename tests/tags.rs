//! What is tagged in a file is tagged in the pack: nothing loses its parent, its level or its kind.

use crate::common::built::{SAMPLES, built};
use crate::common::pdf::{Fixture, attachment, plan};
use crate::common::{node_modules, pdfs, saved_by_libreoffice, shared, tool};

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use lopdf::{Dictionary, Document, Object, ObjectId};
use pack::assemble::assemble;
use pack::assemble::outcome::{Assembled, NoteKind};
use pack::assemble::plan::Section;
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

/// The file in a pack of its own.
fn packed(file: &[u8]) -> (Assembled, Document) {
    let assembled = assemble(plan(vec![attachment("a", file)])).expect("a pack");
    let doc = Document::load_mem(&assembled.pdf).expect("a file");
    (assembled, doc)
}

/// The fixture with its objects changed.
fn changed(mut change: impl FnMut(ObjectId, &mut Dictionary)) -> Vec<u8> {
    let mut doc = Document::load_mem(&Fixture::default().pdf()).expect("the fixture");
    for (id, object) in &mut doc.objects {
        if let Object::Dictionary(dict) = object {
            change(*id, dict);
        }
    }
    let mut file = Vec::new();
    doc.save_to(&mut file).expect("writing to memory");
    file
}

fn kind(dict: &Dictionary) -> Option<&[u8]> {
    dict.get(b"S").and_then(Object::as_name).ok()
}

/// How often each type of element is in a file.
fn kinds(doc: &Document) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for object in doc.objects.values() {
        if let Object::Dictionary(dict) = object
            && dict.has(b"P")
            && let Some(kind) = kind(dict)
        {
            *kinds
                .entry(String::from_utf8_lossy(kind).into_owned())
                .or_default() += 1;
        }
    }
    kinds
}

/// The numbers of marked content on pages, artifacts left aside, whose element the ParentTree does
/// not know or from which no way leads up to the root.
fn orphans(doc: &Document) -> Vec<String> {
    let catalog = doc.catalog().expect("a catalog");
    let root = catalog.get(b"StructTreeRoot").expect("tags");
    let root = root.as_reference().expect("an object");
    let tree = doc.get_dictionary(root).expect("a dictionary");
    let mut parents = BTreeMap::new();
    let mut open = vec![tree.get(b"ParentTree").expect("a parent tree")];
    while let Some(node) = open.pop() {
        let node = doc.dereference(node).expect("there").1;
        let node = node.as_dict().expect("a node");
        for pair in node
            .get(b"Nums")
            .and_then(Object::as_array)
            .map_or(&[][..], Vec::as_slice)
            .chunks(2)
        {
            parents.insert(pair[0].as_i64().expect("a key"), &pair[1]);
        }
        if let Ok(kids) = node.get(b"Kids").and_then(Object::as_array) {
            open.extend(kids);
        }
    }
    let reaches_root = |element: &Object| {
        let mut at = element.as_reference().ok();
        for _ in 0..200 {
            match at {
                Some(id) if id == root => return true,
                Some(id) => {
                    let dict = doc.get_dictionary(id).expect("an element");
                    let parent = dict.get(b"P").and_then(Object::as_reference).ok();
                    let Some(parent) = parent else { return false };
                    // Its parent has it below it, too.
                    let above = doc.get_dictionary(parent).expect("a parent");
                    let kids = above.get(b"K").map(|kids| match kids {
                        Object::Array(kids) => kids.clone(),
                        one => vec![one.clone()],
                    });
                    if !kids.is_ok_and(|kids| kids.contains(&Object::Reference(id))) {
                        return false;
                    }
                    at = Some(parent);
                }
                None => return false,
            }
        }
        false
    };
    let mut orphans = Vec::new();
    for (number, page) in doc.get_pages() {
        let dict = doc.get_dictionary(page).expect("a page");
        let content = doc.get_page_content(page);
        let content = lopdf::content::Content::decode(&content).expect("operations");
        let elements = dict
            .get(b"StructParents")
            .and_then(Object::as_i64)
            .ok()
            .and_then(|key| parents.get(&key))
            .and_then(|entry| doc.dereference(entry).ok()?.1.as_array().ok());
        for operation in content.operations {
            if operation.operator != "BDC" {
                continue;
            }
            let Some(Object::Dictionary(properties)) = operation.operands.get(1) else {
                continue;
            };
            let Ok(mcid) = properties.get(b"MCID").and_then(Object::as_i64) else {
                continue;
            };
            let element = elements.and_then(|elements| elements.get(usize::try_from(mcid).ok()?));
            if !element.is_some_and(reaches_root) {
                orphans.push(format!("page {number}: {mcid}"));
            }
        }
    }
    orphans
}

/// What another reader of PDFs says of a file.
fn asked(reader: &str, pdf: &[u8]) -> Option<String> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    fs::write(file.path(), pdf).expect("a file");
    let path = file.path().to_string_lossy();
    match reader {
        "pdftotext" => tool(reader, &[&path, "-"]),
        _ => tool(reader, &[&path]),
    }
}

/// Rules of PDF/UA-1 that a file breaks.
fn broken_rules(pdf: &[u8]) -> Vec<String> {
    let options = ValidationOptions::default().profile(ValidationProfile::PdfUa1);
    let report = validate_pdf_bytes(pdf, &options).expect("a verdict");
    report
        .failures
        .iter()
        .map(|failure| format!("{} {}", failure.rule_id, failure.message))
        .collect()
}

#[test]
fn elements_that_only_the_parent_tree_reaches_keep_their_parent() {
    // A program set the number of each page as an element that its parent does not name.
    let papers = Path::new("packs/packs/2026-09-14-children-communities");
    let file = std::fs::read(papers.join("05-school-places/forecasts.pdf")).expect("the sample");
    let (assembled, doc) = packed(&file);
    assert_eq!(orphans(&doc), Vec::<String>::new());
    assert_eq!(kinds(&doc).get("NonStruct"), Some(&4));
    assert_eq!(assembled.parts[0].pdf_ua, Ok(()));
    assert_eq!(broken_rules(&assembled.pdf), Vec::<String>::new());
}

#[test]
fn every_mark_of_the_samples_has_its_parent() {
    for pack in SAMPLES {
        for options in [&[][..], &["--large-print"]] {
            let file = fs::read(built(pack, options).pdf()).expect("the pack");
            let doc = Document::load_mem(&file).expect("a file");
            assert_eq!(orphans(&doc), Vec::<String>::new(), "{pack} {options:?}");
            let kinds = kinds(&doc);
            for kind in ["H1", "P", "L", "TH", "TD", "Link"] {
                assert!(kinds.contains_key(kind), "{pack} {options:?}: {kinds:?}");
            }
        }
    }
}

#[test]
fn every_mark_of_the_fixture_has_its_parent() {
    let (_, doc) = packed(&Fixture::default().pdf());
    assert_eq!(orphans(&doc), Vec::<String>::new());
}

#[test]
fn headings_without_levels_get_those_of_their_places() {
    let file = changed(|_, dict| {
        if kind(dict) == Some(b"H1") {
            dict.set("S", "H");
        }
    });
    let (_, doc) = packed(&file);
    assert_eq!(kinds(&doc).get("H"), None);
    assert_eq!(kinds(&doc).get("H1"), Some(&1));
}

#[test]
fn an_element_whose_kind_is_none_keeps_its_words_in_their_place() {
    let file = changed(|id, dict| {
        if kind(dict) == Some(b"H1") {
            dict.set("S", Object::Reference(id));
        }
    });
    let (assembled, doc) = packed(&file);
    let repaired = |note: &pack::assemble::outcome::Note| note.kind == NoteKind::StructureRepaired;
    assert!(assembled.notes.iter().any(repaired));
    assert_eq!(kinds(&doc).get("H1"), None);
    assert_eq!(orphans(&doc), Vec::<String>::new());
}

#[test]
fn a_field_that_became_part_of_its_page_is_no_form_any_more() {
    let (assembled, doc) = packed(&Fixture::default().pdf());
    let flattened = |note: &pack::assemble::outcome::Note| note.kind == NoteKind::FieldsFlattened;
    assert!(assembled.notes.iter().any(flattened));
    assert_eq!(kinds(&doc).get("Form"), None);
    let words = String::from_utf8_lossy(&assembled.pdf);
    assert!(!words.contains("/S/Form") && !words.contains("/S /Form"));
}

#[test]
fn what_was_typed_into_a_form_is_set_in_letters_that_are_in_the_file() {
    let typed = "Caf\u{e9} \u{141}\u{f3}d\u{17a}, Nguy\u{1ec5}n, \u{396}\u{f03}";
    let file = changed(|_, dict| {
        if dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Widget") {
            dict.remove(b"AP");
            dict.set("DA", Object::string_literal("/Cour 11 Tf 0 g"));
            dict.set("V", lopdf::text_string(typed));
        }
    });
    let (assembled, _) = packed(&file);
    let Some(fonts) = asked("pdffonts", &assembled.pdf) else {
        return;
    };
    let of_form: Vec<&str> = fonts
        .lines()
        .filter(|line| line.contains("PackForm"))
        .collect();
    let [of_form] = of_form[..] else {
        panic!("{fonts}");
    };
    // Embedded, cut down, with its text.
    assert!(of_form.contains(" yes yes yes "), "{of_form}");
    assert!(!fonts.contains("Cour"), "{fonts}");
    let Some(words) = asked("pdftotext", &assembled.pdf) else {
        return;
    };
    assert!(words.contains(typed), "{words}");
}

#[test]
fn a_language_on_every_element_is_the_language_of_the_file() {
    let told = |on_elements: bool| {
        let file = changed(|_, dict| {
            if dict.get(b"Type").and_then(Object::as_name).ok() == Some(b"Catalog") {
                dict.remove(b"Lang");
            } else if on_elements && kind(dict).is_some() && !dict.has(b"JS") {
                dict.set("Lang", Object::string_literal("en-GB"));
            }
        });
        packed(&file).0.parts[0].facts.lang.clone()
    };
    assert_eq!(told(true).as_deref(), Some("en-GB"));
    assert_eq!(told(false), None);
}

/// Whether a file passes as it is. The validator refuses files that no reader opens.
fn passes_alone(file: &[u8]) -> bool {
    let options = ValidationOptions::default().profile(ValidationProfile::PdfUa1);
    validate_pdf_bytes(file, &options).is_ok_and(|report| report.failures.is_empty())
}

#[test]
fn what_passes_alone_passes_in_the_pack() {
    let Some(shared) = shared() else { return };
    let passing: Vec<(PathBuf, Vec<u8>)> = pdfs(&shared)
        .into_iter()
        .map(|path| (path.clone(), fs::read(path).expect("a file")))
        .filter(|(_, file)| passes_alone(file))
        .collect();
    let mut worse = Vec::new();
    let mut hold = |name: &str, sections: Vec<Section>| {
        let broken = match assemble(plan(sections)) {
            Ok(assembled) => {
                let mut broken = broken_rules(&assembled.pdf);
                for part in &assembled.parts {
                    broken.extend(part.pdf_ua.clone().err().into_iter().flatten());
                }
                broken
            }
            Err(error) => vec![error.to_string()],
        };
        worse.extend(broken.into_iter().map(|rule| format!("{name}: {rule}")));
    };
    for (path, file) in &passing {
        hold(&path.display().to_string(), vec![attachment("a", file)]);
    }
    let all = passing.iter().enumerate();
    hold(
        "all of them",
        all.map(|(index, (_, file))| attachment(&index.to_string(), file))
            .collect(),
    );
    assert_eq!(worse, Vec::<String>::new());
}

/// A paper with whatever programs tag: headings, lists in lists, a table whose cells span, a picture, a
/// quotation, links, a footnote of sorts, words in another language and read from the right.
const PAPER: &str = r##"<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Repairs to roofs</title>
<style>thead { display: table-header-group } td, th { border: 1px solid; padding: 4px }</style></head><body>
<h1>Repairs to roofs</h1>
<p>Of <a href="https://example.org/">every roof</a>, <em>one in five</em> leaks.<sup><a href="#n1">1</a></sup></p>
<h2 id="costs">What it costs</h2>
<ul><li>Slates<ol><li>Welsh</li><li>Other</li></ol></li><li>Lead</li></ul>
<table><caption>Costs by year</caption><thead><tr><th scope="col">Year</th><th scope="col">Cost</th></tr></thead>
<tbody><tr><th scope="row">2026</th><td>£1,250</td></tr><tr><th scope="row">2027</th><td>£1,300</td></tr>
<tr><td colspan="2">Both with tax</td></tr></tbody></table>
<h3>In other words</h3>
<blockquote><p lang="cy">Mae un to o bob pump yn gollwng.</p></blockquote>
<p lang="ar" dir="rtl">سقف من كل خمسة يسرب الماء</p>
<figure><svg width="90" height="40" role="img" aria-label="A roof"><path d="M0 40L45 0L90 40z"/></svg>
<figcaption>A roof</figcaption></figure>
<p style="break-before: page" id="n1">1. Counted in <a href="#costs">the survey</a>.</p>
<h2>What is next</h2><dl><dt>May</dt><dd>Tenders</dd></dl>
</body></html>"##;

/// Files of one paper as other programs tag them, those that are at hand.
fn of_other_programs(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let page = folder.join("paper.html");
    fs::write(&page, PAPER).expect("a page");
    let mut files = Vec::new();
    if let Some(tools) = node_modules("a browser") {
        let printed = folder.join("printed.pdf");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/print.mjs");
        let run = Command::new("node")
            .args([&script, &page, &printed])
            .env("NODE_MODULES_ROOT", tools)
            .output()
            .expect("node runs");
        assert!(run.status.success(), "{run:?}");
        let printed = fs::read(printed).expect("a PDF");
        files.push(("Chromium".to_owned(), printed));
    }
    let accessible =
        "pdf:writer_web_pdf_Export:{\"PDFUACompliance\":{\"type\":\"boolean\",\"value\":\"true\"}}";
    if let Some(saved) = saved_by_libreoffice(&page, accessible) {
        files.push(("LibreOffice".to_owned(), fs::read(saved).expect("a PDF")));
    }
    files
}

#[test]
fn what_other_programs_tag_is_no_worse_in_the_pack() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = of_other_programs(folder.path());
    let rules = |pdf: &[u8]| -> BTreeSet<String> {
        let ids = broken_rules(pdf)
            .into_iter()
            .map(|rule| rule.split(' ').take(2).collect::<Vec<_>>().join(" "));
        // A pack does not claim what is not so.
        ids.filter(|id| !id.starts_with("ISO 14289-1:2014:5:"))
            .collect()
    };
    let mut alone = BTreeSet::new();
    for (name, file) in &files {
        let (assembled, doc) = packed(file);
        assert_eq!(orphans(&doc), Vec::<String>::new(), "{name}");
        let (tagged, kept) = (
            kinds(&Document::load_mem(file).expect("a file")),
            kinds(&doc),
        );
        for kind in [
            "H1", "H2", "H3", "L", "LI", "Table", "TR", "TH", "TD", "Figure", "Link",
        ] {
            let (had, has) = (tagged.get(kind), kept.get(kind));
            assert!(has >= had, "{name}: {had:?} {kind} became {has:?}");
        }
        let own = rules(file);
        let new: Vec<String> = rules(&assembled.pdf).difference(&own).cloned().collect();
        assert!(
            new.is_empty(),
            "{name} breaks {own:?} alone, and {new:?} in the pack"
        );
        alone.extend(own);
    }
    let sections = files.iter().map(|(name, file)| attachment(name, file));
    let sections: Vec<Section> = sections.collect();
    if sections.is_empty() {
        return;
    }
    let all = assemble(plan(sections)).expect("a pack");
    let new: Vec<String> = rules(&all.pdf).difference(&alone).cloned().collect();
    assert!(new.is_empty(), "together they break {new:?}");
}
