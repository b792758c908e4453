//! The command line: its subcommands and exit codes. Every subcommand is a file with its arguments
//! and one `run`.
//!
//! Exit codes: 0 clean, 1 findings at or over the bar, 2 could not run.

mod accessibility;
mod asked_for;
mod beginning;
mod binding;
mod build;
mod check;
mod convert;
mod day;
mod deadline;
mod decisions;
mod desktop;
mod diff;
mod distribution;
mod fix;
mod follower;
mod fresh;
mod gathered;
mod guide;
mod harmless;
mod init;
mod manual;
mod new;
mod new_minutes;
mod new_report;
mod next_meeting;
mod outcome;
mod outputs;
mod password;
mod preview;
mod progress;
mod public;
mod read_pdfs;
mod record;
mod redact;
mod rule;
mod schema;
mod screen;
mod shown;
mod site;
mod status;
mod verify;
mod written;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::output::Format;

pub use outcome::Outcome;
pub use rule::reference as rule_reference;
pub use screen::{Colour, Screen};

/// What `pack --version` says, where `-V` says the number alone. Builds of a release set
/// `PACK_COMMIT`.
fn long_version() -> String {
    let commit = option_env!("PACK_COMMIT").unwrap_or("not given, since this is not a release");
    format!(
        "{}\ncommit: {commit}\nlicence: MIT or Apache-2.0; its fonts: SIL Open Font License 1.1\n\
         based in part on the work of the Independent JPEG Group",
        env!("CARGO_PKG_VERSION")
    )
}

/// Makes council meeting packs.
///
/// Write the agenda in a pack.toml file and the reports in Markdown, put other people's PDFs
/// beside them, and `pack build` makes one numbered, bookmarked, accessible PDF and one web page
/// of it all, in large print on request.
#[derive(Debug, Parser)]
#[command(name = "pack", version, long_version = long_version(), max_term_width = 100)]
#[command(after_help = "Start with: pack init my-council, then: pack build my-council")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,

    /// When to use colours: auto, always or never. NO_COLOR=1 in the environment means never.
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    colour: Colour,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    Build(build::Args),
    Publish(record::Args),
    Check(check::Args),
    Diff(diff::Args),
    Decisions(decisions::Args),
    Status(status::Args),
    Deadline(deadline::Args),
    Preview(preview::Args),
    Site(site::Args),
    Distribution(distribution::Args),
    Accessibility(accessibility::Args),
    Verify(verify::Args),
    Redact(redact::Args),
    New(new::Args),
    Convert(convert::Args),
    Rule(rule::RuleArgs),
    Rules(rule::RulesArgs),
    Schema(schema::Args),
    Guide(guide::Args),
    Man(manual::ManArgs),
    Completions(manual::CompletionsArgs),
}

impl Command {
    /// Whether a program reads what it prints.
    fn wants_json(&self) -> bool {
        match self {
            Command::Build(args) => args.json,
            Command::Check(args) => args.format == Format::Json,
            _ => false,
        }
    }
}

/// Runs the program with its arguments, the first of which is its name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let wrong = error.use_stderr();
            // A closed pipe is the only way to fail here, and there is nobody left to tell.
            let _ = error.print();
            return ExitCode::from(if wrong { 2 } else { 0 });
        }
    };
    let mut screen = Screen::standard(cli.colour);
    let Some(asked) = cli.command else {
        return at_home(&mut screen);
    };
    let json = asked.wants_json();
    let result = match asked {
        Command::Build(args) => build::run(&args, &mut screen),
        Command::Distribution(args) => distribution::run(&args, &mut screen),
        Command::Accessibility(args) => accessibility::run(&args, &mut screen),
        Command::Verify(args) => verify::run(&args, &mut screen),
        Command::Redact(args) => redact::run(&args, &mut screen),
        Command::Init(args) => init::run(&args, &mut screen),
        Command::New(args) => new::run(&args, &mut screen),
        Command::Publish(args) => record::run(&args, &mut screen),
        Command::Convert(args) => convert::run(&args, &mut screen),
        Command::Preview(args) => preview::run(&args, &mut screen),
        Command::Site(args) => site::run(&args, &mut screen),
        Command::Check(args) => check::run(&args, &mut screen),
        Command::Diff(args) => diff::run(&args, &mut screen),
        Command::Decisions(args) => decisions::run(&args, &mut screen),
        Command::Status(args) => status::run(&args, &mut screen),
        Command::Deadline(args) => deadline::run(&args, &mut screen),
        Command::Rule(args) => rule::rule(&args, &mut screen),
        Command::Rules(args) => rule::rules(&args, &mut screen),
        Command::Guide(args) => guide::run(&args, command(), &mut screen),
        Command::Schema(args) => schema::run(&args, &mut screen),
        Command::Man(args) => manual::man(&args, command(), &mut screen),
        Command::Completions(args) => manual::completions(&args, command(), &mut screen),
    };
    ended(result, json, &mut screen)
}

/// What `pack` by itself does: it shows the status of the packs of the current workspace, or the help.
fn at_home(screen: &mut Screen) -> ExitCode {
    if shown::packs(&[]).is_ok() {
        return ended(status::run(&status::Args::default(), screen), false, screen);
    }
    // A closed pipe is the only way to fail here, and there is nobody left to tell.
    let _ = command().print_help();
    ExitCode::from(2)
}

/// The exit code of a command, and the reason where it could not run: as JSON too where its result
/// would have been JSON.
fn ended(result: anyhow::Result<Outcome>, json: bool, screen: &mut Screen) -> ExitCode {
    match result {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) if screen::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            screen.error(&error);
            if json {
                let because = screen::because(&error);
                let told = serde_json::json!({ "error": error.to_string(), "because": because });
                // Nobody reads the output now, but the exit code still says it.
                let _ = screen.print(&format!("{told:#}\n"));
            }
            ExitCode::from(2)
        }
    }
}

/// The whole command line as clap describes it: what the manual and completions are made from.
fn command() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}
