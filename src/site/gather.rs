//! The meetings of the site: each published one is read, checked against its record and built, unless
//! the site has it already and nothing has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use sha2::{Digest as _, Sha256};

use super::manifest::{Entry, Manifest};
use super::outcome::{Refused, SiteError};
use super::published::{Forms, Notice, Published};
use super::search::pages_of;
use crate::crew;
use crate::edition::{Edition, WithheldPages};
use crate::hex::hex;
use crate::load::{self, PackFolder, PdfContent, WorkspaceRoot};
use crate::model::{Audience, Binding, PrintSize, SourceName};
use crate::pipeline::manifest::Digest;
use crate::pipeline::{
    Built, Form, Observer, Order, Reading, Request, Session, SessionError, Step, difference,
    output_name, was_built,
};
use crate::write::{Output, Publication};

/// What was gathered.
pub(super) struct Gathered {
    pub(super) entries: Vec<Entry>,
    pub(super) written: Written,
    pub(super) refused: Vec<Refused>,
    pub(super) built: usize,
    pub(super) taken: usize,
}

/// What is written, or on its way.
#[derive(Default)]
pub(super) struct Written {
    /// Outputs to be published; those that were written ahead no longer have bytes.
    pub(super) outputs: Vec<Output>,
    /// The hashes of those that were written ahead.
    pub(super) digests: Vec<Digest>,
}

/// The most meetings that are built at once: each is in memory as a whole.
const AT_ONCE: usize = 4;

/// Every published meeting of some packs.
pub(super) fn all(
    root: &WorkspaceRoot,
    packs: &[PackFolder],
    earlier: &Manifest,
    publication: &Publication,
    observer: &dyn Observer,
) -> Result<Gathered, SiteError> {
    let mut gathered = Gathered {
        entries: Vec::new(),
        written: Written::default(),
        refused: Vec::new(),
        built: 0,
        taken: 0,
    };
    let templates = load::templates(root).map_err(SiteError::Templates)?;
    let salt = serde_json::to_string(&(env!("CARGO_PKG_VERSION"), &templates))?;
    let mut names = BTreeSet::new();
    let mut published = Vec::new();
    for folder in packs {
        if !load::is_published(root, folder) {
            continue;
        }
        let name = folder.name(root);
        if !names.insert(name.clone()) {
            return Err(SiteError::SameName(name));
        }
        published.push((folder, name));
    }
    let known: BTreeMap<(&str, &str), &Entry> = earlier
        .meetings
        .iter()
        .map(|entry| ((entry.folder.as_str(), entry.published.id.as_str()), entry))
        .collect();
    let known = |folder: &PackFolder, name: &str| known.get(&(folder.0.as_str(), name)).copied();
    let gather = |folder: &PackFolder, name: String| {
        let known = known(folder, &name);
        if let Some(known) = known
            && known.key.is_some()
            && known.key == key(root, folder, &known.outside(), &salt)
        {
            return Found::AsItWas(known.clone());
        }
        match one(root, folder) {
            Ok(meeting) => Found::made(meeting, publication, |outside| {
                key(root, folder, outside, &salt)
            }),
            Err(why) => Found::Refused(
                Refused {
                    name,
                    why,
                    kept: known.is_some(),
                },
                known.cloned(),
            ),
        }
    };
    let all = published.len();
    let done = AtomicUsize::new(0);
    let found = crew::at_most(AT_ONCE, published, |(folder, name)| {
        let doing = format!("building {name}");
        let found = gather(folder, name);
        observer.progress(Step::part(
            &doing,
            done.fetch_add(1, Ordering::Relaxed),
            all,
        ));
        found
    });
    for found in found {
        match found {
            Found::AsItWas(entry) => gathered.entries.push(entry),
            Found::Made {
                entry,
                written,
                taken,
            } => {
                if taken {
                    gathered.taken += 1;
                } else {
                    gathered.built += 1;
                }
                gathered.entries.push(*entry);
                gathered.written.outputs.extend(written.outputs);
                gathered.written.digests.extend(written.digests);
            }
            Found::Refused(refused, known) => {
                gathered.refused.push(refused);
                // It is looked at again the next time.
                gathered
                    .entries
                    .extend(known.map(|known| Entry { key: None, ..known }));
            }
        }
    }
    Ok(gathered)
}

/// What became of a published meeting.
enum Found {
    AsItWas(Entry),
    Made {
        entry: Box<Entry>,
        written: Written,
        taken: bool,
    },
    /// Why it cannot be shown, and what the site knew of it.
    Refused(Refused, Option<Entry>),
}

impl Found {
    /// A meeting that was made, whose outputs are written down at once: a large site is not in memory
    /// as a whole.
    fn made(
        meeting: Meeting,
        publication: &Publication,
        key: impl Fn(&[SourceName]) -> Option<String>,
    ) -> Self {
        let prefix = meeting.published.folder();
        let mut written = Written::default();
        let mut paths = Vec::new();
        for output in meeting.outputs {
            let path = format!("{prefix}/{}", output.name);
            written
                .digests
                .push(Digest::of(path.clone(), &output.bytes));
            let is_written = publication.write_ahead(&path, &output.bytes);
            written.outputs.push(Output {
                bytes: if is_written {
                    Default::default()
                } else {
                    output.bytes
                },
                name: path.clone(),
            });
            paths.push(path);
        }
        let entry = Entry {
            folder: meeting.folder,
            key: key(&meeting.outside).filter(|_| meeting.all_told),
            outside: meeting.outside.into_iter().map(|name| name.0).collect(),
            published: *meeting.published,
            outputs: paths,
        };
        Self::Made {
            entry: Box::new(entry),
            written,
            taken: meeting.taken,
        }
    }
}

