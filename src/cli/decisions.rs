//! `pack decisions`: the notice of what a meeting decided, from its minutes.

use std::path::PathBuf;

use super::{Outcome, Screen, build};
use crate::model::Date;

/// Make the notice of a meeting's decisions, as PDF and web page, from its minutes
///
/// The minutes are in minutes.md beside the agenda; `pack new minutes` starts them. The notice
/// lists each item whose minute has a paragraph that begins “Resolved”, with the reasons, the
/// alternatives considered and the interests declared, taken from the headings of those names. To
/// print when call-in ends, set `call-in-days` (working days) under [decisions] in council.toml.
/// The notice goes to out/NAME-decisions.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The meeting's pack: its folder or its pack.toml
    #[arg(value_name = "PACK")]
    pack: Option<PathBuf>,

    /// The day the notice is published, from which call-in is counted; without it, the day in
    /// `decisions-published` under [meeting]
    #[arg(long, value_name = "DATE", value_parser = super::day::parse)]
    on: Option<Date>,

    /// Make the notice in large print (18 point)
    #[arg(long)]
    large_print: bool,

    /// The folder for the outputs
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Print errors only
    #[arg(long, short)]
    quiet: bool,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let packs = args.pack.iter().cloned().collect();
    let build = build::Args::of_decisions(packs, args.on, args.out.clone(), args.quiet);
    let build = build.in_large_print(args.large_print);
    build::run(&build, screen)
}
