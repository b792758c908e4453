//! People: contacts, and names matched to a body's members.

use super::codes;
use super::notes::Notes;
use super::table::{Mixed, Table};
use crate::finding::{Finding, Span, Spanned};
use crate::model::{Attendee, Contact, Member, Movement, names};

/// A contact: a name alone, or a table with post, unit, phone and e-mail.
pub(super) fn contact(entry: Mixed<'_>) -> Option<Contact> {
    match entry {
        Mixed::Text(name) if name.is_empty() => None,
        Mixed::Text(name) => Some(Contact {
            span: Some(name.span),
            name: name.value,
            ..Contact::default()
        }),
        Mixed::Table(table) => contact_table(table),
    }
}

/// A contact written as a table.
pub(super) fn contact_table(table: Table<'_>) -> Option<Contact> {
    let contact = Contact {
        name: table
            .required_text("name")
            .map(|name| name.value)
            .unwrap_or_default(),
        post: table.text("post"),
        unit: table.text("unit"),
        phone: table.text("phone"),
        email: table.text("email"),
        span: Some(table.span()),
    };
    table.finish();
    (!contact.name.is_empty()).then_some(contact)
}

/// The first contact under a key, if there is one.
pub(super) fn one(table: &Table<'_>, key: &str) -> Option<Contact> {
    table.mixed(key)?.into_iter().find_map(contact)
}

/// All contacts under a key.
pub(super) fn all(table: &Table<'_>, key: &str) -> Vec<Contact> {
    table
        .mixed(key)
        .unwrap_or_default()
        .into_iter()
        .filter_map(contact)
        .collect()
}

/// The lines in which a contact is printed in a header table.
pub(super) fn lines(contact: &Contact) -> Vec<String> {
    let mut first = contact.name.clone();
    for part in [&contact.post, &contact.unit].into_iter().flatten() {
        first.push_str(", ");
        first.push_str(part);
    }
    let mut lines = vec![first];
    lines.extend(contact.phone.clone());
    lines.extend(contact.email.clone());
    lines
}

/// A contact as people write it: a name with a post after it, then lines with a telephone number and
/// an e-mail address.
pub(super) fn from_lines(lines: &Spanned<Vec<String>>) -> Option<Contact> {
    let (first, rest) = lines.value.split_first()?;
    let mut words = first.split(',').map(|part| part.trim().to_owned());
    let mut contact = Contact {
        name: words.next()?,
        post: words.next().filter(|post| !post.is_empty()),
        unit: words.next().filter(|unit| !unit.is_empty()),
        span: Some(lines.span),
        ..Contact::default()
    };
    for line in rest {
        let digits = line.bytes().filter(u8::is_ascii_digit).count();
        let place = if line.contains('@') {
            &mut contact.email
        } else if digits >= 6 {
            &mut contact.phone
        } else if contact.post.is_none() {
            &mut contact.post
        } else {
            &mut contact.unit
        };
        place.get_or_insert_with(|| line.clone());
    }
    (!contact.name.is_empty()).then_some(contact)
}

/// The names under a key, each matched to the members.
pub(super) fn attendees(
    table: &Table<'_>,
    key: &str,
    members: &[Member],
    notes: &Notes,
) -> Vec<Attendee> {
    let mut entries = table.mixed(key).unwrap_or_default();
    if let [Mixed::Text(only)] = entries.as_slice()
        && let Some(names) = names_in_one(only, members)
    {
        let list: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        let message = if list.is_empty() {
            "If there is nobody, this is an empty list"
        } else {
            "Each name needs its own quotation marks"
        };
        table.note(
            Finding::error(codes::WRONG_TYPE, only.span, message)
                .help(format!("Write {key} = [{}]", list.join(", "))),
        );
        let place = only.span;
        let apart = names
            .into_iter()
            .map(|name| Mixed::Text(Spanned::new(name, place)));
        entries = apart.collect();
    }
    entries
        .into_iter()
        .filter_map(|entry| Some(named(entry, &|_| (), members, notes)?.0))
        .collect()
}

