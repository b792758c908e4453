//! `pack man` and `pack completions`: the manual and the shell's help, made from the command
//! line's own description.

use std::path::PathBuf;

use anyhow::Context as _;

use super::{Outcome, Screen};

/// Print the manual as a man page, or write one for each command
#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    /// Write pack.1 and a page for each command to this folder.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Print the completion script for a shell
#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

pub(super) fn man(
    args: &ManArgs,
    command: clap::Command,
    screen: &mut Screen,
) -> anyhow::Result<Outcome> {
    match &args.out {
        Some(folder) => {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("could not make {}", folder.display()))?;
            clap_mangen::generate_to(command, folder)
                .with_context(|| format!("could not write to {}", folder.display()))?;
        }
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command).render(&mut page)?;
            screen.print_bytes(&page)?;
        }
    }
    Ok(Outcome::Clean)
}

pub(super) fn completions(
    args: &CompletionsArgs,
    mut command: clap::Command,
    screen: &mut Screen,
) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "pack", &mut script);
    screen.print_bytes(&script)?;
    Ok(Outcome::Clean)
}
