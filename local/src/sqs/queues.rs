//! Queues themselves: their names, their rows, and their creation, change, purge and deletion.

use std::collections::BTreeMap;

use rusqlite::{Row, params};

use super::attributes::{Attributes, QueueSettings};
use super::error::{Error, Refusal};
use super::store::{Call, Queues};

/// The account that owns every queue.
pub const ACCOUNT: &str = "000000000000";

/// The region of every queue.
pub const REGION: &str = "us-east-1";

const PURGE_INTERVAL_MS: i64 = 60_000;

/// The ARN of a queue, as in `QueueArn` and in the `eventSourceARN` of a Lambda event.
#[must_use]
pub fn queue_arn(name: &str) -> String {
    format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{name}")
}

/// The URL of a queue for a caller that reaches this service at `host`, which is `name:port`.
#[must_use]
pub fn queue_url(host: &str, name: &str) -> String {
    format!("http://{host}/{ACCOUNT}/{name}")
}

/// A row of the table. Times are Unix milliseconds.
pub(super) struct Queue {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) created: i64,
    pub(super) modified: i64,
    purged: Option<i64>,
    pub(super) attributes: Attributes,
}

impl Queue {
    /// A message that was sent at or before this moment is past its retention.
    pub(super) fn expired_until(&self, now: i64) -> i64 {
        now - i64::from(self.attributes.retention_s) * 1_000
    }
}

impl Queues {
    /// Creates a queue, or changes it to these settings when it exists. Messages that it holds stay.
    ///
    /// The dead-letter queue must exist already: a misspelt name would otherwise switch redrive off unnoticed.
    ///
    /// # Errors
    /// [`Refusal::InvalidParameterValue`] or [`Refusal::InvalidAttributeValue`] for settings outside their ranges and
    /// for a dead-letter queue that does not exist.
    pub fn create(&self, settings: &QueueSettings) -> Result<(), Error> {
        self.write(|call| {
            check_name(&settings.name)?;
            let existing = call.find_queue(&settings.name)?;
            let mut wanted = existing.as_ref().map(|queue| queue.attributes.clone()).unwrap_or_default();
            wanted.apply(settings)?;
            call.check_redrive(&settings.name, &wanted)?;
            match existing {
                None => call.insert_queue(&settings.name, &wanted),
                Some(queue) if queue.attributes != wanted => call.update_queue(&queue, &wanted),
                Some(_) => Ok(()),
            }
        })?;
        self.changed().notify_waiters();
        Ok(())
    }

    /// `CreateQueue`: unlike [`Queues::create`] it refuses to change a queue that exists.
    pub(super) fn create_named(&self, name: &str, attributes: &BTreeMap<String, String>) -> Result<(), Error> {
        self.write(|call| {
            check_name(name)?;
            let existing = call.find_queue(name)?;
            let mut wanted = existing.as_ref().map(|queue| queue.attributes.clone()).unwrap_or_default();
            for (attribute, value) in attributes {
                wanted.set(attribute, value)?;
            }
            call.check_redrive(name, &wanted)?;
            let Some(queue) = existing else {
                return call.insert_queue(name, &wanted);
            };
            let (is, should) = (queue.attributes.named(), wanted.named());
            match attributes.keys().find(|attribute| is.get(*attribute) != should.get(*attribute)) {
                None => Ok(()),
                Some(attribute) => Err(Error::refused(
                    Refusal::QueueNameExists,
                    format!(
                        "A queue already exists with the same name and a different value for attribute {attribute}"
                    ),
                )),
            }
        })
    }

    pub(super) fn set_attributes(&self, name: &str, attributes: &BTreeMap<String, String>) -> Result<(), Error> {
        self.write(|call| {
            let queue = call.queue(name)?;
            let mut wanted = queue.attributes.clone();
            for (attribute, value) in attributes {
                wanted.set(attribute, value)?;
            }
            call.check_redrive(name, &wanted)?;
            call.update_queue(&queue, &wanted)
        })?;
        self.changed().notify_waiters();
        Ok(())
    }

