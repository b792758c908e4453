//! The words of the site, in addition to those that its meetings were composed in.

use std::collections::BTreeMap;

use crate::compose::words::Words as Composed;
use crate::model::{Council, Date};

/// The words of the site in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Words(Composed);

macro_rules! words {
    ($($name:ident: $english:literal, $welsh:literal;)*) => {
        impl Words {
            $(
                #[doc = concat!("“", $english, "”")]
                #[allow(dead_code, reason = "some stand in templates alone")]
                pub(super) fn $name(self) -> &'static str {
                    match self.0 {
                        Composed::English => $english,
                        Composed::Welsh => $welsh,
                    }
                }
            )*

            /// Every word by its name, with those that packs are composed in.
            pub(super) fn by_name(self) -> BTreeMap<&'static str, &'static str> {
                let mut all = self.0.by_name();
                all.extend([$((stringify!($name), self.$name()),)*]);
                all
            }
        }
    };
}

words! {
    meetings: "Meetings", "Cyfarfodydd";
    site_title: "Council meetings", "Cyfarfodydd y cyngor";
    site_intro: "Agendas, reports and decisions of the council and its committees.",
        "Agendâu, adroddiadau a phenderfyniadau'r cyngor a'i bwyllgorau.";
    home: "Home", "Hafan";
    bodies: "Committees", "Pwyllgorau";
    people: "Councillors and members", "Cynghorwyr ac aelodau";
    calendar: "Calendar", "Calendr";
    decisions: "Decisions", "Penderfyniadau";
    forthcoming: "Forthcoming", "Ar y gweill";
    search: "Search", "Chwilio";
    accessibility: "Accessibility statement", "Datganiad hygyrchedd";
    site_pages: "This site", "Y wefan hon";
    you_are_here: "You are here", "Rydych chi yma";
    skip_to_main: "Skip to the content", "Neidio i'r cynnwys";
    coming: "Coming meetings", "Cyfarfodydd i ddod";
    coming_none: "No meeting is announced.", "Nid oes cyfarfod wedi'i gyhoeddi.";
    as_on: "As on {date}", "Fel ar {date}";
    latest: "Latest papers", "Papurau diweddaraf";
    agenda_published: "Agenda published", "Cyhoeddwyd yr agenda";
    supplement_published: "Supplement {number} published", "Cyhoeddwyd atodiad {number}";
    is_cancelled: "Cancelled", "Wedi'i ganslo";
    is_moved: "Moved", "Wedi'i symud";
    announced: "Announced; the agenda is not published yet", "Wedi'i gyhoeddi; nid yw'r agenda wedi'i chyhoeddi eto";
    past: "Earlier meetings", "Cyfarfodydd blaenorol";
    no_meetings: "There are none.", "Nid oes dim.";
    downloads: "The whole pack", "Y pecyn cyfan";
    download_pdf: "Agenda and papers (PDF)", "Agenda a phapurau (PDF)";
    download_large: "In large print (PDF)", "Mewn print bras (PDF)";
    read_web: "Read it as a web page", "Darllenwch ef fel tudalen we";
    data: "Data of this meeting (JSON)", "Data'r cyfarfod hwn (JSON)";
    supplements: "Supplements", "Atodiadau i'r agenda";
    supplement_brings: "Brings", "Yn cynnwys";
    papers: "Papers", "Papurau";
    no_papers: "No paper is published with this item.", "Ni chyhoeddir papur gyda'r eitem hon.";
    read: "Read", "Darllen";
    in_pack: "In the pack", "Yn y pecyn";
    own_pdf: "PDF of this document alone", "PDF o'r ddogfen hon yn unig";
    since: "New since the agenda was published: {date}", "Newydd ers cyhoeddi'r agenda: {date}";
    minutes_of_this: "Minutes of this meeting", "Cofnodion y cyfarfod hwn";
    minutes_in: "With the papers of {date}, item {item}", "Gyda phapurau {date}, eitem {item}";
    decided: "What was decided", "Yr hyn a benderfynwyd";
    notice_web: "Read the notice of decisions as a web page", "Darllenwch yr hysbysiad o benderfyniadau fel tudalen we";
    notice_pdf: "Notice of decisions (PDF)", "Hysbysiad o benderfyniadau (PDF)";
    notice_published: "Notice of decisions published", "Cyhoeddwyd yr hysbysiad o benderfyniadau";
    decided_none: "No decisions are published yet.", "Nid oes penderfyniadau wedi'u cyhoeddi eto.";
    subscribe: "Subscribe", "Tanysgrifio";
    calendar_file: "Calendar file (iCalendar)", "Ffeil galendr (iCalendar)";
    feed: "News of papers and decisions (Atom)", "Newyddion am bapurau a phenderfyniadau (Atom)";
    membership: "Membership", "Aelodaeth";
    sits_on: "Sits on", "Yn aelod o";
    attendance: "Attendance", "Presenoldeb";
    attended: "At {present} of {all} meetings whose minutes are published", "Yn {present} o {all} cyfarfod y cyhoeddwyd eu cofnodion";
    follows: "Papers that are to follow", "Papurau i ddilyn";
    follows_none: "No paper is to follow.", "Nid oes papur i ddilyn.";
    due: "expected by {date}", "disgwylir erbyn {date}";
    previous_item: "Previous item", "Eitem flaenorol";
    next_item: "Next item", "Eitem nesaf";
    months: "Months", "Misoedd";
    minute: "Minute", "Cofnod";
    all_meetings: "All meetings", "Pob cyfarfod";
    search_needs_script: "The search needs JavaScript. Everything else works without: the calendar and the committees lead to every meeting and its papers.",
        "Mae angen JavaScript ar y chwilio. Mae popeth arall yn gweithio hebddo: mae'r calendr a'r pwyllgorau yn arwain at bob cyfarfod a'i bapurau.";
    search_words: "Words to find", "Geiriau i'w canfod";
    search_body: "Committee", "Pwyllgor";
    search_year: "Year", "Blwyddyn";
    search_all: "All", "Pob un";
    found_nothing: "No paper has these words.", "Nid oes papur â'r geiriau hyn.";
    found_some: "No paper has all of these words. These have some of them.", "Nid oes papur â'r geiriau hyn i gyd. Mae rhai ohonynt yn y rhain.";
    found_one: "1 paper found.", "Canfuwyd 1 papur.";
    found_many: "{count} papers found.", "Canfuwyd {count} papur.";
    found_more: "Show more", "Dangos rhagor";
    in_language: "In English", "Yn Gymraeg";
}

