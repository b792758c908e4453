//! Names of people as they are written in minutes and lists, and how near two of them are.

use crate::model::Member;
use crate::model::names::{parts, unaccented};

/// Whether two names can be the same person's: one surname, and given names or initials that do
/// not contradict each other.
pub(crate) fn may_be_one(a: &str, b: &str) -> bool {
    let (a, b) = (parts(a), parts(b));
    let (Some((surname_a, given_a)), Some((surname_b, given_b))) = (a.split_last(), b.split_last())
    else {
        return false;
    };
    surname_a == surname_b && agree(given_a, given_b)
}

/// Whether given names or initials do not contradict each other.
fn agree(a: &[String], b: &[String]) -> bool {
    a.iter().zip(b).all(|(a, b)| {
        a == b
            || (a.chars().count() == 1 && b.starts_with(a.as_str()))
            || (b.chars().count() == 1 && a.starts_with(b.as_str()))
    })
}

/// Whether a name that no list has is a listed name misspelt. Two people may have names that are
/// nearly the same, so it takes a surname that sounds the same and differs in a letter or two, with
/// given names that agree, or in which a letter is lacking or doubled; or the same surname, with a given
/// name in which a letter is lacking or doubled, or two letters have changed places. A surname by itself
/// must meet the second test.
pub(crate) fn is_misspelt(written: &str, listed: &str) -> bool {
    let (written, listed) = (parts(written), parts(listed));
    let (Some((surname_a, given_a)), Some((surname_b, given_b))) =
        (written.split_last(), listed.split_last())
    else {
        return false;
    };
    let letters = surname_a.chars().count().min(surname_b.chars().count());
    if surname_a == surname_b {
        return letters >= 4
            && given_a.len() == given_b.len()
            && given_a != given_b
            && given_a
                .iter()
                .zip(given_b)
                .all(|(a, b)| a == b || (a.chars().count() >= 3 && is_slip(a, b)));
    }
    if given_a.is_empty() || given_b.is_empty() {
        return given_a.is_empty() && letters >= 6 && is_slip(surname_a, surname_b);
    }
    let most = if letters < 5 { 1 } else { 2 };
    agree(given_a, given_b)
        && letters >= 4
        && (1..=most).contains(&strsim::osa_distance(surname_a, surname_b))
        && (sound(surname_a) == sound(surname_b)
            || letters >= 5 && (is_slip(surname_a, surname_b) || is_shuffled(surname_a, surname_b)))
}

/// Whether two words have the same letters, and the first at the same place.
fn is_shuffled(a: &str, b: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    a.chars().next() == b.chars().next() && sorted(a) == sorted(b)
}

/// Whether two words differ in one letter that is lacking or doubled, or in two that have changed
/// places.
fn is_slip(a: &str, b: &str) -> bool {
    let count = |word: &str| word.chars().count();
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    strsim::osa_distance(a, b) == 1
        && a.chars().next() == b.chars().next()
        && (count(a) != count(b) || sorted(a) == sorted(b))
}

/// How a surname sounds, after Russell's index of 1918: its first letter and its consonants by
/// kind, without those that repeat the one before.
fn sound(name: &str) -> String {
    let kind = |letter: char| match letter {
        'b' | 'f' | 'p' | 'v' => Some('1'),
        'c' | 'g' | 'j' | 'k' | 'q' | 's' | 'x' | 'z' => Some('2'),
        'd' | 't' => Some('3'),
        'l' => Some('4'),
        'm' | 'n' => Some('5'),
        'r' => Some('6'),
        _ => None,
    };
    let mut sound = String::new();
    let mut last = None;
    for letter in unaccented(name).chars() {
        let this = kind(letter);
        if sound.is_empty() {
            sound.push(letter);
        } else if this != last
            && let Some(this) = this
        {
            sound.push(this);
        }
        // H and W between two consonants of a kind do not separate them.
        if !matches!(letter, 'h' | 'w') {
            last = this;
        }
    }
    sound
}

/// The index of the member whose name is nearest to a written name, where one is near enough.
pub(crate) fn nearest(written: &str, members: &[Member]) -> Option<usize> {
    let mut same = members.iter().enumerate().filter(|(_, member)| {
        member
            .name
            .as_deref()
            .is_some_and(|name| may_be_one(written, name))
    });
    if let Some((index, _)) = same.next() {
        return same.next().is_none().then_some(index);
    }
    let written = parts(written).join(" ");
    let (distance, index) = members
        .iter()
        .enumerate()
        .filter_map(|(index, member)| {
            let name = parts(member.name.as_deref()?).join(" ");
            Some((strsim::osa_distance(&written, &name), index))
        })
        .min()?;
    let near = match written.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    (1..=near).contains(&distance).then_some(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_sounds_the_same_is_misspelt() {
        for (a, b) in [
            ("John Smythe", "John Smith"),
            ("J Smyth", "John Smith"),
            ("B Okafer", "B Okafor"),
            ("B Okafo", "B Okafor"),
            ("B Okarof", "B Okafor"),
            ("Jon Smith", "John Smith"),
            ("Sara Underhill", "Sarah Underhill"),
            ("Underhil", "Underhill"),
            ("Siân Lloyd-Davis", "Siân Lloyd-Davies"),
        ] {
            assert!(is_misspelt(a, b), "{a}, {b}");
        }
        for (a, b) in [
            ("John Smith", "John Smith"),
            ("Joan Smith", "John Smith"),
            ("Hussein", "Hussain"),
            ("John Smart", "John Smith"),
            ("John Barnes", "John Barker"),
            ("A Lee", "A Lea"),
            ("Jones", "Johns"),
        ] {
            assert!(!is_misspelt(a, b), "{a}, {b}");
        }
    }

    #[test]
    fn initials_and_styles_do_not_make_two_people() {
        assert!(may_be_one("C Ward-Lewis", "Charlotte Ward-Lewis"));
        assert!(may_be_one("Mrs T Majid", "Tahira Majid"));
        assert!(may_be_one("Councillor Underhill", "Underhill"));
        assert!(!may_be_one("M Hussain", "A Hussain"));
        assert!(!may_be_one("Ward", "Ward-Lewis"));
        assert!(!may_be_one("", "Ward"));
    }
}
