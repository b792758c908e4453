use super::*;
use crate::compose::part::{
    Align, Block, BlockKind, Cell, Field, FieldsLook, Inline, ListItem, NumberStyle, Numbering,
    PartKind, Row, Table, plain,
};

fn para(words: &str) -> Block {
    Block::paragraph(vec![Inline::text(words)])
}

fn list(numbering: Option<Numbering>, items: &[&str]) -> Block {
    Block::new(BlockKind::List {
        numbering,
        tight: true,
        items: items
            .iter()
            .map(|words| ListItem {
                label: None,
                blocks: vec![para(words)],
            })
            .collect(),
    })
}

fn cell(words: &str, rows: usize) -> Cell {
    Cell {
        blocks: vec![para(words)],
        header: false,
        columns: 1,
        rows,
    }
}

fn table(header_rows: usize, rows: Vec<Vec<Cell>>) -> Block {
    Block::new(BlockKind::Table(Table {
        columns: vec![Align::Auto; 2],
        header_rows,
        rows: rows
            .into_iter()
            .map(|cells| Row { cells, mark: None })
            .collect(),
        ..Table::default()
    }))
}

/// The blocks as one line, marks between angle brackets.
fn line(blocks: &[Block]) -> String {
    let of = |block: &Block| match &block.kind {
        BlockKind::PageMark { words, .. } => words.clone(),
        BlockKind::Paragraph { content, .. } | BlockKind::Heading { content, .. } => {
            inline_line(content)
        }
        BlockKind::Fields { rows, .. } => {
            let labels: Vec<&str> = rows.iter().map(|row| row.label.as_str()).collect();
            format!("[{}]", labels.join("|"))
        }
        BlockKind::List {
            numbering: Some(numbering),
            items,
            ..
        } => {
            let items: Vec<String> = items.iter().map(|item| line(&item.blocks)).collect();
            format!("{}[{}]", numbering.start, items.join("|"))
        }
        BlockKind::Figure(figure) => format!("({})", figure.image),
        _ => {
            let inner: Vec<String> = block.inner().into_iter().map(line).collect();
            format!("[{}]", inner.join("|"))
        }
    };
    blocks.iter().map(of).collect::<Vec<_>>().join("/")
}

fn inline_line(content: &[Inline]) -> String {
    content
        .iter()
        .map(|inline| match inline {
            Inline::PageMark { words, .. } => words.clone(),
            Inline::Page { words, .. } => words.clone(),
            Inline::Strong { content } => format!("*{}*", inline_line(content)),
            other => plain(std::slice::from_ref(other)),
        })
        .collect()
}

/// The part with these blocks and pages of these words, from page 7 on.
fn marked(blocks: Vec<Block>, pages: &[&str]) -> String {
    marked_with(blocks, pages, Silent::AtTheEnd)
}

fn marked_with(blocks: Vec<Block>, pages: &[&str], silent: Silent) -> String {
    let mut part = Part::new("k", PartKind::Report, "t", "en-GB", blocks);
    let pages: Vec<StandardPage> = pages
        .iter()
        .enumerate()
        .map(|(index, words)| StandardPage {
            label: (index + 7).to_string(),
            words: (*words).to_owned(),
        })
        .collect();
    mark(&mut part, &pages, ["<{page}>", "<{first}-{last}>"], silent);
    line(&part.blocks)
}

#[test]
fn pages_without_words_at_the_end_may_begin_with_the_page_before() {
    let joined = |blocks, pages: &[&str]| marked_with(blocks, pages, Silent::WithTheLast);
    let blocks = || vec![para("one two"), para("three four")];
    let pages = ["one two", "three four", "", "36"];
    assert_eq!(joined(blocks(), &pages), "<7>/one two/<8-10>/three four");
    assert_eq!(
        marked(blocks(), &pages),
        "<7>/one two/<8>/three four/<9-10>"
    );
    assert_eq!(joined(Vec::new(), &["", ""]), "<7-8>");
    // What the last page says is not here.
    assert_eq!(
        joined(blocks(), &["one two", "three four", "", "five"]),
        "<7>/one two/<8>/three four/<9-10>"
    );
}

