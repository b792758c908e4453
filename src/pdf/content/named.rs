//! The resources that a content stream uses by name, and its comments, which no page shows.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::operand::{Operand, taken};
use super::token::Tokens;

/// The kinds of resource that content uses by name.
pub(crate) const KINDS: [&[u8]; 7] = [
    b"ColorSpace",
    b"ExtGState",
    b"Font",
    b"Pattern",
    b"Properties",
    b"Shading",
    b"XObject",
];
/// How deep `q` may be nested.
const DEEPEST_STATE: usize = 512;

/// The names that are used, by kind.
#[derive(Debug, Clone, Default)]
pub(crate) struct Named {
    names: BTreeMap<&'static [u8], BTreeSet<Vec<u8>>>,
    /// The codes that are shown in each font, read as those of a simple font.
    pub(crate) codes: BTreeMap<Vec<u8>, Shown>,
    /// Whether text is shown in a font that was chosen elsewhere.
    pub(crate) inherits_font: bool,
}

/// Which codes of one byte are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shown([bool; 256]);

impl Shown {
    /// No code.
    pub(crate) const NOTHING: Self = Self([false; 256]);

    /// Adds other codes.
    pub(crate) fn add(&mut self, other: &Self) {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own |= other;
        }
    }

    /// Adds the codes of an operand that is shown.
    fn show(&mut self, operand: &Operand<'_>) {
        match operand {
            Operand::String(text) => text
                .iter()
                .for_each(|code| self.0[usize::from(*code)] = true),
            Operand::Array(pieces) => pieces.iter().for_each(|piece| self.show(piece)),
            _ => {}
        }
    }

    /// The codes, in their order.
    pub(crate) fn codes(&self) -> impl Iterator<Item = u8> {
        (0..=u8::MAX).filter(|code| self.0[usize::from(*code)])
    }
}

impl Named {
    /// Whether a name of one kind is used.
    pub(crate) fn has(&self, kind: &[u8], name: &[u8]) -> bool {
        self.names
            .get(kind)
            .is_some_and(|names| names.contains(name))
    }

    /// What of this is not there. Readers look for that in the resources of whatever shows the content.
    pub(crate) fn lacking(&self, is_there: impl Fn(&[u8], &[u8]) -> bool) -> Self {
        let mut lacking = Self::default();
        for (kind, names) in &self.names {
            let is_gone = |name: &&Vec<u8>| !is_there(kind, name);
            let names: BTreeSet<Vec<u8>> = names.iter().filter(is_gone).cloned().collect();
            if !names.is_empty() {
                lacking.names.insert(kind, names);
            }
        }
        lacking.codes = self.codes.clone();
        lacking.codes.retain(|name, _| {
            lacking
                .names
                .get(b"Font".as_slice())
                .is_some_and(|fonts| fonts.contains(name))
        });
        lacking
    }

    /// How many names are used.
    pub(crate) fn len(&self) -> usize {
        self.names.values().map(BTreeSet::len).sum()
    }

    /// Whether no names are used.
    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Adds what other content uses from the same resources.
    pub(crate) fn add(&mut self, other: &Named) {
        for (kind, names) in &other.names {
            let own = self.names.entry(kind).or_default();
            own.extend(names.iter().cloned());
        }
        for (font, codes) in &other.codes {
            let own = self.codes.entry(font.clone()).or_insert(Shown::NOTHING);
            own.add(codes);
        }
    }

    fn call(&mut self, kind: &'static [u8], name: Option<&[u8]>) {
        if let Some(name) = name {
            let names = self.names.entry(kind).or_default();
            if !names.contains(name) {
                names.insert(name.to_vec());
            }
        }
    }
}

