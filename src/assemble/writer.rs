//! Writes objects to a file. Equal streams are stored once, and small objects are packed into object
//! streams. There is a cross-reference stream, and an identifier that is made from the content. The same
//! objects give the same bytes. Streams are written as they are, without being unpacked and packed again.
//!
//! This does not use lopdf's own writer, as that needs all objects in one document. Here the objects of
//! each section keep their own numbers until they are written, and are then freed.

use std::convert::Infallible;
use std::io::Write as _;

use bytes::Bytes;
use lopdf::{Dictionary, Object, Stream};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::folded::unfold;
use super::lock::Lock;
use super::objects::Objects;
use super::outcome::AssembleError;
use super::sharing::equal_streams;
use super::spelling::{
    ABSOLUTE, Numbers, write_dictionary, write_digits, write_entry, write_folded,
};
use crate::hex::hex;
use crate::memory;
use crate::pdf::bulk::Bulk;

/// The objects in one object stream: few enough to read one of them quickly, enough to pack well.
const PACKED: usize = 200;

/// Everything that goes into the file. In the objects of a section, a reference `(n, 0)` is to its own
/// object `n`. Anywhere, `(n, SHARED)` is to `shared[n]`, and `(n, ABSOLUTE)` is to the place `n` if all
/// sections are put one after the other, with the shared objects last.
pub(super) struct Contents {
    pub(super) sections: Vec<(Objects, Bulk<usize>)>,
    pub(super) shared: Vec<Object>,
    /// The catalog's place in `shared`.
    pub(super) root: usize,
    /// The information dictionary's place in `shared`.
    pub(super) info: usize,
}

/// Where the sections and the shared objects begin.
pub(super) struct Bases {
    sections: Vec<u32>,
    shared: u32,
}

impl Bases {
    /// The bases of sections with these numbers of objects. `None` if there are more objects than a PDF
    /// can number.
    pub(super) fn new(lengths: impl Iterator<Item = usize>) -> Option<Bases> {
        let mut next: u32 = 0;
        let mut sections = Vec::new();
        for length in lengths {
            sections.push(next);
            next = next.checked_add(u32::try_from(length).ok()?)?;
        }
        // Room for what the pack adds itself.
        next.checked_add(1 << 24)?;
        Some(Bases {
            sections,
            shared: next,
        })
    }

    /// A reference from anywhere to a section's object.
    pub(super) fn absolute(&self, section: usize, object: usize) -> Object {
        let object = u32::try_from(object).unwrap_or(u32::MAX);
        Object::Reference((self.sections[section].saturating_add(object), ABSOLUTE))
    }
}

/// The beginning of a file.
const HEADER: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";
/// The end of a stream object. It begins with CRLF, so that if the data ends in a carriage return, that
/// is not taken for part of a line break.
const END_OF_STREAM: &[u8] = b"\r\nendstream\nendobj\n";

/// How much of a file one core fills at a time, in bytes.
const STRETCH: usize = 4 << 20;

/// A stream as it is in the file: its number, what comes before its data, and its data.
struct Piece {
    number: u32,
    head: Vec<u8>,
    data: Bytes,
}

impl Piece {
    /// A stream, encrypted if there is a lock.
    fn stream(
        number: u32,
        mut dict: Dictionary,
        mut data: Bytes,
        numbers: Numbers,
        lock: Option<&Lock>,
    ) -> Result<Self, AssembleError> {
        if let Some(lock) = lock {
            let sealed = lock.seal(Stream::new(dict, data.to_vec()))?;
            (dict, data) = (sealed.dict, sealed.content.into());
        }
        let mut head = format!("{number} 0 obj\n<<").into_bytes();
        for (key, value) in &dict {
            if key != b"Length" && !value.is_null() {
                write_entry(&mut head, key, value, numbers);
            }
        }
        let _ = write!(head, "/Length {}>>\nstream\n", data.len());
        Ok(Self { number, head, data })
    }

    fn packed(number: u32, group: Packed, lock: Option<&Lock>) -> Result<Self, AssembleError> {
        let mut data = group.bytes;
        if let Some(lock) = lock {
            data = lock.seal(Stream::new(Dictionary::new(), data))?.content;
        }
        let head = format!(
            "{number} 0 obj\n<</Type/ObjStm/N {}/First {}/Filter/FlateDecode/Length {}>>\nstream\n",
            group.numbers.len(),
            group.first,
            data.len()
        );
        Ok(Self {
            number,
            head: head.into_bytes(),
            data: data.into(),
        })
    }

    fn len(&self) -> usize {
        self.head.len() + self.data.len() + END_OF_STREAM.len()
    }

