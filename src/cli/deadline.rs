//! `pack deadline`: the last lawful day of publication, counted back day by day.

use std::path::PathBuf;

use super::gathered::Gathered;
use super::sources::Reading;
use super::{Outcome, Screen};
use crate::check::deadline::{clock, publication};
use crate::check::{long_date, short_date};
use crate::load::PdfContent;
use crate::model::calendar::{Counting, DayRole, Deadline};
use crate::model::{Date, Meeting};

/// Says by when a pack must be published, and shows the count
///
/// The days are counted back from the meeting, so that you can see which of them count and which
/// do not: weekends, bank holidays, and the days that council.toml names.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Packs: their folders, their pack.toml files, or a workspace for all of its packs
    #[arg(value_name = "PACK")]
    packs: Vec<PathBuf>,

    /// Asks whether publishing on this day, such as 2026-03-08, is in time
    #[arg(long, value_name = "DATE")]
    publish_on: Option<Date>,

    /// Prints the dates as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let how = Reading {
        publish_on: args.publish_on,
        ..Reading::of(PdfContent::FACTS)
    };
    let gathered = Gathered::read(&args.packs, &how)?;
    let mut outcome = Outcome::Clean;
    let mut entries = Vec::new();
    for pack in &gathered.packs {
        let Some(meeting) = &pack.meeting else {
            anyhow::bail!("a pack cannot be read: `pack check` says why");
        };
        let clock = clock(meeting);
        let publication = publication(meeting, args.publish_on);
        if publication.is_some_and(|day| day > clock.agenda.publish_by) {
            outcome = Outcome::Findings;
        }
        if args.json {
            entries.push(serde_json::json!({
                "pack": meeting.id,
                "meeting": meeting.sitting.date.value.to_string(),
                "publish-by": clock.agenda.publish_by.to_string(),
                "days": clock.agenda.notice.days,
                "law": clock.agenda.notice.law,
                "published": publication.map(|day| day.to_string()),
                "in-time": publication.map(|day| day <= clock.agenda.publish_by),
                "private-meeting-notice-by": clock.private_meeting.map(|d| d.publish_by.to_string()),
                "key-decision-notice-by": clock.key_decisions.map(|d| d.publish_by.to_string()),
            }));
        } else {
            let others = [
                ("notice of the private meeting", &clock.private_meeting),
                ("notice of the key decisions", &clock.key_decisions),
            ];
            let mut text = count(meeting, &clock.agenda, publication);
            for (what, deadline) in others {
                if let Some(deadline) = deadline {
                    text.push_str(&format!(
                        "\nFirst {what}: by {} ({} clear days; {})\n",
                        long_date(deadline.publish_by),
                        deadline.notice.days,
                        deadline.notice.law
                    ));
                }
            }
            text.push('\n');
            screen.print(&text)?;
        }
    }
    if args.json {
        screen.print(&format!("{}\n", serde_json::to_string_pretty(&entries)?))?;
    }
    Ok(outcome)
}

fn count(meeting: &Meeting, deadline: &Deadline, publication: Option<Date>) -> String {
    let kind = match deadline.notice.counting {
        Counting::Days => "days",
        Counting::ClearDays | Counting::ClearWorkingDays => "clear days",
    };
    let mut text = format!(
        "{}, {}\n{} {kind} of notice ({})\n\n",
        meeting.body.name,
        long_date(deadline.meeting),
        deadline.notice.days,
        deadline.notice.law
    );
    for day in &deadline.days {
        let words = match day.role {
            DayRole::Meeting => "the meeting; does not count".to_owned(),
            DayRole::Counts(number) => format!("{number}"),
            DayRole::Off(off) => format!("–   {off}"),
            DayRole::Publication => "publish by the end of this day".to_owned(),
        };
        text.push_str(&format!(
            "  {:<9} {:>17}   {words}\n",
            long_date(day.date).split(' ').next().unwrap_or(""),
            short_date(day.date)
        ));
    }
    text.push_str(&format!(
        "\nPublish by {}.\n",
        long_date(deadline.publish_by)
    ));
    if !deadline.known {
        text.push_str("Bank holidays of that year are not built in: check the calendar.\n");
    }
    if let Some(day) = publication {
        let verdict = if day <= deadline.publish_by {
            "in time"
        } else {
            "too late"
        };
        text.push_str(&format!("Published on {}: {verdict}.\n", long_date(day)));
    }
    text
}
