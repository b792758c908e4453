//! The print order: how many copies of each file go on paper, and what they take.

use super::line::{CopyKind, edition_words};
use super::tables::{harmless, table};

/// The shorter and the longer side of what an A4 or US letter sheet holds, in points.
const A4: (f64, f64) = (620.0, 860.0);
/// The same of A3, which is also a folded leaf of an A4 pack.
const A3: (f64, f64) = (860.0, 1230.0);

/// A page to be printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Page {
    /// Its width and height, in points.
    pub size: (f64, f64),
    /// Whether anything on it has colour.
    pub colour: bool,
}

/// The same of a slide of 16 by 9, which is printed on A4, a little smaller.
const SLIDE: (f64, f64) = (541.0, 961.0);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Paper {
    A4,
    A3,
    Larger,
}

impl Page {
    fn paper(&self) -> Paper {
        let (width, height) = self.size;
        let (short, long) = (width.min(height), width.max(height));
        let fits = |(most_short, most_long): (f64, f64)| short <= most_short && long <= most_long;
        match (fits(A4) || fits(SLIDE), fits(A3)) {
            (true, _) => Paper::A4,
            (_, true) => Paper::A3,
            _ => Paper::Larger,
        }
    }
}

/// What a file takes to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Its pages.
    pub pages: u64,
    /// Pages with colour.
    pub colour: u64,
    /// A4 sheets, printed on one side.
    pub one_sided: u64,
    /// A4 sheets, printed on both sides.
    pub two_sided: u64,
    /// A3 leaves, printed on one side and folded.
    pub a3: u64,
    /// Leaves that are larger than A3.
    pub larger: u64,
}

impl Count {
    /// What pages take, in their order: a larger leaf among A4 pages ends the sheet before it.
    pub fn of(pages: &[Page]) -> Self {
        let mut count = Self::default();
        for run in pages.chunk_by(|one, next| one.paper() == next.paper()) {
            let length = run.len() as u64;
            count.pages += length;
            count.colour += run.iter().filter(|page| page.colour).count() as u64;
            match run.first().map(Page::paper) {
                Some(Paper::A4) => {
                    count.one_sided += length;
                    count.two_sided += length.div_ceil(2);
                }
                Some(Paper::A3) => count.a3 += length,
                Some(Paper::Larger) => count.larger += length,
                None => {}
            }
        }
        count
    }

    fn times(self, copies: u32) -> Self {
        let copies = u64::from(copies);
        Self {
            pages: self.pages * copies,
            colour: self.colour * copies,
            one_sided: self.one_sided * copies,
            two_sided: self.two_sided * copies,
            a3: self.a3 * copies,
            larger: self.larger * copies,
        }
    }

    fn with(self, other: Self) -> Self {
        Self {
            pages: self.pages + other.pages,
            colour: self.colour + other.colour,
            one_sided: self.one_sided + other.one_sided,
            two_sided: self.two_sided + other.two_sided,
            a3: self.a3 + other.a3,
            larger: self.larger + other.larger,
        }
    }

    fn numbers(self) -> [u64; 6] {
        [
            self.pages,
            self.colour,
            self.one_sided,
            self.two_sided,
            self.a3,
            self.larger,
        ]
    }

    fn json(self) -> serde_json::Value {
        let numbers = KEYS.into_iter().zip(self.numbers());
        serde_json::Value::Object(
            numbers
                .map(|(key, number)| (key.to_owned(), number.into()))
                .collect(),
        )
    }
}

/// The names of [`Count::numbers`].
const KEYS: [&str; 6] = [
    "pages",
    "colour-pages",
    "sheets-one-sided",
    "sheets-two-sided",
    "a3-leaves",
    "larger-leaves",
];

/// A file to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// What kind of copy it is, or a volume of.
    pub kind: CopyKind,
    /// The file.
    pub file: String,
    /// How many copies.
    pub copies: u32,
    /// What one copy takes.
    pub each: Count,
}

impl Job {
    fn all(&self) -> Count {
        self.each.times(self.copies)
    }
}

fn total(jobs: &[Job]) -> Count {
    jobs.iter()
        .map(Job::all)
        .fold(Count::default(), Count::with)
}

