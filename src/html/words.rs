//! The words that the page itself says, in English and in Welsh.

use crate::model::{Access, Audience, Date, Jurisdiction, Lang, MeetingKind, MemberRole, Time};

/// The words of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    English,
    Welsh,
}

/// Declares fixed words: the name that code uses, English, Welsh.
macro_rules! fixed {
    ($($name:ident: $english:literal, $welsh:literal;)*) => {
        impl Words {
            $(pub(super) fn $name(self) -> &'static str {
                match self {
                    Words::English => $english,
                    Words::Welsh => $welsh,
                }
            })*

            /// Every fixed word by its name, for the templates.
            pub(super) fn by_name(self) -> std::collections::BTreeMap<&'static str, &'static str> {
                [$((stringify!($name), self.$name()),)*].into_iter().collect()
            }
        }
    };
}

fixed! {
    skip_links: "Skip to", "Neidio i";
    until: "to", "i";
    kind_of_meeting: "Kind of meeting", "Math o gyfarfod";
    sections: "Sections of this document", "Adrannau'r ddogfen hon";
    not_for_publication_label: "Not for publication", "Ddim i'w gyhoeddi";
    skip_to_content: "Skip to the papers", "Neidio i'r papurau";
    skip_to_contents: "Skip to the contents list", "Neidio i'r rhestr gynnwys";
    skip_to_pages: "Skip to the list of pages", "Neidio i'r rhestr tudalennau";
    agenda: "Agenda", "Agenda";
    agenda_and_papers: "Agenda and papers", "Agenda a phapurau";
    contents: "Contents", "Cynnwys";
    back_to_top: "Back to the agenda", "Yn ôl i'r agenda";
    page: "Page", "Tudalen";
    pages: "Pages", "Tudalennau";
    printed_pages: "Pages of the printed pack", "Tudalennau'r pecyn printiedig";
    printed_pages_help: "The numbers are those of the printed pack and of the PDF, so that everybody in the room can turn to the same page.",
        "Rhifau'r pecyn printiedig a'r PDF yw'r rhain, fel y gall pawb yn yr ystafell droi at yr un dudalen.";
    date: "Date", "Dyddiad";
    time: "Time", "Amser";
    place: "Place", "Lleoliad";
    open_to: "Open to", "Yn agored i";
    open_to_all: "The public and the press", "Y cyhoedd a'r wasg";
    in_private: "Nobody but members: this meeting is held in private", "Aelodau yn unig: cynhelir y cyfarfod hwn yn breifat";
    next_meeting: "Next meeting", "Cyfarfod nesaf";
    published: "Published", "Cyhoeddwyd";
    contact: "Contact", "Cyswllt";
    phone: "Telephone", "Ffôn";
    email: "E-mail", "E-bost";
    membership: "Membership", "Aelodaeth";
    chair: "Chair", "Cadeirydd";
    vice_chair: "Vice-chair", "Is-gadeirydd";
    members: "Members", "Aelodau";
    co_opted: "Co-opted members", "Aelodau cyfetholedig";
    substitutes: "Substitutes", "Dirprwyon";
    observers: "Observers", "Sylwedyddion";
    vacancy: "Vacancy", "Lle gwag";
    representing: "representing", "yn cynrychioli";
    voting: "voting", "â phleidlais";
    not_voting: "not voting", "heb bleidlais";
    item: "Item", "Eitem";
    part: "Part", "Rhan";
    report: "Report", "Adroddiad";
    minutes: "Minutes", "Cofnodion";
    appendix: "Appendix", "Atodiad";
    appendices: "Appendices", "Atodiadau";
    verbal: "Verbal update", "Diweddariad llafar";
    presentation: "Presentation", "Cyflwyniad";
    motion: "Motion", "Cynnig";
    question: "Question", "Cwestiwn";
    petition: "Petition", "Deiseb";
    application: "Application", "Cais";
    hearing: "Hearing", "Gwrandawiad";
    none_received: "None received", "Ni dderbyniwyd dim";
    circulated_separately: "Circulated separately", "Dosberthir ar wahân";
    to_follow: "To follow", "I ddilyn";
    due: "due", "disgwylir";
    officer: "Officer", "Swyddog";
    reference: "Reference", "Cyfeirnod";
    address: "Address", "Cyfeiriad";
    ward: "Ward", "Ward";
    applicant: "Applicant", "Ymgeisydd";
    revised: "Version", "Fersiwn";
    supplement: "Issued with supplement", "Cyhoeddwyd gydag atodiad";
    background_papers: "Background papers", "Papurau cefndir";
    none: "None", "Dim";
    present: "Present", "Yn bresennol";
    apologies: "Apologies", "Ymddiheuriadau";
    in_attendance: "In attendance", "Hefyd yn bresennol";
    meeting_ended: "The meeting ended at", "Daeth y cyfarfod i ben am";
    decision: "Decision", "Penderfyniad";
    signed: "Signed", "Llofnodwyd";
    footnotes: "Footnotes", "Troednodiadau";
    footnote: "Footnote", "Troednodyn";
    back_to_text: "Back to the text", "Yn ôl i'r testun";
    table: "Table", "Tabl";
    table_scrolls: "this table scrolls sideways", "mae'r tabl hwn yn sgrolio i'r ochr";
    image: "Image", "Delwedd";
    image_undescribed: "An image that has no description", "Delwedd heb ddisgrifiad";
    image_absent: "Image not shown here", "Delwedd nas dangosir yma";
    download: "Open the document", "Agor y ddogfen";
    in_printed_pack: "In the printed pack", "Yn y pecyn printiedig";
    file: "File", "Ffeil";
    language: "Language", "Iaith";
    accessibility: "Accessibility", "Hygyrchedd";
    accessible: "Tagged for assistive technology", "Wedi'i dagio ar gyfer technoleg gynorthwyol";
    accessible_claimed: "Made to the PDF/UA accessibility standard", "Wedi'i llunio i safon hygyrchedd PDF/UA";
    not_tagged: "Not tagged: may be hard to use with a screen reader", "Heb ei dagio: gall fod yn anodd ei defnyddio â darllenydd sgrin";
    scanned: "A scan without text: a screen reader cannot read it", "Sgan heb destun: ni all darllenydd sgrin ei ddarllen";
    origin: "Whose document", "Dogfen pwy";
    not_stated: "Not stated in the file", "Nas nodir yn y ffeil";
    third_party: "Not the council's own", "Nid y cyngor a'i lluniodd";
    read_here: "The text of this document", "Testun y ddogfen hon";
    read_here_note: "Taken from the document's own tags. The document itself is the record.",
        "Cymerwyd o dagiau'r ddogfen ei hun. Y ddogfen ei hun yw'r cofnod.";
    alternative: "In place of the document", "Yn lle'r ddogfen";
    not_attached: "Not attached", "Heb ei atodi";
    not_attached_note: "This document was listed but had not come when the pack was made.",
        "Rhestrwyd y ddogfen hon ond nid oedd wedi cyrraedd pan luniwyd y pecyn.";
    not_in_pack: "Not in this pack", "Nid yw yn y pecyn hwn";
    draft: "Draft", "Drafft";
    draft_note: "This pack is a draft and has not been published.", "Drafft yw'r pecyn hwn ac nid yw wedi'i gyhoeddi.";
    members_edition: "Members' edition: contains papers that are not for publication",
        "Fersiwn yr aelodau: yn cynnwys papurau nad ydynt i'w cyhoeddi";
    proper_officer: "Issued by", "Cyhoeddwyd gan";
    about_this_pack: "About this pack", "Am y pecyn hwn";
    public_interest: "Why the public interest is in withholding it", "Pam mae budd y cyhoedd mewn ei gadw'n ôl";
}

