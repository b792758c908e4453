//! A crew of workers for long tasks in parallel: reading files, setting parts.
//!
//! A task may itself share out its work to the cores. In one pool for both, a worker that waits for
//! its shares begins another task meanwhile, on the same stack, and in that a third: a hundred
//! parts are enough to use up any stack. So whole tasks are done by threads of their own, each
//! finishing one before it takes the next, and the pool has only the shares.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How deep a worker's stack is, in bytes. Only what is used of it takes memory.
const STACK: usize = 16 << 20;

/// Does each task once, as many at a time as there are cores, and gives the results in the order
/// of the tasks.
pub(crate) fn side_by_side<T, R, F>(tasks: Vec<T>, work: F) -> Vec<R>
where
    T: Send,
    R: Send,
    F: Fn(T) -> R + Sync,
{
    at_most(usize::MAX, tasks, work)
}

/// As [`side_by_side`], with no more tasks at a time than given, for those that take much memory.
pub(crate) fn at_most<T, R, F>(most: usize, tasks: Vec<T>, work: F) -> Vec<R>
where
    T: Send,
    R: Send,
    F: Fn(T) -> R + Sync,
{
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
            done.extend(task.map(|task| (at, work(task))));
        }
    };
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
    fn nothing_to_do_is_done_at_once() {
        assert!(side_by_side(Vec::<u8>::new(), |task| task).is_empty());
    }
}
