//! `pack redact`: lists what can be read in a PDF but not seen, and removes words from it for good.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::{Outcome, Screen};
use crate::finding::counted;
use crate::model::PageSelection;
use crate::pdf::{self, RedactionBox};

/// Remove words and pictures from a PDF for good, or list what is hidden in it
///
/// Everything inside the boxes is removed: letters, pixels, lines, notes, and what the tags say
/// about them. All metadata except the title goes too, and so does every earlier version. A black
/// box is drawn in each place. The result is read back before it is saved.
///
/// Without --box, lists what a machine can read in the file but nobody can see on its pages.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The PDF.
    file: PathBuf,

    /// The page the boxes are on, counting from 1.
    #[arg(long, default_value_t = 1, value_name = "N")]
    page: u32,

    /// A box, in points: distance from the left and from the top of the page as shown, then width
    /// and height. For another page, put PAGE: before it. May be repeated.
    #[arg(
        long = "box",
        value_name = "X,Y,WIDTH,HEIGHT",
        allow_hyphen_values = true
    )]
    boxes: Vec<String>,

    /// The file to write; FILE-redacted.pdf beside the original by default.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Show whole words, not only their first letters.
    #[arg(long)]
    show: bool,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let bytes = std::fs::read(&args.file)
        .with_context(|| format!("could not read {}", args.file.display()))?;
    if args.boxes.is_empty() {
        return list(args, &bytes, screen);
    }
    let boxes: Vec<RedactionBox> = args
        .boxes
        .iter()
        .map(|text| parse(text, args.page))
        .collect::<anyhow::Result<_>>()?;
    let out = args.out.clone().unwrap_or_else(|| beside(&args.file));
    if out.exists() {
        bail!(
            "{} already exists: remove it, or name another file with --out",
            out.display()
        );
    }
    let done = pdf::redact(&bytes, &boxes)
        .with_context(|| format!("could not redact {}", args.file.display()))?;
    crate::write::file(&out, &done.pdf)
        .with_context(|| format!("could not write {}", out.display()))?;
    let mut again = false;
    for (wanted, removed) in boxes.iter().zip(&done.removed) {
        let text = if args.show {
            removed.text.clone()
        } else {
            counted(removed.text.split_whitespace().count(), "word")
        };
        let mut line = format!(
            "Page {}: {text}, {}, {} and {} taken out\n",
            wanted.page,
            counted(removed.images, "picture"),
            counted(removed.paths, "drawing"),
            counted(removed.annotations, "note")
        );
        if removed.whole_images > 0 {
            line.push_str("  A picture went as a whole: its format cannot be taken apart\n");
        }
        if !removed.elsewhere.is_empty() {
            again = true;
            let pages: Vec<String> = removed.elsewhere.iter().map(u32::to_string).collect();
            line.push_str(&format!(
                "  The same words can still be read on page {}\n",
                pages.join(", ")
            ));
        }
        screen.print(&line)?;
    }
    screen.print(&format!("Written to {}\n", out.display()))?;
    Ok(if again {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

fn list(args: &Args, bytes: &[u8], screen: &mut Screen) -> anyhow::Result<Outcome> {
    let Some(document) = pdf::open(bytes) else {
        bail!("{} cannot be read as a PDF", args.file.display());
    };
    let pages = pdf::pages(&document);
    let found = pdf::suspects(&document, bytes, &PageSelection::default());
    let mut hidden = false;
    for suspect in &found {
        hidden |= suspect.kind.is_failed_redaction();
        let text = if args.show {
            suspect.text.clone()
        } else {
            suspect.masked()
        };
        let place = match suspect.page {
            Some(page) => format!("Page {page}"),
            None => "The file".to_owned(),
        };
        let mut line = format!("{place}: {}", suspect.kind);
        if !text.is_empty() {
            line.push_str(&format!(": “{text}”"));
        }
        let shown = suspect
            .page
            .and_then(|page| pages.get((page as usize).checked_sub(1)?))
            .zip(suspect.bounds)
            .and_then(|(page, bounds)| page.shown_box(&bounds.into()));
        if let (Some(shown), Some(page)) = (shown, suspect.page) {
            line.push_str(&format!(
                "\n  --box {page}:{:.1},{:.1},{:.1},{:.1}",
                shown.x0,
                shown.y0,
                shown.width(),
                shown.height()
            ));
        }
        line.push('\n');
        screen.print(&line)?;
    }
    if found.is_empty() {
        screen.print("Nothing hidden was found\n")?;
    }
    Ok(if hidden {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

/// `x,y,width,height`, or the same after `PAGE:`.
fn parse(text: &str, page: u32) -> anyhow::Result<RedactionBox> {
    let wrong = || format!("“{text}” is not a box: write --box PAGE:X,Y,WIDTH,HEIGHT, in points");
    let (page, sides) = match text.split_once(':') {
        Some((page, sides)) => (page.trim().parse().with_context(wrong)?, sides),
        None => (page, text),
    };
    let numbers: Vec<f64> = sides
        .split(',')
        .map(|side| side.trim().parse::<f64>())
        .collect::<Result<_, _>>()
        .with_context(wrong)?;
    let [x, y, width, height] = numbers.as_slice() else {
        bail!(wrong());
    };
    Ok(RedactionBox {
        page,
        x: *x,
        y: *y,
        width: *width,
        height: *height,
    })
}

/// The file's name with `-redacted` before its ending.
fn beside(file: &Path) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!("{stem}-redacted.pdf"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_read_with_and_without_a_page() {
        let made = parse("72, 100,200.5,20", 3).expect("a box");
        assert_eq!(
            (made.page, made.x, made.y, made.width, made.height),
            (3, 72.0, 100.0, 200.5, 20.0)
        );
        assert_eq!(parse("7:1,2,3,4", 3).expect("a box").page, 7);
        for wrong in ["", "1,2,3", "1,2,3,4,5", "a,2,3,4", "x:1,2,3,4"] {
            assert!(parse(wrong, 1).is_err(), "{wrong}");
        }
        assert_eq!(
            beside(Path::new("a/letter.pdf")),
            Path::new("a/letter-redacted.pdf")
        );
    }
}
