//! What `check` accepts, `build` makes: random workspaces of every kind of paper, with whatever people
//! write and paste. Where there are errors, a draft is built all the same.

use std::fmt::Write as _;
use std::io::Cursor;

use image::{DynamicImage, ImageFormat};
use lopdf::{Document, Object};

use crate::common::chance::Chance;
use crate::common::pdf::Fixture;
use crate::common::word::{self, WordFile};
use crate::common::{pack, said, tool};
use crate::privacy::Workspace;

/// The workspaces to be made: their seeds. They are the same wherever the tests run.
/// `PACK_TEST_ACCEPTED=200` asks for so many, `PACK_TEST_ACCEPTED=@31` for one by its seed.
fn asked_for() -> Vec<u64> {
    let asked = std::env::var("PACK_TEST_ACCEPTED").ok();
    let asked = asked.as_deref().unwrap_or("3");
    match asked.strip_prefix('@') {
        Some(seed) => vec![seed.parse().expect("a seed")],
        None => (1..=asked.parse().expect("a number")).collect(),
    }
}

/// What people type and paste, one piece of a line each.
const WORDS: [&str; 46] = [
    "the council",
    "repairs to roofs",
    "£1,250,000",
    "12.5 per cent",
    "Monday 18 January 2027",
    "Councillor O\u{2019}Neill",
    "Ll\u{e2}n",
    "Gŵyl Fawr",
    "\u{c9}cole",
    "a\u{301}\u{323}",
    "\u{627}\u{644}\u{645}\u{62c}\u{644}\u{633}",
    "\u{9ac}\u{9be}\u{982}\u{9b2}\u{9be}",
    "\u{939}\u{93f}\u{928}\u{94d}\u{926}\u{940}",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd}",
    "\u{2264} 5 \u{b5}g/m\u{b3}",
    "\u{2713}",
    "non\u{a0}breaking",
    "soft\u{ad}hyphen",
    "zero\u{200b}width",
    "https://example.org/a/very/long/address/that/goes/on/and/on?with=questions&and=more",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "A/B-C_D.E",
    "**bold**",
    "*italic*",
    "***both***",
    "`code`",
    "~~gone~~",
    "[a link](https://example.org/)",
    "[item 1](item:1)",
    "\\*stars\\*",
    "&amp; &lt;",
    "<br>",
    "H~2~O",
    "x^2^",
    "#5",
    "1. not a list",
    "| a bar |",
    "$5 and {braces}",
    "footnote[^n]",
    "![The hall](view.png)",
    "\u{645}\u{62c}\u{644}\u{633} \u{627}\u{644}\u{645}\u{62f}\u{64a}\u{646}\u{629} \u{661}\u{662}\u{663}",
    "\u{5de}\u{5d5}\u{5e2}\u{5e6}\u{5ea} (2027)",
    "another note[^m]",
    "paragraph 1.1",
    "Appendix 1",
    "[see below](#purpose)",
];
const LANGUAGES: [&str; 2] = ["[\"en-GB\"]", "[\"cy\", \"en-GB\"]"];

/// A line of so many pieces at most.
fn line(chance: &mut Chance, most: usize) -> String {
    let pieces = 1 + chance.of(most);
    let words: Vec<&str> = (0..pieces).map(|_| chance.pick(&WORDS)).collect();
    words.join(" ")
}

/// A line without mark-up, fit to stand in TOML.
fn title(chance: &mut Chance) -> String {
    let pieces = 1 + chance.of(6);
    let words: Vec<&str> = (0..pieces).map(|_| chance.pick(&WORDS[..22])).collect();
    words.join(" ")
}

fn indented(text: &str, first: &str) -> String {
    let more = " ".repeat(first.chars().count());
    let lines = text.lines().enumerate().map(|(at, line)| match at {
        0 => format!("{first}{line}\n"),
        _ if line.is_empty() => "\n".to_owned(),
        _ => format!("{more}{line}\n"),
    });
    lines.collect()
}

