//! `pack check` and its companions as a clerk and a build server meet them.

use crate::check::workspace;
use crate::common::pack;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use workspace::Edit;

const DOUBLED: Edit = ("repairs", "1.2 It follows", "1.2 It it follows");
const WEEKDAY: Edit = ("pack", "\"Wednesday\"", "\"Tuesday\"");

/// The clean workspace with some changes; its scratch PDF is not held against it.
fn workspace(edits: &[Edit]) -> tempfile::TempDir {
    let mut all = vec![(
        "council",
        "[pack]",
        "[check]\nattachment-untagged = \"allow\"\nfonts-not-embedded = \"allow\"\n\n[pack]",
    )];
    all.extend_from_slice(edits);
    workspace::write(&all)
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

#[test]
fn exit_codes_follow_the_bar() {
    let clean = workspace(&[]);
    assert_eq!(
        code(&pack(&["check", "--deny", "notes"], clean.path())),
        Some(0)
    );
    let warned = workspace(&[DOUBLED]);
    assert_eq!(code(&pack(&["check"], warned.path())), Some(0));
    assert_eq!(
        code(&pack(&["check", "--deny", "warnings"], warned.path())),
        Some(1)
    );
    let wrong = workspace(&[WEEKDAY]);
    assert_eq!(code(&pack(&["check"], wrong.path())), Some(1));
    let nowhere = tempfile::tempdir().expect("a folder");
    assert_eq!(code(&pack(&["check"], nowhere.path())), Some(2));
}

#[test]
fn a_baseline_accepts_todays_findings_and_fails_on_new_ones() {
    let folder = workspace(&[DOUBLED]);
    let printed = pack(&["check", "--write-baseline"], folder.path());
    let written = pack(&["check", "--write-baseline", "accepted"], folder.path());
    assert_eq!(code(&written), Some(0));
    let accepted = fs::read(folder.path().join("accepted")).expect("a file");
    assert_eq!(accepted, printed.stdout);
    let arguments = ["check", "--baseline", "accepted", "--deny", "notes"];
    let accepted = pack(&arguments, folder.path());
    assert_eq!(code(&accepted), Some(0), "{}", out(&accepted));

    let report = folder.path().join("packs/march/repairs.md");
    let text = fs::read_to_string(&report).expect("the report");
    // Lines that move change nothing …
    let moved = text.replace("# 1 Purpose\n", "# 1 Purpose\n\n## Why\n");
    fs::write(&report, &moved).expect("a file");
    assert_eq!(code(&pack(&arguments, folder.path())), Some(0));
    // … a new finding counts.
    fs::write(&report, moved.replace("to answer", "to answer answer")).expect("a file");
    let new = pack(&arguments, folder.path());
    assert_eq!(code(&new), Some(1));
    assert!(out(&new).contains("answer answer"), "{}", out(&new));
    assert!(!out(&new).contains("It it"), "{}", out(&new));

    fs::write(folder.path().join("accepted"), "nonsense\n").expect("a file");
    assert_eq!(code(&pack(&arguments, folder.path())), Some(2));
}

#[test]
fn the_files_of_a_pack_stand_for_it() {
    let folder = workspace(&[DOUBLED]);
    let counted = |files: &[&str]| {
        let said = pack(
            &[&["check", "--format", "short"], files].concat(),
            folder.path(),
        );
        (code(&said), out(&said).lines().count())
    };
    let whole = counted(&[]);
    assert!(whole.1 > 0);
    assert_eq!(
        counted(&["packs/march/repairs.md", "packs/march/pack.toml"]),
        whole
    );
    // What all packs share stands for all of them.
    assert_eq!(counted(&["council.toml"]), whole);
}

#[test]
fn findings_are_chosen_by_their_codes() {
    let folder = workspace(&[DOUBLED, WEEKDAY]);
    let found = |arguments: &[&str]| {
        let all = [&["check", "--format", "statistics"], arguments].concat();
        let said = pack(&all, folder.path());
        let codes: Vec<String> = out(&said)
            .lines()
            .filter_map(|line| line.split_whitespace().nth(2).map(str::to_owned))
            .collect();
        (code(&said), codes)
    };
    let (_, all) = found(&[]);
    assert!(
        all.len() > 1 && all.contains(&"doubled-word".to_owned()),
        "{all:?}"
    );
    let (bar, selected) = found(&["--select", "doubled-word"]);
    assert_eq!((bar, selected), (Some(0), vec!["doubled-word".to_owned()]));
    let (_, rest) = found(&["--ignore", "doubled-word"]);
    assert_eq!(rest.len(), all.len() - 1);
    let slip = pack(&["check", "--ignore", "doubled-wrod"], folder.path());
    assert_eq!(code(&slip), Some(2));
    let said = String::from_utf8_lossy(&slip.stderr).into_owned();
    assert!(said.contains("doubled-word"), "{said}");
}

#[test]
fn a_day_of_publication_is_answered() {
    let folder = workspace(&[("pack", "published = 2026-03-10\n", "")]);
    let ask = |day| code(&pack(&["check", "--publish-on", day], folder.path()));
    assert_eq!(ask("2026-03-10"), Some(0));
    assert_eq!(ask("2026-03-11"), Some(1));
    let deadline = pack(&["deadline"], folder.path());
    assert_eq!(code(&deadline), Some(0));
    insta::assert_snapshot!(out(&deadline), @r"
    Housing Board, Wednesday 18 March 2026
    5 clear days of notice (Local Government Act 1972, s.100A(6)(a) and s.100B(3))

      Wednesday     18 March 2026   the meeting; does not count
      Tuesday       17 March 2026   1
      Monday        16 March 2026   2
      Sunday        15 March 2026   –   Sunday
      Saturday      14 March 2026   –   Saturday
      Friday        13 March 2026   3
      Thursday      12 March 2026   4
      Wednesday     11 March 2026   5
      Tuesday       10 March 2026   publish by the end of this day

    Publish by Tuesday 10 March 2026.
    ");
    assert_eq!(
        code(&pack(
            &["deadline", "--publish-on", "2026-03-11"],
            folder.path()
        )),
        Some(1)
    );
}

#[test]
fn status_says_what_is_in_and_what_is_missing() {
    let folder = workspace(&[(
        "rents",
        "background-papers = [\"Rent standard 2025\"]",
        "background-papers = []\n\n[[appendix]]\ntitle = \"Rents by ward\"\nfile = \"gone.csv\"",
    )]);
    let status = pack(&["status", "--on", "2026-03-06"], folder.path());
    assert_eq!(code(&status), Some(1));
    insta::assert_snapshot!(out(&status), @r"
    18 March 2026  Housing Board
      march
      publish by 10 March 2026 (2 working days left)
      1 error, 1 warning
      1  Apologies                                              no paper
      2  Minutes of the meeting of 14 January 2026              in
      3  Repairs to council homes                               in
      4  Rents                                                  1 missing
      next: pack check packs/march shows what to fix
    ");
}

#[test]
fn fix_mends_the_weekday_and_spaces_and_never_prose() {
    let folder = workspace(&[
        WEEKDAY,
        DOUBLED,
        ("rents", "# 2 Costs\n", "# 2 Costs \n"),
        (
            "rents",
            "There are no costs.",
            "There are no costs.  \nNone at all.",
        ),
    ]);
    let mended = pack(&["check", "--fix"], folder.path());
    assert_eq!(code(&mended), Some(0), "{}", out(&mended));
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a file");
    assert!(read("packs/march/pack.toml").contains("weekday = \"Wednesday\""));
    assert!(read("packs/march/rents.md").contains("# 2 Costs\n"));
    assert!(
        read("packs/march/rents.md").contains("no costs.  \n"),
        "a line break is prose"
    );
    assert!(read("packs/march/repairs.md").contains("1.2 It it follows"));
}

#[test]
fn formats_for_machines_are_whole() {
    let folder = workspace(&[DOUBLED, WEEKDAY]);
    let above = folder.path().parent().expect("a folder above");
    let name = folder.path().file_name().expect("a name").to_string_lossy();
    let sarif = pack(&["check", &name, "--format", "sarif"], above);
    let log: serde_json::Value = serde_json::from_slice(&sarif.stdout).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), 2);
    for result in results {
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            .as_str()
            .expect("a place");
        assert!(above.join(uri).is_file(), "{uri} is not seen from here");
    }
    let junit = pack(&["check", "--format", "junit"], folder.path());
    let xml = out(&junit);
    let document = roxmltree::Document::parse(&xml).expect("XML");
    assert_eq!(document.root_element().attribute("failures"), Some("2"));
    let github = pack(&["check", "--format", "github"], folder.path());
    assert_eq!(
        out(&github)
            .lines()
            .filter(|line| line.starts_with("::"))
            .count(),
        2
    );
    let json = pack(&["check", "--format", "json"], folder.path());
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json["summary"]["errors"], 1);
}

