//! The metadata of the file, as the information dictionary and as XMP.

use lopdf::{Dictionary, Object, Stream};

use super::object::{dict, name, text_string};
use super::outcome::Claims;
use super::plan::Metadata;

/// The information dictionary.
pub(super) fn info(metadata: &Metadata) -> Dictionary {
    let mut info = Dictionary::new();
    let mut set = |key: &str, value: &str| {
        if !value.is_empty() {
            info.set(key, text_string(value));
        }
    };
    set("Title", &metadata.title);
    set("Author", &metadata.author);
    set("Subject", metadata.subject.as_deref().unwrap_or_default());
    set("Creator", &metadata.producer);
    set("Producer", &metadata.producer);
    if let Some(created) = metadata.created {
        let date = format!("D:{}Z", created.strftime("%Y%m%d%H%M%S"));
        set("CreationDate", &date);
        set("ModDate", &date);
    }
    info
}

/// The XMP packet as an uncompressed stream, so that every tool can read it.
pub(super) fn xmp(metadata: &Metadata, claims: Claims) -> Object {
    let mut body = String::new();
    let mut line = |text: &str| {
        body.push_str(text);
        body.push('\n');
    };
    let Metadata {
        title,
        author,
        language,
        subject,
        created,
        producer,
    } = metadata;
    line("<dc:format>application/pdf</dc:format>");
    if !title.is_empty() {
        line(&format!(
            "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>",
            escaped(title)
        ));
    }
    if !author.is_empty() {
        line(&format!(
            "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>",
            escaped(author)
        ));
    }
    if let Some(subject) = subject.as_deref().filter(|subject| !subject.is_empty()) {
        line(&format!(
            "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:description>",
            escaped(subject)
        ));
    }
    if !language.is_empty() {
        line(&format!(
            "<dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>",
            escaped(language)
        ));
    }
    if !producer.is_empty() {
        line(&format!(
            "<xmp:CreatorTool>{}</xmp:CreatorTool>",
            escaped(producer)
        ));
        line(&format!(
            "<pdf:Producer>{}</pdf:Producer>",
            escaped(producer)
        ));
    }
    if let Some(created) = created {
        let date = created.strftime("%Y-%m-%dT%H:%M:%SZ");
        line(&format!("<xmp:CreateDate>{date}</xmp:CreateDate>"));
        line(&format!("<xmp:ModifyDate>{date}</xmp:ModifyDate>"));
    }
    if claims.pdf_ua {
        line("<pdfuaid:part>1</pdfuaid:part>");
    }
    if claims.pdf_a {
        line("<pdfaid:part>2</pdfaid:part>");
        line(if claims.pdf_a_tagged {
            "<pdfaid:conformance>A</pdfaid:conformance>"
        } else {
            "<pdfaid:conformance>B</pdfaid:conformance>"
        });
        if claims.pdf_ua {
            // PDF/A requires a description of every schema that is not its own.
            line(concat!(
                "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">",
                "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>",
                "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
                "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>",
                "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">",
                "<pdfaProperty:name>part</pdfaProperty:name>",
                "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>",
                "<pdfaProperty:category>internal</pdfaProperty:category>",
                "<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed",
                "</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>",
                "</rdf:li></rdf:Bag></pdfaExtension:schemas>",
            ));
        }
    }
    let packet = format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" \
         xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
         xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
         xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n\
         {body}</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>"
    );
    Object::Stream(Stream::new(
        dict([("Type", name("Metadata")), ("Subtype", name("XML"))]),
        packet.into_bytes(),
    ))
}

/// A text for XML, without the characters that XML cannot have.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c => escaped.push(c),
        }
    }
    escaped
}