fn table(chance: &mut Chance) -> String {
    let most = if chance.one_in(6) { (16, 60) } else { (6, 6) };
    let columns = 1 + chance.of(most.0);
    let rows = chance.of(most.1);
    let cell = |chance: &mut Chance| match chance.of(8) {
        0 => String::new(),
        1 => line(chance, 25).replace('|', "\\|"),
        2 => format!("{}", chance.of(1_000_000)),
        _ => line(chance, 2).replace('|', "\\|"),
    };
    let mut text = String::new();
    if chance.one_in(4) {
        let _ = writeln!(text, "Table 1: {}\n", title(chance));
    }
    let mut row = |cells: Vec<String>| {
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    };
    row((0..columns).map(|_| cell(chance)).collect());
    let rules = ["---", "---:", ":---:"];
    row((0..columns)
        .map(|_| chance.pick(&rules).to_owned())
        .collect());
    for _ in 0..rows {
        row((0..columns).map(|_| cell(chance)).collect());
    }
    text
}

fn block(chance: &mut Chance, depth: usize) -> String {
    let inner = |chance: &mut Chance| {
        if depth == 0 {
            line(chance, 9)
        } else {
            block(chance, depth - 1)
        }
    };
    match chance.of(18) {
        0..=3 => line(chance, 30),
        4 => format!("{} {}", "#".repeat(1 + chance.of(6)), line(chance, 4)),
        5 | 6 => {
            let marks = ["- ", "1. ", "(a) ", "i. ", "12) ", "* "];
            let mark = chance.pick(&marks);
            let entries = 1 + chance.of(6);
            (0..entries)
                .map(|_| indented(&inner(chance), mark))
                .collect()
        }
        7..=9 => table(chance),
        10 => indented(&inner(chance), "> ").replace("\n  ", "\n> "),
        11 => format!(
            "```\n{}\n```",
            "let long = words; ".repeat(1 + chance.of(12))
        ),
        12 => "---".to_owned(),
        13 => format!("![{}](view.png)", title(chance)),
        14 => format!("<!-- {} -->", title(chance)),
        // A paragraph that is read from the right, with figures and names in it.
        16 => format!(
            "{} {} {} {}",
            WORDS[40],
            chance.pick(&WORDS),
            WORDS[41],
            line(chance, 6)
        ),
        15 => format!("1.{} {}", 1 + chance.of(3), line(chance, 12)),
        _ => format!(
            "{}\\\n{}",
            line(chance, 3),
            "unbroken".repeat(1 + chance.of(40))
        ),
    }
}

fn prose(chance: &mut Chance, most: usize) -> String {
    let mut text = String::new();
    let count = 1 + chance.of(most);
    for _ in 0..count {
        let depth = if chance.one_in(8) { 7 } else { chance.of(4) };
        let _ = writeln!(text, "{}\n", block(chance, depth));
    }
    for note in ["[^n]", "[^m]"] {
        if text.contains(note) {
            let said = block(chance, 1);
            let _ = write!(text, "\n{}", indented(&said, &format!("{note}: ")));
        }
    }
    text
}

fn report(chance: &mut Chance) -> String {
    let mut text = format!("+++\nsubject = \"{}\"\n", title(chance));
    if chance.one_in(2) {
        let recommended = prose(chance, 3).replace("\"\"\"", "").replace('\\', "\\\\");
        let recommended = recommended.replace("[^n]", "").replace("[^m]", "");
        let _ = write!(text, "recommendations = \"\"\"\n{recommended}\"\"\"\n");
    }
    if chance.one_in(2) {
        let _ = writeln!(text, "background-papers = [\"{}\"]", title(chance));
    }
    if chance.one_in(3) {
        let _ = writeln!(
            text,
            "contact = [{{ name = \"{}\", post = \"{}\" }}]",
            title(chance),
            title(chance)
        );
    }
    let _ = write!(
        text,
        "+++\n\n# Purpose\n\nTo tell the Board.\n\n{}",
        prose(chance, 14)
    );
    text
}

