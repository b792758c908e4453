//! A Markdown text that belongs to no pack: a chapter of the program's own guide.

use std::collections::BTreeMap;

use super::codes;
use super::disk::Refusal;
use super::markdown::{self, TextStart};
use super::notes::Notes;
use crate::finding::{Files, Finding};
use crate::model::SourceName;
use crate::prose::{BlockKind, Prose, plain};

/// Reads a text, and gives its headings the ids that code hosts give them. `pictures` says whether a
/// picture exists.
pub fn prose(
    name: &str,
    text: &str,
    pictures: &dyn Fn(&SourceName) -> bool,
) -> (Prose, Vec<Finding>) {
    let (mut files, notes) = (Files::default(), Notes::default());
    let file = files.add(name, text);
    let locate = |written: &str| {
        let name = SourceName(written.to_owned());
        if pictures(&name) {
            return Ok(name);
        }
        let message = format!("There is no picture {written} here");
        Err(Refusal::new(codes::FILE_MISSING, message, "Leave it out"))
    };
    let mut prose = markdown::read(text, TextStart::From(file, 0), &locate, &notes).prose;
    let mut given = BTreeMap::new();
    for block in &mut prose.blocks {
        if let BlockKind::Heading { id, content, .. } = &mut block.kind {
            let slug = slug(&plain(content));
            let before = given.entry(slug.clone()).or_insert(0_usize);
            let own = match *before {
                0 => slug,
                before => format!("{slug}-{before}"),
            };
            *before += 1;
            id.get_or_insert(own);
        }
    }
    (prose, notes.into_findings())
}

/// The id that code hosts give a heading: its letters and digits, with hyphens for spaces.
fn slug(heading: &str) -> String {
    heading
        .chars()
        .filter_map(|letter| match letter {
            ' ' => Some('-'),
            '-' | '_' => Some(letter),
            _ => letter
                .is_alphanumeric()
                .then(|| letter.to_ascii_lowercase()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_the_ids_of_code_hosts() {
        assert_eq!(slug("Files and folders"), "files-and-folders");
        assert_eq!(
            slug("The council: `council.toml`"),
            "the-council-counciltoml"
        );
        assert_eq!(slug("A body: `committees/….toml`"), "a-body-committeestoml");
    }
}
