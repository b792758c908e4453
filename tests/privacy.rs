//! Nothing private gets out: a distinct word is planted in every field and file of what is exempt,
//! everything is built, and every byte of the public outputs is searched for it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The words planted all begin with this; no other text of the workspace does.
const MARKER: &str = "zqx";

pub(crate) struct Workspace {
    folder: tempfile::TempDir,
    planted: usize,
}

impl Workspace {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            planted: 0,
        }
    }

    /// A council with one body of one member.
    pub(crate) fn of_a_board() -> Self {
        let mut workspace = Self::new();
        workspace.write(
            "council.toml",
            "[council]\nname = \"Anytown Council\"\njurisdiction = \"england\"\ntier = \"principal\"\nlanguages = [\"en-GB\"]\naddress = [\"The Town Hall\"]\n",
        );
        workspace.write(
            "committees/board.toml",
            "name = \"Board\"\nkind = \"board\"\n[clerk]\nname = \"A Clerk\"\nphone = \"01632 960000\"\n[[member]]\nname = \"A Chair\"\nrole = \"chair\"\n",
        );
        workspace
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A new planted word.
    pub(crate) fn word(&mut self) -> String {
        self.planted += 1;
        format!("{MARKER}{:03}q", self.planted)
    }

    /// Writes a file, with every `§` in it replaced by a word of its own.
    pub(crate) fn write(&mut self, path: &str, text: &str) {
        let mut filled = String::new();
        for (index, piece) in text.split('§').enumerate() {
            if index > 0 {
                filled.push_str(&self.word());
            }
            filled.push_str(piece);
        }
        self.bytes(path, filled.as_bytes());
    }

    pub(crate) fn bytes(&self, path: &str, bytes: &[u8]) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    pub(crate) fn build(&self, out: &Path, options: &[&str]) {
        let output = Command::new(env!("CARGO_BIN_EXE_pack"))
            .arg("build")
            .arg(self.folder())
            .args(options)
            .arg("--out")
            .arg(out)
            .output()
            .expect("the program runs");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert_clean("standard output", &output.stdout);
        assert_clean("standard error", &output.stderr);
    }
}

/// A PDF of one page whose text, title, bookmark and alternative text are planted words.
fn pdf(workspace: &mut Workspace) -> Vec<u8> {
    let words = [(); 6].map(|()| workspace.word());
    pdf_of(&words.each_ref().map(String::as_str))
}