impl Words {
    /// The words for a pack in this language.
    pub(super) fn of(lang: &Lang) -> Self {
        if lang.is_welsh() {
            Words::Welsh
        } else {
            Words::English
        }
    }

    /// "Monday 18 March 2019".
    pub(super) fn long_date(self, date: Date) -> String {
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        let weekdays = match self {
            Words::English => [
                "Monday",
                "Tuesday",
                "Wednesday",
                "Thursday",
                "Friday",
                "Saturday",
                "Sunday",
            ],
            Words::Welsh => [
                "Dydd Llun",
                "Dydd Mawrth",
                "Dydd Mercher",
                "Dydd Iau",
                "Dydd Gwener",
                "Dydd Sadwrn",
                "Dydd Sul",
            ],
        };
        format!(
            "{} {}",
            weekdays.get(weekday).copied().unwrap_or_default(),
            self.short_date(date)
        )
    }

    /// "18 March 2019".
    pub(super) fn short_date(self, date: Date) -> String {
        let month = usize::try_from(date.month() - 1).unwrap_or(0);
        let months = match self {
            Words::English => [
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ],
            Words::Welsh => [
                "Ionawr",
                "Chwefror",
                "Mawrth",
                "Ebrill",
                "Mai",
                "Mehefin",
                "Gorffennaf",
                "Awst",
                "Medi",
                "Hydref",
                "Tachwedd",
                "Rhagfyr",
            ],
        };
        format!(
            "{} {} {}",
            date.day(),
            months.get(month).copied().unwrap_or_default(),
            date.year()
        )
    }

