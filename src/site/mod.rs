//! Everything that a council has published as a static site: meetings, bodies, members, calendar,
//! decisions, feeds and data, in one folder that any web server can serve.
//!
//! What the site says is taken from what the public's edition of a published pack says, meeting by
//! meeting, as plain data; pages are made from that and see nothing else. A meeting that has not
//! changed since the site was made last is not built again.

mod data;
mod day;
mod decisions;
mod desk;
mod feed;
mod gather;
mod ics;
mod manifest;
mod names;
mod outcome;
mod pages;
mod published;
mod redirects;
mod search;
mod templates;
mod view;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use desk::{Desk, Record};
use gather::Gathered;
use manifest::Manifest;
use words::Words;

pub use outcome::{KIND, Made, Refused, SiteError};

use crate::load::{self, PackFolder, WorkspaceRoot};
use crate::model::Date;
use crate::pipeline::Observer;
use crate::pipeline::manifest::Digest;
use crate::write::{MANIFEST, Output, Publication};

/// Makes the site of a workspace as on a day, and puts it where `publication` leads.
///
/// # Errors
/// Where nothing has been published, a template cannot be used, or the disk refuses. What was there
/// stays.
pub fn make(
    root: &WorkspaceRoot,
    packs: &[PackFolder],
    on: Date,
    publication: Publication,
    observer: &dyn Observer,
) -> Result<Made, SiteError> {
    let earlier = publication.record(MANIFEST);
    let earlier = earlier.and_then(|bytes| Manifest::read(&bytes));
    let earlier = earlier.unwrap_or_default();
    let own = load::site_templates(root).map_err(SiteError::Templates)?;
    let Gathered {
        mut entries,
        mut written,
        mut refused,
        built,
        taken,
    } = gather::all(root, packs, &earlier, &publication, observer)?;
    entries.sort_by(|one, other| one.published.order().cmp(&other.published.order()));
    let meetings: Vec<_> = entries
        .iter()
        .map(|entry| entry.published.clone())
        .collect();
    let last = meetings.last().ok_or(SiteError::Nothing)?;
    let record = Record {
        languages: Words::of_site(&last.council.languages),
        council: &last.council,
        meetings: &meetings,
        on,
    };
    let before = earlier.digests();
    let mut digests: BTreeMap<String, Digest> = entries
        .iter()
        .flat_map(|entry| &entry.outputs)
        .filter_map(|name| Some((name.clone(), before.get(name)?.clone())))
        .collect();
    digests.extend(
        written
            .digests
            .drain(..)
            .map(|digest| (digest.path.clone(), digest)),
    );
    let styled = html_style(root, last)?;
    let templates = templates::with(&own)?;
    let mut outputs = vec![templates::style(&templates, &styled)?];
    for at in 0..record.languages.len() {
        if let Some(desk) = Desk::new(&record, at, &templates) {
            outputs.extend(pages::all(&desk)?);
        }
    }
    outputs.extend(feed::sitemap(&record, &outputs));
    outputs.extend(data::all(&record));
    outputs.extend(ics::all(&record));
    outputs.extend(feed::all(&record));
    let fresh: BTreeMap<&str, &Output> = written
        .outputs
        .iter()
        .map(|output| (output.name.as_str(), output))
        .collect();
    let index = search::all(
        &record,
        &search::Files {
            now: &digests,
            before: &before,
            made: &earlier.search,
            bytes: &|name| match fresh.get(name) {
                None => publication.there(name),
                Some(ahead) if ahead.bytes.is_empty() => publication.ahead(name),
                Some(output) => Some(output.bytes.to_vec()),
            },
        },
    )?;
    outputs.extend(index.outputs);
    digests.extend(
        index
            .kept
            .iter()
            .filter_map(|name| Some((name.clone(), before.get(name)?.clone()))),
    );
    let known: BTreeSet<String> = outputs
        .iter()
        .map(|output| output.name.clone())
        .chain(entries.iter().flat_map(|entry| entry.outputs.clone()))
        .collect();
    outputs.extend(redirects::all(&record, &known, &templates, &mut refused)?);

    for output in outputs {
        let digest = Digest::of(output.name.clone(), &output.bytes);
        if before.get(&output.name) != Some(&digest) {
            written.outputs.push(output);
        }
        digests.insert(digest.path.clone(), digest);
    }
    let gone: BTreeSet<String> = before
        .keys()
        .filter(|name| !digests.contains_key(*name))
        .cloned()
        .collect();
    let made = Made {
        meetings: entries.len(),
        built,
        taken,
        files: digests.len(),
        refused,
    };
    let manifest = Manifest::of(digests.into_values(), entries, index.made).output()?;
    publication.publish(&written.outputs, &gone, &[manifest])?;
    Ok(made)
}

/// The style sheet of the page of a pack, which the site's goes on from.
fn html_style(root: &WorkspaceRoot, last: &published::Published) -> Result<String, SiteError> {
    let style = crate::model::council::Style {
        font: last.council.font.clone(),
        accent: last.council.accent.clone(),
        logo: None,
    };
    let own = load::templates(root).map_err(SiteError::Templates)?;
    Ok(crate::html::style(&style, &own)?)
}
