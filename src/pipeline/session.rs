//! A pack in its workspace, read and checked, and built from as often as is wanted: by the command
//! line, by a test, by a program that shows a pack while it is written.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::build::build;
use super::characters;
use super::codes;
use super::decisions;
use super::error::BuildError;
use super::kit::{Built, Kit, created, readers};
use super::ledger::Ledger;
use super::manifest::Digest;
use super::order::{Form, Order};
use super::reworded::{self, Reworded};
use super::step::Step;
use crate::assemble::Password;
use crate::check::{self, Context};
use crate::compose::part::Block;
use crate::edition::{self, Edition, Hidden};
use crate::finding::{Files, Finding, Severity, counted};
use crate::kept::{Kept, Layers, Shelf};
use crate::load::{self, Attachments, Loaded, PackFolder, PdfContent, WorkspaceRoot};
use crate::model::{Audience, Binding, Date, PrintSize, SourceName};
use crate::write::{Cache, Readers};

/// A pack that was read.
pub struct Session {
    /// Its workspace.
    pub root: WorkspaceRoot,
    /// The name of its folder, and of its outputs.
    pub name: String,
    /// What was read.
    pub loaded: Loaded,
    /// Everything that was found, in the order in which it is shown.
    pub findings: Vec<Finding>,
    /// What was found in papers that the edition withholds, which is not shown.
    pub kept_back: Vec<Finding>,
    /// The published pages that would say something else.
    pub(super) reworded: Vec<Reworded>,
    /// The files that travel as they are.
    attachments: Mutex<Attachments>,
    /// The parts that were set, for the public and for members, where they stay in memory.
    parts: Option<[Shelf; 2]>,
}

/// How packs are read and checked.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// What is read of the content of PDFs.
    pub content: PdfContent,
    /// Whether PDFs are read again that were read before.
    pub anew: bool,
    /// The day of the check.
    pub on: Option<Date>,
    /// The day of publication to check for timeliness.
    pub publish_on: Option<Date>,
    /// Whether anybody may see what is printed.
    pub public: bool,
}

impl Reading {
    /// Reading this much of the content of PDFs, without dates.
    pub fn of(content: PdfContent) -> Self {
        Self {
            content,
            anew: false,
            on: None,
            publish_on: None,
            public: false,
        }
    }
}

impl Session {
    /// Reads a pack and checks it.
    pub fn read(root: &WorkspaceRoot, folder: &PackFolder, how: &Reading) -> Self {
        let cache = (!how.anew).then(|| Cache::of(root.folder(), "read", Readers::OwnerOnly));
        let kept = cache.as_ref().map(|cache| cache as &dyn Kept);
        let mut loaded = load::load_with(root, folder, how.content, kept);
        if let Some(cache) = cache {
            cache.trim();
        }
        let mut findings = loaded.findings.clone();
        findings.extend(check::codes::misspelt(
            &loaded.severity_places,
            load::codes::ALL,
        ));
        if let Some(meeting) = &loaded.meeting {
            let sources = loaded.sources.iter();
            let hashes = sources
                .map(|source| (source.name.clone(), source.sha256.clone()))
                .collect();
            let context = Context {
                hashes: &hashes,
                files: &loaded.files,
                on: how.on,
                publish_on: how.publish_on,
            };
            findings.extend(check::find(meeting, &context));
        } else if let Some(papers) = &loaded.papers {
            findings.extend(check::find_in_papers(papers, &Context::new(&loaded.files)));
        }
        findings.extend(characters::without_glyph(&loaded.files));
        findings.extend(characters::in_drawings(&loaded.attachments));
        let meeting = loaded.meeting.as_ref();
        findings.extend(meeting.and_then(|it| characters::on_every_page(&it.council.pack)));
        findings.extend(meeting.map_or_else(Vec::new, characters::in_fields));
        let reworded = changed_words(&loaded);
        let told = reworded.iter().filter(|page| !page.is_state);
        findings.extend(told.map(told_early));
        let findings = match loaded.meeting.as_ref().or(loaded.papers.as_ref()) {
            Some(meeting) => check::settle_of(findings, meeting, &loaded.files),
            None => check::settle(findings, &BTreeMap::new(), &loaded.files),
        };
        Self {
            root: root.clone(),
            name: folder.name(root),
            attachments: Mutex::new(std::mem::take(&mut loaded.attachments)),
            loaded,
            findings,
            kept_back: Vec::new(),
            reworded,
            parts: None,
        }
    }

