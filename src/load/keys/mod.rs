//! The keys of every file that a clerk writes, declared once: what each is called, takes and means.
//! The reader of tables asks here what it may read, the finding of an unknown key lists what is
//! here, and the JSON Schemas and the reference of keys are printed from here.
//!
//! This room knows the shape of the format. It reads nothing.

mod committee;
mod council;
mod files;
mod meeting;
mod papers;
mod record;
mod reference;
mod schema;
mod shape;

pub use files::KeysOf;
pub use reference::all as reference;
pub use schema::of as schema;

pub(super) use committee::HOLDS;
pub(super) use council::NUMBER_FROM;
pub(super) use meeting::{ITEM, MEETING};
pub(super) use papers::{ATTACHED_TEXT, MINUTES, REPORT};
pub(super) use record::RECORD;
pub(super) use shape::{Key, Kind, Shape};

use super::nearest::nearest;
use files::shapes;

/// The table of the keys of one shape, as Markdown, by the shape's name.
pub fn table(id: &str) -> Option<String> {
    shapes().find(|shape| shape.id == id).map(reference::table)
}

/// Whether a key takes one of a few words, all in small letters, wherever it stands.
pub(super) fn takes_words(name: &str) -> bool {
    let mut kinds = shapes().filter_map(|shape| shape.key(name));
    kinds.any(|key| matches!(key.kind, Kind::Word(_) | Kind::WordOr(..)))
}

/// The key of a table that takes a word, and that word, which may be written a little differently.
pub(super) fn key_of_word(word: &str, shape: &Shape) -> Option<(&'static str, &'static str)> {
    shape.keys().find_map(|key| match key.kind {
        Kind::Word(words) | Kind::WordOr(words, ..) => {
            let words = words();
            let exactly = words.iter().copied().find(|known| *known == word);
            let found = exactly.or_else(|| nearest(word, words.iter().copied()))?;
            Some((key.name, found))
        }
        _ => None,
    })
}

/// Whether a key with a value of its own, not a table, is known anywhere.
pub(super) fn is_known(name: &str) -> bool {
    let mut keys = shapes().filter_map(|shape| shape.key(name));
    keys.any(|key| key.kind.shape().is_none())
}

/// Whether a key takes a whole number wherever it stands.
pub(super) fn takes_a_number(name: &str) -> bool {
    takes_only(name, |kind| matches!(kind, Kind::Whole(..)))
}

/// Whether a key takes `true` or `false` wherever it stands.
pub(super) fn takes_a_flag(name: &str) -> bool {
    takes_only(name, |kind| matches!(kind, Kind::Flag))
}

fn takes_only(name: &str, wanted: impl Fn(Kind) -> bool) -> bool {
    let mut keys = shapes().filter_map(|shape| shape.key(name)).peekable();
    keys.peek().is_some() && keys.all(|key| wanted(key.kind))
}

/// The table that a key belongs in, other than the one that it was found in: the only table that has
/// it, or the first of two.
pub(super) fn home(name: &str, found_in: &Shape) -> Option<&'static Shape> {
    let having: Vec<&'static Shape> = shapes()
        .filter(|shape| shape.home.is_some() && shape.key(name).is_some())
        .collect();
    let is_other = |shape: &&Shape| shape.id != found_in.id && shape.what != found_in.what;
    match having.as_slice() {
        [home] | [home, _] if having.iter().all(is_other) => Some(home),
        _ => None,
    }
}

/// A word that a key of one other table takes: the table, the key and the word.
pub(super) fn word_elsewhere(
    word: &str,
    found_in: &Shape,
) -> Option<(&'static str, &'static str, &'static str)> {
    let mut having = shapes().filter_map(|shape| {
        let home = shape.home.filter(|_| shape.id != found_in.id)?;
        let (key, word) = shape.keys().find_map(|key| taken(key, word))?;
        Some((home, key, word))
    });
    having.next().filter(|_| having.next().is_none())
}

/// The key and the word, if the key takes exactly this word.
fn taken(key: &Key, word: &str) -> Option<(&'static str, &'static str)> {
    match key.kind {
        Kind::Word(words) | Kind::WordOr(words, ..) => {
            let known = words().into_iter().find(|known| *known == word)?;
            Some((key.name, known))
        }
        _ => None,
    }
}

/// Whether a name is that of tables with `[[name]]` in `pack.toml`.
pub(super) fn is_tables_of_pack(name: &str) -> bool {
    let key = meeting::PACK_FILE.key(name);
    key.is_some_and(|key| matches!(key.kind, Kind::Tables(_)))
}

/// Whether anything is called so: a key of a table, or a word that one takes.
#[cfg(test)]
pub(super) fn is_key_or_word(name: &str) -> bool {
    shapes().any(|shape| {
        shape
            .keys()
            .any(|key| key.name == name || taken(key, name).is_some())
    })
}

/// What the value of a key that takes a day or a time looks like; `None` for every other key.
pub(super) fn example(name: &str) -> Option<&'static str> {
    shapes().find_map(|shape| match shape.key(name)?.kind {
        Kind::Date => Some("2026-03-18"),
        Kind::Time => Some("17:00:00"),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_table_has_a_name_and_every_key_its_words() {
        let mut ids = BTreeSet::new();
        for shape in shapes() {
            assert!(ids.insert(shape.id), "two tables are called {}", shape.id);
            let mut names = BTreeSet::new();
            for key in shape.keys() {
                assert!(names.insert(key.name), "{}: {} twice", shape.id, key.name);
                assert!(!key.says.ends_with('.') && !key.says.is_empty(), "{key:?}");
                assert!(!key.needed || key.without.is_empty(), "{key:?}");
            }
        }
    }

    #[test]
    fn a_key_in_another_table_is_sent_home() {
        let home = |key, shape: &Shape| home(key, shape).and_then(|home| home.home);
        let item = &meeting::ITEM;
        assert_eq!(home("published", item), Some("[meeting]"));
        assert_eq!(home("published", &meeting::MEETING), None);
        assert_eq!(home("sauce", item), None);
        assert_eq!(home("title", &meeting::MEETING), None);
        assert_eq!(home("subject", &MINUTES), None);
        assert!(home("subject", item).is_some_and(|name| name.contains("report")));
        assert!(home("number-from", item).is_some_and(|name| name.contains("[pack]")));
    }
}
