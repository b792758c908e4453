//! Which part of a pack a build makes, where it is not the whole.

use anyhow::bail;

use crate::model::{Audience, Binding, Holds, Meeting};

/// What of the pack goes into the PDF.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Chosen {
    /// Only this item and its papers, after the front sheet. May be repeated. Pages keep the numbers
    /// they have in the pack.
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["for_distribution", "agenda_only", "exempt_only"])]
    item: Vec<String>,

    /// Only the agenda, without its papers.
    #[arg(long, conflicts_with_all = ["for_distribution", "exempt_only"])]
    agenda_only: bool,

    /// Only the exempt papers, the "pink pages"; with --edition members.
    #[arg(long, conflicts_with = "for_distribution")]
    exempt_only: bool,

    /// Add a lined leaf for notes facing the first page of each item, as for the chair's copy.
    #[arg(long, conflicts_with = "for_distribution")]
    notes: bool,
}

impl Chosen {
    /// Whether it is less or more than the pack as it is.
    pub(super) fn is_anything(&self) -> bool {
        !self.item.is_empty() || self.agenda_only || self.exempt_only || self.notes
    }

    /// What is asked for of a meeting's pack.
    pub(super) fn binding(&self, meeting: &Meeting, audience: Audience) -> anyhow::Result<Binding> {
        let items: Vec<String> = self
            .item
            .iter()
            .map(|number| number.trim().trim_end_matches('.').to_owned())
            .collect();
        for number in &items {
            if !meeting.items().any(|item| item.number.value == *number) {
                bail!("there is no item {number} on the agenda");
            }
        }
        if self.exempt_only && audience == Audience::Public {
            bail!("exempt papers are not for the public: add --edition members");
        }
        Ok(Binding {
            holds: match (items.is_empty(), self.agenda_only, self.exempt_only) {
                (false, ..) => Holds::Items(items),
                (_, true, _) => Holds::Agenda,
                (_, _, true) => Holds::Exempt,
                _ => Holds::Whole,
            },
            notes: self.notes,
            volume_pages: None,
        })
    }
}
