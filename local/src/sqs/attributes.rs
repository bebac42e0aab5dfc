//! What a queue is set to: its attributes, their ranges and their spelling in the API.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::error::{Error, Refusal};
use super::redrive;

/// What the owner of a queue decides about it. All times are in seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueSettings {
    /// The queue's name: letters, digits, hyphens and underscores, at most 80.
    pub name: String,
    /// How long a received message stays hidden from other receivers: 0 to 43,200.
    pub visibility_timeout_s: u32,
    /// How long a sent message stays hidden at first: 0 to 900.
    pub delay_s: u32,
    /// How long after it was sent a message is thrown away: 60 to 1,209,600.
    pub retention_s: u32,
    /// How long a receive waits for a message when the request does not say: 0 to 20.
    pub receive_wait_s: u32,
    /// Where a message goes that is received again and again, if anywhere.
    pub redrive: Option<Redrive>,
}

impl QueueSettings {
    /// The settings of a queue that AWS creates without attributes: 30 seconds of visibility timeout, no delay, four
    /// days of retention, no waiting, no dead letters.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        let defaults = Attributes::default();
        Self {
            name: name.into(),
            visibility_timeout_s: defaults.visibility_timeout_s,
            delay_s: defaults.delay_s,
            retention_s: defaults.retention_s,
            receive_wait_s: defaults.receive_wait_s,
            redrive: None,
        }
    }
}

/// When a message is a dead letter, and where it goes then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redrive {
    /// The name of the queue that takes the dead letters. It must exist.
    pub dead_letter_queue: String,
    /// How often a message is received before it is a dead letter: 1 to 1,000.
    pub max_receive_count: u32,
}

/// Every attribute that can be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Attributes {
    pub(super) visibility_timeout_s: u32,
    pub(super) delay_s: u32,
    pub(super) retention_s: u32,
    pub(super) receive_wait_s: u32,
    pub(super) maximum_message_bytes: u32,
    pub(super) redrive: Option<Redrive>,
    /// What is kept and returned but has no effect here: policies and encryption.
    inert: BTreeMap<String, String>,
}

impl Default for Attributes {
    fn default() -> Self {
        Self {
            visibility_timeout_s: 30,
            delay_s: 0,
            retention_s: 345_600,
            receive_wait_s: 0,
            maximum_message_bytes: 1_048_576,
            redrive: None,
            inert: BTreeMap::new(),
        }
    }
}

impl Attributes {
    /// # Errors
    /// `InvalidAttributeName`, `InvalidAttributeValue`, or `InvalidParameterValue` for a bad redrive policy.
    pub(super) fn set(&mut self, name: &str, value: &str) -> Result<(), Error> {
        match name {
            "VisibilityTimeout" => self.visibility_timeout_s = parsed(name, value)?,
            "DelaySeconds" => self.delay_s = parsed(name, value)?,
            "MessageRetentionPeriod" => self.retention_s = parsed(name, value)?,
            "ReceiveMessageWaitTimeSeconds" => self.receive_wait_s = parsed(name, value)?,
            "MaximumMessageSize" => self.maximum_message_bytes = parsed(name, value)?,
            "RedrivePolicy" => self.redrive = redrive::parse(value)?,
            "Policy"
            | "RedriveAllowPolicy"
            | "KmsMasterKeyId"
            | "KmsDataKeyReusePeriodSeconds"
            | "SqsManagedSseEnabled" => self.set_inert(name, value),
            _ => return Err(unknown(name)),
        }
        Ok(())
    }

    /// Takes over what the settings decide and keeps the rest, which only the API can set.
    pub(super) fn apply(&mut self, settings: &QueueSettings) -> Result<(), Error> {
        self.visibility_timeout_s = in_range("VisibilityTimeout", settings.visibility_timeout_s)?;
        self.delay_s = in_range("DelaySeconds", settings.delay_s)?;
        self.retention_s = in_range("MessageRetentionPeriod", settings.retention_s)?;
        self.receive_wait_s = in_range("ReceiveMessageWaitTimeSeconds", settings.receive_wait_s)?;
        self.redrive = settings.redrive.clone();
        Ok(())
    }

    /// The attributes as `GetQueueAttributes` spells them.
    pub(super) fn named(&self) -> BTreeMap<String, String> {
        let numbers = [
            ("VisibilityTimeout", self.visibility_timeout_s),
            ("DelaySeconds", self.delay_s),
            ("MessageRetentionPeriod", self.retention_s),
            ("ReceiveMessageWaitTimeSeconds", self.receive_wait_s),
            ("MaximumMessageSize", self.maximum_message_bytes),
        ];
        let mut named = self.inert.clone();
        named.entry("SqsManagedSseEnabled".to_owned()).or_insert_with(|| "false".to_owned());
        named.extend(numbers.map(|(name, value)| (name.to_owned(), value.to_string())));
        if let Some(redrive) = &self.redrive {
            named.insert("RedrivePolicy".to_owned(), redrive::spelled(redrive));
        }
        named
    }

    /// The API has no other way to remove an attribute than to set it to nothing.
    fn set_inert(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            self.inert.remove(name);
        } else {
            self.inert.insert(name.to_owned(), value.to_owned());
        }
    }
}

/// The refusal of an attribute that a standard queue does not have.
pub(super) fn unknown(name: &str) -> Error {
    Error::refused(Refusal::InvalidAttributeName, format!("Unknown Attribute {name}."))
}

fn parsed(name: &str, value: &str) -> Result<u32, Error> {
    value.parse().map_err(|_| out_of_range(name)).and_then(|number| in_range(name, number))
}

fn in_range(name: &str, number: u32) -> Result<u32, Error> {
    let range = match name {
        "VisibilityTimeout" => 0..=43_200,
        "DelaySeconds" => 0..=900,
        "MessageRetentionPeriod" => 60..=1_209_600,
        "ReceiveMessageWaitTimeSeconds" => 0..=20,
        _ => 1_024..=1_048_576,
    };
    if range.contains(&number) { Ok(number) } else { Err(out_of_range(name)) }
}

fn out_of_range(name: &str) -> Error {
    Error::refused(Refusal::InvalidAttributeValue, format!("Invalid value for the parameter {name}."))
}
