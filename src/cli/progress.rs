//! The line at the foot of a terminal that says what is being done, and how far it is, to a person who
//! waits for more than a second. It is never part of what a pipe, a file or a log receives.

use std::borrow::Cow;
use std::io::{self, Write as _};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::pipeline::Step;

/// How long a command may take before anything is said.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the line is drawn.
const PACE: Duration = Duration::from_millis(150);

/// Columns that every terminal has; a longer line would be wrapped, and could not be cleared.
const COLUMNS: usize = 78;

/// How many columns the bar has.
const BAR: usize = 20;

/// Clears the line that the cursor is on.
const CLEAR: &str = "\r\x1b[K";

/// The last line of a terminal. It is locked while anything is printed, so that nothing is printed
/// into it.
#[derive(Default, Clone)]
pub(super) struct Foot(Arc<(Mutex<State>, Condvar)>);

#[derive(Default)]
struct State {
    line: String,
    drawn: bool,
    over: bool,
}

impl Foot {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Prints something where the line was; it comes back below.
    pub(super) fn print<T>(&self, printing: impl FnOnce() -> T) -> T {
        let mut state = self.state();
        if std::mem::take(&mut state.drawn) {
            // A lost line of progress does not matter.
            let _ = io::stderr().lock().write_all(CLEAR.as_bytes());
        }
        printing()
    }

    /// Draws the line until it is over.
    fn keep(&self) {
        let (mut pause, changed) = (PATIENCE, &self.0.1);
        let mut state = self.state();
        loop {
            let waited = changed.wait_timeout_while(state, pause, |state| !state.over);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            if state.over {
                return;
            }
            pause = PACE;
            let drawn = format!("{CLEAR}{}", state.line);
            let _ = io::stderr().lock().write_all(drawn.as_bytes());
            state.drawn = true;
        }
    }
}

/// The line while a command is at work; it goes when this does.
pub(super) struct Progress {
    foot: Foot,
    drawer: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins to draw, on a terminal that a person looks at.
    pub(super) fn new(foot: Foot, seen: bool) -> Self {
        foot.state().over = false;
        let drawer = seen.then(|| {
            let foot = foot.clone();
            std::thread::spawn(move || foot.keep())
        });
        Self { foot, drawer }
    }

    /// Says what is being done from now on; from any thread.
    pub(super) fn show(&self, step: Step<'_>) {
        if self.drawer.is_some() {
            self.foot.state().line = line(step);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.foot.state().over = true;
        self.foot.0.1.notify_all();
        if let Some(drawer) = self.drawer.take() {
            // The thread only draws; if it failed, there is nothing to clear.
            let _ = drawer.join();
        }
        self.foot.print(|| ());
    }
}

/// A step as a line: a bar where its length is known, and what is being done.
fn line(step: Step<'_>) -> String {
    let doing: Cow<'_, str> = super::harmless::harmless(step.doing, false);
    let text = match step.done {
        Some((done, of)) if of > 1 => {
            let full = BAR * done.min(of) / of;
            let bar = format!("{}{}", "#".repeat(full), "-".repeat(BAR - full));
            format!("[{bar}] {done} of {of}  {doing}")
        }
        _ => format!("{doing} …"),
    };
    text.chars().take(COLUMNS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_has_a_bar_where_its_length_is_known() {
        let half = line(Step::part("setting pages", 12, 24));
        assert_eq!(half, "[##########----------] 12 of 24  setting pages");
        assert_eq!(line(Step::doing("reading it back")), "reading it back …");
        assert_eq!(line(Step::part("one file", 0, 1)), "one file …");
    }

    #[test]
    fn a_line_fits_any_terminal_and_steers_none() {
        let name = "making \x1b[2J".to_owned() + &"x".repeat(200);
        let line = line(Step::doing(&name));
        assert_eq!(line.chars().count(), COLUMNS);
        assert!(!line.contains('\x1b'));
    }

    #[test]
    fn what_nobody_sees_has_no_thread() {
        let progress = Progress::new(Foot::default(), false);
        progress.show(Step::doing("reading"));
        assert!(progress.drawer.is_none() && progress.foot.state().line.is_empty());
    }
}
