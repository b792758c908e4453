//! What things are called in addresses.

use std::collections::BTreeSet;

use crate::model::names::unaccented;

/// A name as it stands in an address: "Marek Zieliński" is `marek-zielinski`.
pub(super) fn named(name: &str) -> String {
    let plain = unaccented(name);
    let mut slug = String::new();
    for word in plain.split(|character: char| !character.is_ascii_alphanumeric()) {
        if !word.is_empty() {
            if !slug.is_empty() {
                slug.push('-');
            }
            slug.push_str(word);
        }
    }
    if slug.is_empty() {
        "unnamed".to_owned()
    } else {
        slug
    }
}

/// Where a name stands in a list of people: by the surname, which is looked for, then by the rest. Letters
/// after it ("OBE") are none of it.
pub(super) fn in_lists(name: &str) -> (String, String) {
    let is_written_small = name.chars().any(char::is_lowercase);
    let is_honour = |word: &&str| {
        let word = word.trim_matches([',', '.']);
        is_written_small && word.len() > 1 && word.chars().all(|letter| letter.is_ascii_uppercase())
    };
    let words: Vec<&str> = name.split_whitespace().collect();
    let surname = words.iter().rev().find(|word| !is_honour(word));
    (unaccented(surname.unwrap_or(&"")), unaccented(name))
}

/// The end of an item's address: its number, and where another has it, its key.
pub(super) fn slug(number: &str, key: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String = number
        .chars()
        .map(|character| match character {
            '.' | '-' => character,
            character if character.is_ascii_alphanumeric() => character,
            _ => '-',
        })
        .collect();
    let is_free = !matches!(plain.as_str(), "" | "." | ".." | "papers" | "pages")
        && !plain.contains("..")
        && !taken.contains(&plain);
    let slug = if is_free { plain } else { key.to_owned() };
    taken.insert(slug.clone());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_listed_by_their_surnames() {
        let listed = [
            "Reverend Judith Ashe",
            "Councillor Marek Élan",
            "Councillor Ruth Ewart-Jones, OBE",
            "Councillor Alan Fenn JP",
            "Zoe Fenn",
            "COUNCILLOR A COX",
        ];
        let mut sorted = listed.to_vec();
        sorted.sort_by_key(|name| in_lists(name));
        assert_eq!(
            sorted,
            [
                listed[0], listed[5], listed[1], listed[2], listed[3], listed[4]
            ]
        );
    }

    #[test]
    fn names_are_plain_and_no_two_items_share_an_address() {
        assert_eq!(named("Marek Zieliński"), "marek-zielinski");
        assert_eq!(named("Siân ap Gwilym-Huws"), "sian-ap-gwilym-huws");
        let mut taken = BTreeSet::new();
        assert_eq!(slug("5.1", "item-5.1", &mut taken), "5.1");
        assert_eq!(slug("5/1", "item-5-1", &mut taken), "5-1");
        assert_eq!(slug("5-1", "item-5-1-2", &mut taken), "item-5-1-2");
        assert_eq!(slug("..", "item-7", &mut taken), "item-7");
    }
}
