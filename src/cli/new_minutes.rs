//! `pack new minutes`: minutes drafted from a meeting's agenda, for the clerk to correct.
//!
//! Minutes are open to the public except for what gives exempt information away; where that leaves no
//! coherent account, a summary takes its place (Local Government Act 1972, s.100C(1) and (2)). So the
//! minutes are written from the public's edition of the meeting, and what it withholds goes into a
//! file of its own.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::written::quoted;
use crate::compose::{agenda, exempt, words::Words};
use crate::edition::{Edition, WithheldPages};
use crate::finding::{Files, Span};
use crate::load::EXEMPT;
use crate::model::{
    Access, Audience, Body, BodyKind, Contact, Date, Item, Meeting, Paper, PaperBody,
};
use crate::starter::TO_WRITE;

/// The minutes of a meeting in Markdown.
pub(super) struct Minutes {
    /// What everybody may read.
    pub(super) open: String,
    /// The minutes of what was taken without the public, if anything was.
    pub(super) exempt: Option<Exempt>,
}

/// Minutes that are not for publication.
pub(super) struct Exempt {
    pub(super) text: String,
    /// The keys of an item that withhold them, one a line.
    pub(super) keys: String,
}

/// The minutes of a meeting: attendance from the membership, a numbered minute for each item, the
/// recommendations as resolutions. `files` holds the words of the reports.
pub(super) fn minutes(meeting: &Meeting, files: &Files) -> Minutes {
    let open = Edition::of(meeting, Audience::Public, &WithheldPages::default());
    let accesses: Vec<Access> = meeting.items().filter_map(withheld).collect();
    // Earlier minutes may be withheld, and number these all the same.
    let last = last_number(meeting);
    Minutes {
        open: text(open.meeting(), last, files, |_| true),
        exempt: (!accesses.is_empty()).then(|| Exempt {
            text: text(meeting, last, files, |item| withheld(item).is_some()),
            keys: keys(&accesses),
        }),
    }
}

/// The minutes of those items that are wanted, as the meeting holds them, numbered on from the last.
fn text(meeting: &Meeting, last: u32, files: &Files, wanted: impl Fn(&Item) -> bool) -> String {
    let mut text = front_matter(meeting);
    let mut number = last;
    for item in meeting.items() {
        number += 1;
        if wanted(item) {
            let called = called(&meeting.body, *meeting.sitting.date, number, item);
            let title = agenda::title(Words::of(meeting.lang()), item);
            let _ = write!(text, "\n# {called} {title}\n");
            minute(meeting, item, files, &mut text);
        }
    }
    text
}

/// Who may see what an item decides, where that is not everybody: the item itself is withheld, or a
/// report that recommends something.
fn withheld(item: &Item) -> Option<Access> {
    let reports = item.papers.iter().filter(|paper| asked(paper).is_some());
    let mut accesses =
        std::iter::once(&item.access).chain(reports.map(|paper| paper.access.within(&item.access)));
    accesses.find(|access| !access.is_public()).cloned()
}

/// The keys that withhold what any of these withhold.
fn keys(accesses: &[Access]) -> String {
    let mut cited: Vec<u8> = Vec::new();
    let mut reason = None;
    for access in accesses {
        match access {
            Access::Confidential { .. } => return "access = \"confidential\"\n".to_owned(),
            Access::Exempt {
                paragraphs,
                public_interest,
                ..
            } => {
                cited.extend(paragraphs);
                reason = reason.or(public_interest.as_ref());
            }
            Access::Public => {}
        }
    }
    cited.sort_unstable();
    cited.dedup();
    let mut keys = format!("access = \"exempt\"\nexempt-paragraphs = {cited:?}\n");
    if let Some(reason) = reason {
        let _ = writeln!(keys, "public-interest = {}", quoted(reason));
    }
    keys
}

/// The file of the exempt minutes, beside that of the minutes.
pub(super) fn exempt_beside(minutes: &Path) -> PathBuf {
    let name = minutes.file_name().unwrap_or_default().to_string_lossy();
    minutes.with_file_name(format!("{EXEMPT}{name}"))
}