#[test]
fn sarif_keeps_to_its_schema() {
    let Some(modules) = crate::common::node_modules("the schema of SARIF") else {
        return;
    };
    let logs = tempfile::tempdir().expect("a folder");
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let broken = workspace(&[DOUBLED, WEEKDAY]);
    let mut files = Vec::new();
    for folder in [
        broken.path(),
        &here.join("packs"),
        &here.join("examples/planning"),
        &here.join("examples/welsh"),
    ] {
        let log = pack(&["check", "--format", "sarif"], folder).stdout;
        let file = logs.path().join(format!("{}.json", files.len()));
        fs::write(&file, log).expect("a file");
        files.push(file);
    }
    let validated = |files: &[std::path::PathBuf]| {
        std::process::Command::new("node")
            .arg(here.join("tests/browser/check-sarif.mjs"))
            .args(files)
            .env("NODE_MODULES_ROOT", &modules)
            .output()
            .expect("node runs")
    };
    let answer = validated(&files);
    assert_eq!(
        code(&answer),
        Some(0),
        "{}{}",
        out(&answer),
        String::from_utf8_lossy(&answer.stderr)
    );
    // The checker sees a log that departs from the schema.
    let log = fs::read_to_string(&files[0]).expect("a log");
    assert!(log.contains("\"startLine\""), "{log}");
    fs::write(&files[0], log.replace("\"startLine\"", "\"line\"")).expect("a file");
    assert_eq!(code(&validated(&files[..1])), Some(1));
}

