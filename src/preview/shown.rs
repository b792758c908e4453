//! What the preview shows: the pack as last read, and what was built for each view.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::{Value, json};

use crate::check::status::{ItemState, status};
use crate::load::{self, PackFolder, PdfContent, WorkspaceRoot};
use crate::model::{Audience, Binding, Date, PrintSize, SourceName};
use crate::output;
use crate::pipeline::{Form, Order, Reading, Request, Session, output_name};

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
    /// The first page of each part, by the part's key, where the view has pages.
    pages: Vec<(String, usize)>,
}

impl Built {
    /// The page on which an item begins.
    fn page_of(&self, item: &str) -> Option<usize> {
        let is_of = |key: &str| {
            let rest = key.strip_prefix(item);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        let mut parts = self.pages.iter();
        parts.find_map(|(key, page)| is_of(key).then_some(*page))
    }
}

/// The pack, followed.
pub(super) struct Shown {
    root: WorkspaceRoot,
    folder: PackFolder,
    on: Date,
    session: Session,
    stamp: u64,
    /// Which reading of the sources it is, from 1.
    pub(super) version: u64,
    built: BTreeMap<Asked, Built>,
}

impl Shown {
    /// The pack as it is now.
    pub(super) fn new(root: WorkspaceRoot, folder: PackFolder, on: Date) -> Self {
        let stamp = load::stamp(&root, &folder, &[]);
        let session = read(&root, &folder, on);
        Self {
            root,
            folder,
            on,
            session,
            stamp,
            version: 1,
            built: BTreeMap::new(),
        }
    }

    /// Reads the sources again where they have changed, and says whether they have.
    pub(super) fn follow(&mut self) -> bool {
        let now = load::stamp(&self.root, &self.folder, &self.outside());
        if now == self.stamp {
            return false;
        }
        // Whatever is saved while they are read is seen the next time.
        self.stamp = now;
        self.session = read(&self.root, &self.folder, self.on);
        self.version += 1;
        true
    }

    /// The first stamp looked at no files outside the folder, which only a reading tells. What was saved
    /// during that reading is seen the next time.
    pub(super) fn settle(&mut self) {
        if self.stamp == load::stamp(&self.root, &self.folder, &[]) {
            self.stamp = load::stamp(&self.root, &self.folder, &self.outside());
        }
    }

    fn outside(&self) -> Vec<SourceName> {
        let inside = format!("{}/", self.folder.0);
        let sources = self.session.loaded.sources.iter();
        sources
            .filter(|source| !source.name.0.starts_with(&inside))
            .map(|source| source.name.clone())
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
            // What is published and renumbered is the build's affair; here one looks.
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
                let parts = maps.filter(|map| map.path == name);
                built.pages = parts
                    .flat_map(|map| &map.parts)
                    .map(|part| (part.key.clone(), part.first_page))
                    .collect();
                for output in made.outputs {
                    if output.name == name {
                        built.main = output.bytes;
                    } else {
                        built.beside.insert(output.name, output.bytes);
                    }
                }
            }
            Err(error) => built.error = Some(error.told(&self.session.loaded.files)),
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
        if let Some(meeting) = &session.loaded.meeting {
            let status = status(meeting, &session.findings, Some(self.on));
            state["body"] = status.body.into();
            state["date"] = status.date.to_string().into();
            state["publishBy"] = status.publish_by.map(|day| day.to_string()).into();
            state["daysLeft"] = status.days_left.into();
            let items = status.items.into_iter().zip(meeting.items());
            state["items"] = items
                .map(|(item, known)| {
                    json!({
                        "number": item.number,
                        "title": item.title,
                        "state": item.state.words(),
                        "missing": matches!(item.state, ItemState::Missing(_)),
                        "exempt": item.withheld,
                        "key": known.key,
                        "page": built.page_of(&known.key),
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

fn read(root: &WorkspaceRoot, folder: &PackFolder, on: Date) -> Session {
    let how = Reading {
        on: Some(on),
        ..Reading::of(PdfContent::ALL)
    };
    Session::read(root, folder, &how)
}
