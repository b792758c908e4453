//! Paths as they are written in sources.

use std::path::{Component, Path};

use super::refusal::{Refusal, outside};
use crate::load::codes;
use crate::model::SourceName;

/// The path from the workspace of the file that a file in the folder `from` names as `written`.
pub(in crate::load) fn join(from: &str, written: &str) -> Result<SourceName, Refusal> {
    if written.is_empty() {
        return Err(Refusal::new(
            codes::INVALID_PATH,
            "The path names no file",
            "Write the file's name between the quotation marks",
        ));
    }
    // In a Windows path in quotation marks, TOML reads \r, \t, \n, \b, \f and \e as single characters.
    let escaped: String = written
        .chars()
        .map(|letter| match letter {
            '\r' => "/r".to_owned(),
            '\t' => "/t".to_owned(),
            '\n' => "/n".to_owned(),
            '\u{8}' => "/b".to_owned(),
            '\u{c}' => "/f".to_owned(),
            '\u{1b}' => "/e".to_owned(),
            '\\' => "/".to_owned(),
            other => other.to_string(),
        })
        .collect();
    if escaped != written && !escaped.contains(char::is_control) && !is_absolute(&escaped) {
        return Err(Refusal::new(
            codes::INVALID_PATH,
            "The folders in a path are separated by /, not by a backslash",
            format!("Write \"{escaped}\""),
        ));
    }
    let drive = written.as_bytes().get(1) == Some(&b':');
    if is_absolute(&escaped) || drive {
        return Err(outside(&escaped));
    }
    if written.contains(char::is_control) {
        return Err(Refusal::new(
            codes::INVALID_PATH,
            "The path has a character that no file name can have",
            "Correct the path",
        ));
    }
    let mut steps: Vec<&str> = from.split('/').filter(|step| !step.is_empty()).collect();
    for component in Path::new(written).components() {
        match component {
            Component::Normal(step) => steps.push(step.to_str().unwrap_or_default()),
            Component::CurDir => {}
            Component::ParentDir => {
                steps.pop().ok_or_else(|| outside(written))?;
            }
            Component::RootDir | Component::Prefix(_) => return Err(outside(written)),
        }
    }
    Ok(SourceName(steps.join("/")))
}

/// Whether a path begins at a drive, a server or the root of the machine.
fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || path.as_bytes().get(1) == Some(&b':')
}

/// The folder of a file, as a path from the workspace; empty for the workspace's own.
pub(in crate::load) fn folder_of(name: &SourceName) -> &str {
    name.0.rsplit_once('/').map_or("", |(folder, _)| folder)
}
