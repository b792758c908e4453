//! What a clerk is told of lines as people type them.

use super::*;

fn told(line: &str) -> (String, String) {
    let slip = of(line, 0..line.len(), "");
    (slip.message, slip.help)
}

#[test]
fn lines_as_clerks_write_them() {
    for (line, help) in [
        ("date = 18/01/2027", "Write date = 2027-01-18"),
        ("date = “2027-02-15”", "Write date = 2027-02-15"),
        ("date = Monday 18 January 2027", "Write date = 2027-01-18"),
        ("time = 5pm", "Write time = 17:00:00"),
        ("time = 5.30 pm  # after tea", "Write time = 17:30:00"),
        (
            "title = Apologies for absence",
            "Write title = \"Apologies for absence\"",
        ),
        ("title = “Apologies”", "Write title = \"Apologies\""),
        ("kind = Report", "Write kind = \"report\""),
        ("kind = To follow", "Write kind = \"to-follow\""),
        ("item-sheets = yes", "Write item-sheets = true"),
        ("item-sheets = Nac oes", "Write item-sheets = false"),
        ("place = None", "Write place = \"None\""),
        (
            "place: \"The Town Hall\"",
            "Write place = \"The Town Hall\"",
        ),
        (
            "place := \"The Town Hall\"",
            "Write place = \"The Town Hall\"",
        ),
        (
            "officer = { name: \"Jo: Field\", post : \"Clerk\" }",
            "Write officer = { name = \"Jo: Field\", post = \"Clerk\" }",
        ),
        ("time 17:00:00", "Write time = 17:00:00"),
        ("title = \"Apologies", "Write title = \"Apologies\""),
        ("title =", "Write title = \"…\", or remove the line"),
        ("[[item]", "Write [[item]]"),
        ("[meeting", "Write [meeting]"),
        (
            "title = \"Motion: \"save our library\"\"",
            "Write title = \"Motion: \\\"save our library\\\"\", or title = 'Motion: \"save our library\"'",
        ),
        ("sub = \"a\", \"b\"", "Write sub = [\"a\", \"b\"]"),
        (
            "source = \"a.md\" \"b.pdf\"",
            "Write sources = [\"a.md\", \"b.pdf\"]",
        ),
        ("weekday = \"Monday\";", "Write weekday = \"Monday\""),
        ("weekday = \"Monday\",", "Write weekday = \"Monday\""),
        ("copies = two", "Write copies = 2"),
        (
            "- title = \"Parks\"",
            "Begin each item with a line [[item]], and write title = \"Parks\" below it",
        ),
        (
            "title = \"Rents\" and charges",
            "Write title = \"Rents and charges\"",
        ),
        (
            "source = \"03-report\\report.md\"",
            "Write source = \"03-report/report.md\"",
        ),
        (
            "source = \"\\\\server\\share\\report.md\"",
            "Copy the file into the pack's folder, and write source = \"report.md\"",
        ),
        (
            "source = C:\\Users\\jane\\report.md",
            "Copy the file into the pack's folder, and write source = \"report.md\"",
        ),
        ("title == \"A report\"", "Write title = \"A report\""),
        ("title = \"A report”", "Write title = \"A report\""),
        ("// the report", "Write # the report"),
        ("<!-- the report -->", "Write # the report"),
        ("/* the report */", "Write # the report"),
        ("; the report", "Write # the report"),
        ("[[item 3]]", "Write [[item]]"),
        ("[item: Parks]", "Write [[item]]"),
        ("time = 1800hrs", "Write time = 18:00:00"),
        ("time = 18.30 hours", "Write time = 18:30:00"),
        (
            "exempt-paragraphs = 1, 3",
            "Write exempt-paragraphs = [1, 3]",
        ),
        (
            "exempt-paragraphs = [12A.3]",
            "Write exempt-paragraphs = [3]",
        ),
        (
            "exempt-paragraphs = paragraph 3",
            "Write exempt-paragraphs = [3]",
        ),
        (
            "contact = { name = \"Jo\", phone = 01632 960001 }",
            "Write contact = { name = \"Jo\", phone = \"01632 960001\" }",
        ),
        (
            "public title = \"A sale\"",
            "Write public-title = \"A sale\"",
        ),
    ] {
        assert_eq!(told(line).1, help, "{line}: {}", told(line).0);
    }
    assert!(told("kind\u{a0}= \"report\"").0.contains("no-break space"));
    assert!(told("This is the agenda.").0.contains("neither"));
}

#[test]
fn a_text_over_several_lines_is_one_slip() {
    let text = "text = \"To receive any apologies\nfor absence.\"\nkind = \"report\"\n";
    let slip = of(text, 0..32, "");
    assert_eq!(slip.further_lines, 1);
    let text = "title = \"Apologies\nkind = \"report\"\n";
    assert_eq!(of(text, 0..18, "").further_lines, 0);
}
