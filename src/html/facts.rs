//! What is not running text: recommendations and decisions in their boxes, labels with their values, and
//! signatories.

use std::fmt::Write as _;

use super::blocks::Setter;
use super::markup;
use crate::compose::part::{Block, Field, FieldsLook, Inline, PanelRole, PartKind, plain};

/// More lines than this, each shorter than this many characters, are names that are set side by side.
const FEW_NAMES: usize = 4;
const SHORT_NAME: usize = 30;

impl<'p> Setter<'p, '_, '_> {
    /// Recommendations or a decision.
    pub(super) fn panel(&mut self, role: PanelRole, blocks: &'p [Block], lang: &str) {
        let class = match role {
            PanelRole::Recommendations => "recommendations",
            PanelRole::Decision => "decision",
        };
        let _ = writeln!(self.out, "<div class=\"{class}\"{lang}>");
        let mut blocks = blocks;
        if let (PanelRole::Recommendations, Some((first, rest))) = (role, blocks.split_first()) {
            if let Some(anchor) = &first.anchor {
                let id = format!("{}-recommendations", self.prefix);
                let id = self.shared.ids.claim(&id);
                self.shared.documents.insert(anchor.clone(), id);
            }
            self.block(first);
            blocks = rest;
        }
        if role == PanelRole::Decision {
            let decision = self.shared.words.decision();
            let _ = writeln!(self.out, "<p class=\"decision-label\">{decision}</p>");
        }
        self.inside(blocks);
        self.out.push_str("</div>\n");
    }

    /// Labels and values.
    pub(super) fn fields(&mut self, look: FieldsLook, rows: &'p [Field]) {
        let class = match look {
            FieldsLook::Header if self.kind == PartKind::Minutes => "attendance",
            FieldsLook::Header => "report-header",
            FieldsLook::Sitting | FieldsLook::Plain => "facts",
        };
        let _ = writeln!(self.out, "<dl class=\"{class}\">");
        for row in rows {
            let short = |line: &Vec<Inline>| plain(line).chars().count() < SHORT_NAME;
            let names = row.lines.len() > FEW_NAMES && row.lines.iter().all(short);
            self.out.push_str(if names {
                "<div class=\"names\"><dt>"
            } else {
                "<div><dt>"
            });
            markup::text(&mut self.out, &row.label);
            self.out.push_str("</dt>");
            for line in &row.lines {
                self.out.push_str("<dd>");
                self.inlines(line);
                self.out.push_str("</dd>");
            }
            if row.lines.is_empty() {
                self.out.push_str("<dd></dd>");
            }
            self.out.push_str("</div>\n");
        }
        self.out.push_str("</dl>\n");
    }

    pub(super) fn signature(&mut self, lines: &[String]) {
        let Some((name, rest)) = lines.split_first() else {
            return;
        };
        self.out.push_str("<p class=\"signatory\"><strong>");
        markup::text(&mut self.out, name);
        self.out.push_str("</strong>");
        for line in rest {
            self.out.push_str("<br>");
            markup::text(&mut self.out, line);
        }
        self.out.push_str("</p>\n");
    }
}
