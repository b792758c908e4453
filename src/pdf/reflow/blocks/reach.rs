//! The pages that the elements of a structure tree reach.

use crate::pdf::reflow::gather::Gathered;
use crate::pdf::structure::{Kid, StructureTree};

/// For each element the first selected page that it has content on; `None` where it has none
/// there.
pub(super) fn reach(tree: &StructureTree, gathered: &Gathered) -> Vec<Option<usize>> {
    let mut reach: Vec<Option<usize>> = vec![None; tree.elements.len()];
    let mut anywhere = vec![false; tree.elements.len()];
    // children stand after their parents, so backwards every child is settled first
    for (index, element) in tree.elements.iter().enumerate().rev() {
        let mut first: Option<usize> = None;
        let mut some = false;
        for kid in &element.kids {
            let place = match kid {
                Kid::Content(key) => {
                    some = true;
                    gathered.places.get(&key.page).copied()
                }
                Kid::Element(child) => {
                    some |= anywhere[*child];
                    reach[*child]
                }
                Kid::Object(id) => {
                    let pieces = gathered.fields.get(id).and_then(|pieces| pieces.first());
                    some |= pieces.is_some();
                    pieces.map(|piece| piece.page)
                }
            };
            first = match (first, place) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        if !some {
            first = element
                .page
                .and_then(|page| gathered.places.get(&page).copied());
        }
        reach[index] = first;
        anywhere[index] = some;
    }
    reach
}
