//! A paper that has changed since it was published.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Place, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("published-source-changed"),
    severity: Severity::Note,
    room: Room::Published,
    summary: "A paper has changed since it was published",
    explanation: "Each file is compared with the SHA-256 in `published.toml`. A change reaches nobody until \
                  it is issued: what was published stays as it was.",
    basis: "Practice: a correction is issued, and says what it replaces.",
    example: "04-report.md was changed after the pack went out",
    remedy: "Issue it (pack build --supplement; pack diff shows what changed), or put the paper back",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(record) = subject.published() else {
        return Vec::new();
    };
    let documents = record.issues().flat_map(|issued| &issued.documents);
    let latest = documents.filter(|document| record.latest(&document.key) == Some(*document));
    latest
        .filter_map(|document| {
            let (source, published) = document.source.as_ref()?;
            let now = subject.context.hashes.get(source)?;
            (now != published).then(|| {
                RULE.at(
                    Place::File(source.0.clone()),
                    format!(
                        "{} has changed since it was published on {}",
                        source.file_name(),
                        document.pages
                    ),
                )
            })
        })
        .collect()
}
