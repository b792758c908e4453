//! What several commands share: finding the packs that are meant, and showing what was found in
//! them.

use std::path::{Path, PathBuf};

use super::Screen;
use super::public::Log;
use crate::edition::Hidden;
use crate::finding::{Finding, Severity};
use crate::load::{self, LoadError, PackFolder, WorkspaceRoot};
use crate::output::{self, Format};
use crate::pipeline::Session;
use crate::real::real;

/// The packs that arguments name; without arguments, those of the current folder.
pub(super) fn packs(arguments: &[PathBuf]) -> Result<Vec<(WorkspaceRoot, PackFolder)>, LoadError> {
    let here = [PathBuf::from(".")];
    let arguments = if arguments.is_empty() {
        &here
    } else {
        arguments
    };
    let mut packs = Vec::new();
    for argument in arguments {
        let (root, folders) = load::select(argument)?;
        for folder in folders {
            let pack = (root.clone(), folder);
            if !packs.contains(&pack) {
                packs.push(pack);
            }
        }
    }
    Ok(packs)
}

/// The one pack that an argument names, or that the current folder is in. `which` says what to do if
/// there are several: "name the meeting".
pub(super) fn pack(
    argument: Option<&Path>,
    which: &str,
) -> anyhow::Result<(WorkspaceRoot, PackFolder)> {
    let named: Vec<PathBuf> = argument.map(Path::to_owned).into_iter().collect();
    let mut packs = packs(&named)?;
    let count = packs.len();
    match packs.pop() {
        Some(only) if count == 1 => Ok(only),
        _ => anyhow::bail!("there are {count} packs here: {which}"),
    }
}

/// The current folder, without links.
pub(super) fn here() -> Option<PathBuf> {
    real(&std::env::current_dir().ok()?).ok()
}

/// The folder of a pack, relative to the current folder.
pub(super) fn from_here(workspace: &Path, folder: &str) -> String {
    let pack = workspace.join(folder);
    let near = here().and_then(|here| {
        let inside = pack.strip_prefix(here).ok()?;
        let is_here = inside.as_os_str().is_empty();
        Some(if is_here { Path::new(".") } else { inside }.to_owned())
    });
    near.unwrap_or(pack).display().to_string()
}

/// Shows what was found in a pack.
pub(super) fn show(
    screen: &mut Screen,
    pack: &Session,
    bar: Severity,
    quiet: bool,
) -> anyhow::Result<()> {
    if quiet {
        return Ok(());
    }
    let found = pack.findings.iter();
    let findings = told(pack, found.filter(|finding| finding.severity >= bar));
    let text = output::render(
        &findings,
        &pack.loaded.files,
        Format::Human,
        screen.colour_err,
    );
    if !text.is_empty() {
        screen.say(text.trim_end());
    }
    let kept_back = pack.kept_back.iter();
    match kept_back.filter(|finding| finding.severity >= bar).count() {
        0 => {}
        1 => screen.say("1 finding about a paper that this edition withholds is not shown here: use pack check to see it."),
        number => screen.say(&format!(
            "{number} findings about papers that this edition withholds are not shown here: use pack check to see them."
        )),
    }
    Ok(())
}

/// Shows the findings about how a pack was made.
pub(super) fn show_notes(
    screen: &mut Screen,
    pack: &Session,
    notes: &[Finding],
) -> anyhow::Result<()> {
    let notes = told(pack, notes.iter());
    let text = output::render(&notes, &pack.loaded.files, Format::Short, screen.colour_err);
    screen.say(text.trim_end());
    Ok(())
}

/// A pack as JSON: what was found and what was made.
pub(super) fn json(pack: &Session, made: &[serde_json::Value]) -> serde_json::Value {
    serde_json::json!({
        "pack": pack.name,
        "findings": entries(pack, &pack.findings),
        "made": made,
    })
}

/// Findings in a pack as JSON.
pub(super) fn entries(pack: &Session, findings: &[Finding]) -> Vec<serde_json::Value> {
    output::entries(&told(pack, findings.iter()), &pack.loaded.files)
}

/// Findings as they may be said here: where anybody may read the log, without what the public may not
/// know, whatever is made and for whom.
fn told<'f>(pack: &Session, findings: impl Iterator<Item = &'f Finding>) -> Vec<Finding> {
    let files = &pack.loaded.files;
    if !Log::default().is_public() {
        return findings.cloned().collect();
    }
    let hidden = Hidden::where_told(pack.loaded.meeting.as_ref(), files);
    findings
        .map(|finding| hidden.masked(finding.clone(), files))
        .collect()
}
