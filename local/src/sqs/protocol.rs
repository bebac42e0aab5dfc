//! The JSON protocol: one request in, one answer out, without a socket.

mod batches;
mod messages;
mod queues;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::{Error, Refusal};
use super::store::Queues;

/// The answer to one request of the JSON protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// A JSON object, to be sent as `application/x-amz-json-1.0`.
    pub body: Vec<u8>,
    /// The value of the header `x-amzn-query-error` of a refusal, such as
    /// `AWS.SimpleQueueService.NonExistentQueue;Sender`. SDKs tell errors apart by it, so it must be sent along.
    pub error_type: Option<String>,
}

impl Queues {
    /// Answers one request: `target` is its `X-Amz-Target` (`AmazonSQS.SendMessage`), `body` its JSON, and `host` its
    /// `Host` header, from which queue URLs are built.
    ///
    /// A `ReceiveMessage` with a wait answers only when a message is visible or the wait is over; dropping the future
    /// loses no message. A failure is an answer too, with the status and body that SQS gives it.
    pub async fn handle(&self, target: &str, body: &[u8], host: &str) -> Answer {
        match self.dispatch(target, body, host).await {
            Ok(value) => Answer { status: 200, body: value.to_string().into_bytes(), error_type: None },
            Err(error) => refusal(&error),
        }
    }

    async fn dispatch(&self, target: &str, body: &[u8], host: &str) -> Result<Value, Error> {
        match target.strip_prefix("AmazonSQS.").unwrap_or_default() {
            "ChangeMessageVisibility" => self.answer_change(&parse(body)?),
            "ChangeMessageVisibilityBatch" => self.answer_change_batch(&parse(body)?),
            "CreateQueue" => self.answer_create(&parse(body)?, host),
            "DeleteMessage" => self.answer_delete(&parse(body)?),
            "DeleteMessageBatch" => self.answer_delete_batch(&parse(body)?),
            "DeleteQueue" => self.answer_delete_queue(&parse(body)?),
            "GetQueueAttributes" => self.answer_attributes(&parse(body)?),
            "GetQueueUrl" => self.answer_url(&parse(body)?, host),
            "ListQueues" => self.answer_list(&parse(body)?, host),
            "PurgeQueue" => self.answer_purge(&parse(body)?),
            "ReceiveMessage" => self.answer_receive(&parse(body)?).await,
            "SendMessage" => self.answer_send(parse(body)?),
            "SendMessageBatch" => self.answer_send_batch(parse(body)?),
            "SetQueueAttributes" => self.answer_set_attributes(&parse(body)?),
            _ => Err(Error::refused(Refusal::UnknownOperation, format!("This SQS has no action '{target}'."))),
        }
    }
}

/// The name of the queue that a request means. Only the end of the URL counts: the same queue has another host for the
/// functions, for a container and for a person.
fn queue_in(url: Option<&String>) -> Result<&str, Error> {
    let name = url.map(|url| url.trim_end_matches('/').rsplit('/').next().unwrap_or_default());
    name.filter(|name| !name.is_empty()).ok_or_else(|| Error::missing("QueueUrl"))
}

fn required<'a>(value: Option<&'a String>, parameter: &str) -> Result<&'a str, Error> {
    value.map(String::as_str).filter(|text| !text.is_empty()).ok_or_else(|| Error::missing(parameter))
}

/// Checks the range of a number; `reason` is the wording that AWS documents for this parameter.
fn checked(number: i64, parameter: &str, (lowest, highest, reason): (i64, i64, &str)) -> Result<u32, Error> {
    u32::try_from(number)
        .ok()
        .filter(|_| (lowest..=highest).contains(&number))
        .ok_or_else(|| Error::invalid(format!("Value {number} for parameter {parameter} is invalid. Reason: {reason}")))
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    let body = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|cause| Error::refused(Refusal::Serialization, cause.to_string()))
}

#[derive(Serialize)]
struct Fault<'a> {
    #[serde(rename = "__type")]
    shape: &'a str,
    message: String,
}

fn refusal(error: &Error) -> Answer {
    let (status, shape, error_type) = match error.refusal() {
        Some(kind) => (kind.status(), kind.shape(), format!("{};Sender", kind.query_code())),
        None => {
            let cause: &dyn std::error::Error = error;
            tracing::error!(error = cause, "a queue request failed");
            (500, "com.amazonaws.sqs#InternalFailure", "InternalFailure;Receiver".to_owned())
        }
    };
    let fault = Fault { shape, message: error.to_string() };
    let body = serde_json::to_vec(&fault).unwrap_or_default();
    Answer { status, body, error_type: Some(error_type) }
}
