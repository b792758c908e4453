//! What a preview looks at again and again: the files that its pack is made from, and the day.

use crate::load::{self, PackFolder, WorkspaceRoot};
use crate::model::{Date, SourceName};

/// Says what day it is.
pub type Day = Box<dyn Fn() -> Date + Send>;

/// How everything stood when it was looked at last.
pub(super) struct Sight {
    root: WorkspaceRoot,
    folder: PackFolder,
    day: Day,
    /// The files outside the pack's folder that it is made from, which only a reading tells.
    outside: Vec<SourceName>,
    stamp: u64,
    /// The day it was.
    pub(super) on: Date,
}

impl Sight {
    pub(super) fn new(root: WorkspaceRoot, folder: PackFolder, day: Day) -> Self {
        Self {
            stamp: load::stamp(&root, &folder, &[]),
            on: day(),
            outside: Vec::new(),
            root,
            folder,
            day,
        }
    }

    /// Looks again, and says whether anything is other than it was.
    pub(super) fn has_changed(&mut self) -> bool {
        let (stamp, on) = (self.stamp_now(), (self.day)());
        let has_changed = (stamp, on) != (self.stamp, self.on);
        (self.stamp, self.on) = (stamp, on);
        has_changed
    }

    /// Looks at these files too, which the pack was just read from. What was saved during that reading
    /// is seen the next time.
    pub(super) fn look_at(&mut self, outside: Vec<SourceName>) {
        let was_saved = self.stamp_now() != self.stamp;
        self.outside = outside;
        if !was_saved {
            self.stamp = self.stamp_now();
        }
    }

    fn stamp_now(&self) -> u64 {
        load::stamp(&self.root, &self.folder, &self.outside)
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test makes its own files")]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI8, Ordering};

    use super::*;

    #[test]
    fn a_preview_that_is_left_open_sees_the_next_day_and_what_it_lacked() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("meeting")).expect("a folder");
        std::fs::write(folder.path().join("council.toml"), "").expect("a file");
        let root = load::find(folder.path()).expect("a workspace");
        let today = Arc::new(AtomicI8::new(7));
        let day = Arc::clone(&today);
        let day = Box::new(move || Date::constant(2027, 1, day.load(Ordering::Relaxed)));
        let mut sight = Sight::new(root, PackFolder("meeting".to_owned()), day);
        assert!(!sight.has_changed());
        today.store(8, Ordering::Relaxed);
        assert!(sight.has_changed());
        assert_eq!(sight.on, Date::constant(2027, 1, 8));
        sight.look_at(vec![SourceName("costs.csv".to_owned())]);
        assert!(!sight.has_changed());
        std::fs::write(folder.path().join("costs.csv"), "1").expect("a file");
        assert!(sight.has_changed());
        // Saved while the pack was read.
        std::fs::write(folder.path().join("meeting/report.md"), "").expect("a file");
        sight.look_at(Vec::new());
        assert!(sight.has_changed());
    }
}
