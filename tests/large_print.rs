//! A finished large-print edition, read back and measured against UKAAF G003: nothing smaller than
//! the size asked for, no italics, no word broken over lines, and every page of the standard
//! edition marked once and in order.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use pack::compose::large::compose_large;
use pack::edition::{Edition, WithheldPages};
use pack::model::{Audience, Content, ItemKind, Lang, PaperBody};
use pack::prose::{BlockKind, InlineKind, LinkTarget, Prose};

use crate::common::built::{SAMPLES, built};
use crate::common::meeting::{
    appendix, block, inline, item, meeting_of, numbered, paper, report, text,
};
use crate::common::tool;

/// The value of an attribute of mutool's XML.
fn attribute<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let start = line.find(&format!("{name}=\""))? + name.len() + 2;
    line[start..].split('"').next()
}

#[test]
fn nothing_is_smaller_than_asked_for_and_nothing_is_italic() {
    for (options, points) in [
        (&["--large-print"][..], 18.0),
        (&["--print", "giant"], 24.0),
        (&["--print", "16pt"], 16.0),
    ] {
        for pack in SAMPLES {
            let pdf = built(pack, options).pdf();
            let Some(read) = tool("mutool", &["draw", "-q", "-F", "stext", "-o", "-", &pdf]) else {
                return;
            };
            let mut seen = 0;
            for font in read.lines().filter(|line| line.contains("<font ")) {
                let name = attribute(font, "name").expect("a name");
                assert!(
                    !name.contains("Italic") && !name.contains("Oblique"),
                    "{pack} {options:?}: {font}"
                );
                let size: f64 = attribute(font, "size")
                    .expect("a size")
                    .parse()
                    .expect("a number");
                if size > points - 0.05 {
                    seen += 1;
                    continue;
                }
                // The lettering of a drawing is the drawing's own; its words stand below it.
                assert!(lettering(&read, font), "{pack} {options:?}: {font}");
            }
            assert!(seen > 100, "{pack}: {seen} runs of text");
        }
    }
}

/// Whether a run of text belongs to a drawing: those of the samples are set in sizes that no text
/// of the page has.
fn lettering(read: &str, font: &str) -> bool {
    let size = attribute(font, "size").unwrap_or_default();
    let runs = read.matches(&format!("size=\"{size}\"")).count();
    size.contains('.') && size.len() > 5 && runs < 40
}

#[test]
fn what_a_drawing_shows_and_its_words_are_spelt_out_below_it() {
    let pack = "packs/packs/2026-09-14-children-communities";
    let drawing = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(pack)
        .join("04-family-hubs/waiting.svg");
    let svg = std::fs::read_to_string(drawing).expect("the drawing");
    let tree = roxmltree::Document::parse(&svg).expect("a drawing");
    let said: Vec<&str> = tree
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")))
        .filter_map(|node| node.text())
        .filter(|words| words.contains(char::is_alphabetic))
        .collect();
    assert!(said.len() > 8, "it has lettering");
    let pdf = built(pack, &["--large-print"]).pdf();
    let Some(read) = tool("pdftotext", &["-raw", &pdf, "-"]) else {
        return;
    };
    let read: Vec<&str> = read.split_whitespace().collect();
    let shows = "What the drawing shows: Line chart of the average wait for a first meeting";
    let words = format!("Words in the drawing: {}", said.join("; "));
    for told in [shows, &words] {
        assert!(read.join(" ").contains(told), "no “{told}”");
    }
}

#[test]
fn no_page_ends_between_a_label_and_its_value() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    write(
        "council.toml",
        "[council]\nname = \"Anytown Council\"\njurisdiction = \"england\"\ntier = \"principal\"\naddress = [\"The Town Hall\"]\n",
    );
    write(
        "committees/board.toml",
        "name = \"Board\"\nkind = \"board\"\n[clerk]\nname = \"A Clerk\"\nphone = \"01632 960000\"\n[[member]]\nname = \"A Chair\"\nrole = \"chair\"\n",
    );
    write(
        "packs/meeting/pack.toml",
        "committee = \"board\"\n[meeting]\ndate = 2027-01-18\ntime = 10:00:00\nplace = \"The Town Hall\"\n[[item]]\ntitle = \"Returns\"\nkind = \"procedural\"\ntext = \"To note.\"\n[[item.appendix]]\ntitle = \"Returns\"\nfile = \"returns.csv\"\n",
    );
    // Values of many lengths, so that labels come to stand everywhere on a page.
    let mut table = (1..=13)
        .map(|column| format!("Label {column}"))
        .collect::<Vec<_>>()
        .join(",");
    for row in 0..10 {
        let values: Vec<String> = (0..13)
            .map(|column| "so many words ".repeat(3 + (row * 5 + column * 7) % 17))
            .collect();
        table.push_str(&format!("\n{}", values.join(",")));
    }
    write("packs/meeting/returns.csv", &table);
    let workspace = folder.path().to_str().expect("a path");
    let pdf = built(workspace, &["--large-print", "--allow-errors"]).pdf();
    let Some(read) = tool("mutool", &["draw", "-q", "-F", "text", "-o", "-", &pdf]) else {
        return;
    };
    let pages: Vec<&str> = read.split('\x0c').collect();
    assert!(pages.len() > 20, "{} pages", pages.len());
    for (page, words) in pages.iter().enumerate() {
        let last = words
            .lines()
            .rfind(|line| line.starts_with("Label ") || line.contains("many words"))
            .unwrap_or_default();
        let alone = last.starts_with("Label ") && !last.contains("many words");
        assert!(!alone, "page {}: {last}", page + 1);
    }
}

