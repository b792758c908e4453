//! What would take minutes or gigabytes is refused where it is read, at its line, with what to do;
//! and a draft is built without it.

use std::fmt::Write as _;

use crate::common::{pack, said};
use crate::privacy::Workspace;

const AGENDA: &str = r#"committee = "board"
[meeting]
date = 2027-01-18
time = 10:00:00
place = "Guildhall"
[[item]]
title = "Business"
kind = "report"
source = "report.md"
"#;
const REPORT: &str = "+++\nsubject = \"Business\"\n+++\n\n# Purpose\n\nTo tell the Board.\n";

fn workspace(agenda: &str, files: &[(&str, &str)]) -> Workspace {
    let mut workspace = Workspace::of_a_board();
    workspace.write("packs/m/pack.toml", &format!("{AGENDA}{agenda}"));
    workspace.write("packs/m/report.md", REPORT);
    for (name, text) in files {
        workspace.bytes(name, text.as_bytes());
    }
    workspace
}

/// Holds that a check finds this at this place, and that a draft is built all the same.
#[track_caller]
fn refused(workspace: &Workspace, place: &str, code: &str, words: &str) {
    let checked = said(&pack(&["check", "--format", "short"], workspace.folder()));
    let line = checked
        .lines()
        .find(|line| line.starts_with(place) && line.contains(&format!("[{code}]")));
    assert!(
        line.is_some_and(|line| line.contains(words)),
        "{place}: {checked:.2000}"
    );
    let draft = pack(
        &["build", "--allow-errors", "--format", "pdf"],
        workspace.folder(),
    );
    assert!(draft.status.success(), "{:.2000}", said(&draft));
}

#[test]
fn a_cell_that_is_never_closed_is_told_at_its_row() {
    let table = format!("Ward,Words\nNorth,\"{}\"\n", "word ".repeat(600_000));
    let appendix = "[[item.appendix]]\ntitle = \"Words\"\nfile = \"words.csv\"\n";
    let workspace = workspace(appendix, &[("packs/m/words.csv", &table)]);
    refused(
        &workspace,
        "packs/m/words.csv:2:1",
        "text-too-long",
        "32767",
    );
}

#[test]
fn twenty_thousand_headings_are_told_where_they_become_too_many() {
    let mut report = REPORT.to_owned();
    for number in 0..60_000 {
        let _ = write!(report, "\n## Heading {number}\n\nText.\n");
    }
    let workspace = workspace("", &[("packs/m/report.md", &report)]);
    let checked = said(&pack(&["check", "--format", "short"], workspace.folder()));
    assert!(checked.contains("[text-too-long]"), "{checked:.2000}");
}

#[test]
fn fifteen_thousand_members_are_told_at_the_first_too_many() {
    let mut board = "name = \"Board\"\nkind = \"board\"\n".to_owned();
    for number in 0..15_000 {
        let _ = write!(
            board,
            "[[member]]\nname = \"Member {number}\"\nrole = \"member\"\n"
        );
    }
    let workspace = workspace("", &[("committees/board.toml", &board)]);
    refused(
        &workspace,
        "committees/board.toml:6003:1",
        "text-too-long",
        "15000 members",
    );
}

#[test]
fn a_text_or_a_list_of_toml_is_no_paper() {
    let item = |key: &str| format!("[[item]]\ntitle = \"More\"\nkind = \"verbal\"\n{key}\n");
    let text = item(&format!(
        "text = \"{}\"",
        "Words and words. ".repeat(60_000)
    ));
    refused(
        &workspace(&text, &[]),
        "packs/m/pack.toml:13:8",
        "text-too-long",
        "1020000 letters",
    );
    let subs = item(&format!("sub = [{}]", "\"a matter\", ".repeat(20_000)));
    refused(
        &workspace(&subs, &[]),
        "packs/m/pack.toml:13:7",
        "text-too-long",
        "20000 entries",
    );
}

#[test]
fn letters_of_another_font_are_set_however_many_they_are() {
    let words = "Nguy\u{1ec5}n ".repeat(1_200);
    let lines = "Nguy\u{1ec5}n\\\n".repeat(700);
    let report = format!("# {words}\n\n{words}\n\n{lines}end\n\n- {words}[^1]\n\n[^1]: {words}\n");
    let agenda = "[[item]]\ntitle = \"Names\"\nkind = \"verbal\"\n[[item.appendix]]\ntitle = \"Names\"\nfile = \"names.md\"\n";
    let workspace = workspace(agenda, &[("packs/m/names.md", &report)]);
    let built = pack(&["build", "--format", "pdf"], workspace.folder());
    assert!(built.status.success(), "{:.2000}", said(&built));
}

#[test]
fn a_text_that_never_ends_is_a_mistake_however_long_it_is() {
    let agenda = format!(
        "[[item]]\ntitle = \"Long\"\nkind = \"verbal\"\ntext = \"\"\"\n{}",
        "Words and words.\n".repeat(8_000)
    );
    let checked = pack(&["check"], workspace(&agenda, &[]).folder());
    assert_eq!(checked.status.code(), Some(1), "{:.2000}", said(&checked));
    assert!(
        said(&checked).contains("never ends"),
        "{:.2000}",
        said(&checked)
    );
}