/// The names in a text that should be a list: "Adeyemi, Charlotte Ward-Lewis", "None"; `None` if it is one
/// name.
fn names_in_one(text: &str, members: &[Member]) -> Option<Vec<String>> {
    let lower = text.to_lowercase();
    if matches!(
        lower.trim_end_matches('.'),
        "none" | "nil" | "n/a" | "no apologies" | "dim"
    ) {
        return Some(Vec::new());
    }
    let is_member = members
        .iter()
        .any(|member| member.name.as_deref() == Some(text));
    let names: Vec<String> = text
        .split([',', ';'])
        .flat_map(|part| part.split(" and "))
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(ToOwned::to_owned)
        .collect();
    // "Jo Field, Director of Housing" is one person.
    let last = |name: &str| name.rsplit(' ').next().unwrap_or(name).to_lowercase();
    let of_members = names.iter().filter(|name| {
        let mut surnames = members.iter().filter_map(|member| member.name.as_deref());
        surnames.any(|member| last(member) == last(name))
    });
    (!is_member && of_members.count() > 1).then_some(names)
}

/// The same, with the time when each came or left.
pub(super) fn movements(
    table: &Table<'_>,
    key: &str,
    members: &[Member],
    notes: &Notes,
) -> Vec<Movement> {
    let entries = table.mixed(key).unwrap_or_default().into_iter();
    let when = |table: &Table<'_>| (table.time("time"), table.text("item"));
    entries
        .filter_map(|entry| {
            let (who, when) = named(entry, &when, members, notes)?;
            let (time, item) = when.unwrap_or_default();
            Some(Movement { who, time, item })
        })
        .collect()
}

/// An attendee, and `more` of the table, if the entry is a table.
fn named<T>(
    entry: Mixed<'_>,
    more: &dyn Fn(&Table<'_>) -> T,
    members: &[Member],
    notes: &Notes,
) -> Option<(Attendee, Option<T>)> {
    let (name, printed, more) = match entry {
        Mixed::Text(name) => (name, None, None),
        Mixed::Table(table) => {
            let name = table.required_text("name");
            let (printed, more) = (table.text("as"), more(&table));
            table.finish();
            (name?, printed, Some(more))
        }
    };
    if name.is_empty() {
        return None;
    }
    let who = Attendee {
        member: member(members, &name, notes),
        name: name.value,
        printed,
        span: name.span,
    };
    Some((who, more))
}

/// The index of the member with this id, name, or style and name, ignoring case and accents; failing
/// those, the member with the same name without its style.
pub(super) fn member(
    members: &[Member],
    written: &Spanned<String>,
    notes: &Notes,
) -> Option<usize> {
    let words = names::folded(written);
    let bare = names::parts(written);
    let by = |is: &dyn Fn(&Member) -> bool| -> Vec<usize> {
        (0..members.len())
            .filter(|&index| is(&members[index]))
            .collect()
    };
    let styled = |member: &Member| match (&member.style, &member.name) {
        (Some(style), Some(name)) => names::folded(&format!("{style} {name}")) == words,
        _ => false,
    };
    let found = [
        by(&|member| member.id.as_deref() == Some(written.value.as_str())),
        by(&|member| {
            member
                .name
                .as_deref()
                .is_some_and(|name| names::folded(name) == words)
        }),
        by(&styled),
        by(&|member| {
            member
                .full_name()
                .is_some_and(|name| names::folded(&name) == words)
        }),
        by(&|member| {
            member
                .name
                .as_deref()
                .is_some_and(|name| names::parts(name) == bare)
        }),
    ]
    .into_iter()
    .find(|found| !found.is_empty())?;
    // Who is on the list twice is one person, and has a finding there.
    let first = found[0];
    let is_another = |other: &&usize| !members[first].is_same_person(&members[**other]);
    if let Some(other) = found[1..].iter().find(is_another) {
        let finding = Finding::error(
            codes::AMBIGUOUS_MEMBER,
            written.span,
            format!("“{}” could be more than one member", written.value),
        )
        .help("Give one of the members an id in the committee's file, and write that id here");
        notes.add(related(finding, members, &[first, *other]));
        return None;
    }
    Some(first)
}

fn related(mut finding: Finding, members: &[Member], indices: &[usize]) -> Finding {
    for &index in indices {
        let span: Span = members[index].span;
        finding = finding.related(span, "this member");
    }
    finding
}
