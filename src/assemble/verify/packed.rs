//! Object streams of the finished file, made lighter before the reader parses them. Most of their objects
//! are elements of the tags and what belongs to these, and parsing all of them takes longer than
//! everything else that is checked.
//!
//! This reads only what is spelt in the plainest way. Whatever is not is left to the reader.

use std::borrow::Cow;

use lopdf::{Error, Object, ObjectId, ObjectStream, Stream};

use super::elements::SetAside;
use super::tags;
use crate::pdf::packed::{Packed, Plain};

/// The most keys of a dictionary that is read here. One with more is left to the reader.
const MOST_KEYS: usize = 64;

/// What becomes of an object.
#[derive(Debug)]
enum Fate {
    /// It is an element, of which only the page and the kids are kept.
    SetAside {
        page: Option<Object>,
        kids: Option<Object>,
    },
    /// It is not checked.
    LeftOut,
    /// A long list of elements, as the numbers of their objects.
    Folded(Object),
    /// The reader parses it.
    Kept,
}

/// The objects of an object stream, without elements and without what is not checked. `is_here` tells
/// whether the object of a number is the one in this stream.
///
/// # Errors
/// If it is damaged.
pub(super) fn objects(
    mut stream: Stream,
    is_here: impl Fn(u32) -> bool,
    elements: &mut SetAside,
) -> Result<Vec<(ObjectId, Object)>, Error> {
    // The whole stream is parsed if it cannot be made lighter.
    let mut objects = lighten(&mut stream, &is_here, elements).unwrap_or_default();
    let left = ObjectStream::new(&stream)?.objects;
    objects.extend(left.into_iter().filter(|((number, _), _)| is_here(*number)));
    Ok(objects)
}

/// Takes everything out of an object stream that the reader need not parse, and returns long lists of
/// elements as numbers. `None` if the stream is not as expected; it is then as it was.
fn lighten(
    stream: &mut Stream,
    is_here: impl Fn(u32) -> bool,
    elements: &mut SetAside,
) -> Option<Vec<(ObjectId, Object)>> {
    let packed = Packed::read(stream, usize::MAX)?;
    let (mut index, mut left) = (String::new(), Vec::new());
    let mut lists = Vec::new();
    let mut count = 0;
    for (number, object) in packed
        .parts()?
        .into_iter()
        .filter(|(number, _)| is_here(*number))
    {
        let start = left.len();
        match fate(object) {
            Fate::SetAside { page, kids } => {
                elements.keep((number, 0), page.as_ref(), kids.as_ref());
                continue;
            }
            Fate::LeftOut => continue,
            Fate::Folded(list) => {
                lists.push(((number, 0), list));
                continue;
            }
            Fate::Kept => left.extend_from_slice(object),
        }
        left.push(b'\n');
        index.push_str(&format!("{number} {start} "));
        count += 1;
    }
    stream.dict.set("N", count);
    stream.dict.set("First", i64::try_from(index.len()).ok()?);
    for key in [b"Filter".as_slice(), b"DecodeParms"] {
        stream.dict.remove(key);
    }
    let mut content = index.into_bytes();
    content.append(&mut left);
    stream.content = content;
    Some(lists)
}

fn fate(object: &[u8]) -> Fate {
    let mut plain = Plain(object);
    plain.space();
    let fate = match plain.0 {
        [b'<', b'<', ..] => dictionary(&mut plain),
        [b'[', ..] => list(&mut plain),
        _ => None,
    };
    plain.space();
    fate.filter(|_| plain.0.is_empty()).unwrap_or(Fate::Kept)
}

/// What becomes of a dictionary that is an element or the attributes of one.
fn dictionary(plain: &mut Plain<'_>) -> Option<Fate> {
    let (mut page, mut kids) = (None, None);
    let (mut is_element, mut has_owner) = (false, false);
    let mut known: Vec<Cow<'_, [u8]>> = Vec::new();
    plain.is_next(b"<<");
    loop {
        plain.space();
        if plain.is_next(b">>") {
            break;
        }
        let key = plain.name()?;
        plain.space();
        // No element and no attributes have so many.
        if known.contains(&key) || known.len() >= MOST_KEYS {
            return None;
        }
        match &*key {
            b"Pg" => page = Some(plain.value(0)?),
            b"K" => kids = Some(plain.value(0)?),
            b"Type" => is_element = &*plain.name()? == b"StructElem",
            b"O" if plain.0.first() == Some(&b'/') => has_owner = plain.name().is_some(),
            _ => plain.skip()?,
        }
        known.push(key);
    }
    let has = |key: &[u8]| known.iter().any(|known| **known == *key);
    if is_element && has(b"S") {
        Some(Fate::SetAside { page, kids })
    } else if has_owner && !has(b"S") && !has(b"Type") && !has(b"Subtype") {
        Some(Fate::LeftOut)
    } else {
        Some(Fate::Kept)
    }
}

