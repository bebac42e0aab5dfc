//! What an error of the WhatsApp Cloud API means for the message (external contracts, section 1.7).
//!
//! Only `error.code` decides: HTTP statuses differ between copies of Meta's table, and titles are to disappear.

use std::time::Duration;

use crate::delivery::Failure;

/// The most attempts for a message that WhatsApp says it did not process.
pub const ATTEMPTS: u32 = 10;
/// Meta names 131000 "something went wrong" without more; two attempts are what it suggests.
const ATTEMPTS_UNKNOWN_FAULT: u32 = 2;
const LONGEST_BACKOFF: Duration = Duration::from_mins(10);

/// What to do about a refused send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorClass {
    /// Not processed: send again later.
    Retry {
        /// Give up after this many attempts.
        attempts: u32,
    },
    /// Not processed, because this one recipient gets too much (131056).
    SlowDown,
    /// It may have been processed: nobody knows until a status names it or the hold passes.
    Ambiguous,
    /// This message will never go.
    Permanent(Failure),
    /// Nothing will go until a person has acted: keep everything queued, stop sending, alarm.
    Account,
}

impl ErrorClass {
    /// Trouble of the service or on the way to it, which is over after a while.
    pub const PASSING: Self = Self::Retry { attempts: ATTEMPTS };
}

/// The class of an `error.code`; an answer without a code is ambiguous.
#[must_use]
pub fn classify(code: Option<u32>) -> ErrorClass {
    let Some(code) = code else { return ErrorClass::Ambiguous };
    match code {
        2 | 4 | 80_007 | 130_429 | 131_016 | 131_057 | 133_004 => ErrorClass::PASSING,
        131_056 => ErrorClass::SlowDown,
        131_047 => ErrorClass::Permanent(Failure::ReengagementRequired),
        131_050 => ErrorClass::Permanent(Failure::OptedOut),
        131_021 | 131_026 | 131_030 | 130_472 | 131_049 | 131_062 => ErrorClass::Permanent(Failure::Undeliverable),
        132_015 | 132_016 => ErrorClass::Permanent(Failure::TemplateUnavailable),
        100 | 131_008 | 131_009 | 131_051..=131_053 | 132_000..=132_999 => {
            ErrorClass::Permanent(Failure::ContentRefused)
        }
        0
        | 3
        | 10
        | 33
        | 190
        | 200..=299
        | 368
        | 130_497
        | 131_005
        | 131_031
        | 131_037
        | 131_042
        | 131_045
        | 131_048
        | 131_064
        | 133_010 => ErrorClass::Account,
        // 131000 "something went wrong", and codes that Meta added since: it said no, so nothing went, and another
        // attempt does no harm.
        _ => ErrorClass::Retry { attempts: ATTEMPTS_UNKNOWN_FAULT },
    }
}

/// How long to wait before attempt `attempt + 1`, with up to half of it drawn at random so that a fleet does not
/// come back at once. `SlowDown` waits 4^x s as Meta asks, the rest 2^x.
#[must_use]
pub fn backoff(class: ErrorClass, attempt: u32, random: u64) -> Duration {
    let factor: u64 = if class == ErrorClass::SlowDown { 4 } else { 2 };
    let seconds = factor.saturating_pow(attempt.saturating_sub(1)).max(1);
    let wait = Duration::from_secs(seconds).min(LONGEST_BACKOFF);
    let half_ms = u64::try_from(wait.as_millis() / 2).unwrap_or(u64::MAX);
    wait + Duration::from_millis(random % (half_ms + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_table_has_its_class() {
        let retry = |code| matches!(classify(Some(code)), ErrorClass::Retry { .. });
        assert!([4, 80_007, 130_429, 131_016, 131_057, 2, 131_000, 133_004].into_iter().all(retry));
        assert_eq!(classify(Some(131_056)), ErrorClass::SlowDown);
        assert_eq!(classify(None), ErrorClass::Ambiguous);
        assert_eq!(classify(Some(131_047)), ErrorClass::Permanent(Failure::ReengagementRequired));
        for code in [131_026, 131_021, 131_030, 130_472, 131_049, 131_062] {
            assert_eq!(classify(Some(code)), ErrorClass::Permanent(Failure::Undeliverable), "{code}");
        }
        assert_eq!(classify(Some(131_050)), ErrorClass::Permanent(Failure::OptedOut));
        for code in [100, 131_008, 131_009, 131_051, 131_052, 131_053, 132_000, 132_001, 132_005, 132_007, 132_008] {
            assert_eq!(classify(Some(code)), ErrorClass::Permanent(Failure::ContentRefused), "{code}");
        }
        for code in [132_015, 132_016] {
            assert_eq!(classify(Some(code)), ErrorClass::Permanent(Failure::TemplateUnavailable), "{code}");
        }
        for code in [0, 3, 10, 190, 200, 299, 33, 368, 130_497, 131_005, 131_031, 131_037, 131_042, 131_045, 131_048] {
            assert_eq!(classify(Some(code)), ErrorClass::Account, "{code}");
        }
    }

    #[test]
    fn backoff_grows_and_is_bounded() {
        assert_eq!(backoff(ErrorClass::SlowDown, 1, 0), Duration::from_secs(1));
        assert_eq!(backoff(ErrorClass::SlowDown, 3, 0), Duration::from_secs(16));
        let retry = classify(Some(2));
        assert!(backoff(retry, 1, u64::MAX) <= Duration::from_millis(1500));
        assert!(backoff(retry, u32::MAX, u64::MAX) <= LONGEST_BACKOFF * 3 / 2);
    }
}
