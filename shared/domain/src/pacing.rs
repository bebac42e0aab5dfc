//! WhatsApp's limit per pair of sender and recipient: one message in 6 s, after a burst of 45.

use std::time::Duration;

use crate::time::Timestamp;

/// What one message costs of the pair's allowance.
pub const INTERVAL: Duration = Duration::from_secs(6);
/// How many messages may go at once.
pub const BURST: u32 = 45;

/// Whether a message may go now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// It may; keep `paid_until` for the next question.
    Go {
        /// The time up to which the allowance is then used (the theoretical arrival time of the generic cell rate
        /// algorithm, ITU-T I.371).
        paid_until: Timestamp,
    },
    /// Not before then.
    Wait {
        /// The first moment at which it may.
        until: Timestamp,
    },
}

/// Asks for one message to a recipient whose allowance is used up to `paid_until`.
#[must_use]
pub fn pace(now: Timestamp, paid_until: Option<Timestamp>) -> Pace {
    let used = paid_until.map_or(now, |until| until.max(now));
    let earliest = used.minus(INTERVAL * (BURST - 1));
    if earliest > now { Pace::Wait { until: earliest } } else { Pace::Go { paid_until: used.plus(INTERVAL) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_of_45_then_one_in_6_seconds() {
        let now = Timestamp::from_seconds(1_000);
        let mut paid = None;
        for _ in 0..BURST {
            let Pace::Go { paid_until } = pace(now, paid) else { panic!("the burst is 45") };
            paid = Some(paid_until);
        }
        let Pace::Wait { until } = pace(now, paid) else { panic!("the 46th must wait") };
        assert_eq!(until, now.plus(INTERVAL));
        assert!(matches!(pace(until, paid), Pace::Go { .. }));
        assert!(matches!(pace(now.plus(INTERVAL * BURST), paid), Pace::Go { .. }));
    }
}
