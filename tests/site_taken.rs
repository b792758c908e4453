//! The site takes what `pack build` has made already, where a build would make the same, and nothing
//! else.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use pack::load::{PackFolder, PdfContent};
use pack::model::{Audience, Binding, PrintSize};
use pack::pipeline::{Form, Order, Reading, Request, Session};
use serde_json::Value;

use crate::common::{pack, said};
use crate::privacy::{assert_folder_clean, planted};
use crate::site::{assert_same, contents, published};

const CABINET: &str = "out/2026-10-14-cabinet";

/// What is changed about a set in a manifest, in words and as it is done.
type Change<'a> = (&'a str, &'a dyn Fn(&mut Value));

/// Builds every form of everything that the site shows.
fn build_all(workspace: &Path) {
    for how in [
        &["build", "--quiet"][..],
        &["build", "--quiet", "--format", "pdf", "--large-print"],
    ] {
        let built = pack(how, workspace);
        assert!(built.status.success(), "{}", said(&built));
    }
}

/// Makes the site from nothing, and says what was done.
fn made(workspace: &Path) -> String {
    let site = workspace.join("out-site");
    if site.exists() {
        fs::remove_dir_all(site).expect("the site can go");
    }
    let made = pack(&["site", "--on", "2026-10-01"], workspace);
    assert!(made.status.success(), "{}", said(&made));
    said(&made)
}

fn manifest(workspace: &Path, change: &dyn Fn(&mut Value)) {
    let path = workspace.join(CABINET).join("manifest.json");
    let bytes = fs::read(&path).expect("a manifest");
    let mut manifest = serde_json::from_slice(&bytes).expect("JSON");
    change(&mut manifest);
    fs::write(&path, manifest.to_string()).expect("a manifest");
}

#[test]
fn what_was_built_before_is_taken_and_is_what_would_be_built() {
    let workspace = published("packs", "taken", "");
    let told = made(&workspace);
    assert!(told.contains("2 of 2 meetings built, "), "{told}");
    let site = workspace.join("out-site/site");
    let as_built = contents(&site);
    build_all(&workspace);
    let told = made(&workspace);
    let both = "0 of 2 meetings built, 2 taken from what was built before";
    assert!(told.contains(both), "{told}");
    assert_same(&contents(&site), &as_built);

    // Whatever is not as it was made is made again, and comes out the same.
    let public = workspace.join(CABINET).join("public");
    let pdf = public.join("2026-10-14-cabinet.pdf");
    let before = fs::read(&pdf).expect("a file");
    let again = |why: &str| {
        let told = made(&workspace);
        let one = "1 of 2 meetings built, 1 taken from what was built before";
        assert!(told.contains(one), "{why}: {told}");
        assert_same(&contents(&site), &as_built);
    };
    fs::write(&pdf, [before.as_slice(), b"\n"].concat()).expect("a file");
    again("a file that somebody changed");
    fs::remove_file(&pdf).expect("a file");
    again("a file that somebody took away");
    fs::write(&pdf, &before).expect("a file");

    let kept = fs::read(workspace.join(CABINET).join("manifest.json")).expect("a manifest");
    let sets = |change: &dyn Fn(&mut Value)| {
        manifest(&workspace, &|manifest| {
            let sets = manifest["sets"].as_array_mut().expect("sets");
            sets.iter_mut().for_each(change);
        });
    };
    let changes: [Change; 5] = [
        ("another version", &|set| set["version"] = "0.0.1".into()),
        ("a draft", &|set| set["draft"] = true.into()),
        ("other parts", &|set| set["made_of"] = "0".into()),
        ("another source", &|set| {
            set["sources"][0]["sha256"] = "0".into();
        }),
        ("one source fewer", &|set| {
            set["sources"].as_array_mut().expect("sources").pop();
        }),
    ];
    for (why, change) in changes {
        sets(change);
        again(why);
        fs::write(workspace.join(CABINET).join("manifest.json"), &kept).expect("a manifest");
    }
    let ledger = workspace.join(CABINET).join("accessibility.json");
    fs::write(&ledger, "{}").expect("a file");
    again("a record that somebody changed");

    // A template is no source, and all that is built with it looks different.
    build_all(&workspace);
    fs::create_dir_all(workspace.join("templates/typeset")).expect("a folder");
    let style = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/typeset/front.typ");
    let text = fs::read_to_string(style).expect("a template");
    fs::write(
        workspace.join("templates/typeset/front.typ"),
        format!("// Ours.\n{text}"),
    )
    .expect("a template");
    let told = made(&workspace);
    assert!(told.contains("2 of 2 meetings built, "), "{told}");
}

#[test]
fn each_form_that_is_there_is_taken_and_the_others_are_made() {
    let workspace = published("packs", "some-forms", "");
    build_all(&workspace);
    let told = made(&workspace);
    assert!(
        told.contains("2 taken from what was built before"),
        "{told}"
    );
    let site = workspace.join("out-site/site");
    let as_taken = contents(&site);
    let order = |form, print| Order {
        audience: Audience::Public,
        print,
        form,
        binding: Binding::default(),
    };
    let orders = [
        order(Form::Pdf, PrintSize::Standard),
        order(Form::Pdf, PrintSize::LARGE),
        order(Form::Html, PrintSize::Standard),
    ];
    let request = Request::of(Audience::Public, &orders);
    let root = pack::load::find(&workspace).expect("a workspace");
    let folder = PackFolder("packs/2026-10-14-cabinet".to_owned());
    let left = || {
        let pack = Session::read(&root, &folder, &Reading::of(PdfContent::NONE));
        pack.published()
            .expect("a published pack")
            .made_before(&request)
            .1
    };
    assert_eq!(left(), []);
    let public = workspace.join(CABINET).join("public");
    for (order, name) in orders.iter().zip([
        "2026-10-14-cabinet.pdf",
        "2026-10-14-cabinet-large-print.pdf",
        "2026-10-14-cabinet.html",
    ]) {
        let file = public.join(name);
        let bytes = fs::read(&file).expect("a file");
        fs::remove_file(&file).expect("it can go");
        assert_eq!(&left(), std::slice::from_ref(order));
        let told = made(&workspace);
        assert!(
            told.contains("1 of 2 meetings built, 1 taken"),
            "{name}: {told}"
        );
        assert_same(&contents(&site), &as_taken);
        fs::write(&file, bytes).expect("a file");
    }
    // How accessible PDFs are belongs to all of them, and to no page.
    let ledger = workspace.join(CABINET).join("accessibility.json");
    fs::write(&ledger, "{}").expect("a file");
    assert_eq!(left(), orders[..2]);
    fs::remove_file(public.join("2026-10-14-cabinet.html")).expect("it can go");
    assert_eq!(left(), orders);
}

