//! What is in the file as a whole: other files, names of people and folders, private data, and deleted text.

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};
use memchr::memmem;

use crate::model::{Suspect, SuspectKind};
use crate::pdf::content::Interpreter;
use crate::pdf::embedded;
use crate::pdf::geometry::Rect;
use crate::pdf::object::{
    as_dict, decoded, get, get_array, get_dict, get_name, get_stream, get_text, resolve, target,
};
use crate::pdf::page::Page;
use crate::pdf::text::words;

/// The most earlier versions that are read.
const MOST_VERSIONS: usize = 6;
/// The most pages that are compared between versions.
const MOST_PAGES: usize = 500;
/// The most pages without a place in the document that are read.
const MOST_ORPHANS: usize = 50;
/// The largest metadata that is read, in bytes.
const LARGEST_METADATA: usize = 4 << 20;
/// The most embedded files that are reported.
const MOST_FILES: usize = 200;
/// The most words of one deleted passage that are reported.
const MOST_WORDS: usize = 40;

pub(super) fn suspects(doc: &Document, bytes: &[u8], pages: &[Page<'_>]) -> Vec<Suspect> {
    let mut found = Vec::new();
    if let Ok(catalog) = doc.catalog() {
        let files = embedded::names(doc).into_iter().take(MOST_FILES);
        found.extend(files.map(|name| whole(SuspectKind::EmbeddedFile, name)));
        metadata(doc, catalog, &mut found);
        private(doc, catalog, pages, &mut found);
    }
    deleted(doc, bytes, pages, &mut found);
    found
}

fn whole(kind: SuspectKind, text: impl Into<String>) -> Suspect {
    Suspect {
        kind,
        page: None,
        bounds: None,
        text: text.into(),
    }
}

fn metadata(doc: &Document, catalog: &Dictionary, found: &mut Vec<Suspect>) {
    let mut details: Vec<String> = Vec::new();
    let info = doc
        .trailer
        .get(b"Info")
        .ok()
        .and_then(|object| as_dict(resolve(doc, object)));
    for (key, value) in info.into_iter().flat_map(Dictionary::iter) {
        let Some(text) = crate::pdf::object::text(resolve(doc, value)) else {
            continue;
        };
        let text = text.trim();
        if key == b"Author" && !text.is_empty() {
            details.push(text.to_owned());
        }
        details.extend(traces(text));
    }
    let xmp = get_stream(doc, catalog, b"Metadata")
        .and_then(|stream| decoded(stream, LARGEST_METADATA))
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default();
    for block in elements(&xmp, "dc:creator") {
        for name in elements(block, "rdf:li") {
            details.push(unescaped(name.trim()));
        }
    }
    for text in xmp.split(['<', '>', '"']) {
        details.extend(traces(&unescaped(text)));
    }
    for page in crate::pdf::pages(doc).iter().take(MOST_PAGES) {
        for annotation in get_array(doc, page.dict, b"Annots").unwrap_or_default() {
            let link = as_dict(resolve(doc, annotation))
                .and_then(|dict| get_dict(doc, dict, b"A"))
                .and_then(|action| get_text(doc, action, b"URI"));
            if let Some(link) = link.filter(|link| link.starts_with("file:")) {
                details.push(link);
            }
        }
    }
    let mut seen = HashSet::new();
    details.retain(|detail| !detail.is_empty() && seen.insert(detail.clone()));
    found.extend(
        details
            .into_iter()
            .take(50)
            .map(|detail| whole(SuspectKind::PersonalDetail, detail)),
    );
}

/// The content of each `<name …>…</name>`.
fn elements<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(&open) {
        let after = &rest[at + open.len()..];
        let Some(start) = after.find('>') else { break };
        let body = &after[start + 1..];
        let Some(end) = body.find(&close) else { break };
        found.push(&body[..end]);
        rest = &body[end..];
        if found.len() >= 100 {
            break;
        }
    }
    found
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

/// Email addresses and folders of somebody's computer in a text.
fn traces(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in
        text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | ';' | ',' | '(' | ')'))
    {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if let Some((name, host)) = word.split_once('@')
            && !name.is_empty()
            && host.contains('.')
            && !host.contains('@')
            && host
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
        {
            found.push(word.to_owned());
        }
    }
    let drive = text
        .char_indices()
        .zip(text.char_indices().skip(1).zip(text.char_indices().skip(2)))
        .find(|((_, letter), ((_, colon), (_, slash)))| {
            letter.is_ascii_alphabetic() && *colon == ':' && *slash == '\\'
        })
        .map(|((at, _), _)| at);
    let start = drive.or_else(|| {
        ["\\\\", "/Users/", "/home/", "file://"]
            .iter()
            .filter_map(|mark| text.find(mark))
            .min()
    });
    if let Some(start) = start {
        let folder = text[start..].trim();
        if folder.len() > 4 {
            found.push(folder.chars().take(200).collect());
        }
    }
    found
}

