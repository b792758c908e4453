//! The objects of a section, folded.
//!
//! All sections of a pack are in memory until the last is in its place. A dictionary of six entries
//! takes a kilobyte of memory, but only forty bytes in a file. So the objects are kept folded, one after
//! the other, and each is unfolded only while it is changed or written.

use std::collections::BTreeMap;

use bytes::Bytes;
use lopdf::{Dictionary, Object, Stream};
use serde::{Deserialize, Serialize};

use super::entries::Entries;
use super::folded::{self, fold, unfold};

/// Objects by their places.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Objects {
    #[serde(with = "folded::raw")]
    bytes: Vec<u8>,
    /// Where the object of each place begins and ends in `bytes`. For a stream it is the dictionary.
    spans: Vec<(usize, usize)>,
    /// The data of streams. It is empty for a picture whose data was left in its file.
    data: BTreeMap<usize, Bytes>,
}

/// Makes room for more entries of a long list. If the list doubled each time it was full, up to half
/// of its memory could be unused, and a large pack needs that memory for other things.
pub(super) fn make_room<T>(list: &mut Vec<T>, more: usize) {
    if list.capacity() - list.len() < more {
        list.reserve_exact(more.max(list.len() / 8));
    }
}

/// Appends bytes to others and returns where they begin.
pub(super) fn append(list: &mut Vec<u8>, more: &[u8]) -> usize {
    let start = list.len();
    make_room(list, more.len());
    list.extend_from_slice(more);
    start
}

impl Objects {
    /// How many objects there are.
    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// Adds an object after the last and returns its place.
    pub(super) fn push(&mut self, object: Object) -> usize {
        let place = self.push_folded(&fold(&object));
        if let Object::Stream(stream) = object {
            self.data.insert(place, stream.content.into());
        }
        place
    }

    /// Adds a dictionary of these entries after the last object.
    pub(super) fn push_entries(&mut self, entries: &Entries) {
        let mut folded = Vec::new();
        folded::put_entries(&mut folded, entries.iter());
        self.push_folded(&folded);
    }

    fn push_folded(&mut self, object: &[u8]) -> usize {
        let start = append(&mut self.bytes, object);
        make_room(&mut self.spans, 1);
        self.spans.push((start, self.bytes.len()));
        self.len() - 1
    }

    /// The object of a place, folded. For a stream it is the dictionary.
    pub(super) fn folded(&self, place: usize) -> Option<&[u8]> {
        let (start, end) = *self.spans.get(place)?;
        self.bytes.get(start..end)
    }

    /// The object of a place.
    pub(super) fn get(&self, place: usize) -> Option<Object> {
        let object = unfold(self.folded(place)?);
        Some(match (self.data.get(&place), object) {
            (Some(data), Object::Dictionary(dict)) => Object::Stream(Stream {
                dict,
                content: data.to_vec(),
                allows_compression: true,
                start_position: None,
            }),
            (_, object) => object,
        })
    }

    /// The dictionary that an entry is or refers to, or an empty one for anything else.
    pub(super) fn dictionary(&self, entry: Option<&Object>) -> Dictionary {
        let place = match entry {
            Some(Object::Dictionary(dict)) => return dict.clone(),
            Some(Object::Reference((number, 0))) => *number as usize,
            _ => return Dictionary::new(),
        };
        let dict = self.folded(place).filter(|_| !self.is_stream(place));
        match dict.map(unfold) {
            Some(Object::Dictionary(dict)) => dict,
            _ => Dictionary::new(),
        }
    }

    /// Whether the object of a place is a stream.
    pub(super) fn is_stream(&self, place: usize) -> bool {
        self.data.contains_key(&place)
    }

    /// The places of the streams, their folded dictionaries and their data.
    pub(super) fn streams(&self) -> impl Iterator<Item = (usize, &[u8], &[u8])> {
        let streams = self.data.iter();
        streams.filter_map(|(place, data)| Some((*place, self.folded(*place)?, &**data)))
    }

    /// Takes out the data of the streams, which are then only dictionaries.
    pub(super) fn take_data(&mut self) -> BTreeMap<usize, Bytes> {
        std::mem::take(&mut self.data)
    }

