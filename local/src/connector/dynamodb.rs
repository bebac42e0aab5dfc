//! DynamoDB's JSON protocol on the embedded engine, without a socket.

use dynoxide::{Database, DynoxideError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Answer, Call};

/// Capacity units that a call consumed.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Capacity {
    /// Read request units.
    pub read: f64,
    /// Write request units.
    pub write: f64,
}

pub(super) fn answer(database: &Database, call: &Call) -> (Answer, Capacity) {
    match dispatch(database, call) {
        Ok(body) => {
            let capacity = consumed(&call.operation, &body);
            (Answer { status: 200, body: body.to_string().into_bytes(), query_error: None }, capacity)
        }
        Err(error) => {
            let answer = Answer { status: error.status_code(), body: error.to_json().into_bytes(), query_error: None };
            (answer, Capacity::default())
        }
    }
}

fn dispatch(database: &Database, call: &Call) -> Result<Value, DynoxideError> {
    match call.operation.as_str() {
        "GetItem" => run(call, |request| database.get_item(request)),
        "PutItem" => run(call, |request| database.put_item(request)),
        "UpdateItem" => run(call, |request| database.update_item(request)),
        "DeleteItem" => run(call, |request| database.delete_item(request)),
        "Query" => run(call, |request| database.query(request)),
        "TransactWriteItems" => run(call, |request| database.transact_write_items(request)),
        other => Err(DynoxideError::ValidationException(format!("{other} is not what the product calls"))),
    }
}

fn run<Q: DeserializeOwned, A: Serialize>(
    call: &Call,
    engine: impl FnOnce(Q) -> dynoxide::Result<A>,
) -> Result<Value, DynoxideError> {
    let invalid = |error: serde_json::Error| DynoxideError::SerializationException(error.to_string());
    let mut request: Value = serde_json::from_slice(&call.body).map_err(invalid)?;
    if let Some(fields) = request.as_object_mut() {
        fields.insert("ReturnConsumedCapacity".to_owned(), json!("TOTAL"));
    }
    let answer = engine(serde_json::from_value(request).map_err(invalid)?)?;
    serde_json::to_value(&answer).map_err(invalid)
}

/// The units of an answer; a single table's as an object, several tables' as a list.
fn consumed(operation: &str, answer: &Value) -> Capacity {
    let units = match answer.get("ConsumedCapacity") {
        Some(Value::Array(tables)) => tables.iter().map(units).sum(),
        Some(table) => units(table),
        None => 0.0,
    };
    match operation {
        "GetItem" | "Query" => Capacity { read: units, write: 0.0 },
        _ => Capacity { read: 0.0, write: units },
    }
}

fn units(table: &Value) -> f64 {
    table.get("CapacityUnits").and_then(Value::as_f64).unwrap_or(0.0)
}
