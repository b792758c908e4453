//! Finds where each page begins in a continuous text, from the words on the pages alone.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

/// The character that stands for a picture among the words of a page.
pub const PICTURE: char = '\u{fffc}';

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    /// Its letters, hashed.
    pub(crate) word: u64,
    /// Whether a page may begin with it.
    pub(crate) cut: bool,
}

/// The words of a text, read letter by letter.
#[derive(Default)]
pub(crate) struct Words {
    /// The words read so far.
    pub(crate) tokens: Vec<Token>,
    /// Whether a page may begin with the next word.
    pub(crate) cut: bool,
    /// The letters of the word that is being read.
    word: String,
}

impl Words {
    pub(crate) fn text(&mut self, text: &str) {
        text.chars().for_each(|character| self.character(character));
    }

    pub(crate) fn character(&mut self, character: char) {
        if character.is_ascii_alphanumeric() {
            self.word.push(character.to_ascii_lowercase());
        } else if character.is_alphanumeric() {
            self.word.extend(character.to_lowercase());
        } else if character == PICTURE {
            self.end_word();
            self.word.push(PICTURE);
            self.end_word();
        } else if !is_silent(character) {
            self.end_word();
        }
    }

    pub(crate) fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let mut hash = DefaultHasher::new();
        self.word.hash(&mut hash);
        self.word.clear();
        self.tokens.push(Token {
            word: hash.finish(),
            cut: std::mem::take(&mut self.cut),
        });
    }
}

/// Whether a character may be inside a word without dividing it: a soft hyphen, or a place where a
/// line may break.
fn is_silent(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}'
    )
}

/// The words of a text, hashed.
pub(crate) fn words(text: &str) -> Vec<u64> {
    let mut words = Words::default();
    words.text(text);
    words.end_word();
    words.tokens.iter().map(|token| token.word).collect()
}

/// For each page, given by its words, the byte of a text at which it begins.
pub(crate) fn page_starts<S: AsRef<str>>(text: &str, pages: &[S]) -> Vec<usize> {
    let (mut words, mut begins) = (Words::default(), Vec::new());
    let mut begun = None;
    for (at, character) in text.char_indices() {
        if begun.is_none() && character.is_alphanumeric() {
            begun = Some(at);
            words.cut = true;
        }
        words.character(character);
        if words.tokens.len() > begins.len() {
            begins.resize(words.tokens.len(), begun.take().unwrap_or(at));
        }
    }
    words.end_word();
    begins.resize(words.tokens.len(), begun.unwrap_or(text.len()));
    let pages: Vec<Vec<u64>> = pages
        .iter()
        .map(|page| self::words(page.as_ref()))
        .collect();
    let mut starts: Vec<usize> = places(&words.tokens, &pages)
        .into_iter()
        .map(|place| begins.get(place).copied().unwrap_or(text.len()))
        .collect();
    if let Some(first) = starts.first_mut() {
        *first = 0;
    }
    starts
}

/// How many pages are looked at around the likeliest one, which bounds the work in long documents.
const WINDOW: usize = 128;
/// The score of a word on a page that has it.
const ALONE: i32 = 1;
/// The further score of a word on a page that has it next to its neighbour.
const PAIRED: i32 = 2;
/// How many words on either side of the start found for a page are tried as its start.
const NEAR: usize = 60;
/// How many words before and after a start are compared with the end and beginning of the pages.
const MET: usize = 8;
/// The score of each of those words that is the same.
const MEETING: i32 = 4;
/// Less than any score.
const NEVER: i32 = i32::MIN / 2;

/// For each page the index of the word that it begins with; the number of words where it begins
/// after the last. The first page begins with the first word. Of all ways to divide the text, this
/// is the one that puts most words, and pairs of words, on a page that has them.
pub(crate) fn places(tokens: &[Token], pages: &[Vec<u64>]) -> Vec<usize> {
    // A page without words begins where the next one with words does.
    let worded: Vec<usize> = (0..pages.len())
        .filter(|&page| !pages[page].is_empty())
        .collect();
    let words: Vec<&[u64]> = worded.iter().map(|&page| pages[page].as_slice()).collect();
    let known = begin(tokens, &words);
    let mut starts = vec![tokens.len(); pages.len()];
    let mut next = worded.len();
    for page in (0..pages.len()).rev() {
        if next > 0 && worded[next - 1] == page {
            next -= 1;
        }
        if let Some(&start) = known.get(next) {
            starts[page] = start;
        }
    }
    if let Some(first) = starts.first_mut() {
        *first = 0;
    }
    starts
}

