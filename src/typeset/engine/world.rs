//! What the engine can read: the template, one part as data, its images and the fonts. It has no
//! disk, no network, no clock and no packages.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
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

/// A template file, parsed once for all parts. The engine keeps a hash with it, and so recognises
/// it.
fn parsed(id: FileId, text: &str) -> Source {
    static PARSED: LazyLock<Mutex<HashMap<FileId, Source>>> = LazyLock::new(Mutex::default);
    let mut parsed = PARSED.lock().unwrap_or_else(PoisonError::into_inner);
    match parsed.get(&id) {
        Some(source) if source.text() == text => source.clone(),
        _ => {
            let source = Source::new(id, text.to_owned());
            parsed.insert(id, source.clone());
            source
        }
    }
}

impl PartWorld {
    /// A world of template files and data files, each with its path. `main` is one of the template
    /// files.
    pub(super) fn new(
        main: &str,
        sources: &[(&str, &str)],
        files: impl IntoIterator<Item = (String, bytes::Bytes)>,
    ) -> Option<Self> {
        let mut world = Self {
            main: id(main)?,
            sources: HashMap::new(),
            files: HashMap::new(),
        };
        for (path, text) in sources {
            let id = id(path)?;
            world.sources.insert(id, parsed(id, text));
        }
        for (path, bytes) in files {
            world.files.insert(id(&path)?, Bytes::new(bytes));
        }
        Some(world)
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
