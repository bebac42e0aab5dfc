//! The customer-service window of WhatsApp: free text reaches a patient only within 24 hours of their last message.

use std::time::Duration;

use crate::time::Timestamp;

/// How long the window stays open after the patient's last message.
pub const LENGTH: Duration = Duration::from_hours(24);

/// The window of one contact at one moment. It is always worked out from the last inbound message, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Free text may be sent until then.
    Open {
        /// The last moment.
        until: Timestamp,
    },
    /// Only templates may be sent.
    Closed {
        /// When it closed; absent when the patient has never written.
        expired_at: Option<Timestamp>,
    },
}

impl Window {
    /// The window at `now`, from the time of the patient's last message.
    #[must_use]
    pub fn at(now: Timestamp, last_inbound: Option<Timestamp>) -> Self {
        match last_inbound.map(|at| at.plus(LENGTH)) {
            Some(until) if now < until => Self::Open { until },
            expired_at => Self::Closed { expired_at },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closes_after_exactly_24_hours() {
        let wrote = Timestamp::from_seconds(1_000);
        let end = wrote.plus(LENGTH);
        let last_moment = end.minus(Duration::from_millis(1));
        assert_eq!(Window::at(last_moment, Some(wrote)), Window::Open { until: end });
        assert_eq!(Window::at(end, Some(wrote)), Window::Closed { expired_at: Some(end) });
        assert_eq!(Window::at(end, None), Window::Closed { expired_at: None });
    }
}