#[test]
fn no_word_is_broken_over_lines() {
    for pack in SAMPLES {
        let pdf = built(pack, &["--large-print"]).pdf();
        let Some(read) = tool("mutool", &["draw", "-q", "-F", "text", "-o", "-", &pdf]) else {
            return;
        };
        for line in read.lines() {
            let broken = line.ends_with('\u{ad}')
                || line
                    .strip_suffix('-')
                    .is_some_and(|rest| rest.ends_with(char::is_lowercase));
            // A hyphen that the author wrote may end a line: the word stands so in the source too.
            if broken {
                let word = line.rsplit(' ').next().unwrap_or_default();
                assert!(written(pack, word), "{pack}: {line}");
            }
        }
    }
}

/// Whether the sources have a word that begins so and goes on after its hyphen.
fn written(pack: &str, word: &str) -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(pack);
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path)
                && text.contains(word)
            {
                return true;
            }
        }
    }
    false
}

#[test]
fn every_standard_page_is_marked_once_and_in_order() {
    for pack in SAMPLES {
        let standard = built(pack, &[]).document();
        let expected: Vec<String> = standard["labels"]
            .as_array()
            .expect("labels")
            .iter()
            .map(|label| label.as_str().expect("a label").to_owned())
            .collect();

        let pdf = built(pack, &["--large-print"]).pdf();
        let document = lopdf::Document::load(&pdf).expect("a readable PDF");
        let Some(read) = tool("pdftotext", &["-layout", &pdf, "-"]) else {
            return;
        };
        let mut marked: Vec<String> = Vec::new();
        for page in read.split('\u{c}') {
            // The first line is the running head, which names pages that began earlier.
            let lines = page.lines().filter(|line| !line.trim().is_empty()).skip(1);
            for line in lines {
                let line = line.trim();
                let one = ["Standard page ", "Tudalen safonol "];
                let several = ["Standard pages ", "Tudalennau safonol "];
                if let Some(label) = one.iter().find_map(|words| line.strip_prefix(words)) {
                    marked.push(label.to_owned());
                } else if let Some(range) =
                    several.iter().find_map(|words| line.strip_prefix(words))
                {
                    let ends: Vec<usize> = range
                        .split(' ')
                        .filter_map(|word| word.parse().ok())
                        .collect();
                    if let [first, last] = ends[..] {
                        marked.extend((first..=last).map(|label| label.to_string()));
                    }
                }
            }
        }
        // The contents list names pages too: of each page the last mention is its mark.
        let mut last = std::collections::BTreeMap::new();
        for (index, label) in marked.iter().enumerate() {
            last.insert(label.clone(), index);
        }
        let missing: Vec<_> = expected
            .iter()
            .filter(|label| !last.contains_key(*label))
            .collect();
        // Blank leaves have a mark too.
        assert_eq!(missing, [] as [&String; 0], "{pack}: not all are marked");
        let order: Vec<usize> = expected
            .iter()
            .filter_map(|label| last.get(label).copied())
            .collect();
        assert!(
            order.is_sorted(),
            "{pack}: marks are out of order: {marked:?}"
        );
        assert!(
            document.get_pages().len() > expected.len(),
            "{pack} is no longer than in print"
        );
    }
}

#[test]
fn a_page_is_labelled_with_its_own_number_and_those_of_the_standard_pages_on_it() {
    for pack in SAMPLES {
        let pdf = built(pack, &["--large-print"]).pdf();
        let arguments = ["--json", "--json-key=pagelabels", &pdf];
        let (Some(labels), Some(read)) = (
            tool("qpdf", &arguments),
            tool("pdftotext", &["-layout", &pdf, "-"]),
        ) else {
            return;
        };
        let labels: serde_json::Value = serde_json::from_str(&labels).expect("JSON");
        let pages: Vec<&str> = read.split('\u{c}').collect();
        let mut both = 0;
        for range in labels["pagelabels"].as_array().expect("labels") {
            let Some(label) = range["label"]["/P"].as_str() else {
                continue;
            };
            let index = usize::try_from(range["index"].as_u64().expect("an index")).expect("small");
            let (number, alias) = label
                .trim_start_matches("u:")
                .trim_end_matches(')')
                .split_once(" (")
                .expect("a number and an alias");
            let head = pages[index].trim_start().lines().next().unwrap_or_default();
            assert_eq!(alias, head.trim().to_lowercase(), "{pack}, page {number}");
            both += 1;
        }
        assert!(
            both * 2 > pages.len(),
            "{pack}: {both} of {} pages",
            pages.len()
        );
    }
}

