//! The data for the templates: the names and shapes that a council's own template may use.
//!
//! Fields called `html` (and `breaks`) are finished HTML, made of escaped words by [`super::blocks`]; a
//! template inserts them with `| safe`. Everything else is plain words, which the template engine escapes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The whole page: the context of `page.html`.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    /// The pack's language, for `<html lang>`.
    pub(super) lang: String,
    /// The title of the window.
    pub(super) title: String,
    /// One sentence for search engines.
    pub(super) description: String,
    /// The page's own words, by name.
    pub(super) words: BTreeMap<&'static str, &'static str>,
    /// Whether this is a large-print page.
    pub(super) large_print: bool,
    #[serde(flatten)]
    pub(super) look: Look,
    /// Whether some id has a character that only HTML allows.
    pub(super) unusual_ids: bool,
    /// schema.org data, ready for a `<script>` element.
    pub(super) structured_html: String,
    /// The hash of that element for the page's policy, so that no other script can run.
    pub(super) structured_hash: String,
    pub(super) council: Council,
    /// The name of what meets.
    pub(super) body: String,
    /// What is printed beside the number of each page.
    pub(super) marking: Option<String>,
    /// What the page is: "Agenda and papers", "Supplement 1 to the agenda".
    pub(super) what: String,
    pub(super) meeting: Meeting,
    /// Whether it is a draft.
    pub(super) draft: bool,
    /// Which edition it is, if it is not the public one.
    pub(super) edition: Option<String>,
    /// The page breaks of the front sheet and of the distribution list.
    pub(super) front_breaks: String,
    pub(super) distribution_breaks: String,
    pub(super) agenda: Vec<AgendaGroup>,
    pub(super) membership: Vec<MemberGroup>,
    pub(super) clerk: Option<Contact>,
    /// Notices for people who attend.
    pub(super) notices: Vec<PublicNotice>,
    /// Where the files beside the page are, for readers who have only the page.
    pub(super) files_beside: Option<String>,
    /// The forms in which the council offers its packs.
    pub(super) offers: Vec<String>,
    pub(super) entries: Vec<Entry>,
    /// The page about the pack's accessibility, as HTML.
    pub(super) accessibility_html: Option<String>,
    /// The marks of pages that belong to nothing above.
    pub(super) closing_breaks: String,
    /// How the pages are numbered in a pack that includes its supplements.
    pub(super) numbers_kept: Option<String>,
    pub(super) contents: Vec<ContentsItem>,
    /// The printed pack's pages.
    pub(super) pages: Vec<PageLink>,
}

/// Tables of one width.
#[derive(Debug, Serialize)]
pub(super) struct TableWidth {
    /// Their class is `fit-` and this.
    pub(super) class: usize,
    /// The media query for which they are records.
    pub(super) records: String,
}

/// The council's details.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Letterhead {
    /// Its name.
    pub name: String,
    /// Its short name, or the full one if it has none.
    pub short_name: String,
    /// Its website as the council writes it.
    pub website: Option<String>,
    /// The address of the link to it, if it can be a link.
    pub website_url: Option<String>,
    /// The lines of its address.
    pub address: Vec<String>,
    /// Who signs for it.
    pub officer: Option<Contact>,
}

#[derive(Debug, Serialize)]
pub(super) struct Council {
    #[serde(flatten)]
    pub(super) letterhead: Letterhead,
    /// The logo's element.
    pub(super) logo_html: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Meeting {
    pub(super) kind: Option<String>,
    pub(super) date: String,
    pub(super) date_iso: String,
    pub(super) time: Option<String>,
    pub(super) time_iso: Option<String>,
    pub(super) ends: Option<String>,
    pub(super) ends_iso: Option<String>,
    pub(super) place: Option<String>,
    /// That it was moved or cancelled: the words at the start, and the rest.
    pub(super) changes: Vec<(&'static str, String)>,
    /// Whether the public may attend, if the page calls a meeting.
    pub(super) open_to: Option<&'static str>,
    /// What the list of its items is called: "Agenda", or "Decisions".
    pub(super) business: &'static str,
    /// The words of a summons, if it is one.
    pub(super) summons: Option<&'static str>,
    pub(super) days: Vec<Day>,
    pub(super) officer_label: &'static str,
    pub(super) next: Option<String>,
    pub(super) next_iso: Option<String>,
}

/// A day on which papers went out.
#[derive(Debug, Serialize)]
pub(super) struct Day {
    pub(super) label: &'static str,
    pub(super) day: String,
    pub(super) iso: String,
}

/// A paragraph of a notice.
#[derive(Debug, Serialize)]
pub(super) struct PublicNotice {
    /// The words at the start.
    pub(super) title: Option<String>,
    pub(super) text: String,
}

/// Somebody to ask.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Contact {
    pub(super) name: String,
    pub(super) post: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) phone_link: Option<String>,
    pub(super) email: Option<String>,
    pub(super) email_link: Option<String>,
}

