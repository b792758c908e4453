//! The JSON Schemas say of files what the loader says of them, as an independent validator reads
//! them; and the tables of keys in the documents are those of the declaration.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pack::finding::{Place, Severity};
use pack::load;
use serde_json::{Value, json};

use crate::common::{pack, said, tool};
use crate::keys;

/// Says of each document of a list whether its schema lets it through, and if not, why not.
const VALIDATOR: &str = r#"
import json, sys
try:
    import jsonschema
except ImportError:
    print("absent")
    sys.exit()
told = json.load(open(sys.argv[1]))
validators = {}
for name, schema in told["schemas"].items():
    jsonschema.Draft7Validator.check_schema(schema)
    validators[name] = jsonschema.Draft7Validator(schema)
print(json.dumps([
    [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validators[name].iter_errors(document)]
    for name, document in told["documents"]
]))
"#;

/// A document and the name of its schema.
type Document = (&'static str, Value);

/// What the validator says of each document; `None` where it is not installed.
fn verdicts(workspace: &Path, documents: &[Document]) -> Option<Vec<Vec<String>>> {
    let schemas: serde_json::Map<String, Value> = ["council", "committee", "pack", "front-matter"]
        .into_iter()
        .map(|name| {
            let printed = pack(&["schema", name], workspace);
            let schema = serde_json::from_slice(&printed.stdout);
            (name.to_owned(), schema.expect("a schema in JSON"))
        })
        .collect();
    let told = json!({ "schemas": schemas, "documents": documents });
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("told.json");
    std::fs::write(&path, told.to_string()).expect("it can be written");
    let path = path.to_str().expect("a path in Unicode");
    let answer = tool("python3", &["-c", VALIDATOR, path])?;
    if answer.trim() == "absent" {
        crate::common::skipped("the Python package jsonschema is not installed");
        return None;
    }
    Some(serde_json::from_str(&answer).expect("verdicts"))
}

/// A TOML value as editors' plugins see it: days and times are texts.
fn as_json(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(flag) => json!(flag),
        toml::Value::Datetime(time) => json!(time.to_string()),
        toml::Value::Array(values) => values.iter().map(as_json).collect(),
        toml::Value::Table(table) => table
            .iter()
            .map(|(key, value)| (key.clone(), as_json(value)))
            .collect(),
    }
}

/// The TOML of a file: of a Markdown file, its front matter.
fn toml_of(path: &Path) -> Option<toml::Table> {
    let text = std::fs::read_to_string(path).expect("a text");
    let toml = if path.extension().is_some_and(|ending| ending == "md") {
        text.strip_prefix("+++\n")?.split_once("\n+++\n")?.0
    } else {
        &text
    };
    Some(toml.parse().expect("TOML"))
}

