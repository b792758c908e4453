//! What the pack may claim about itself. It claims PDF/UA or PDF/A only where every part claims it
//! and passes all the checks that can be made here. Where a part does not, the reasons go into the
//! accessibility ledger.

use super::imported::Imported;
use super::outcome::{Claims, NoteKind, PartFacts};
use super::plan::{Claim, Plan};
use crate::model::PdfFacts;

/// Why a part does not earn PDF/UA-1; nothing when it does.
pub(super) fn pdf_ua(
    facts: &PdfFacts,
    imported: &Imported,
    lang: Option<&str>,
) -> Result<(), Vec<String>> {
    let broken = imported.notes.contains(&NoteKind::StructureRepaired);
    let broken = broken.then_some("Some of its tags were broken.");
    reasons(facts.missing_for_ua(lang).into_iter().chain(broken))
}

/// Why a part does not earn PDF/A-2; nothing when it does.
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

/// What the whole may claim, given its parts.
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
    // The level says whether the tags are there: A only where every part has it.
    let pdf_a =
        plan.password.is_none() && has_intent && parts.iter().all(|part| part.pdf_a.is_ok());
    Claims {
        pdf_ua,
        pdf_a,
        pdf_a_tagged: pdf_a && pdf_ua && tagged_throughout,
    }
}
