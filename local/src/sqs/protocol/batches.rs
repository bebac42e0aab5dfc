//! The actions on up to ten messages at once: each entry succeeds or fails alone, the batch itself only by its form.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::error::{Error, Refusal};
use super::super::queues::Queue;
use super::super::send::NewMessage;
use super::super::store::{Call, Queues};
use super::messages::{Outgoing, sent, visibility};
use super::{queue_in, required};

const MAX_ENTRIES: usize = 10;
const MAX_BYTES: usize = 1_048_576;
const MAX_ID: usize = 80;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", bound(deserialize = "E: Deserialize<'de>"))]
pub(super) struct Batch<E> {
    queue_url: Option<String>,
    #[serde(default = "Vec::new")]
    entries: Vec<Entry<E>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", bound(deserialize = "E: Deserialize<'de>"))]
struct Entry<E> {
    #[serde(default)]
    id: String,
    #[serde(flatten)]
    content: E,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Handle {
    receipt_handle: Option<String>,
    visibility_timeout: Option<i64>,
}

impl Queues {
    pub(super) fn answer_send_batch(&self, batch: Batch<Outgoing>) -> Result<Value, Error> {
        batch.check("SendMessageBatchRequestEntry")?;
        let messages: Vec<(String, Result<NewMessage, Error>)> =
            batch.entries.into_iter().map(|entry| (entry.id, entry.content.into_message())).collect();
        check_total_size(&messages)?;
        let answer = self.write(|call| {
            let queue = call.queue(queue_in(batch.queue_url.as_ref())?)?;
            let mut results = Results::default();
            for (id, message) in messages {
                results.add(&id, message.and_then(|message| Ok(sent(&message, &call.send(&queue, &message)?))))?;
            }
            Ok(results.answer())
        })?;
        self.changed().notify_waiters();
        Ok(answer)
    }

    pub(super) fn answer_delete_batch(&self, batch: &Batch<Handle>) -> Result<Value, Error> {
        batch.check("DeleteMessageBatchRequestEntry")?;
        self.each(batch, |call, queue, entry| {
            call.delete(queue, required(entry.receipt_handle.as_ref(), "ReceiptHandle")?)?;
            Ok(Map::new())
        })
    }

    pub(super) fn answer_change_batch(&self, batch: &Batch<Handle>) -> Result<Value, Error> {
        batch.check("ChangeMessageVisibilityBatchRequestEntry")?;
        let answer = self.each(batch, |call, queue, entry| {
            let handle = required(entry.receipt_handle.as_ref(), "ReceiptHandle")?;
            call.change_visibility(queue, handle, visibility(entry.visibility_timeout)?)?;
            Ok(Map::new())
        })?;
        self.changed().notify_waiters();
        Ok(answer)
    }

    fn each<E>(
        &self,
        batch: &Batch<E>,
        work: impl Fn(&Call<'_>, &Queue, &E) -> Result<Map<String, Value>, Error>,
    ) -> Result<Value, Error> {
        self.write(|call| {
            let queue = call.queue(queue_in(batch.queue_url.as_ref())?)?;
            let mut results = Results::default();
            for entry in &batch.entries {
                results.add(&entry.id, work(call, &queue, &entry.content))?;
            }
            Ok(results.answer())
        })
    }
}

impl<E> Batch<E> {
    /// # Errors
    /// `EmptyBatchRequest`, `TooManyEntriesInBatchRequest`, `InvalidBatchEntryId` or `BatchEntryIdsNotDistinct`.
    fn check(&self, entry_type: &str) -> Result<(), Error> {
        let sent = self.entries.len();
        if sent == 0 {
            let message = format!("There should be at least one {entry_type} in the request.");
            return Err(Error::refused(Refusal::EmptyBatchRequest, message));
        }
        if sent > MAX_ENTRIES {
            let message = format!("Maximum number of entries per request are {MAX_ENTRIES}. You have sent {sent}.");
            return Err(Error::refused(Refusal::TooManyEntriesInBatchRequest, message));
        }
        let mut seen = BTreeSet::new();
        for entry in &self.entries {
            check_id(&entry.id)?;
            if !seen.insert(&entry.id) {
                let message = format!("Id {} repeated.", entry.id);
                return Err(Error::refused(Refusal::BatchEntryIdsNotDistinct, message));
            }
        }
        Ok(())
    }
}

fn check_id(id: &str) -> Result<(), Error> {
    let legal = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    if id.is_empty() || id.len() > MAX_ID || !id.chars().all(legal) {
        let message = "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be \
                       at most 80 letters long.";
        return Err(Error::refused(Refusal::InvalidBatchEntryId, message));
    }
    Ok(())
}

/// An entry whose own attributes are refused counts for nothing here: it fails alone, later.
fn check_total_size(messages: &[(String, Result<NewMessage, Error>)]) -> Result<(), Error> {
    let sizes = messages.iter().filter_map(|(_, message)| message.as_ref().ok()?.size().ok());
    let sent: usize = sizes.sum();
    if sent > MAX_BYTES {
        let message = format!("Batch requests cannot be longer than {MAX_BYTES} bytes. You have sent {sent} bytes.");
        return Err(Error::refused(Refusal::BatchRequestTooLong, message));
    }
    Ok(())
}

#[derive(Default)]
struct Results {
    successful: Vec<Value>,
    failed: Vec<Value>,
}

impl Results {
    /// # Errors
    /// Only a failure of the database, which undoes the whole batch.
    fn add(&mut self, id: &str, result: Result<Map<String, Value>, Error>) -> Result<(), Error> {
        match result {
            Ok(mut answer) => {
                answer.insert("Id".to_owned(), Value::String(id.to_owned()));
                self.successful.push(Value::Object(answer));
            }
            Err(Error::Refused { kind, message }) => {
                let code = kind.query_code();
                let failure = json!({"Id": id, "Code": code, "Message": message, "SenderFault": true});
                self.failed.push(failure);
            }
            Err(error @ Error::Storage(_)) => return Err(error),
        }
        Ok(())
    }

    fn answer(self) -> Value {
        json!({"Successful": self.successful, "Failed": self.failed})
    }
}
