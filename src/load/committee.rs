//! `committees/<id>.toml`: one body, its membership, its clerk and its standing distribution.

use super::codes;
use super::keys;
use super::nearest::nearest;
use super::notes::Notes;
use super::notices;
use super::people;
use super::table::Table;
use crate::finding::{Finding, Spanned};
use crate::model::distribution::OwnCopy;
use crate::model::{
    Audience, Binding, Body, BodyKind, Copy, CopyForm, Holds, Member, MemberRole, PrintSize,
    Recipient,
};

/// The most members of a body; no council has a tenth as many.
const MOST_MEMBERS: usize = 2_000;

/// The body that a committee's file describes; `None` if it has no name.
pub(super) fn read(id: &str, root: Table<'_>, notes: &Notes) -> Option<Body> {
    let name = root.required_text("name");
    let kind = root.word("kind", &BodyKind::WORDS);
    let minute_number = root.text("minute-number");
    let clerk = root.table("clerk").and_then(people::contact_table);
    let mut members = root.tables("member");
    hold_members(&mut members, notes);
    let members: Vec<Member> = members.into_iter().map(member).collect();
    let notices = notices::read(&root);
    let copies = copies(&root, &members, notes);
    root.finish();
    let name = name?;
    Some(Body {
        id: id.to_owned(),
        span: name.span,
        name: name.value,
        kind: kind.unwrap_or(BodyKind::Committee),
        minute_number,
        clerk,
        members,
        notices,
        copies,
    })
}

/// Reports a body with more members than any body has, and leaves out the rest.
fn hold_members(members: &mut Vec<Table<'_>>, notes: &Notes) {
    if let Some(first) = members.get(MOST_MEMBERS) {
        notes.add(
            Finding::error(
                codes::TEXT_TOO_LONG,
                first.span(),
                format!(
                    "This body has {} members, and none has more than {MOST_MEMBERS}",
                    members.len()
                ),
            )
            .help("List those who sit on it; anybody else who gets a pack goes under [[copy]]"),
        );
    }
    members.truncate(MOST_MEMBERS);
}

fn member(table: Table<'_>) -> Member {
    let vacant = table.flag("vacant").unwrap_or(false);
    let name = if vacant {
        if let Some(name) = table.spanned_text("name") {
            table.note(
                Finding::error(
                    codes::KEYS_AT_ODDS,
                    name.span,
                    "A vacant place cannot have a name",
                )
                .help("Remove the name, or remove vacant = true"),
            );
        }
        None
    } else {
        table.required_text("name").map(|name| name.value)
    };
    let role = table.word("role", &MemberRole::WORDS);
    let member = Member {
        name,
        id: table.text("id"),
        style: table.text("style"),
        role: role.unwrap_or(MemberRole::Member),
        represents: table.text("represents"),
        voting: table.flag("voting"),
        honours: table.text("honours"),
        portfolio: table.text("portfolio"),
        party: table.text("party"),
        address: table.texts("address").unwrap_or_default(),
        span: table.span(),
    };
    table.finish();
    member
}

/// The lines of a distribution list under `[[copy]]`.
pub(super) fn copies(root: &Table<'_>, members: &[Member], notes: &Notes) -> Vec<Copy> {
    listed(root, members, false, notes)
        .into_iter()
        .map(|(copy, _)| copy)
        .collect()
}

/// The standing list with the lines of a meeting's own `[[copy]]`.
pub(super) fn copies_of_meeting(root: &Table<'_>, body: &Body, notes: &Notes) -> Vec<Copy> {
    let mut copies = body.copies.clone();
    let own = listed(root, &body.members, true, notes);
    for (copy, standing) in &own {
        let first = body.copies.iter().find(|other| other.to.is(&copy.to));
        match (first, standing) {
            (Some(_), Some(OwnCopy::Replaced)) => copies.retain(|other| !other.to.is(&copy.to)),
            (Some(first), None) => {
                let place = copy.span.unwrap_or(root.span());
                let finding = Finding::warning(
                    codes::COPY_TWICE,
                    place,
                    format!(
                        "{} has a standing copy, and this does not say whether it replaces that one; both are made",
                        copy.to.name(body)
                    ),
                )
                .help("Add standing = \"replace\", or standing = \"add\" for a further copy");
                notes.add(match first.span {
                    Some(span) => finding.related(span, "the standing copy"),
                    None => finding,
                });
            }
            _ => {}
        }
    }
    copies.extend(own.into_iter().map(|(copy, _)| copy));
    copies
}

