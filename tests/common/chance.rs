//! Chance that a test can have again.

/// Numbers that look random and are the same each time.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn of(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from((self.0 >> 33) % below as u64).expect("a number")
    }

    pub(crate) fn one_in(&mut self, of: usize) -> bool {
        self.of(of) == 0
    }

    pub(crate) fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.of(list.len())]
    }
}
