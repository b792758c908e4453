//! Finds form fields whose values are on no page: hidden, beside the page, on no page at all, or with a look
//! that shows something else.

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::model::{Suspect, SuspectKind};
use crate::pdf::Page;
use crate::pdf::content::{Interpreter, MarkKind};
use crate::pdf::field::{self, Kind, PASSWORD, appearance, inherited};
use crate::pdf::geometry::Rect;
use crate::pdf::object::{as_dict, decoded, get_array, get_name, resolve, target, text};
use crate::pdf::page::rect;

/// The most fields that are read in one file. The values of more are not judged.
const MOST: usize = 20_000;
/// The longest value that is read, in bytes.
const LONGEST: usize = 1 << 20;
/// The fewest letters of a value that counts. Forms keep numbers and marks for their own use.
const LETTERS: usize = 3;

/// A place of a field on a page.
struct Widget<'d> {
    dict: &'d Dictionary,
    page: usize,
    place: Rect,
}

/// A field with its places.
type Placed<'w, 'a> = (&'a Dictionary, Vec<&'w Widget<'a>>);

pub(super) fn suspects<'a>(doc: &'a Document, pages: &[Page<'a>]) -> Vec<Suspect> {
    let form = field::form(doc);
    let (widgets, not_read) = widgets(doc, pages);
    if form.is_none() && widgets.is_empty() {
        return Vec::new();
    }
    let stale = field::are_stale(doc);
    let mut reader = Interpreter::new(doc);
    let mut found = Vec::new();
    let (fields, are_all) = fields(doc, form, &widgets);
    // Without a place, a field is told of at the first page.
    let not_judged = not_read.or((!are_all).then_some(0));
    found.extend(not_judged.map(|page| Suspect {
        kind: SuspectKind::NotJudged,
        page: u32::try_from(page + 1).ok(),
        bounds: None,
        text: String::new(),
    }));
    for (field, own) in fields {
        let Some(value) = value(doc, field) else {
            continue;
        };
        let seen = own.iter().any(|widget| {
            let page = &pages[widget.page];
            let shown = !reader.layers().hide_annotation(doc, widget.dict)
                && !widget.place.intersect(&page.crop).is_empty();
            shown && shows(doc, &mut reader, page, field, widget, (&value, stale))
        });
        if seen {
            continue;
        }
        let place = own.first();
        found.push(Suspect {
            kind: SuspectKind::HiddenField,
            page: place.and_then(|widget| u32::try_from(widget.page + 1).ok()),
            bounds: place.map(|widget| widget.place.into()),
            text: value,
        });
    }
    found
}

/// The places of fields on the pages, by their ids, and the first page with one that is not read.
fn widgets<'a>(
    doc: &'a Document,
    pages: &[Page<'a>],
) -> (HashMap<ObjectId, Widget<'a>>, Option<usize>) {
    let mut found = HashMap::new();
    let mut not_read = None;
    for (page, on) in pages.iter().enumerate() {
        for object in get_array(doc, on.dict, b"Annots").unwrap_or_default() {
            let (Some(id), Some(dict)) = (target(doc, object), as_dict(resolve(doc, object)))
            else {
                continue;
            };
            if get_name(doc, dict, b"Subtype") != Some(b"Widget") {
                continue;
            }
            if found.len() >= MOST {
                not_read.get_or_insert(page);
            } else {
                let place = dict.get(b"Rect").ok().and_then(|it| rect(doc, it));
                let place = place.unwrap_or_default();
                found.insert(id, Widget { dict, page, place });
            }
        }
    }
    (found, not_read)
}

/// The fields that may have values, each with its places, and whether they are all. Fields that the form does not
/// list are included.
fn fields<'w, 'a>(
    doc: &'a Document,
    form: Option<&'a Dictionary>,
    widgets: &'w HashMap<ObjectId, Widget<'a>>,
) -> (Vec<Placed<'w, 'a>>, bool) {
    let listed = form.and_then(|form| get_array(doc, form, b"Fields"));
    let listed = listed
        .into_iter()
        .flatten()
        .filter_map(|it| target(doc, it));
    let mut places: Vec<_> = widgets.iter().collect();
    places.sort_unstable_by_key(|(id, _)| **id);
    // A place without a name belongs to the field above it.
    let placed = places.into_iter().map(|(id, widget)| {
        let above = widget.dict.get(b"Parent").ok();
        let above = above.filter(|_| !widget.dict.has(b"T"));
        above.and_then(|it| target(doc, it)).unwrap_or(*id)
    });
    let mut open: Vec<ObjectId> = listed.chain(placed).collect();
    open.reverse();
    let (mut met, mut found) = (HashSet::new(), Vec::new());
    while let Some(id) = open.pop() {
        if !met.insert(id) || met.len() > MOST {
            continue;
        }
        let Ok(field) = doc.get_dictionary(id) else {
            continue;
        };
        let kids: Vec<ObjectId> = get_array(doc, field, b"Kids")
            .unwrap_or_default()
            .iter()
            .filter_map(|kid| target(doc, kid))
            .collect();
        let named = |kid: &ObjectId| doc.get_dictionary(*kid).is_ok_and(|kid| kid.has(b"T"));
        if kids.iter().any(named) {
            open.extend(kids.into_iter().rev());
            continue;
        }
        let own = kids.iter().chain([&id]).filter_map(|id| widgets.get(id));
        found.push((field, own.collect()));
    }
    (found, met.len() <= MOST)
}

/// The value of a text or choice field. `None` if it has too few letters.
fn value(doc: &Document, field: &Dictionary) -> Option<String> {
    if !matches!(field::kind(doc, field)?, Kind::Text | Kind::Choice) {
        return None;
    }
    let of = |object: &Object| match object {
        Object::Stream(stream) => {
            decoded(stream, LONGEST).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        }
        other => text(other),
    };
    let plain = match inherited(doc, field, b"V") {
        Some(Object::Array(all)) => {
            let all = all.iter().filter_map(|one| of(resolve(doc, one)));
            all.collect::<Vec<_>>().join(", ")
        }
        Some(one) => of(one).unwrap_or_default(),
        None => String::new(),
    };
    let said = if plain.trim().is_empty() {
        untagged(&inherited(doc, field, b"RV").and_then(of)?)
    } else {
        plain
    };
    (letters(&said).chars().count() >= LETTERS).then(|| said.trim().to_owned())
}

/// Rich text without its tags.
fn untagged(rich: &str) -> String {
    let mut parts = rich.split('<');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once('>').map_or("", |(_, after)| after));
    }
    plain
}

