//! How often what a page draws is repeated. Forms, cells of patterns, masks and glyph programs use one
//! another: ten levels of them that each use the next ten times draw ten thousand million marks, and one
//! that uses itself never ends. So does a line of dashes that are too short.

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::pdf::content::operand::Operand;
use crate::pdf::content::token::Tokens;
use crate::pdf::object::{as_dict, decoded, get, get_dict, get_name, number, resolve, target};

/// The most bytes of one content stream.
pub(super) const LARGEST: usize = 64 << 20;
/// How many streams one stream may draw, with those inside them.
const MOST: u64 = 100_000;
/// How many of them a page may draw, where it repeats one with more than `FEW` inside it.
const MOST_OF_PAGE: u64 = 1_000_000;
const FEW: u64 = 1_000;
/// How many dashes the lines of one content may have, and how many take as long as a stream.
const MOST_DASHES: f64 = 2e6;
const DASHES_TO_ONE: f64 = 100.0;
/// How deep they may be inside one another. The library goes about as deep.
const DEEPEST: usize = 48;

/// Whether the drawing of a page comes to an end before long.
pub(super) fn is_bounded(doc: &Document, resources: &Dictionary, content: &[u8]) -> bool {
    let mut count = Count {
        doc,
        known: HashMap::new(),
        open: HashSet::new(),
        most: MOST,
    };
    let Some(most) = count.listed(resources) else {
        return false;
    };
    count.most = MOST_OF_PAGE;
    let is_plain = most <= FEW && !may_be_dashed(content) && !has_dashed_states(doc, resources);
    is_plain || count.drawn_by(content, resources, 0).is_some()
}

struct Count<'a> {
    doc: &'a Document,
    /// How many streams each draws, by its resources too: those of its user, if it has none of its own.
    known: HashMap<(ObjectId, *const Dictionary), u64>,
    /// Those that are being counted.
    open: HashSet<(ObjectId, *const Dictionary)>,
    most: u64,
}

impl<'a> Count<'a> {
    /// The most that anything drawn among resources draws. `None` if it is too much.
    fn listed(&mut self, resources: &'a Dictionary) -> Option<u64> {
        let names = |key: &[u8]| {
            let all = get_dict(self.doc, resources, key).into_iter();
            all.flat_map(|all| all.iter().map(|(name, _)| name.clone()))
        };
        let all: Vec<(Kind, Vec<u8>)> = Kind::ALL
            .into_iter()
            .flat_map(|kind| names(kind.key()).map(move |name| (kind, name)))
            .collect();
        let mut most = 0;
        for (kind, name) in all {
            most = most.max(self.named(kind, &name, resources, 0)?);
        }
        Some(most)
    }

    /// How many streams some content draws.
    fn drawn_by(&mut self, content: &[u8], resources: &'a Dictionary, depth: usize) -> Option<u64> {
        let mut all = 1_u64;
        // Fonts may come back with the state, so the worst of them counts.
        let mut glyph = 0;
        let mut dashes = Dashes::default();
        let mut tokens = Tokens::new(content);
        while let Some(operation) = tokens.next() {
            dashes.follow(operation.operator, &operation.operands);
            let kind = match operation.operator {
                b"Do" => Some(Kind::Form),
                b"scn" | b"SCN" => Some(Kind::Cell),
                b"gs" => Some(Kind::Mask),
                b"Tf" => Some(Kind::Glyphs),
                _ => None,
            };
            // The size follows the name of a font.
            let mut last = operation.operands.iter().rev().take(2);
            let name = last.find_map(Operand::name);
            match (kind, name) {
                (Some(Kind::Glyphs), Some(name)) => {
                    glyph = glyph.max(self.named(Kind::Glyphs, name, resources, depth)?);
                }
                (Some(kind), Some(name)) => {
                    if let Kind::Mask = kind {
                        dashes.take(self.doc, state(self.doc, resources, name));
                    }
                    all = all.saturating_add(self.named(kind, name, resources, depth)?);
                }
                _ if glyph > 0 => {
                    let letters: u64 = operation.operands.iter().map(letters).sum();
                    all = all.saturating_add(glyph.saturating_mul(letters));
                }
                _ => {}
            }
            if all > self.most || dashes.count > MOST_DASHES {
                return None;
            }
            tokens.give_back(operation);
        }
        Some(all + (dashes.count / DASHES_TO_ONE) as u64)
    }

