//! What the preview shows: the pack as last read, and what was built for each view.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::{Value, json};

use crate::check::status::{ItemState, Status, status};
use crate::load::{PackFolder, PdfContent, WorkspaceRoot};
use crate::model::{Audience, Binding, Date, PrintSize, SourceName};
use crate::output;
use crate::pipeline::{Form, Order, Reading, Request, Session, SessionError, output_name};

/// A view of the pack: for whom, in which print and in which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    /// For whom.
    pub audience: Audience,
    /// In which print.
    pub print: PrintSize,
    /// As pages or as a web page.
    pub form: Form,
}

impl Asked {
    /// A view by the words that addresses use: "members", "large", "pdf".
    pub(super) fn read(audience: &str, print: &str, form: &str) -> Option<Self> {
        Some(Self {
            audience: match audience {
                "public" => Audience::Public,
                "members" => Audience::Members,
                _ => return None,
            },
            print: match print {
                "standard" => PrintSize::Standard,
                "large" => PrintSize::LARGE,
                "giant" => PrintSize::GIANT,
                _ => return None,
            },
            form: match form {
                "web" => Form::Html,
                "pdf" => Form::Pdf,
                _ => return None,
            },
        })
    }

    fn order(self) -> Order {
        Order {
            audience: self.audience,
            print: self.print,
            form: self.form,
            binding: Binding::default(),
        }
    }
}

/// What was built for a view.
#[derive(Default)]
struct Built {
    /// The version of the sources that was tried last, and what was wrong with it.
    tried: u64,
    error: Option<String>,
    /// The version that the files are of.
    version: u64,
    main: Bytes,
    beside: BTreeMap<String, Bytes>,
    /// The page on which each item begins, by its number, where the view has pages.
    pages: BTreeMap<String, usize>,
}

/// How far a pack had come when it could be read last.
struct Known {
    status: Status,
    /// The keys of its items.
    keys: Vec<String>,
}

impl Known {
    fn of(session: &Session, on: Date) -> Option<Self> {
        let meeting = session.loaded.meeting.as_ref()?;
        Some(Self {
            status: status(meeting, &session.findings, Some(on)),
            keys: meeting.items().map(|item| item.key.clone()).collect(),
        })
    }
}

/// The pack, followed.
pub(super) struct Shown {
    root: WorkspaceRoot,
    folder: PackFolder,
    session: Session,
    known: Option<Known>,
    /// Which reading of the sources it is, from 1.
    pub(super) version: u64,
    built: BTreeMap<Asked, Built>,
}

impl Shown {
    /// The pack as it is now.
    pub(super) fn new(root: WorkspaceRoot, folder: PackFolder, on: Date) -> Self {
        let session = read(&root, &folder, on);
        Self {
            root,
            folder,
            known: Known::of(&session, on),
            session,
            version: 1,
            built: BTreeMap::new(),
        }
    }

    /// Reads the sources again, which have changed, on a day.
    pub(super) fn read_again(&mut self, on: Date) {
        self.session = read(&self.root, &self.folder, on);
        // While they are broken, the last agenda stays beside the last good page.
        if let Some(known) = Known::of(&self.session, on) {
            self.known = Some(known);
        }
        self.version += 1;
    }

    /// The files outside the pack's folder that make it what it is.
    pub(super) fn depends_on(&self) -> Vec<SourceName> {
        let inside = format!("{}/", self.folder.0);
        let names = self.session.loaded.depends_on();
        names
            .filter(|name| !name.0.starts_with(&inside))
            .cloned()
            .collect()
    }

