//! Papers and appendices: what each is, where it begins, and its content as HTML.

use std::collections::BTreeMap;

use super::prose::{Section, Setter, unbroken};
use super::shared::Shared;
use super::view::{
    Attendance, AttendanceList, Contact, Document, DocumentLink, Fact, File, Notice,
    Recommendations,
};
use super::{composed, image, markup, size};
use crate::compose::words::Words;
use crate::compose::{agenda, minutes as attendance};
use crate::model::{
    self, Access, Appendix, Content, Council, Item, Law, Minute, MinuteBlock, Minutes, Origin,
    Paper, PaperBody, PdfDocument, ReadFrom, Report, Withheld,
};
use crate::prose::plain;

/// A document with fewer sections than this needs no list of them.
const FEW_SECTIONS: usize = 4;

/// Sets the documents of one item.
pub(super) struct Desk<'e, 's> {
    pub(super) shared: &'s mut Shared<'e>,
    pub(super) council: &'e Council,
    /// The law that the meeting goes by.
    pub(super) law: Law,
    pub(super) meeting: &'e model::Meeting,
    pub(super) item: &'e Item,
    /// The level of the documents' headings.
    pub(super) level: u8,
    /// The ids of the item's appendices by position.
    pub(super) appendices: &'s BTreeMap<usize, String>,
}

