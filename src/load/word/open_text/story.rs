//! Reads an OpenDocument text and writes it as Word would.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::form;
use super::styles::{LEVELS, STEP, Styles};
use super::written::{escaped, lead};
use crate::load::open_document::{blanks, push};
use crate::load::package::MOST_PART;
use crate::load::xml::{Element, attribute, child, elements};

/// The most cells or rows that one repeated element makes.
const MOST_REPEATED: usize = 200;

/// The shapes that may have words or pictures in them.
pub(super) const SHAPES: [&str; 14] = [
    "frame",
    "custom-shape",
    "g",
    "rect",
    "ellipse",
    "circle",
    "line",
    "polyline",
    "polygon",
    "regular-polygon",
    "path",
    "connector",
    "caption",
    "measure",
];

/// What was written.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub(super) body: String,
    pub(super) footnotes: String,
    pub(super) comments: String,
    pub(super) numbering: String,
    pub(super) leads: Vec<String>,
    pub(super) pictures: Vec<String>,
}

/// The list that a paragraph is in.
#[derive(Debug, Clone)]
pub(super) struct Place {
    style: String,
    number: usize,
    level: usize,
    /// Whether the item's first paragraph, which has the label, is still to come.
    fresh: bool,
}

/// A text that is being written.
pub(super) struct Story<'s> {
    styles: &'s Styles,
    pub(super) out: String,
    pub(super) made: Made,
    /// The id of each list style's levels.
    schemes: BTreeMap<String, usize>,
    /// The last list of each style, and of each id that another list can continue (`#id`).
    lists: BTreeMap<String, usize>,
    count: usize,
    pub(super) places: Vec<Place>,
    /// The author of each change that has not been written yet, by its id.
    changes: BTreeMap<String, String>,
    /// What each control of a form shows, by its id.
    controls: BTreeMap<String, String>,
    /// Whether a blank at this point adds nothing: the last character of the paragraph is one.
    pub(super) blank: bool,
    hidden: usize,
    ids: usize,
}

impl<'s> Story<'s> {
    pub(super) fn new(styles: &'s Styles) -> Self {
        let mut made = Made::default();
        for (id, file) in [
            ("styles", "styles.xml"),
            ("numbering", "numbering.xml"),
            ("footnotes", "footnotes.xml"),
            ("comments", "comments.xml"),
        ] {
            made.leads.push(lead(id, id, file, false));
        }
        Self {
            styles,
            out: String::new(),
            made,
            schemes: BTreeMap::new(),
            lists: BTreeMap::new(),
            count: 0,
            places: Vec::new(),
            changes: BTreeMap::new(),
            controls: BTreeMap::new(),
            blank: true,
            hidden: 0,
            ids: 0,
        }
    }

    /// Whether more was written than a pack takes.
    pub(super) fn is_full(&self) -> bool {
        self.out.len() + self.made.footnotes.len() > MOST_PART
    }

    pub(super) fn finish(mut self) -> Made {
        // A change that has no place in the text is reported at its end.
        for who in std::mem::take(&mut self.changes).into_values() {
            self.changed(&who);
        }
        let mut numbering = String::new();
        for (style, id) in &self.schemes {
            let levels = self.styles.levels(style);
            let _ = write!(
                numbering,
                r#"<w:abstractNum w:abstractNumId="{id}">{levels}</w:abstractNum>"#
            );
        }
        self.made.numbering.insert_str(0, &numbering);
        self.made.body = self.out;
        self.made
    }

    /// The whole text.
    pub(super) fn text(&mut self, node: Element<'_>) {
        for region in elements(node)
            .filter(|inner| is(*inner, "tracked-changes"))
            .flat_map(elements)
        {
            let change = elements(region).find(|kind| !is(*kind, "format-change"));
            let id = attribute(region, "id");
            if let (Some(change), Some(id)) = (change, id) {
                let who = child(change, "change-info").and_then(|info| child(info, "creator"));
                let who = who.and_then(|who| who.text()).unwrap_or("");
                self.changes.insert(id.to_owned(), who.to_owned());
            }
        }
        self.controls = child(node, "forms").map(form::controls).unwrap_or_default();
        self.blocks(node);
    }

    pub(super) fn blocks(&mut self, node: Element<'_>) {
        for inner in elements(node) {
            if self.is_full() {
                return;
            }
            match inner.tag_name().name() {
                "p" | "h" => self.paragraph(inner),
                "list" => self.list(inner),
                "table" => self.table(inner),
                "section" => {
                    let style = attribute(inner, "style-name").unwrap_or("");
                    let hidden = attribute(inner, "display")
                        .is_some_and(|display| display != "true")
                        || self.styles.hides_section(style);
                    self.hidden += usize::from(hidden);
                    self.blocks(inner);
                    self.hidden -= usize::from(hidden);
                }
                "change-start" | "change" => {
                    let who = self.change(inner);
                    if let Some(who) = who {
                        self.changed(&who);
                    }
                }
                // Of the indexes only this one says more than where something is.
                "bibliography" | "index-body" | "index-title" | "content-control"
                | "numbered-paragraph" => self.blocks(inner),
                name if name == "control" || SHAPES.contains(&name) => {
                    self.open();
                    self.inline(inner, "");
                    self.close();
                }
                _ => {}
            }
        }
    }

