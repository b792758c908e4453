//! A public text that names what is withheld.

use crate::check::subject::Subject;
use crate::check::{Room, Rule, words};
use crate::finding::{Code, Finding, Severity};
use crate::model::law;
use crate::model::{self, PaperBody};

pub(crate) const RULE: Rule = Rule {
    code: Code("exempt-title-quoted"),
    severity: Severity::Error,
    room: Room::Access,
    summary: "A public text quotes the title of a withheld document",
    explanation: "The title of an exempt item, report or appendix often says what is to stay private: a name, an \
                  address, a price. Public titles, reports and minutes are searched for the title of \
                  everything that is withheld, where it has three words that matter or more. Titles that \
                  the public edition prints anyway (`public-title`) are left alone.",
    basis: law::EXCLUSION.basis,
    example: "A public report: \"see Valuation of 12 Mill Lane for J Smith\", the title of its \
                  exempt appendix",
    remedy: "Refer to it by its number or label alone",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut titles: Vec<(String, &str)> = Vec::new();
    // A title that the public agenda prints is no secret.
    let mut printed: Vec<String> = Vec::new();
    for standing in subject.meeting.documents() {
        if standing.access.is_public() {
            if let model::Document::Item(item) = standing.document {
                printed.push(words::squash(&item.title));
            }
            continue;
        }
        match standing.document {
            model::Document::Item(item) => {
                titles.push((words::squash(&item.title), &item.title.value));
                printed.extend(item.public_title.as_deref().map(words::squash));
            }
            model::Document::Paper(paper) => {
                let report = match &paper.body {
                    PaperBody::Report(report) => Some(report.as_ref()),
                    PaperBody::Pdf(document) => document.report(),
                    _ => None,
                };
                if let Some(subject) = report.and_then(|report| report.subject.as_ref()) {
                    titles.push((words::squash(subject), &subject.value));
                }
            }
            // Where the whole item is withheld, so is what its appendices are called.
            model::Document::Appendix(appendix) => {
                if standing.item.access.is_public() {
                    titles.push((words::squash(&appendix.title), &appendix.title.value));
                }
            }
        }
    }
    titles.retain(|(squashed, title)| {
        !printed.contains(squashed) && words::content_words(title).len() >= 3
    });
    let mut findings = Vec::new();
    if titles.is_empty() {
        return findings;
    }
    for document in &subject.documents {
        if !document.is_public() {
            continue;
        }
        for passage in &document.passages {
            let text = words::squash(&passage.text);
            for (title, written) in &titles {
                if text.contains(title.as_str()) {
                    findings.push(RULE.at(
                        passage.span,
                        format!("A public text quotes “{written}”, which is withheld"),
                    ));
                }
            }
        }
    }
    findings
}
