//! The words that the program itself puts on a page, in English and in Welsh.

use std::collections::BTreeMap;

use crate::model::language::{MONTHS, WELSH_MONTHS};
use crate::model::{Access, Audience, Date, Lang, Law, MeetingKind, MemberRole, Time, Tongue};

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

            /// Every fixed word by its name, for the templates of the web page.
            pub fn by_name(self) -> BTreeMap<&'static str, &'static str> {
                [$((stringify!($name), self.$name()),)*].into_iter().collect()
            }
        }
    };
}

words! {
    agenda: "Agenda", "Agenda";
    date: "Date", "Dyddiad";
    time: "Time", "Amser";
    place: "Place", "Lleoliad";
    on_page: "page {page}", "tudalen {page}";
    standard_page: "Standard page {page}", "Tudalen safonol {page}";
    standard_pages: "Standard pages {first} to {last}", "Tudalennau safonol {first} i {last}";
    standard_pages_of: "Standard pages {page}", "Tudalennau safonol {page}";
    page_standard: "Page of the standard edition", "Tudalen yn y fersiwn safonol";
    page_here: "Page of this edition", "Tudalen yn y fersiwn hon";
    drawing: "What the drawing shows:", "Beth mae'r llun yn ei ddangos:";
    lettering: "Words in the drawing:", "Geiriau yn y llun:";
    document: "Document", "Dogfen";
    accessibility_page: "Accessibility of this pack", "Hygyrchedd y pecyn hwn";
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
    reflowed_from_pages: "Read by machine from the pages of the original, which is not tagged. A heading, list or table may have been taken for something else. The original document is the record.",
        "Wedi'i ddarllen gan beiriant o dudalennau'r gwreiddiol, nad yw wedi'i dagio. Mae'n bosibl bod pennawd, rhestr neu dabl wedi'i gymryd am rywbeth arall. Y ddogfen wreiddiol yw'r cofnod.";
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
    cancelled: "This meeting has been cancelled.", "Mae'r cyfarfod hwn wedi'i ganslo.";
    moved: "This meeting has been moved.", "Mae'r cyfarfod hwn wedi'i symud.";
    next_meeting: "Next meeting", "Y cyfarfod nesaf";
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
    exempt_minutes_of: "Exempt minutes of the meeting held on", "Cofnodion eithriedig y cyfarfod a gynhaliwyd ar";
    minutes: "Minutes", "Cofnodion";
    present: "Present", "Yn bresennol";
    apologies: "Apologies", "Ymddiheuriadau";
    in_attendance: "In attendance", "Hefyd yn bresennol";
    came_late: "Came during the meeting", "Cyrhaeddodd yn ystod y cyfarfod";
    left_early: "Left during the meeting", "Gadawodd yn ystod y cyfarfod";
    during_item: "during item {item}", "yn ystod eitem {item}";
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
    not_for_publication: "Not for publication", "Nid i'w gyhoeddi";
    this_page: "Page {page}", "Nid yw tudalen {page}";
    these_pages: "Pages {page}", "Nid yw tudalennau {page}";
    this_standard_page: "Standard page {page}", "Nid yw tudalen safonol {page}";
    these_standard_pages: "Standard pages {page}", "Nid yw tudalennau safonol {page}";
    page_withheld: "is not for publication", "i'w chyhoeddi";
    pages_withheld: "are not for publication", "i'w cyhoeddi";
    contents: "Contents", "Cynnwys";
    to: "to", "i";
    volume_of: "Volume {volume} of {count}", "Cyfrol {volume} o {count}";
    volume_pages: "pages {first} to {last}", "tudalennau {first} i {last}";
    volume_page: "page {page}", "tudalen {page}";
    volume_items: "Items {items}", "Eitemau {items}";
    decisions: "Decisions", "Penderfyniadau";
    decision_notice: "Decision notice", "Hysbysiad o benderfyniadau";
    decided_by: "Decided by", "Penderfynwyd gan";
    decided_on: "Date of the decision", "Dyddiad y penderfyniad";
    minute: "Minute", "Cofnod";
    reasons: "Reasons for the decision", "Rhesymau dros y penderfyniad";
    alternatives: "Alternatives considered", "Dewisiadau eraill a ystyriwyd";
    interests: "Interests declared", "Buddiannau a ddatganwyd";
    notice_published: "Notice published", "Cyhoeddwyd yr hysbysiad";
    call_in_ends: "Call-in ends", "Cyfnod galw i mewn yn dod i ben";
    not_minuted: "The minutes do not say.", "Nid yw'r cofnodion yn dweud.";
    volume_agenda: "Agenda without its papers", "Agenda heb ei phapurau";
    volume_exempt: "Exempt papers only", "Papurau eithriedig yn unig";
    volume_with_notes: "Agenda and papers with leaves for notes", "Agenda a phapurau gyda dalennau ar gyfer nodiadau";
    volume_notes: "Notes", "Nodiadau";
    volume_contents: "In this volume", "Yn y gyfrol hon";
    volume_numbers: "Pages have the numbers that they have in the whole pack in this print.", "Mae gan y tudalennau yr un rhifau ag yn y pecyn cyfan yn y print hwn.";
    volume_goes_on: "{title} (continued)", "{title} (parhad)";
    revised: "Version", "Fersiwn";
    replaces: "Replaces", "Yn disodli";
    supplement: "Issued with supplement", "Cyhoeddwyd gydag atodiad";
    skip_links: "Skip to", "Neidio i";
    kind_of_meeting: "Kind of meeting", "Math o gyfarfod";
    sections: "Sections of this document", "Adrannau'r ddogfen hon";
    exempt: "exempt information", "gwybodaeth eithriedig";
    skip_to_content: "Skip to the papers", "Neidio i'r papurau";
    skip_to_contents: "Skip to the contents list", "Neidio i'r rhestr gynnwys";
    skip_to_pages: "Skip to the list of pages", "Neidio i'r rhestr tudalennau";
    agenda_and_papers: "Agenda and papers", "Agenda a phapurau";
    back_to_top: "Back to the agenda", "Yn ôl i'r agenda";
    page: "Page", "Tudalen";
    pages: "Pages", "Tudalennau";
    printed_pages: "Pages of the printed pack", "Tudalennau'r pecyn printiedig";
    printed_pages_help: "The numbers are those of the printed pack and of the PDF, so that everybody in the room can turn to the same page.",
        "Rhifau'r pecyn printiedig a'r PDF yw'r rhain, fel y gall pawb yn yr ystafell droi at yr un dudalen.";
    published: "Published", "Cyhoeddwyd";
    issued: "Date of issue", "Dyddiad cyhoeddi";
    supplement_to: "Supplement {number} to the agenda", "Atodiad {number} i'r agenda";
    agenda_published: "Agenda published", "Cyhoeddi'r agenda";
    supplement_issued: "Supplement issued", "Cyhoeddi'r atodiad";
    brings_item: "This item was not on the agenda as it was published.",
        "Nid oedd yr eitem hon ar yr agenda fel y'i cyhoeddwyd.";
    brings_papers: "The papers for this item were to follow and are now here.",
        "Roedd y papurau ar gyfer yr eitem hon i ddilyn ac maent yma bellach.";
    brings_anew: "{title} replaces {pages} of the published pack.",
        "Mae {title} yn disodli {pages} o'r pecyn a gyhoeddwyd.";
    brings_added: "{title} is added to the papers of this item and replaces nothing.",
        "Ychwanegir {title} at bapurau'r eitem hon, ac nid yw'n disodli dim.";
    brings_withdrawal: "This item has been withdrawn since the agenda was published.",
        "Tynnwyd yr eitem hon yn ôl ers cyhoeddi'r agenda.";
    brings_withdrawn: "{title} ({pages} of the published pack) is withdrawn: {reason}",
        "Tynnwyd {title} ({pages} o'r pecyn a gyhoeddwyd) yn ôl: {reason}";
    consolidated: "Agenda with its supplements", "Agenda gyda'i hatodiadau";
    a_supplement: "Supplement", "Atodiad";
    numbers_kept: "Every page keeps the number that it was published with: {issues}.",
        "Mae pob tudalen yn cadw'r rhif y'i cyhoeddwyd ag ef: {issues}.";
    not_repeated: "Not repeated here, since they only list what was published: {pages}.",
        "Heb eu hailadrodd yma, gan mai dim ond rhestru'r hyn a gyhoeddwyd y maent: {pages}.";
    new_since: "New since {day} (supplement {number})", "Newydd ers {day} (atodiad {number})";
    in_place_of: "in place of {pages}", "yn lle {pages}";
    gone_was: "{pages} of the published pack: {title}.", "{pages} o'r pecyn a gyhoeddwyd: {title}.";
    gone_replaced: "This has been replaced. Turn to page {page}.",
        "Disodlwyd hwn. Trowch at dudalen {page}.";
    gone_withdrawn: "This has been withdrawn.", "Tynnwyd hwn yn ôl.";
    gone_withdrawn_why: "This has been withdrawn: {reason}", "Tynnwyd hwn yn ôl: {reason}";
    a_paper: "A paper", "Papur";
    withdrawn: "Withdrawn", "Tynnwyd yn ôl";
    brings_more: "The other papers of this item are on {pages} of the published pack.",
        "Mae papurau eraill yr eitem hon ar {pages} o'r pecyn a gyhoeddwyd.";
    one_page: "page {page}", "tudalen {page}";
    several_pages: "pages {first} to {last}", "tudalennau {first} i {last}";
    notices: "Notices", "Hysbysiadau";
    files_beside: "The documents that came as PDF are in the folder “papers” beside this page. If you have this page alone, ask for them, or find them where the council publishes its papers.",
        "Mae'r dogfennau a ddaeth fel PDF yn y ffolder “papers” wrth ymyl y dudalen hon. Os mai'r dudalen hon yn unig sydd gennych, gofynnwch amdanynt, neu dewch o hyd iddynt lle mae'r cyngor yn cyhoeddi ei bapurau.";
    files_beside_at: "The documents that came as PDF are in the folder “papers” beside this page. If you have this page alone, ask for them, or find them at {website}.",
        "Mae'r dogfennau a ddaeth fel PDF yn y ffolder “papers” wrth ymyl y dudalen hon. Os mai'r dudalen hon yn unig sydd gennych, gofynnwch amdanynt, neu dewch o hyd iddynt yn {website}.";
    membership: "Membership", "Aelodaeth";
    voting: "voting", "â phleidlais";
    report: "Report", "Adroddiad";
    appendix: "Appendix", "Atodiad";
    decision: "Decision", "Penderfyniad";
    footnotes: "Footnotes", "Troednodiadau";
    footnote: "Footnote", "Troednodyn";
    back_to_text: "Back to the text", "Yn ôl i'r testun";
    table: "Table", "Tabl";
    table_scrolls: "this table scrolls sideways", "mae'r tabl hwn yn sgrolio i'r ochr";
    image: "Image", "Delwedd";
    full_size: "Full size", "Maint llawn";
    image_undescribed: "An image that has no description", "Delwedd heb ddisgrifiad";
    download: "Open the document", "Agor y ddogfen";
    in_printed_pack: "In the printed pack", "Yn y pecyn printiedig";
    file: "File", "Ffeil";
    language: "Language", "Iaith";
    accessibility: "Accessibility", "Hygyrchedd";
    accessible: "Tagged for assistive technology", "Wedi'i dagio ar gyfer technoleg gynorthwyol";
    accessible_claimed: "Made to the PDF/UA accessibility standard",
        "Wedi'i llunio i safon hygyrchedd PDF/UA";
    not_tagged: "Not tagged: may be hard to use with a screen reader",
        "Heb ei dagio: gall fod yn anodd ei defnyddio â darllenydd sgrin";
    scanned: "A scan without text: a screen reader cannot read it",
        "Sgan heb destun: ni all darllenydd sgrin ei ddarllen";
    origin: "Whose document", "Dogfen pwy";
    not_stated: "Not stated in the file", "Nas nodir yn y ffeil";
    third_party: "Not the council's own", "Nid y cyngor a'i lluniodd";
    read_here: "The text of this document", "Testun y ddogfen hon";
    alternative: "In place of the document", "Yn lle'r ddogfen";
    draft: "Draft", "Drafft";
    draft_note: "This pack is a draft and has not been published.",
        "Drafft yw'r pecyn hwn ac nid yw wedi'i gyhoeddi.";
    members_edition: "Members' edition: contains papers that are not for publication",
        "Fersiwn yr aelodau: yn cynnwys papurau nad ydynt i'w cyhoeddi";
    proper_officer: "Issued by", "Cyhoeddwyd gan";
    signed_by: "Signed: proper officer", "Llofnodwyd: swyddog priodol";
    summons: "Members are summoned to attend this meeting, to transact the business set out below.",
        "Gwysir yr aelodau i fod yn bresennol yn y cyfarfod hwn, i drafod y busnes a nodir isod.";
    public_interest: "Why the public interest is in withholding it",
        "Pam mae budd y cyhoedd mewn ei gadw'n ôl";
}

