//! Reads a story of a Word file (the text itself, a note, a cell) block by block. What is not on the
//! page is left out and reported.

use std::collections::BTreeMap;

use super::field::{Fields, Lead};
use super::found::{Found, LeftIn};
use super::line::{Line, Look, Piece, Transcript, What, blank};
use super::node::{
    Element, anywhere, at, attribute, child, elements, family, relationship, switch, value, word,
};
use super::numbering::{Label, Numbering, next_label};
use super::styles::{Kind, ParagraphLook, RunLook, Styles, indent, outline};
use super::survey::Survey;
use super::symbols;
use super::tag::{self, Tagged};
use crate::finding::Span;
use crate::load::package::{Package, Relationships};
use crate::model::SourceName;
use crate::prose::{Block, BlockKind, Inline};

/// What was read of a story, before its lists are assembled.
#[derive(Debug)]
pub(super) enum Read {
    Paragraph(Box<Paragraph>),
    Block(Block),
}

/// A paragraph and its properties in Word.
#[derive(Debug)]
pub(super) struct Paragraph {
    pub(super) content: Vec<Inline>,
    pub(super) span: Span,
    pub(super) label: Option<(Label, Span)>,
    /// 1 for the highest heading.
    pub(super) heading: Option<u8>,
    pub(super) kind: Kind,
    /// The name that links use.
    pub(super) id: Option<String>,
    /// Its left indent, in twentieths of a point.
    pub(super) indent: i64,
    /// Whether all its words are bold or underlined, as in a heading.
    pub(super) stands_out: bool,
}

/// What goes after the paragraph that holds it, by the name of its part.
#[derive(Debug)]
pub(super) enum Queued {
    Chart(String),
    Diagram(String),
}

/// The state of a file that is being read.
pub(super) struct Story<'p> {
    pub(super) package: &'p Package<'p>,
    pub(super) name: &'p SourceName,
    pub(super) styles: &'p Styles,
    pub(super) survey: &'p Survey,
    pub(super) numbering: Numbering,
    /// The relationships of the part that is being read.
    pub(super) leads: Relationships,
    /// The author of each comment that has not been reported yet, by its id.
    pub(super) comments: BTreeMap<String, String>,
    pub(super) transcript: Transcript,
    pub(super) found: Found,
    /// The footnotes and endnotes that the text refers to, in order: the kind and Word's own id.
    pub(super) references: Vec<(&'static str, String)>,
    /// The width and height of a page, in points.
    pub(super) page: (f64, f64),
    /// The pictures, and where each stands.
    pub(super) pictures: Vec<(SourceName, Span)>,
    pub(super) queued: Vec<Queued>,
    pub(super) fields: Fields,
    /// What belongs at the start of the next paragraph, because the paragraph mark before it was
    /// deleted or because it is a dropped capital.
    pub(super) carried: Vec<Piece>,
    /// The first paragraph that has the style of a title.
    pub(super) title: Option<Span>,
    /// The content controls whose tags say what they hold.
    pub(super) tagged: Vec<Tagged>,
}

/// What a run takes from its surroundings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a> {
    paragraph: &'a ParagraphLook,
    lead: Option<&'a Lead>,
}

impl<'p> Story<'p> {
    /// The blocks in an element.
    pub(super) fn blocks(&mut self, node: Element<'p>, reads: &mut Vec<Read>) {
        for inner in elements(node) {
            match word(inner) {
                "p" => self.paragraph(inner, reads),
                "tbl" => self.table(inner, reads),
                "sdt" => self.control(inner, |story, content| story.blocks(content, reads)),
                "customXml" | "smartTag" => self.blocks(inner, reads),
                "ins" | "moveTo" => {
                    self.changed(inner);
                    self.blocks(inner, reads);
                }
                "del" | "moveFrom" => self.changed(inner),
                "altChunk" => self.found.lost("a document inside the document"),
                "subDoc" => self.found.lost("a document that it draws in"),
                _ if family(inner) == super::node::Family::Math => {
                    let look = ParagraphLook::default();
                    let mut pieces = Vec::new();
                    let around = Around {
                        paragraph: &look,
                        lead: None,
                    };
                    self.inlines_of(inner, around, &mut pieces, &mut Vec::new());
                    self.finish(None, &look, pieces, reads);
                }
                _ if inner.tag_name().name() == "AlternateContent" => {
                    if let Some(chosen) = chosen(inner) {
                        self.blocks(chosen, reads);
                    }
                }
                _ => {}
            }
        }
    }

