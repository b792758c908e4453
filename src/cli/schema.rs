//! `pack schema`: the keys of each file as JSON Schemas, for editors that check as you type.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::{Outcome, Screen};
use crate::load::keys::{self, KeysOf};

/// Where the schemas are in a workspace; the first lines of its files name them.
const FOLDER: &str = ".pack/schemas";

/// Print the JSON Schema of one kind of file, or write all of them for editors
///
/// `pack new` puts a `#:schema` line at the top of each file it makes. Editors with a TOML plugin
/// (Even Better TOML, taplo) read it, and then complete and explain keys and mark mistakes. Inside
/// a workspace, the front matter's schema includes the rows of the council's own report header.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The kind of file: council, committee, pack or front-matter. Without it, all four are written
    /// to .pack/schemas
    #[arg(value_name = "FILE", value_parser = of)]
    file: Option<KeysOf>,

    /// The council's folder, or a folder inside it
    #[arg(long = "in", value_name = "DIR", default_value = ".")]
    inside: PathBuf,
}

fn of(word: &str) -> Result<KeysOf, String> {
    let found = KeysOf::WORDS.iter().find(|(known, _)| *known == word);
    found.map(|(_, of)| *of).ok_or_else(|| {
        let known: Vec<&str> = KeysOf::WORDS.iter().map(|(known, _)| *known).collect();
        format!("there are schemas of {}", known.join(", "))
    })
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let workspace = crate::load::find(&args.inside);
    match args.file {
        Some(of) => {
            let header = workspace.ok().and_then(|root| header(root.folder()));
            let schema = keys::schema(of, header.as_deref());
            screen.print(&format!("{schema:#}\n"))?;
        }
        None => {
            let root = workspace?;
            put(root.folder())?;
            screen.say(&format!(
                "The schemas are in {}.",
                root.folder().join(FOLDER).display()
            ));
        }
    }
    Ok(Outcome::Clean)
}

/// The keys of the header of a council's reports, where its file can be read.
fn header(workspace: &Path) -> Option<Vec<String>> {
    let council = crate::load::council_of(&crate::load::find(workspace).ok()?)?;
    let fields = council.report.header.into_iter();
    Some(fields.map(|field| field.key).collect())
}

/// Puts every schema into a workspace, in the folder that version control leaves alone.
pub(super) fn put(workspace: &Path) -> anyhow::Result<()> {
    let folder = workspace.join(FOLDER);
    let written = |path: &Path| format!("could not write {}", path.display());
    std::fs::create_dir_all(&folder).with_context(|| written(&folder))?;
    let ignore = workspace.join(".pack/.gitignore");
    if !ignore.exists() {
        std::fs::write(&ignore, "*\n").with_context(|| written(&ignore))?;
    }
    let header = header(workspace);
    for (word, of) in KeysOf::WORDS {
        let path = folder.join(format!("{word}.json"));
        let schema = keys::schema(of, header.as_deref());
        std::fs::write(&path, format!("{schema:#}\n")).with_context(|| written(&path))?;
    }
    Ok(())
}
