//! Whether a reference ("Appendix 3", "page 4", "paragraph 3.4") points to a document other than
//! its own report: judged by the words after it ("… of the Local Plan") or before it ("the
//! Constitution says at …").

use std::sync::LazyLock;

use regex::Regex;

/// "of the Local Plan", "to Cabinet", "in Ofsted's letter", "o'r Cyfansoddiad".
static AFTER: LazyLock<Regex> = pattern!(concat!(
    r#"^["”’]?\s*\)?\s*,?\s*(?:"#,
    r"(?:of|to|in|from|under|within|at)\s+",
    r"(?:(?i:the|that|their|its|his|her|last|an?|two|three|four|several|most|many|each|every|both|it|them|which|schedule|part|annex|appendix)\b|[A-Z]|[0-9]{4}\b)",
    r"|o['’](?:r|i)\s+\p{L}|yn\s+(?:y|yr)\s+\p{Lu}|i['’]r\s+\p{Lu}",
    r")"
));

/// "of this report", "to the covering report".
static OWN: LazyLock<Regex> = pattern!(
    r"(?i)^\s*\)?\s*,?\s*(?:(?:of|to|in|from|o)\s+(?P<which>this|our|the|yr)\s+(?:present\s+|cover(?:ing)?\s+|main\s+|attached\s+)?(?:report|paper|pack|agenda|adroddiad)s?\b|(?:o|yn)['’]?r?\s+(?:adroddiad|papur|pecyn|agenda)\s+hwn\b)(?P<rest>.*)"
);

/// What makes "the report" some other one: "the report to Cabinet", "the report of 2 March".
static OTHER_REPORT: LazyLock<Regex> = pattern!(
    r"^\s+(?:to|by|from|considered|presented|submitted|taken|dated|approved|agreed|published|last|o)\b|^\s+(?:of|on)\s+(?:the\s+)?(?:[0-9]|last\b|meeting\b|January|February|March|April|May|June|July|August|September|October|November|December)"
);

/// Whether a reference is to another document, by the words around it. Those after it count for more:
/// "the plan at page 4 of the agenda" is in the agenda.
pub(crate) fn is_meant(before: &str, after: &str) -> bool {
    follows(after) || (!OWN.is_match(after) && precedes(before))
}

/// Whether the words after a reference say that it is to another document.
pub(crate) fn follows(after: &str) -> bool {
    if let Some(own) = OWN.captures(after) {
        let part = |name: &str| own.name(name).map_or("", |part| part.as_str());
        let own = matches!(part("which").to_lowercase().as_str(), "" | "this");
        return !own && OTHER_REPORT.is_match(part("rest"));
    }
    AFTER.is_match(after)
}

/// A document named shortly before the reference.
static BEFORE: LazyLock<Regex> = pattern!(concat!(
    r"(?P<word>[\p{L}'’]+\s+)?",
    r"\b(?P<document>(?i:nppf|framework|act|regulations?|order|plan|policy|guidance|constitution|",
    r"code|schedule|strategy|letter|lease|tenancy|licence|deed|charter|protocol|judgment|orders|handbook|manual|agreement|contract|directions?|",
    r"standards?|guidelines|statement|specification|toolkit|paper|prospectus|directive|rules|byelaws|census|inquiry|",
    r"appendix \w+|annex \w+|cyfansoddiad|cynllun|deddf|report))",
    r"\b(?P<gap>[^.;]{0,60})$"
));

/// A publication with its number or date: "Circular 3/2025, ", "Hansard, 3 March 2026, ".
static NUMBERED: LazyLock<Regex> = pattern!(
    r"(?i)\b(?:circular|hansard|gazette|journal|bulletin|volume|vol|edition|handbook|manual|guidance)\b[^.;()]{0,30},\s*(?:at\s+)?$"
);

/// What says where a thing is, and not what is in it.
static LOCATES: LazyLock<Regex> = pattern!(
    r"(?i)^\s*[(,]?\s*(?:(?:which\s+)?(?:is|are|was|appears?|printed|reproduced|shown|set\s+out|can\s+be\s+(?:found|seen)|overleaf|ar)\b|(?:please\s+)?see\b)"
);

/// A document that has the reference for its own, or that was named with its date: "the contract's ",
/// "Homes for All (2024), ", "the Gazette (6 February 2026, ".
static OWNED: LazyLock<Regex> = pattern!(
    r"(?P<owner>[\p{L}]+)(?:['’]s|s['’])\s+(?:own\s+)?$|\p{Lu}[\p{L}'’]*\s+\((?:[^()]{0,40}\s)?(?:19|20)[0-9]{2}(?:[,;]|\)[,;:]?)\s+(?:at\s+)?$"
);

/// Whether the words before a reference name the document that it is in.
fn is_owned(before: &str) -> bool {
    static ITS: LazyLock<Regex> = pattern!(r"(?i)\b(?:its|his|her|their)\s+(?:own\s+)?$");
    static THIS: LazyLock<Regex> = pattern!(r"(?i)\bthis\s+(?:report|paper)\b[^.;]*$");
    if ITS.is_match(before) {
        return !THIS.is_match(before);
    }
    OWNED.captures(before).is_some_and(|found| {
        let owner = found.name("owner").map_or("", |owner| owner.as_str());
        !matches!(
            owner.to_lowercase().as_str(),
            "report" | "paper" | "item" | "agenda" | "pack" | "today"
        )
    })
}

