//! A second reader for files that the first cannot read. It looks for `N G obj` anywhere and reads what
//! follows as well as possible, past junk, wrong offsets, wrong lengths and missing ends.
//!
//! It reads a whole file like this ([`recover`]), or only those objects that the first reader left out or
//! left empty ([`mend`]). It knows the syntax of PDF, but not what it means except for object streams and the
//! catalog. A whole file is not decrypted, so an encrypted file without a usable table of its objects stays
//! unreadable.

mod places;
mod syntax;

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use self::places::{Header, Limits, MOST_OBJECTS, headers, positions};
use self::syntax::{DEEPEST, Scanner, header_at};
use super::filters;
use super::object::decoded;

/// What one object stream may inflate to, in bytes, and all of them together.
const LARGEST_STREAM: usize = 32 << 20;
const LARGEST_TOTAL: usize = 256 << 20;
/// How many times the same bytes may be read. Objects without an end go on into the next ones.
const MOST_READINGS: usize = 8;

/// The last object that the first reader would take; no real file has as many.
const APART: u32 = 1_000_000;

/// Reads what can be read of `bytes`; `None` if no catalog with pages is among it.
pub(super) fn recover(bytes: &[u8]) -> Option<Document> {
    let mut doc = Document::new();
    let mut trailer = Dictionary::new();
    let limits = Limits::new(bytes);
    let mut left = bytes.len().saturating_mul(MOST_READINGS);
    for Header { id, body, .. } in headers(bytes) {
        let Some(object) = read(bytes, body, &limits, direct_length, &mut left) else {
            continue;
        };
        if let Object::Stream(stream) = &object
            && stream.dict.has_type(b"XRef")
        {
            adopt(&mut trailer, &stream.dict);
            continue;
        }
        doc.objects.insert(id, object);
    }
    for start in positions(bytes, b"trailer") {
        let mut reader = Scanner {
            bytes,
            at: start + b"trailer".len(),
        };
        if let Some(Object::Dictionary(dict)) = reader.object(DEEPEST) {
            adopt(&mut trailer, &dict);
        }
    }
    unpack(&mut doc);
    if trailer.has(b"Encrypt") {
        return None;
    }
    let is_catalog = |object: Option<&Object>| matches!(object, Some(Object::Dictionary(dict)) if dict.has(b"Pages"));
    let root = match trailer.get(b"Root") {
        Ok(Object::Reference(id)) if is_catalog(doc.objects.get(id)) => Some(*id),
        _ => doc
            .objects
            .iter()
            .rev()
            .find(|(_, object)| is_catalog(Some(object)))
            .map(|(id, _)| *id),
    };
    doc.max_id = doc.objects.keys().map(|id| id.0).max().unwrap_or(0);
    let root = match root {
        Some(root) if super::page_tree::count_from(&doc, root) > 0 => root,
        _ => gather_pages(&mut doc)?,
    };
    trailer.set("Root", root);
    doc.trailer = trailer;
    Some(doc)
}

