//! `pack preview`: a page in the browser that follows a pack while it is written.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;

use super::{Outcome, Screen, day, desktop, shown};
use crate::model::Date;
use crate::preview::Preview;

/// Show a pack in the browser while you write it, and update it whenever a file is saved
///
/// The page shows how each item stands, the findings, and the pack for the public or for members,
/// as a web page or PDF, in standard, large or giant print. Click a finding to see its place, or a
/// paragraph to see its file and line. It includes papers that are not public, so it is served to
/// this computer only, at an address that nobody can guess. Press Ctrl+C to stop.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The pack: its folder or its pack.toml
    #[arg(value_name = "PACK")]
    pack: Option<PathBuf>,

    /// Open it in the browser
    #[arg(long)]
    open: bool,

    /// The port; any free one by default
    #[arg(
        long,
        value_name = "PORT",
        default_value_t = 0,
        hide_default_value = true
    )]
    port: u16,

    /// How long to wait between two looks for changes, in milliseconds; by default 50, and longer
    /// where the disk is slow
    #[arg(long, value_name = "MS", value_parser = clap::value_parser!(u64).range(20..=60_000))]
    poll: Option<u64>,

    /// The date to count down from; today by default
    #[arg(long, value_name = "DATE", value_parser = super::day::parse)]
    on: Option<Date>,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let (root, folder) = shown::pack(args.pack.as_deref(), "name the one to look at")?;
    let on = args.on;
    let day = Box::new(move || on.unwrap_or_else(day::today));
    let preview = Preview::new(root, folder, day, args.port).with_context(|| {
        let port = args.port;
        format!(
            "port {port} cannot be used: give another, or leave out --port for any that is free"
        )
    })?;
    let address = preview.address();
    screen.print(&format!("{address}\n"))?;
    screen.say("Open this address in a browser on this computer. Press Ctrl+C to stop.");
    if args.open {
        desktop::open(OsStr::new(&address))?;
    }
    preview.serve(args.poll.map(Duration::from_millis));
    Ok(Outcome::Clean)
}
