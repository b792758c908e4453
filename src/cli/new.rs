//! `pack new`: a starting point with comments that explain each line.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use jiff::civil::{Date, Weekday};

use super::beginning::{self, Beginning};
use super::fresh::{Fresh, create, fresh, look};
use super::schema;
use super::shown;
use super::written::quoted;
use super::{Outcome, Screen, day, new_minutes, new_report, next_meeting};
use crate::load::{self, PdfContent, WorkspaceRoot};
use crate::model::law::Law;
use crate::model::{Calendar, Council, Meeting, Tongue};
use crate::pipeline::{Reading, Session};
use crate::starter::{self, COMMITTEE, COUNCIL, PACK, SUBJECT};

/// The report of a meeting that was just started, from its folder.
const FIRST_REPORT: &str = "03-report/report.md";

/// What stands in the agenda that a council's folder comes with, below its first line.
const TO_TRY: &str = "# A meeting to try things with. While nothing in its folder is changed, `pack new meeting` puts yours in its place.";

/// What version control leaves alone.
const IGNORED: &str = "# What pack makes is made again when it is needed.\nout/\nout-members/";

/// Start a council's folder, a meeting's pack, minutes or a report, with comments that explain each
/// line
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Make a council's folder with a committee and a first meeting to try things with
    Council {
        /// The folder to make.
        folder: PathBuf,
        /// The council's name.
        #[arg(long, default_value = "Anytown Council")]
        name: String,
    },
    /// Make a meeting's pack: an agenda and a first report
    Meeting {
        /// The committee: its file name in committees/, without .toml.
        committee: String,
        /// The day of the meeting, such as 2026-12-14 or 14/12/2026.
        #[arg(value_parser = super::day::parse)]
        date: Date,
        /// The council's folder, or a folder inside it.
        #[arg(long = "in", value_name = "DIR", default_value = ".")]
        inside: PathBuf,
        /// The last meeting's pack: standing items, its minutes and deferred items go on the new
        /// agenda.
        #[arg(long, value_name = "PACK", conflicts_with = "inside")]
        after: Option<PathBuf>,
    },
    /// Draft the minutes of a meeting from its agenda: attendance, a numbered minute for each item,
    /// and the recommendations as resolutions
    Minutes {
        /// The meeting's pack.
        pack: PathBuf,
        /// The file to make, such as packs/2027-01-18-scrutiny/03-minutes.md; minutes.md in the
        /// meeting's own folder by default.
        file: Option<PathBuf>,
    },
    /// Make a cover report with the headings the council requires
    Report {
        /// The file to make, such as packs/2026-12-14-scrutiny/04-parks/report.md.
        file: PathBuf,
        /// Add the report to the meeting's agenda as an item with this title.
        #[arg(long, value_name = "TITLE")]
        item: Option<String>,
        /// Make a Word template (.docx) instead, for officers who write in Word, with fields for
        /// the details, hints under the headings, styles and lists.
        #[arg(long, conflicts_with = "item")]
        word: bool,
    },
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    match &args.what {
        What::Council { folder, name } => council(folder, &Beginning::of(name), screen),
        What::Meeting {
            committee,
            date,
            inside,
            after: None,
        } => meeting(committee, *date, inside, screen),
        What::Meeting {
            committee,
            date,
            after: Some(last),
            ..
        } => meeting_after(committee, *date, last, screen),
        What::Report {
            file, word: true, ..
        } => word_template(file, screen),
        What::Report { file, item, .. } => report(file, item.as_deref(), screen),
        What::Minutes { pack, file } => minutes(pack, file.as_deref(), screen),
    }?;
    Ok(Outcome::Clean)
}

