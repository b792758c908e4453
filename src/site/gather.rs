//! The meetings of the site: each that was published is read, checked against its record and built, unless the
//! site has it already as it is.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use super::manifest::{Entry, Manifest};
use super::outcome::{Refused, SiteError};
use super::published::{Forms, Notice, Published};
use super::search::Pages;
use crate::edition::{Edition, WithheldPages};
use crate::load::{self, PackFolder, PdfContent, WorkspaceRoot};
use crate::model::{Audience, Binding, PrintSize, SourceName};
use crate::pipeline::manifest::Digest;
use crate::pipeline::{
    Built, Form, Observer, Order, Reading, Request, Session, SessionError, Step, difference,
    output_name,
};
use crate::write::{Output, Publication};

/// What was gathered.
pub(super) struct Gathered {
    pub(super) entries: Vec<Entry>,
    pub(super) written: Written,
    pub(super) refused: Vec<Refused>,
    pub(super) built: usize,
}

/// What is written, or on its way.
#[derive(Default)]
pub(super) struct Written {
    /// Outputs to be published; those that were written ahead have no bytes any more.
    pub(super) outputs: Vec<Output>,
    /// The hashes of those that were written ahead.
    pub(super) digests: Vec<Digest>,
}

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
    };
    let templates = load::templates(root).map_err(SiteError::Templates)?;
    let salt = serde_json::to_string(&(env!("CARGO_PKG_VERSION"), &templates))?;
    let mut names = BTreeSet::new();
    let published = packs
        .iter()
        .filter(|folder| load::is_published(root, folder));
    let folders = published.clone().count();
    for (done, folder) in published.enumerate() {
        let name = folder.name(root);
        if !names.insert(name.clone()) {
            return Err(SiteError::SameName(name));
        }
        let key = |outside: &[SourceName]| {
            let hash = load::fingerprint(root, folder, outside)?;
            let whole = Sha256::digest(format!("{hash}{salt}"));
            Some(
                whole
                    .iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect::<String>(),
            )
        };
        let known = earlier
            .meetings
            .iter()
            .find(|entry| entry.folder == folder.0 && entry.published.id == name);
        if let Some(known) = known
            && known.key.is_some()
            && known.key == key(&known.outside())
        {
            gathered.entries.push(known.clone());
            continue;
        }
        observer.progress(Step::part(&format!("building {name}"), done, folders));
        match one(root, folder) {
            Ok(Meeting {
                published,
                outside,
                all_told,
                outputs,
            }) => {
                let prefix = published.folder();
                let mut paths = Vec::new();
                for output in outputs {
                    let path = format!("{prefix}/{}", output.name);
                    let digest = Digest::of(path.clone(), &output.bytes);
                    // A large site is not in memory as a whole.
                    let is_written = publication.write_ahead(&path, &output.bytes);
                    gathered.written.outputs.push(Output {
                        bytes: if is_written {
                            Default::default()
                        } else {
                            output.bytes
                        },
                        name: path.clone(),
                    });
                    gathered.written.digests.push(digest);
                    paths.push(path);
                }
                gathered.built += 1;
                gathered.entries.push(Entry {
                    folder: folder.0.clone(),
                    key: key(&outside).filter(|_| all_told),
                    outside: outside.into_iter().map(|name| name.0).collect(),
                    published: *published,
                    outputs: paths,
                });
            }
            Err(why) => {
                gathered.refused.push(Refused {
                    name,
                    why,
                    kept: known.is_some(),
                });
                // It is looked at again the next time.
                gathered
                    .entries
                    .extend(known.cloned().map(|known| Entry { key: None, ..known }));
            }
        }
    }
    Ok(gathered)
}

/// A meeting that was built.
struct Meeting {
    published: Box<Published>,
    /// The files outside the pack's folder that it was made from, and whether none of them is
    /// withheld, so that what has changed can be told from them.
    outside: Vec<SourceName>,
    all_told: bool,
    outputs: Vec<Output>,
}

/// Reads and builds one meeting for everybody, or says why it cannot be shown.
fn one(root: &WorkspaceRoot, folder: &PackFolder) -> Result<Meeting, String> {
    let pack = Session::read(root, folder, &Reading::of(PdfContent::ALL));
    let told = |pack: &Session, error: &SessionError| error.told(&pack.loaded.files);
    if matches!(difference(&pack), Ok(Some(_))) {
        return Err(SessionError::NotIssued(pack.name).to_string());
    }
    let pack = pack.published().map_err(|error| error.to_string())?;
    let large_print = Order {
        print: PrintSize::LARGE,
        ..order(Form::Pdf)
    };
    let orders = [order(Form::Pdf), large_print, order(Form::Html)];
    let mut built: Built = pack
        .build(&Request::of(Audience::Public, &orders), &())
        .map_err(|error| told(&pack, &error))?;
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
    let pages = map.zip(file).map(|(map, file)| Pages::of(map, &file.bytes));
    built.outputs.push(pages.unwrap_or_default().output()?);
    let (outside, all_told) = outside(&pack, meeting, folder);
    let mut outputs = built.outputs;
    if meeting.sitting.decisions_published.is_some() {
        let (notice, files) = notice(pack)?;
        published.notice = Some(notice);
        outputs.extend(files);
    }
    Ok(Meeting {
        published: Box::new(published),
        outside,
        all_told,
        outputs,
    })
}

/// Builds the notice of what a meeting decided, on the day that the meeting gives for it.
fn notice(pack: Session) -> Result<(Notice, Vec<Output>), String> {
    let pack = pack.decisions(None).map_err(|error| error.to_string())?;
    let orders = [Form::Pdf, Form::Html].map(order);
    let built = pack
        .build(&Request::of(Audience::Public, &orders), &())
        .map_err(|error| error.told(&pack.loaded.files))?;
    let [pdf, page] = orders.map(|order| output_name(&pack.name, &order));
    let meeting = pack.loaded.meeting.as_ref();
    let notice = meeting.and_then(|meeting| Notice::of(meeting, &built, &pdf, &page));
    let notice = notice.ok_or_else(|| format!("{} could not be made", pack.name))?;
    Ok((notice, built.outputs))
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