    /// Reads a content control, unless it is a table of contents or has not been filled in.
    pub(super) fn control(&mut self, node: Element<'p>, read: impl FnOnce(&mut Self, Element<'p>)) {
        let properties = child(node, "sdtPr");
        let of = |path: &[&str]| at(properties?, path);
        let gallery = of(&["docPartObj", "docPartGallery"]).and_then(|part| attribute(part, "val"));
        if gallery == Some("Table of Contents") {
            return;
        }
        let Some(content) = child(node, "sdtContent") else {
            return;
        };
        let from = self.transcript.text.len();
        if properties.and_then(|properties| switch(properties, "showingPlcHdr")) == Some(true) {
            self.found.left_in(LeftIn::Placeholder, "");
        } else {
            read(self, content);
        }
        let tag = properties.and_then(|properties| value(properties, "tag"));
        if let Some(key) = tag.and_then(|tag| tag.strip_prefix(tag::PREFIX)) {
            self.tagged.push(Tagged::since(key, from, &self.transcript));
        }
    }

    pub(super) fn changed(&mut self, node: Element<'_>) {
        let who = attribute(node, "author").unwrap_or("");
        self.found.left_in(LeftIn::Change, who);
    }

    fn paragraph(&mut self, node: Element<'p>, reads: &mut Vec<Read>) {
        let properties = child(node, "pPr");
        let style = properties.and_then(|properties| value(properties, "pStyle"));
        let look = self.styles.paragraph(style);
        let mut pieces = std::mem::take(&mut self.carried);
        let mut beside = Vec::new();
        let around = Around {
            paragraph: &look,
            lead: None,
        };
        self.inlines_of(node, around, &mut pieces, &mut beside);
        let mark = properties.and_then(|properties| child(properties, "rPr"));
        let change = |name| child(mark?, name);
        if let Some(change) = change("ins").or_else(|| change("moveTo")) {
            self.changed(change);
        }
        // A dropped capital is the first letter of the next paragraph.
        let dropped = properties
            .and_then(|properties| child(properties, "framePr"))
            .and_then(|frame| attribute(frame, "dropCap"))
            .is_some_and(|drop| drop != "none");
        if let Some(change) = change("del").or_else(|| change("moveFrom")) {
            self.changed(change);
            self.carried = pieces;
        } else if dropped && !blank(&pieces) {
            self.carried = pieces;
        } else {
            self.finish(Some(node), &look, pieces, reads);
        }
        for inner in beside {
            self.blocks(inner, reads);
        }
        self.queued(reads);
    }

    /// Writes a paragraph down.
    fn finish(
        &mut self,
        node: Option<Element<'p>>,
        look: &ParagraphLook,
        pieces: Vec<Piece>,
        reads: &mut Vec<Read>,
    ) {
        let properties = node.and_then(|node| child(node, "pPr"));
        let label = next_label(&mut self.numbering, properties, look);
        let empty = blank(&pieces);
        let shown = label
            .as_ref()
            .filter(|_| !empty)
            .map(|label| label.text.as_str());
        let stands_out = !empty && pieces.iter().all(stands_out);
        let heading = properties.and_then(outline).unwrap_or(look.heading);
        let pieces = if heading.is_some() {
            calm(pieces)
        } else {
            pieces
        };
        let survey = self.survey;
        let Line {
            content,
            span,
            label: label_span,
        } = self
            .transcript
            .write(shown, pieces, &|lead| survey.target(lead));
        self.found.stands_at(span);
        self.pictures.extend(super::line::sources(&content));
        if empty || look.kind == Kind::Contents {
            return;
        }
        if look.kind == Kind::Guidance {
            self.found.left_in(LeftIn::Guidance, "");
            self.found.stands_at(span);
            return;
        }
        if look.kind == Kind::Title {
            self.title.get_or_insert(span);
        }
        if look.kind == Kind::Recommendations {
            self.tagged.push(Tagged::heading(span));
        }
        let level = label.as_ref().and_then(|label| label.indent);
        reads.push(Read::Paragraph(Box::new(Paragraph {
            content,
            span,
            label: label.map(|label| (label, label_span)),
            heading,
            kind: look.kind,
            id: node.and_then(|node| self.survey.name(node)),
            indent: properties
                .and_then(indent)
                .or(level)
                .or(look.indent)
                .unwrap_or(0),
            stands_out,
        })));
    }

    /// The running text in an element. What stands `beside` it, such as text boxes, comes after it.
    pub(super) fn inlines_of(
        &mut self,
        node: Element<'p>,
        around: Around<'_>,
        pieces: &mut Vec<Piece>,
        beside: &mut Vec<Element<'p>>,
    ) {
        for inner in elements(node) {
            match (family(inner), inner.tag_name().name()) {
                (super::node::Family::Word, name) => match name {
                    "r" => self.run(inner, around, pieces, beside),
                    "hyperlink" => {
                        let lead = self.hyperlink(inner);
                        let around = Around {
                            lead: lead.as_ref().or(around.lead),
                            ..around
                        };
                        self.inlines_of(inner, around, pieces, beside);
                    }
                    "fldSimple" => {
                        self.fields.open(attribute(inner, "instr").unwrap_or(""));
                        self.inlines_of(inner, around, pieces, beside);
                        self.fields.mark("end");
                    }
                    "ins" | "moveTo" => {
                        self.changed(inner);
                        self.inlines_of(inner, around, pieces, beside);
                    }
                    "del" | "moveFrom" => self.changed(inner),
                    "smartTag" | "customXml" | "dir" | "bdo" => {
                        self.inlines_of(inner, around, pieces, beside);
                    }
                    "sdt" => {
                        let (from, known) = (pieces.len(), self.tagged.len());
                        self.control(inner, |story, content| {
                            story.inlines_of(content, around, pieces, beside);
                        });
                        let own = self.tagged.len() > known;
                        if let Some(tagged) = self.tagged.last_mut().filter(|_| own) {
                            tagged.holds(pieces.get(from..).unwrap_or_default());
                        }
                    }
                    "commentRangeStart" => self.comment(inner),
                    _ => {}
                },
                (super::node::Family::Math, "oMath" | "oMathPara") => {
                    let words = super::math::linear(inner);
                    self.push(What::Words(words), Look::default(), around, pieces);
                }
                (_, "AlternateContent") => {
                    if let Some(chosen) = chosen(inner) {
                        self.inlines_of(chosen, around, pieces, beside);
                    }
                }
                _ => {}
            }
        }
    }

    fn comment(&mut self, node: Element<'_>) {
        let id = attribute(node, "id").unwrap_or("");
        // A comment on a range has a mark there as well; it is reported once.
        if let Some(who) = self.comments.remove(id) {
            self.found.left_in(LeftIn::Comment, &who);
        }
    }

    fn hyperlink(&mut self, node: Element<'_>) -> Option<Lead> {
        let anchor = attribute(node, "anchor");
        let Some(id) = relationship(node, "id") else {
            return anchor.map(|anchor| Lead::Mark(anchor.to_owned()));
        };
        let to = self.leads.get(id)?;
        Some(match (to.target.strip_prefix('#'), anchor) {
            (Some(mark), _) => Lead::Mark(mark.to_owned()),
            (None, Some(anchor)) if !to.target.contains('#') => {
                Lead::Outside(format!("{}#{anchor}", to.target))
            }
            _ => Lead::Outside(to.target.clone()),
        })
    }

    fn run(
        &mut self,
        node: Element<'p>,
        around: Around<'_>,
        pieces: &mut Vec<Piece>,
        beside: &mut Vec<Element<'p>>,
    ) {
        let properties = child(node, "rPr");
        let own = properties.map(RunLook::of).unwrap_or_default();
        let style = properties.and_then(|properties| value(properties, "rStyle"));
        let own = style.map_or(own.clone(), |style| own.over(&self.styles.run(style)));
        let under = &around.paragraph.run;
        let differs =
            |own: Option<bool>, under: Option<bool>| own == Some(true) && under != Some(true);
        let look = Look {
            bold: differs(own.bold, under.bold),
            italic: differs(own.italic, under.italic),
            struck: differs(own.struck, under.struck),
            underlined: own.underlined == Some(true),
            lang: self.survey.foreign(own.lang.as_deref()),
            lead: None,
        };
        let whole = own.over(under);
        let hidden = whole.hidden == Some(true);
        let from = (pieces.len(), beside.len());
        let mut field_marks = hidden;
        self.run_content(
            node,
            &whole,
            &look,
            around,
            pieces,
            beside,
            &mut field_marks,
        );
        if hidden {
            // Fields begin and end in hidden runs as well, so these are read, and then dropped.
            if !blank(&pieces[from.0..]) || beside.len() > from.1 {
                self.found.left_in(LeftIn::Hidden, "");
            }
            pieces.truncate(from.0);
            beside.truncate(from.1);
        }
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "the look of a run is worked out once, by the caller"
    )]
    fn run_content(
        &mut self,
        node: Element<'p>,
        whole: &RunLook,
        look: &Look,
        around: Around<'_>,
        pieces: &mut Vec<Piece>,
        beside: &mut Vec<Element<'p>>,
        hidden: &mut bool,
    ) {
        let font = whole.font.as_deref().unwrap_or("");
        for inner in elements(node) {
            let name = inner.tag_name().name();
            if name == "AlternateContent" {
                if let Some(chosen) = chosen(inner) {
                    self.run_content(chosen, whole, look, around, pieces, beside, hidden);
                }
                continue;
            }
            let what = match word(inner) {
                "t" => What::Words(whole.raised(words(inner.text().unwrap_or(""), font))),
                "tab" | "ptab" => What::Words("\t".to_owned()),
                "br" => match attribute(inner, "type") {
                    Some("page" | "column") => What::Words(" ".to_owned()),
                    _ => What::Break,
                },
                "cr" => What::Break,
                "noBreakHyphen" => What::Words("\u{2011}".to_owned()),
                "sym" => {
                    let code = attribute(inner, "char")
                        .and_then(|code| u32::from_str_radix(code, 16).ok());
                    let font = attribute(inner, "font").unwrap_or("");
                    match code.and_then(|code| {
                        symbols::shown(font, code).or_else(|| char::from_u32(code))
                    }) {
                        Some(sign) if !private(sign) => What::Words(sign.to_string()),
                        _ => {
                            self.found.lost(&format!("a sign of the font {font}"));
                            continue;
                        }
                    }
                }
                "footnoteReference" | "endnoteReference" => {
                    let kind = if word(inner) == "footnoteReference" {
                        "footnotes"
                    } else {
                        "endnotes"
                    };
                    let id = attribute(inner, "id").unwrap_or("").to_owned();
                    if *hidden || !self.fields.shows() {
                        continue;
                    }
                    let known = self
                        .references
                        .iter()
                        .position(|(of, known)| *of == kind && *known == id);
                    let place = known.unwrap_or_else(|| {
                        self.references.push((kind, id));
                        self.references.len() - 1
                    });
                    What::Note((place + 1).to_string())
                }
                "fldChar" => {
                    let kind = attribute(inner, "fldCharType").unwrap_or("");
                    let ends = (kind == "end").then(|| self.fields.filled_in()).flatten();
                    self.fields.mark(kind);
                    if let Some(form) = child(inner, "ffData") {
                        self.fields.fill_in(filled_in(form), pieces.len());
                    }
                    // The program shows the value itself unless the file has it as text too.
                    match ends {
                        Some((value, from)) if blank(pieces.get(from..).unwrap_or_default()) => {
                            What::Words(value)
                        }
                        _ => continue,
                    }
                }
                "instrText" => {
                    self.fields.instruct(inner.text().unwrap_or(""));
                    continue;
                }
                "commentReference" => {
                    self.comment(inner);
                    continue;
                }
                "drawing" | "pict" | "object" => {
                    if self.fields.shows() {
                        let whats = self.drawn(inner, *hidden, beside);
                        for what in whats {
                            self.push(what, look.clone(), around, pieces);
                        }
                    }
                    continue;
                }
                "ruby" => {
                    // How the words are pronounced stands in small letters above them.
                    for (part, before, after) in [("rubyBase", "", ""), ("rt", " (", ")")] {
                        let Some(part) = child(inner, part) else {
                            continue;
                        };
                        self.push(What::Words(before.to_owned()), look.clone(), around, pieces);
                        self.inlines_of(part, around, pieces, beside);
                        self.push(What::Words(after.to_owned()), look.clone(), around, pieces);
                    }
                    continue;
                }
                _ => continue,
            };
            self.push(what, look.clone(), around, pieces);
        }
    }

    fn push(&mut self, what: What, look: Look, around: Around<'_>, pieces: &mut Vec<Piece>) {
        if !self.fields.shows() {
            return;
        }
        let lead = around.lead.cloned().or_else(|| self.fields.lead());
        if let Some(lead @ Lead::Outside(address)) = &lead
            && self.survey.target(lead).is_none()
        {
            self.found.leads_nowhere(address);
        }
        pieces.push(Piece {
            what,
            look: Look { lead, ..look },
        });
    }
}

