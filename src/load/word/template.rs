//! The Word template for a council's reports: a field for each detail, the headings that the council
//! asks for with a hint below each, styles and lists. What is written in it is read without guessing,
//! since its fields say what they hold.

use super::tag::{BACKGROUND_PAPERS, PREFIX, SIGNED_BY};
use crate::load::xml::escaped;
use crate::load::zip;
use crate::model::{Council, ParagraphNumbers};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The ids of the template's lists.
const BULLETS: u8 = 1;
const NUMBERS: u8 = 2;
const SECTIONS: u8 = 3;

/// The footer of the template, which is not copied into packs.
const REMINDER: &str = "Reminders for writing; the pack leaves this line out. Type in the grey fields. Use the styles Heading 1 and Heading 2, List Number and List Bullet. Give each picture alternative text (right-click, View Alt Text) and each table a header row (Layout, Repeat Header Rows). Accept all changes and delete all comments before you send the report.";

/// Makes the template for a council's reports.
pub fn template(council: &Council) -> Vec<u8> {
    let layout = &council.report;
    let written = layout.paragraph_numbers == ParagraphNumbers::Written;
    let rows: String = layout
        .header
        .iter()
        .map(|field| {
            let hint = match (field.key.as_str(), field.required) {
                ("subject", _) => "What the report is about, in a few words".to_owned(),
                ("contact", _) => {
                    "Name, post; telephone and e-mail on lines of their own".to_owned()
                }
                (_, true) => field.label.clone(),
                (_, false) => format!("{}; delete the row if there is nothing to say", field.label),
            };
            row(&field.label, &field.key, &hint)
        })
        .collect();
    let heading = |words: &str| paragraph("Heading1", words);
    let recommendations = block(
        "recommendations",
        &layout.recommendations_heading,
        "What is to be decided: “That the committee:” and the points in the style List Number",
    );
    let sections: String = layout
        .sections
        .iter()
        .map(|section| {
            let hint = if section.required {
                "Write this section here"
            } else {
                "Write this section here, or delete it with its heading"
            };
            heading(&section.heading) + &block("", &section.heading, hint)
        })
        .collect();
    let nil = layout.nil.first().map_or("None", String::as_str);
    let ends = [
        row(
            BACKGROUND_PAPERS,
            "background-papers",
            &format!("The papers that the report relied on, a line each, or “{nil}”"),
        ),
        row(SIGNED_BY, "signatory", "Name, post"),
    ];
    let body = [
        table(&rows),
        paragraph("Normal", ""),
        paragraph("RecommendationsHeading", &layout.recommendations_heading),
        recommendations,
        sections,
        table(&ends.concat()),
        paragraph("Normal", ""),
        r#"<w:sectPr><w:footerReference w:type="default" r:id="footer"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>"#.to_owned(),
    ];
    let lang = council
        .languages
        .first()
        .map_or("en-GB", |lang| lang.0.as_str());
    let footer = paragraph("Footer", REMINDER);
    let document = element("document", &format!("<w:body>{}</w:body>", body.concat()));
    let parts = [
        ("[Content_Types].xml", content_types()),
        (
            "_rels/.rels",
            relationships(&[("main", "officeDocument", "word/document.xml")]),
        ),
        ("word/document.xml", document),
        (
            "word/_rels/document.xml.rels",
            relationships(&[
                ("styles", "styles", "styles.xml"),
                ("numbering", "numbering", "numbering.xml"),
                ("footer", "footer", "footer1.xml"),
            ]),
        ),
        ("word/styles.xml", element("styles", &styles(lang, written))),
        (
            "word/numbering.xml",
            element("numbering", &numbering(written)),
        ),
        ("word/footer1.xml", element("ftr", &footer)),
    ];
    let files: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    zip::packed(&files)
}

fn element(name: &str, inner: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{name} xmlns:w="{WORD}" xmlns:r="{OFFICE}">{inner}</w:{name}>"#
    )
}

fn content_types() -> String {
    let part = |name: &str, kind: &str| {
        format!(r#"<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>"#)
    };
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{}{}{}{}</Types>"#,
        part("document", "document.main"),
        part("styles", "styles"),
        part("numbering", "numbering"),
        part("footer1", "footer"),
    )
}

fn relationships(of: &[(&str, &str, &str)]) -> String {
    let lines: String = of
        .iter()
        .map(|(id, kind, target)| {
            format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
        })
        .collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>"#
    )
}

fn paragraph(style: &str, words: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{}</w:p>"#,
        run("", words)
    )
}