    /// "5.00 pm".
    pub(super) fn time_of_day(self, time: Time) -> String {
        let (hour, minute) = (time.hour(), time.minute());
        if minute == 0 && hour == 12 {
            return match self {
                Words::English => "12 noon",
                Words::Welsh => "12 hanner dydd",
            }
            .to_owned();
        }
        let half = match (self, hour < 12) {
            (Words::English, true) => "am",
            (Words::English, false) => "pm",
            (Words::Welsh, true) => "yb",
            (Words::Welsh, false) => "yp",
        };
        let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
        // A time is not broken over lines.
        format!("{hour}.{minute:02}\u{a0}{half}")
    }

    /// "5.00 pm to 7.00 pm".
    pub(super) fn to(self, first: &str, last: &str) -> String {
        match self {
            Words::English => format!("{first} to {last}"),
            Words::Welsh => format!("{first} i {last}"),
        }
    }

    /// "page 39 of 120".
    pub(super) fn page_of(self, label: &str, last: &str) -> String {
        match self {
            Words::English => format!("Page {label} of {last}"),
            Words::Welsh => format!("Tudalen {label} o {last}"),
        }
    }

    /// "Page 39".
    pub(super) fn page_label(self, label: &str) -> String {
        format!("{} {label}", self.page())
    }

    /// "Page 39", or "Pages 39 to 41".
    pub(super) fn page_range(self, first: &str, last: &str) -> String {
        if first == last {
            self.page_label(first)
        } else {
            format!("{} {}", self.pages(), self.to(first, last))
        }
    }

    /// "Pages 45 to 60 are not for publication".
    pub(super) fn withheld_pages(self, pages: Option<(&str, &str)>) -> String {
        match (self, pages) {
            (Words::English, Some((first, last))) if first == last => {
                format!("Page {first} is not for publication")
            }
            (Words::English, Some((first, last))) => {
                format!("Pages {first} to {last} are not for publication")
            }
            (Words::English, None) => "Not for publication".to_owned(),
            (Words::Welsh, Some((first, last))) if first == last => {
                format!("Nid yw tudalen {first} i'w chyhoeddi")
            }
            (Words::Welsh, Some((first, last))) => {
                format!("Nid yw tudalennau {first} i {last} i'w cyhoeddi")
            }
            (Words::Welsh, None) => "Ddim i'w gyhoeddi".to_owned(),
        }
    }