/// The alternative that is read: the first one with content, which is Word's own, else the fallback.
pub(super) fn chosen<'a>(node: Element<'a>) -> Option<Element<'a>> {
    let says = |choice: &Element<'a>| {
        ["t", "blip", "chart", "relIds", "txbxContent", "oMath"]
            .iter()
            .any(|name| anywhere(*choice, name).is_some())
    };
    let choice = elements(node).find(|inner| inner.tag_name().name() == "Choice" && says(inner));
    choice
        .or_else(|| child(node, "Fallback"))
        .or_else(|| child(node, "Choice"))
}

/// What somebody chose or ticked in a field of a form, as the page shows it; what was typed is text.
fn filled_in(form: Element<'_>) -> Option<String> {
    if let Some(tick) = child(form, "checkBox") {
        let ticked = switch(tick, "checked").or_else(|| switch(tick, "default"));
        let ticked = ticked == Some(true);
        return Some(symbols::tick_box(ticked).to_string());
    }
    let list = child(form, "ddList")?;
    let place = value(list, "result").or_else(|| value(list, "default"));
    let place = place.map_or(Some(0), |place| place.parse().ok())?;
    let entries = elements(list).filter(|inner| word(*inner) == "listEntry");
    let entry = entries
        .filter_map(|entry| attribute(entry, "val"))
        .nth(place)?;
    Some(entry.to_owned())
}

