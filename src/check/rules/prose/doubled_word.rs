//! A word or phrase twice.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::{Role, Subject};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("doubled-word"),
    severity: Severity::Warning,
    room: Room::Prose,
    summary: "One, two or three words are written twice in a row",
    explanation: "A mistake in editing. Figures, single letters other than \"a\", words with punctuation \
                  between them, cells of tables, names such as \
                  Baden Baden and Lutra lutra, and phrases such as \"more and more and more\" are left \
                  alone, and so are \"had had\" and \"very very\". \"is is\" is a note, for it may be right.",
    basis: "Practice: found in published packs.",
    example: "to make sure that that decisions are sound",
    remedy: "Take one out",
    run,
};

static WORD: LazyLock<Regex> = pattern!(r"[\p{L}\p{M}\d]+(?:['’\-][\p{L}\p{M}\d]+)*");

/// Words that may be right twice in a row.
const MAY: &[&str] = &["is", "do"];

/// How many findings in one paragraph are reported; the last says how many more there are.
const MOST_TOLD: usize = 50;

/// Words that are always right twice in a row, and names and sayings that are one word twice.
const ALWAYS: &str = "had very no bye many so really far much long baden walla wagga bora pago duran sing cous ylang aye yo chop hear tut hush hubba blah ha ho \
    night pom tuk dik berber bling yum choo clip-clop knock there well now jaw";

/// The first word of animals' Latin names that are one word twice: Lutra lutra.
const LATIN: &str = "lutra meles vulpes bufo buteo bubo pica apus crex perdix oriolus ciconia cinclus riparia regulus \
    pyrrhula coccothraustes milvus martes capreolus rattus natrix glis putorius myotis pipistrellus anguilla rutilus \
    gallinago vanellus limosa alces dama lynx gobio thymallus barbus carduelis chloris cygnus grus gavia coturnix \
    troglodytes ibis porphyrio spinus lagopus serinus phoenicurus erinaceus lota tinca mola huso sturio bison gorilla";

/// Past tenses that are participles too: "What was left left no room".
const PAST: &str =
    "left cut put set let read cost spent sent kept built lent lost held found made paid bought";
/// What ends with the participle of a clause inside a sentence.
static CLAUSE: LazyLock<Regex> = pattern!(
    r"(?i)\b(?:what|who|that|which|those)\b[^.;:]*\b(?:is|are|was|were|been|be|had|has|have)\s+$"
);

/// Titles of somebody whose given name is the surname as well: "Councillor Owen Owen".
static STYLE: LazyLock<Regex> = pattern!(
    r"(?:\b(?:Councillors?|Cllrs?|Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady|Professor|Prof|Rev|Reverend|Alderman|Cynghorwyr?|Cynghorydd|Y Cyng|Mayor|Chair)\.?\s+)$"
);

/// Whether a word is right twice in a row here because the two are a name.
fn is_name(text: &str, range: &Range<usize>) -> bool {
    let pair = &text[range.clone()];
    let mut words = pair.split_whitespace();
    let (Some(first), Some(second), None) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let known = |list: &str| {
        let first = first.to_lowercase();
        list.split_whitespace().any(|word| word == first)
    };
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let in_brackets = text[..range.start].ends_with('(') && text[range.end..].starts_with(')');
    known(ALWAYS)
        || (known(PAST) && CLAUSE.is_match(end_of(&text[..range.start])))
        || (capital(first) && !capital(second) && (known(LATIN) || in_brackets))
        || (capital(first) && capital(second) && STYLE.is_match(end_of(&text[..range.start])))
}

/// The end of a text, which may be a whole report in one paragraph: as much as can bear on what follows it.
fn end_of(text: &str) -> &str {
    const MOST: usize = 400;
    &text[text.ceil_char_boundary(text.len().saturating_sub(MOST))..]
}

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in subject.passages() {
        if matches!(passage.role, Role::Cell | Role::Preformatted) {
            continue;
        }
        let doubled = doubled(&passage.text);
        let more = doubled.len().saturating_sub(MOST_TOLD);
        for (index, (range, may)) in doubled.into_iter().take(MOST_TOLD).enumerate() {
            let words = &passage.text[range.clone()];
            let severity = if may { Severity::Note } else { RULE.severity };
            let mut finding = RULE.at_severity(
                severity,
                passage.at(range.clone()),
                format!("“{words}” says it twice"),
            );
            if more > 0 && index + 1 == MOST_TOLD {
                finding.label = Some(format!("and {more} more like it in this paragraph"));
            }
            findings.push(finding);
        }
    }
    findings
}