    /// The same session with the parts that are set staying in memory: what has not changed since
    /// is not set again.
    #[must_use]
    pub fn remembering(self) -> Self {
        Self {
            parts: Some(Default::default()),
            ..self
        }
    }

    /// The same pack for a build whose screen and log anybody may see: what was found in papers
    /// that an audience does not get is counted, not shown.
    #[must_use]
    pub fn seen_by(mut self, audience: Audience) -> Self {
        let files = &self.loaded.files;
        let hidden = match (&self.loaded.meeting, audience) {
            (meeting, Audience::Public) => Hidden::where_told(meeting.as_ref(), files),
            (Some(meeting), audience) => Hidden::of(meeting, audience),
            (None, _) => return self,
        };
        (self.kept_back, self.findings) = self
            .findings
            .into_iter()
            .partition(|finding| hidden.covers(finding, files));
        self
    }

    /// How many parts have been set since it was read, where they stay in memory.
    pub fn parts_set(&self) -> usize {
        self.parts.iter().flatten().map(Shelf::puts).sum()
    }

    /// The supplement to what was published: a pack of its own, of what is new; `None` where nothing
    /// is.
    ///
    /// # Errors
    /// Where the pack could not be read, or has not been published.
    pub fn supplement(mut self, issued: Option<Date>) -> Result<Option<Self>, SessionError> {
        let meeting = self.loaded.meeting.take().ok_or(SessionError::NotRead)?;
        let record = meeting.record.as_ref();
        let record = record.ok_or_else(|| SessionError::NotPublished(self.name.clone()))?;
        let hash = |name: &SourceName| self.hash(name);
        let Some(new) = edition::supplement(&meeting, record, issued, &hash) else {
            return Ok(None);
        };
        let number = new
            .supplement
            .as_ref()
            .map_or(1, |supplement| supplement.number);
        self.name = format!("{}-supplement-{number}", self.name);
        self.loaded.meeting = Some(new);
        Ok(Some(self))
    }

    /// What was published, the pack and its supplements as one, every page with the number that it
    /// was published with.
    ///
    /// # Errors
    /// As [`Session::published`].
    pub fn consolidated(self) -> Result<Self, SessionError> {
        let mut pack = self.published()?;
        if let Some(meeting) = &mut pack.loaded.meeting
            && let Some(record) = &meeting.record
        {
            *meeting = edition::consolidated(meeting, record);
        }
        pack.name = format!("{}-consolidated", pack.name);
        Ok(pack)
    }

    /// What was published and nothing else, under the pack's own name: the pack, as one with its
    /// supplements where there are any.
    ///
    /// # Errors
    /// Where the pack could not be read or has not been published, or something of it has not.
    pub fn published(mut self) -> Result<Self, SessionError> {
        let meeting = self.loaded.meeting.take().ok_or(SessionError::NotRead)?;
        let record = meeting.record.as_ref();
        let record = record.ok_or_else(|| SessionError::NotPublished(self.name.clone()))?;
        if edition::supplement(&meeting, record, None, &|name| self.hash(name)).is_some() {
            return Err(SessionError::NotIssued(self.name));
        }
        self.loaded.meeting = Some(if record.supplements.is_empty() {
            meeting
        } else {
            edition::consolidated(&meeting, record)
        });
        let (states, reworded): (Vec<_>, Vec<_>) =
            self.reworded.into_iter().partition(|page| page.is_state);
        if !reworded.is_empty() {
            return Err(SessionError::Reworded(reworded));
        }
        self.reworded = states;
        Ok(self)
    }

