//! A crew of workers for long tasks in parallel: reading files, setting parts.
//!
//! A task may itself share out its work to the cores. In one pool for both, a worker that waits for
//! its shares begins another task meanwhile, on the same stack, and in that a third: a hundred
//! parts are enough to use up any stack. So whole tasks are done by threads of their own, each
//! finishing one before it takes the next, and the pool has only the shares.

use std::cell::Cell;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How deep a worker's stack is, in bytes. Only what is used of it takes memory.
const STACK: usize = 16 << 20;

/// Does each task once, as many at a time as there are cores, and gives the results in the order
/// of the tasks.
pub(crate) fn side_by_side<T: Send, R: Send>(
    tasks: Vec<T>,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    share_out(Turn::First, usize::MAX, tasks, work)
}

/// As [`side_by_side`], for tasks that can wait: those of others come first.
pub(crate) fn behind_others<T: Send, R: Send>(
    tasks: Vec<T>,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    share_out(Turn::Behind, usize::MAX, tasks, work)
}

/// As [`side_by_side`], with no more tasks at a time than given, for those that take much memory.
pub(crate) fn at_most<T: Send, R: Send>(
    most: usize,
    tasks: Vec<T>,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    share_out(Turn::First, most, tasks, work)
}

/// Does two things at once, of which the first takes longer however many cores there are: the tasks
/// of the other, as [`behind_others`] has them, leave a core free for it.
pub(crate) fn first_and_behind<A, B: Send>(
    first: impl FnOnce() -> A,
    behind: impl FnOnce() -> B + Send,
) -> (A, B) {
    let _standing = Standing::up();
    thread::scope(|scope| {
        let leading = Leading::begin();
        let behind = scope.spawn(behind);
        let first = first();
        drop(leading);
        (
            first,
            behind.join().unwrap_or_else(|panic| resume_unwind(panic)),
        )
    })
}

