//! The web page of a pack: complete, safe, and the same for everybody in the room.

use crate::common::meeting;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;
use meeting::{item, meeting_of, paper, paragraph, report, spanned};
use pack::compose::marks::{Silent, StandardPage, mark};
use pack::compose::part::{Part, plain_blocks};
use pack::compose::screen::compose_for_screen;
use pack::edition::{Edition, WithheldPages};
use pack::html::{self, Linked, Numbers, Options, PrintedPage};
use pack::model::{Audience, ItemKind, Lang, Meeting, PaperBody, SourceName};

const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82";

fn image(source: &SourceName) -> Option<Bytes> {
    (source.0 == "map.png").then(|| Bytes::from_static(PIXEL))
}

fn options() -> Options<'static> {
    Options {
        large_print: None,
        draft: false,
        templates: BTreeMap::new(),
        images: &image,
        places: None,
        linked: BTreeMap::from([(
            "item-3-appendix-2".to_owned(),
            Linked {
                file: "papers/a letter.pdf".to_owned(),
                bytes: 123_456,
            },
        )]),
    }
}

fn numbers() -> Numbers {
    let pages = [
        html::FRONT_SHEET,
        html::DISTRIBUTION,
        "item-1",
        "item-2-report",
        "item-3-report",
        "item-3-report",
        "item-3-appendix-1",
        "item-3-appendix-2",
        "item-3-appendix-2",
        "nothing-that-is-set",
        "item-3-appendix-3",
        "item-3-appendix-3",
        "item-5",
        "item-5",
        "accessibility",
    ];
    numbers_of(&pages).with_places(BTreeMap::from([
        ("item-5".to_owned(), "13".to_owned()),
        ("item-5!last".to_owned(), "14".to_owned()),
        ("item-3-appendix-1".to_owned(), "7".to_owned()),
    ]))
}

/// A pack of pages from 1 on, each of one document.
fn numbers_of(documents: &[&str]) -> Numbers {
    let pages = documents
        .iter()
        .zip(1..)
        .map(|(document, number)| PrintedPage {
            label: number.to_string(),
            document: (*document).to_owned(),
            blank: false,
            also: Vec::new(),
        });
    Numbers::new(pages.collect())
}

/// The composed parts. Of the part with this key a page begins, with this label, at these words.
fn parts(edition: &Edition, breaks: &[(&str, &str, &str)]) -> Vec<Part> {
    let parts = compose_for_screen(edition).into_iter();
    parts
        .map(|large| {
            let mut part = large.part;
            for (key, label, words) in breaks {
                if part.key == *key {
                    let text = plain_blocks(&part.blocks);
                    let (before, after) = text.split_once(words).expect("the words are there");
                    let page = |label: &str, words: String| StandardPage {
                        label: label.to_owned(),
                        words,
                    };
                    let pages = [
                        page("the first", before.to_owned()),
                        page(label, format!("{words}{after}")),
                    ];
                    mark(&mut part, &pages, ["", ""], Silent::AtTheEnd);
                }
            }
            part
        })
        .collect()
}

const BREAKS: [(&str, &str, &str); 2] = [
    ("item-3-report", "6", "every month"),
    ("item-3-appendix-2", "9", "Page two begins here."),
];

fn render(edition: &Edition, numbers: &Numbers, options: &Options<'_>) -> String {
    html::render(edition, &parts(edition, &[]), numbers, options).expect("a page")
}

fn page_of(meeting: &Meeting, audience: Audience) -> String {
    let withheld = WithheldPages::from([("item-5".to_owned(), 2)]);
    let edition = Edition::of(meeting, audience, &withheld);
    html::render(&edition, &parts(&edition, &BREAKS), &numbers(), &options())
        .expect("the built-in templates are sound")
        .replace("&#39;", "'")
}

fn page() -> String {
    page_of(&meeting::meeting(), Audience::Public)
}