impl Words {
    /// The languages that a council's site is in, the council's own first.
    pub(super) fn all(council: &Council) -> Vec<Self> {
        let tags: Vec<String> = council
            .languages
            .iter()
            .map(|lang| lang.0.clone())
            .collect();
        Self::of_site(&tags)
    }

    /// The same for the tags of its languages.
    pub(super) fn of_site(tags: &[String]) -> Vec<Self> {
        let mut all = Vec::new();
        for words in tags.iter().map(|tag| Self::of(tag)) {
            if !all.contains(&words) {
                all.push(words);
            }
        }
        all
    }

    /// The language that goes by this tag.
    pub(super) fn of(lang: &str) -> Self {
        Self(Composed::of(&crate::model::Lang(lang.to_owned())))
    }

    /// The words that packs are composed in.
    pub(super) fn composed(self) -> Composed {
        self.0
    }

    /// The tag of the language.
    pub(super) fn lang(self) -> &'static str {
        match self.0 {
            Composed::English => "en-GB",
            Composed::Welsh => "cy",
        }
    }

    /// "September 2026".
    pub(super) fn month(self, date: Date) -> String {
        let day = self.0.date_of(date);
        day.split_once(' ')
            .map_or(day.clone(), |(_, month)| month.to_owned())
    }
}
