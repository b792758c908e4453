//! Word files into prose: what a reader of the page sees, as the same tree that Markdown makes.
//!
//! Headings, numbers, lists, tables, notes, links and pictures come across; tracked deletions,
//! comments, hidden text and properties do not, and anything that cannot be read is reported. Every
//! node has its place in the transcript, which has a line for each paragraph. This room does not
//! know what a report or a minute is.

mod assemble;
mod field;
mod found;
mod line;
mod margins;
mod math;
mod node;
mod numbering;
mod open_text;
mod picture;
mod refusal;
mod story;
mod styles;
mod survey;
mod symbols;
mod table;
mod tag;
mod template;

pub(super) use self::tag::{BACKGROUND_PAPERS, RECOMMENDATIONS_HEADING, SIGNED_BY, Tagged};
pub use self::template::template;

use std::collections::BTreeMap;

use roxmltree::Document;

use self::assemble::assemble;
use self::field::Fields;
use self::found::Found;
use self::line::Transcript;
use self::node::{Element, attribute, child, elements, word};
use self::numbering::Numbering;
use self::story::Story;
use self::styles::Styles;
use self::survey::Survey;
use super::codes;
use super::disk::Refusal;
use super::markdown::Reading;
use super::notes::Notes;
use super::package::{MOST_PART, Package, Relationships};
use super::xml;
use super::zip::{Archive, Fault};
use crate::finding::{FileId, Finding, Place, Span};
use crate::model::SourceName;
use crate::prose::{Footnote, Prose, keep_small};

/// What a Word file says.
#[derive(Debug)]
pub(super) struct WordReading {
    /// The prose, and the pictures in it.
    pub(super) reading: Reading,
    /// The file in the table of sources.
    pub(super) file: FileId,
    /// The text of the file, a line for each paragraph; every span points into it.
    pub(super) transcript: String,
    /// The first paragraph that has the style of a title.
    pub(super) title: Option<Span>,
    /// The content controls whose tags say what they hold.
    pub(super) tagged: Vec<Tagged>,
}

/// The parts of a Word file other than the main text.
struct Parts {
    styles: Option<String>,
    numbering: Option<String>,
    comments: Option<String>,
    footnotes: Option<(String, String)>,
    endnotes: Option<(String, String)>,
}

