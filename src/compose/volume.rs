//! The leaf in front of a volume: which one it is, and what is in it.

use super::desk::Desk;
use super::part::{Align, Block, BlockKind, Cell, Inline, Part, PartKind, Row, Table, Tone};
use super::words::Words;
use crate::edition::Edition;
use crate::model::Holds;

/// A volume, as its leaf describes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Volume {
    /// Its number, from 1, and how many volumes there are.
    pub number: (usize, usize),
    /// What it was asked to hold.
    pub holds: Holds,
    /// Whether there are leaves for notes in it.
    pub notes: bool,
    /// The labels of its first and last page.
    pub pages: (String, String),
    /// What is in it, in order.
    pub rows: Vec<VolumeRow>,
}

/// A line of a volume's contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeRow {
    /// What it is called.
    pub title: String,
    /// The number of the item that it belongs to.
    pub item: Option<String>,
    /// Whether it is an attachment of the item.
    pub is_attached: bool,
    /// The label of its first page in this volume.
    pub page: String,
    /// Whether it began in the volume before.
    pub goes_on: bool,
}

/// What a volume is called: "Volume 2 of 3, pages 121 to 240".
pub fn title(edition: &Edition, volume: &Volume) -> String {
    let words = Desk::of(edition).words;
    let (number, count) = volume.number;
    let (first, last) = &volume.pages;
    let pages = if first == last {
        words.volume_page().replace("{page}", first)
    } else {
        let pages = words.volume_pages().replace("{first}", first);
        pages.replace("{last}", last)
    };
    let of = words.volume_of().replace("{volume}", &number.to_string());
    let of = of.replace("{count}", &count.to_string());
    let held = match &volume.holds {
        Holds::Whole if volume.notes && count == 1 => words.volume_with_notes().to_owned(),
        Holds::Whole => return format!("{of}, {pages}"),
        Holds::Items(items) => words.volume_items().replace("{items}", &items.join(", ")),
        Holds::Agenda => words.volume_agenda().to_owned(),
        Holds::Exempt => words.volume_exempt().to_owned(),
    };
    match count {
        1 => held,
        _ => format!("{of}: {held}, {pages}"),
    }
}

/// What a row calls its part: the first of each item has the item's number.
fn called(words: Words, row: &VolumeRow, before: Option<&VolumeRow>) -> String {
    let title = &row.title;
    let Some(number) = &row.item else {
        return title.clone();
    };
    if before.is_some_and(|before| before.item.as_ref() == Some(number)) {
        return title.clone();
    }
    match title.strip_prefix(number.as_str()) {
        Some(rest) if rest.is_empty() || rest.starts_with(' ') => title.clone(),
        _ if row.is_attached => format!("{} {number}, {title}", words.item()),
        _ => format!("{number} {title}"),
    }
}

/// The leaf in front of a volume.
pub fn volume(edition: &Edition, volume: &Volume) -> Part {
    let desk = Desk::of(edition);
    let words = desk.words;
    let line = title(edition, volume);
    let meeting = desk.meeting;
    let of = format!(
        "{}, {}",
        meeting.body.name,
        words.long_date(*meeting.sitting.date)
    );
    let head = Row {
        cells: vec![
            Cell::head(vec![Inline::text(words.volume_contents())]),
            Cell::head(vec![Inline::text(words.page())]),
        ],
        mark: None,
    };
    let before = std::iter::once(None).chain(volume.rows.iter().map(Some));
    let rows = volume.rows.iter().zip(before).map(|(entry, before)| {
        let title = called(words, entry, before);
        let title = if entry.goes_on {
            words.volume_goes_on().replace("{title}", &title)
        } else {
            title
        };
        Row {
            cells: vec![
                Cell::head(vec![Inline::text(title)]),
                Cell::of(vec![Inline::text(&entry.page)]),
            ],
            mark: None,
        }
    });
    let table = Table {
        caption: None,
        columns: vec![Align::Start, Align::End],
        header_rows: 1,
        rows: std::iter::once(head).chain(rows).collect(),
        fit: None,
    };
    Part::new(
        "volume",
        PartKind::Contents,
        line.clone(),
        desk.lang(None),
        vec![
            Block::toned(Tone::Eyebrow, vec![Inline::text(of)]),
            Block::heading(1, line),
            Block::toned(Tone::Quiet, vec![Inline::text(words.volume_numbers())]),
            Block::new(BlockKind::Table(table)),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;

    #[test]
    fn the_first_part_of_each_item_says_its_number() {
        let row = |title: &str, item: Option<&str>, is_attached| VolumeRow {
            title: title.to_owned(),
            item: item.map(str::to_owned),
            is_attached,
            page: String::new(),
            goes_on: false,
        };
        let rows = [
            (row("Agenda", None, false), "Agenda"),
            (row("1 Apologies", Some("1"), false), "1 Apologies"),
            (row("Rents", Some("2"), false), "2 Rents"),
            (row("Appendix 1: Sums", Some("2"), true), "Appendix 1: Sums"),
            (
                row("Appendix 2: Bids", Some("4"), true),
                "Item 4, Appendix 2: Bids",
            ),
            (row("10 years on", Some("5"), false), "5 10 years on"),
        ];
        let words = Words::of(&Lang("en-GB".to_owned()));
        let mut before = None;
        for (row, said) in &rows {
            assert_eq!(called(words, row, before), *said);
            before = Some(row);
        }
    }
}