/// The files of a workspace that have a schema, each with its schema's name.
fn files(workspace: &Path) -> Vec<(&'static str, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![workspace.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_committee = path
                .parent()
                .is_some_and(|above| above.ends_with("committees"));
            match name.as_str() {
                _ if path.is_dir() && !name.starts_with(['.', 'o']) => folders.push(path),
                "council.toml" => found.push(("council", path)),
                "pack.toml" => found.push(("pack", path)),
                _ if is_committee => found.push(("committee", path)),
                _ if name.ends_with(".md") && toml_of(&path).is_some() => {
                    found.push(("front-matter", path));
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn samples_and_what_pack_new_writes_are_valid() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a folder");
    let made = pack(&["new", "council", "anytown"], folder.path());
    assert!(made.status.success(), "{}", said(&made));
    let anytown = folder.path().join("anytown");
    let samples = [
        "packs",
        "examples/parish",
        "examples/planning",
        "examples/welsh",
    ];
    for workspace in samples
        .map(|name| root.join(name))
        .into_iter()
        .chain([anytown])
    {
        let files = files(&workspace);
        assert!(files.len() > 3, "{}: {files:?}", workspace.display());
        let documents: Vec<Document> = files
            .iter()
            .filter_map(|(schema, path)| {
                Some((*schema, as_json(&toml::Value::Table(toml_of(path)?))))
            })
            .collect();
        let Some(verdicts) = verdicts(&workspace, &documents) else {
            return;
        };
        for ((_, path), verdict) in files.iter().zip(verdicts) {
            assert!(verdict.is_empty(), "{}: {verdict:#?}", path.display());
        }
    }
}

#[test]
fn what_pack_new_writes_names_schemas_that_are_there() {
    let folder = tempfile::tempdir().expect("a folder");
    pack(&["new", "council", "anytown"], folder.path());
    let anytown = folder.path().join("anytown");
    let mut named = 0;
    for (_, path) in files(&anytown) {
        let text = std::fs::read_to_string(&path).expect("a text");
        if let Some(schema) = text
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("#:schema "))
        {
            let schema = path.parent().expect("a folder").join(schema);
            assert!(schema.is_file(), "{}: {}", path.display(), schema.display());
            named += 1;
        }
    }
    assert_eq!(named, 3);
    std::fs::remove_dir_all(anytown.join(".pack")).expect("they can be removed");
    let written = pack(&["schema"], &anytown);
    assert!(written.status.success(), "{}", said(&written));
    assert!(anytown.join(".pack/schemas/front-matter.json").is_file());
}

/// Every place of a document in which a value can stand, as steps to it.
fn places(value: &toml::Value, steps: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    match value {
        toml::Value::Table(table) => {
            for (key, inner) in table {
                steps.push(key.clone());
                found.push(steps.clone());
                places(inner, steps, found);
                steps.pop();
            }
        }
        toml::Value::Array(values) => {
            for (index, inner) in values.iter().enumerate().filter(|(_, it)| it.is_table()) {
                steps.push(index.to_string());
                places(inner, steps, found);
                steps.pop();
            }
        }
        _ => {}
    }
}

/// The table or list that stands at some steps.
fn at<'v>(value: &'v mut toml::Value, steps: &[String]) -> &'v mut toml::Value {
    steps.iter().fold(value, |value, step| match value {
        toml::Value::Array(values) => &mut values[step.parse::<usize>().expect("an index")],
        value => value.get_mut(step).expect("a key"),
    })
}

/// Whether the loader finds an error of one of some codes in a file.
fn finds(workspace: &Path, file: &str, codes: &[&str]) -> bool {
    let (root, packs) = load::select(workspace).expect("a workspace");
    packs.iter().any(|folder| {
        let loaded = load::load(&root, folder);
        loaded.findings.iter().any(|finding| {
            let place = match &finding.place {
                Place::Text(span) => loaded.files.path(*span),
                Place::File(path) | Place::Page(path, _) => path,
                Place::Nowhere => "",
            };
            place == file && finding.severity == Severity::Error && codes.contains(&finding.code.0)
        })
    })
}

#[test]
fn what_the_loader_refuses_a_schema_refuses_too() {
    let folder = tempfile::tempdir().expect("a folder");
    keys::workspace(folder.path(), true, false);
    let (mut mistakes, mut documents) = (Vec::new(), Vec::<Document>::new());
    let mut tried = BTreeSet::new();
    for (schema, path) in files(folder.path()) {
        let Some(table) = toml_of(&path) else {
            continue;
        };
        let sound = toml::Value::Table(table);
        documents.push((schema, as_json(&sound)));
        mistakes.push(None);
        let file = path.strip_prefix(folder.path()).expect("inside");
        let file = file.to_str().expect("Unicode").to_owned();
        let text = std::fs::read_to_string(&path).expect("a text");
        let (before, after) = match text
            .split_once("+++\n")
            .and_then(|(_, rest)| rest.split_once("\n+++\n"))
        {
            Some((_, body)) if schema == "front-matter" => ("+++\n", format!("\n+++\n{body}")),
            _ => ("", String::new()),
        };
        let mut found = Vec::new();
        places(&sound, &mut Vec::new(), &mut found);
        for steps in found {
            let named = |step: &&String| step.parse::<usize>().is_err();
            let kind: Vec<String> = steps.iter().filter(named).cloned().collect();
            if !tried.insert((schema, kind)) {
                continue;
            }
            let (key, above) = steps.split_last().expect("a key");
            // A value of another type, and a key that there is not beside it.
            for misspelt in [false, true] {
                let mut wrong = sound.clone();
                let table = at(&mut wrong, above).as_table_mut().expect("a table");
                let value = table.get(key).expect("a value");
                let other = if value.is_bool() {
                    json!("text")
                } else {
                    json!(true)
                };
                let other = toml::Value::try_from(other).expect("TOML");
                if misspelt {
                    table.insert(format!("zz{key}"), other);
                } else {
                    table.insert(key.clone(), other);
                }
                let toml = toml::to_string(&wrong).expect("TOML");
                std::fs::write(&path, format!("{before}{toml}{after}")).expect("written");
                let codes: &[&str] = if misspelt {
                    &["unknown-key"]
                } else {
                    &["wrong-type", "unknown-part", "access-unclear"]
                };
                let what = format!("{file}: {steps:?}, misspelt: {misspelt}");
                if finds(folder.path(), &file, codes) {
                    documents.push((schema, as_json(&wrong)));
                    mistakes.push(Some(what));
                } else {
                    // A map's keys and a header's names are not the format's.
                    assert!(
                        misspelt
                            && above
                                .last()
                                .is_some_and(|it| it == "check" || it == "redirect"),
                        "{what}"
                    );
                }
            }
        }
        std::fs::write(&path, text).expect("written");
    }
    assert!(mistakes.len() > 200, "{}", mistakes.len());
    let Some(verdicts) = verdicts(folder.path(), &documents) else {
        return;
    };
    for (mistake, verdict) in mistakes.iter().zip(verdicts) {
        match mistake {
            None => assert!(verdict.is_empty(), "a sound file: {verdict:#?}"),
            Some(what) => assert!(!verdict.is_empty(), "the schema lets it through: {what}"),
        }
    }
}

