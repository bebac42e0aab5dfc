//! The actions on single messages.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::attributes::unknown;
use super::super::digest::{md5_hex, md5_of_attributes};
use super::super::error::Error;
use super::super::message_attributes::{MessageAttribute, MessageAttributes};
use super::super::receive::{Received, Wanted};
use super::super::send::NewMessage;
use super::super::store::Queues;
use super::{checked, queue_in, required};

const DELAY: (i64, i64, &str) = (0, 900, "DelaySeconds must be >= 0 and <= 900.");
const COUNT: (i64, i64, &str) = (1, 10, "Must be between 1 and 10, if provided.");
const VISIBILITY: (i64, i64, &str) = (0, 43_200, "Must be between 0 and 43200, if provided.");
const WAIT: (i64, i64, &str) = (0, 20, "Must be >= 0 and <= 20, if provided.");

const SYSTEM_ATTRIBUTES: [&str; 10] = [
    "All",
    "SenderId",
    "SentTimestamp",
    "ApproximateReceiveCount",
    "ApproximateFirstReceiveTimestamp",
    "SequenceNumber",
    "MessageDeduplicationId",
    "MessageGroupId",
    "AWSTraceHeader",
    "DeadLetterQueueSourceArn",
];

const TRACE_HEADER: &str = "AWSTraceHeader";

