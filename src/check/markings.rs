//! Markings that say a paper is not for the public: "NOT FOR PUBLICATION – EXEMPT by virtue of
//! paragraph 3 …", "Confidential", "Classification: Restricted".
//!
//! A marking is told from a sentence about one by its words: it has only those that markings are made
//! of. "Appendix 2 is exempt" mentions an appendix, so it is not a marking.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::model::as_typed;

/// How sure it is that words are a marking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Marking {
    /// The name of the part of an agenda that is mostly private.
    Part,
    /// A word or two, such as "Confidential", which may be about something else.
    Word,
    /// Whole words of law or "not for publication".
    Plain,
}

/// The words that markings are made of, besides numbers.
const WORDS: &str = "strictly private and or confidential confidentiality exempt not for publication \
    published to be public the press report paper papers document information restricted part ii iii \
    two b by virtue reason of under in within meaning as defined paragraph paragraphs para paras \
    schedule sch section sections s local government act acts access contains is it this that \
    official sensitive commercial commercially confidence pink members only circulation amended \
    classification because pursuant i'w nid yw'r yw ddim gyhoeddi gyhoedd eithriedig cyfrinachol cyfyngedig \
    yn rhinwedd paragraff paragraffau o ran rhan atodlen deddf llywodraeth leol gwybodaeth adroddiad \
    mae hwn am ei fod cynnwys i'r heb dan baragraff baragraffau from being been has considered likely \
    relating relates its release disclosure disclosed circulate circulated copied copying further \
    onward distribution distributed shared sharing do on copy item must outside beyond council authority \
    organisation with anyone without permission consent excluded exclusion elsewhere passed passing forwarded \
    forward share distribute publish disclose officers closed session heard taken discussed determined \
    meeting unredacted version are will a an";

/// The same words as a set.
static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| WORDS.split_whitespace().collect());

/// Phrases that say it outright.
const PLAIN: [&str; 11] = [
    "not for publication",
    "not for press",
    "not for the press",
    "not to be published",
    "not for public",
    "exempt from publication",
    "contains exempt information",
    "contains confidential information",
    "pink paper",
    "i'w gyhoeddi",
    "ddim i'r cyhoedd",
];
/// Phrases that forbid showing it to others: "must not be shared", "not to be copied", "do not circulate".
static FORBIDS: LazyLock<regex::Regex> = pattern!(
    r"\b(?:not (?:to )?be (?:shared|copied|circulated|distributed|disclosed|forwarded|passed)|do not (?:share|copy|circulate|distribute|disclose|forward|publish)|(?:press|public) (?:are |is |be |will be )?excluded)\b"
);
/// What leads from a marking to its reason.
static WHY: LazyLock<regex::Regex> = pattern!(
    r"(?i)^(?:\s*[,;:(]|\s+[–—-]\s|\s+(?:because|as|since|due|owing|for|until|oherwydd|gan)\b)"
);
/// The beginnings of words for the papers that a marking may be about, where it is not about its own.
const OTHERS: [&str; 5] = ["append", "annex", "atodiad", "enclosure", "see"];

/// Whether the words of a marking say it outright.
fn says_outright(said: &str) -> bool {
    PLAIN.iter().any(|phrase| contains_start(said, phrase)) || FORBIDS.is_match(said)
}

/// Words for a paper that is not for the public.
const BARE: [&str; 14] = [
    "exempt",
    "members only",
    "confidential",
    "restricted",
    "official sensitive",
    "private report",
    "private paper",
    "commercial in confidence",
    "closed session",
    "in private",
    "unredacted",
    "eithriedig",
    "cyfrinachol",
    "cyfyngedig",
];
/// Words that make one of those a matter of law.
const LAW: [&str; 8] = [
    "paragraph",
    "baragraff",
    "schedule",
    "virtue",
    "section",
    "paragraff",
    "atodlen",
    "rhinwedd",
];
/// The most words of a marking that has only such a bare word.
const MOST_BARE: usize = 7;

/// Whether a line or a paragraph is a marking, or begins with one.
pub(crate) fn marking(text: &str) -> Option<Marking> {
    let text = without_page_number(text.trim());
    let first = text.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    if !first.starts_with(char::is_uppercase) || text.ends_with(':') {
        return None;
    }
    let (words, ends_whole) = leading(first);
    let said = words.join(" ");
    let is_bare = BARE.iter().any(|phrase| contains(&said, phrase));
    let by_law = is_bare && LAW.iter().any(|word| contains_start(&said, word));
    if ["not exempt", "not confidential", "part exempt"]
        .iter()
        .any(|denied| said.contains(denied))
    {
        None
    } else if by_law || is_bare && said.starts_with("classification ") || says_outright(&said) {
        Some(Marking::Plain)
    } else if is_bare && ends_whole && words.len() <= MOST_BARE {
        Some(Marking::Word)
    } else if ends_whole
        && matches!(
            said.as_str(),
            "part ii" | "part ii report" | "part 2 report" | "part b report"
        )
        && first.to_uppercase() == first
    {
        Some(Marking::Part)
    } else {
        None
    }
}