fn private(doc: &Document, catalog: &Dictionary, pages: &[Page<'_>], found: &mut Vec<Suspect>) {
    let mut programs: Vec<String> = Vec::new();
    let mut add = |dict: &Dictionary| {
        let Some(info) = get_dict(doc, dict, b"PieceInfo") else {
            return;
        };
        for (program, data) in info.iter() {
            let holds = as_dict(resolve(doc, data))
                .and_then(|data| get(doc, data, b"Private"))
                .is_some();
            let name = String::from_utf8_lossy(program).into_owned();
            if holds && !programs.contains(&name) && programs.len() < 20 {
                programs.push(name);
            }
        }
    };
    add(catalog);
    pages.iter().for_each(|page| add(page.dict));
    found.extend(
        programs
            .into_iter()
            .map(|name| whole(SuspectKind::PrivateData, name)),
    );
}

/// Words, each with how often it occurs.
type Bag = HashMap<String, usize>;

fn deleted(doc: &Document, bytes: &[u8], pages: &[Page<'_>], found: &mut Vec<Suspect>) {
    let orphans = orphans(doc, pages);
    let earlier = earlier_versions(doc, bytes);
    if orphans.is_empty() && earlier.is_empty() {
        return;
    }
    let mut now = Bag::new();
    for page in all_words(doc, pages) {
        for word in page {
            *now.entry(word).or_insert(0) += 1;
        }
    }
    let mut reported: HashSet<String> = HashSet::new();
    for old in &earlier {
        let old_pages = crate::pdf::pages(old);
        let texts = all_words(old, &old_pages);
        for (number, text) in texts.into_iter().enumerate() {
            let page = u32::try_from(number + 1).ok();
            for gone in gone(&text, &now) {
                if reported.insert(gone.clone()) {
                    found.push(Suspect {
                        page,
                        ..whole(SuspectKind::EarlierVersion, gone)
                    });
                }
            }
        }
    }
    for text in all_words(doc, &orphans) {
        for gone in gone(&text, &now) {
            if reported.insert(gone.clone()) {
                found.push(whole(SuspectKind::EarlierVersion, gone));
            }
        }
    }
}

fn all_words(doc: &Document, pages: &[Page<'_>]) -> Vec<Vec<String>> {
    let mut reader = Interpreter::new(doc);
    pages
        .iter()
        .take(MOST_PAGES)
        .map(|page| {
            let content = reader.page(page);
            words(&content, &Rect::EVERYWHERE, true)
                .into_iter()
                .map(|word| word.text)
                .collect()
        })
        .collect()
}

/// Runs of words that the document no longer has.
fn gone(old: &[String], now: &Bag) -> Vec<String> {
    let mut stretches: Vec<Vec<&str>> = Vec::new();
    let mut open = false;
    for word in old {
        let lost = !now.contains_key(word) && word.chars().any(char::is_alphanumeric);
        if lost {
            match stretches.last_mut() {
                Some(last) if open => last.push(word),
                _ => stretches.push(vec![word]),
            }
        }
        open = lost;
    }
    stretches
        .into_iter()
        .map(|stretch| {
            stretch
                .into_iter()
                .take(MOST_WORDS)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

/// The file as it was before each of its later saves.
fn earlier_versions(doc: &Document, bytes: &[u8]) -> Vec<Document> {
    if doc.revision_count() < 2 {
        return Vec::new();
    }
    let mut ends: Vec<usize> = memmem::find_iter(bytes, b"%%EOF")
        .map(|at| at + 5)
        .collect();
    let last = ends.pop().unwrap_or(bytes.len());
    // In a file that is made for the web, the first end is that of the table for its first page.
    if doc.linearization.is_some() && !ends.is_empty() {
        ends.remove(0);
    }
    let next = ends.iter().skip(1).copied().chain([last]);
    let saves: Vec<(usize, usize)> = ends.iter().copied().zip(next).collect();
    saves
        .into_iter()
        .rev()
        .filter(|&(end, next)| !changes_nothing(&bytes[..end], &bytes[end..next]))
        .take(MOST_VERSIONS)
        .filter_map(|(end, _)| crate::pdf::open(&bytes[..end]))
        .collect()
}

/// Whether a later save has no object and an empty table, as the second one of every PDF that Microsoft
/// Office makes: it only says where the objects are for programs that read newer files.
fn changes_nothing(before: &[u8], save: &[u8]) -> bool {
    let words = save.split(u8::is_ascii_whitespace);
    let mut words = words.filter(|word| !word.is_empty());
    let table: [&[u8]; 4] = [b"xref", b"0", b"0", b"trailer"];
    let is_empty = table.iter().all(|word| words.next() == Some(*word));
    is_empty && memmem::find(save, b"obj").is_none() && root(save) == root(before)
}

/// The object that the last trailer of a part of a file names as its root: its number and generation as
/// they are written.
fn root(bytes: &[u8]) -> Option<[&[u8]; 2]> {
    let at = memmem::rfind(bytes, b"/Root")?;
    let mut words = bytes[at + 5..].split(u8::is_ascii_whitespace);
    let mut next = || words.find(|word| !word.is_empty());
    Some([next()?, next()?])
}

/// Pages that are in the file but not in the document.
fn orphans<'a>(doc: &'a Document, pages: &[Page<'_>]) -> Vec<Page<'a>> {
    let known: HashSet<ObjectId> = pages.iter().filter_map(|page| page.id).collect();
    let templates: HashSet<ObjectId> = doc
        .catalog()
        .ok()
        .and_then(|catalog| get_dict(doc, catalog, b"Names"))
        .and_then(|names| get_dict(doc, names, b"Templates"))
        .and_then(|tree| get_array(doc, tree, b"Names"))
        .unwrap_or_default()
        .iter()
        .filter_map(|object| target(doc, object))
        .collect();
    doc.objects
        .iter()
        .filter(|(id, _)| !known.contains(id) && !templates.contains(id))
        .filter_map(|(id, object)| match object {
            // Hardly any object has contents, and going through a few keys is quicker than a look-up.
            Object::Dictionary(dict)
                if dict.iter().any(|(key, _)| key == b"Contents")
                    && get_name(doc, dict, b"Type") == Some(b"Page") =>
            {
                Some((*id, dict))
            }
            _ => None,
        })
        .take(MOST_ORPHANS)
        .map(|(id, dict)| Page {
            id: Some(id),
            dict,
            resources: get_dict(doc, dict, b"Resources"),
            media: Rect::EVERYWHERE,
            crop: Rect::EVERYWHERE,
            rotation: 0,
            unit: 1.0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_save_without_objects_and_with_the_same_root_changes_nothing() {
        let before = b"trailer\n<</Size 9/Root 1 0 R>>\nstartxref\n10\n%%EOF";
        let word = b"\r\nxref\r\n0 0\r\ntrailer\r\n<</Size 9/Root 1 0 R/Prev 10/XRefStm 8>>\n%%EOF";
        assert!(changes_nothing(before, word));
        for save in [
            &b"\n2 0 obj\nnull\nendobj\nxref\n0 0\ntrailer\n<</Root 1 0 R>>\n%%EOF"[..],
            b"\nxref\n2 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R>>\n%%EOF",
            b"\nxref\n0 0\ntrailer\n<</Root 2 0 R>>\n%%EOF",
            b"\nxref\n0 0\ntrailer\n<</Size 9>>\n%%EOF",
            b"",
        ] {
            assert!(
                !changes_nothing(before, save),
                "{}",
                String::from_utf8_lossy(save)
            );
        }
    }

    #[test]
    fn addresses_and_folders_are_traces() {
        assert_eq!(
            traces("Ask <jo.bloggs@example.gov.uk>"),
            ["jo.bloggs@example.gov.uk"]
        );
        assert_eq!(
            traces(r"C:\Users\jbloggs\Draft 3.docx"),
            [r"C:\Users\jbloggs\Draft 3.docx"]
        );
        assert_eq!(traces(r"see \\server\hr\case"), [r"\\server\hr\case"]);
        assert_eq!(traces("/Users/jo/Desktop/a.pdf").len(), 1);
        for innocent in [
            "",
            "Microsoft Word 2019",
            "12:30",
            "a@b",
            "Report: budget",
            "@",
            "é:\\",
        ] {
            assert!(traces(innocent).is_empty(), "{innocent:?}");
        }
    }
}
