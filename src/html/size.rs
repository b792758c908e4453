//! The size of a file in words.

/// A number of bytes in words: "640 KB", "1.2 MB" (1 KB is 1,000 bytes).
pub(super) fn size(bytes: u64) -> String {
    if bytes < 1_000_000 {
        format!("{} KB", bytes.div_ceil(1000).max(1))
    } else {
        let tenths = (bytes + 50_000) / 100_000;
        format!("{}.{} MB", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded() {
        assert_eq!(size(0), "1 KB");
        assert_eq!(size(640_001), "641 KB");
        assert_eq!(size(1_250_000), "1.3 MB");
        assert_eq!(size(110_000_000), "110.0 MB");
    }
}
