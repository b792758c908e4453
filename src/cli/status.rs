//! `pack status`: each meeting, its deadline, and what is there of each item.

use std::path::PathBuf;

use super::gathered::{Gathered, Pack};
use super::public::Log;
use super::{Outcome, Screen, day, outputs, shown};
use crate::check::short_date;
use crate::check::status::{ItemState, Status, status};
use crate::edition::Hidden;
use crate::load::PdfContent;
use crate::model::{Audience, Date, Record};
use crate::pipeline::manifest::Set;
use crate::pipeline::{Reading, usual_folder};

/// Show each pack's deadline, which papers are in, and what to do next
///
/// The exit code is 1 if a deadline has passed or a paper is missing.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Args {
    /// A workspace, or some of its packs
    #[arg(value_name = "WORKSPACE")]
    packs: Vec<PathBuf>,

    /// The date to count from, such as 2026-03-08; today by default
    #[arg(long, value_name = "DATE", value_parser = super::day::parse)]
    on: Option<Date>,

    #[command(flatten)]
    log: Log,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let on = args.on.unwrap_or_else(day::today);
    let how = Reading {
        on: Some(on),
        public: args.log.is_public(),
        ..Reading::of(PdfContent::CHECKED)
    };
    let gathered = Gathered::read(&args.packs, &how)?;
    let mut outcome = Outcome::Clean;
    let mut text = String::new();
    for pack in &gathered.packs {
        let Some(meeting) = &pack.meeting else {
            text.push_str("A pack cannot be read: `pack check` says why.\n\n");
            outcome = Outcome::Findings;
            continue;
        };
        let status = status(meeting, &pack.findings, Some(on));
        let past = status.date < on;
        let missing = status
            .items
            .iter()
            .any(|item| matches!(item.state, ItemState::Missing(_)));
        if !past && (missing || status.days_left.is_some_and(|days| days < 0)) {
            outcome = Outcome::Findings;
        }
        let hidden = how.public.then(|| Hidden::of(meeting, Audience::Public));
        text.push_str(&table(&status, on, hidden.as_ref()));
        if let Some(record) = &meeting.record {
            text.push_str(&published(record, pack, hidden.as_ref()));
        }
        let sets = sets(pack, &status.id);
        text.push_str(&built(&sets, hidden.as_ref()));
        let undated = meeting.sitting.published.is_none().then_some(on);
        if !past && meeting.record.is_none() {
            let next = next(
                &status,
                &shown::from_here(&pack.root, &pack.folder),
                &sets,
                undated,
            );
            text.push_str(&format!("  next: {next}\n"));
        }
        text.push('\n');
    }
    screen.print(&text)?;
    Ok(outcome)
}

/// When a pack was published, and which of its papers have changed since.
fn published(record: &Record, pack: &Pack, hidden: Option<&Hidden>) -> String {
    let mut text = format!(
        "  published: {}, pages 1 to {}\n",
        short_date(record.whole.published),
        record.last_taken()
    );
    let issued = record.issues().flat_map(|issued| &issued.documents);
    for document in issued.filter(|document| record.latest(&document.key) == Some(*document)) {
        let Some((source, hash)) = &document.source else {
            continue;
        };
        let state = match pack.hashes.get(&source.0) {
            Some(now) if now == hash => continue,
            Some(_) => "has changed",
            None => "is no longer in the pack",
        };
        let is_hidden =
            |hidden: &Hidden| hidden.is_hidden(&source.0) || hidden.mentions(&document.title);
        let (source, title) = if hidden.is_some_and(is_hidden) {
            ("a paper", "not public")
        } else {
            (source.0.as_str(), document.title.as_str())
        };
        text.push_str(&format!(
            "  since then {source} {state} ({title}, {})\n",
            document.pages
        ));
    }
    text
}

/// What was built for some readers, with the sources that have changed since.
struct BuiltSet {
    audience: Audience,
    set: Set,
    changed: Vec<String>,
}

