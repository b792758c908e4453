//! Structured data for machines: the meeting as a schema.org `Event`, the pack as a `DigitalDocument` with
//! its parts and accessibility features.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Options, markup};
use crate::edition::Edition;
use crate::model::clock;

/// The schema.org status of a meeting: cancelled, moved, or as it was called.
pub fn event_status(cancelled: bool, moved: bool) -> &'static str {
    match (cancelled, moved) {
        (true, _) => "https://schema.org/EventCancelled",
        (false, true) => "https://schema.org/EventRescheduled",
        (false, false) => "https://schema.org/EventScheduled",
    }
}

/// The data as JSON for a `<script>` element.
pub(super) fn data(edition: &Edition, title: &str, options: &Options<'_>) -> String {
    let meeting = edition.meeting();
    let council = &meeting.council;
    let sitting = &meeting.sitting;
    let moment = |time: Option<crate::model::Time>| match time {
        Some(time) => clock::moment(sitting.date.value, time),
        None => sitting.date.value.to_string(),
    };
    let mut organizer = json!({
        "@type": "GovernmentOrganization",
        "name": markup::clean(&council.name),
    });
    if let Some(website) = council.website.as_deref().and_then(markup::website) {
        organizer["url"] = Value::String(website);
    }
    let mut event = json!({
        "@type": "Event",
        "@id": "#meeting",
        "name": markup::clean(&meeting.body.name),
        "startDate": moment(sitting.time),
        "eventStatus": event_status(sitting.cancelled.is_some(), !sitting.moved.is_empty()),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": true,
        "organizer": organizer,
        "workFeatured": { "@id": "#pack" },
    });
    if sitting.ends.is_some() {
        event["endDate"] = Value::String(moment(sitting.ends));
    }
    if let Some(place) = &sitting.place {
        event["location"] = json!({ "@type": "Place", "name": markup::clean(place), "address": markup::clean(place) });
    }
    let mut features = vec![
        "structuralNavigation",
        "tableOfContents",
        "alternativeText",
        "displayTransformability",
    ];
    if options.large_print.is_some() {
        features.push("largePrint");
    }
    let parts: Vec<Value> = meeting
        .items()
        .filter(|item| !item.title.trim().is_empty())
        .map(|item| {
            json!({
                "@type": "CreativeWork",
                "position": item.number.value,
                "name": markup::clean(&item.title),
                "url": format!("#{}", item.key),
            })
        })
        .collect();
    let mut pack = json!({
        "@type": "DigitalDocument",
        "@id": "#pack",
        "name": title,
        "inLanguage": council.languages.iter().map(|lang| lang.0.as_str()).collect::<Vec<_>>(),
        "author": { "@type": "GovernmentOrganization", "name": markup::clean(&council.name) },
        "about": { "@id": "#meeting" },
        "encodingFormat": "text/html",
        "accessMode": ["textual", "visual"],
        "accessModeSufficient": [{ "@type": "ItemList", "itemListElement": ["textual"] }],
        "accessibilityFeature": features,
        "accessibilityHazard": "none",
        "hasPart": parts,
    });
    if let Some(published) = &sitting.published {
        pack["datePublished"] = Value::String(published.value.to_string());
    }
    let graph = json!({ "@context": "https://schema.org", "@graph": [event, pack] });
    embedded(&graph)
}

/// Data as JSON that is safe in a `<script>` element: nothing in a string can close the element or open a
/// comment.
pub fn embedded(data: &Value) -> String {
    in_script(&data.to_string())
}

/// JSON made safe for a script or a `<script>` element.
pub fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// The hash of the element's text, in the form of a Content Security Policy.
pub fn hash(data: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(data)))
}
