//! HTML in Markdown: comments are dropped, but one that allows a finding must give its reason. Words
//! in angle brackets are kept as words; any other tag is refused.

use crate::finding::{Finding, Span};
use crate::load::codes;
use crate::load::notes::Notes;

/// The elements of HTML. A word in angle brackets that is none of them is a word.
const ELEMENTS: &str = "a abbr acronym address applet area article aside audio b base bdi bdo big blockquote body br \
    button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed \
    fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe \
    img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noscript object ol \
    optgroup option output p param picture pre progress q rp rt ruby s samp script search section select slot small \
    source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr \
    track tt u ul var video wbr xml";
/// Attributes that stand without a value.
const BARE_ATTRIBUTES: &str = "open disabled checked controls reversed hidden async defer required multiple selected \
    readonly autoplay loop muted nowrap noshade compact novalidate";

/// Whether what is between angle brackets is words, as in `<insert officer name>`, and not a tag: it does
/// not begin with the name of an element, or continues with words that are not attributes.
pub(super) fn is_words(html: &str) -> bool {
    let Some(inside) = html
        .trim()
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'))
    else {
        return false;
    };
    if inside.contains(['<', '>']) || inside.starts_with(['!', '?']) {
        return false;
    }
    let closing = inside.starts_with('/');
    let mut words = inside.trim_matches('/').split_whitespace();
    let Some(name) = words.next().map(str::to_lowercase) else {
        return false;
    };
    // Word's own tags have a colon: <o:p>.
    let known = name.contains(':') || ELEMENTS.split_whitespace().any(|element| element == name);
    let attributes = inside.contains('=')
        || words.all(|word| {
            let word = word.to_lowercase();
            BARE_ATTRIBUTES.split_whitespace().any(|bare| bare == word)
        });
    !known || !(closing || attributes)
}

/// Reads a piece of HTML that stands at `span`.
pub(super) fn read(html: &str, span: Span, block: bool, notes: &Notes) {
    let mut rest = html;
    let mut other = String::new();
    while let Some(start) = rest.find("<!--") {
        other.push_str(&rest[..start]);
        let inside = &rest[start + 4..];
        let Some(end) = inside.find("-->") else {
            notes.add(
                Finding::error(
                    codes::RAW_HTML,
                    first_letters(span),
                    "This comment never ends",
                )
                .label("everything after it would be lost")
                .help("Close it with -->"),
            );
            return;
        };
        comment(&inside[..end], span, notes);
        rest = &inside[end + 3..];
    }
    other.push_str(rest);
    if other.trim().is_empty() {
        return;
    }
    if block {
        notes.add(
            Finding::error(
                codes::RAW_HTML,
                span,
                "This is the code of a web page (HTML), which a pack does not take",
            )
            .label("this would be lost")
            .help("Write it as Markdown; a table with merged cells is a CSV file"),
        );
    } else if !is_line_break(&other) && !other.trim().starts_with("</") {
        notes.add(
            Finding::warning(
                codes::RAW_HTML,
                span,
                format!("The tag {} is left out", other.trim()),
            )
            .help("Write it as Markdown: *italic*, **bold**, ~~struck out~~"),
        );
    }
}

fn first_letters(span: Span) -> Span {
    Span {
        end: span.end.min(span.start + 4),
        ..span
    }
}

/// Whether a tag is a line break.
pub(super) fn is_line_break(html: &str) -> bool {
    let tag = html.trim().to_ascii_lowercase();
    matches!(tag.as_str(), "<br>" | "<br/>" | "<br />")
}

fn comment(text: &str, span: Span, notes: &Notes) {
    let Some(order) = text.trim().strip_prefix("pack:") else {
        return;
    };
    let gives_reason = order
        .trim_start()
        .strip_prefix("allow ")
        .and_then(|rule| rule.split_once(':'))
        .is_some_and(|(code, reason)| !code.trim().is_empty() && !reason.trim().is_empty());
    if !gives_reason {
        notes.add(
            Finding::warning(
                codes::ALLOWED_WITHOUT_REASON,
                span,
                "This comment allows nothing, because it names no rule or gives no reason",
            )
            .help("Write <!-- pack: allow doubled-word: it is a quotation -->"),
        );
    }
}