/// A PDF of one page: its text, its bookmark, alternative text, replacement text, title and author.
pub(crate) fn pdf_of([text, bookmark, alt, actual, title, author]: &[&str; 6]) -> Vec<u8> {
    let content = format!(
        "/P <</MCID 0>> BDC BT /F 12 Tf 72 700 Td ({text}) Tj ET EMC /P <</MCID 1>> BDC BT /F 12 Tf 72 600 Td (Everybody may read this) Tj ET EMC"
    );
    let bodies = [
        "<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R/StructTreeRoot 8 0 R/MarkInfo<</Marked true>>/Lang(en-GB)>>"
            .to_owned(),
        "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/StructParents 0/Resources<</Font<</F 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        "<</First 7 0 R/Last 7 0 R/Count 1>>".to_owned(),
        format!("<</Title({bookmark})/Parent 6 0 R/Dest[3 0 R/Fit]>>"),
        "<</Type/StructTreeRoot/K[9 0 R 10 0 R]/ParentTree<</Nums[0[9 0 R 10 0 R]]>>>>".to_owned(),
        format!("<</Type/StructElem/S/P/P 8 0 R/Pg 3 0 R/K 0/Alt({alt})/ActualText({actual})>>"),
        "<</Type/StructElem/S/P/P 8 0 R/Pg 3 0 R/K 1>>".to_owned(),
        format!("<</Title({title})/Author({author})>>"),
    ];
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (index, body) in bodies.iter().enumerate() {
        offsets.push(file.len());
        file.extend(format!("{} 0 obj\n{body}\nendobj\n", index + 1).bytes());
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", bodies.len() + 1).bytes());
    for offset in offsets {
        file.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    file.extend(
        format!(
            "trailer<</Size {}/Root 1 0 R/Info {} 0 R>>\nstartxref\n{start}\n%%EOF\n",
            bodies.len() + 1,
            bodies.len()
        )
        .bytes(),
    );
    file
}

/// A workspace with an exempt item, an exempt paper and exempt appendices of every kind, a
/// confidential item, and an exempt part; everything that is private is planted.
pub(crate) fn planted() -> Workspace {
    let mut workspace = Workspace::new();
    workspace.write(
        "council.toml",
        r#"
[council]
name = "Anytown Council"
jurisdiction = "england"
tier = "principal"
languages = ["en-GB"]
address = ["The Town Hall"]
[pack]
exempt-leaf = true
start-items-on-right = true
accessibility-page = true
[report]
header = [{ key = "subject", label = "Subject" }, { key = "contact", label = "Contact" }]
"#,
    );
    workspace.write(
        "committees/board.toml",
        "name = \"Board\"\nkind = \"board\"\n[clerk]\nname = \"A Clerk\"\nphone = \"01632 960000\"\n[[member]]\nname = \"A Chair\"\nrole = \"chair\"\n",
    );
    let exempt = "access = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"It would weaken the sale.\"\n";
    let mut agenda = String::from(
        r#"
committee = "board"
[meeting]
date = 2027-01-18
time = 10:00:00
place = "The Town Hall"
[[part]]
id = "2"
title = "Private"
access = "confidential"
[[item]]
title = "Open business"
kind = "report"
source = "open/report.md"
"#,
    );
    for (title, file, alt) in [
        ("§", "§.md", ""),
        ("§", "§.csv", ""),
        ("§", "§.svg", "alt = \"§\"\n"),
        ("§", "§.pdf", ""),
    ] {
        agenda.push_str(&format!(
            "[[item.appendix]]\ntitle = \"{title}\"\nfile = \"open/{file}\"\nsummary = \"§\"\norigin = \"third-party\"\n{alt}{exempt}"
        ));
    }
    agenda.push_str(&format!(
        "[[item]]\ntitle = \"§\"\nheading = \"§\"\nkind = \"report\"\nsource = \"§/report.md\"\ntext = \"§\"\nsub = [\"§\", \"§\"]\nnote = \"§\"\nreference = \"§\"\naddress = \"§\"\nward = \"§\"\napplicant = \"§\"\nrevision = \"§\"\nofficer = {{ name = \"§\", post = \"§\" }}\n{exempt}[[item.appendix]]\ntitle = \"§\"\nfile = \"§/own.pdf\"\nlabel = \"§\"\n[[item]]\ntitle = \"§\"\nkind = \"verbal\"\ntext = \"§\"\npart = \"2\"\n[[item]]\ntitle = \"Date of the next meeting\"\nkind = \"procedural\"\ntext = \"To note the date.\"\n"
    ));

    // Files are named by the words that the agenda got.
    let start = workspace.planted;
    let mut names = Vec::new();
    let mut word = start;
    for (index, piece) in agenda.split('§').enumerate() {
        if index > 0 {
            word += 1;
            for ending in [
                ".md\"",
                ".csv\"",
                ".svg\"",
                ".pdf\"",
                "/report.md\"",
                "/own.pdf\"",
            ] {
                if piece.starts_with(ending) {
                    names.push((format!("{MARKER}{word:03}q"), ending.trim_end_matches('"')));
                }
            }
        }
    }
    workspace.write("packs/meeting/pack.toml", &agenda);
    let place = |name: &str, ending: &str| {
        format!(
            "packs/meeting/{}{name}{ending}",
            if ending.starts_with('/') { "" } else { "open/" }
        )
    };
    for (name, ending) in names {
        let path = place(&name, ending);
        match ending {
            ".md" => workspace.write(&path, "# §\n\n§ and **§** and [§](https://§.example).\n\n- §\n\n| § |\n| --- |\n| § |\n\n§[^1]\n\n[^1]: §\n"),
            ".csv" => workspace.write(&path, "§,§\n§,1\n"),
            ".svg" => workspace.write(&path, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"40\"><title>§</title><text x=\"5\" y=\"20\">§</text></svg>"),
            ".pdf" | "/own.pdf" => {
                let file = pdf(&mut workspace);
                workspace.bytes(&path, &file);
            }
            _ => workspace.write(&path, "+++\nsubject = \"§\"\ncontact = [{ name = \"§\", phone = \"§\" }]\nrecommendations = \"\"\"\nThat § be agreed.\n\"\"\"\nbackground-papers = [\"§\"]\nsignatory = { name = \"§\", post = \"§\" }\n+++\n\n# §\n\n§ {-}\n"),
        }
    }
    workspace.write(
        "packs/meeting/open/report.md",
        "+++\nsubject = \"Open business\"\ncontact = [{ name = \"An Officer\", phone = \"01632 960001\" }]\nrecommendations = \"\"\"\nThat the report be noted.\n\"\"\"\nbackground-papers = []\nsignatory = { name = \"An Officer\", post = \"Director\" }\n+++\n\n# Purpose\n\nTo tell the Board.\n",
    );
    workspace
}

/// Every file below a folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The web page somewhere below a folder.
pub(crate) fn web_page(folder: &Path) -> String {
    let is_page = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "html");
    let page = files(folder).into_iter().find(is_page);
    fs::read_to_string(page.expect("a page")).expect("a page")
}

/// Fails where bytes hold a planted word, as they stand, as UTF-16, or as hexadecimal digits.
pub(crate) fn assert_clean(what: &str, bytes: &[u8]) {
    let lower: Vec<u8> = bytes.to_ascii_lowercase();
    // Chance alone puts three letters into large files; the word's number follows them.
    let find = |needle: &[u8], gap: usize| {
        lower.windows(needle.len()).enumerate().any(|(at, window)| {
            window == needle
                && (0..2).all(|digit| {
                    lower
                        .get(at + needle.len() + gap + digit * (gap + 1))
                        .is_some_and(u8::is_ascii_digit)
                })
        })
    };
    let wide: Vec<u8> = MARKER.bytes().flat_map(|byte| [0, byte]).collect();
    let hex: Vec<u8> = MARKER
        .bytes()
        .flat_map(|byte| format!("{byte:02x}").into_bytes())
        .collect();
    assert!(!find(MARKER.as_bytes(), 0), "{what} holds a planted word");
    assert!(
        !find(&wide[1..], 1),
        "{what} holds a planted word in UTF-16"
    );
    let hex_of_digit = |at: usize| lower.get(at).is_some_and(|byte| *byte == b'3');
    let hit = lower.windows(hex.len()).enumerate().any(|(at, window)| {
        window == hex.as_slice() && hex_of_digit(at + hex.len()) && hex_of_digit(at + hex.len() + 2)
    });
    assert!(!hit, "{what} holds a planted word in hexadecimal");
}

/// A PDF's objects with every stream decompressed, and its text as a reader copies it.
pub(crate) fn read_pdf(path: &Path) -> BTreeMap<&'static str, Vec<u8>> {
    let mut read = BTreeMap::new();
    let document = lopdf::Document::load(path).expect("a readable PDF");
    let mut objects = Vec::new();
    for object in document.objects.values() {
        objects.extend(format!("{object:?}\n").bytes());
        if let lopdf::Object::Stream(stream) = object {
            objects.extend(
                stream
                    .decompressed_content()
                    .unwrap_or_else(|_| stream.content.clone()),
            );
        }
        strings(object, &mut objects);
    }
    read.insert("objects", objects);
    if let Ok(output) = Command::new("pdftotext").arg(path).arg("-").output() {
        read.insert("text", output.stdout);
    } else {
        assert!(
            std::env::var_os("PACK_TEST_TOOLS").is_none(),
            "pdftotext is not installed"
        );
    }
    read
}

