//! The words that the page itself says, in English and in Welsh.

use crate::model::{
    Access, Audience, Date, Jurisdiction, Lang, MeetingKind, MemberRole, Time, Tongue,
};

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
    not_for_publication: "Not for publication", "Nid i'w gyhoeddi";
    exempt: "exempt information", "gwybodaeth eithriedig";
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
        match Tongue::of(lang) {
            Tongue::English => Words::English,
            Tongue::Welsh => Words::Welsh,
        }
    }

    /// How dates, times and lists are written in it.
    fn tongue(self) -> Tongue {
        match self {
            Words::English => Tongue::English,
            Words::Welsh => Tongue::Welsh,
        }
    }

    /// "Monday 18 March 2019".
    pub(super) fn long_date(self, date: Date) -> String {
        self.tongue().long_date(date)
    }

    /// "18 March 2019".
    pub(super) fn short_date(self, date: Date) -> String {
        self.tongue().date(date)
    }

    /// "5.00 pm", not broken over lines.
    pub(super) fn time_of_day(self, time: Time) -> String {
        self.tongue().time(time).replace(' ', "\u{a0}")
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

            (Words::Welsh, Some((first, last))) if first == last => {
                format!("Nid yw tudalen {first} i'w chyhoeddi")
            }
            (Words::Welsh, Some((first, last))) => {
                format!("Nid yw tudalennau {first} i {last} i'w cyhoeddi")
            }
            (_, None) => self.not_for_publication().to_owned(),
        }
    }

    /// Why something is withheld, with the paragraph and its schedule; `None` for what is public.
    pub(super) fn reason(self, access: &Access, jurisdiction: Jurisdiction) -> Option<String> {
        if let Access::Public = access {
            return None;
        }
        let tongue = self.tongue();
        let unnamed = || format!("{}, {}", self.exempt(), tongue.schedule(jurisdiction));
        Some(tongue.reason(access, jurisdiction).unwrap_or_else(unnamed))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded() {
        assert_eq!(size(0), "1 KB");
        assert_eq!(size(640_001), "641 KB");
        assert_eq!(size(1_250_000), "1.3 MB");
        assert_eq!(size(110_000_000), "110.0 MB");
    }
}
