//! Papers and appendices: what each one is, where it begins, its file, and its content as HTML.

use super::blocks::{Section, Setter};
use super::shared::{Parts, Shared};
use super::view::{Document, DocumentLink, Fact, File, Notice};
use super::{markup, size};
use crate::compose::issued::{self, Gone};
use crate::compose::part::{Block, BlockKind, Part, PartKind, Tone, plain};
use crate::compose::words::Words;
use crate::model::{
    Access, Appendix, Content, Item, ItemKind, Law, Meeting, Origin, Paper, PaperBody, PdfDocument,
};

/// A document with fewer sections than this needs no list of them.
const FEW_SECTIONS: usize = 4;

/// Sets the documents of one item.
pub(super) struct Desk<'e, 's> {
    pub(super) shared: &'s mut Shared<'e>,
    pub(super) parts: &'s Parts<'e>,
    pub(super) meeting: &'e Meeting,
    pub(super) law: Law,
    pub(super) item: &'e Item,
    /// The level of the documents' headings.
    pub(super) level: u8,
}

/// A paper or an appendix.
struct Source<'e> {
    key: &'e str,
    /// The label before its title: "Report", "Appendix 3".
    label: String,
    /// Its title, if it has no part with a title.
    title: &'e str,
    access: &'e Access,
    pdf: Option<&'e PdfDocument>,
    appendix: Option<&'e Appendix>,
    /// Whether there is an alternative to its PDF.
    alternative: bool,
}

