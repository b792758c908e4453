//! `council.toml`: names, calendar, report layout, severities and style.

use std::collections::BTreeMap;

use super::codes;
use super::keys;
use super::nearest::{nearest, one_of};
use super::notices;
use super::people;
use super::reader::Reader;
use super::table::{Mixed, Table};
use crate::finding::{Finding, Severity, Spanned};
use crate::model::council::{BODY_FONTS, Site};
use crate::model::{
    Council, HeaderField, Jurisdiction, Lang, Logo, PackSettings, ParagraphNumbers, ReportLayout,
    RequiredSection, SourceName, Style, Tier,
};

/// The council that a `council.toml` describes; `None` if it has no name.
pub(super) fn read(root: Table<'_>, reader: &Reader<'_>) -> Option<Council> {
    let Some(table) = root.table("council") else {
        if !root.has("council") {
            root.note(
                Finding::error(
                    codes::MISSING_KEY,
                    root.span(),
                    "council.toml has no [council]",
                )
                .help("Add a line [council], and below it name = \"…\""),
            );
        }
        return None;
    };
    let name = table.required_text("name");
    let jurisdiction = table.word("jurisdiction", &Jurisdiction::WORDS);
    if !table.has("jurisdiction") {
        let _ = table.required_text("jurisdiction");
    }
    let tier = table.word("tier", &Tier::WORDS);
    let span = table.span();
    let short_name = table.text("short-name");
    let languages = languages(&table);
    let website = table.text("website");
    let address = table.texts("address").unwrap_or_default();
    let proper_officer = people::one(&table, "proper-officer");
    table.finish();

    let pack = root.table("pack").map(pack_settings).unwrap_or_default();
    let report = root.table("report").map(report_layout).unwrap_or_default();
    let non_working = root
        .table("calendar")
        .map(|table| {
            let days = table.dates("non-working");
            table.finish();
            days
        })
        .unwrap_or_default();
    let call_in_days = root.table("decisions").and_then(|table| {
        let days = table.whole("call-in-days");
        table.finish();
        days.and_then(|days| u8::try_from(days).ok())
    });
    let severities = severities(&root, reader);
    let notices = notices::read(&root);
    let style = root
        .table("style")
        .map(|table| style(table, reader))
        .unwrap_or_default();
    let site = root.table("site").map(site).unwrap_or_default();
    root.finish();
    Some(Council {
        name: name?.value,
        short_name,
        jurisdiction: jurisdiction.unwrap_or(Jurisdiction::England),
        tier: tier.unwrap_or(Tier::Principal),
        languages,
        website,
        address,
        proper_officer,
        pack,
        report,
        notices,
        non_working,
        call_in_days,
        severities,
        style,
        site,
        span,
    })
}

fn languages(table: &Table<'_>) -> Vec<Lang> {
    let languages: Vec<Lang> = table
        .spanned_texts("languages")
        .unwrap_or_default()
        .into_iter()
        .filter_map(|written| language(table, written))
        .collect();
    if languages.is_empty() {
        vec![Lang::default()]
    } else {
        languages
    }
}

