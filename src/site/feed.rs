//! News of papers, supplements and decisions as Atom feeds (RFC 4287), one for all and one for each
//! body, and the map of the site for search engines.

use std::fmt::Write as _;

use super::data::address;
use super::day::Day;
use super::desk::{Record, page_of};
use super::ics::authority;
use super::published::Published;
use crate::html;
use crate::write::Output;

/// How many entries a feed holds.
const ENTRIES: usize = 100;

struct Entry {
    day: Day,
    id: String,
    title: String,
    path: String,
}

/// The feeds.
pub(super) fn all(record: &Record<'_>) -> Vec<Output> {
    let mut files = vec![feed(
        record,
        "feed.xml".to_owned(),
        &record.council.letterhead.name,
        &mut record.meetings.iter(),
    )];
    files.extend(record.bodies().into_iter().map(|body| {
        let title = format!("{}: {}", record.council.letterhead.short_name, body.name);
        let name = format!("bodies/{}/feed.xml", body.id);
        feed(record, name, &title, &mut record.of_body(&body.id))
    }));
    files
}

fn feed(
    record: &Record<'_>,
    name: String,
    title: &str,
    meetings: &mut dyn Iterator<Item = &Published>,
) -> Output {
    let Some(words) = record.languages.first() else {
        return Output {
            name,
            bytes: Default::default(),
        };
    };
    let mut entries = Vec::new();
    for meeting in meetings {
        let called = format!(
            "{}, {}",
            meeting.body.name,
            words.composed().long_date(meeting.date.0)
        );
        let mut add = |day, what: &str, said: String, path: String| {
            entries.push(Entry {
                day,
                id: format!("{}/{what}", meeting.id),
                title: said,
                path,
            });
        };
        let said = format!("{called}: {}", words.agenda_published().to_lowercase());
        add(meeting.published, "agenda", said, page_of(meeting));
        for issued in &meeting.supplements {
            let number = issued.number.to_string();
            let what = words.supplement_published().replace("{number}", &number);
            let said = format!("{called}: {}", what.to_lowercase());
            add(
                issued.published,
                &format!("supplement-{number}"),
                said,
                page_of(meeting),
            );
        }
        if let Some(notice) = &meeting.notice {
            let said = format!("{called}: {}", words.decisions().to_lowercase());
            add(notice.published, "decisions", said, page_of(meeting));
        }
        for minutes in &meeting.minutes {
            let date = words.composed().long_date(minutes.date.0);
            let said = format!("{}, {date}: {}", meeting.body.name, words.decisions());
            let path = format!("{}/{}/index.html", meeting.folder(), minutes.item);
            let day = meeting
                .document(&minutes.key)
                .and_then(|(_, document)| document.since)
                .unwrap_or(meeting.published);
            add(day, &minutes.key, said, path);
        }
    }
    entries.sort_by(|one, other| (other.day, &one.id).cmp(&(one.day, &other.id)));
    entries.truncate(ENTRIES);
    let authority = authority(record);
    let updated = entries.first().map(|entry| entry.day);
    let updated = updated.map_or_else(|| "1970-01-01".to_owned(), |day| day.to_string());
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = writeln!(
        out,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n\
         <id>tag:{authority},1970:{}</id>\n\
         <updated>{updated}T00:00:00Z</updated>\n\
         <author><name>{}</name></author>\n\
         <link rel=\"self\" href=\"{}\"/>\n\
         <link href=\"{}\"/>",
        words.lang(),
        xml(title),
        xml(&name),
        xml(&record.council.letterhead.name),
        xml(&address(record, &name)),
        xml(&address(record, "index.html")),
    );
    for entry in entries {
        let _ = writeln!(
            out,
            "<entry>\n<title>{}</title>\n<id>tag:{authority},{}:{}</id>\n\
             <updated>{}T00:00:00Z</updated>\n<link href=\"{}\"/>\n</entry>",
            xml(&entry.title),
            entry.day,
            xml(&html::file_address(&entry.id)),
            entry.day,
            xml(&address(record, &entry.path)),
        );
    }
    out.push_str("</feed>\n");
    Output {
        name,
        bytes: out.into(),
    }
}

/// The map of the site, where its address is known: a map names pages in full.
pub(super) fn sitemap(record: &Record<'_>, pages: &[Output]) -> Option<Output> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut paths: Vec<&str> = pages
        .iter()
        .map(|page| page.name.as_str())
        .filter(|path| path.ends_with("index.html"))
        .collect();
    paths.sort_unstable();
    for path in paths {
        let _ = writeln!(out, "<url><loc>{}</loc></url>", xml(&record.address(path)?));
    }
    out.push_str("</urlset>\n");
    Some(Output {
        name: "sitemap.xml".to_owned(),
        bytes: out.into(),
    })
}

/// Words between tags or in an attribute.
fn xml(words: &str) -> String {
    html::clean(words)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
