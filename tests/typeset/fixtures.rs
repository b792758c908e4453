//! A part of each kind, of an invented council.

use pack::compose::part::*;

pub(crate) fn text(words: &str) -> Vec<Inline> {
    vec![Inline::text(words)]
}

pub(super) fn para(words: &str) -> Block {
    Block::paragraph(text(words))
}

/// So many paragraphs of the same words.
pub(super) fn paragraphs(count: usize, words: &str) -> Vec<Block> {
    vec![para(words); count]
}

pub(super) fn numbered(number: &str, words: &str) -> Block {
    Block::new(BlockKind::Paragraph {
        number: Some(number.into()),
        tone: Tone::Body,
        content: text(words),
    })
}

fn section(level: u8, number: Option<&str>, words: &str) -> Block {
    Block::new(BlockKind::Heading {
        level,
        number: number.map(Into::into),
        content: text(words),
    })
}

pub(super) fn bullets(items: &[&str]) -> Block {
    Block::new(BlockKind::List {
        numbering: None,
        tight: true,
        items: items.iter().map(|words| item(vec![para(words)])).collect(),
    })
}

pub(super) fn item(blocks: Vec<Block>) -> ListItem {
    ListItem {
        label: None,
        blocks,
    }
}

fn field(label: &str, lines: &[&str]) -> Field {
    Field {
        label: label.into(),
        lines: lines.iter().map(|line| text(line)).collect(),
    }
}

pub(crate) fn cells(rows: &[&[&str]], header_rows: usize) -> Table {
    Table {
        caption: None,
        columns: vec![Align::Auto; rows[0].len()],
        header_rows,
        rows: rows
            .iter()
            .map(|row| Row {
                cells: row
                    .iter()
                    .map(|words| Cell {
                        blocks: vec![para(words)],
                        header: false,
                        columns: 1,
                        rows: 1,
                    })
                    .collect(),
                mark: None,
            })
            .collect(),
        fit: None,
    }
}

fn row(number: &str, title: &str, anchor: &str) -> AgendaRow {
    AgendaRow {
        key: anchor.into(),
        heading: false,
        depth: 0,
        number: number.into(),
        title: text(title),
        notes: vec![],
        sub: vec![],
        time: None,
        anchor: Some(anchor.into()),
    }
}

pub(crate) fn front_sheet() -> Part {
    let mut second = row("2", "Declarations of interest", "item-2");
    second.sub = vec![
        "any disclosable pecuniary interest in a matter on this agenda;".into(),
        "the existence and nature of any party whip.".into(),
    ];
    let mut sixth = row("6", "Disposal of land at Mill Lane", "item-6");
    sixth.notes = vec![text(
        "Not for publication: paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972",
    )];
    let mut part_two = row("", "Part 2: private", "");
    part_two.heading = true;
    part_two.anchor = None;
    part_two.notes = vec![text(
        "The public is likely to be excluded from the meeting for the items in this part.",
    )];
    Part::new(
        "front",
        PartKind::FrontSheet,
        "Health and Care Scrutiny Board, Tuesday 14 March 2028: agenda",
        "en-GB",
        vec![
            Block::new(BlockKind::Masthead(Masthead {
                council: "Fernwick Borough Council".into(),
                body: "Health and Care Scrutiny Board".into(),
                logo: None,
            })),
            Block::new(BlockKind::Fields {
                look: FieldsLook::Sitting,
                rows: vec![
                    field("Day", &["Tuesday 14 March 2028"]),
                    field("Time", &["6.00 pm"]),
                    field(
                        "Place",
                        &["The Corn Room, Fernwick Town Hall, Market Street"],
                    ),
                ],
            }),
            para("This meeting is open to the public and press."),
            Block::heading(2, "Agenda"),
            Block::new(BlockKind::Agenda {
                rows: vec![
                    row("1", "Apologies for absence", "item-1"),
                    second,
                    row(
                        "3",
                        "Minutes of the meeting held on 11 January 2028",
                        "item-3",
                    ),
                    row(
                        "4",
                        "Waiting times at the Fernwick walk-in centre and what has been done about them since the review of October 2027",
                        "item-4",
                    ),
                    row("5", "Falls in care homes: update", "item-5"),
                    part_two,
                    sixth,
                ],
            }),
            para("Next meeting: Tuesday 16 May 2028"),
            Block::new(BlockKind::Foot {
                blocks: vec![
                    Block::paragraph(vec![
                        Inline::strong("Orla Penhallow"),
                        Inline::Break,
                        Inline::text("Chief Executive"),
                    ]),
                    para("Fernwick Town Hall, Market Street, Fernwick FE1 2AB"),
                    para("This document is available in large print. Telephone 01999 555 010."),
                ],
            }),
        ],
    )
}

