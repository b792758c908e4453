//! The words that the program itself puts on a page, in English and in Welsh.

use crate::model::language::{MONTHS, WELSH_MONTHS};
use crate::model::{Date, Lang, Time, Tongue};

/// The language of the program's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// British English.
    English,
    /// Welsh.
    Welsh,
}

macro_rules! words {
    ($($name:ident: $english:literal, $welsh:literal;)*) => {
        impl Words {
            $(
                #[doc = concat!("“", $english, "”")]
                pub fn $name(self) -> &'static str {
                    match self {
                        Words::English => $english,
                        Words::Welsh => $welsh,
                    }
                }
            )*
        }
    };
}

words! {
    agenda: "Agenda", "Agenda";
    date: "Date", "Dyddiad";
    time: "Time", "Amser";
    place: "Place", "Lleoliad";
    page: "page {page}", "tudalen {page}";
    page_alone: "Page {page}", "Tudalen {page}";
    standard_page: "Standard page {page}", "Tudalen safonol {page}";
    standard_pages: "Standard pages {first} to {last}", "Tudalennau safonol {first} i {last}";
    standard_pages_of: "Standard pages {page}", "Tudalennau safonol {page}";
    page_standard: "Page of the standard edition", "Tudalen yn y fersiwn safonol";
    page_here: "Page of this edition", "Tudalen yn y fersiwn hon";
    lettering: "Words in the drawing:", "Geiriau yn y llun:";
    document: "Document", "Dogfen";
    accessibility: "Accessibility of this pack", "Hygyrchedd y pecyn hwn";
    accessibility_own: "The pages that the council made for this pack are tagged for screen readers. They can be had in large print and as a web page. They are meant to meet the Web Content Accessibility Guidelines 2.2 at level AA.",
        "Mae'r tudalennau a wnaeth y cyngor ar gyfer y pecyn hwn wedi'u tagio ar gyfer darllenwyr sgrin. Gellir eu cael mewn print bras ac fel tudalen we. Eu bwriad yw bodloni Canllawiau Hygyrchedd Cynnwys y We 2.2 ar lefel AA.";
    accessibility_wanting: "What is not fully accessible", "Yr hyn nad yw'n gwbl hygyrch";
    accessibility_why: "Why", "Pam";
    accessibility_scan: "It is a picture of pages, without text that can be read aloud.",
        "Llun o dudalennau ydyw, heb destun y gellir ei ddarllen yn uchel.";
    accessibility_untagged: "It has no tags: a screen reader cannot tell its headings, lists and tables.",
        "Nid oes tagiau ynddi: ni all darllenydd sgrin adnabod ei phenawdau, ei rhestrau a'i thablau.";
    accessibility_figures: "Some of its pictures have no text in their place.",
        "Nid oes testun yn lle rhai o'i lluniau.";
    accessibility_third_party: "It was made by others, and the council neither paid for it nor controls it.",
        "Eraill a'i gwnaeth, ac nid yw'r cyngor wedi talu amdani nac yn ei rheoli.";
    accessibility_ask: "If you need it in another form", "Os oes ei hangen arnoch ar ffurf arall";
    accessibility_ask_text: "Tell us what you need and which document it is. We will answer and send what we can before the meeting.",
        "Dywedwch wrthym beth sydd ei angen arnoch a pha ddogfen ydyw. Byddwn yn ateb ac yn anfon yr hyn a allwn cyn y cyfarfod.";
    concordance: "Where to find the pages of the standard edition",
        "Ble i ddod o hyd i dudalennau'r fersiwn safonol";
    reflowed: "Set again from the original document, which may look different. The words are the original's.",
        "Wedi'i osod eto o'r ddogfen wreiddiol, a all edrych yn wahanol. Geiriau'r gwreiddiol ydynt.";
    slip: "This document cannot be set in large print.",
        "Ni ellir gosod y ddogfen hon mewn print bras.";
    slip_ask: "Please ask for it in a form that you can use:",
        "Gofynnwch amdani ar ffurf y gallwch ei defnyddio:";
    item: "Item", "Eitem";
    part: "Part", "Rhan";
    open_to_public: "This meeting is open to the public and the press.",
        "Mae'r cyfarfod hwn yn agored i'r cyhoedd a'r wasg.";
    not_open_to_public: "This meeting is not open to the public and the press.",
        "Nid yw'r cyfarfod hwn yn agored i'r cyhoedd a'r wasg.";
    next_meeting: "Next meeting", "Y cyfarfod nesaf";
    distribution: "Distribution", "Dosbarthiad";
    chair: "Chair", "Cadeirydd";
    vice_chair: "Vice-chair", "Is-gadeirydd";
    vice_chairs: "Vice-chairs", "Is-gadeiryddion";
    members: "Members", "Aelodau";
    co_opted: "Co-opted members", "Aelodau cyfetholedig";
    substitutes: "Substitutes", "Dirprwyon";
    observers: "Observers", "Sylwedyddion";
    vacancy: "Vacancy", "Lle gwag";
    non_voting: "non-voting", "heb bleidlais";
    prepared_by: "Prepared by", "Paratowyd gan";
    contact: "Contact", "Cyswllt";
    telephone: "Telephone", "Ffôn";
    email: "E-mail", "E-bost";
    minutes_of: "Minutes of the meeting held on", "Cofnodion y cyfarfod a gynhaliwyd ar";
    minutes: "Minutes", "Cofnodion";
    present: "Present", "Yn bresennol";
    apologies: "Apologies", "Ymddiheuriadau";
    in_attendance: "In attendance", "Hefyd yn bresennol";
    ended_at: "The meeting ended at", "Daeth y cyfarfod i ben am";
    appendices: "Appendices", "Atodiadau";
    background_papers: "Background papers", "Papurau cefndir";
    none: "None", "Dim";
    no_title: "Item not for publication", "Eitem nad yw i'w chyhoeddi";
    not_attached: "Not attached", "Heb ei atodi";
    not_attached_text: "This document is listed in the agenda but was not available when this draft was made.",
        "Mae'r ddogfen hon ar yr agenda ond nid oedd ar gael pan luniwyd y drafft hwn.";
    not_in_pack: "Not in this pack", "Nid yw yn y pecyn hwn";
    to_follow: "To follow", "I ddilyn";
    to_follow_by: "To follow by", "I ddilyn erbyn";
    verbal: "Verbal report", "Adroddiad llafar";
    presentation: "Presentation", "Cyflwyniad";
    none_received: "None received", "Dim wedi dod i law";
    circulated: "Circulated separately", "Dosbarthwyd ar wahân";
    reference: "Reference", "Cyfeirnod";
    address: "Address", "Cyfeiriad";
    ward: "Ward", "Ward";
    applicant: "Applicant", "Ymgeisydd";
    officer: "Officer", "Swyddog";
    proper_officer: "Proper officer", "Swyddog priodol";
    not_for_publication: "Not for publication", "Nid i'w gyhoeddi";
    page_withheld: "is not for publication", "ddim i'w chyhoeddi";
    pages_withheld: "are not for publication", "ddim i'w cyhoeddi";
    exclusion: "Exclusion of the press and public", "Gwahardd y wasg a'r cyhoedd";
    contents: "Contents", "Cynnwys";
    to: "to", "i";
    revised: "Revised", "Diwygiwyd";
    supplement: "Issued with supplement", "Cyhoeddwyd gydag atodiad";
}

impl Words {
    /// The words for a pack in a language.
    pub fn of(lang: &Lang) -> Self {
        match Tongue::of(lang) {
            Tongue::English => Self::English,
            Tongue::Welsh => Self::Welsh,
        }
    }

    /// How dates, times and lists are written in it.
    pub fn tongue(self) -> Tongue {
        match self {
            Self::English => Tongue::English,
            Self::Welsh => Tongue::Welsh,
        }
    }

    /// "Monday 18 March 2019".
    pub fn long_date(self, date: Date) -> String {
        self.tongue().long_date(date)
    }

    /// "18 March 2019".
    pub fn date_of(self, date: Date) -> String {
        self.tongue().date(date)
    }

    /// "5.00 pm".
    pub fn time_of(self, time: Time) -> String {
        self.tongue().time(time)
    }
}

/// Whether a word is the name of a month in English or Welsh.
pub fn is_month(word: &str) -> bool {
    MONTHS.contains(&word) || WELSH_MONTHS.contains(&word)
}
