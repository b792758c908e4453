//! What an encrypted file holds in clear: streams with the filter that does nothing, or all of it if that is
//! its only filter. The reader decrypts these too, so they are taken from a second reading, by a reader who
//! was not told that the file is encrypted.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::object::{get, get_dict, get_name, resolve};

/// What a trailer says of encryption, and what it says for the second reading.
const ENCRYPT: (&[u8], &[u8]) = (b"/Encrypt", b"/Xncrypt");

/// The bytes for a second reading, if the first has decrypted what was in clear.
pub(super) fn reading(doc: &Document, bytes: &[u8]) -> Option<Vec<u8>> {
    let state = doc.encryption_state.as_ref()?;
    let known = |filter: &[u8]| state.crypt_filters().contains_key(filter);
    let named = [state.default_stream_filter(), state.default_string_filter()];
    let all_known = named
        .iter()
        .all(|name| name.is_empty() || *name == b"Identity" || known(name));
    let has_clear = || !streams(doc).is_empty();
    (state.version() >= 4 && (!all_known || has_clear())).then(|| unsaid(bytes))
}

/// A file that does not say that it is encrypted.
pub(super) fn unsaid(bytes: &[u8]) -> Vec<u8> {
    let mut plain = bytes.to_vec();
    for at in memchr::memmem::find_iter(bytes, ENCRYPT.0) {
        let end = at + ENCRYPT.0.len();
        if !bytes.get(end).is_some_and(u8::is_ascii_alphabetic) {
            plain[at..end].copy_from_slice(ENCRYPT.1);
        }
    }
    plain
}

/// Whether nothing in a file is encrypted, by its second reading.
pub(super) fn is_all(plain: &Document) -> bool {
    let Some(how) = get_dict(plain, &plain.trailer, &ENCRYPT.1[1..]) else {
        return false;
    };
    let does_nothing = |key: &&[u8]| match get_name(plain, how, key) {
        None | Some(b"Identity") => true,
        Some(filter) => get_dict(plain, how, b"CF")
            .and_then(|filters| get_dict(plain, filters, filter))
            .is_some_and(|filter| get_name(plain, filter, b"CFM") == Some(b"None")),
    };
    [b"StmF".as_slice(), b"StrF"].iter().all(does_nothing)
}

/// Takes the data of streams that are in clear from the second reading.
pub(super) fn take(doc: &mut Document, plain: &mut Document) {
    for id in streams(doc) {
        if let Some(Object::Stream(own)) = doc.objects.get_mut(&id)
            && let Some(Object::Stream(plain)) = plain.objects.get_mut(&id)
        {
            own.set_content(std::mem::take(&mut plain.content));
        }
    }
}

/// The streams of an encrypted document that are in clear, but for metadata, which no pack takes.
fn streams(doc: &Document) -> Vec<ObjectId> {
    let is_clear = |object: &Object| match object {
        Object::Stream(stream) => {
            !stream.dict.has_type(b"Metadata") && has_identity(doc, &stream.dict)
        }
        _ => false,
    };
    let objects = doc.objects.iter();
    let streams = objects.filter(|(_, object)| is_clear(object));
    streams.map(|(id, _)| *id).collect()
}

/// Whether one of a stream's filters is `Crypt`, with no other name than that of the filter that does nothing,
/// which may be left out (ISO 32000-1, 7.4.10).
fn has_identity(doc: &Document, dict: &Dictionary) -> bool {
    let is_crypt =
        |filter: &Object| matches!(resolve(doc, filter), Object::Name(name) if name == b"Crypt");
    let place = match get(doc, dict, b"Filter") {
        Some(Object::Array(filters)) => filters.iter().position(is_crypt),
        filter => filter.is_some_and(is_crypt).then_some(0),
    };
    let Some(place) = place else {
        return false;
    };
    let parameters = match get(doc, dict, b"DecodeParms") {
        Some(Object::Array(each)) => each.get(place).map(|each| resolve(doc, each)),
        each => each,
    };
    match parameters {
        Some(Object::Dictionary(parameters)) => {
            matches!(get_name(doc, parameters, b"Name"), None | Some(b"Identity"))
        }
        _ => true,
    }
}