/// Reads again what the first reader left out of `doc`, or left empty, although `bytes` has it: streams
/// whose length is missing or wrong or whose end is in the wrong place, and objects that are not where the
/// table says. Returns whether there were any.
pub(super) fn mend(doc: &mut Document, bytes: &[u8]) -> bool {
    // Offsets count from the header, and a mail program may have put something before it.
    let start = memchr::memmem::find(bytes, b"%PDF-").unwrap_or(0);
    let bytes = &bytes[start..];
    // The encryption dictionary is left out on purpose.
    let locked = doc
        .encryption_state
        .as_ref()
        .and_then(lopdf::EncryptionState::encrypt_object_id);
    let lost: Vec<(ObjectId, usize)> = doc
        .reference_table
        .entries
        .iter()
        .filter_map(|(number, entry)| match *entry {
            XrefEntry::Normal { offset, generation } if offset > 0 => {
                Some(((*number, generation), offset))
            }
            _ => None,
        })
        .filter(|(id, _)| Some(*id) != locked)
        .filter(|(id, _)| match doc.objects.get(id) {
            None => true,
            Some(Object::Stream(stream)) => {
                stream.content.is_empty() && stream.start_position.is_some()
            }
            Some(Object::Dictionary(dict)) => dict.has(b"Length") || dict.has(b"Filter"),
            Some(_) => false,
        })
        .map(|(id, offset)| (id, offset as usize))
        .take(MOST_OBJECTS)
        .collect();
    if lost.is_empty() {
        return false;
    }
    let limits = Limits::new(bytes);
    let places: OnceCell<HashMap<u32, usize>> = OnceCell::new();
    // The place of the last object with a number, if it is not where the table says.
    let anywhere = |number: u32| {
        let places = places.get_or_init(|| {
            let headers = headers(bytes).into_iter();
            headers.map(|header| (header.id.0, header.body)).collect()
        });
        places.get(&number).copied()
    };
    let mut left = bytes.len().saturating_mul(MOST_READINGS);
    let mut found: Vec<(ObjectId, Object)> = Vec::new();
    for (id, offset) in lost {
        let Some(body) = header_at(bytes, offset, id).or_else(|| anywhere(id.0)) else {
            continue;
        };
        let length = |dict: &Dictionary| match dict.get(b"Length").ok()? {
            length @ Object::Reference(_) => whole(super::object::resolve(doc, length)),
            length => whole(length),
        };
        let Some(mut object) = read(bytes, body, &limits, length, &mut left) else {
            continue;
        };
        if !matches!(object, Object::Stream(_)) && doc.objects.contains_key(&id) {
            continue;
        }
        if let Some(state) = &doc.encryption_state {
            // An object that cannot be decrypted is lost.
            if lopdf::encryption::decrypt_object(state, id, &mut object).is_err() {
                continue;
            }
        }
        found.push((id, object));
    }
    let mended = !found.is_empty();
    let mut budget = LARGEST_TOTAL;
    for (id, object) in found {
        if let Object::Stream(stream) = &object {
            for (number, member) in members(doc, stream, &mut budget) {
                let here = matches!(
                    doc.reference_table.get(number),
                    Some(XrefEntry::Compressed { container, .. }) if *container == id.0
                );
                if here {
                    doc.objects.entry((number, 0)).or_insert(member);
                }
            }
        }
        doc.objects.insert(id, object);
    }
    mended
}

/// The object whose body begins at a place. It is counted in `left`, after which nothing more is read.
fn read(
    bytes: &[u8],
    body: usize,
    limits: &Limits,
    length: impl Fn(&Dictionary) -> Option<usize>,
    left: &mut usize,
) -> Option<Object> {
    if *left == 0 {
        return None;
    }
    let mut scanner = Scanner { bytes, at: body };
    let object = scanner.indirect(limits, length);
    let data = match &object {
        Some(Object::Stream(stream)) => stream.content.len(),
        _ => 0,
    };
    *left = left.saturating_sub(scanner.at.saturating_sub(body) + data);
    object
}

/// The file with a line break instead of a space before each `endstream`, as the first reader cannot read
/// such streams. `None` if there is no such space. All offsets stay the same.
pub(super) fn with_line_ends(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut mended = None;
    for at in memchr::memmem::find_iter(bytes, b"endstream") {
        if let Some(before) = at.checked_sub(1)
            && matches!(bytes[before], b' ' | b'\t' | b'\0' | b'\x0c')
        {
            mended.get_or_insert_with(|| bytes.to_vec())[before] = b'\n';
        }
    }
    mended
}

/// The file with what says how it is encrypted as an object of its own at its end, which is where the
/// first reader looks for it; `None` where it does not stand in the trailer itself. Nothing else moves.
pub(super) fn with_encryption_apart(bytes: &[u8]) -> Option<Vec<u8>> {
    let word = b"/Encrypt";
    let reference = format!("/Encrypt {APART} 0 R");
    let direct = memchr::memmem::find_iter(bytes, word).filter_map(|at| {
        let start = at + word.len();
        let mut reader = Scanner { bytes, at: start };
        match reader.object(DEEPEST)? {
            Object::Dictionary(dict) if dict.has(b"Filter") => Some((at, start..reader.at)),
            _ => None,
        }
    });
    let direct: Vec<_> = direct.collect();
    let (_, latest) = direct.last()?;
    let mut apart = bytes.to_vec();
    for (at, dict) in &direct {
        apart[*at..dict.end].fill(b' ');
        let room = apart.get_mut(*at..at + reference.len())?;
        room.copy_from_slice(reference.as_bytes());
    }
    apart.extend(format!("\n{APART} 0 obj\n").bytes());
    apart.extend(&bytes[latest.clone()]);
    apart.extend(b"\nendobj\n");
    Some(apart)
}

/// Takes the keys of a trailer, which replace those of earlier ones.
fn adopt(trailer: &mut Dictionary, dict: &Dictionary) {
    for key in [b"Root".as_slice(), b"Info", b"ID", b"Encrypt"] {
        if let Ok(value) = dict.get(key) {
            trailer.set(key, value.clone());
        }
    }
}