fn strings(object: &lopdf::Object, out: &mut Vec<u8>) {
    match object {
        lopdf::Object::String(bytes, _) => out.extend(bytes),
        lopdf::Object::Array(array) => array.iter().for_each(|inner| strings(inner, out)),
        lopdf::Object::Dictionary(dict) => dict.iter().for_each(|(_, inner)| strings(inner, out)),
        lopdf::Object::Stream(stream) => stream
            .dict
            .iter()
            .for_each(|(_, inner)| strings(inner, out)),
        _ => {}
    }
}

pub(crate) fn assert_folder_clean(folder: &Path) {
    let mut pdfs = 0;
    for file in files(folder) {
        let name = file.display().to_string();
        assert_clean(
            "a file name",
            file.file_name().expect("a name").as_encoded_bytes(),
        );
        assert_clean(&name, &fs::read(&file).expect("a file"));
        if file.extension().is_some_and(|ending| ending == "pdf") {
            pdfs += 1;
            for (what, bytes) in read_pdf(&file) {
                assert_clean(&format!("{name}, its {what}"), &bytes);
            }
        }
    }
    assert!(pdfs > 0, "nothing was searched");
}

#[test]
fn no_planted_word_is_in_any_public_output() {
    let workspace = planted();
    assert!(
        workspace.planted > 60,
        "{} words planted",
        workspace.planted
    );
    for options in [&[][..], &["--large-print"], &["--print", "giant"]] {
        let out = tempfile::tempdir().expect("a folder");
        workspace.build(out.path(), options);
        assert_folder_clean(out.path());
    }
}

