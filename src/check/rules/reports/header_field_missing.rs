//! A row of the header table that is not there.

use crate::check::sections::{lacks_header, missing_rows, recommends, states_background_papers};
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
    let layout = &subject.meeting.council.report;
    let label = |key: &str| {
        let field = layout.header.iter().find(|field| field.key == key);
        field.map_or(key.to_owned(), |field| field.label.clone())
    };
    let mut findings = Vec::new();
    for (_, _, report) in subject.reports() {
        let place = report.subject.as_ref().map_or(report.span, |s| s.span);
        // A report without a header is one mistake, not one for each row.
        if let Some(missing) = lacks_header(report, layout) {
            let rows = missing.iter().map(|key| format!("“{}”", label(key)));
            let mut rows: Vec<String> = rows.collect();
            if !recommends(report, layout) {
                rows.push("recommendations".to_owned());
            }
            if !states_background_papers(report) {
                rows.push("background papers".to_owned());
            }
            let rows = Tongue::English.list(&rows);
            findings.push(RULE.at(
                place,
                format!("The report has no header: {rows} are missing"),
            ));
            continue;
        }
        findings.extend(missing_rows(report, layout).map(|key| {
            RULE.at(
                place,
                format!(
                    "The header row “{}” is missing: there is no `{key}`",
                    label(key)
                ),
            )
        }));
    }
    findings
}