/// The start tags of a page: name, attributes.
fn tags(html: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        if rest.starts_with("!--") {
            rest = &rest[rest.find("-->").expect("a comment ends")..];
            continue;
        }
        if !rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
            continue;
        }
        let end = rest.find('>').expect("a tag ends");
        let (name, mut words) = rest[..end]
            .split_once(char::is_whitespace)
            .unwrap_or((&rest[..end], ""));
        let mut attributes = BTreeMap::new();
        while let Some((key, after)) = words.trim_start().split_once("=\"") {
            let close = after.find('"').expect("a quoted value ends");
            let key = key.rsplit(' ').next().unwrap_or(key).to_owned();
            let fresh = attributes.insert(key, after[..close].to_owned()).is_none();
            assert!(fresh, "an attribute stands twice in <{}>", &rest[..end]);
            words = &after[close + 1..];
        }
        tags.push((name.to_owned(), attributes));
        rest = &rest[end..];
    }
    tags
}

fn body(html: &str) -> &str {
    &html[html.find("<body>").expect("a body")..]
}

#[test]
fn every_link_leads_somewhere_and_every_id_stands_once() {
    for audience in [Audience::Public, Audience::Members] {
        let html = page_of(&meeting::meeting(), audience);
        let tags = tags(body(&html));
        let mut ids = BTreeSet::new();
        for (name, attributes) in &tags {
            if let Some(id) = attributes.get("id") {
                assert!(ids.insert(id.clone()), "{name} has the id {id} again");
            }
        }
        let links: Vec<&String> = tags
            .iter()
            .filter_map(|(_, attributes)| attributes.get("href"))
            .collect();
        assert!(links.len() > 40);
        for link in links {
            match link.strip_prefix('#') {
                Some(id) => assert!(ids.contains(id), "{link} leads nowhere"),
                None => assert!(
                    ["https://", "mailto:", "tel:", "papers/"]
                        .iter()
                        .any(|known| link.starts_with(known)),
                    "{link}"
                ),
            }
        }
        for (_, attributes) in &tags {
            if let Some(label) = attributes.get("aria-labelledby") {
                assert!(ids.contains(label), "{label} labels nothing");
            }
        }
    }
}

#[test]
fn headings_begin_with_one_h1_and_skip_no_level() {
    let html = page();
    let mut last = 0;
    let mut firsts = 0;
    for (name, _) in tags(body(&html)) {
        if let Some(level) = name
            .strip_prefix('h')
            .and_then(|level| level.parse::<u8>().ok())
        {
            assert!(level <= last + 1, "h{level} after h{last}");
            firsts += usize::from(level == 1);
            last = level;
        }
    }
    assert_eq!(firsts, 1);
}

/// The number in view from a mark inside a table or a paragraph on.
fn folio_inside(says: &str) -> String {
    format!(
        "<span class=\"folio-inside\" aria-hidden=\"true\"><span data-page=\"{says}\"></span></span>"
    )
}

#[test]
fn every_printed_page_can_be_linked_to_in_order() {
    let html = page();
    let breaks: Vec<String> = tags(&html)
        .into_iter()
        .filter(|(_, attributes)| {
            attributes
                .get("role")
                .is_some_and(|role| role == "doc-pagebreak")
        })
        .map(|(_, attributes)| attributes["id"].clone())
        .collect();
    let wanted: Vec<String> = (1..=15).map(|page| format!("page-{page}")).collect();
    assert_eq!(breaks, wanted);
    assert!(html.contains(
        "<span class=\"page-break\" role=\"doc-pagebreak\" id=\"page-6\" aria-label=\"Page 6\">"
    ));
    // Page 6 begins in the middle of a sentence.
    let at = html.find("id=\"page-6\"").expect("page 6");
    assert!(
        html[..at].ends_with(&format!(
            "Visits rose in {}<span class=\"page-break\" role=\"doc-pagebreak\" ",
            folio_inside("Page 6 of 15")
        )),
        "{}",
        &html[at - 400..at + 400]
    );
    assert!(html[at..].starts_with("id=\"page-6\" aria-label=\"Page 6\"><span class=\"page-break-label\">Page 6</span></span>every month"));
    // Page 9 begins with the third block of the letter.
    let nine = html.find("id=\"page-9\"").expect("page 9");
    assert!(html[..nine].contains("We read with interest."));
    assert!(!html[..nine].contains("Page two begins here."));
    assert!(html.contains("data-page=\"Page 9 of 15\""));
    assert!(html.contains("Pages 11 to 12"));
}

