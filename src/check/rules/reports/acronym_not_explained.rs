//! An acronym that is never spelt out.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::{Match, Regex};

use crate::check::subject::{Home, Role, Subject};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("acronym-not-explained"),
    severity: Severity::Note,
    room: Room::Reports,
    summary: "An acronym is used in a report and never spelt out",
    explanation: "Members and the public do not know the officers' abbreviations. An acronym of three to \
                  six capitals counts as explained where the report has it in brackets, or followed by \
                  brackets, anywhere, or where words whose initials it is made of occur. Only its first \
                  use is named, and only where it is used at least twice. Well-known ones, the \
                  council's own initials, and words in capitals (\"NOTE\", \"AGREE\") are left alone.",
    basis: "WCAG 2.2, 3.1.4 (AAA); GOV.UK style guide",
    example: "The JSNA is due. The JSNA informs …",
    remedy: "Spell it out where it is first used: \"Joint Strategic Needs Assessment (JSNA)\"",
    run,
};

static ACRONYMS: LazyLock<Regex> = pattern!(r"\b(?P<acronym>[A-Z]{3,6})s?\b");
static WORD: LazyLock<Regex> = pattern!(r"[A-Za-z][A-Za-z'’]*");

const KNOWN: &[&str] = &[
    "AGM", "BBC", "CCTV", "CEO", "COVID", "EEC", "GDPR", "GMT", "HIV", "HMRC", "HTML", "ISBN",
    "LED", "LGBT", "MBC", "NHS", "OBE", "MBE", "CBE", "PDF", "PIN", "PLC", "SMS", "TBC", "URL",
    "USA", "VAT", "WHO", "III", "VII", "XII", "VIII", "RESOLVED", "NOT", "AND", "THE", "FOR",
    "FREE", "ALL", "MUST", "NONE", "YES", "ONLY", "ISO", "BSL", "BST", "DVD", "USB",
];

/// Words that reports put in capitals for emphasis, mostly in recommendations and resolutions, in
/// English and Welsh.
const WORDS: &str = "NOTE NOTES NOTED AGREE AGREES AGREED ADOPT ADOPTS REFER REFERS DEFER DEFERS GRANT GRANTS REFUSE \
    ACCEPT REJECT AMEND AMENDS VOTE VOTES PERMIT ALLOW ALLOWS APPLY ASSIGN ASK ASKS AWARD CALL CEASE CLOSE COMMIT \
    CREATE DECIDE DELETE DIRECT ELECT ENABLE ENSURE EXTEND FORM FUND INVITE ISSUE KEEP LAY LET MAKE OPEN OPPOSE \
    ORDER PASS PAY PLACE PUT RATIFY REMOVE RENEW REPEAL REPORT RETAIN REVIEW REVOKE SECURE SEEK SELL SET SIGN START \
    STOP SUBMIT TAKE THANK UPDATE URGE URGES WAIVE WELCOME WRITE SHALL SHOULD WILL MAY CAN CANNOT DOES NEVER ALWAYS \
    ALSO ANY ARE BOTH BUT DRAFT EACH EVERY EXCEPT FINAL FROM FULL HAS HAVE IMPORT INTO ITEM LATE NEW NEXT NIL NOW \
    ONE OTHER OUT OWN PART PLEASE PUBLIC SAME SOME STILL SUCH THAT THEM THEN THERE THESE THEY THIS THOSE TOTAL TWO \
    UNDER UNLESS UNTIL URGENT WERE WHAT WHEN WHERE WHICH WHO WITH YOU YOUR NODI NODER CYTUNO DERBYN GWRTHOD MABWYSU \
    GOHIRIO CADARNHAU CYFEIRIO ARGYMELL RHAID NID DIM PEIDIO";

/// What follows a verb but not a noun: "CONFIRM the plan", "NODI'R adroddiad".
static OBJECT: LazyLock<Regex> = pattern!(
    r"^(?:['’]R\b|\s+(?:the|that|it|an?|this|these|those|its|their|all|any|item|items|whether|to|yr?|bod|ar)\b)"
);
/// What comes before a noun but not a verb.
static ARTICLE: LazyLock<Regex> =
    pattern!(r"(?i)\b(?:the|an?|this|our|its|their|no|each|every|new|per|of|yr?)\s+$");