/// A hash of what a meeting is made from; `None` if that cannot be read.
fn key(
    root: &WorkspaceRoot,
    folder: &PackFolder,
    outside: &[SourceName],
    salt: &str,
) -> Option<String> {
    let hash = load::fingerprint(root, folder, outside)?;
    Some(hex(&Sha256::digest(format!("{hash}{salt}"))))
}

/// A meeting that was made, or taken as it was built before.
struct Meeting {
    folder: String,
    taken: bool,
    published: Box<Published>,
    /// The files outside the pack's folder that it was made from, and whether none of them is
    /// withheld, so that what has changed can be told from them.
    outside: Vec<SourceName>,
    all_told: bool,
    outputs: Vec<Output>,
}

/// Reads one meeting, and builds it for everybody where that was not done before, or says why it cannot
/// be shown.
fn one(root: &WorkspaceRoot, folder: &PackFolder) -> Result<Meeting, String> {
    let large_print = Order {
        print: PrintSize::LARGE,
        ..order(Form::Pdf)
    };
    let orders = [order(Form::Pdf), large_print, order(Form::Html)];
    let (pack, mut built, taken) = made(root, folder, &orders, &published)?;
    let [pdf, large_print, page] = orders.map(|order| output_name(&pack.name, &order));
    let forms = Forms {
        pdf: &pdf,
        large_print: &large_print,
        page: &page,
    };
    let meeting = pack.loaded.meeting.as_ref();
    let whole = || "not every form of it could be made".to_owned();
    let meeting = meeting.ok_or_else(whole)?;
    let mut published = Published::of(meeting, &built, &forms).ok_or_else(whole)?;
    let map = built.documents.iter().find(|map| map.path == pdf);
    let file = built.outputs.iter().find(|output| output.name == pdf);
    let (map, file) = map.zip(file).ok_or_else(whole)?;
    let pages = pages_of(map, &file.bytes)?;
    built.outputs.extend(pages);
    let (outside, all_told) = outside(&pack, meeting, folder);
    let mut outputs = built.outputs;
    if meeting.sitting.decisions_published.is_some() {
        let (notice, files) = notice(root, folder)?;
        published.notice = Some(notice);
        outputs.extend(files);
    }
    Ok(Meeting {
        folder: folder.0.clone(),
        taken,
        published: Box::new(published),
        outside,
        all_told,
        outputs,
    })
}

/// What was published of a pack, or why it cannot be shown.
fn published(pack: Session) -> Result<Session, SessionError> {
    if matches!(difference(&pack), Ok(Some(_))) {
        return Err(SessionError::NotIssued(pack.name));
    }
    pack.published()
}

/// The notice of what a meeting decided, on the day that the meeting gives for it.
fn notice(root: &WorkspaceRoot, folder: &PackFolder) -> Result<(Notice, Vec<Output>), String> {
    let orders = [Form::Pdf, Form::Html].map(order);
    let (pack, built, _) = made(root, folder, &orders, &|pack| {
        published(pack)?.decisions(None)
    })?;
    let [pdf, page] = orders.map(|order| output_name(&pack.name, &order));
    let meeting = pack.loaded.meeting.as_ref();
    let notice = meeting.and_then(|meeting| Notice::of(meeting, &built, &pdf, &page));
    let notice = notice.ok_or_else(|| format!("{} could not be made", pack.name))?;
    Ok((notice, built.outputs))
}

/// What is ordered of a pack for everybody: as far as it can be, as it was built before where a build
/// would make the same, which takes no more than the facts of its PDFs to know. Says whether all of it
/// was. `of` makes the pack of what was read.
fn made(
    root: &WorkspaceRoot,
    folder: &PackFolder,
    orders: &[Order],
    of: &dyn Fn(Session) -> Result<Session, SessionError>,
) -> Result<(Session, Built, bool), String> {
    let read = |content| {
        let pack = of(Session::read(root, folder, &Reading::of(content)));
        pack.map_err(|error| error.to_string())
    };
    let (mut taken, mut left) = (Built::default(), orders.to_vec());
    // Nothing can be taken of what was never built, and one reading is enough.
    if was_built(root.folder(), &folder.name(root), Audience::Public) {
        let pack = read(PdfContent::NONE)?;
        (taken, left) = pack.made_before(&Request::of(Audience::Public, orders));
        if left.is_empty() {
            return Ok((pack, taken, true));
        }
    }
    let pack = read(PdfContent::ALL)?;
    let built = pack.build(&Request::of(Audience::Public, &left), &());
    let built = built.map_err(|error| error.told(&pack.loaded.files))?;
    Ok((pack, taken.with(built), false))
}

/// An order in standard print for everybody.
fn order(form: Form) -> Order {
    Order {
        audience: Audience::Public,
        print: PrintSize::Standard,
        form,
        binding: Binding::default(),
    }
}

/// The files outside a pack's folder that everybody may know it was made from, and whether those are
/// all that there are.
fn outside(
    pack: &Session,
    meeting: &crate::model::Meeting,
    folder: &PackFolder,
) -> (Vec<SourceName>, bool) {
    let inside = format!("{}/", folder.0);
    let is_outside = |path: &str| !path.starts_with(&inside);
    let edition = Edition::of(meeting, Audience::Public, &WithheldPages::new());
    let named = pack.sources(&edition).into_iter();
    let named: Vec<SourceName> = named
        .filter(|source| is_outside(&source.path))
        .map(|source| SourceName(source.path))
        .collect();
    let sources = pack.loaded.sources.iter();
    let all = sources.filter(|source| is_outside(&source.name.0)).count();
    let all_told = all == named.len();
    (named, all_told)
}
