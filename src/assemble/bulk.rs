//! The data of pictures, which is most of what an attachment weighs: it stays in the file that it
//! came in until the pack is written, so that a large pack is not in memory once more.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use lopdf::xref::XrefEntry;
use lopdf::{Document, Object, ObjectId, Stream};

/// Data shorter than this is not worth the search, in bytes.
const WORTH_LEAVING: usize = 16 << 10;
/// How far behind its object's number a stream's data may begin, in bytes.
const LONGEST_HEAD: usize = 4 << 10;
/// Places at which the data is looked for.
const MOST_WORDS: usize = 8;

/// Where the data of pictures is in a file, by what identifies a picture.
#[derive(Debug)]
pub(super) struct Bulk<Id> {
    file: Arc<[u8]>,
    ranges: HashMap<Id, Range<usize>>,
}

impl<Id> Default for Bulk<Id> {
    fn default() -> Self {
        Self {
            file: Arc::from([]),
            ranges: HashMap::new(),
        }
    }
}

impl Bulk<ObjectId> {
    /// Empties the streams of pictures whose data stands in the file as it is, byte by byte. What a
    /// page draws as its own content is no picture, whatever it says.
    ///
    /// All on one core: a worker that waits for others takes up another file meanwhile, and then
    /// the pictures of many files are in memory at once.
    pub(super) fn leave(doc: &mut Document, file: Arc<[u8]>, contents: &HashSet<ObjectId>) -> Self {
        let table = &doc.reference_table;
        let ranges: HashMap<ObjectId, Range<usize>> = doc
            .objects
            .iter()
            .filter_map(|(id, object)| match (object, table.get(id.0)) {
                (Object::Stream(stream), Some(XrefEntry::Normal { offset, .. }))
                    if stream.content.len() >= WORTH_LEAVING
                        && matches!(stream.dict.get(b"Subtype"), Ok(Object::Name(kind)) if kind == b"Image")
                        && !contents.contains(id) =>
                {
                    Some((*id, find(&file, *offset as usize, &stream.content)?))
                }
                _ => None,
            })
            .collect();
        for id in ranges.keys() {
            if let Some(Object::Stream(stream)) = doc.objects.get_mut(id) {
                stream.content = Vec::new();
            }
        }
        Self { file, ranges }
    }

    /// The same by the places that objects get in a section; without those that get none.
    pub(super) fn placed(self, place: impl Fn(&ObjectId) -> Option<usize>) -> Bulk<usize> {
        let placed = |(id, range)| Some((place(&id)?, range));
        Bulk {
            file: self.file,
            ranges: self.ranges.into_iter().filter_map(placed).collect(),
        }
    }
}

impl Bulk<usize> {
    /// The data of the stream at a place of the section, left behind or not.
    pub(super) fn data<'a>(&'a self, place: usize, stream: &'a Stream) -> &'a [u8] {
        match self.ranges.get(&place) {
            Some(range) => &self.file[range.clone()],
            None => &stream.content,
        }
    }

    /// Takes the data of a stream.
    pub(super) fn take(&self, place: usize, stream: &mut Stream) -> Data {
        match self.ranges.get(&place) {
            Some(range) => Data::Left(self.file.clone(), range.clone()),
            None => Data::Own(std::mem::take(&mut stream.content)),
        }
    }
}

/// The data of a stream on its way into the pack.
pub(super) enum Data {
    Own(Vec<u8>),
    Left(Arc<[u8]>, Range<usize>),
}

impl std::ops::Deref for Data {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Own(data) => data,
            Self::Left(file, range) => &file[range.clone()],
        }
    }
}

/// Where a stream's data is in the file: after one of the first words `stream` behind the place of
/// its object.
fn find(file: &[u8], offset: usize, data: &[u8]) -> Option<Range<usize>> {
    let head = file.get(offset..file.len().min(offset.checked_add(LONGEST_HEAD)?))?;
    let mut words = memchr::memmem::find_iter(head, b"stream").take(MOST_WORDS);
    words.find_map(|at| {
        let mut start = offset + at + b"stream".len();
        if file[start..].starts_with(b"\r") {
            start += 1;
        }
        if file[start..].starts_with(b"\n") {
            start += 1;
        }
        let range = start..start.checked_add(data.len())?;
        (file.get(range.clone())? == data).then_some(range)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::opening;

    /// A file with two pictures, one of which the page draws as its content.
    fn file(line_end: &str) -> (Vec<u8>, Vec<u8>) {
        let data: Vec<u8> = (0..20_000_u32).map(|at| (at * at % 251) as u8).collect();
        let mut out = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        let pages = [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Count 1/Kids[3 0 R]>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 5 0 R/Resources<</XObject<</I 4 0 R>>>>>>",
        ];
        let image = format!(
            "<</Subtype/Image/Width 100/Height 200/BitsPerComponent 8/Note(stream)/Length {}>>stream{line_end}",
            data.len()
        );
        let bodies: Vec<Vec<u8>> = pages
            .iter()
            .map(|page| page.as_bytes().to_vec())
            .chain((0..2).map(|_| [image.as_bytes(), &data, b"\nendstream"].concat()))
            .collect();
        for (index, body) in bodies.iter().enumerate() {
            offsets.push(out.len());
            out.extend(format!("{} 0 obj\n", index + 1).into_bytes());
            out.extend(body);
            out.extend(b"\nendobj\n");
        }
        let start = out.len();
        out.extend(b"xref\n0 6\n0000000000 65535 f \n");
        for offset in offsets {
            out.extend(format!("{offset:010} 00000 n \n").into_bytes());
        }
        out.extend(
            format!("trailer<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").into_bytes(),
        );
        (out, data)
    }

    #[test]
    fn the_data_of_pictures_stays_where_it_is() {
        for line_end in ["\n", "\r\n"] {
            let (bytes, data) = file(line_end);
            let mut doc = opening::open(&bytes).expect("a PDF").doc;
            let bulk = Bulk::leave(&mut doc, bytes.into(), &HashSet::from([(5, 0)]));
            let bulk = bulk.placed(|id| Some(id.0 as usize));
            let stream = |number| doc.get_object((number, 0)).and_then(Object::as_stream);
            let (picture, content) = (
                stream(4).expect("it is there"),
                stream(5).expect("it is there"),
            );
            assert!(picture.content.is_empty());
            assert_eq!(content.content, data);
            assert_eq!(bulk.data(4, picture), data);
            assert_eq!(bulk.data(5, content), data);
            assert_eq!(&*bulk.take(4, &mut picture.clone()), data);
            assert_eq!(&*bulk.take(5, &mut content.clone()), data);
        }
    }

    #[test]
    fn data_that_is_not_in_the_file_as_it_is_is_kept() {
        let (bytes, data) = file("\n");
        let mut doc = opening::open(&bytes).expect("a PDF").doc;
        let mut other = bytes;
        let last = other
            .windows(9)
            .position(|word| word == b"endstream")
            .expect("an end");
        other[last - 2] ^= 1;
        let bulk = Bulk::leave(&mut doc, other.into(), &HashSet::new());
        let bulk = bulk.placed(|id| Some(id.0 as usize));
        let picture = doc
            .get_object((4, 0))
            .and_then(Object::as_stream)
            .expect("it is there");
        assert_eq!(picture.content, data);
        assert_eq!(bulk.data(4, picture), data);
    }
}
