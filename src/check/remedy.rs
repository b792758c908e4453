//! What to do about a finding in a paper that is not one of our text files: a Word file has no front
//! matter, no Markdown and no comments of ours, and is corrected in the program that it was written
//! in; a PDF is not corrected here at all.

use crate::finding::{Code, Files, Finding, Place};

/// Remedies for papers that are not Markdown, of rules whose own remedies are about Markdown.
const ELSEWHERE: &[(&str, &str)] = &[
    (
        "alternative-is-file-name",
        "Describe what the image shows in the program that the file was written in (in Word: Picture \
         Format, Alt Text)",
    ),
    (
        "background-papers-not-stated",
        "Add a heading “Background papers”, or `background-papers = […]` under `[item.report]` in \
         pack.toml; `[]` prints \"None\"",
    ),
    (
        "bare-link-text",
        "Make the words say what the link leads to: “the local plan” instead of “here”",
    ),
    (
        "bold-as-heading",
        "Give it a heading style in the program that it was written in (in Word: Home, Styles)",
    ),
    (
        "contact-unreachable",
        "Add a telephone number or an e-mail address in the report, or `contact` under \
         `[item.report]` in pack.toml",
    ),
    (
        "decision-incomplete",
        "Add the headings “Reasons for the decision” and “Alternatives considered” to the minute",
    ),
    (
        "header-field-empty",
        "Fill it in, in the table or the lines that the report begins with",
    ),
    (
        "header-field-missing",
        "Add it to the table or the lines that the report begins with, or as a key under \
         `[item.report]` in pack.toml; an empty value prints an empty row",
    ),
    (
        "heading-without-mark",
        "Give it a heading style in the program that it was written in (in Word: Home, Styles)",
    ),
    (
        "image-without-alternative",
        "Describe what the image shows in the program that the file was written in (in Word: Picture \
         Format, Alt Text)",
    ),
    ("minutes-not-earlier", "Correct the date in the minutes"),
    ("number-repeated", "Correct the number"),
    ("number-skipped", "Correct the number"),
    (
        "page-reference-dangling",
        "Refer to the item, the paragraph or the appendix: in the pack its pages have other numbers",
    ),
    ("paragraph-reference-dangling", "Correct the number"),
    (
        "personal-data",
        "Take it out, or say on the item in pack.toml why it is published: \
         `allow = [{ code = \"personal-data\", text = \"…\", reason = \"…\" }]`",
    ),
    (
        "recommendations-missing",
        "Give the report a heading “Recommendations”, or add `recommendations = \"\"\"…\"\"\"` under \
         `[item.report]` in pack.toml",
    ),
    ("replaced-page-cited", "Cite the new page"),
    (
        "signatory-missing",
        "Add `signatory = { name = \"…\", post = \"…\" }` under `[item.report]` in pack.toml",
    ),
    (
        "table-without-header",
        "Mark the first row as a header row in the program that the file was written in (in Word: \
         Table Layout, Repeat Header Rows)",
    ),
];

/// The same finding with the remedy for the kind of file that it is in.
pub(super) fn fitting(mut finding: Finding, files: &Files) -> Finding {
    let Place::Text(span) = finding.place else {
        return finding;
    };
    let Some(file) = files.get(span.file).filter(|file| file.transcript) else {
        return finding;
    };
    if file.has_pages() {
        finding.help = Some(of_pdf(finding.code));
    } else if let Some((_, remedy)) = ELSEWHERE.iter().find(|(code, _)| *code == finding.code.0) {
        finding.help = Some((*remedy).to_owned());
    }
    finding
}

/// What to do where nobody here can correct the paper.
fn of_pdf(code: Code) -> String {
    format!(
        "Ask for a corrected file, or say on the item in pack.toml why it may stay: \
         `allow = [{{ code = \"{code}\", text = \"…\", reason = \"…\" }}]`"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Room, rules};

    /// Ways of speaking of the sources that only texts of ours have.
    const OURS: [&str; 7] = ["front matter", "`#", "`![", "](", "{#", "<!--", "auto\""];

    #[test]
    fn no_rule_speaks_of_marks_where_there_are_none() {
        let of_papers = rules::RULES.iter().filter(|rule| {
            // What they find is never in the text of a paper.
            !matches!(rule.room, Room::Comments | Room::Attachments)
        });
        for rule in of_papers {
            let speaks = OURS.iter().any(|words| rule.remedy.contains(words));
            let has = ELSEWHERE.iter().any(|(code, _)| *code == rule.code.0);
            assert!(!speaks || has, "{}: {}", rule.code, rule.remedy);
        }
        for (code, remedy) in ELSEWHERE {
            assert!(rules::find(code).is_some(), "{code}");
            let speaks = OURS.iter().any(|words| remedy.contains(words));
            assert!(!speaks, "{code}: {remedy}");
        }
    }
}