/// The places where one to three words are written twice in a row, and whether that may be right.
fn doubled(text: &str) -> Vec<(Range<usize>, bool)> {
    let words: Vec<regex::Match<'_>> = WORD.find_iter(text).collect();
    let same = |a: usize, b: usize| {
        let (a, b) = (words[a].as_str(), words[b].as_str());
        a.eq_ignore_ascii_case(b) || (!a.is_ascii() && a.to_lowercase() == b.to_lowercase())
    };
    let close = |a: usize, b: usize| {
        text[words[a].end()..words[b].start()]
            .chars()
            .all(|c| c == ' ' || c == '\u{a0}')
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let hit = (1..=3).find(|&length| {
            at + 2 * length <= words.len()
                && (0..length).all(|k| same(at + k, at + length + k))
                && (at..at + 2 * length - 1).all(|k| close(k, k + 1))
                && plausible(&words[at..at + length])
        });
        match hit {
            Some(length) => {
                let end = at + 2 * length;
                let first = words[at].as_str().to_lowercase();
                let may = length == 1 && MAY.contains(&first.as_str());
                let range = words[at].start()..words[end - 1].end();
                let (before, after) = (&text[..range.start], &text[range.end..]);
                let meant = is_name(text, &range)
                    || points(&first, length, after)
                    || length == 1 && goes_on(&first, before, after);
                if !meant {
                    found.push((range, may));
                }
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a verb is one of two that follow each other: "what it is is not clear", "those who do do so".
fn goes_on(first: &str, before: &str, after: &str) -> bool {
    let before = end_of(before).to_lowercase();
    match first {
        "is" => before
            .rsplit(['.', ';', ':', ','])
            .next()
            .is_some_and(|clause| clause.split_whitespace().any(|word| word == "what")),
        "do" => {
            let subject = before.split_whitespace().next_back();
            matches!(
                subject,
                Some("who" | "they" | "we" | "that" | "which" | "members")
            ) && ["so", "not", "it", "this", "well"]
                .iter()
                .any(|word| after.trim_start().starts_with(word))
        }
        _ => false,
    }
}

/// Whether the second "that" is a pronoun: "members said that that was fair".
fn points(first: &str, length: usize, after: &str) -> bool {
    const ON: [&str; 16] = [
        "is", "was", "will", "would", "should", "could", "can", "may", "might", "must", "has",
        "had", "does", "did", "cannot", "wasn't",
    ];
    let next = after.split_whitespace().next().unwrap_or("");
    let next = next.trim_end_matches([',', '.', ';']).replace('’', "'");
    first == "that" && length == 1 && ON.contains(&next.as_str())
}

fn plausible(words: &[regex::Match<'_>]) -> bool {
    let words: Vec<String> = words
        .iter()
        .map(|word| word.as_str().to_lowercase())
        .collect();
    if let [word] = &words[..] {
        return matches!(word.as_str(), "a" | "y")
            || (word.chars().count() > 1 && word.chars().all(char::is_alphabetic))
            || word.contains(['\'', '’']);
    }
    let joins = words
        .iter()
        .any(|word| matches!(word.as_str(), "and" | "by" | "after" | "or"));
    // "Ŵ ŵ Ŵ ŵ" is a row of letters.
    let letters = words.iter().all(|word| word.chars().count() == 1);
    !joins && !letters && words.iter().all(|word| word.contains(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrasings_that_must_fire() {
        for (text, words) in [
            ("make sure that that decisions", "that that"),
            ("children who were who were impacted", "who were who were"),
            (
                "schools and employers to employers to improve",
                "employers to employers to",
            ),
            ("Connexions Service Service was", "Service Service"),
            ("In the The Council", "the The"),
            ("for a a meeting", "a a"),
        ] {
            let found = doubled(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(&text[found[0].0.clone()], words);
        }
    }

    #[test]
    fn phrasings_that_must_not() {
        for text in [
            "more and more and more people",
            "step by step by step",
            "It is what it is. Is it?",
            "10 10 and 20 20",
            "plan B B and C",
            "The council, the council's officers",
            "year on year",
            "they had had time, and waited a very very long time",
            "one by one",
            "Council\nCouncil House",
            "",
        ] {
            assert!(doubled(text).is_empty(), "{text}: {:?}", doubled(text));
        }
    }

    #[test]
    fn a_report_in_one_paragraph_is_read_quickly() {
        let names = "Owen Owen met Owen Owen of what it is is plain. ".repeat(20_000);
        assert_eq!(doubled(&names).len(), 40_000);
        let words = "word ".repeat(400_000);
        assert_eq!(doubled(&words).len(), 200_000);
    }

    #[test]
    fn some_may_be_right() {
        assert_eq!(doubled("where it is is plain"), [(9..14, true)]);
        assert_eq!(doubled("what it is is plain"), []);
        assert_eq!(doubled("those who do do so"), []);
    }
}
