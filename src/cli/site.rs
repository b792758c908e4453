//! `pack site`: everything that was published, as a static site.

use std::path::PathBuf;

use anyhow::bail;

use super::{Outcome, Screen, day, follower::Follower, shown};
use crate::finding::counted;
use crate::load::{PackFolder, WorkspaceRoot};
use crate::model::Date;
use crate::site::{self, KIND};
use crate::write::{Publication, Readers};

/// Make a website of every published meeting
///
/// It has the council's bodies, members, calendar, agendas and papers, decisions, calendar files,
/// news feeds and open data. It is made of plain files for any web server, and also works straight
/// from a folder. Only published papers are on it. A meeting that has not changed since the last
/// time is not built again, nor is one whose PDF, large print and web page are in out/ already.
///
/// The exit code is 1 if a meeting could not be shown as it was published.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The workspace; the current one by default
    #[arg(value_name = "WORKSPACE")]
    workspace: Option<PathBuf>,

    /// The folder to put the site's folder in; out-site in the workspace by default
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// The date that divides past meetings from coming ones; today by default
    #[arg(long, value_name = "DATE", value_parser = super::day::parse)]
    on: Option<Date>,

    /// Print errors only
    #[arg(long, short)]
    quiet: bool,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let named: Vec<PathBuf> = args.workspace.iter().cloned().collect();
    let packs = shown::packs(&named)?;
    let Some((root, _)) = packs.first().cloned() else {
        bail!("there is no pack here");
    };
    let packs: Vec<PackFolder> = all_of(&root, packs);
    let folder = match &args.out {
        Some(out) => out.clone(),
        None => root.folder().join("out-site"),
    };
    let progress = screen.progress(args.quiet);
    let waiting = std::cell::RefCell::new(&mut *screen);
    let publication = Publication::new(&folder, KIND, Readers::Anybody, &|| {
        let line = format!(
            "another build is at work in {}: waiting for it",
            folder.display()
        );
        waiting.borrow_mut().say(&line);
    })?;
    let follower = Follower {
        progress: &progress,
        publication: None,
    };
    let on = args.on.unwrap_or_else(day::today);
    let made = site::make(&root, &packs, on, publication, &follower)?;
    drop(progress);
    for refused in &made.refused {
        let state = if refused.kept {
            "the site has it as it was"
        } else {
            "it is not on the site"
        };
        screen.say(&format!("{}: {}; {state}", refused.name, refused.why));
    }
    if !args.quiet {
        let taken = match made.taken {
            0 => String::new(),
            taken => format!(", {taken} taken from what was built before"),
        };
        screen.say(&format!(
            "{}: {} of {} built{taken}, {}",
            folder.join(KIND).join("index.html").display(),
            made.built,
            counted(made.meetings, "meeting"),
            counted(made.files, "file")
        ));
    }
    Ok(if made.refused.is_empty() {
        Outcome::Clean
    } else {
        Outcome::Findings
    })
}

/// The packs of one workspace.
fn all_of(root: &WorkspaceRoot, packs: Vec<(WorkspaceRoot, PackFolder)>) -> Vec<PackFolder> {
    let own = packs.into_iter().filter(|(known, _)| known == root);
    own.map(|(_, folder)| folder).collect()
}
