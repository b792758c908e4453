//! Tables that pandoc draws: a grid of dashes and bars, or columns under lines of dashes. One whose
//! cells are certain becomes a table of Markdown.

/// A line of a text and the byte at which it starts.
type Line<'t> = (usize, &'t str);

/// A table that was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Drawn {
    /// How many lines it takes.
    pub(super) lines: usize,
    /// Its rows, with the header row first, and the byte at which each starts.
    pub(super) rows: Vec<(usize, Vec<String>)>,
    /// Whether the first row is a header row.
    pub(super) headed: bool,
}

/// The table that begins with the first of these lines.
pub(super) fn table(lines: &[Line<'_>]) -> Option<Drawn> {
    let (_, first) = lines.first()?;
    if first.trim_start().starts_with('+') {
        grid(lines)
    } else {
        columns(lines)
    }
}

/// "+---+---+" above and below each row; "+===+" below the header row.
fn grid(lines: &[Line<'_>]) -> Option<Drawn> {
    let bars = border(lines.first()?.1)?;
    let mut drawn = Drawn::default();
    let mut row: Option<(usize, Vec<String>)> = None;
    for (index, &(start, line)) in lines.iter().enumerate() {
        if let Some(here) = border(line) {
            // A row without lines is no row; a text of lines alone would be read again from each.
            if here != bars || index > 0 && drawn.lines == index {
                return None;
            }
            if let Some(row) = row.take() {
                drawn.rows.push(row);
            }
            if line.contains('=') {
                // Markdown does not have two header rows.
                drawn.headed = drawn.rows.len() == 1;
                if !drawn.headed {
                    return None;
                }
            }
            drawn.lines = index + 1;
            continue;
        }
        let Some(cells) = cells(line, &bars) else {
            // A row without a line of dashes below it is not part of a table.
            break;
        };
        let (_, kept) = row.get_or_insert_with(|| (start, vec![String::new(); cells.len()]));
        for (kept, words) in kept.iter_mut().zip(cells) {
            // Markdown does not have lists in cells.
            if words.starts_with("- ") || words.starts_with("* ") {
                return None;
            }
            join(kept, &words);
        }
    }
    (row.is_none() && !drawn.rows.is_empty()).then_some(drawn)
}

/// The places of the crossings in a line such as "+---+===+".
fn border(line: &str) -> Option<Vec<usize>> {
    let line = line.trim_end();
    let is_one = line.trim_start().starts_with('+')
        && line.ends_with('+')
        && line
            .trim_start()
            .chars()
            .all(|letter| matches!(letter, '+' | '-' | '=' | ':'));
    let bars: Vec<usize> = line
        .chars()
        .enumerate()
        .filter_map(|(at, letter)| (letter == '+').then_some(at))
        .collect();
    (is_one && bars.len() >= 2).then_some(bars)
}

/// The words between the bars of a line.
fn cells(line: &str, bars: &[usize]) -> Option<Vec<String>> {
    let letters: Vec<char> = line.trim_end().chars().collect();
    if bars.iter().any(|&bar| letters.get(bar) != Some(&'|')) {
        return None;
    }
    let between = bars.windows(2).map(|pair| {
        let words: String = letters[pair[0] + 1..pair[1]].iter().collect();
        words.trim().to_owned()
    });
    Some(between.collect())
}

/// A header row, dashes below each column, and rows up to a blank line or a closing line of dashes.
fn columns(lines: &[Line<'_>]) -> Option<Drawn> {
    let &[head, dashes, ..] = lines else {
        return None;
    };
    let runs = runs(dashes.1)?;
    let mut drawn = Drawn {
        lines: 2,
        rows: vec![(head.0, row(head.1, &runs)?)],
        headed: true,
    };
    for &(start, line) in &lines[2..] {
        if line.trim().is_empty() {
            break;
        }
        drawn.lines += 1;
        if self::runs(line).is_some() {
            break;
        }
        drawn.rows.push((start, row(line, &runs)?));
    }
    (drawn.rows.len() > 1).then_some(drawn)
}

/// Where the runs of dashes in a line begin; `None` for any other line.
fn runs(line: &str) -> Option<Vec<usize>> {
    let letters: Vec<char> = line.trim_end().chars().collect();
    let all = letters.iter().all(|letter| matches!(letter, '-' | ' '));
    let starts: Vec<usize> = (0..letters.len())
        .filter(|&at| letters[at] == '-' && (at == 0 || letters[at - 1] == ' '))
        .collect();
    (all && starts.len() >= 2 && line.contains("---")).then_some(starts)
}

/// The cells of a line with columns at these places; `None` if words cross the edge of a column.
fn row(line: &str, starts: &[usize]) -> Option<Vec<String>> {
    let letters: Vec<char> = line.trim_end().chars().collect();
    let blank = |at: usize| letters.get(at).is_none_or(|letter| letter.is_whitespace());
    let mut cells = Vec::new();
    for (index, &start) in starts.iter().enumerate() {
        if start > 0 && !blank(start - 1) {
            return None;
        }
        let from = if index == 0 { 0 } else { start };
        let to = starts.get(index + 1).copied().unwrap_or(letters.len());
        let cell: String = letters
            .get(from.min(letters.len())..to.min(letters.len()))?
            .iter()
            .collect();
        cells.push(cell.trim().to_owned());
    }
    Some(cells)
}

fn join(kept: &mut String, words: &str) {
    if !kept.is_empty() && !words.is_empty() {
        kept.push(' ');
    }
    kept.push_str(words);
}

/// A row of Markdown.
pub(super) fn written(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(bool, Vec<Vec<String>>)> {
        let lines: Vec<Line<'_>> = text.lines().map(|line| (0, line)).collect();
        let drawn = table(&lines)?;
        let rows = drawn.rows.into_iter().map(|(_, cells)| cells);
        Some((drawn.headed, rows.collect()))
    }

    #[test]
    fn a_grid_is_read_with_its_long_cells() {
        let text = "+------+-------+\n| Park | Size  |\n+======+=======+\n| Ash  | three |\n|      | acres |\n+------+-------+\n| Oak  | 4     |\n+------+-------+\n";
        let (headed, rows) = read(text).expect("a table");
        assert!(headed);
        assert_eq!(
            rows,
            [["Park", "Size"], ["Ash", "three acres"], ["Oak", "4"]]
        );
    }

    #[test]
    fn columns_under_dashes_are_read() {
        let text = "  Park      Size\n  --------  ------\n  Ash       3\n  Oak Hill  4\n";
        let (_, rows) = read(text).expect("a table");
        assert_eq!(rows, [["Park", "Size"], ["Ash", "3"], ["Oak Hill", "4"]]);
    }

    #[test]
    fn what_is_not_certain_is_left() {
        for text in [
            // A cell over two columns.
            "+---+---+\n| a     |\n+---+---+\n",
            // Never finished.
            "+---+---+\n| a | b |\n",
            // Words over the edge of a column.
            "Park Size\n---  ---\nAsh Hill 3\n",
            "+---+---+\n| - a | b |\n+---+---+\n",
            // Lines without a row between them.
            "+---+---+\n+---+---+\n| a | b |\n+---+---+\n",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