#[test]
fn a_drawing_with_a_very_long_text_is_refused() {
    let text = "words and ".repeat(20_000);
    let drawing =
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><text y=\"9\">{text}</text></svg>");
    let appendix = "[[item.appendix]]\ntitle = \"Map\"\nfile = \"map.svg\"\nalt = \"A map\"\n";
    let large = workspace(appendix, &[("packs/m/map.svg", &drawing)]);
    refused(
        &large,
        "packs/m/pack.toml:12:8",
        "not-an-image",
        "longer text",
    );
}

#[test]
fn effects_count_where_they_are_used() {
    let shadow = "<filter id=\"f\"><feDropShadow dx=\"3\" dy=\"3\" stdDeviation=\"9\"/></filter>";
    let drawing = |count: usize, side: usize| {
        let one = format!("<rect width=\"{side}\" height=\"{side}\" filter=\"url(#f)\"/>");
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 800\">{shadow}{}</svg>",
            one.repeat(count)
        )
    };
    let appendix = "[[item.appendix]]\ntitle = \"Map\"\nfile = \"map.svg\"\nalt = \"A map\"\n";
    let large = workspace(appendix, &[("packs/m/map.svg", &drawing(40, 700))]);
    refused(&large, "packs/m/pack.toml:12:8", "not-an-image", "effects");
    // As many small ones are nothing.
    let small = workspace(appendix, &[("packs/m/map.svg", &drawing(40, 20))]);
    let built = pack(&["build", "--format", "pdf"], small.folder());
    assert!(built.status.success(), "{}", said(&built));
}

#[test]
fn an_item_has_any_number_of_matters() {
    for count in [27, 64, 200] {
        let subs = format!(
            "[[item]]\ntitle = \"More\"\nkind = \"verbal\"\nsub = [{}]\n",
            "\"a matter\", ".repeat(count)
        );
        let workspace = workspace(&subs, &[]);
        for print in ["standard", "large"] {
            let built = pack(
                &["build", "--format", "pdf", "--print", print],
                workspace.folder(),
            );
            assert!(built.status.success(), "{count}: {}", said(&built));
        }
    }
}

/// The lines of what a check says of a workspace.
fn lines_of_check(workspace: &Workspace) -> Vec<String> {
    let checked = said(&pack(&["check", "--format", "short"], workspace.folder()));
    checked.lines().map(str::to_owned).collect()
}

#[test]
fn an_agenda_of_slips_alone_is_told_in_part() {
    for (line, code) in [
        ("x# = = 1\n", "[toml-syntax]"),
        ("title = \"Again\"\n", "[toml-syntax]"),
        (
            "[[item]]\ntitle = \"One\"\ntitle = \"Two\"\n",
            "[toml-syntax]",
        ),
        ("x# = 2027-02-31\n", "[invalid-date]"),
    ] {
        let numbered = (0..2_000).map(|number| line.replace('#', &number.to_string()));
        let lines = lines_of_check(&workspace(&numbered.collect::<String>(), &[]));
        for words in [code, "these are not all"] {
            let has = |line: &String| line.starts_with("packs/m/pack.toml") && line.contains(words);
            assert!(lines.iter().any(has), "{line}: {words}");
        }
    }
    let inline = format!("x = {{ {} y = 2 }}\n", "y = 1, ".repeat(200_000));
    let lines = lines_of_check(&workspace(&inline, &[]));
    let told = "packs/m/pack.toml:10:";
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with(told) && line.contains("[toml-syntax]"))
    );
}

#[test]
fn an_agenda_of_tens_of_thousands_of_lines_is_told_where_it_is_too_long() {
    let remarks = "# Nothing yet.\n".repeat(60_000);
    refused(
        &workspace(&remarks, &[]),
        "packs/m/pack.toml:50001:1",
        "text-too-long",
        "more than 50000 lines",
    );
}

#[test]
fn advice_on_wrong_links_has_an_end() {
    let mut report = REPORT.to_owned();
    for number in 0..6_000 {
        let _ = write!(
            report,
            "\n## Heading {number} {{#heading-number-{number}}}\n\nSee [it](#haeding-number-{number}).\n"
        );
    }
    let lines = lines_of_check(&workspace("", &[("packs/m/report.md", &report)]));
    let wrong: Vec<&String> = lines
        .iter()
        .filter(|line| line.contains("[link-nowhere]"))
        .collect();
    assert_eq!(wrong.len(), 6_000);
}

#[test]
fn a_template_that_counts_too_far_is_told_with_its_line() {
    let front = include_str!("../templates/typeset/front.typ");
    let front = format!("// Ours.\n#let all = range(300000000)\n{front}");
    let workspace = workspace("", &[("templates/typeset/front.typ", &front)]);
    let built = pack(&["build", "--format", "pdf"], workspace.folder());
    assert_eq!(built.status.code(), Some(2), "{:.2000}", said(&built));
    let said = said(&built);
    assert!(
        said.contains("template front.typ, line 2: 300000000 is too large"),
        "{said:.2000}"
    );
}
