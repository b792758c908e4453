//! What is drawn in a paragraph: pictures, text boxes, charts and diagrams.

use super::line::{Line, Look, Piece, What};
use super::node::{Element, anywhere, attribute, child, elements, relationship};
use super::story::{Queued, Read, Story, block};
use crate::load::xml;
use crate::prose::{Alignment, Block, BlockKind, Cell, Figure, List, ListItem, Row, Share, Table};

/// The most points of a chart that is read as a table; nobody could read more.
const MOST_POINTS: usize = 2_000;

/// English Metric Units, in which drawings are measured, to a point.
const UNITS_TO_A_POINT: f64 = 12_700.0;

/// The file extensions of pictures that a pack can show.
const SHOWN: [&str; 4] = ["png", "jpg", "jpeg", "svg"];

impl<'p> Story<'p> {
    /// What a drawing adds to its line. Text boxes are added to `beside`, charts to the queue.
    pub(super) fn drawn(
        &mut self,
        node: Element<'p>,
        hidden: bool,
        beside: &mut Vec<Element<'p>>,
    ) -> Vec<What> {
        let mut whats = Vec::new();
        let alt = alternative_text(node);
        self.inside_drawing(node, alt, hidden, &mut whats, beside);
        if node.tag_name().name() == "object" && whats.is_empty() && !hidden {
            self.found.lost("an embedded object");
        }
        whats
    }

    fn inside_drawing(
        &mut self,
        node: Element<'p>,
        alt: &'p str,
        hidden: bool,
        whats: &mut Vec<What>,
        beside: &mut Vec<Element<'p>>,
    ) {
        for inner in elements(node) {
            let own = attribute(inner, "descr").or_else(|| attribute(inner, "alt"));
            let alt = own.filter(|own| !own.trim().is_empty()).unwrap_or(alt);
            match inner.tag_name().name() {
                "txbxContent" => beside.push(inner),
                "AlternateContent" => {
                    if let Some(chosen) = super::story::chosen(inner) {
                        self.inside_drawing(chosen, alt, hidden, whats, beside);
                    }
                }
                "blip" => {
                    let drawing =
                        anywhere(inner, "svgBlip").and_then(|svg| relationship(svg, "embed"));
                    let id = drawing.or_else(|| relationship(inner, "embed"));
                    match id {
                        Some(id) => whats.extend(self.picture(id, alt, hidden, self.share(inner))),
                        None if relationship(inner, "link").is_some() && !hidden => {
                            self.found.picture_outside();
                        }
                        None => {}
                    }
                }
                "imagedata" => {
                    if let Some(id) = relationship(inner, "id") {
                        whats.extend(self.picture(id, alt, hidden, self.share(inner)));
                    }
                }
                "txBody" | "txSp" if !hidden => whats.extend(lettering(inner)),
                "textpath" if !hidden => whats.extend(
                    attribute(inner, "string").map(|words| What::Words(format!(" {words} "))),
                ),
                "chart" if relationship(inner, "id").is_some() => {
                    let id = relationship(inner, "id").unwrap_or("");
                    if let Some(to) = self.leads.get(id).filter(|_| !hidden) {
                        self.queued.push(Queued::Chart(to.target.clone()));
                    }
                }
                "relIds" => {
                    let id = relationship(inner, "dm").unwrap_or("");
                    if let Some(to) = self.leads.get(id).filter(|_| !hidden) {
                        self.queued.push(Queued::Diagram(to.target.clone()));
                    }
                }
                _ => self.inside_drawing(inner, alt, hidden, whats, beside),
            }
        }
    }

    /// How much of its page a picture takes, by the size that its drawing or its shape gives it.
    fn share(&self, picture: Element<'_>) -> Option<Share> {
        let around = || picture.ancestors().filter(|node| node.is_element());
        let number = |node: Element<'_>, name: &str| attribute(node, name)?.parse::<f64>().ok();
        let extent = around()
            .find_map(|node| child(node, "extent"))
            .and_then(|extent| Some((number(extent, "cx")?, number(extent, "cy")?)))
            .map(|(width, height)| (width / UNITS_TO_A_POINT, height / UNITS_TO_A_POINT));
        let size =
            extent.or_else(|| around().find_map(|node| shape_size(attribute(node, "style")?)))?;
        Share::of(size, self.page)
    }

