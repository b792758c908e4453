//! The command line: what can be asked for, and what becomes of it as an exit code. Every
//! subcommand is a file; each has its arguments and one `run`.
//!
//! Exit codes: 0 clean, 1 findings at or over the bar, 2 could not run.

mod accessibility;
mod build;
mod check;
mod convert;
mod day;
mod deadline;
mod diff;
mod distribution;
mod fix;
mod follower;
mod gathered;
mod manual;
mod new;
mod new_minutes;
mod outcome;
mod password;
mod public;
mod record;
mod redact;
mod rule;
mod screen;
mod shown;
mod status;
mod verify;
mod written;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use outcome::Outcome;
pub use rule::reference as rule_reference;
pub use screen::{Colour, Screen};

/// Makes council meeting packs.
///
/// Write the agenda in a pack.toml file and the reports in Markdown, put other people's PDFs
/// beside them, and `pack build` makes one numbered, bookmarked, accessible PDF and one web page
/// of it all, in large print on request.
#[derive(Debug, Parser)]
#[command(
    name = "pack",
    version,
    arg_required_else_help = true,
    max_term_width = 100
)]
#[command(after_help = "Start with: pack new council my-council, then: pack build my-council")]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// When to use colours: auto, always or never. NO_COLOR=1 in the environment means never.
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    colour: Colour,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Publish(record::Args),
    Check(check::Args),
    Diff(diff::Args),
    Status(status::Args),
    Deadline(deadline::Args),
    Distribution(distribution::Args),
    Accessibility(accessibility::Args),
    Verify(verify::Args),
    Redact(redact::Args),
    New(new::Args),
    Convert(convert::Args),
    Rule(rule::RuleArgs),
    Rules(rule::RulesArgs),
    Man(manual::ManArgs),
    Completions(manual::CompletionsArgs),
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
    let result = match cli.command {
        Command::Build(args) => build::run(&args, &mut screen),
        Command::Distribution(args) => distribution::run(&args, &mut screen),
        Command::Accessibility(args) => accessibility::run(&args, &mut screen),
        Command::Verify(args) => verify::run(&args, &mut screen),
        Command::Redact(args) => redact::run(&args, &mut screen),
        Command::New(args) => new::run(&args, &mut screen),
        Command::Publish(args) => record::run(&args, &mut screen),
        Command::Convert(args) => convert::run(&args, &mut screen),
        Command::Check(args) => check::run(&args, &mut screen),
        Command::Diff(args) => diff::run(&args, &mut screen),
        Command::Status(args) => status::run(&args, &mut screen),
        Command::Deadline(args) => deadline::run(&args, &mut screen),
        Command::Rule(args) => rule::rule(&args, &mut screen),
        Command::Rules(args) => rule::rules(&args, &mut screen),
        Command::Man(args) => manual::man(&args, command(), &mut screen),
        Command::Completions(args) => manual::completions(&args, command(), &mut screen),
    };
    match result {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) if screen::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            screen.error(&error);
            ExitCode::from(2)
        }
    }
}

/// The whole command line as clap describes it: what the manual and completions are made from.
fn command() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}
