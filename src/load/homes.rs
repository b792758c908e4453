//! Which table a key belongs in, for a key that stands in another.

/// A table, or a part of a file, with keys of its own.
pub(super) struct Home {
    /// What it is called in messages.
    pub(super) name: &'static str,
    /// How the tables are called that it stands for, as [`super::table::Table`] names them.
    tables: &'static [&'static str],
    keys: &'static [&'static str],
}

const HOMES: &[Home] = &[
    Home {
        name: "[meeting]",
        tables: &["[meeting]"],
        keys: &[
            "date",
            "weekday",
            "ends",
            "next",
            "previous",
            "published",
            "place",
        ],
    },
    Home {
        name: "the top of pack.toml, above [meeting]",
        tables: &["pack.toml"],
        keys: &["committee", "accessibility-page"],
    },
    Home {
        name: "an [[item]]",
        tables: &["this item"],
        keys: &[
            "source",
            "sources",
            "public-title",
            "heading",
            "reference",
            "supersedes",
            "supplement",
            "withdrawn",
            "ward",
            "applicant",
            "sub",
            "officer",
            "due",
            "part",
            "revision",
        ],
    },
    Home {
        name: "an appendix, below [[appendix]] or [[item.appendix]]",
        tables: &["an appendix"],
        keys: &[
            "file",
            "alt",
            "alternative",
            "origin",
            "summary",
            "absent",
            "header-rows",
            "pages",
        ],
    },
    Home {
        name: "the front matter of the report",
        tables: &["this front matter"],
        keys: &[
            "subject",
            "recommendations",
            "background-papers",
            "signatory",
        ],
    },
    Home {
        name: "the front matter of the minutes",
        tables: &["this front matter"],
        keys: &["present", "apologies", "in-attendance", "ended"],
    },
    Home {
        name: "[council] in council.toml",
        tables: &["[council]"],
        keys: &[
            "jurisdiction",
            "tier",
            "languages",
            "website",
            "proper-officer",
            "short-name",
        ],
    },
    Home {
        name: "[pack] in council.toml",
        tables: &["[pack]"],
        keys: &[
            "marking",
            "page-number",
            "item-sheets",
            "start-items-on-right",
            "start-documents-on-right",
            "large-print-notice",
            "electronic-notice",
            "exempt-leaf",
            "number-from",
            "membership-page",
            "full-size-images",
        ],
    },
    Home {
        name: "[report] in council.toml",
        tables: &["[report]"],
        keys: &[
            "paragraph-numbers",
            "appendix-label",
            "recommendations-heading",
            "sections",
            "nil",
            "header",
        ],
    },
    Home {
        name: "[calendar] in council.toml",
        tables: &["[calendar]"],
        keys: &["non-working"],
    },
    Home {
        name: "[style] in council.toml",
        tables: &["[style]"],
        keys: &["font", "accent", "logo"],
    },
    Home {
        name: "[site] in council.toml",
        tables: &["[site]"],
        keys: &["base", "attendance", "redirect"],
    },
    Home {
        name: "the committee's file, at the top",
        tables: &[],
        keys: &["minute-number", "clerk"],
    },
    Home {
        name: "a [[member]] of the committee's file",
        tables: &["a member"],
        keys: &[
            "represents",
            "voting",
            "honours",
            "portfolio",
            "party",
            "vacant",
            "role",
            "style",
        ],
    },
];

/// Where a key belongs that nobody knows in a table called `what`.
pub(super) fn of(key: &str, what: &str) -> Option<&'static Home> {
    HOMES
        .iter()
        .find(|home| home.keys.contains(&key) && !home.tables.contains(&what))
}

impl Home {
    /// What to do about a key that belongs here.
    pub(super) fn help(&self, key: &str) -> String {
        format!("Move the line `{key} = …` to {}", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_in_another_table_is_sent_home() {
        let home = |key, what| of(key, what).map(|home| home.name);
        assert_eq!(home("published", "this item"), Some("[meeting]"));
        assert_eq!(home("published", "[meeting]"), None);
        assert_eq!(home("sauce", "this item"), None);
        assert!(home("subject", "this item").is_some_and(|name| name.contains("report")));
    }
}
