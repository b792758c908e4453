//! References that have the number of an object and the generation of none. Most readers go by the number,
//! so that is what is done here too, before anything is read.

use std::collections::{BTreeMap, HashMap};

use lopdf::{Dictionary, Document, Object, ObjectId};

/// Makes each such reference lead to the object that has its number. In objects of the numbers that are
/// `usual`, in order, all references have generation 0.
pub(super) fn settle(doc: &mut Document, usual: &[u32]) {
    let wrong = wrong(doc, usual);
    if wrong.is_empty() {
        return;
    }
    for object in doc.objects.values_mut() {
        correct(object, &wrong);
    }
    correct_all(&mut doc.trailer, &wrong);
}

/// The references that lead to nothing, each with the object that has its number.
fn wrong(doc: &Document, usual: &[u32]) -> HashMap<ObjectId, ObjectId> {
    // Nearly all objects of nearly all files have generation 0, and so have their references.
    let odd: BTreeMap<u32, u16> = doc.objects.keys().copied().filter(|id| id.1 > 0).collect();
    let mut wrong = HashMap::new();
    let mut look = |id: ObjectId| {
        if (id.1 > 0 || odd.contains_key(&id.0)) && !doc.objects.contains_key(&id) {
            let same = doc.objects.range((id.0, 0)..=(id.0, u16::MAX));
            wrong.extend(same.last().map(|(found, _)| (id, *found)));
        }
    };
    let mut usual = usual.iter().copied().peekable();
    for (id, object) in &doc.objects {
        while usual.next_if(|number| *number < id.0).is_some() {}
        if !odd.is_empty() || usual.peek() != Some(&id.0) {
            each(object, &mut look);
        }
    }
    for (_, object) in &doc.trailer {
        each(object, &mut look);
    }
    wrong
}

fn each(object: &Object, look: &mut impl FnMut(ObjectId)) {
    match object {
        Object::Reference(id) => look(*id),
        Object::Array(array) => array.iter().for_each(|object| each(object, look)),
        Object::Dictionary(dict) => dict.iter().for_each(|(_, object)| each(object, look)),
        Object::Stream(stream) => {
            (stream.dict.iter()).for_each(|(_, object)| each(object, look));
        }
        _ => {}
    }
}

fn correct(object: &mut Object, wrong: &HashMap<ObjectId, ObjectId>) {
    match object {
        Object::Reference(id) => *id = wrong.get(id).copied().unwrap_or(*id),
        Object::Array(array) => array.iter_mut().for_each(|object| correct(object, wrong)),
        Object::Dictionary(dict) => correct_all(dict, wrong),
        Object::Stream(stream) => correct_all(&mut stream.dict, wrong),
        _ => {}
    }
}

fn correct_all(dict: &mut Dictionary, wrong: &HashMap<ObjectId, ObjectId>) {
    for (_, object) in dict.iter_mut() {
        correct(object, wrong);
    }
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    #[test]
    fn an_object_is_found_by_its_number_where_none_has_the_generation() {
        let mut doc = Document::with_version("1.7");
        for id in [(1, 0), (2, 5), (3, 0), (3, 2), (4, 0)] {
            doc.objects.insert(id, Object::Null);
        }
        let named = [(1, 0), (1, 7), (2, 0), (2, 5), (3, 0), (3, 1), (9, 1)];
        let named: Vec<Object> = named.map(Object::Reference).into();
        let inner = dictionary! { "Kids" => vec![Object::Array(named.clone())] };
        doc.objects.insert((4, 0), inner.into());
        doc.trailer.set("Root", (4, 1));
        settle(&mut doc, &[1, 2, 3]);
        let found = doc.get_dictionary((4, 0)).and_then(|it| it.get(b"Kids"));
        let found = found.and_then(Object::as_array).expect("the list")[0].clone();
        let right = [(1, 0), (1, 0), (2, 5), (2, 5), (3, 0), (3, 2), (9, 1)];
        let right: Vec<Object> = right.map(Object::Reference).into();
        assert_eq!(found, Object::Array(right));
        let root = doc.trailer.get(b"Root").and_then(Object::as_reference);
        assert_eq!(root.ok(), Some((4, 0)));
    }
}
