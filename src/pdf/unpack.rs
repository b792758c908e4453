//! Unpacks streams, as far as they go. What is packed with deflate is unpacked here to the last byte, as it
//! matters to know whether there was more; everything else is left to the library.

use std::borrow::Cow;

use flate2::{Decompress, FlushDecompress, Status};
use lopdf::{Dictionary, Object, Stream};

use super::rows;

/// The most filters that a stream is unpacked through.
const MOST_FILTERS: usize = 32;
/// By how much the room for unpacked data grows at least, in bytes.
const STEP: usize = 16 << 10;
/// The size of the checksum at the end of packed data, in bytes.
const CHECKSUM: usize = 4;
/// How much may follow the end of packed data, in bytes, such as line breaks.
const MOST_LEFT: usize = 16;

/// The bytes of a stream after its filters.
pub(crate) struct Unpacked {
    /// What came out of it.
    pub(crate) bytes: Vec<u8>,
    /// Whether that is all, and right: the packed data was neither damaged nor cut short.
    pub(crate) whole: bool,
    /// How many bytes of packed data were left over at its end.
    left: usize,
}

/// Unpacks a stream. `None` if it comes to more than `limit` bytes, or is packed in an unknown way.
pub(crate) fn unpacked(stream: &Stream, limit: usize) -> Option<Unpacked> {
    let names = stream.filters().unwrap_or_default();
    if !names.contains(&b"FlateDecode".as_slice()) || names.len() > MOST_FILTERS {
        let bytes = by_library(stream, limit)?;
        return Some(Unpacked {
            bytes,
            whole: true,
            left: 0,
        });
    }
    let (mut data, mut whole) = (Cow::Borrowed(&stream.content), true);
    for (place, name) in names.into_iter().enumerate() {
        let parameters = match stream.dict.get(b"DecodeParms") {
            Ok(Object::Array(each)) => each.get(place).and_then(|each| each.as_dict().ok()),
            Ok(Object::Dictionary(all)) => Some(all),
            _ => None,
        };
        let mut rest = data;
        if name == b"FlateDecode" {
            let inflated = inflate(&rest, limit)?;
            whole &= inflated.whole;
            if !is_predicted(parameters) {
                data = Cow::Owned(inflated.bytes);
                continue;
            }
            rest = Cow::Owned(stored(&inflated.bytes));
        }
        let mut dict = Dictionary::new();
        dict.set("Filter", Object::Name(name.to_vec()));
        if let Some(parameters) = parameters {
            dict.set("DecodeParms", parameters.clone());
        }
        let step = Stream::new(dict, rest.into_owned());
        data = Cow::Owned(by_library(&step, limit)?);
    }
    Some(Unpacked {
        bytes: data.into_owned(),
        whole,
        left: 0,
    })
}

fn by_library(stream: &Stream, limit: usize) -> Option<Vec<u8>> {
    let content = stream.get_plain_content_with_limit(limit).ok();
    content.or_else(|| rows::read(stream, limit))
}

/// Whether what is unpacked are differences, from which the library makes the data itself.
fn is_predicted(parameters: Option<&Dictionary>) -> bool {
    let predictor = parameters.and_then(|each| each.get(b"Predictor").ok());
    predictor.is_some_and(|predictor| predictor.as_i64().is_ok_and(|kind| kind > 1))
}

/// Whether data begins as what `FlateDecode` unpacks does (RFC 1950, 2.2).
pub(super) fn is_zlib(data: &[u8]) -> bool {
    let [method, flags, ..] = data else {
        return false;
    };
    method & 0x0f == 8 && u16::from_be_bytes([*method, *flags]) % 31 == 0
}

/// What deflated data comes to, whatever its checksum says: other readers do not heed it either. `None` for
/// more than `limit` bytes.
fn inflate(data: &[u8], limit: usize) -> Option<Unpacked> {
    let from = |start: usize| data.get(start..).unwrap_or_default();
    if is_zlib(data) {
        let read = inflated(Decompress::new(true), data, limit)?;
        if read.whole {
            return Some(read);
        }
        // All of it is there if no more than the checksum is missing.
        let mut read = inflated(Decompress::new(false), from(2), limit)?;
        read.whole &= read.left < CHECKSUM;
        return Some(read);
    }
    // The header may be damaged or missing, or stand after a line break.
    let blank = data
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace())
        .count();
    for start in [2, blank + 2, 0] {
        let read = inflated(Decompress::new(false), from(start), limit)?;
        if !read.bytes.is_empty() {
            return Some(read);
        }
    }
    Some(Unpacked {
        bytes: Vec::new(),
        whole: data.is_empty(),
        left: 0,
    })
}

