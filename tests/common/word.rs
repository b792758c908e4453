//! Word files made by hand: the parts that a test names, put into an archive as they are.

use flate2::Crc;

const SPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
    r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" "#,
    r#"xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing""#
);
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STYLES: &str = concat!(
    r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>"#,
    r#"<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>"#,
    r#"<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>"#,
    r#"<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>"#
);

/// A Word file in the making.
#[derive(Debug, Default)]
pub(crate) struct WordFile {
    body: String,
    /// Parts beside the text: the kind, the file's name, its content.
    parts: Vec<(&'static str, String, Vec<u8>)>,
}

impl WordFile {
    /// A file whose text is WordprocessingML.
    pub(crate) fn new(body: &str) -> Self {
        Self {
            body: body.to_owned(),
            parts: vec![("styles", "styles.xml".to_owned(), wrapped("styles", STYLES))],
        }
    }

    /// The same with a part of WordprocessingML; its relationship is called as it is.
    pub(crate) fn part(mut self, kind: &'static str, content: &str) -> Self {
        self.parts
            .push((kind, format!("{kind}.xml"), wrapped(kind, content)));
        self
    }

    /// The same with a picture, whose relationship is called `image`.
    pub(crate) fn picture(mut self, name: &str, bytes: &[u8]) -> Self {
        self.parts
            .push(("image", format!("media/{name}"), bytes.to_vec()));
        self
    }

    /// The file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let relationship = |kind: &str, target: &str| {
            format!(r#"<Relationship Id="{kind}" Type="{TYPES}/{kind}" Target="{target}"/>"#)
        };
        let relationships = |inner: &str| {
            format!(r#"<Relationships xmlns="{RELATIONSHIPS}">{inner}</Relationships>"#)
                .into_bytes()
        };
        let leads: String = self
            .parts
            .iter()
            .map(|(kind, name, _)| relationship(kind, name))
            .collect();
        let body = format!("<w:body>{}</w:body>", self.body);
        let content_type = |name: &str, kind: &str| {
            let of = "application/vnd.openxmlformats-officedocument.wordprocessingml";
            format!(r#"<Override PartName="/word/{name}" ContentType="{of}.{kind}+xml"/>"#)
        };
        let written = self.parts.iter().filter(|(kind, ..)| *kind != "image");
        let types: String = written
            .map(|(kind, name, _)| content_type(name, kind))
            .collect();
        let types = format!(
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>{}{types}</Types>"#,
            content_type("document.xml", "document.main")
        );
        let mut files = vec![
            ("[Content_Types].xml".to_owned(), types.into_bytes()),
            (
                "_rels/.rels".to_owned(),
                relationships(&relationship("officeDocument", "word/document.xml")),
            ),
            ("word/document.xml".to_owned(), wrapped("document", &body)),
            (
                "word/_rels/document.xml.rels".to_owned(),
                relationships(&leads),
            ),
        ];
        let parts = self
            .parts
            .iter()
            .map(|(_, name, bytes)| (format!("word/{name}"), bytes.clone()));
        files.extend(parts);
        packed(&files)
    }
}

/// A paragraph of plain words with a style.
pub(crate) fn paragraph(style: &str, words: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>"#
    )
}

/// A table of plain words.
pub(crate) fn table(rows: &[&[&str]]) -> String {
    let cell = |words: &&str| format!("<w:tc>{}</w:tc>", paragraph("Normal", words));
    let row = |cells: &&[&str]| {
        format!(
            "<w:tr>{}</w:tr>",
            cells.iter().map(cell).collect::<String>()
        )
    };
    format!(
        "<w:tbl>{}</w:tbl>",
        rows.iter().map(row).collect::<String>()
    )
}

fn wrapped(name: &str, content: &str) -> Vec<u8> {
    format!(r#"<?xml version="1.0"?><w:{name} {SPACES}>{content}</w:{name}>"#).into_bytes()
}

/// An archive of files as they are.
pub(crate) fn packed(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let mut crc = Crc::new();
        crc.update(bytes);
        let size = u32::try_from(bytes.len())
            .expect("a small file")
            .to_le_bytes();
        let mut facts = vec![0, 0, 0, 0, 0, 0, 0x21, 0];
        facts.extend(crc.sum().to_le_bytes());
        facts.extend(size);
        facts.extend(size);
        facts.extend(
            u16::try_from(name.len())
                .expect("a short name")
                .to_le_bytes(),
        );
        facts.extend([0, 0]);
        let start = u32::try_from(archive.len()).expect("a small archive");
        directory.extend(b"PK\x01\x02\x14\0\x14\0");
        directory.extend(&facts);
        directory.extend([0; 10]);
        directory.extend(start.to_le_bytes());
        directory.extend(name.as_bytes());
        archive.extend(b"PK\x03\x04\x14\0");
        archive.extend(&facts);
        archive.extend(name.as_bytes());
        archive.extend(bytes);
    }
    let count = u16::try_from(files.len()).expect("few files").to_le_bytes();
    let end = u32::try_from(archive.len())
        .expect("a small archive")
        .to_le_bytes();
    let length = u32::try_from(directory.len())
        .expect("a small archive")
        .to_le_bytes();
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend(count);
    archive.extend(count);
    archive.extend(length);
    archive.extend(end);
    archive.extend([0, 0]);
    archive
}