#[test]
fn the_line_in_view_names_the_total_for_the_pages_that_it_counts() {
    let meeting = meeting_of(vec![item("1", "Rents", ItemKind::Procedural)]);
    let edition = Edition::of(&meeting, Audience::Public, &WithheldPages::new());
    let pages = [("front-sheet", "i"), ("item-1", "1"), ("item-1", "2")];
    let pages = pages.map(|(document, label)| PrintedPage {
        label: label.to_owned(),
        document: document.to_owned(),
        blank: false,
        also: Vec::new(),
    });
    let numbers = Numbers::new(pages.into());
    let html = html::render(&edition, &parts(&edition, &[]), &numbers, &options()).expect("a page");
    assert!(html.contains("data-page=\"Page i\""), "{html}");
    assert!(html.contains("data-page=\"Page 1 of 2\""), "{html}");
    // Nothing tells where page 2 begins in the item.
    assert!(html.contains("data-page=\"Pages 1 to 2\""), "{html}");
}

#[test]
fn a_page_whose_numbers_lead_elsewhere_is_found() {
    let html = page();
    assert_eq!(html::held(&html, &numbers()), [""; 0]);
    for (what, broken) in [
        ("an anchor less", html.replace("id=\"page-9\"", "id=\"x\"")),
        (
            "anchors in another order",
            html.replace("id=\"page-9\"", "id=\"x\"")
                .replace("id=\"page-8\"", "id=\"page-9\"")
                .replace("id=\"x\"", "id=\"page-8\""),
        ),
        (
            "another number on the agenda",
            html.replacen("</span>4</span>", "</span>7</span>", 1),
        ),
    ] {
        assert_ne!(broken, html, "{what}");
        assert!(!html::held(&broken, &numbers()).is_empty(), "{what}");
    }
}

#[test]
fn a_number_that_no_page_bears_leads_to_the_page_that_says_why() {
    let meeting = meeting_of(vec![item("1", "Rents", ItemKind::Procedural)]);
    let edition = Edition::of(&meeting, Audience::Public, &WithheldPages::new());
    let pages = [("front-sheet", "1", vec!["2"]), ("item-1", "7", vec!["8"])];
    let pages = pages.map(|(document, label, also)| PrintedPage {
        label: label.to_owned(),
        document: document.to_owned(),
        blank: false,
        also: also.into_iter().map(str::to_owned).collect(),
    });
    let numbers = Numbers::new(pages.into());
    let html = html::render(&edition, &parts(&edition, &[]), &numbers, &options()).expect("a page");
    assert_eq!(html::held(&html, &numbers), [""; 0]);
    let leads =
        "aria-label=\"Page 7\"><span class=\"page-break-label\"><span id=\"page-8\"></span>";
    assert!(html.contains(leads), "{html}");
    let anchor = "<span id=\"page-8\"></span>";
    let elsewhere = html
        .replace(anchor, "")
        .replace("</main>", &format!("{anchor}</main>"));
    assert_eq!(html::held(&elsewhere, &numbers).len(), 1);
}

/// A page whose second printed page begins with these words of a table.
fn page_of_table(rows: &[&[&str]], words: &str) -> String {
    let visits = meeting::table(rows);
    let mut only = item("1", "Visits", ItemKind::Report);
    only.papers = vec![paper(
        "item-1-report",
        "Visits",
        PaperBody::Report(Box::new(report(vec![meeting::numbered(
            None,
            meeting::block(pack::prose::BlockKind::Table(visits)),
        )]))),
    )];
    let meeting = meeting_of(vec![only]);
    let edition = Edition::of(&meeting, Audience::Public, &WithheldPages::new());
    let numbers = numbers_of(&["item-1-report", "item-1-report"]);
    let parts = parts(&edition, &[("item-1-report", "2", words)]);
    html::render(&edition, &parts, &numbers, &options()).expect("a page")
}

const SECOND: &str = "<span class=\"page-break\" role=\"doc-pagebreak\" id=\"page-2\" \
     aria-label=\"Page 2\"><span class=\"page-break-label\">Page 2</span></span>";

#[test]
fn a_page_that_begins_within_a_table_is_marked_and_in_view_in_its_row() {
    let html = page_of_table(
        &[&["Month", "Visits"], &["April", "4"], &["May", "5"]],
        "May",
    );
    let folio = folio_inside("Page 2 of 2");
    let row = html.split("data-label=").nth(3).unwrap_or_default();
    let wanted = format!("data-label=\"Month\">{folio}{SECOND}May</th>");
    assert!(html.contains(&wanted), "{row}");
}

