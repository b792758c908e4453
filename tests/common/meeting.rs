//! A meeting made by hand, with one of everything that a page can hold.

use std::collections::BTreeMap;
use std::sync::Arc;

use pack::finding::{FileId, Span, Spanned};
use pack::model::{
    Access, Agenda, AgendaPart, Appendix, Application, Attendee, Body, BodyKind, Contact, Content,
    Council, Date, HeaderRow, Image, ImageFormat, Item, ItemKind, Jurisdiction, Lang, Meeting,
    MeetingAccess, MeetingKind, Member, MemberRole, Minute, MinuteBlock, Minutes, NextMeeting,
    Number, NumberedBlock, Origin, PackSettings, PageSelection, Paper, PaperBody, PdfDocument,
    PdfFacts, PdfPage, ReadFrom, Reflow, Report, ReportLayout, Sitting, SourceName, Style, Tier,
    Time,
};
use pack::prose::{
    Alignment, Block, BlockKind, Cell, Figure, Footnote, Inline, InlineKind, LinkTarget, List,
    ListItem, Prose, Row, Table,
};

/// A place in a source that does not exist.
pub(crate) fn at(start: u32) -> Span {
    Span {
        file: FileId(0),
        start,
        end: start,
    }
}

pub(crate) fn spanned<T>(value: T) -> Spanned<T> {
    Spanned::new(value, at(0))
}

pub(crate) fn inline(kind: InlineKind) -> Inline {
    Inline { kind, span: at(0) }
}

pub(crate) fn text(words: &str) -> Vec<Inline> {
    vec![inline(InlineKind::Text(words.to_owned()))]
}

pub(crate) fn block(kind: BlockKind) -> Block {
    Block {
        kind,
        span: at(0),
        lang: None,
    }
}

pub(crate) fn paragraph(words: &str) -> Block {
    block(BlockKind::Paragraph(text(words)))
}

pub(crate) fn heading(level: u8, words: &str) -> Block {
    block(BlockKind::Heading {
        level,
        id: None,
        content: text(words),
    })
}

pub(crate) fn list(start: Option<(u64, char)>, items: &[&str]) -> Block {
    block(BlockKind::List(List {
        start,
        tight: true,
        items: items
            .iter()
            .map(|words| ListItem {
                blocks: vec![paragraph(words)],
                label: None,
                span: at(0),
            })
            .collect(),
    }))
}

pub(crate) fn cell(words: &str, header: bool) -> Cell {
    Cell {
        blocks: if words.is_empty() {
            Vec::new()
        } else {
            vec![paragraph(words)]
        },
        header,
        columns: 1,
        rows: 1,
        span: at(0),
    }
}

/// A table whose first row is its head and whose first column heads the rows.
pub(crate) fn table(rows: &[&[&str]]) -> Table {
    Table {
        caption: None,
        columns: rows
            .first()
            .map(|row| {
                (0..row.len())
                    .map(|column| {
                        if column == 0 {
                            Alignment::Start
                        } else {
                            Alignment::End
                        }
                    })
                    .collect()
            })
            .unwrap_or_default(),
        header_rows: 1,
        rows: rows
            .iter()
            .enumerate()
            .map(|(index, row)| Row {
                cells: row
                    .iter()
                    .enumerate()
                    .map(|(column, words)| cell(words, index == 0 || column == 0))
                    .collect(),
                span: at(0),
            })
            .collect(),
    }
}

pub(crate) fn numbered(number: Option<&str>, block: Block) -> NumberedBlock {
    NumberedBlock {
        number: number.map(|text| Number {
            text: text.to_owned(),
            span: None,
        }),
        block,
    }
}

pub(crate) fn item(number: &str, title: &str, kind: ItemKind) -> Item {
    Item {
        number: spanned(number.to_owned()),
        key: format!("item-{number}"),
        title: spanned(title.to_owned()),
        heading: None,
        public_title: None,
        kind,
        part: None,
        text: None,
        sub: Vec::new(),
        time: None,
        officer: None,
        initials: None,
        allow: Vec::new(),
        note: None,
        access: Access::Public,
        reference: None,
        application: Application::default(),
        revision: None,
        supersedes: None,
        keep_numbers: false,
        supplement: None,
        withdrawn: None,
        papers: Vec::new(),
        appendices: Vec::new(),
        items: Vec::new(),
        withheld: None,
        span: at(0),
    }
}

pub(crate) fn paper(key: &str, title: &str, body: PaperBody) -> Paper {
    Paper {
        key: key.to_owned(),
        title: title.to_owned(),
        body,
        source: Some(SourceName(format!("{key}.md"))),
        access: Access::Public,
        accept_redaction: None,
        accept_marking: None,
        alternative: None,
        alternative_source: None,
        appendices: Vec::new(),
        span: at(0),
    }
}