/// What becomes of a long list of numbers or of elements.
fn list(plain: &mut Plain<'_>) -> Option<Fate> {
    let list = plain.value(0)?;
    if tags::is_numbers(&list) {
        return Some(Fate::LeftOut);
    }
    Some(tags::folded(&list).map_or(Fate::Kept, Fate::Folded))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use lopdf::Dictionary;

    use super::*;
    use crate::assemble::verify::elements::Elements;
    use crate::assemble::verify::opened::slim;
    use crate::pdf::packed::tests::stream_of;

    type Read = (
        BTreeMap<ObjectId, Object>,
        BTreeMap<u32, Option<Dictionary>>,
    );

    /// Objects as verifying keeps them, and the elements that it sets aside.
    fn read(objects: impl IntoIterator<Item = (ObjectId, Object)>, mut elements: SetAside) -> Read {
        let kept = objects
            .into_iter()
            .filter_map(|(id, object)| Some((id, slim(id, object, &mut elements)?)))
            .collect();
        let elements = Elements::of(&[elements]);
        let doc = lopdf::Document::new();
        let held = (0..99).map(|number| (number, elements.held(&doc, (number, 0))));
        (kept, held.filter(|(_, held)| held.is_some()).collect())
    }

    #[test]
    fn what_is_left_to_the_reader_and_what_is_not_come_to_the_same() {
        let references = "[1 0 R 2 0 R null 3 0 R 4 0 R 5 0 R 6 0 R 7 0 R 8 0 R 9 0 R 10 0 R 11 0 R \
                          12 0 R 13 0 R 14 0 R 15 0 R 16 0 R]";
        let numbers = "[1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17]";
        let reals = "[1.5 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17]";
        let many: String = (0..100).map(|key| format!("/K{key} 1")).collect();
        let many = format!("<</Type/StructElem/S/P{many}/K 7>>");
        let objects = [
            &many,
            "<</Type/StructElem/S/P/P 3 0 R/Pg 9 0 R/K 0>>",
            "<< /K [ 1 2 0 R << /Type /MCR /MCID 7 /Pg 8 0 R >> ] /S /TD /Type /StructElem /Alt (a \\) b (c)) /A 4 0 R >>",
            "<</Type/StructElem/S/Span/ActualText<FEFF0041>/K[]/C[/a/b]/Lang(en)>>",
            "<</Type/StructElem/S/P/K -1>>",
            "<</Type/StructElem/P 3 0 R/K 0>>",
            "<</S/P/Type/Struct#45lem/K 0>>",
            "<</Type/StructElem/S/P/K(text)>>",
            "<</Type/StructElem/S/P/K 1.5>>",
            "<</Type/StructElem/S/P/K 1/K 2>>",
            "<</Type/StructElem/S/P %/K 2\n/K 3>>",
            "<</Type/StructElem/S/P/T(/Type/Page /K 9)/K 4>>",
            "<</Type/StructElem/S/P/K 3 0 R>>",
            "<</O/Table/Scope/Column>>",
            "<</O/Layout/BBox[0 0 1 1]/Subtype/X>>",
            "<</O(text)/S/P>>",
            "<</Type/Page/S/P/K 0>>",
            "<</Type/Annot/Contents(<</Type/StructElem/S/P>>)>>",
            references,
            numbers,
            reals,
            "[1 0 R 2 0 R]",
            "null",
            "(text)",
            "<</Type/StructElem/S/P",
            "42",
        ];
        let stream = stream_of(&objects);
        let parsed = ObjectStream::new(&stream).expect("an object stream");
        let whole = read(parsed.objects, SetAside::default());
        let mut light = stream.clone();
        lighten(&mut light, |_| true, &mut SetAside::default()).expect("an object stream");
        let parsed = ObjectStream::new(&light).expect("an object stream");
        assert!(
            parsed.objects.len() + 8 < objects.len(),
            "{}",
            parsed.objects.len()
        );
        let mut elements = SetAside::default();
        let left = super::objects(stream, |_| true, &mut elements).expect("an object stream");
        assert_eq!(read(left, elements), whole);
        assert!(whole.1.len() > 6, "{:?}", whole.1);
    }

    #[test]
    fn a_stream_that_is_not_as_expected_stays_as_it_was() {
        let stream = stream_of(&["<</Type/StructElem/S/P/K 0>>", "null"]);
        for (key, value) in [("First", Object::Integer(9_999)), ("First", Object::Null)] {
            let mut other = stream.clone();
            other.dict.set(key, value);
            let before = other.clone();
            assert!(lighten(&mut other, |_| true, &mut SetAside::default()).is_none());
            assert_eq!(other, before);
        }
    }
}