pub(crate) fn distribution() -> Part {
    let member = |name: &str, note: Option<&str>| MemberLine {
        name: name.into(),
        note: note.map(Into::into),
        vacant: name == "Vacancy",
    };
    Part::new(
        "distribution",
        PartKind::Distribution,
        "Distribution",
        "en-GB",
        vec![
            section(1, None, "Distribution"),
            section(2, None, "Chair and vice-chair"),
            Block::new(BlockKind::Members {
                columns: 2,
                members: vec![
                    member("Councillor B Ashdown", Some("Chair")),
                    member("Councillor T Okafor", Some("Vice-chair")),
                ],
            }),
            section(2, None, "Members"),
            Block::new(BlockKind::Members {
                columns: 3,
                members: [
                    "Bright", "Calloway", "Dhillon", "Eaves", "Farrow", "Gwilym", "Hartley",
                ]
                .iter()
                .map(|name| member(&format!("Councillor {name}"), None))
                .collect(),
            }),
            section(2, None, "Co-opted members"),
            Block::new(BlockKind::Members {
                columns: 2,
                members: vec![
                    member("Mrs R Quayle", Some("Healthwatch Fernwick")),
                    member("Vacancy", Some("Fernwick Carers' Forum")),
                ],
            }),
            Block::new(BlockKind::Fields {
                look: FieldsLook::Plain,
                rows: vec![field(
                    "Prepared by",
                    &["Nia Brook, Democratic Services", "01999 555 014"],
                )],
            }),
        ],
    )
}

