//! The agenda: numbered items, in parts, with their papers.

use super::{
    Acceptance, Access, Allowance, Appendix, Contact, Content, Date, Minute, Minutes, PdfDocument,
    Report, SourceName, Time, Withheld,
};
use crate::finding::{Span, Spanned};

/// What a meeting is to do.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Agenda {
    /// The parts in order; empty where the agenda has none.
    pub parts: Vec<AgendaPart>,
    /// The items in order; each names its part.
    pub items: Vec<Item>,
}

impl Agenda {
    /// Every item, each before the items inside it.
    pub fn all_items(&self) -> impl Iterator<Item = &Item> {
        let mut stack: Vec<&Item> = self.items.iter().rev().collect();
        std::iter::from_fn(move || {
            let item = stack.pop()?;
            stack.extend(item.items.iter().rev());
            Some(item)
        })
    }
}

/// A part of the agenda, such as "Part 2 (private)". One without items still prints.
#[derive(Debug, Clone, PartialEq)]
pub struct AgendaPart {
    /// What items name it by.
    pub id: String,
    /// What stands before its title in place of "Part" and the id; empty for nothing.
    pub label: Option<String>,
    /// Its title.
    pub title: String,
    /// What stands below the title.
    pub text: Option<String>,
    /// Who may see its items, where they do not say themselves.
    pub access: Access,
    /// Where it stands.
    pub span: Span,
}

/// One line of business.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The number as printed: "4", "5.1", "CA3".
    pub number: Spanned<String>,
    /// The name of its anchors, unique in the pack: "item-4", "item-5.1".
    pub key: String,
    /// Its title on the agenda.
    pub title: Spanned<String>,
    /// Its title on its own sheet, where that differs.
    pub heading: Option<String>,
    /// The title that the public reads where the item is withheld from it.
    pub public_title: Option<String>,
    /// What kind of business it is.
    pub kind: ItemKind,
    /// Which of the agenda's parts it is in, as an index.
    pub part: Option<usize>,
    /// What is said below the title, on its sheet.
    pub text: Option<String>,
    /// The lettered sub-items.
    pub sub: Vec<String>,
    /// When it is taken.
    pub time: Option<Time>,
    /// Who presents it.
    pub officer: Option<Contact>,
    /// The officer's initials, which stand on the agenda whatever carries the rest.
    pub initials: Option<String>,
    /// What the clerk accepts of what is found in its papers.
    pub allow: Vec<Allowance>,
    /// What the clerk adds, such as how a supplement changed it.
    pub note: Option<String>,
    /// Who may see it and, unless they say otherwise, its papers.
    pub access: Access,
    /// Decision, application or paper reference.
    pub reference: Option<String>,
    /// What a planning or licensing application is about.
    pub application: Application,
    /// "Revised 2".
    pub revision: Option<String>,
    /// The file that this version replaced.
    pub supersedes: Option<String>,
    /// Whether papers of it that replace published ones keep the old page numbers, with a letter.
    pub keep_numbers: bool,
    /// The number of the supplement that it was issued with.
    pub supplement: Option<u32>,
    /// Why it was withdrawn: it stays on the agenda, without its papers.
    pub withdrawn: Option<String>,
    /// Its papers in order.
    pub papers: Vec<Paper>,
    /// The appendices that the agenda lists with the item (a report that came as PDF cannot list
    /// its own); they follow those of its papers.
    pub appendices: Vec<Appendix>,
    /// Items inside it.
    pub items: Vec<Item>,
    /// Set where the edition withholds the whole item.
    pub withheld: Option<Withheld>,
    /// Where it stands.
    pub span: Span,
}

impl Item {
    /// Where the clerk asks for its papers to keep the page numbers of those they replace.
    pub fn keeps_numbers(&self) -> Option<Span> {
        self.keep_numbers.then_some(self.number.span)
    }