/// What was built of a pack into its usual folders.
fn sets(pack: &Pack, name: &str) -> Vec<BuiltSet> {
    let mut built = Vec::new();
    for audience in [Audience::Public, Audience::Members] {
        let folder = usual_folder(&pack.root, name, audience);
        let manifest = outputs::manifest(&folder);
        for set in manifest.into_iter().flat_map(|manifest| manifest.sets) {
            let changed = set.changed(&|path| pack.hashes.get(path).cloned());
            let changed = changed.into_iter().map(str::to_owned).collect();
            built.push(BuiltSet {
                audience,
                set,
                changed,
            });
        }
    }
    built
}

fn built(sets: &[BuiltSet], hidden: Option<&Hidden>) -> String {
    let called = |path: &str| match hidden {
        Some(hidden) if hidden.is_hidden(path) => "a paper that is not public".to_owned(),
        _ => path.to_owned(),
    };
    let mut text = String::new();
    for BuiltSet {
        audience,
        set,
        changed,
    } in sets
    {
        let state = match changed.as_slice() {
            [] => "up to date".to_owned(),
            [one] => format!("older than {}: build it again", called(one)),
            [first, others @ ..] => format!(
                "older than {} and {} more: build it again",
                called(first),
                others.len()
            ),
        };
        let draft = if set.draft { ", a draft" } else { "" };
        let (audience, print, form) = (audience.as_str(), &set.print, &set.form);
        let holds = match (&set.holds, set.items.as_slice()) {
            (None, _) => String::new(),
            (Some(holds), []) => format!(", {holds} only"),
            (Some(_), items) => format!(", items {}", items.join(", ")),
        };
        text.push_str(&format!(
            "  built: {audience} {print} {form}{holds}{draft}, {state}\n"
        ));
    }
    text
}

/// What to do next until a pack is published, with the day of publication where its sources do not
/// say it.
fn next(status: &Status, folder: &str, sets: &[BuiltSet], undated: Option<Date>) -> String {
    let [errors, ..] = status.findings;
    if errors > 0 {
        return format!("pack check {folder} shows what to fix");
    }
    let is_current = |set: &BuiltSet| set.changed.is_empty() && !set.set.draft;
    if sets.is_empty() || !sets.iter().all(is_current) {
        return format!("pack build {folder}");
    }
    let on = undated.map_or_else(String::new, |day| format!(" --on {day}"));
    format!("put it on the website, then record that: pack publish {folder}{on}")
}

fn table(status: &Status, on: Date, hidden: Option<&Hidden>) -> String {
    let past = status.date < on;
    let days = match status.days_left {
        _ if past => "the meeting is over".to_owned(),
        None => String::new(),
        Some(0) => "today is the last day".to_owned(),
        Some(1) => "1 working day left".to_owned(),
        Some(days) if days > 0 => format!("{days} working days left"),
        Some(_) => "the deadline has passed".to_owned(),
    };
    let counts: Vec<String> = ["error", "warning", "note"]
        .into_iter()
        .zip(status.findings)
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        .collect();
    let found = if counts.is_empty() {
        "no findings".to_owned()
    } else {
        counts.join(", ")
    };
    let publish = match status.publish_by {
        Some(day) if days.is_empty() => format!("publish by {}", short_date(day)),
        Some(day) => format!("publish by {} ({days})", short_date(day)),
        None => "no statute says by when to publish".to_owned(),
    };
    let mut text = format!(
        "{}  {}\n  {}\n  {publish}\n  {found}\n",
        short_date(status.date),
        status.body,
        status.id,
    );
    let width = status
        .items
        .iter()
        .map(|item| item.number.chars().count())
        .max()
        .unwrap_or(1);
    for item in &status.items {
        let title = match hidden {
            Some(hidden) if hidden.mentions(&item.title) => "Not public",
            _ => &item.title,
        };
        let mut shown: String = title.chars().take(52).collect();
        if shown.chars().count() < title.chars().count() {
            shown.push('…');
        }
        let exempt = if item.withheld { ", exempt" } else { "" };
        let overdue = match item.state {
            ItemState::ToFollow(Some(due)) if due < on => ", overdue",
            _ => "",
        };
        text.push_str(&format!(
            "  {:>width$}  {shown:<54} {}{overdue}{exempt}\n",
            item.number,
            item.state.words()
        ));
    }
    text
}