/// Words as the page shows them: without soft hyphens, and with the signs of symbol fonts.
fn words(text: &str, font: &str) -> String {
    let symbolic = symbols::is_symbolic(font);
    text.chars()
        .filter(|letter| !matches!(letter, '\u{AD}' | '\u{FEFF}'))
        .filter_map(|letter| match letter {
            '\n' | '\r' | '\t' => Some(' '),
            _ if private(letter) => {
                let font = if symbolic { font } else { "symbol" };
                symbols::shown(font, u32::from(letter))
            }
            _ if symbolic => symbols::shown(font, u32::from(letter)).or(Some(letter)),
            _ => Some(letter),
        })
        .collect()
}

/// Whether the meaning of a character depends on its font: Unicode's private use area.
fn private(letter: char) -> bool {
    ('\u{E000}'..='\u{F8FF}').contains(&letter)
}

fn stands_out(piece: &Piece) -> bool {
    match &piece.what {
        What::Words(words) => words.trim().is_empty() || piece.look.bold || piece.look.underlined,
        What::Break => true,
        What::Picture(_) | What::Note(_) => false,
    }
}

/// The pieces of a heading, without bold: headings are bold anyway.
fn calm(mut pieces: Vec<Piece>) -> Vec<Piece> {
    for piece in &mut pieces {
        piece.look.bold = false;
    }
    pieces
}

/// A block that stands at a place.
pub(super) fn block(kind: BlockKind, span: Span) -> Block {
    Block {
        kind,
        span,
        lang: None,
    }
}
