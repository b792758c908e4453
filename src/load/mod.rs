//! The only reader of disk: a clerk's files become a [`Meeting`], and everything that is wrong
//! with them becomes a finding at its place.
//!
//! TOML is read key by key with the place of each, Markdown into prose, attachments into facts.
//! Nothing stops at the first fault: a broken report is a missing paper of the meeting, and there is
//! no meeting only if the council, the committee or `pack.toml` cannot be used. A document whose access
//! is unclear is never public.
//!
//! This room knows paths, bytes and formats. It does not know which rules there are, what an
//! edition is, or how anything looks.

mod access;
mod addresses;
mod agenda;
mod alone;
mod appendix;
mod asked;
mod attachment;
mod beside;
mod brackets;
mod build;
mod cited;
pub mod codes;
mod committee;
mod convert;
mod council;
mod csv;
mod disk;
mod encoding;
mod fingerprint;
mod front_matter;
mod grid;
mod item_names;
pub mod keys;
mod links;
mod long_values;
mod markdown;
mod minutes;
mod misnamed;
mod named;
mod nearest;
mod notes;
mod notices;
mod numbers;
mod office;
mod open_document;
mod package;
mod paper;
mod parts;
mod pdf_report;
mod people;
mod published_keys;
mod reader;
mod record;
mod record_words;
mod redaction;
mod repeats;
mod report;
mod several;
mod sheet;
mod sitting;
mod slip;
mod sniff;
mod stamps;
mod syntax;
mod table;
mod templates;
mod text;
mod toml_text;
mod weight;
mod withholding;
mod word;
mod workspace;
mod xml;
mod zip;

pub use alone::prose;
pub use asked::{PdfContent, SourceFile};
pub use attachment::{Attachments, for_screen, is_too_fine_for_screen};
pub use convert::{Converted, convert};
pub use fingerprint::{fingerprint, is_published, stamp};
pub use record::written as written_record;
pub use record_words::written as written_words;
pub use stamps::Stamps;
pub use templates::{site_templates, templates};
pub use word::template as word_template;
pub use workspace::{LoadError, PackFolder, WorkspaceRoot, find, select};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use self::keys::{KeysOf, Shape};
use self::nearest::{nearest, one_of};
use self::notes::Notes;
use self::paper::Surroundings;
use self::published_keys::Published;
use self::reader::Reader;
use self::syntax::Readable;
use self::table::Table;
use crate::finding::{Files, Finding, Place, Severity, Span, Spanned};
use crate::kept::Kept;
use crate::model::council::Site;
use crate::model::{
    Access, Agenda, Body, BodyKind, Council, Jurisdiction, Lang, Meeting, Minutes, PackSettings,
    Record, ReportLayout, SourceName, Style, Tier,
};

/// The file, in a pack's folder, that holds the minutes of the meeting itself.
pub const OWN_MINUTES: &str = "minutes.md";
/// The prefix of the file name of minutes that are not for publication; the rest is the name of the
/// public minutes.
pub const EXEMPT: &str = "exempt-";
/// The file, in a pack's folder, that says what was published.
pub const RECORD: &str = "published.toml";
/// The file beside it that holds the words that were published.
pub const WORDS: &str = "published.txt";

/// What was read for one pack.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The meeting; `None` if the council, the committee or `pack.toml` cannot be used.
    pub meeting: Option<Meeting>,
    /// If there is no meeting, as much of it as could be read: only to check its papers. Nothing may be
    /// made of it, since what could not be read may have withheld something.
    pub papers: Option<Meeting>,
    /// Everything that is wrong with the files, in the order in which they were read.
    pub findings: Vec<Finding>,
    /// The text files that were read, which findings point into.
    pub files: Files,
    /// The bytes of the files that stay as they are, as far as they were asked for.
    pub attachments: Attachments,
    /// Every file that was read, in the order of their names.
    pub sources: Vec<SourceFile>,
    /// The files that are named and are not there, or cannot be read.
    pub missed: BTreeSet<SourceName>,
    /// Where the severity of each rule is set, by its code; a pack's own place wins.
    pub severity_places: BTreeMap<String, Span>,
}

impl Loaded {
    /// Every file that makes it what it is: those that were read, and those that it lacks.
    pub fn depends_on(&self) -> impl Iterator<Item = &SourceName> {
        let read = self.sources.iter().map(|source| &source.name);
        read.chain(&self.missed)
    }
}

/// Reads one pack of a workspace, with everything that can be read of its PDFs.
pub fn load(root: &WorkspaceRoot, pack: &PackFolder) -> Loaded {
    load_with(root, pack, PdfContent::ALL, None)
}