    /// The notice of what the meeting decided, a pack of its own, published on this day or on that
    /// which `[meeting]` gives.
    ///
    /// # Errors
    /// Where the pack could not be read, or its minutes are not there or decide nothing.
    pub fn decisions(mut self, published: Option<Date>) -> Result<Self, SessionError> {
        let meeting = self.loaded.meeting.take().ok_or(SessionError::NotRead)?;
        let minutes = meeting.minutes.as_ref();
        let minutes = minutes.ok_or_else(|| SessionError::NotMinuted(self.name.clone()))?;
        let source = SourceName(self.loaded.files.path(minutes.span).to_owned());
        let published = published.or(meeting.sitting.decisions_published);
        let notice = decisions::notice(&meeting, minutes, published, &source);
        let notice = notice.ok_or_else(|| SessionError::Undecided(source.0.clone()))?;
        self.name = format!("{}-decisions", self.name);
        self.loaded.meeting = Some(notice);
        Ok(self)
    }

    /// The SHA-256 of a file when it was read, in hexadecimal.
    pub fn hash(&self, name: &SourceName) -> Option<String> {
        let mut sources = self.loaded.sources.iter();
        let source = sources.find(|source| source.name == *name)?;
        Some(source.sha256.clone())
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.findings
            .iter()
            .chain(&self.kept_back)
            .filter(|finding| finding.severity == Severity::Error)
            .count()
    }

    /// The sources of an edition with their hashes; files that it withholds are not named.
    pub fn sources(&self, edition: &Edition) -> Vec<Digest> {
        let open = edition.sources();
        self.loaded
            .sources
            .iter()
            .filter(|source| source.name.file_name() != load::RECORD)
            .filter(|source| source.name.0.ends_with(".toml") || open.contains(&source.name))
            .map(|source| Digest {
                path: source.name.0.clone(),
                sha256: source.sha256.clone(),
                bytes: source.bytes,
            })
            .collect()
    }

    /// Makes what is ordered for one audience. Nothing is written.
    ///
    /// # Errors
    /// Where the pack has errors and no draft is asked for, where nothing public may be made of it
    /// at all, or where something ordered cannot be made.
    pub fn build(
        &self,
        request: &Request<'_>,
        observer: &dyn Observer,
    ) -> Result<Built, SessionError> {
        match self.refusal(request.audience == Audience::Public, request.allow_errors) {
            Some(refusal) => Err(SessionError::Unfit(refusal)),
            None => self.built(request, observer),
        }
    }

    /// Why the pack may not be built; `None` where it may. `for_public` says whether anything is for
    /// the public, `allow_errors` whether a draft will do.
    pub fn refusal(&self, for_public: bool, allow_errors: bool) -> Option<Refusal> {
        let barring = || {
            let findings = self.findings.iter();
            findings.filter(|finding| for_public && check::bars_publication(finding))
        };
        if barring().next().is_some() {
            let all_marked = barring().all(check::is_marked);
            return Some(if all_marked {
                Refusal::Marked
            } else {
                Refusal::Readable
            });
        }
        let errors = self.errors();
        let is_draft = allow_errors && self.loaded.meeting.is_some();
        (errors > 0 && !is_draft).then_some(Refusal::Errors(errors))
    }

