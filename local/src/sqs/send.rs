//! Sending: what a message may be, and how it enters its queue.

use rusqlite::params;
use uuid::Builder;

use super::error::{Error, Refusal};
use super::message_attributes::{MessageAttributes, checked_size, is_legal};
use super::queues::Queue;
use super::store::{Call, Queues};

const MAX_DELAY_S: u32 = 900;

/// A message on its way into a queue.
#[derive(Default)]
pub(super) struct NewMessage {
    pub(super) body: String,
    /// `None` takes the delay of the queue.
    pub(super) delay_s: Option<u32>,
    pub(super) attributes: MessageAttributes,
    pub(super) trace_header: Option<String>,
    pub(super) message_group: Option<String>,
}

impl Queues {
    /// Sends a message and answers its id. It can be received after `delay_s` seconds (0 to 900), or after the queue's
    /// own delay when that is `None`.
    ///
    /// # Errors
    /// [`Refusal::QueueDoesNotExist`]; [`Refusal::MissingParameter`] for an empty body;
    /// [`Refusal::InvalidMessageContents`] for characters that SQS does not carry; [`Refusal::InvalidParameterValue`]
    /// for a body above the queue's maximum (1,048,576 bytes unless set lower) or a delay out of range.
    pub fn send(&self, queue: &str, body: &str, delay_s: Option<u32>) -> Result<String, Error> {
        self.send_new(queue, &NewMessage { body: body.to_owned(), delay_s, ..NewMessage::default() })
    }

    pub(super) fn send_new(&self, queue: &str, message: &NewMessage) -> Result<String, Error> {
        let id = self.write(|call| {
            let queue = call.queue(queue)?;
            call.send(&queue, message)
        })?;
        self.changed().notify_waiters();
        Ok(id)
    }
}

impl NewMessage {
    /// How many bytes count towards the limits: the body and the attributes with their names and types.
    pub(super) fn size(&self) -> Result<usize, Error> {
        Ok(self.body.len() + checked_size(&self.attributes)?)
    }

    fn check(&self, queue: &Queue) -> Result<(), Error> {
        if self.body.is_empty() {
            return Err(Error::missing("MessageBody"));
        }
        let maximum = queue.attributes.maximum_message_bytes;
        if u32::try_from(self.size()?).map_or(true, |size| size > maximum) {
            return Err(Error::invalid(format!(
                "One or more parameters are invalid. Reason: Message must be shorter than {maximum} bytes."
            )));
        }
        if !self.body.chars().all(is_legal) {
            return Err(Error::refused(
                Refusal::InvalidMessageContents,
                "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to \
                 #xFFFD | #x10000 to #x10FFFF",
            ));
        }
        match self.delay_s {
            Some(delay) if delay > MAX_DELAY_S => Err(Error::invalid(format!(
                "Value {delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= \
                 {MAX_DELAY_S}."
            ))),
            _ => Ok(()),
        }
    }
}

impl Call<'_> {
    pub(super) fn send(&self, queue: &Queue, message: &NewMessage) -> Result<String, Error> {
        message.check(queue)?;
        let id = Builder::from_random_bytes(self.random().to_be_bytes()).into_uuid().to_string();
        let delay_s = message.delay_s.unwrap_or(queue.attributes.delay_s);
        let visible_at = self.now + i64::from(delay_s) * 1_000;
        let statement = "
            INSERT INTO messages (q, id, body, attributes, trace_header, message_group, sent, vis)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let attributes = serde_json::to_string(&message.attributes)?;
        let values = params![
            queue.id,
            id,
            message.body,
            attributes,
            message.trace_header,
            message.message_group,
            self.now,
            visible_at
        ];
        self.execute(statement, values)?;
        Ok(id)
    }
}