/// What is said of a message that is sent, alone or in a batch.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Outgoing {
    #[serde(default)]
    message_body: String,
    delay_seconds: Option<i64>,
    #[serde(default)]
    message_attributes: MessageAttributes,
    #[serde(default)]
    message_system_attributes: BTreeMap<String, MessageAttribute>,
    message_group_id: Option<String>,
    message_deduplication_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct SendMessage {
    queue_url: Option<String>,
    #[serde(flatten)]
    message: Outgoing,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ReceiveMessage {
    queue_url: Option<String>,
    max_number_of_messages: Option<i64>,
    visibility_timeout: Option<i64>,
    wait_time_seconds: Option<i64>,
    #[serde(default)]
    message_attribute_names: Vec<String>,
    #[serde(default)]
    attribute_names: Vec<String>,
    #[serde(default)]
    message_system_attribute_names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeleteMessage {
    queue_url: Option<String>,
    receipt_handle: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ChangeMessageVisibility {
    queue_url: Option<String>,
    receipt_handle: Option<String>,
    visibility_timeout: Option<i64>,
}

impl Outgoing {
    pub(super) fn into_message(self) -> Result<NewMessage, Error> {
        if let Some(id) = self.message_deduplication_id {
            return Err(Error::invalid(format!(
                "Value {id} for parameter MessageDeduplicationId is invalid. Reason: The request include parameter \
                 that is not valid for this queue type"
            )));
        }
        Ok(NewMessage {
            body: self.message_body,
            delay_s: self.delay_seconds.map(|delay| checked(delay, "DelaySeconds", DELAY)).transpose()?,
            trace_header: trace_header(self.message_system_attributes)?,
            attributes: self.message_attributes,
            message_group: self.message_group_id,
        })
    }
}

fn trace_header(system_attributes: BTreeMap<String, MessageAttribute>) -> Result<Option<String>, Error> {
    let mut header = None;
    for (name, attribute) in system_attributes {
        match attribute.string_value.filter(|text| !text.is_empty()) {
            Some(value) if name == TRACE_HEADER && attribute.data_type == "String" => header = Some(value),
            _ => {
                return Err(Error::invalid(format!(
                    "The message system attribute '{name}' is invalid. Only {TRACE_HEADER} of type String is supported."
                )));
            }
        }
    }
    Ok(header)
}

/// The answer to a message that was sent, alone or in a batch.
pub(super) fn sent(message: &NewMessage, id: &str) -> Map<String, Value> {
    let system = message.trace_header.as_ref().map(|header| {
        let attribute = MessageAttribute {
            data_type: "String".to_owned(),
            string_value: Some(header.clone()),
            ..MessageAttribute::default()
        };
        MessageAttributes::from([(TRACE_HEADER.to_owned(), attribute)])
    });
    let digests = [
        ("MessageId", Some(id.to_owned())),
        ("MD5OfMessageBody", Some(md5_hex(message.body.as_bytes()))),
        ("MD5OfMessageAttributes", md5_of_attributes(&message.attributes)),
        ("MD5OfMessageSystemAttributes", system.as_ref().and_then(md5_of_attributes)),
    ];
    digests.into_iter().filter_map(|(name, value)| Some((name.to_owned(), Value::String(value?)))).collect()
}

pub(super) fn visibility(seconds: Option<i64>) -> Result<u32, Error> {
    checked(seconds.ok_or_else(|| Error::missing("VisibilityTimeout"))?, "VisibilityTimeout", VISIBILITY)
}

impl Queues {
    pub(super) fn answer_send(&self, request: SendMessage) -> Result<Value, Error> {
        let message = request.message.into_message()?;
        let id = self.send_new(queue_in(request.queue_url.as_ref())?, &message)?;
        Ok(Value::Object(sent(&message, &id)))
    }

    pub(super) async fn answer_receive(&self, request: &ReceiveMessage) -> Result<Value, Error> {
        let wanted = Wanted {
            max: checked(request.max_number_of_messages.unwrap_or(1), "MaxNumberOfMessages", COUNT)?,
            visibility_timeout_s: request.visibility_timeout.map(|timeout| visibility(Some(timeout))).transpose()?,
        };
        let wait_s = request.wait_time_seconds.map(|wait| checked(wait, "WaitTimeSeconds", WAIT)).transpose()?;
        let mut names = request.attribute_names.iter().chain(&request.message_system_attribute_names);
        if let Some(name) = names.find(|name| !SYSTEM_ATTRIBUTES.contains(&name.as_str())) {
            return Err(unknown(name));
        }
        let received = self.receive_waiting(queue_in(request.queue_url.as_ref())?, &wanted, wait_s).await?;
        if received.is_empty() {
            return Ok(json!({}));
        }
        let messages = received.iter().map(|message| delivered(message, request)).collect::<Result<Vec<_>, _>>()?;
        Ok(json!({"Messages": messages}))
    }

    pub(super) fn answer_delete(&self, request: &DeleteMessage) -> Result<Value, Error> {
        let handle = required(request.receipt_handle.as_ref(), "ReceiptHandle")?;
        self.delete(queue_in(request.queue_url.as_ref())?, handle)?;
        Ok(json!({}))
    }

    pub(super) fn answer_change(&self, request: &ChangeMessageVisibility) -> Result<Value, Error> {
        let handle = required(request.receipt_handle.as_ref(), "ReceiptHandle")?;
        let seconds = visibility(request.visibility_timeout)?;
        self.change_visibility(queue_in(request.queue_url.as_ref())?, handle, seconds)?;
        Ok(json!({}))
    }
}

/// Only what was asked for is returned, and the digest covers only the attributes that are.
fn delivered(message: &Received, request: &ReceiveMessage) -> Result<Value, Error> {
    let mut answer = Map::new();
    let mut put = |name: &str, value: Value| answer.insert(name.to_owned(), value);
    put("MessageId", Value::String(message.message_id.clone()));
    put("ReceiptHandle", Value::String(message.receipt_handle.clone()));
    put("Body", Value::String(message.body.clone()));
    put("MD5OfBody", Value::String(message.md5_of_body()));
    let asked = |name: &String| {
        let mut names = request.attribute_names.iter().chain(&request.message_system_attribute_names);
        names.any(|wanted| wanted == "All" || wanted == name)
    };
    let mut system = message.system_attributes();
    system.retain(|name, _| asked(name));
    if !system.is_empty() {
        put("Attributes", serde_json::to_value(system)?);
    }
    let mut attributes = message.message_attributes.clone();
    attributes.retain(|name, _| request.message_attribute_names.iter().any(|wanted| selects(wanted, name)));
    if let Some(digest) = md5_of_attributes(&attributes) {
        put("MD5OfMessageAttributes", Value::String(digest));
        put("MessageAttributes", serde_json::to_value(attributes)?);
    }
    Ok(Value::Object(answer))
}

fn selects(wanted: &str, name: &str) -> bool {
    match wanted.strip_suffix(".*") {
        Some(prefix) => name.starts_with(prefix),
        None => wanted == "All" || wanted == name,
    }
}
