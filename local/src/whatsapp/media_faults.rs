//! What is to go wrong with files at the simulated Meta, and the addresses that it gave.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use domain::time::Timestamp;
use serde::Deserialize;

/// A request about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Step {
    Upload,
    Describe,
    Download,
}

/// What goes wrong with the next request of a step.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MediaFault {
    at: Option<Step>,
    /// Refused with this code.
    pub(super) code: Option<u32>,
    /// Answered with this status and no code.
    pub(super) status: Option<u16>,
    /// The connection breaks instead of an answer.
    #[serde(default)]
    pub(super) timeout: bool,
    /// A description with another address.
    pub(super) url: Option<String>,
    /// A description with another size.
    pub(super) size: Option<u64>,
    /// A download of other bytes.
    #[serde(default)]
    pub(super) corrupt: bool,
    /// A download that breaks off in the middle.
    #[serde(default)]
    pub(super) cut: bool,
}

/// The script, and the addresses that were given with their ends.
#[derive(Debug, Default)]
pub(super) struct MediaFaults {
    next: Mutex<VecDeque<MediaFault>>,
    tickets: Mutex<BTreeMap<String, (String, Timestamp)>>,
}

impl MediaFaults {
    pub(super) fn set(&self, next: Vec<MediaFault>) {
        *self.next.lock().unwrap_or_else(PoisonError::into_inner) = next.into();
    }

    pub(super) fn next(&self, step: Step) -> MediaFault {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = next.iter().position(|fault| fault.at == Some(step));
        mine.and_then(|index| next.remove(index)).unwrap_or_default()
    }

    pub(super) fn ticket(&self, media_id: &str, (ticket, until): (String, Timestamp)) -> String {
        let mut tickets = self.tickets.lock().unwrap_or_else(PoisonError::into_inner);
        tickets.insert(ticket.clone(), (media_id.to_owned(), until));
        ticket
    }

    pub(super) fn named(&self, ticket: &str, now: Timestamp) -> Option<String> {
        let tickets = self.tickets.lock().unwrap_or_else(PoisonError::into_inner);
        tickets.get(ticket).filter(|(_, until)| now < *until).map(|(media_id, _)| media_id.clone())
    }
}