impl<'e> Desk<'e, '_> {
    /// Every document of the item in order.
    pub(super) fn documents(&mut self) -> Vec<Document> {
        let item = self.item;
        let mut documents = Vec::new();
        let gone = issued::gone(self.meeting, item);
        self.gone(&gone, &item.key, &mut documents);
        let mut item_prefix = Some(item.key.as_str());
        for paper in &item.papers {
            // Paragraph 3.2 of the item's report is `item-4-3.2`; of a second one,
            // `item-4-paper-2-3.2`.
            let prefix = match &paper.body {
                PaperBody::Report(_) | PaperBody::Minutes(_) => item_prefix.take(),
                _ => None,
            };
            self.gone(&gone, &paper.key, &mut documents);
            let source = self.paper(paper);
            documents.push(self.document(&source, prefix.unwrap_or(&paper.key)));
            for appendix in &paper.appendices {
                self.gone(&gone, &appendix.key, &mut documents);
                documents.push(self.document(&appendix_source(appendix), &appendix.key));
            }
        }
        for appendix in &item.appendices {
            self.gone(&gone, &appendix.key, &mut documents);
            documents.push(self.document(&appendix_source(appendix), &appendix.key));
        }
        documents
    }

    /// The leaves for published papers that no longer exist and came before the document with a key.
    fn gone(&mut self, gone: &[Gone<'_>], before: &str, documents: &mut Vec<Document>) {
        for gone in gone.iter().filter(|gone| gone.before == before) {
            let Some((key, part)) = self.parts.get_key_value(gone.key.as_str()) else {
                continue;
            };
            let source = Source {
                key,
                label: String::new(),
                title: &part.title,
                access: &Access::Public,
                pdf: None,
                appendix: None,
                alternative: false,
            };
            documents.push(self.document(&source, key));
        }
    }

    fn paper(&self, paper: &'e Paper) -> Source<'e> {
        let (lang, pdf) = match &paper.body {
            PaperBody::Report(report) => (report.lang.as_ref(), None),
            PaperBody::Minutes(minutes) => (minutes.lang.as_ref(), None),
            PaperBody::Pdf(pdf) => (None, Some(&**pdf)),
            PaperBody::Missing | PaperBody::Withheld(_) => (None, None),
        };
        let words = lang.map_or(self.shared.words, Words::of);
        let minutes = matches!(paper.body, PaperBody::Minutes(_))
            || (pdf.is_some() && self.item.kind == ItemKind::Minutes);
        let label = if self.shared.is_notice {
            words.decision()
        } else if minutes {
            words.minutes()
        } else {
            words.report()
        };
        Source {
            key: &paper.key,
            label: label.to_owned(),
            title: &paper.title,
            access: &paper.access,
            pdf,
            appendix: None,
            alternative: paper.alternative.is_some(),
        }
    }

    fn document(&mut self, source: &Source<'e>, prefix: &str) -> Document {
        let words = self.shared.words;
        let part = self.parts.get(source.key).copied();
        let (head, body) = part.map_or((Head::default(), &[][..]), split);
        // An appendix has a label of its own, so its title is the one in the agenda.
        let title = head.title.filter(|_| source.appendix.is_none());
        let title = title.unwrap_or_else(|| source.title.to_owned());
        let title = markup::clean(title.trim());
        let span = self.shared.numbers.span(source.key);
        let mut view = Document {
            id: self.shared.id(source.key),
            new_since: issued::mark(self.meeting, words, source.key),
            level: self.level,
            kind: kind(source, part),
            breaks: opening_breaks(self.shared, source.key),
            pages: span.map(|(first, last)| words.page_range(first, last)),
            first_page: span.map(|(first, _)| first.to_owned()),
            // A withheld part has a notice of its own.
            notice: restricted(words, self.law, source.access)
                .filter(|_| part.is_none_or(|part| part.kind != PartKind::Withheld)),
            ..Document::default()
        };
        view.label = head.addressed.unwrap_or_else(|| source.label.clone());
        if part.is_some_and(|part| part.kind == PartKind::Minutes) {
            // The title of minutes says that they are minutes.
            view.label = title.clone();
        } else if !title.is_empty() && !same_words(&title, &self.item.title) {
            view.title = Some(title.clone());
        }
        if view.label.is_empty() && view.title.is_none() {
            words.appendix().clone_into(&mut view.label);
        }
        let mut level = self.level;
        if let Some(pdf) = source.pdf {
            let lang = source
                .appendix
                .and_then(|appendix| appendix.lang.as_ref())
                .map(|lang| lang.0.as_str())
                .or(pdf.facts.lang.as_deref());
            view.file = Some(self.file(view.pages.as_deref(), source, pdf, lang));
            view.lang_html = self.shared.lang_attribute(lang);
            level = level.saturating_add(1).min(6);
        } else if let Some(part) = part {
            view.lang_html = self.shared.lang_attribute(Some(&part.lang));
        }
        let name = match (view.label.as_str(), title.as_str()) {
            (label, "") => label.to_owned(),
            ("", title) => title.to_owned(),
            (label, title) => format!("{label}: {title}"),
        };
        let mut setter = match part {
            Some(part) => Setter::of(self.shared, part, prefix, level),
            None => Setter::new(self.shared, source.key, prefix, level),
        };
        setter.last_heading = name;
        let around = part.and_then(|part| notice_class(part.kind));
        if let Some(class) = around {
            setter
                .out
                .push_str(&format!("<div class=\"notice {class}\">\n"));
        }
        for label in &head.pages {
            setter.page_mark(label, "div");
        }
        setter.keep_in_view();
        setter.blocks(body);
        if around.is_some() {
            setter.out.push_str("</div>\n");
        }
        view.is_numbered = is_numbered(body);
        setter.close(level);
        view.html = std::mem::take(&mut setter.out);
        view.sections = listed(std::mem::take(&mut setter.sections));
        if source.pdf.is_some() && !body.is_empty() {
            let heading = if source.alternative {
                words.alternative()
            } else {
                words.read_here()
            };
            view.body_heading = Some(heading.to_owned());
        }
        view
    }

    fn file(
        &self,
        pages: Option<&str>,
        source: &Source<'e>,
        pdf: &PdfDocument,
        lang: Option<&str>,
    ) -> File {
        let words = self.shared.words;
        let linked = self.shared.options.linked.get(source.key);
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
        facts.push(Fact::new(words.file(), &size));
        let language = lang.map_or_else(
            || words.not_stated().to_owned(),
            |lang| words.language_name(lang),
        );
        facts.push(Fact::new(words.language(), &language));
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
        let origin = source.appendix.and_then(|appendix| appendix.origin);
        if origin == Some(Origin::ThirdParty) {
            facts.push(Fact::new(words.origin(), words.third_party()));
        }
        let summary = source
            .appendix
            .and_then(|appendix| appendix.summary.as_deref());
        File {
            href: linked.map(|linked| markup::file_address(&linked.file)),
            size,
            lang: lang.and_then(super::shared::language_tag),
            summary: summary.map(markup::clean),
            facts,
        }
    }
}

fn appendix_source(appendix: &Appendix) -> Source<'_> {
    Source {
        key: &appendix.key,
        label: appendix.label.trim().to_owned(),
        title: &appendix.title,
        access: &appendix.access,
        pdf: match &appendix.content {
            Content::Pdf(pdf) => Some(pdf),
            _ => None,
        },
        appendix: Some(appendix),
        alternative: appendix.alternative.is_some(),
    }
}

