//! The kind and value of a form field, and whether its look shows the value.

use std::collections::HashSet;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::object::{
    decoded, get, get_array, get_bool, get_dict, get_name, get_text, resolve, target, unicode,
};
use super::page::rect;

/// The most lines or options of one field that are read.
pub(crate) const MOST_LINES: usize = 2_000;
/// The most characters of one field that are read.
const MOST_CHARACTERS: usize = 50_000;
/// The most different letters of one field that are told.
const MOST_LETTERS: usize = 200;
/// The longest name of a field, in characters.
const LONGEST_NAME: usize = 80;

// The bits of a field's flags.
pub(crate) const MULTILINE: i64 = 1 << 12;
pub(crate) const PASSWORD: i64 = 1 << 13;
pub(crate) const RADIO: i64 = 1 << 15;
pub(crate) const PUSH: i64 = 1 << 16;
pub(crate) const COMBO: i64 = 1 << 17;
pub(crate) const COMB: i64 = 1 << 24;

/// The largest look that is unpacked, in bytes.
const LARGEST_LOOK: usize = 4 << 20;
/// How deep fields may be nested.
const DEEPEST: usize = 32;

/// The kinds of field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Choice,
    Button,
}

/// An entry of the field that an annotation shows: its own, or that of a field around it.
pub(crate) fn inherited<'a>(
    doc: &'a Document,
    annotation: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Object> {
    let mut node = annotation;
    for _ in 0..DEEPEST {
        if let Some(value) = get(doc, node, key) {
            return Some(value);
        }
        node = get_dict(doc, node, b"Parent")?;
    }
    None
}

/// Lets every field that stands below another say so. Fields are listed from above, and some programs
/// leave it at that.
pub(super) fn settle(doc: &mut Document) {
    let listed = |dict: &Dictionary, key: &[u8]| -> Vec<ObjectId> {
        let listed = get_array(doc, dict, key).unwrap_or_default();
        listed.iter().filter_map(|id| target(doc, id)).collect()
    };
    let mut open = form(doc).map_or_else(Vec::new, |form| listed(form, b"Fields"));
    let mut met: HashSet<ObjectId> = open.iter().copied().collect();
    let mut lost = Vec::new();
    while let Some(field) = open.pop() {
        let Ok(dict) = doc.get_dictionary(field) else {
            continue;
        };
        for kid in listed(dict, b"Kids") {
            if !met.insert(kid) {
                continue;
            }
            open.push(kid);
            let is_lost = |kid| get_dict(doc, kid, b"Parent").is_none();
            if doc.get_dictionary(kid).is_ok_and(is_lost) {
                lost.push((kid, field));
            }
        }
    }
    for (kid, field) in lost {
        if let Ok(kid) = doc.get_dictionary_mut(kid) {
            kid.set("Parent", field);
        }
    }
}

/// The stream of an annotation's normal appearance.
pub(crate) fn appearance<'a>(
    doc: &'a Document,
    annotation: &'a Dictionary,
) -> Option<(Option<ObjectId>, &'a Stream)> {
    let normal = get_dict(doc, annotation, b"AP")?.get(b"N").ok()?;
    let chosen = match resolve(doc, normal) {
        Object::Stream(_) => normal,
        Object::Dictionary(states) => {
            let state = get_name(doc, annotation, b"AS").or_else(|| {
                // A button without its own state shows the state of its field.
                inherited(doc, annotation, b"V").and_then(|value| value.as_name().ok())
            });
            let is_field = get_name(doc, annotation, b"Subtype") == Some(b"Widget");
            match state {
                Some(state) => states.get(state).ok()?,
                // Whatever else says nothing of its state is in the only one there is.
                None if states.len() == 1 && !is_field => states.iter().next()?.1,
                None => states.get(b"Off").ok()?,
            }
        }
        _ => return None,
    };
    match resolve(doc, chosen) {
        Object::Stream(stream) => Some((target(doc, chosen), stream)),
        _ => None,
    }
}

/// The kind of the field that an annotation shows. `None` for a signature.
pub(crate) fn kind(doc: &Document, annotation: &Dictionary) -> Option<Kind> {
    match inherited(doc, annotation, b"FT")? {
        Object::Name(kind) => match kind.as_slice() {
            b"Tx" => Some(Kind::Text),
            b"Ch" => Some(Kind::Choice),
            b"Btn" => Some(Kind::Button),
            _ => None,
        },
        _ => None,
    }
}

