//! Content that pages use but do not paint directly: pattern cells, soft masks and glyph programs. There
//! may be words in it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::object::{as_dict, get_dict, get_name, resolve, target};

/// The most dictionaries of resources that are read for one page.
const MOST: usize = 2_000;

/// Pattern cells, masks and glyph programs among resources, and what they use in turn, each with the
/// resources that list it. `None` if there are too many to read.
pub(super) fn asides<'a>(
    doc: &'a Document,
    resources: &'a Dictionary,
) -> Option<BTreeMap<ObjectId, &'a Dictionary>> {
    let mut found = BTreeMap::new();
    let mut met = BTreeSet::new();
    let mut open: Vec<&Dictionary> = vec![resources];
    let mut seen = HashSet::new();
    while let Some(resources) = open.pop() {
        if !seen.insert(std::ptr::from_ref(resources)) {
            continue;
        }
        if seen.len() > MOST {
            return None;
        }
        let listed = |key: &[u8]| {
            get_dict(doc, resources, key)
                .into_iter()
                .flat_map(|all| all.iter().map(|(_, value)| value))
        };
        let mut streams: Vec<&Object> = listed(b"Pattern").collect();
        for state in listed(b"ExtGState") {
            let mask =
                as_dict(resolve(doc, state)).and_then(|state| get_dict(doc, state, b"SMask"));
            streams.extend(mask.and_then(|mask| mask.get(b"G").ok()));
        }
        for font in listed(b"Font") {
            let Some(font) = as_dict(resolve(doc, font)) else {
                continue;
            };
            if get_name(doc, font, b"Subtype") == Some(b"Type3") {
                let programs = get_dict(doc, font, b"CharProcs");
                streams.extend(
                    programs
                        .into_iter()
                        .flat_map(|all| all.iter().map(|(_, it)| it)),
                );
                open.extend(get_dict(doc, font, b"Resources"));
            }
        }
        // Forms are content of the page, but what they use is searched too.
        let forms = listed(b"XObject").map(|form| (form, false));
        for (object, aside) in streams.into_iter().map(|it| (it, true)).chain(forms) {
            let (Some(id), Object::Stream(stream)) = (target(doc, object), resolve(doc, object))
            else {
                continue;
            };
            if aside {
                found.entry(id).or_insert(resources);
            }
            if !met.insert(id) {
                continue;
            }
            open.extend(get_dict(doc, &stream.dict, b"Resources"));
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use lopdf::{Stream, dictionary};

    use super::*;

    /// Forms inside one another, the innermost of which uses a pattern.
    fn nested(count: usize) -> (Document, Dictionary) {
        let mut doc = Document::with_version("1.7");
        let pattern = doc.add_object(Stream::new(dictionary! {}, Vec::new()));
        let mut resources = dictionary! { "Pattern" => dictionary! { "P" => pattern } };
        for _ in 0..count {
            let form = dictionary! { "Resources" => resources };
            let form = doc.add_object(Stream::new(form, Vec::new()));
            resources = dictionary! { "XObject" => dictionary! { "X" => form } };
        }
        (doc, resources)
    }

    #[test]
    fn either_all_are_found_or_it_is_said_that_they_are_not() {
        for count in [0, 5, MOST - 1] {
            let (doc, resources) = nested(count);
            let found = asides(&doc, &resources).map(|found| found.len());
            assert_eq!(found, Some(1), "{count}");
        }
        let (doc, resources) = nested(MOST);
        assert!(asides(&doc, &resources).is_none());
    }
}
