//! Findings that follow from a key that is there but could not be read: the clerk is told only about
//! the key. One mistake gets one message.

use crate::finding::{Files, Finding, Place, Severity, Span};

use super::rules;

/// How far around a finding the key is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    /// In the same table: an item, an appendix.
    Table,
    /// In the whole file.
    File,
}

/// Rules that ask for a key, with the keys.
const ASKING: &[(&str, Around, &[&str])] = &[
    ("item-without-report", Around::Table, &["source", "sources"]),
    (
        "exempt-without-paragraph",
        Around::Table,
        &["exempt-paragraphs"],
    ),
    ("exempt-without-reason", Around::Table, &["public-interest"]),
    ("to-follow-without-date", Around::Table, &["due"]),
    (
        "image-without-alternative",
        Around::Table,
        &["alt", "alternative"],
    ),
    ("contact-unreachable", Around::Table, &["phone", "email"]),
    ("copy-without-address", Around::Table, &["address"]),
    ("time-or-place-missing", Around::File, &["time", "place"]),
    ("publication-date-missing", Around::File, &["published"]),
    ("no-chair", Around::File, &["role"]),
    (
        "background-papers-not-stated",
        Around::File,
        &["background-papers"],
    ),
    ("signatory-missing", Around::File, &["signatory"]),
    (
        "recommendations-missing",
        Around::File,
        &["recommendations"],
    ),
];

/// Takes out the findings of rules that follow from errors in reading the sources.
pub(super) fn leave_out(findings: Vec<Finding>, files: &Files) -> Vec<Finding> {
    let faults: Vec<(Span, String)> = findings
        .iter()
        .filter(|finding| {
            finding.severity == Severity::Error && rules::find(finding.code.0).is_none()
        })
        .filter_map(|finding| match finding.place {
            Place::Text(span) => {
                let label = finding.label.as_deref().unwrap_or_default();
                let key = key(files, span).unwrap_or_default();
                Some((span, format!("{} {label} `{key}`", finding.message)))
            }
            _ => None,
        })
        .collect();
    let follows = |finding: &Finding| {
        let Place::Text(place) = finding.place else {
            return false;
        };
        let asking = ASKING.iter().find(|(code, ..)| *code == finding.code.0);
        asking.is_some_and(|(_, around, keys)| {
            let mut told = faults.iter().filter(|(fault, words)| {
                fault.file == place.file
                    && keys.iter().any(|key| words.contains(&format!("`{key}`")))
            });
            match around {
                Around::Table => told.any(|(fault, _)| {
                    table(files, place).is_none_or(|within| within.holds(*fault))
                }),
                Around::File => told.next().is_some(),
            }
        })
    };
    findings
        .into_iter()
        .filter(|finding| !follows(finding))
        .collect()
}

/// The key of the line of TOML that a place is in.
fn key(files: &Files, place: Span) -> Option<&str> {
    let text = &files.get(place.file)?.text;
    let before = text.get(..place.range().start)?;
    let line = text.get(before.rfind('\n').map_or(0, |end| end + 1)..)?;
    Some(line.lines().next()?.split_once('=')?.0.trim())
}

/// The lines of the table that a place is in: from its name in brackets to the next.
fn table(files: &Files, place: Span) -> Option<Span> {
    let text = &files.get(place.file)?.text;
    let at = place.range().start.min(text.len());
    let is_name = |line: &str| line.starts_with('[');
    let line = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let (mut start, mut end) = (0, text.len());
    let mut here = 0;
    for words in text.split_inclusive('\n') {
        if is_name(words) && here <= line {
            start = here;
        } else if is_name(words) {
            end = here;
            break;
        }
        here += words.len();
    }
    Some(Span::new(place.file, start, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Code, FileId};

    const PACK: &str = "[meeting]\npublished = soon\n\n[[item]]\ntitle = \"Rents\"\nsource = rents\n\n\
                        [[item]]\ntitle = \"Repairs\"\n";

    fn files() -> (Files, FileId) {
        let mut files = Files::default();
        let pack = files.add("pack.toml", PACK);
        (files, pack)
    }

    fn at(file: FileId, words: &str) -> Span {
        let start = PACK.find(words).expect("words of the pack");
        Span::new(file, start, start + words.len())
    }

    /// The codes that are left of an error of the loader and of what the rules found.
    fn left(error: Finding, found: &[(&'static str, Span)], files: &Files) -> Vec<&'static str> {
        let found = found
            .iter()
            .map(|(code, place)| Finding::warning(Code(code), *place, "It asks for a key"));
        let all = std::iter::once(error).chain(found).collect();
        let left = leave_out(all, files).into_iter();
        left.map(|finding| finding.code.0).collect()
    }

    #[test]
    fn a_key_that_cannot_be_read_is_not_asked_for_in_its_own_table() {
        let (files, pack) = files();
        let error = Finding::error(
            Code("syntax"),
            at(pack, "source = rents"),
            "`source` is no text",
        );
        let found = [
            ("item-without-report", at(pack, "title = \"Rents\"")),
            ("item-without-report", at(pack, "title = \"Repairs\"")),
        ];
        assert_eq!(
            left(error, &found, &files),
            ["syntax", "item-without-report"]
        );
    }

    #[test]
    fn a_key_of_the_whole_file_is_not_asked_for_anywhere_in_it() {
        let (files, pack) = files();
        let error = Finding::error(
            Code("syntax"),
            at(pack, "published = soon"),
            "This is no date",
        )
        .label("`published` is a date");
        let found = [("publication-date-missing", at(pack, "[meeting]"))];
        assert_eq!(left(error, &found, &files), ["syntax"]);
    }

    #[test]
    fn the_key_is_that_of_the_line_where_the_words_do_not_name_it() {
        let (files, pack) = files();
        let error = Finding::error(Code("syntax"), at(pack, "soon"), "This is no day");
        let found = [("publication-date-missing", at(pack, "[meeting]"))];
        assert_eq!(left(error, &found, &files), ["syntax"]);
    }

    #[test]
    fn what_asks_for_another_key_stays() {
        let (files, pack) = files();
        let error = || {
            let place = at(pack, "source = rents");
            Finding::error(Code("syntax"), place, "`source` is no text")
        };
        let place = at(pack, "title = \"Rents\"");
        for code in ["exempt-without-paragraph", "title-differs"] {
            assert_eq!(left(error(), &[(code, place)], &files), ["syntax", code]);
        }
    }

    #[test]
    fn what_rules_find_takes_nothing_out() {
        let (files, pack) = files();
        let of_a_rule = Finding::error(
            Code("item-without-report"),
            at(pack, "source = rents"),
            "`source` is no text",
        );
        let found = [("item-without-report", at(pack, "title = \"Rents\""))];
        assert_eq!(left(of_a_rule, &found, &files).len(), 2);
    }

    #[test]
    fn every_code_that_is_left_out_is_a_rule() {
        for (code, ..) in ASKING {
            assert!(rules::find(code).is_some(), "{code}");
        }
    }
}
