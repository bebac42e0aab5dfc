//! What a process remembers of the tables, because it never changes, or is not needed to the second.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::ids::{OrganizationId, SectionId, ThreadNo};
use domain::time::Timestamp;

/// More than a process meets; then it forgets everything and reads it again.
const MOST: usize = 10_000;

/// The memory of a process.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    owners: Mutex<BTreeMap<SectionId, OrganizationId>>,
    looks: Mutex<BTreeMap<(String, ThreadNo), Timestamp>>,
}

impl Memory {
    /// Whose a section is: once kept, it never becomes another organisation's.
    pub(crate) fn owner(&self, section: SectionId) -> Option<OrganizationId> {
        locked(&self.owners).get(&section).copied()
    }

    pub(crate) fn remember_owner(&self, section: SectionId, owner: OrganizationId) {
        put(&self.owners, section, owner);
    }

    /// When this process last marked that somebody looked at a thread.
    pub(crate) fn look(&self, reader: &str, thread: ThreadNo) -> Option<Timestamp> {
        locked(&self.looks).get(&(reader.to_owned(), thread)).copied()
    }

    pub(crate) fn remember_look(&self, reader: &str, thread: ThreadNo, at: Timestamp) {
        put(&self.looks, (reader.to_owned(), thread), at);
    }
}

fn put<K: Ord, V>(memory: &Mutex<BTreeMap<K, V>>, key: K, value: V) {
    let mut memory = locked(memory);
    if memory.len() >= MOST {
        memory.clear();
    }
    memory.insert(key, value);
}

fn locked<T>(memory: &Mutex<T>) -> MutexGuard<'_, T> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}