#[test]
fn the_search_finds_what_the_members_edition_holds() {
    let workspace = planted();
    let out = tempfile::tempdir().expect("a folder");
    let status = Command::new(env!("CARGO_BIN_EXE_pack"))
        .args(["build", "--edition", "members", "--quiet", "--out"])
        .arg(out.path())
        .arg(workspace.folder.path())
        .status()
        .expect("the program runs");
    assert!(status.success());
    let found = std::panic::catch_unwind(|| assert_folder_clean(out.path()));
    assert!(found.is_err(), "the search does not see planted words");
}

#[test]
fn a_public_build_after_a_members_build_is_the_same_as_without_it() {
    let workspace = planted();
    let (first, second) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    workspace.build(first.path(), &[]);
    let members = tempfile::tempdir().expect("a folder");
    let status = Command::new(env!("CARGO_BIN_EXE_pack"))
        .args(["build", "--edition", "members", "--quiet", "--out"])
        .arg(members.path())
        .arg(workspace.folder.path())
        .status()
        .expect("the program runs");
    assert!(status.success());
    workspace.build(second.path(), &[]);
    let bytes = |folder: &Path| -> Vec<Vec<u8>> {
        let mut found = files(folder);
        found.sort();
        found
            .iter()
            .map(|file| fs::read(file).expect("a file"))
            .collect()
    };
    assert_eq!(bytes(first.path()), bytes(second.path()));
}

/// Every file of a folder by its path from there.
pub(crate) fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    files(folder)
        .into_iter()
        .map(|file| {
            let bytes = fs::read(&file).expect("a file");
            let path = file.strip_prefix(folder).expect("inside").to_owned();
            (path, bytes)
        })
        .collect()
}

#[test]
fn what_is_kept_for_the_next_public_build_holds_no_planted_word_and_changes_nothing() {
    let workspace = planted();
    let built = |options: &[&str]| {
        let out = tempfile::tempdir().expect("a folder");
        workspace.build(out.path(), options);
        contents(out.path())
    };
    let first = built(&[]);
    let cache = workspace.folder.path().join(".pack/cache");
    assert!(
        !cache.join("members").exists(),
        "a public build keeps private pages"
    );
    let entries = files(&cache);
    let mut with_pages = 0;
    for entry in &entries {
        let bytes = fs::read(entry).expect("an entry");
        assert_clean("an entry of the cache", &bytes);
        let Some(start) = bytes.windows(5).position(|window| window == b"%PDF-") else {
            continue;
        };
        with_pages += 1;
        let pages = workspace.folder.path().join("entry.pdf");
        fs::write(&pages, &bytes[start..]).expect("a file");
        for (what, bytes) in read_pdf(&pages) {
            assert_clean(&format!("an entry of the cache, its {what}"), &bytes);
        }
        fs::remove_file(pages).expect("a file");
    }
    // One more says what the build made.
    assert!(with_pages > 3, "{with_pages} entries with pages");
    assert_eq!(entries.len(), with_pages + 1);
    assert_eq!(built(&[]), first, "taken from the cache");
    assert_eq!(built(&["--no-cache"]), first, "set anew");
    for entry in &entries {
        let mut bytes = fs::read(entry).expect("an entry");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        bytes.truncate(bytes.len() - 7);
        fs::write(entry, bytes).expect("an entry");
    }
    assert_eq!(built(&[]), first, "the cache is damaged");

    // The members' edition keeps its own, which no public build looks at.
    let members = tempfile::tempdir().expect("a folder");
    let status = Command::new(env!("CARGO_BIN_EXE_pack"))
        .args(["build", "--edition", "members", "--quiet", "--out"])
        .arg(members.path())
        .arg(workspace.folder.path())
        .status()
        .expect("the program runs");
    assert!(status.success());
    assert!(!files(&cache.join("members")).is_empty());
    assert_eq!(built(&[]), first);
}

/// What a program says of a file, whether it succeeds or not; `None` where it is not installed.
fn told(program: &str, arguments: &[&str], file: &Path) -> Option<(bool, String)> {
    match Command::new(program).args(arguments).arg(file).output() {
        Ok(output) => Some((
            output.status.success(),
            String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned(),
        )),
        Err(_) => {
            assert!(
                std::env::var_os("PACK_TEST_TOOLS").is_none(),
                "{program} is not installed"
            );
            None
        }
    }
}

