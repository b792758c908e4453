//! Where the stretches of a document and of an item are. A pack may have thousands, so they are looked
//! up, not searched for.

use std::collections::HashMap;

use super::sequence::{LEAF, Stretch};

/// The places of stretches in the pack, each list in their order.
#[derive(Default)]
pub(super) struct Index {
    by_key: HashMap<String, usize>,
    by_item: HashMap<String, Vec<usize>>,
}

impl Index {
    pub(super) fn of(stretches: &[Stretch]) -> Self {
        let mut index = Self::default();
        for (at, stretch) in stretches.iter().enumerate() {
            index.by_key.insert(stretch.key.clone(), at);
            if let Some(item) = &stretch.item {
                index.by_item.entry(item.clone()).or_default().push(at);
            }
        }
        index
    }

    /// The stretch with a key.
    pub(super) fn with_key(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// The stretches of a document: the leaf before it and its own.
    pub(super) fn of_document(&self, key: &str) -> Vec<usize> {
        let leaf = self.with_key(&format!("{key}{LEAF}"));
        leaf.into_iter().chain(self.with_key(key)).collect()
    }

    /// The stretches of an item, without those of the items inside it.
    pub(super) fn of_item(&self, number: &str) -> &[usize] {
        self.by_item.get(number).map_or(&[], Vec::as_slice)
    }

    /// The stretches of several items, in the order of the pack.
    pub(super) fn of_items<'a>(&self, numbers: impl Iterator<Item = &'a str>) -> Vec<usize> {
        let all = numbers.flat_map(|number| self.of_item(number));
        let mut all: Vec<usize> = all.copied().collect();
        all.sort_unstable();
        all
    }
}
