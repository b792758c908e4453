//! A sheet of address labels for the copies that go out on paper: A4, three columns of seven
//! labels of 63.5 by 38.1 mm (sold as L7160 and its like).

use printpdf::{
    Mm, Op, ParsedFont, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt, TextItem,
};

use super::line::{Line, print_words};
use crate::model::CopyForm;

const COLUMNS: usize = 3;
const ROWS: usize = 7;
const PAGE: (f32, f32) = (210.0, 297.0);
const LABEL: (f32, f32) = (63.5, 38.1);
const LEFT: f32 = 7.2;
const TOP: f32 = 15.1;
const PITCH: (f32, f32) = (66.0, 38.1);
const INSET: f32 = 4.0;
const POINTS_PER_MM: f32 = 72.0 / 25.4;
/// From line to line, as a multiple of the size of print.
const LEADING: f32 = 1.27;
/// How much smaller the lines of a full label may be.
const SCALES: [f32; 6] = [1.0, 0.92, 0.84, 0.77, 0.7, 0.64];

/// Why there are no labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelError {
    /// Nobody on the list gets a copy on paper.
    NothingOnPaper,
    /// The font cannot show a character of a name or address.
    NoGlyph {
        /// The character.
        character: char,
        /// Whose label it is.
        name: String,
    },
    /// The font could not be read.
    Font,
}

impl std::fmt::Display for LabelError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NothingOnPaper => f.write_str(
                "nobody on the distribution list gets a copy on paper, so there are no labels to make",
            ),
            Self::NoGlyph { character, name } => write!(
                f,
                "the label for {name} has a character that the label font lacks: {character} (U+{:04X})",
                *character as u32
            ),
            Self::Font => f.write_str("the label font could not be read"),
        }
    }
}

impl std::error::Error for LabelError {}

/// One label for each copy on paper, in the order of the list, as a PDF. `regular` and `bold` are
/// TrueType fonts.
///
/// # Errors
/// When there is nothing to label, or a character cannot be shown.
pub fn labels(
    title: &str,
    lines: &[Line],
    regular: &[u8],
    bold: &[u8],
) -> Result<Vec<u8>, LabelError> {
    let labels: Vec<&Line> = lines
        .iter()
        .filter(|line| line.kind.form == CopyForm::Paper)
        .flat_map(|line| std::iter::repeat_n(line, line.copies as usize))
        .collect();
    if labels.is_empty() {
        return Err(LabelError::NothingOnPaper);
    }
    let mut document = PdfDocument::new(title);
    let regular = Face::add(&mut document, regular)?;
    let bold = Face::add(&mut document, bold)?;
    let pages = labels
        .chunks(COLUMNS * ROWS)
        .map(|sheet| {
            let mut ops = Vec::new();
            for (index, line) in sheet.iter().enumerate() {
                label(&mut ops, index, line, &regular, &bold)?;
            }
            Ok(PdfPage::new(Mm(PAGE.0), Mm(PAGE.1), ops))
        })
        .collect::<Result<Vec<_>, LabelError>>()?;
    Ok(document
        .with_pages(pages)
        .save(&PdfSaveOptions::default(), &mut Vec::new()))
}

struct Face {
    parsed: ParsedFont,
    handle: PdfFontHandle,
}

impl Face {
    fn add(document: &mut PdfDocument, bytes: &[u8]) -> Result<Self, LabelError> {
        let parsed = ParsedFont::from_bytes(bytes, 0, &mut Vec::new()).ok_or(LabelError::Font)?;
        let handle = PdfFontHandle::External(document.add_font(&parsed));
        Ok(Self { parsed, handle })
    }

    /// Width of a text in points at a size of one point; `Err` is the first character without a
    /// glyph.
    fn width(&self, text: &str) -> Result<f32, char> {
        let units = f32::from(self.parsed.pdf_font_metrics.units_per_em.max(1));
        text.chars()
            .map(|character| {
                let glyph = self
                    .parsed
                    .lookup_glyph_index(character as u32)
                    .ok_or(character)?;
                Ok(f32::from(self.parsed.get_glyph_width(glyph).unwrap_or(0)) / units)
            })
            .sum()
    }

    /// A text in lines of at most `room` times its size. A longer word is divided, after a hyphen of its
    /// own if it has one.
    fn broken(&self, text: &str, room: f32) -> Result<Vec<String>, char> {
        let mut lines: Vec<String> = Vec::new();
        for mut word in text.split_whitespace() {
            while self.width(word)? > room {
                let (line, rest) = self.divided(word, room)?;
                lines.push(line);
                word = rest;
            }
            let longer = lines.last().map(|line| format!("{line} {word}"));
            match (longer, lines.last_mut()) {
                (Some(longer), Some(line)) if self.width(&longer)? <= room => *line = longer,
                _ => lines.push(word.to_owned()),
            }
        }
        Ok(lines)
    }

