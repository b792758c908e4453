//! `pack guide`: the guide that is in the program, in the browser.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;

use super::{Outcome, Screen, desktop, rule};
use crate::guide::{self, Chapter};

/// Open the guide in the browser: a tutorial, how-to pages, and every key, rule and command
///
/// The guide is in the program and needs no network.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Write the guide to this file instead of opening it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(
    args: &Args,
    command: clap::Command,
    screen: &mut Screen,
) -> anyhow::Result<Outcome> {
    let chapters = guide::chapters(vec![
        Chapter {
            id: "rules",
            text: rule::reference(),
        },
        Chapter {
            id: "commands",
            text: commands(command),
        },
    ]);
    let (page, _) = guide::page(&chapters, env!("CARGO_PKG_VERSION"))?;
    let path = match &args.out {
        Some(path) => path.clone(),
        None => {
            // In a new folder nobody else can have put a link.
            let name = format!("pack-guide-{}", std::process::id());
            let folder = std::env::temp_dir().join(name);
            std::fs::create_dir(&folder)
                .with_context(|| format!("could not make {}", folder.display()))?;
            folder.join("guide.html")
        }
    };
    std::fs::write(&path, page).with_context(|| format!("could not write {}", path.display()))?;
    screen.say(&format!("The guide is in {}.", path.display()));
    if args.out.is_none() {
        desktop::open(path.as_os_str())?;
    }
    Ok(Outcome::Clean)
}

/// The reference of commands as Markdown: what each says to `--help`.
fn commands(mut command: clap::Command) -> String {
    command.build();
    let mut text = String::from("# Commands\n\nWhat each command says to `--help`.\n");
    for one in command.get_subcommands() {
        if one.get_name() == "help" {
            continue;
        }
        let mut one = one.clone().term_width(80);
        let help = one.render_long_help().to_string();
        // Writing to a text cannot fail.
        let _ = write!(
            text,
            "\n## `pack {}`\n\n```text\n{}\n```\n",
            one.get_name(),
            help.trim_end()
        );
    }
    text
}