fn word_file(chance: &mut Chance) -> Vec<u8> {
    let mut body = String::new();
    let blocks = 1 + chance.of(8);
    for _ in 0..blocks {
        let words = title(chance);
        body += &match chance.of(4) {
            0 => word::paragraph("Heading1", &words),
            1 => {
                let row = [words.as_str(), "2", ""];
                word::table(&vec![&row[..]; 1 + chance.of(5)])
            }
            _ => word::paragraph("Normal", &words),
        };
    }
    WordFile::new(&body).bytes()
}

/// A file with pages that are turned, cut, large or small, or measured in another unit.
fn pages(chance: &mut Chance, pdf: &[u8]) -> Vec<u8> {
    let mut doc = Document::load_mem(pdf).expect("a PDF");
    let pages: Vec<_> = doc.page_iter().collect();
    for page in pages {
        let page = doc.get_dictionary_mut(page).expect("a page");
        let sides = |width: i64, height: i64| -> Vec<Object> {
            vec![0.into(), 0.into(), width.into(), height.into()]
        };
        match chance.of(8) {
            0 => page.set("Rotate", [90, 180, 270, -90][chance.of(4)]),
            1 => page.set("CropBox", sides(400, 500)),
            2 => page.set("UserUnit", [2, 4][chance.of(2)]),
            3 => page.set("MediaBox", sides(2384, 3370)),
            4 => page.set("MediaBox", sides(298, 420)),
            5 => page.set("CropBox", sides(0, 0)),
            _ => {}
        }
        if chance.one_in(5) {
            page.set("Rotate", 90);
        }
    }
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).expect("a PDF");
    bytes
}

/// An appendix: its file's name and content.
fn appendix(chance: &mut Chance, number: usize) -> (String, Vec<u8>) {
    let picture = |format, chance: &mut Chance| {
        let side = |chance: &mut Chance| 1 + u32::try_from(chance.of(400)).expect("a side");
        let (width, height) = (side(chance), side(chance));
        let dots = match chance.of(3) {
            0 => DynamicImage::new_luma8(width, height),
            1 if format == ImageFormat::Png => DynamicImage::new_rgba16(width, height),
            _ => DynamicImage::new_rgb8(width, height),
        };
        let mut file = Cursor::new(Vec::new());
        dots.write_to(&mut file, format).expect("a picture");
        file.into_inner()
    };
    let (ending, bytes) = match chance.of(8) {
        0 | 1 => ("md", prose(chance, 12).into_bytes()),
        2 => {
            let rows = (0..1 + chance.of(30)).map(|row| {
                let cell = title(chance).replace('"', "");
                format!("{row},\"{cell}\",{}\n", chance.of(10_000))
            });
            let rows: String = rows.collect();
            ("csv", format!("No,What,Cost\n{rows}").into_bytes())
        }
        3 => ("png", picture(ImageFormat::Png, chance)),
        4 => ("jpg", picture(ImageFormat::Jpeg, chance)),
        5 => {
            let words = title(chance).replace('&', "and");
            let (width, height) = (1 + chance.of(900), 1 + chance.of(900));
            let drawing = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\">\
                 <rect width=\"9\" height=\"9\"/><text y=\"9\">{words}</text></svg>"
            );
            ("svg", drawing.into_bytes())
        }
        6 => ("docx", word_file(chance)),
        _ => {
            let fixture = Fixture {
                lowest_text: [30.0, 300.0][chance.of(2)],
                ..Fixture::default()
            };
            ("pdf", pages(chance, &fixture.pdf()))
        }
    };
    (format!("paper-{number}.{ending}"), bytes)
}