    /// How many streams are drawn by a name in resources: by one glyph, for a font.
    fn named(
        &mut self,
        kind: Kind,
        name: &[u8],
        resources: &'a Dictionary,
        depth: usize,
    ) -> Option<u64> {
        let doc = self.doc;
        let Some(object) = get_dict(doc, resources, kind.key()).and_then(|all| all.get(name).ok())
        else {
            return Some(0);
        };
        let dict = as_dict(resolve(doc, object));
        match kind {
            Kind::Form | Kind::Cell => self.stream(object, resources, depth),
            Kind::Mask => {
                let mask = dict.and_then(|state| get_dict(doc, state, b"SMask"));
                let group = mask.and_then(|mask| mask.get(b"G").ok());
                group.map_or(Some(0), |group| self.stream(group, resources, depth))
            }
            Kind::Glyphs => {
                let Some(font) = dict.filter(|it| get_name(doc, it, b"Subtype") == Some(b"Type3"))
                else {
                    return Some(0);
                };
                let around = get_dict(doc, font, b"Resources").unwrap_or(resources);
                let programs = get_dict(doc, font, b"CharProcs");
                let mut most = 0;
                for (_, program) in programs.into_iter().flat_map(|all| all.iter()) {
                    most = most.max(self.stream(program, around, depth)?);
                }
                Some(most)
            }
        }
    }

    /// How many streams a stream draws, itself among them.
    fn stream(&mut self, object: &'a Object, around: &'a Dictionary, depth: usize) -> Option<u64> {
        let (Some(id), Object::Stream(stream)) =
            (target(self.doc, object), resolve(self.doc, object))
        else {
            return Some(0);
        };
        if get_name(self.doc, &stream.dict, b"Subtype") == Some(b"Image") {
            return Some(0);
        }
        let resources = get_dict(self.doc, &stream.dict, b"Resources").unwrap_or(around);
        let key = (id, std::ptr::from_ref(resources));
        if let Some(known) = self.known.get(&key) {
            return Some(*known);
        }
        if depth >= DEEPEST || !self.open.insert(key) {
            return None;
        }
        let content = decoded(stream, LARGEST).unwrap_or_default();
        let all = self.drawn_by(&content, resources, depth + 1)?;
        self.open.remove(&key);
        self.known.insert(key, all);
        Some(all)
    }
}

/// Whether content may set a pattern of dashes: a list, a number and `d`.
fn may_be_dashed(content: &[u8]) -> bool {
    memchr::memchr_iter(b']', content).any(|at| {
        let rest = content[at + 1..].trim_ascii_start();
        let is_number = |byte: &u8| byte.is_ascii_digit() || b"+-.".contains(byte);
        let number = rest.iter().take_while(|byte| is_number(byte)).count();
        number > 0 && rest[number..].trim_ascii_start().starts_with(b"d")
    })
}

fn has_dashed_states(doc: &Document, resources: &Dictionary) -> bool {
    let states = get_dict(doc, resources, b"ExtGState").into_iter();
    let mut states = states.flat_map(|all| all.iter().map(|(_, state)| state));
    states.any(|state| as_dict(resolve(doc, state)).is_some_and(|state| state.has(b"D")))
}

fn state<'a>(doc: &'a Document, resources: &'a Dictionary, name: &[u8]) -> Option<&'a Dictionary> {
    let states = get_dict(doc, resources, b"ExtGState")?;
    as_dict(resolve(doc, states.get(name).ok()?))
}

/// How many dashes the lines of some content have at the most. Lines and dashes are measured in the same
/// units, however large these are on the page.
#[derive(Default)]
struct Dashes {
    /// The length of a pattern of dashes, and those in force outside of `q`.
    period: Option<f64>,
    saved: Vec<Option<f64>>,
    at: [f64; 2],
    begun: [f64; 2],
    count: f64,
}

