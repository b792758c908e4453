//! The program's own guide: chapters in Markdown as one page that needs no network. The code that
//! makes the web page of a pack makes it, so it is as accessible.
//!
//! This room knows what the guide holds. What is generated (commands, rules) is handed to it.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::Serialize;

use crate::compose;
use crate::finding::Finding;
use crate::html::{self, HtmlError, Templates};
use crate::load;
use crate::model::SourceName;
use crate::prose::BlockKind;

/// A chapter: its name in links, and its Markdown, which opens with its title as a heading.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// What links call it: `item:exempt` in another chapter.
    pub id: &'static str,
    /// Its text.
    pub text: String,
}

/// The chapters that are written by hand, in order.
const WRITTEN: [(&str, &str); 11] = [
    ("start", include_str!("../../templates/guide/start.md")),
    (
        "large-print",
        include_str!("../../templates/guide/large-print.md"),
    ),
    ("exempt", include_str!("../../templates/guide/exempt.md")),
    (
        "redaction",
        include_str!("../../templates/guide/redaction.md"),
    ),
    (
        "supplements",
        include_str!("../../templates/guide/supplements.md"),
    ),
    ("word", include_str!("../../templates/guide/word.md")),
    ("editors", include_str!("../../templates/guide/editors.md")),
    ("servers", include_str!("../../templates/guide/servers.md")),
    ("windows", include_str!("../../templates/guide/windows.md")),
    (
        "developers",
        include_str!("../../templates/guide/developers.md"),
    ),
    ("format", include_str!("../../packs/README.md")),
];

/// The pictures of the chapters, which the tests make.
const PICTURES: [(&str, &[u8]); 4] = [
    (
        "pictures/front.png",
        include_bytes!("../../templates/guide/pictures/front.png"),
    ),
    (
        "pictures/large-print.png",
        include_bytes!("../../templates/guide/pictures/large-print.png"),
    ),
    (
        "pictures/preview.png",
        include_bytes!("../../templates/guide/pictures/preview.png"),
    ),
    (
        "pictures/web-page.png",
        include_bytes!("../../templates/guide/pictures/web-page.png"),
    ),
];

fn picture(name: &SourceName) -> Option<Bytes> {
    let found = PICTURES.iter().find(|(own, _)| *own == name.0)?;
    Some(Bytes::from_static(found.1))
}

/// The guide's chapters: those written by hand, the reference of keys, and what is handed in.
pub fn chapters(further: Vec<Chapter>) -> Vec<Chapter> {
    let written = WRITTEN.map(|(id, text)| Chapter {
        id,
        text: text.to_owned(),
    });
    let keys = Chapter {
        id: "keys",
        text: load::keys::reference(),
    };
    written.into_iter().chain([keys]).chain(further).collect()
}

/// The page, and the findings in the chapters. Tests hold that the program's own chapters have none.
///
/// # Errors
/// Where the template cannot be filled.
pub fn page(chapters: &[Chapter], version: &str) -> Result<(String, Vec<Finding>), HtmlError> {
    let other = |id: &str| {
        let known = chapters.iter().any(|chapter| chapter.id == id);
        known.then(|| id.to_owned())
    };
    let (mut findings, mut parts) = (Vec::new(), Vec::new());
    for chapter in chapters {
        let (title, text) = opened(&chapter.text);
        let (mut prose, told) = load::prose(chapter.id, text, &|name| picture(name).is_some());
        findings.extend(told);
        for block in &mut prose.blocks {
            // The title was level 1.
            if let BlockKind::Heading { level, .. } = &mut block.kind {
                *level = level.saturating_sub(1).max(1);
            }
        }
        parts.push(compose::alone(chapter.id, &title, &prose, &other));
    }
    let alone = html::alone(&parts, 2, &picture)?;
    let set = parts.iter().zip(&alone.bodies).map(|(part, body)| Set {
        id: &part.key,
        title: &part.title,
        body,
    });
    let page = Page {
        version,
        style: &alone.style,
        chapters: set.collect(),
    };
    let template = include_str!("../../templates/guide/guide.html");
    let none = BTreeMap::new();
    let templates = Templates::new([("guide.html", template)], &none)?;
    Ok((templates.fill("guide.html", &page)?, findings))
}

/// The title of a chapter, and the text after it.
fn opened(text: &str) -> (String, &str) {
    let (title, rest) = text.split_once('\n').unwrap_or((text, ""));
    (title.trim_start_matches('#').trim().replace('`', ""), rest)
}

#[derive(Serialize)]
struct Page<'a> {
    version: &'a str,
    style: &'a str,
    chapters: Vec<Set<'a>>,
}

#[derive(Serialize)]
struct Set<'a> {
    id: &'a str,
    title: &'a str,
    body: &'a str,
}