    /// Every appendix of the item in the order in which they follow: those of each paper, then
    /// those that the agenda lists.
    pub fn all_appendices(&self) -> impl Iterator<Item = &Appendix> {
        self.papers
            .iter()
            .flat_map(|paper| &paper.appendices)
            .chain(&self.appendices)
    }

    /// Its minute in the minutes of its meeting: the one with its title or else, where minutes are
    /// numbered as items are, the one with its number.
    pub fn minute_in<'m>(&self, minutes: &'m Minutes) -> Option<&'m Minute> {
        let folded = |words: &str| -> String {
            let letters = words.chars().filter(|letter| letter.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect()
        };
        // Minutes that everybody may read call what was withheld as the public's agenda does.
        let public = self.public_title.as_deref().unwrap_or(&self.title);
        let titles = [self.title.as_str(), self.sheet_title(), public].map(folded);
        let by_title = |minute: &&Minute| titles.contains(&folded(&minute.title()));
        let by_number = |minute: &&Minute| {
            let number = minute.number.as_ref();
            number.is_some_and(|number| number.text.trim_end_matches('.') == self.number.value)
        };
        let all = || minutes.minutes.iter();
        all().find(by_title).or_else(|| all().find(by_number))
    }

    /// The title over its own sheet.
    pub fn sheet_title(&self) -> &str {
        self.heading.as_deref().unwrap_or(&self.title)
    }
}

/// The kinds of business.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words are the field's own")]
pub enum ItemKind {
    Procedural,
    Minutes,
    Report,
    /// A report that is not there yet, with the day on which it is due.
    ToFollow {
        due: Option<Date>,
    },
    Verbal,
    Presentation,
    Motion,
    Question,
    Petition,
    Application,
    Hearing,
    NoneReceived,
    CirculatedSeparately,
}

impl ItemKind {
    /// Each with the word that sources use for it.
    pub const WORDS: [(&'static str, Self); 13] = [
        ("procedural", Self::Procedural),
        ("minutes", Self::Minutes),
        ("report", Self::Report),
        ("to-follow", Self::ToFollow { due: None }),
        ("verbal", Self::Verbal),
        ("presentation", Self::Presentation),
        ("motion", Self::Motion),
        ("question", Self::Question),
        ("petition", Self::Petition),
        ("application", Self::Application),
        ("hearing", Self::Hearing),
        ("none-received", Self::NoneReceived),
        ("circulated-separately", Self::CirculatedSeparately),
    ];
}

/// What a planning or licensing application is about; its reference is the item's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Application {
    /// The address of the site or premises.
    pub address: Option<String>,
    /// The ward it is in.
    pub ward: Option<String>,
    /// Who applies.
    pub applicant: Option<String>,
}

/// One paper of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// The name of its anchors, unique in the pack: "item-4-report", "item-4-paper-2".
    pub key: String,
    /// What it is called in the outline and the structure tree.
    pub title: String,
    /// What it is.
    pub body: PaperBody,
    /// The file it was read from; `None` where the edition withholds it.
    pub source: Option<SourceName>,
    /// Who may see it.
    pub access: Access,
    /// Why the clerk accepts what the redaction checks found in it, where it is a PDF.
    pub accept_redaction: Option<Acceptance>,
    /// Why everybody may read it although it is marked as not for publication.
    pub accept_marking: Option<String>,
    /// What a large-print or HTML reader gets instead of a PDF that cannot re-flow.
    pub alternative: Option<Box<Content>>,
    /// The file of the alternative.
    pub alternative_source: Option<SourceName>,
    /// Its own appendices.
    pub appendices: Vec<Appendix>,
    /// Where the agenda names it.
    pub span: Span,
}

/// What a paper is.
#[derive(Debug, Clone, PartialEq)]
pub enum PaperBody {
    /// A cover report in Markdown.
    Report(Box<Report>),
    /// The minutes of an earlier meeting in Markdown.
    Minutes(Box<Minutes>),
    /// A report, or minutes, that came as PDF.
    Pdf(Box<PdfDocument>),
    /// Listed, but missing.
    Missing,
    /// Not in this edition.
    Withheld(Withheld),
}