impl Dashes {
    fn follow(&mut self, operator: &[u8], operands: &[Operand<'_>]) {
        match operator {
            b"q" => self.saved.push(self.period),
            b"Q" => self.period = self.saved.pop().unwrap_or(self.period),
            b"d" => match operands.first() {
                Some(Operand::Array(lengths)) => {
                    self.set(lengths.iter().filter_map(Operand::number));
                }
                _ => self.period = None,
            },
            b"m" | b"l" | b"c" | b"v" | b"y" | b"re" | b"h" if self.period.is_some() => {
                self.line(operator, operands);
            }
            b"m" => self.begin(operands),
            _ => {}
        }
    }

    /// Takes the dashes of a graphics state, where it has any.
    fn take(&mut self, doc: &Document, state: Option<&Dictionary>) {
        if let Some(Object::Array(dashes)) = state.and_then(|state| get(doc, state, b"D")) {
            let lengths = dashes.first().map(|lengths| resolve(doc, lengths));
            let lengths = lengths.and_then(|lengths| lengths.as_array().ok());
            self.set(lengths.into_iter().flatten().filter_map(number));
        }
    }

    fn set(&mut self, lengths: impl Iterator<Item = f64>) {
        let period: f64 = lengths.map(f64::abs).sum();
        self.period = (period > 0.0).then_some(period);
    }

    fn begin(&mut self, operands: &[Operand<'_>]) {
        if let [x, y] = operands
            && let (Some(x), Some(y)) = (x.number(), y.number())
        {
            (self.at, self.begun) = ([x, y], [x, y]);
        }
    }

    fn line(&mut self, operator: &[u8], operands: &[Operand<'_>]) {
        let numbers: Vec<f64> = operands.iter().filter_map(Operand::number).collect();
        let length = match (operator, numbers.as_slice()) {
            (b"m", _) => return self.begin(operands),
            (b"re", [x, y, width, height]) => {
                (self.at, self.begun) = ([*x, *y], [*x, *y]);
                2.0 * (width.abs() + height.abs())
            }
            (b"h", _) => self.to(self.begun),
            // A curve is no longer than the lines between the points that it is made from.
            (_, points) => points
                .chunks_exact(2)
                .map(|it| self.to([it[0], it[1]]))
                .sum(),
        };
        self.count += length / self.period.unwrap_or(f64::INFINITY);
    }

    fn to(&mut self, point: [f64; 2]) -> f64 {
        let length = (point[0] - self.at[0]).hypot(point[1] - self.at[1]);
        self.at = point;
        length
    }
}

/// How many letters an operand shows at the most.
fn letters(operand: &Operand<'_>) -> u64 {
    match operand {
        Operand::String(bytes) => bytes.len() as u64,
        Operand::Array(pieces) => pieces.iter().map(letters).sum(),
        _ => 0,
    }
}

/// What draws a stream.
#[derive(Clone, Copy)]
enum Kind {
    Form,
    Cell,
    Mask,
    Glyphs,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Form, Self::Cell, Self::Mask, Self::Glyphs];

    /// Where it is named in resources.
    fn key(self) -> &'static [u8] {
        match self {
            Self::Form => b"XObject",
            Self::Cell => b"Pattern",
            Self::Mask => b"ExtGState",
            Self::Glyphs => b"Font",
        }
    }
}

#[cfg(test)]
mod tests {
    use lopdf::{Stream, dictionary};

    use super::*;