pub(crate) fn report() -> Part {
    let mut figures = cells(
        &[
            &["Service", "2025/26 £m", "2026/27 £m", "Change %"],
            &["Walk-in centre", "1.25", "1.4", "12.0"],
            &["Out-of-hours telephone line", "0.875", "0.9", "2.9"],
            &["Home visits", "12.4", "11.75", "-5.2"],
            &["Total", "14.525", "14.05", "-3.3"],
        ],
        1,
    );
    figures.caption = Some(text("Table 1: cost of urgent care, by service"));
    for row in &mut figures.rows[1..] {
        row.cells[0].header = true;
    }
    let long = "The walk-in centre saw 41,200 patients in the year to March 2027, against 36,900 in the year before. The rise was felt most on Mondays and in the last week of each month, when the practices around the market square close early for training. ";
    let mut part = Part::new(
        "item-4-report",
        PartKind::Report,
        "Waiting times at the walk-in centre",
        "en-GB",
        vec![
            Block::toned(
                Tone::Eyebrow,
                text("Health and Care Scrutiny Board, Tuesday 14 March 2028 · Item 4"),
            ),
            section(1, None, "Waiting times at the walk-in centre").at("item-4"),
            Block::new(BlockKind::Fields {
                look: FieldsLook::Header,
                rows: vec![
                    field("Subject", &["Waiting times at the walk-in centre"]),
                    field("Cabinet member", &["Councillor Imogen Starr, Health"]),
                    field(
                        "Director",
                        &[
                            "Paul Whitlock, Director of Public Health",
                            "Asha Menon, Director of Care",
                        ],
                    ),
                    field("Corporate plan", &[]),
                    field(
                        "Contact officer",
                        &["Lewis Tarn, 01999 555 021, lewis.tarn@example.org"],
                    ),
                ],
            }),
            Block::new(BlockKind::Panel {
                role: PanelRole::Recommendations,
                blocks: vec![
                    section(2, None, "Recommendations"),
                    para("That the Board:"),
                    Block::new(BlockKind::List {
                        numbering: Some(Numbering {
                            start: 1,
                            style: NumberStyle::Figure,
                        }),
                        tight: true,
                        items: vec![
                            item(vec![para(
                                "notes the waiting times set out in this report; and",
                            )]),
                            item(vec![Block::paragraph(vec![
                                Inline::text("asks for a further report by "),
                                Inline::Keep {
                                    content: text("16 May 2028"),
                                },
                                Inline::text("."),
                            ])]),
                        ],
                    }),
                ],
            }),
            section(2, Some("1"), "Purpose of the report").at("item-4-1"),
            numbered("1.1", &long.repeat(2)),
            numbered("1.2", "The reasons are of three kinds:"),
            Block::new(BlockKind::List {
                numbering: None,
                tight: true,
                items: vec![
                    item(vec![para("fewer nurses on the evening shift;")]),
                    item(vec![
                        para("a new triage desk, of which"),
                        bullets(&[
                            "the first part opened in May;",
                            "the second has not opened.",
                        ]),
                    ]),
                    item(vec![para("more patients from outside the borough.")]),
                ],
            }),
            section(2, Some("2"), "What it costs"),
            section(3, None, "Spending by service"),
            Block::new(BlockKind::Paragraph {
                number: Some("2.1".into()),
                tone: Tone::Body,
                content: vec![
                    Inline::text("Table 1 shows the cost. It is "),
                    Inline::strong("not"),
                    Inline::text(" the whole cost"),
                    Inline::Note { label: "a".into() },
                    Inline::text(": see "),
                    Inline::Go {
                        anchor: "item-5".into(),
                        content: text("item 5"),
                    },
                    Inline::text(" ("),
                    Inline::Page {
                        anchor: "item-5".into(),
                        words: "page {page}".into(),
                    },
                    Inline::text(") and the "),
                    Inline::Web {
                        url: "https://www.example.org/care".into(),
                        content: text("county's figures"),
                    },
                    Inline::text(". In Welsh: "),
                    Inline::Lang {
                        lang: "cy".into(),
                        content: text("Cyngor Bwrdeistref, tŷ a dŵr"),
                    },
                    Inline::text(". ✓ ≥ → ☐ ●"),
                ],
            }),
            Block::new(BlockKind::Table(figures)),
            numbered("2.2", &long.repeat(3)),
            Block::new(BlockKind::Quote {
                blocks: vec![para(
                    "We waited three hours, and were seen in four minutes.",
                )],
            }),
            numbered("2.3", "The figures do not include agency staff."),
            Block::new(BlockKind::Preformatted {
                text: "code  1\n  two".into(),
            }),
            Block::new(BlockKind::Rule),
            section(2, None, "Background papers"),
            para("None."),
            Block::new(BlockKind::Signature {
                lines: vec!["Paul Whitlock".into(), "Director of Public Health".into()],
            }),
        ],
    );
    part.footnotes = vec![Footnote {
        label: "a".into(),
        blocks: vec![para("Buildings and insurance are paid by the county.")],
    }];
    part.number_blocks();
    part
}