    fn open(&mut self) {
        self.out.push_str("<w:p>");
        self.blank = true;
    }

    fn close(&mut self) {
        self.out.push_str("</w:p>");
    }

    fn paragraph(&mut self, node: Element<'_>) {
        let style = attribute(node, "style-name").unwrap_or("");
        self.open();
        let _ = write!(self.out, r#"<w:pPr><w:pStyle w:val="{}"/>"#, escaped(style));
        let level = attribute(node, "outline-level").and_then(|level| level.parse::<u8>().ok());
        let level = level.filter(|level| (1..=9).contains(level));
        if let Some(level) = level.filter(|_| is(node, "h")) {
            let _ = write!(self.out, r#"<w:outlineLvl w:val="{}"/>"#, level - 1);
        }
        match self.places.last_mut() {
            Some(place) if place.fresh => {
                place.fresh = false;
                let (number, level) = (place.number, place.level);
                self.numbered(number, level);
            }
            Some(place) => {
                let left = (place.level + 1) * STEP;
                let _ = write!(self.out, r#"<w:ind w:left="{left}"/>"#);
            }
            None => {
                if let Some(list) = self.styles.list_of(style).map(ToOwned::to_owned) {
                    let number = self.continued(&list);
                    self.numbered(number, 0);
                } else if let Some(level) =
                    level.filter(|level| is(node, "h") && self.styles.numbers_headings(*level))
                {
                    let number = self.continued("");
                    self.numbered(number, usize::from(level) - 1);
                }
            }
        }
        self.out.push_str("</w:pPr>");
        self.inlines(node, "");
        self.close();
    }

    fn numbered(&mut self, number: usize, level: usize) {
        let level = level.min(LEVELS - 1);
        let _ = write!(
            self.out,
            r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>"#
        );
    }

    /// The last list of a style, or a new one if there is none.
    fn continued(&mut self, style: &str) -> usize {
        match self.lists.get(style) {
            Some(number) => *number,
            None => self.begin(style, &BTreeMap::new()),
        }
    }

    /// A new list, with the numbers at which some levels start.
    fn begin(&mut self, style: &str, starts: &BTreeMap<usize, u32>) -> usize {
        let next = self.schemes.len() + 1;
        let scheme = *self.schemes.entry(style.to_owned()).or_insert(next);
        self.count += 1;
        let number = self.count;
        let first = !self.lists.contains_key(style);
        self.lists.insert(style.to_owned(), number);
        let mut overrides = String::new();
        for level in 0..LEVELS {
            let start = starts.get(&level).copied().or((!first).then_some(1));
            if let Some(start) = start {
                let _ = write!(
                    overrides,
                    r#"<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>"#
                );
            }
        }
        let _ = write!(
            self.made.numbering,
            r#"<w:num w:numId="{number}"><w:abstractNumId w:val="{scheme}"/>{overrides}</w:num>"#
        );
        number
    }

    fn list(&mut self, node: Element<'_>) {
        let around = self.places.last().cloned();
        let level = around.as_ref().map_or(0, |place| place.level + 1);
        let own = attribute(node, "style-name");
        let style = own
            .map(ToOwned::to_owned)
            .or(around.as_ref().map(|place| place.style.clone()))
            .or_else(|| {
                let first = node.descendants().find(|inner| is(*inner, "p"))?;
                self.styles
                    .list_of(attribute(first, "style-name")?)
                    .map(ToOwned::to_owned)
            })
            .unwrap_or_default();
        let before = attribute(node, "continue-list")
            .and_then(|name| self.lists.get(&format!("#{name}")))
            .copied();
        let goes_on = attribute(node, "continue-numbering") == Some("true");
        let start = elements(node)
            .find(|item| is(*item, "list-item"))
            .and_then(|item| attribute(item, "start-value")?.parse::<u32>().ok());
        let inner = around
            .as_ref()
            .filter(|place| place.style == style)
            .map(|place| place.number);
        let number = match (start, before.or(inner)) {
            (Some(start), _) => self.begin(&style, &BTreeMap::from([(level, start)])),
            (None, Some(number)) => number,
            (None, None) if goes_on => self.continued(&style),
            (None, None) => self.begin(&style, &BTreeMap::new()),
        };
        if let Some(name) = attribute(node, "id") {
            self.lists.insert(format!("#{name}"), number);
        }
        for item in elements(node) {
            self.places.push(Place {
                style: style.clone(),
                number,
                level,
                fresh: is(item, "list-item"),
            });
            self.blocks(item);
            self.places.pop();
        }
    }

    fn table(&mut self, node: Element<'_>) {
        let places = std::mem::take(&mut self.places);
        self.out.push_str("<w:tbl>");
        let mut open = BTreeMap::new();
        self.rows(node, false, &mut open);
        self.out.push_str("</w:tbl>");
        self.places = places;
    }

    /// `open` has the cells that reach into the next rows, by column: how many rows and columns.
    fn rows(&mut self, node: Element<'_>, head: bool, open: &mut BTreeMap<usize, (usize, usize)>) {
        for inner in elements(node) {
            match inner.tag_name().name() {
                "table-row" => {
                    for _ in 0..count(inner, "number-rows-repeated") {
                        if self.is_full() {
                            return;
                        }
                        self.row(inner, head, open);
                    }
                }
                "table-header-rows" => self.rows(inner, true, open),
                "table-rows" | "table-row-group" => self.rows(inner, head, open),
                _ => {}
            }
        }
    }

    fn row(&mut self, node: Element<'_>, head: bool, open: &mut BTreeMap<usize, (usize, usize)>) {
        self.out.push_str("<w:tr>");
        if head {
            self.out.push_str("<w:trPr><w:tblHeader/></w:trPr>");
        }
        let mut column = 0;
        for cell in elements(node) {
            for _ in 0..count(cell, "number-columns-repeated") {
                if self.is_full() {
                    break;
                }
                if is(cell, "table-cell") {
                    let (columns, rows) = (
                        count(cell, "number-columns-spanned"),
                        count(cell, "number-rows-spanned"),
                    );
                    let merge = if rows > 1 {
                        r#"<w:vMerge w:val="restart"/>"#
                    } else {
                        ""
                    };
                    self.cell(columns, merge, Some(cell));
                    open.remove(&column);
                    if rows > 1 {
                        open.insert(column, (rows - 1, columns));
                    }
                } else if let Some((rows, columns)) = open.remove(&column) {
                    self.cell(columns, "<w:vMerge/>", None);
                    if rows > 1 {
                        open.insert(column, (rows - 1, columns));
                    }
                }
                column += 1;
            }
        }
        self.out.push_str("</w:tr>");
    }

    fn cell(&mut self, columns: usize, merge: &str, node: Option<Element<'_>>) {
        let _ = write!(
            self.out,
            r#"<w:tc><w:tcPr><w:gridSpan w:val="{columns}"/>{merge}</w:tcPr>"#
        );
        match node {
            Some(node) => self.blocks(node),
            None => self.out.push_str("<w:p/>"),
        }
        self.out.push_str("</w:tc>");
    }

    /// The running text in an element; `style` is that of the words around it.
    fn inlines(&mut self, node: Element<'_>, style: &str) {
        for inner in node.children() {
            if inner.is_text() {
                // A blank after a blank adds nothing.
                let mut words = String::from(if self.blank { " " } else { "" });
                let before = words.len();
                push(inner.text().unwrap_or(""), &mut words);
                let words = words.split_off(before);
                self.words(&words, style);
            } else if inner.is_element() {
                self.inline(inner, style);
            }
        }
    }

    fn words(&mut self, words: &str, style: &str) {
        if words.is_empty() {
            return;
        }
        self.blank = words.ends_with(' ');
        self.run(
            &format!(r#"<w:t xml:space="preserve">{}</w:t>"#, escaped(words)),
            style,
        );
    }

    pub(super) fn run(&mut self, content: &str, style: &str) {
        let style = match style {
            "" => String::new(),
            style => format!(r#"<w:rStyle w:val="{}"/>"#, escaped(style)),
        };
        let hidden = if self.hidden > 0 { "<w:vanish/>" } else { "" };
        let _ = write!(
            self.out,
            "<w:r><w:rPr>{style}{hidden}</w:rPr>{content}</w:r>"
        );
    }

    fn inline(&mut self, node: Element<'_>, style: &str) {
        match node.tag_name().name() {
            "span" => self.inlines(node, attribute(node, "style-name").unwrap_or(style)),
            "s" => {
                let blanks = blanks(node);
                self.run(
                    &format!(r#"<w:t xml:space="preserve">{blanks}</w:t>"#),
                    style,
                );
                self.blank = false;
            }
            "tab" => {
                self.run("<w:tab/>", style);
                self.blank = true;
            }
            "line-break" => {
                self.run("<w:br/>", style);
                self.blank = true;
            }
            "a" => self.link(node, style),
            "bookmark" | "bookmark-start" | "reference-mark-start" | "reference-mark" => {
                let name = escaped(attribute(node, "name").unwrap_or(""));
                let _ = write!(self.out, r#"<w:bookmarkStart w:name="{name}"/>"#);
            }
            "bookmark-ref" | "reference-ref" => {
                let name = escaped(attribute(node, "ref-name").unwrap_or(""));
                let _ = write!(self.out, r#"<w:hyperlink w:anchor="{name}">"#);
                self.inlines(node, style);
                self.out.push_str("</w:hyperlink>");
            }
            "note" => self.note(node, style),
            "annotation" => {
                let id = self.id();
                let who = child(node, "creator")
                    .and_then(|who| who.text())
                    .unwrap_or("");
                let _ = write!(
                    self.made.comments,
                    r#"<w:comment w:id="{id}" w:author="{}"/>"#,
                    escaped(who)
                );
                let _ = write!(self.out, r#"<w:commentRangeStart w:id="{id}"/>"#);
            }
            "change-start" | "change" => {
                if let Some(who) = self.change(node) {
                    let _ = write!(self.out, r#"<w:ins w:author="{}"/>"#, escaped(&who));
                }
            }
            "hidden-text" | "hidden-paragraph" => {
                let hidden = attribute(node, "is-hidden") != Some("false");
                self.hidden += usize::from(hidden);
                self.inlines(node, style);
                if hidden && attribute(node, "string-value").is_some() {
                    self.run("<w:t>hidden</w:t>", style);
                }
                self.hidden -= usize::from(hidden);
            }
            "content-control" => {
                let tag = attribute(node, "tag").unwrap_or("");
                let asks = attribute(node, "showing-place-holder") == Some("true");
                let asks = if asks { "<w:showingPlcHdr/>" } else { "" };
                let _ = write!(
                    self.out,
                    r#"<w:sdt><w:sdtPr><w:tag w:val="{}"/>{asks}</w:sdtPr><w:sdtContent>"#,
                    escaped(tag)
                );
                self.inlines(node, style);
                self.out.push_str("</w:sdtContent></w:sdt>");
            }
            "control" => {
                let control = attribute(node, "control").and_then(|id| self.controls.remove(id));
                if let Some(shown) = control {
                    self.words(&format!(" {shown} "), style);
                }
            }
            // How the words are pronounced stands in small letters above them.
            "ruby-text" => {
                self.words(" (", style);
                self.inlines(node, style);
                self.words(")", style);
            }
            name if SHAPES.contains(&name) => self.drawn(node),
            "annotation-end" | "soft-page-break" | "bookmark-end" | "change-end"
            | "reference-mark-end" | "tracked-changes" => {}
            _ => self.inlines(node, style),
        }
    }

    fn link(&mut self, node: Element<'_>, style: &str) {
        let address = attribute(node, "href").unwrap_or("");
        match address.strip_prefix('#') {
            Some(mark) => {
                // LibreOffice says after a bar what kind of thing the name is of.
                let mark = mark.split('|').next().unwrap_or(mark);
                let _ = write!(self.out, r#"<w:hyperlink w:anchor="{}">"#, escaped(mark));
            }
            None => {
                let id = format!("l{}", self.id());
                self.made.leads.push(lead(&id, "hyperlink", address, true));
                let _ = write!(self.out, r#"<w:hyperlink r:id="{id}">"#);
            }
        }
        self.inlines(node, style);
        self.out.push_str("</w:hyperlink>");
    }

    fn note(&mut self, node: Element<'_>, style: &str) {
        let Some(body) = child(node, "note-body") else {
            return;
        };
        let id = self.id();
        self.run(&format!(r#"<w:footnoteReference w:id="{id}"/>"#), style);
        let out = std::mem::take(&mut self.out);
        let places = std::mem::take(&mut self.places);
        self.blocks(body);
        let inner = std::mem::replace(&mut self.out, out);
        self.places = places;
        self.blank = false;
        let _ = write!(
            self.made.footnotes,
            r#"<w:footnote w:id="{id}">{inner}</w:footnote>"#
        );
    }

    /// The author of a change at this point, if it has not been written yet.
    fn change(&mut self, node: Element<'_>) -> Option<String> {
        self.changes.remove(attribute(node, "change-id")?)
    }

    fn changed(&mut self, who: &str) {
        let _ = write!(self.out, r#"<w:ins w:author="{}"/>"#, escaped(who));
    }

    pub(super) fn id(&mut self) -> usize {
        self.ids += 1;
        self.ids
    }
}

pub(super) fn is(node: Element<'_>, name: &str) -> bool {
    node.tag_name().name() == name
}

fn count(node: Element<'_>, name: &str) -> usize {
    let count = attribute(node, name).and_then(|count| count.trim().parse::<usize>().ok());
    count.unwrap_or(1).clamp(1, MOST_REPEATED)
}