/// Whether the form asks viewers to draw the values of text and choice fields, whatever their looks are.
pub(crate) fn are_stale(doc: &Document) -> bool {
    form(doc).is_some_and(|form| get_bool(doc, form, b"NeedAppearances") == Some(true))
}

pub(crate) fn form(doc: &Document) -> Option<&Dictionary> {
    get_dict(doc, doc.catalog().ok()?, b"AcroForm")
}

/// Whether a field has a value to show.
pub(crate) fn has_value(doc: &Document, annotation: &Dictionary) -> bool {
    match kind(doc, annotation) {
        Some(Kind::Text | Kind::Choice) => values(doc, annotation)
            .iter()
            .any(|value| !value.trim().is_empty()),
        Some(Kind::Button) => is_on(doc, annotation),
        None => false,
    }
}

/// Whether a field shows its value in letters, and not as a mark or not at all.
pub(crate) fn writes_value(doc: &Document, annotation: &Dictionary) -> bool {
    matches!(kind(doc, annotation), Some(Kind::Text | Kind::Choice))
        && flags(doc, annotation) & PASSWORD == 0
}

/// The values of a text or choice field, in the words that it shows.
pub(crate) fn values(doc: &Document, annotation: &Dictionary) -> Vec<String> {
    let Some(value) = inherited(doc, annotation, b"V") else {
        return picked(doc, annotation);
    };
    let held = match value {
        Object::Array(values) => values
            .iter()
            .filter_map(|value| words(resolve(doc, value)))
            .collect(),
        value => words(value).into_iter().collect(),
    };
    if kind(doc, annotation) != Some(Kind::Choice) {
        return held;
    }
    let options = options(doc, annotation);
    let shown = |value: String| {
        let option = options.iter().find(|(export, _)| *export == value);
        option.map_or(value, |(_, shown)| shown.clone())
    };
    held.into_iter().map(shown).collect()
}

/// The values of a choice field that gives its chosen options only by their places.
fn picked(doc: &Document, annotation: &Dictionary) -> Vec<String> {
    let Some(Object::Array(places)) = inherited(doc, annotation, b"I") else {
        return Vec::new();
    };
    let options = options(doc, annotation);
    let places = places.iter().take(MOST_LINES);
    let options = places.filter_map(|place| {
        let place = usize::try_from(resolve(doc, place).as_i64().ok()?).ok()?;
        options.get(place)
    });
    options.map(|(_, shown)| shown.clone()).collect()
}

/// The options of a choice field: the exported value of each, and what it shows.
pub(crate) fn options(doc: &Document, annotation: &Dictionary) -> Vec<(String, String)> {
    let Some(Object::Array(options)) = inherited(doc, annotation, b"Opt") else {
        return Vec::new();
    };
    options
        .iter()
        .take(MOST_LINES)
        .filter_map(|option| match resolve(doc, option) {
            Object::Array(pair) => {
                let sent = words(resolve(doc, pair.first()?))?;
                let shown = pair.get(1).and_then(|shown| words(resolve(doc, shown)));
                Some((sent.clone(), shown.unwrap_or(sent)))
            }
            option => words(option).map(|words| (words.clone(), words)),
        })
        .collect()
}

/// The words of a string, a name or a stream, with their line breaks.
fn words(object: &Object) -> Option<String> {
    let text = match object {
        Object::Name(name) => String::from_utf8_lossy(name).into_owned(),
        Object::Stream(stream) => {
            let bytes = decoded(stream, MOST_CHARACTERS * 4)?;
            return words(&Object::String(bytes, lopdf::StringFormat::Literal));
        }
        Object::String(..) => unicode(object)?,
        _ => return None,
    };
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Some(
        text.chars()
            .filter(|c| !matches!(c, '\u{feff}' | '\0'))
            .map(|c| if c == '\t' { ' ' } else { c })
            .filter(|c| *c == '\n' || !c.is_control())
            .take(MOST_CHARACTERS)
            .collect(),
    )
}

/// Whether a check box or a radio button is on.
pub(crate) fn is_on(doc: &Document, annotation: &Dictionary) -> bool {
    let state = get_name(doc, annotation, b"AS").or_else(|| {
        // A button with siblings is on only if it says so itself.
        let alone = annotation.has(b"FT") || annotation.has(b"V");
        match inherited(doc, annotation, b"V") {
            Some(Object::Name(value)) if alone => Some(value.as_slice()),
            _ => None,
        }
    });
    state.is_some_and(|state| state != b"Off")
}

