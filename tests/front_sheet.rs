//! The front sheet and what goes with it: it fits one page where that takes little, says what those
//! who come have to know, and the leaf before an exempt report keeps its back.

use std::path::Path;

use crate::common::built::built;
use crate::common::tool;

const REPORT: &str = "+++\nsubject = \"Parks\"\nrecommendations = \"1. That it be noted.\"\nbackground-papers = []\n+++\n\n# Purpose\n\nThis report says how the parks are kept.\n";

fn workspace(folder: &Path, settings: &str, pack: &str) {
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(path, text).expect("it can be written");
    };
    write(
        "council.toml",
        &format!(
            "[council]\nname = \"Merrow Council\"\njurisdiction = \"england\"\ntier = \"principal\"\naddress = [\"Town Hall\", \"Merrow\"]\nproper-officer = {{ name = \"Ann Oakes\", post = \"Chief Executive\" }}\n\n[pack]\nitem-sheets = false\n{settings}"
        ),
    );
    write(
        "committees/board.toml",
        "name = \"Board\"\nkind = \"board\"\n[clerk]\nname = \"Tom Reed\"\nphone = \"01632 960321\"\n[[member]]\nname = \"Ruth Hale\"\nrole = \"chair\"\n",
    );
    write("packs/meeting/report.md", REPORT);
    write("packs/meeting/pack.toml", pack);
}

fn pack(items: &str) -> String {
    format!(
        "committee = \"board\"\n[meeting]\ndate = 2027-01-18\ntime = 18:00:00\nplace = \"Town Hall\"\npublished = 2027-01-08\n{items}"
    )
}

/// The words of each page of a pack's PDF, as they are laid out.
fn pages(folder: &Path, options: &[&str]) -> Option<Vec<String>> {
    let path = folder.to_str().expect("a path in Unicode");
    let pdf = built(path, options).pdf();
    let text = tool("pdftotext", &["-layout", &pdf, "-"])?;
    Some(text.split('\u{c}').map(str::to_owned).collect())
}

#[test]
fn a_front_sheet_never_ends_on_a_page_with_a_line_or_two() {
    for items in [13, 15, 17, 19] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut agenda = String::new();
        for index in 0..items {
            agenda.push_str(&format!(
                "[[item]]\ntitle = \"Business {index}\"\nkind = \"verbal\"\ntext = \"To hear from an officer.\"\n"
            ));
        }
        workspace(folder.path(), "", &pack(&agenda));
        let Some(pages) = pages(folder.path(), &[]) else {
            return;
        };
        let sheets: Vec<&String> = pages
            .iter()
            .take_while(|page| !page.contains("Membership"))
            .collect();
        let last = sheets.last().expect("a front sheet");
        let lines = last.lines().filter(|line| !line.trim().is_empty()).count();
        assert!(lines > 8, "{items} items: {last}");
        // No item is parted from what stands below it.
        for page in sheets {
            let first = page.lines().find(|line| !line.trim().is_empty());
            let first = first.unwrap_or_default();
            assert!(
                !first.contains("To hear") && !first.contains("Verbal"),
                "{page}"
            );
        }
    }
}

#[test]
fn without_a_page_of_members_the_front_sheet_says_whom_to_ask() {
    let folder = tempfile::tempdir().expect("a folder");
    workspace(
        folder.path(),
        "membership-page = false\nlarge-print-notice = \"Ask for large print.\"\n[[notice]]\ntitle = \"Filming\"\ntext = \"You may film.\"\n",
        &pack("[[item]]\ntitle = \"Parks\"\nkind = \"report\"\nsource = \"report.md\"\n"),
    );
    let Some(pages) = pages(folder.path(), &[]) else {
        return;
    };
    for words in [
        "Tom Reed, 01632 960321",
        "Ask for large print.",
        "Filming. You may film.",
    ] {
        assert!(pages[0].contains(words), "{words}: {}", pages[0]);
    }
    assert!(
        !pages.iter().any(|page| page.contains("Ruth Hale")),
        "{pages:?}"
    );
    let html = built(folder.path().to_str().expect("a path in Unicode"), &[]).html();
    let html = std::fs::read_to_string(html).expect("the page");
    assert!(html.contains("Ask for large print.") && !html.contains("Ruth Hale"));
}

#[test]
fn an_exempt_report_does_not_begin_on_the_back_of_its_leaf() {
    let exempt = "access = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"The Council is bargaining.\"\n";
    for settings in [
        "start-items-on-right = true\n",
        "start-documents-on-right = true\n",
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        workspace(
            folder.path(),
            &format!("exempt-leaf = true\n{settings}"),
            &pack(&format!(
                "[[item]]\ntitle = \"Parks\"\nkind = \"report\"\nsource = \"report.md\"\n{exempt}[[item]]\ntitle = \"Open business\"\nkind = \"report\"\nsource = \"report.md\"\n"
            )),
        );
        let Some(pages) = pages(folder.path(), &["--edition", "members"]) else {
            return;
        };
        let begins: Vec<usize> = (0..pages.len())
            .filter(|&index| pages[index].contains("This report says"))
            .map(|index| index + 1)
            .collect();
        let [exempt, open] = begins.as_slice() else {
            panic!("{begins:?}: {pages:?}");
        };
        assert_eq!((exempt % 2, open % 2), (1, 1), "{settings}: {begins:?}");
        let leaf = exempt - 2;
        assert!(pages[leaf - 1].contains("Not for publication"), "{pages:?}");
        // The public edition keeps the number of what is open.
        let public = self::pages(folder.path(), &[]).expect("read before");
        let there = public.iter().find(|page| page.contains("This report says"));
        let there = there.expect("what is open").trim_end();
        assert!(there.ends_with(&format!(" {open}")), "{settings}: {there}");
    }
}
