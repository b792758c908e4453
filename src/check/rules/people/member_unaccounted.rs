//! A member whom the minutes do not mention.

use std::collections::BTreeSet;

use crate::check::subject::Subject;
use crate::check::{Room, Rule, names};
use crate::finding::{Code, Finding, Severity};
use crate::model::MemberRole;
use crate::model::law;

pub(crate) const RULE: Rule = Rule {
    code: Code("member-unaccounted"),
    severity: Severity::Note,
    room: Room::People,
    summary: "A member is neither present nor among the apologies",
    explanation: "Somebody was forgotten, or was absent without apology, which after six months costs \
                  the seat. Substitutes and observers are left alone; a name that is nearly a member's \
                  counts as theirs. Minutes that list nobody are left alone.",
    basis: law::ABSENCE.basis,
    example: "A board of eleven with nine present and one apology",
    remedy: "Add the member to `present` or `apologies`, if the member was on the body then",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let members = &subject.meeting.body.members;
    let mut findings = Vec::new();
    for (_, minutes) in subject.minutes() {
        let listed = minutes.present.iter().chain(&minutes.apologies);
        let Some(place) = minutes
            .apologies
            .first()
            .or(minutes.present.last())
            .map(|attendee| attendee.span)
        else {
            continue;
        };
        let known: BTreeSet<usize> = listed
            .filter_map(|attendee| {
                attendee
                    .member
                    .or_else(|| names::nearest(&attendee.name, members))
            })
            .collect();
        if known.is_empty() {
            continue;
        }
        // Who is on the list twice is accounted for once.
        let is_known = |index: usize| {
            let mut known = known.iter();
            known.any(|&one| one == index || members[one].is_same_person(&members[index]))
        };
        for (index, member) in members.iter().enumerate() {
            let expected = !matches!(member.role, MemberRole::Substitute | MemberRole::Observer);
            if let (true, false, Some(name)) = (expected, is_known(index), member.full_name()) {
                findings.push(
                    RULE.at(
                        place,
                        format!("{name} is neither present nor among the apologies"),
                    )
                    .related(member.span, "on the membership list"),
                );
            }
        }
    }
    findings
}