    /// A file in which each of some streams uses the next one, and the last one none or the first.
    fn chain(levels: usize, content: &str, ends: bool) -> (Document, Dictionary) {
        let mut doc = Document::new();
        let ids: Vec<ObjectId> = (0..levels).map(|_| doc.new_object_id()).collect();
        let listed = |at: usize| {
            let id = ids[at % levels];
            dictionary! {
                "XObject" => dictionary! { "X" => id },
                "Pattern" => dictionary! { "X" => id },
                "ExtGState" => dictionary! { "X" => dictionary! { "SMask" => dictionary! { "G" => id } } },
                "Font" => dictionary! { "X" => dictionary! {
                    "Subtype" => "Type3", "CharProcs" => dictionary! { "a" => id },
                } },
            }
        };
        for (at, id) in ids.iter().enumerate() {
            let last = ends && at + 1 == levels;
            let content = if last { "0 0 9 9 re f" } else { content };
            let dict = dictionary! { "Resources" => listed(at + 1) };
            let stream = Stream::new(dict, content.as_bytes().to_vec());
            doc.objects.insert(*id, stream.into());
        }
        let resources = listed(0);
        (doc, resources)
    }

    #[test]
    fn what_repeats_itself_too_often_is_not_drawn() {
        let twice = [
            "/X Do /X Do",
            "/Pattern cs /X scn 0 0 9 9 re f /X SCN 0 0 9 9 re S",
            "/X gs 0 0 9 9 re f /X gs 0 0 9 9 re f",
            "BT /X 9 Tf (a) Tj [(a) 20] TJ ET",
        ];
        let bounded = |levels, content: &str, ends| {
            let (doc, resources) = chain(levels, content, ends);
            is_bounded(&doc, &resources, content.as_bytes())
        };
        for content in twice {
            assert!(bounded(1, content, true), "{content}");
            assert!(bounded(10, content, true), "{content}");
            assert!(!bounded(34, content, true), "{content}");
            assert!(!bounded(1, content, false), "uses itself: {content}");
            assert!(!bounded(3, content, false), "a circle: {content}");
        }
        // One that is used once at each level is as deep as the levels.
        assert!(bounded(40, "/X Do", true));
        assert!(!bounded(60, "/X Do", true));
    }

    #[test]
    fn a_line_of_too_many_dashes_is_not_drawn() {
        let bounded = |content: &str| {
            let (mut doc, mut resources) = chain(1, "", true);
            let state = dictionary! { "D" => vec![vec![0.000_01.into()].into(), 0.into()] };
            resources.set("ExtGState", dictionary! { "S" => doc.add_object(state) });
            let on_page = is_bounded(&doc, &resources, content.as_bytes());
            let (doc, resources) = chain(1, content, false);
            let in_form = is_bounded(&doc, &resources, b"/X Do");
            (on_page, in_form)
        };
        for many in [
            "[0.00001 0.00001]0 d 0 0 m 600 800 l S",
            "0.0001 0 0 0.0001 0 0 cm [3] 1.5 d 0 0 m 1000000000 0 0 1000000000 5 5 c S",
            "q [.0001]0 d Q [.00001] -1 d 9 9 500 500 re S",
        ] {
            assert_eq!(bounded(many), (false, false), "{many}");
        }
        for few in [
            "[3 2] 0 d 0 0 m 600 800 l 5 5 l h S",
            "q [.00001]0 d Q 0 0 m 600 800 l S",
            "[]0 d 0 0 m 1000000000 0 l S [0 0]0 d 0 0 m 1000000000 0 l S",
        ] {
            assert_eq!(bounded(few), (true, true), "{few}");
        }
        assert!(!bounded("/S gs 0 0 m 600 800 l S").0);
    }

    #[test]
    fn a_page_of_letters_that_are_drawn_is_drawn() {
        let (doc, resources) = chain(1, "", true);
        let words = format!("BT /X 9 Tf ({}) Tj ET", "a".repeat(200_000));
        assert!(is_bounded(&doc, &resources, words.as_bytes()));
        // A font may name its own resources, as long as no glyph uses them.
        let (doc, resources) = chain(1, "500 0 d0 0 0 9 9 re f", false);
        assert!(is_bounded(&doc, &resources, words.as_bytes()));
        // Many uses of what is large are too many.
        let (doc, resources) = chain(13, "/X Do /X Do", true);
        assert!(is_bounded(&doc, &resources, b"/X Do"));
        assert!(!is_bounded(
            &doc,
            &resources,
            "/X Do ".repeat(1_000).as_bytes()
        ));
    }
}