#[test]
fn a_mark_stands_where_its_page_begins() {
    let blocks = || {
        vec![
            para("one two three"),
            list(None, &["four five", "six"]),
            para("seven"),
        ]
    };
    assert_eq!(
        marked(
            blocks(),
            &["one", "two three", "four", "five", "six", "seven"]
        ),
        "<7>/one<8>two three/<9>/[four<10>five]/<11>/[six]/<12>/seven"
    );
    // Labels of lists and the like are on the pages and none of the author's words.
    assert_eq!(
        marked(
            blocks(),
            &["1.1 one two", "three • four five •", "six 12 seven"]
        ),
        "<7>/one two<8>three/[four five]/<9>/[six]/seven"
    );
}

#[test]
fn words_of_every_page_do_not_draw_a_mark_away() {
    let sentence = |of: &str| format!("The cost of the {of} is the cost of the {of} alone.");
    let blocks = ["baths", "hall", "park", "pier"].map(|of| para(&sentence(of)));
    let pages = [
        format!("{} The cost of the hall", sentence("baths")),
        "is the cost of the hall alone. The cost of".to_owned(),
        format!(
            "the park is the cost of the park alone. {}",
            sentence("pier")
        ),
    ];
    let pages = pages.each_ref().map(String::as_str);
    assert_eq!(
        marked(blocks.to_vec(), &pages),
        "<7>/The cost of the baths is the cost of the baths alone./\
         The cost of the hall<8>is the cost of the hall alone./\
         The cost of<9>the park is the cost of the park alone./\
         The cost of the pier is the cost of the pier alone."
    );
}

#[test]
fn the_number_of_a_page_is_none_of_the_words_and_stays_whole() {
    let cited = Block::paragraph(vec![
        Inline::text("as it says ("),
        Inline::Page {
            anchor: "a".to_owned(),
            words: "page {page}".to_owned(),
        },
        Inline::text("), and more of it"),
    ]);
    assert_eq!(
        marked(
            vec![cited.clone()],
            &["as it says (page 29), and", "more of it"]
        ),
        "<7>/as it says (page {page}), and<8>more of it"
    );
    assert_eq!(
        marked(vec![cited], &["as it says (page", "29), and more of it"]),
        "<7>/as it says (page {page}),<8>and more of it"
    );
}

#[test]
fn a_word_is_not_cut_and_a_link_stays_whole() {
    let mixed = Block::paragraph(vec![
        Inline::text("alpha un"),
        Inline::strong("happy beta"),
        Inline::text(" gamma "),
        Inline::Web {
            url: "https://example.org".to_owned(),
            content: vec![Inline::text("delta epsilon")],
        },
        Inline::text(" zeta"),
    ]);
    assert_eq!(
        marked(
            vec![mixed.clone()],
            &["alpha", "unhappy", "beta gamma", "delta epsilon zeta"]
        ),
        "<7>/alpha<8>un*happy<9>beta* gamma <10>delta epsilon zeta"
    );
    assert_eq!(
        marked(
            vec![mixed],
            &["alpha unhappy beta gamma delta", "epsilon zeta"]
        ),
        "<7>/alpha un*happy beta* gamma <8>delta epsilon zeta"
    );
}

#[test]
fn in_a_table_a_page_begins_with_a_row() {
    let rows = |span: usize| {
        let row = |a: &str, b: &str| vec![cell(a, 1), cell(b, 1)];
        let mut second = row("south", "twelve");
        second[0].rows = span;
        let mut third = row("west", "thirteen");
        if span > 1 {
            third.remove(0);
        }
        vec![
            row("ward", "number"),
            row("north", "eleven"),
            second,
            third,
            row("east", "fourteen"),
        ]
    };
    let pages = [
        "ward number north eleven south twelve",
        "west thirteen east fourteen",
    ];
    assert_eq!(
        marked(vec![table(1, rows(1))], &pages),
        "<7>/[ward|number|north|eleven|south|twelve|<8>|west|thirteen|east|fourteen]"
    );
    // Where a cell from above reaches in, at the head of what is the row's own.
    let pages = [
        "ward number north eleven south twelve",
        "thirteen east fourteen",
    ];
    assert_eq!(
        marked(vec![table(1, rows(2))], &pages),
        "<7>/[ward|number|north|eleven|south|twelve|<8>/thirteen|east|fourteen]"
    );
}