/// A marking beside a title, in brackets or set off by a dash or a colon: "Rents (Exempt)",
/// "CONFIDENTIAL – Rents".
pub(crate) fn beside(title: &str) -> Option<Marking> {
    static PARTED: LazyLock<regex::Regex> = pattern!(r"[()\[\]|/_]|:\s|\s[-–—]+\s");
    PARTED
        .split(title)
        .map(str::trim)
        .filter_map(|piece| {
            let first = piece.chars().next()?;
            let piece = format!("{}{}", first.to_uppercase(), &piece[first.len_utf8()..]);
            marking(&piece)
        })
        .max()
}

/// The private part of an agenda before the title of an item or behind it: "Part II: Rents", "Part 2 –
/// Rents", "Rents (Part II)". "Local Plan: Part 2" is a part of something else.
pub(crate) fn private_part(title: &str) -> Option<Marking> {
    static PART: LazyLock<regex::Regex> = pattern!(
        r"(?i)^\s*[(\[]?\s*part (?:2|ii|b)\s*(?:[:.)\]|/]|[-–—]+\s)|[(\[]\s*part ii\s*[)\]]\s*$"
    );
    PART.is_match(title).then_some(Marking::Part)
}

/// A marking in a file's name or in those of its folders: "exempt/rents.md", "Rents - EXEMPT.pdf".
pub(crate) fn in_path(path: &str) -> Option<Marking> {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, _) = name.rsplit_once('.').unwrap_or((name, ""));
    let folders = folders.split('/').filter_map(|folder| {
        let folder = folder.to_lowercase().replace(['-', '_'], " ");
        match folder.trim() {
            "private" | "not public" | "pink" | "pink papers" => Some(Marking::Word),
            "part 2" | "part ii" | "part b" => Some(Marking::Part),
            folder => beside(folder),
        }
    });
    let mut words = stem.split(|letter: char| !letter.is_alphanumeric());
    let unredacted = words.any(|word| word.eq_ignore_ascii_case("unredacted"));
    let unredacted = unredacted.then_some(Marking::Word);
    folders.chain(beside(stem)).chain(unredacted).max()
}

/// A marking in a row of two cells, or in a line of a report's header: "Exempt information: Yes –
/// paragraph 3", "Status: Part 2 – exempt".
pub(crate) fn in_row(label: &str, answer: &str) -> Option<Marking> {
    let label = label.to_lowercase();
    let is_about = |words: &[&str]| words.iter().any(|word| label.contains(word));
    let answer = answer.trim();
    match beside(answer) {
        Some(Marking::Plain) => return Some(Marking::Plain),
        Some(Marking::Word) if is_about(&ABOUT_PAPERS) || is_about(&ABOUT_WITHHOLDING) => {
            return Some(Marking::Word);
        }
        _ => {}
    }
    let lower = answer.to_lowercase();
    let of_another = ["append", "annex", "atodiad"]
        .iter()
        .any(|word| lower.contains(word));
    let cites = lower.starts_with("para") || lower.starts_with("baragraff");
    (is_about(&ABOUT_WITHHOLDING)
        && !of_another
        && (as_typed::answer(answer) == Some(true) || cites))
        .then_some(Marking::Plain)
}

/// A marking in the title of a part of the agenda: "Exempt items", "Items to be taken in private",
/// "Press and public excluded".
pub(crate) fn of_part(title: &str) -> Option<Marking> {
    static PRIVATE: LazyLock<regex::Regex> = pattern!(
        r"(?i)\b(?:exempt|confidential|private|(?:press|public) (?:and (?:press|public) )?(?:is |are |be )?excluded|exclusion of|not for publication|eithriedig|cyfrinachol)\b"
    );
    static OPEN: LazyLock<regex::Regex> = pattern!(r"(?i)\b(?:no|non|not exempt|open)\b");
    (PRIVATE.is_match(title) && !OPEN.is_match(title)).then_some(Marking::Word)
}

/// Words in the label of a row that says who may see a paper.
const ABOUT_PAPERS: [&str; 5] = [
    "classification",
    "status",
    "access",
    "publication",
    "marking",
];
/// Words in the label of a row that says whether a paper is withheld.
const ABOUT_WITHHOLDING: [&str; 7] = [
    "exempt",
    "confidential",
    "restricted",
    "private",
    "not for publication",
    "eithriedig",
    "cyfrinachol",
];