impl<'e> Desk<'e, '_> {
    /// Every document of the item in order.
    pub(super) fn documents(&mut self) -> Vec<Document> {
        let item = self.item;
        let mut documents = Vec::new();
        let mut item_prefix = Some(item.key.as_str());
        for paper in &item.papers {
            // Paragraph 3.2 of the item's report is `item-4-3.2`; of a second one,
            // `item-4-paper-2-3.2`.
            let prefix = match &paper.body {
                PaperBody::Report(_) | PaperBody::Minutes(_) => item_prefix.take(),
                _ => None,
            };
            documents.push(self.paper(paper, prefix.unwrap_or(&paper.key)));
            for appendix in &paper.appendices {
                documents.push(self.appendix(appendix));
            }
        }
        for appendix in &item.appendices {
            documents.push(self.appendix(appendix));
        }
        documents
    }

    fn id(&self, key: &str) -> String {
        self.shared.id(key)
    }

    fn start(&mut self, key: &str) -> Document {
        let pages = self
            .shared
            .numbers
            .span(key)
            .map(|(first, last)| self.shared.words.page_range(first, last));
        Document {
            id: self.id(key),
            level: self.level,
            kind: "none",
            breaks: opening_breaks(self.shared, key),
            pages,
            ..Document::default()
        }
    }

    fn setter(&mut self, key: &str, prefix: &str) -> Setter<'e, '_> {
        Setter::new(self.shared, key, prefix, self.level, self.appendices)
    }

    fn paper(&mut self, paper: &'e Paper, prefix: &str) -> Document {
        let words = self.shared.words;
        let mut view = self.start(&paper.key);
        let mut sections = Vec::new();
        view.label = match paper.body {
            PaperBody::Minutes(_) => words.minutes(),
            PaperBody::Pdf(_) if self.item.kind == model::ItemKind::Minutes => words.minutes(),
            _ => words.report(),
        }
        .to_owned();
        let title = markup::clean(paper.title.trim());
        if !title.is_empty() && !same_words(&title, &self.item.title) {
            view.title = Some(title.clone());
        }
        view.notice = restricted(self.shared, self.law, &paper.access);
        match &paper.body {
            PaperBody::Report(report) => {
                if let Some(pattern) = &self.council.report.title {
                    view.label = pattern
                        .replace("{body}", &self.meeting.body.name)
                        .replace("{BODY}", &self.meeting.body.name.to_uppercase());
                }
                if let Some(subject) = &report.subject
                    && view
                        .title
                        .as_deref()
                        .is_some_and(|title| same_words(title, subject))
                    && same_words(subject, &self.item.title)
                {
                    view.title = None;
                }
                sections = self.report(&mut view, paper, report, prefix);
            }
            PaperBody::Minutes(minutes) => {
                sections = self.minutes(&mut view, paper, minutes, prefix);
            }
            PaperBody::Pdf(pdf) => {
                let name = view.title.clone().unwrap_or_else(|| view.label.clone());
                sections = self.pdf(&mut view, &paper.key, pdf, &name, None, None);
            }
            PaperBody::Missing => view.notice = Some(missing(self.shared)),
            PaperBody::Withheld(reason) => {
                view.notice = Some(withheld(self.shared, self.law, &paper.key, reason));
            }
        }
        view.sections = listed(sections);
        view
    }

    fn report(
        &mut self,
        view: &mut Document,
        paper: &'e Paper,
        report: &'e Report,
        prefix: &str,
    ) -> Vec<Section> {
        view.kind = "report";
        let words = report.lang.as_ref().map_or(self.shared.words, Words::of);
        view.labels = BTreeMap::from([
            ("background_papers", words.background_papers()),
            ("appendices", words.appendices()),
            ("contact", words.contact()),
            ("page", words.page()),
        ]);
        view.lang_html = self
            .shared
            .lang_attribute(report.lang.as_ref().map(|lang| lang.0.as_str()));
        let contacts = || report.contacts.iter().map(contact).collect();
        view.header = report
            .header
            .iter()
            .map(|row| Fact {
                label: row.label.clone(),
                lines: row.lines.iter().map(|line| markup::escaped(line)).collect(),
                contacts: if row.key == "contact" {
                    contacts()
                } else {
                    Vec::new()
                },
            })
            .collect();
        // Those whom the header names are not named again.
        if view.header.iter().all(|row| row.contacts.is_empty()) {
            view.contacts = contacts();
        }
        view.signatory = report.signatory.as_ref().map(contact);
        view.background_papers = report.background_papers.clone().map(|papers| {
            if papers.is_empty() {
                vec![words.none().to_owned()]
            } else {
                papers
            }
        });
        view.appendices = self.links();
        view.is_numbered = report.body.iter().any(|numbered| {
            numbered.number.is_some()
                && matches!(numbered.block.kind, crate::prose::BlockKind::Paragraph(_))
        });
        let level = self.level;
        let heading = self.council.report.recommendations_heading.clone();
        let recommendations_id = self.shared.ids.claim(&format!("{prefix}-recommendations"));
        let mut setter = self.setter(&paper.key, prefix);
        for numbered in &report.body {
            setter.announce(std::slice::from_ref(&numbered.block));
        }
        if let Some(recommendations) = &report.recommendations {
            setter.announce(&recommendations.blocks);
            setter.footnotes(&recommendations.footnotes);
            setter.nested += 1;
            setter.blocks(&recommendations.blocks);
            setter.nested -= 1;
            let html = std::mem::take(&mut setter.out);
            let heading = setter.sentence_case(&heading);
            if !html.trim().is_empty() {
                view.recommendations = Some(Recommendations {
                    id: recommendations_id.clone(),
                    heading: heading.clone(),
                    html,
                });
                setter.sections.push(Section {
                    title: heading,
                    id: recommendations_id,
                });
            }
        }
        setter.footnotes(&report.footnotes);
        setter.numbered(&report.body);
        setter.close(level);
        view.html = std::mem::take(&mut setter.out);
        std::mem::take(&mut setter.sections)
    }

    fn minutes(
        &mut self,
        view: &mut Document,
        paper: &'e Paper,
        minutes: &'e Minutes,
        prefix: &str,
    ) -> Vec<Section> {
        view.kind = "minutes";
        let words = minutes.lang.as_ref().map_or(self.shared.words, Words::of);
        view.title = None;
        view.label = attendance::title(words, minutes);
        view.lang_html = self
            .shared
            .lang_attribute(minutes.lang.as_ref().map(|lang| lang.0.as_str()));
        view.minutes = Some(self.attendance(words, minutes));
        let level = self.level;
        let decision = self.shared.words.decision();
        let mut setter = self.setter(&paper.key, prefix);
        setter.announce(&minutes.opening);
        for minute in &minutes.minutes {
            for block in &minute.blocks {
                match block {
                    MinuteBlock::Text(block) => setter.announce(std::slice::from_ref(block)),
                    MinuteBlock::Decision(blocks) => setter.announce(blocks),
                }
            }
        }
        setter.footnotes(&minutes.footnotes);
        setter.blocks(&minutes.opening);
        for minute in &minutes.minutes {
            set_minute(&mut setter, minute, decision);
        }
        setter.close(level);
        view.html = std::mem::take(&mut setter.out);
        std::mem::take(&mut setter.sections)
    }

    fn attendance(&self, words: Words, minutes: &Minutes) -> Attendance {
        let rows = attendance::attendance(self.meeting, words, minutes);
        let lists = composed::facts(self.shared, &rows)
            .into_iter()
            .map(|fact| AttendanceList {
                title: fact.label,
                is_short: fact.lines.len() > 4
                    && fact.lines.iter().all(|name| name.chars().count() < 30),
                names: fact.lines,
            })
            .collect();
        Attendance {
            lists,
            ended: minutes
                .ended
                .map(|time| format!("{} {}.", words.ended_at(), words.time_of(time))),
            contact: minutes.contact.as_ref().map(contact),
        }
    }

    fn appendix(&mut self, appendix: &'e Appendix) -> Document {
        let mut view = self.start(&appendix.key);
        view.label = if appendix.label.trim().is_empty() {
            String::new()
        } else {
            appendix.label.trim().to_owned()
        };
        let title = markup::clean(appendix.title.trim());
        if title.is_empty() && view.label.is_empty() {
            self.shared.words.appendix().clone_into(&mut view.label);
        }
        view.title = (!title.is_empty()).then_some(title);
        view.summary = appendix
            .summary
            .as_deref()
            .map(agenda::paragraphs)
            .unwrap_or_default();
        view.notice = restricted(self.shared, self.law, &appendix.access);
        let sections = match (&appendix.content, appendix.alternative.as_deref()) {
            // What stays as it is has its alternative beside it.
            (Content::Image(original), Some(alternative)) => {
                view.kind = "image";
                let mut html = self.image(original);
                html.push('\n');
                let sections = self.content(&mut view, appendix, alternative);
                view.html.insert_str(0, &html);
                sections
            }
            (Content::Pdf(pdf), alternative) => {
                let name = [Some(view.label.as_str()), view.title.as_deref()]
                    .into_iter()
                    .flatten()
                    .filter(|words| !words.is_empty())
                    .collect::<Vec<_>>()
                    .join(": ");
                self.pdf(
                    &mut view,
                    &appendix.key,
                    pdf,
                    &name,
                    Some(appendix),
                    alternative,
                )
            }
            (content, _) => self.content(&mut view, appendix, content),
        };
        view.sections = listed(sections);
        view
    }

    /// Content that the page itself can hold.
    fn content(
        &mut self,
        view: &mut Document,
        appendix: &'e Appendix,
        content: &'e Content,
    ) -> Vec<Section> {
        let level = self.level;
        let lang = appendix.lang.as_ref().map(|lang| lang.0.as_str());
        view.lang_html = self.shared.lang_attribute(lang);
        match content {
            Content::Prose(prose) => {
                view.kind = "prose";
                let mut setter = self.setter(&appendix.key, &appendix.key);
                setter.announce(&prose.blocks);
                setter.footnotes(&prose.footnotes);
                setter.blocks(&prose.blocks);
                setter.close(level);
                view.html = std::mem::take(&mut setter.out);
                return std::mem::take(&mut setter.sections);
            }
            Content::Table(table) => {
                view.kind = "table";
                let title = appendix.full_title();
                let mut setter = self.setter(&appendix.key, &appendix.key);
                setter.table(table, Some(&title), "");
                setter.close(level);
                view.html = std::mem::take(&mut setter.out);
            }
            Content::Image(picture) => {
                view.kind = "image";
                view.html = self.image(picture);
                let mut setter = self.setter(&appendix.key, &appendix.key);
                setter.close(level);
                let breaks = std::mem::take(&mut setter.out);
                view.html.push_str(&breaks);
            }
            Content::Pdf(pdf) => {
                let name = appendix.full_title();
                return self.pdf(view, &appendix.key, pdf, &name, None, None);
            }
            Content::Missing => view.notice = Some(missing(self.shared)),
            Content::Absent(why) => {
                view.notice = Some(Notice {
                    kind: "absent",
                    heading: self.shared.words.not_in_pack().to_owned(),
                    text: Some(why.clone()),
                    public_interest: None,
                });
            }
            Content::Withheld(reason) => {
                view.notice = Some(withheld(self.shared, self.law, &appendix.key, reason));
            }
        }
        Vec::new()
    }

    fn image(&self, picture: &model::Image) -> String {
        let source = image::data_uri(self.shared.options, &picture.source.0);
        let set = image::set(self.shared.words, source.as_deref(), picture.alt.trim());
        format!("<figure class=\"sheet\">{set}</figure>\n")
    }

    /// A PDF: the file beside the page with what a reader wants to know of it, then its text from
    /// its own tags, or what the clerk gave in its place.
    fn pdf(
        &mut self,
        view: &mut Document,
        key: &'e str,
        pdf: &'e PdfDocument,
        name: &str,
        appendix: Option<&'e Appendix>,
        alternative: Option<&'e Content>,
    ) -> Vec<Section> {
        let words = self.shared.words;
        view.kind = "pdf";
        let declared = appendix
            .and_then(|appendix| appendix.lang.as_ref())
            .map(|lang| lang.0.as_str());
        let lang = declared.or(pdf.facts.lang.as_deref());
        view.file = Some(self.file(view.pages.as_deref(), key, pdf, lang, appendix));
        let level = self.level.saturating_add(1).min(6);
        if let (Some(alternative), Some(appendix)) = (alternative, appendix)
            && matches!(
                alternative,
                Content::Prose(_) | Content::Table(_) | Content::Image(_)
            )
        {
            view.body_heading = Some(words.alternative().to_owned());
            let outer = self.level;
            self.level = level;
            let sections = self.content(view, appendix, alternative);
            self.level = outer;
            view.kind = "pdf";
            return sections;
        }
        view.lang_html = self.shared.lang_attribute(lang);
        let mut breaks_only = true;
        let outer = self.level;
        self.level = level;
        let mut setter = self.setter(key, key);
        name.clone_into(&mut setter.last_heading);
        if let Some(reflow) = pdf
            .reflow
            .as_ref()
            .filter(|reflow| !reflow.prose.is_empty())
        {
            setter.footnotes(&reflow.prose.footnotes);
            setter.announce(&reflow.prose.blocks);
            setter.blocks(&reflow.prose.blocks);
            breaks_only = false;
        } else {
            setter.marks();
        }
        setter.close(level);
        view.html = std::mem::take(&mut setter.out);
        let sections = std::mem::take(&mut setter.sections);
        self.level = outer;
        if !breaks_only {
            view.body_heading = Some(words.read_here().to_owned());
            let from = pdf.reflow.as_ref().map(|reflow| reflow.from);
            let note = match from {
                Some(ReadFrom::Pages) => words.read_here_from_pages(),
                _ => words.read_here_note(),
            };
            view.body_note = Some(note.to_owned());
        }
        sections
    }

    fn file(
        &self,
        pages: Option<&str>,
        key: &str,
        pdf: &PdfDocument,
        lang: Option<&str>,
        appendix: Option<&Appendix>,
    ) -> File {
        let words = self.shared.words;
        let linked = self.shared.options.linked.get(key);
        let bytes = linked.map_or(pdf.facts.bytes, |linked| linked.bytes);
        let size = format!(
            "PDF, {}, {}",
            words.page_count(pdf.page_count()),
            size::size(bytes)
        );
        let mut facts = Vec::new();
        if let Some(pages) = pages {
            facts.push(Fact::new(words.in_printed_pack(), pages));
        }
        facts.push(Fact::new(words.file(), size.clone()));
        facts.push(Fact::new(
            words.language(),
            lang.map_or_else(
                || words.not_stated().to_owned(),
                |lang| words.language_name(lang),
            ),
        ));
        let scanned =
            !pdf.facts.pages.is_empty() && pdf.facts.pages.iter().all(|page| !page.has_text);
        let state = if scanned {
            words.scanned()
        } else if pdf.keeps_ua() {
            words.accessible_claimed()
        } else if pdf.facts.tagged {
            words.accessible()
        } else {
            words.not_tagged()
        };
        facts.push(Fact::new(words.accessibility(), state));
        if appendix.and_then(|appendix| appendix.origin) == Some(Origin::ThirdParty) {
            facts.push(Fact::new(words.origin(), words.third_party()));
        }
        File {
            href: linked.map(|linked| markup::file_address(&linked.file)),
            size,
            lang: lang.and_then(super::shared::language_tag),
            facts,
        }
    }

    /// The item's appendices, as its reports list them.
    fn links(&self) -> Vec<DocumentLink> {
        self.item
            .all_appendices()
            .map(|appendix| {
                let title = appendix.full_title();
                let title = title.trim().trim_end_matches(':');
                DocumentLink {
                    id: self.id(&appendix.key),
                    title: if title.is_empty() {
                        self.shared.words.appendix().to_owned()
                    } else {
                        title.to_owned()
                    },
                    page: self
                        .shared
                        .numbers
                        .span(&appendix.key)
                        .map(|(first, _)| first.to_owned()),
                }
            })
            .collect()
    }
}

