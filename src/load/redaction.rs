//! Boxes of a PDF whose content is removed before anything else in it is read. If a box cannot be
//! understood, the whole file is left out: no draft may hold what somebody meant to remove.

use super::codes;
use super::named::{Boxes, Named, TextKind};
use super::notes::Notes;
use super::table::Table;
use crate::finding::{Finding, Spanned};
use crate::model::{Acceptance, PageSelection, Suspect};
use crate::pdf::{RedactionBox, Removed};

/// The boxes that a table lists as `redact`; `None` if they cannot be understood.
pub(super) fn read(table: &Table<'_>) -> Option<Boxes> {
    let listed = table.tables("redact");
    if listed.is_empty() {
        return (!table.has("redact") && !table.misspelt("redact")).then(Vec::new);
    }
    listed.into_iter().map(redaction).collect()
}

fn redaction(table: Table<'_>) -> Option<Spanned<RedactionBox>> {
    for key in ["page", "box"] {
        if !table.has(key) {
            table.note(
                Finding::error(
                    codes::MISSING_KEY,
                    table.span(),
                    format!("This redaction has no `{key}`"),
                )
                .help("Write { page = 3, box = [72, 100, 200, 20] }: points from the left and from the top of the page, width and height"),
            );
        }
    }
    let page = table.whole("page");
    let sides = table.numbers("box");
    let span = table.span();
    let whole = match (page, sides.as_deref()) {
        (Some(page), Some(&[x, y, width, height])) => Some(Spanned::new(
            RedactionBox {
                page,
                x,
                y,
                width,
                height,
            },
            span,
        )),
        (_, Some(sides)) if sides.len() != 4 => {
            table.note(
                Finding::error(
                    codes::OUT_OF_RANGE,
                    table.value_span("box").unwrap_or(span),
                    format!("A box has four numbers, and this has {}", sides.len()),
                )
                .help("Write points from the left and from the top of the page, width and height"),
            );
            None
        }
        _ => None,
    };
    table.finish();
    whole
}

/// The acceptance of hidden words that everybody may read.
pub(super) fn acceptance(table: &Table<'_>) -> Option<Acceptance> {
    let of = table.text("accept-redaction-of");
    let reason = table.reason("accept-redaction")?;
    Some(Acceptance { reason, of })
}

/// A short hash of a file and the places of hidden words in it, by which a clerk accepts them; empty if
/// there are none.
pub(super) fn fingerprint(sha256: &str, suspects: &[Suspect]) -> String {
    let places: String = suspects
        .iter()
        .filter(|suspect| suspect.kind.stops_publication())
        .map(|suspect| {
            format!(
                "{:?} {:?} {:?}\n",
                suspect.kind, suspect.page, suspect.bounds
            )
        })
        .collect();
    if places.is_empty() {
        return String::new();
    }
    let mut name = super::disk::sha256(format!("{sha256}\n{places}").as_bytes());
    name.truncate(12);
    name
}

/// Reports boxes in anything other than a PDF. Returns whether there is nothing to report.
pub(super) fn only_for_pdf(named: &Named, boxes: &Boxes, notes: &Notes) -> bool {
    let Some(first) = boxes.first() else {
        return true;
    };
    let text = TextKind::of(&named.name).is_some();
    if text {
        notes.add(
            Finding::error(
                codes::KEYS_AT_ODDS,
                first.span,
                "Only a PDF can be redacted with boxes",
            )
            .help("Remove the words from the file itself, and remove this line"),
        );
    }
    !text
}

/// Reports boxes that removed nothing, pictures that were removed whole, and removed words that can still
/// be read elsewhere on the pages in the pack.
pub(super) fn tell(named: &Named, removed: &[Removed], taken: &PageSelection, notes: &Notes) {
    for (wanted, removed) in named.redact.iter().zip(removed) {
        let page = wanted.value.page;
        if !taken.takes(page) {
            notes.add(
                Finding::warning(
                    codes::REDACTION_EMPTY,
                    wanted.span,
                    format!("This box is on page {page}, which is not in the pack, so it removes nothing"),
                )
                .help("Count the pages of the whole file, not only those in the pack; correct the page of the box, or remove it"),
            );
            continue;
        }
        let nothing = removed.text.trim().is_empty()
            && removed.images + removed.paths + removed.annotations == 0;
        if nothing {
            notes.add(
                Finding::warning(
                    codes::REDACTION_EMPTY,
                    wanted.span,
                    format!("There was nothing in this box on page {page}"),
                )
                .help("Correct the page or the box: points from the left and from the top of the page as it is shown, width and height"),
            );
        }
        if removed.whole_images > 0 {
            notes.add(
                Finding::warning(
                    codes::REDACTED_PICTURE_WHOLE,
                    wanted.span,
                    format!("A whole picture was removed from page {page}, because no part of it could be removed alone"),
                )
                .help("Look at the page. To keep the rest, have the paper scanned again as a JPEG or PNG, and redact that"),
            );
        }
        let elsewhere: Vec<String> = removed
            .elsewhere
            .iter()
            .filter(|page| taken.takes(**page))
            .map(u32::to_string)
            .collect();
        if !elsewhere.is_empty() {
            notes.add(
                Finding::warning(
                    codes::REDACTED_WORDS_ELSEWHERE,
                    wanted.span,
                    format!(
                        "The words removed from page {page} can still be read on page {}",
                        elsewhere.join(", ")
                    ),
                )
                .help("Add a box for each place, unless they may stay there"),
            );
        }
    }
}
