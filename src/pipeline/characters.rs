//! Characters that none of the fonts can show, found in the sources before anything is set.

use super::codes::CHARACTER_WITHOUT_GLYPH;
use crate::assemble::outcome::NoteKind;
use crate::finding::{Code, FileId, Files, Finding, Place, SourceText, Span};
use crate::load::Attachments;
use crate::model::{Meeting, PackSettings, PdfPage, SourceName};
use crate::typeset;

/// How many characters a finding shows.
const SHOWN: usize = 8;

/// The texts that have characters which none of the fonts can show: one finding for each, at the
/// first of them.
pub fn without_glyph(files: &Files) -> Vec<Finding> {
    // The pages of a PDF bring fonts of their own.
    files
        .iter()
        .filter(|(_, file)| !file.has_pages())
        .filter_map(|(id, file)| in_file(id, file))
        .collect()
}

/// The drawings that have lettering which none of the fonts can show: one finding for each.
pub fn in_drawings(attachments: &Attachments) -> Vec<Finding> {
    attachments
        .iter()
        .filter_map(|(name, bytes)| {
            let text = bytes.starts_with(typeset::DRAWING).then_some(bytes)?;
            let missing = typeset::missing_chars(std::str::from_utf8(text).ok()?);
            let place = Place::File(name.0.clone());
            (!missing.is_empty()).then(|| told(place, &missing))
        })
        .collect()
}

/// What a council has printed on every page in letters that the one font used there cannot show.
pub fn on_every_page(settings: &PackSettings) -> Option<Finding> {
    let (key, printed) = [
        ("page-number", Some(&settings.page_number)),
        ("marking", settings.marking.as_ref()),
    ]
    .into_iter()
    .find_map(|(key, text)| {
        let text = text?;
        // What none of the fonts has is told of the file.
        let is_told = !typeset::missing_chars(text).is_empty();
        let is_lost = !typeset::is_in_body_font(text) && !is_told;
        is_lost.then(|| (key, typeset::in_body_font(text)))
    })?;
    let message = format!(
        "The font of page numbers cannot show all letters of `{key}` in council.toml: it prints \u{201c}{printed}\u{201d}"
    );
    let finding = Finding::warning(CHARACTER_WITHOUT_GLYPH, Place::Nowhere, message);
    Some(finding.help("Write it in the Latin alphabet"))
}

/// The form fields of PDFs that do not say how they look, with letters that the font for them cannot show:
/// one finding for each page.
pub fn in_fields(meeting: &Meeting) -> Vec<Finding> {
    let found = missing_in_fields(meeting).map(|(source, page, told)| {
        let place = Place::Page(source.0.clone(), page);
        let code = Code(NoteKind::FieldLettersMissing.code());
        let help =
            "Print the form as a PDF from the program that it was filled in with, and attach that";
        Finding::error(code, place, told).help(help)
    });
    found.collect()
}

/// The pages of PDFs that have such fields, counted from 1, each with what is told of them.
pub(super) fn missing_in_fields(
    meeting: &Meeting,
) -> impl Iterator<Item = (&SourceName, u32, String)> {
    let documents = meeting.documents().into_iter();
    let documents = documents.filter_map(|standing| standing.document.pdf());
    documents.flat_map(|document| {
        let pages = &document.facts.pages;
        let taken = document.selection.indices(pages.len()).into_iter();
        taken.filter_map(|index| {
            let told = in_fields_of(&pages[index])?;
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            Some((&document.source, number, told))
        })
    })
}

fn in_fields_of(page: &PdfPage) -> Option<String> {
    let is_missing = |letter: &char| !letter.is_whitespace() && !typeset::form_covers(*letter);
    let missing = page.fields_to_draw.iter().filter_map(|field| {
        let missing: Vec<char> = field.letters.iter().copied().filter(is_missing).collect();
        (!missing.is_empty()).then_some((field, missing))
    });
    let missing: Vec<_> = missing.collect();
    let (field, letters) = missing.first()?;
    let which = match field.name.as_str() {
        "" => "A form field".to_owned(),
        name => format!("The form field \u{201c}{name}\u{201d}"),
    };
    let more = match missing.len() - 1 {
        0 => " does".to_owned(),
        1 => " and another do".to_owned(),
        more => format!(" and {more} others do"),
    };
    Some(format!(
        "{which}{more} not say how it looks, and pack cannot draw {}",
        listed(letters)
    ))
}

fn in_file(id: FileId, file: &SourceText) -> Option<Finding> {
    if file.text.is_ascii() {
        return None;
    }
    let remark = |line: &str| file.path.ends_with(".toml") && line.trim_start().starts_with('#');
    let mut missing: Vec<char> = Vec::new();
    let mut first = None;
    let mut at = 0;
    for line in file.text.split_inclusive('\n') {
        // Word's own bullets become bullets.
        let words = line.trim_start_matches(|letter: char| {
            letter.is_whitespace() || ('\u{f000}'..='\u{f0ff}').contains(&letter)
        });
        if !words.is_ascii() && !remark(line) {
            for character in typeset::missing_chars(words) {
                if first.is_none() {
                    let start = at + (line.len() - words.len()) + words.find(character)?;
                    first = Some(Span::new(id, start, start + character.len_utf8()));
                }
                if !missing.contains(&character) {
                    missing.push(character);
                }
            }
        }
        at += line.len();
    }
    Some(told(first?.into(), &missing))
}

/// Some letters in words.
fn listed(missing: &[char]) -> String {
    let listed: Vec<String> = missing
        .iter()
        .take(SHOWN)
        .map(|&character| format!("“{character}” (U+{:04X})", character as u32))
        .collect();
    let more = match missing.len().saturating_sub(SHOWN) {
        0 => String::new(),
        1 => " and another".to_owned(),
        more => format!(" and {more} others"),
    };
    format!("{}{more}", listed.join(", "))
}

fn told(place: Place, missing: &[char]) -> Finding {
    Finding::warning(
        CHARACTER_WITHOUT_GLYPH,
        place,
        format!("None of the fonts can show {}", listed(missing)),
    )
    .help(format!(
        "Say it in words, or write it in other characters; {} is printed in its place",
        typeset::REPLACEMENT
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_finding_for_each_text() {
        let mut files = Files::default();
        files.add(
            "a.md",
            "Good news 🎉 and 会 and 🎉.\n\n•\ttext\n\u{f0b7}\tmore\n",
        );
        files.add("b.md", "Caffè, naïve, Gŵyl, ½ and →.");
        files.add("pack.toml", "# 🎉 a remark\ntitle = \"Rents\"\n");
        let messages: Vec<String> = without_glyph(&files)
            .into_iter()
            .map(|finding| finding.message)
            .collect();
        assert_eq!(
            messages,
            ["None of the fonts can show “🎉” (U+1F389), “会” (U+4F1A)"]
        );
    }
}
