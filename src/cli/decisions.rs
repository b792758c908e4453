//! `pack decisions`: the notice of what a meeting decided, from its minutes.

use std::path::PathBuf;

use super::{Outcome, Screen, build};
use crate::model::Date;

/// Makes the notice of what a meeting decided: PDF and web page, from the minutes beside the agenda
///
/// `pack new minutes` begins the minutes, in minutes.md beside the agenda. Each item whose minute
/// opens a paragraph with “Resolved” is in the notice, with the reasons, the alternatives considered and
/// the interests declared, as the minute says them under headings of these names. When call-in ends
/// is counted in working days, `call-in-days` under [decisions] in council.toml. Outputs go to
/// out/NAME-decisions.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The pack of the meeting: its folder or its pack.toml
    #[arg(value_name = "PACK")]
    pack: Option<PathBuf>,

    /// The day on which the notice is published, from which call-in is counted
    #[arg(long, value_name = "DATE", value_parser = super::day::parse)]
    on: Option<Date>,

    /// The folder for the outputs
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Say nothing but errors
    #[arg(long, short)]
    quiet: bool,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let packs = args.pack.iter().cloned().collect();
    let build = build::Args::of_decisions(packs, args.on, args.out.clone(), args.quiet);
    build::run(&build, screen)
}
