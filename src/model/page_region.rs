//! A region of a page of a PDF, as the end of an address names it (RFC 8118, 3): `#page=3` and
//! `viewrect=` with its left and top edge, its width and its height.

use std::fmt;

/// A region of a page, in whole points of the page as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageRegion {
    /// The page in its file, counted from 1.
    pub page: u32,
    /// From the left edge of the page.
    pub left: u32,
    /// From its top edge.
    pub top: u32,
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

impl PageRegion {
    /// The name of a file and the region of it that an address names; `None` where it names no
    /// region.
    pub fn of_address(address: &str) -> Option<(&str, Self)> {
        let (file, rest) = address.rsplit_once("#page=")?;
        let (page, rect) = rest.split_once("&viewrect=")?;
        let mut sides = rect.split(',').map(|side| side.parse().ok());
        let mut side = || sides.next().flatten();
        let region = Self {
            page: page.parse().ok()?,
            left: side()?,
            top: side()?,
            width: side()?,
            height: side()?,
        };
        Some((file, region))
    }
}

impl fmt::Display for PageRegion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            page,
            left,
            top,
            width,
            height,
        } = self;
        write!(f, "#page={page}&viewrect={left},{top},{width},{height}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_file_and_a_region_of_it() {
        let address = "papers/a.pdf#redacted#page=12&viewrect=72,100,450,300";
        let (file, region) = PageRegion::of_address(address).expect("a region");
        assert_eq!(file, "papers/a.pdf#redacted");
        assert_eq!((region.page, region.left, region.height), (12, 72, 300));
        assert_eq!(format!("{file}{region}"), address);
        for other in ["plan.png", "a.pdf#page=2", "a.pdf#page=2&viewrect=1,2,3"] {
            assert_eq!(PageRegion::of_address(other), None, "{other}");
        }
    }
}
