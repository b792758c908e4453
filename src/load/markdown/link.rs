//! Where a link of Markdown leads.

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
        // Where only some can follow it, there is a finding and the clerk decides.
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

/// The addresses of a text that stand around another, each with its place and the one that is meant.
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

    /// A stretch of the text with the addresses that are meant; `verbatim` where it is as it is
    /// written. An address that lies in several stretches is put where it begins.
    pub(super) fn put<'t>(
        &self,
        written: &'t str,
        place: &Range<usize>,
        verbatim: bool,
    ) -> Cow<'t, str> {
        if !verbatim {
            // characters that stand for others, such as an ampersand within an address
            let within = |at: &Range<usize>| at.start < place.start && place.end <= at.end;
            let goes = self.0.iter().any(|(at, _)| within(at));
            return if goes { "" } else { written }.into();
        }
        let here = |it: &&(Range<usize>, String)| it.0.start < place.end && place.start < it.0.end;
        let mut left: Cow<'t, str> = Cow::Borrowed(written);
        // from the last to the first, so that places stay what they are
        for (at, meant) in self.0.iter().filter(here).rev() {
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

/// Text with `%20` and the like turned into what they stand for.
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