fn set_minute<'e>(setter: &mut Setter<'e, '_>, minute: &'e Minute, decision: &str) {
    let number = minute.number.as_ref().map(|number| number.text.as_str());
    if number.is_some() || !plain(&minute.heading).trim().is_empty() {
        setter.minute_heading(&minute.heading, number, minute.span);
    }
    for block in &minute.blocks {
        match block {
            MinuteBlock::Text(block) => setter.blocks(std::slice::from_ref(block)),
            MinuteBlock::Decision(blocks) => {
                setter
                    .out
                    .push_str("<div class=\"decision\">\n<p class=\"decision-label\">");
                markup::text(&mut setter.out, decision);
                setter.out.push_str("</p>\n");
                setter.nested += 1;
                setter.blocks(blocks);
                setter.nested -= 1;
                setter.out.push_str("</div>\n");
            }
        }
    }
}

/// The marks of the pages that begin with a document, and what stays in view on the last.
pub(super) fn opening_breaks(shared: &mut Shared<'_>, key: &str) -> String {
    let mut out = String::new();
    let mut last = None;
    for &index in shared.numbers.opening(key) {
        out.push_str(&shared.page_break(index, "div"));
        last = Some(index);
    }
    if let Some(index) = last {
        out.push_str(&shared.folio(index));
    }
    out
}

