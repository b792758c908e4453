//! Lives of up to six steps, each of which may be anything that happens to a pack after publication.

use super::{Appendix, Item, Life, Place, council};
use crate::common::chance::Chance;
use crate::common::pack;

/// The lives to be lived: the seed and the steps of each. They are the same wherever the tests run.
/// `PACK_TEST_LIVES=10000` asks for so many steps together, `PACK_TEST_LIVES=102x6` for one life of six.
fn asked_for() -> Vec<(u64, usize)> {
    let asked = std::env::var("PACK_TEST_LIVES").ok();
    let asked = asked.as_deref().unwrap_or("8");
    if let Some((seed, steps)) = asked.split_once('x') {
        let seed = seed.parse().expect("the seed of a life");
        return vec![(seed, steps.parse().expect("a number of steps"))];
    }
    let mut left: usize = asked.parse().expect("a number of steps");
    let seeds = [3, 12].into_iter().chain(100..);
    let lengths = [2, 6, 6, 3, 5, 1, 4].into_iter().cycle();
    seeds
        .zip(lengths)
        .map_while(|(seed, length)| {
            let steps = left.min(length);
            left -= steps;
            (steps > 0).then_some((seed, steps))
        })
        .collect()
}

#[test]
fn a_page_number_never_means_two_things() {
    for (seed, steps) in asked_for() {
        live(seed, steps);
    }
}

/// One life of so many steps.
fn live(seed: u64, steps: usize) {
    let mut chance = Chance(seed);
    let mut life = council();
    life.items[3]
        .appendices
        .push(Appendix::exempt(1 + chance.of(3)));
    let mut place = Place::new(&life, seed % 4 == 3);
    for step in 0..steps {
        for _ in 0..=chance.of(2) {
            change(&mut life, &mut chance, step);
        }
        // Shown where it fails.
        eprintln!("life {seed}, step {step}");
        // What was added and withdrawn in one step changes nothing.
        life.write(&place.meeting, &place.begun);
        if pack(&["diff"], place.folder.path()).status.success() {
            continue;
        }
        place.next(&life);
    }
}

/// Something happens to a meeting that was published.
fn change(life: &mut Life, chance: &mut Chance, step: usize) {
    let life_length = life.items.len();
    let at = chance.of(life_length);
    let pages = 1 + chance.of(3);
    let item = &mut life.items[at];
    let keeps = chance.of(2) == 0;
    let stands = !item.withdrawn && item.report.is_some();
    match chance.of(8) {
        0 if item.report.is_none() => item.report = Some((1, pages)),
        1 if !item.appendices.is_empty() && !item.withdrawn => {
            let last = chance.of(item.appendices.len());
            let appendix = &mut item.appendices[last];
            if !appendix.withdrawn {
                (appendix.version, appendix.pages) = (appendix.version + 1, pages);
                appendix.keeps = keeps;
                return;
            }
        }
        2 if stands => {
            item.withdrawn = true;
            return;
        }
        // Another report, perhaps as long as the first.
        5 if stands => {
            item.report = item.report.map(|(version, _)| (version + 1, pages));
            item.keeps = keeps;
            return;
        }
        // An appendix before those that were published, or one of them in another place.
        6 if stands => {
            let name = 50 + step * 5 + life_length % 5;
            let is_there = item
                .appendices
                .iter()
                .any(|appendix| appendix.name == Some(name));
            for (index, appendix) in item.appendices.iter_mut().enumerate() {
                appendix.name.get_or_insert(index);
            }
            if !is_there {
                let appendix = Appendix::of(pages);
                item.appendices.insert(
                    0,
                    Appendix {
                        name: Some(name),
                        ..appendix
                    },
                );
                return;
            }
        }
        // A correction as long as what it corrects.
        7 if stands => {
            let open = item
                .appendices
                .iter_mut()
                .filter(|appendix| !appendix.withdrawn);
            if let Some(appendix) = open.last() {
                (appendix.version, appendix.keeps) = (appendix.version + 1, true);
                return;
            }
        }
        3 if stands => {
            let last = item
                .appendices
                .iter_mut()
                .find(|appendix| !appendix.withdrawn);
            if let Some(appendix) = last {
                appendix.withdrawn = true;
                return;
            }
        }
        _ => {}
    }
    // There is always something: an urgent item with an exempt annex.
    let number = format!(
        "{}{}",
        life.items.len(),
        char::from(b'A' + u8::try_from(step).expect("few"))
    );
    let mut urgent = Item::of(&number, Some(pages), &[1]);
    urgent.appendices.push(Appendix::exempt(pages));
    life.items.push(urgent);
}