impl Words {
    /// The words for a pack in a language.
    pub fn of(lang: &Lang) -> Self {
        match Tongue::of(lang) {
            Tongue::English => Self::English,
            Tongue::Welsh => Self::Welsh,
        }
    }

    /// "Standard page 45", "Standard pages 45 to 60".
    pub fn on_standard_pages(self, first: &str, last: &str) -> String {
        if first == last {
            self.standard_page().replace("{page}", first)
        } else {
            self.standard_pages()
                .replace("{first}", first)
                .replace("{last}", last)
        }
    }

    /// A label of an appendix, or a title that begins with one, with this language's word for
    /// "appendix": "Atodiad 1" is "Appendix 1" in English.
    pub fn appendix_label(self, label: &str) -> String {
        let others = [Self::English, Self::Welsh].map(Self::appendix);
        let number = others
            .into_iter()
            .find_map(|word| label.strip_prefix(word))
            .filter(|rest| rest.starts_with(' '));
        match number {
            Some(number) => format!("{}{number}", self.appendix()),
            None => label.to_owned(),
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

    /// "Page 39 of 120".
    pub fn page_of(self, label: &str, last: &str) -> String {
        match self {
            Words::English => format!("Page {label} of {last}"),
            Words::Welsh => format!("Tudalen {label} o {last}"),
        }
    }

    /// "Page 39".
    pub fn page_label(self, label: &str) -> String {
        format!("{} {label}", self.page())
    }

    /// "Page 39", or "Pages 39 to 41".
    pub fn page_range(self, first: &str, last: &str) -> String {
        if first == last {
            self.page_label(first)
        } else {
            format!("{} {first} {} {last}", self.pages(), self.to())
        }
    }

    /// Why something is withheld, with the paragraph and its schedule; `None` for what is public.
    pub fn reason(self, access: &Access, law: Law) -> Option<String> {
        if let Access::Public = access {
            return None;
        }
        let tongue = self.tongue();
        let unnamed = || match tongue.schedule(law) {
            Some(schedule) => format!("{}, {schedule}", self.exempt()),
            None => self.exempt().to_owned(),
        };
        Some(tongue.reason(access, law).unwrap_or_else(unnamed))
    }

    /// The heading over the members who hold a place.
    pub fn role(self, role: MemberRole) -> &'static str {
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
    pub fn meeting_kind(self, kind: &MeetingKind) -> Option<String> {
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
    pub fn language_name(self, tag: &str) -> String {
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
    pub fn page_count(self, count: usize) -> String {
        match (self, count) {
            (Words::English, 1) => "1 page".to_owned(),
            (Words::English, _) => format!("{count} pages"),
            (Words::Welsh, _) => format!("{count} tudalen"),
        }
    }

    /// "Members' edition" and the like for the foot of the page; `None` for the public one.
    pub fn edition(self, audience: Audience) -> Option<&'static str> {
        match audience {
            Audience::Public => None,
            Audience::Members => Some(self.members_edition()),
        }
    }
}

/// Whether a word is the name of a month in English or Welsh.
pub fn is_month(word: &str) -> bool {
    MONTHS.contains(&word) || WELSH_MONTHS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_appendix_is_called_so_in_each_language() {
        let said = |label| [Words::English, Words::Welsh].map(|words| words.appendix_label(label));
        assert_eq!(said("Atodiad 1"), ["Appendix 1", "Atodiad 1"]);
        assert_eq!(
            said("Appendix B: Maps / Mapiau"),
            ["Appendix B: Maps / Mapiau", "Atodiad B: Maps / Mapiau"]
        );
        for own in ["Annex 2", "", "Appendixes", "Plan A"] {
            assert_eq!(said(own), [own, own]);
        }
    }
}