    /// Its first bytes in the file, at most `most`.
    fn beginning(&self, mut most: usize) -> impl Iterator<Item = &[u8]> {
        [&*self.head, &*self.data, END_OF_STREAM]
            .into_iter()
            .map(move |part| {
                let first = &part[..part.len().min(most)];
                most -= first.len();
                first
            })
    }

    /// Writes it to `room`, which is exactly as long.
    fn write_to(&self, room: &mut [u8]) {
        let (head, rest) = room.split_at_mut(self.head.len());
        let (data, end) = rest.split_at_mut(self.data.len());
        head.copy_from_slice(&self.head);
        data.copy_from_slice(&self.data);
        end.copy_from_slice(END_OF_STREAM);
    }
}

/// Small objects packed together, with their numbers.
struct Packed {
    numbers: Vec<u32>,
    first: usize,
    bytes: Vec<u8>,
}

/// Writes the file, locked if there is a lock.
///
/// # Errors
/// If it cannot be locked.
pub(super) fn write(
    contents: Contents,
    bases: &Bases,
    lock: Option<&Lock>,
) -> Result<Bytes, AssembleError> {
    let Contents {
        mut sections,
        shared,
        root,
        info,
    } = contents;
    sections.push((shared.into_iter().collect(), Bulk::default()));
    let own: Vec<u32> = bases
        .sections
        .iter()
        .copied()
        .chain([bases.shared])
        .collect();
    let total = bases.shared as usize + sections.last().map_or(0, |(objects, _)| objects.len());
    let aliases = equal_streams(&sections, &own, bases.shared, total);

    // Every object that is not a copy of another gets the next number.
    let mut finals = vec![0_u32; total];
    let mut next = 0;
    for (place, number) in finals.iter_mut().enumerate() {
        if !aliases.contains_key(&place) {
            next += 1;
            *number = next;
        }
    }
    for (copy, original) in &aliases {
        finals[*copy] = finals[*original];
    }

    let numbers = |own: u32| Numbers {
        own,
        shared: bases.shared,
        finals: &finals,
    };

    // Pack the small objects of all sections in parallel.
    let packed: Vec<Vec<Packed>> = sections
        .par_iter()
        .zip(&own)
        .map(|((objects, _), own)| pack(objects, numbers(*own), *own))
        .collect();

    // The streams of the file, in order.
    let streams: Vec<Vec<Piece>> = sections
        .into_par_iter()
        .zip(&own)
        .map(|((mut objects, bulk), own)| {
            let streams = objects.take_data().into_iter();
            streams
                .filter_map(|(index, data)| {
                    let place = *own as usize + index;
                    let Object::Dictionary(dict) = unfold(objects.folded(index)?) else {
                        return None;
                    };
                    let data = bulk.take(index, data);
                    let (number, numbers) = (finals[place], numbers(*own));
                    (!aliases.contains_key(&place))
                        .then(|| Piece::stream(number, dict, data, numbers, lock))
                })
                .collect::<Result<_, AssembleError>>()
        })
        .collect::<Result<_, AssembleError>>()?;
    let mut places: Vec<XrefEntry> = vec![XrefEntry::Free; next as usize + 1];
    let mut pieces: Vec<Piece> = streams.into_iter().flatten().collect();
    let mut id = Sha256::new();
    for piece in &pieces {
        for part in piece.beginning(2048) {
            id.update(part);
        }
        id.update(piece.data.len().to_le_bytes());
    }
    for group in packed.into_iter().flatten() {
        for (index, member) in group.numbers.iter().enumerate() {
            places[*member as usize] = XrefEntry::In(places.len(), index);
        }
        id.update(&group.bytes);
        let number = u32::try_from(places.len()).unwrap_or(u32::MAX);
        pieces.push(Piece::packed(number, group, lock)?);
        places.push(XrefEntry::Free);
    }
    let mut end = HEADER.len();
    for piece in &pieces {
        places[piece.number as usize] = XrefEntry::At(end);
        end += piece.len();
    }
    let number = |place: usize| finals[bases.shared as usize + place];
    let id = hex(&id.finalize()[..16]);
    let mut trailer = format!(
        "/Root {} 0 R/Info {} 0 R/ID[<{id}><{id}>]",
        number(root),
        number(info)
    );
    let mut tail = Vec::new();
    if let Some(lock) = lock {
        let own = places.len();
        places.push(XrefEntry::At(end));
        let _ = writeln!(tail, "{own} 0 obj");
        let numbers = Numbers {
            own: 0,
            shared: 0,
            finals: &[],
        };
        write_dictionary(&mut tail, &lock.dictionary()?, numbers);
        tail.extend(b"\nendobj\n");
        trailer.push_str(&format!("/Encrypt {own} 0 R"));
    }
    tail.extend(cross_references(end + tail.len(), places, &trailer));
    Ok(put_together(pieces, &tail))
}

