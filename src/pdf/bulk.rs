//! The data of pictures, which is most of the size of an attachment. It stays in the bytes of its file,
//! so that a large file is in memory only once while it is read and put into a pack.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::mem;
use std::ops::Range;

use bytes::Bytes;
use lopdf::{Document, Object, ObjectId, Stream};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{filters, packed};

/// The shortest data that is worth the search, in bytes.
const WORTH_LEAVING: usize = 16 << 10;
/// The most places that are searched for the data of one picture. Most files have their pictures in the
/// order of their numbers, so the first place is right.
const MOST_PLACES: usize = 256;
/// How many of the last words `stream` are remembered, as data may begin after each of them.
const MOST_WORDS: usize = 8;

/// Where the data of pictures is in a file. `Id` identifies a picture.
#[derive(Debug, Clone)]
pub(crate) struct Bulk<Id = ObjectId> {
    file: Bytes,
    ranges: HashMap<Id, Range<usize>>,
}

impl<Id> Default for Bulk<Id> {
    fn default() -> Self {
        Self {
            file: Bytes::new(),
            ranges: HashMap::new(),
        }
    }
}

/// What happens to each object as a file is read. lopdf keeps `object` as it is left here, or nothing if
/// nothing is returned.
pub(super) type Filter = fn(ObjectId, &mut Object) -> Option<(ObjectId, Object)>;

thread_local! {
    /// The file that is being read on this thread. A filter has no other way to know it.
    static LEAVING: RefCell<Option<Leaving>> = const { RefCell::new(None) };
}

/// A file whose pictures are left in place while it is read.
struct Leaving {
    file: Bytes,
    /// Where large data may begin, in the order of the file. It is found out when it is first needed.
    places: Option<Vec<usize>>,
    /// The place after that of the last picture.
    next: usize,
    ranges: HashMap<ObjectId, Range<usize>>,
    /// The object streams so far, which are read when all other objects are.
    packed: Vec<(ObjectId, Object)>,
}

impl Bulk {
    /// Reads a file with a filter that empties the streams of pictures whose data is in the file byte by
    /// byte, and sets object streams aside, which may unpack to `limit` bytes each. Each picture is emptied
    /// as soon as it is met, so that two of them are never in memory. Returns the numbers of objects that
    /// are spelt in the usual way too, in order, or `None` if the file has to be read otherwise.
    pub(super) fn leave(
        file: &Bytes,
        limit: usize,
        read: impl FnOnce(Filter) -> Option<Document>,
    ) -> Option<(Document, Self, Vec<u32>)> {
        LEAVING.set(Some(Leaving {
            file: file.clone(),
            places: None,
            next: 0,
            ranges: HashMap::new(),
            packed: Vec::new(),
        }));
        let read = read(leave);
        let Leaving { ranges, packed, .. } = LEAVING.take()?;
        let mut doc = read?;
        let usual = packed::put(&mut doc, packed, limit)?;
        for id in ranges.keys() {
            if let Some(Object::Stream(stream)) = doc.objects.get_mut(id) {
                stream.content = Vec::new();
            }
        }
        let file = file.clone();
        Some((doc, Self { file, ranges }, usual))
    }

    /// Puts the data of some streams back.
    pub(super) fn put_back(&mut self, doc: &mut Document, ids: impl Iterator<Item = ObjectId>) {
        for id in ids {
            if let Some(range) = self.ranges.remove(&id)
                && let Some(Object::Stream(stream)) = doc.objects.get_mut(&id)
            {
                stream.content = self.file[range].to_vec();
            }
        }
    }

    /// The data of a stream of the document.
    pub(super) fn data_of<'a>(&'a self, id: ObjectId, stream: &'a Stream) -> &'a [u8] {
        match self.ranges.get(&id) {
            Some(range) => &self.file[range.clone()],
            None => &stream.content,
        }
    }