#[test]
fn a_rule_is_explained_and_a_misspelt_one_corrected() {
    let here = Path::new(".");
    assert!(out(&pack(&["rule", "appendix-not-attached"], here)).contains("Basis:"));
    assert!(out(&pack(&["rule", "file-missing"], here)).contains("does not exist"));
    let wrong = pack(&["rule", "apendix-not-attached"], here);
    assert_eq!(code(&wrong), Some(2));
    let said = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(
        said.contains("did you mean appendix-not-attached?"),
        "{said}"
    );
}

#[test]
fn the_reference_of_rules_is_what_it_was() {
    insta::assert_snapshot!(pack::cli::rule_reference());
}

#[test]
fn the_reference_has_every_code_of_the_source() {
    let reference = pack::cli::rule_reference();
    let code = regex::Regex::new(r#"Code\("([a-z0-9-]+)"\)"#).expect("a pattern");
    let mut missing = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).expect("a file of the source");
            let code_alone = text.split("#[cfg(test)]").next().unwrap_or_default();
            for found in code.captures_iter(code_alone) {
                if path.file_name().is_some_and(|name| name != "tests.rs")
                    && !reference.contains(&format!("`{}`", &found[1]))
                {
                    missing.push(found[1].to_owned());
                }
            }
        }
    }
    assert_eq!(
        missing,
        Vec::<String>::new(),
        "codes that `pack rule` does not know"
    );
}

