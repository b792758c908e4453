//! Writes prose as Markdown that reads the same: for a council that moves its papers over, and for
//! anyone who wants to see what was read from a file.

use super::{Block, BlockKind, Cell, Figure, Inline, InlineKind, LinkTarget, List, Prose, Table};

/// The Markdown of a text. A cell that spans several columns or rows is written once, in the first,
/// but the header of several columns over each of them. `named` gives the file name of a picture.
pub fn markdown(prose: &Prose, named: &dyn Fn(&str) -> String) -> String {
    let writer = Writer { named };
    let mut text = String::new();
    writer.blocks(&prose.blocks, "", &mut text);
    for note in &prose.footnotes {
        let mut inner = String::new();
        writer.blocks(&note.blocks, "    ", &mut inner);
        text.push_str(&format!("\n[^{}]: {}", note.label, inner.trim_start()));
    }
    text
}

struct Writer<'w> {
    named: &'w dyn Fn(&str) -> String,
}

impl Writer<'_> {
    /// Writes blocks, each line after `indent`, with a blank line between two.
    fn blocks(&self, blocks: &[Block], indent: &str, text: &mut String) {
        for (place, block) in blocks.iter().enumerate() {
            if place > 0 {
                text.push_str(indent.trim_end());
                text.push('\n');
            }
            self.block(block, indent, text);
        }
    }

    fn block(&self, block: &Block, indent: &str, text: &mut String) {
        let mut line = |words: &str| {
            text.push_str(indent);
            text.push_str(words);
            text.push('\n');
        };
        match &block.kind {
            BlockKind::Heading { level, id, content } => {
                let id = id
                    .as_ref()
                    .map_or(String::new(), |id| format!(" {{#{id}}}"));
                let marks = "#".repeat(usize::from((*level).clamp(1, 6)));
                let words = self.inline(content).replace('\n', " ");
                line(&format!("{marks} {words}{id}"));
            }
            BlockKind::Paragraph(content) => {
                for words in self.inline(content).lines() {
                    line(&opened(words));
                }
            }
            BlockKind::List(list) => self.list(list, indent, text),
            BlockKind::Quote(inner) => self.blocks(inner, &format!("{indent}> "), text),
            BlockKind::Table(table) => self.table(table, indent, text),
            BlockKind::Figure(figure) => line(&self.image(figure)),
            BlockKind::Preformatted(words) => {
                line("```");
                for words in words.lines() {
                    line(words);
                }
                line("```");
            }
            BlockKind::Rule => line("---"),
        }
    }

    fn list(&self, list: &List, indent: &str, text: &mut String) {
        let mut number = list.start.map_or(0, |(number, _)| number);
        for item in &list.items {
            let label = item.label.as_deref();
            let counted = list.start.map(|(_, mark)| mark);
            let written = label.and_then(|label| label.strip_suffix(counted?)?.parse().ok());
            number = written.unwrap_or(number);
            let marker = match (counted, label, written) {
                (Some(mark), None, _) | (Some(mark), Some(_), Some(_)) => {
                    format!("{number}{mark} ")
                }
                (_, None, _) => "- ".to_owned(),
                (_, Some(label), _) => format!("- {label} "),
            };
            number = number.saturating_add(1);
            let step = if counted.is_some() { marker.len() } else { 2 };
            let mut inner = String::new();
            let deeper = format!("{indent}{}", " ".repeat(step));
            self.blocks(&item.blocks, &deeper, &mut inner);
            text.push_str(indent);
            text.push_str(&marker);
            text.push_str(inner.strip_prefix(deeper.as_str()).unwrap_or(&inner));
            if inner.is_empty() {
                text.push('\n');
            }
        }
    }

    fn table(&self, table: &Table, indent: &str, text: &mut String) {
        let mut line = |words: &str| {
            text.push_str(indent);
            text.push_str(words.trim_end());
            text.push('\n');
        };
        if let Some(caption) = &table.caption {
            line(&self.inline(caption).replace('\n', " "));
            line("");
        }
        // A table in Markdown has one header row, and no cell spans others.
        let grid = table.grid();
        let (heads, body) = grid.split_at(table.header_rows.min(grid.len()));
        let width = table.columns.len().max(1);
        let heads = (0..width).map(|x| self.head(heads, x));
        line(&row(&heads.collect::<Vec<_>>()));
        line(&format!("|{}", "---|".repeat(width)));
        for places in body {
            let cells = places.iter().map(|place| match place {
                Some((cell, true)) => self.in_cell(&cell.blocks),
                _ => String::new(),
            });
            line(&row(&cells.collect::<Vec<_>>()));
        }
    }

    /// The header of a column, all header rows together.
    fn head(&self, heads: &[Vec<Option<(&Cell, bool)>>], x: usize) -> String {
        let mut over: Vec<&Cell> = heads.iter().filter_map(|row| Some(row[x]?.0)).collect();
        over.dedup_by(|one, other| std::ptr::eq(*one, *other));
        let heads = over.iter().map(|cell| self.in_cell(&cell.blocks));
        let heads: Vec<String> = heads.filter(|words| !words.is_empty()).collect();
        heads.join(", ")
    }

    /// What a cell says, in one line.
    fn in_cell(&self, blocks: &[Block]) -> String {
        let mut lines = Vec::new();
        for block in blocks {
            if let BlockKind::Table(table) = &block.kind {
                // Markdown has no tables inside cells.
                lines.extend(table.rows.iter().map(|row| {
                    let cells = row.cells.iter().map(|cell| self.in_cell(&cell.blocks));
                    cells.collect::<Vec<_>>().join("; ")
                }));
                continue;
            }
            let mut inner = String::new();
            self.block(block, "", &mut inner);
            lines.extend(inner.lines().map(|line| {
                let line = if ends_in_break(line) {
                    &line[..line.len() - 1]
                } else {
                    line
                };
                line.trim().replace('|', "\\|")
            }));
        }
        lines.retain(|line| !line.is_empty());
        lines.join("<br>")
    }

    fn image(&self, figure: &Figure) -> String {
        let title = figure.caption.as_ref().map_or(String::new(), |caption| {
            format!(" \"{}\"", self.inline(caption).replace('"', "'"))
        });
        let source = (self.named)(&figure.source).replace(' ', "%20");
        format!("![{}]({source}{title})", escaped(&figure.alt))
    }

    fn inline(&self, inlines: &[Inline]) -> String {
        let mut text = String::new();
        for (place, piece) in inlines.iter().enumerate() {
            let mut mark = |mark: &str, inner: &[Inline]| {
                let after = match inlines.get(place + 1).map(|next| &next.kind) {
                    Some(InlineKind::Text(words)) => words.chars().next(),
                    _ => None,
                };
                let around = (text.chars().next_back(), after);
                text.push_str(&marked(mark, &self.inline(inner), around));
            };
            match &piece.kind {
                InlineKind::Strong(inner) => mark("**", inner),
                InlineKind::Emphasis(inner) => mark("*", inner),
                InlineKind::Struck(inner) => mark("~~", inner),
                InlineKind::Text(words) => text.push_str(&escaped(words)),
                InlineKind::Code(words) => text.push_str(&format!("`{words}`")),
                InlineKind::Link { target, content } => {
                    let target = match target {
                        LinkTarget::Web(address) => address
                            .replace(' ', "%20")
                            .replace('(', "\\(")
                            .replace(')', "\\)"),
                        LinkTarget::Here(id) => format!("#{id}"),
                        LinkTarget::Item(number) => format!("item:{number}"),
                        LinkTarget::Appendix(number) => format!("appendix:{number}"),
                    };
                    text.push_str(&format!("[{}]({target})", self.inline(content)));
                }
                InlineKind::Image(figure) => text.push_str(&self.image(figure)),
                InlineKind::FootnoteRef(label) => text.push_str(&format!("[^{label}]")),
                InlineKind::Lang(_, inner) => text.push_str(&self.inline(inner)),
                InlineKind::SoftBreak => text.push('\n'),
                InlineKind::HardBreak => text.push_str("\\\n"),
            }
        }
        text
    }
}

