//! `pack new`: a commented starting point that builds as it is.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use jiff::civil::{Date, Weekday};

use super::{Outcome, Screen};
use crate::model::Tongue;

const COUNCIL: &str = include_str!("../../templates/new/council.toml");
const COMMITTEE: &str = include_str!("../../templates/new/committee.toml");
const PACK: &str = include_str!("../../templates/new/pack.toml");
const REPORT: &str = include_str!("../../templates/new/report.md");

/// Start a council's folder, a meeting's pack or a report, with comments that explain each line
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Make a folder for a council with a committee and a first meeting, ready to build
    Council {
        /// The folder to make.
        folder: PathBuf,
        /// The council's name.
        #[arg(long, default_value = "Anytown Council")]
        name: String,
    },
    /// Make the pack of a meeting of a committee: an agenda and a first report
    Meeting {
        /// The committee: the name of its file in committees/ without .toml.
        committee: String,
        /// The day of the meeting, such as 2026-12-14.
        date: Date,
        /// The council's folder, or a folder inside it.
        #[arg(long = "in", value_name = "DIR", default_value = ".")]
        inside: PathBuf,
    },
    /// Make a cover report with the headings that the council asks for
    Report {
        /// The file to make, such as packs/2026-12-14-scrutiny/04-parks/report.md.
        file: PathBuf,
    },
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    match &args.what {
        What::Council { folder, name } => council(folder, name, screen),
        What::Meeting {
            committee,
            date,
            inside,
        } => meeting(committee, *date, inside, screen),
        What::Report { file } => report(file, screen),
    }?;
    Ok(Outcome::Clean)
}

fn council(folder: &Path, name: &str, screen: &mut Screen) -> anyhow::Result<()> {
    if folder.join("council.toml").exists() {
        bail!(
            "{} has a council.toml already: choose another folder",
            folder.display()
        );
    }
    create(
        &folder.join("council.toml"),
        &COUNCIL.replace("{name}", &quoted(name)),
    )?;
    create(&folder.join("committees/scrutiny.toml"), COMMITTEE)?;
    create(
        &folder.join(".gitignore"),
        "# What pack makes is made again when it is needed.\nout/\nout-members/\n",
    )?;
    let pack = start_meeting(folder, "scrutiny", a_month_from_now())?;
    screen.say(&format!(
        "Made {}, with a committee and a first meeting. Next: pack build {}",
        folder.display(),
        pack.display()
    ));
    Ok(())
}

fn meeting(committee: &str, date: Date, inside: &Path, screen: &mut Screen) -> anyhow::Result<()> {
    let root = workspace(inside)?;
    let known = committees(&root)?;
    if !known.iter().any(|id| id == committee) {
        bail!(
            "there is no committees/{committee}.toml in {}: the committees there are {}",
            root.display(),
            known.join(", ")
        );
    }
    let pack = start_meeting(&root, committee, date)?;
    screen.say(&format!(
        "Made {}. Next: pack build {}",
        pack.display(),
        pack.display()
    ));
    Ok(())
}

fn report(file: &Path, screen: &mut Screen) -> anyhow::Result<()> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let root = workspace(folder.unwrap_or(Path::new(".")))?;
    create(file, &report_text(&root)?)?;
    screen.say(&format!(
        "Made {}. Put it on the agenda in pack.toml:\n\n[[item]]\ntitle = \"…\"\nkind = \"report\"\nsource = {}",
        file.display(),
        quoted(&from_its_pack(file))
    ));
    Ok(())
}

/// A file's path as the `pack.toml` above it writes it; its bare name where there is none.
fn from_its_pack(file: &Path) -> String {
    let pack = file
        .ancestors()
        .skip(1)
        .find(|folder| folder.join("pack.toml").is_file());
    let path = match (pack, file.file_name()) {
        (Some(folder), _) => file.strip_prefix(folder).unwrap_or(file),
        (None, Some(name)) => Path::new(name),
        (None, None) => file,
    };
    let names: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    names.join("/")
}

