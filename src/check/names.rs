//! Names of people as they are written in minutes and lists, and how near two of them are.

use crate::model::Member;
use crate::model::names::parts;

/// Whether two names can be the same person's: one surname, and given names or initials that do
/// not contradict each other.
pub(crate) fn may_be_one(a: &str, b: &str) -> bool {
    let (a, b) = (parts(a), parts(b));
    let (Some((surname_a, given_a)), Some((surname_b, given_b))) = (a.split_last(), b.split_last())
    else {
        return false;
    };
    surname_a == surname_b
        && given_a.iter().zip(given_b).all(|(a, b)| {
            a == b
                || (a.chars().count() == 1 && b.starts_with(a.as_str()))
                || (b.chars().count() == 1 && a.starts_with(b.as_str()))
        })
}

/// The member whose name a written name comes nearest to, where one does.
pub(crate) fn nearest(written: &str, members: &[Member]) -> Option<usize> {
    let mut one = members.iter().enumerate().filter(|(_, member)| {
        member
            .name
            .as_deref()
            .is_some_and(|name| may_be_one(written, name))
    });
    if let Some((index, _)) = one.next() {
        return one.next().is_none().then_some(index);
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
    fn initials_and_styles_do_not_make_two_people() {
        assert!(may_be_one("C Ward-Lewis", "Charlotte Ward-Lewis"));
        assert!(may_be_one("Mrs T Majid", "Tahira Majid"));
        assert!(may_be_one("Councillor Underhill", "Underhill"));
        assert!(!may_be_one("M Hussain", "A Hussain"));
        assert!(!may_be_one("Ward", "Ward-Lewis"));
        assert!(!may_be_one("", "Ward"));
    }
}
