//! One thread and virtual time: every process of the world is a task, and the task with the earliest timer goes on.
//!
//! A process that crashes is a task that is dropped where it waits. Nothing here depends on a real clock, a thread or
//! the order of a hash map, so that the same seed gives the same history.

use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use domain::time::Timestamp;

/// A task: its place, and how often the place was used before, so that an old timer finds nobody.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TaskNo {
    place: usize,
    use_of_place: u32,
}

struct Task {
    work: Pin<Box<dyn Future<Output = ()>>>,
    /// After this moment the task is gone: what Lambda does to a function that takes too long.
    deadline: Option<Timestamp>,
}

/// When a task goes on. The earliest comes first, and of two at one moment the one that was set first.
struct Timer {
    at: Timestamp,
    order: u64,
    task: TaskNo,
}

impl Ord for Timer {
    fn cmp(&self, other: &Self) -> Ordering {
        // The other way round: the heap gives the highest. One comparison of one number, because it is made so often.
        let key = |timer: &Self| (i128::from(timer.at.millis()) << 64) | i128::from(timer.order);
        key(other).cmp(&key(self))
    }
}

impl PartialOrd for Timer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Timer {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Timer {}

#[derive(Default)]
struct Place {
    task: Option<Task>,
    uses: u32,
}

#[derive(Default)]
struct Agenda {
    places: Vec<Place>,
    free: Vec<usize>,
    timers: BinaryHeap<Timer>,
    timers_set: u64,
}

impl Agenda {
    fn begin(&mut self, task: Task) -> TaskNo {
        let place = self.free.pop().unwrap_or(self.places.len());
        if place == self.places.len() {
            self.places.push(Place::default());
        }
        let mut number = TaskNo { place, use_of_place: 0 };
        if let Some(found) = self.places.get_mut(place) {
            found.task = Some(task);
            number.use_of_place = found.uses;
        }
        number
    }

    fn take(&mut self, number: TaskNo) -> Option<Task> {
        self.places.get_mut(number.place).filter(|place| place.uses == number.use_of_place)?.task.take()
    }

    fn put_back(&mut self, number: TaskNo, task: Task) {
        if let Some(place) = self.places.get_mut(number.place) {
            place.task = Some(task);
        }
    }

    fn end(&mut self, number: TaskNo) {
        if let Some(place) = self.places.get_mut(number.place) {
            place.uses += 1;
            self.free.push(number.place);
        }
    }
}

/// The scheduler.
pub(crate) struct Kernel {
    agenda: RefCell<Agenda>,
    now: Cell<Timestamp>,
    current: Cell<TaskNo>,
    /// The deadline of the current task.
    deadline: Cell<Option<Timestamp>>,
    doomed: Cell<bool>,
}

impl Kernel {
    /// A scheduler whose time begins at `now`.
    pub(crate) fn starting(now: Timestamp) -> Self {
        Self {
            agenda: RefCell::default(),
            now: Cell::new(now),
            current: Cell::default(),
            deadline: Cell::default(),
            doomed: Cell::default(),
        }
    }

    /// The virtual time.
    pub(crate) fn now(&self) -> Timestamp {
        self.now.get()
    }

    /// Begins a task at a moment; with a limit it is dropped that span later.
    pub(crate) fn spawn(&self, at: Timestamp, limit: Option<Duration>, work: impl Future<Output = ()> + 'static) {
        let deadline = limit.map(|limit| at.plus(limit));
        let task = self.agenda.borrow_mut().begin(Task { work: Box::pin(work), deadline });
        self.wake(task, at);
    }

    /// Gives the current task so long from now on.
    pub(crate) fn limit(&self, limit: Duration) {
        self.deadline.set(Some(self.now().plus(limit)));
    }

    /// Lets a task go on at a moment.
    fn wake(&self, task: TaskNo, at: Timestamp) {
        let mut agenda = self.agenda.borrow_mut();
        agenda.timers_set += 1;
        let order = agenda.timers_set;
        agenda.timers.push(Timer { at, order, task });
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
        std::future::pending::<()>().await;
    }

    /// Lets time pass, and every task go on whose moment comes.
    pub(crate) fn pass(&self, span: Duration) {
        let until = self.now().plus(span);
        while let Some(timer) = self.next(until) {
            self.go_on(timer.at, timer.task);
        }
        self.now.set(until);
    }

    fn next(&self, until: Timestamp) -> Option<Timer> {
        let timers = &mut self.agenda.borrow_mut().timers;
        timers.peek().filter(|timer| timer.at <= until)?;
        timers.pop()
    }

    /// Lets a task go on, up to its next wait.
    fn go_on(&self, at: Timestamp, number: TaskNo) {
        let found = self.agenda.borrow_mut().take(number);
        let Some(mut task) = found else { return };
        self.now.set(at.max(self.now()));
        self.current.set(number);
        self.doomed.set(false);
        self.deadline.set(task.deadline);
        let is_late = task.deadline.is_some_and(|deadline| self.now() > deadline);
        let is_over = is_late || task.work.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready();
        if is_over || self.doomed.get() {
            self.agenda.borrow_mut().end(number);
            // What the task leaves behind may begin other tasks.
            drop(task);
        } else {
            task.deadline = self.deadline.get();
            self.agenda.borrow_mut().put_back(number, task);
        }
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