#[test]
fn a_page_that_begins_with_an_empty_cell_is_seen_where_the_table_is_set_as_records() {
    let rows: [&[&str]; 3] = [&["Month", "Visits"], &["April", "4"], &["", "fifty-five"]];
    let html = page_of_table(&rows, "fifty-five");
    let at = html.find(SECOND).expect("a mark");
    let cell = html[..at].rfind("<td").expect("its cell");
    assert!(!html[cell..at].contains("empty"), "{}", &html[cell..at]);
}

#[test]
fn telephone_numbers_references_and_figures_are_not_broken() {
    let rows: [&[&str]; 3] = [
        &["Reference", "Telephone", "Homes"],
        &["24/00123/FUL", "01632 960001", "1,200"],
        &["24/00124/FUL", "01632 960002", "85"],
    ];
    let html = page_of_table(&rows, "24/00124/FUL");
    for words in ["24/00123/FUL", "01632 960001", "1,200"] {
        let at = html.find(&format!(">{words}</t")).expect(words);
        let cell = html[..at].rfind('<').expect("its cell");
        assert!(html[cell..at].contains("short\""), "{}", &html[cell..at]);
    }
}

#[test]
fn a_long_address_is_broken_after_its_signs() {
    let mut only = item("1", "Visits", ItemKind::Report);
    let address = pack::prose::InlineKind::Link {
        target: pack::prose::LinkTarget::Web("mailto:democratic.services@thornmere.example".into()),
        content: meeting::text("democratic.services@thornmere.example"),
    };
    let block = meeting::block(pack::prose::BlockKind::Paragraph(vec![meeting::inline(
        address,
    )]));
    let body = vec![meeting::numbered(None, block)];
    only.papers = vec![paper(
        "item-1-report",
        "Visits",
        PaperBody::Report(Box::new(report(body))),
    )];
    let meeting = meeting_of(vec![only]);
    let edition = Edition::of(&meeting, Audience::Public, &WithheldPages::new());
    let html = render(&edition, &numbers_of(&["item-1-report"]), &options());
    let wanted = ">democratic.<wbr>services@<wbr>thornmere.<wbr>example</a>";
    assert!(html.contains(wanted), "{html}");
}

#[test]
fn a_cell_over_several_columns_has_no_label_of_the_first() {
    let mut visits = meeting::table(&[
        &["Month", "Visits"],
        &["April", "4"],
        &["More in the summer"],
    ]);
    visits.rows[2].cells[0].columns = 2;
    let mut only = item("1", "Visits", ItemKind::Report);
    let body = vec![meeting::numbered(
        None,
        meeting::block(pack::prose::BlockKind::Table(visits)),
    )];
    only.papers = vec![paper(
        "item-1-report",
        "Visits",
        PaperBody::Report(Box::new(report(body))),
    )];
    let meeting = meeting_of(vec![only]);
    let edition = Edition::of(&meeting, Audience::Public, &WithheldPages::new());
    let html = render(&edition, &numbers_of(&["item-1-report"]), &options());
    let at = html.find(">More in the summer").expect("the words");
    let cell = &html[html[..at].rfind('<').expect("its cell")..at];
    assert!(
        cell.contains("colspan=\"2\"") && !cell.contains("data-label"),
        "{cell}"
    );
}

#[test]
fn a_wide_table_says_that_it_scrolls() {
    let long = "Neighbourhood and community regeneration";
    let html = page_of_table(&[&[long; 6], &[long; 6], &["April"; 6]], "April");
    let hint = "<p class=\"scroll-hint\" aria-hidden=\"true\">this table scrolls sideways</p>\n\
         <div class=\"table-scroll\" role=\"group\" tabindex=\"0\"";
    assert!(html.contains(hint), "{html}");
}

#[test]
fn a_table_around_a_wide_one_is_as_wide() {
    let around = |inner: pack::prose::Table| {
        let mut outer = meeting::table(&[&["Duty", "What it is"], &["1", "a word"]]);
        let cells = &mut outer.rows[1].cells;
        cells[1]
            .blocks
            .push(meeting::block(pack::prose::BlockKind::Table(inner)));
        let mut only = item("1", "Visits", ItemKind::Report);
        let body = vec![meeting::numbered(
            None,
            meeting::block(pack::prose::BlockKind::Table(outer)),
        )];
        only.papers = vec![paper(
            "item-1-report",
            "Visits",
            PaperBody::Report(Box::new(report(body))),
        )];
        let meeting = meeting_of(vec![only]);
        let edition = Edition::of(&meeting, Audience::Public, &WithheldPages::new());
        let html = render(&edition, &numbers_of(&["item-1-report"]), &options());
        let class = html.split("class=\"fit-").nth(1).expect("a table");
        let digits: String = class.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<usize>().expect("a width")
    };
    let months = ["January", "February", "September", "November", "December"];
    assert!(around(meeting::table(&[&months, &months])) > 30);
    assert!(around(meeting::table(&[&["April", "May"], &["4", "5"]])) < 30);
}

