//! How much is set at a time: so many parts side by side as are small enough together.

use std::sync::{Condvar, Mutex, PoisonError};

/// How large the parts that are set at one time may be together, in bytes of what the engine is given. One
/// that is larger is set alone.
const MOST_AT_ONCE: usize = 1 << 20;
/// A part that is smaller does not count: large ones would wait until all small ones are set.
const SMALL: usize = 64 << 10;

static SET_NOW: Line = Line {
    weight: Mutex::new(0),
    moved: Condvar::new(),
};

/// Those who wait, and what is being set.
struct Line {
    /// How large the parts are together that are being set.
    weight: Mutex<usize>,
    moved: Condvar,
}

/// The turn of one part, which ends when this is dropped.
pub(super) struct Turn {
    weight: usize,
    line: &'static Line,
}

/// Waits until a part can be set beside the others.
pub(super) fn wait_for(weight: usize) -> Turn {
    SET_NOW.wait_for(weight)
}

impl Line {
    fn wait_for(&'static self, weight: usize) -> Turn {
        let weight = if weight < SMALL { 0 } else { weight };
        let now = self.weight.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |now: &mut usize| weight > 0 && *now > 0 && *now + weight > MOST_AT_ONCE;
        let now = self.moved.wait_while(now, is_full);
        *now.unwrap_or_else(PoisonError::into_inner) += weight;
        Turn { weight, line: self }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut now = (self.line.weight.lock()).unwrap_or_else(PoisonError::into_inner);
        *now -= self.weight;
        self.line.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn parts_that_are_too_large_together_are_set_one_after_the_other() {
        static LINE: Line = Line {
            weight: Mutex::new(0),
            moved: Condvar::new(),
        };
        static WEIGHT: AtomicUsize = AtomicUsize::new(0);
        let heaviest = AtomicUsize::new(0);
        let weights = [
            400 << 10,
            700 << 10,
            3 << 20,
            600 << 10,
            65 << 10,
            500 << 10,
        ];
        drop([LINE.wait_for(SMALL - 1), LINE.wait_for(1)]);
        std::thread::scope(|scope| {
            for weight in weights {
                let heaviest = &heaviest;
                scope.spawn(move || {
                    let turn = LINE.wait_for(weight);
                    let now = WEIGHT.fetch_add(weight, Ordering::SeqCst) + weight;
                    let allowed = weight.max(MOST_AT_ONCE);
                    assert!(now <= allowed, "{now} for {weight}");
                    heaviest.fetch_max(now, Ordering::SeqCst);
                    std::thread::yield_now();
                    WEIGHT.fetch_sub(weight, Ordering::SeqCst);
                    drop(turn);
                });
            }
        });
        assert_eq!(heaviest.load(Ordering::SeqCst), 3 << 20);
        assert_eq!(*LINE.weight.lock().expect("it"), 0);
    }
}
