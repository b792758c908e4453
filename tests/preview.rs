//! The preview: it follows what is saved, keeps the last good page, and answers nobody else.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::privacy::Workspace;

/// How long anything may take on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(60);

/// A preview that runs, and is stopped when the test is done with it.
pub(crate) struct Running {
    child: Child,
    pub(crate) host: String,
    pub(crate) token: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    pub(crate) fn start(workspace: &Path, pack: &str, on: &str) -> Self {
        Self::start_with(workspace, &[pack, "--on", on], &|_| ())
    }

    /// The same with other arguments, and whatever else is to be said of the process.
    pub(crate) fn start_with(
        workspace: &Path,
        arguments: &[&str],
        with: &dyn Fn(&mut Command),
    ) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_pack"));
        with(&mut program);
        let mut child = program
            .arg("preview")
            .args(arguments)
            .current_dir(workspace)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("its output");
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("an address");
        let rest = line.trim().strip_prefix("http://").expect("an address");
        let (host, token) = rest.trim_end_matches('/').split_once('/').expect("a token");
        Self {
            host: host.to_owned(),
            token: token.to_owned(),
            child,
        }
    }

    pub(crate) fn address(&self) -> String {
        format!("http://{}/{}/", self.host, self.token)
    }

    /// What is sent for a request of these lines.
    fn sent(&self, lines: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(&self.host).expect("somebody listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        stream
            .write_all(format!("{lines}\r\n\r\n").as_bytes())
            .expect("it is sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        answer
    }

    /// The status and the body of what is sent for a request of these lines.
    pub(crate) fn ask(&self, lines: &str) -> (u16, String) {
        let answer = String::from_utf8_lossy(&self.sent(lines)).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        (status.expect("a status"), body.to_owned())
    }

    pub(crate) fn get(&self, name: &str) -> String {
        let (status, body) = self.ask(&format!(
            "GET /{}/{name} HTTP/1.1\r\nHost: {}",
            self.token, self.host
        ));
        assert_eq!(status, 200, "{name}: {body}");
        body
    }

    /// A file as it is sent.
    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        let answer = self.sent(&format!(
            "GET /{}/{name} HTTP/1.1\r\nHost: {}",
            self.token, self.host
        ));
        let head = answer.windows(4).position(|four| four == b"\r\n\r\n");
        answer[head.expect("a head") + 4..].to_vec()
    }

    pub(crate) fn page(&self) -> String {
        self.get("view/public/standard/web/index.html")
    }

    pub(crate) fn state(&self) -> Value {
        serde_json::from_str(&self.get("state/public/standard/web")).expect("JSON")
    }

    /// Waits until the state is as it should be.
    pub(crate) fn until(&self, what: &str, holds: &dyn Fn(&Value) -> bool) -> Value {
        let since = Instant::now();
        loop {
            let state = self.state();
            if holds(&state) {
                return state;
            }
            assert!(since.elapsed() < PATIENCE, "{what}: {state:#}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// A small pack with a public report and one that is exempt.
pub(crate) fn workspace() -> Workspace {
    let mut workspace = Workspace::of_a_board();
    workspace.write(
        "packs/meeting/pack.toml",
        "committee = \"board\"\n[meeting]\ndate = 2027-01-18\ntime = 10:00:00\nplace = \"The Town Hall\"\n\
         [[item]]\ntitle = \"Parks\"\nkind = \"report\"\nsource = \"parks.md\"\n\
         [[item]]\ntitle = \"Land\"\npublic-title = \"Land\"\nkind = \"report\"\nsource = \"land.md\"\naccess = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"It would weaken the sale.\"\n",
    );
    let report = |subject: &str, text: &str| {
        format!(
            "+++\nsubject = \"{subject}\"\nrecommendations = \"\"\"\nThat the report be noted.\n\"\"\"\nbackground-papers = []\n+++\n\n# Purpose\n\n{text}\n"
        )
    };
    workspace.write(
        "packs/meeting/parks.md",
        &report("Parks", "The parks are open."),
    );
    workspace.write(
        "packs/meeting/land.md",
        &report("Land", "The price is secret."),
    );
    workspace
}

pub(crate) fn file(workspace: &Workspace, name: &str) -> PathBuf {
    workspace.folder().join("packs/meeting").join(name)
}

pub(crate) fn change(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("a file");
    assert!(text.contains(from), "{text}");
    // Editors write a new file and put it in the old one's place.
    let beside = path.with_extension("saving");
    fs::write(&beside, text.replace(from, to)).expect("a file");
    fs::rename(&beside, path).expect("in its place");
}

#[test]
fn a_page_follows_what_is_saved_and_the_last_good_one_stays_while_sources_are_broken() {
    let workspace = workspace();
    let preview = Running::start(workspace.folder(), "packs/meeting", "2027-01-04");
    let page = preview.page();
    assert!(page.contains("The parks are open."), "{page}");
    assert!(
        page.contains("data-src=\"packs/meeting/parks.md:"),
        "the place of a paragraph"
    );
    assert!(
        !page.contains("The price is secret."),
        "an exempt paper in the public's view"
    );
    let members = preview.get("view/members/standard/web/index.html");
    assert!(members.contains("The price is secret."));
    let pdf = preview.get("view/public/large/pdf/pack.pdf");
    assert!(pdf.starts_with("%PDF-"));
    let state = preview.state();
    assert_eq!(
        state["items"].as_array().map(Vec::len),
        Some(2),
        "{state:#}"
    );
    assert_eq!(
        state["daysLeft"].as_i64().map(|days| days > 0),
        Some(true),
        "{state:#}"
    );

    let report = file(&workspace, "parks.md");
    change(&report, "The parks are open.", "The parks are shut.");
    preview.until("a change is seen", &|_| {
        preview.page().contains("The parks are shut.")
    });

    let agenda = file(&workspace, "pack.toml");
    change(&agenda, "[meeting]", "[meeting");
    let broken = preview.until("a fault is told", &|state| state["error"].is_string());
    assert!(
        broken["shown"].as_u64() < broken["version"].as_u64(),
        "{broken:#}"
    );
    assert!(!broken["findings"].as_array().expect("findings").is_empty());
    assert!(preview.page().contains("The parks are shut."));

    change(&agenda, "[meeting", "[meeting]");
    preview.until("a mended pack is shown", &|state| {
        state["error"].is_null() && state["shown"] == state["version"]
    });
    assert!(preview.page().contains("The parks are shut."));
}

#[test]
fn a_finding_has_its_place_and_its_line() {
    let workspace = workspace();
    let preview = Running::start(workspace.folder(), "packs/meeting", "2027-01-04");
    let report = file(&workspace, "parks.md");
    change(&report, "The parks are open.", "The the parks are open.");
    let doubled = |finding: &Value| finding["code"] == "doubled-word";
    let state = preview.until("the finding is told", &|state| {
        state["findings"]
            .as_array()
            .is_some_and(|found| found.iter().any(doubled))
    });
    let findings = state["findings"].as_array().expect("findings");
    let finding = findings
        .iter()
        .find(|one| doubled(one))
        .expect("the finding");
    assert_eq!(finding["file"], "packs/meeting/parks.md");
    let line = finding["line"].as_u64().expect("a line");
    assert_eq!(finding["text"], "The the parks are open.");
    assert!(
        preview
            .page()
            .contains(&format!("data-src=\"packs/meeting/parks.md:{line}\""))
    );
}

#[test]
fn a_storm_of_saves_ends_in_what_was_saved_last() {
    let workspace = workspace();
    let preview = Running::start(workspace.folder(), "packs/meeting", "2027-01-04");
    preview.page();
    let report = file(&workspace, "parks.md");
    let text = fs::read_to_string(&report).expect("a report");
    for number in 1..=50 {
        fs::write(
            &report,
            text.replace("are open", &format!("have {number} gates")),
        )
        .expect("a file");
        std::thread::sleep(Duration::from_millis(20));
    }
    let since = Instant::now();
    while !preview.page().contains("The parks have 50 gates.") {
        assert!(since.elapsed() < PATIENCE, "{}", preview.page());
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_waiting_page_is_told_of_a_change() {
    let workspace = workspace();
    let preview = Running::start(workspace.folder(), "packs/meeting", "2027-01-04");
    let mut stream = TcpStream::connect(&preview.host).expect("somebody listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    let asked = format!(
        "GET /{}/events HTTP/1.1\r\nHost: {}\r\n\r\n",
        preview.token, preview.host
    );
    stream.write_all(asked.as_bytes()).expect("it is sent");
    let mut lines = BufReader::new(stream)
        .lines()
        .map(|line| line.expect("a line"));
    assert!(lines.any(|line| line == "data: 1"));
    change(&file(&workspace, "parks.md"), "open", "shut");
    assert!(lines.any(|line| line == "data: 2"));
}

#[test]
fn nobody_else_is_answered() {
    let workspace = workspace();
    let preview = Running::start(workspace.folder(), "packs/meeting", "2027-01-04");
    let (host, token) = (&preview.host, &preview.token);
    let port = host.split(':').next_back().expect("a port");
    let good = format!("GET /{token}/view/public/standard/web/index.html HTTP/1.1\r\nHost: {host}");
    assert_eq!(preview.ask(&good).0, 200);
    assert_eq!(
        preview.ask(&format!("{good}\r\nOrigin: http://{host}")).0,
        200
    );
    for (what, asked) in [
        ("no token", format!("GET / HTTP/1.1\r\nHost: {host}")),
        (
            "no token, a page",
            format!("GET /view/public/standard/web/index.html HTTP/1.1\r\nHost: {host}"),
        ),
        (
            "another token",
            format!("GET /{}/ HTTP/1.1\r\nHost: {host}", "0".repeat(32)),
        ),
        (
            "part of the token",
            format!("GET /{}/ HTTP/1.1\r\nHost: {host}", &token[1..]),
        ),
        (
            "another host",
            format!("GET /{token}/ HTTP/1.1\r\nHost: attacker.example:{port}"),
        ),
        ("no host", format!("GET /{token}/ HTTP/1.1")),
        (
            "another origin",
            format!("{good}\r\nOrigin: http://attacker.example"),
        ),
        ("no origin", format!("{good}\r\nOrigin: null")),
        (
            "the folder above",
            format!("GET /{token}/../pack.toml HTTP/1.1\r\nHost: {host}"),
        ),
        (
            "a folder above a view",
            format!(
                "GET /{token}/view/public/standard/web/../../council.toml HTTP/1.1\r\nHost: {host}"
            ),
        ),
    ] {
        assert_eq!(preview.ask(&asked).0, 403, "{what}");
    }
    let hidden = format!(
        "GET /{token}/view/public/standard/web/%2e%2e%2fcouncil.toml HTTP/1.1\r\nHost: {host}"
    );
    assert_eq!(preview.ask(&hidden).0, 404);
    let (status, _) = preview.ask(&format!("POST /{token}/ HTTP/1.1\r\nHost: {host}"));
    assert_eq!(status, 405);
}

#[test]
fn no_page_that_is_built_says_where_its_sources_are() {
    let workspace = workspace();
    for edition in ["public", "members"] {
        let out = tempfile::tempdir().expect("a folder");
        let place = out.path().to_string_lossy().into_owned();
        let built = crate::common::pack(
            &[
                "build",
                "--quiet",
                "--format",
                "html",
                "--edition",
                edition,
                "--out",
                &place,
            ],
            workspace.folder(),
        );
        assert!(built.status.success(), "{}", crate::common::said(&built));
        let page = fs::read_to_string(out.path().join(edition).join(match edition {
            "public" => "meeting.html",
            _ => "meeting-members.html",
        }));
        let page = page.expect("a page");
        assert!(page.contains("The parks are open."));
        assert!(!page.contains("data-src"), "{edition}");
    }
}

#[test]
fn a_build_that_watches_builds_again() {
    let workspace = workspace();
    let child = Command::new(env!("CARGO_BIN_EXE_pack"))
        .args([
            "build",
            "packs/meeting",
            "--format",
            "html",
            "--quiet",
            "--watch",
        ])
        .current_dir(workspace.folder())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let _running = Running {
        child,
        host: String::new(),
        token: String::new(),
    };
    let page = workspace.folder().join("out/meeting/public/meeting.html");
    let until = |words: &str| {
        let since = Instant::now();
        while !fs::read_to_string(&page).is_ok_and(|page| page.contains(words)) {
            assert!(since.elapsed() < PATIENCE, "never seen: {words}");
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    until("The parks are open.");
    change(&file(&workspace, "parks.md"), "are open", "are shut");
    until("The parks are shut.");
}

#[test]
fn it_works_in_a_browser() {
    let Some(tools) = crate::common::node_modules("the browser's driver") else {
        return;
    };
    let workspace = workspace();
    let preview = Running::start(workspace.folder(), "packs/meeting", "2027-01-04");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/drive-preview.mjs");
    let run = Command::new("node")
        .arg(script)
        .arg(preview.address())
        .arg(workspace.folder().join("packs/meeting"))
        .arg(preview.child.id().to_string())
        .env("NODE_MODULES_ROOT", tools)
        .output()
        .expect("node runs");
    assert!(run.status.success(), "{}", crate::common::said(&run));
}
