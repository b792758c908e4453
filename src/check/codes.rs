//! Codes in `[check]` that no finding has: a misspelt code would otherwise set the severity of
//! nothing.

use std::collections::BTreeMap;

use super::rules;
use crate::finding::{Code, Finding, Span};

/// A severity set for a code that no finding has.
pub const UNKNOWN_RULE: Code = Code("unknown-rule");

/// The severities, by code with their places, whose code is unknown but close to that of a rule or of
/// one of the `others`.
pub fn misspelt(places: &BTreeMap<String, Span>, others: &[Code]) -> Vec<Finding> {
    let known: Vec<&str> = rules::RULES
        .iter()
        .map(|rule| rule.code.0)
        .chain(others.iter().map(|code| code.0))
        .collect();
    places
        .iter()
        .filter(|(written, _)| !known.contains(&written.as_str()))
        .filter_map(|(written, &span)| {
            let near = known
                .iter()
                .map(|known| (strsim::osa_distance(written, known), known))
                .filter(|&(distance, _)| distance <= written.len().div_ceil(4))
                .min()?
                .1;
            Some(
                Finding::warning(UNKNOWN_RULE, span, format!("No rule is called `{written}`"))
                    .label(format!("did you mean `{near}`?"))
                    .help("`pack rules` lists them all"),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::FileId;

    #[test]
    fn a_slip_is_answered_and_a_known_code_is_not() {
        let at = Span::new(FileId(0), 0, 4);
        let places = [
            "doubled-wrod",
            "doubled-word",
            "file-missing",
            "page-made-smaller",
        ]
        .into_iter()
        .map(|code| (code.to_owned(), at))
        .collect();
        let said: Vec<String> = misspelt(&places, &[Code("file-missing")])
            .into_iter()
            .map(|finding| finding.message)
            .collect();
        assert_eq!(said, ["No rule is called `doubled-wrod`"]);
    }
}