fn run(style: &str, words: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    let style = match style {
        "" => String::new(),
        style => format!(r#"<w:rPr><w:rStyle w:val="{style}"/></w:rPr>"#),
    };
    format!(
        r#"<w:r>{style}<w:t xml:space="preserve">{}</w:t></w:r>"#,
        escaped(words)
    )
}

/// The properties of a field. Word shows its name above it while somebody types.
fn properties(key: &str, name: &str) -> String {
    let tag = match key {
        "" => String::new(),
        key => format!(r#"<w:tag w:val="{PREFIX}{}"/>"#, escaped(key)),
    };
    format!(
        r#"<w:sdtPr><w:alias w:val="{}"/>{tag}<w:showingPlcHdr/></w:sdtPr>"#,
        escaped(name)
    )
}

/// A row of a table with a label and a field.
fn row(label: &str, key: &str, hint: &str) -> String {
    let cell = |width: u16, inner: &str| {
        format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inner}</w:tc>"#)
    };
    let field = block(key, label, hint);
    let label = format!("<w:p>{}</w:p>", run("Strong", label));
    format!("<w:tr>{}{}</w:tr>", cell(2835, &label), cell(6803, &field))
}

fn table(rows: &str) -> String {
    if rows.is_empty() {
        return String::new();
    }
    format!(
        r#"<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="9638" w:type="dxa"/><w:tblLook w:val="0080" w:firstRow="0" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid><w:gridCol w:w="2835"/><w:gridCol w:w="6803"/></w:tblGrid>{rows}</w:tbl>"#
    )
}

/// A field that takes paragraphs, lists and tables.
fn block(key: &str, name: &str, hint: &str) -> String {
    format!(
        r#"<w:sdt>{}<w:sdtContent><w:p>{}</w:p></w:sdtContent></w:sdt>"#,
        properties(key, name),
        run("PlaceholderText", hint)
    )
}

fn styles(lang: &str, written: bool) -> String {
    let mut all = format!(
        r#"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/><w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="{}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>"#,
        escaped(lang)
    );
    let numbered = |level: u8| {
        if written {
            format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{SECTIONS}"/></w:numPr>"#)
        } else {
            String::new()
        }
    };
    let heading = |level: u8, size: u8| {
        let numbers = if level == 1 {
            numbered(0)
        } else {
            String::new()
        };
        format!(
            r#"<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/>{numbers}<w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="{}"/></w:pPr><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>"#,
            level - 1
        )
    };
    let list = |id: &str, name: &str, number: u8| {
        format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:numPr><w:numId w:val="{number}"/></w:numPr><w:contextualSpacing/></w:pPr></w:style>"#
        )
    };
    all.push_str(r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>"#);
    all.push_str(&heading(1, 30));
    all.push_str(&heading(2, 26));
    // The pack sets the recommendations apart: the sections are counted without them.
    all.push_str(r#"<w:style w:type="paragraph" w:customStyle="1" w:styleId="RecommendationsHeading"><w:name w:val="Recommendations Heading"/><w:basedOn w:val="Heading1"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>"#);
    all.push_str(&list("ListBullet", "List Bullet", BULLETS));
    all.push_str(&list("ListNumber", "List Number", NUMBERS));
    if written {
        all.push_str(&format!(
            r#"<w:style w:type="paragraph" w:customStyle="1" w:styleId="NumberedParagraph"><w:name w:val="Numbered Paragraph"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{}</w:pPr></w:style>"#,
            numbered(1)
        ));
    }
    all.push_str(r#"<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/><w:rPr><w:color w:val="595959"/><w:sz w:val="18"/></w:rPr></w:style>"#);
    all.push_str(r#"<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:qFormat/><w:rPr><w:b/></w:rPr></w:style>"#);
    all.push_str(r#"<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/><w:rPr><w:color w:val="595959"/></w:rPr></w:style>"#);
    let border =
        |side: &str| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>"#);
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .into_iter()
        .map(border)
        .collect();
    all.push_str(&format!(
        r#"<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:pPr><w:spacing w:after="60"/></w:pPr><w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"#
    ));
    all
}

fn numbering(written: bool) -> String {
    let level = |at: u8, format: &str, text: &str, style: &str| {
        let left = 567 * (u16::from(at) + 1);
        let style = match style {
            "" => String::new(),
            style => format!(r#"<w:pStyle w:val="{style}"/>"#),
        };
        format!(
            r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{style}<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="567"/></w:pPr></w:lvl>"#
        )
    };
    let mut lists = vec![
        level(0, "bullet", "•", "ListBullet") + &level(1, "bullet", "–", ""),
        level(0, "decimal", "%1.", "ListNumber") + &level(1, "lowerLetter", "(%2)", ""),
    ];
    if written {
        let sections = level(0, "decimal", "%1", "Heading1");
        lists.push(sections + &level(1, "decimal", "%1.%2", "NumberedParagraph"));
    }
    let mut all = String::new();
    for (id, levels) in (BULLETS..).zip(&lists) {
        all.push_str(&format!(
            r#"<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>"#
        ));
    }
    for (id, _) in (BULLETS..).zip(&lists) {
        all.push_str(&format!(
            r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>"#
        ));
    }
    all
}