/// Adds a catalog with all page objects, for a file whose page tree is lost.
fn gather_pages(doc: &mut Document) -> Option<ObjectId> {
    let kids: Vec<Object> = doc
        .objects
        .iter()
        .filter(|(_, object)| matches!(object, Object::Dictionary(dict) if dict.has_type(b"Page")))
        .map(|(id, _)| Object::Reference(*id))
        .collect();
    if kids.is_empty() {
        return None;
    }
    let (pages, catalog) = ((1, u16::MAX), (2, u16::MAX));
    let mut tree = Dictionary::new();
    tree.set("Type", Object::Name(b"Pages".to_vec()));
    tree.set("Kids", kids);
    doc.objects.insert(pages, Object::Dictionary(tree));
    let mut root = Dictionary::new();
    root.set("Type", Object::Name(b"Catalog".to_vec()));
    root.set("Pages", pages);
    doc.objects.insert(catalog, Object::Dictionary(root));
    Some(catalog)
}

/// Reads the members of object streams that are nowhere else in the file.
fn unpack(doc: &mut Document) {
    let mut budget = LARGEST_TOTAL;
    let mut found: BTreeMap<ObjectId, Object> = BTreeMap::new();
    for object in doc.objects.values() {
        if let Object::Stream(stream) = object {
            for (number, member) in members(doc, stream, &mut budget) {
                if found.len() < MOST_OBJECTS {
                    found.insert((number, 0), member);
                }
            }
        }
    }
    for (id, object) in found {
        doc.objects.entry(id).or_insert(object);
    }
}

/// The members of an object stream with their numbers, or nothing for any other stream. They may unpack to
/// `budget` bytes, from which their size is taken.
fn members(doc: &Document, stream: &Stream, budget: &mut usize) -> Vec<(u32, Object)> {
    let mut members = Vec::new();
    // It is recognised by its number of members rather than by its type, which may be damaged.
    if !stream.dict.has(b"N") {
        return members;
    }
    let Some(first) = stream.dict.get(b"First").ok().and_then(whole) else {
        return members;
    };
    let settled = filters::settled(doc, &stream.dict).map(|dict| Stream {
        dict,
        ..stream.clone()
    });
    let stream = settled.as_ref().unwrap_or(stream);
    let Some(plain) = decoded(stream, LARGEST_STREAM.min(*budget)) else {
        return members;
    };
    *budget -= plain.len().min(*budget);
    let mut index = Scanner {
        bytes: &plain[..first.min(plain.len())],
        at: 0,
    };
    let mut left = plain.len().saturating_mul(MOST_READINGS);
    while let (Some(Object::Integer(number)), Some(Object::Integer(offset))) =
        (index.object(1), index.object(1))
    {
        let (Ok(number), Ok(offset)) = (u32::try_from(number), usize::try_from(offset)) else {
            break;
        };
        if members.len() >= MOST_OBJECTS || left == 0 {
            break;
        }
        let start = first.saturating_add(offset);
        let mut reader = Scanner {
            bytes: &plain,
            at: start,
        };
        if let Some(object) = reader.object(DEEPEST) {
            members.push((number, object));
        }
        left = left.saturating_sub(reader.at - start);
    }
    members
}

/// A number that can be a length or an offset.
fn whole(number: &Object) -> Option<usize> {
    match number {
        Object::Integer(number) => usize::try_from(*number).ok(),
        Object::Real(number) if *number >= 0.0 && number.fract() == 0.0 => Some(*number as usize),
        _ => None,
    }
}

/// The length that is in a stream's dictionary itself.
fn direct_length(dict: &Dictionary) -> Option<usize> {
    dict.get(b"Length").ok().and_then(whole)
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    #[test]
    fn objects_without_an_end_are_read_a_few_times_only() {
        for crafted in ["1 0 obj[", "1 0 obj<<>>stream "] {
            let bytes = crafted.repeat(200_000);
            assert!(recover(bytes.as_bytes()).is_none());
        }
    }

    #[test]
    fn members_that_share_their_bytes_are_few() {
        let index = "1 0 ".repeat(50_000);
        let content = format!("{index}[{}]", "1 ".repeat(200_000));
        let dict = dictionary! { "N" => 50_000, "First" => index.len() as i64 };
        let stream = Stream::new(dict, content.into_bytes());
        let mut budget = LARGEST_TOTAL;
        let read = members(&Document::new(), &stream, &mut budget);
        assert!((1..50).contains(&read.len()), "{}", read.len());
    }
}