    fn picture(&mut self, id: &str, alt: &str, hidden: bool, share: Option<Share>) -> Option<What> {
        let to = self.leads.get(id)?;
        if hidden {
            return None;
        }
        if to.external {
            self.found.picture_outside();
            return None;
        }
        let ending = to.target.rsplit('.').next().unwrap_or("").to_lowercase();
        if !SHOWN.contains(&ending.as_str()) {
            let kind = if alt.is_empty() {
                String::new()
            } else {
                format!(" (“{alt}”)")
            };
            self.found.lost(&format!(
                "a picture of the kind {}{kind}",
                ending.to_uppercase()
            ));
            return None;
        }
        Some(What::Picture(Figure {
            source: format!("{}#{}", self.name.0, to.target),
            alt: alt.trim().to_owned(),
            caption: None,
            lettering: Vec::new(),
            share,
        }))
    }

    /// Reads the charts and diagrams that the last paragraph holds.
    pub(super) fn queued(&mut self, reads: &mut Vec<Read>) {
        for queued in std::mem::take(&mut self.queued) {
            let (Queued::Chart(part) | Queued::Diagram(part)) = &queued;
            let text = self.package.text(part).and_then(Result::ok);
            let document = text.as_deref().and_then(xml::document);
            let read = document.and_then(|document| match &queued {
                Queued::Chart(_) => self.chart(document.root_element()),
                Queued::Diagram(_) => self.diagram(document.root_element()),
            });
            match (read, &queued) {
                (Some(block), Queued::Chart(_)) => {
                    self.found.chart();
                    self.found.stands_at(block.span);
                    reads.push(Read::Block(block));
                }
                (Some(block), Queued::Diagram(_)) => reads.push(Read::Block(block)),
                (None, Queued::Chart(_)) => self.found.lost("a chart without its figures"),
                (None, Queued::Diagram(_)) => self.found.lost("a diagram without words"),
            }
        }
    }

