//! A resolution that differs from its recommendation.

use crate::check::subject::{Subject, block_texts};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::{Item, Minute, PaperBody};
use crate::prose::Block;
use crate::prose::compare::between;

pub(crate) const RULE: Rule = Rule {
    code: Code("resolution-differs"),
    severity: Severity::Note,
    room: Room::Minutes,
    summary: "A resolution differs from what was recommended",
    explanation: "The recommendations of an item's reports are compared with what its minute resolves, word by \
                  word, without \"Resolved\", \"that\" and the numbers of a list. The meeting may have \
                  decided differently: the note shows where, so that mistakes are seen.",
    basis: "Practice: readers must be able to tell what was decided from what was proposed.",
    example: "\"that the report be [-noted-] {+approved+}\"",
    remedy: "Leave it if that is what the meeting decided; otherwise use the words of the recommendation",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(minutes) = &subject.meeting.minutes else {
        return Vec::new();
    };
    let items = subject.meeting.items();
    items
        .filter_map(|item| {
            let minute = item.minute_in(minutes)?;
            let asked = recommended(item)?;
            let resolved = resolved(minute)?;
            let differs = between(&asked, &resolved);
            // Words that both share may be shortened to an ellipsis.
            let same = !differs.contains("[-") && !differs.contains("{+");
            let shown = if item.access.is_public() {
                format!(": {}", differs.trim_end_matches('.'))
            } else {
                String::new()
            };
            (!same).then(|| {
                RULE.at(
                    minute.span,
                    format!(
                        "The resolution on item {} differs from the recommendation{shown}",
                        item.number.value
                    ),
                )
            })
        })
        .collect()
}

/// What the reports of an item recommend, in plain words.
fn recommended(item: &Item) -> Option<String> {
    let reports = item.papers.iter().filter_map(|paper| match &paper.body {
        PaperBody::Report(report) => report.recommendations.as_ref(),
        _ => None,
    });
    let blocks: Vec<&Block> = reports.flat_map(|asked| &asked.value.blocks).collect();
    (!blocks.is_empty()).then(|| words(blocks.into_iter()))
}

fn resolved(minute: &Minute) -> Option<String> {
    let mut blocks = minute.decisions().peekable();
    blocks.peek()?;
    Some(words(blocks))
}

/// The words of some blocks without those that only open a resolution.
fn words<'b>(blocks: impl Iterator<Item = &'b Block>) -> String {
    const OPENING: [&str; 8] = [
        "resolved",
        "recommended",
        "that",
        "penderfynwyd",
        "argymhellwyd",
        "bod",
        "to",
        "fel",
    ];
    let texts: Vec<String> = blocks.flat_map(block_texts).collect();
    let text = texts.join(" ");
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.peek() {
        let plain: String = word
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .collect();
        if !OPENING.contains(&plain.to_lowercase().as_str()) {
            break;
        }
        words.next();
    }
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    if let Some(first) = words.first_mut()
        && let Some(letter) = first.chars().next()
    {
        // A whole sentence begins with a capital, the rest of one does not.
        *first = format!("{}{}", letter.to_lowercase(), &first[letter.len_utf8()..]);
    }
    words.join(" ")
}