pub(crate) fn appendix(item: &str, position: usize, title: &str, content: Content) -> Appendix {
    Appendix {
        key: format!("item-{item}-appendix-{position}"),
        position,
        label: format!("Appendix {position}"),
        title: spanned(title.to_owned()),
        content,
        source: None,
        supersedes: None,
        keep_numbers: false,
        withdrawn: None,
        origin: None,
        summary: None,
        access: Access::Public,
        alternative: None,
        alternative_source: None,
        lang: None,
        accept_redaction: None,
        accept_marking: None,
        span: at(0),
    }
}

pub(crate) fn pdf(pages: usize, tagged: bool, reflow: Option<Reflow>) -> PdfDocument {
    PdfDocument {
        source: SourceName("letter.pdf".to_owned()),
        selection: PageSelection::default(),
        facts: PdfFacts {
            pages: vec![
                PdfPage {
                    has_text: true,
                    ..PdfPage::default()
                };
                pages
            ],
            tagged,
            lang: Some("en-GB".to_owned()),
            bytes: 123_456,
            ..PdfFacts::default()
        },
        reflow,
        transcript: None,
        paper: None,
        suspects: Vec::new(),
        fingerprint: String::new(),
        shown: Vec::new(),
    }
}

pub(crate) fn report(body: Vec<NumberedBlock>) -> Report {
    Report {
        subject: None,
        header: Vec::new(),
        missing_header: Vec::new(),
        contacts: Vec::new(),
        recommendations: None,
        body,
        footnotes: Vec::new(),
        signatory: None,
        background_papers: None,
        lang: None,
        span: at(0),
    }
}

pub(crate) fn exempt(paragraph: u8) -> Access {
    Access::Exempt {
        paragraphs: vec![paragraph],
        public_interest: Some("Publishing it would weaken the council's hand.".to_owned()),
        span: None,
    }
}

pub(crate) fn council() -> Council {
    Council {
        name: "Harrowmere Borough Council".to_owned(),
        short_name: Some("Harrowmere".to_owned()),
        jurisdiction: Jurisdiction::England,
        tier: Tier::Principal,
        languages: vec![Lang::default()],
        website: Some("https://harrowmere.example".to_owned()),
        address: vec!["Town Hall".to_owned(), "Harrowmere".to_owned()],
        proper_officer: Some(Contact {
            name: "R Okafor".to_owned(),
            post: Some("Chief Executive".to_owned()),
            ..Contact::default()
        }),
        pack: PackSettings {
            large_print_notice: Some("Ask us for large print.".to_owned()),
            ..PackSettings::default()
        },
        report: ReportLayout {
            title: Some("Report to {body}".to_owned()),
            ..ReportLayout::default()
        },
        notices: Vec::new(),
        non_working: Vec::new(),
        call_in_days: None,
        severities: BTreeMap::new(),
        style: Style::default(),
        site: pack::model::council::Site::default(),
        span: at(0),
    }
}

/// A meeting of these items.
pub(crate) fn meeting_of(items: Vec<Item>) -> Meeting {
    let member = |name: Option<&str>, role| Member {
        name: name.map(str::to_owned),
        id: None,
        style: name.map(|_| "Councillor".to_owned()),
        role,
        represents: (role == MemberRole::CoOpted).then(|| "Parent governors".to_owned()),
        voting: None,
        honours: None,
        portfolio: None,
        party: None,
        address: Vec::new(),
        span: at(0),
    };
    Meeting {
        id: "2026-09-14-scrutiny".to_owned(),
        council: Arc::new(council()),
        body: Arc::new(Body {
            id: "scrutiny".to_owned(),
            name: "Communities Scrutiny Board".to_owned(),
            kind: BodyKind::Scrutiny,
            minute_number: None,
            clerk: Some(Contact {
                name: "P Lindqvist".to_owned(),
                phone: Some("01632 960-123".to_owned()),
                email: Some("clerk@harrowmere.example".to_owned()),
                ..Contact::default()
            }),
            members: vec![
                member(Some("A Whitcombe"), MemberRole::Chair),
                member(Some("J Marsh"), MemberRole::Member),
                member(None, MemberRole::CoOpted),
            ],
            notices: Vec::new(),
            copies: Vec::new(),
            span: at(0),
        }),
        sitting: Sitting {
            date: spanned(Date::constant(2026, 9, 14)),
            weekday: None,
            time: Some(Time::constant(17, 30, 0, 0)),
            ends: Some(Time::constant(19, 30, 0, 0)),
            place: Some("Committee Room 2, Town Hall".to_owned()),
            access: MeetingAccess::Public,
            kind: MeetingKind::Ordinary,
            next: Some(spanned(NextMeeting::On(Date::constant(2026, 11, 9)))),
            previous: None,
            published: Some(spanned(Date::constant(2026, 9, 4))),
            decisions_published: None,
            cancelled: None,
            moved: Vec::new(),
            span: at(0),
        },
        agenda: Agenda {
            parts: Vec::new(),
            items,
        },
        copies: Vec::new(),
        record: None,
        supplement: None,
        consolidated: false,
        minutes: None,
        decisions: None,
        accessibility_page: false,
        notices: Vec::new(),
    }
}

