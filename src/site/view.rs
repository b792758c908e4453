//! What the templates of the site get.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::html::Contact;

/// What every page has, with what one kind of page has in addition.
#[derive(Serialize)]
pub(super) struct Page<'a, T> {
    pub(super) lang: &'a str,
    pub(super) words: &'a BTreeMap<&'static str, &'static str>,
    /// The relative addresses of the folder of this language, and of the site's.
    pub(super) up: String,
    pub(super) root: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) council: &'a str,
    pub(super) website: Option<&'a str>,
    pub(super) website_url: Option<&'a str>,
    pub(super) address: &'a [String],
    /// The address of the page, where the site's own is known.
    pub(super) canonical: Option<String>,
    /// The same page in the other languages.
    pub(super) others: Vec<Other>,
    /// The pages above this one, from the home page.
    pub(super) trail: Vec<Link>,
    /// schema.org data, and the hash by which the page's policy knows it.
    pub(super) structured_html: Option<String>,
    pub(super) structured_hash: Option<String>,
    #[serde(flatten)]
    pub(super) own: T,
}

/// The same page in another language.
#[derive(Serialize)]
pub(super) struct Other {
    pub(super) lang: &'static str,
    pub(super) words: &'static str,
    pub(super) href: String,
    pub(super) canonical: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Link {
    pub(super) title: String,
    pub(super) href: String,
}

/// A meeting in a list.
#[derive(Serialize, Clone)]
pub(super) struct Line {
    pub(super) date: String,
    pub(super) iso: String,
    pub(super) time: Option<String>,
    pub(super) body: String,
    pub(super) place: Option<String>,
    pub(super) kind: Option<String>,
    /// "Cancelled", "Moved".
    pub(super) state: Option<&'static str>,
    /// Its page; `None` if it is only announced.
    pub(super) href: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Home {
    pub(super) on: String,
    pub(super) coming: Vec<Line>,
    pub(super) latest: Vec<News>,
    pub(super) bodies: Vec<Link>,
}

/// Something that was published.
#[derive(Serialize)]
pub(super) struct News {
    pub(super) date: String,
    pub(super) iso: String,
    pub(super) what: String,
    pub(super) title: String,
    pub(super) href: String,
}

#[derive(Serialize)]
pub(super) struct Links {
    pub(super) heading: String,
    pub(super) intro: Option<String>,
    pub(super) links: Vec<Link>,
}

#[derive(Serialize)]
pub(super) struct SearchPage {
    pub(super) heading: String,
    /// Which of the site's languages it is in.
    pub(super) language: usize,
    pub(super) chunk: usize,
    pub(super) script_html: String,
    pub(super) script_hash: String,
}

#[derive(Serialize)]
pub(super) struct BodyPage {
    pub(super) name: String,
    pub(super) clerk: Option<Contact>,
    pub(super) places: Vec<Places>,
    pub(super) coming: Vec<Line>,
    pub(super) past: Vec<Year>,
    pub(super) calendar: String,
    pub(super) feed: String,
}

#[derive(Serialize)]
pub(super) struct Places {
    pub(super) heading: String,
    pub(super) members: Vec<MemberLine>,
}

#[derive(Serialize)]
pub(super) struct MemberLine {
    pub(super) name: String,
    pub(super) note: Option<String>,
    pub(super) href: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Year {
    pub(super) year: String,
    pub(super) lines: Vec<Line>,
}

#[derive(Serialize)]
pub(super) struct MemberPage {
    pub(super) name: String,
    pub(super) seats: Vec<Seat>,
}

#[derive(Serialize)]
pub(super) struct Seat {
    pub(super) body: String,
    pub(super) href: String,
    pub(super) place: String,
    pub(super) note: Option<String>,
    pub(super) attended: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Month {
    pub(super) heading: String,
    pub(super) lines: Vec<Line>,
    pub(super) earlier: Option<Link>,
    pub(super) later: Option<Link>,
}

#[derive(Serialize)]
pub(super) struct MeetingPage {
    pub(super) line: Line,
    pub(super) ends: Option<String>,
    pub(super) body_href: String,
    pub(super) changes: Vec<(String, String)>,
    pub(super) open_to: Option<String>,
    pub(super) summons: Option<String>,
    pub(super) published: Dated,
    pub(super) groups: Vec<Group>,
    pub(super) files: Vec<Form>,
    pub(super) data: String,
    pub(super) supplements: Vec<SupplementLine>,
    pub(super) minutes: Vec<Link>,
    pub(super) decisions: Vec<DecisionLine>,
    pub(super) notice: Option<NoticeLine>,
    /// The notices to those who come, each with its opening words.
    pub(super) notices: Vec<(Option<String>, String)>,
    pub(super) next: Option<String>,
    pub(super) officer: Option<Contact>,
    pub(super) clerk: Option<Contact>,
}

#[derive(Serialize)]
pub(super) struct Dated {
    pub(super) date: String,
    pub(super) iso: String,
}

/// The items of a part of the agenda.
#[derive(Serialize)]
pub(super) struct Group {
    pub(super) title: Option<String>,
    pub(super) text: Vec<String>,
    pub(super) items: Vec<ItemLine>,
}

#[derive(Serialize)]
pub(super) struct ItemLine {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) href: String,
    pub(super) depth: usize,
    pub(super) withdrawn: bool,
    pub(super) lines: Vec<String>,
    pub(super) documents: Vec<DocumentLine>,
}

#[derive(Serialize)]
pub(super) struct DocumentLine {
    pub(super) title: String,
    /// In the web page of the pack.
    pub(super) href: String,
    /// In the PDF of the pack.
    pub(super) in_pack: String,
    pub(super) pages: Option<String>,
    /// The PDF of it alone, with its size.
    pub(super) file: Option<(String, String)>,
    pub(super) since: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Form {
    pub(super) title: &'static str,
    pub(super) href: String,
    pub(super) size: String,
}

#[derive(Serialize)]
pub(super) struct SupplementLine {
    pub(super) what: String,
    pub(super) date: String,
    pub(super) iso: String,
    pub(super) documents: Vec<Link>,
}

#[derive(Serialize)]
pub(super) struct ItemPage {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) withdrawn: bool,
    pub(super) meeting: Link,
    pub(super) date: Dated,
    pub(super) facts: Vec<(String, String)>,
    pub(super) text: Vec<String>,
    pub(super) sub: Vec<String>,
    pub(super) lines: Vec<String>,
    pub(super) documents: Vec<DocumentLine>,
    pub(super) inner: Vec<Link>,
    pub(super) earlier: Option<Link>,
    pub(super) later: Option<Link>,
}

#[derive(Serialize)]
pub(super) struct DecisionLine {
    pub(super) number: Option<String>,
    pub(super) heading: String,
    pub(super) lang: Option<String>,
    pub(super) lines: Vec<(Option<String>, String)>,
    pub(super) href: String,
}

/// The notice of what was decided.
#[derive(Serialize)]
pub(super) struct NoticeLine {
    pub(super) published: Dated,
    pub(super) call_in: Option<String>,
    pub(super) files: Vec<Form>,
}

/// What was decided at one meeting.
#[derive(Serialize)]
pub(super) struct Decided {
    pub(super) title: String,
    pub(super) iso: String,
    pub(super) call_in: Option<String>,
    pub(super) decisions: Vec<DecisionLine>,
}

#[derive(Serialize)]
pub(super) struct DecisionsPage {
    pub(super) heading: String,
    pub(super) meetings: Vec<Decided>,
}

#[derive(Serialize)]
pub(super) struct ForthcomingPage {
    pub(super) on: String,
    pub(super) follows: Vec<Follows>,
    pub(super) announced: Vec<Line>,
}

#[derive(Serialize)]
pub(super) struct Follows {
    pub(super) title: String,
    pub(super) href: String,
    pub(super) meeting: String,
    pub(super) due: Option<String>,
}
