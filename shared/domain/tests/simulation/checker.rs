//! The checker: what must be true of the history once the world has come to rest.

use std::collections::BTreeMap;
use std::rc::Rc;

use domain::ids::ThreadNo;
use domain::message::Message;
use domain::thread::Thread;

use crate::history::{Check, Violation};
use crate::table::value::Value;
use crate::world::World;

mod assistant;
mod inbound;
mod phones;
mod readers;
mod requests;
mod threads;

/// Everything that is kept in the end.
pub(crate) struct Kept {
    pub(crate) threads: BTreeMap<ThreadNo, Rc<Thread>>,
    /// By thread, in order.
    pub(crate) messages: BTreeMap<ThreadNo, Vec<Rc<Message>>>,
}

impl Kept {
    fn of(world: &World) -> Self {
        let mut kept = Self { threads: BTreeMap::new(), messages: BTreeMap::new() };
        for value in world.tables().all() {
            match value {
                Value::Thread(thread) => {
                    kept.threads.insert(thread.thread, Rc::clone(thread));
                }
                Value::Message(message) => kept.messages.entry(message.thread).or_default().push(Rc::clone(message)),
                _ => {}
            }
        }
        kept
    }

    fn all_messages(&self) -> impl Iterator<Item = &Rc<Message>> {
        self.messages.values().flatten()
    }
}

/// Checks a world at rest.
pub(crate) fn check(world: &World) -> Vec<Violation> {
    let kept = Kept::of(world);
    let mut findings = Findings(std::mem::take(&mut world.history().violations));
    requests::check(world, &kept, &mut findings);
    threads::check(world, &kept, &mut findings);
    readers::check(world, &kept, &mut findings);
    inbound::check(world, &kept, &mut findings);
    phones::check(world, &kept, &mut findings);
    assistant::check(world, &kept, &mut findings);
    let mut violations = findings.0;
    violations.sort_by_key(|violation| violation.check);
    violations
}

/// What was found.
pub(crate) struct Findings(Vec<Violation>);

impl Findings {
    fn add(&mut self, check: Check, thread: ThreadNo, text: String) {
        if self.0.iter().filter(|violation| violation.check == check).count() < 5 {
            self.0.push(Violation { check, thread: Some(thread), text });
        }
    }
}
