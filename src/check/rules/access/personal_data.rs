//! Personal data in public papers.

use crate::check::personal::{find, masked};
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Place, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("personal-data"),
    severity: Severity::Note,
    room: Room::Access,
    summary: "Something in a public paper looks like personal data",
    explanation: "National Insurance numbers, NHS numbers with a valid check digit, dates of birth, bank \
                  sort codes with account numbers, mobile numbers, and e-mail addresses with a private \
                  provider, in reports, minutes, appendices and the text of every PDF of the public \
                  edition. A note to look, not a verdict; the message masks what it found.",
    basis: "UK GDPR, art. 5(1)(c); Local Government Act 1972, Sch. 12A Part 1 para. 1 and 2",
    example: "Contact the applicant on 07700 900123",
    remedy: "Take it out, or say at that line why it is published: `<!-- pack: allow \
                  personal-data: why -->`",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in &subject.documents {
        if !document.is_public() {
            continue;
        }
        for passage in &document.passages {
            for (range, what) in find(&passage.text) {
                findings.push(RULE.at(
                    passage.at(range.clone()),
                    format!("{what}: {}", masked(&passage.text[range])),
                ));
            }
        }
    }
    for attachment in subject.attachments().iter().filter(|file| file.public) {
        for page in &attachment.document.shown {
            let lines: Vec<&str> = page.lines.iter().map(|line| &*line.text).collect();
            // A number may run over the end of a line.
            let text = lines.join("\n");
            for (range, what) in find(&text) {
                findings.push(RULE.at(
                    Place::Page(attachment.document.source.0.clone(), page.number),
                    format!("{what}: {}", masked(&text[range])),
                ));
            }
        }
    }
    findings
}
