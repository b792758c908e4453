//! The program's own source, read for what each file names: modules, rooms and libraries.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The path of a module from the root of the crate: `["check", "rules"]`.
pub(super) type Module = Vec<String>;

/// What all files of the program name.
pub(super) struct Source {
    /// The modules that each module names, with the first words that do so. A name that a module
    /// only passes on is traced to the module where it is defined.
    pub(super) modules: BTreeMap<Module, BTreeMap<Module, String>>,
    /// The first word of every other path: libraries, and types.
    pub(super) others: BTreeMap<Module, BTreeSet<String>>,
}

/// The source of the program without its tests, read once.
pub(super) static SOURCE: LazyLock<Source> = LazyLock::new(read);

/// One file: what it binds by `use`, and the paths in its code.
struct File {
    imports: Vec<Import>,
    code: String,
}

/// One name brought in by a `use` line.
struct Import {
    name: String,
    path: Vec<String>,
    is_public: bool,
}

fn read() -> Source {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    gather(&root, &mut paths);
    let files: BTreeMap<Module, File> = paths
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).expect("a readable file");
            (module(&root, path), parse(&text))
        })
        .collect();
    let mut source = Source {
        modules: BTreeMap::new(),
        others: BTreeMap::new(),
    };
    for (module, file) in &files {
        let mut named = BTreeMap::new();
        let mut others = BTreeSet::new();
        let inline = paths_in(&file.code);
        let imports = file.imports.iter().map(|import| {
            // A name that is only passed on makes nothing of this file depend on it.
            let code = file.code.replace(&format!("mod {};", import.name), "");
            let is_used = !import.is_public || words(&code).any(|word| word == import.name);
            (&import.path, is_used)
        });
        for (path, is_used) in imports.chain(inline.iter().map(|path| (path, true))) {
            match resolve(&files, module, path) {
                Some(found) if found != *module && is_used => {
                    named.entry(found).or_insert_with(|| path.join("::"));
                }
                Some(_) => {}
                None => {
                    others.insert(path[0].clone());
                }
            }
        }
        source.modules.insert(module.clone(), named);
        source.others.insert(module.clone(), others);
    }
    source
}

/// All files of code in a folder.
pub(super) fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// The module that a file holds; `lib.rs` is the root, `main.rs` a module of its own.
fn module(root: &Path, path: &Path) -> Module {
    let inside = path.strip_prefix(root).expect("a file of the program");
    let mut module: Module = inside
        .with_extension("")
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if module.last().is_some_and(|last| last == "mod") || module == ["lib"] {
        module.pop();
    }
    module
}

fn parse(text: &str) -> File {
    let text = without_tests(&bare(text));
    let mut imports = Vec::new();
    let mut code = String::new();
    let mut rest = text.as_str();
    while let Some(at) = next_use(rest) {
        let end = rest[at..].find(';').expect("the end of a use line") + at;
        let before = &rest[..at];
        let line = before.rfind(['\n', ';', '}', '{']).map_or(0, |at| at + 1);
        let is_public = before[line..].trim_start().starts_with("pub");
        let tree = rest[at + 4..end].split_whitespace().collect::<Vec<_>>();
        branches(&tree.join(" "), &mut |path, name| {
            imports.push(Import {
                name: name.to_owned(),
                path: path
                    .split("::")
                    .map(|word| word.trim().to_owned())
                    .collect(),
                is_public,
            });
        });
        code.push_str(&before[..line]);
        rest = &rest[end + 1..];
    }
    code.push_str(rest);
    File { imports, code }
}

/// Where the next `use` stands as a word of its own.
fn next_use(text: &str) -> Option<usize> {
    text.match_indices("use ").map(|(at, _)| at).find(|at| {
        let before = text[..*at].trim_end_matches(' ');
        before.is_empty() || before.ends_with(['\n', ';', '}', '{', ')']) || before.ends_with("pub")
    })
}

/// Each path of a `use` tree with the name that it gets: `a::{b, c as d}` has `a::b` and `a::c`.
fn branches(tree: &str, found: &mut dyn FnMut(&str, &str)) {
    let Some(open) = tree.find('{') else {
        let (path, name) = match tree.split_once(" as ") {
            Some((path, name)) => (path.trim(), name.trim()),
            None => (tree.trim(), tree.rsplit("::").next().unwrap_or(tree).trim()),
        };
        return found(path, name);
    };
    let stem = tree[..open].trim();
    let inside = &tree[open + 1..tree.rfind('}').expect("a closed tree")];
    let mut depth = 0;
    let split = |letter: char| {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        letter == ',' && depth == 0
    };
    for branch in inside
        .split(split)
        .filter(|branch| !branch.trim().is_empty())
    {
        branches(branch, &mut |path, name| {
            if path == "self" {
                let path = stem.trim_end_matches("::");
                let own = path.rsplit("::").next().unwrap_or(path);
                found(path, if name == "self" { own } else { name });
            } else {
                found(&format!("{stem}{path}"), name);
            }
        });
    }
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|letter: char| !is_of_a_word(letter))
}

