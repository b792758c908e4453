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
