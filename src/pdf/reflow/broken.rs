//! Words that a file has in pieces, such as "Revenu e" and "Foreca s t" at the head of a narrow
//! column. They are joined where the whole is a word of the same document and the pieces are none:
//! nothing is known of any language here, and a piece is what stands nowhere but in such a row.

use std::collections::{HashMap, HashSet};

/// A word has at most so many pieces, and at least so many letters.
const MOST_PIECES: usize = 3;
const LEAST_LETTERS: usize = 5;

/// The words of a document that stand in pieces.
#[derive(Debug, Default)]
pub(super) struct Broken {
    whole: HashSet<String>,
    /// Their first pieces.
    first: HashSet<String>,
}

impl Broken {
    /// Finds them in the texts of a document.
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str> + Clone) -> Self {
        let words: HashSet<String> = texts
            .clone()
            .flat_map(|text| text.split_whitespace())
            .map(|word| bare(word).to_lowercase())
            .filter(|word| word.chars().count() >= LEAST_LETTERS)
            .collect();
        // How often each piece stands, and how often it stands in a row that makes a word.
        let mut all: HashMap<String, usize> = HashMap::new();
        let mut in_rows: HashMap<String, usize> = HashMap::new();
        let mut rows: HashSet<Vec<String>> = HashSet::new();
        for text in texts {
            let tokens: Vec<&str> = text.split_whitespace().collect();
            let mut next = 0;
            for at in 0..tokens.len() {
                *all.entry(bare(tokens[at]).to_lowercase()).or_default() += 1;
                if at < next {
                    continue;
                }
                if let Some(row) = row(&tokens[at..], &words) {
                    next = at + row.len();
                    for piece in &row {
                        *in_rows.entry(piece.clone()).or_default() += 1;
                    }
                    rows.insert(row);
                }
            }
        }
        let is_piece = |piece: &String| is_letter(piece) || all.get(piece) == in_rows.get(piece);
        let broken = rows.into_iter().filter(|row| row.iter().all(is_piece));
        let mut found = Self::default();
        for row in broken {
            found.whole.insert(row.concat());
            found.first.extend(row.into_iter().next());
        }
        found
    }

    /// A text with these words joined; `None` where it has none of them.
    pub(super) fn joined(&self, text: &str) -> Option<String> {
        if self.whole.is_empty() {
            return None;
        }
        let tokens: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
        let bare_tokens: Vec<&str> = tokens.iter().map(|token| token.trim_end()).collect();
        let mut joined = String::with_capacity(text.len());
        let mut at = 0;
        while at < tokens.len() {
            let begins = self.first.contains(&bare_tokens[at].to_lowercase());
            let pieces = begins
                .then(|| row(&bare_tokens[at..], &self.whole))
                .flatten()
                .map_or(1, |row| row.len());
            for piece in at..at + pieces {
                let last = piece + 1 == at + pieces;
                joined.push_str(if last {
                    tokens[piece]
                } else {
                    bare_tokens[piece]
                });
            }
            at += pieces;
        }
        (joined.len() < text.len()).then_some(joined)
    }
}

/// The pieces at the head of some tokens that make one of the words together, in small letters.
fn row(tokens: &[&str], words: &HashSet<String>) -> Option<Vec<String>> {
    let first = tokens.first()?;
    if first.chars().count() < 2 || !first.chars().all(char::is_alphabetic) {
        return None;
    }
    let mut whole = first.to_lowercase();
    let mut row = vec![whole.clone()];
    let mut longest = None;
    for token in tokens.iter().skip(1).take(MOST_PIECES - 1) {
        let piece = token.trim_end_matches(|c: char| !c.is_alphanumeric());
        if piece.is_empty() || !piece.chars().all(char::is_lowercase) {
            break;
        }
        whole.push_str(piece);
        row.push(piece.to_owned());
        if words.contains(&whole) {
            longest = Some(row.clone());
        }
        // Nothing goes on behind a sign.
        if piece.len() < token.len() {
            break;
        }
    }
    longest
}

/// Whether a piece is a letter that is no word by itself.
fn is_letter(piece: &str) -> bool {
    piece.chars().count() == 1 && !matches!(piece, "a" | "i" | "o" | "y" | "w")
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(texts: &[&str], text: &str) -> String {
        let broken = Broken::of(texts.iter().copied().chain([text]));
        broken.joined(text).unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn a_word_in_pieces_is_joined_where_the_whole_is_known() {
        let known = ["The revenue forecast shows a variance."];
        assert_eq!(joined(&known, "Revenu e (£m)"), "Revenue (£m)");
        assert_eq!(joined(&known, "Revenu e Foreca s t"), "Revenue Forecast");
        assert_eq!(joined(&known, "Varia nce, in all"), "Variance, in all");
        assert_eq!(joined(&[], "Revenu e"), "Revenu e");
    }

    #[test]
    fn words_that_stand_by_themselves_are_not_joined() {
        let known = [
            "Today, any member may go forward.",
            "The day and the ward. To be.",
        ];
        assert_eq!(joined(&known, "from day to day"), "from day to day");
        assert_eq!(
            joined(&known, "open to day visitors"),
            "open to day visitors"
        );
        assert_eq!(
            joined(&known, "for ward councillors"),
            "for ward councillors"
        );
        let letters = ["Options about it: plan a, one option."];
        assert_eq!(joined(&letters, "Pla n; option s"), "Pla n; option s");
    }
}
