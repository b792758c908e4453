//! Whatever is done to a file's bytes, assembling it gives a pack that holds to its own map, or a
//! reason why not.

use crate::common::pdf;

use pack::assemble::assemble;
use pack::assemble::verify::{Expected, verify};
use pdf::{Fixture, attachment, plan};
use proptest::prelude::*;

/// What may happen to a file on its way.
#[derive(Debug, Clone)]
enum Damage {
    Set(usize, u8),
    Cut(usize, usize),
    Repeat(usize, usize),
    Swap(&'static str, &'static str),
}

/// Words of PDF that mean something else in each other's place.
const WORDS: [&str; 24] = [
    "/Kids",
    "/Parent",
    "/Pages",
    "/Page",
    "/K ",
    "/P ",
    "/Pg",
    "/S ",
    "/Type",
    "/Contents",
    "/Annots",
    "/Resources",
    "/XObject",
    "/Dest",
    "/First",
    "/Next",
    "/MCID",
    "/BBox",
    "/Rect",
    "/Length",
    "/StructParents",
    "1 0 R",
    "2 0 R",
    "3 0 R",
];

fn damage() -> impl Strategy<Value = Damage> {
    let word = || prop::sample::select(WORDS.to_vec());
    prop_oneof![
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Damage::Set(at, byte)),
        (any::<usize>(), 1..400_usize).prop_map(|(at, length)| Damage::Cut(at, length)),
        (any::<usize>(), 1..400_usize).prop_map(|(at, length)| Damage::Repeat(at, length)),
        (word(), word()).prop_map(|(from, to)| Damage::Swap(from, to)),
    ]
}

fn apply(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        if bytes.is_empty() {
            break;
        }
        match *damage {
            Damage::Set(at, byte) => {
                let at = at % bytes.len();
                bytes[at] = byte;
            }
            Damage::Cut(at, length) => {
                let at = at % bytes.len();
                bytes.drain(at..(at + length).min(bytes.len()));
            }
            Damage::Repeat(at, length) => {
                let at = at % bytes.len();
                let again = bytes[at..(at + length).min(bytes.len())].to_vec();
                bytes.splice(at..at, again);
            }
            Damage::Swap(from, to) => {
                if let Some(at) = bytes
                    .windows(from.len())
                    .position(|window| window == from.as_bytes())
                {
                    bytes.splice(at..at + from.len(), to.bytes());
                }
            }
        }
    }
    bytes
}

fn holds(bytes: &[u8]) {
    let plan = plan(vec![attachment("a", bytes)]);
    if let Ok(assembled) = assemble(plan.clone()) {
        let elements = assembled.parts.iter().map(|part| part.elements_out).sum();
        let expected = Expected {
            map: &plan.map,
            page_number: &plan.furniture.page_number,
            references: &[],
            outline: &[],
            elements,
            sources: &assembled.sources,
            password: None,
        };
        assert_eq!(verify(&assembled.pdf, &expected), []);
    }
}

proptest! {
    #[test]
    fn a_damaged_file_gives_a_pack_or_a_reason(damages in prop::collection::vec(damage(), 1..12)) {
        holds(&apply(Fixture::default().pdf(), &damages));
    }

    #[test]
    fn so_does_a_damaged_odd_file(which in any::<usize>(), damages in prop::collection::vec(damage(), 1..12)) {
        if let Some(shared) = crate::common::shared() {
            let reference = std::fs::read_to_string(shared.join("corpus/reference.tsv")).unwrap();
            let paths: Vec<&str> = reference.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
            let bytes = std::fs::read(shared.join("corpus").join(paths[which % paths.len()])).unwrap();
            holds(&apply(bytes, &damages));
        }
    }
}