/// Makes a council's folder with its first body and a first meeting.
pub(super) fn council(
    folder: &Path,
    beginning: &Beginning,
    screen: &mut Screen,
) -> anyhow::Result<()> {
    if folder.join("council.toml").exists() {
        bail!(
            "{} already has a council.toml: choose another folder",
            folder.display()
        );
    }
    let body = beginning.body_id();
    let calendar = Calendar::new(beginning.jurisdiction, beginning.tier, Vec::new());
    let date = a_month_from_now(&calendar);
    let mut files = vec![
        fresh(
            folder.join("council.toml"),
            beginning.council(&starter::plain(COUNCIL)),
        ),
        fresh(
            folder.join(format!("committees/{body}.toml")),
            beginning.committee(&starter::plain(COMMITTEE)),
        ),
    ];
    let ignore = folder.join(".gitignore");
    let ignored = ignore.exists();
    if !ignored {
        files.push(fresh(ignore, format!("{IGNORED}\n")));
    }
    // The meeting depends on the council's file, so that is written first.
    let of_meeting = meeting_folder(folder, &body, date);
    let of_meeting = ["pack.toml", FIRST_REPORT].map(|name| of_meeting.join(name));
    look(of_meeting.iter().map(PathBuf::as_path))?;
    create(&files)?;
    let pack = meeting_folder(folder, &body, date);
    let [(agenda, text), report] = first_files(folder, &body, date)?;
    create(&[(agenda, to_try(&text)), report])?;
    schema::put(folder)?;
    if ignored {
        screen.say(&format!(
            "{} was already there and has not been changed. Add these lines if it does not have them:\n{IGNORED}",
            folder.join(".gitignore").display()
        ));
    }
    screen.say(&format!(
        "Made {}, with committees/{body}.toml and a first meeting. Write the report in {}; then: pack build {}",
        folder.display(),
        pack.join(FIRST_REPORT).display(),
        pack.display()
    ));
    Ok(())
}

fn meeting(committee: &str, date: Date, inside: &Path, screen: &mut Screen) -> anyhow::Result<()> {
    let root = workspace(inside)?;
    let known = committees(&root)?;
    if !known.iter().any(|id| id == committee) {
        bail!(
            "there is no committees/{committee}.toml in {}, only {}",
            root.display(),
            known.join(", ")
        );
    }
    let pack = meeting_folder(&root, committee, date);
    let files = first_files(&root, committee, date)?;
    let tried = only_tried(&root);
    let is_here = |folder: &PathBuf| *folder == pack;
    if tried.as_ref().is_none_or(|folder| !is_here(folder)) {
        look(files.iter().map(|(path, _)| path.as_path()))?;
    }
    if let Some(folder) = &tried {
        std::fs::remove_dir_all(folder)
            .with_context(|| format!("could not remove {}", folder.display()))?;
    }
    create(&files)?;
    let gone = tried.filter(|folder| !is_here(folder)).map(|folder| {
        format!(
            " It takes the place of {}, in which nothing had been changed.",
            near(&root, &folder)
        )
    });
    screen.say(&format!(
        "Made {}.{} Write the report in {}; then: pack build {}",
        near(&root, &pack),
        gone.unwrap_or_default(),
        near(&root, &pack.join(FIRST_REPORT)),
        near(&root, &pack)
    ));
    Ok(())
}

/// A file or folder of a workspace as it is called in the current folder.
fn near(root: &Path, path: &Path) -> String {
    match path.strip_prefix(root) {
        Ok(inside) => shown::from_here(root, &inside.to_string_lossy()),
        Err(_) => path.display().to_string(),
    }
}

/// An agenda with the line that says that it is there to try things with. An editor looks for its schema on
/// the first line.
fn to_try(agenda: &[u8]) -> Vec<u8> {
    let agenda = String::from_utf8_lossy(agenda);
    let (first, rest) = agenda.split_once('\n').unwrap_or((&agenda, ""));
    format!("{first}\n{TO_TRY}\n{rest}").into_bytes()
}

