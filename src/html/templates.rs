//! The templates: those that come with the program, and a council's own in place of them.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult};

use super::markup;
use super::view::{Look, Page};

/// Why a template cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlError {
    /// The template, by its name.
    pub template: Option<String>,
    /// The line in it, counted from 1.
    pub line: Option<usize>,
    /// The column in that line, counted from 1.
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for HtmlError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.template, self.line) {
            (Some(template), Some(line)) => {
                write!(f, "template {template}, line {line}: {}", self.message)
            }
            (Some(template), None) => write!(f, "template {template}: {}", self.message),
            (None, _) => write!(f, "the page's templates: {}", self.message),
        }
    }
}

impl std::error::Error for HtmlError {}

/// The template that is the page; the others are parts of it.
const PAGE: &str = "page.html";
/// The style sheet of the page.
const STYLE: &str = "style.css";

/// Name and text of every template that comes with the program.
pub const BUILT_IN: [(&str, &str); 10] = [
    (PAGE, include_str!("../../templates/html/page.html")),
    (STYLE, include_str!("../../templates/html/style.css")),
    (
        "front.html",
        include_str!("../../templates/html/front.html"),
    ),
    (
        "membership.html",
        include_str!("../../templates/html/membership.html"),
    ),
    (
        "contents.html",
        include_str!("../../templates/html/contents.html"),
    ),
    ("item.html", include_str!("../../templates/html/item.html")),
    (
        "document.html",
        include_str!("../../templates/html/document.html"),
    ),
    (
        "agenda-list.html",
        include_str!("../../templates/html/agenda-list.html"),
    ),
    (
        "contact.html",
        include_str!("../../templates/html/contact.html"),
    ),
    (
        "notice.html",
        include_str!("../../templates/html/notice.html"),
    ),
];

/// How far all number loops of a template may count, together. The program's own have none.
const MOST_COUNTED: usize = 200_000;
/// The longest time for filling in a template: a council's own may never end.
const LONGEST: Duration = Duration::from_secs(30);
/// The largest page, in bytes.
const LARGEST: usize = 256 << 20;
/// The stack for filling in a template, in bytes.
const STACK: usize = 16 << 20;

thread_local! {
    /// How far the template that this thread is filling in has counted.
    static COUNTED: Cell<usize> = const { Cell::new(0) };
}

/// The numbers from `start` to before `end`. The library's own function limits each loop but not their sum:
/// nested loops could count for ever.
#[expect(clippy::needless_pass_by_value, reason = "the library gives them away")]
fn range(arguments: Kwargs, _: &State<'_>) -> TeraResult<Vec<i64>> {
    let start: i64 = arguments.get("start")?.unwrap_or(0);
    let end: i64 = arguments.must_get("end")?;
    let step: i64 = arguments.get("step_by")?.unwrap_or(1);
    let numbers = std::iter::successors(Some(start), |number| number.checked_add(step)).take_while(
        |number| {
            if step < 0 {
                *number > end
            } else {
                *number < end
            }
        },
    );
    let mut counted = Vec::new();
    for number in numbers {
        let so_far = COUNTED.get() + 1;
        if so_far > MOST_COUNTED {
            return Err(tera::Error::message(format!(
                "The loops of this template count further than {MOST_COUNTED}, and may never end"
            )));
        }
        COUNTED.set(so_far);
        counted.push(number);
    }
    Ok(counted)
}

/// A page that is being filled in, which is given up once the time is over.
struct Filling {
    page: Vec<u8>,
    given_up: Arc<AtomicBool>,
}

impl Write for Filling {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.given_up.load(Ordering::Relaxed) {
            return Err(std::io::Error::other("given up"));
        }
        if self.page.len() + bytes.len() > LARGEST {
            return Err(std::io::Error::other(format!(
                "the page is larger than {} MB",
                LARGEST >> 20
            )));
        }
        self.page.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Templates that know each other by name.
pub struct Templates(Arc<Tera>);

impl Templates {
    /// The templates of the program with a council's own. Each replaces the built-in one of the same name;
    /// those with other names can be included by its own templates.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn new<'t>(
        built_in: impl IntoIterator<Item = (&'t str, &'t str)>,
        own: &'t BTreeMap<String, String>,
    ) -> Result<Self, HtmlError> {
        let mut tera = Tera::new();
        tera.set_escape_fn(escape);
        tera.register_function("range", range);
        let kept = built_in.into_iter();
        let kept = kept.filter(|(name, _)| !own.contains_key(*name));
        let own = own
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        tera.add_raw_templates(kept.chain(own))
            .map_err(|error| HtmlError::of(&error))?;
        Ok(Self(Arc::new(tera)))
    }

    /// Fills in a template.
    ///
    /// # Errors
    /// When there is none of this name, it asks for data that it does not have, or it takes too long.
    pub fn fill(&self, name: &str, data: &impl Serialize) -> Result<String, HtmlError> {
        self.fill_within(LONGEST, name, data)
    }

