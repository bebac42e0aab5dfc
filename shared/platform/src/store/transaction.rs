//! Transactions: the effect and its guard together, or neither.

use std::time::Duration;

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    CancellationReason, Delete, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem,
};
use domain::error::{Error, Result};
use domain::time::Timestamp;

use super::retry::jittered;
use super::update::Update;
use super::{Item, fault, is_passing, number};
use crate::App;
use crate::metrics::Count;

/// How often one transaction is sent again, with the same content and token, before its outcome is looked up.
const RESENDS: u32 = 2;

/// What a condition of the transaction is about, so that a refusal can be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// The guard row: this request, or one with the same key, was kept before.
    Guard,
    /// The row that says which patient has this phone number and name.
    Name,
    /// A thread, message, contact or patient is no longer as it was read.
    Row,
}

/// Writes that are kept together.
#[derive(Debug, Default)]
pub(crate) struct Transaction {
    writes: Vec<TransactWriteItem>,
    marks: Vec<Mark>,
}

/// What became of a transaction.
#[derive(Debug)]
pub(crate) enum Written {
    /// It is kept.
    Done,
    /// Conditions did not hold; the rows are those that DynamoDB gives back for a guard or a name.
    Refused(Vec<(Mark, Option<Item>)>),
    /// Another transaction was at the same rows.
    Contended,
    /// Nobody knows: no answer came, as often as it was sent.
    Unknown,
}

impl Transaction {
    /// Puts a row that must not exist.
    pub(crate) fn put_new(&mut self, mark: Mark, table: &str, item: Item) -> Result<()> {
        let key = if item.contains_key("pk") { "pk" } else { "seq" };
        let put = Put::builder()
            .table_name(table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(#k)")
            .expression_attribute_names("#k", key)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .build()
            .map_err(|_| Error::Internal)?;
        self.push(mark, TransactWriteItem::builder().put(put).build());
        Ok(())
    }

    /// Puts a guard row, unless one is there that still counts. DynamoDB deletes expired rows days late.
    pub(crate) fn put_guard(&mut self, table: &str, item: Item, now: Timestamp) -> Result<()> {
        let put = Put::builder()
            .table_name(table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk) OR expires <= :now")
            .expression_attribute_values(":now", number(&now.seconds()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .build()
            .map_err(|_| Error::Internal)?;
        self.push(Mark::Guard, TransactWriteItem::builder().put(put).build());
        Ok(())
    }

    /// Puts a row over the version that was read.
    pub(crate) fn put_over(&mut self, table: &str, item: Item, version: u32) -> Result<()> {
        let put = Put::builder()
            .table_name(table)
            .set_item(Some(item))
            .condition_expression("version = :read")
            .expression_attribute_values(":read", number(&version))
            .build()
            .map_err(|_| Error::Internal)?;
        self.push(Mark::Row, TransactWriteItem::builder().put(put).build());
        Ok(())
    }

    /// Puts a row over whatever is there.
    pub(crate) fn put(&mut self, table: &str, item: Item) -> Result<()> {
        let put = Put::builder().table_name(table).set_item(Some(item)).build().map_err(|_| Error::Internal)?;
        self.push(Mark::Row, TransactWriteItem::builder().put(put).build());
        Ok(())
    }

    /// Deletes a row, if it is there.
    pub(crate) fn delete(&mut self, table: &str, key: Item) -> Result<()> {
        let delete = Delete::builder().table_name(table).set_key(Some(key)).build().map_err(|_| Error::Internal)?;
        self.push(Mark::Row, TransactWriteItem::builder().delete(delete).build());
        Ok(())
    }

    /// Changes a row.
    pub(crate) fn update(&mut self, update: Update) -> Result<()> {
        self.push(Mark::Row, TransactWriteItem::builder().update(update.into_write()?).build());
        Ok(())
    }

    fn push(&mut self, mark: Mark, write: TransactWriteItem) {
        self.marks.push(mark);
        self.writes.push(write);
    }

    /// Sends the transaction until an answer comes. The explicit token makes every repetition the same transaction: it
    /// is kept at most once, however many of them arrive and however late.
    pub(crate) async fn run(self, app: &App) -> Result<Written> {
        let token = app.random.hex();
        for attempt in 0..=RESENDS {
            let sent = app.store.client.transact_write_items().client_request_token(&token);
            match sent.set_transact_items(Some(self.writes.clone())).send().await {
                Ok(_) => return Ok(Written::Done),
                Err(error) => match reasons(&error) {
                    Some(reasons) => return self.cancelled(reasons),
                    None if is_passing(&error) => {}
                    None => return Err(fault("TransactWriteItems", &error)),
                },
            }
            if attempt < RESENDS {
                tokio::time::sleep(jittered(Duration::from_millis(100), app.random.bits())).await;
            }
        }
        app.count(Count::WriteUnconfirmed);
        Ok(Written::Unknown)
    }

    fn cancelled(&self, reasons: &[CancellationReason]) -> Result<Written> {
        let mut refused = Vec::new();
        for (reason, mark) in reasons.iter().zip(&self.marks) {
            match reason.code() {
                Some("ConditionalCheckFailed") => refused.push((*mark, reason.item().cloned())),
                None | Some("None" | "TransactionConflict" | "ThrottlingError" | "ProvisionedThroughputExceeded") => {}
                Some(code) => {
                    tracing::error!(code, "a transaction was refused for its content");
                    return Err(Error::Internal);
                }
            }
        }
        if refused.is_empty() { Ok(Written::Contended) } else { Ok(Written::Refused(refused)) }
    }
}

fn reasons(error: &SdkError<TransactWriteItemsError>) -> Option<&[CancellationReason]> {
    match error.as_service_error()? {
        TransactWriteItemsError::TransactionCanceledException(cancelled) => Some(cancelled.cancellation_reasons()),
        _ => None,
    }
}