fn share_out<T: Send, R: Send>(
    turn: Turn,
    most: usize,
    tasks: Vec<T>,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let workers = rayon::current_num_threads().min(most).min(tasks.len());
    // A worker of the pool must not wait for threads that may need it.
    if rayon::current_thread_index().is_some() {
        return tasks.into_iter().map(work).collect();
    }
    let tasks: Vec<Mutex<Option<T>>> = tasks
        .into_iter()
        .map(|task| Mutex::new(Some(task)))
        .collect();
    let next = AtomicUsize::new(0);
    let toil = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(task) = tasks.get(at) else {
                return done;
            };
            let task = task.lock().unwrap_or_else(PoisonError::into_inner).take();
            let _seat = Seat::taken(turn);
            done.extend(task.map(|task| (at, work(task))));
        }
    };
    // Whoever waits for the workers needs no core.
    let _standing = Standing::up();
    let mut done = thread::scope(|scope| {
        let hired: Vec<_> = (0..workers)
            .map_while(|_| {
                let thread = thread::Builder::new().stack_size(STACK);
                thread.spawn_scoped(scope, toil).ok()
            })
            .collect();
        // Where the system gives no thread, the work is done here.
        let mut done = if hired.is_empty() { toil() } else { Vec::new() };
        for worker in hired {
            done.extend(worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// When a task gets a seat.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    First,
    /// When no other task wants it.
    Behind,
}

/// A seat for each core: all crews together have no more tasks at work than there are cores, so
/// that the task that others wait for has a core of its own.
static SEATS: LazyLock<Seats> = LazyLock::new(|| Seats {
    state: Mutex::new(State {
        free: rayon::current_num_threads(),
        first: 0,
        waiting: 0,
        leading: 0,
    }),
    changed: Condvar::new(),
});

struct Seats {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    free: usize,
    /// How many tasks have a seat whose turn is first.
    first: usize,
    /// How many tasks wait whose turn is first.
    waiting: usize,
    /// How many do what others wait for.
    leading: usize,
}

impl State {
    fn take(&mut self, turn: Turn) {
        self.free -= 1;
        if turn == Turn::First {
            self.first += 1;
        }
    }

    fn leave(&mut self, turn: Turn) {
        self.free += 1;
        if turn == Turn::First {
            self.first -= 1;
        }
    }

    fn is_free(&self, turn: Turn) -> bool {
        match turn {
            Turn::First => self.free > 0,
            Turn::Behind => {
                self.free > 0 && self.waiting == 0 && self.free + self.first > self.leading.min(1)
            }
        }
    }
}

impl Seats {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state());
        self.changed.notify_all();
    }
}

thread_local! {
    /// The turn in which this thread was given its seat, if it has one.
    static SEATED: Cell<Option<Turn>> = const { Cell::new(None) };
}

/// Waits for a seat and takes it.
fn sit(turn: Turn) {
    let mut state = SEATS.state();
    if turn == Turn::First {
        state.waiting += 1;
    }
    let mut state = SEATS
        .changed
        .wait_while(state, |state| !state.is_free(turn))
        .unwrap_or_else(PoisonError::into_inner);
    state.take(turn);
    if turn == Turn::First {
        state.waiting -= 1;
    }
    SEATED.set(Some(turn));
}

/// Gives up the seat of this thread, if it has one, and returns in which turn it had it.
fn stand() -> Option<Turn> {
    let turn = SEATED.take();
    if let Some(turn) = turn {
        SEATS.change(|state| state.leave(turn));
    }
    turn
}

/// A thread that has a seat until this goes.
struct Seat;

impl Seat {
    fn taken(turn: Turn) -> Self {
        sit(turn);
        Self
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        stand();
    }
}

/// A thread that has given up its seat, if it had one, and takes one again when this goes.
struct Standing(Option<Turn>);

impl Standing {
    fn up() -> Self {
        Self(stand())
    }
}

impl Drop for Standing {
    fn drop(&mut self) {
        if let Some(turn) = self.0 {
            sit(turn);
        }
    }
}

/// One who does what others wait for, until this goes.
struct Leading;

impl Leading {
    fn begin() -> Self {
        SEATS.change(|state| state.leading += 1);
        Self
    }
}

impl Drop for Leading {
    fn drop(&mut self) {
        SEATS.change(|state| state.leading -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rayon::prelude::*;

    /// Shares out work as a part does that is set, and uses some stack meanwhile.
    fn shared_out(task: usize) -> usize {
        let frame = [task; 8 << 10];
        let shares: usize = (0..64_usize).into_par_iter().map(|share| share % 2).sum();
        frame[task % frame.len()] + shares
    }

    #[test]
    fn tasks_that_share_out_their_work_do_not_pile_up_on_one_stack() {
        for threads in [1, 2, 16] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            let pool = pool.build().expect("a pool");
            // From inside a pool and from outside.
            let inside = pool.install(|| side_by_side((0..2_000).collect(), shared_out));
            let outside = side_by_side((0..2_000).collect(), shared_out);
            let expected: Vec<usize> = (32..2_032).collect();
            assert_eq!(inside, expected);
            assert_eq!(outside, expected);
        }
    }

    #[test]
    fn no_more_are_at_work_than_are_asked_for() {
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let all = at_most(1, (0..40).collect(), |task: u32| {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            thread::yield_now();
            now.fetch_sub(1, Ordering::SeqCst);
            task
        });
        assert_eq!(all, (0..40).collect::<Vec<_>>());
        assert_eq!(most.into_inner(), 1);
    }

    #[test]
    fn tasks_that_hire_a_crew_themselves_are_done_however_many_they_are() {
        let sums = side_by_side((0..40_u64).collect(), |task| {
            side_by_side((0..task).collect(), |inner| inner + 1)
                .into_iter()
                .sum::<u64>()
        });
        let expected: Vec<u64> = (0..40).map(|task| task * (task + 1) / 2).collect();
        assert_eq!(sums, expected);
    }

    #[test]
    fn what_can_wait_is_done_however_many_wait_for_it() {
        let numbers: Vec<u32> = (0..40).collect();
        let done = side_by_side(numbers.clone(), |_| {
            first_and_behind(
                || side_by_side(numbers.clone(), |task| task),
                || behind_others(numbers.clone(), |task| task),
            )
        });
        assert_eq!(done, vec![(numbers.clone(), numbers.clone()); 40]);
    }

    #[test]
    fn a_core_is_left_for_what_others_wait_for() {
        let mut state = State {
            free: 2,
            first: 0,
            waiting: 0,
            leading: 1,
        };
        assert!(state.is_free(Turn::Behind));
        state.take(Turn::Behind);
        assert!(!state.is_free(Turn::Behind));
        assert!(state.is_free(Turn::First));
        state.leave(Turn::Behind);
        // Where it has its core, the other is for what can wait.
        state.take(Turn::First);
        assert!(state.is_free(Turn::Behind));
        // Unless another first task waits for it.
        state.waiting = 1;
        assert!(!state.is_free(Turn::Behind));
    }

    #[test]
    fn nothing_to_do_is_done_at_once() {
        assert!(side_by_side(Vec::<u8>::new(), |task| task).is_empty());
    }
}
