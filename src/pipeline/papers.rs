//! The PDFs beside the web page: each of the pack as a file of its own, cleaned like the pack, with only
//! the pages taken.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;

use super::error::BuildError;
use super::kit::{Built, Kit};
use super::manifest::Digest;
use super::numbering::Numbered;
use super::sequence::Body;
use super::{pdf, taken};
use crate::assemble::assemble_read;
use crate::assemble::plan::{Plan, Section};
use crate::crew::side_by_side;
use crate::edition::Edition;
use crate::html::Linked;
use crate::kept;
use crate::write::Output;

/// Their folder.
pub(super) const FOLDER: &str = "papers";
/// Part of the key that papers are kept under; changed when they are made in another way.
const HOW: &[u8] = b"paper 1";
/// The largest file that is kept once it is made, in bytes: a larger one is mostly pictures, which
/// take as long to read back as to copy.
const WORTH_KEEPING: usize = 4 << 20;

/// Makes them, adds them to what was built, and says where each is.
pub(super) fn make(
    kit: &Kit<'_>,
    edition: &Edition,
    standard: &Numbered,
    built: &mut Built,
) -> Result<BTreeMap<String, Linked>, BuildError> {
    let files = pdf::files(kit, standard, &pdf::Ahead::default())?;
    let whole = pdf::plan(kit, edition, standard, files, pdf::FURNITURE);
    let stretches = standard.stretches.iter().zip(&whole.sections);
    let attached = stretches.filter(|(stretch, _)| matches!(stretch.body, Body::Pdf { .. }));
    let named: Vec<(String, &Section)> = attached
        .map(|(stretch, section)| (format!("{FOLDER}/{}.pdf", stretch.key), section))
        .collect();
    // Another web page of the build may have the same file beside it.
    let known: BTreeSet<&str> = built.outputs.iter().map(|it| it.name.as_str()).collect();
    let wanted = named
        .iter()
        .filter(|(file, _)| !known.contains(file.as_str()));
    let made = side_by_side(wanted.collect(), |(file, section)| {
        let bytes = paper(kit, pdf::alone(&whole, section))?;
        (kit.made)(file, &bytes);
        let name = file.clone();
        Ok((Digest::of(&name, &bytes), Output { name, bytes }))
    });
    let made: Result<Vec<(Digest, Output)>, BuildError> = made.into_iter().collect();
    for (digest, output) in made? {
        built.digests.push(digest);
        built.outputs.push(output);
    }
    let sizes = built.outputs.iter();
    let sizes: BTreeMap<&str, u64> = sizes
        .map(|output| (output.name.as_str(), output.bytes.len() as u64))
        .collect();
    let linked = named.into_iter().filter_map(|(file, section)| {
        let bytes = *sizes.get(file.as_str())?;
        Some((section.key.clone(), Linked { file, bytes }))
    });
    Ok(linked.collect())
}

/// The file that a plan of one section makes: the one that it made before, where that was kept.
fn paper(kit: &Kit<'_>, mut plan: Plan<'_>) -> Result<Bytes, BuildError> {
    let files = plan.sections.iter().map(|section| &section.pdf);
    let bytes: usize = files.map(|file| file.bytes().len()).sum();
    let kept = kit.kept.filter(|_| bytes <= WORTH_KEEPING);
    let kept = kept.map(|kept| (kept, key(&plan)));
    if let Some(known) = kept.as_ref().and_then(|(kept, key)| kept.get(key)) {
        return Ok(known.into());
    }
    let mut read = BTreeMap::new();
    for (index, section) in plan.sections.iter_mut().enumerate() {
        let file = std::mem::take(&mut section.pdf);
        read.insert(index, taken::pages(kit, file, &section.pages));
    }
    let pdf = assemble_read(plan, read)?.pdf;
    if let Some((kept, key)) = kept {
        kept.put(&key, &pdf);
    }
    Ok(pdf)
}

/// The hash of everything that a file is made from besides the program and its fonts.
fn key(plan: &Plan<'_>) -> String {
    let furniture = &plan.furniture;
    let words = (
        &plan.metadata,
        &furniture.page_number,
        &furniture.marking,
        &furniture.notes,
        furniture.double_sided,
        furniture.size.to_bits(),
    );
    let sections: Vec<String> = plan.sections.iter().map(|it| format!("{it:?}")).collect();
    let texts = [
        format!("{words:?}"),
        format!("{:?} {:?}", plan.map, plan.outline),
    ];
    let texts = texts.iter().chain(&sections).map(|text| text.as_bytes());
    let files = plan.sections.iter().map(|section| &section.pdf.bytes()[..]);
    kept::key([HOW].into_iter().chain(texts).chain(files))
}
