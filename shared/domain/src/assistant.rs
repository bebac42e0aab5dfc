//! The assistant's turn in a thread: when it is due, who may take it, and how often it is tried.
//!
//! A burst of messages gets one reply. A turn is taken by a lease, generated outside of any lock, and committed only
//! while the thread is as it was when the turn was taken: after a human took over, or a further message came, the words
//! that were generated are never said.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::alert::Severity;
use crate::care::Care;
use crate::ids::Seq;
use crate::read::HOLE_AGE;
use crate::responder::{ExpertiseLevel, Responder};
use crate::thread::Thread;
use crate::time::Timestamp;

/// How long the patient must be quiet before the assistant answers.
pub const DEBOUNCE: Duration = Duration::from_secs(3);
/// How long a turn belongs to its worker (contract A-25).
pub const LEASE: Duration = Duration::from_secs(30);
/// Lists are said to be unchanged once a change has settled: what passes by itself must have passed by then.
const _: () = assert!(LEASE.as_secs() <= HOLE_AGE.as_secs());
/// How often a reply is generated for one burst: once, and twice again when the patient wrote meanwhile.
pub const GENERATIONS: u32 = 3;

/// What the assistant is about to do in a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assistant {
    /// Whether it may answer at all; a danger takes that away until a human gives it back.
    pub enabled: bool,
    /// How much medicine its answers may presume.
    #[serde(default)]
    pub expertise_level: ExpertiseLevel,
    /// What the clinician told it when the thread was handed to it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub instructions: Option<String>,
    /// Up to here the patient's messages are answered, or are not its to answer.
    #[serde(default)]
    pub answered: Seq,
    /// When its turn is due; absent when it owes no reply.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub due: Option<Timestamp>,
    /// Until when a worker has its turn.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub responding_until: Option<Timestamp>,
    /// How often a reply to the burst at hand was begun.
    #[serde(default)]
    pub generations: u32,
    /// Whether the model could not answer the last time, and somebody was told.
    #[serde(default)]
    pub degraded: bool,
    /// How worried the model was, as far as an open alert says so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub worry: Option<Severity>,
}

impl Default for Assistant {
    fn default() -> Self {
        Self {
            enabled: true,
            expertise_level: ExpertiseLevel::default(),
            instructions: None,
            answered: Seq::START,
            due: None,
            responding_until: None,
            generations: 0,
            degraded: false,
            worry: None,
        }
    }
}

/// What a worker does about a thread's turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// There is none.
    None,
    /// Nothing before then: the patient may still be writing.
    Wait {
        /// The first moment at which to look again.
        until: Timestamp,
    },
    /// Another worker has it until then.
    Taken {
        /// The end of its lease.
        until: Timestamp,
    },
    /// Take it, and answer with these means.
    Take(Means),
}

/// With what a reply is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// The configured model.
    Model,
    /// The rules alone, which take no time: the model was begun as often as it may be for this burst.
    Rules,
}

impl Assistant {
    /// Whether a worker has its turn.
    #[must_use]
    pub fn is_responding(&self, now: Timestamp) -> bool {
        self.responding_until.is_some_and(|until| now < until)
    }

    /// After somebody else took over: nothing is owed, and what is being generated will not be said.
    #[must_use]
    pub fn silenced(mut self) -> Self {
        self.due = None;
        self.responding_until = None;
        self.generations = 0;
        self
    }

    /// When the sweeper has to look after its turn: some seconds after it is due, or when its lease ends.
    #[must_use]
    pub fn job_due(&self) -> Option<Timestamp> {
        let due = self.due?;
        Some(self.responding_until.unwrap_or_else(|| due.plus(DEBOUNCE * 3)))
    }
}

impl Care {
    /// After a subject wrote who waits for the answer at the other end of the request: whoever keeps the message has the turn.
    /// When that process dies, the worker answers.
    #[must_use]
    pub fn answering_now(mut self, now: Timestamp) -> Self {
        if self.responder == Responder::Assistant && self.assistant.enabled {
            self.assistant.due = Some(now);
            self.assistant.responding_until = Some(now.plus(LEASE));
            self.assistant.generations = 1;
        }
        self
    }

    /// After the patient wrote: the assistant owes a reply when it is the one who answers.
    #[must_use]
    pub fn owing_reply(mut self, now: Timestamp) -> Self {
        if self.responder == Responder::Assistant && self.assistant.enabled {
            if self.assistant.due.is_none() {
                self.assistant.generations = 0;
            }
            self.assistant.due = Some(now.plus(DEBOUNCE));
            // What is being generated does not know of this message and will not be said.
            self.assistant.responding_until = None;
        }
        self
    }
}

impl Thread {
    /// What a worker does about the assistant's turn.
    #[must_use]
    pub fn turn(&self, now: Timestamp) -> Turn {
        let assistant = &self.care.assistant;
        let is_its_own = self.care.responder == Responder::Assistant && assistant.enabled;
        let Some(due) = assistant.due.filter(|_| is_its_own && assistant.answered < self.last_in) else {
            return Turn::None;
        };
        match assistant.responding_until {
            _ if now < due => Turn::Wait { until: due },
            Some(until) if now < until => Turn::Taken { until },
            _ if assistant.generations >= GENERATIONS => Turn::Take(Means::Rules),
            _ => Turn::Take(Means::Model),
        }
    }

    /// The care of this thread while a worker has the turn.
    #[must_use]
    pub fn with_turn_taken(&self, now: Timestamp) -> Care {
        let mut care = self.care.clone();
        care.assistant.responding_until = Some(now.plus(LEASE));
        care.assistant.generations = care.assistant.generations.saturating_add(1);
        care
    }

    /// Whether the turn that was taken on `leased` may still be ended by words: the patient wrote nothing since, nobody else
    /// answered, and the turn was not taken away. Whatever else changed meanwhile is no reason to be silent.
    #[must_use]
    pub fn still_has_turn_of(&self, leased: &Self) -> bool {
        // Whom somebody told meanwhile is not part of the turn.
        let turn = |thread: &Self| Assistant { worry: None, degraded: false, ..thread.care.assistant.clone() };
        (self.last_in, self.last_out) == (leased.last_in, leased.last_out)
            && self.care.responder == leased.care.responder
            && turn(self) == turn(leased)
    }

    /// The care of this thread once its turn is taken away: what is owed is for a human to say.
    #[must_use]
    pub fn with_turn_lost(&self) -> Care {
        Care { assistant: self.care.assistant.clone().silenced(), ..self.care.clone() }
    }

    /// The care of this thread once the assistant has answered everything that the patient wrote.
    #[must_use]
    pub fn with_turn_done(&self) -> Care {
        let mut care = self.care.clone();
        care.assistant = care.assistant.silenced();
        care.assistant.answered = self.last_in;
        care
    }
}

#[cfg(test)]
mod tests;
