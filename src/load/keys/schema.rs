//! JSON Schemas (draft 7, which editors' TOML plugins read) of the files that a clerk writes.

use std::collections::BTreeSet;

use serde_json::{Map as Object, Value, json};

use super::files::KeysOf;
use super::shape::{Key, Kind, Shape};

/// Days and times of day, which TOML plugins pass on as text.
const DATE: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
const TIME: &str = "^[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?$";

/// The JSON Schema of a file. `header` has the keys of a council's report header; without it a report
/// may have any further key.
pub fn of(of: KeysOf, header: Option<&[String]>) -> Value {
    let mut definitions = Object::new();
    let shapes = of.shapes();
    let mut properties = Object::new();
    for key in shapes.iter().flat_map(|shape| shape.keys()) {
        let value = property(key, &mut definitions);
        properties.entry(key.name).or_insert(value);
    }
    let own = shapes.iter().find_map(|shape| shape.own_keys);
    let further = match (own, header) {
        (None, _) => json!(false),
        (Some(kind), None) => takes(kind, &mut definitions),
        (Some(kind), Some(names)) => {
            for name in names {
                let value = takes(kind, &mut definitions);
                properties.entry(name.clone()).or_insert(value);
            }
            json!(false)
        }
    };
    let mut schema = object(properties, further, &needed(&shapes));
    let title = KeysOf::WORDS.iter().find(|(_, known)| *known == of);
    let title = title.map_or("", |(word, _)| word);
    schema.insert(
        "$schema".to_owned(),
        json!("http://json-schema.org/draft-07/schema#"),
    );
    schema.insert("title".to_owned(), json!(format!("pack: {title}")));
    schema.insert("definitions".to_owned(), Value::Object(definitions));
    Value::Object(schema)
}

/// The keys that none of the tables can do without.
fn needed(shapes: &[&'static Shape]) -> BTreeSet<&'static str> {
    let of = |shape: &&'static Shape| -> BTreeSet<&'static str> {
        shape
            .keys()
            .filter(|key| key.needed)
            .map(|key| key.name)
            .collect()
    };
    shapes
        .iter()
        .map(of)
        .reduce(|some, other| &some & &other)
        .unwrap_or_default()
}

fn object(
    properties: Object<String, Value>,
    further: Value,
    needed: &BTreeSet<&'static str>,
) -> Object<String, Value> {
    let mut object = Object::new();
    object.insert("type".to_owned(), json!("object"));
    object.insert("properties".to_owned(), Value::Object(properties));
    object.insert("additionalProperties".to_owned(), further);
    if !needed.is_empty() {
        object.insert("required".to_owned(), json!(needed));
    }
    object
}

/// What a key takes, and what an editor shows of it.
fn property(key: &Key, definitions: &mut Object<String, Value>) -> Value {
    let mut value = takes(key.kind, definitions);
    let mut says = key.says.to_owned();
    if !key.without.is_empty() {
        says.push_str(&format!(". Without it: {}", key.without));
    }
    if value.get("$ref").is_some() {
        // Beside a reference, draft 7 reads nothing else.
        value = json!({ "allOf": [value] });
    }
    if let Value::Object(value) = &mut value {
        value.insert("description".to_owned(), json!(says));
    }
    value
}

fn takes(kind: Kind, definitions: &mut Object<String, Value>) -> Value {
    let text = json!({ "type": "string" });
    let one_or_list = |one: Value| json!({ "anyOf": [one, { "type": "array", "items": one }] });
    match kind {
        Kind::Text => text,
        Kind::Pattern(pattern, _) => json!({ "type": "string", "pattern": pattern }),
        Kind::TextOrNumber => json!({ "type": ["string", "number"] }),
        Kind::Texts => one_or_list(text),
        Kind::Word(words) => json!({ "enum": words() }),
        Kind::WordOr(words, pattern, _) => {
            json!({ "anyOf": [{ "enum": words() }, { "type": "string", "pattern": pattern }] })
        }
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Whole(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Kind::Wholes(least, most) => {
            one_or_list(json!({ "type": "integer", "minimum": least, "maximum": most }))
        }
        Kind::Numbers(count) => json!({
            "type": "array", "items": { "type": "number" }, "minItems": count, "maxItems": count
        }),
        Kind::Date => json!({ "type": "string", "pattern": DATE }),
        Kind::Dates => one_or_list(json!({ "type": "string", "pattern": DATE })),
        Kind::DateOrText => text,
        Kind::Time => json!({ "type": "string", "pattern": TIME }),
        Kind::Table(shape) => reference(shape, definitions),
        Kind::Tables(shape) => {
            json!({ "type": "array", "items": reference(shape, definitions) })
        }
        Kind::Named(shape) => one_or_list(json!({
            "anyOf": [text, reference(shape, definitions)]
        })),
        Kind::Map(_, words) => {
            let value = words.map_or(text, |words| json!({ "enum": words() }));
            json!({ "type": "object", "additionalProperties": value })
        }
    }
}

/// A reference to the definition of a table, which is made where there is none yet.
fn reference(shape: &'static Shape, definitions: &mut Object<String, Value>) -> Value {
    if !definitions.contains_key(shape.id) {
        // Holds the place, since an item may stand in an item.
        definitions.insert(shape.id.to_owned(), Value::Null);
        let mut properties = Object::new();
        for key in shape.keys() {
            let value = property(key, definitions);
            properties.insert(key.name.to_owned(), value);
        }
        let further = match shape.own_keys {
            Some(kind) => takes(kind, definitions),
            None => json!(false),
        };
        let made = object(properties, further, &needed(&[shape]));
        definitions.insert(shape.id.to_owned(), Value::Object(made));
    }
    json!({ "$ref": format!("#/definitions/{}", shape.id) })
}