/// The whole file, in memory of exactly its size. The data of each stream is freed as soon as it is
/// copied, and the file is filled from beginning to end, so that no more than one copy of the data is in
/// memory for long.
fn put_together(pieces: Vec<Piece>, tail: &[u8]) -> Bytes {
    let length: usize = pieces.iter().map(Piece::len).sum();
    let whole = HEADER.len() + length + tail.len();
    let Ok(file) = memory::filled(whole, |file| {
        let (header, rest) = file.split_at_mut(HEADER.len());
        let (rooms, end) = rest.split_at_mut(length);
        header.copy_from_slice(HEADER);
        end.copy_from_slice(tail);
        stretches(rooms, pieces).par_bridge().for_each(|stretch| {
            for (room, piece) in stretch {
                piece.write_to(room);
            }
        });
        Ok::<_, Infallible>(())
    });
    file
}

/// Pieces with the room that each fills, in stretches for one core each.
fn stretches(
    mut rooms: &mut [u8],
    pieces: Vec<Piece>,
) -> impl Iterator<Item = Vec<(&mut [u8], Piece)>> {
    let mut pieces = pieces.into_iter().peekable();
    std::iter::from_fn(move || {
        pieces.peek()?;
        let mut length = 0;
        let mut stretch = Vec::new();
        while length < STRETCH
            && let Some(piece) = pieces.next()
        {
            length += piece.len();
            let (room, after) = std::mem::take(&mut rooms).split_at_mut(piece.len());
            rooms = after;
            stretch.push((room, piece));
        }
        Some(stretch)
    })
}

/// Where an object is in the file.
#[derive(Clone, Copy)]
enum XrefEntry {
    Free,
    At(usize),
    In(usize, usize),
}

/// The cross-reference stream at a place in the file, with the other entries of the trailer, and the end
/// of the file.
fn cross_references(start: usize, mut places: Vec<XrefEntry>, trailer: &str) -> Vec<u8> {
    let own = places.len();
    places.push(XrefEntry::At(start));
    let width = if start >= 1 << 32 {
        8
    } else if start >= 1 << 24 {
        4
    } else {
        3
    };
    let mut table = Vec::with_capacity(places.len() * (width + 3));
    for place in &places {
        let (kind, value, index) = match *place {
            XrefEntry::Free => (0_u8, 0, 0),
            XrefEntry::At(offset) => (1, offset, 0),
            XrefEntry::In(stream, index) => (2, stream, index),
        };
        table.push(kind);
        table.extend(&(value as u64).to_be_bytes()[8 - width..]);
        table.extend(u16::try_from(index).unwrap_or(0).to_be_bytes());
    }
    let table = deflate(&table);
    let mut out = format!(
        "{own} 0 obj\n<</Type/XRef/Size {}/W[1 {width} 2]{trailer}/Filter/FlateDecode/Length {}>>\nstream\n",
        places.len(),
        table.len()
    )
    .into_bytes();
    out.extend(&table);
    let _ = write!(out, "\r\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n");
    out
}

/// Packs all objects except streams.
fn pack(objects: &Objects, numbers: Numbers, own: u32) -> Vec<Packed> {
    let small: Vec<(u32, &[u8])> = (0..objects.len())
        .filter(|index| !objects.is_stream(*index))
        .filter_map(|index| {
            let number = numbers.finals[own as usize + index];
            Some((number, objects.folded(index)?))
        })
        .collect();
    small
        .par_chunks(PACKED)
        .map(|group| {
            let (mut index, mut body) = (Vec::new(), Vec::new());
            for (number, object) in group {
                for number in [u64::from(*number), body.len() as u64] {
                    write_digits(&mut index, number);
                    index.push(b' ');
                }
                write_folded(&mut body, object, numbers);
                body.push(b'\n');
            }
            let first = index.len();
            let mut plain = index;
            plain.append(&mut body);
            Packed {
                numbers: group.iter().map(|(number, _)| *number).collect(),
                first,
                bytes: deflate(&plain),
            }
        })
        .collect()
}

fn deflate(plain: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(
        Vec::with_capacity(plain.len() / 3),
        flate2::Compression::new(5),
    );
    // Writing to a vector cannot fail.
    let _ = encoder.write_all(plain);
    encoder.finish().unwrap_or_default()
}
