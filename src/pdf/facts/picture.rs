//! Pictures on a page that no program can show.

use std::collections::HashSet;

use lopdf::{Document, Stream};

use crate::pdf::bulk::Bulk;
use crate::pdf::content::{MarkKind, PageContent};
use crate::pdf::filters;
use crate::pdf::object::get_int;

/// How much of a picture is unpacked to see whether it can be, in bytes.
const TRIED: usize = 64;
/// How far from the beginning of its data a JPEG may begin, in bytes.
const BEFORE_JPEG: usize = 1 << 10;

/// How many of the pictures on a page cannot be shown by anything, and whether nothing else is on it.
pub(super) fn lost(doc: &Document, bulk: &Bulk, content: &PageContent) -> (usize, bool) {
    let (mut known, mut lost) = (HashSet::new(), HashSet::new());
    let mut all = !content.marks.is_empty();
    for mark in &content.marks {
        let id = match &mark.kind {
            MarkKind::Image(image) => image.id,
            _ => None,
        };
        if let Some(id) = id
            && known.insert(id)
            && let Ok(stream) = doc.get_object(id).and_then(lopdf::Object::as_stream)
            && is_lost(doc, stream, bulk.data_of(id, stream))
        {
            lost.insert(id);
        }
        all &= id.is_some_and(|id| lost.contains(&id));
    }
    (lost.len(), all)
}

/// Whether no program can show any of a picture, by how its data begins.
fn is_lost(doc: &Document, picture: &Stream, data: &[u8]) -> bool {
    let has_size = |key: &[u8]| get_int(doc, &picture.dict, key) != Some(0);
    if !has_size(b"Width") || !has_size(b"Height") {
        // There is nothing to show.
        return false;
    }
    if data.is_empty() || filters::unknown(&picture.dict).next().is_some() {
        return true;
    }
    match filters::first(&picture.dict) {
        Some(b"FlateDecode") => !unpacks(data),
        Some(b"DCTDecode") => {
            let beginning = &data[..data.len().min(BEFORE_JPEG)];
            memchr::memmem::find(beginning, b"\xff\xd8").is_none()
        }
        Some(b"JPXDecode") => ![b"\xff\x4f\xff\x51".as_slice(), b"\0\0\0\x0cjP  "]
            .iter()
            .any(|mark| data.starts_with(mark)),
        _ => false,
    }
}

/// Whether anything comes out of data for `FlateDecode`, with its header or without.
fn unpacks(data: &[u8]) -> bool {
    let mut room = [0; TRIED];
    let mut gives = |data: &[u8], header: bool| {
        let mut inflater = flate2::Decompress::new(header);
        let _ = inflater.decompress(data, &mut room, flate2::FlushDecompress::None);
        inflater.total_out() > 0
    };
    gives(data, true) || data.get(2..).is_some_and(|data| gives(data, false))
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    #[test]
    fn a_picture_is_lost_where_nothing_comes_out_of_it() {
        let is_lost = |filter: &str, data: &[u8]| {
            let mut dict = dictionary! { "Width" => 1, "Height" => 1 };
            if !filter.is_empty() {
                dict.set("Filter", lopdf::Object::Name(filter.into()));
            }
            let picture = Stream::new(dict, data.to_vec());
            super::is_lost(&Document::new(), &picture, data)
        };
        let packed = b"\x78\x01\x01\x03\x00\xfc\xffone";
        for (filter, shown) in [
            ("", b"x".as_slice()),
            ("FlateDecode", packed),
            ("FlateDecode", &[b"\0\0", &packed[2..]].concat()),
            ("DCTDecode", b"\r\n\xff\xd8\xff"),
            ("JPXDecode", b"\xff\x4f\xff\x51\0"),
            ("JPXDecode", b"\0\0\0\x0cjP  \r\n\x87\n"),
            ("CCITTFaxDecode", b"\0"),
        ] {
            assert!(!is_lost(filter, shown), "{filter} {shown:?}");
        }
        for filter in ["", "FlateDecode", "DCTDecode", "JPXDecode"] {
            assert!(is_lost(filter, b""), "{filter}");
            assert!(
                filter.is_empty() || is_lost(filter, b"none of it"),
                "{filter}"
            );
        }
        assert!(is_lost("FooDecode", packed));
    }
}