/// What comes before a part's text.
#[derive(Default)]
struct Head {
    /// The line that says to which body a report is made.
    addressed: Option<String>,
    title: Option<String>,
    /// The pages that begin before the text, since the first ones of a paper may have no words.
    pages: Vec<String>,
}

/// Splits a part into its head and the blocks below it. The first line above the title says to which item
/// and meeting a sheet belongs; it is left out, since the page says so already.
fn split(part: &Part) -> (Head, &[Block]) {
    let spoken = |block: &&Block| !matches!(block.kind, BlockKind::PageMark { .. });
    let leaf = part.blocks.iter().find(spoken).map(|block| &block.kind);
    let mut blocks = match leaf {
        Some(BlockKind::Leaf { blocks }) => blocks.as_slice(),
        _ => part.blocks.as_slice(),
    };
    let mut head = Head::default();
    let mut lines = 0;
    while let Some((first, rest)) = blocks.split_first() {
        match &first.kind {
            BlockKind::PageMark { also, label, .. } => {
                head.pages.extend(also.iter().chain([label]).cloned());
            }
            BlockKind::Paragraph {
                tone: Tone::Eyebrow,
                content,
                ..
            } => {
                lines += 1;
                if lines > 1 {
                    head.addressed = Some(markup::clean(&plain(content)));
                }
            }
            BlockKind::Heading {
                level: 1, content, ..
            } if head.title.is_none() => head.title = Some(plain(content)),
            _ => break,
        }
        blocks = rest;
    }
    (head, blocks)
}

/// The text of a part below its head, as HTML.
pub(super) fn body<'e>(shared: &mut Shared<'e>, part: &Part, level: u8) -> String {
    let (_, blocks) = split(part);
    let mut setter = Setter::of(shared, part, &part.key, level);
    let around = notice_class(part.kind);
    if let Some(class) = around {
        setter
            .out
            .push_str(&format!("<div class=\"notice {class}\">\n"));
    }
    setter.blocks(blocks);
    if around.is_some() {
        setter.out.push_str("</div>\n");
    }
    setter.close(level);
    setter.out
}

fn kind(source: &Source<'_>, part: Option<&Part>) -> &'static str {
    match (source.pdf, part.map(|part| part.kind)) {
        (Some(_), _) => "pdf",
        (None, Some(PartKind::Report)) => "report",
        (None, Some(PartKind::Minutes)) => "minutes",
        (None, Some(PartKind::Appendix)) => "prose",
        (None, Some(PartKind::TableAppendix)) => "table",
        (None, Some(PartKind::ImageAppendix)) => "image",
        _ => "none",
    }
}

/// The class of a part that replaces something.
fn notice_class(kind: PartKind) -> Option<&'static str> {
    match kind {
        PartKind::Withheld => Some("withheld"),
        PartKind::NotAttached => Some("missing"),
        PartKind::Slip => Some("absent"),
        _ => None,
    }
}

fn is_numbered(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| {
        matches!(
            block.kind,
            BlockKind::Paragraph {
                number: Some(_),
                ..
            }
        )
    })
}

/// The marks of the pages that begin with a document, and the number that stays in view.
pub(super) fn opening_breaks(shared: &mut Shared<'_>, key: &str) -> String {
    let Some(&index) = shared.numbers.opening(key).last() else {
        return String::new();
    };
    let marks = shared.page_break(index, "div");
    marks + &shared.folio(index, index)
}

/// The notice "Not for publication" above what only this edition holds, not the public one.
pub(super) fn restricted(words: Words, law: Law, access: &Access) -> Option<Notice> {
    let reason = words.reason(access, law)?;
    Some(Notice {
        kind: "restricted",
        heading: words.not_for_publication().to_owned(),
        text: sentence(&reason),
        public_interest: match access {
            Access::Exempt {
                public_interest, ..
            } => public_interest.clone(),
            _ => None,
        },
    })
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

/// The list of sections; empty if there are only a few.
fn listed(sections: Vec<Section>) -> Vec<DocumentLink> {
    if sections.len() < FEW_SECTIONS {
        return Vec::new();
    }
    sections
        .into_iter()
        .map(|section| DocumentLink {
            id: section.id,
            title: section.title,
        })
        .collect()
}

fn sentence(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| {
        format!("{}{}.", first.to_uppercase(), characters.as_str())
    })
}