    /// Builds a view where it is not of the sources as they are. What cannot be built leaves what was
    /// built before.
    fn build(&mut self, view: Asked) -> &Built {
        let built = self.built.entry(view).or_default();
        if built.tried == self.version {
            return built;
        }
        built.tried = self.version;
        let order = view.order();
        let name = output_name(&self.session.name, &order);
        let orders = [order];
        let request = Request {
            allow_errors: true,
            // A preview publishes nothing, so renumbering does no harm.
            renumber: true,
            places: true,
            ..Request::of(view.audience, &orders)
        };
        match self.session.build(&request, &()) {
            Ok(made) => {
                built.error = None;
                built.version = self.version;
                built.beside.clear();
                let maps = made.documents.iter();
                built.pages.clear();
                for part in maps
                    .filter(|map| map.path == name)
                    .flat_map(|map| &map.parts)
                {
                    if let Some(item) = part.item.clone() {
                        built.pages.entry(item).or_insert(part.first_page);
                    }
                }
                for output in made.outputs {
                    if output.name == name {
                        built.main = output.bytes;
                    } else {
                        built.beside.insert(output.name, output.bytes);
                    }
                }
            }
            Err(error) => built.error = Some(why(&error, &self.session, &self.folder)),
        }
        built
    }

    /// The page or the PDF of a view, as it could be built last.
    pub(super) fn main(&mut self, view: Asked) -> Bytes {
        self.build(view).main.clone()
    }

    /// A file beside the page.
    pub(super) fn beside(&mut self, view: Asked, name: &str) -> Option<Bytes> {
        self.build(view).beside.get(name).cloned()
    }

    /// Everything but the pages: how far the pack has come, what was found, and what a view is of.
    pub(super) fn state(&mut self, view: Asked) -> Value {
        self.build(view);
        let none = Built::default();
        let built = self.built.get(&view).unwrap_or(&none);
        let (error, shown) = (&built.error, built.version);
        let session = &self.session;
        let mut findings = output::entries(&session.findings, &session.loaded.files);
        for finding in &mut findings {
            let line = finding["line"].as_u64();
            let line = line.and_then(|line| usize::try_from(line).ok());
            let path = finding["file"].as_str();
            let text = path
                .zip(line)
                .and_then(|(path, line)| self.line(path, line));
            finding["text"] = text.map(|text| text.trim().to_owned()).into();
        }
        let mut state = json!({
            "version": self.version,
            "shown": shown,
            "error": error,
            "findings": findings,
            "items": [],
        });
        if let Some(Known { status, keys }) = &self.known {
            state["body"] = status.body.clone().into();
            state["date"] = status.date.to_string().into();
            state["publishBy"] = status.publish_by.map(|day| day.to_string()).into();
            state["daysLeft"] = status.days_left.into();
            let items = status.items.iter().zip(keys);
            state["items"] = items
                .map(|(item, key)| {
                    json!({
                        "number": item.number,
                        "title": item.title,
                        "state": item.state.words(),
                        "missing": matches!(item.state, ItemState::Missing(_)),
                        "exempt": item.withheld,
                        "key": key,
                        "page": built.pages.get(&item.number),
                    })
                })
                .collect();
        }
        state
    }

    /// A line of a source, for a finding.
    fn line(&self, path: &str, line: usize) -> Option<String> {
        let files = &self.session.loaded.files;
        let (_, file) = files.iter().find(|(_, file)| file.path == path)?;
        file.text
            .lines()
            .nth(line.checked_sub(1)?)
            .map(str::to_owned)
    }
}

/// Why a view cannot be built, for somebody who sees the findings beside it.
fn why(error: &SessionError, session: &Session, folder: &PackFolder) -> String {
    if !session.root.has(folder) {
        return format!(
            "The folder {} is not there any more. Put it back; or, if it has another name now, stop this \
             preview and start one of that folder.",
            folder.0
        );
    }
    match error {
        SessionError::Unfit(refusal) => format!("{refusal}: the findings say what to mend"),
        _ => error.told(&session.loaded.files),
    }
}

fn read(root: &WorkspaceRoot, folder: &PackFolder, on: Date) -> Session {
    let how = Reading {
        on: Some(on),
        ..Reading::of(PdfContent::ALL)
    };
    Session::read(root, folder, &how)
}
