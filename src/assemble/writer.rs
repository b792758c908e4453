//! Objects become a file: equal streams stored once, small objects packed into object streams, a
//! cross-reference stream, an identifier made from the content. The same objects give the same
//! bytes. Streams are written as they came, never unpacked and packed again.
//!
//! Written here rather than with lopdf's own writer because that needs all objects in one
//! document: here each section's objects keep their own numbers until they are written, and are
//! freed as they are.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::io::Write as _;

use lopdf::{Dictionary, Object, Stream};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::lock::Lock;
use super::plan::AssembleError;

/// Objects in one object stream: few enough to be read at random, many enough to pack well.
const PACKED: usize = 200;
/// Streams shorter than this are not worth comparing.
const WORTH_SHARING: usize = 64;
/// Generation of a reference to one of the pack's own objects.
pub(super) const SHARED: u16 = 1;
/// Generation of a reference to any object by its place in the whole pack.
pub(super) const ABSOLUTE: u16 = 2;

/// Everything that goes into the file. In a section's objects a reference `(n, 0)` is to its own
/// object `n`; anywhere `(n, SHARED)` is to `shared[n]` and `(n, ABSOLUTE)` to the place `n`, where
/// sections lie one after the other, and then the shared objects.
pub(super) struct Contents {
    pub(super) sections: Vec<Vec<Object>>,
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
    /// `None` if there are more objects than a PDF can number.
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

/// A reference to a shared object.
pub(super) fn shared(place: usize) -> Object {
    Object::Reference((u32::try_from(place).unwrap_or(u32::MAX), SHARED))
}

/// How references are written: by the section they stand in, through the final numbers.
#[derive(Clone, Copy)]
struct Numbers<'a> {
    own: u32,
    shared: u32,
    finals: &'a [u32],
}

impl Numbers<'_> {
    /// The final number of what a reference means; 0 if that does not exist.
    fn of(&self, (number, generation): (u32, u16)) -> u32 {
        let place = match generation {
            SHARED => self.shared.saturating_add(number),
            ABSOLUTE => number,
            _ => self.own.saturating_add(number),
        };
        self.finals.get(place as usize).copied().unwrap_or(0)
    }
}

/// Small objects packed together, and the numbers they have.
struct Packed {
    numbers: Vec<u32>,
    first: usize,
    bytes: Vec<u8>,
}

