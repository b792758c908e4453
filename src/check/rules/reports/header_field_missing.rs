//! A row of the header table that is not there.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("header-field-missing"),
    severity: Severity::Warning,
    room: Room::Reports,
    summary: "A row of the report's header table is missing",
    explanation: "`[report] header` in council.toml lists the rows of the table over every report. A \
                  key that the front matter leaves out prints no row.",
    basis: "The council's own report template.",
    example: "A report without `vision`, which council.toml lists",
    remedy: "Add the key to the front matter; an empty value prints an empty row",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let fields = &subject.meeting.council.report.header;
    let mut findings = Vec::new();
    for (_, _, report) in subject.reports() {
        let place = report.subject.as_ref().map_or(report.span, |s| s.span);
        for key in &report.missing_header {
            let field = fields.iter().find(|field| field.key == *key);
            if field.is_some_and(|field| !field.required) {
                continue;
            }
            let label = field.map_or(key.as_str(), |field| &field.label);
            findings.push(RULE.at(
                place,
                format!("The header row “{label}” is missing: there is no `{key}`"),
            ));
        }
    }
    findings
}
