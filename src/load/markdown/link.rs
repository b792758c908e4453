//! Targets of links in Markdown.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::LinkType;

use crate::load::codes;
use crate::load::disk::Refusal;
use crate::model::address::{self, Fault};
use crate::prose::LinkTarget;

/// The target of a link, or why it cannot be one.
pub(super) fn target(written: &str, kind: LinkType) -> Result<LinkTarget, Refusal> {
    if kind == LinkType::Email && !written.starts_with("mailto:") {
        return Ok(LinkTarget::Web(format!("mailto:{written}")));
    }
    let lower = written.to_ascii_lowercase();
    if ["http://", "https://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme))
    {
        // An address that only some can open has a finding, and the clerk decides.
        let published = address::published(written);
        return Ok(LinkTarget::Web(
            published.unwrap_or_else(|| written.to_owned()),
        ));
    }
    for (scheme, make) in [
        ("#", LinkTarget::Here as fn(String) -> LinkTarget),
        ("item:", LinkTarget::Item),
        ("appendix:", LinkTarget::Appendix),
    ] {
        if let Some(name) = written.strip_prefix(scheme)
            && !name.trim().is_empty()
        {
            return Ok(make(percent_decoded(name.trim())));
        }
    }
    let help = if lower.starts_with("www.") {
        format!("Write the whole address: https://{written}")
    } else {
        "Link to a web address, to #name in the same document, to item:4 or to appendix:1; a file is attached as an appendix first".to_owned()
    };
    Err(Refusal::new(
        codes::LINK_NOWHERE,
        format!("A pack cannot link to “{written}”"),
        help,
    ))
}

/// The addresses in a text that wrap another, as e-mail filters do: their places, and the address that
/// is meant.
#[derive(Debug, Default)]
pub(super) struct Meant(Vec<(Range<usize>, String)>);

impl Meant {
    pub(super) fn of(text: &str) -> Self {
        let addresses = address::in_text(text).into_iter();
        let found = addresses.filter_map(|(at, written)| match address::fault(written)? {
            Fault::Tracked(Some(meant)) => Some((at..at + written.len(), meant)),
            _ => None,
        });
        Self(found.collect())
    }

    /// A piece of the text with the addresses that are meant. `verbatim` says that the piece is as it is
    /// in the source. An address that spans several pieces is put where it begins.
    pub(super) fn put<'t>(
        &self,
        written: &'t str,
        place: &Range<usize>,
        verbatim: bool,
    ) -> Cow<'t, str> {
        // They are in the order of the text, and none overlaps another.
        let first = self.0.partition_point(|(at, _)| at.end <= place.start);
        let after = self.0.partition_point(|(at, _)| at.start < place.end);
        let here = self.0.get(first..after).unwrap_or_default();
        if !verbatim {
            // An escaped character, such as an ampersand within an address.
            let within = |at: &Range<usize>| at.start < place.start && place.end <= at.end;
            let goes = here.iter().any(|(at, _)| within(at));
            return if goes { "" } else { written }.into();
        }
        let mut left: Cow<'t, str> = Cow::Borrowed(written);
        // From the last to the first, so that the places of the others do not change.
        for (at, meant) in here.iter().rev() {
            let inside = at.start.saturating_sub(place.start)..at.end.min(place.end) - place.start;
            let begins = place.contains(&at.start);
            if left.get(inside.clone()).is_some() {
                left.to_mut()
                    .replace_range(inside, if begins { meant } else { "" });
            }
        }
        left
    }
}

/// Text with `%20` and the like decoded.
pub(super) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = pair {
            decoded.push(byte);
            at += 3;
        } else {
            decoded.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}