fn council(chance: &mut Chance) -> String {
    let mut text = format!(
        "[council]\nname = \"Anytown Council\"\njurisdiction = \"{}\"\nlanguages = {}\n[pack]\n",
        chance.pick(&["england", "wales"]),
        chance.pick(&LANGUAGES),
    );
    for key in [
        "item-sheets",
        "membership-page",
        "start-items-on-right",
        "start-documents-on-right",
        "exempt-leaf",
        "accessibility-page",
    ] {
        if chance.one_in(3) {
            let _ = writeln!(text, "{key} = {}", chance.one_in(2));
        }
    }
    if chance.one_in(2) {
        let number = chance.pick(&[
            "{page}",
            "Page {page} of {pages}",
            "Tudalen {page} o {pages} / Page {page} of {pages}",
        ]);
        let from = chance.pick(&["front-sheet", "first-item"]);
        let _ = writeln!(text, "page-number = \"{number}\"\nnumber-from = \"{from}\"");
    }
    for key in ["marking", "large-print-notice", "electronic-notice"] {
        if chance.one_in(4) {
            let _ = writeln!(text, "{key} = \"{}\"", title(chance));
        }
    }
    let font = chance.pick(&["Atkinson Hyperlegible Next", "Noto Sans"]);
    let _ = writeln!(text, "[style]\nfont = \"{font}\"");
    let numbers = chance.pick(&["auto", "written", "none"]);
    let _ = write!(
        text,
        "[report]\nparagraph-numbers = \"{numbers}\"\ntitle = \"Report to {{body}}\"\n"
    );
    if chance.one_in(3) {
        let _ = writeln!(text, "recommendations-heading = \"{}\"", title(chance));
    }
    text
}

/// A workspace of one meeting.
fn workspace(seed: u64) -> Workspace {
    let chance = &mut Chance(seed);
    chance.of(2);
    let workspace = Workspace::of_a_board();
    let put = |name: &str, text: &str| workspace.bytes(&format!("packs/m/{name}"), text.as_bytes());
    workspace.bytes("council.toml", council(chance).as_bytes());
    let mut dots = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(60, 40)
        .write_to(&mut dots, ImageFormat::Png)
        .expect("a picture");
    workspace.bytes("packs/m/view.png", &dots.into_inner());
    let mut agenda = "committee = \"board\"\n[meeting]\ndate = 2027-01-18\ntime = 10:00:00\nplace = \"Guildhall\"\n".to_owned();
    let items = 1 + chance.of(5);
    let mut papers = 0;
    for item in 0..items {
        let _ = write!(agenda, "\n[[item]]\ntitle = \"{}\"\n", title(chance));
        let kind = chance.of(5);
        match kind {
            0 => {
                let kinds = [
                    "verbal",
                    "procedural",
                    "to-follow",
                    "presentation",
                    "motion",
                    "question",
                    "petition",
                    "hearing",
                    "none-received",
                    "circulated-separately",
                    "application",
                ];
                let kind = chance.pick(&kinds);
                let _ = writeln!(agenda, "kind = \"{kind}\"");
                if kind == "application" {
                    for key in ["ward", "applicant", "address"] {
                        let _ = writeln!(agenda, "{key} = \"{}\"", title(chance));
                    }
                }
            }
            1 if chance.one_in(2) => {
                let _ = write!(
                    agenda,
                    "kind = \"report\"\nsource = \"report-{item}.docx\"\n"
                );
                workspace.bytes(&format!("packs/m/report-{item}.docx"), &word_file(chance));
            }
            _ => {
                let _ = write!(agenda, "kind = \"report\"\nsource = \"report-{item}.md\"\n");
                put(&format!("report-{item}.md"), &report(chance));
            }
        }
        for key in ["text", "note", "officer", "reference", "heading"] {
            if chance.one_in(5) {
                let _ = writeln!(agenda, "{key} = \"{}\"", title(chance));
            }
        }
        if chance.one_in(4) {
            let subs = (0..1 + chance.of(30)).map(|_| format!("\"{}\"", title(chance)));
            let _ = writeln!(agenda, "sub = [{}]", subs.collect::<Vec<_>>().join(", "));
        }
        if chance.one_in(6) {
            agenda += "access = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"It is still bargained over.\"\n";
        }
        let appendices = chance.of(4);
        for _ in 0..appendices {
            papers += 1;
            let (name, bytes) = appendix(chance, papers);
            workspace.bytes(&format!("packs/m/{name}"), &bytes);
            let _ = write!(
                agenda,
                "[[item.appendix]]\ntitle = \"{}\"\nfile = \"{name}\"\n",
                title(chance)
            );
            if ["png", "jpg", "svg"]
                .iter()
                .any(|ending| name.ends_with(ending))
            {
                agenda += "alt = \"A view of the hall\"\n";
            }
        }
    }
    put("pack.toml", &agenda);
    workspace
}

