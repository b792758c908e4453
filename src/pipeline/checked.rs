//! The last result of a check, kept in the cache: as long as nothing in the workspace has changed, it
//! is printed again and no paper is read.
//!
//! It is kept only for packs whose papers everybody may see, and in which no words were found that
//! should be gone: the cache never holds a word that an edition withholds.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::check;
use crate::finding::{Code, FileId, Files, Finding, Place, Span};
use crate::kept::{self, Kept};
use crate::load::{Stamps, WorkspaceRoot, codes as load_codes};
use crate::model::{Audience, Meeting};
use crate::write::{Cache, Readers};

/// Codes of findings that depend on more than the workspace: on the machine's programs, and on whether
/// its drives answer.
const OF_THE_MACHINE: [Code; 3] = [
    load_codes::FILE_UNREADABLE,
    load_codes::NOT_A_SPREADSHEET,
    load_codes::NOT_A_WORD_FILE,
];

/// The file of a council, whose address everybody may see.
const COUNCIL: &str = "council.toml";

/// What came of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// What it prints as its result.
    pub printed: String,
    /// What it says besides, line by line.
    pub said: Vec<String>,
    /// Whether there is anything at or over the bar.
    pub found: bool,
}

/// A check, known by what is asked and by the state of the workspace.
pub struct Check {
    root: WorkspaceRoot,
    cache: Cache,
    key: String,
    stamps: Stamps,
}

/// What a check has seen of one pack.
#[derive(Clone, Copy)]
pub struct SeenPack<'a> {
    /// Its meeting, where it could be read.
    pub meeting: Option<&'a Meeting>,
    /// Everything that was found in it.
    pub findings: &'a [Finding],
}

#[derive(Serialize, Deserialize)]
struct Entry {
    stamps: [u8; 32],
    checked: Checked,
}

impl Check {
    /// A check of packs of a workspace. `asked` is all that its result depends on besides the files:
    /// which packs, in which form. `None` where the state of the workspace cannot be read.
    pub fn of(root: &WorkspaceRoot, asked: &[&str]) -> Option<Self> {
        let folder = root.folder().as_os_str().as_encoded_bytes();
        let asked = asked.iter().map(|word| word.as_bytes());
        let pieces = [b"check 1".as_slice(), folder].into_iter().chain(asked);
        Some(Self {
            stamps: Stamps::of(root)?,
            root: root.clone(),
            cache: Cache::of(root.folder(), "read", Readers::OwnerOnly),
            key: kept::key(pieces),
        })
    }

    /// Its last result, if nothing has changed since.
    pub fn known(&self) -> Option<Checked> {
        let kept: &dyn Kept = &self.cache;
        let entry: Entry = kept.value(&self.key)?;
        (entry.stamps == self.stamps.hash()).then_some(entry.checked)
    }

    /// Keeps its result, where that may be kept and nothing changed meanwhile.
    pub fn keep(&self, packs: &[SeenPack<'_>], files: &Files, checked: &Checked) {
        let is_safe = packs.iter().all(|pack| pack.may_be_kept(files));
        let all_looked_at = !files
            .iter()
            .any(|(_, file)| Stamps::may_miss_what(&file.text));
        if is_safe
            && all_looked_at
            && self.stamps.has_settled()
            && Stamps::of(&self.root).as_ref() == Some(&self.stamps)
        {
            let kept: &dyn Kept = &self.cache;
            let stamps = self.stamps.hash();
            let checked = checked.clone();
            kept.keep(&self.key, &Entry { stamps, checked });
        }
    }
}

impl SeenPack<'_> {
    fn may_be_kept(&self, files: &Files) -> bool {
        let Some(meeting) = self.meeting else {
            return false;
        };
        let documents = meeting.documents();
        let all_public = documents.iter().all(|standing| {
            let pdf = standing.document.pdf();
            let suspects = pdf.iter().flat_map(|pdf| &pdf.suspects);
            standing.access.admits(Audience::Public)
                && pdf.is_none_or(|pdf| !pdf.source.0.contains("#redacted"))
                && !suspects.into_iter().any(|it| it.kind.is_failed_redaction())
        });
        let bars = |finding: &Finding| {
            check::bars_publication(finding) || OF_THE_MACHINE.contains(&finding.code)
        };
        let shown: BTreeSet<FileId> = self.shown().map(|span| span.file).collect();
        // An item may be withheld before its paper is there.
        let all_open = meeting.items().all(|item| item.access.is_public());
        all_public
            && all_open
            && !self.findings.iter().any(bars)
            && !shown.into_iter().any(|file| tells_addresses(files, file))
    }

    /// The places whose lines are shown.
    fn shown(&self) -> impl Iterator<Item = Span> {
        self.findings.iter().flat_map(|finding| {
            let place = match finding.place {
                Place::Text(span) => Some(span),
                _ => None,
            };
            let near = finding.related.iter().map(|(span, _)| *span);
            place.into_iter().chain(near)
        })
    }
}

/// Whether a file is that of a body or of a pack, and says where people live.
fn tells_addresses(files: &Files, file: FileId) -> bool {
    files.get(file).is_some_and(|file| {
        file.path.ends_with(".toml") && file.path != COUNCIL && file.text.contains("address")
    })
}