/// Reads what `content` uses, and where its comments are.
pub(crate) fn named(content: &[u8]) -> (Named, Vec<Range<usize>>) {
    let mut named = Named::default();
    let mut pictures = false;
    let mut tokens = Tokens::new(content);
    // The fonts that were chosen, each with the place of what is shown in it.
    let mut fonts: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    let mut shown: Vec<Shown> = Vec::new();
    let mut font: Option<usize> = None;
    let mut saved: Vec<Option<usize>> = Vec::new();
    while let Some(operation) = tokens.next() {
        let operands = taken(operation.operator, &operation.operands);
        let name = |place: usize| operands.get(place).and_then(Operand::name);
        match operation.operator {
            b"Do" => named.call(b"XObject", name(0)),
            b"gs" => named.call(b"ExtGState", name(0)),
            b"sh" => named.call(b"Shading", name(0)),
            b"cs" | b"CS" => named.call(b"ColorSpace", name(0)),
            b"scn" | b"SCN" => named.call(b"Pattern", operands.last().and_then(Operand::name)),
            b"BDC" | b"DP" => named.call(b"Properties", name(1)),
            b"BI" => {
                pictures = true;
                if let Some(Operand::Dictionary(image)) = operands.first() {
                    let space = image.get(b"ColorSpace").ok();
                    named.call(b"ColorSpace", space.and_then(|space| space.as_name().ok()));
                }
            }
            b"Tf" => {
                named.call(b"Font", name(0));
                if let Some(name) = name(0) {
                    let known = fonts.get(name).copied();
                    font = Some(known.unwrap_or_else(|| {
                        fonts.insert(name.to_vec(), shown.len());
                        shown.push(Shown::NOTHING);
                        shown.len() - 1
                    }));
                }
            }
            b"q" if saved.len() < DEEPEST_STATE => saved.push(font),
            b"Q" => font = saved.pop().unwrap_or(font),
            b"Tj" | b"TJ" | b"'" | b"\"" => match (font, operands.last()) {
                (Some(font), Some(operand)) => shown[font].show(operand),
                _ => named.inherits_font = true,
            },
            _ => {}
        }
        tokens.give_back(operation);
    }
    let fonts = fonts.into_iter().map(|(font, place)| (font, shown[place]));
    named.codes = fonts
        .filter(|(_, codes)| *codes != Shown::NOTHING)
        .collect();
    // If the end of a picture's data was mistaken, what looks like a comment may be part of the picture.
    let is_text = |remark: &Range<usize>| {
        let bytes = &content[remark.clone()];
        !pictures || bytes.iter().all(|&byte| byte == b'\t' || byte >= 32)
    };
    let remarks = tokens.remarks().iter().filter(|it| is_text(it));
    let mut remarks: Vec<Range<usize>> = remarks.cloned().collect();
    if !remarks.is_empty() && !reads_the_same(content, &without(content, &remarks)) {
        remarks.clear();
    }
    (named, remarks)
}

/// Whether two contents are the same operations with the same operands.
fn reads_the_same(one: &[u8], other: &[u8]) -> bool {
    let operations = Tokens::new(one).map(|it| (it.operator, it.operands, one.get(it.data)));
    let others = Tokens::new(other).map(|it| (it.operator, it.operands, other.get(it.data)));
    operations.eq(others)
}

/// The content without its comments.
pub(crate) fn without(content: &[u8], remarks: &[Range<usize>]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(content.len());
    let mut at = 0;
    for remark in remarks {
        kept.extend(content.get(at..remark.start).unwrap_or_default());
        // A comment separates what comes before it from what follows.
        kept.push(b' ');
        at = remark.end;
    }
    kept.extend(content.get(at..).unwrap_or_default());
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(content: &[u8], kind: &[u8]) -> Vec<String> {
        let (named, _) = named(content);
        let text = |name: &Vec<u8>| String::from_utf8_lossy(name).into_owned();
        named
            .names
            .get(kind)
            .into_iter()
            .flatten()
            .map(text)
            .collect()
    }

    #[test]
    fn every_operator_that_calls_for_a_resource_is_heard() {
        let content =
            b"/OC /L BDC q /G gs /C cs /P scn /S sh /X Do /F 12 Tf [(a) -3 <62>] TJ Q EMC \
            /Note /N DP BI /W 1 /H 1 /BPC 8 /CS /I ID x EI /Pattern CS 1 /Q SCN";
        assert_eq!(names(content, b"XObject"), ["X"]);
        assert_eq!(names(content, b"ExtGState"), ["G"]);
        assert_eq!(names(content, b"Shading"), ["S"]);
        assert_eq!(names(content, b"ColorSpace"), ["C", "I", "Pattern"]);
        assert_eq!(names(content, b"Pattern"), ["P", "Q"]);
        assert_eq!(names(content, b"Properties"), ["L", "N"]);
        assert_eq!(names(content, b"Font"), ["F"]);
        let (named, _) = named(content);
        assert!(named.codes[b"F".as_slice()].codes().eq(*b"ab"));
        assert!(!named.inherits_font);
    }

    #[test]
    fn what_is_only_said_in_strings_and_remarks_is_not_called_for() {
        assert!(names(b"(/X Do) Tj % /Y Do\n", b"XObject").is_empty());
    }

    #[test]
    fn the_last_operands_are_those_that_are_meant() {
        let content = b"9 9 /F 12 Tf 7 /X Do /A /B /C gs /P /Q /L BDC EMC";
        assert_eq!(names(content, b"Font"), ["F"]);
        assert_eq!(names(content, b"XObject"), ["X"]);
        assert_eq!(names(content, b"ExtGState"), ["C"]);
        assert_eq!(names(content, b"Properties"), ["L"]);
    }

    #[test]
    fn a_font_lasts_as_long_as_its_state() {
        let (named, _) = named(b"/A 1 Tf q /B 1 Tf (b) Tj Q (a) Tj");
        assert!(named.codes[b"A".as_slice()].codes().eq(*b"a"));
        assert!(named.codes[b"B".as_slice()].codes().eq(*b"b"));
    }

    #[test]
    fn remarks_go_and_percent_signs_stay() {
        let cut = |content: &[u8]| without(content, &named(content).1);
        let kept = cut(b"% one\nBT (50% of) Tj % two\r\nET%three");
        assert_eq!(kept, b" \nBT (50% of) Tj  \r\nET ");
        assert_eq!(cut(b"BT (50%) Tj ET"), b"BT (50%) Tj ET");
    }
}
