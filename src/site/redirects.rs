//! Redirects from the addresses of an earlier website: a file that web servers understand, and a page
//! at each address that is a plain path.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Serialize;

use super::desk::Record;
use super::outcome::{Refused, SiteError};
use crate::html::{Templates, file_address};
use crate::write::Output;

#[derive(Serialize)]
struct Moved<'a> {
    lang: &'a str,
    title: &'a str,
    href: String,
}

/// Makes the redirects; those to pages that the site does not have are refused.
pub(super) fn all(
    record: &Record<'_>,
    known: &BTreeSet<String>,
    templates: &Templates,
    refused: &mut Vec<Refused>,
) -> Result<Vec<Output>, SiteError> {
    let mut list = String::new();
    let mut outputs: Vec<Output> = Vec::new();
    for (old, new) in &record.council.redirects {
        let Some(target) = target(new, known) else {
            refused.push(Refused {
                name: old.clone(),
                why: format!("[site.redirect] leads it to {new}, which is not on the site"),
                kept: false,
            });
            continue;
        };
        let address = target.strip_suffix("index.html").unwrap_or(&target);
        let _ = writeln!(list, "{old} /{} 301", file_address(address));
        let Some(name) = page(old).filter(|name| !known.contains(name)) else {
            continue;
        };
        let up = "../".repeat(name.matches('/').count());
        let moved = Moved {
            lang: record
                .languages
                .first()
                .map_or("en-GB", |words| words.lang()),
            title: &record.council.letterhead.name,
            href: format!("{up}{}", file_address(&target)),
        };
        outputs.push(Output {
            bytes: templates.fill("moved.html", &moved)?.into(),
            name,
        });
    }
    if !list.is_empty() {
        outputs.push(Output {
            name: "_redirects".to_owned(),
            bytes: list.into(),
        });
    }
    Ok(outputs)
}

/// The file of the site that a path leads to.
fn target(path: &str, known: &BTreeSet<String>) -> Option<String> {
    let path = path.trim_matches('/');
    let index = if path.is_empty() {
        "index.html".to_owned()
    } else {
        format!("{path}/index.html")
    };
    [path.to_owned(), index]
        .into_iter()
        .find(|name| known.contains(name))
}

/// The file of the page at an old address; `None` if only a server can redirect it.
fn page(old: &str) -> Option<String> {
    let path = old.trim_matches('/');
    let plain = |step: &str| {
        !step.is_empty()
            && !step.starts_with('.')
            && step
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    if !path.split('/').all(plain) {
        return None;
    }
    let last = path.rsplit('/').next().unwrap_or(path);
    match last.rsplit_once('.') {
        None => Some(format!("{path}/index.html")),
        Some((_, "html" | "htm")) => Some(path.to_owned()),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn only_plain_paths_have_pages_of_their_own() {
        assert_eq!(page("/papers/"), Some("papers/index.html".to_owned()));
        assert_eq!(page("/a/b.html"), Some("a/b.html".to_owned()));
        for old in ["/ieList.aspx?MId=3", "/a/../b", "/x.aspx", "/a b", "/"] {
            assert_eq!(page(old), None, "{old}");
        }
    }
}