/// The order as a table for the eye: what one copy takes, and what all of them take.
pub fn text(jobs: &[Job]) -> String {
    let head = |name: &str| {
        [
            name,
            "Copies",
            "Pages",
            "Colour",
            "One-sided",
            "Two-sided",
            "A3",
            "Larger",
        ]
        .map(str::to_owned)
    };
    let row = |name: &str, copies: u32, count: Count| {
        let [pages, colour, one, two, a3, larger] =
            count.numbers().map(|number| number.to_string());
        [
            name.to_owned(),
            copies.to_string(),
            pages,
            colour,
            one,
            two,
            a3,
            larger,
        ]
    };
    let copies = |jobs: &[Job]| {
        jobs.iter()
            .fold(0, |sum: u32, job| sum.saturating_add(job.copies))
    };
    let mut text = String::new();
    for job in jobs {
        text.push_str(&format!("{}: {}\n", job.file, job.kind.words()));
    }
    text.push('\n');
    let mut each = vec![head("One copy")];
    each.extend(jobs.iter().map(|job| row(&job.file, 1, job.each)));
    text.push_str(&table(&each));
    text.push('\n');
    let mut all = vec![head("All copies")];
    all.extend(jobs.iter().map(|job| row(&job.file, job.copies, job.all())));
    all.push(row("In all", copies(jobs), total(jobs)));
    text.push_str(&table(&all));
    text.push_str(
        "\nOne-sided and two-sided are A4 sheets. A3 leaves are counted apart, printed on one side.\n",
    );
    text
}

/// The order as CSV with a header row.
pub fn csv(jobs: &[Job]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut head = ["file", "edition", "print", "copies"]
        .map(str::to_owned)
        .to_vec();
    head.extend(KEYS.map(|key| format!("{key}-each")));
    head.extend(KEYS.map(|key| format!("{key}-in-all")));
    let rows = jobs.iter().map(|job| {
        let mut row = vec![
            harmless(&job.file),
            edition_words(job.kind.edition).to_owned(),
            job.kind.print_words(),
            job.copies.to_string(),
        ];
        row.extend(job.each.numbers().map(|number| number.to_string()));
        row.extend(job.all().numbers().map(|number| number.to_string()));
        row
    });
    // Writing to memory cannot fail, and every row has as many fields as the head.
    let written = std::iter::once(head)
        .chain(rows)
        .try_for_each(|row| writer.write_record(row))
        .ok()
        .and_then(|()| writer.into_inner().ok())
        .unwrap_or_default();
    String::from_utf8(written).unwrap_or_default()
}

/// The order as JSON.
pub fn json(jobs: &[Job]) -> serde_json::Value {
    let files: Vec<_> = jobs
        .iter()
        .map(|job| {
            serde_json::json!({
                "file": job.file,
                "edition": job.kind.edition.as_str(),
                "print": job.kind.print.to_string(),
                "holds": job.kind.binding.holds.as_str(),
                "items": job.kind.binding.holds.items(),
                "notes": job.kind.binding.notes,
                "volume-pages": job.kind.binding.volume_pages,
                "copies": job.copies,
                "each": job.each.json(),
                "in-all": job.all().json(),
            })
        })
        .collect();
    serde_json::json!({ "files": files, "in-all": total(jobs).json() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(width: f64, height: f64, colour: bool) -> Page {
        Page {
            size: (width, height),
            colour,
        }
    }

    #[test]
    fn a_larger_leaf_ends_the_sheet_before_it() {
        let a4 = page(595.0, 842.0, false);
        let lying = page(842.0, 595.0, true);
        let a3 = page(1191.0, 842.0, true);
        let a1 = page(1684.0, 2384.0, false);
        let count = Count::of(&[a4, lying, a4, a3, a4, a1, a4, a4]);
        let wanted = Count {
            pages: 8,
            colour: 2,
            one_sided: 6,
            two_sided: 2 + 1 + 1,
            a3: 1,
            larger: 1,
        };
        assert_eq!(count, wanted);
    }

    #[test]
    fn letter_paper_is_printed_on_a4() {
        assert_eq!(Count::of(&[page(612.0, 792.0, false)]).one_sided, 1);
    }

    #[test]
    fn a_slide_is_printed_on_a4_and_a_folded_plan_is_not() {
        let count = Count::of(&[page(960.0, 540.0, true), page(1002.0, 709.0, true)]);
        assert_eq!((count.one_sided, count.a3), (1, 1));
    }
}
