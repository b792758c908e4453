//! Where a pack says, in any words, that an executive is to take a key decision.

use std::sync::LazyLock;

use regex::Regex;

use super::subject::block_texts;
use crate::finding::Span;
use crate::model::{HeaderRow, Item, Meeting, PaperBody, as_typed};

/// A report, or an item, that says it asks for a key decision.
pub(crate) struct KeyDecision<'a> {
    pub(crate) item: &'a Item,
    /// Where it says so.
    pub(crate) span: Span,
}

/// Titles and sentences that say so.
static SAID: LazyLock<Regex> = pattern!(concat!(
    r"(?i)(?:",
    // "(Key Decision)", "[KEY]", "Key decision: …", "Waste contract – key decision"
    r"[(\[]\s*key(?:\s+decision)?\s*[)\]]",
    r"|^\s*key\s+decision\s*[:–—-]",
    r"|[:–—-]\s*key\s+decision\s*$",
    // "This is a key decision", "constitutes a Key Decision"
    r"|\b(?:is|are|be|being|as|constitutes?|concerns?|concerning|relat(?:es?|ing)\s+to|deals?\s+with|regards?|regarding|covers?|describes?|involves?|contains?|requires?|requests?|seeks?|proposes?|recommends?|needs?|makes?|making|takes?|taking|represents?|amounts?\s+to|(?:counts?|qualif(?:y|ies)|regarded|classed|treated|seen)\s+as)",
    r"\s+(?:a|an\s+executive)?\s*key\s+decisions?\b",
    // "The decision is a Key one", "This is Key"
    r"|\bdecision\s+is\s+(?:a\s+)?key(?:\s+one)?\b",
    r"|\bdecision\s+(?:[a-z]+\s+){1,5}is\s+(?:a\s+)?key(?:\s+one)?\s*(?:[.,;)]|$|\b(?:as|because|since|under|within)\b)",
    // "Decision type: Key", "Executive decision – key"
    r"|^\s*(?:type\s+of\s+(?:executive\s+)?decision|decision\s+type|type)\s*[:–—-]+\s*(?:executive\s+)?key\b",
    r"|\bdecision\s*[:(–—-]+\s*key\b",
    r"|\bkey\s+decisions?\s+(?:is|are)\s+(?:sought|required|needed|requested|to\s+be\s+(?:made|taken))\b",
    r"|\bpenderfyniad\s+allweddol\b",
    r")"
));

/// The same, denied: "This is not a key decision", "a non-key decision".
static DENIED: LazyLock<Regex> = pattern!(
    r"(?i)\b(?:not|nor|isn['’]t|non|none|no|neither|nid|whether|if|unless|where|criteria|definition|defined)\b[^.]{0,40}\b(?:key|allweddol)\b"
);

/// A line of a form in a text: "Key decision: Yes".
static ASKED: LazyLock<Regex> =
    pattern!(r"(?i)^\s*(?:is\s+(?:this|it)\s+a\s+)?key\s+decision\s*[?:–—-]+\s*(?P<answer>\S.*)");

/// Every item that says it is a key decision, once, with the place that says so.
pub(crate) fn said(meeting: &Meeting) -> Vec<KeyDecision<'_>> {
    meeting
        .items()
        .filter_map(|item| {
            let span = place(item)?;
            Some(KeyDecision { item, span })
        })
        .collect()
}

fn place(item: &Item) -> Option<Span> {
    let reports = || {
        item.papers.iter().filter_map(|paper| match &paper.body {
            PaperBody::Report(report) => Some(report),
            _ => None,
        })
    };
    let mut rows = reports().flat_map(|report| &report.header);
    if let Some(row) = rows.clone().find(|row| answers_yes(row)) {
        return Some(row.span);
    }
    // A header that answers "No" counts for more than what the text may say of other decisions.
    if rows.any(|row| asks(row) && !row.lines.concat().trim().is_empty()) {
        return None;
    }
    if [
        Some(item.title.value.as_str()),
        item.text.as_deref(),
        item.note.as_deref(),
    ]
    .into_iter()
    .flatten()
    .any(says)
    {
        return Some(item.title.span);
    }
    reports().find_map(|report| {
        if let Some(subject) = report.subject.as_ref().filter(|subject| says(subject)) {
            return Some(subject.span);
        }
        report
            .body
            .iter()
            .find(|numbered| block_texts(&numbered.block).iter().any(|text| says(text)))
            .map(|numbered| numbered.block.span)
    })
}