/// "Not for publication" over what this edition holds and the public one does not.
pub(super) fn restricted(shared: &Shared<'_>, law: Law, access: &Access) -> Option<Notice> {
    let reason = shared.words.reason(access, law)?;
    Some(Notice {
        kind: "restricted",
        heading: shared.words.not_for_publication().to_owned(),
        text: Some(sentence(&reason)),
        public_interest: public_interest(access),
    })
}

/// What stands in the place of something withheld.
pub(super) fn withheld(shared: &Shared<'_>, law: Law, key: &str, withheld: &Withheld) -> Notice {
    let pages = agenda::withheld_pages(shared.words, key, withheld);
    Notice {
        kind: "withheld",
        heading: composed::line(shared, &pages)
            .unwrap_or_else(|| shared.words.not_for_publication().to_owned()),
        text: shared
            .words
            .reason(&withheld.access, law)
            .map(|reason| sentence(&reason)),
        public_interest: public_interest(&withheld.access),
    }
}

fn missing(shared: &Shared<'_>) -> Notice {
    Notice {
        kind: "missing",
        heading: shared.words.not_attached().to_owned(),
        text: Some(shared.words.not_attached_text().to_owned()),
        public_interest: None,
    }
}

fn public_interest(access: &Access) -> Option<String> {
    match access {
        Access::Exempt {
            public_interest, ..
        } => public_interest.clone(),
        _ => None,
    }
}

