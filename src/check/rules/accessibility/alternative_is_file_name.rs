//! An image whose description says nothing.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::Subject;
use crate::check::{Room, Rule, words};
use crate::finding::{Code, Finding, Severity, Span};
use crate::model::Content;

pub(crate) const RULE: Rule = Rule {
    code: Code("alternative-is-file-name"),
    severity: Severity::Warning,
    room: Room::Accessibility,
    summary: "The alternative text of an image is its file's name, or just \"image\"",
    explanation: "It is read aloud in place of the image, and tells the listener nothing.",
    basis: "WCAG 2.2, 1.1.1 (failure F30)",
    example: "![IMG_2041.JPG](img_2041.jpg)",
    remedy: "Describe what the image shows",
    run,
};

static FILE: LazyLock<Regex> = pattern!(
    r"(?i)\.(?:png|jpe?g|svg|gif|bmp|tiff?|webp|heic|avif|emf|wmf|jfif|eps|ai|psd|pdf|vsdx?)\s*$|description (?:automatically )?generated"
);
/// Names that cameras, telephones and word processors give to pictures, with at most a number or a
/// date after them.
static NUMBERED: LazyLock<Regex> = pattern!(
    r"(?i)^(?:clip[ _-]?)?(?:images?|img|pictures?|pic|photo(?:graph)?s?|graphics?|charts?|graphs?|diagrams?|figures?|fig|slides?|scans?|screen[ _-]?shots?|screen[ _-]?capture|(?:whatsapp|microsoftteams|teams|thumbnail|inline|pasted?)[ _-]image|dsc[nf]?|pxl|mvimg|dcim|plans?|maps?|drawings?|untitled|delwedd|llun|siart|ffigur|graff|map|cynllun)(?:[\s_.:()0-9–-]|\bat\b|\bam\b|\bpm\b|wa)*$"
);

/// Words joined as only names of files have them: "Mill_Lane_plan_v2".
static JOINED: LazyLock<Regex> = pattern!(r"^[^\s_]+(?:_[^\s_]+)+$");

const EMPTY: &[&str] = &[
    "image",
    "picture",
    "photo",
    "photograph",
    "graphic",
    "figure",
    "chart",
    "graph",
    "logo",
    "plan",
    "map",
    "diagram",
    "screenshot",
    "delwedd",
];

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut look = |alt: &str, source: &str, span: Span| {
        let name = source.rsplit('/').next().unwrap_or(source);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let said = words::squash(alt);
        if !said.is_empty()
            && (said == words::squash(name)
                || said == words::squash(stem)
                || EMPTY.contains(&said.as_str())
                || FILE.is_match(alt)
                || NUMBERED.is_match(alt.trim())
                || JOINED.is_match(alt.trim()))
        {
            findings.push(RULE.at(span, format!("“{alt}” does not describe the image")));
        }
    };
    for (figure, span) in subject
        .documents
        .iter()
        .flat_map(|document| &document.figures)
    {
        look(&figure.alt, &figure.source, *span);
    }
    for (_, appendix) in subject.appendices() {
        if let Content::Image(image) = &appendix.content {
            look(&image.alt, &image.source.0, appendix.title.span);
        }
    }
    findings
}