    /// As much of a word as fits a line, and the rest of it.
    fn divided<'t>(&self, word: &'t str, room: f32) -> Result<(String, &'t str), char> {
        let mut fits = word.chars().next().map_or(0, char::len_utf8);
        let mut hyphened = None;
        for (at, letter) in word.char_indices().skip(1) {
            if self.width(&word[..at])? + self.width("-")? > room {
                break;
            }
            fits = at;
            if word[..at].ends_with('-') && letter != '-' {
                hyphened = Some(at);
            }
        }
        Ok(match hyphened {
            Some(at) => (word[..at].to_owned(), &word[at..]),
            None => (format!("{}-", &word[..fits]), &word[fits..]),
        })
    }
}

fn label(
    ops: &mut Vec<Op>,
    index: usize,
    line: &Line,
    regular: &Face,
    bold: &Face,
) -> Result<(), LabelError> {
    #[expect(clippy::cast_precision_loss, reason = "at most 3 columns and 7 rows")]
    let (column, row) = ((index % COLUMNS) as f32, (index / COLUMNS) as f32);
    let x = LEFT + column * PITCH.0 + INSET;
    let top = PAGE.1 - TOP - row * PITCH.1;
    let room = (LABEL.0 - 2.0 * INSET) * POINTS_PER_MM;

    let kind = format!(
        "{}, {} edition",
        print_words(line.kind.print),
        line.kind.edition.as_str()
    );
    let mut texts = vec![(bold, 11.0_f32, line.name.as_str())];
    texts.extend(
        line.address
            .iter()
            .map(|text| (regular, 10.0, text.as_str())),
    );
    // What is too long for a line goes over to the next; only where the label is full are all lines
    // smaller. The last line always tells what is inside.
    let depth = (LABEL.1 - 2.0 * INSET - 5.0) * POINTS_PER_MM;
    let mut set = Vec::new();
    for scale in SCALES {
        set.clear();
        for &(face, size, text) in &texts {
            let size = size * scale;
            let pieces = face
                .broken(text, room / size)
                .map_err(|character| no_glyph(character, line))?;
            set.extend(pieces.into_iter().map(|piece| (face, size, piece)));
        }
        if set.iter().map(|(_, size, _)| size * LEADING).sum::<f32>() <= depth {
            break;
        }
    }
    let high: f32 = set.iter().map(|(_, size, _)| size * LEADING).sum();
    let closer = (depth / high).min(1.0);
    let mut y = top - INSET - 11.0 / POINTS_PER_MM;
    for (face, size, text) in set {
        show(ops, face, (x, y), size * closer, room, &text, line)?;
        y -= size * LEADING * closer / POINTS_PER_MM;
    }
    show(
        ops,
        regular,
        (x, top - LABEL.1 + INSET),
        8.0,
        room,
        &kind,
        line,
    )
}

fn no_glyph(character: char, line: &Line) -> LabelError {
    LabelError::NoGlyph {
        character,
        name: line.name.clone(),
    }
}

/// Sets one line at `at` (millimetres from the left and the foot), smaller where `room` points are
/// too few for it.
fn show(
    ops: &mut Vec<Op>,
    face: &Face,
    at: (f32, f32),
    size: f32,
    room: f32,
    text: &str,
    line: &Line,
) -> Result<(), LabelError> {
    let width = face
        .width(text)
        .map_err(|character| no_glyph(character, line))?;
    let size = if width > 0.0 {
        size.min(room / width)
    } else {
        size
    };
    ops.extend([
        Op::StartTextSection,
        Op::SetTextCursor {
            pos: Point::new(Mm(at.0), Mm(at.1)),
        },
        Op::SetFont {
            font: face.handle.clone(),
            size: Pt(size),
        },
        Op::ShowText {
            items: vec![TextItem::Text(text.to_owned())],
        },
        Op::EndTextSection,
    ]);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_goes_over_to_a_second_line() {
        let font = include_bytes!("../../templates/fonts/AtkinsonHyperlegibleNext-Bold.ttf");
        let face = Face::add(&mut PdfDocument::new("labels"), font).expect("a font");
        let room = (LABEL.0 - 2.0 * INSET) * POINTS_PER_MM / 11.0;
        let name = "The Honorary Secretary of the Merrow and Coombe Allotment Association";
        let lines = face.broken(name, room).expect("letters");
        assert!(lines.len() > 1, "{lines:?}");
        assert_eq!(lines.join(" "), name);
        for line in &lines {
            assert!(face.width(line).expect("letters") <= room, "{line}");
        }
        let long = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch-under-Edge Library";
        let lines = face.broken(long, room).expect("letters");
        let joined = lines.concat().replace(['-', ' '], "");
        assert_eq!(joined, long.replace(['-', ' '], ""));
        for line in &lines {
            assert!(face.width(line).expect("letters") <= room, "{line}");
        }
        assert_eq!(
            face.broken("Central Library", room).expect("letters").len(),
            1
        );
    }
}
