//! The DynamoDB store: one access pattern, one function, its key in its module's first line. Nothing scans.

use std::collections::HashMap;
use std::sync::Arc;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::error::{Error, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::config::Tables;
use memory::Memory;

pub mod accounts;
pub mod actions;
pub mod alerts;
pub mod append;
pub mod attempts;
pub mod audit;
pub mod backlog;
pub mod contacts;
pub mod deliveries;
pub mod due;
pub mod endpoints;
pub mod events;
pub mod executions;
pub mod guards;
pub mod inbox;
pub mod jobs;
pub mod lanes;
mod memory;
pub mod messages;
pub mod notes;
pub mod observations;
pub mod patients;
pub mod providers;
pub mod rate;
pub mod replays;
pub mod reports;
pub mod retry;
pub mod sections;
pub mod seen;
pub mod sender;
pub mod sessions;
pub mod summaries;
pub mod tags;
pub mod templates;
pub mod texts;
pub mod threads;
mod transaction;
pub mod turns;
mod update;
pub mod uploads;
pub mod utterances;
pub mod versions;
pub mod visits;

/// A row as DynamoDB has it.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// The tables and the client that reaches them.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) client: Client,
    pub(crate) tables: Tables,
    pub(crate) memory: Arc<Memory>,
}

impl Store {
    /// A store on these tables.
    #[must_use]
    pub fn new(client: Client, tables: Tables) -> Self {
        Self { client, tables, memory: Arc::default() }
    }

    /// One row by its key, strongly consistent.
    pub(crate) async fn get<T: DeserializeOwned>(&self, table: &str, key: Item) -> Result<Option<T>> {
        let answer = self
            .client
            .get_item()
            .table_name(table)
            .set_key(Some(key))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| fault("GetItem", &error))?;
        answer.item.map(row).transpose()
    }

    /// One page of a query, strongly consistent where the index allows it.
    pub(crate) async fn query(&self, query: Query<'_>) -> Result<Page> {
        let mut expression = "#p = :p".to_owned();
        let mut request = self.client.query().table_name(query.table).set_index_name(query.index.map(Into::into));
        request = request.expression_attribute_names("#p", query.partition.0);
        request = request.expression_attribute_values(":p", query.partition.1);
        if let Some((name, low, high)) = query.between {
            expression.push_str(" AND #s BETWEEN :low AND :high");
            request = request
                .expression_attribute_names("#s", name)
                .expression_attribute_values(":low", low)
                .expression_attribute_values(":high", high);
        }
        let answer = request
            .key_condition_expression(expression)
            .consistent_read(query.index.is_none())
            .scan_index_forward(query.ascending)
            .limit(i32::try_from(query.limit).unwrap_or(i32::MAX))
            .set_exclusive_start_key(query.after)
            .send()
            .await
            .map_err(|error| fault("Query", &error))?;
        Ok(Page { items: answer.items.unwrap_or_default(), next: answer.last_evaluated_key })
    }
}

/// A query of one partition.
pub(crate) struct Query<'a> {
    pub(crate) table: &'a str,
    pub(crate) index: Option<&'a str>,
    pub(crate) partition: (&'a str, AttributeValue),
    pub(crate) between: Option<(&'a str, AttributeValue, AttributeValue)>,
    pub(crate) ascending: bool,
    pub(crate) limit: u32,
    pub(crate) after: Option<Item>,
}

/// A page of rows, and the key after which the next begins.
pub(crate) struct Page {
    pub(crate) items: Vec<Item>,
    pub(crate) next: Option<Item>,
}

/// A string attribute.
pub(crate) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

/// A number attribute.
pub(crate) fn number(value: &impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// The key of a table whose key is `pk` and `sk`.
pub(crate) fn key(pk: impl Into<String>, sk: impl Into<String>) -> Item {
    Item::from([("pk".to_owned(), text(pk)), ("sk".to_owned(), text(sk))])
}

/// A row from its parts.
pub(crate) fn item(key: Item, value: &impl Serialize) -> Result<Item> {
    let mut item: Item = serde_dynamo::aws_sdk_dynamodb_1::to_item(value).map_err(|_| unfit::<Item>())?;
    item.extend(key);
    Ok(item)
}

/// An attribute from a value.
pub(crate) fn attribute(value: &impl Serialize) -> Result<AttributeValue> {
    serde_dynamo::aws_sdk_dynamodb_1::to_attribute_value(value).map_err(|_| unfit::<AttributeValue>())
}

/// A value from its row.
pub(crate) fn row<T: DeserializeOwned>(item: Item) -> Result<T> {
    serde_dynamo::aws_sdk_dynamodb_1::from_item(item).map_err(|_| unfit::<T>())
}

/// A row that does not fit its type: a fault of ours. What the library says of it may quote a value, so it is not logged.
fn unfit<T>() -> Error {
    tracing::error!(r#type = std::any::type_name::<T>(), "a row does not fit its type");
    Error::Internal
}

/// Logs the cause of a failed call once and gives what a caller may read. Codes only: messages may quote values.
pub(crate) fn fault<E: ProvideErrorMetadata, R>(operation: &'static str, error: &SdkError<E, R>) -> Error {
    let code = error.code().unwrap_or(match error {
        SdkError::TimeoutError(_) => "Timeout",
        SdkError::DispatchFailure(_) => "NoConnection",
        SdkError::ResponseError(_) => "BrokenAnswer",
        _ => "Unknown",
    });
    tracing::error!(operation, code, "DynamoDB did not answer");
    if is_passing(error) { Error::Busy } else { Error::Internal }
}

/// Whether the same call may succeed a moment later.
pub(crate) fn is_passing<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> bool {
    match error {
        SdkError::TimeoutError(_) | SdkError::DispatchFailure(_) | SdkError::ResponseError(_) => true,
        _ => {
            let code = error.code();
            let is_in_progress = code == Some("TransactionInProgressException");
            is_throttled(error) || is_in_progress || matches!(code, Some("InternalServerError" | "ServiceUnavailable"))
        }
    }
}

/// Whether DynamoDB says that it did nothing for now.
pub(crate) fn is_throttled<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> bool {
    let codes = ["ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded"];
    error.code().is_some_and(|code| codes.contains(&code))
}
