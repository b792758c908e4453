//! Pictures of papers that are set again: each is drawn from its page, so that only what can be seen
//! is taken from the file.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;

use super::kit::Kit;
use crate::compose::part::{Block, BlockKind, Part};
use crate::crew::side_by_side;
use crate::kept;
use crate::model::{PageRegion, SourceName};
use crate::pdf::{PdfFile, pictured};

/// Part of the key that pictures are kept under; changed when they are drawn in another way.
const HOW: &[u8] = b"picture of a page 2";

/// Pictures by their names.
pub(super) type Pictures = BTreeMap<String, Bytes>;

/// Draws the pictures of some parts. In place of one that cannot be drawn are the words for it.
pub(super) fn draw(kit: &Kit<'_>, parts: &mut [Part]) -> Pictures {
    let mut wanted: BTreeMap<String, BTreeSet<PageRegion>> = BTreeMap::new();
    for part in &mut *parts {
        each(&mut part.blocks, &mut |image| {
            if let Some((file, region)) = PageRegion::of_address(image) {
                wanted.entry(file.to_owned()).or_default().insert(region);
            }
        });
    }
    let drawn = side_by_side(wanted.into_iter().collect(), |(file, regions)| {
        of_file(kit, &file, &regions)
    });
    let pictures: Pictures = drawn.into_iter().flatten().collect();
    for part in parts {
        each(&mut part.blocks, &mut |image| {
            if PageRegion::of_address(image).is_some() && !pictures.contains_key(image) {
                image.clear();
            }
        });
    }
    pictures
}

/// The files of a kit, with these pictures among them.
pub(super) fn bytes<'a>(
    kit: &'a Kit<'_>,
    pictures: &'a Pictures,
) -> impl Fn(&SourceName) -> Option<Bytes> + Sync + 'a {
    |name| match pictures.get(&name.0) {
        Some(picture) => Some(picture.clone()),
        None => (kit.bytes)(name),
    }
}

/// The pictures of one file, by their names.
fn of_file(kit: &Kit<'_>, file: &str, regions: &BTreeSet<PageRegion>) -> Vec<(String, Bytes)> {
    let Some(bytes) = (kit.bytes)(&SourceName(file.to_owned())) else {
        return Vec::new();
    };
    let hash = kept::key([HOW, &bytes]);
    let pdf = PdfFile::from(bytes);
    side_by_side(regions.iter().collect(), |region: &PageRegion| {
        let key = kept::key([hash.as_bytes(), region.to_string().as_bytes()]);
        let known = kit.kept.and_then(|kept| kept.value::<Bytes>(&key));
        let picture = known.or_else(|| {
            let picture = Bytes::from(pictured(&*pdf.opened().ok()?, region)?);
            if let Some(kept) = kit.kept {
                kept.keep(&key, &picture);
            }
            Some(picture)
        })?;
        Some((format!("{file}{region}"), picture))
    })
    .into_iter()
    .flatten()
    .collect()
}

/// Calls `on` with the name of every picture that is a block of its own.
fn each(blocks: &mut [Block], on: &mut dyn FnMut(&mut String)) {
    for block in blocks {
        if let BlockKind::Figure(figure) = &mut block.kind {
            on(&mut figure.image);
        }
        for inner in block.inner_mut() {
            each(inner, on);
        }
    }
}
