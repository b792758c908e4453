//! What the engine can read: the template, one part as data, its images and the fonts. It has no
//! disk, no network, no clock and no packages.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::ast::Int;
use typst::syntax::{FileId, LinkedNode, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use super::fonts::SHELF;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    LazyHash::new(
        Library::builder()
            .with_features([Feature::A11yExtras].into_iter().collect())
            .build(),
    )
});

/// The world of one part.
pub(super) struct PartWorld {
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
}

/// The id of a file of this world by its path.
fn id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The largest whole number that a template may have. A list of many more takes all memory before the engine finds
/// that it is too long.
const LARGEST_NUMBER: i64 = 1_000_000;

/// A template file as it was parsed, and the line and the value of a number in it that is too large.
#[derive(Clone)]
struct Parsed {
    source: Source,
    beyond: Option<(usize, i64)>,
}

/// A template file, parsed once for all parts. The engine keeps a hash with it, and so recognises
/// it.
fn parsed(id: FileId, text: &str) -> Parsed {
    static PARSED: LazyLock<Mutex<HashMap<FileId, Parsed>>> = LazyLock::new(Mutex::default);
    let mut parsed = PARSED.lock().unwrap_or_else(PoisonError::into_inner);
    match parsed.get(&id) {
        Some(known) if known.source.text() == text => known.clone(),
        _ => {
            let source = Source::new(id, text.to_owned());
            let beyond = beyond(&source);
            let fresh = Parsed { source, beyond };
            parsed.insert(id, fresh.clone());
            fresh
        }
    }
}

/// The first whole number of a template that is too large, with its line, counted from 1.
fn beyond(source: &Source) -> Option<(usize, i64)> {
    let mut open = vec![LinkedNode::new(source.root())];
    while let Some(node) = open.pop() {
        if let Some(number) = node.cast::<Int>().map(Int::get)
            && number > LARGEST_NUMBER
        {
            let line = source.lines().byte_to_line(node.offset())?;
            return Some((line + 1, number));
        }
        open.extend(node.children().rev());
    }
    None
}

impl PartWorld {
    /// A world of template files and data files, each with its path. `main` is one of the template
    /// files.
    ///
    /// # Errors
    /// What is wrong with one of the files.
    pub(super) fn new(
        main: &str,
        sources: &[(&str, &str)],
        files: impl IntoIterator<Item = (String, bytes::Bytes)>,
    ) -> Result<Self, String> {
        let known = |path: &str| {
            id(path).ok_or_else(|| format!("the engine does not take the path {path}"))
        };
        let mut world = Self {
            main: known(main)?,
            sources: HashMap::new(),
            files: HashMap::new(),
        };
        for (path, text) in sources {
            let id = known(path)?;
            let Parsed { source, beyond } = parsed(id, text);
            if let Some((line, number)) = beyond {
                return Err(format!(
                    "template {}, line {line}: {number} is too large, as a template may count to \
                     {LARGEST_NUMBER} at most",
                    path.trim_start_matches('/')
                ));
            }
            world.sources.insert(id, source);
        }
        for (path, bytes) in files {
            world.files.insert(known(&path)?, Bytes::new(bytes));
        }
        Ok(world)
    }
}

impl World for PartWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHELF.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files
            .get(&id)
            .cloned()
            .or_else(|| {
                let source = self.sources.get(&id)?;
                Some(Bytes::from_string(source.text().to_owned()))
            })
            .ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHELF.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_with_slash().into())
}
