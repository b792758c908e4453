//! Who may see a document, as its table says. What cannot be understood is never public.

use super::codes;
use super::nearest::nearest;
use super::table::{Table, Unknown};
use super::withholding::{THREE_LINES, WITHHOLDING, meant_by, says};
use crate::finding::{Finding, Span, Spanned};
use crate::model::Access;

/// Keys of other programs that say who may see something, depending on their value.
const AUDIENCE: [&str; 12] = [
    "audience",
    "circulation",
    "classification",
    "edition",
    "open",
    "public",
    "publication",
    "publish",
    "release",
    "security",
    "status",
    "visibility",
];

/// The place of an unknown key that seems to withhold what the table describes: `exempt = true`,
/// `visibility = "members"`. It is reported here.
pub(super) fn meant_by_unknown_key(table: &Table<'_>, help: &str) -> Option<Span> {
    let meant = table.unknown().into_iter().find(withholds)?;
    table.answered(&meant.key.value);
    table.note(
        Finding::error(
            codes::ACCESS_UNCLEAR,
            meant.key.span,
            meant_by(&meant.key.value),
        )
        .help(help),
    );
    Some(meant.key.span)
}

/// Keys that cite an exemption and do not say so.
const CITING: [&str; 4] = ["paragraph", "paragraphs", "para", "paras"];

fn withholds(unknown: &Unknown) -> bool {
    let key = unknown.key.value.to_lowercase().replace('_', "-");
    let denied = unknown.flag == Some(false)
        || matches!(
            unknown.text.as_deref(),
            Some("no" | "No" | "false" | "none" | "None")
        );
    if CITING.contains(&key.as_str()) || unknown.holds.iter().any(|key| key == "access") {
        return true;
    }
    if AUDIENCE.contains(&key.as_str()) {
        let text = unknown.text.as_deref().unwrap_or_default();
        return denied || says(text) || text.eq_ignore_ascii_case("members");
    }
    let near = || nearest(&key, WITHHOLDING.into_iter().filter(|word| word.len() > 5)).is_some();
    !denied && (says(&key) || near())
}

/// The access that a table states, if it does.
pub(super) fn stated(table: &Table<'_>) -> Option<Access> {
    let word = table.spanned_text("access");
    let paragraphs = table.wholes("exempt-paragraphs");
    let public_interest = table
        .text("public-interest")
        .filter(|reason| !reason.is_empty());
    let span = table.value_span("access");
    let withheld_already = word
        .as_ref()
        .is_some_and(|word| matches!(word.value.as_str(), "exempt" | "confidential"));
    if !withheld_already && let Some(span) = meant_by_unknown_key(table, THREE_LINES) {
        return Some(Access::Confidential { span: Some(span) });
    }
    let Some(word) = word else {
        if table.has("access") || table.misspelt("access") {
            return Some(Access::Confidential { span });
        }
        if paragraphs.is_some() || public_interest.is_some() {
            let place = table
                .key_span("exempt-paragraphs")
                .or_else(|| table.key_span("public-interest"))
                .unwrap_or(table.span());
            table.note(
                Finding::error(
                    codes::ACCESS_UNCLEAR,
                    place,
                    "This says why it is exempt, but nothing says that it is exempt",
                )
                .help("Add access = \"exempt\", with exempt-paragraphs = [3] and public-interest = \"…\" beside it; or remove this line"),
            );
            // Nothing else is asked of it until that is settled.
            return Some(Access::Confidential { span: Some(place) });
        }
        return None;
    };
    Some(match word.value.as_str() {
        "public" => {
            if let Some(place) = table.key_span("exempt-paragraphs") {
                table.note(
                    Finding::error(
                        codes::ACCESS_UNCLEAR,
                        place,
                        "This cites an exemption for something that is marked as public",
                    )
                    .related(word.span, "marked as public here")
                    .help("Write access = \"exempt\", or remove this line"),
                );
                return Some(exempt(paragraphs, public_interest, &word));
            }
            Access::Public
        }
        "exempt" => exempt(paragraphs, public_interest, &word),
        "confidential" => Access::Confidential { span },
        _ => {
            table.unknown_word("access", &word, Access::WORDS.into_iter());
            Access::Confidential { span }
        }
    })
}

fn exempt(
    paragraphs: Option<Vec<u8>>,
    public_interest: Option<String>,
    word: &Spanned<String>,
) -> Access {
    Access::Exempt {
        paragraphs: paragraphs.unwrap_or_default(),
        public_interest,
        span: Some(word.span),
    }
}

/// What a document belongs to, as far as that decides who may see it.
pub(super) struct Outer<'a> {
    /// The widest access that it can have.
    pub(super) most: &'a Access,
    /// Its access if it does not state one.
    pub(super) unless_stated: &'a Access,
    /// The paper that `unless_stated` comes from, if the clerk should know.
    pub(super) taken_from: Option<Span>,
}

impl<'a> Outer<'a> {
    /// A single document or item around it.
    pub(super) fn of(access: &'a Access) -> Self {
        Self {
            most: access,
            unless_stated: access,
            taken_from: None,
        }
    }
}

/// The access of a document inside another: its own if it states one, otherwise the outer one. A
/// document that is marked as public inside one that is not gets the outer one, and a finding.
pub(super) fn within(outer: &Outer<'_>, stated: Option<Access>, table: &Table<'_>) -> Access {
    match stated {
        None => {
            if let Some(paper) = outer.taken_from {
                table.note(
                    Finding::warning(
                        codes::WITHHELD_WITH_REPORT,
                        table.span(),
                        "This appendix is withheld, because a paper of its item is",
                    )
                    .related(paper, "this paper is not public")
                    .help(if outer.most.is_public() {
                        "Say who may see it: add access = \"public\", or access = \"exempt\" with its reason"
                    } else {
                        "Add access = \"exempt\" with its reason if that is right, or move it to a separate item"
                    }),
                );
            }
            outer.unless_stated.clone()
        }
        Some(stated) => {
            if stated.is_public() && !outer.most.is_public() {
                let place = table.value_span("access").unwrap_or(table.span());
                table.note(
                    Finding::error(
                        codes::PUBLIC_INSIDE_EXEMPT,
                        place,
                        "This is marked as public, but what it belongs to is not public",
                    )
                    .label("withheld with the rest")
                    .help("Move it to a separate item, or remove this line"),
                );
            }
            stated.within(outer.most).clone()
        }
    }
}
