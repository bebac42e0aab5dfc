//! How a thread is cared for: who answers it, how worried somebody should be, what it is about and what is due.
//!
//! Everything that decisions about a thread rest on beside its messages stands here, and changes under one counter
//! (`revision` of the thread), so that a write that was decided on an older state never happens.

use serde::{Deserialize, Serialize};

use crate::alert::{AlertKind, Severity};
use crate::assessment::Language;
use crate::assistant::Assistant;
use crate::ids::{ProviderId, Seq};
use crate::responder::Responder;
use crate::section::NamedTherapist;
use crate::task::Task;
use crate::thread::Assignee;
use crate::time::Timestamp;
use crate::triage::Triage;

/// How worried somebody should be about a thread. The order is the order of the triage queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// Nothing known.
    #[default]
    Low,
    /// Requires monitoring.
    Medium,
    /// Needs attention.
    High,
    /// Immediate intervention required.
    Critical,
}

impl Risk {
    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// The risk by its name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Low, Self::Medium, Self::High, Self::Critical].into_iter().find(|risk| risk.name() == name.trim())
    }

    /// The risk after an alert of this severity: an alert raises it and never lowers it.
    #[must_use]
    pub fn raised_by(self, severity: Severity) -> Self {
        self.max(match severity {
            Severity::Info => Self::Low,
            Severity::Warning => Self::Medium,
            Severity::Critical => Self::High,
            Severity::Emergency => Self::Critical,
        })
    }
}

/// The state of a thread that decisions rest on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Care {
    /// Who is responsible for it; absent while it waits in the queue. Assignment and responder are two facts: the
    /// assistant may answer a thread that is assigned to a doctor (document 000, DP-2.1).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub assigned: Option<Assignee>,
    /// The doctor whose thread it is, also while staff or the assistant answers.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub doctor: Option<ProviderId>,
    /// Who answers at present.
    #[serde(default)]
    pub responder: Responder,
    /// How worried somebody should be.
    #[serde(default)]
    pub risk: Risk,
    /// What the assistant is about to do.
    #[serde(default)]
    pub assistant: Assistant,
    /// What the thread is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub task: Option<Task>,
    /// When the next daily report is due; absent when none was asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub report_due: Option<Timestamp>,
    /// Up to when the last daily report tells; the next one goes on from there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reported_through: Option<Timestamp>,
    /// When the patient was last told where to find help.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub help_told: Vec<HelpTold>,
    /// The language in which the patient wrote last.
    #[serde(default)]
    pub language: Language,
    /// Its alerts.
    #[serde(default)]
    pub alerts: Tally,
    /// The number of its last observation.
    #[serde(default)]
    pub observations: Seq,
    /// The therapists who wrote in it, the last one last: of a conversation of document 001.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub therapists: Vec<NamedTherapist>,
    /// Its calls for a therapist.
    #[serde(default)]
    pub tags: Tally,
    /// The number of its last private note.
    #[serde(default)]
    pub notes: Seq,
    /// When somebody else must be told of its alerts, unless they are dealt with.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub escalation_due: Option<Timestamp>,
    /// How far the assessment of symptoms has come: of a conversation of document 003.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub triage: Option<Triage>,
}

/// What a patient in danger is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Help {
    /// Where somebody finds help whose life or safety is in danger.
    Crisis,
    /// That it can be a medical emergency.
    Medical,
}

/// When a patient was told where to find help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpTold {
    /// What they were told.
    pub help: Help,
    /// When, the last time.
    pub at: Timestamp,
}

/// How many of something a thread has had, and how many are open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// The number of the last one.
    pub last: Seq,
    /// How many nobody has dealt with.
    pub open: u32,
}

impl Care {
    /// After somebody took the thread to answer it themselves: the assistant says nothing more, and its follow-ups rest.
    /// Nothing changes when they answer it already.
    #[must_use]
    pub fn answered_by(&self, assignee: &Assignee) -> Self {
        let mut care = self.clone();
        if care.responder == Responder::of(assignee.role) && care.is_assigned_to(assignee.provider_id) {
            return care;
        }
        care.responder = Responder::of(assignee.role);
        if care.responder == Responder::Doctor {
            care.doctor = Some(assignee.provider_id);
        }
        care.assigned = Some(assignee.clone());
        care.without_assistant()
    }

