//! When a webhook is tried again (external contracts, sections 4.1 and 4.2): eight attempts over a good day, for which whoever is
//! told may ask for a little more time, and never for less.

use std::time::Duration;

use crate::time::Timestamp;

/// The waits between attempts.
const WAITS: [Duration; 7] = [
    Duration::from_secs(5),
    Duration::from_mins(5),
    Duration::from_mins(30),
    Duration::from_hours(2),
    Duration::from_hours(5),
    Duration::from_hours(10),
    Duration::from_hours(10),
];
/// The shortest wait for somebody who has too much to do, or does not answer.
const BREATHING_SPACE: Duration = Duration::from_mins(1);

/// What came of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// An answer with this status, and the wait that it asks for.
    Answered {
        /// The status.
        status: u16,
        /// What `Retry-After` says.
        retry_after: Option<Duration>,
    },
    /// No connection could be made.
    NotConnected,
    /// No answer came in time; it may have been heard.
    Silent,
    /// The address is none to which we connect.
    Forbidden,
}

impl Outcome {
    /// Whether it counts as told.
    #[must_use]
    pub fn is_success(self) -> bool {
        matches!(self, Self::Answered { status: 200..=299, .. })
    }
}

/// What follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It was told.
    Told,
    /// It is tried again.
    Again {
        /// When.
        at: Timestamp,
    },
    /// That was the last attempt.
    GivenUp,
    /// The endpoint says that it is no more, and is told nothing again.
    Gone,
}

/// What follows from the outcome of an attempt, counted from 1.
#[must_use]
pub fn next(outcome: Outcome, attempt: u32, (now, random): (Timestamp, u64)) -> Next {
    if outcome.is_success() {
        return Next::Told;
    }
    let (asked, needs_space) = match outcome {
        Outcome::Answered { status: 410, .. } => return Next::Gone,
        Outcome::Answered { status, retry_after } => (retry_after, matches!(status, 429 | 502 | 504)),
        Outcome::Silent => (None, true),
        Outcome::NotConnected | Outcome::Forbidden => (None, false),
    };
    let wait = usize::try_from(attempt).ok().and_then(|attempt| WAITS.get(attempt.checked_sub(1)?));
    let Some(wait) = wait.copied() else { return Next::GivenUp };
    let wait = if needs_space { wait.max(BREATHING_SPACE) } else { wait };
    let wait = asked.map_or_else(|| jittered(wait, random), |asked| asked.clamp(wait, wait * 2));
    Next::Again { at: now.plus(wait) }
}

/// A wait that is up to a fifth shorter or longer: those who failed together do not come back together.
fn jittered(wait: Duration, random: u64) -> Duration {
    let millis = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
    let fifth = millis / 5;
    Duration::from_millis(millis - fifth + random % (fifth * 2 + 1))
}

/// The wait that a `Retry-After` asks for: seconds, also broken ones, or a date (RFC 9110, section 10.2.3).
#[must_use]
pub fn retry_after(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let at = jiff::fmt::rfc2822::parse(text).ok()?;
    Some(Timestamp::from_millis(at.timestamp().as_millisecond()).since(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_705_313_280);

    fn answered(status: u16) -> Outcome {
        Outcome::Answered { status, retry_after: None }
    }

    fn wait(outcome: Outcome, attempt: u32, random: u64) -> Duration {
        match next(outcome, attempt, (NOW, random)) {
            Next::Again { at } => at.since(NOW),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn eight_attempts_with_the_waits_of_the_contract() {
        for (attempt, seconds) in [(1, 5), (2, 300), (3, 1800), (4, 7200), (5, 18_000), (6, 36_000), (7, 36_000)] {
            let wait = |random| wait(answered(500), attempt, random);
            let span = Duration::from_secs(seconds);
            assert_eq!((wait(0), wait(u64::try_from(span.as_millis()).unwrap() / 5)), (span * 4 / 5, span));
            for random in [1, 77_777, u64::MAX] {
                assert!(wait(random) >= span * 4 / 5 && wait(random) <= span * 6 / 5, "{attempt}");
            }
        }
        assert_eq!(next(answered(500), 8, (NOW, 0)), Next::GivenUp);
        assert_eq!(next(answered(500), u32::MAX, (NOW, 0)), Next::GivenUp);
    }

    #[test]
    fn only_2xx_is_told_and_410_is_for_good() {
        for status in [200, 202, 204, 299] {
            assert_eq!(next(answered(status), 1, (NOW, 0)), Next::Told, "{status}");
        }
        for status in [100, 199, 300, 301, 302, 307, 308, 400, 401, 404, 500, 503] {
            assert!(matches!(next(answered(status), 1, (NOW, 0)), Next::Again { .. }), "{status}");
        }
        assert_eq!(next(answered(410), 1, (NOW, 0)), Next::Gone);
        assert!(matches!(next(Outcome::Forbidden, 1, (NOW, 0)), Next::Again { .. }), "a name may resolve well again");
    }

    #[test]
    fn who_is_overburdened_or_silent_gets_a_minute() {
        for outcome in [answered(429), answered(502), answered(504), Outcome::Silent] {
            assert!(wait(outcome, 1, 0) >= BREATHING_SPACE * 4 / 5, "{outcome:?}");
            assert!(wait(outcome, 2, 0) >= Duration::from_mins(4), "{outcome:?}");
        }
        assert!(wait(Outcome::NotConnected, 1, 0) < Duration::from_secs(7));
    }

    #[test]
    fn what_is_asked_for_counts_between_once_and_twice_the_wait() {
        let asked = |seconds, attempt| {
            let retry_after = Some(Duration::from_secs(seconds));
            wait(Outcome::Answered { status: 503, retry_after }, attempt, 0).as_secs()
        };
        assert_eq!((asked(0, 1), asked(7, 1), asked(3600, 1)), (5, 7, 10));
        assert_eq!((asked(60, 2), asked(400, 2), asked(u64::MAX, 2)), (300, 400, 600));
        let throttled = Outcome::Answered { status: 429, retry_after: Some(Duration::from_secs(90)) };
        assert_eq!(wait(throttled, 1, 0).as_secs(), 90);
    }

    #[test]
    fn a_wait_comes_as_seconds_or_as_a_date() {
        let of = |text: &str| retry_after(text, NOW).map(|wait| wait.as_millis());
        assert_eq!((of("120"), of(" 1.5 "), of("0")), (Some(120_000), Some(1_500), Some(0)));
        assert_eq!(of("Mon, 15 Jan 2024 10:10:00 GMT"), Some(120_000));
        assert_eq!(of("Mon, 15 Jan 2024 09:00:00 GMT"), Some(0), "a date that is over asks for nothing");
        for text in ["", "-1", "soon", "NaN", "inf", "1e400", "Mon, 99 Jan 2024 10:10:00 GMT"] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
