//! `pack preview`: a page in the browser that follows a pack while it is written.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;

use super::{Outcome, Screen, day, desktop, shown};
use crate::model::Date;
use crate::preview::Preview;

/// Shows a pack in the browser while it is written, and follows every file that is saved
///
/// The page shows each item's state, what was found, and the pack for the public or for members, as a
/// web page or as PDF, in standard, large and giant print. Click a finding to see its place, and a
/// paragraph to see its file and line. It holds papers that are not public: only this computer is
/// served, at an address that nobody can guess. Stop it with Ctrl+C.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The pack: its folder or its pack.toml
    #[arg(value_name = "PACK")]
    pack: Option<PathBuf>,

    /// Open it in the browser
    #[arg(long)]
    open: bool,

    /// The port; any that is free where this is left out
    #[arg(
        long,
        value_name = "PORT",
        default_value_t = 0,
        hide_default_value = true
    )]
    port: u16,

    /// How often to look for changes, in milliseconds; rarely is kinder to a slow network drive
    #[arg(long, value_name = "MS", default_value_t = 100, value_parser = clap::value_parser!(u64).range(20..=60_000))]
    poll: u64,

    /// What day it is, for the countdown; today where it is left out
    #[arg(long, value_name = "DATE", value_parser = super::day::parse)]
    on: Option<Date>,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let (root, folder) = shown::pack(args.pack.as_deref(), "name the one to look at")?;
    let on = args.on.unwrap_or_else(day::today);
    let preview = Preview::new(root, folder, on, args.port)
        .with_context(|| format!("nothing can be served at port {}", args.port))?;
    let address = preview.address();
    screen.print(&format!("{address}\n"))?;
    screen.say("Open this address in a browser of this computer; Ctrl+C stops it.");
    if args.open {
        desktop::open(OsStr::new(&address))?;
    }
    preview.serve(Some(Duration::from_millis(args.poll)));
    Ok(Outcome::Clean)
}