/// The folder of the meeting that a council's folder came with, if nothing in it was changed or added.
fn only_tried(root: &Path) -> Option<PathBuf> {
    let folders = std::fs::read_dir(root.join("packs")).ok()?.flatten();
    folders.map(|entry| entry.path()).find(|folder| {
        let is_so = || {
            let name = folder.file_name()?.to_str()?;
            let (date, committee) = (name.get(..10)?, name.get(11..)?);
            let [(agenda, text), report] = first_files(root, committee, date.parse().ok()?).ok()?;
            let is_same = |(path, text): &Fresh| std::fs::read(path).is_ok_and(|now| now == *text);
            let others = |folder: &Path| Some(std::fs::read_dir(folder).ok()?.count() - 1);
            let alone = others(folder)? == 1 && others(report.0.parent()?)? == 0;
            (alone && is_same(&(agenda, to_try(&text))) && is_same(&report)).then_some(())
        };
        is_so().is_some()
    })
}

/// Refuses a name that another program would take for a file of its own.
fn is_markdown(file: &Path) -> anyhow::Result<()> {
    let ending = file.extension().unwrap_or_default().to_string_lossy();
    if !matches!(ending.to_lowercase().as_str(), "md" | "markdown") {
        bail!(
            "{} would be a Markdown file: give it a name that ends in .md, such as {}",
            file.display(),
            file.with_extension("md").display()
        );
    }
    Ok(())
}

fn report(file: &Path, title: Option<&str>, screen: &mut Screen) -> anyhow::Result<()> {
    if file.extension().is_some_and(|ending| ending == "docx") {
        bail!("for a Word template add --word; a report in Markdown has a name that ends in .md");
    }
    is_markdown(file)?;
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let root = workspace(folder.unwrap_or(Path::new(".")))?;
    let mut text = new_report::text(&settings(&crate::load::find(&root)?)?);
    let Some(title) = title else {
        create(&[fresh(file, text)])?;
        screen.say(&format!(
            "Made {}. No pack includes it until an item names it. Add it to the agenda in pack.toml (`--item TITLE` does this for you):\n{}",
            file.display(),
            item("…", file)
        ));
        return Ok(());
    };
    let agenda = pack_above(file)
        .with_context(|| format!("no folder above {} has a pack.toml", file.display()))?
        .join("pack.toml");
    text = text.replace(
        &starter::plain(SUBJECT),
        &format!("subject = {}", quoted(title)),
    );
    // Before the report is made, in case the agenda cannot be added to.
    let mut options = std::fs::OpenOptions::new();
    let mut open = options
        .append(true)
        .open(&agenda)
        .with_context(|| format!("could not write {}", agenda.display()))?;
    create(&[fresh(file, text)])?;
    std::io::Write::write_all(&mut open, item(title, file).as_bytes())
        .with_context(|| format!("could not write {}", agenda.display()))?;
    screen.say(&format!(
        "Made {}, and added it to the end of {}. Move the item to its place there.",
        file.display(),
        agenda.display()
    ));
    Ok(())
}

fn word_template(file: &Path, screen: &mut Screen) -> anyhow::Result<()> {
    if file.extension().is_none_or(|ending| ending != "docx") {
        bail!("give the template a name that ends in .docx");
    }
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let root = workspace(folder.unwrap_or(Path::new(".")))?;
    let council = settings(&crate::load::find(&root)?)?;
    create(&[fresh(file, crate::load::word_template(&council))])?;
    screen.say(&format!(
        "Made {}. Give it to the officers who write reports. When one sends a report in, name it in an item with source = \"….docx\".",
        file.display()
    ));
    Ok(())
}

/// The lines that put a report on the agenda of its pack.
fn item(title: &str, file: &Path) -> String {
    format!(
        "\n[[item]]\ntitle = {}\nkind = \"report\"\nsource = {}\n",
        quoted(title),
        quoted(&from_its_pack(file))
    )
}

/// The folder above a file that has a `pack.toml`.
fn pack_above(file: &Path) -> Option<&Path> {
    file.ancestors()
        .skip(1)
        .find(|folder| folder.join("pack.toml").is_file())
}

/// One meeting, and the folder of its pack.
fn one_meeting(pack: &Path) -> anyhow::Result<(Session, PathBuf)> {
    let (root, folder) = shown::pack(Some(pack), "name the meeting")?;
    let read = Session::read(&root, &folder, &Reading::of(PdfContent::CHECKED));
    Ok((read, root.folder().join(&folder.0)))
}