#[test]
fn a_locked_members_edition_opens_with_its_password_and_not_without() {
    let workspace = planted();
    let out = tempfile::tempdir().expect("a folder");
    let password = "Straße, éclair & 4 horses";
    let secret = out.path().join("password.txt");
    fs::write(&secret, format!("{password}\n")).expect("a file");
    let pack = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_pack"))
            .args(arguments)
            .arg("--password-file")
            .arg(&secret)
            .env_remove("PACK_PASSWORD")
            .output()
            .expect("the program runs")
    };
    let root = workspace.folder.path().to_str().expect("a path");
    let folder = out.path().join("locked");
    let place = folder.to_str().expect("a path");
    let built = pack(&["build", root, "--edition", "members", "--out", place]);
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    let pdf = files(&folder)
        .into_iter()
        .find(|file| file.extension().is_some_and(|ending| ending == "pdf"))
        .expect("a PDF");
    assert!(
        !files(&folder)
            .iter()
            .any(|file| file.extension().is_some_and(|ending| ending == "html")),
        "a web page would not be locked"
    );

    // The bytes hold nothing, not even where the streams would be.
    let bytes = fs::read(&pdf).expect("a file");
    let planted = (1..=workspace.planted).map(|number| format!("{MARKER}{number:03}q"));
    for word in planted.chain(["Page ".to_owned(), "en-GB".to_owned()]) {
        let bare = word.as_bytes();
        assert!(
            !bytes.windows(bare.len()).any(|window| window == bare),
            "the locked file holds {word}"
        );
    }
    assert!(lopdf::Document::load(&pdf).map_or(true, |document| !document.was_encrypted()));
    let opened = lopdf::Document::load_with_password(&pdf, password).expect("it opens");
    assert!(opened.get_pages().len() > 5);

    // What other programs make of it.
    if let Some((_, words)) = told("qpdf", &["--show-encryption", "--password=wrong"], &pdf) {
        assert!(words.contains("Incorrect password"), "{words}");
    }
    let with = format!("--password={password}");
    if let Some((sound, words)) = told("qpdf", &["--check", &with], &pdf) {
        assert!(sound && !words.contains("WARNING"), "{words}");
    }
    if let Some((_, words)) = told("qpdf", &["--show-encryption", &with], &pdf) {
        for expected in [
            "R = 6",
            "stream encryption method: AESv3",
            "string encryption method: AESv3",
            "extract for accessibility: allowed",
        ] {
            assert!(words.contains(expected), "no “{expected}” in:\n{words}");
        }
    }
    if let Some((sound, _)) = told("pdfinfo", &[], &pdf) {
        assert!(!sound, "it opens without a password");
    }
    if let Some((sound, words)) = told("pdfinfo", &["-upw", password, "-meta"], &pdf) {
        assert!(
            sound && !words.contains("pdfaid:part>"),
            "PDF/A allows no lock"
        );
    }

    // It keeps what its map says, as the program itself finds with the password.
    let file = pdf.to_str().expect("a path");
    let verified = pack(&["verify", file]);
    assert!(
        verified.status.success(),
        "{}",
        String::from_utf8_lossy(&verified.stdout)
    );
    fs::write(&secret, "wrong").expect("a file");
    assert!(!pack(&["verify", file]).status.success());

    // What cannot be locked is refused, and so is a password for everybody.
    for (arguments, reason) in [
        (
            &["--edition", "members", "--format", "pdf,html"][..],
            "a web page cannot be locked",
        ),
        (&[], "a public edition cannot have a password"),
    ] {
        let refused = pack(&[&["build", root, "--out", place], arguments].concat());
        let words = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(refused.status.code(), Some(2), "{words}");
        assert!(words.contains(reason), "{words}");
    }
}

/// A workspace with one letter in three places: as a public report and as a public appendix without
/// the line that is private, and whole as an exempt appendix.
fn redacted() -> Workspace {
    let mut workspace = Workspace::of_a_board();
    let secret = workspace.word();
    let author = workspace.word();
    let redact = "redact = [{ page = 1, box = [60, 125, 300, 25.5] }]";
    workspace.write(
        "packs/meeting/pack.toml",
        &format!(
            r#"
committee = "board"
[meeting]
date = 2027-01-18
time = 10:00:00
place = "The Town Hall"
[[item]]
title = "A letter"
kind = "report"
source = "letter.pdf"
{redact}
[[item.appendix]]
title = "The same letter"
file = "letter.pdf"
origin = "third-party"
{redact}
[[item.appendix]]
title = "The letter as it came"
file = "letter.pdf"
origin = "third-party"
access = "exempt"
exempt-paragraphs = [1]
public-interest = "It names somebody."
"#
        ),
    );
    let letter = pdf_of(&[&secret, &secret, &secret, &secret, "A letter", &author]);
    workspace.bytes("packs/meeting/letter.pdf", &letter);
    workspace
}

