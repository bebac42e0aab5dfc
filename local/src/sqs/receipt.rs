//! Receipt handles: what names one delivery, and what its holder may do: delete the message or hold it longer.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rusqlite::params;

use super::error::{Error, Refusal};
use super::queues::Queue;
use super::store::{Call, Queues};

/// The longest that one delivery may hide a message, counted from its receive.
const MAX_VISIBILITY_S: u32 = 43_200;

/// A receipt handle, opened: the message's number and what this delivery of it drew.
pub(super) struct Receipt {
    number: i64,
    pub(super) nonce: String,
}

impl Receipt {
    pub(super) fn new(number: i64, random: u128) -> Self {
        Self { number, nonce: format!("{random:032x}") }
    }

    pub(super) fn handle(&self, queue: &str) -> String {
        STANDARD.encode(format!("{queue} {} {}", self.number, self.nonce))
    }

    /// # Errors
    /// `ReceiptHandleIsInvalid` for anything that this queue never gave out.
    fn open(queue: &str, handle: &str) -> Result<Self, Error> {
        Self::parts(queue, handle).ok_or_else(|| {
            let message = format!("The input receipt handle \"{handle}\" is not a valid receipt handle.");
            Error::refused(Refusal::ReceiptHandleIsInvalid, message)
        })
    }

    fn parts(queue: &str, handle: &str) -> Option<Self> {
        let text = String::from_utf8(STANDARD.decode(handle).ok()?).ok()?;
        let (name, rest) = text.split_once(' ')?;
        let (number, nonce) = rest.split_once(' ')?;
        let number = number.parse().ok()?;
        (name == queue).then(|| Self { number, nonce: nonce.to_owned() })
    }
}

impl Queues {
    /// Deletes the message of a delivery. Answers whether it was deleted: a handle that a newer delivery has replaced
    /// deletes nothing, and neither does a second delete; both succeed, as in SQS.
    ///
    /// # Errors
    /// [`Refusal::QueueDoesNotExist`], or [`Refusal::ReceiptHandleIsInvalid`] for a handle of another queue.
    pub fn delete(&self, queue: &str, receipt_handle: &str) -> Result<bool, Error> {
        self.write(|call| {
            let queue = call.queue(queue)?;
            call.delete(&queue, receipt_handle)
        })
    }

    /// Hides the message of a delivery for `seconds` (0 to 43,200) from now; 0 makes it visible at once.
    ///
    /// # Errors
    /// [`Refusal::QueueDoesNotExist`]; [`Refusal::ReceiptHandleIsInvalid`]; [`Refusal::MessageNotInflight`] when the
    /// message is visible again; [`Refusal::InvalidParameterValue`] when it is deleted, has a newer delivery, or would
    /// be hidden for more than 12 hours after its receive.
    pub fn change_visibility(&self, queue: &str, receipt_handle: &str, seconds: u32) -> Result<(), Error> {
        self.write(|call| {
            let queue = call.queue(queue)?;
            call.change_visibility(&queue, receipt_handle, seconds)
        })?;
        self.changed().notify_waiters();
        Ok(())
    }
}

impl Call<'_> {
    pub(super) fn delete(&self, queue: &Queue, handle: &str) -> Result<bool, Error> {
        let receipt = Receipt::open(&queue.name, handle)?;
        let statement = "DELETE FROM messages WHERE n = ?1 AND q = ?2 AND receipt = ?3";
        Ok(self.execute(statement, params![receipt.number, queue.id, receipt.nonce])? > 0)
    }

    pub(super) fn change_visibility(&self, queue: &Queue, handle: &str, seconds: u32) -> Result<(), Error> {
        let receipt = Receipt::open(&queue.name, handle)?;
        let statement = "
            SELECT vis, last_received FROM messages WHERE n = ?1 AND q = ?2 AND receipt = ?3 AND sent > ?4";
        let kept_since = queue.expired_until(self.now);
        let found = self.first(statement, params![receipt.number, queue.id, receipt.nonce, kept_since], |row| {
            Ok((row.get::<_, i64>("vis")?, row.get::<_, i64>("last_received")?))
        })?;
        let Some((visible_at, received_at)) = found else {
            return Err(Error::invalid(format!(
                "Value {handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not \
                 available for visibility timeout change."
            )));
        };
        if visible_at <= self.now {
            return Err(Error::refused(Refusal::MessageNotInflight, "The specified message isn't in flight."));
        }
        let hidden_until = self.now + i64::from(seconds) * 1_000;
        if hidden_until > received_at + i64::from(MAX_VISIBILITY_S) * 1_000 {
            return Err(Error::invalid(format!(
                "Value {seconds} for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the \
                 message is beyond the limit [{MAX_VISIBILITY_S} seconds]."
            )));
        }
        self.execute("UPDATE messages SET vis = ?2 WHERE n = ?1", [receipt.number, hidden_until])?;
        Ok(())
    }
}