/// The commands of a recipe: its lines that run pack.
fn commands(recipe: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(".ci/recipes")
        .join(recipe);
    let text = fs::read_to_string(&path).expect("the recipe");
    text.lines()
        .map(|line| {
            line.trim()
                .trim_start_matches("- ")
                .trim_start_matches("exec ")
        })
        .filter(|line| line.starts_with("pack "))
        .map(str::to_owned)
        .collect()
}

fn shell(command: &str, folder: &Path) -> Option<i32> {
    let program = Path::new(env!("CARGO_BIN_EXE_pack"));
    let folders = std::env::join_paths(program.parent().map(Path::to_path_buf).into_iter().chain(
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()),
    ))
    .expect("a search path");
    Command::new("sh")
        .args(["-c", command])
        .current_dir(folder)
        .env("PATH", folders)
        .status()
        .expect("a shell")
        .code()
}

#[cfg(unix)]
#[test]
fn the_recipes_for_build_servers_pass_a_clean_workspace_and_stop_a_wrong_one() {
    for recipe in ["github.yml", "gitlab.yml", "pre-commit"] {
        let commands = commands(recipe);
        assert!(!commands.is_empty(), "{recipe} runs nothing");
        let clean = workspace(&[]);
        for command in &commands {
            assert_eq!(shell(command, clean.path()), Some(0), "{recipe}: {command}");
        }
        let wrong = workspace(&[WEEKDAY]);
        assert!(
            commands
                .iter()
                .any(|command| shell(command, wrong.path()) == Some(1)),
            "{recipe} lets an error pass"
        );
    }
}

#[test]
fn what_is_read_is_kept_for_its_owner_alone_unless_nothing_is_to_be_kept() {
    let folder = workspace(&[DOUBLED]);
    let cache = folder.path().join(".pack");
    let anew = pack(&["check", "--no-cache"], folder.path());
    assert!(!cache.exists());
    for _ in 0..2 {
        let kept = pack(&["check"], folder.path());
        assert_eq!(out(&kept), out(&anew));
        assert_eq!(code(&kept), code(&anew));
        let read = cache.join("cache/read");
        let entries: Vec<_> = fs::read_dir(&read)
            .expect("a cache")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        // What was read of the PDF, and the result too where the files have been still for long
        // enough: that depends on how fast the machine is.
        assert!(matches!(entries.len(), 1 | 2), "{entries:?}");
        #[cfg(unix)]
        for (place, rights) in
            std::iter::once((&read, 0o700)).chain(entries.iter().map(|entry| (entry, 0o600)))
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(place).expect("metadata").permissions().mode();
            assert_eq!(mode & 0o777, rights, "{}", place.display());
        }
    }
}

/// What is kept of what was read, each entry with the time when it was last of use.
#[cfg(unix)]
fn kept(folder: &Path) -> std::collections::BTreeMap<std::ffi::OsString, std::time::SystemTime> {
    let entries = fs::read_dir(folder.join(".pack/cache/read")).expect("a cache");
    entries
        .map(|entry| {
            let entry = entry.expect("an entry");
            let facts = entry.metadata().expect("metadata");
            (entry.file_name(), facts.modified().expect("a time"))
        })
        .collect()
}