#[test]
fn a_page_that_begins_over_the_text_after_an_empty_one_is_marked_there() {
    let mut only = item("1", "Visits", ItemKind::Report);
    only.papers = vec![paper(
        "item-1-report",
        "Visits",
        PaperBody::Report(Box::new(report(vec![meeting::numbered(
            None,
            meeting::paragraph("Visits rose."),
        )]))),
    )];
    let meeting = meeting_of(vec![only]);
    let edition = Edition::of(&meeting, Audience::Public, &WithheldPages::new());
    let mut parts = parts(&edition, &[]);
    let part = parts.iter_mut().find(|part| part.key == "item-1-report");
    let part = part.expect("the report");
    let page = |label: &str, words: String| StandardPage {
        label: label.to_owned(),
        words,
    };
    let text = plain_blocks(&part.blocks);
    let pages = ["".to_owned(), text, "Beyond.".to_owned()];
    let pages: Vec<_> = ["1", "2", "3"].into_iter().zip(pages).collect();
    let pages: Vec<_> = pages
        .into_iter()
        .map(|(label, words)| page(label, words))
        .collect();
    mark(part, &pages, ["", ""], Silent::AtTheEnd);
    let numbers = numbers_of(&["item-1-report"; 3]);
    let html = html::render(&edition, &parts, &numbers, &options()).expect("a page");
    let text = html.find("Visits rose.").expect("the text");
    let two = html.find("id=\"page-2\"").expect("page 2");
    assert!(two < text, "{}", &html[text.saturating_sub(300)..two]);
}

#[test]
fn no_title_stands_twice() {
    let html = page();
    // A sheet has its own head on paper; here the item's heading says it.
    assert!(!html.contains("item 1</p>"));
    assert!(!html.contains("Appendix 2: Appendix 2"));
}

#[test]
fn paragraph_numbers_are_anchors() {
    let html = page();
    for id in [
        "item-3-1",
        "item-3-1.1",
        "item-3-2.1",
        "item-3-2.1-2",
        "item-2-12/26",
    ] {
        assert!(html.contains(&format!("id=\"{id}\"")), "{id}");
    }
}

#[test]
fn everything_in_the_pack_is_on_the_page() {
    let html = page();
    for words in [
        "Communities Scrutiny Board",
        "Monday 14 September 2026",
        "<time datetime=\"17:30\">5.30&nbsp;pm</time>",
        "Councillor A Whitcombe",
        "Vacancy",
        "Parent governors",
        "any party whip",
        "Gifts and hospitality",
        "Verbal report",
        "Resolved:",
        "to open on Sundays;",
        "The meeting ended at 6.45 pm.",
        "S Bright, Head of Libraries",
        "Report to Communities Scrutiny Board",
        "Note the report.",
        "This report looks back",
        "one year &lt;of&gt; change &amp; more",
        "From April 2025.",
        "more evenings",
        "4,120",
        "43,118",
        "Visits, 2026",
        "alt=\"A chart that rises.\"",
        "alt=\"Five libraries along the river.\"",
        "data:image/png;base64,",
        "What the group asks for.",
        "href=\"papers/a%20letter.pdf\"",
        "PDF, 2 pages, 124 KB",
        "Tagged for assistive technology",
        "Not tagged: may be hard to use with a screen reader",
        "Not the council's own",
        "On the website.",
        "Not attached",
        "<div class=\"text\" lang=\"cy\">",
        "To follow by Wednesday 9 September 2026",
        "Part 2: Private",
        "Monday 9 November 2026",
        "Background papers</h5>\n<p>None.</p>",
        "tel:01632960123",
        "mailto:clerk@harrowmere.example",
        "Ask us for large print.",
    ] {
        assert!(html.contains(words), "{words} is not on the page");
    }
}