/// Whether a word in capitals is a verb everywhere in a text.
fn is_verb(word: &str, all: &str) -> bool {
    word.len() > 3
        && all.match_indices(word).all(|(at, _)| {
            OBJECT.is_match(&all[at + word.len()..]) && !ARTICLE.is_match(&all[..at])
        })
}

/// The initials of a name: FBC for Fernleigh Borough Council.
fn initials(name: &str) -> String {
    name.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '\'' | '’'))
        .filter_map(|word| word.chars().next())
        .filter(|letter| letter.is_uppercase())
        .collect()
}

/// Whether letters are a part of a reference, such as "27/00012/FUL".
fn is_in_reference(text: &str, letters: &Match<'_>) -> bool {
    let before = text[..letters.start()].rsplit(char::is_whitespace).next();
    let after = text[letters.end()..].split(char::is_whitespace).next();
    let of_digits = |part: &str| part.contains(|letter: char| letter.is_ascii_digit());
    before.is_some_and(|part| part.ends_with(['/', '-']) && of_digits(part))
        || after.is_some_and(|part| part.starts_with(['/', '-']) && of_digits(part))
}

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let meeting = subject.meeting;
    // Readers know the initials of the council and the body.
    let own: Vec<String> = [&meeting.council.name, &meeting.body.name]
        .into_iter()
        .chain(&meeting.council.short_name)
        .map(|name| initials(name))
        .collect();
    for document in &subject.documents {
        let Home::Report(_, report) = document.home else {
            continue;
        };
        let mut all: String = report
            .header
            .iter()
            .flat_map(|row| &row.lines)
            .chain(report.subject.as_ref().map(|subject| &subject.value))
            .map(|text| format!("{text}\n"))
            .collect();
        for passage in &document.passages {
            all.push_str(&passage.text);
            all.push('\n');
        }
        let first_letters: String = WORD
            .find_iter(&all)
            .filter(|word| !matches!(word.as_str(), "and" | "of" | "the" | "for" | "in" | "to"))
            .filter_map(|word| word.as_str().chars().next())
            .flat_map(char::to_uppercase)
            .collect();
        let mut seen = BTreeSet::new();
        for passage in &document.passages {
            let shouted = !passage.text.chars().any(char::is_lowercase);
            if shouted || passage.quoted || matches!(passage.role, Role::Cell) {
                continue;
            }
            for found in ACRONYMS.captures_iter(&passage.text) {
                let (Some(whole), Some(acronym)) = (found.get(0), found.name("acronym")) else {
                    continue;
                };
                let acronym = acronym.as_str();
                if is_in_reference(&passage.text, &whole)
                    || KNOWN.contains(&acronym)
                    || WORDS.split_whitespace().any(|word| word == acronym)
                    || own.iter().any(|own| own == acronym)
                    || !seen.insert(acronym.to_owned())
                {
                    continue;
                }
                // "The PSPO", "PSPOs"
                let uses = ACRONYMS
                    .captures_iter(&all)
                    .filter(|other| &other["acronym"] == acronym)
                    .count();
                let bracketed = [
                    format!("({acronym}"),
                    format!("{acronym})"),
                    format!("{acronym}s)"),
                    format!("{acronym} ("),
                    format!("{acronym}s ("),
                    format!("‘{acronym}’"),
                    format!("'{acronym}'"),
                    format!("“{acronym}”"),
                    format!("\"{acronym}\""),
                ]
                .iter()
                .any(|words| all.contains(words));
                if uses >= 2
                    && !bracketed
                    && !first_letters.contains(acronym)
                    && !is_verb(acronym, &all)
                {
                    findings.push(RULE.at(
                        passage.at(whole.range()),
                        format!("{acronym} is not spelt out anywhere in the report"),
                    ));
                }
            }
        }
    }
    findings
}