    /// A stream of the document with its data.
    pub(super) fn whole<'a>(&self, doc: &'a Document, id: ObjectId) -> Option<Cow<'a, Stream>> {
        let stream = doc.get_object(id).and_then(Object::as_stream).ok()?;
        Some(match self.ranges.get(&id) {
            Some(range) => Cow::Owned(Stream {
                content: self.file[range.clone()].to_vec(),
                ..stream.clone()
            }),
            None => Cow::Borrowed(stream),
        })
    }

    /// The same by the places of objects in a section, without objects that have no place.
    pub(crate) fn placed(self, place: impl Fn(&ObjectId) -> Option<usize>) -> Bulk<usize> {
        let placed = |(id, range)| Some((place(&id)?, range));
        Bulk {
            file: self.file,
            ranges: self.ranges.into_iter().filter_map(placed).collect(),
        }
    }
}

impl Serialize for Bulk<usize> {
    /// Writes where the data is in its file, without the file.
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let ranges: BTreeMap<usize, (usize, usize)> = self
            .ranges
            .iter()
            .map(|(place, range)| (*place, (range.start, range.end)))
            .collect();
        ranges.serialize(out)
    }
}

impl<'d> Deserialize<'d> for Bulk<usize> {
    /// Reads where the data is. The file is not known yet.
    fn deserialize<D: Deserializer<'d>>(from: D) -> Result<Self, D::Error> {
        let ranges = BTreeMap::<usize, (usize, usize)>::deserialize(from)?;
        Ok(Self {
            file: Bytes::new(),
            ranges: ranges
                .into_iter()
                .map(|(place, (start, end))| (place, start..end))
                .collect(),
        })
    }
}

impl Bulk<usize> {
    /// The same with the file that the data was left in. `None` if it cannot be in that file.
    pub(crate) fn found_in(self, file: &Bytes) -> Option<Self> {
        let mut ranges = self.ranges.values();
        let all = ranges.all(|range| range.start <= range.end && range.end <= file.len());
        let file = file.clone();
        all.then_some(Self { file, ..self })
    }

    /// Frees the file if most of it is no longer needed.
    pub(crate) fn let_go(&mut self) {
        let left: usize = self.ranges.values().map(Range::len).sum();
        if left > self.file.len() / 2 {
            return;
        }
        let mut own = Vec::with_capacity(left);
        for range in self.ranges.values_mut() {
            let start = own.len();
            own.extend_from_slice(&self.file[range.clone()]);
            *range = start..own.len();
        }
        self.file = own.into();
    }

    /// The data of the stream at a place in the section, which is `own` unless it was left in the file.
    pub(crate) fn data<'a>(&'a self, place: usize, own: &'a [u8]) -> &'a [u8] {
        match self.ranges.get(&place) {
            Some(range) => &self.file[range.clone()],
            None => own,
        }
    }

    /// The data of a stream, as bytes that can be kept.
    pub(crate) fn take(&self, place: usize, own: Bytes) -> Bytes {
        match self.ranges.get(&place) {
            Some(range) => self.file.slice(range.clone()),
            None => own,
        }
    }
}

/// Sets an object stream aside, or leaves the data of a picture in the file. The picture keeps one byte
/// until the file is read, as an empty stream would be filled again.
fn leave(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    LEAVING.with_borrow_mut(|leaving| {
        let leaving = leaving.as_mut()?;
        if matches!(object, Object::Stream(stream) if stream.dict.has_type(b"ObjStm")) {
            leaving
                .packed
                .push((id, mem::replace(object, Object::Null)));
            return None;
        }
        if let Object::Stream(stream) = object {
            // A table may have two objects with the same number. The later replaces the other.
            leaving.ranges.remove(&id);
            // Data that will be mended does not stay as it is.
            if is_large_picture(stream)
                && filters::stored(stream).is_none()
                && let Some(range) = leaving.find(&stream.content)
            {
                leaving.ranges.insert(id, range);
                stream.content = vec![0];
            }
        }
        Some((id, Object::Null))
    })
}

/// Whether a stream is a large picture, and not a form that only claims to be one.
fn is_large_picture(stream: &Stream) -> bool {
    stream.content.len() >= WORTH_LEAVING
        && matches!(stream.dict.get(b"Subtype"), Ok(Object::Name(kind)) if kind == b"Image")
        && !stream.dict.has(b"BBox")
}

impl Leaving {
    /// Where data is in the file.
    fn find(&mut self, data: &[u8]) -> Option<Range<usize>> {
        let Self { file, places, .. } = self;
        let places = places.get_or_insert_with(|| large_data(file));
        let count = places.len();
        for step in 0..count.min(MOST_PLACES) {
            let at = (self.next + step) % count;
            let range = places[at]..places[at].checked_add(data.len())?;
            if file.get(range.clone()) == Some(data) {
                self.next = at + 1;
                return Some(range);
            }
        }
        None
    }
}