#[test]
fn the_public_page_holds_nothing_that_is_withheld() {
    let public = page();
    for secret in ["Mill Lane", "secret sum", "Tender prices"] {
        assert!(!public.contains(secret), "{secret}");
    }
    assert!(public.contains("Pages 13 to 14 are not for publication"));
    assert!(public.contains(
        "Not for publication: paragraph 3 of Part 1 of Schedule 12A, Local Government Act 1972."
    ));
    assert!(public.contains("Publishing it would weaken the council's hand."));
    let members = page_of(&meeting::meeting(), Audience::Members);
    assert!(members.contains("secret sum"));
    assert!(members.contains("Tender prices"));
    assert!(members.contains("class=\"notice restricted\""));
}

#[test]
fn no_source_can_put_mark_up_or_a_request_on_the_page() {
    let attack = "\"><script>alert(1)</script><img src=x onerror=alert(1)>{{ council.name }}";
    let mut meeting = meeting::meeting();
    meeting.sitting.place = Some(attack.to_owned());
    let council = Arc::make_mut(&mut meeting.council);
    council.name = attack.to_owned();
    council.address = vec![attack.to_owned()];
    council.website = Some("javascript:alert(1)".to_owned());
    council.style.font = Some("x\"; } </style><script>".to_owned());
    council.style.accent = Some("red; } </style><script>".to_owned());
    council.report.recommendations_heading = attack.to_owned();
    let body = Arc::make_mut(&mut meeting.body);
    body.name = attack.to_owned();
    body.members[0].name = Some(attack.to_owned());
    for item in &mut meeting.agenda.items {
        item.title = spanned(attack.to_owned());
        item.number = spanned(attack.to_owned());
        item.key = attack.to_owned();
        item.text = Some(attack.to_owned());
        item.sub = vec![attack.to_owned()];
        item.note = Some(attack.to_owned());
        for paper in &mut item.papers {
            paper.title = attack.to_owned();
            paper.key = attack.to_owned();
            for appendix in &mut paper.appendices {
                appendix.key = attack.to_owned();
                appendix.label = attack.to_owned();
                appendix.title = spanned(attack.to_owned());
                appendix.summary = Some(attack.to_owned());
                appendix.lang = Some(Lang(attack.to_owned()));
            }
        }
    }
    let html = page_of(&meeting, Audience::Members);
    let tags = tags(&html);
    assert_eq!(tags.iter().filter(|(name, _)| name == "script").count(), 1);
    for (name, attributes) in &tags {
        assert!(
            !attributes.keys().any(|key| key.starts_with("on")),
            "{name}"
        );
        if let Some(source) = attributes.get("src") {
            assert!(source.starts_with("data:image/png;"), "{source}");
        }
        if let Some(href) = attributes.get("href") {
            assert!(!href.contains("javascript"), "{href}");
        }
    }
    assert!(html.contains("{{ council.name }}"));
}

#[test]
fn the_structured_data_is_json_about_this_meeting() {
    let html = page();
    let open = "<script type=\"application/ld+json\">";
    let json = &html[html.find(open).expect("structured data") + open.len()..];
    let json = &json[..json.find("</script>").expect("its end")];
    let data: serde_json::Value = serde_json::from_str(json).expect("JSON");
    let graph = &data["@graph"];
    assert_eq!(graph[0]["@type"], "Event");
    assert_eq!(graph[0]["startDate"], "2026-09-14T17:30:00+01:00");
    assert_eq!(graph[0]["location"]["name"], "Committee Room 2, Town Hall");
    assert_eq!(graph[1]["@type"], "DigitalDocument");
    assert_eq!(graph[1]["hasPart"][3]["url"], "#item-3");
}

#[test]
fn a_welsh_pack_speaks_welsh() {
    let mut meeting = meeting::meeting();
    Arc::make_mut(&mut meeting.council).languages = vec![Lang("cy".to_owned())];
    let html = page_of(&meeting, Audience::Public);
    assert!(html.contains("<html lang=\"cy\">"));
    for words in [
        "Dydd Llun 14 Medi 2026",
        "5.30&nbsp;yp",
        "Cadeirydd",
        "Nid yw tudalennau 13 i 14 i'w cyhoeddi",
        "Tudalen 9 o 15",
    ] {
        assert!(html.contains(words), "{words}");
    }
    let html = body(&html);
    for words in [
        ">Chair<",
        "Skip to",
        "Contents",
        "Not attached",
        "Membership",
    ] {
        assert!(!html.contains(words), "{words}");
    }
}

