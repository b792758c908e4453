//! A row of the header table that is not there.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::Tongue;

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
        let field = |key: &String| fields.iter().find(|field| field.key == *key);
        let missing: Vec<(&str, &str)> = report
            .missing_header
            .iter()
            .filter(|key| field(key).is_none_or(|field| field.required))
            .map(|key| {
                (
                    key.as_str(),
                    field(key).map_or(key.as_str(), |field| &field.label),
                )
            })
            .collect();
        // A report without a header is one mistake, and not one for each row.
        let required = fields.iter().filter(|field| field.required).count();
        if missing.len() > 1 && missing.len() >= required {
            let labels: Vec<String> = missing
                .iter()
                .map(|(_, label)| format!("“{label}”"))
                .collect();
            let labels = Tongue::English.list(&labels);
            findings.push(RULE.at(
                place,
                format!("The report has no header: {labels} are missing"),
            ));
            continue;
        }
        findings.extend(missing.into_iter().map(|(key, label)| {
            RULE.at(
                place,
                format!("The header row “{label}” is missing: there is no `{key}`"),
            )
        }));
    }
    findings
}
