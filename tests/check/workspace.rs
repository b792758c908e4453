//! A small workspace in which nothing is wrong, and packs read from changed copies of it.

use std::path::Path;

use pack::load::{self, Loaded};

pub(crate) const COUNCIL: &str = r#"[council]
name = "Fernleigh Borough Council"
jurisdiction = "england"
tier = "principal"

[pack]
marking = "OFFICIAL"

[report]
paragraph-numbers = "written"
header = [
  { key = "subject", label = "Subject" },
  { key = "director", label = "Director" },
  { key = "key-decision", label = "Key decision", required = false },
]
sections = [
  { heading = "Purpose" },
  { heading = "Costs" },
  { heading = "Legal" },
]
"#;

pub(crate) const COMMITTEE: &str = r#"name = "Housing Board"
kind = "board"
minute-number = "{n}/{yy}"

[[member]]
name = "Adeyemi"
style = "Councillor"
role = "chair"

[[member]]
name = "B Okafor"
style = "Councillor"
role = "member"

[[member]]
name = "Charlotte Ward-Lewis"
role = "co-opted"
represents = "Tenants' Forum"

[[copy]]
to = "Central Library"
edition = "public"
form = "paper"
copies = 2
"#;

pub(crate) const PACK: &str = r#"committee = "housing"

[meeting]
date = 2026-03-18
weekday = "Wednesday"
time = 17:00:00
place = "The Guildhall"
next = 2026-05-13
previous = 2026-01-14
published = 2026-03-10

[[item]]
title = "Apologies"
kind = "procedural"
text = "Members are asked to send apologies."

[[item]]
title = "Minutes of the meeting of 14 January 2026"
kind = "minutes"
source = "january.md"

[[item]]
title = "Repairs to council homes"
kind = "report"
source = "repairs.md"

[[item]]
title = "Rents"
kind = "report"
source = "rents.md"
"#;

pub(crate) const MINUTES: &str = r#"+++
date = 2026-01-14
time = 17:00:00
present = ["Adeyemi", "Charlotte Ward-Lewis"]
apologies = ["B Okafor"]
+++

# 1/26 Minutes

Resolved that the minutes of the meeting held on 12 November 2025 be approved.

# 2/26 Damp in homes

Members asked what support was there for tenants.

Resolved that the report be noted.
"#;

/// The minutes of the meeting itself.
pub(crate) const OUTCOME: &str = r#"+++
date = 2026-03-18
time = 17:00:00
present = ["Adeyemi", "Charlotte Ward-Lewis"]
apologies = ["B Okafor"]
+++

# 3/26 Apologies

There were apologies from Councillor Okafor.

# 4/26 Minutes of the meeting of 14 January 2026

Resolved that the minutes be approved.

# 5/26 Repairs to council homes

Resolved that:

1. Note the report; and
2. Agree the programme at Appendix 2.

# 6/26 Rents

Resolved to note the report.
"#;

pub(crate) const REPAIRS: &str = r#"+++
subject = "Repairs to council homes"
director = "Jo Field, Director of Housing"
contact = [{ name = "Sam Hill", post = "Repairs Manager", phone = "01632 960001" }]
signatory = { name = "Jo Field", post = "Director of Housing" }
recommendations = """
1. Note the report; and
2. Agree the programme at Appendix 2.
"""
background-papers = []

[[appendix]]
title = "Stock survey"
file = "survey.csv"

[[appendix]]
title = "Repairs programme"
file = "programme.pdf"
+++

# 1 Purpose

1.1 This report tells of repairs. The survey is at Appendix 1.

1.2 It follows the report of last year.

# 2 Costs

2.1 The programme costs £110,000 a year.

2.2 The table sets the sums out.

| Ward | Sum |
| --- | ---: |
| North | £30,000 |
| South | £80,000 |
| Total | £110,000 |

# 3 Legal

3.1 There are three duties:

- to repair
- to inspect
- to answer
"#;