#[test]
fn large_print_scales_the_readers_own_size() {
    let meeting = meeting::meeting();
    let edition = Edition::of(&meeting, Audience::Public, &WithheldPages::new());
    let options = Options {
        large_print: Some(18.0),
        ..options()
    };
    let html = render(&edition, &numbers(), &options);
    assert!(html.contains("class=\"large-print\""));
    assert!(html.contains("font-size: 150%"));
    assert!(html.contains("\"largePrint\""));
}

#[test]
fn headings_in_capitals_are_sentences_in_large_print_alone() {
    let mut only = item("1", "Partnership", ItemKind::Report);
    only.papers = vec![paper(
        "item-1-report",
        "Partnership",
        PaperBody::Report(Box::new(report(vec![
            meeting::numbered(
                Some("1"),
                meeting::heading(1, "WHAT THE MASA DOES IN MARLEY"),
            ),
            meeting::numbered(None, paragraph("Here in Marley the MASA meets weekly.")),
        ]))),
    )];
    let meeting = meeting_of(vec![only]);
    let edition = Edition::of(&meeting, Audience::Public, &WithheldPages::new());
    let page = |large_print| {
        let options = Options {
            large_print,
            ..options()
        };
        render(&edition, &Numbers::default(), &options)
    };
    assert!(page(Some(18.0)).contains("</span> What the MASA does in Marley</h4>"));
    assert!(page(None).contains("</span> WHAT THE MASA DOES IN MARLEY</h4>"));
}

#[test]
fn a_council_can_put_its_own_template_in_place_of_one() {
    let meeting = meeting::meeting();
    let edition = Edition::of(&meeting, Audience::Public, &WithheldPages::new());
    let with = |name: &str, text: &str| {
        let options = Options {
            templates: BTreeMap::from([(name.to_owned(), text.to_owned())]),
            ..options()
        };
        html::render(&edition, &parts(&edition, &[]), &numbers(), &options)
    };
    let html = with("membership.html", "<p>{{ body }} & {{ clerk.name }}</p>").expect("a page");
    assert!(html.contains("<p>Communities Scrutiny Board & P Lindqvist</p>"));
    assert!(!html.contains("Councillor A Whitcombe</li>"));

    let error = with("item.html", "<p>\n{% if %}</p>").expect_err("not a template");
    assert_eq!(error.template.as_deref(), Some("item.html"));
    assert_eq!(error.line, Some(2));
    assert!(
        error
            .to_string()
            .starts_with("template item.html, line 2: ")
    );
    let error = with("item.html", "\n\n{{ entry.no_such_thing }}").expect_err("no such field");
    assert_eq!(error.template.as_deref(), Some("item.html"));
    assert_eq!(error.line, Some(3));
}

#[test]
fn the_same_edition_gives_the_same_page() {
    assert_eq!(page(), page());
}

#[test]
fn a_pack_that_nobody_has_numbered_is_a_page_too() {
    let mut only = item("1", "Welcome", ItemKind::Report);
    only.papers = vec![paper(
        "item-1-report",
        "Welcome",
        PaperBody::Report(Box::new(report(vec![meeting::numbered(
            None,
            paragraph("Hello."),
        )]))),
    )];
    let meeting = meeting_of(vec![only]);
    let edition = Edition::of(&meeting, Audience::Public, &WithheldPages::new());
    let html = render(&edition, &Numbers::default(), &options());
    assert!(html.contains("Hello."));
    assert!(!html.contains("doc-pagebreak"));
    assert!(!html.contains("id=\"pages\""));
}

/// Writes the page where `PACK_HTML_OUT` says, for a look in a browser.
#[test]
fn the_page_can_be_looked_at() {
    let Some(path) = std::env::var_os("PACK_HTML_OUT") else {
        return;
    };
    let edition = Edition::of(
        &meeting::meeting(),
        Audience::Members,
        &WithheldPages::new(),
    );
    let options = Options {
        large_print: std::env::var("PACK_HTML_POINTS")
            .ok()
            .and_then(|points| points.parse().ok()),
        ..options()
    };
    let html = render(&edition, &numbers(), &options);
    std::fs::write(path, html).expect("written");
}
