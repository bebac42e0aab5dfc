//! Dead letters: the policy that names them and the move to the queue that takes them.

use rusqlite::params;
use serde_json::{Value, json};

use super::attributes::{Attributes, Redrive};
use super::error::Error;
use super::queues::{Queue, queue_arn};
use super::store::Call;

/// Reads a `RedrivePolicy`; the empty string takes the policy away. The region and account of the ARN are not looked
/// at, for there is only one of each.
///
/// # Errors
/// `InvalidParameterValue` with the policy in its text.
pub(super) fn parse(policy: &str) -> Result<Option<Redrive>, Error> {
    if policy.is_empty() {
        return Ok(None);
    }
    let Ok(Value::Object(fields)) = serde_json::from_str(policy) else {
        return Err(bad(policy, "Redrive policy is not a valid JSON map."));
    };
    let (Some(target), Some(count)) = (fields.get("deadLetterTargetArn"), fields.get("maxReceiveCount")) else {
        return Err(bad(policy, "Redrive policy needs deadLetterTargetArn and maxReceiveCount."));
    };
    let Some(dead_letter_queue) = target.as_str().and_then(name_in_arn) else {
        return Err(bad(policy, "Invalid value for deadLetterTargetArn."));
    };
    let spelled_count = count.as_str().map_or_else(|| count.to_string(), ToOwned::to_owned);
    let max_receive_count = spelled_count.parse().unwrap_or(0);
    if !(1..=1_000).contains(&max_receive_count) {
        return Err(bad(
            policy,
            &format!(
                "Invalid value for maxReceiveCount: {spelled_count}, valid values are from 1 to 1000 both inclusive."
            ),
        ));
    }
    Ok(Some(Redrive { dead_letter_queue: dead_letter_queue.to_owned(), max_receive_count }))
}

/// The policy as `GetQueueAttributes` returns it.
pub(super) fn spelled(redrive: &Redrive) -> String {
    json!({
        "deadLetterTargetArn": queue_arn(&redrive.dead_letter_queue),
        "maxReceiveCount": redrive.max_receive_count,
    })
    .to_string()
}

fn name_in_arn(arn: &str) -> Option<&str> {
    match arn.split(':').collect::<Vec<_>>().as_slice() {
        ["arn", _, "sqs", _, _, name] if !name.is_empty() => Some(name),
        _ => None,
    }
}

fn bad(policy: &str, reason: &str) -> Error {
    Error::invalid(format!("Value {policy} for parameter RedrivePolicy is invalid. Reason: {reason}"))
}

impl Call<'_> {
    /// # Errors
    /// `InvalidParameterValue` when the policy names no queue, the queue itself, or a count outside 1 to 1,000.
    pub(super) fn check_redrive(&self, queue: &str, attributes: &Attributes) -> Result<(), Error> {
        let Some(redrive) = &attributes.redrive else {
            return Ok(());
        };
        parse(&spelled(redrive))?;
        if redrive.dead_letter_queue == queue {
            return Err(bad(&spelled(redrive), "A queue cannot be its own dead letter target."));
        }
        match self.find_queue(&redrive.dead_letter_queue)? {
            Some(_) => Ok(()),
            None => Err(bad(&spelled(redrive), "Dead letter target does not exist.")),
        }
    }

    /// Moves the dead letters among the next `page` messages away until none is left among them; true when any moved.
    /// A message is dead only when it would be received once more than allowed, never one receive early.
    ///
    /// Without its dead-letter queue, which may have been deleted, a message stays and is received again.
    pub(super) fn move_dead_letters(&self, from: &Queue, page: u32) -> Result<bool, Error> {
        let Some(redrive) = &from.attributes.redrive else {
            return Ok(false);
        };
        let Some(to) = self.find_queue(&redrive.dead_letter_queue)? else {
            return Ok(false);
        };
        let route = Route { from, to, receives_allowed: redrive.max_receive_count };
        let mut any = false;
        while self.move_page(&route, page)? {
            any = true;
        }
        Ok(any)
    }

    /// The receive count goes on, as AWS counts "across all queues"; `receives_before` is what this queue starts from.
    fn move_page(&self, route: &Route<'_>, page: u32) -> Result<bool, Error> {
        let statement = "
            UPDATE messages
            SET q = ?1, vis = ?2, receipt = NULL, receives_before = receives, dead_letter_source = ?3
            WHERE n IN (
                SELECT n FROM (
                    SELECT n, receives - receives_before AS receives_here FROM messages
                    WHERE q = ?4 AND vis <= ?2 ORDER BY vis, n LIMIT ?5
                ) WHERE receives_here >= ?6
            )";
        let source = queue_arn(&route.from.name);
        let values = params![route.to.id, self.now, source, route.from.id, page, route.receives_allowed];
        Ok(self.execute(statement, values)? > 0)
    }
}

/// The way of a dead letter.
struct Route<'a> {
    from: &'a Queue,
    to: Queue,
    receives_allowed: u32,
}
