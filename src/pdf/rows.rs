//! Streams packed as the differences between rows (the PNG predictors) whose last row is cut short, or
//! whose rows are of a kind that there is not: read as far as they go, as other readers do.

use lopdf::filters::png::{FilterType, decode_row};
use lopdf::{Dictionary, Object, Stream};

/// The first of the predictors that have a kind for each row.
const BY_ROW: i64 = 10;

/// What such a stream unpacks to, at most `limit` bytes; `None` where it is packed in another way.
pub(super) fn read(stream: &Stream, limit: usize) -> Option<Vec<u8>> {
    let last = match stream.dict.get(b"DecodeParms").ok()? {
        Object::Array(each) => each.last()?,
        one => one,
    };
    let layout = Layout::of(last.as_dict().ok()?)?;
    // Each row begins with its kind.
    let rows = plain(stream).get_plain_content_with_limit(limit).ok()?;
    if layout.row > rows.len() {
        return None;
    }
    let mut unpacked = Vec::with_capacity(rows.len());
    let mut above = vec![0; layout.row];
    for row in rows.chunks(layout.row + 1) {
        let (kind, bytes) = row.split_first()?;
        let mut current = bytes.to_vec();
        current.resize(layout.row, 0);
        let kind = FilterType::try_from(*kind).unwrap_or(FilterType::None);
        decode_row(kind, layout.pixel, &above, &mut current);
        unpacked.extend(&current[..bytes.len()]);
        above = current;
    }
    Some(unpacked)
}

/// The sizes of rows and pixels, in bytes.
struct Layout {
    row: usize,
    pixel: usize,
}

impl Layout {
    fn of(parameters: &Dictionary) -> Option<Self> {
        let number = |key: &[u8], usual: i64| match parameters.get(key) {
            Ok(value) => usize::try_from(value.as_i64().ok()?).ok(),
            Err(_) => usize::try_from(usual).ok(),
        };
        let predictor = parameters.get(b"Predictor").and_then(Object::as_i64).ok();
        predictor.filter(|predictor| *predictor >= BY_ROW)?;
        let bits = number(b"Colors", 1)?.checked_mul(number(b"BitsPerComponent", 8)?)?;
        let row = bits.checked_mul(number(b"Columns", 1)?)?.div_ceil(8);
        let pixel = bits.div_ceil(8).max(1);
        (row > 0).then_some(Self { row, pixel })
    }
}

/// The stream without the parameters of its last filter: as its rows were stored.
fn plain(stream: &Stream) -> Stream {
    let mut plain = stream.clone();
    match plain.dict.get_mut(b"DecodeParms") {
        Ok(Object::Array(each)) => {
            if let Some(last) = each.last_mut() {
                *last = Object::Null;
            }
        }
        _ => {
            plain.dict.remove(b"DecodeParms");
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    fn stream(rows: &[u8], columns: i64) -> Stream {
        let parameters = dictionary! { "Predictor" => 12, "Columns" => columns };
        Stream::new(dictionary! { "DecodeParms" => parameters }, rows.to_vec())
    }

    #[test]
    fn rows_are_read_as_far_as_they_go() {
        // The second row says how far it is from the first; the third is of no kind that there is.
        let rows = b"\x00abc\x02\x01\x01\x01\x09xyz\x00sh";
        let read = |columns| read(&stream(rows, columns), 100);
        assert_eq!(read(3).as_deref(), Some(b"abcbcdxyzsh".as_slice()));
        for none in [0, -1, i64::MAX, 100] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}