fn agenda_of(read: &Session) -> anyhow::Result<&Meeting> {
    let meeting = read.loaded.meeting.as_ref();
    meeting.context("the agenda could not be read: `pack check` says why")
}

fn meeting_after(
    committee: &str,
    date: Date,
    last: &Path,
    screen: &mut Screen,
) -> anyhow::Result<()> {
    let (read, folder) = one_meeting(last)?;
    let meeting = agenda_of(&read)?;
    if date <= *meeting.sitting.date {
        bail!(
            "{date} is not after the last meeting, on {}",
            *meeting.sitting.date
        );
    }
    let files = &read.loaded.files;
    let pack = meeting_folder(read.root.folder(), committee, date);
    let drafted = new_minutes::minutes(meeting, files);
    let exempt = drafted.exempt.as_ref();
    let agenda = next_meeting::agenda(meeting, committee, date, files, exempt);
    let mut files = vec![fresh(pack.join("pack.toml"), agenda.clone())];
    if agenda.contains(next_meeting::MINUTES) {
        let minutes = pack.join(next_meeting::MINUTES);
        // The minutes that have been written, or else a draft from the agenda.
        let own = folder.join(load::OWN_MINUTES);
        let written = |file: &Path| {
            meeting.minutes.as_ref()?;
            std::fs::read_to_string(file).ok()
        };
        let beside = new_minutes::exempt_beside(&minutes);
        files.push(fresh(minutes, written(&own).unwrap_or(drafted.open)));
        if let Some(exempt) = drafted.exempt {
            let text = written(&new_minutes::exempt_beside(&own)).unwrap_or(exempt.text);
            files.push(fresh(beside, text));
        }
    }
    create(&files)?;
    screen.say(&format!(
        "Made {} from the last agenda. Check it, and put the minutes of the last meeting beside it",
        near(read.root.folder(), &pack.join("pack.toml"))
    ));
    Ok(())
}

fn minutes(pack: &Path, file: Option<&Path>, screen: &mut Screen) -> anyhow::Result<()> {
    let (read, folder) = one_meeting(pack)?;
    let meeting = agenda_of(&read)?;
    let usual = folder.join(load::OWN_MINUTES);
    let file = file.unwrap_or(&usual);
    is_markdown(file)?;
    let minutes = new_minutes::minutes(meeting, &read.loaded.files);
    let mut files = vec![fresh(file, minutes.open)];
    if let Some(exempt) = &minutes.exempt {
        files.push(fresh(new_minutes::exempt_beside(file), exempt.text.clone()));
    }
    create(&files)?;
    screen.say(&format!(
        "Made {}. Correct who was there and what was decided. Then name it in the next agenda:\n\n[[item]]\ntitle = \"Minutes of the previous meeting\"\nkind = \"minutes\"\nsource = {}",
        near(read.root.folder(), file),
        quoted(&from_its_pack(file))
    ));
    if let Some(exempt) = minutes.exempt {
        let file = new_minutes::exempt_beside(file);
        screen.say(&format!(
            "\nMade {}, with what was decided without the public. In the other file, write a summary of it that everybody may read. In the next agenda:\n\n[[item]]\ntitle = \"Exempt minutes of the previous meeting\"\nkind = \"minutes\"\nsource = {}\n{}",
            near(read.root.folder(), &file),
            quoted(&from_its_pack(&file)),
            exempt.keys.trim_end()
        ));
    }
    Ok(())
}