pub(crate) fn minutes() -> Part {
    let mut part = Part::new(
        "item-3-minutes",
        PartKind::Minutes,
        "Minutes of the meeting held on 11 January 2028",
        "en-GB",
        vec![
            Block::toned(Tone::Eyebrow, text("Health and Care Scrutiny Board")),
            section(1, None, "Minutes of the meeting held on 11 January 2028"),
            Block::new(BlockKind::Fields {
                look: FieldsLook::Header,
                rows: vec![
                    field(
                        "Present",
                        &[
                            "Councillor Ashdown (Chair); Councillors Bright, Calloway, Dhillon, Eaves and Okafor; Mrs R Quayle",
                        ],
                    ),
                    field("Apologies", &["Councillor Hartley"]),
                    field("In attendance", &["Asha Menon, Director of Care"]),
                ],
            }),
            section(2, Some("1/28"), "Minutes"),
            Block::new(BlockKind::Panel {
                role: PanelRole::Decision,
                blocks: vec![Block::paragraph(vec![
                    Inline::strong("Resolved"),
                    Inline::text(
                        " that the minutes of the meeting held on 9 November 2027 be approved as a correct record.",
                    ),
                ])],
            }),
            section(2, Some("2/28"), "Falls in care homes"),
            para(
                "The Director of Care presented her report. Members asked how falls at night were counted, and heard that they were counted by the home and not by the ward.",
            ),
            bullets(&["Eleven homes had sent figures.", "Two had not."]),
            Block::new(BlockKind::Panel {
                role: PanelRole::Decision,
                blocks: vec![
                    para("Resolved:"),
                    Block::new(BlockKind::List {
                        numbering: Some(Numbering {
                            start: 1,
                            style: NumberStyle::Letter,
                        }),
                        tight: true,
                        items: vec![
                            item(vec![para("that the report be noted;")]),
                            item(vec![para("that the two homes be written to.")]),
                        ],
                    }),
                ],
            }),
            Block::toned(Tone::Quiet, text("The meeting ended at 7.40 pm.")),
        ],
    );
    part.number_blocks();
    part
}

pub(crate) fn table_appendix() -> Part {
    let months = [
        "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar",
    ];
    let mut rows: Vec<Vec<String>> = vec![
        ["Indicator", "What it counts", "Better is"]
            .iter()
            .map(ToString::to_string)
            .chain(months.iter().map(ToString::to_string))
            .collect(),
    ];
    for n in 1..40 {
        let mut row = vec![
            format!("H{n}"),
            format!("Patients seen within {n} hours of arriving, as a share of all who came"),
            "High".to_string(),
        ];
        row.extend((0..12).map(|m| format!("{}.{}%", 60 + (n * 7 + m * 3) % 40, (n + m) % 10)));
        rows.push(row);
    }
    let rows: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let mut table = cells(&rows, 1);
    for row in &mut table.rows[1..] {
        row.cells[0].header = true;
    }
    let mut part = Part::new(
        "item-4-appendix-1",
        PartKind::TableAppendix,
        "Appendix 1: Indicators",
        "en-GB",
        vec![
            Block::toned(
                Tone::Eyebrow,
                text("Item 4 · Waiting times at the walk-in centre"),
            ),
            section(1, None, "Appendix 1: Indicators"),
            Block::new(BlockKind::Table(table)),
        ],
    );
    part.number_blocks();
    part
}

pub(crate) fn item_sheet() -> Part {
    Part::new(
        "item-2",
        PartKind::ItemSheet,
        "Item 2: Declarations of interest",
        "en-GB",
        vec![Block::new(BlockKind::Leaf {
            blocks: vec![
                Block::toned(Tone::Eyebrow, text("Item 2")),
                section(1, None, "Declarations of interest"),
                Block::toned(Tone::Lead, text("Members are asked to declare:")),
                Block::new(BlockKind::List {
                    numbering: Some(Numbering {
                        start: 1,
                        style: NumberStyle::Letter,
                    }),
                    tight: false,
                    items: vec![
                        item(vec![para(
                            "any disclosable pecuniary interest in a matter on this agenda;",
                        )]),
                        item(vec![para("the existence and nature of any party whip.")]),
                    ],
                }),
            ],
        })],
    )
}

pub(crate) fn contents() -> Part {
    let row = |depth, title: &str, anchor: &str| ContentsRow {
        depth,
        title: text(title),
        anchor: anchor.into(),
        standard_page: Some("Standard page 12".into()),
    };
    Part::new(
        "contents",
        PartKind::Contents,
        "Contents",
        "en-GB",
        vec![
            section(1, None, "Contents"),
            Block::new(BlockKind::Contents {
                rows: vec![
                    row(0, "1 Apologies for absence", "item-1"),
                    row(
                        0,
                        "4 Waiting times at the Fernwick walk-in centre",
                        "item-4",
                    ),
                    row(1, "Appendix 1: Indicators", "item-4-appendix-1"),
                ],
            }),
        ],
    )
}
