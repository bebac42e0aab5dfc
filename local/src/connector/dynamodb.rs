//! DynamoDB's JSON protocol on the embedded engine, without a socket.

use dynoxide::{Database, DynoxideError};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Answer, Call};

pub(super) fn answer(database: &Database, call: &Call) -> Answer {
    let done = match call.operation.as_str() {
        "GetItem" => run(call, |request| database.get_item(request)),
        "PutItem" => run(call, |request| database.put_item(request)),
        "UpdateItem" => run(call, |request| database.update_item(request)),
        "DeleteItem" => run(call, |request| database.delete_item(request)),
        "Query" => run(call, |request| database.query(request)),
        "BatchGetItem" => run(call, |request| database.batch_get_item(request)),
        "TransactWriteItems" => run(call, |request| database.transact_write_items(request)),
        "TransactGetItems" => run(call, |request| database.transact_get_items(request)),
        other => Err(DynoxideError::ValidationException(format!("{other} is not what the product calls"))),
    };
    match done {
        Ok(body) => Answer { status: 200, body, query_error: None },
        Err(error) => Answer { status: error.status_code(), body: error.to_json().into_bytes(), query_error: None },
    }
}

fn run<Q: DeserializeOwned, A: Serialize>(
    call: &Call,
    engine: impl FnOnce(Q) -> dynoxide::Result<A>,
) -> Result<Vec<u8>, DynoxideError> {
    let invalid = |error: serde_json::Error| DynoxideError::SerializationException(error.to_string());
    let answer = engine(serde_json::from_slice(&call.body).map_err(invalid)?)?;
    serde_json::to_vec(&answer).map_err(invalid)
}
