//! What a file says about itself in its XMP metadata: its title and the standards that it claims. It is read
//! by namespace, so that a standard that is only mentioned, as in the description of a schema, is not taken
//! for a claim.

use lopdf::Stream;
use roxmltree::{Document, Node};

use crate::pdf::object::decoded;

/// The largest metadata that is read, in bytes.
const LARGEST: usize = 4 << 20;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const DC: &str = "http://purl.org/dc/elements/1.1/";
const PDF_UA: &str = "http://www.aiim.org/pdfua/ns/id/";
const PDF_A: &str = "http://www.aiim.org/pdfa/ns/id/";

/// What a file says about itself.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Says {
    /// Its title in its default language.
    pub(super) title: Option<String>,
    /// Whether it claims PDF/UA-1.
    pub(super) pdf_ua: bool,
    /// The part and level of PDF/A that it claims, such as "2a".
    pub(super) pdf_a: Option<String>,
}

/// What a metadata stream says. Nothing if there is none or it is not XML.
pub(super) fn read(stream: Option<&Stream>) -> Says {
    stream
        .and_then(|stream| decoded(stream, LARGEST))
        .and_then(|packet| says(&text(&packet)))
        .unwrap_or_default()
}

/// The packet as text. It is UTF-8, or UTF-16 with a byte order mark.
fn text(packet: &[u8]) -> String {
    let units = |pair: fn([u8; 2]) -> u16| -> Vec<u16> {
        let pairs = packet[2..].chunks_exact(2);
        pairs.map(|two| pair([two[0], two[1]])).collect()
    };
    match packet {
        [0xfe, 0xff, ..] => String::from_utf16_lossy(&units(u16::from_be_bytes)),
        [0xff, 0xfe, ..] => String::from_utf16_lossy(&units(u16::from_le_bytes)),
        _ => String::from_utf8_lossy(packet).into_owned(),
    }
}

fn says(packet: &str) -> Option<Says> {
    let packet = packet.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\0' | '\u{feff}'));
    let document = Document::parse(packet).ok()?;
    let mut says = Says::default();
    let mut level = None;
    for about in document
        .descendants()
        .filter(|node| node.has_tag_name((RDF, "Description")))
    {
        let value = |space: &str, name: &str| {
            let element = || Some(child(about, space, name)?.text()?.trim().to_owned());
            about
                .attribute((space, name))
                .map(|value| value.trim().to_owned())
                .or_else(element)
        };
        says.pdf_ua |= value(PDF_UA, "part").as_deref() == Some("1");
        says.pdf_a = says.pdf_a.or_else(|| value(PDF_A, "part"));
        level = level.or_else(|| value(PDF_A, "conformance"));
        says.title = says.title.or_else(|| title(about));
    }
    says.pdf_a = says
        .pdf_a
        .map(|part| part + &level.unwrap_or_default().to_ascii_lowercase());
    Some(says)
}

/// The title in the default language, or else the first.
fn title(about: Node<'_, '_>) -> Option<String> {
    let alternatives = child(child(about, DC, "title")?, RDF, "Alt")?;
    let all = || {
        alternatives
            .children()
            .filter(|node| node.has_tag_name((RDF, "li")))
    };
    let default = |node: &Node<'_, '_>| {
        node.attribute(("http://www.w3.org/XML/1998/namespace", "lang")) == Some("x-default")
    };
    let title = all().find(default).or_else(|| all().next())?.text()?.trim();
    (!title.is_empty()).then(|| title.to_owned())
}

fn child<'a, 'x>(node: Node<'a, 'x>, space: &str, name: &str) -> Option<Node<'a, 'x>> {
    node.children()
        .find(|child| child.has_tag_name((space, name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(inside: &str) -> Says {
        let packet = format!(
            r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">{inside}</rdf:RDF></x:xmpmeta>
            <?xpacket end="w"?>  "#
        );
        says(&packet).expect("a packet")
    }

    #[test]
    fn claims_are_read_in_both_spellings_and_under_any_prefix() {
        let element = packet(
            r#"<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
            <rdf:Description rdf:about="" xmlns:a="http://www.aiim.org/pdfa/ns/id/"><a:part>2</a:part><a:conformance>A</a:conformance></rdf:Description>"#,
        );
        let attribute = packet(
            r#"<rdf:Description rdf:about="" xmlns:u="http://www.aiim.org/pdfua/ns/id/" xmlns:a="http://www.aiim.org/pdfa/ns/id/" u:part='1' a:part="2" a:conformance="A"/>"#,
        );
        assert!(element.pdf_ua);
        assert_eq!(element.pdf_a.as_deref(), Some("2a"));
        assert_eq!(attribute, element);
    }

    #[test]
    fn a_standard_that_is_only_mentioned_is_not_claimed() {
        // As the description of a schema for PDF/A has it, and as a comment might.
        for mention in [
            r#"<rdf:Description xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI></rdf:Description>"#,
            r#"<!-- <pdfuaid:part>1</pdfuaid:part> --><rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"/>"#,
            r#"<rdf:Description xmlns:pdfuaid="http://example.org/other/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>"#,
            r#"<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="2"/>"#,
        ] {
            assert_eq!(packet(mention), Says::default(), "{mention}");
        }
        assert_eq!(says("<pdfuaid:part>1</pdfuaid:part>"), None);
    }

    #[test]
    fn the_title_is_that_in_the_default_language() {
        let says = packet(
            r#"<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="cy">Cyllideb &amp; chynllun</rdf:li><rdf:li xml:lang="x-default"> Budget &amp; plan </rdf:li></rdf:Alt></dc:title></rdf:Description>"#,
        );
        assert_eq!(says.title.as_deref(), Some("Budget & plan"));
    }

    #[test]
    fn a_packet_may_be_utf_16() {
        let packet = "\u{feff}<a/>";
        let big: Vec<u8> = packet.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let little: Vec<u8> = packet.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&big), "<a/>");
        assert_eq!(text(&little), "<a/>");
    }
}