/// Reads one pack of a workspace, and as much of its PDFs as `content` asks for. What `kept` has of
/// public PDFs is not worked out again; only the workspace's owner may read its entries.
pub fn load_with(
    root: &WorkspaceRoot,
    pack: &PackFolder,
    content: PdfContent,
    kept: Option<&dyn Kept>,
) -> Loaded {
    let disk = root.disk();
    let notes = Notes::default();
    let reader = Reader::new(&disk, &notes).with_kept(kept);

    let council = council(&reader);
    let known_council = council.is_some();
    reader.layout_known.set(known_council);
    let mut council = council.unwrap_or_else(nobody);
    let draft = pack_file(pack, &mut council, &reader);
    let record = record(pack, &reader);
    let own_minutes = draft
        .as_ref()
        .and_then(|draft| own_minutes(pack, draft, &reader));

    let wanted = reader.wanted.take();
    let full_size = council.pack.full_size_images;
    let read = attachment::read(&disk, &wanted, content, full_size, kept);
    tell_of_images(&read, reader.shown.take(), &notes);
    let minute_number = draft
        .as_ref()
        .and_then(|draft| draft.body.minute_number.clone());
    let mut builder = build::Builder {
        attachments: &read,
        wanted: &wanted,
        notes: &notes,
        files: &reader.files,
        layout: &council.report,
        minute_number: minute_number.as_deref(),
        numbers: BTreeMap::new(),
        keys: BTreeSet::new(),
        labelled: BTreeSet::new(),
    };
    let drafted = draft.map(|draft| {
        let ids = item_names::ItemIds::of(&draft.items, &notes);
        let mut items = builder.items(draft.items);
        if let Some(record) = &record {
            let hash = |name: &SourceName| match read.get(name) {
                Some(attachment) => Some(attachment.as_ref().ok()?.sha256.clone()),
                None => Some(reader.sources.borrow().get(name)?.sha256.clone()),
            };
            let published = Published {
                record,
                hash: &hash,
                label: &council.report.appendix_label,
                labelled: &builder.labelled,
                notes: &notes,
            };
            published.keep_keys(&mut items);
        }
        let lettering = |image: &str| {
            let image = attachment::image(&read, &SourceName(image.to_owned())).ok()?;
            Some(image.lettering.clone())
        };
        links::settle(&mut items, &ids, record.as_ref(), &lettering, &notes);
        let sound = known_council && draft.sound && draft.sitting.is_some();
        let meeting = Meeting {
            id: pack.name(root),
            accessibility_page: draft
                .accessibility_page
                .unwrap_or(council.pack.accessibility_page),
            sitting: draft
                .sitting
                .unwrap_or_else(|| sitting::some_day(draft.span)),
            agenda: Agenda {
                parts: draft.parts,
                items,
            },
            body: Arc::new(draft.body),
            copies: draft.copies,
            notices: draft.notices,
            council: Arc::new(council.clone()),
            record,
            supplement: None,
            consolidated: false,
            minutes: own_minutes.map(Box::new),
            decisions: None,
        };
        (meeting, sound)
    });
    let (meeting, papers) = match drafted {
        Some((meeting, true)) => (Some(meeting), None),
        // Without the council it is not known what its reports must contain.
        Some((meeting, false)) => (None, Some(meeting).filter(|_| known_council)),
        None => (None, None),
    };

    let mut sources = reader.sources.into_inner();
    if let Some(meeting) = &meeting {
        let read = sources.keys().chain(wanted.keys());
        tell_of_others(root, pack, meeting, read, &notes);
    }
    let mut missed = reader.missed.into_inner();
    for (name, attachment) in &read {
        let Ok(attachment) = attachment else {
            missed.insert(name.clone());
            continue;
        };
        sources.insert(
            name.clone(),
            SourceFile {
                name: name.clone(),
                sha256: attachment.sha256.clone(),
                bytes: attachment.length,
            },
        );
    }
    let usable = read
        .into_iter()
        .filter_map(|(name, read)| Some((name, read.ok()?)));
    let attachments = usable.collect();
    Loaded {
        meeting,
        papers,
        files: reader.files.into_inner(),
        attachments,
        sources: sources.into_values().collect(),
        missed,
        severity_places: reader.severity_places.into_inner(),
        findings: notes.into_findings(),
    }
}