pub(crate) const RENTS: &str = r#"+++
subject = "Rents"
director = "Jo Field, Director of Housing"
contact = [{ name = "Pat Moor", post = "Rents Manager", email = "pat.moor@fernleigh.example" }]
signatory = { name = "Jo Field", post = "Director of Housing" }
recommendations = "Note the report."
background-papers = ["Rent standard 2025"]
+++

# 1 Purpose

1.1 This report tells of rents.

# 2 Costs

2.1 There are no costs.

# 3 Legal

3.1 The council sets rents each year.

# Background papers

Rent standard 2025
"#;

const SURVEY: &str = "Home,Damp\n1 Elm Row,yes\n2 Elm Row,no\n";

/// A change of the workspace: a file by its short name, what is taken out, what is put in.
pub(crate) type Edit = (&'static str, &'static str, &'static str);

/// The pack of the workspace with some changes.
pub(crate) fn read(edits: &[(&str, &str, &str)]) -> Loaded {
    let folder = write(edits);
    let (root, packs) = load::select(folder.path()).expect("a workspace");
    load::load(&root, &packs[0])
}

/// The pack of the workspace with some changes and more papers beside its agenda.
pub(crate) fn read_with(edits: &[(&str, &str, &str)], papers: &[(String, String)]) -> Loaded {
    let folder = write(edits);
    for (name, text) in papers {
        put(&folder.path().join("packs/march"), name, text.as_bytes());
    }
    let (root, packs) = load::select(folder.path()).expect("a workspace");
    load::load(&root, &packs[0])
}

/// The workspace with some changes, as files.
pub(crate) fn write(edits: &[(&str, &str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut files = [
        ("council", "council.toml", COUNCIL.to_owned()),
        ("committee", "committees/housing.toml", COMMITTEE.to_owned()),
        ("pack", "packs/march/pack.toml", PACK.to_owned()),
        ("minutes", "packs/march/january.md", MINUTES.to_owned()),
        ("outcome", "packs/march/minutes.md", OUTCOME.to_owned()),
        // It has not been published, unless a change says so.
        ("published", "packs/march/published.toml", String::new()),
        ("repairs", "packs/march/repairs.md", REPAIRS.to_owned()),
        ("rents", "packs/march/rents.md", RENTS.to_owned()),
        ("survey", "packs/march/survey.csv", SURVEY.to_owned()),
    ];
    for (name, from, to) in edits {
        let (_, _, text) = files
            .iter_mut()
            .find(|(short, _, _)| short == name)
            .unwrap_or_else(|| panic!("no file {name}"));
        assert!(text.contains(from), "{name} has no {from:?}");
        *text = text.replacen(*from, to, 1);
    }
    for (_, path, text) in files.iter().filter(|(_, _, text)| !text.is_empty()) {
        put(folder.path(), path, text.as_bytes());
    }
    put(folder.path(), "packs/march/programme.pdf", &programme());
    put(folder.path(), "packs/march/plan.png", &pixel());
    folder
}

fn put(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, bytes).expect("a file");
}

/// A PDF of one page with a line of text, by hand.
fn programme() -> Vec<u8> {
    let stream = "BT /F1 12 Tf 72 720 Td (Programme) Tj ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        "<< /Title (Repairs programme) >>".to_owned(),
    ];
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    let table = pdf.len();
    pdf.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        pdf.extend(format!("{place:010} 00000 n \n").bytes());
    }
    pdf.extend(
        format!(
            "trailer\n<< /Size {} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{table}\n%%EOF\n",
            objects.len() + 1
        )
        .bytes(),
    );
    pdf
}

/// A PNG of one white point.
fn pixel() -> Vec<u8> {
    vec![
        0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0,
        0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44,
        0x41, 0x54, 0x78, 0x9c, 0x63, 0xf8, 0x0f, 0, 1, 1, 1, 0, 0xb1, 0x38, 0xf6, 0x14, 0, 0, 0,
        0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
    ]
}