#[cfg(unix)]
#[test]
fn the_result_of_a_check_is_given_again_while_nothing_changes_and_all_is_public() {
    let public = workspace(&[DOUBLED]);
    const RENTS: &str = "source = \"rents.md\"";
    let exempt = "source = \"rents.md\"\naccess = \"exempt\"\nexempt-paragraphs = [3]\n\
                  public-interest = \"It would weaken the council.\"";
    let aside = "text = \"Members are asked to send apologies to `.git/`.\"";
    const PROGRAMME: &str = "file = \"programme.pdf\"";
    let boxed = "file = \"programme.pdf\"\nredact = [{ page = 1, box = [60, 100, 200, 40] }]";
    let apologies = "text = \"Members are asked to send apologies.\"";
    const PLACE: &str = "to = \"Central Library\"";
    let lived_at = "to = \"Central Library\"\naddress = [\"12 Elm Row\", 5]";
    // Neither of these may be kept, and so is read again.
    let read_again = [
        (
            "with an exempt paper",
            workspace(&[("pack", RENTS, exempt)]),
        ),
        (
            "with words taken out",
            workspace(&[("repairs", PROGRAMME, boxed)]),
        ),
        (
            "with a place that is not looked at",
            workspace(&[("pack", apologies, aside)]),
        ),
        ("with an old spreadsheet", {
            let folder = workspace(&[("repairs", "survey.csv", "survey.xls")]);
            let old = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 an old spreadsheet";
            fs::write(folder.path().join("packs/march/survey.xls"), old).expect("a file");
            folder
        }),
        (
            "with an address in a line that is shown",
            workspace(&[("committee", PLACE, lived_at)]),
        ),
        (
            "without a committee",
            workspace(&[("pack", "\"housing\"", "\"planning\"")]),
        ),
    ];
    // What has only just changed is not known again.
    std::thread::sleep(std::time::Duration::from_secs(5));

    let check = |more: &[&str]| {
        let output = pack(&[&["check"], more].concat(), public.path());
        (output.stdout, output.stderr, output.status.code())
    };
    let used_again = |folder: &Path, run: &dyn Fn()| {
        let before = kept(folder);
        run();
        let after = kept(folder);
        let used = after
            .iter()
            .filter(|(name, time)| before.get(*name) != Some(*time));
        used.count()
    };
    let anew = check(&["--no-cache"]);
    assert_eq!(check(&[]), anew);
    let again = || assert_eq!(check(&[]), anew);
    assert_eq!(used_again(public.path(), &again), 1, "the result alone");
    // What is asked in another way is another check.
    for asked in [
        &["--format", "json"][..],
        &["--format", "short"],
        &["--deny", "notes"],
        &["--select", "doubled-word"],
        &["--on", "2026-03-01"],
        &["--public"],
        &["--colour", "always"],
    ] {
        let anew = check(&[asked, &["--no-cache"]].concat());
        for _ in 0..2 {
            assert_eq!(check(asked), anew, "{asked:?}");
        }
    }
    again();
    // From another folder, services are told other paths.
    let folder = public.path().to_str().expect("a path");
    let sarif = |at: &Path| pack(&["check", folder, "--format", "sarif"], at).stdout;
    let here = sarif(public.path());
    let above = public.path().parent().expect("a folder above");
    assert_ne!(sarif(above), here);
    assert_eq!(sarif(public.path()), here);

    let report = public.path().join("packs/march/repairs.md");
    let text = fs::read_to_string(&report).expect("the report");
    fs::write(&report, text.replace("It it", "It now")).expect("a file");
    let changed = check(&["--no-cache"]);
    assert_ne!(changed, anew);
    assert_eq!(check(&[]), changed);

    for (what, folder) in &read_again {
        let check = || {
            let output = pack(&["check"], folder.path());
            (output.stdout, output.stderr, output.status.code())
        };
        let anew = pack(&["check", "--no-cache"], folder.path());
        assert_eq!(check().0, anew.stdout, "{what}");
        let before = kept(folder.path());
        assert_eq!(check().0, anew.stdout, "{what}");
        let after = kept(folder.path());
        assert!(before.keys().eq(after.keys()), "{what}");
        let used = |(name, time): (_, _)| before.get(name) != Some(time);
        assert!(after.iter().all(used), "{what}: all that is kept is used");
    }
}