#[test]
fn nothing_is_taken_that_no_build_would_have_made() {
    let workspace = published("packs", "put-there", "");
    build_all(&workspace);
    let public = workspace.join(CABINET).join("public");
    fs::write(public.join("notes.txt"), "a secret").expect("a file");
    let told = made(&workspace);
    assert!(
        told.contains("2 taken from what was built before"),
        "{told}"
    );
    let site = workspace.join("out-site/site");
    let names = contents(&site);
    assert!(names.keys().all(|name| !name.ends_with("notes.txt")));

    // Not even where the manifest says so: inside the folder or out of it.
    let digest = pack::pipeline::manifest::Digest::of("", b"a secret");
    fs::write(workspace.join(CABINET).join("notes.txt"), "a secret").expect("a file");
    let kept = fs::read(workspace.join(CABINET).join("manifest.json")).expect("a manifest");
    for path in ["public/notes.txt", "public/../notes.txt", "notes.txt"] {
        manifest(&workspace, &|manifest| {
            let outputs = manifest["outputs"].as_array_mut().expect("outputs");
            outputs.push(serde_json::json!({
                "path": path, "sha256": digest.sha256, "bytes": digest.bytes,
            }));
            let outputs = manifest["sets"][0]["outputs"].as_array_mut();
            outputs.expect("outputs").push(path.into());
        });
        let told = made(&workspace);
        assert!(told.contains("1 of 2 meetings built"), "{path}: {told}");
        assert!(
            contents(&site)
                .values()
                .all(|bytes| !bytes.windows(8).any(|some| some == b"a secret")),
            "{path}"
        );
        fs::write(workspace.join(CABINET).join("manifest.json"), &kept).expect("a manifest");
    }
}

#[test]
fn what_is_taken_holds_nothing_private() {
    let workspace = planted();
    let folder = workspace.folder().to_owned();
    build_all(&folder);
    let done = pack(&["publish", "--on", "2027-01-08", "packs/meeting"], &folder);
    assert!(done.status.success(), "{}", said(&done));
    // The members' edition is there, too.
    let members = pack(&["build", "--quiet", "--edition", "members"], &folder);
    assert!(members.status.success(), "{}", said(&members));
    let told = made(&folder);
    let all = "0 of 1 meeting built, 1 taken from what was built before";
    assert!(told.contains(all), "{told}");
    let out = folder.join("out-site");
    assert_folder_clean(&out);
    let as_taken = contents(&out.join("site"));
    fs::remove_dir_all(folder.join("out")).expect("the outputs can go");
    let told = made(&folder);
    assert!(told.contains("1 of 1 meeting built"), "{told}");
    assert_same(&contents(&out.join("site")), &as_taken);
}

#[test]
fn a_site_that_is_interrupted_is_the_old_or_the_new() {
    let workspace = published("packs", "interrupted", "");
    build_all(&workspace);
    let out = workspace.join("out-site");
    let site = out.join("site");
    let start = |day: &str| {
        Command::new(env!("CARGO_BIN_EXE_pack"))
            .args(["site", "--quiet", "--on", day])
            .current_dir(&workspace)
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs")
    };
    // The home page and the calendar say what is to come on a day.
    let days = ["2026-10-01", "2026-10-20"];
    let states = days.map(|day| {
        assert!(start(day).wait().expect("it ends").success());
        contents(&site)
    });
    assert!(states[0] != states[1]);
    let now = || {
        let there = contents(&site);
        let now = states.iter().position(|state| *state == there);
        now.expect("the old site or the new, never half of one")
    };
    // Later and later, until one is done before it is stopped.
    let mut done = false;
    for step in 0..60_u64 {
        let mut child = start(days[1 - now()]);
        std::thread::sleep(Duration::from_millis(step * 40));
        done = child.try_wait().expect("a child").is_some();
        child.kill().expect("it can be stopped");
        child.wait().expect("it stops");
        now();
        if done {
            break;
        }
    }
    assert!(done, "nothing was ever done");
    let other = 1 - now();
    assert!(start(days[other]).wait().expect("it ends").success());
    assert_eq!(now(), other);
    assert!(!out.join(".pack").exists(), "what was left is cleared");

    // The first of all is there as a whole, or not at all.
    for step in 0..8_u64 {
        fs::remove_dir_all(&out).expect("the site can go");
        let mut child = start(days[0]);
        std::thread::sleep(Duration::from_millis(step * 150));
        child.kill().expect("it can be stopped");
        child.wait().expect("it stops");
        if site.exists() {
            assert_eq!(now(), 0, "after step {step}");
        }
        fs::create_dir_all(&out).expect("a folder");
    }
    assert!(start(days[0]).wait().expect("it ends").success());
    assert_eq!(now(), 0);
}