    /// Changes the object of a place. For a stream it is the dictionary. Its bytes stay where they are
    /// unless they are longer than before.
    pub(super) fn change(&mut self, place: usize, change: impl FnOnce(&mut Object)) {
        let Some(bytes) = self.folded(place) else {
            return;
        };
        let mut object = unfold(bytes);
        change(&mut object);
        let folded = fold(&object);
        let (mut start, end) = self.spans[place];
        if folded.len() > end - start {
            start = append(&mut self.bytes, &folded);
        } else {
            self.bytes[start..start + folded.len()].copy_from_slice(&folded);
        }
        self.spans[place] = (start, start + folded.len());
    }

    /// The same, but only if it is a dictionary or a stream.
    pub(super) fn change_dict(&mut self, place: usize, change: impl FnOnce(&mut Dictionary)) {
        self.change(place, |object| {
            if let Object::Dictionary(dict) = object {
                change(dict);
            }
        });
    }

    /// The same, but only if the dictionary has a key. Most do not, and stay folded.
    pub(super) fn change_with(
        &mut self,
        place: usize,
        key: &[u8],
        change: impl FnOnce(&mut Dictionary),
    ) {
        let entry = folded::key(key);
        // Bytes that only look like the key cost an unfolding.
        let may_have = |bytes| memchr::memmem::find(bytes, &entry).is_some();
        if self.folded(place).is_some_and(may_have) {
            self.change_dict(place, |dict| {
                if dict.has(key) {
                    change(dict);
                }
            });
        }
    }
}

impl FromIterator<Object> for Objects {
    fn from_iter<T: IntoIterator<Item = Object>>(objects: T) -> Self {
        let mut all = Self::default();
        for object in objects {
            all.push(object);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use lopdf::{StringFormat, dictionary};

    use super::*;

    fn element() -> Dictionary {
        dictionary! { "S" => "TD", "K" => 4, "T" => Object::String(vec![b'x'; 300], StringFormat::Literal) }
    }

    #[test]
    fn objects_are_what_was_put_in() {
        let all = [
            Object::Null,
            Object::Stream(Stream::new(element(), vec![11, 0, 255])),
            Object::from(element()),
            Object::Stream(Stream::new(Dictionary::new(), Vec::new())),
            Object::Integer(7),
        ];
        let objects: Objects = all.iter().cloned().collect();
        let kept = postcard::to_extend(&objects, Vec::new()).expect("bytes");
        let again: Objects = postcard::from_bytes(&kept).expect("objects");
        for objects in [objects, again] {
            assert_eq!(objects.len(), all.len());
            for (place, object) in all.iter().enumerate() {
                assert_eq!(objects.get(place).as_ref(), Some(object));
            }
            assert_eq!(objects.get(all.len()), None);
            let streams: Vec<(usize, usize)> = objects
                .streams()
                .map(|(place, _, data)| (place, data.len()))
                .collect();
            assert_eq!(streams, [(1, 3), (3, 0)]);
            assert_eq!(
                objects.dictionary(Some(&Object::Reference((2, 0)))),
                element()
            );
            for none in [0, 1, 4, 9] {
                let entry = Object::Reference((none, 0));
                assert!(objects.dictionary(Some(&entry)).is_empty(), "{none}");
            }
        }
    }

    #[test]
    fn a_change_stays() {
        let mut objects: Objects = [Object::from(element()), Object::Boolean(true)]
            .into_iter()
            .collect();
        let mut expected = element();
        for word in ["TH", "a longer type", "P"] {
            objects.change_dict(0, |element| element.set("S", word));
            expected.set("S", word);
            assert_eq!(objects.get(0), Some(expected.clone().into()), "{word}");
        }
        objects.change_with(0, b"Lang", |_| panic!("it has no such entry"));
        objects.change_with(0, b"xxx", |_| panic!("nor one of what it says"));
        objects.change_with(0, b"S", |element| element.set("S", "H1"));
        expected.set("S", "H1");
        assert_eq!(objects.get(0), Some(expected.into()));
        objects.change_dict(1, |_| panic!("it is no dictionary"));
        assert_eq!(objects.get(1), Some(Object::Boolean(true)));
    }

    #[test]
    fn of_a_stream_the_dictionary_changes() {
        let stream = Stream::new(dictionary! { "A" => 1 }, vec![1, 2, 3]);
        let mut objects: Objects = [Object::Stream(stream)].into_iter().collect();
        objects.change_with(0, b"A", |dict| *dict = dictionary! { "B" => 1 });
        let Some(Object::Stream(stream)) = objects.get(0) else {
            panic!("a stream");
        };
        assert_eq!(stream.dict, dictionary! { "B" => 1 });
        assert_eq!(stream.content, [1, 2, 3]);
    }
}
