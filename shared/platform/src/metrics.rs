//! Counters that alarms stand on, in CloudWatch's embedded metric format: one JSON line on standard output.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::time::Timestamp;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Count {
    /// A message that stayed in doubt was sent again.
    InDoubtResend,
    /// A message that stayed in doubt was given up.
    InDoubtFailed,
    /// A number missing in a thread for longer than 30 s.
    PermanentHole,
    /// A transaction lost against another and was tried again.
    WriteConflict,
    /// All attempts of a transaction lost.
    WriteGivenUp,
    /// A transaction whose outcome could not be confirmed.
    WriteUnconfirmed,
    /// The rate limiter's table did not answer, so the request was let through.
    RateLimitOpen,
    /// A webhook with a missing or wrong signature.
    SignatureRefused,
    /// A request with a wrong token; one without any is not counted.
    TokenRefused,
    /// WhatsApp refused what a template says: the template and the product disagree.
    TemplateRefused,
    /// WhatsApp refused the account: nothing is sent until a person acts.
    SenderStopped,
    /// A status named a message that is not ours.
    StatusUnknown,
    /// A signed webhook had parts that are not understood, of which nothing is kept.
    WebhookUnreadable,
    /// A hint could not be sent; the sweeper repeats it.
    HintLost,
    /// Messages that the sweeper found due.
    SweptMessages,
    /// Google refused a copy for good: a person must see to the account.
    MirrorRefused,
    /// A patient's file could not be had any more, or was not what WhatsApp said.
    MediaLost,
    /// The assistant's model gave no answer, and the rules answered.
    ModelFault,
    /// Nobody read an alert that presses, and there is nobody left to whom it could go.
    AlertUnread,
    /// The model was asked again, because its answer was not valid.
    ModelRepaired,
    /// An event was given up: its endpoint failed as often as it is tried.
    WebhookGivenUp,
    /// An endpoint was disabled: it is no more, or failed for days.
    WebhookDisabled,
}

impl Count {
    fn name(self) -> &'static str {
        match self {
            Self::InDoubtResend => "InDoubtResend",
            Self::InDoubtFailed => "InDoubtFailed",
            Self::PermanentHole => "PermanentHole",
            Self::WriteConflict => "WriteConflict",
            Self::WriteGivenUp => "WriteGivenUp",
            Self::WriteUnconfirmed => "WriteUnconfirmed",
            Self::RateLimitOpen => "RateLimitOpen",
            Self::SignatureRefused => "SignatureRefused",
            Self::TokenRefused => "TokenRefused",
            Self::TemplateRefused => "TemplateRefused",
            Self::SenderStopped => "SenderStopped",
            Self::StatusUnknown => "StatusUnknown",
            Self::WebhookUnreadable => "WebhookUnreadable",
            Self::HintLost => "HintLost",
            Self::SweptMessages => "SweptMessages",
            Self::MirrorRefused => "MirrorRefused",
            Self::MediaLost => "MediaLost",
            Self::ModelFault => "ModelFault",
            Self::AlertUnread => "AlertUnread",
            Self::ModelRepaired => "ModelRepaired",
            Self::WebhookGivenUp => "WebhookGivenUp",
            Self::WebhookDisabled => "WebhookDisabled",
        }
    }
}

/// Where counts go.
#[derive(Debug, Clone)]
pub enum Metrics {
    /// To CloudWatch, through standard output.
    Embedded,
    /// Into memory: for the runner and for tests.
    Memory(Arc<Mutex<BTreeMap<Count, u64>>>),
}

impl Metrics {
    /// Counts kept in memory.
    #[must_use]
    pub fn memory() -> Self {
        Self::Memory(Arc::default())
    }

    /// Adds `value` to a count.
    pub fn add(&self, count: Count, value: u64, now: Timestamp) {
        match self {
            Self::Embedded => print_line(&embedded(count, value, now)),
            Self::Memory(counts) => {
                let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
                let total = counts.entry(count).or_default();
                *total = total.saturating_add(value);
            }
        }
    }

    /// The counts so far by name; empty where they went to CloudWatch.
    #[must_use]
    pub fn totals(&self) -> BTreeMap<&'static str, u64> {
        match self {
            Self::Embedded => BTreeMap::new(),
            Self::Memory(counts) => {
                let counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
                counts.iter().map(|(count, total)| (count.name(), *total)).collect()
            }
        }
    }
}

/// One line of the embedded metric format (Amazon CloudWatch user guide, "Specification: Embedded metric format").
fn embedded(count: Count, value: u64, now: Timestamp) -> String {
    let name = count.name();
    serde_json::json!({
        "_aws": {
            "Timestamp": now.millis(),
            "CloudWatchMetrics": [{
                "Namespace": "Careline",
                "Dimensions": [[]],
                "Metrics": [{ "Name": name, "Unit": "Count" }],
            }],
        },
        name: value,
    })
    .to_string()
}

#[expect(clippy::print_stdout, reason = "Lambda reads metrics from standard output")]
fn print_line(line: &str) {
    println!("{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_that_cloudwatch_reads() {
        insta::assert_snapshot!(
            embedded(Count::InDoubtResend, 2, Timestamp::from_seconds(1)),
            @r#"{"InDoubtResend":2,"_aws":{"CloudWatchMetrics":[{"Dimensions":[[]],"Metrics":[{"Name":"InDoubtResend","Unit":"Count"}],"Namespace":"Careline"}],"Timestamp":1000}}"#
        );
    }
}
