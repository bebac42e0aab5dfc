//! Alerts that nobody reads go on to the next therapist of the section.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::alert::{Alert, Severity};
use crate::ids::UserId;
use crate::time::Timestamp;

/// Alerts that go on in one transaction; the others follow at once. Each is a row of its thread, two of its section, one of the
/// audit and two of an event, and a transaction has a hundred.
const MOST: usize = 14;

/// To whom an alert went on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// How often it went on.
    pub level: u32,
    /// The therapist whose it is now; absent when there is nobody left.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub to: Option<UserId>,
    /// When it went on last.
    pub at: Timestamp,
    /// Everybody whose it was, the first one too: who is new in the section has not been asked, whatever their place.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub asked: Vec<UserId>,
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
/// told when the alert was raised. Where there is none, the alert is the operator's.
#[must_use]
pub fn round(alerts: &[Alert], order: &[UserId], (after, now): (Duration, Timestamp)) -> Round {
    let mut round = Round::default();
    let is_open = |alert: &&Alert| alert.acknowledged.is_none() && is_pressing(alert.severity);
    for alert in alerts.iter().filter(is_open) {
        let last = alert.escalation.as_ref();
        // There was nobody left: whoever reads it, reads it.
        if last.is_some_and(|last| last.to.is_none()) {
            continue;
        }
        let due = last.map_or(alert.created, |last| last.at).plus(after);
        let next = if now < due {
            Some(due)
        } else if round.on.len() >= MOST {
            Some(now)
        } else {
            let on = goes_on(last, order, now);
            let next = on.to.map(|_| now.plus(after));
            round.on.push((alert.clone(), on));
            next
        };
        round.next = [round.next, next].into_iter().flatten().min();
    }
    round
}

fn goes_on(last: Option<&Escalation>, order: &[UserId], at: Timestamp) -> Escalation {
    let mut asked = match last {
        Some(last) => last.asked.clone(),
        None => order.first().copied().into_iter().collect(),
    };
    let to = order.iter().copied().find(|user| !asked.contains(user));
    asked.extend(to);
    Escalation { level: last.map_or(0, |last| last.level).saturating_add(1), to, at, asked }
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
            alert.escalation = Some(round.on[0].1.clone());
        }
        assert_eq!(round(&[alert], &therapists(), (AFTER, at(600))), Round::default());
    }

    #[test]
    fn whoever_joins_is_asked_and_nobody_twice() {
        let [lee, ann, new] = [20, 22, 19].map(|id| UserId::new(id).unwrap());
        let mut alert = alert(Severity::Emergency);
        for (now, order, to) in
            [(15, vec![lee, ann], Some(ann)), (30, vec![new, ann, lee], Some(new)), (45, vec![new, ann, lee], None)]
        {
            let round = round(std::slice::from_ref(&alert), &order, (AFTER, at(now)));
            assert_eq!(round.on[0].1.to, to);
            alert.escalation = Some(round.on[0].1.clone());
        }
    }

    #[test]
    fn where_nobody_is_the_operator_is_told() {
        let alert = alert(Severity::Emergency);
        let round = round(&[alert], &[], (Duration::ZERO, at(0)));
        assert_eq!((round.on[0].1.to, round.next), (None, None));
    }

    #[test]
    fn a_flood_goes_on_in_parts() {
        let mut alerts = vec![alert(Severity::Emergency); 60];
        let mut parts = Vec::new();
        loop {
            let round = round(&alerts, &therapists(), (AFTER, at(20)));
            parts.push((round.on.len(), round.next));
            if round.on.is_empty() {
                break;
            }
            let waiting = alerts.iter_mut().filter(|alert| alert.escalation.is_none());
            waiting.zip(&round.on).for_each(|(alert, (_, on))| alert.escalation = Some(on.clone()));
        }
        assert_eq!(parts.iter().map(|(on, _)| *on).collect::<Vec<_>>(), [14, 14, 14, 14, 4, 0]);
        assert_eq!((parts[0].1, parts[5].1), (Some(at(20)), Some(at(35))));
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
