//! One thread and virtual time: every process of the world is a task, and the task with the earliest timer goes on.
//!
//! A process that crashes is a task that is dropped where it waits. Nothing here depends on a real clock, a thread or
//! the order of a hash map, so that the same seed gives the same history.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use domain::time::Timestamp;

/// The number of a task; never used twice.
pub(crate) type TaskNo = u64;

struct Task {
    work: Pin<Box<dyn Future<Output = ()>>>,
    /// After this moment the task is gone: what Lambda does to a function that takes too long.
    deadline: Option<Timestamp>,
}

#[derive(Default)]
struct Agenda {
    tasks: BTreeMap<TaskNo, Task>,
    timers: BinaryHeap<Reverse<(Timestamp, u64, TaskNo)>>,
    tasks_begun: TaskNo,
    timers_set: u64,
}

/// The scheduler.
pub(crate) struct Kernel {
    agenda: RefCell<Agenda>,
    now: Cell<Timestamp>,
    current: Cell<TaskNo>,
    doomed: Cell<bool>,
}

impl Kernel {
    /// A scheduler whose time begins at `now`.
    pub(crate) fn starting(now: Timestamp) -> Self {
        Self { agenda: RefCell::default(), now: Cell::new(now), current: Cell::new(0), doomed: Cell::new(false) }
    }

    /// The virtual time.
    pub(crate) fn now(&self) -> Timestamp {
        self.now.get()
    }

    /// Begins a task now; with a limit it is dropped after that span.
    pub(crate) fn spawn(&self, limit: Option<Duration>, work: impl Future<Output = ()> + 'static) {
        let mut agenda = self.agenda.borrow_mut();
        agenda.tasks_begun += 1;
        let task = agenda.tasks_begun;
        let deadline = limit.map(|limit| self.now().plus(limit));
        agenda.tasks.insert(task, Task { work: Box::pin(work), deadline });
        drop(agenda);
        self.wake(task, self.now());
    }

    /// Lets a task go on at a moment.
    fn wake(&self, task: TaskNo, at: Timestamp) {
        let mut agenda = self.agenda.borrow_mut();
        agenda.timers_set += 1;
        let order = agenda.timers_set;
        agenda.timers.push(Reverse((at, order, task)));
    }

    /// Waits for a span of virtual time.
    pub(crate) async fn sleep(&self, span: Duration) {
        self.sleep_until(self.now().plus(span)).await;
    }

    /// Waits for a moment of virtual time.
    pub(crate) async fn sleep_until(&self, until: Timestamp) {
        let mut is_set = false;
        poll_fn(|_| {
            if self.now() >= until {
                return Poll::Ready(());
            }
            if !is_set {
                is_set = true;
                self.wake(self.current.get(), until);
            }
            Poll::Pending
        })
        .await;
    }

    /// Ends the current task here and now, as a crash does.
    pub(crate) async fn crash(&self) {
        self.doomed.set(true);
        std::future::pending().await
    }

    /// When the next task goes on; absent when nothing is left to happen.
    pub(crate) fn next_moment(&self) -> Option<Timestamp> {
        self.agenda.borrow().timers.peek().map(|Reverse((at, _, _))| *at)
    }

    /// Lets the next task go on, up to its next wait.
    pub(crate) fn step(&self) {
        let next = self.agenda.borrow_mut().timers.pop();
        let Some(Reverse((at, _, number))) = next else { return };
        let found = self.agenda.borrow_mut().tasks.remove(&number);
        let Some(mut task) = found else { return };
        self.now.set(at.max(self.now()));
        if task.deadline.is_some_and(|deadline| self.now() > deadline) {
            return;
        }
        self.current.set(number);
        self.doomed.set(false);
        let is_over = task.work.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready();
        if !is_over && !self.doomed.get() {
            self.agenda.borrow_mut().tasks.insert(number, task);
        }
    }

    /// How many tasks have not ended.
    pub(crate) fn tasks(&self) -> usize {
        self.agenda.borrow().tasks.len()
    }

    /// Drops every task: they hold the world, and the world holds them.
    pub(crate) fn clear(&self) {
        let agenda = self.agenda.take();
        drop(agenda);
    }
}

/// The answer of one process to another that waits for it.
pub(crate) struct Reply<T>(Rc<Shared<T>>);

struct Shared<T> {
    value: RefCell<Option<T>>,
    waiting: Cell<Option<TaskNo>>,
}

impl<T> Clone for Reply<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> Reply<T> {
    /// An answer that is not there yet.
    pub(crate) fn pending() -> Self {
        Self(Rc::new(Shared { value: RefCell::new(None), waiting: Cell::new(None) }))
    }

    /// Gives the answer.
    pub(crate) fn give(&self, kernel: &Kernel, value: T) {
        self.0.value.borrow_mut().get_or_insert(value);
        if let Some(task) = self.0.waiting.take() {
            kernel.wake(task, kernel.now());
        }
    }

    /// Waits for the answer, at most for `limit`.
    pub(crate) async fn wait(&self, kernel: &Kernel, limit: Duration) -> Option<T> {
        let until = kernel.now().plus(limit);
        let mut is_set = false;
        poll_fn(|_| {
            let value = self.0.value.borrow_mut().take();
            if value.is_some() || kernel.now() >= until {
                return Poll::Ready(value);
            }
            self.0.waiting.set(Some(kernel.current.get()));
            if !is_set {
                is_set = true;
                kernel.wake(kernel.current.get(), until);
            }
            Poll::Pending
        })
        .await
    }
}