/// Reads a Word file. What is wrong with it becomes a finding in its transcript, which is `file` in
/// the table of sources.
///
/// # Errors
/// When it is not a Word file, or cannot be read at all.
pub(super) fn read(
    name: &SourceName,
    bytes: &[u8],
    file: FileId,
    notes: &Notes,
) -> Result<WordReading, Refusal> {
    if let Some(refusal) = refusal::by_name(&name.0) {
        return Err(refusal);
    }
    let written;
    let bytes = if open_text::is_one(bytes) {
        written = open_text::as_word(&name.0, bytes)?;
        written.as_slice()
    } else {
        bytes
    };
    let package = Package::open(bytes, "word/document.xml")
        .map_err(|fault| refusal::no_archive(&name.0, bytes, fault))?;
    if !package.has(package.main()) {
        return Err(refusal::no_word(&name.0, bytes));
    }
    let damaged = |fault| refusal::damaged(&name.0, fault);
    let text = package
        .text(package.main())
        .unwrap_or(Err(Fault::Damaged))
        .map_err(damaged)?;
    let document = xml::document(&text).ok_or_else(|| damaged(Fault::Damaged))?;
    let body = child(document.root_element(), "body").ok_or_else(|| damaged(Fault::Damaged))?;
    let leads = package.relationships(package.main());
    let parts = Parts::of(&package, &leads);
    let styles = parsed(parts.styles.as_deref());
    let styles = styles
        .as_ref()
        .map(|document| Styles::read(document.root_element()))
        .unwrap_or_default();
    let numbering = parsed(parts.numbering.as_deref());
    let numbering = numbering
        .as_ref()
        .map(|document| Numbering::read(document.root_element(), &styles))
        .unwrap_or_default();
    let survey = Survey::of(body, &styles, numbering.clone());
    let comments = parsed(parts.comments.as_deref());
    let note_parts = [
        ("footnotes", &parts.footnotes),
        ("endnotes", &parts.endnotes),
    ];
    let documents: Vec<(&str, &str, Document<'_>)> = note_parts
        .into_iter()
        .filter_map(|(kind, part)| {
            let (name, text) = part.as_ref()?;
            Some((kind, name.as_str(), xml::document(text)?))
        })
        .collect();
    let mut story = Story {
        package: &package,
        name,
        styles: &styles,
        survey: &survey,
        numbering,
        leads,
        comments: comments.as_ref().map(authors).unwrap_or_default(),
        transcript: Transcript {
            file,
            text: String::new(),
        },
        found: Found::default(),
        references: Vec::new(),
        page: page_size(body),
        pictures: Vec::new(),
        queued: Vec::new(),
        fields: Fields::default(),
        carried: Vec::new(),
        title: None,
        tagged: Vec::new(),
    };
    let mut reads = Vec::new();
    story.blocks(body, &mut reads);
    let mut blocks = assemble(reads, &survey, &mut story.found, true);
    keep_small(&mut blocks);
    let footnotes = story.footnotes(&documents);
    if package.has_macros() {
        story.found.lost("macros");
    }
    let margins = margins::lines(&package, &package.relationships(package.main()), body);
    if margins.iter().any(|line| margins::is_draft(line)) {
        notes.add(
            Finding::warning(
                codes::MARKED_DRAFT,
                Place::File(name.0.clone()),
                "The pages of this file say that it is a draft, and those of the pack will not",
            )
            .help("Ask for the final paper; if this is it, take the words out of the header, the footer or the watermark (in Word: Insert, Header; Design, Watermark)"),
        );
    }
    let end = story.transcript.text.trim_end().len();
    story.found.tell(Span::new(file, end, end), notes);
    // They are remarks here, as an author of Markdown makes them: read for what they say of access, and
    // never printed.
    for line in margins {
        let line = line.replace("--", "–");
        story
            .transcript
            .text
            .push_str(&format!("<!-- {line} -->\n"));
    }
    Ok(WordReading {
        reading: Reading {
            prose: Prose { blocks, footnotes },
            images: story.pictures,
        },
        file,
        transcript: story.transcript.text,
        title: story.title,
        tagged: story.tagged,
    })
}

/// A file inside a Word file, such as a picture.
///
/// # Errors
/// When there is none, or it cannot be unpacked.
pub(super) fn inside(name: &str, bytes: &[u8], part: &str) -> Result<Vec<u8>, Refusal> {
    let found = Archive::open(bytes)
        .ok()
        .and_then(|archive| archive.file(part, MOST_PART));
    match found {
        Some(Ok(bytes)) => Ok(bytes),
        _ => Err(Refusal::new(
            codes::WORD_DAMAGED,
            format!("A picture in {name} cannot be read: {part}"),
            "Open the file in Word, put the picture in again and save it",
        )),
    }
}

impl Parts {
    fn of(package: &Package<'_>, leads: &Relationships) -> Self {
        let part = |kind: &str| {
            let to = leads.values().find(|to| to.kind == kind && !to.external)?;
            let text = package.text(&to.target)?.ok()?;
            Some((to.target.clone(), text))
        };
        let text = |kind| part(kind).map(|(_, text)| text);
        Self {
            styles: text("styles"),
            numbering: text("numbering"),
            comments: text("comments"),
            footnotes: part("footnotes"),
            endnotes: part("endnotes"),
        }
    }
}

/// The width and height of a text's pages in points: of its first section that says it, otherwise A4.
fn page_size(body: Element<'_>) -> (f64, f64) {
    const TWIPS: f64 = 20.0;
    const A4: (f64, f64) = (595.3, 841.9);
    let length = |node: Element<'_>, name: &str| {
        let twips: f64 = attribute(node, name)?.parse().ok()?;
        (twips > 0.0).then_some(twips / TWIPS)
    };
    body.descendants()
        .filter(|node| word(*node) == "pgSz")
        .find_map(|node| Some((length(node, "w")?, length(node, "h")?)))
        .unwrap_or(A4)
}

fn parsed(text: Option<&str>) -> Option<Document<'_>> {
    text.and_then(xml::document)
}

/// The author of each comment, by its id.
fn authors(document: &Document<'_>) -> BTreeMap<String, String> {
    elements(document.root_element())
        .filter(|node| word(*node) == "comment")
        .filter_map(|node| {
            let who = attribute(node, "author").unwrap_or("").to_owned();
            Some((attribute(node, "id")?.to_owned(), who))
        })
        .collect()
}

impl<'p> Story<'p> {
    /// The notes that the text refers to, in the order of their first reference.
    fn footnotes(&mut self, documents: &'p [(&str, &str, Document<'p>)]) -> Vec<Footnote> {
        let mut known: BTreeMap<(&str, &str), (&str, Element<'p>)> = BTreeMap::new();
        for (kind, part, document) in documents {
            for note in elements(document.root_element()) {
                if let Some(id) = attribute(note, "id") {
                    known.entry((kind, id)).or_insert((part, note));
                }
            }
        }
        let mut all = Vec::new();
        let mut place = 0;
        let mut read_last = None;
        // A note may refer to another, which then joins the queue.
        while let Some((kind, id)) = self.references.get(place).cloned() {
            place += 1;
            let from = self.transcript.text.len();
            let mut reads = Vec::new();
            match known.get(&(kind, id.as_str())).copied() {
                Some((part, note)) => {
                    if read_last.replace(part) != Some(part) {
                        self.leads = self.package.relationships(part);
                    }
                    self.blocks(note, &mut reads);
                }
                None => self.found.lost("a reference to a note that is not there"),
            }
            all.push(Footnote {
                label: place.to_string(),
                blocks: assemble(reads, self.survey, &mut self.found, false),
                span: self.transcript.span(from),
            });
        }
        all
    }
}