/// A row of a table.
fn row(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}

/// Words between marks. Marks have no space or line break inside them, nor punctuation that would be
/// between a mark and a letter outside. `around` holds the characters before and after the words.
fn marked(mark: &str, words: &str, around: (Option<char>, Option<char>)) -> String {
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let mut inner = words.trim_start();
    while let Some(rest) = inner.strip_prefix("\\\n") {
        inner = rest.trim_start();
    }
    if inner.len() == words.len() && is_letter(around.0) {
        inner = inner.trim_start_matches(['“', '‘', '"', '\'', '(', '£', '–', '…']);
    }
    let before = &words[..words.len() - inner.len()];
    let whole = inner;
    inner = whole.trim_end();
    while whole[inner.len()..].starts_with('\n') && ends_in_break(inner) {
        inner = inner[..inner.len() - 1].trim_end();
    }
    if inner.len() == whole.len() && is_letter(around.1) {
        inner = inner.trim_end_matches(['”', '’', '"', '\'', ':', '.', ',', ';', '!', '?', '…']);
    }
    let after = &whole[inner.len()..];
    if inner.is_empty() {
        return words.to_owned();
    }
    format!("{before}{mark}{inner}{mark}{after}")
}

/// Whether the last backslash of some words is not itself escaped, so that it breaks the line.
fn ends_in_break(words: &str) -> bool {
    let slashes = words.len() - words.trim_end_matches('\\').len();
    slashes % 2 == 1
}

