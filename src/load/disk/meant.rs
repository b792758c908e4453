//! Looks for the file that was meant where there is none by the name that was written.

use std::path::Path;

use super::path::join;
use super::{Disk, Refusal};
use crate::load::codes;
use crate::load::nearest::nearest;
use crate::model::SourceName;
use crate::model::names::composed;

impl Disk {
    /// The only file whose path is the same as `name` if `as_seen` is applied to each step of both.
    pub(super) fn alike(
        &self,
        name: &SourceName,
        as_seen: fn(&str) -> String,
    ) -> Option<SourceName> {
        let mut folder = self.root.clone();
        let mut found: Vec<String> = Vec::new();
        for step in name.0.split('/') {
            if folder.join(step).exists() {
                folder.push(step);
                found.push(step.to_owned());
                continue;
            }
            let wanted = as_seen(step);
            let mut names = std::fs::read_dir(&folder)
                .ok()?
                .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
                .filter(|name| as_seen(name) == wanted);
            let only = names.next().filter(|_| names.next().is_none())?;
            folder.push(&only);
            found.push(only);
        }
        Some(SourceName(found.join("/")))
    }

    pub(super) fn missing(&self, name: &SourceName, from: &str, written: &str) -> Refusal {
        if let Some(other) = self.alike(name, |step| composed(step).to_lowercase()) {
            let inside = other
                .0
                .strip_prefix(&format!("{from}/"))
                .unwrap_or(&other.0);
            return Refusal::new(
                codes::FILE_MISSING,
                format!("There is no file {written}, but there is {inside}: capital letters count"),
                format!("Write \"{inside}\""),
            );
        }
        let elsewhere = || self.elsewhere(name, from);
        let help = if let Some(longer) = self.longer(name) {
            let unfinished = [".crdownload", ".part", ".download", ".tmp"];
            let shortcuts = [".lnk", ".url", ".webloc"];
            let ends = |endings: &[&str]| endings.iter().any(|ending| longer.ends_with(ending));
            if ends(&unfinished) {
                format!("There is {longer}, which was not downloaded completely: download it again")
            } else if ends(&shortcuts) {
                format!(
                    "There is {longer}, which is a shortcut and not the file itself: copy the file into the folder"
                )
            } else {
                format!("There is a file {longer} beside it; correct the name, or add the file")
            }
        } else if let Some(path) = elsewhere() {
            format!("There is {path}: write \"{path}\", or move the file")
        } else if let Some(near) = self.neighbour(name) {
            format!("There is a file {near} beside it; correct the name, or add the file")
        } else {
            format!("Put the file at {name}, or correct the path")
        };
        Refusal::new(
            codes::FILE_MISSING,
            format!("There is no file {written}"),
            help,
        )
    }

    /// The names in the folder of a file that is not there.
    fn beside(&self, name: &SourceName) -> Vec<String> {
        let path = self.path(name);
        let entries = path
            .parent()
            .and_then(|folder| std::fs::read_dir(folder).ok());
        let mut names: Vec<String> = entries
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }

    /// The file in the same folder with this name and one more extension.
    fn longer(&self, name: &SourceName) -> Option<String> {
        let begins = format!("{}.", name.file_name());
        let mut names = self.beside(name).into_iter();
        names.find(|other| other.starts_with(&begins))
    }

    /// The file in the same folder with another extension, or with the most similar name.
    fn neighbour(&self, name: &SourceName) -> Option<String> {
        let stem = |name: &str| {
            name.rsplit_once('.')
                .map_or(name, |(stem, _)| stem)
                .to_lowercase()
        };
        let names = self.beside(name);
        let own = stem(name.file_name());
        let alike = names.iter().find(|other| stem(other) == own).cloned();
        alike.or_else(|| {
            nearest(name.file_name(), names.iter().map(String::as_str)).map(ToOwned::to_owned)
        })
    }

    /// The path to write for a file of the same name in the folder `from`, or above, beside or below it.
    fn elsewhere(&self, name: &SourceName, from: &str) -> Option<String> {
        let file = name.file_name();
        let own = self.path(&SourceName(from.to_owned()));
        let folders = |of: &Path| -> Vec<String> {
            let entries = std::fs::read_dir(of).into_iter().flatten().flatten();
            let mut names: Vec<String> = entries
                .filter(|entry| entry.path().is_dir())
                .filter_map(|entry| entry.file_name().into_string().ok())
                .filter(|name| !name.starts_with('.'))
                .collect();
            names.sort();
            names
        };
        let mut paths: Vec<String> = vec![file.to_owned()];
        paths.extend(
            folders(&own)
                .iter()
                .map(|folder| format!("{folder}/{file}")),
        );
        if !from.is_empty() {
            paths.push(format!("../{file}"));
            let beside = own.parent().map(folders).unwrap_or_default();
            paths.extend(beside.iter().map(|folder| format!("../{folder}/{file}")));
        }
        paths
            .into_iter()
            .find(|path| own.join(path).is_file() && join(from, path).is_ok())
    }
}
