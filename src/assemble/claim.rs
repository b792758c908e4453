//! What the pack may claim about itself. It claims PDF/UA or PDF/A only if every part claims it and
//! passes all the checks that can be made here. If a part does not, the reasons go into the
//! accessibility ledger.

use super::imported::Imported;
use super::outcome::{Claims, NoteKind, PartFacts};
use super::plan::{Claim, Plan};
use crate::model::PdfFacts;

/// Whether a part may claim PDF/UA-1, or the reasons why not.
pub(super) fn pdf_ua(
    facts: &PdfFacts,
    imported: &Imported,
    lang: Option<&str>,
) -> Result<(), Vec<String>> {
    let broken = imported.notes.contains(&NoteKind::StructureRepaired);
    let broken = broken.then_some("Some of its tags were broken.");
    let missing = facts.missing_for_ua(lang);
    let faults = imported.tags.faults.iter().map(String::as_str);
    let faults = faults.filter(|fault| !missing.contains(fault));
    reasons(missing.iter().copied().chain(broken).chain(faults))
}

/// Whether a part may claim PDF/A-2, or the reasons why not.
pub(super) fn pdf_a(facts: &PdfFacts) -> Result<(), Vec<String>> {
    reasons(facts.missing_for_archive().into_iter())
}

fn reasons<'a>(missing: impl Iterator<Item = &'a str>) -> Result<(), Vec<String>> {
    let reasons: Vec<String> = missing.map(str::to_owned).collect();
    if reasons.is_empty() {
        Ok(())
    } else {
        Err(reasons)
    }
}

/// What the whole pack may claim, given its parts.
pub(super) fn decide(plan: &Plan, parts: &[PartFacts], has_intent: bool) -> Claims {
    if plan.claim == Claim::Never {
        return Claims::default();
    }
    let said = !plan.metadata.title.is_empty() && !plan.metadata.language.is_empty();
    let tagged_throughout = parts.iter().all(|part| {
        part.facts
            .claims_archive
            .as_deref()
            .is_some_and(|claim| claim.ends_with('a'))
    });
    let pdf_ua = said && parts.iter().all(|part| part.pdf_ua.is_ok());
    // Level A also promises tags, so every part must have it.
    let pdf_a =
        plan.password.is_none() && has_intent && parts.iter().all(|part| part.pdf_a.is_ok());
    Claims {
        pdf_ua,
        pdf_a,
        pdf_a_tagged: pdf_a && pdf_ua && tagged_throughout,
    }
}
