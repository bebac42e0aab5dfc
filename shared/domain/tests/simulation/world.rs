//! The world: everything that the processes share, and the chances that they take.

use std::cell::{Cell, RefCell, RefMut};
use std::future::Future;
use std::ops::Deref;
use std::rc::Rc;
use std::time::Duration;

use domain::ids::{OrganizationId, ThreadNo};
use domain::time::Timestamp;

use crate::counters::{Count, Counters};
use crate::desk::Desk;
use crate::faults::CRASH;
use crate::history::History;
use crate::kernel::{Kernel, Reply};
use crate::mutation::Mutation;
use crate::people::Person;
use crate::queue::Queue;
use crate::random::Random;
use crate::readers::Readers;
use crate::settings::Settings;
use crate::table::Tables;
use crate::whatsapp::Whatsapp;

/// When the world begins.
pub(crate) const BEGINNING: Timestamp = Timestamp::from_seconds(1_800_000_000);

/// A handle to the world; every process has one.
#[derive(Clone)]
pub(crate) struct World(Rc<Shared>);

/// What the processes share.
pub(crate) struct Shared {
    pub(crate) settings: Settings,
    pub(crate) kernel: Kernel,
    pub(crate) people: Vec<Person>,
    pub(crate) desk: Desk,
    is_calm: Cell<bool>,
    random: RefCell<Random>,
    tables: RefCell<Tables>,
    queue: RefCell<Queue>,
    whatsapp: RefCell<Whatsapp>,
    readers: RefCell<Readers>,
    history: RefCell<History>,
    counters: RefCell<Counters>,
}

impl Deref for World {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl World {
    /// A world in which nothing has happened yet.
    pub(crate) fn new(settings: Settings, people: Vec<Person>, desk: Desk) -> Self {
        let whatsapp = Whatsapp::with(people.len());
        Self(Rc::new(Shared {
            settings,
            kernel: Kernel::starting(BEGINNING),
            people,
            desk,
            is_calm: Cell::new(false),
            random: RefCell::new(Random::seeded(settings.seed)),
            tables: RefCell::default(),
            queue: RefCell::default(),
            whatsapp: RefCell::new(whatsapp),
            readers: RefCell::default(),
            history: RefCell::default(),
            counters: RefCell::default(),
        }))
    }

    /// Ends the world: its tasks hold it, and it holds its tasks. What they leave behind begins nothing any more.
    pub(crate) fn end(&self) {
        self.kernel.clear();
        self.kernel.clear();
    }

    /// Begins a process.
    pub(crate) fn spawn<F: Future<Output = ()> + 'static>(&self, work: impl FnOnce(Self) -> F) {
        self.spawn_after(Duration::ZERO, work);
    }

    /// Begins a process after a while.
    pub(crate) fn spawn_after<F: Future<Output = ()> + 'static>(&self, wait: Duration, work: impl FnOnce(Self) -> F) {
        self.kernel.spawn(self.now().plus(wait), None, work(self.clone()));
    }

    /// Begins a function that may run for `limit`, and hands out its answer.
    pub(crate) fn invoke<T: 'static, F: Future<Output = T> + 'static>(
        &self,
        limit: Duration,
        work: impl FnOnce(Self) -> F,
    ) -> Reply<T> {
        let reply = Reply::pending();
        let (answer, world, work) = (reply.clone(), self.clone(), work(self.clone()));
        self.kernel.spawn(self.now(), Some(limit), async move { answer.give(&world.kernel, work.await) });
        reply
    }
}

impl Shared {
    pub(crate) fn now(&self) -> Timestamp {
        self.kernel.now()
    }

    pub(crate) fn tables(&self) -> RefMut<'_, Tables> {
        self.tables.borrow_mut()
    }

    pub(crate) fn queue(&self) -> RefMut<'_, Queue> {
        self.queue.borrow_mut()
    }

    pub(crate) fn whatsapp(&self) -> RefMut<'_, Whatsapp> {
        self.whatsapp.borrow_mut()
    }

    pub(crate) fn readers(&self) -> RefMut<'_, Readers> {
        self.readers.borrow_mut()
    }

    pub(crate) fn history(&self) -> RefMut<'_, History> {
        self.history.borrow_mut()
    }

    pub(crate) fn take_counters(&self) -> Counters {
        self.counters.take()
    }

    pub(crate) fn count(&self, count: Count) {
        self.counters.borrow_mut().add(count, 1);
    }

    pub(crate) fn highest(&self, count: Count, value: usize) {
        self.counters.borrow_mut().highest(count, u64::try_from(value).unwrap_or(u64::MAX));
    }

    pub(crate) fn bits(&self) -> u64 {
        self.random.borrow_mut().bits()
    }

    pub(crate) fn between(&self, low: u64, high: u64) -> u64 {
        self.random.borrow_mut().between(low, high)
    }

    /// One of several.
    pub(crate) fn pick<T: Clone>(&self, from: &[T]) -> Option<T> {
        self.random.borrow_mut().pick(from).cloned()
    }

    pub(crate) fn millis(&self, low: u64, high: u64) -> Duration {
        self.random.borrow_mut().millis(low, high)
    }

    /// Whether something happens that is no trouble.
    pub(crate) fn chance(&self, per_mille: u64) -> bool {
        self.random.borrow_mut().chance(per_mille)
    }

    /// Whether a trouble comes. None do once the sea is calm.
    pub(crate) fn trouble(&self, per_mille: u64) -> bool {
        !self.is_calm.get() && self.chance(per_mille)
    }

    /// As [`Shared::trouble`], and counts it.
    pub(crate) fn struck(&self, per_mille: u64, count: Count) -> bool {
        let is_struck = self.trouble(per_mille);
        if is_struck {
            self.count(count);
        }
        is_struck
    }

    /// From now on nothing goes wrong.
    pub(crate) fn calm_down(&self) {
        self.is_calm.set(true);
    }

    /// Whether something is done wrong on purpose.
    pub(crate) fn is(&self, mutation: Mutation) -> bool {
        self.settings.mutation == Some(mutation)
    }

    /// Takes time, evenly between two numbers of milliseconds.
    pub(crate) async fn take(&self, low: u64, high: u64) {
        let span = self.millis(low, high);
        self.kernel.sleep(span).await;
    }

    /// A step at which a process may crash.
    pub(crate) async fn may_crash(&self, count: Count) {
        // Where a run comes by seldom, it must still die now and then.
        let is_rare = matches!(count, Count::CrashesInTurn | Count::CrashesInCheckIn | Count::SweeperCrashes);
        if self.struck(if is_rare { CRASH * 5 } else { CRASH }, count) {
            self.kernel.crash().await;
        }
    }

    /// Writes an event down when its thread is being traced.
    pub(crate) fn trace(&self, thread: ThreadNo, event: impl FnOnce() -> String) {
        if self.settings.traced == Some(thread) {
            let at = self.now().since(BEGINNING);
            self.history.borrow_mut().trace.push(format!("{:>10.3} {}", at.as_secs_f64(), event()));
        }
    }
}

/// The one organisation of the world.
pub(crate) fn organization() -> OrganizationId {
    OrganizationId::from_random(0)
}
