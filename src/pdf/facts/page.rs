//! The facts of a page: its boxes, what it shows, and whether all of that is in the tags.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::picture;
use crate::model::{FieldToDraw, FontFault, PageBox, PdfPage, address};
use crate::pdf::Page;
use crate::pdf::bulk::Bulk;
use crate::pdf::content::{Font, Mark, MarkKind, PageContent, Tag};
use crate::pdf::field;
use crate::pdf::geometry::Rect;
use crate::pdf::object::{
    as_dict, get, get_array, get_dict, get_int, get_name, get_text, resolve, target,
    text as text_of,
};
use crate::pdf::page::{is_hidden, place};
use crate::pdf::page_tree::{self, Lacking};
use crate::pdf::text::Letters;

/// How a form's page begins that has not been drawn yet, as letters only. Adobe's programs write this in
/// English and some other languages.
const WAIT: [&str; 6] = [
    "pleasewait",
    "ifthismessageisnoteventuallyreplaced",
    "bittewarten",
    "veuillezpatienter",
    "espere",
    "attendere",
];
/// What such a page asks for, in any language.
const VIEWER: [&str; 4] = ["adobereader", "acrobatreader", "pdfviewer", "adobecom"];
/// The most words of such a page, in bytes.
const LONGEST_NOTICE: usize = 1_500;
/// Codes from this one on are judged as often as they are shown.
const MOST_CODES: usize = 1 << 16;
/// The most addresses that are kept of one page.
const MOST_LINKS: usize = 200;
/// The most form fields of one page that are told of.
const MOST_FIELDS: usize = 500;
/// The most annotations that are read on one page.
const MOST_ANNOTATIONS: usize = 20_000;

/// The annotations of a page, each with its id if it is an object of its own.
pub(in crate::pdf) fn annotations<'a>(
    doc: &'a Document,
    page: &Page<'a>,
) -> Vec<(Option<ObjectId>, &'a Dictionary)> {
    get_array(doc, page.dict, b"Annots")
        .unwrap_or_default()
        .iter()
        .take(MOST_ANNOTATIONS)
        .filter_map(|annotation| {
            Some((target(doc, annotation), as_dict(resolve(doc, annotation))?))
        })
        .collect()
}

/// A rectangle of a page in points.
fn in_points(area: Rect, unit: f64) -> PageBox {
    PageBox {
        left: area.x0 * unit,
        bottom: area.y0 * unit,
        right: area.x1 * unit,
        top: area.y1 * unit,
    }
}