/// Where data that is worth leaving may begin: after words `stream` that are far enough from the next
/// `endstream`.
fn large_data(file: &[u8]) -> Vec<usize> {
    let mut places = Vec::new();
    let mut begun: Vec<usize> = Vec::new();
    for at in memchr::memmem::find_iter(file, b"stream") {
        if file[..at].ends_with(b"end") {
            let far = |start: &usize| at.saturating_sub(*start) >= WORTH_LEAVING;
            places.extend(begun.drain(..).filter(far));
            continue;
        }
        let mut start = at + b"stream".len();
        for end in [b"\r", b"\n"] {
            if file[start..].starts_with(end) {
                start += 1;
            }
        }
        if begun.len() == MOST_WORDS {
            begun.remove(0);
        }
        begun.push(start);
    }
    places
}

#[cfg(test)]
mod tests {
    use lopdf::LoadOptions;

    use super::*;
    use crate::pdf::opening::{self, Opened};

    /// A file with two pictures, one of which the page draws as its content.
    fn file(line_end: &str) -> (Vec<u8>, Vec<u8>) {
        let data: Vec<u8> = (0..200_000_u64).map(|at| (at * at % 251) as u8).collect();
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
    fn of_two_objects_of_one_number_the_later_counts() {
        let (mut bytes, _) = file("\n");
        let other = b"5 0 obj\n<</Subtype/Image";
        let at = memchr::memmem::find(&bytes, other).expect("a picture");
        bytes[at..at + other.len()].copy_from_slice(b"4 0 obj\n<</Subtype/Other");
        let opened = opening::open_light(&bytes.clone().into()).expect("a PDF");
        let plain = opening::open(&bytes).expect("a PDF");
        let (doc, bulk) = placed(opened);
        assert_eq!(
            bulk.data(4, &stream(&doc, 4).content),
            stream(&plain.doc, 4).content
        );
        assert!(
            stream(&doc, 4)
                .dict
                .get(b"Subtype")
                .is_ok_and(|it| it == &Object::from("Other"))
        );
    }

    fn placed(opened: Opened) -> (Document, Bulk<usize>) {
        let bulk = opened.bulk.placed(|id| Some(id.0 as usize));
        (opened.doc, bulk)
    }

    fn stream(doc: &Document, number: u32) -> Stream {
        let stream = doc.get_object((number, 0)).and_then(Object::as_stream);
        stream.expect("a stream").clone()
    }

    #[test]
    fn the_data_of_pictures_stays_where_it_is() {
        for line_end in ["\n", "\r\n"] {
            let (bytes, data) = file(line_end);
            let opened = opening::open_light(&bytes.into()).expect("a PDF");
            let whole = opened.bulk.whole(&opened.doc, (4, 0));
            assert_eq!(whole.expect("it is there").content, data);
            let (doc, bulk) = placed(opened);
            let (picture, content) = (stream(&doc, 4), stream(&doc, 5));
            assert!(picture.content.is_empty());
            assert_eq!(content.content, data, "a page draws it as its content");
            assert_eq!(bulk.data(4, &picture.content), data);
            assert_eq!(bulk.data(5, &content.content), data);
            assert_eq!(&*bulk.take(4, picture.content.clone().into()), data);
            assert_eq!(&*bulk.take(5, content.content.clone().into()), data);
        }
    }

    #[test]
    fn data_that_is_not_in_the_file_as_it_is_is_kept() {
        let (bytes, data) = file("\n");
        let mut other = bytes.clone();
        let last = memchr::memmem::rfind(&other, b"endstream").expect("an end");
        let first = memchr::memmem::find(&other, b"endstream").expect("an end");
        for end in [first, last] {
            other[end - 2] ^= 1;
        }
        let (doc, ..) = Bulk::leave(&other.into(), usize::MAX, |filter| {
            Document::load_mem_with_options(
                &bytes,
                LoadOptions {
                    filter: Some(filter),
                    ..LoadOptions::default()
                },
            )
            .ok()
        })
        .expect("a PDF");
        assert_eq!(stream(&doc, 4).content, data);
    }
}