/// The data for the style sheet.
#[derive(Debug, Serialize)]
pub(super) struct Look {
    /// The size of the text as a share of the reader's own, in percent.
    pub(super) text_percent: u32,
    /// The font that the council asks for.
    pub(super) font: Option<String>,
    /// The council's colour on white and on the dark theme's background.
    pub(super) accent_light: String,
    pub(super) accent_dark: String,
    /// The classes of tables by their width, and where each becomes records.
    pub(super) tables: Vec<TableWidth>,
}

#[derive(Debug, Serialize)]
pub(super) struct AgendaGroup {
    /// The part's title; `None` for items that are not in a part.
    pub(super) title: Option<String>,
    pub(super) id: Option<String>,
    /// The notes below it, as HTML.
    pub(super) notes: Vec<String>,
    pub(super) items: Vec<AgendaLine>,
}

#[derive(Debug, Serialize)]
pub(super) struct AgendaLine {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) id: String,
    pub(super) withdrawn: bool,
    /// The number of its first printed page.
    pub(super) page: Option<String>,
    pub(super) time: Option<String>,
    /// The notes below the title, as HTML.
    pub(super) notes: Vec<String>,
    pub(super) sub: Vec<String>,
    pub(super) items: Vec<AgendaLine>,
}

#[derive(Debug, Serialize)]
pub(super) struct MemberGroup {
    pub(super) title: String,
    pub(super) members: Vec<Member>,
}

#[derive(Debug, Serialize)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) details: Option<String>,
    pub(super) vacant: bool,
}

/// Something in the body of the page, in order.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub(super) enum Entry {
    Part(PartHeading),
    Item(Box<Item>),
}

#[derive(Debug, Serialize)]
pub(super) struct PartHeading {
    pub(super) id: String,
    pub(super) title: String,
    /// The notes below it, as HTML.
    pub(super) notes: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Item {
    pub(super) id: String,
    pub(super) level: u8,
    pub(super) number: String,
    pub(super) title: String,
    pub(super) withdrawn: bool,
    pub(super) breaks: String,
    /// The text below its title.
    pub(super) html: String,
    /// The resolution that excludes the press and public.
    pub(super) resolution: Option<String>,
    pub(super) notice: Option<Notice>,
    pub(super) documents: Vec<Document>,
}

/// A label and its value.
#[derive(Debug, Serialize)]
pub(super) struct Fact {
    pub(super) label: String,
    pub(super) value: String,
}

impl Fact {
    pub(super) fn new(label: &str, value: &str) -> Self {
        Self {
            label: label.to_owned(),
            value: super::markup::clean(value),
        }
    }
}

/// Why something is not for publication.
#[derive(Debug, Serialize)]
pub(super) struct Notice {
    /// `restricted`.
    pub(super) kind: &'static str,
    pub(super) heading: String,
    pub(super) text: String,
    /// The public-interest reason.
    pub(super) public_interest: Option<String>,
}

/// A paper or an appendix.
#[derive(Debug, Serialize, Default)]
pub(super) struct Document {
    pub(super) id: String,
    pub(super) level: u8,
    /// `report`, `minutes`, `pdf`, `prose`, `table`, `image` or `none`.
    pub(super) kind: &'static str,
    /// What it is: "Report", "Appendix 3".
    pub(super) label: String,
    /// Its title, if it differs from the item's.
    pub(super) title: Option<String>,
    pub(super) breaks: String,
    /// "New since 4 September 2026", if it came after the agenda was published.
    pub(super) new_since: Option<String>,
    /// Its printed pages: "Pages 39 to 45".
    pub(super) pages: Option<String>,
    /// The first of them.
    #[serde(skip)]
    pub(super) first_page: Option<String>,
    pub(super) notice: Option<Notice>,
    /// Its sections, if there are enough for a list.
    pub(super) sections: Vec<DocumentLink>,
    /// ` lang="cy"` and the like for the document's own text.
    pub(super) lang_html: String,
    /// Whether its paragraphs are numbered.
    pub(super) is_numbered: bool,
    pub(super) html: String,
    pub(super) file: Option<File>,
    /// The heading above `html`, if that is not the document itself.
    pub(super) body_heading: Option<String>,
}

/// A file beside the page.
#[derive(Debug, Serialize)]
pub(super) struct File {
    /// `None` if the file is only in the printed pack.
    pub(super) href: Option<String>,
    /// "PDF, 12 pages, 640 KB".
    pub(super) size: String,
    pub(super) lang: Option<String>,
    /// What is in it, in the clerk's words.
    pub(super) summary: Option<String>,
    pub(super) facts: Vec<Fact>,
}

#[derive(Debug, Serialize)]
pub(super) struct DocumentLink {
    pub(super) id: String,
    pub(super) title: String,
}

#[derive(Debug, Serialize)]
pub(super) struct ContentsItem {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) id: String,
    pub(super) page: Option<String>,
    pub(super) documents: Vec<ContentsDocument>,
}

#[derive(Debug, Serialize)]
pub(super) struct ContentsDocument {
    pub(super) title: String,
    pub(super) id: String,
    pub(super) page: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct PageLink {
    pub(super) label: String,
    pub(super) id: String,
}