    /// Why something is withheld, with the paragraph and its schedule; `None` for what is public.
    pub(super) fn reason(self, access: &Access, jurisdiction: Jurisdiction) -> Option<String> {
        match access {
            Access::Public => None,
            Access::Confidential { .. } => Some(
                match self {
                    Words::English => "confidential information",
                    Words::Welsh => "gwybodaeth gyfrinachol",
                }
                .to_owned(),
            ),
            Access::Exempt { paragraphs, .. } => {
                let schedule = self.schedule(jurisdiction);
                let numbers: Vec<String> = paragraphs.iter().map(u8::to_string).collect();
                Some(match (self, numbers.as_slice()) {
                    (Words::English, []) => format!("exempt information, {schedule}"),
                    (Words::English, [one]) => format!("paragraph {one} of {schedule}"),
                    (Words::English, many) => {
                        format!("paragraphs {} of {schedule}", listed(many, "and"))
                    }
                    (Words::Welsh, []) => format!("gwybodaeth esempt, {schedule}"),
                    (Words::Welsh, [one]) => format!("paragraff {one} o {schedule}"),
                    (Words::Welsh, many) => {
                        format!("paragraffau {} o {schedule}", listed(many, "a"))
                    }
                })
            }
        }
    }

    /// The schedule that lists what is exempt (DOMAIN: Local Government Act 1972, Schedule 12A;
    /// its Part 4 in Wales; the counterparts in Scotland and Northern Ireland).
    fn schedule(self, jurisdiction: Jurisdiction) -> &'static str {
        match (self, jurisdiction) {
            (Words::English, Jurisdiction::England) => {
                "Part 1 of Schedule 12A, Local Government Act 1972"
            }
            (Words::English, Jurisdiction::Wales) => {
                "Part 4 of Schedule 12A, Local Government Act 1972"
            }
            (Words::Welsh, Jurisdiction::Wales) => {
                "Ran 4 o Atodlen 12A, Deddf Llywodraeth Leol 1972"
            }
            (Words::Welsh, Jurisdiction::England) => {
                "Ran 1 o Atodlen 12A, Deddf Llywodraeth Leol 1972"
            }
            (_, Jurisdiction::Scotland) => "Schedule 7A, Local Government (Scotland) Act 1973",
            (_, Jurisdiction::NorthernIreland) => {
                "Schedule 6, Local Government Act (Northern Ireland) 2014"
            }
        }
    }

    /// "Not for publication".
    pub(super) fn not_for_publication(self) -> &'static str {
        match self {
            Words::English => "Not for publication",
            Words::Welsh => "Ddim i'w gyhoeddi",
        }
    }

    /// The heading over the members who hold a place.
    pub(super) fn role(self, role: MemberRole) -> &'static str {
        match role {
            MemberRole::Chair => self.chair(),
            MemberRole::ViceChair => self.vice_chair(),
            MemberRole::Member => self.members(),
            MemberRole::CoOpted => self.co_opted(),
            MemberRole::Substitute => self.substitutes(),
            MemberRole::Observer => self.observers(),
        }
    }

    /// What kind of meeting it is, where that is worth saying.
    pub(super) fn meeting_kind(self, kind: &MeetingKind) -> Option<String> {
        let word = match (self, kind) {
            (_, MeetingKind::Ordinary) => return None,
            (_, MeetingKind::Other(word)) => return Some(word.clone()),
            (Words::English, MeetingKind::Annual) => "Annual meeting",
            (Words::English, MeetingKind::Extraordinary) => "Extraordinary meeting",
            (Words::English, MeetingKind::Special) => "Special meeting",
            (Words::Welsh, MeetingKind::Annual) => "Cyfarfod blynyddol",
            (Words::Welsh, MeetingKind::Extraordinary) => "Cyfarfod eithriadol",
            (Words::Welsh, MeetingKind::Special) => "Cyfarfod arbennig",
        };
        Some(word.to_owned())
    }

    /// The name of a language, in the page's own.
    pub(super) fn language_name(self, tag: &str) -> String {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag).to_lowercase();
        let name = match (self, primary.as_str()) {
            (Words::English, "en") => "English",
            (Words::English, "cy") => "Welsh",
            (Words::English, "gd") => "Scottish Gaelic",
            (Words::English, "ga") => "Irish",
            (Words::English, "pl") => "Polish",
            (Words::English, "ur") => "Urdu",
            (Words::English, "pa") => "Punjabi",
            (Words::English, "bn") => "Bengali",
            (Words::English, "fr") => "French",
            (Words::Welsh, "en") => "Saesneg",
            (Words::Welsh, "cy") => "Cymraeg",
            (Words::Welsh, "gd") => "Gaeleg yr Alban",
            (Words::Welsh, "ga") => "Gwyddeleg",
            (Words::Welsh, "pl") => "Pwyleg",
            (Words::Welsh, "ur") => "Wrdw",
            (Words::Welsh, "pa") => "Pwnjabeg",
            (Words::Welsh, "bn") => "Bengaleg",
            (Words::Welsh, "fr") => "Ffrangeg",
            _ => tag,
        };
        name.to_owned()
    }

    /// "12 pages".
    pub(super) fn page_count(self, count: usize) -> String {
        match (self, count) {
            (Words::English, 1) => "1 page".to_owned(),
            (Words::English, _) => format!("{count} pages"),
            (Words::Welsh, _) => format!("{count} tudalen"),
        }
    }

    /// "Members' edition" and the like for the foot of the page; `None` for the public one.
    pub(super) fn edition(self, audience: Audience) -> Option<&'static str> {
        match audience {
            Audience::Public => None,
            Audience::Members => Some(self.members_edition()),
        }
    }
}