pub(crate) fn mark_characteristics<'a>(
    doc: &'a Document,
    annotation: &'a Dictionary,
) -> Option<&'a Dictionary> {
    get_dict(doc, annotation, b"MK")
}

/// The flags of a field.
pub(crate) fn flags(doc: &Document, annotation: &Dictionary) -> i64 {
    let flags = inherited(doc, annotation, b"Ff");
    flags.and_then(|flags| flags.as_i64().ok()).unwrap_or(0)
}

/// The words on a push button.
pub(crate) fn caption(doc: &Document, annotation: &Dictionary) -> Option<String> {
    get_text(doc, mark_characteristics(doc, annotation)?, b"CA")
}

/// Whether a look has no text, picture or form in it, or no room for any.
pub(crate) fn draws_nothing(doc: &Document, look: &Stream) -> bool {
    let room = look.dict.get(b"BBox").ok().and_then(|room| rect(doc, room));
    if room.is_none_or(|room| room.is_empty()) {
        return true;
    }
    let Some(content) = decoded(look, LARGEST_LOOK) else {
        return false;
    };
    let shows = [b"Tj".as_slice(), b"TJ", b"'", b"\"", b"Do", b"EI"];
    !shows
        .iter()
        .any(|operator| memchr::memmem::find(&content, operator).is_some())
}

/// The resources that a look takes from the form, if it has none of its own and names a font that the form
/// has for all its fields.
pub(crate) fn lent(doc: &Document, look: &Stream) -> Option<Dictionary> {
    if get_dict(doc, &look.dict, b"Resources").is_some() {
        return None;
    }
    let resources = get_dict(doc, form(doc)?, b"DR")?;
    let fonts = get_dict(doc, resources, b"Font")?;
    let content = decoded(look, LARGEST_LOOK)?;
    let words: Vec<&[u8]> = content
        .split(u8::is_ascii_whitespace)
        .filter_map(|word| word.strip_prefix(b"/"))
        .collect();
    let uses = fonts
        .iter()
        .any(|(name, _)| words.contains(&name.as_slice()));
    uses.then(|| resources.clone())
}

/// The letters beyond ASCII that are drawn for a text or choice field without a look, or with an empty one,
/// each once.
pub(crate) fn letters_to_draw(doc: &Document, annotation: &Dictionary) -> Vec<char> {
    let is_drawn = appearance(doc, annotation).is_none_or(|(_, look)| draws_nothing(doc, look));
    let mut letters = Vec::new();
    if is_drawn && writes_value(doc, annotation) {
        for letter in values(doc, annotation)
            .iter()
            .flat_map(|value| value.chars())
        {
            if !letter.is_ascii() && letters.len() < MOST_LETTERS && !letters.contains(&letter) {
                letters.push(letter);
            }
        }
    }
    letters
}

/// What a field is called: by the name that people see, or else by its own.
pub(crate) fn called(doc: &Document, annotation: &Dictionary) -> String {
    let named = [b"TU".as_slice(), b"T"]
        .into_iter()
        .find_map(|key| words(inherited(doc, annotation, key)?));
    let name: String = named
        .unwrap_or_default()
        .chars()
        .take(LONGEST_NAME)
        .collect();
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a field that its look does not show, because it has no look or an empty one, or because the
/// form says that looks are out of date.
pub(crate) fn unshown(doc: &Document, annotation: &Dictionary) -> Option<String> {
    let own = appearance(doc, annotation);
    let said = match kind(doc, annotation)? {
        Kind::Text if flags(doc, annotation) & PASSWORD != 0 => return None,
        Kind::Text | Kind::Choice => {
            let shown = own.is_some_and(|(_, look)| !draws_nothing(doc, look)) && !are_stale(doc);
            (!shown).then(|| values(doc, annotation).join("\n"))
        }
        Kind::Button if own.is_some() => None,
        Kind::Button if flags(doc, annotation) & PUSH != 0 => caption(doc, annotation),
        Kind::Button => is_on(doc, annotation).then(|| "\u{2714}".to_owned()),
    };
    said.filter(|said| !said.trim().is_empty())
}