/// The same for pages that all have words.
fn begin(tokens: &[Token], pages: &[&[u64]]) -> Vec<usize> {
    let of = Pages::of(pages);
    let index = of.index(tokens, pages);
    let mut starts = vec![tokens.len(); index.pages];
    let mut scores = vec![NEVER; WINDOW.min(index.pages)];
    match scores.first_mut() {
        Some(first) => *first = 0,
        None => return starts,
    }
    // How many words each page has been given.
    let mut given = vec![0; scores.len()];
    // For each word the first page looked at, and the pages that begin with it if they are reached.
    let mut begun: Vec<(usize, u128)> = Vec::with_capacity(tokens.len());
    let mut base = 0;
    for (at, token) in tokens.iter().enumerate() {
        let further = index.pages - base - scores.len();
        if further > 0 {
            let ahead = likeliest(&scores).saturating_sub(WINDOW / 2);
            let slide = ahead.min(further);
            scores.rotate_left(slide);
            given.rotate_left(slide);
            let length = scores.len();
            scores[length - slide..].fill(NEVER);
            base += slide;
        }
        let mut here = 0;
        if token.cut || at == 0 {
            for page in 1..scores.len() {
                if scores[page - 1] >= scores[page] && scores[page - 1] > NEVER {
                    scores[page] = scores[page - 1];
                    given[page] = 0;
                    here |= 1 << page;
                }
            }
        }
        begun.push((base, here));
        index.score(at, base, &mut scores, &mut given);
    }
    let mut page = base + likeliest(&scores);
    for (at, (base, here)) in begun.iter().enumerate().rev() {
        while page > *base && (here >> (page - base)) & 1 == 1 {
            starts[page] = at;
            page -= 1;
        }
    }
    starts[0] = 0;
    for page in 1..pages.len() {
        starts[page] = exactly(tokens, pages, &index, &starts, page);
    }
    starts
}

/// Where a page begins, among the words around the start that was found for it: where the words
/// before are the last of the page before, and those that follow are its own first.
fn exactly(
    tokens: &[Token],
    pages: &[&[u64]],
    index: &Index<'_>,
    starts: &[usize],
    page: usize,
) -> usize {
    let found = starts[page];
    let first = starts[page - 1].max(found.saturating_sub(NEAR));
    let end = starts.get(page + 1).copied().unwrap_or(tokens.len());
    let last = end.min(found + NEAR);
    let meets = |at: usize| {
        let before = tokens[..at].iter().rev().zip(pages[page - 1].iter().rev());
        let after = tokens[at..].iter().zip(pages[page]);
        let same = |(token, word): &(&Token, &u64)| token.word == **word;
        before.take(MET).take_while(same).count() + after.take(MET).take_while(same).count()
    };
    let worth = |at: usize| i32::try_from(meets(at)).unwrap_or(0) * MEETING;
    let gain = |at: usize| index.points(at, page) - index.points(at, page - 1);
    let mut best = (worth(found), found);
    let mut lost = 0;
    for at in found..last {
        lost += gain(at);
        let may = tokens.get(at + 1).is_none_or(|token| token.cut);
        if may && worth(at + 1) - lost > best.0 {
            best = (worth(at + 1) - lost, at + 1);
        }
    }
    let mut won = 0;
    for at in (first..found).rev() {
        won += gain(at);
        if tokens[at].cut && worth(at) + won > best.0 {
            best = (worth(at) + won, at);
        }
    }
    best.1
}

/// The first place of the highest score.
fn likeliest(scores: &[i32]) -> usize {
    let mut best = 0;
    for (place, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = place;
        }
    }
    best
}

