//! One PDF of an edition that has been numbered.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use super::error::BuildError;
use super::kit::{Built, Kit};
use super::manifest::{DocumentMap, PartPages};
use super::numbering::{self, Numbered, Setup};
use super::order::{Order, output_name};
use super::sequence::{Body, Stretch};
use super::step::Step;
use super::{accessibility, aliases, characters, outline, taken};
use crate::assemble::numbering::{Extent, FirstNumber, PageMap, Start, page_map};
use crate::assemble::outcome::{Note, NoteKind};
use crate::assemble::plan::{
    Claim, Furniture, Metadata, Opening, OutlineEntry, Plan, Provenance, Section, Target,
};
use crate::assemble::{Assembled, Read, ReadError, assemble_read};
use crate::compose::exempt;
use crate::compose::words::Words;
use crate::crew::{behind_others, first_and_behind};
use crate::edition::Edition;
use crate::finding::{Code, Finding, Place, Severity, counted};
use crate::model::{Meeting, PageNumber, PageRange, PageSelection, SourceName};
use crate::pdf::PdfFile;
use crate::typeset;
use crate::write::Output;

/// The size of page numbers and markings in the standard edition, in points.
pub(super) const FURNITURE: f32 = 9.5;
/// The most files that one finding names.
const MOST_NAMED: usize = 10;
/// The most bytes that attachments may have together before the engine's cache is freed for them.
const LARGE: usize = 32 << 20;
/// The most bytes that the pack's own parts may have together before it is freed: some thousand pages.
const LARGE_SET: usize = 16 << 20;

/// Makes the PDF and adds it to what was built.
pub(super) fn make(
    kit: &Kit<'_>,
    edition: &Edition,
    numbered: &Numbered,
    size: f32,
    order: &Order,
    ahead: Ahead,
    built: &mut Built,
) -> Result<(), BuildError> {
    let name = &output_name(kit.name, order);
    let password = kit.password.filter(|_| numbering::for_members(edition));
    let plan = Plan {
        password,
        ..plan(kit, edition, numbered, files(kit, numbered, &ahead)?, size)
    };
    // Much of either needs the memory of the engine's cache, which takes some time to free.
    let set: usize = (numbered.sheets.iter().flatten())
        .map(|sheets| sheets.pdf.len())
        .sum();
    let large = ahead.bytes > LARGE || set > LARGE_SET;
    let map = plan.map.clone();
    let bookmarks = outline::bookmarks(&plan.outline, numbered);
    let assembled = thread::scope(|scope| {
        if large {
            scope.spawn(typeset::forget);
        }
        assemble_read(plan, ahead.sections)
    })?;
    built
        .notes
        .extend(findings(edition.meeting(), numbered, &assembled.notes));
    let map = DocumentMap {
        locked: password.is_some(),
        outline: bookmarks,
        ..document_map(edition, name, order, numbered, &map, &assembled)
    };
    (kit.progress)(Step::doing("reading it back"));
    let (faults, digest) = kit.hold(name, &assembled.pdf, || {
        map.verify(&assembled.pdf, &assembled.sources, password)
    });
    if !faults.is_empty() {
        return Err(BuildError::Faulty(faults));
    }
    built.documents.push(map);
    built.digests.push(digest);
    built.ledgers.push((
        name.clone(),
        accessibility::ledger(edition, numbered, &assembled),
    ));
    built.outputs.push(Output {
        name: name.clone(),
        bytes: assembled.pdf,
    });
    Ok(())
}

/// The file of each stretch; an empty one for those that have been read ahead.
pub(super) fn files(
    kit: &Kit<'_>,
    numbered: &Numbered,
    ahead: &Ahead,
) -> Result<Vec<PdfFile>, BuildError> {
    let mut files = Files::new(kit);
    numbered
        .stretches
        .iter()
        .zip(&numbered.sheets)
        .enumerate()
        .map(|(index, (stretch, sheets))| match (&stretch.body, sheets) {
            (Body::Part(_), Some(sheets)) => Ok(sheets.pdf.clone().into()),
            (Body::Pdf { source, .. }, _) if !ahead.sections.contains_key(&index) => {
                files.get(source)
            }
            (Body::Part(_) | Body::Pdf { .. }, _) => Ok(PdfFile::default()),
        })
        .collect()
}

