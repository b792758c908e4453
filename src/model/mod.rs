//! The council's nouns: meeting, agenda, item, cover report, appendix, minutes, membership,
//! distribution, access. Everything here is valid: whatever could not be understood became a
//! finding when the sources were read.
//!
//! The model holds no bytes and no formats. A file that stays as it is (a PDF, an image) is known
//! by its [`SourceName`], and its bytes are asked for by that name.

pub mod access;
pub mod address;
pub mod agenda;
mod allowance;
pub mod appendix;
pub mod as_typed;
pub mod body;
pub mod calendar;
pub mod clock;
pub mod council;
pub mod distribution;
pub mod lang;
pub mod language;
pub mod law;
pub mod minutes;
pub mod names;
mod notice;
mod page_number;
mod page_region;
mod page_selection;
pub mod pdf;
mod pdf_content;
mod pdf_facts;
pub mod ranges;
mod recipients;
pub mod record;
pub mod report;
pub mod sitting;
pub mod source;
pub mod standing;
mod suspect;

pub use access::{Access, Audience, Withheld};
pub use agenda::{Agenda, AgendaPart, Application, Item, ItemKind, Paper, PaperBody};
pub use allowance::Allowance;
pub use appendix::{Appendix, Content, Image, ImageFormat, Origin};
pub use body::{Body, BodyKind, Contact, Member, MemberRole};
pub use calendar::Calendar;
pub use council::{
    Council, HeaderField, Jurisdiction, Logo, PackSettings, ParagraphNumbers, ReportLayout,
    RequiredSection, Style, Tier,
};
pub use distribution::{Binding, Copy, CopyForm, Holds, PrintSize, Recipient};
pub use lang::Lang;
pub use language::Tongue;
pub use law::Law;
pub use minutes::{Attendee, Minute, MinuteBlock, Minutes, Movement, Told};
pub use notice::Notice;
pub use page_number::{Letter, PageNumber, PageRange};
pub use page_region::PageRegion;
pub use page_selection::PageSelection;
pub use pdf::{Acceptance, PdfDocument, PdfPaper, TextRead};
pub use pdf_content::{ReadFrom, Reflow, ShownBox, ShownLine, ShownPage, ShownPicture};
pub use pdf_facts::{
    FieldToDraw, FontFault, HEADINGS_SKIP, LostPage, LostPageKind, PageBox, PdfFacts, PdfPage,
    UNMARKED,
};
pub use record::{
    Brings, Issued, PublishedWords, Record, Recorded, Replacement, Supplement, Withdrawal,
};
pub use report::{HeaderRow, Number, NumberedBlock, Report};
pub use sitting::{MeetingAccess, MeetingKind, NextMeeting, Sitting};
pub use source::SourceName;
pub use standing::{Document, Standing};
pub use suspect::{Suspect, SuspectKind};

pub use jiff::civil::{Date, Time, Weekday};

use std::sync::Arc;

/// One meeting with all its papers: what a pack is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// The name of its folder, which names its outputs.
    pub id: String,
    /// Whose meeting it is.
    pub council: Arc<Council>,
    /// What meets.
    pub body: Arc<Body>,
    /// When and where.
    pub sitting: Sitting,
    /// What is to be done.
    pub agenda: Agenda,
    /// Who gets which edition, as the standing list and the pack's own say; see
    /// [`Meeting::distribution`] for the list with its defaults filled in.
    pub copies: Vec<Copy>,
    /// Whether a page "Accessibility of this pack" closes it.
    pub accessibility_page: bool,
    /// What it tells those who come to it, besides what the body and the council always say.
    pub notices: Vec<Notice>,
    /// What was published of it, if anything was.
    pub record: Option<Record>,
    /// What it adds to what was published, where the pack is a supplement.
    pub supplement: Option<Supplement>,
    /// Whether the pack is what was published, with its supplements, as one: every page keeps the
    /// number that it was published with.
    pub consolidated: bool,
    /// What was said and decided at it, once its minutes are written.
    pub minutes: Option<Box<Minutes>>,
    /// The days of a notice of decisions, where the pack is one.
    pub decisions: Option<Decisions>,
}

/// What makes a pack a notice of what a meeting decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decisions {
    /// The day on which the notice is published, where that is known.
    pub published: Option<Date>,
    /// The last day on which a decision may be called in, where the council has such days.
    pub call_in_ends: Option<Date>,
}

impl Meeting {
    /// Whether the pack calls people to the meeting: it is not a supplement or a notice of decisions.
    pub fn is_call(&self) -> bool {
        self.supplement.is_none() && self.decisions.is_none()
    }

    /// The day on which the agenda was published: the one that its sources give, else that of the
    /// record. Rules count from it. No page shows the record's, so that the pack is still made as it
    /// was published.
    pub fn agenda_published(&self) -> Option<Date> {
        let recorded = || Some(self.record.as_ref()?.whole.published);
        let given = self.sitting.published.as_ref().map(|day| day.value);
        given.or_else(recorded)
    }

    /// The language of the pack.
    pub fn lang(&self) -> &Lang {
        self.council.lang()
    }

    /// What those who come to it are told: its own notices, the body's, the council's.
    pub fn notices(&self) -> impl Iterator<Item = &Notice> {
        let standing = self.body.notices.iter().chain(&self.council.notices);
        self.notices.iter().chain(standing)
    }

    /// Every item of the agenda, each before the items inside it.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.agenda.all_items()
    }
}