/// Whether a sentence says that the public is excluded for its own item.
pub(crate) fn excludes_the_public(text: &str) -> bool {
    static EXCLUDED: LazyLock<regex::Regex> = pattern!(
        r"(?i)\b(?:press|public)\b[^.]{0,40}\b(?:be|is|are) (?:asked to leave|excluded)\b[^.]{0,40}\bthis (?:item|report|matter|business)\b"
    );
    static PERHAPS: LazyLock<regex::Regex> =
        pattern!(r"(?i)\b(?:if|should|may|might|append|unless|where)");
    EXCLUDED.is_match(text) && !PERHAPS.is_match(text)
}

/// The words of markings that a text begins with, as far as a sentence of them goes, and whether
/// that is all of the text.
fn leading(text: &str) -> (Vec<String>, bool) {
    let mut words: Vec<String> = Vec::new();
    let (mut whole, mut plain) = (0, 0);
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|letter: char| !letter.is_alphanumeric());
        let end = rest
            .find(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '\'' | '’'))
            .unwrap_or(rest.len());
        if end == 0 {
            return (words, true);
        }
        let (word, after) = rest.split_at(end);
        let word = word.to_lowercase().replace('’', "'");
        let is_number = word.starts_with(|letter: char| letter.is_ascii_digit()) && word.len() <= 4;
        if !is_number && !KNOWN.contains(word.as_str()) {
            let is_of_another = OTHERS.iter().any(|other| word.starts_with(other));
            words.truncate(if is_of_another {
                whole
            } else {
                whole.max(plain)
            });
            return (words, false);
        }
        words.push(word);
        // A sentence that is a marking may be followed by one that is not.
        if after.starts_with(['.', '!', ']', ')', '|']) {
            whole = words.len();
        }
        // What is said outright may be followed by why: "not for publication – it names tenants".
        if WHY.is_match(after) && says_outright(&words.join(" ")) {
            plain = words.len();
        }
        rest = after;
    }
}

/// A line without "Page 3 of 10" before or after the rest of it, or a bare number before it.
fn without_page_number(line: &str) -> &str {
    static PAGE: LazyLock<regex::Regex> = pattern!(
        r"(?i)^(?:(?:page|tudalen) )?[0-9]+(?: (?:of|o) [0-9]+)?\s+[-–—|·]?\s*|\s+[-–—|·]?\s*(?:page|tudalen) [0-9]+(?: (?:of|o) [0-9]+)?$"
    );
    let mut line = line;
    if let Some(found) = PAGE.find(line) {
        line = if found.start() == 0 {
            &line[found.end()..]
        } else {
            &line[..found.start()]
        };
    }
    line
}

/// Whether words hold a phrase of whole words.
fn contains(words: &str, phrase: &str) -> bool {
    format!(" {words} ").contains(&format!(" {phrase} "))
}

/// Whether words hold a phrase whose last word may be longer: "paragraph" and "paragraphs".
fn contains_start(words: &str, phrase: &str) -> bool {
    format!(" {words}").contains(&format!(" {phrase}"))
}