/// Tells of files in the pack's folder that nothing names, and of another pack for the same meeting.
/// `read` are the files that were read, or parts of them.
fn tell_of_others<'s>(
    root: &WorkspaceRoot,
    pack: &PackFolder,
    meeting: &Meeting,
    read: impl Iterator<Item = &'s SourceName>,
    notes: &Notes,
) {
    let earlier = meeting.items().flat_map(|item| {
        let appendices = item.all_appendices();
        let listed = appendices.filter_map(|appendix| appendix.supersedes.as_ref());
        item.supersedes.iter().chain(listed)
    });
    let named = read
        .map(|name| name.0.split('#').next().unwrap_or_default().to_owned())
        .chain(earlier.map(|name| format!("{}/{name}", pack.0)))
        // Like the meeting's own minutes, they wait for the next agenda.
        .chain([pack.file(&format!("{EXEMPT}{OWN_MINUTES}")).0])
        .collect();
    // A paper whose name was mistyped is named by no item either.
    let beside = if notes.has_errors() {
        Vec::new()
    } else {
        beside::unnamed(root, pack, &named)
    };
    let twice = beside::same_meeting(root, pack, meeting.sitting.date.span);
    for finding in beside.into_iter().chain(twice) {
        notes.add(finding);
    }
}

/// Reads a TOML file of the workspace, or reports why it cannot be read.
fn toml<T>(
    name: &SourceName,
    shape: &'static Shape,
    reader: &Reader<'_>,
    read: impl FnOnce(Table<'_>, bool) -> Option<T>,
) -> Option<T> {
    let (file, text) = match reader.text(name) {
        Ok(text) => text,
        Err(refusal) => {
            reader.notes.add(refusal.at(Place::File(name.0.clone())));
            return None;
        }
    };
    let readable = Readable::new(&text, 0..text.len(), file, reader.notes);
    let document = readable.document();
    read(
        Table::of(&document, shape, name.file_name(), reader.notes),
        readable.sound,
    )
}

/// The council of a workspace; `None` where `council.toml` cannot be used.
pub fn council_of(root: &WorkspaceRoot) -> Option<Council> {
    let disk = root.disk();
    let notes = Notes::default();
    council(&Reader::new(&disk, &notes))
}

/// The body that `committees/ID.toml` of a workspace describes; `None` where it cannot be used.
pub fn body_of(root: &WorkspaceRoot, id: &str) -> Option<Body> {
    let disk = root.disk();
    let notes = Notes::default();
    committee_file(id, &Reader::new(&disk, &notes))
}

fn council(reader: &Reader<'_>) -> Option<Council> {
    let name = SourceName("council.toml".to_owned());
    let shape = KeysOf::Council.shape();
    toml(&name, shape, reader, |root, _| council::read(root, reader))
}

/// What `pack.toml` says, before attachments have been read.
struct Draft {
    body: Body,
    sitting: Option<crate::model::Sitting>,
    parts: Vec<crate::model::AgendaPart>,
    items: Vec<agenda::ItemSource>,
    copies: Vec<crate::model::Copy>,
    accessibility_page: Option<bool>,
    notices: Vec<crate::model::Notice>,
    span: Span,
    /// Whether the committee is known and `pack.toml` is TOML throughout.
    sound: bool,
}

/// The record of what was published of a pack, if there is one.
fn record(pack: &PackFolder, reader: &Reader<'_>) -> Option<Record> {
    let name = pack.file(RECORD);
    reader.disk.facts(&name)?;
    let record = toml(&name, &keys::RECORD, reader, |root, _| record::read(root))?;
    // It is not one of the sources that a pack is made from.
    let words = reader.disk.text(&pack.file(WORDS)).ok();
    Some(Record {
        words: words.map(|file| record_words::read(&file.text)),
        ..record
    })
}

/// The minutes of the meeting itself, once they are beside its agenda. A file that an item names
/// holds the minutes of an earlier one.
fn own_minutes(pack: &PackFolder, draft: &Draft, reader: &Reader<'_>) -> Option<Minutes> {
    let name = pack.file(OWN_MINUTES);
    if reader.sources.borrow().contains_key(&name) {
        return None;
    }
    reader.disk.facts(&name)?;
    let file = text::MarkdownFile::open(&name, draft.span, reader)?;
    if !file.has_front_matter {
        return None;
    }
    let readable = file.front_matter(reader);
    let document = readable.document();
    let table = Table::of(&document, &keys::REPORT, "these minutes", reader.notes);
    let body = file.body(&name, reader);
    let folder = disk::folder_of(&name);
    let table = table.read_as(&keys::MINUTES);
    let read = minutes::read(table, body, folder, &draft.body, &Access::Public, reader);
    Some(read.paper)
}

fn pack_file(pack: &PackFolder, council: &mut Council, reader: &Reader<'_>) -> Option<Draft> {
    let name = pack.file("pack.toml");
    toml(&name, KeysOf::Pack.shape(), reader, |root, sound| {
        // A `committee` below [meeting] has a finding there.
        let strayed = root.inner_holds("meeting", "committee");
        let committee = if strayed {
            root.spanned_text("committee")
        } else {
            root.required_text("committee")
        };
        let severities: BTreeMap<String, Severity> = council::severities(&root, reader);
        council.severities.extend(severities);
        let body = committee.and_then(|id| body(&id, reader));
        let known_body = body.is_some();
        let body = body.unwrap_or_else(|| somebody(root.span()));
        let sitting = sitting::sitting(&root);
        let parts = agenda::parts(&root);
        let items = agenda::items(
            &root,
            None,
            &Surroundings {
                reader,
                council,
                body: &body,
                parts: &parts,
                folder: &pack.0,
            },
        );
        let copies = committee::copies_of_meeting(&root, &body, reader.notes);
        let accessibility_page = root.flag("accessibility-page");
        let notices = notices::read(&root);
        let span = root.span();
        root.finish();
        Some(Draft {
            body,
            sitting,
            parts,
            items,
            copies,
            accessibility_page,
            notices,
            span,
            sound: sound && known_body,
        })
    })
}

fn body(id: &Spanned<String>, reader: &Reader<'_>) -> Option<Body> {
    let known = reader.disk.toml_stems("committees");
    if !known.contains(&id.value) {
        let finding = Finding::error(
            codes::UNKNOWN_COMMITTEE,
            id.span,
            format!("There is no committee “{}”", id.value),
        );
        let names = known.iter().map(String::as_str);
        let file = format!("{}.toml", id.value);
        // "scrutiny.toml" is the name of a file, and not what a committee is called.
        let path = reader.disk.misnamed("committees", &file);
        if let Some(path) = path.filter(|_| !id.value.ends_with(".toml")) {
            reader
                .notes
                .add(finding.help(format!("Rename {path} to committees/{file}")));
            return None;
        }
        reader.notes.add(match nearest(&id.value, names.clone()) {
            Some(near) => finding
                .label(format!("did you mean “{near}”?"))
                .help(format!("Write committee = \"{near}\"")),
            None if known.is_empty() => {
                finding.help(format!("Describe it in committees/{}.toml", id.value))
            }
            None if known.len() == 1 => {
                let only = known.first().map_or("", String::as_str);
                finding
                    .label("a committee goes by the name of its file in committees/")
                    .help(format!(
                        "Write committee = \"{only}\", which is the only one"
                    ))
            }
            None => finding.help(format!("The committees are {}", one_of(names))),
        });
        return None;
    }
    committee_file(&id.value, reader)
}

fn committee_file(id: &str, reader: &Reader<'_>) -> Option<Body> {
    let name = SourceName(format!("committees/{id}.toml"));
    toml(&name, KeysOf::Committee.shape(), reader, |root, _| {
        committee::read(id, root, reader.notes)
    })
}

/// The council that replaces one that cannot be used, so that the other files are read.
fn nobody() -> Council {
    Council {
        name: String::new(),
        short_name: None,
        jurisdiction: Jurisdiction::England,
        tier: Tier::Principal,
        languages: vec![Lang::default()],
        website: None,
        address: Vec::new(),
        proper_officer: None,
        pack: PackSettings::default(),
        report: ReportLayout::default(),
        notices: Vec::new(),
        non_working: Vec::new(),
        call_in_days: None,
        severities: BTreeMap::new(),
        style: Style::default(),
        site: Site::default(),
        span: Span::new(crate::finding::FileId(0), 0, 0),
    }
}

/// The body that replaces one that cannot be used.
fn somebody(span: Span) -> Body {
    Body {
        id: String::new(),
        name: String::new(),
        kind: BodyKind::Committee,
        minute_number: None,
        clerk: None,
        members: Vec::new(),
        notices: Vec::new(),
        copies: Vec::new(),
        span,
    }
}

/// Reports each image in running text that cannot be shown, and once what there is to know about each
/// that can.
fn tell_of_images(read: &attachment::Read, shown: Vec<(SourceName, Span)>, notes: &Notes) {
    let mut told = BTreeSet::new();
    for (name, place) in shown {
        match attachment::image(read, &name) {
            Ok(image) => {
                if told.insert(name) {
                    for known in &image.told {
                        notes.add(known.at(place));
                    }
                }
            }
            Err(refusal) => notes.extend(refusal.map(|refusal| refusal.at(place))),
        }
    }
}