    pub(super) fn delete_queue(&self, name: &str) -> Result<(), Error> {
        self.write(|call| {
            let queue = call.queue(name)?;
            call.execute("DELETE FROM queues WHERE id = ?1", [queue.id])
        })?;
        self.changed().notify_waiters();
        Ok(())
    }

    pub(super) fn purge(&self, name: &str) -> Result<(), Error> {
        self.write(|call| {
            let queue = call.queue(name)?;
            if queue.purged.is_some_and(|at| at + PURGE_INTERVAL_MS > call.now) {
                let message = format!("Only one PurgeQueue operation on {name} is allowed every 60 seconds.");
                return Err(Error::refused(Refusal::PurgeQueueInProgress, message));
            }
            call.execute("UPDATE queues SET purged = ?2 WHERE id = ?1", [queue.id, call.now])?;
            call.execute("DELETE FROM messages WHERE q = ?1", [queue.id])?;
            Ok(())
        })
    }

    /// Names in order, at most `max` of them, that start with `prefix` and come after `after`.
    pub(super) fn names(&self, prefix: &str, after: &str, max: u32) -> Result<Vec<String>, Error> {
        let statement = "
            SELECT name FROM queues WHERE substr(name, 1, length(?1)) = ?1 AND name > ?2 ORDER BY name LIMIT ?3";
        self.read(|call| call.all(statement, params![prefix, after, max], |row| row.get(0)))
    }
}

impl Call<'_> {
    /// # Errors
    /// `QueueDoesNotExist`.
    pub(super) fn queue(&self, name: &str) -> Result<Queue, Error> {
        self.find_queue(name)?
            .ok_or_else(|| Error::refused(Refusal::QueueDoesNotExist, "The specified queue does not exist."))
    }

    pub(super) fn find_queue(&self, name: &str) -> Result<Option<Queue>, Error> {
        let statement = "SELECT id, name, created, modified, purged, attributes FROM queues WHERE name = ?1";
        self.first(statement, [name], read_queue)
    }

    pub(super) fn queues(&self) -> Result<Vec<Queue>, Error> {
        let statement = "SELECT id, name, created, modified, purged, attributes FROM queues ORDER BY name";
        self.all(statement, [], read_queue)
    }

    fn insert_queue(&self, name: &str, attributes: &Attributes) -> Result<(), Error> {
        let statement = "INSERT INTO queues (name, created, modified, attributes) VALUES (?1, ?2, ?2, ?3)";
        self.execute(statement, params![name, self.now, serde_json::to_string(attributes)?])?;
        Ok(())
    }

    fn update_queue(&self, queue: &Queue, attributes: &Attributes) -> Result<(), Error> {
        let statement = "UPDATE queues SET attributes = ?2, modified = ?3 WHERE id = ?1";
        self.execute(statement, params![queue.id, serde_json::to_string(attributes)?, self.now])?;
        Ok(())
    }
}

fn read_queue(row: &Row<'_>) -> rusqlite::Result<Queue> {
    let attributes: String = row.get("attributes")?;
    Ok(Queue {
        id: row.get("id")?,
        name: row.get("name")?,
        created: row.get("created")?,
        modified: row.get("modified")?,
        purged: row.get("purged")?,
        attributes: serde_json::from_str(&attributes).map_err(unreadable)?,
    })
}

/// Fits a column that holds broken JSON into what a row reader may answer.
pub(super) fn unreadable(cause: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(cause))
}

fn check_name(name: &str) -> Result<(), Error> {
    let legal = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    if name.is_empty() {
        Err(Error::missing("QueueName"))
    } else if name.ends_with(".fifo") {
        Err(Error::invalid("FIFO queues are not supported: this embedded SQS has standard queues only."))
    } else if name.len() > 80 || !name.chars().all(legal) {
        Err(Error::invalid("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"))
    } else {
        Ok(())
    }
}