/// Which words of a text, and which pairs of neighbours in it, are on which pages.
struct Index<'p> {
    /// For each word of the text the pages that have it.
    words: Vec<&'p [u32]>,
    /// For each word but the last the pages that have it before its neighbour.
    pairs: Vec<&'p [u32]>,
    /// How many words each page has.
    lengths: Vec<usize>,
    pages: usize,
}

/// Which words and which pairs of neighbours are on which pages, in rising order.
#[derive(Default)]
struct Pages {
    words: HashMap<u64, Listed, Hashed>,
    pairs: HashMap<(u64, u64), Listed, Hashed>,
}

/// Pages in rising order. Most pairs are on one page, which takes no memory of its own.
enum Listed {
    One(u32),
    Several(Vec<u32>),
}

impl Listed {
    fn pages(&self) -> &[u32] {
        match self {
            Self::One(page) => std::slice::from_ref(page),
            Self::Several(pages) => pages,
        }
    }

    /// Adds a page, which is none before those that are there.
    fn enter(&mut self, page: u32) {
        match self {
            _ if self.pages().last() == Some(&page) => {}
            Self::One(first) => *self = Self::Several(vec![*first, page]),
            Self::Several(pages) => pages.push(page),
        }
    }
}

impl Pages {
    fn of(pages: &[&[u64]]) -> Self {
        let mut of = Self::default();
        for (number, words) in pages.iter().enumerate() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            for word in *words {
                enter(&mut of.words, *word, number);
            }
            for pair in words.windows(2) {
                enter(&mut of.pairs, (pair[0], pair[1]), number);
            }
        }
        of
    }

    /// Looks up every word of a text, once.
    fn index<'p>(&'p self, tokens: &[Token], pages: &[&[u64]]) -> Index<'p> {
        let listed = |pages: Option<&'p Listed>| pages.map_or(&[][..], Listed::pages);
        let words = tokens.iter().map(|token| self.words.get(&token.word));
        let pairs = tokens.windows(2).map(|pair| {
            let pair = (pair[0].word, pair[1].word);
            self.pairs.get(&pair)
        });
        Index {
            words: words.map(listed).collect(),
            pairs: pairs.map(listed).collect(),
            lengths: pages.iter().map(|page| page.len()).collect(),
            pages: pages.len(),
        }
    }
}

impl Index<'_> {
    /// Adds the score of a word between its neighbours to that of each page from `base` on, unless
    /// the page has been given as many words as it has. So pages of the same words, such as forms,
    /// each get their share.
    fn score(&self, at: usize, base: usize, scores: &mut [i32], given: &mut [usize]) {
        for (pages, points) in self.counts(at) {
            let first = pages.partition_point(|&page| (page as usize) < base);
            for &page in &pages[first..] {
                let place = page as usize - base;
                let Some(score) = scores.get_mut(place) else {
                    break;
                };
                if given[place] < self.lengths[page as usize] {
                    *score = score.saturating_add(points);
                    given[place] += usize::from(points == ALONE);
                }
            }
        }
    }

    /// The score of a word between its neighbours on a page.
    fn points(&self, at: usize, page: usize) -> i32 {
        let page = u32::try_from(page).unwrap_or(u32::MAX);
        self.counts(at)
            .filter(|(pages, _)| pages.binary_search(&page).is_ok())
            .map(|(_, points)| points)
            .sum()
    }

    /// The pages that have a word, and those that have it next to a neighbour, each with the score.
    fn counts(&self, at: usize) -> impl Iterator<Item = (&[u32], i32)> {
        let pair = |first: usize| Some((*self.pairs.get(first)?, PAIRED));
        let alone = self.words.get(at).map(|pages| (*pages, ALONE));
        [alone, at.checked_sub(1).and_then(pair), pair(at)]
            .into_iter()
            .flatten()
    }
}

/// Words are hashed already, so that a table of them need not hash them again.
type Hashed = BuildHasherDefault<AsItIs>;

#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u64(&mut self, word: u64) {
        // The words of a pair are not worth the same.
        self.0 = self.0.rotate_left(21) ^ word;
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }
}

fn enter<K: Eq + Hash>(of: &mut HashMap<K, Listed, Hashed>, key: K, page: u32) {
    of.entry(key)
        .and_modify(|pages| pages.enter(page))
        .or_insert(Listed::One(page));
}
