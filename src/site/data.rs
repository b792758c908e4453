//! The meetings as open data: one JSON file a meeting in a schema of our own that follows the objects
//! of OParl 1.1 (the United Kingdom has no standard of its own), a list of all, and what schema.org
//! calls a meeting.

use serde_json::{Value, json};

use super::desk::{Record, page_of, page_of_body};
use super::published::{Document, File, Item, Published};
use crate::html;
use crate::model::clock;
use crate::write::Output;

/// The schema that each file of a meeting names.
const SCHEMA: &str = include_str!("../../templates/site/meeting.schema.json");

/// Every file of data.
pub(super) fn all(record: &Record<'_>) -> Vec<Output> {
    let written = |name: String, data: &Value| Output {
        name,
        bytes: format!("{data:#}\n").into(),
    };
    let mut files = vec![Output {
        name: "schema/meeting.json".to_owned(),
        bytes: SCHEMA.into(),
    }];
    let list = record.meetings.iter().map(|meeting| {
        json!({
            "id": address(record, &format!("{}/meeting.json", meeting.folder())),
            "name": meeting.body.name,
            "start": start(meeting),
        })
    });
    let bodies = record.bodies().into_iter().map(|body| {
        json!({
            "name": body.name,
            "web": address(record, &page_of_body(&body.id)),
        })
    });
    let list = json!({
        "name": record.council.letterhead.name,
        "organization": bodies.collect::<Vec<_>>(),
        "meeting": list.collect::<Vec<_>>(),
    });
    files.push(written("meetings/index.json".to_owned(), &list));
    files.extend(record.meetings.iter().map(|meeting| {
        let name = format!("{}/meeting.json", meeting.folder());
        written(name, &data(record, meeting))
    }));
    files
}

/// The address of a file of the site: in full where the site's own is known, else from its root.
pub(super) fn address(record: &Record<'_>, path: &str) -> String {
    let absolute = record.address(path);
    absolute.unwrap_or_else(|| format!("/{}", html::file_address(path)))
}

fn start(meeting: &Published) -> String {
    moment(meeting, meeting.time.as_deref())
}

/// A day, and the time in it where that is known.
fn moment(meeting: &Published, time: Option<&str>) -> String {
    match time.and_then(|time| time.parse().ok()) {
        Some(time) => clock::moment(meeting.date.0, time),
        None => meeting.date.to_string(),
    }
}

fn data(record: &Record<'_>, meeting: &Published) -> Value {
    let folder = meeting.folder();
    let file = |title: &str, file: &File| {
        json!({
            "name": title,
            "accessUrl": address(record, &format!("{folder}/{}", file.path)),
            "mimeType": if file.path.ends_with(".pdf") { "application/pdf" } else { "text/html" },
            "size": file.bytes,
        })
    };
    let items = meeting.items.iter().enumerate();
    let items: Vec<Value> = items
        .map(|(at, item)| item_data(record, meeting, at, item))
        .collect();
    let supplements = meeting.supplements.iter().map(|issued| {
        json!({
            "number": issued.number,
            "published": issued.published.to_string(),
            "document": issued.documents,
        })
    });
    let mut data = json!({
        "$schema": address(record, "schema/meeting.json"),
        "type": "https://schema.oparl.org/1.1/Meeting",
        "id": address(record, &format!("{folder}/meeting.json")),
        "web": address(record, &page_of(meeting)),
        "name": meeting.body.name,
        "organization": {
            "name": meeting.body.name,
            "web": address(record, &page_of_body(&meeting.body.id)),
        },
        "start": start(meeting),
        "public": !meeting.private,
        "created": meeting.published.to_string(),
        "modified": meeting.changed().to_string(),
        "invitation": file("Agenda and papers", &meeting.pdf),
        "auxiliaryFile": [
            file("Agenda and papers as a web page", &meeting.page),
            file("Agenda and papers in large print", &meeting.large_print),
        ],
        "agendaItem": items,
        "supplement": supplements.collect::<Vec<_>>(),
    });
    if let Some(notice) = &meeting.notice {
        let mut known = json!({
            "published": notice.published.to_string(),
            "file": [
                file("Notice of decisions", &notice.pdf),
                file("Notice of decisions as a web page", &notice.page),
            ],
        });
        if let Some(ends) = notice.call_in_ends {
            known["callInEnds"] = ends.to_string().into();
        }
        data["decisionNotice"] = known;
    }
    if meeting.cancelled {
        data["cancelled"] = true.into();
    }
    if meeting.ends.is_some() {
        data["end"] = moment(meeting, meeting.ends.as_deref()).into();
    }
    if let Some(place) = &meeting.place {
        data["location"] = json!({ "description": place });
    }
    data
}

fn item_data(record: &Record<'_>, meeting: &Published, at: usize, item: &Item) -> Value {
    let folder = meeting.folder();
    let document = |document: &Document| {
        let path = format!("{folder}/{}", meeting.page.path);
        let mut data = json!({
            "key": document.key,
            "name": document.title,
            "web": format!("{}#{}", address(record, &path), document.key),
        });
        if let Some((first, last)) = document.numbers {
            data["pages"] = json!({ "first": first, "last": last });
        }
        if document.withheld {
            data["public"] = false.into();
        }
        if let Some(own) = &document.file {
            data["accessUrl"] = address(record, &format!("{folder}/{}", own.path)).into();
            data["size"] = own.bytes.into();
        }
        if let Some(since) = document.since {
            data["published"] = since.to_string().into();
        }
        data
    };
    let documents: Vec<Value> = item.documents.iter().map(document).collect();
    let mut data = json!({
        "type": "https://schema.oparl.org/1.1/AgendaItem",
        "id": address(record, &format!("{folder}/{}/index.html", item.slug)),
        "number": item.number,
        "order": at,
        "level": item.depth,
        "public": item.public,
        "document": documents,
    });
    if !item.title.is_empty() {
        data["name"] = item.title.clone().into();
    }
    if item.withdrawn {
        data["withdrawn"] = true.into();
    }
    if let Some(due) = item.due {
        data["due"] = due.to_string().into();
    }
    data
}

/// A meeting as schema.org describes events.
pub(super) fn event(record: &Record<'_>, meeting: &Published) -> Value {
    let mut organizer = json!({
        "@type": "GovernmentOrganization",
        "name": record.council.letterhead.name,
    });
    if let Some(website) = &record.council.letterhead.website_url {
        organizer["url"] = website.clone().into();
    }
    let mut event = json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "name": meeting.body.name,
        "startDate": start(meeting),
        "eventStatus": html::event_status(meeting.cancelled, meeting.moved > 0),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": true,
        "organizer": organizer,
    });
    if meeting.ends.is_some() {
        event["endDate"] = moment(meeting, meeting.ends.as_deref()).into();
    }
    if let Some(place) = &meeting.place {
        event["location"] = json!({ "@type": "Place", "name": place, "address": place });
    }
    if let Some(url) = record.address(&page_of(meeting)) {
        event["url"] = url.into();
    }
    event
}