/// Files, each asked for once.
struct Files<'a> {
    kit: &'a Kit<'a>,
    known: BTreeMap<SourceName, PdfFile>,
}

impl<'a> Files<'a> {
    fn new(kit: &'a Kit<'a>) -> Self {
        let known = BTreeMap::new();
        Self { kit, known }
    }

    fn get(&mut self, source: &SourceName) -> Result<PdfFile, BuildError> {
        if let Some(known) = self.known.get(source) {
            return Ok(known.clone());
        }
        let file = (self.kit.pages)(source).ok_or_else(|| BuildError::Gone(source.clone()))?;
        self.known.insert(source.clone(), file.clone());
        Ok(file)
    }
}

/// Attachments that have been read before the pack is numbered.
#[derive(Default)]
pub(super) struct Ahead {
    /// By the place of their stretch.
    sections: BTreeMap<usize, Result<Read, ReadError>>,
    /// How many bytes their files have.
    bytes: usize,
}

/// Numbers stretches and reads the attachments among them: that takes as long as setting the
/// parts, and neither needs the other.
pub(super) fn number_and_read(
    kit: &Kit<'_>,
    edition: &Edition,
    stretches: Vec<Stretch>,
    setup: &Setup,
) -> Result<(Numbered, Ahead), BuildError> {
    let attached: Vec<_> = stretches
        .iter()
        .enumerate()
        .filter_map(|(index, stretch)| match &stretch.body {
            Body::Pdf { source, .. } => Some((index, source.clone(), selection(&stretch.body))),
            Body::Part(_) => None,
        })
        .collect();
    // Parts are set one pass after another, so that takes longer.
    let (numbered, ahead) = first_and_behind(
        || numbering::number(kit, edition, stretches, setup),
        || read_ahead(kit, attached),
    );
    Ok((numbered?, ahead?))
}

/// Reads files, each for the place of the stretch that its pages make.
fn read_ahead(
    kit: &Kit<'_>,
    attached: Vec<(usize, SourceName, PageSelection)>,
) -> Result<Ahead, BuildError> {
    let mut files = Files::new(kit);
    let with_files = attached
        .into_iter()
        .map(|(index, source, pages)| Ok((index, pages, files.get(&source)?)))
        .collect::<Result<Vec<_>, BuildError>>()?;
    let bytes = files.known.values().map(|file| file.bytes().len()).sum();
    drop(files);
    let sections = behind_others(with_files, |(index, pages, file)| {
        (index, taken::pages(kit, file, &pages))
    });
    let sections = sections.into_iter().collect();
    Ok(Ahead { sections, bytes })
}

/// Which pages of a file a stretch has; all, for a part.
fn selection(body: &Body) -> PageSelection {
    match body {
        Body::Pdf { selection, .. } => selection.clone(),
        Body::Part(_) => PageSelection::default(),
    }
}

/// What the assembler has to do. `size` is that of page numbers and markings, in points.
pub(super) fn plan(
    kit: &Kit<'_>,
    edition: &Edition,
    numbered: &Numbered,
    files: Vec<PdfFile>,
    size: f32,
) -> Plan<'static> {
    let meeting = edition.meeting();
    let settings = &meeting.council.pack;
    let (regular, bold) = typeset::body_files();
    Plan {
        metadata: Metadata {
            title: numbered
                .stretches
                .first()
                .map(|stretch| stretch.title.clone())
                .unwrap_or_default(),
            author: meeting.council.name.clone(),
            language: meeting.lang().0.clone(),
            subject: None,
            created: kit.created,
            producer: concat!("pack ", env!("CARGO_PKG_VERSION")).to_owned(),
        },
        sections: numbered
            .stretches
            .iter()
            .zip(files)
            .enumerate()
            .map(|(index, (stretch, pdf))| section(kit, edition, numbered, index, stretch, pdf))
            .collect(),
        map: map_of(edition, numbered, size),
        outline: outline::outline(&meeting.agenda, numbered),
        furniture: Furniture {
            notes: None,
            page_number: typeset::in_body_font(&settings.page_number),
            marking: settings.marking.as_deref().map(typeset::in_body_font),
            double_sided: settings.double_sided(),
            size,
            regular,
            bold,
        },
        claim: Claim::WhenEarned,
        password: None,
    }
}