/// The facts of a page with the content that it paints.
pub(in crate::pdf) fn of_page(
    doc: &Document,
    page: &Page<'_>,
    content: &PageContent,
    letters: &Letters,
    annotations: &[&Dictionary],
    bulk: &Bulk,
) -> PdfPage {
    let missing = page_tree::lacking(doc, page.dict);
    let (pictures_lost, shows_no_more) = picture::lost(doc, bulk, content);
    let mut facts = PdfPage {
        crop: in_points(page.crop, page.unit),
        media: in_points(page.media, page.unit),
        rotation: page.rotation,
        readable: !content.truncated && !content.unreadable,
        content_missing: missing == Lacking::All
            || ((content.unreadable || content.lacking) && content.marks.is_empty())
            || shows_no_more
            || content.is_garbled(),
        content_partial: missing == Lacking::Some || content.lacking || content.unreadable,
        pictures_lost,
        nested: nested(&content.tags),
        ..PdfPage::default()
    };
    let said = beginning(content);
    facts.says_wait = WAIT.iter().any(|words| said.starts_with(words));
    facts.asks_for_viewer =
        said.len() <= LONGEST_NOTICE && VIEWER.iter().any(|words| said.contains(words));
    facts.letterless = letters.are_unknown();
    let mut said = content.tags.iter().filter_map(|tag| tag.lang.as_deref());
    facts.lang_malformed = said.any(|lang| !is_language(lang));
    let tagged = content.tags.iter().filter(|tag| tag.mcid.is_some());
    let streams: BTreeSet<usize> = tagged.map(|tag| tag.stream).collect();
    let streams = streams.into_iter().filter_map(|it| content.streams.get(it));
    facts.drawn_tagged = streams.filter_map(|stream| stream.form).collect();
    let mut fonts: BTreeSet<&str> = BTreeSet::new();
    for mark in &content.marks {
        let is_marked = |tag: &Tag| tag.artifact || tag.mcid.is_some();
        if !facts.unmarked && !content.tags_of(mark).any(is_marked) {
            let whole = whole_drawing(doc, content, mark);
            facts.unmarked |= whole.is_none();
            facts.drawn_whole.extend(whole);
        }
        facts.marked.extend(content.own_number(mark));
        match &mark.kind {
            MarkKind::Text(run) => {
                facts.has_text |= !facts.letterless && !run.text.trim().is_empty();
                // Text that is not painted needs no font (PDF/UA-1, 7.21.4.1).
                if run.mode != 3 && !run.font.embedded && !run.font.name.is_empty() {
                    fonts.insert(&run.font.name);
                }
            }
            MarkKind::Image(_) => facts.has_images = true,
            MarkKind::Path(_) | MarkKind::Shading(_) => {}
        }
    }
    facts.font_faults = font_faults(content);
    facts.fonts_not_embedded = fonts.into_iter().map(str::to_owned).collect();
    for annotation in annotations {
        let kind = get_name(doc, annotation, b"Subtype");
        if matches!(kind, None | Some(b"Popup")) {
            continue;
        }
        if is_in_view(doc, page, annotation) {
            facts.annotations_untagged += usize::from(!annotation.has(b"StructParent"));
            facts.links_undescribed +=
                usize::from(kind == Some(b"Link") && !annotation.has(b"Contents"));
        }
        if kind == Some(b"Widget") && facts.fields_to_draw.len() < MOST_FIELDS {
            let letters = field::letters_to_draw(doc, annotation);
            if !letters.is_empty() {
                let name = field::called(doc, annotation);
                facts.fields_to_draw.push(FieldToDraw { name, letters });
            }
        }
        if let Some(address) = unfit(doc, annotation)
            && facts.links_unfit.len() < MOST_LINKS
        {
            facts.links_unfit.push(address);
        }
    }
    facts
}

/// What is wrong with the fonts of what a page or an annotation shows, where they were proved.
pub(in crate::pdf) fn font_faults(content: &PageContent) -> BTreeSet<FontFault> {
    let mut faults = BTreeSet::new();
    let mut judged: HashMap<(*const Font, bool), Vec<bool>> = HashMap::new();
    for mark in &content.marks {
        let MarkKind::Text(run) = &mark.kind else {
            continue;
        };
        if !run.font.is_proved() {
            continue;
        }
        let is_painted = run.mode != 3;
        let key = (Arc::as_ptr(&run.font), is_painted);
        let judged = judged.entry(key).or_default();
        for glyph in &run.glyphs {
            let place = (glyph.number as usize).min(MOST_CODES);
            if judged.len() <= place {
                judged.resize(place + 1, false);
            }
            if place == MOST_CODES || !std::mem::replace(&mut judged[place], true) {
                faults.extend(run.font.faults(glyph.number, is_painted));
            }
        }
    }
    faults
}

/// Whether a language is written as one (ISO 32000-1, 14.9.2).
fn is_language(lang: &str) -> bool {
    let is_part = |(place, part): (usize, &str)| {
        let is_plain = |letter: char| match place {
            0 => letter.is_ascii_alphabetic(),
            _ => letter.is_ascii_alphanumeric(),
        };
        (1..=8).contains(&part.len()) && part.chars().all(is_plain)
    };
    lang.split('-').enumerate().all(is_part)
}

