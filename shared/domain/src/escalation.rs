//! Alerts that nobody reads go on to the next therapist of the section.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::alert::{Alert, Severity};
use crate::ids::UserId;
use crate::time::Timestamp;

/// To whom an alert went on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// How often it went on.
    pub level: u32,
    /// The therapist whose it is now; absent when there is nobody left.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub to: Option<UserId>,
    /// When it went on last.
    pub at: Timestamp,
}

/// What is to be done about the alerts of a thread.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Round {
    /// Alerts that go on now, each as it was read and as it will be.
    pub on: Vec<(Alert, Escalation)>,
    /// When to look again.
    pub next: Option<Timestamp>,
}

/// Whether an alert must be read within the section's minutes.
#[must_use]
pub fn is_pressing(severity: Severity) -> bool {
    severity >= Severity::Critical
}

/// The alerts of a thread that go on now. `order` has the therapists in the order in which they are asked: the first has been
/// told when the alert was raised.
#[must_use]
pub fn round(alerts: &[Alert], order: &[UserId], (after, now): (Duration, Timestamp)) -> Round {
    let mut round = Round::default();
    let is_open = |alert: &&Alert| alert.acknowledged.is_none() && is_pressing(alert.severity);
    for alert in alerts.iter().filter(is_open) {
        let (level, since) = alert.escalation.map_or((0, alert.created), |last| (last.level, last.at));
        // There was nobody left: whoever reads it, reads it.
        if alert.escalation.is_some_and(|last| last.to.is_none()) {
            continue;
        }
        let due = since.plus(after);
        let mut next = Some(due);
        if due <= now {
            let level = level.saturating_add(1);
            let to = usize::try_from(level).ok().and_then(|place| order.get(place)).copied();
            round.on.push((alert.clone(), Escalation { level, to, at: now }));
            next = to.map(|_| now.plus(after));
        }
        round.next = [round.next, next].into_iter().flatten().min();
    }
    round
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alert::{Acknowledged, AlertKind};
    use crate::audit::Actor;
    use crate::ids::{AlertId, OrganizationId, Seq, ThreadNo};

    const AFTER: Duration = Duration::from_mins(15);

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_seconds(minutes * 60)
    }

    fn alert(severity: Severity) -> Alert {
        Alert {
            id: AlertId { thread: ThreadNo::from_random(1), seq: Seq::START.next() },
            organization_id: OrganizationId::new(21).unwrap(),
            section: None,
            kind: AlertKind::DangerDetected,
            severity,
            text: String::new(),
            message: None,
            created: at(0),
            acknowledged: None,
            escalation: None,
        }
    }

    fn therapists() -> [UserId; 2] {
        [20, 22].map(|id| UserId::new(id).unwrap())
    }

    #[test]
    fn an_unread_alert_goes_on_until_there_is_nobody_left() {
        let mut alert = alert(Severity::Emergency);
        let early = round(std::slice::from_ref(&alert), &therapists(), (AFTER, at(14)));
        assert_eq!((early.on.len(), early.next), (0, Some(at(15))));
        for (now, to, next) in [(15, Some(therapists()[1]), Some(at(30))), (31, None, None)] {
            let round = round(std::slice::from_ref(&alert), &therapists(), (AFTER, at(now)));
            assert_eq!((round.on[0].1.to, round.next), (to, next));
            alert.escalation = Some(round.on[0].1);
        }
        assert_eq!(round(&[alert], &therapists(), (AFTER, at(600))), Round::default());
    }

    #[test]
    fn what_was_read_or_does_not_press_stays() {
        let by = Actor::Therapist { user_id: therapists()[0] };
        let read = Alert { acknowledged: Some(Acknowledged { by, at: at(1) }), ..alert(Severity::Emergency) };
        assert_eq!(read.seconds_to_acknowledge(), Some(60));
        let round = round(&[read, alert(Severity::Warning)], &therapists(), (AFTER, at(60)));
        assert_eq!(round, Round::default());
    }
}