#[test]
fn pages_that_are_withheld_are_told_by_their_standard_numbers_and_called_so() {
    let pack = "packs/packs/2026-10-14-cabinet";
    let of = |options: &[&str]| {
        let read = tool("pdftotext", &[&built(pack, options).pdf(), "-"])?;
        Some(read.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let (Some(standard), Some(large)) = (of(&[]), of(&["--large-print"])) else {
        return;
    };
    let before = |text: &str, words: &str| -> Vec<String> {
        let pieces: Vec<&str> = text.split(words).collect();
        let said = pieces.iter().take(pieces.len() - 1);
        said.map(|piece| {
            let words: Vec<&str> = piece.split(' ').rev().skip(1).take(5).collect();
            words.into_iter().rev().collect::<Vec<_>>().join(" ")
        })
        .collect()
    };
    let mut seen = 0;
    for withheld in ["is not for publication.", "are not for publication."] {
        let (standard, large) = (before(&standard, withheld), before(&large, withheld));
        assert_eq!(standard.len(), large.len());
        for (standard, large) in standard.iter().zip(&large) {
            let (_, number) = standard.rsplit_once("Page").expect("page numbers");
            let (_, told) = large.rsplit_once("Standard page").expect("standard pages");
            assert_eq!(told, number);
            seen += 1;
        }
    }
    assert!(seen > 0);
}

#[test]
fn a_paper_cites_standard_pages_in_its_own_language() {
    let see = || {
        let target = LinkTarget::Appendix("1".to_owned());
        let content = text("the appendix");
        block(BlockKind::Paragraph(vec![inline(InlineKind::Link {
            target,
            content,
        })]))
    };
    let cited = |pack: &str, own: Option<&str>| -> Vec<String> {
        let own = own.map(|own| Lang(own.to_owned()));
        let mut said = report(vec![numbered(None, see())]);
        said.lang.clone_from(&own);
        let mut rents = item("1", "Rents", ItemKind::Report);
        let mut cover = paper("item-1-report", "Rents", PaperBody::Report(Box::new(said)));
        let prose = Prose {
            blocks: vec![see()],
            footnotes: Vec::new(),
        };
        let mut table = appendix("1", 1, "Rents of today", Content::Prose(prose));
        table.lang = own;
        cover.appendices = vec![table];
        rents.papers = vec![cover];
        let mut meeting = meeting_of(vec![rents]);
        Arc::make_mut(&mut meeting.council).languages = vec![Lang(pack.to_owned())];
        let edition = Edition::of(&meeting, Audience::Public, &WithheldPages::new());
        let numbers = BTreeMap::from([("item-1-appendix-1".to_owned(), "8".to_owned())]);
        let parts = compose_large(&edition, &BTreeMap::new(), &numbers);
        let of = |key: &str| {
            let large = parts.iter().find(|large| large.part.key == key);
            let read = format!("{:?}", large.expect("the part").part);
            let (_, from) = read.split_once("Page { anchor: ").expect("a page");
            from.split('"').nth(3).expect("its words").to_owned()
        };
        vec![of("item-1-report"), of("item-1-appendix-1")]
    };
    let english = "page {page}, standard page {standard}";
    let welsh = "tudalen {page}, tudalen safonol {standard}";
    assert_eq!(cited("cy", Some("en-GB")), [english; 2]);
    assert_eq!(cited("en-GB", Some("cy")), [welsh; 2]);
    assert_eq!(cited("cy", None), [welsh; 2]);
}

#[test]
fn a_number_in_a_word_that_may_be_divided_is_found_where_it_is_printed() {
    // "Standard pages 12 to 14 are not for publication" on a leaf: at these sizes "Standard" has
    // places at which it may be divided, which are in the text of the PDF.
    for print in ["39pt", "40pt"] {
        let pdf = built(SAMPLES[1], &["--print", print, "--format", "pdf"]).pdf();
        let Some(read) = tool("pdftotext", &["-raw", &pdf, "-"]) else {
            return;
        };
        let read: Vec<&str> = read.split_whitespace().collect();
        let leaf = "Standard pages 12 to 14 are not for publication.";
        assert!(read.join(" ").contains(leaf), "{print}");
    }
}
