//! The words that the program itself puts on a page, in English and in Welsh, and how dates and
//! times are written.

use crate::model::{Date, Lang, Time, Weekday};

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
    confidential: "confidential information", "gwybodaeth gyfrinachol";
    page_withheld: "is not for publication", "ddim i'w chyhoeddi";
    pages_withheld: "are not for publication", "ddim i'w cyhoeddi";
    exclusion: "Exclusion of the press and public", "Gwahardd y wasg a'r cyhoedd";
    contents: "Contents", "Cynnwys";
    and: "and", "a";
    to: "to", "i";
    revised: "Revised", "Diwygiwyd";
    supplement: "Issued with supplement", "Cyhoeddwyd gydag atodiad";
}

impl Words {
    /// The words for a pack in a language.
    pub fn of(lang: &Lang) -> Self {
        if lang.is_welsh() {
            Self::Welsh
        } else {
            Self::English
        }
    }

    /// "Monday 18 March 2019".
    pub fn long_date(self, date: Date) -> String {
        format!("{} {}", self.weekday(date.weekday()), self.date_of(date))
    }

    /// "18 March 2019".
    pub fn date_of(self, date: Date) -> String {
        format!(
            "{} {} {}",
            date.day(),
            self.month(date.month()),
            date.year()
        )
    }

    /// "5.00 pm"; the hour of the day in Welsh words would need more than a suffix, so Welsh packs
    /// write "5.00 pm" as well, as Welsh councils do.
    pub fn time_of(self, time: Time) -> String {
        let (hour, minute) = (time.hour(), time.minute());
        match (hour, minute) {
            (12, 0) if self == Self::English => "12 noon".to_owned(),
            _ => format!(
                "{}.{minute:02} {}",
                if hour % 12 == 0 { 12 } else { hour % 12 },
                if hour < 12 { "am" } else { "pm" }
            ),
        }
    }

    /// The name of a weekday.
    pub fn weekday(self, day: Weekday) -> &'static str {
        let english = [
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
        ];
        let welsh = [
            "Dydd Llun",
            "Dydd Mawrth",
            "Dydd Mercher",
            "Dydd Iau",
            "Dydd Gwener",
            "Dydd Sadwrn",
            "Dydd Sul",
        ];
        // jiff counts weekdays from Monday, 1 to 7.
        let index = usize::from(day.to_monday_one_offset().unsigned_abs()).clamp(1, 7) - 1;
        match self {
            Words::English => english[index],
            Words::Welsh => welsh[index],
        }
    }

    fn month(self, month: i8) -> &'static str {
        let english = [
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
        ];
        let welsh = [
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
        ];
        let index = usize::from(month.unsigned_abs()).clamp(1, 12) - 1;
        match self {
            Words::English => english[index],
            Words::Welsh => welsh[index],
        }
    }

    /// "1, 2 and 3".
    pub fn list(self, words: &[String]) -> String {
        match words {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.and()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_read_as_a_clerk_writes_them() {
        let date = Date::constant(2019, 3, 18);
        assert_eq!(Words::English.long_date(date), "Monday 18 March 2019");
        assert_eq!(Words::Welsh.long_date(date), "Dydd Llun 18 Mawrth 2019");
        let time = |hour, minute| Words::English.time_of(Time::constant(hour, minute, 0, 0));
        assert_eq!(time(17, 0), "5.00 pm");
        assert_eq!(time(0, 30), "12.30 am");
        assert_eq!(time(12, 0), "12 noon");
        assert_eq!(time(12, 5), "12.05 pm");
        assert_eq!(time(9, 5), "9.05 am");
    }

    #[test]
    fn a_list_of_words_has_one_and() {
        let words = |list: &[&str]| {
            Words::English.list(
                &list
                    .iter()
                    .map(|word| (*word).to_owned())
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(words(&["1"]), "1");
        assert_eq!(words(&["1", "2"]), "1 and 2");
        assert_eq!(words(&["1", "2", "5"]), "1, 2 and 5");
    }
}