fn inflated(mut inflater: Decompress, data: &[u8], limit: usize) -> Option<Unpacked> {
    let mut bytes = Vec::new();
    loop {
        let (read, written) = (inflater.total_in(), bytes.len());
        bytes.reserve(STEP.max(written.min(limit)));
        let rest = data.get(usize::try_from(read).ok()?..)?;
        let status = inflater.decompress_vec(rest, &mut bytes, FlushDecompress::None);
        if bytes.len() > limit {
            return None;
        }
        let is_stuck = inflater.total_in() == read && bytes.len() == written;
        let is_end = matches!(status, Ok(Status::StreamEnd));
        if is_end || status.is_err() || is_stuck {
            let left = data.len() - usize::try_from(inflater.total_in()).ok()?.min(data.len());
            let whole = is_end && left <= MOST_LEFT;
            return Some(Unpacked { bytes, whole, left });
        }
    }
}

/// Data in the form of deflate, as it is.
fn stored(data: &[u8]) -> Vec<u8> {
    let mut packed = b"\x78\x01".to_vec();
    let mut blocks = data.chunks(usize::from(u16::MAX)).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        packed.push(u8::from(blocks.peek().is_none()));
        packed.extend(length.to_le_bytes());
        packed.extend((!length).to_le_bytes());
        packed.extend(block);
    }
    packed
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use lopdf::dictionary;

    use super::*;

    fn packed(data: &[u8]) -> Vec<u8> {
        let mut encoder =
            flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(data).expect("it packs");
        encoder.finish().expect("it packs")
    }

    fn flate(data: &[u8]) -> Stream {
        let dict = dictionary! { "Filter" => Object::Name(b"FlateDecode".to_vec()) };
        Stream::new(dict, data.to_vec())
    }

    /// Some text of 60,000 letters that does not repeat itself.
    fn text() -> Vec<u8> {
        (0..10_000_u32)
            .flat_map(|number| format!("{:06}", number * number % 999_983).into_bytes())
            .collect()
    }

    #[test]
    fn all_that_was_packed_comes_out_with_or_without_its_checksum_and_its_header() {
        let (text, whole) = (text(), packed(&text()));
        let end = whole.len() - 4;
        for data in [
            whole.clone(),
            whole[..end].to_vec(),
            [b"\r\n", &whole[..]].concat(),
            [b"\0\0", &whole[2..]].concat(),
            whole[2..].to_vec(),
        ] {
            let read = unpacked(&flate(&data), 1 << 20).expect("it unpacks");
            assert!(read.whole && read.bytes == text, "{:?}", &data[..4]);
        }
    }

    #[test]
    fn what_its_checksum_belies_is_read_and_not_trusted() {
        let (text, mut data) = (text(), packed(&text()));
        let end = data.len() - CHECKSUM;
        data[end..].copy_from_slice(b"none");
        // The end of the data may also seem to come too early.
        let early = [
            &packed(b"so far")[..],
            b" and everything that was meant to follow",
        ]
        .concat();
        for (data, words) in [(data, &text[..]), (early, b"so far")] {
            let read = unpacked(&flate(&data), 1 << 20).expect("it unpacks");
            assert!(!read.whole && read.bytes == words);
        }
    }

    #[test]
    fn what_is_cut_short_or_damaged_is_read_up_to_there() {
        let (text, whole) = (text(), packed(&text()));
        let half = whole.len() / 2;
        for data in [
            whole[..half].to_vec(),
            [&whole[..half], &[0xff; 99]].concat(),
        ] {
            let read = unpacked(&flate(&data), 1 << 20).expect("it unpacks");
            assert!(!read.whole);
            assert!(read.bytes.len() > 20_000 && read.bytes[..20_000] == text[..20_000]);
        }
        assert!(unpacked(&flate(&whole), text.len() - 1).is_none());
        assert!(unpacked(&flate(b""), 9).is_some_and(|read| read.whole && read.bytes.is_empty()));
    }

    #[test]
    fn differences_and_several_filters_are_read_as_by_the_library() {
        let rows = b"\x02abc\x02\x01\x01\x01";
        let mut stream = flate(&packed(rows));
        let parameters = dictionary! { "Predictor" => 12, "Columns" => 3 };
        stream.dict.set("DecodeParms", parameters);
        let read = unpacked(&stream, 99).expect("it unpacks");
        assert!(read.whole && read.bytes == b"abcbcd");

        let hex: String = packed(b"words")
            .iter()
            .map(|byte| format!("{byte:02X}"))
            .collect();
        let name = |name: &str| Object::Name(name.into());
        let both = vec![name("ASCIIHexDecode"), name("FlateDecode")];
        let stream = Stream::new(
            dictionary! { "Filter" => both },
            format!("{hex}>").into_bytes(),
        );
        let read = unpacked(&stream, 99).expect("it unpacks");
        assert!(read.whole && read.bytes == b"words");
    }
}