/// Whether a line ends in the middle of a sentence, so that the next one goes on with it.
pub(crate) fn goes_on(line: &str) -> bool {
    let line = line.trim_end();
    let last = line.rsplit(|letter: char| !letter.is_alphanumeric()).next();
    line.ends_with(',')
        || matches!(
            last.unwrap_or_default().to_lowercase().as_str(),
            "is" | "are"
                | "be"
                | "as"
                | "the"
                | "of"
                | "and"
                | "or"
                | "a"
                | "an"
                | "under"
                | "by"
                | "to"
                | "in"
                | "marked"
                | "contains"
                | "which"
                | "that"
                | "was"
                | "were"
                | "yn"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markings_are_told_from_sentences_about_them() {
        for plain in [
            "NOT FOR PUBLICATION – EXEMPT by virtue of paragraph 3 of Part 1 of",
            "NOT FOR PUBLICATION. CONFIDENTIAL. Exempt by paragraph 3 of Schedule 12A. Some words.",
            "Not for publication",
            "[NOT FOR PUBLICATION]",
            "This report is not for publication",
            "EXEMPT – PARAGRAPHS 1 AND 3",
            "Exempt information under Schedule 12A of the Local Government Act 1972",
            "This report contains exempt information as defined in paragraph 3.",
            "Classification: Exempt",
            "PINK PAPERS",
            "NID I'W GYHOEDDI",
            "Nid i’w gyhoeddi yn rhinwedd paragraff 14 o Atodlen 12A",
            "PART II – NOT FOR PUBLICATION",
            "This paper must not be shared outside the Council.",
            "This report is not to be copied or circulated.",
            "Public and press excluded",
            "The press and public are excluded from this item.",
            "To be considered in closed session – exempt under paragraph 3",
            "Page 3 of 10 – NOT FOR PUBLICATION",
            "This report is not for publication – it names tenants.",
            "Not for publication because tenants are named",
            "Not for publication: tenants are named",
            "This is a confidential report and must not be disclosed.",
            "This paper must not be shared, even with other members' families.",
        ] {
            assert_eq!(marking(plain), Some(Marking::Plain), "{plain}");
        }
        for word in [
            "Confidential",
            "STRICTLY CONFIDENTIAL",
            "Private and Confidential",
            "RESTRICTED",
            "EITHRIEDIG",
            "EXEMPT REPORT",
            "OFFICIAL-SENSITIVE",
            "Confidential  Page 2",
            "To be heard in private",
        ] {
            assert_eq!(marking(word), Some(Marking::Word), "{word}");
        }
        assert_eq!(marking("PART II"), Some(Marking::Part));
        for plain in [
            "CONFIDENTIAL: not to be circulated",
            "Members only – not for press or public",
            "This report is exempt from publication by virtue of paragraph 3 of Part 1.",
            "Eithriedig o dan baragraff 14",
            "This item is exempt under paragraph 3 of Schedule 12A",
            "Confidential report – do not copy",
        ] {
            assert!(marking(plain) >= Some(Marking::Word), "{plain}");
        }
        for none in [
            "Appendix 2 is exempt and is in Part B",
            "Not for publication: Appendix 2 – see item 12",
            "Not for publication – Appendix 2",
            "Confidentiality policy",
            "Confidential waste is collected on Mondays.",
            "Classification: Unrestricted",
            "Exempt accommodation",
            "EXEMPT ITEMS",
            "Exempt information: none",
            "This report is not exempt.",
            "Is the report exempt? No",
            "exempt under paragraph 3 of Schedule 12A",
            "Exempt:",
            "Part II of the Act",
            "Unrestricted",
            "3",
            "",
        ] {
            assert_eq!(marking(none), None, "{none}");
        }
    }

    #[test]
    fn markings_beside_titles_in_paths_and_in_rows() {
        for title in [
            "Rents (Exempt)",
            "Rents [exempt]",
            "Rents – NOT FOR PUBLICATION",
            "CONFIDENTIAL: Rents",
            "Rents (exempt under paragraph 3)",
        ] {
            assert!(beside(title) >= Some(Marking::Word), "{title}");
        }
        for title in [
            "Exempt accommodation",
            "Restricted parking zones: review",
            "Rents (Appendix 2 exempt)",
            "Rents (part exempt)",
            "Sale of land – confidential appendix",
            "Local Plan: Part 2",
        ] {
            assert_eq!(beside(title), None, "{title}");
        }
        for path in [
            "exempt/rents.md",
            "private/rents.md",
            "Rents - EXEMPT.md",
            "rents_confidential.pdf",
            "rents UNREDACTED.md",
        ] {
            assert_eq!(in_path(path), Some(Marking::Word), "{path}");
        }
        assert_eq!(in_path("Part 2/rents.md"), Some(Marking::Part));
        for title in [
            "Part II: Rents",
            "PART 2 - Rents",
            "[Part II] Rents",
            "Rents (Part II)",
        ] {
            assert_eq!(private_part(title), Some(Marking::Part), "{title}");
        }
        for title in [
            "Local Plan: Part 2",
            "Local Plan (Part 2)",
            "Part 2 of the Act",
        ] {
            assert_eq!(private_part(title), None, "{title}");
        }
        for path in [
            "private-housing/rents.md",
            "exempt-accommodation.md",
            "part-2-local-plan.pdf",
        ] {
            assert_eq!(in_path(path), None, "{path}");
        }
        for (label, answer) in [
            ("Exempt information", "Yes – paragraph 3"),
            ("Is the report confidential?", "Y"),
            ("Confidential or exempt", "Paragraph 3"),
            ("Status", "Part 2 – exempt"),
            ("Director", "Jo Field – NOT FOR PUBLICATION"),
        ] {
            assert!(in_row(label, answer).is_some(), "{label}: {answer}");
        }
        for (label, answer) in [
            ("Exempt information", "No"),
            ("Exempt information", "None"),
            ("Exempt information", "Yes: Appendix 2"),
            ("Exempt information", "Appendix 2, by paragraph 3"),
            ("Status", "For decision"),
            ("Director", "Jo Field"),
        ] {
            assert_eq!(in_row(label, answer), None, "{label}: {answer}");
        }
    }
}
