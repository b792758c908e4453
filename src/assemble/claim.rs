//! What the pack may say of itself. It says that it conforms to PDF/UA or PDF/A only where every
//! part says so of itself and keeps all that can be checked here; the reasons why not are told
//! part by part, in words for the accessibility ledger.

use super::facts::Facts;
use super::import::Imported;
use super::plan::{Claim, Claims, NoteKind, Origin, PartFacts, Plan};

/// Why a part does not earn PDF/UA-1; nothing when it does.
pub(super) fn pdf_ua(
    facts: &Facts,
    imported: &Imported,
    origin: Origin,
    lang: Option<&str>,
) -> Result<(), Vec<String>> {
    let mut reasons = Vec::new();
    let mut demand = |holds: bool, reason: &str| {
        if !holds {
            reasons.push(reason.to_owned());
        }
    };
    demand(facts.tagged, "It has no tags.");
    demand(facts.pdf_ua, "It does not say that it conforms to PDF/UA.");
    if facts.tagged {
        demand(
            !facts.suspects,
            "It says itself that its tags may be wrong.",
        );
        demand(
            facts.lang.is_some() || lang.is_some(),
            "It does not say its language.",
        );
        demand(
            facts.headings_in_order(),
            "Its headings do not begin at level 1, or skip a level.",
        );
        demand(
            facts.figures_without_alt == 0,
            "A figure has no alternative text.",
        );
        demand(
            !imported.notes.contains(&NoteKind::StructureRepaired),
            "Some of its tags were broken.",
        );
    }
    demand(
        facts.fonts_not_embedded.is_empty(),
        "A font is not embedded.",
    );
    if origin == Origin::Attachment {
        demand(
            facts.pages.iter().all(|page| page.readable),
            "The content of a page could not be read.",
        );
        if facts.tagged {
            demand(
                facts.pages.iter().all(|page| !page.unmarked),
                "Something on a page is neither tagged nor marked as decoration.",
            );
            demand(
                facts.pages.iter().all(|page| !page.nested),
                "Something tagged stands inside decoration, or the reverse.",
            );
            demand(
                facts
                    .pages
                    .iter()
                    .all(|page| page.annotations_untagged == 0),
                "A link or comment has no place in the tags.",
            );
            demand(
                facts.pages.iter().all(|page| page.links_undescribed == 0),
                "A link has no description.",
            );
        }
    }
    if reasons.is_empty() {
        Ok(())
    } else {
        Err(reasons)
    }
}

/// Why a part does not earn PDF/A-2; nothing when it does.
pub(super) fn pdf_a(facts: &Facts) -> Result<(), Vec<String>> {
    let mut reasons = Vec::new();
    // A part 3 file is a part 2 file but for its embedded files, which stay behind.
    if !facts
        .pdf_a
        .as_deref()
        .is_some_and(|claim| claim.starts_with(['1', '2', '3']))
    {
        reasons.push("It does not say that it conforms to PDF/A.".to_owned());
    }
    if !facts.fonts_not_embedded.is_empty() {
        reasons.push("A font is not embedded.".to_owned());
    }
    if facts.repaired {
        reasons.push("It had to be repaired.".to_owned());
    }
    if reasons.is_empty() {
        Ok(())
    } else {
        Err(reasons)
    }
}

/// Takes the claim from parts that cannot stand beside the others: headings without levels where
/// those of other parts have levels (Matterhorn Protocol 14-007).
pub(super) fn hold_together(parts: &mut [PartFacts]) {
    let any = |parts: &[PartFacts], of: fn(u8) -> bool| {
        let mut headings = parts.iter().flat_map(|part| &part.facts.headings);
        headings.any(|&level| of(level))
    };
    if !any(parts, |level| level == 0) || !any(parts, |level| level > 0) {
        return;
    }
    for part in parts {
        if part.facts.headings.contains(&0) {
            let reason = "Its headings have no levels, and those of other parts have.".to_owned();
            match &mut part.pdf_ua {
                Ok(()) => part.pdf_ua = Err(vec![reason]),
                Err(reasons) => reasons.push(reason),
            }
        }
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
            .pdf_a
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