/// Writes the file, locked where there is a lock.
///
/// # Errors
/// When it cannot be locked.
pub(super) fn write(
    contents: Contents,
    bases: &Bases,
    lock: Option<&Lock>,
) -> Result<Vec<u8>, AssembleError> {
    let seal = |stream| match lock {
        Some(lock) => lock.seal(stream),
        None => Ok(stream),
    };
    let Contents {
        mut sections,
        shared,
        root,
        info,
    } = contents;
    sections.push(shared);
    let own: Vec<u32> = bases
        .sections
        .iter()
        .copied()
        .chain([bases.shared])
        .collect();
    let total = bases.shared as usize + sections.last().map_or(0, Vec::len);
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

    // Pack the small objects of all sections side by side; they are gone afterwards.
    let packed: Vec<Vec<Packed>> = sections
        .par_iter_mut()
        .zip(&own)
        .map(|(objects, own)| {
            pack(
                objects,
                Numbers {
                    own: *own,
                    shared: bases.shared,
                    finals: &finals,
                },
                *own,
            )
        })
        .collect();

    let size: usize = sections
        .iter()
        .flatten()
        .map(|object| match object {
            Object::Stream(stream) => stream.content.len() + 300,
            _ => 0,
        })
        .sum::<usize>()
        + packed
            .iter()
            .flatten()
            .map(|packed| packed.bytes.len() + 150)
            .sum::<usize>()
        + total * 6;
    let mut out = Vec::with_capacity(size);
    out.extend(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
    let mut id = Sha256::new();
    let mut places: Vec<Place> = vec![Place::Free; next as usize + 1];
    for (objects, own) in sections.into_iter().zip(&own) {
        let numbers = Numbers {
            own: *own,
            shared: bases.shared,
            finals: &finals,
        };
        for (index, object) in objects.into_iter().enumerate() {
            let place = *own as usize + index;
            if let Object::Stream(stream) = object
                && !aliases.contains_key(&place)
            {
                places[finals[place] as usize] = Place::At(out.len());
                let start = out.len();
                let stream = seal(stream)?;
                let _ = writeln!(out, "{} 0 obj", finals[place]);
                write_stream(&mut out, &stream, numbers);
                out.extend(b"\nendobj\n");
                id.update(&out[start..out.len().min(start + 2048)]);
                id.update(stream.content.len().to_le_bytes());
            }
        }
    }
    for group in packed.into_iter().flatten() {
        let number = places.len();
        for (index, member) in group.numbers.iter().enumerate() {
            places[*member as usize] = Place::In(number, index);
        }
        places.push(Place::At(out.len()));
        id.update(&group.bytes);
        let bytes = seal(Stream::new(Dictionary::new(), group.bytes))?.content;
        let _ = write!(
            out,
            "{number} 0 obj\n<</Type/ObjStm/N {}/First {}/Filter/FlateDecode/Length {}>>\nstream\n",
            group.numbers.len(),
            group.first,
            bytes.len()
        );
        out.extend(&bytes);
        // CRLF, so that data which ends in a carriage return cannot be taken for shorter than it is.
        out.extend(b"\r\nendstream\nendobj\n");
    }
    let number = |place: usize| finals[bases.shared as usize + place];
    let id: String = id.finalize()[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let mut trailer = format!(
        "/Root {} 0 R/Info {} 0 R/ID[<{id}><{id}>]",
        number(root),
        number(info)
    );
    if let Some(lock) = lock {
        let own = places.len();
        places.push(Place::At(out.len()));
        let _ = writeln!(out, "{own} 0 obj");
        write_dictionary(
            &mut out,
            &lock.dictionary()?,
            Numbers {
                own: 0,
                shared: 0,
                finals: &[],
            },
        );
        out.extend(b"\nendobj\n");
        trailer.push_str(&format!("/Encrypt {own} 0 R"));
    }
    cross_references(&mut out, places, &trailer);
    Ok(out)
}

/// Where an object is in the file.
#[derive(Clone, Copy)]
enum Place {
    Free,
    At(usize),
    In(usize, usize),
}

/// The cross-reference stream, with what else the trailer says.
fn cross_references(out: &mut Vec<u8>, mut places: Vec<Place>, trailer: &str) {
    let start = out.len();
    let own = places.len();
    places.push(Place::At(start));
    let width = if out.len() >= 1 << 32 {
        8
    } else if out.len() >= 1 << 24 {
        4
    } else {
        3
    };
    let mut table = Vec::with_capacity(places.len() * (width + 3));
    for place in &places {
        let (kind, value, index) = match *place {
            Place::Free => (0_u8, 0, 0),
            Place::At(offset) => (1, offset, 0),
            Place::In(stream, index) => (2, stream, index),
        };
        table.push(kind);
        table.extend(&(value as u64).to_be_bytes()[8 - width..]);
        table.extend(u16::try_from(index).unwrap_or(0).to_be_bytes());
    }
    let table = deflate(&table);
    let _ = write!(
        out,
        "{own} 0 obj\n<</Type/XRef/Size {}/W[1 {width} 2]{trailer}/Filter/FlateDecode/Length {}>>\nstream\n",
        places.len(),
        table.len()
    );
    out.extend(&table);
    let _ = write!(out, "\r\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n");
}

/// Takes everything but streams out of `objects` and packs it.
fn pack(objects: &mut [Object], numbers: Numbers, own: u32) -> Vec<Packed> {
    let small: Vec<(u32, Object)> = objects
        .iter_mut()
        .enumerate()
        .filter(|(_, object)| !matches!(object, Object::Stream(_)))
        .map(|(index, object)| {
            (
                numbers.finals[own as usize + index],
                std::mem::replace(object, Object::Null),
            )
        })
        .collect();
    small
        .par_chunks(PACKED)
        .map(|group| {
            let (mut index, mut body) = (String::new(), Vec::new());
            for (number, object) in group {
                index.push_str(&format!("{number} {} ", body.len()));
                write_object(&mut body, object, numbers);
                body.push(b'\n');
            }
            let first = index.len();
            let mut plain = index.into_bytes();
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

/// Streams that equal an earlier one: their place and that one's. Fonts, images and profiles that
/// came with several attachments.
fn equal_streams(
    sections: &[Vec<Object>],
    own: &[u32],
    shared: u32,
    total: usize,
) -> HashMap<usize, usize> {
    let streams: Vec<(usize, usize, &Stream)> = sections
        .iter()
        .enumerate()
        .flat_map(|(section, objects)| {
            objects
                .iter()
                .enumerate()
                .filter_map(move |(index, object)| match object {
                    Object::Stream(stream)
                        if stream.content.len() >= WORTH_SHARING
                            && !stream.dict.has(b"StructParents")
                            && !stream.dict.has(b"StructParent") =>
                    {
                        Some((section, own[section] as usize + index, stream))
                    }
                    _ => None,
                })
        })
        .collect();
    let mut lengths: HashMap<usize, u32> = HashMap::new();
    for (_, _, stream) in &streams {
        *lengths.entry(stream.content.len()).or_default() += 1;
    }
    let candidates: Vec<(usize, usize, &Stream, u64)> = streams
        .into_par_iter()
        .filter(|(_, _, stream)| {
            lengths
                .get(&stream.content.len())
                .is_some_and(|count| *count > 1)
        })
        .map(|(section, place, stream)| {
            let mut hasher = DefaultHasher::new();
            stream.content.hash(&mut hasher);
            (section, place, stream, hasher.finish())
        })
        .collect();
    let mut aliases: HashMap<usize, usize> = HashMap::new();
    // An image may refer to its mask: once the masks are known to be equal, so may the images be.
    for _ in 0..3 {
        let before = aliases.len();
        let mut finals: Vec<u32> = (0..u32::try_from(total).unwrap_or(u32::MAX)).collect();
        for (copy, original) in &aliases {
            finals[*copy] = finals[*original];
        }
        let mut met: HashMap<_, Vec<(usize, &Stream)>> = HashMap::new();
        for (section, place, stream, hash) in &candidates {
            if aliases.contains_key(place) {
                continue;
            }
            let mut dict = Vec::new();
            write_dictionary(
                &mut dict,
                &stream.dict,
                Numbers {
                    own: own[*section],
                    shared,
                    finals: &finals,
                },
            );
            let equals = met.entry((*hash, dict)).or_default();
            match equals
                .iter()
                .find(|(_, other)| other.content == stream.content)
            {
                Some((original, _)) => {
                    aliases.insert(*place, *original);
                }
                None => equals.push((*place, stream)),
            }
        }
        if aliases.len() == before {
            break;
        }
    }
    aliases
}

fn write_stream(out: &mut Vec<u8>, stream: &Stream, numbers: Numbers) {
    out.extend(b"<<");
    for (key, value) in &stream.dict {
        if key != b"Length" && !value.is_null() {
            write_entry(out, key, value, numbers);
        }
    }
    let _ = write!(out, "/Length {}>>\nstream\n", stream.content.len());
    out.extend(&stream.content);
    out.extend(b"\r\nendstream");
}

fn write_dictionary(out: &mut Vec<u8>, dict: &Dictionary, numbers: Numbers) {
    out.extend(b"<<");
    for (key, value) in dict {
        if !value.is_null() {
            write_entry(out, key, value, numbers);
        }
    }
    out.extend(b">>");
}

fn write_entry(out: &mut Vec<u8>, key: &[u8], value: &Object, numbers: Numbers) {
    write_name(out, key);
    if needs_space(value) {
        out.push(b' ');
    }
    write_object(out, value, numbers);
}

fn needs_space(object: &Object) -> bool {
    !matches!(
        object,
        Object::Name(_)
            | Object::String(..)
            | Object::Array(_)
            | Object::Dictionary(_)
            | Object::Stream(_)
    )
}

/// Writes an object. Depth is bounded by the parser that read it.
fn write_object(out: &mut Vec<u8>, object: &Object, numbers: Numbers) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Boolean(true) => out.extend(b"true"),
        Object::Boolean(false) => out.extend(b"false"),
        Object::Integer(value) => {
            let _ = write!(out, "{value}");
        }
        Object::Real(value) => write_real(out, *value),
        Object::Name(name) => write_name(out, name),
        Object::String(text, lopdf::StringFormat::Hexadecimal) => {
            out.push(b'<');
            for byte in text {
                let _ = write!(out, "{byte:02x}");
            }
            out.push(b'>');
        }
        Object::String(text, lopdf::StringFormat::Literal) => {
            out.push(b'(');
            for byte in text {
                match byte {
                    b'(' | b')' | b'\\' => out.extend([b'\\', *byte]),
                    b'\r' => out.extend(b"\\r"),
                    _ => out.push(*byte),
                }
            }
            out.push(b')');
        }
        Object::Array(array) => {
            out.push(b'[');
            for (index, entry) in array.iter().enumerate() {
                if index > 0 && needs_space(entry) {
                    out.push(b' ');
                }
                write_object(out, entry, numbers);
            }
            out.push(b']');
        }
        Object::Dictionary(dict) => write_dictionary(out, dict, numbers),
        // A stream cannot stand inside another object; what is left of it is its dictionary.
        Object::Stream(stream) => write_dictionary(out, &stream.dict, numbers),
        Object::Reference(id) => match numbers.of(*id) {
            0 => out.extend(b"null"),
            number => {
                let _ = write!(out, "{number} 0 R");
            }
        },
    }
}

/// A number without exponent; what is no number becomes 0. Numbers that no page has use for are cut
/// off: without a decimal point they would be read as whole numbers that fit into nothing.
pub(super) fn write_real(out: &mut Vec<u8>, value: f32) {
    const LARGEST: f32 = 2e9;
    let value = value.clamp(-LARGEST, LARGEST);
    if value.is_nan() {
        out.push(b'0');
    } else if value.fract() == 0.0 {
        let _ = write!(out, "{value:.0}");
    } else {
        let _ = write!(out, "{value}");
    }
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        match byte {
            b'!'..=b'~' if !b"()<>[]{}/%#".contains(byte) => out.push(*byte),
            _ => {
                let _ = write!(out, "#{byte:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_were_written() {
        let written = |value: f32| {
            let mut out = Vec::new();
            write_real(&mut out, value);
            String::from_utf8(out).expect("digits")
        };
        for value in [0.0, -0.0, 1.5, -72.25, 841.89, 1e-7, 16_777_216.0, 1.9e9] {
            assert_eq!(written(value).parse(), Ok(value), "{value}");
        }
        for (beyond, written_as) in [
            (2.653_589_7e25, "2000000000"),
            (-3.4e38, "-2000000000"),
            (f32::INFINITY, "2000000000"),
            (f32::NAN, "0"),
        ] {
            assert_eq!(written(beyond), written_as);
            assert!(written(beyond).parse::<i32>().is_ok());
        }
    }
}
