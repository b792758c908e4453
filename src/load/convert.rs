//! Reads a single Word file, for a council that converts its papers to Markdown.

use bytes::Bytes;

use super::codes;
use super::disk::Refusal;
use super::named::TextKind;
use super::notes::Notes;
use super::office::{self, Wanted};
use super::word;
use crate::finding::{Files, Finding, Place};
use crate::model::SourceName;
use crate::prose::markdown;

/// What was read of one Word file.
#[derive(Debug, Default)]
pub struct Converted {
    /// The text as Markdown, without front matter.
    pub markdown: String,
    /// Its pictures by the names that the text gives them.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// What is wrong with the file; a single error if it cannot be read.
    pub findings: Vec<Finding>,
    /// The transcript of the file, for findings to point into.
    pub files: Files,
}

/// Reads a Word file. `stem` begins the names of its pictures.
pub fn convert(name: &str, bytes: &[u8], stem: &str) -> Converted {
    let (name, notes) = (SourceName(name.to_owned()), Notes::default());
    let mut converted = Converted::default();
    if TextKind::of(&name) != Some(TextKind::Word) {
        let refusal = Refusal::new(
            codes::NOT_A_WORD_FILE,
            format!("{} does not have the name of a Word file", name.0),
            "Give a Word file, with a name that ends in .docx, .docm, .doc, .rtf or .odt",
        );
        notes.add(refusal.at(Place::File(name.0.clone())));
        converted.findings = notes.into_findings();
        return converted;
    }
    let file = converted.files.reserve(name.0.clone());
    let turned = office::modern(&name.0, bytes, Wanted::Text, None);
    let read = turned.and_then(|turned| {
        let bytes = turned.unwrap_or_else(|| Bytes::copy_from_slice(bytes));
        Ok((word::read(&name, &bytes, file, &notes)?, bytes))
    });
    match read {
        Ok((read, bytes)) => {
            converted.files.fill(file, read.transcript.as_str());
            let beside = |source: &str| {
                let picture = source.rsplit('/').next().unwrap_or(source);
                format!("{stem}-{picture}")
            };
            converted.markdown = markdown(&read.reading.prose, &beside);
            for (picture, _) in &read.reading.images {
                let part = picture.0.get(name.0.len() + 1..).unwrap_or_default();
                let named = beside(part);
                if converted.pictures.iter().any(|(known, _)| *known == named) {
                    continue;
                }
                match word::inside(&name.0, &bytes, part) {
                    Ok(bytes) => converted.pictures.push((named, bytes)),
                    Err(refusal) => notes.add(refusal.at(Place::File(name.0.clone()))),
                }
            }
        }
        Err(refusal) => notes.add(refusal.at(Place::File(name.0.clone()))),
    }
    converted.findings = notes.into_findings();
    converted
}