/// A contact with addresses to call and write to.
pub(super) fn contact(contact: &model::Contact) -> Contact {
    let digits = |phone: &str| -> String {
        phone
            .chars()
            .filter(|character| character.is_ascii_digit() || *character == '+')
            .collect()
    };
    let phone = contact.phone.as_deref().map(str::trim);
    let phone_link = phone
        .map(digits)
        .filter(|digits| digits.len() >= 5)
        .map(|digits| format!("tel:{digits}"));
    let email = contact.email.as_deref().map(str::trim);
    let email_link = email
        .filter(|email| email.contains('@') && !email.contains(char::is_whitespace))
        .and_then(|email| markup::web_address(&format!("mailto:{email}")));
    let words = |words: &Option<String>| {
        words
            .as_deref()
            .map(|words| markup::clean(words.trim()))
            .filter(|words| !words.is_empty())
    };
    Contact {
        name: markup::clean(contact.name.trim()),
        post: words(&contact.post),
        unit: words(&contact.unit),
        phone: phone.map(|phone| markup::clean(&unbroken(phone))),
        phone_link,
        email: email.map(markup::clean),
        email_link,
    }
}

/// "17:00", as `<time datetime>` wants it.
pub(super) fn clock(time: model::Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Whether two titles are the same to a reader.
fn same_words(one: &str, other: &str) -> bool {
    let words = |text: &str| -> String {
        text.chars()
            .filter(|character| character.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    words(one) == words(other)
}

/// The sections that a list is worth having of.
fn listed(sections: Vec<Section>) -> Vec<DocumentLink> {
    if sections.len() < FEW_SECTIONS {
        return Vec::new();
    }
    sections
        .into_iter()
        .map(|section| DocumentLink {
            id: section.id,
            title: section.title,
            page: None,
        })
        .collect()
}

fn sentence(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| {
        format!("{}{}.", first.to_uppercase(), characters.as_str())
    })
}