fn start_meeting(root: &Path, committee: &str, date: Date) -> anyhow::Result<PathBuf> {
    let pack = root.join("packs").join(format!("{date}-{committee}"));
    let agenda = PACK
        .replace("{committee}", &quoted(committee))
        .replace("{date}", &date.to_string())
        .replace(
            "{weekday}",
            &quoted(Tongue::English.weekday(date.weekday())),
        );
    create(&pack.join("pack.toml"), &agenda)?;
    create(&pack.join("03-report/report.md"), &report_text(root)?)?;
    Ok(pack)
}

/// A cover report as the council of the workspace wants it.
fn report_text(root: &Path) -> anyhow::Result<String> {
    let layout = layout(root)?;
    let mut header = String::new();
    for field in &layout.header {
        let line = match field.key.as_str() {
            "contact" => {
                r#"contact = [{ name = "An Officer", post = "Service Manager", phone = "01632 960001", email = "officer@anytown.example" }]"#.to_owned()
            }
            "subject" => r#"subject = "A report""#.to_owned(),
            key => format!("{key} = {}", quoted(&format!("{} …", field.label))),
        };
        writeln!(header, "{line}")?;
    }
    let mut sections = String::new();
    for (index, section) in layout.sections.iter().enumerate() {
        if index > 0 {
            sections.push('\n');
        }
        let number = match layout.paragraph_numbers {
            crate::model::ParagraphNumbers::Written => {
                (format!("{} ", index + 1), format!("{}.1 ", index + 1))
            }
            _ => (String::new(), String::new()),
        };
        writeln!(
            sections,
            "# {}{}\n\n{}Write here.",
            number.0, section.heading, number.1
        )?;
    }
    if sections.is_empty() {
        sections.push_str("# Purpose of the report\n\nWrite here.\n");
    }
    Ok(REPORT
        .replace("{header}", &header)
        .replace("{sections}\n", &sections))
}

fn workspace(inside: &Path) -> anyhow::Result<PathBuf> {
    // A report may go into a folder that is not there yet: the nearest one that is decides.
    let there = inside
        .ancestors()
        .find(|folder| folder.is_dir())
        .unwrap_or(Path::new("."));
    Ok(crate::load::find(there)?.folder().to_owned())
}

/// The names of the committees of a workspace.
fn committees(root: &Path) -> anyhow::Result<Vec<String>> {
    let folder = root.join("committees");
    let entries = std::fs::read_dir(&folder)
        .with_context(|| format!("could not read {}", folder.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "toml")
            && let Some(name) = path.file_stem()
        {
            names.push(name.to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// How the council of a workspace wants its reports.
fn layout(root: &Path) -> anyhow::Result<crate::model::ReportLayout> {
    let file = root.join("council.toml");
    crate::load::report_layout(&crate::load::find(root)?)
        .with_context(|| format!("{} has errors: pack check shows them", file.display()))
}

/// Writes a file that is not there yet, and the folders that it is in.
fn create(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("could not make {}", folder.display()))?;
    }
    let mut options = std::fs::OpenOptions::new();
    let written = options
        .write(true)
        .create_new(true)
        .open(path)
        .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()));
    match written {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            bail!(
                "{} is already there: nothing was changed in it",
                path.display()
            )
        }
        other => other.with_context(|| format!("could not write {}", path.display())),
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A Monday at least four weeks ahead.
fn a_month_from_now() -> Date {
    let days = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs() / 86_400);
    let days = i64::try_from(days).unwrap_or(0) + 28;
    let date = Date::constant(1970, 1, 1)
        .checked_add(jiff::Span::new().days(days))
        .unwrap_or(Date::constant(2030, 1, 7));
    date.nth_weekday(1, Weekday::Monday).unwrap_or(date)
}
