//! Workers: batches of hints from SQS with partial failures, and schedules.

use std::future::Future;

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use futures_util::future::join_all;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use platform::identity::Machine;
use serde::de::DeserializeOwned;

/// Works through a batch, all hints side by side: what one thread waits for must not cost the others the invocation's time.
/// A hint that fails is named in the answer, so that SQS brings it again and, after the queue's last attempt, puts it to the
/// dead letters; the others are done.
pub async fn work<T: DeserializeOwned, F>(event: SqsEvent, act: impl Fn(Machine, T) -> F) -> SqsBatchResponse
where
    F: Future<Output = domain::Result<()>>,
{
    let mut response = SqsBatchResponse::default();
    let act = &act;
    let failed = join_all(event.records.into_iter().map(async |record| {
        let id = record.message_id.unwrap_or_default();
        match serde_json::from_str(record.body.as_deref().unwrap_or_default()) {
            Ok(hint) => act(Machine::of_invocation(), hint).await.is_err().then_some(id),
            Err(_) => {
                tracing::error!(message_id = id, "a hint is not of the expected form");
                Some(id)
            }
        }
    }));
    for id in failed.await.into_iter().flatten() {
        response.add_failure(id);
    }
    response
}

/// Serves batches on Lambda until the environment ends.
///
/// # Errors
/// When the Runtime API cannot be reached.
pub async fn serve<F>(handler: impl Fn(SqsEvent) -> F) -> Result<(), Error>
where
    F: Future<Output = SqsBatchResponse>,
{
    lambda_runtime::run(service_fn(async |event: LambdaEvent<SqsEvent>| Ok::<_, Error>(handler(event.payload).await)))
        .await
}

/// Serves a schedule on Lambda until the environment ends. What fails is tried again by the next tick.
///
/// # Errors
/// When the Runtime API cannot be reached.
pub async fn serve_schedule<F>(handler: impl Fn(Machine) -> F) -> Result<(), Error>
where
    F: Future<Output = domain::Result<()>>,
{
    lambda_runtime::run(service_fn(async |_: LambdaEvent<serde_json::Value>| {
        handler(Machine::of_invocation()).await.map_err(|error| Error::from(error.to_string()))
    }))
    .await
}
