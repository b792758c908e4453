//! The words of a year's pages, by how they begin.

use std::collections::BTreeMap;
use std::collections::HashMap;

use rayon::prelude::*;

use super::pages::Pages;
use crate::model::names::unaccented;

/// The shortest word that is looked up.
const SHORTEST: usize = 2;

/// What a word is worth on a page.
const ONCE: usize = 0;
const SOMETIMES: usize = 1;
const OFTEN: usize = 2;
const IN_TITLE: usize = 3;

/// The pages of a word in order. Each is a number whose last two bits are what the word is worth there,
/// and whose others are the way to it from the page before, written in digits of base 32 with the lowest
/// first; of a number that goes on, each digit but the last is 32 higher. A text takes half the room of
/// a list of numbers, and of the words in a file only those that are asked for are ever taken apart.
pub(super) type Steps = String;

/// The digits, each plain in JSON and in a script.
const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/// Words with their pages.
pub(super) type Words = BTreeMap<String, Steps>;

/// The words of the pages of some meetings by how they begin. `meetings` holds the pages of each, in the
/// files that they lie in.
pub(super) fn shards(meetings: &[Vec<Pages>]) -> BTreeMap<String, Words> {
    let mut first = 0;
    let starts: Vec<usize> = meetings
        .iter()
        .map(|chunks| {
            let start = first;
            first += chunks.iter().map(|chunk| chunk.pages.len()).sum::<usize>();
            start
        })
        .collect();
    let found: Vec<HashMap<String, Vec<(usize, usize)>>> = meetings
        .par_iter()
        .zip(starts)
        .map(|(chunks, start)| of_meeting(chunks, start))
        .collect();
    let mut whole: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    for words in found {
        for (word, pages) in words {
            whole.entry(word).or_default().extend(pages);
        }
    }
    let mut shards: BTreeMap<String, Words> = BTreeMap::new();
    for (word, pages) in whole {
        let mut before = 0;
        let mut steps = Steps::new();
        for (page, worth) in pages {
            write(&mut steps, (page - before) << 2 | worth);
            before = page;
        }
        shards.entry(shard(&word)).or_default().insert(word, steps);
    }
    shards
}

/// Adds a number.
fn write(steps: &mut Steps, mut number: usize) {
    while number > 31 {
        steps.push(char::from(DIGITS[32 + (number & 31)]));
        number >>= 5;
    }
    steps.push(char::from(DIGITS[number]));
}

/// Each word with its pages in order, and with what it is worth on each.
fn of_meeting(chunks: &[Pages], start: usize) -> HashMap<String, Vec<(usize, usize)>> {
    let mut words: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    let mut before = "";
    let pages = chunks
        .iter()
        .flat_map(|chunk| chunk.pages.iter().map(move |page| (chunk, page)));
    for (at, (chunk, page)) in pages.enumerate() {
        let mut counts: HashMap<String, usize> = HashMap::new();
        each_word(&page.2, &mut |word| match counts.get_mut(word) {
            Some(count) => *count += 1,
            None => {
                counts.insert(word.to_owned(), 1);
            }
        });
        let mut worth: HashMap<String, usize> = counts
            .into_iter()
            .map(|(word, count)| {
                let worth = match count {
                    ..2 => ONCE,
                    2..5 => SOMETIMES,
                    5.. => OFTEN,
                };
                (word, worth)
            })
            .collect();
        // A paper is found by its title on its first page.
        let document = page.1.and_then(|document| chunk.documents.get(document));
        let (key, title) = document.map_or(("", ""), |(key, title)| (key.as_str(), title.as_str()));
        if key != before {
            before = key;
            each_word(title, &mut |word| {
                worth.insert(word.to_owned(), IN_TITLE);
            });
        }
        for (word, worth) in worth {
            words.entry(word).or_default().push((start + at, worth));
        }
    }
    words
}

/// Gives each word of a text as it is looked up.
fn each_word(text: &str, give: &mut dyn FnMut(&str)) {
    let plain = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        unaccented(text)
    };
    let words = plain.split(|character: char| !character.is_alphanumeric());
    for word in words {
        // Most words are longer, and need no counting.
        if word.len() >= SHORTEST * 4 || word.chars().nth(SHORTEST - 1).is_some() {
            give(word);
        }
    }
}

/// The file of a word: its first two characters where they are plain.
fn shard(word: &str) -> String {
    let beginning = word.chars().take(2);
    beginning
        .map(|character| match character {
            'a'..='z' | '0'..='9' => character,
            _ => '_',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::pages::Page;
    use super::*;

    fn pages(texts: &[&str]) -> Vec<Pages> {
        let page = |text: &&str| Page("1".to_owned(), Some(0), (*text).to_owned());
        vec![Pages {
            documents: vec![("item-1".to_owned(), "Places".to_owned())],
            pages: texts.iter().map(page).collect(),
        }]
    }

    #[test]
    fn a_word_is_found_on_its_pages_whatever_its_accents() {
        let shards = shards(&[
            pages(&["Schools, and schooling", "Ŷd a gwenith"]),
            pages(&["The schools’ places: a 5 % rise", "Schools"]),
        ]);
        // On the first page, on the third and on the fourth.
        assert_eq!(shards["sc"]["schools"], "084");
        assert_eq!(shards["sc"]["schooling"], "0");
        assert_eq!(shards["yd"]["yd"], "4");
        assert!(!shards.contains_key("a"), "a letter is no word");
    }

    #[test]
    fn a_word_is_worth_more_where_it_stands_often_and_most_in_the_title_on_the_first_page() {
        let shards = shards(&[pages(&[
            "roads and roads",
            "kerb kerb kerb kerb kerb and places",
        ])]);
        assert_eq!(shards["ro"]["roads"], "1");
        assert_eq!(shards["ke"]["kerb"], "6");
        assert_eq!(shards["pl"]["places"], "34");
    }

    #[test]
    fn long_ways_take_more_digits_the_lowest_first() {
        // 7 pages on is 28 and 3 more; 8 is 32; 6000 is 24000, which is 23 * 1024 + 14 * 32.
        for (number, wanted) in [(31, "V"), (32, "W1"), (24_000, "WkN")] {
            let mut steps = Steps::new();
            write(&mut steps, number);
            assert_eq!(steps, wanted, "{number}");
        }
    }
}
