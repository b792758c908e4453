//! Text that would keep the reader of Markdown or the typesetting engine busy too long. It is reported
//! at its place and not read further.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::origin::TextStart;
use crate::finding::Finding;
use crate::load::codes;
use crate::load::notes::Notes;
use crate::prose::Footnote;

/// Opening brackets in one paragraph: each is looked at again for each that follows it.
const MOST_BRACKETS: usize = 4_000;
/// Footnotes that lead from one to the next. The engine sets each inside the one before.
const MOST_IN_A_CHAIN: usize = 5;

/// Whether a text can be read in reasonable time; a finding where it cannot.
pub(super) fn readable(text: &str, origin: TextStart, notes: &Notes) -> bool {
    let mut at = 0;
    for paragraph in text.split("\n\n") {
        let brackets = memchr::memchr_iter(b'[', paragraph.as_bytes()).count();
        if brackets > MOST_BRACKETS {
            notes.add(
                Finding::error(
                    codes::TEXT_TOO_TANGLED,
                    origin.span(at..at),
                    format!("This paragraph has {brackets} opening brackets"),
                )
                .help("Divide it with blank lines, or remove what is not text"),
            );
            return false;
        }
        at += paragraph.len() + 2;
    }
    true
}

/// Cuts chains of footnotes that lead from one to the next more often than can be set.
/// `leads` has the labels that each footnote refers to, and `begun` those that the text does.
pub(super) fn cut_chains(
    footnotes: &mut BTreeMap<String, Footnote>,
    begun: &[String],
    leads: &BTreeMap<String, Vec<String>>,
    notes: &Notes,
) {
    let mut open: VecDeque<(&str, usize)> = begun.iter().map(|label| (label.as_str(), 1)).collect();
    let mut met: BTreeSet<&str> = begun.iter().map(String::as_str).collect();
    while let Some((label, place)) = open.pop_front() {
        let next = leads.get(label).map_or(&[][..], Vec::as_slice);
        if place < MOST_IN_A_CHAIN {
            let next = next.iter().map(String::as_str);
            open.extend(
                next.filter(|next| met.insert(next))
                    .map(|next| (next, place + 1)),
            );
            continue;
        }
        let Some(footnote) = footnotes.get_mut(label).filter(|_| !next.is_empty()) else {
            continue;
        };
        notes.add(
            Finding::error(
                codes::TEXT_TOO_TANGLED,
                footnote.span,
                format!(
                    "{MOST_IN_A_CHAIN} footnotes refer to each other in a chain that ends here, and this one refers to another"
                ),
            )
            .help("Say it in the text, or in one note"),
        );
        // Where a draft is built all the same, the chain ends here.
        footnote.blocks.clear();
    }
}