/// A language tag that has the shape of one (BCP 47).
pub(super) fn language(table: &Table<'_>, written: Spanned<String>) -> Option<Lang> {
    let mut subtags = written.split('-');
    let first_is_language = subtags.next().is_some_and(|first| {
        (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    let rest = subtags.all(|subtag| {
        (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    if first_is_language && rest {
        return Some(Lang(written.value));
    }
    table.note(
        Finding::error(
            codes::UNKNOWN_WORD,
            written.span,
            format!("“{}” is not a language tag", written.value),
        )
        .help("English is \"en-GB\", Welsh is \"cy\", Scottish Gaelic is \"gd\""),
    );
    None
}

fn pack_settings(table: Table<'_>) -> PackSettings {
    let default = PackSettings::default();
    let page_number = table.spanned_text("page-number");
    if let Some(pattern) = &page_number
        && !pattern.contains("{page}")
    {
        table.note(
            Finding::error(
                codes::OUT_OF_RANGE,
                pattern.span,
                "This page number would not show the number",
            )
            .help("Write {page} where the number goes: \"Page {page} of {pages}\""),
        );
    }
    let settings = PackSettings {
        marking: table.text("marking").filter(|marking| !marking.is_empty()),
        page_number: page_number
            .map(|pattern| pattern.value)
            .filter(|pattern| pattern.contains("{page}"))
            .unwrap_or(default.page_number),
        item_sheets: table.flag("item-sheets").unwrap_or(default.item_sheets),
        start_items_on_right: table.flag("start-items-on-right").unwrap_or_default(),
        start_documents_on_right: table.flag("start-documents-on-right").unwrap_or_default(),
        full_size_images: table.flag("full-size-images").unwrap_or_default(),
        number_from_front_sheet: table
            .word("number-from", &keys::NUMBER_FROM)
            .unwrap_or(true),
        large_print_notice: table.text("large-print-notice"),
        electronic_notice: table.text("electronic-notice"),
        membership_page: table
            .flag("membership-page")
            .unwrap_or(default.membership_page),
        exempt_leaf: table.flag("exempt-leaf").unwrap_or_default(),
        accessibility_page: table.flag("accessibility-page").unwrap_or_default(),
    };
    table.finish();
    settings
}

fn report_layout(table: Table<'_>) -> ReportLayout {
    let default = ReportLayout::default();
    let header = table
        .tables("header")
        .into_iter()
        .filter_map(|row| {
            let key = row.required_text("key");
            let label = row.required_text("label");
            let required = row.flag("required").unwrap_or(true);
            row.finish();
            Some(HeaderField {
                key: key?.value,
                label: label?.value,
                required,
            })
        })
        .collect();
    let sections = table
        .tables("sections")
        .into_iter()
        .filter_map(|section| {
            let heading = section.required_text("heading");
            let required = section.flag("required").unwrap_or(true);
            section.finish();
            heading.map(|heading| RequiredSection {
                span: heading.span,
                heading: heading.value,
                required,
            })
        })
        .collect();
    let layout = ReportLayout {
        title: table.text("title"),
        header,
        recommendations_heading: table
            .text("recommendations-heading")
            .unwrap_or(default.recommendations_heading),
        paragraph_numbers: table
            .word("paragraph-numbers", &ParagraphNumbers::WORDS)
            .unwrap_or(default.paragraph_numbers),
        appendix_label: table
            .text("appendix-label")
            .unwrap_or(default.appendix_label),
        nil: table.texts("nil").unwrap_or(default.nil),
        sections,
    };
    table.finish();
    layout
}

/// The severities under `[check]` of a council or a pack, by the code of the rule. The reader keeps
/// their places, since this room does not know which rules there are.
pub(super) fn severities(root: &Table<'_>, reader: &Reader<'_>) -> BTreeMap<String, Severity> {
    let mut severities = BTreeMap::new();
    let Some(table) = root.table("check") else {
        return severities;
    };
    for (key, word) in table.words() {
        reader.severity_place(&key);
        match Severity::parse(&word.value) {
            Some(severity) => {
                severities.insert(key.value, severity);
            }
            None => {
                let known = ["allow", "note", "warning", "error"];
                let finding = Finding::error(
                    codes::UNKNOWN_WORD,
                    word.span,
                    format!("A severity cannot be “{}”", word.value),
                )
                .help("It is one of “allow”, “note”, “warning” or “error”");
                table.note(match nearest(&word.value, known) {
                    Some(near) => finding.label(format!("did you mean “{near}”?")),
                    None => finding,
                });
            }
        }
    }
    severities
}

fn style(table: Table<'_>, reader: &Reader<'_>) -> Style {
    let accent = table.spanned_text("accent");
    if let Some(accent) = &accent
        && !is_colour(accent)
    {
        table.note(
            Finding::error(
                codes::OUT_OF_RANGE,
                accent.span,
                format!("“{}” is not a colour", accent.value),
            )
            .help("Write a colour as #rrggbb, such as \"#1d4f91\""),
        );
    }
    let style = Style {
        font: font(&table),
        accent: accent
            .map(|accent| accent.value)
            .filter(|accent| is_colour(accent)),
        logo: logo_table(&table).and_then(|table| {
            let file = table.required_text("file");
            let alt = table.required_text("alt");
            table.finish();
            let name: SourceName = reader.named("", &file?)?.name;
            reader.want(&name);
            Some(Logo {
                file: name,
                alt: alt?.value,
            })
        }),
    };
    table.finish();
    style
}

/// The website of the council's meetings.
fn site(table: Table<'_>) -> Site {
    let base = table.spanned_text("base");
    if let Some(base) = &base
        && !is_web_address(base)
    {
        table.note(
            Finding::error(
                codes::OUT_OF_RANGE,
                base.span,
                format!("“{}” is not the address of a website", base.value),
            )
            .help("Write it in full: \"https://democracy.anytown.example\""),
        );
    }
    let redirects = table.table("redirect");
    let redirects = redirects.map(|table| table.words()).unwrap_or_default();
    let site = Site {
        base: base
            .filter(|base| is_web_address(base))
            .map(|base| base.trim_end_matches('/').to_owned()),
        attendance: table.flag("attendance").unwrap_or_default(),
        redirects: redirects
            .into_iter()
            .filter_map(|(old, new)| {
                if old.starts_with('/') && new.starts_with('/') {
                    return Some((old.value, new.value));
                }
                table.note(
                    Finding::error(
                        codes::OUT_OF_RANGE,
                        old.span,
                        "A redirect leads from one path of the website to another",
                    )
                    .help(
                        "Begin both with a slash: \"/old/page\" = \"/meetings/2026-09-14-cabinet\"",
                    ),
                );
                None
            })
            .collect(),
    };
    table.finish();
    site
}

/// The address of a website or of a folder in one: no query, no fragment, nothing to escape.
fn is_web_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_ascii_alphanumeric())
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte))
    })
}

/// The table of the logo. The name of a file is not enough, since it does not say what the logo shows.
fn logo_table<'d>(table: &Table<'d>) -> Option<Table<'d>> {
    table
        .mixed("logo")?
        .into_iter()
        .find_map(|entry| match entry {
            Mixed::Table(logo) => Some(logo),
            Mixed::Text(file) => {
                table.note(
                    Finding::error(
                        codes::WRONG_TYPE,
                        file.span,
                        "The logo needs a description for people who cannot see it",
                    )
                    .help(format!(
                        "Write logo = {{ file = \"{}\", alt = \"…\" }}",
                        file.value
                    )),
                );
                None
            }
        })
}

/// The council's typeface, if the program has it. Any other is only a note, since the pages are as good in
/// the program's own.
fn font(table: &Table<'_>) -> Option<String> {
    let font = table.spanned_text("font")?;
    let known = BODY_FONTS
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(&font.value));
    if known.is_none() {
        table.note(
            Finding::note(
                codes::UNKNOWN_FONT,
                font.span,
                format!("There is no typeface “{}” here", font.value),
            )
            .help(format!(
                "The pack is set in {}. The fonts come with the program; write {}",
                BODY_FONTS[0],
                one_of(BODY_FONTS)
            )),
        );
    }
    known.map(str::to_owned)
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| {
        digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}