fn front_matter(meeting: &Meeting) -> String {
    let sitting = &meeting.sitting;
    let mut text = format!("+++\ndate = {}\n", *sitting.date);
    if let Some(time) = sitting.time {
        let _ = writeln!(text, "time = {time}");
    }
    if let Some(place) = &sitting.place {
        let _ = writeln!(text, "place = {}", quoted(place));
    }
    text.push_str("# Move those who sent apologies to `apologies`, and take out anybody else who was not there.\npresent = [\n");
    for name in meeting
        .body
        .members
        .iter()
        .filter_map(|member| member.name.as_ref())
    {
        let _ = writeln!(text, "  {},", quoted(name));
    }
    text.push_str("]\napologies = []\n");
    let clerk = meeting.body.clerk.as_ref();
    text.push_str("in-attendance = [\n");
    if let Some(contact) = clerk {
        let _ = writeln!(text, "  {},", contact_table(contact, false));
    }
    text.push_str("]\n");
    let name = meeting
        .body
        .members
        .iter()
        .find_map(|member| member.name.as_ref());
    let name = quoted(name.map_or("A member", String::as_str));
    let _ = writeln!(
        text,
        "# came-late = [{{ name = {name}, time = 18:10:00, item = \"3\" }}]\n# left-early = [{{ name = {name}, time = 18:50:00, item = \"5\" }}]\n# ended = 19:00:00"
    );
    if let Some(contact) = clerk {
        let _ = writeln!(text, "contact = {}", contact_table(contact, true));
    }
    text.push_str("+++\n");
    text
}

/// A person as front matter writes them, with how to reach them where that is wanted.
fn contact_table(contact: &Contact, reach: bool) -> String {
    let mut keys = vec![format!("name = {}", quoted(&contact.name))];
    let mut add = |key: &str, value: &Option<String>| {
        keys.extend(
            value
                .iter()
                .map(|value| format!("{key} = {}", quoted(value))),
        );
    };
    add("post", &contact.post);
    if reach {
        add("unit", &contact.unit);
        add("phone", &contact.phone);
        add("email", &contact.email);
    }
    format!("{{ {} }}", keys.join(", "))
}

/// The number of the last minute that the pack itself brings: the new ones go on from there.
fn last_number(meeting: &Meeting) -> u32 {
    let papers = meeting.items().flat_map(|item| &item.papers);
    let minutes = papers.filter_map(|paper| match &paper.body {
        PaperBody::Minutes(minutes) => Some(&minutes.minutes),
        _ => None,
    });
    minutes
        .flatten()
        .filter_map(|minute| {
            let number = minute.number.as_ref()?;
            let digits: String = number
                .text
                .chars()
                .skip_while(|letter| !letter.is_ascii_digit())
                .take_while(char::is_ascii_digit)
                .collect();
            digits.parse().ok()
        })
        .max()
        .unwrap_or(0)
}

/// A minute's number as the body writes it; that of the item where the body says nothing.
fn called(body: &Body, date: Date, number: u32, item: &Item) -> String {
    let Some(pattern) = &body.minute_number else {
        return item.number.value.clone();
    };
    let year = date.year();
    pattern
        .replace("{n}", &number.to_string())
        .replace("{yyyy}", &year.to_string())
        .replace("{yy}", &format!("{:02}", year.rem_euclid(100)))
}

fn minute(meeting: &Meeting, item: &Item, files: &Files, text: &mut String) {
    let words = Words::of(meeting.lang());
    let resolved = match words {
        Words::English => "Resolved",
        Words::Welsh => "Penderfynwyd",
    };
    if let Some(exclusion) = exempt::resolution(&item.access, meeting.law(), words) {
        let _ = write!(text, "\n**{resolved}** {}\n", lowered(&exclusion));
    }
    let mut decided = false;
    for span in item.papers.iter().filter_map(asked) {
        let asked = files.text(span).trim();
        let opens_with_list = asked.starts_with(|letter: char| !letter.is_alphabetic());
        let lead = match (opens_with_list, words) {
            (true, Words::English) => "that:\n\n",
            (true, Words::Welsh) => "fel a ganlyn:\n\n",
            (false, _) => "",
        };
        let _ = write!(text, "\n**{resolved}** {lead}{}\n", lowered(asked));
        decided = true;
    }
    if !decided {
        let _ = write!(text, "\n{TO_WRITE}\n");
    }
    // A record of executive decisions has to tell these, of what was decided in private as well.
    if (decided || item.withheld.is_some()) && meeting.body.kind == BodyKind::Cabinet {
        for heading in [words.reasons(), words.alternatives()] {
            let _ = write!(text, "\n## {heading}\n\n{TO_WRITE}\n");
        }
    }
}

/// Where a paper says what it recommends.
fn asked(paper: &Paper) -> Option<Span> {
    let PaperBody::Report(report) = &paper.body else {
        return None;
    };
    let blocks = &report.recommendations.as_ref()?.value.blocks;
    Some(blocks.first()?.span.to(blocks.last()?.span))
}

/// Words that go on after others: "That the Board" becomes "that the Board".
fn lowered(words: &str) -> String {
    for (capital, small) in [("That ", "that "), ("Bod ", "bod "), ("To ", "to ")] {
        if let Some(rest) = words.strip_prefix(capital) {
            return format!("{small}{rest}");
        }
    }
    words.to_owned()
}
