//! Characters that come from reading text in the wrong encoding.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::prose::windows_1252;

pub(crate) const RULE: Rule = Rule {
    code: Code("garbled-characters"),
    severity: Severity::Warning,
    room: Room::Prose,
    summary: "Characters such as “Â£” and “â€™” are where “£” and “’” should be",
    explanation: "Text that was saved as UTF-8 and then opened as Windows text (by a spreadsheet, an \
                  export, an old mail program) has two or three characters instead of one. “�” marks a \
                  character that was lost. Text that was copied from the code of a web page has “&nbsp;” \
                  and “&rsquo;”. There is one finding for each paper, at the first place.",
    basis: "Practice: found in published packs.",
    example: "It costs Â£500",
    remedy: "Copy the words again from where they came from, or type what should be there",
    run,
};

/// How many are shown.
const SHOWN: usize = 4;

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in &subject.documents {
        let (mut first, mut count, mut forms) = (None, 0, BTreeSet::new());
        for passage in &document.passages {
            for garble in garbled(&passage.text) {
                let range = garble.at..garble.at + garble.seen.len();
                first.get_or_insert_with(|| passage.at(range));
                count += 1;
                forms.insert(garble.shown());
            }
        }
        let Some(place) = first else { continue };
        let shown: Vec<String> = forms.into_iter().take(SHOWN).collect();
        let places = match count {
            1 => String::new(),
            count => format!(", in {count} places"),
        };
        let message = format!("Characters are garbled: {}{places}", shown.join(", "));
        findings.push(RULE.at(place, message));
    }
    findings
}

/// A garbled character.
#[derive(Debug)]
struct Garble<'t> {
    seen: &'t str,
    /// The character that was meant, where that can be worked out.
    meant: Option<char>,
    at: usize,
}

impl Garble<'_> {
    fn shown(&self) -> String {
        match self.meant {
            Some('\u{a0}') => format!("“{}” for a space", self.seen.trim_end_matches('\u{a0}')),
            Some('\u{feff}') => format!("“{}” for nothing", self.seen),
            Some(meant) => format!("“{}” for “{meant}”", self.seen),
            None if self.seen.starts_with('&') => {
                format!("“{}” for a character of that name", self.seen)
            }
            None => format!("“{}” for one that was lost", self.seen),
        }
    }
}

/// What a garbled character can begin with: the first byte, in UTF-8, of any outside ASCII.
static START: LazyLock<Regex> = pattern!("[\u{c2}-\u{f4}\u{fffd}]");

/// A name that web pages write for a character, where the page was read as text: "&nbsp;", "&#8217;".
static ENTITY: LazyLock<Regex> = pattern!(
    "&(?:amp;)?(?:amp|nbsp|[lr][sd]quo|quot|apos|[nm]dash|hellip|pound|euro|bull|middot|lt|gt|#[0-9]{2,5}|#x[0-9A-Fa-f]{2,5});"
);

/// The garbled characters of a text.
fn garbled(text: &str) -> Vec<Garble<'_>> {
    let mut found = Vec::new();
    let mut after = 0;
    for entity in ENTITY.find_iter(text) {
        found.push(Garble {
            seen: entity.as_str(),
            meant: None,
            at: entity.start(),
        });
    }
    for start in START.find_iter(text) {
        let at = start.start();
        if at < after {
            continue;
        }
        let (seen, meant) = match start.as_str() {
            lost @ "\u{fffd}" => (lost, None),
            _ => match meant(&text[at..]) {
                Some((seen, meant)) => (seen, Some(meant)),
                None => continue,
            },
        };
        after = at + seen.len();
        found.push(Garble { seen, meant, at });
    }
    found
}

/// The character whose bytes in UTF-8, each read as Windows-1252, a text begins with: only one that
/// is likelier than the text as it is.
fn meant(text: &str) -> Option<(&str, char)> {
    let mut bytes = Vec::new();
    for (at, character) in text.char_indices().take(3) {
        bytes.push(windows_1252::byte(character)?);
        let end = at + character.len_utf8();
        if let Ok(whole) = std::str::from_utf8(&bytes) {
            let meant = whole.chars().next().filter(|&it| is_common(it))?;
            return Some((&text[..end], meant));
        }
    }
    None
}

/// Whether a character is common in councils' papers: other pairs, such as the last two of “CAFÉ”,
/// are as they were meant.
fn is_common(character: char) -> bool {
    matches!(character,
        '\u{a0}'..='ÿ' | 'Ŵ'..='ŷ' | '\u{2010}'..='\u{2044}' | '€' | '™' | '−' | '≤' | '≥' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_told() {
        for (text, meant) in [
            ("It costs Â£500", '£'),
            ("the councilâ€™s duty", '’'),
            ("2024â€“25", '–'),
            ("cafÃ©", 'é'),
            ("DÅµr", 'ŵ'),
            ("itemÂ\u{a0}5", '\u{a0}'),
            ("â‚¬20", '€'),
            ("ï»¿Report", '\u{feff}'),
        ] {
            let found = garbled(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].meant, Some(meant), "{text}");
        }
        assert_eq!(garbled("the tenants&rsquo; panel, it&amp;#8217;s").len(), 2);
        assert_eq!(garbled("a \u{fffd} b")[0].meant, None);
    }

    #[test]
    fn what_is_meant_is_left() {
        for text in [
            "“CAFÉ”",
            "Y Fro’s naïve dŵr",
            "SÃO Paulo",
            "£5 – £10…",
            "Château d’Yquem",
            "Ça va: “Â”",
            "22°C, ½ mile",
            "Smith & Sons; Brown & Co; R&D; Q&A;",
        ] {
            assert!(garbled(text).is_empty(), "{text}: {:?}", garbled(text));
        }
    }
}