/// Bytes as people say them: "640 KB", "1.2 MB" (1 KB is 1,000 bytes).
pub(super) fn size(bytes: u64) -> String {
    if bytes < 1_000_000 {
        format!("{} KB", bytes.div_ceil(1000).max(1))
    } else {
        let tenths = (bytes + 50_000) / 100_000;
        format!("{}.{} MB", tenths / 10, tenths % 10)
    }
}

fn listed(words: &[String], and: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_read_as_councils_write_them() {
        let date = Date::constant(2019, 3, 18);
        assert_eq!(Words::English.long_date(date), "Monday 18 March 2019");
        assert_eq!(Words::Welsh.long_date(date), "Dydd Llun 18 Mawrth 2019");
        let at = |hour, minute| Words::English.time_of_day(Time::constant(hour, minute, 0, 0));
        assert_eq!(at(17, 0), "5.00\u{a0}pm");
        assert_eq!(at(9, 30), "9.30\u{a0}am");
        assert_eq!(at(12, 0), "12 noon");
        assert_eq!(at(12, 15), "12.15\u{a0}pm");
        assert_eq!(at(0, 5), "12.05\u{a0}am");
    }

    #[test]
    fn the_reason_names_paragraph_and_schedule() {
        let exempt = |paragraphs: &[u8]| Access::Exempt {
            paragraphs: paragraphs.to_vec(),
            public_interest: None,
            span: None,
        };
        assert_eq!(
            Words::English.reason(&exempt(&[3]), Jurisdiction::England),
            Some("paragraph 3 of Part 1 of Schedule 12A, Local Government Act 1972".to_owned())
        );
        assert_eq!(
            Words::Welsh.reason(&exempt(&[14, 16]), Jurisdiction::Wales),
            Some(
                "paragraffau 14 a 16 o Ran 4 o Atodlen 12A, Deddf Llywodraeth Leol 1972".to_owned()
            )
        );
        assert_eq!(
            Words::English.reason(&Access::Public, Jurisdiction::England),
            None
        );
    }

    #[test]
    fn sizes_are_rounded() {
        assert_eq!(size(0), "1 KB");
        assert_eq!(size(640_001), "641 KB");
        assert_eq!(size(1_250_000), "1.3 MB");
        assert_eq!(size(110_000_000), "110.0 MB");
    }
}