#[test]
fn what_the_sources_redact_is_in_no_output() {
    let workspace = redacted();
    for options in [&[][..], &["--large-print"]] {
        let out = tempfile::tempdir().expect("a folder");
        workspace.build(out.path(), options);
        assert_folder_clean(out.path());
        let pdf = files(out.path())
            .into_iter()
            .find(|file| file.extension().is_some_and(|ending| ending == "pdf"))
            .expect("a PDF");
        if let Some((_, words)) = told("pdftotext", &[], &pdf) {
            assert!(words.is_empty(), "{words}");
            let text = fs::read_to_string(pdf.with_extension("txt")).expect("the text");
            let rest = text.matches("Everybody may read this").count();
            assert_eq!(rest, 2, "what stands beside the box is there twice");
        }
    }
    // Members get the whole letter once.
    let out = tempfile::tempdir().expect("a folder");
    let status = Command::new(env!("CARGO_BIN_EXE_pack"))
        .args([
            "build",
            "--edition",
            "members",
            "--quiet",
            "--format",
            "pdf",
            "--out",
        ])
        .arg(out.path())
        .arg(workspace.folder.path())
        .status()
        .expect("the program runs");
    assert!(status.success());
    let pdf = files(out.path())
        .into_iter()
        .find(|file| file.extension().is_some_and(|ending| ending == "pdf"))
        .expect("a PDF");
    if told("pdftotext", &[], &pdf).is_some() {
        let text = fs::read_to_string(pdf.with_extension("txt")).expect("the text");
        assert_eq!(text.matches(MARKER).count(), 1);
        assert_eq!(text.matches("Everybody may read this").count(), 3);
    }
}

#[test]
fn a_redaction_that_cannot_be_done_keeps_the_file_out_of_a_draft_too() {
    for (wrong, reason) in [
        ("page = 1, box = [60, 125, 300]", "A box has four numbers"),
        (
            "page = 2, box = [60, 125, 300, 25]",
            "the PDF has no page 2",
        ),
        (
            "pages = 1, box = [60, 125, 300, 25]",
            "This redaction has no `page`",
        ),
        (
            "page = 1, box = [60, -125, 300, 25]",
            "covers nothing of it",
        ),
    ] {
        let workspace = redacted();
        let agenda = workspace.folder.path().join("packs/meeting/pack.toml");
        let text = fs::read_to_string(&agenda).expect("the agenda");
        let text = text.replace("page = 1, box = [60, 125, 300, 25.5]", wrong);
        fs::write(&agenda, text).expect("the agenda");
        let out = tempfile::tempdir().expect("a folder");
        let built = Command::new(env!("CARGO_BIN_EXE_pack"))
            .args(["build", "--allow-errors", "--out"])
            .arg(out.path())
            .arg(workspace.folder.path())
            .output()
            .expect("the program runs");
        assert_eq!(built.status.code(), Some(0));
        // The whole file is an exempt paper, so that only the clerk is told what is wrong.
        let checked = Command::new(env!("CARGO_BIN_EXE_pack"))
            .args(["check", "--public=no"])
            .arg(workspace.folder.path())
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&checked.stdout);
        assert!(said.contains(reason), "no “{reason}” in:\n{said}");
        assert_clean("standard error", &built.stderr);
        assert_folder_clean(out.path());
    }
    let workspace = redacted();
    let agenda = workspace.folder.path().join("packs/meeting/pack.toml");
    let text = fs::read_to_string(&agenda).expect("the agenda");
    fs::write(&agenda, text.replace("redact =", "redcat =")).expect("the agenda");
    let out = tempfile::tempdir().expect("a folder");
    let built = Command::new(env!("CARGO_BIN_EXE_pack"))
        .args(["build", "--allow-errors", "--quiet", "--out"])
        .arg(out.path())
        .arg(workspace.folder.path())
        .output()
        .expect("the program runs");
    assert_eq!(built.status.code(), Some(0));
    assert_folder_clean(out.path());
}