/// Words with everything escaped that would be taken for a mark.
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for (at, letter) in words.char_indices() {
        if matches!(letter, '\\' | '*' | '_' | '[' | ']' | '<' | '`' | '~')
            || (letter == '&' && is_entity(&words[at + 1..]))
        {
            text.push('\\');
        }
        text.push(letter);
    }
    text
}

/// Whether what comes after an "&" makes it a character's name: "nbsp;".
fn is_entity(rest: &str) -> bool {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '#';
    let name = rest.len() - rest.trim_start_matches(is_part).len();
    name > 0 && rest[name..].starts_with(';')
}

/// A line whose start is not taken for a heading, a quotation or a list.
fn opened(words: &str) -> String {
    let words = words.trim_start();
    let figures = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &words[figures..];
    let counted = (1..=9).contains(&figures) && (rest.starts_with(". ") || rest.starts_with(") "));
    if counted {
        format!("{}\\{rest}", &words[..figures])
    } else if words.starts_with(['#', '>', '+', '-', '=']) {
        format!("\\{words}")
    } else {
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{FileId, Span};

    fn inline(kind: InlineKind) -> Inline {
        let span = Span::new(FileId(0), 0, 0);
        Inline { kind, span }
    }

    fn text(words: &str) -> Inline {
        inline(InlineKind::Text(words.to_owned()))
    }

    fn bold(content: Vec<Inline>) -> Inline {
        inline(InlineKind::Strong(content))
    }

    fn line_break() -> Inline {
        inline(InlineKind::HardBreak)
    }

    /// A paragraph as Markdown.
    fn written(content: Vec<Inline>) -> String {
        let block = Block {
            kind: BlockKind::Paragraph(content),
            span: Span::new(FileId(0), 0, 0),
            lang: None,
        };
        let prose = Prose {
            blocks: vec![block],
            ..Prose::default()
        };
        markdown(&prose, &str::to_owned)
    }

    #[test]
    fn a_line_after_a_break_begins_no_block() {
        for (line, expected) in [
            ("- one", "\\- one"),
            ("1. one", "1\\. one"),
            ("# one", "\\# one"),
            ("  > one", "\\> one"),
            ("===", "\\==="),
        ] {
            let content = vec![text("Options:"), line_break(), text(line)];
            assert_eq!(written(content), format!("Options:\\\n{expected}\n"));
        }
    }

    #[test]
    fn a_break_in_a_cell_is_written_as_one_and_a_backslash_is_kept() {
        let cell = BlockKind::Paragraph(vec![text("a\\"), line_break(), text("b\\")]);
        let block = Block {
            kind: cell,
            span: Span::new(FileId(0), 0, 0),
            lang: None,
        };
        let named = str::to_owned;
        assert_eq!(Writer { named: &named }.in_cell(&[block]), "a\\\\<br>b\\\\");
    }

    #[test]
    fn a_break_is_outside_of_marks() {
        let bold_line = bold(vec![line_break(), text("Purpose"), line_break()]);
        assert_eq!(
            written(vec![text("1"), bold_line, text("To decide.")]),
            "1\\\n**Purpose**\\\nTo decide.\n"
        );
        let slash = bold(vec![text("a\\"), line_break()]);
        assert_eq!(written(vec![slash, text("b")]), "**a\\\\**\\\nb\n");
        assert_eq!(
            written(vec![bold(vec![line_break()]), text("b")]),
            "\\\nb\n"
        );
    }

    #[test]
    fn punctuation_between_a_mark_and_a_letter_is_outside_of_the_mark() {
        let label = |next: &str| written(vec![bold(vec![text("Note:")]), text(next)]);
        assert_eq!(label("read this"), "**Note**:read this\n");
        assert_eq!(label(" read this"), "**Note:** read this\n");
        assert_eq!(
            written(vec![text("of"), bold(vec![text("“land”")]), text("sold")]),
            "of“**land**”sold\n"
        );
    }

    #[test]
    fn a_name_of_a_character_and_a_bracket_in_an_address_stay_as_they_are() {
        assert_eq!(
            written(vec![text("R&D; A&B &nbsp;")]),
            "R\\&D; A&B \\&nbsp;\n"
        );
        let link = InlineKind::Link {
            target: LinkTarget::Web("https://example.org/a)b".to_owned()),
            content: vec![text("a")],
        };
        assert_eq!(
            written(vec![inline(link)]),
            "[a](https://example.org/a\\)b)\n"
        );
    }
}