    /// After the assistant was taken off the thread.
    #[must_use]
    pub fn without_assistant(mut self) -> Self {
        self.assistant = self.assistant.silenced();
        self.task = self.task.map(Task::paused);
        self
    }

    /// After a message that speaks of danger: a human answers, and the assistant may not until a human allows it.
    #[must_use]
    pub fn in_danger(mut self) -> Self {
        if self.responder == Responder::Assistant {
            self.responder = self.assigned.as_ref().map_or(Responder::Doctor, |assignee| Responder::of(assignee.role));
        }
        self.assistant.enabled = false;
        self.without_assistant()
    }

    /// After somebody dealt with an alert. When all are dealt with, nothing is known any more that worries; a model that is
    /// worried after this is worried anew.
    #[must_use]
    pub fn with_alert_acknowledged(mut self, kind: AlertKind) -> Self {
        self.alerts.open = self.alerts.open.saturating_sub(1);
        if self.alerts.open == 0 {
            self.risk = Risk::Low;
        }
        if kind == AlertKind::DangerDetected {
            self.assistant.worry = None;
        }
        self
    }

    /// After a therapist read an alert: the risk is theirs to set.
    #[must_use]
    pub fn with_alert_read(mut self, kind: AlertKind) -> Self {
        self.alerts.open = self.alerts.open.saturating_sub(1);
        if kind == AlertKind::DangerDetected {
            self.assistant.worry = None;
        }
        self
    }

    /// With a report every day, the first at `next`; without any; or as it is. What happened while none was wanted is in none.
    #[must_use]
    pub fn with_daily_report(mut self, wanted: Option<bool>, next: Timestamp) -> Self {
        match wanted {
            Some(true) => self.report_due = self.report_due.or(Some(next)),
            Some(false) => (self.report_due, self.reported_through) = (None, None),
            None => {}
        }
        self
    }

    /// Whether the thread is a provider's: assigned to them, or theirs while somebody else answers.
    #[must_use]
    pub fn is_of(&self, provider: ProviderId) -> bool {
        self.doctor == Some(provider) || self.is_assigned_to(provider)
    }

    /// Whether a provider is responsible for the thread.
    #[must_use]
    pub fn is_assigned_to(&self, provider: ProviderId) -> bool {
        self.assigned.as_ref().is_some_and(|assignee| assignee.provider_id == provider)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alert_raises_the_risk_and_never_lowers_it() {
        assert_eq!(Risk::Low.raised_by(Severity::Warning), Risk::Medium);
        assert_eq!(Risk::High.raised_by(Severity::Warning), Risk::High);
        assert_eq!(Risk::Medium.raised_by(Severity::Emergency), Risk::Critical);
        assert_eq!(Risk::Medium.raised_by(Severity::Info), Risk::Medium);
    }

    #[test]
    fn the_risk_lasts_until_every_alert_is_dealt_with() {
        let alerts = Tally { open: 2, ..Tally::default() };
        let care = Care { risk: Risk::Critical, alerts, ..Care::default() };
        let care = care.with_alert_acknowledged(AlertKind::AbnormalReading);
        assert_eq!(care.risk, Risk::Critical);
        assert_eq!(care.with_alert_acknowledged(AlertKind::NewMessage).risk, Risk::Low);
    }

    #[test]
    fn a_model_whose_alarm_was_dealt_with_may_alarm_again() {
        let mut care = Care { alerts: Tally { open: 2, ..Tally::default() }, ..Care::default() };
        care.assistant.worry = Some(Severity::Critical);
        let care = care.with_alert_acknowledged(AlertKind::CheckInsStopped);
        assert_eq!(care.assistant.worry, Some(Severity::Critical));
        assert_eq!(care.with_alert_acknowledged(AlertKind::DangerDetected).assistant.worry, None);
    }

    #[test]
    fn a_report_that_is_wanted_again_begins_anew() {
        let at = Timestamp::from_seconds;
        let care = Care { report_due: Some(at(5)), reported_through: Some(at(1)), ..Care::default() };
        let still = care.clone().with_daily_report(Some(true), at(9));
        assert_eq!((still.report_due, still.reported_through), (Some(at(5)), Some(at(1))));
        let again = care.with_daily_report(Some(false), at(9)).with_daily_report(Some(true), at(9));
        assert_eq!((again.report_due, again.reported_through), (Some(at(9)), None));
    }
}
