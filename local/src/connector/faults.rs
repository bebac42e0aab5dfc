//! What can go wrong between a handler and its tables, by script or at random from a seed.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use platform::random::Random;
use serde_json::{Value, json};

use super::{Answer, Capacity};

/// A call as it reached the connector.
#[derive(Debug, Clone)]
pub struct Call {
    /// `DynamoDB`, `SQS` or `S3`.
    pub service: &'static str,
    /// For example `GetItem`.
    pub operation: String,
    /// The JSON body; of a call to S3 the object, and on a second line the one that is copied to it.
    pub body: Vec<u8>,
}

/// Something that goes wrong with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The connection fails and nothing happens.
    FailBefore,
    /// It happens, and the answer is lost.
    LoseAnswer,
    /// The connection fails, and it happens that much later.
    ExecuteLate(Duration),
    /// The table refuses for now.
    Throttle,
    /// Another transaction is at the same rows.
    Conflict,
    /// A query misses a row in the middle of what a transaction wrote.
    Torn,
    /// An index has not caught up and is empty; a row of a transaction cannot be seen yet.
    Stale,
}

/// Faults to come.
#[derive(Debug, Default)]
pub struct Faults {
    script: Mutex<VecDeque<Scripted>>,
    chance: Mutex<Option<Chance>>,
    seen: Mutex<Vec<Call>>,
    capacity: Mutex<Capacity>,
    latency: Mutex<Duration>,
}

#[derive(Debug)]
struct Scripted {
    operation: &'static str,
    skip: usize,
    fault: Fault,
}

#[derive(Debug)]
struct Chance {
    random: Random,
    per_mille: u64,
}

impl Faults {
    /// The next call of an operation goes wrong.
    pub fn next_call(&self, operation: &'static str, fault: Fault) {
        self.later_call(operation, 0, fault);
    }

    /// A call of an operation goes wrong, after so many others of it went well.
    pub fn later_call(&self, operation: &'static str, skip: usize, fault: Fault) {
        locked(&self.script).push_back(Scripted { operation, skip, fault });
    }

    /// So many of a thousand calls go wrong, as a seed says; 0 ends it.
    pub fn at_random(&self, random: Random, per_mille: u64) {
        *locked(&self.chance) = (per_mille > 0).then_some(Chance { random, per_mille });
    }

    /// Nothing goes wrong any more.
    pub fn clear(&self) {
        locked(&self.script).clear();
        *locked(&self.chance) = None;
    }

    /// Every call takes so long, so that a test can see how many of them wait for each other.
    pub fn each_takes(&self, latency: Duration) {
        *locked(&self.latency) = latency;
    }

    /// Takes the calls seen so far, and what they consumed.
    pub fn take_calls(&self) -> (Vec<Call>, Capacity) {
        (std::mem::take(&mut *locked(&self.seen)), std::mem::take(&mut *locked(&self.capacity)))
    }

    pub(super) fn latency(&self) -> Duration {
        *locked(&self.latency)
    }

    pub(super) fn consumed(&self, capacity: Capacity) {
        let mut total = locked(&self.capacity);
        total.read += capacity.read;
        total.write += capacity.write;
    }

    pub(super) fn next(&self, call: &Call) -> Option<Fault> {
        locked(&self.seen).push(call.clone());
        let mut script = locked(&self.script);
        let mine = script.iter_mut().position(|scripted| scripted.operation == call.operation);
        if let Some(index) = mine {
            let first = script.get_mut(index)?;
            if first.skip == 0 {
                return script.remove(index).map(|scripted| scripted.fault);
            }
            first.skip -= 1;
        }
        let chance = locked(&self.chance);
        let chance = chance.as_ref()?;
        (chance.random.bits() % 1000 < chance.per_mille).then(|| any(call, chance.random.bits()))
    }
}

/// A fault that can happen to this call.
fn any(call: &Call, random: u64) -> Fault {
    let late = Duration::from_millis(random % 7_000);
    let on_writes = [Fault::FailBefore, Fault::LoseAnswer, Fault::ExecuteLate(late), Fault::Throttle, Fault::Conflict];
    let on_reads = [Fault::FailBefore, Fault::Throttle, Fault::Torn];
    let faults: &[Fault] = match call.operation.as_str() {
        "TransactWriteItems" => &on_writes,
        "Query" => &on_reads,
        _ => on_reads.get(..2).unwrap_or_default(),
    };
    let index = usize::try_from(random / 7_000 % 1_000).unwrap_or(0);
    faults.get(index % faults.len().max(1)).copied().unwrap_or(Fault::FailBefore)
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn refused(error: &str, more: Value) -> Answer {
    let mut body = json!({ "__type": format!("com.amazonaws.dynamodb.v20120810#{error}"), "message": error });
    if let (Some(body), Value::Object(more)) = (body.as_object_mut(), more) {
        body.extend(more);
    }
    Answer { status: 400, body: body.to_string().into_bytes(), query_error: None }
}

pub(super) fn throttled() -> Answer {
    refused("ProvisionedThroughputExceededException", Value::Null)
}

/// A read that finds nothing yet.
pub(super) fn stale(call: &Call) -> Answer {
    let nothing = json!({ "Items": [], "Count": 0, "ScannedCount": 0 });
    let body = if call.operation == "GetItem" { json!({}) } else { nothing };
    Answer { status: 200, body: body.to_string().into_bytes(), query_error: None }
}

/// The cancellation that a real table answers when transactions meet; for a single write the exception of its own.
pub(super) fn conflict(call: &Call) -> Answer {
    if call.operation != "TransactWriteItems" {
        return refused("TransactionConflictException", Value::Null);
    }
    let writes: Value = serde_json::from_slice(&call.body).unwrap_or_default();
    let count = writes.get("TransactItems").and_then(Value::as_array).map_or(1, Vec::len);
    let mut reasons = vec![json!({ "Code": "None" }); count];
    if let Some(first) = reasons.first_mut() {
        *first = json!({ "Code": "TransactionConflict", "Message": "Transaction is ongoing for the item" });
    }
    refused("TransactionCanceledException", json!({ "CancellationReasons": reasons }))
}

/// A query result without the row before the newest: what a reader sees in the middle of a transaction.
pub(super) fn torn(call: &Call, answer: Answer) -> Answer {
    let Ok(mut body) = serde_json::from_slice::<Value>(&answer.body) else {
        return answer;
    };
    let request: Value = serde_json::from_slice(&call.body).unwrap_or_default();
    let newest_first = request.get("ScanIndexForward").and_then(Value::as_bool) == Some(false);
    let items = body.get_mut("Items").and_then(Value::as_array_mut);
    if let Some(items) = items.filter(|items| items.len() >= 2) {
        items.remove(if newest_first { 1 } else { items.len() - 2 });
    }
    Answer { body: body.to_string().into_bytes(), ..answer }
}
