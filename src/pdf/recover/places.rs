//! Where objects begin and streams end, whatever a file's own table says.

use lopdf::ObjectId;

/// The most objects that are read.
pub(super) const MOST_OBJECTS: usize = 1_000_000;

/// The places of `word`.
pub(super) fn positions(bytes: &[u8], word: &[u8]) -> Vec<usize> {
    memchr::memmem::find_iter(bytes, word).collect()
}

/// An `N G obj`.
pub(super) struct Header {
    pub(super) id: ObjectId,
    /// Where it begins.
    at: usize,
    /// Where the body of its object begins.
    pub(super) body: usize,
}

/// Every `N G obj` of a file.
pub(super) fn headers(bytes: &[u8]) -> Vec<Header> {
    let mut headers = Vec::new();
    for at in positions(bytes, b"obj") {
        if headers.len() >= MOST_OBJECTS {
            break;
        }
        let before = &bytes[..at];
        let Some((generation, before)) = number_before(before) else {
            continue;
        };
        let Some((number, before)) = number_before(before) else {
            continue;
        };
        if before.last().is_some_and(|byte| byte.is_ascii_digit()) {
            continue;
        }
        if let (Ok(number), Ok(generation)) = (u32::try_from(number), u16::try_from(generation))
            && number > 0
        {
            headers.push(Header {
                id: (number, generation),
                at: before.len(),
                body: at + 3,
            });
        }
    }
    headers
}

/// The latest ends of streams whose length is not known: where the next object begins.
pub(super) struct Limits(Vec<usize>);

impl Limits {
    pub(super) fn new(bytes: &[u8]) -> Self {
        // Within a line, it may be part of a text.
        let begins_line = |at: usize| at == 0 || matches!(bytes[at - 1], b'\n' | b'\r');
        let headers = headers(bytes).into_iter().map(|header| header.at);
        let mut limits: Vec<usize> = headers.filter(|at| begins_line(*at)).collect();
        limits.sort_unstable();
        Self(limits)
    }

    /// The end of the data that begins at a place: before the words that end a stream and its object, before
    /// one of these, or else where the next object begins.
    pub(super) fn end_of_data(&self, bytes: &[u8], start: usize) -> usize {
        let index = self.0.partition_point(|limit| *limit < start);
        let next = self.0.get(index).copied().unwrap_or(bytes.len());
        let data = &bytes[start..next];
        let ends = || memchr::memmem::find_iter(data, b"endstream");
        let ends_object = |at: &usize| {
            let after = &data[at + b"endstream".len()..];
            after.trim_ascii_start().starts_with(b"endobj")
        };
        let end = ends().find(ends_object).or_else(|| ends().next());
        let end = end.or_else(|| memchr::memmem::rfind(data, b"endobj"));
        start + end.unwrap_or(data.len())
    }
}

/// The number at the end of `bytes`, before any spaces, and the bytes before it.
fn number_before(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let spaces = bytes
        .iter()
        .rev()
        .take(16)
        .take_while(|byte| byte.is_ascii_whitespace())
        .count();
    let bytes = &bytes[..bytes.len() - spaces];
    let digits = bytes
        .iter()
        .rev()
        .take(10)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let (before, number) = bytes.split_at(bytes.len() - digits);
    let number = std::str::from_utf8(number).ok()?.parse().ok()?;
    Some((number, before))
}
