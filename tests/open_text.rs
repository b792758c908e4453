//! Texts of LibreOffice (`.odt`) as they are read: by the reader of Word files, with nothing lost on
//! the way to it and nothing let out.

use pack::finding::Severity;
use pack::load::{Converted, convert};

use crate::common::word::packed;

const SPACES: &str = r#"xmlns:office="urn:o" xmlns:style="urn:s" xmlns:text="urn:t" xmlns:table="urn:tb" xmlns:draw="urn:d" xmlns:fo="urn:f" xmlns:xlink="urn:x" xmlns:dc="urn:dc" xmlns:svg="urn:v" xmlns:form="urn:fm""#;
const MARKER: &str = "PLANTED";

const STYLES: &str = r#"<style:style style:name="Standard" style:family="paragraph"/><style:style style:name="H1" style:display-name="Heading 1" style:family="paragraph" style:parent-style-name="Standard" style:default-outline-level="1"/><style:style style:name="Ttl" style:display-name="Title" style:family="paragraph"/><style:style style:name="Num" style:family="paragraph" style:list-style-name="L1"/><text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/></text:list-style><text:list-style style:name="L2"><text:list-level-style-number text:level="1" style:num-format="1"/><text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/></text:list-style><text:list-style style:name="L3"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>"#;
const AUTOMATIC: &str = r#"<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="V" style:family="text"><style:text-properties text:display="none"/></style:style><style:style style:name="Hid" style:family="section"><style:section-properties text:display="none"/></style:style>"#;

fn file(text: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content {SPACES}><office:automatic-styles>{AUTOMATIC}</office:automatic-styles><office:body><office:text>{text}</office:text></office:body></office:document-content>"#
    );
    let styles = format!(
        r#"<office:document-styles {SPACES}><office:styles>{STYLES}</office:styles></office:document-styles>"#
    );
    packed(&[
        (
            "mimetype".to_owned(),
            b"application/vnd.oasis.opendocument.text".to_vec(),
        ),
        ("content.xml".to_owned(), content.into_bytes()),
        ("styles.xml".to_owned(), styles.into_bytes()),
        ("Pictures/a.png".to_owned(), b"\x89PNG".to_vec()),
        ("meta.xml".to_owned(), MARKER.as_bytes().to_vec()),
    ])
}

fn read(text: &str) -> Converted {
    convert("a.odt", &file(text), "a")
}

#[test]
fn headings_lists_and_running_text_are_what_the_page_shows() {
    let read = read(concat!(
        r#"<text:h text:style-name="H1" text:outline-level="1">1.<text:tab/>Background</text:h>"#,
        r#"<text:p text:style-name="Standard">  The <text:span text:style-name="B">baths</text:span>"#,
        "\n",
        r#" closed<text:s text:c="2"/>in<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>By order.</text:p></text:note-body></text:note> <text:a xlink:href="https://example.org/a&amp;b">May</text:a>.</text:p>"#,
        r#"<text:list text:style-name="L1"><text:list-item><text:p>One</text:p><text:list><text:list-item><text:p>Inner</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>Two</text:p></text:list-item></text:list>"#,
        r#"<text:p>Between</text:p>"#,
        r#"<text:list text:style-name="L1" text:continue-numbering="true"><text:list-item><text:p>Three</text:p></text:list-item></text:list>"#,
        r#"<text:p>Again</text:p>"#,
        r#"<text:list text:style-name="L1"><text:list-item><text:p>First</text:p></text:list-item></text:list>"#,
        r#"<text:list text:style-name="L3"><text:list-item><text:p>Point</text:p></text:list-item></text:list>"#,
        r#"<text:list text:style-name="L2"><text:list-item text:start-value="3"><text:p>Section</text:p><text:list><text:list-item><text:p>Said there</text:p></text:list-item></text:list></text:list-item></text:list>"#,
        r#"<text:table-of-content><text:index-body><text:p>Contents left out</text:p></text:index-body></text:table-of-content>"#,
    ));
    let said = read.markdown.replace('\\', "");
    for words in [
        "# 1. Background",
        "The **baths** closed  in[^1] [May](https://example.org/a&b).",
        "[^1]: By order.",
        "1. One",
        "(a) Inner",
        "2. Two",
        "3. Three",
        "1. First",
        "- Point",
        "3.1 Said there",
    ] {
        assert!(said.contains(words), "{words} in:\n{said}");
    }
    assert!(!said.contains("Contents left out"), "{said}");
    assert!(read.findings.is_empty(), "{:?}", read.findings);
}