/// The drawing (form XObject) that a mark is in, if it has a tag as a whole.
fn whole_drawing(doc: &Document, content: &PageContent, mark: &Mark) -> Option<ObjectId> {
    let has_tag = |id: &ObjectId| {
        let drawing = doc.get_object(*id).and_then(Object::as_stream);
        drawing.is_ok_and(|drawing| get_int(doc, &drawing.dict, b"StructParent").is_some())
    };
    let mut stream = content.streams.get(mark.place.stream);
    while let Some(inside) = stream {
        if let Some(form) = inside.form.filter(has_tag) {
            return Some(form);
        }
        let around = inside.used_by.as_ref();
        stream = around.and_then(|(around, _)| content.streams.get(*around));
    }
    None
}

/// Whether an annotation is neither hidden nor beside the page. Any other needs no place in the tags
/// (PDF/UA-1, 7.18.1).
fn is_in_view(doc: &Document, page: &Page<'_>, annotation: &Dictionary) -> bool {
    let beside = place(doc, annotation).is_some_and(|place| place.is_beside(&page.crop));
    !beside && !is_hidden(doc, annotation)
}

/// The address of a link, on the web or to a file, if it is not fit for the public.
fn unfit(doc: &Document, annotation: &Dictionary) -> Option<String> {
    let action = get_dict(doc, annotation, b"A")?;
    let address = match get_name(doc, action, b"S")? {
        b"URI" => get_text(doc, action, b"URI")?,
        b"Launch" | b"GoToR" => {
            let file = get(doc, action, b"F")?;
            let path = as_dict(file).map_or_else(|| text_of(file), |it| get_text(doc, it, b"F"));
            path?
        }
        _ => return None,
    };
    address::fault(&address).map(|_| address)
}

/// The words of a page as letters only, or the beginning of a long page.
fn beginning(content: &PageContent) -> String {
    let mut said = String::new();
    for mark in &content.marks {
        if let MarkKind::Text(run) = &mark.kind {
            let letters = run.text.chars().filter(|c| c.is_alphanumeric());
            said.extend(letters.flat_map(char::to_lowercase));
        }
        if said.len() > LONGEST_NOTICE {
            break;
        }
    }
    said
}

/// Whether there is an artifact inside tagged content, or tagged content inside an artifact.
fn nested(tags: &[Tag]) -> bool {
    let around = |tag: &Tag| {
        let mut next = tag.parent;
        std::iter::from_fn(move || {
            let tag = tags.get(next? as usize)?;
            next = tag.parent;
            Some(tag)
        })
    };
    tags.iter().any(|tag| {
        (tag.artifact && around(tag).any(|outer| outer.mcid.is_some()))
            || (tag.mcid.is_some() && around(tag).any(|outer| outer.artifact))
    })
}

#[cfg(test)]
mod tests {
    use lopdf::{Object, Stream, dictionary};

    use super::*;
    use crate::model::PdfFacts;
    use crate::pdf::content::Interpreter;

