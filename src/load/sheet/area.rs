//! References to cells: `A3:H40`, `$A:$H`, `'My sheet'!A1`, and what LibreOffice writes for them.

/// The last row of a sheet, counted from 0.
pub(super) const LAST_ROW: u32 = 1_048_575;
/// The last column of a sheet, counted from 0.
pub(super) const LAST_COLUMN: u32 = 16_383;

/// A cell's row and column, counted from 0.
pub(super) type Place = (u32, u32);

/// Cells from one corner to the other, both inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) first: Place,
    pub(super) last: Place,
}

impl Area {
    /// All cells of a sheet.
    pub(super) const ALL: Self = Self {
        first: (0, 0),
        last: (LAST_ROW, LAST_COLUMN),
    };

    /// One cell.
    pub(super) fn of(place: Place) -> Self {
        Self {
            first: place,
            last: place,
        }
    }

    /// The cells that a text names.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (one, other) = text.split_once(':').unwrap_or((text, text));
        let (one, other) = (corner(one)?, corner(other)?);
        let alone = !text.contains(':');
        if alone && (one.0.is_none() || one.1.is_none()) {
            return None;
        }
        let range = |one: Option<u32>, other: Option<u32>, last: u32| match (one, other) {
            (Some(one), Some(other)) => Some((one.min(other), one.max(other))),
            (None, None) => Some((0, last)),
            _ => None,
        };
        let rows = range(one.0, other.0, LAST_ROW)?;
        let columns = range(one.1, other.1, LAST_COLUMN)?;
        Some(Self {
            first: (rows.0, columns.0),
            last: (rows.1, columns.1),
        })
    }

    /// Whether a cell is inside.
    pub(super) fn holds(&self, (row, column): Place) -> bool {
        (self.first.0..=self.last.0).contains(&row)
            && (self.first.1..=self.last.1).contains(&column)
    }

    /// What is inside both.
    pub(super) fn and(&self, other: &Self) -> Option<Self> {
        let first = (
            self.first.0.max(other.first.0),
            self.first.1.max(other.first.1),
        );
        let last = (self.last.0.min(other.last.0), self.last.1.min(other.last.1));
        (first.0 <= last.0 && first.1 <= last.1).then_some(Self { first, last })
    }
}

/// The cells that a text names, and their sheet if it names one.
pub(super) fn on_sheet(text: &str) -> Option<(Option<String>, Area)> {
    let Some((sheet, cells)) = text.rsplit_once('!') else {
        return Some((None, Area::parse(text)?));
    };
    Some((Some(unquoted(sheet)), Area::parse(cells)?))
}

/// The same as LibreOffice writes it: `$Summary.$A$3:.$H$40`.
pub(super) fn on_open_sheet(text: &str) -> Option<(Option<String>, Area)> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let (sheet, one) = first.rsplit_once('.')?;
    let (_, other) = last.rsplit_once('.').unwrap_or(("", last));
    let sheet = unquoted(sheet.trim_start_matches('$'));
    Some((Some(sheet), Area::parse(&format!("{one}:{other}"))?))
}

/// A sheet's name without its quotation marks.
pub(super) fn unquoted(name: &str) -> String {
    let inner = name
        .strip_prefix('\'')
        .and_then(|name| name.strip_suffix('\''));
    inner.map_or_else(|| name.to_owned(), |inner| inner.replace("''", "'"))
}

/// Row and column of a corner, either of which may be left out.
fn corner(text: &str) -> Option<(Option<u32>, Option<u32>)> {
    let bare: String = text.trim().replace('$', "");
    let split = bare
        .find(|letter: char| !letter.is_ascii_alphabetic())
        .unwrap_or(bare.len());
    let (letters, digits) = bare.split_at(split);
    if bare.is_empty() || letters.len() > 3 || digits.len() > 7 {
        return None;
    }
    let column = letters.bytes().fold(0, |column, letter| {
        column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    let column = (!letters.is_empty()).then(|| column - 1);
    let row = if digits.is_empty() {
        None
    } else {
        Some(digits.parse::<u32>().ok()?.checked_sub(1)?)
    };
    let known =
        row.is_none_or(|row| row <= LAST_ROW) && column.is_none_or(|column| column <= LAST_COLUMN);
    known.then_some((row, column))
}

/// The letters of a column.
pub(super) fn letters(column: u32) -> String {
    let (mut left, mut letters) = (column + 1, Vec::new());
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    letters.iter().rev().collect()
}

/// The reference to a cell.
pub(super) fn written((row, column): Place) -> String {
    format!("{}{}", letters(column), row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_name_cells() {
        let area = |first, last| Some(Area { first, last });
        assert_eq!(Area::parse("A3:H40"), area((2, 0), (39, 7)));
        assert_eq!(Area::parse("$h$40:$A$3"), area((2, 0), (39, 7)));
        assert_eq!(Area::parse("B2"), area((1, 1), (1, 1)));
        assert_eq!(Area::parse("A:C"), area((0, 0), (LAST_ROW, 2)));
        assert_eq!(Area::parse("3:4"), area((2, 0), (3, LAST_COLUMN)));
        for wrong in [
            "", "A", "7", "A0", "A3:H", "ABCD1", "XFE1", "A1048577", "Sheet", "Q1:Q2:Q3",
        ] {
            assert_eq!(Area::parse(wrong), None, "{wrong}");
        }
        assert_eq!(written((39, 27)), "AB40");
    }

    #[test]
    fn references_name_sheets() {
        let (sheet, area) = on_sheet("'Parks & ''Baths'''!$A$1:$B$2").expect("a reference");
        assert_eq!(sheet.as_deref(), Some("Parks & 'Baths'"));
        assert_eq!(area.last, (1, 1));
        let (sheet, area) = on_open_sheet("$'A.b'.$A$3:.$H$40").expect("a reference");
        assert_eq!(sheet.as_deref(), Some("A.b"));
        assert_eq!((area.first, area.last), ((2, 0), (39, 7)));
        assert_eq!(
            on_open_sheet("$S.$A$3:$S.$H$40").expect("a reference").1,
            area
        );
    }
}