fn says(text: &str) -> bool {
    let asked = ASKED.captures(text);
    if let Some(answer) = asked.as_ref().and_then(|asked| asked.name("answer")) {
        let answer = answer.as_str();
        let answered = answer.contains(char::is_alphanumeric);
        return answered && as_typed::answer(answer) != Some(false);
    }
    // "The recommendation, if agreed, will be a key decision" denies nothing.
    static IF_AGREED: LazyLock<Regex> =
        pattern!(r"(?i),?\s+(?:if|where)\s+(?:it\s+is\s+)?(?:agreed|approved|adopted|accepted),?");
    SAID.is_match(text) && !DENIED.is_match(&IF_AGREED.replace_all(text, ""))
}

/// Whether a row of a report's header asks if this is a key decision: by its key, or by its label.
fn asks(row: &HeaderRow) -> bool {
    [&row.key, &row.label].into_iter().any(|words| {
        let words: Vec<String> = words
            .split(|letter: char| !letter.is_alphanumeric())
            .map(str::to_lowercase)
            .collect();
        words
            .iter()
            .any(|word| word == "key" || word == "allweddol")
    })
}

fn answers_yes(row: &HeaderRow) -> bool {
    let answer = row.lines.join(" ").to_lowercase();
    let answer = answer.trim();
    let first = answer
        .split(|letter: char| !letter.is_alphanumeric())
        .find(|word| !word.is_empty())
        .unwrap_or("");
    if asks(row) {
        let named = answer.strip_prefix("a ").unwrap_or(answer);
        return named.starts_with("key") || as_typed::answer(answer) == Some(true) || says(answer);
    }
    // "Type of decision: Key", "Decision type: key decision".
    let of_decisions = [&row.key, &row.label]
        .into_iter()
        .any(|words| words.to_lowercase().contains("decision"));
    of_decisions
        && (first == "key" || (answer.contains("key decision") && !DENIED.is_match(answer)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_saying_it() {
        for text in [
            "Waste contract (Key Decision)",
            "Key decision: the waste contract",
            "Waste contract – Key decision",
            "[KEY] Waste contract",
            "This is a key decision because it costs more than £500,000.",
            "The award constitutes a Key Decision.",
            "Cabinet is asked to take a key decision.",
            "Mae hwn yn benderfyniad mawr ac yn penderfyniad allweddol.",
        ] {
            assert!(says(text), "{text}");
        }
    }

    #[test]
    fn ways_of_saying_that_it_is_none() {
        for text in [
            "This is not a key decision.",
            "This is a non-key decision.",
            "The decision isn’t a key decision.",
            "Whether it is a key decision depends on its cost.",
            "The key decisions of the last year were reviewed.",
            "Keys to the hall",
            "The key to a good decision is evidence.",
        ] {
            assert!(!says(text), "{text}");
        }
    }

    #[test]
    fn rows_of_a_header() {
        let row = |key: &str, label: &str, answer: &str| HeaderRow {
            key: key.to_owned(),
            label: label.to_owned(),
            lines: vec![answer.to_owned()],
            span: Span::new(crate::finding::FileId(0), 0, 0),
        };
        for (key, label, answer) in [
            ("key-decision", "Key decision", "Yes"),
            ("key-decision", "Key decision", "Yes – over £500,000"),
            ("key-decision", "Key decision", "Key"),
            ("key-decision", "Key decision", "This is a key decision"),
            ("is-key", "Is this a key decision?", "Y"),
            ("decision", "Type of decision", "Key"),
            ("decision-type", "Decision type", "Executive key decision"),
        ] {
            assert!(answers_yes(&row(key, label, answer)), "{label}: {answer}");
        }
        for (key, label, answer) in [
            ("key-decision", "Key decision", "No"),
            ("key-decision", "Key decision", "Not a key decision"),
            ("key-decision", "Key decision", "N/A"),
            ("key-decision", "Key decision", ""),
            ("decision", "Type of decision", "Non-key"),
            ("decision", "Type of decision", "This is not a key decision"),
            ("decision", "Decision maker", "Cabinet"),
        ] {
            assert!(!answers_yes(&row(key, label, answer)), "{label}: {answer}");
        }
    }
}
