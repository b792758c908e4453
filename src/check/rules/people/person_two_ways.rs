//! A councillor whose name a paper spells differently from the membership.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::check::names::{is_misspelt, may_be_one};
use crate::check::subject::{Role, Subject};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::Recipient;
use crate::model::names::folded;

pub(crate) const RULE: Rule = Rule {
    code: Code("person-two-ways"),
    severity: Severity::Note,
    room: Room::People,
    summary: "A councillor's name is spelt differently from the membership",
    explanation: "\"Councillor John Smythe\" in a paper of a body whose member is John Smith. A name is \
                  taken to be a member's where it sounds like that member's alone, differs in a letter or \
                  two, and no initial contradicts it. Names that are in the membership, among those in \
                  attendance or in the list of copies are left alone, and so are surnames by \
                  themselves, unless a letter is lacking, doubled or in the wrong place. Looked for \
                  after \"Councillor\", \"Cllr\" and their like, once in each paper.",
    basis: "Practice: a misspelt name is the correction that members ask for most.",
    example: "Councillor John Smythe will speak, where the member is John Smith",
    remedy: "Write the name as the membership has it",
    run,
};

static NAMED: LazyLock<Regex> = pattern!(concat!(
    r"\b(?:Councillor|Cllr|Clr|Alderman|Ald|Cynghorydd|Cyng)\b\.?\s+",
    r"(?P<name>(?:Mrs?|Ms|Miss|Dr)?\.?\s?\p{Lu}[\p{L}'’.-]*(?:\s\p{Lu}[\p{L}'’.-]*){0,3})"
));

/// "Councillors Adeyemi, Smith and Okafor".
static SEVERAL: LazyLock<Regex> = pattern!(
    r"\b(?:Councillors|Cllrs|Cynghorwyr)\b\.?\s+(?P<names>\p{Lu}[\p{L}'’.-]*(?:(?:\s|,\s|\s(?:and|&|ac?)\s|,\sand\s)\p{Lu}[\p{L}'’.-]*)*)"
);
static BETWEEN: LazyLock<Regex> = pattern!(r",?\s(?:and|&|ac?)\s|,\s");

/// The names in a text that follow "Councillor" or the like, and where each begins with that title.
fn named(text: &str) -> Vec<(Range<usize>, usize)> {
    let alone = NAMED.captures_iter(text).filter_map(|found| {
        let name = found.name("name")?;
        Some((name.range(), found.get(0)?.start()))
    });
    let several = SEVERAL
        .captures_iter(text)
        .filter_map(|found| found.name("names"));
    let several = several.flat_map(|names| {
        let mut start = names.start();
        let ends = BETWEEN.find_iter(names.as_str());
        let mut parts: Vec<(Range<usize>, usize)> = Vec::new();
        for mark in ends {
            parts.push((start..names.start() + mark.start(), start));
            start = names.start() + mark.end();
        }
        parts.push((start..names.end(), start));
        parts
    });
    alone.chain(several).collect()
}

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let members: Vec<&str> = subject
        .meeting
        .body
        .members
        .iter()
        .filter_map(|member| member.name.as_deref())
        .collect();
    let known = known(subject);
    let mut findings = Vec::new();
    for document in &subject.documents {
        let mut said = BTreeSet::new();
        for passage in &document.passages {
            if passage.quoted || matches!(passage.role, Role::Preformatted) {
                continue;
            }
            for (name, start) in named(&passage.text) {
                let Some((length, member)) = meant(&passage.text[name.clone()], &members, &known)
                else {
                    continue;
                };
                let range = start..name.start + length;
                let words = &passage.text[range.clone()];
                if said.insert(folded(words)) {
                    findings.push(
                        RULE.at(
                            passage.at(range.clone()),
                            format!("“{words}” here, but {member} in the membership"),
                        )
                        .help(format!(
                            "Write {member}, or allow it here if it is somebody else"
                        )),
                    );
                }
            }
        }
    }
    findings
}

/// People whom the sources list who are not members.
fn known<'a>(subject: &'a Subject<'_>) -> Vec<&'a str> {
    let attended = subject
        .minutes()
        .flat_map(|(_, minutes)| &minutes.in_attendance)
        .map(|contact| contact.name.as_str());
    let copied = subject
        .meeting
        .copies
        .iter()
        .filter_map(|copy| match &copy.to {
            Recipient::Other(name) => Some(name.as_str()),
            _ => None,
        });
    attended.chain(copied).collect()
}

/// How many bytes of the words are a misspelt name, and the member's name that is meant. "John Smythe
/// Chair of …" is tried from its longest name to its shortest.
fn meant<'m>(words: &str, members: &[&'m str], known: &[&str]) -> Option<(usize, &'m str)> {
    let words = words.trim_end_matches(['.', '’', '\'', '-']);
    let mut ends: Vec<usize> = words.match_indices(' ').map(|(at, _)| at).collect();
    ends.push(words.len());
    let names = || {
        ends.iter().rev().map(|&end| {
            let name = words[..end].trim_end_matches('.');
            // "Councillor Smith's motion".
            ["’s", "'s"]
                .iter()
                .find_map(|ending| name.strip_suffix(ending))
                .unwrap_or(name)
        })
    };
    let listed = |name: &str| members.iter().chain(known).any(|one| may_be_one(name, one));
    if names().any(listed) {
        return None;
    }
    names().find_map(|name| {
        let mut near = members.iter().filter(|member| is_misspelt(name, member));
        let member = near.next()?;
        near.next().is_none().then_some((name.len(), *member))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEMBERS: [&str; 5] = [
        "John Smith",
        "B Okafor",
        "Adeyemi",
        "Charlotte Ward-Lewis",
        "M Hussain",
    ];

    #[test]
    fn one_person_two_ways() {
        for (name, member) in [
            ("John Smythe", "John Smith"),
            ("John Smyth Chair", "John Smith"),
            ("J Smythe’s", "John Smith"),
            ("Jon Smith", "John Smith"),
            ("B Okafer", "B Okafor"),
            ("Ben Okaffor", "B Okafor"),
            ("Adeyami", ""),
            ("Adeyemmi", "Adeyemi"),
            ("Charlotte Ward-Lewes", "Charlotte Ward-Lewis"),
        ] {
            let meant = meant(name, &MEMBERS, &[]).map_or("", |(_, member)| member);
            assert_eq!(meant, member, "{name}");
        }
    }

    #[test]
    fn other_people() {
        for name in [
            "John Smith",
            "J. Smith",
            "Smith",
            "Smythe",
            "Jane Smythe",
            "Joan Smith",
            "P Smith",
            "Hussein",
            "A Hussein",
            "Lewis",
            "Ward",
            "Oakley",
        ] {
            assert_eq!(meant(name, &MEMBERS, &[]), None, "{name}");
        }
        assert_eq!(meant("J Smythe", &MEMBERS, &["Jill Smythe"]), None);
    }
}