    /// How accessible the public's standard edition is, part by part, whatever errors there are.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn accessibility(&self, observer: &dyn Observer) -> Result<Ledger, SessionError> {
        let audience = Audience::Public;
        let order = Order {
            audience,
            print: PrintSize::Standard,
            form: Form::Pdf,
            binding: Binding::default(),
        };
        let orders = [order];
        let request = Request {
            anew: true,
            ..Request::of(audience, &orders)
        };
        let ledger = self.built(&request, observer)?.ledgers.into_iter().next();
        Ok(ledger.map_or_else(Ledger::default, |(_, ledger)| ledger))
    }

    fn built(&self, request: &Request<'_>, observer: &dyn Observer) -> Result<Built, SessionError> {
        self.with_kit(request, observer, |kit| {
            let mut built = build(kit, request.audience, request.orders);
            if request.allow_errors && !kit.draft && matches!(built, Err(BuildError::Typeset(_))) {
                kit.draft = true;
                built = build(kit, request.audience, request.orders);
            }
            let draft = kit.draft;
            Ok(Built { draft, ..built? })
        })?
    }

    /// Calls `work` with everything that a build is made from.
    pub(super) fn with_kit<R>(
        &self,
        request: &Request<'_>,
        observer: &dyn Observer,
        work: impl FnOnce(&mut Kit<'_>) -> R,
    ) -> Result<R, SessionError> {
        let meeting = self.loaded.meeting.as_ref();
        let meeting = meeting.ok_or(SessionError::NotRead)?;
        let templates = load::templates(&self.root).map_err(SessionError::Templates)?;
        let held = || {
            let attachments = self.attachments.lock();
            attachments.unwrap_or_else(PoisonError::into_inner)
        };
        let readers = readers(request.audience);
        let own = usize::from(request.audience == Audience::Members);
        let folder = self.root.folder();
        let cache = (!request.anew).then(|| Cache::of(folder, request.audience.as_str(), readers));
        let layers = Layers {
            near: self.parts.as_ref().map(|parts| &parts[own]),
            far: cache.as_ref().map(|cache| cache as &dyn Kept),
        };
        let places = |block: &Block| {
            let files = &self.loaded.files;
            let span = block.span?;
            let line = files.position(span).line;
            Some(format!("{}:{line}", files.path(span)))
        };
        let done = work(&mut Kit {
            name: &self.name,
            meeting,
            bytes: &|name| held().get(name).cloned(),
            pages: &|name| {
                if request.last {
                    held().take_pdf(name)
                } else {
                    held().pdf(name)
                }
            },
            templates: &templates,
            created: Some(created(meeting).ok_or(SessionError::Epoch)?),
            draft: self.errors() > 0,
            renumber: request.renumber,
            places: request.places.then_some(&places),
            password: request.password,
            kept: layers.any().then_some(&layers),
            made: &|name, bytes| observer.made(name, bytes),
            progress: &|step| observer.progress(step),
        });
        if let Some(cache) = &cache {
            cache.trim();
        }
        Ok(done)
    }
}

/// What is asked of a build.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// For whom.
    pub audience: Audience,
    /// What is made for them.
    pub orders: &'a [Order],
    /// Whether a draft is made in spite of errors, which says so on every page.
    pub allow_errors: bool,
    /// Whether pages that were published may get other numbers.
    pub renumber: bool,
    /// Whether every part is set again, whatever was kept on disk.
    pub anew: bool,
    /// Whether nothing else is built from the session, so that attachments may be given up: a large
    /// pack is then in memory once.
    pub last: bool,
    /// Whether web pages say where each paragraph stands in the sources: never of a page that anybody
    /// else gets.
    pub places: bool,
    /// What the PDFs of a members' edition are locked with.
    pub password: Option<&'a Password>,
}

impl<'a> Request<'a> {
    /// A request for these orders and nothing out of the ordinary.
    pub fn of(audience: Audience, orders: &'a [Order]) -> Self {
        Self {
            audience,
            orders,
            allow_errors: false,
            renumber: false,
            anew: false,
            last: false,
            places: false,
            password: None,
        }
    }
}

/// Told how a build is going.
pub trait Observer: Sync {
    /// What is being done now.
    fn progress(&self, step: Step<'_>) {
        let _ = step;
    }

    /// A file was made. Before the whole build is done, it must not be where anybody looks.
    fn made(&self, name: &str, bytes: &[u8]) {
        let _ = (name, bytes);
    }
}

/// Takes no notice.
impl Observer for () {}