    fn facts(content: &str) -> PdfPage {
        let mut doc = Document::with_version("1.7");
        let font = |name: &str| {
            dictionary! {
                "Type" => "Font", "Subtype" => "TrueType", "BaseFont" => name,
            }
        };
        let fonts = dictionary! { "A" => font("Arial"), "B" => font("ABCDEF+Verdana") };
        let content = doc.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
        let mut form = |key: Option<&str>, content: &str| {
            let mut dict = dictionary! {
                "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 99.into(), Object::from(99)],
            };
            if let Some(key) = key {
                dict.set(key, 7);
            }
            Object::from(doc.add_object(Stream::new(dict, content.as_bytes().to_vec())))
        };
        let drawings = dictionary! {
            "Plain" => form(None, "1 1 5 5 re f"),
            "Whole" => form(Some("StructParent"), "1 1 5 5 re f"),
            "Tagged" => form(Some("StructParents"), "/P <</MCID 0>> BDC 1 1 5 5 re f EMC"),
        };
        let page = doc.add_object(dictionary! {
            "Type" => "Page", "Contents" => content,
            "MediaBox" => vec![0.into(), 0.into(), 600.into(), Object::from(800)],
            "Resources" => dictionary! { "Font" => fonts, "XObject" => drawings },
        });
        let tree = doc.add_object(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()] });
        let catalog = doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        doc.trailer.set("Root", catalog);
        let pages = crate::pdf::pages(&doc);
        let content = Interpreter::new(&doc).page(&pages[0]);
        of_page(
            &doc,
            &pages[0],
            &content,
            &Letters::of(&content),
            &[],
            &Bulk::default(),
        )
    }

    #[test]
    fn content_outside_marks_is_noticed() {
        for (content, unmarked) in [
            ("10 10 50 50 re f", true),
            ("10 10 50 50 re n", false),
            ("/Artifact BMC 10 10 50 50 re f EMC", false),
            (
                "/P <</MCID 0>> BDC /Span <</Lang(cy)>> BDC 1 0 0 rg 1 1 5 5 re f EMC EMC",
                false,
            ),
            ("/Span <</Lang(cy)>> BDC 1 1 5 5 re f EMC", true),
        ] {
            assert_eq!(facts(content).unmarked, unmarked, "{content}");
        }
    }

    #[test]
    fn a_drawing_may_have_its_tag_as_a_whole() {
        let whole = facts("/Whole Do /Artifact BMC 1 1 5 5 re f EMC");
        assert!(!whole.unmarked);
        assert_eq!(whole.drawn_whole.len(), 1);
        assert!(facts("/Plain Do").unmarked);
    }

    #[test]
    fn a_drawing_with_tags_inside_has_one_place() {
        let gone_wrong = "A drawing with tags is drawn more than once.";
        let missing = |contents: &[&str]| {
            let facts = PdfFacts {
                tagged: true,
                pages: contents.iter().map(|content| facts(content)).collect(),
                ..PdfFacts::default()
            };
            facts.missing_for_ua(None).contains(&gone_wrong)
        };
        assert!(!missing(&["/Tagged Do", "/Whole Do"]));
        assert!(missing(&["/Tagged Do /Tagged Do"]));
        assert!(missing(&["/Tagged Do", "/Tagged Do"]));
        assert!(!missing(&["/Plain Do /Plain Do"]));
    }

    #[test]
    fn languages_of_words_are_languages() {
        for (lang, malformed) in [("en-GB", false), ("cy", false), ("1x", true), ("", true)] {
            let content = format!("/P <</MCID 0/Lang({lang})>> BDC 1 1 5 5 re f EMC");
            assert_eq!(facts(&content).lang_malformed, malformed, "{lang}");
        }
    }

    #[test]
    fn artifacts_inside_content_and_the_reverse_are_noticed() {
        for (content, nested) in [
            ("/P <</MCID 0>> BDC /Artifact BMC EMC EMC", true),
            (
                "/Artifact BMC /Span <<>> BDC /P <</MCID 0>> BDC EMC EMC EMC",
                true,
            ),
            (
                "/P <</MCID 0>> BDC /Span <</Lang(cy)>> BDC EMC EMC /Artifact BMC EMC",
                false,
            ),
            ("/Artifact BMC /Artifact BMC EMC EMC", false),
        ] {
            assert_eq!(facts(content).nested, nested, "{content}");
        }
    }

    #[test]
    fn only_fonts_that_are_painted_with_are_missed() {
        let shown = facts("BT /A 9 Tf (a) Tj 3 Tr /B 9 Tf (b) Tj ET");
        assert_eq!(shown.fonts_not_embedded, ["Arial"]);
        assert!(shown.has_text && !shown.has_images && shown.readable);
        assert_eq!(
            facts("BT /B 9 Tf ( ) Tj ET").fonts_not_embedded,
            ["Verdana"]
        );
        assert!(!facts("BT /B 9 Tf ( ) Tj ET").has_text);
    }
}