/// Whether a place of a field shows its value, or a viewer would draw it there.
fn shows<'a>(
    doc: &'a Document,
    reader: &mut Interpreter<'a>,
    page: &Page<'a>,
    field: &'a Dictionary,
    widget: &Widget<'a>,
    (value, stale): (&str, bool),
) -> bool {
    let flags = inherited(doc, field, b"Ff").and_then(|flags| flags.as_i64().ok());
    if flags.unwrap_or(0) & PASSWORD != 0 {
        return false;
    }
    if stale || appearance(doc, widget.dict).is_none() {
        return true;
    }
    let content = reader.annotation(page, widget.dict);
    let shown: String = content
        .marks
        .iter()
        .filter_map(|mark| match &mark.kind {
            MarkKind::Text(run) => Some(run.text.as_str()),
            _ => None,
        })
        .collect();
    let shown = letters(&shown);
    let says = |value: &str| {
        let mut words = value
            .split(|letter: char| !letter.is_alphabetic())
            .filter(|word| word.chars().count() >= LETTERS)
            .peekable();
        // Figures may be written in another way.
        if words.peek().is_none() {
            return !shown.is_empty();
        }
        words.all(|word| shown.contains(&letters(word)))
    };
    says(value) || named(doc, field, value).is_some_and(|name| says(&name))
}

/// The words that are shown for a choice.
fn named(doc: &Document, field: &Dictionary, value: &str) -> Option<String> {
    let Object::Array(options) = inherited(doc, field, b"Opt")? else {
        return None;
    };
    options
        .iter()
        .find_map(|option| match resolve(doc, option) {
            Object::Array(pair) => {
                let [own, shown] = pair.as_slice() else {
                    return None;
                };
                let is_it = text(resolve(doc, own)).is_some_and(|own| own == value);
                is_it.then(|| text(resolve(doc, shown))).flatten()
            }
            _ => None,
        })
}

fn letters(said: &str) -> String {
    said.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