/// One of everything.
pub(crate) fn meeting() -> Meeting {
    let mut declarations = item("1", "Declarations of interest", ItemKind::Procedural);
    declarations.sub = vec!["any interest".to_owned(), "any party whip".to_owned()];
    declarations.part = Some(0);
    let mut inner = item("1.1", "Gifts and hospitality", ItemKind::Verbal);
    inner.part = Some(0);
    declarations.items = vec![inner];

    let mut past = item("2", "Minutes of the last meeting", ItemKind::Minutes);
    past.part = Some(0);
    past.papers = vec![paper(
        "item-2-report",
        "Minutes of the last meeting",
        PaperBody::Minutes(Box::new(minutes())),
    )];

    let mut libraries = item("3", "Libraries: the first year", ItemKind::Report);
    libraries.part = Some(0);
    let mut cover = paper(
        "item-3-report",
        "Libraries: the first year",
        PaperBody::Report(Box::new(full_report())),
    );
    cover.appendices = vec![
        appendix(
            "3",
            1,
            "Visits by library",
            Content::Table(table(&[
                &["Library", "2025", "2026"],
                &["Central", "41,203", "43,118"],
                &["Northgate", "9,870", "10,002"],
            ])),
        ),
        {
            let mut letter = appendix(
                "3",
                2,
                "Letter from the readers' group",
                Content::Pdf(Box::new(pdf(
                    2,
                    true,
                    Some(Reflow {
                        prose: Arc::new(Prose {
                            blocks: vec![
                                heading(2, "Dear Councillor"),
                                paragraph("We read with interest."),
                                paragraph("Page two begins here."),
                            ],
                            footnotes: Vec::new(),
                        }),
                        coverage: 1.0,
                        page_words: vec![
                            "Dear Councillor We read with interest.".to_owned(),
                            "Page two begins here.".to_owned(),
                        ],
                        page_starts: Vec::new(),
                        from: ReadFrom::Tags,
                    }),
                ))),
            );
            letter.origin = Some(Origin::ThirdParty);
            letter.summary = Some("What the group asks for.".to_owned());
            letter
        },
        appendix(
            "3",
            3,
            "Survey",
            Content::Pdf(Box::new(pdf(12, false, None))),
        ),
        appendix(
            "3",
            4,
            "Plan",
            Content::Absent("On the website.".to_owned()),
        ),
        appendix("3", 5, "Costs", Content::Missing),
        {
            let mut secret = appendix("3", 6, "Tender prices", Content::Missing);
            secret.access = exempt(3);
            secret
        },
        {
            let mut welsh = appendix(
                "3",
                7,
                "Crynodeb",
                Content::Prose(Prose {
                    blocks: vec![paragraph("Mae'r llyfrgelloedd yn brysur.")],
                    footnotes: Vec::new(),
                }),
            );
            welsh.lang = Some(Lang("cy".to_owned()));
            welsh
        },
        appendix(
            "3",
            8,
            "Map of the libraries",
            Content::Image(Image {
                source: SourceName("map.png".to_owned()),
                format: ImageFormat::Png,
                alt: "Five libraries along the river.".to_owned(),
                width: 1.0,
                height: 1.0,
                lettering: Vec::new(),
            }),
        ),
    ];
    libraries.papers = vec![cover];

    let mut follow = item(
        "4",
        "Youth services",
        ItemKind::ToFollow {
            due: Some(Date::constant(2026, 9, 9)),
        },
    );
    follow.part = Some(0);
    let mut land = item("5", "Sale of land at Mill Lane", ItemKind::Report);
    land.part = Some(1);
    land.access = exempt(3);
    land.public_title = Some("Land matter".to_owned());
    land.papers = vec![paper(
        "item-5-report",
        "Sale of land at Mill Lane",
        PaperBody::Report(Box::new(report(vec![numbered(
            None,
            paragraph("The buyer offers a secret sum."),
        )]))),
    )];

    let mut meeting = meeting_of(vec![declarations, past, libraries, follow, land]);
    meeting.agenda.parts = vec![
        AgendaPart {
            id: "1".to_owned(),
            label: None,
            title: "Open to all".to_owned(),
            text: None,
            access: Access::Public,
            span: at(0),
        },
        AgendaPart {
            id: "2".to_owned(),
            label: None,
            title: "Private".to_owned(),
            text: Some("The public may be asked to leave.".to_owned()),
            access: exempt(3),
            span: at(0),
        },
    ];
    meeting
}