/// How far a document may be named before a reference, in bytes.
const NEAR: usize = 28;

/// Whether the words before a reference name another document, which it is then taken to be in.
fn precedes(before: &str) -> bool {
    if NUMBERED.is_match(before) || is_owned(before) {
        return true;
    }
    let Some(found) = BEFORE.captures(before) else {
        return false;
    };
    let part = |name: &str| found.name(name).map_or("", |part| part.as_str());
    let (word, gap) = (part("word").trim().to_lowercase(), part("gap"));
    // "The plan is on page 19", "the plan (see pages 61 to 63)": where something of this paper is.
    let is_named = part("document").starts_with(char::is_uppercase);
    if !is_named && LOCATES.is_match(gap) {
        return false;
    }
    if !part("document").eq_ignore_ascii_case("report") {
        return gap.len() <= NEAR;
    }
    // "The report says on page 4" is the report itself; Ofsted's, last year's and one that went to
    // Cabinet are not.
    OTHER_REPORT.is_match(gap)
        || gap.len() <= NEAR
            && !matches!(
                word.as_str(),
                "" | "the" | "this" | "our" | "cover" | "covering"
            )
}

/// "The Constitution, at …", "Ofsted's letter says so at …".
static SAYS: LazyLock<Regex> = pattern!(concat!(
    r"\b(?:Constitution|Act|Regulations|NPPF|Framework|Cyfansoddiad),?\s+(?:at|in)\s+$",
    r"|\b(?i:constitution|act|regulations|framework|plan|policy|code|agreement|lease|schedule)\s*\((?:Part|Chapter|Section|Schedule|Volume)\s+\w+,\s*$",
    r"|\b(?:Under|By|under|by)\s+the\s+(?:\p{Lu}[\p{L}'’-]*\s+){0,5}(?:Agreement|Contract|Lease|Charter|Protocol|Code|Scheme|Order|Plan|Policy|Constitution|Act|Regulations|Deed),\s+$",
    r"|(?i:\b(?:letter|report|review|judgment|decision|study|audit)\b[^.;()]{0,40},?\s(?:at|in)\s+its\s+$)",
    r"|(?i:\b(?:letter|plan|policy|guidance|constitution|code|act|regulations|strategy|agreement)\s+",
    r"(?:says?|states?|explains?|requires?|provides?|allows?|defines?|notes?)\b[^.;()]{0,25}\b(?:at|in)\s+)$"
));

/// Whether the words before a reference to an appendix say that it is another document's. What is
/// merely named before it may well be the appendix: "the strategy (Appendix 2)".
pub(crate) fn says(before: &str) -> bool {
    SAYS.is_match(before) || NUMBERED.is_match(before) || is_owned(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_after() {
        for text in [
            " of the Annual report referred",
            " of the plan",
            " of Schedule 12A",
            ") of the Code",
            " to the report to Cabinet",
            " of the report of 2 March",
            " of the 2024 report",
            " o'r Cyfansoddiad",
        ] {
            assert!(follows(text), "{text}");
        }
        for text in [
            " above",
            ", the costs",
            " o'r pecyn hwn",
            " of this report",
            " to the covering report",
            " of the report.",
            " of the agenda",
            " to inform the decision",
            " in full",
        ] {
            assert!(!follows(text), "{text}");
        }
    }

    #[test]
    fn words_on_both_sides() {
        assert!(is_meant("as the plan says at ", "."));
        assert!(is_meant("as shown at ", " of the Local Plan"));
        assert!(!is_meant("as in the plan at ", " of the agenda"));
    }

    #[test]
    fn words_before() {
        for text in [
            "as the Framework says at ",
            "The Cabinet report says so (",
            "The report to Cabinet of 2 March says so at ",
            "The Regulator's Consumer Standards, ",
        ] {
            assert!(precedes(text), "{text}");
        }
        for text in [
            "as said at ",
            "The report says so at ",
            "The cost (",
            "Please see ",
            "The plan (see ",
            "A location plan is overleaf on ",
            "Mae'r cynllun ar ",
        ] {
            assert!(!precedes(text), "{text}");
        }
        assert!(says("Ofsted's letter says so at "));
        assert!(says("The Council's Constitution (Part 4, "));
        assert!(says("The Inspector's report of 2019, at its "));
        assert!(says("The JCT contract's ") && says("Homes for All (2024), "));
        assert!(says("The Trust lists them in its ") && !says("This report and its "));
        assert!(!says("The report's ") && !says("The survey (2024) is at "));
        assert!(says("Under the Highways Agreement, ") && !says("Under the plan, "));
        assert!(says("Circular 3/2025, ") && precedes("Hansard, 3 March 2026, "));
        assert!(!says("The strategy is at "));
    }
}
