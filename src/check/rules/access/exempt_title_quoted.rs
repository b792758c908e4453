//! A public text that names what is withheld.

use crate::check::subject::{Home, Subject};
use crate::check::{Room, Rule, words};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("exempt-title-quoted"),
    severity: Severity::Error,
    room: Room::Access,
    summary: "A public text quotes the title of a withheld document",
    explanation: "The title of an exempt item or appendix often says what is to stay private: a name, an \
                  address, a price. Public titles, reports and minutes are searched for the title of \
                  everything that is withheld, where it has three words that matter or more. Titles that \
                  the public edition prints anyway (`public-title`) are left alone.",
    basis: "Local Government Act 1972, s.100B(2) and Sch. 12A; Data Protection Act 2018",
    example: "A public report: \"see Valuation of 12 Mill Lane for J Smith\", the title of its \
                  exempt appendix",
    remedy: "Refer to the appendix by its label alone",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut titles: Vec<(String, &str)> = Vec::new();
    for item in subject.meeting.items() {
        if !item.access.is_public() {
            titles.push((words::squash(&item.title), &item.title.value));
            if let Some(public) = &item.public_title {
                let public = words::squash(public);
                titles.retain(|(title, _)| *title != public);
            }
        }
        for appendix in item.all_appendices() {
            if item.access.is_public() && !appendix.access.is_public() {
                titles.push((words::squash(&appendix.title), &appendix.title.value));
            }
        }
    }
    titles.retain(|(_, title)| words::content_words(title).len() >= 3);
    let mut findings = Vec::new();
    for document in &subject.documents {
        let public = match document.home {
            Home::Agenda(item) => item.access.is_public(),
            Home::Report(item, _) => {
                item.access.is_public() && item.papers.iter().all(|paper| paper.access.is_public())
            }
            Home::Minutes(_) => true,
            Home::Appendix(item, appendix) => {
                item.access.is_public() && appendix.access.is_public()
            }
            Home::Alternative(appendix) => appendix.access.is_public(),
        };
        if !public {
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