fn minutes() -> Minutes {
    Minutes {
        date: Some(spanned(Date::constant(2026, 7, 6))),
        time: Some(Time::constant(17, 30, 0, 0)),
        place: Some("Town Hall".to_owned()),
        present: vec![Attendee {
            name: "Whitcombe".to_owned(),
            printed: None,
            member: Some(0),
            span: at(0),
        }],
        apologies: Vec::new(),
        in_attendance: vec![Contact {
            name: "S Bright".to_owned(),
            post: Some("Head of Libraries".to_owned()),
            ..Contact::default()
        }],
        came_late: Vec::new(),
        left_early: Vec::new(),
        ended: Some(Time::constant(18, 45, 0, 0)),
        contact: None,
        opening: Vec::new(),
        minutes: vec![Minute {
            number: Some(Number {
                text: "12/26".to_owned(),
                span: None,
            }),
            heading: text("Library opening hours"),
            blocks: vec![
                MinuteBlock::Text(paragraph("The Board heard from the Head of Libraries.")),
                MinuteBlock::Decision(vec![
                    paragraph("Resolved:"),
                    list(Some((1, '.')), &["to open on Sundays;", "to report back."]),
                ]),
            ],
            span: at(0),
        }],
        footnotes: Vec::new(),
        lang: None,
        span: at(0),
    }
}

fn full_report() -> Report {
    let mut report = report(vec![
        numbered(Some("1"), heading(1, "Purpose of the report")),
        numbered(
            Some("1.1"),
            block(BlockKind::Paragraph(vec![
                inline(InlineKind::Text("This report looks back".to_owned())),
                inline(InlineKind::FootnoteRef("a".to_owned())),
                inline(InlineKind::Text(
                    " at one year <of> change & more, see ".to_owned(),
                )),
                inline(InlineKind::Link {
                    target: LinkTarget::Appendix("2".to_owned()),
                    content: text("the letter"),
                }),
                inline(InlineKind::Text(" and ".to_owned())),
                inline(InlineKind::Link {
                    target: LinkTarget::Item("2".to_owned()),
                    content: text("the minutes"),
                }),
                inline(InlineKind::Text(" or ".to_owned())),
                inline(InlineKind::Link {
                    target: LinkTarget::Web("javascript:alert(1)".to_owned()),
                    content: text("a trap"),
                }),
                inline(InlineKind::Text(".".to_owned())),
            ])),
        ),
        numbered(Some("2"), heading(1, "Visits")),
        numbered(None, heading(4, "By month")),
        numbered(
            Some("2.1"),
            Block {
                kind: BlockKind::Paragraph(text("Visits rose in every month but one.")),
                span: at(200),
                lang: None,
            },
        ),
        numbered(None, list(None, &["more children", "more evenings"])),
        numbered(
            None,
            block(BlockKind::Table(table(&[
                &["Month", "Visits", "Change"],
                &["April", "4,120", "+3%"],
                &["May", "", "-1%"],
            ]))),
        ),
        numbered(
            None,
            block(BlockKind::Figure(Figure {
                source: "map.png".to_owned(),
                alt: "A chart that rises.".to_owned(),
                caption: Some(text("Visits, 2026")),
                lettering: Vec::new(),
                share: None,
            })),
        ),
        numbered(Some("2.1"), paragraph("A number used twice.")),
    ]);
    report.header = vec![HeaderRow {
        key: "director".to_owned(),
        label: "Director".to_owned(),
        lines: vec!["S Bright, Head of Libraries".to_owned()],
        span: at(0),
    }];
    report.recommendations = Some(spanned(Prose {
        blocks: vec![list(
            Some((1, '.')),
            &["Note the report.", "Thank the staff."],
        )],
        footnotes: Vec::new(),
    }));
    report.footnotes = vec![Footnote {
        label: "a".to_owned(),
        blocks: vec![paragraph("From April 2025.")],
        span: at(0),
    }];
    report.signatory = Some(Contact {
        name: "S Bright".to_owned(),
        ..Contact::default()
    });
    report.background_papers = Some(Vec::new());
    report
}