/// The page map, with the standard edition's numbers as second names where this is another edition.
fn map_of(edition: &Edition, numbered: &Numbered, size: f32) -> PageMap {
    let words = Words::of(edition.meeting().lang());
    let mut map = numbered.map.clone();
    for (index, sheets) in numbered.sheets.iter().enumerate() {
        if let Some(sheets) = sheets {
            map.also_called(index, &aliases::aliases(sheets, size, words));
        }
    }
    map
}

fn section(
    kit: &Kit<'_>,
    edition: &Edition,
    numbered: &Numbered,
    index: usize,
    stretch: &Stretch,
    pdf: PdfFile,
) -> Section {
    let words = Words::of(edition.meeting().lang());
    Section {
        key: stretch.key.clone(),
        title: stretch.title.clone(),
        path: stretch.groups.clone(),
        pdf,
        pages: selection(&stretch.body),
        origin: match &stretch.body {
            Body::Part(_) => Provenance::Generated,
            Body::Pdf { .. } => Provenance::Attachment,
        },
        lang: stretch
            .lang
            .as_ref()
            .map(|lang| lang.0.clone())
            .or_else(|| numbering::part(stretch).map(|part| part.lang.clone()))
            .filter(|lang| *lang != edition.meeting().lang().0),
        anchors: outline::anchors(numbered, index),
        opening: stretch.opening.as_ref().map(|opening| Opening {
            label: opening.label.clone(),
            title: opening.title.clone(),
        }),
        watermark: kit.draft.then(|| "DRAFT".to_owned()),
        heading: numbering::for_members(edition)
            .then(|| exempt::notice(&stretch.access, edition.meeting().law(), words))
            .flatten(),
    }
}

/// What the assembler did to files, a finding for each file and kind, with the number of pages.
/// Pages that were made smaller are summed up in one finding.
fn findings(meeting: &Meeting, numbered: &Numbered, told: &[Note]) -> Vec<Finding> {
    let source = |section: usize| match &numbered.stretches.get(section)?.body {
        Body::Pdf { source, .. } => Some(source),
        Body::Part(_) => None,
    };
    let mut grouped: BTreeMap<(usize, NoteKind), Vec<usize>> = BTreeMap::new();
    // What was an error before the build is not told once more of a draft.
    let known: LazyCell<BTreeSet<(&SourceName, usize)>, _> = LazyCell::new(|| {
        characters::missing_in_fields(meeting)
            .map(|(source, page, _)| (source, page as usize))
            .collect()
    });
    let is_known = |note: &&Note| {
        note.kind == NoteKind::FieldLettersMissing
            && source(note.section)
                .zip(note.page)
                .is_some_and(|place| known.contains(&place))
    };
    for note in told.iter().filter(|note| !is_known(note)) {
        let pages = grouped.entry((note.section, note.kind)).or_default();
        pages.extend(note.page);
    }
    let smaller: Vec<(&SourceName, usize)> = grouped
        .iter()
        .filter(|((_, kind), _)| *kind == NoteKind::Shrunk)
        .filter_map(|((section, _), pages)| Some((source(*section)?, pages.len())))
        .collect();
    let summed_up = (smaller.len() > 1).then(|| made_smaller(&smaller));
    if summed_up.is_some() {
        grouped.retain(|(_, kind), _| *kind != NoteKind::Shrunk);
    }
    grouped
        .into_iter()
        .map(|((section, kind), pages)| {
            let source = source(section).map(|source| source.0.clone());
            let sentence = kind.sentence().trim_end_matches('.');
            let (place, message) = match (source, pages.as_slice()) {
                (Some(path), [page]) => (
                    Place::Page(path, u32::try_from(*page).unwrap_or(u32::MAX)),
                    sentence.to_owned(),
                ),
                (Some(path), []) => (Place::File(path), sentence.to_owned()),
                (Some(path), several) => (
                    Place::File(path),
                    format!("{sentence} ({} pages)", several.len()),
                ),
                (None, _) => (Place::Nowhere, sentence.to_owned()),
            };
            let severity = if kind.loses_words() {
                Severity::Warning
            } else {
                Severity::Note
            };
            Finding {
                severity,
                ..note(kind.code(), place, message)
            }
        })
        .chain(summed_up)
        .collect()
}