fn listed(
    root: &Table<'_>,
    members: &[Member],
    of_meeting: bool,
    notes: &Notes,
) -> Vec<(Copy, Option<OwnCopy>)> {
    root.tables("copy")
        .into_iter()
        .filter_map(|table| {
            let to = table.required_text("to");
            let edition = table.word("edition", &Audience::WORDS);
            let print = print(&table);
            let form = table.word("form", &CopyForm::WORDS);
            let binding = binding(&table, form, edition);
            let copies = table.whole("copies").unwrap_or(1);
            let address = table.texts("address");
            let standing = of_meeting
                .then(|| table.word("standing", &OwnCopy::WORDS))
                .flatten();
            let span = table.span();
            table.finish();
            let to = recipient(members, &to?, notes);
            let (own_edition, own_address) = match to {
                Recipient::Member(index) => (Audience::Members, members[index].address.clone()),
                Recipient::Other(_) => (Audience::Public, Vec::new()),
            };
            let copy = Copy {
                to,
                edition: match binding.holds {
                    Holds::Exempt => Audience::Members,
                    _ => edition.unwrap_or(own_edition),
                },
                print,
                form: form.unwrap_or(CopyForm::Pdf),
                binding,
                copies,
                address: address.unwrap_or(own_address),
                span: Some(span),
            };
            Some((copy, standing))
        })
        .collect()
}

fn recipient(members: &[Member], to: &Spanned<String>, notes: &Notes) -> Recipient {
    match people::member(members, to, notes) {
        Some(index) => Recipient::Member(index),
        None => Recipient::Other(to.value.clone()),
    }
}

/// What a copy holds of the pack, and how it is bound; a web page always holds the whole.
fn binding(table: &Table<'_>, form: Option<CopyForm>, edition: Option<Audience>) -> Binding {
    let binding = Binding {
        holds: holds(table, edition),
        notes: table.flag("notes").unwrap_or_default(),
        volume_pages: table.whole("volume-pages"),
    };
    if form == Some(CopyForm::Html) && !binding.is_whole() {
        table.note(
            Finding::error(
                codes::OUT_OF_RANGE,
                table.span(),
                "A web page always holds the whole pack: `items`, `holds`, `notes` and `volume-pages` are for PDFs and paper",
            )
            .help("Remove them, or write form = \"paper\" or form = \"pdf\""),
        );
        return Binding::default();
    }
    binding
}

/// What a copy holds of the pack.
fn holds(table: &Table<'_>, edition: Option<Audience>) -> Holds {
    let word = table.word("holds", &keys::HOLDS);
    let items = table.texts("items").unwrap_or_default();
    let items: Vec<String> = items
        .into_iter()
        .map(|number| number.trim().trim_end_matches('.').to_owned())
        .filter(|number| !number.is_empty())
        .collect();
    match (word, items.is_empty()) {
        (None, true) => Holds::Whole,
        (None, false) => Holds::Items(items),
        (Some(_), false) => {
            table.note(
                Finding::error(
                    codes::KEYS_AT_ODDS,
                    table.span(),
                    "A copy holds the items that `items` names, or what `holds` says, not both",
                )
                .help("Remove one of them, or make it two copies"),
            );
            Holds::Items(items)
        }
        (Some(false), true) => Holds::Agenda,
        (Some(true), true) if edition == Some(Audience::Public) => {
            table.note(
                Finding::error(
                    codes::KEYS_AT_ODDS,
                    table.span(),
                    "A public copy cannot hold the exempt papers",
                )
                .help("Write edition = \"members\", or remove `holds`"),
            );
            Holds::Whole
        }
        (Some(true), true) => Holds::Exempt,
    }
}

fn print(table: &Table<'_>) -> PrintSize {
    if let Some(size) = table.unquoted_number("print") {
        table.note(
            Finding::error(
                codes::WRONG_TYPE,
                size.span,
                "A size of print is written with its unit, between quotation marks",
            )
            .help(format!("Write print = \"{}pt\"", size.value)),
        );
        return PrintSize::Standard;
    }
    let Some(word) = table.spanned_text("print") else {
        return PrintSize::Standard;
    };
    PrintSize::parse(&word).unwrap_or_else(|| {
        let finding = Finding::error(
            codes::OUT_OF_RANGE,
            word.span,
            format!("`print` cannot be “{}”", word.value),
        )
        .help("It is “standard”, “large”, “giant”, or a size from “16pt” to “40pt”");
        table.note(match nearest(&word, ["standard", "large", "giant"]) {
            Some(near) => finding.label(format!("did you mean “{near}”?")),
            None => finding,
        });
        PrintSize::Standard
    })
}
