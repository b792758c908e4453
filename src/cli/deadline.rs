//! `pack deadline`: the last lawful day of publication, counted back day by day.

use std::path::PathBuf;

use super::gathered::Gathered;
use super::{Outcome, Screen};
use crate::check::deadline::{Timeliness, clock, publication, timeliness};
use crate::check::{long_date, short_date};
use crate::load::PdfContent;
use crate::model::calendar::{DayRole, Deadline};
use crate::model::{Date, Meeting};
use crate::pipeline::Reading;

/// Show the last day to publish a pack, and how it is counted
///
/// Days are counted back from the meeting. The count shows which days do not count: weekends, bank
/// holidays, and those that council.toml names.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The packs: folders or pack.toml files, or a workspace for all its packs
    #[arg(value_name = "PACK")]
    packs: Vec<PathBuf>,

    /// Check whether publishing on this day, such as 2026-03-08, would be in time
    #[arg(long, value_name = "DATE", value_parser = super::day::parse)]
    publish_on: Option<Date>,

    /// Print the dates as JSON
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
        let verdict =
            |deadline: &Deadline| publication.map(|day| (day, timeliness(meeting, deadline, day)));
        let agenda = clock
            .agenda
            .as_ref()
            .map(|agenda| (agenda, verdict(agenda)));
        let too_late = |timeliness| matches!(timeliness, Timeliness::Late | Timeliness::DayOff(_));
        if let Some((_, Some((_, timeliness)))) = agenda
            && too_late(timeliness)
        {
            outcome = Outcome::Findings;
        }
        let day = |deadline: &Deadline| deadline.publish_by.to_string();
        if args.json {
            let private = clock.private_meeting.as_ref();
            entries.push(serde_json::json!({
                "pack": meeting.id,
                "meeting": meeting.sitting.date.value.to_string(),
                "publish-by": clock.agenda.as_ref().map(day),
                "days": clock.agenda.as_ref().map(|agenda| agenda.notice.days),
                "law": clock.agenda.as_ref().map(|agenda| agenda.notice.law),
                "published": publication.map(|day| day.to_string()),
                "in-time": agenda.and_then(|(_, verdict)| verdict).map(|(_, timeliness)| !too_late(timeliness)),
                "summons-by": clock.summons.as_ref().map(day),
                "private-meeting-notice-by": private.map(|[first, _]| day(first)),
                "private-meeting-second-notice-by": private.map(|[_, second]| day(second)),
                "key-decision-notice-by": clock.key_decisions.as_ref().map(day),
            }));
            continue;
        }
        let mut text = match agenda {
            Some((agenda, verdict)) => count(meeting, agenda, verdict),
            None => format!(
                "{}, {}\nNo statute says by when the agenda is to be published; the council's own constitution does.\n",
                meeting.body.name,
                long_date(meeting.sitting.date.value)
            ),
        };
        let [first, second] = clock
            .private_meeting
            .map_or([None, None], |notices| notices.map(Some));
        for (what, deadline) in [
            ("Summons to members", clock.summons),
            ("First notice of the private meeting", first),
            ("Second notice of the private meeting", second),
            ("Notice of the key decisions", clock.key_decisions),
        ] {
            if let Some(deadline) = deadline {
                text.push_str(&format!(
                    "\n{what}: by {} ({} clear days; {})\n",
                    long_date(deadline.publish_by),
                    deadline.notice.days,
                    deadline.notice.law
                ));
            }
        }
        text.push('\n');
        screen.print(&text)?;
    }
    if args.json {
        screen.print(&format!("{}\n", serde_json::to_string_pretty(&entries)?))?;
    }
    Ok(outcome)
}

fn count(meeting: &Meeting, deadline: &Deadline, verdict: Option<(Date, Timeliness)>) -> String {
    let mut text = format!(
        "{}, {}\n{} clear days of notice ({})\n\n",
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
    if let Some((day, timeliness)) = verdict {
        let verdict = match timeliness {
            Timeliness::InTime => "in time".to_owned(),
            Timeliness::Disputed => {
                "in time only if days of public mourning count, which is disputed".to_owned()
            }
            Timeliness::DayOff(open) => format!(
                "too late; the council does not work that day, so it counts as {}",
                long_date(open)
            ),
            Timeliness::Late => "too late".to_owned(),
        };
        text.push_str(&format!("Published on {}: {verdict}.\n", long_date(day)));
    }
    text
}