fn is_of_a_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Every path of two words or more that stands in the code.
fn paths_in(code: &str) -> Vec<Vec<String>> {
    // Who may see a thing is no use of it.
    let code = code.replace("pub(in crate::", "pub(");
    code.split(|letter: char| !is_of_a_word(letter) && letter != ':')
        .filter(|path| path.contains("::") && path.starts_with(is_of_a_word))
        .map(|path| {
            let words = path.split("::").take_while(|word| !word.is_empty());
            words.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

/// The module in which the thing is defined that a path names from inside `module`; `None` where it
/// is none of the program's.
fn resolve(files: &BTreeMap<Module, File>, module: &Module, path: &[String]) -> Option<Module> {
    let mut at: Module = module.clone();
    let mut rest = path;
    match rest[0].as_str() {
        "crate" => {
            at.clear();
            rest = &rest[1..];
        }
        "self" => rest = &rest[1..],
        "super" => {
            while rest.first().is_some_and(|word| word == "super") {
                at.pop();
                rest = &rest[1..];
            }
        }
        first => {
            let child = [module.as_slice(), &[first.to_owned()]].concat();
            let bound = bound(&files[module], first);
            if !files.contains_key(&child) {
                // A path by a name that a `use` line brought in.
                let import = bound.filter(|import| import.path[0] != first)?;
                let whole = [import.path.as_slice(), &rest[1..]].concat();
                return resolve(files, module, &whole);
            }
        }
    }
    while let Some((first, after)) = rest.split_first() {
        let child = [at.as_slice(), std::slice::from_ref(first)].concat();
        if !files.contains_key(&child) {
            break;
        }
        at = child;
        rest = after;
    }
    let passed_on = rest.first().and_then(|first| bound(&files[&at], first));
    match passed_on {
        Some(import) => resolve(files, &at, &[&import.path, &rest[1..]].concat()),
        None => Some(at),
    }
}

fn bound<'a>(file: &'a File, name: &str) -> Option<&'a Import> {
    file.imports.iter().find(|import| import.name == name)
}

/// The text without its comments, and with nothing in its strings and letters.
fn bare(text: &str) -> String {
    let mut bare = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let raw = rest.trim_start_matches('b').strip_prefix('r');
        let hashes = raw.map_or(0, |raw| raw.len() - raw.trim_start_matches('#').len());
        let is_raw =
            raw.is_some_and(|raw| raw[hashes..].starts_with('"')) && !bare.ends_with(is_of_a_word);
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(raw) = raw.filter(|_| is_raw) {
            let end = format!("\"{}", "#".repeat(hashes));
            let inside = &raw[hashes + 1..];
            let close = inside.find(&end).expect("the end of a string");
            rest.len() - inside.len() + close + end.len()
        } else if first == '"' {
            closed(rest, '"')
        } else if first == '\'' && is_a_letter(rest) {
            closed(rest, '\'')
        } else {
            bare.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        rest = &rest[length..];
    }
    bare
}

/// Whether a quote opens a letter, `'a'`, and not a lifetime, `'a`.
fn is_a_letter(text: &str) -> bool {
    let mut letters = text.chars().skip(1);
    letters.next() == Some('\\') || letters.next() == Some('\'')
}

/// The length of what is quoted at the start of the text, with its quotes.
fn closed(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if letter == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The code without what is there for tests only.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut kept = String::new();
    let mut rest = code;
    while let Some(at) = rest.find(MARK) {
        kept.push_str(&rest[..at]);
        rest = &rest[at + MARK.len()..];
        let mut depth = 0;
        let ends = |letter: char| {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            depth == 0 && matches!(letter, '}' | ';')
        };
        let end = rest.find(ends).expect("the end of what is tested");
        rest = &rest[end + 1..];
    }
    kept + rest
}

#[test]
fn the_source_is_read_as_it_is_written() {
    let file = parse(
        "use crate::{finding::{Code, Span as Place}, model};\n\
         pub(crate) use self::near::Near;\n\
         // crate::left::out\n\
         fn one<'a>(text: &'a str) -> char { super::other::two(text, \"crate::string\", '\"') }\n\
         #[cfg(test)]\nmod tests { use crate::hidden; }\n\
         fn raw() { r#\"crate::raw \"quoted\" \"#; csv::Reader::new() }\n",
    );
    let imports: Vec<_> = file
        .imports
        .iter()
        .map(|import| {
            (
                import.path.join("::"),
                import.name.as_str(),
                import.is_public,
            )
        })
        .collect();
    assert_eq!(
        imports,
        [
            ("crate::finding::Code".to_owned(), "Code", false),
            ("crate::finding::Span".to_owned(), "Place", false),
            ("crate::model".to_owned(), "model", false),
            ("self::near::Near".to_owned(), "Near", true),
        ]
    );
    let paths: Vec<_> = paths_in(&file.code)
        .iter()
        .map(|path| path.join("::"))
        .collect();
    assert_eq!(paths, ["super::other::two", "csv::Reader::new"]);
}