/// Why nothing may be built of a pack as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// A public paper is marked as not for publication.
    Marked,
    /// Words that were to be hidden can be read.
    Readable,
    /// How many errors there are.
    Errors(usize),
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Marked => f.write_str("a public paper is marked as not for publication"),
            Self::Readable => f.write_str("words that should be gone can still be read in it"),
            Self::Errors(errors) => write!(f, "the pack has {}", counted(*errors, "error")),
        }
    }
}

/// Why a session has nothing to give.
#[derive(Debug)]
pub enum SessionError {
    /// The pack could not be read; what was found says why.
    NotRead,
    /// A supplement is asked for, and the pack of this name has not been published.
    NotPublished(String),
    /// What was published is asked for as one, and something of the pack of this name is new.
    NotIssued(String),
    /// What was published is asked for as one, and pages of it would not say what they said.
    Reworded(Vec<Reworded>),
    /// A notice of decisions is asked for, and the pack of this name has no minutes of its meeting.
    NotMinuted(String),
    /// The minutes in this file decide nothing.
    Undecided(String),
    /// Nothing may be built of it as it is.
    Unfit(Refusal),
    /// The council's own templates cannot be read.
    Templates(std::io::Error),
    /// `SOURCE_DATE_EPOCH` is not a time.
    Epoch,
    /// What was ordered cannot be made.
    Build(BuildError),
}

impl std::fmt::Display for SessionError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotRead => f.write_str("the pack could not be read: `pack check` says why"),
            Self::NotPublished(name) => write!(
                f,
                "{name} has not been published: build it, and run `pack publish`"
            ),
            Self::NotIssued(name) => write!(
                f,
                "{name} has papers that are new or have changed since it was published: issue them \
                 first (pack build --supplement, then pack publish --supplement)"
            ),
            Self::Reworded(pages) => {
                write!(
                    f,
                    "pages that were published would say something else without notice. {}",
                    reworded::REMEDY
                )?;
                pages.iter().take(20).try_for_each(|page| {
                    write!(f, "\n  {}\n{}", page.title, page.changes.trim_end())
                })
            }
            Self::NotMinuted(name) => write!(
                f,
                "{name} has no minutes of its meeting: `pack new minutes` begins them, in {} beside \
                 the agenda",
                load::OWN_MINUTES
            ),
            Self::Undecided(file) => write!(
                f,
                "{file} decides nothing: a decision is a paragraph that opens with “Resolved”, in the \
                 minute that has the title of its item"
            ),
            Self::Unfit(refusal) => write!(f, "{refusal}: `pack check` shows what to mend"),
            Self::Templates(error) => error.fmt(f),
            Self::Epoch => f.write_str("SOURCE_DATE_EPOCH is not a number of seconds"),
            Self::Build(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SessionError {}

impl From<BuildError> for SessionError {
    fn from(error: BuildError) -> Self {
        Self::Build(error)
    }
}

impl SessionError {
    /// What is wrong, with the lines of the sources that cause it.
    pub fn told(&self, files: &Files) -> String {
        match self {
            Self::Build(error) => error.told(files),
            _ => self.to_string(),
        }
    }
}

/// The published pages that the agenda would change.
fn changed_words(loaded: &Loaded) -> Vec<Reworded> {
    let hash = |name: &SourceName| {
        let mut sources = loaded.sources.iter();
        let source = sources.find(|source| source.name == *name)?;
        Some(source.sha256.clone())
    };
    let meeting = loaded.meeting.as_ref();
    meeting.map_or_else(Vec::new, |meeting| reworded::reworded(meeting, &hash))
}

/// The finding about such a page, before anything is built.
fn told_early(page: &Reworded) -> Finding {
    Finding::warning(
        codes::PUBLISHED_WORDS_CHANGED,
        page.place,
        format!(
            "{} no longer says what was published, although no file behind it has changed",
            page.title
        ),
    )
    .help(reworded::REMEDY)
}