#[test]
fn words_and_ranges_are_in_the_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let printed = pack(&["schema", "committee"], folder.path());
    let schema: Value = serde_json::from_slice(&printed.stdout).expect("JSON");
    let copy = &schema["definitions"]["copy"]["properties"];
    assert_eq!(copy["form"]["enum"], json!(["paper", "pdf", "html"]));
    assert_eq!(copy["copies"]["maximum"], json!(10_000));
    assert_eq!(schema["required"], json!(["name"]));
    let unknown = pack(&["schema", "agenda"], folder.path());
    assert_eq!(unknown.status.code(), Some(2));
    assert!(said(&unknown).contains("council, committee, pack, front-matter"));
}

#[test]
fn the_tables_of_keys_in_the_documents_are_the_declared_ones() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/README.md");
    let text = std::fs::read_to_string(&path).expect("the format's description");
    let mut due = String::new();
    let mut rest = text.as_str();
    let mut tables = 0;
    while let Some((before, after)) = rest.split_once("<!-- keys: ") {
        let (id, after) = after.split_once(" -->\n").expect("a mark");
        let (_, after) = after.split_once("<!-- end of keys -->").expect("its end");
        let table = ::pack::load::keys::table(id);
        let table = table.unwrap_or_else(|| panic!("no table is called {id}"));
        due.push_str(&format!(
            "{before}<!-- keys: {id} -->\n\n{table}\n<!-- end of keys -->"
        ));
        rest = after;
        tables += 1;
    }
    due.push_str(rest);
    if due != text && std::env::var("INSTA_UPDATE").as_deref() == Ok("always") {
        std::fs::write(&path, &due).expect("it can be written");
        return;
    }
    assert!(tables >= 10, "{tables}");
    assert_eq!(text, due, "INSTA_UPDATE=always puts the tables right");
}

#[test]
fn an_unsaved_file_is_checked_as_its_editor_has_it() {
    use std::io::Write as _;
    let folder = tempfile::tempdir().expect("a folder");
    keys::workspace(folder.path(), true, false);
    let file = "packs/meeting/pack.toml";
    let saved = std::fs::read_to_string(folder.path().join(file)).expect("a file");
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_pack"))
        .args(["check", "--format", "json", "--stdin-path", file])
        .current_dir(folder.path())
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the program runs");
    let unsaved = saved.replace("weekday = \"Monday\"", "wekday = \"Monday\"");
    assert_ne!(unsaved, saved);
    let mut input = child.stdin.take().expect("its input");
    input.write_all(unsaved.as_bytes()).expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let findings = told["findings"].as_array().expect("findings");
    assert!(findings.iter().all(|finding| finding["file"] == file));
    let is_slip = |finding: &&Value| finding["code"] == "unknown-key";
    let slip = findings.iter().find(is_slip).expect("the slip");
    assert!(
        slip["message"]
            .as_str()
            .is_some_and(|it| it.contains("wekday"))
    );
    assert_eq!(
        std::fs::read_to_string(folder.path().join(file)).expect("a file"),
        saved
    );
}