#[test]
fn tables_keep_their_heads_and_spans() {
    let cell = |more: &str, words: &str| {
        format!("<table:table-cell {more}><text:p>{words}</text:p></table:table-cell>")
    };
    let covered = "<table:covered-table-cell/>";
    let head = cell(r#"table:number-rows-spanned="2""#, "Service")
        + &cell(r#"table:number-columns-spanned="2""#, "Cost")
        + covered;
    let second = covered.to_owned() + &cell("", "2025") + &cell("", "2026");
    let row = cell("", "Parks") + &cell("", "1") + &cell("", "2");
    let table = format!(
        "<table:table><table:table-column/><table:table-header-rows><table:table-row>{head}</table:table-row><table:table-row>{second}</table:table-row></table:table-header-rows><table:table-row>{row}</table:table-row></table:table>"
    );
    let read = read(&table);
    assert_eq!(
        read.markdown,
        "| Service | Cost, 2025 | Cost, 2026 |\n|---|---|---|\n| Parks | 1 | 2 |\n"
    );
    assert!(read.findings.is_empty(), "{:?}", read.findings);
}

#[test]
fn what_is_left_in_a_text_is_told_and_stays_out() {
    let text = format!(
        r#"<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>Reed</dc:creator></office:change-info><text:p>{MARKER}1</text:p></text:deletion></text:changed-region><text:changed-region text:id="c2"><text:insertion><office:change-info><dc:creator>Patel</dc:creator></office:change-info></text:insertion></text:changed-region></text:tracked-changes>
<text:p>Seen <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>inserted<text:change-end text:change-id="c2"/></text:p>
<text:p>shown <text:span text:style-name="V">{MARKER}2</text:span></text:p>
<text:section text:style-name="Hid"><text:p>{MARKER}3</text:p></text:section>
<text:p>Noted<office:annotation><dc:creator>Oakes</dc:creator><text:p>{MARKER}4</text:p></office:annotation></text:p>
<text:p>Field <text:hidden-text text:is-hidden="true" text:string-value="{MARKER}5"/></text:p>
<text:p><draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame></text:p>
<text:p><draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:title>The baths</svg:title></draw:frame></text:p>
<text:p><draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/></draw:frame>end</text:p>"#
    );
    let read = read(&text);
    assert!(!read.markdown.contains(MARKER), "{}", read.markdown);
    for (_, file) in read.files.iter() {
        assert!(!file.text.contains(MARKER), "{}", file.text);
    }
    for words in [
        "Seen inserted",
        "shown",
        "Noted",
        "In a box",
        "![The baths]",
    ] {
        assert!(read.markdown.contains(words), "{words}: {}", read.markdown);
    }
    let told = |code: &str| {
        read.findings
            .iter()
            .filter(|finding| finding.code.0 == code)
            .count()
    };
    assert_eq!(told("unsettled-change"), 2, "{:?}", read.findings);
    assert_eq!(told("comment-left-in"), 1, "{:?}", read.findings);
    assert_eq!(told("hidden-in-word"), 3, "{:?}", read.findings);
    assert_eq!(told("not-read-from-word"), 1, "{:?}", read.findings);
    let errors = read
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    let said: String = errors.map(|finding| finding.message.clone()).collect();
    for who in ["Reed", "Patel", "Oakes"] {
        assert!(said.contains(who), "{said}");
    }
    assert_eq!(read.pictures.len(), 1);
}

#[test]
fn words_in_shapes_controls_and_small_letters_are_read() {
    let control = |id: &str| format!(r#"<draw:control draw:control="{id}"/>"#);
    let text = format!(
        r#"<office:forms><form:form><form:text form:id="a" form:current-value="Typed in"/><form:checkbox form:id="b" form:current-state="checked" form:label="Agreed"/><form:checkbox form:id="c" form:label="Refused"/><form:listbox form:id="d"><form:option form:label="Parks"/><form:option form:label="Roads" form:current-selected="true"/></form:listbox><form:password form:id="e" form:current-value="{MARKER}"/></form:form></office:forms>
<text:p>Form {}{}{}{}{}</text:p>
<text:p><draw:g><draw:g><draw:ellipse><text:p>In a ring</text:p></draw:ellipse></draw:g></draw:g></text:p>
<draw:connector><text:p>On a line</text:p></draw:connector>
<text:p><text:ruby><text:ruby-base>Llanelli</text:ruby-base><text:ruby-text>lan-eth-lee</text:ruby-text></text:ruby></text:p>
<text:bibliography><text:index-body><text:p>A book of hours</text:p></text:index-body></text:bibliography>"#,
        control("a"),
        control("b"),
        control("c"),
        control("d"),
        control("e")
    );
    let said = read(&text).markdown;
    for words in [
        "Typed in",
        "\u{2612} Agreed",
        "\u{2610} Refused",
        "Roads",
        "In a ring",
        "On a line",
        "Llanelli (lan-eth-lee)",
        "A book of hours",
    ] {
        assert!(said.contains(words), "{words} in:\n{said}");
    }
    assert!(!said.contains("Parks") && !said.contains(MARKER), "{said}");
}

#[test]
fn damaged_and_hostile_texts_are_answered() {
    let whole = file("<text:p>words</text:p>");
    let cut = convert("a.odt", &whole[..whole.len() - 30], "a");
    assert_eq!(cut.findings[0].code.0, "word-damaged");
    let locked = packed(&[
        (
            "mimetype".to_owned(),
            b"application/vnd.oasis.opendocument.text".to_vec(),
        ),
        (
            "META-INF/manifest.xml".to_owned(),
            b"<a:encryption-data/>".to_vec(),
        ),
    ]);
    assert_eq!(
        convert("a.odt", &locked, "a").findings[0].code.0,
        "word-encrypted"
    );
    let deep = "<text:section>".repeat(5_000) + &"</text:section>".repeat(5_000);
    assert_eq!(read(&deep).findings[0].code.0, "word-damaged");
    let far = r#"<table:table><table:table-row table:number-rows-repeated="99999999"><table:table-cell table:number-columns-repeated="99999999"><text:p>a</text:p></table:table-cell></table:table-row></table:table>"#;
    let _ = read(far);
    let mut bytes = whole;
    for at in (0..bytes.len()).step_by(7) {
        bytes[at] ^= 0x20;
        let _ = convert("a.odt", &bytes, "a");
        bytes[at] ^= 0x20;
    }
}
