//! Receiving: the delivery of visible messages and what a receiver learns about each.

use std::collections::BTreeMap;

use rusqlite::{Row, params};

use super::digest::md5_hex;
use super::error::Error;
use super::message_attributes::MessageAttributes;
use super::queues::{ACCOUNT, Queue, unreadable};
use super::receipt::Receipt;
use super::store::{Call, Queues};

/// One delivery of a message. Times are Unix milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The id that sending answered; a redelivery and a dead letter keep it.
    pub message_id: String,
    /// Names this delivery. Only the handle of the latest delivery can delete the message.
    pub receipt_handle: String,
    /// What was sent.
    pub body: String,
    /// When it was sent; a dead letter keeps this time.
    pub sent_at: i64,
    /// How often it was received, this time included, in this queue and in those that it was redriven from.
    pub receive_count: u32,
    /// When it was received for the first time.
    pub first_received_at: i64,
    /// What was sent beside the body.
    pub message_attributes: MessageAttributes,
    /// The `AWSTraceHeader` that was sent with it.
    pub trace_header: Option<String>,
    /// The `MessageGroupId` that was sent with it.
    pub message_group_id: Option<String>,
    /// The ARN of the queue whose dead letter it is.
    pub dead_letter_source: Option<String>,
}

impl Received {
    /// The MD5 of the body in hexadecimal.
    #[must_use]
    pub fn md5_of_body(&self) -> String {
        md5_hex(self.body.as_bytes())
    }

    /// The system attributes under the names and in the spelling that the API and a Lambda event give them.
    #[must_use]
    pub fn system_attributes(&self) -> BTreeMap<String, String> {
        let always = [
            ("SenderId", ACCOUNT.to_owned()),
            ("SentTimestamp", self.sent_at.to_string()),
            ("ApproximateReceiveCount", self.receive_count.to_string()),
            ("ApproximateFirstReceiveTimestamp", self.first_received_at.to_string()),
        ];
        let sometimes = [
            ("AWSTraceHeader", &self.trace_header),
            ("MessageGroupId", &self.message_group_id),
            ("DeadLetterQueueSourceArn", &self.dead_letter_source),
        ];
        let present = sometimes.into_iter().filter_map(|(name, value)| Some((name, value.clone()?)));
        always.into_iter().chain(present).map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// What a receiver asks for.
pub(super) struct Wanted {
    pub(super) max: u32,
    /// `None` takes the visibility timeout of the queue.
    pub(super) visibility_timeout_s: Option<u32>,
}

impl Queues {
    /// Receives up to `max` messages that are visible now, roughly in the order in which they were sent, and hides
    /// them for the queue's visibility timeout. Messages that were received too often go to the dead-letter queue
    /// instead. Never waits: see [`Queues::wait_for_message`].
    ///
    /// # Errors
    /// [`Refusal::QueueDoesNotExist`](super::Refusal::QueueDoesNotExist).
    pub fn receive(&self, queue: &str, max: u32) -> Result<Vec<Received>, Error> {
        self.receive_wanted(queue, &Wanted { max, visibility_timeout_s: None })
    }

    pub(super) fn receive_wanted(&self, queue: &str, wanted: &Wanted) -> Result<Vec<Received>, Error> {
        let (received, moved) = self.write(|call| {
            let queue = call.queue(queue)?;
            call.expire(&queue)?;
            let moved = call.move_dead_letters(&queue, wanted.max)?;
            Ok((call.deliver(&queue, wanted)?, moved))
        })?;
        if moved {
            self.changed().notify_waiters();
        }
        Ok(received)
    }
}

impl Call<'_> {
    fn expire(&self, queue: &Queue) -> Result<(), Error> {
        let statement = "DELETE FROM messages WHERE q = ?1 AND sent <= ?2";
        self.execute(statement, [queue.id, queue.expired_until(self.now)])?;
        Ok(())
    }

    fn deliver(&self, queue: &Queue, wanted: &Wanted) -> Result<Vec<Received>, Error> {
        let next = "SELECT n FROM messages WHERE q = ?1 AND vis <= ?2 ORDER BY vis, n LIMIT ?3";
        let mut page: Vec<i64> = self.all(next, params![queue.id, self.now, wanted.max], |row| row.get(0))?;
        // Numbers are given in the order of sending; after redeliveries the order of visibility is another one.
        page.sort_unstable();
        let timeout_s = wanted.visibility_timeout_s.unwrap_or(queue.attributes.visibility_timeout_s);
        page.into_iter().map(|number| self.deliver_one(queue, number, timeout_s)).collect()
    }

    fn deliver_one(&self, queue: &Queue, number: i64, timeout_s: u32) -> Result<Received, Error> {
        let receipt = Receipt::new(number, self.random());
        let statement = "
            UPDATE messages
            SET vis = ?2, receives = receives + 1, receipt = ?3, last_received = ?4,
                first_received = COALESCE(first_received, ?4)
            WHERE n = ?1
            RETURNING id, body, attributes, trace_header, message_group, sent, receives, first_received,
                dead_letter_source";
        let hidden_until = self.now + i64::from(timeout_s) * 1_000;
        let values = params![number, hidden_until, receipt.nonce, self.now];
        let handle = receipt.handle(&queue.name);
        let received = self.first(statement, values, |row| read_received(row, handle))?;
        received.ok_or_else(|| Error::Storage("a message vanished inside its transaction".into()))
    }
}

fn read_received(row: &Row<'_>, receipt_handle: String) -> rusqlite::Result<Received> {
    let attributes: String = row.get("attributes")?;
    Ok(Received {
        message_id: row.get("id")?,
        receipt_handle,
        body: row.get("body")?,
        sent_at: row.get("sent")?,
        receive_count: row.get("receives")?,
        first_received_at: row.get("first_received")?,
        message_attributes: serde_json::from_str(&attributes).map_err(unreadable)?,
        trace_header: row.get("trace_header")?,
        message_group_id: row.get("message_group")?,
        dead_letter_source: row.get("dead_letter_source")?,
    })
}
