//! Where a link of Markdown leads.

use pulldown_cmark::LinkType;

use crate::load::codes;
use crate::load::disk::Refusal;
use crate::model::address;
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