/// How many pages of which files were made smaller.
fn made_smaller(files: &[(&SourceName, usize)]) -> Finding {
    let named: Vec<String> = files
        .iter()
        .take(MOST_NAMED)
        .map(|(source, count)| format!("{} ({})", source.file_name(), counted(*count, "page")))
        .collect();
    let more = match files.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let all = files.iter().map(|(_, count)| count).sum();
    note(
        NoteKind::Shrunk.code(),
        Place::Nowhere,
        format!(
            "{} of {} made slightly smaller, to leave room for what the pack prints: {}{more}",
            counted(all, "page"),
            counted(files.len(), "file"),
            named.join(", ")
        ),
    )
}

fn document_map(
    edition: &Edition,
    name: &str,
    order: &Order,
    numbered: &Numbered,
    map: &PageMap,
    assembled: &Assembled,
) -> DocumentMap {
    DocumentMap {
        labels: map.pages.iter().map(|page| page.label.clone()).collect(),
        numbers: map.pages.iter().map(|page| page.number).collect(),
        last_number: map.last_number,
        page_number: typeset::in_body_font(&edition.meeting().council.pack.page_number),
        path: name.to_owned(),
        pages: map.pages.len(),
        print: order.print.to_string(),
        locked: false,
        outline: Vec::new(),
        parts: numbered
            .stretches
            .iter()
            .zip(&map.sections)
            .enumerate()
            .map(|(index, (stretch, pages))| PartPages {
                key: stretch.key.clone(),
                title: stretch.title.clone(),
                item: stretch.item.clone(),
                source: match &stretch.body {
                    Body::Pdf { source, .. } => Some(source.0.clone()),
                    Body::Part(_) => None,
                },
                first_page: pages.first,
                pages: pages.count,
                numbers: pages.numbers.map(ends),
                withheld: pages.withheld().map(ends),
                references: numbering::references(numbered, index),
                structure_elements: assembled
                    .parts
                    .get(index)
                    .map_or(0, |part| part.elements_out),
            })
            .collect(),
    }
}

fn ends(pages: PageRange) -> (PageNumber, PageNumber) {
    (pages.first(), pages.last())
}

/// The plan of one section of a pack as a file of its own, with the pack's furniture and numbers left
/// out.
pub(super) fn alone<'a>(whole: &Plan<'a>, section: &Section) -> Plan<'a> {
    let pages = whole
        .map
        .sections
        .iter()
        .find(|pages| pages.key == section.key);
    Plan {
        map: page_map(&[Extent {
            key: section.key.clone(),
            pages: pages.map_or(0, |pages| pages.count),
            reserved: 0,
            start: Start::Next,
            first_number: FirstNumber::Next,
            numbered: false,
        }]),
        metadata: Metadata {
            title: section.title.clone(),
            language: section
                .lang
                .clone()
                .unwrap_or_else(|| whole.metadata.language.clone()),
            ..whole.metadata.clone()
        },
        sections: vec![Section {
            path: Vec::new(),
            opening: None,
            ..section.clone()
        }],
        outline: vec![OutlineEntry {
            title: section.title.clone(),
            level: 0,
            target: Target::Page {
                section: 0,
                page: 0,
            },
            adopt: Some(0),
        }],
        furniture: whole.furniture.clone(),
        claim: Claim::WhenEarned,
        password: None,
    }
}

/// A finding about how a pack was made, rather than about a line of the sources.
fn note(code: &'static str, place: impl Into<Place>, message: impl Into<String>) -> Finding {
    Finding::note(Code(code), place, message)
}