    fn fill_within(
        &self,
        longest: Duration,
        name: &str,
        data: &impl Serialize,
    ) -> Result<String, HtmlError> {
        let failed = |message: String| HtmlError {
            template: Some(name.to_owned()),
            line: None,
            column: None,
            message,
        };
        let context = Context::from_serialize(data).map_err(|error| HtmlError::of(&error))?;
        let given_up = Arc::new(AtomicBool::new(false));
        let (sender, receiver) = mpsc::sync_channel(1);
        let (tera, own_name) = (Arc::clone(&self.0), name.to_owned());
        let mut filling = Filling {
            page: Vec::new(),
            given_up: Arc::clone(&given_up),
        };
        let fill = move || {
            let filled = tera.render_to(&own_name, &context, &mut filling);
            // If the time is over, nobody receives it.
            let _ = sender.send(filled.map(|()| filling.page));
        };
        thread::Builder::new()
            .stack_size(STACK)
            .spawn(fill)
            .map_err(|error| failed(error.to_string()))?;
        let page = match receiver.recv_timeout(longest) {
            Ok(filled) => filled.map_err(|error| HtmlError::of(&error))?,
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                return Err(failed("it could not be filled in".to_owned()));
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {
                given_up.store(true, Ordering::Relaxed);
                return Err(failed(format!(
                    "it was not filled in after {} seconds; a loop in it may never end",
                    longest.as_secs()
                )));
            }
        };
        Ok(tidy(&String::from_utf8_lossy(&page)))
    }
}

/// The page as HTML.
pub(super) fn render(
    page: &Page,
    overrides: &BTreeMap<String, String>,
) -> Result<String, HtmlError> {
    Templates::new(BUILT_IN, overrides)?.fill(PAGE, page)
}

/// The style sheet of a page alone, for pages beside it.
pub(super) fn style(
    look: &Look,
    overrides: &BTreeMap<String, String>,
) -> Result<String, HtmlError> {
    Templates::new(BUILT_IN, overrides)?.fill(STYLE, look)
}

/// Escapes data in a template, for text and for attributes in quotation marks of either kind.
fn escape(words: &str, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    let mut escaped = String::with_capacity(words.len());
    markup::attribute(&mut escaped, words);
    out.write_all(escaped.replace('\'', "&#39;").as_bytes())
}

/// Removes empty lines and whitespace at the ends of lines, which templates leave behind.
fn tidy(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut preformatted = false;
    for line in html.lines() {
        let line = line.trim_end_matches([' ', '\t', '\r']);
        preformatted = (preformatted || line.contains("<pre")) && !line.contains("</pre>");
        if preformatted || !line.is_empty() {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

impl HtmlError {
    fn of(error: &tera::Error) -> Self {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Self {
                template: Some(report.filename().to_owned()),
                line: Some(report.span().start_line),
                column: Some(report.span().start_col + 1),
                message: report.message().trim_end_matches('.').to_owned(),
            },
            other => Self {
                template: None,
                line: None,
                column: None,
                message: other.to_string(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, longest: Duration) -> Result<String, String> {
        #[derive(Serialize)]
        struct Data {
            many: Vec<usize>,
        }
        let data = Data {
            many: (0..400).collect(),
        };
        let own = BTreeMap::from([("page.html".to_owned(), template.to_owned())]);
        let templates = Templates::new(BUILT_IN, &own).map_err(|error| error.to_string())?;
        templates
            .fill_within(longest, "page.html", &data)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_loop_over_numbers_counts_as_it_always_did() {
        for (numbers, expected) in [
            ("end=3", "0 1 2 "),
            ("start=2, end=5", "2 3 4 "),
            ("start=1, end=8, step_by=3", "1 4 7 "),
            ("start=5, end=2", ""),
            ("start=5, end=1, step_by=-2", "5 3 "),
        ] {
            let template = format!("[{{% for n in range({numbers}) %}}{{{{ n }}}} {{% endfor %}}]");
            let page = filled(&template, LONGEST).expect("a page");
            assert_eq!(page, format!("[{expected}]\n"), "{numbers}");
        }
    }

    #[test]
    fn a_template_that_never_ends_is_given_up() {
        for (template, longest, why) in [
            (
                "{% for n in range(end=1000000000) %}x{% endfor %}",
                LONGEST,
                "line 1: The loops",
            ),
            (
                "{% for n in range(end=1, step_by=0) %}x{% endfor %}",
                LONGEST,
                "line 1: The loops",
            ),
            (
                "{% for a in range(end=99999) %}{% for b in range(end=99999) %}{% endfor %}{% endfor %}",
                LONGEST,
                "line 1: The loops",
            ),
            ("a{% include \"page.html\" %}", LONGEST, "Circular"),
            (
                "{% for a in many %}{% for b in many %}{% for c in many %}{% for d in many %}{{ d }}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
                Duration::from_millis(50),
                "template page.html: it was not filled in",
            ),
        ] {
            let said = filled(template, longest).expect_err(template);
            assert!(said.contains(why), "{said}");
        }
    }
}