#[test]
fn what_check_accepts_is_built_and_a_draft_always_is() {
    let mut accepted = 0;
    for seed in asked_for() {
        // Shown where it fails.
        eprintln!("workspace {seed}");
        let workspace = workspace(seed);
        let folder = workspace.folder();
        if let Ok(kept) = std::env::var("PACK_TEST_ACCEPTED_KEPT") {
            let copied = std::process::Command::new("cp")
                .arg("-r")
                .arg(folder)
                .arg(&kept)
                .status();
            assert!(copied.is_ok_and(|status| status.success()), "{kept}");
        }
        let print = [
            "--print=large",
            "--print=16pt",
            "--print=28pt",
            "--print=40pt",
        ];
        let print = print[usize::try_from(seed % 4).expect("a place")];
        let checked = pack(&["check"], folder);
        let is_clean = checked.status.success();
        accepted += usize::from(is_clean);
        let options = if is_clean {
            &[][..]
        } else {
            &["--allow-errors"]
        };
        for print in ["--print=standard", print] {
            let built = pack(&[&["build", print], options].concat(), folder);
            assert!(
                built.status.success(),
                "workspace {seed}, {print} {options:?}: {:?} {}",
                built.status,
                said(&built)
            );
        }
    }
    eprintln!("{accepted} were accepted");
}

/// Words that break nowhere and do not fit a column of large print.
const WIDE: &str = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";

#[test]
fn rows_that_become_records_keep_what_stands_in_their_heads() {
    let mut workspace = workspace(1);
    let agenda = "committee = \"board\"\n[meeting]\ndate = 2027-01-18\ntime = 10:00:00\nplace = \"Guildhall\"\n[[item]]\ntitle = \"Halls\"\nkind = \"report\"\nsource = \"halls.md\"\n";
    workspace.write("packs/m/pack.toml", agenda);
    let row = format!("| one | {WIDE} | {WIDE} |  |\n");
    workspace.write(
        "packs/m/halls.md",
        &format!(
            "+++\nsubject = \"Halls\"\n+++\n\n# Purpose\n\n\
             * Table 1: {WIDE} in a list\n\n  | A | B |\n  | --- | --- |\n  | c | d |\n\n\
             | Halls[^a] | ![A view](view.png) As seen | Names[^b] | Empty[^c] |\n\
             | --- | --- | --- | --- |\n{row}{row}\n\
             Said again.[^b]\n\n[^a]: Of alder.\n\n[^b]: Of birch.\n\n[^c]: Of cedar.\n"
        ),
    );
    let out = workspace.folder().join("made");
    workspace.build(&out, &["--format", "pdf", "--print", "28"]);
    let made = out.join("public/m-28pt-print.pdf");
    let Some(said) = tool("pdftotext", &[&made.to_string_lossy(), "-"]) else {
        return;
    };
    for words in ["Of alder.", "Of birch.", "Of cedar.", "As seen"] {
        assert!(said.contains(words), "{words}: {said}");
    }
}
