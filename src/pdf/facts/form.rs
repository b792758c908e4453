//! The fields of a form, and whether one of them is signed.

use std::collections::HashSet;

use lopdf::{Dictionary, Document, Object};
use memchr::memmem;

use crate::pdf::object::{as_dict, decoded, get_array, get_dict, get_name, resolve, target};

/// The most fields of one form that are read.
const MOST_FIELDS: usize = 100_000;
/// The most packets of a form as data (XFA) that are read.
const MOST_PACKETS: usize = 32;
/// The largest packet that is read, in bytes.
const LARGEST_PACKET: usize = 8 << 20;

/// How many fields there are to fill in, without those for signatures, and whether any of those is
/// signed.
pub(super) fn fields(doc: &Document, catalog: &Dictionary) -> (usize, bool) {
    let (mut fields, mut signed) = (0, false);
    let Some(form) = get_dict(doc, catalog, b"AcroForm") else {
        return (fields, signed);
    };
    let mut seen = HashSet::new();
    let mut open: Vec<(&Object, bool)> = get_array(doc, form, b"Fields")
        .unwrap_or_default()
        .iter()
        .map(|field| (field, false))
        .collect();
    let mut left = MOST_FIELDS;
    while let Some((object, signs)) = open.pop() {
        if left == 0 {
            break;
        }
        left -= 1;
        if target(doc, object).is_some_and(|id| !seen.insert(id)) {
            continue;
        }
        let Some(field) = as_dict(resolve(doc, object)) else {
            continue;
        };
        // A field may inherit its type from the field around it.
        let signs = get_name(doc, field, b"FT").map_or(signs, |kind| kind == b"Sig");
        let kids = get_array(doc, field, b"Kids").unwrap_or_default();
        let is_part = |kid: &&Object| as_dict(resolve(doc, kid)).is_some_and(|kid| kid.has(b"T"));
        if kids.iter().any(|kid| is_part(&kid)) {
            open.extend(kids.iter().map(|kid| (kid, signs)));
        } else if signs {
            signed |= get_dict(doc, field, b"V").is_some();
        } else {
            fields += 1;
        }
    }
    (fields, signed)
}

/// Whether a form as data (XFA) says that its pages must be made from it.
pub(super) fn is_dynamic(doc: &Document, form: &Object) -> bool {
    let one = std::slice::from_ref(form);
    let packets = form.as_array().map_or(one, |packets| packets.as_slice());
    let mut streams = packets.iter().take(MOST_PACKETS);
    streams.any(|packet| match resolve(doc, packet) {
        Object::Stream(packet) => decoded(packet, LARGEST_PACKET).is_some_and(|packet| {
            let told = memmem::find(&packet, b"<dynamicRender>");
            let told = told.map(|at| packet[at..].split(|byte| *byte == b'>').nth(1));
            told.flatten()
                .is_some_and(|told| told.trim_ascii().starts_with(b"required"))
        }),
        _ => false,
    })
}