    fn chart(&mut self, root: Element<'_>) -> Option<Block> {
        let series: Vec<Element<'_>> = named(root, "ser").collect();
        let words = |node: Option<Element<'_>>| {
            let texts = node.into_iter().flat_map(|node| named(node, "v"));
            texts
                .filter_map(|node| node.text())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let points = |node: Option<Element<'_>>| -> Vec<String> {
            let points = node.into_iter().flat_map(|node| named(node, "pt"));
            points.map(|point| words(Some(point))).collect()
        };
        let part = |series: Element<'_>, names: [&str; 2]| {
            let found = elements(series).find(|inner| names.contains(&inner.tag_name().name()));
            points(found)
        };
        let heads = part(*series.first()?, ["cat", "xVal"]);
        let columns: Vec<(String, Vec<String>)> = series
            .iter()
            .map(|series| {
                let name = elements(*series).find(|inner| inner.tag_name().name() == "tx");
                (words(name), part(*series, ["val", "yVal"]))
            })
            .collect();
        let count = columns
            .iter()
            .map(|(_, values)| values.len())
            .max()?
            .max(heads.len());
        if count == 0 || count * columns.len() > MOST_POINTS {
            return None;
        }
        let title = anywhere(root, "title").map(|title| {
            named(title, "t")
                .filter_map(|node| node.text())
                .collect::<String>()
        });
        let from = self.transcript.text.len();
        let caption = title
            .filter(|title| !title.trim().is_empty())
            .map(|title| self.plain(&title).content);
        let mut rows = vec![
            std::iter::once(String::new())
                .chain(columns.iter().map(|(name, _)| name.clone()))
                .collect::<Vec<_>>(),
        ];
        for at in 0..count {
            let value = |values: &Vec<String>| values.get(at).cloned().unwrap_or_default();
            let cells = std::iter::once(value(&heads));
            rows.push(
                cells
                    .chain(columns.iter().map(|(_, values)| value(values)))
                    .collect(),
            );
        }
        let mut alignments = vec![Alignment::End; columns.len() + 1];
        alignments[0] = Alignment::Start;
        let rows = rows
            .into_iter()
            .enumerate()
            .map(|(at, cells)| {
                let from = self.transcript.text.len();
                let cells = cells
                    .into_iter()
                    .enumerate()
                    .map(|(column, words)| self.chart_cell(&words, at == 0 || column == 0))
                    .collect();
                Row {
                    cells,
                    span: self.transcript.span(from),
                }
            })
            .collect();
        let table = Table {
            caption,
            columns: alignments,
            header_rows: 1,
            rows,
        };
        Some(block(BlockKind::Table(table), self.transcript.span(from)))
    }

    fn chart_cell(&mut self, words: &str, header: bool) -> Cell {
        let Line { content, span, .. } = self.plain(words);
        let blocks = if content.is_empty() {
            Vec::new()
        } else {
            vec![block(BlockKind::Paragraph(content), span)]
        };
        Cell::new(blocks, header, span)
    }

    fn diagram(&mut self, root: Element<'_>) -> Option<Block> {
        let from = self.transcript.text.len();
        let texts: Vec<String> = named(root, "pt")
            .filter_map(|point| {
                let words: Vec<&str> = named(point, "t").filter_map(|node| node.text()).collect();
                let words = words.join("");
                (!words.trim().is_empty()).then_some(words)
            })
            .collect();
        let items: Vec<ListItem> = texts
            .iter()
            .map(|words| {
                let Line { content, span, .. } = self.plain(words);
                let blocks = vec![block(BlockKind::Paragraph(content), span)];
                ListItem {
                    blocks,
                    label: None,
                    span,
                }
            })
            .collect();
        let list = List {
            start: None,
            tight: true,
            items,
        };
        (!list.items.is_empty()).then(|| block(BlockKind::List(list), self.transcript.span(from)))
    }

    /// A line of plain words.
    fn plain(&mut self, words: &str) -> Line {
        let piece = Piece {
            what: What::Words(words.replace(['\n', '\r'], " ")),
            look: Look::default(),
        };
        self.transcript.write(None, vec![piece], &|_| None)
    }
}

/// The width and height of a shape in points, from its style.
fn shape_size(style: &str) -> Option<(f64, f64)> {
    const UNITS: [(&str, f64); 4] = [
        ("pt", 1.0),
        ("in", 72.0),
        ("cm", 72.0 / 2.54),
        ("mm", 72.0 / 25.4),
    ];
    let length = |name: &str| {
        let mut given = style.split(';').filter_map(|one| one.split_once(':'));
        let (_, length) = given.find(|(key, _)| key.trim() == name)?;
        UNITS.iter().find_map(|(unit, points)| {
            let number = length.trim().strip_suffix(unit)?;
            Some(number.parse::<f64>().ok()? * points)
        })
    };
    Some((length("width")?, length("height")?))
}

/// The elements of a name anywhere in an element.
fn named<'a>(node: Element<'a>, name: &'a str) -> impl Iterator<Item = Element<'a>> {
    node.descendants()
        .filter(move |inner| inner.tag_name().name() == name)
}

/// The words of a shape that was pasted from a program for drawings, paragraph by paragraph.
fn lettering(node: Element<'_>) -> Vec<What> {
    let paragraphs = named(node, "p").map(|paragraph| {
        let texts = named(paragraph, "t").filter_map(|text| text.text());
        texts.collect::<String>()
    });
    let spoken = paragraphs.filter(|words| !words.trim().is_empty());
    spoken
        .map(|words| What::Words(format!(" {} ", words.trim())))
        .collect()
}

/// The alternative text of a picture; empty if it is decoration or has none.
fn alternative_text<'a>(node: Element<'a>) -> &'a str {
    let properties = anywhere(node, "docPr");
    let said = properties.and_then(|properties| attribute(properties, "descr"));
    said.or_else(|| properties.and_then(|properties| attribute(properties, "title")))
        .unwrap_or("")
}