/// A file's path as the `pack.toml` above it writes it; its bare name where there is none.
fn from_its_pack(file: &Path) -> String {
    let path = match (pack_above(file), file.file_name()) {
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

/// The folder of a body's meeting on a day.
fn meeting_folder(root: &Path, committee: &str, date: Date) -> PathBuf {
    root.join("packs").join(format!("{date}-{committee}"))
}

/// The agenda and the report that a meeting begins with.
fn first_files(root: &Path, committee: &str, date: Date) -> anyhow::Result<[Fresh; 2]> {
    let pack = meeting_folder(root, committee, date);
    let found = crate::load::find(root)?;
    let council = settings(&found)?;
    let body = crate::load::body_of(&found, committee).with_context(|| {
        format!("committees/{committee}.toml has errors: pack check shows them")
    })?;
    let law = Law::of(council.jurisdiction, council.tier, body.kind);
    let around = Around::of(date, law, &Calendar::of(&council))?;
    let [interest, other_interest] = beginning::interests(council.jurisdiction);
    let agenda = starter::plain(PACK)
        .replace("{committee}", &quoted(committee))
        .replace("{interest}", &quoted(interest))
        .replace("{other-interest}", &quoted(other_interest))
        .replace("{date}", &date.to_string())
        .replace("{previous}", &around.previous.to_string())
        .replace("{published}", &around.published.to_string())
        .replace("{due}", &around.due.to_string())
        .replace(
            "{weekday}",
            &quoted(Tongue::English.weekday(date.weekday())),
        );
    Ok([
        fresh(pack.join("pack.toml"), agenda),
        fresh(pack.join(FIRST_REPORT), new_report::text(&council)),
    ])
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

/// The council of a workspace.
fn settings(root: &WorkspaceRoot) -> anyhow::Result<Council> {
    let file = root.folder().join("council.toml");
    crate::load::council_of(root)
        .with_context(|| format!("{} has errors: pack check shows them", file.display()))
}

/// Days around a meeting that keep to the law, for the commented-out lines that a clerk may use.
struct Around {
    /// The meeting before.
    previous: Date,
    /// The last day of publication.
    published: Date,
    /// The day on which a late paper is due.
    due: Date,
}

impl Around {
    fn of(meeting: Date, law: Law, calendar: &Calendar) -> anyhow::Result<Self> {
        // The last working day that is at least so many days before.
        let before = |days: i32| {
            let mut day = meeting.checked_sub(jiff::Span::new().days(days))?;
            while !calendar.counts(day) {
                day = day.yesterday()?;
            }
            Ok::<Date, jiff::Error>(day)
        };
        Ok(Self {
            previous: before(35)?,
            published: match law.notice() {
                Some(notice) => calendar.deadline(meeting, notice).publish_by,
                None => before(7)?,
            },
            due: before(5)?,
        })
    }
}

/// A Monday at least four weeks ahead, or the next working day where that is a bank holiday.
fn a_month_from_now(calendar: &Calendar) -> Date {
    let date = day::today()
        .checked_add(jiff::Span::new().days(28))
        .unwrap_or(Date::constant(2030, 1, 7));
    first_meeting_after(date, calendar)
}

fn first_meeting_after(date: Date, calendar: &Calendar) -> Date {
    let monday = date.nth_weekday(1, Weekday::Monday).unwrap_or(date);
    calendar.next_working_day(monday).unwrap_or(monday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BodyKind, Jurisdiction, Tier};

    #[test]
    fn no_first_meeting_is_on_a_bank_holiday_and_no_day_before_it_is_unlawful() {
        for (_, jurisdiction) in Jurisdiction::WORDS {
            for (_, tier) in Tier::WORDS {
                let calendar = Calendar::new(jurisdiction, tier, Vec::new());
                let law = Law::of(jurisdiction, tier, BodyKind::Committee);
                let mut date = Date::constant(2026, 1, 1);
                while date < Date::constant(2029, 1, 1) {
                    let meeting = first_meeting_after(date, &calendar);
                    assert!(calendar.counts(meeting), "{date}: {meeting}");
                    let around = Around::of(meeting, law, &calendar).expect("days around it");
                    assert!(around.previous < around.published);
                    assert!(around.published < meeting && around.due < meeting);
                    assert!(calendar.counts(around.due), "{meeting}");
                    date = date.tomorrow().expect("a day");
                }
            }
        }
        // The Monday four weeks after 28 November 2026 is a bank holiday.
        let england = Calendar::new(Jurisdiction::England, Tier::Principal, Vec::new());
        assert_eq!(
            first_meeting_after(Date::constant(2026, 12, 26), &england),
            Date::constant(2026, 12, 29)
        );
    }
}
