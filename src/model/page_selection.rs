//! Which pages of a PDF are in a pack.

use serde::{Deserialize, Serialize};

/// Which pages of a PDF are taken, counted from 1, in the order asked for; no page is taken twice.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PageSelection {
    /// First and last page of each range; no two of them overlap. No range means every page.
    ranges: Vec<(u32, u32)>,
}

impl PageSelection {
    /// The pages of these ranges, each where it is asked for first. No range asks for every page.
    pub fn of(asked: &[(u32, u32)]) -> Self {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for &(first, last) in asked {
            let mut known = ranges.clone();
            known.sort_unstable();
            let mut next = first;
            for (from, to) in known {
                if from > last || to < next {
                    continue;
                }
                if next < from {
                    ranges.push((next, from - 1));
                }
                next = to + 1;
            }
            if next <= last {
                ranges.push((next, last));
            }
        }
        Self { ranges }
    }

    /// First and last page of each range, in the order asked for; empty where every page is taken.
    pub fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }

    /// Whether a page, counted from 1, is among them.
    pub fn takes(&self, page: u32) -> bool {
        self.ranges.is_empty()
            || self
                .ranges
                .iter()
                .any(|&(first, last)| (first..=last).contains(&page))
    }

    /// The pages as indices counted from 0, in the order asked for; those that a document of
    /// `pages` pages does not have are left out.
    pub fn indices(&self, pages: usize) -> Vec<usize> {
        if self.ranges.is_empty() {
            return (0..pages).collect();
        }
        self.ranges
            .iter()
            .flat_map(|&(first, last)| first as usize..=(last as usize).min(pages))
            .filter(|&page| page >= 1)
            .map(|page| page - 1)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_asked_for_twice_is_taken_once() {
        let taken = |asked: &[(u32, u32)]| PageSelection::of(asked).indices(9);
        assert_eq!(taken(&[(1, 3), (2, 2)]), [0, 1, 2]);
        assert_eq!(taken(&[(2, 2), (1, 3)]), [1, 0, 2]);
        assert_eq!(taken(&[(5, 7), (1, 9)]), [4, 5, 6, 0, 1, 2, 3, 7, 8]);
        assert_eq!(taken(&[(8, 12), (9, 20)]), [7, 8]);
        assert_eq!(taken(&[]), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(
            PageSelection::of(&[(1, 3), (2, 5)]).ranges(),
            [(1, 3), (4, 5)]
        );
    }
}