#[test]
fn inside_of_a_cell_that_says_much_a_page_may_begin() {
    let first: Vec<String> = (0..30).map(|n| format!("one{n}")).collect();
    let second: Vec<String> = (0..30).map(|n| format!("two{n}")).collect();
    let (first, second) = (first.join(" "), second.join(" "));
    let long = cell(&format!("{first} {second}"), 1);
    let table = table(
        0,
        vec![vec![cell("north", 1), long], vec![cell("south", 1)]],
    );
    assert_eq!(
        marked(
            vec![table],
            &[&format!("north {first}"), &format!("{second} south")]
        ),
        format!("<7>/[north|{first}<8>{second}|south]")
    );
}

#[test]
fn pages_of_the_same_words_get_their_share_each() {
    let form = |_| [para("name"), para("date of birth"), para("address")];
    let blocks: Vec<Block> = (0..3).flat_map(form).collect();
    let page = "name date of birth address";
    assert_eq!(
        marked(blocks, &[page, page, page]),
        "<7>/name/date of birth/address/<8>/name/date of birth/address/<9>/name/date of birth/address"
    );
}

#[test]
fn lists_and_rows_go_on_behind_a_mark() {
    let numbering = Numbering {
        start: 4,
        style: NumberStyle::Letter,
    };
    assert_eq!(
        marked(
            vec![list(Some(numbering), &["one", "two", "three"])],
            &["one two", "three"]
        ),
        "<7>/4[one|two]/<8>/6[three]"
    );
    let field = |label: &str, words: &str| Field {
        label: label.to_owned(),
        lines: vec![vec![Inline::text(words)]],
    };
    let fields = Block::new(BlockKind::Fields {
        look: FieldsLook::Header,
        rows: vec![field("Wards", "all"), field("Contact", "nobody")],
    })
    .at("fields");
    let mut part = Part::new("k", PartKind::Report, "t", "en-GB", vec![fields]);
    let page = |label: &str, words: &str| StandardPage {
        label: label.to_owned(),
        words: words.to_owned(),
    };
    mark(
        &mut part,
        &[page("7", "Wards all"), page("8", "Contact nobody")],
        ["<{page}>", "<{first}-{last}>"],
        Silent::AtTheEnd,
    );
    assert_eq!(line(&part.blocks), "<7>/[Wards]/<8>/[Contact]");
    let anchors: Vec<_> = part.blocks.iter().map(|block| &block.anchor).collect();
    assert_eq!(anchors, [&None, &Some("fields".to_owned()), &None, &None]);
}

#[test]
fn a_page_without_words_has_its_mark_and_so_has_a_picture() {
    let picture = Block::new(BlockKind::Figure(crate::compose::part::Figure {
        image: "map".to_owned(),
        alt: "A map".to_owned(),
        caption: None,
        full: true,
        lettering: Vec::new(),
        share: None,
    }));
    assert_eq!(
        marked(
            vec![para("one"), picture, para("two")],
            &["", "one", "", "\u{fffc}", "two", ""]
        ),
        "<7-8>/one/<9-10>/(map)/<11>/two/<12>"
    );
    assert_eq!(marked(vec![para("one")], &["one", "else"]), "<7>/one/<8>");
    assert_eq!(marked(Vec::new(), &["one", "two"]), "<7-8>");
}

#[test]
fn long_texts_are_followed_to_their_end() {
    let page = |page: usize| -> String {
        (0..50)
            .map(|word| format!("w{}x{} the ", page, word % 7))
            .collect()
    };
    let pages: Vec<String> = (0..400).map(page).collect();
    let mut part = Part::new(
        "k",
        PartKind::Report,
        "t",
        "en-GB",
        pages.iter().map(|words| para(words)).collect(),
    );
    let pages: Vec<StandardPage> = pages
        .into_iter()
        .enumerate()
        .map(|(index, words)| StandardPage {
            label: index.to_string(),
            words,
        })
        .collect();
    mark(
        &mut part,
        &pages,
        ["<{page}>", "<{first}-{last}>"],
        Silent::AtTheEnd,
    );
    for (index, pair) in part.blocks.chunks(2).enumerate() {
        assert_eq!(line(&pair[..1]), format!("<{index}>"));
        assert!(line(&pair[1..]).starts_with(&format!("w{index}x0 ")));
    }
    assert_eq!(part.blocks.len(), 800);
}
