//! One name in two spellings.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::{Home, Role, Subject};
use crate::check::{Room, Rule, words};
use crate::finding::{Code, Finding, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    code: Code("name-two-ways"),
    severity: Severity::Note,
    room: Room::Prose,
    summary: "A name is written in two ways",
    explanation: "Names of two words or more with capitals that differ only in an apostrophe, a hyphen or \
                  a space, within one document. The rarer spelling is named, once.",
    basis: "Practice: found in published packs.",
    example: "\"Sandwell Childrens Trust\" beside \"Sandwell Children's Trust\"",
    remedy: "Use one spelling",
    run,
};

static NAME: LazyLock<Regex> = pattern!(
    r"\b[A-Z][\p{L}]*(?:['’-][\p{L}]+)*(?:['’]?\s(?:(?:of|for|the)\s)?[A-Z][\p{L}]*(?:['’-][\p{L}]+)*)+"
);

/// Names with a small word that may be joined to the one before: "Fernleigh Drop in Centre".
static WITH_SMALL: LazyLock<Regex> =
    pattern!(r"\b(?:[A-Z][\p{L}'’]*\s)+(?:in|on|up|out|off|by)\s[A-Z][\p{L}]*(?:\s[A-Z][\p{L}]*)*");

/// Names with a number: "Fernleigh Over 60s Club", "Fernleigh Over-60s Club".
static WITH_NUMBER: LazyLock<Regex> =
    pattern!(r"\b(?:[A-Z][\p{L}]*\s)*[A-Z][\p{L}]*[\s-][0-9]{1,3}s?(?:\s[A-Z][\p{L}]*)+");

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in &subject.documents {
        let subject_line = match document.home {
            Home::Agenda(_) => continue,
            Home::Report(_, report) => report
                .subject
                .as_ref()
                .map(|subject| (subject.value.as_str(), subject.span)),
            _ => None,
        };
        // By the letters alone: each spelling, how often, and where first.
        let mut names: BTreeMap<String, BTreeMap<String, (usize, Span)>> = BTreeMap::new();
        let mut note = |text: &str, place: &dyn Fn(std::ops::Range<usize>) -> Span| {
            let more = WITH_SMALL
                .find_iter(text)
                .chain(WITH_NUMBER.find_iter(text));
            for found in NAME.find_iter(text).chain(more) {
                // The "’" in "the ‘Warm Homes’ Fund" closes a quotation.
                let closes = |word: &str| {
                    let owner = word.strip_suffix(['\'', '’']);
                    owner.is_some_and(|owner| !owner.ends_with('s'))
                };
                if text[..found.start()].ends_with(['‘', '\''])
                    || found.as_str().split_whitespace().any(closes)
                {
                    continue;
                }
                // "The Team Manager's pledge" is not another spelling of "Team Managers".
                let name = found.as_str();
                let owned = ["'s", "’s", "'", "’"]
                    .iter()
                    .find_map(|ending| name.strip_suffix(ending))
                    .map_or(found.end(), |name| found.start() + name.len());
                for (range, spelling) in tails(text, found.start()..owned) {
                    let key = words::squash(spelling);
                    if key.len() < 8 {
                        continue;
                    }
                    names
                        .entry(key)
                        .or_default()
                        .entry(normal(spelling))
                        .or_insert_with(|| (0, place(range)))
                        .0 += 1;
                }
            }
        };
        if let Some((text, span)) = subject_line {
            note(text, &|_| span);
        }
        for passage in &document.passages {
            if matches!(passage.role, Role::Preformatted)
                || !passage.text.chars().any(char::is_lowercase)
            {
                continue;
            }
            note(&passage.text, &|range| passage.at(range));
        }
        let mut said: Vec<String> = Vec::new();
        // The longest names first, so that one is not named again by its last words.
        let mut names: Vec<_> = names.into_iter().collect();
        names.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        for (key, spellings) in &names {
            if spellings.len() < 2
                || said
                    .iter()
                    .any(|known| known.contains(key) || key.contains(known))
            {
                continue;
            }
            let rarest = spellings.iter().min_by_key(|(_, (count, _))| *count);
            let commonest = spellings.iter().max_by_key(|(_, (count, _))| *count);
            if let (Some((rare, (_, span))), Some((common, _))) = (rarest, commonest)
                && rare != common
            {
                said.push(key.clone());
                findings.push(RULE.at(*span, format!("“{rare}” here, “{common}” elsewhere")));
            }
        }
    }
    findings
}

/// A name, and what is left of it without its first words: "The Sandwell Trust", "Sandwell Trust".
fn tails(text: &str, range: std::ops::Range<usize>) -> Vec<(std::ops::Range<usize>, &str)> {
    let name = &text[range.clone()];
    let mut starts = vec![0];
    starts.extend(
        name.match_indices(char::is_whitespace)
            .map(|(at, gap)| at + gap.len()),
    );
    starts
        .into_iter()
        .take(4)
        .filter(|&start| {
            name[start..].starts_with(char::is_uppercase)
                && name[start..].contains(char::is_whitespace)
        })
        .map(|start| (range.start + start..range.end, &name[start..]))
        .collect()
}

/// A spelling with single spaces and one kind of apostrophe.
fn normal(spelling: &str) -> String {
    let joined = spelling.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.replace('’', "'")
}
