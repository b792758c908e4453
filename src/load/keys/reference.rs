//! The reference of keys, as Markdown: a table for each table of the format.

use super::files::{KeysOf, gather};
use super::shape::{Kind, Shape};

/// The reference of all keys, as Markdown.
pub fn all() -> String {
    let mut text = String::from(
        "# Keys\n\nEvery key of every file. Text stands in quotation marks; numbers, days (`2026-09-14`), times (`17:30:00`), `true` and `false` do not.\n",
    );
    let mut told: Vec<&'static Shape> = Vec::new();
    for (_, of) in KeysOf::WORDS {
        for file in of.shapes() {
            text.push_str(&format!("\n## {}\n", title(file)));
            let mut shapes = Vec::new();
            gather(file, &mut shapes);
            for shape in shapes {
                let is_told = |known: &&'static Shape| {
                    known
                        .keys()
                        .map(|key| key.name)
                        .eq(shape.keys().map(|key| key.name))
                };
                if shape.groups.is_empty() || told.iter().any(is_told) {
                    continue;
                }
                told.push(shape);
                if shape.id != file.id {
                    text.push_str(&format!("\n### {}\n", title(shape)));
                }
                text.push_str(&format!("\n{}", table(shape)));
            }
        }
    }
    text
}

fn title(shape: &Shape) -> String {
    match shape.id {
        "council-file" => "The council: `council.toml`".to_owned(),
        "committee-file" => "A body that meets: `committees/….toml`".to_owned(),
        "pack-file" => "A meeting: `pack.toml`".to_owned(),
        "report" => "The front matter of a report".to_owned(),
        "minutes" => "The front matter of minutes".to_owned(),
        "proper-officer" => "Somebody to ask".to_owned(),
        "item" => "An item: `[[item]]`".to_owned(),
        _ if shape.what.starts_with('[') => format!("`{}`", shape.what),
        _ => capital(shape.what),
    }
}

/// The keys of one table.
pub(super) fn table(shape: &'static Shape) -> String {
    let mut text = String::from(
        "| Key | What it takes | Without it | What it says |\n| --- | --- | --- | --- |\n",
    );
    for key in shape.keys() {
        let without = if key.needed { "needed" } else { key.without };
        text.push_str(&format!(
            "| `{}` | {} | {without} | {} |\n",
            key.name,
            takes(key.kind),
            key.says
        ));
    }
    text
}

/// What a key takes, in words.
fn takes(kind: Kind) -> String {
    let either = |words: Vec<&'static str>| {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        words.join(", ")
    };
    match kind {
        Kind::Text => "text".to_owned(),
        Kind::Pattern(_, said) => said.to_owned(),
        Kind::TextOrNumber => "text or a number".to_owned(),
        Kind::Texts => "a list of texts".to_owned(),
        Kind::Word(words) => either(words()),
        Kind::WordOr(words, _, said) => format!("{}, or {said}", either(words())),
        Kind::Flag => "`true` or `false`".to_owned(),
        Kind::Whole(least, most) => format!("a number from {least} to {most}"),
        Kind::Wholes(least, most) => format!("a list of numbers from {least} to {most}"),
        Kind::Numbers(count) => format!("a list of {count} numbers"),
        Kind::Date => "a day".to_owned(),
        Kind::Dates => "a list of days".to_owned(),
        Kind::DateOrText => "a day, or text".to_owned(),
        Kind::Time => "a time".to_owned(),
        Kind::Table(_) => "a table".to_owned(),
        Kind::Tables(_) => "a list of tables".to_owned(),
        Kind::Named(_) => "a name, a table, or a list of them".to_owned(),
        Kind::Map(_, Some(words)) => format!("a table of {}", either(words())),
        Kind::Map(_, None) => "a table of texts".to_owned(),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
