//! Transactions: the effect and its guard together, or neither.

use std::time::Duration;

use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::{TransactWriteItemsError, TransactWriteItemsOutput};
use aws_sdk_dynamodb::types::{
    CancellationReason, Delete, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem,
};
use domain::error::{Error, Result};
use domain::time::Timestamp;

use super::retry::{Attempts, jittered};
use super::update::Update;
use super::{Item, fault, is_passing, is_throttled, number};
use crate::App;
use crate::metrics::Count;

/// How often one transaction is sent again, with the same content and token, before its outcome is looked up.
const RESENDS: u32 = 4;
/// The longest wait before the first resend; it doubles with each.
const FIRST_WAIT: Duration = Duration::from_millis(50);

/// What a condition of the transaction is about, so that a refusal can be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// The guard row: this request, or one with the same key, was kept before.
    Guard,
    /// The row that says which patient has this phone number and name.
    Name,
    /// A thread, message, contact or patient is no longer as it was read.
    Row,
    /// The allowance of a contact was used by another message.
    Allowance,
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

    /// Deletes the version of a row that was read.
    pub(crate) fn delete_version(&mut self, table: &str, key: Item, version: u32) -> Result<()> {
        let delete = Delete::builder()
            .table_name(table)
            .set_key(Some(key))
            .condition_expression("version = :read")
            .expression_attribute_values(":read", number(&version))
            .build()
            .map_err(|_| Error::Internal)?;
        self.push(Mark::Row, TransactWriteItem::builder().delete(delete).build());
        Ok(())
    }

    /// Changes a row.
    pub(crate) fn update(&mut self, update: Update) -> Result<()> {
        self.update_as(Mark::Row, update)
    }

    /// Changes a row whose condition is about something of its own.
    pub(crate) fn update_as(&mut self, mark: Mark, update: Update) -> Result<()> {
        self.push(mark, TransactWriteItem::builder().update(update.into_write()?).build());
        Ok(())
    }

    fn push(&mut self, mark: Mark, write: TransactWriteItem) {
        self.marks.push(mark);
        self.writes.push(write);
    }

    /// Sends the transaction until an answer comes. The explicit token makes every repetition the same transaction: it
    /// is kept at most once, however many of them arrive and however late.
    pub(crate) async fn run(&self, app: &App) -> Result<Written> {
        let token = app.random.hex();
        let mut is_unheard = false;
        let mut ceiling = FIRST_WAIT;
        for attempt in 0..=RESENDS {
            match self.send(app, &token).await {
                Ok(_) => return Ok(Written::Done),
                Err(error) => match reasons(&error).map(|reasons| self.cancelled(reasons)).transpose()? {
                    // An earlier sending may still be executed: "another was faster" would be a lie.
                    Some(Written::Contended) if is_unheard => {}
                    Some(written) => return Ok(written),
                    None if is_passing(&error) => is_unheard |= !is_throttled(&error),
                    None => return Err(fault("TransactWriteItems", &error)),
                },
            }
            if attempt < RESENDS {
                tokio::time::sleep(jittered(ceiling, app.random.bits())).await;
                ceiling *= 2;
            }
        }
        app.count(Count::WriteUnconfirmed);
        Ok(Written::Unknown)
    }

    /// As [`Self::run`], but again while others are at the same rows: for a change that stays right whatever they do there.
    ///
    /// # Errors
    /// [`Error::Busy`] when they are at it every time.
    pub(crate) async fn insist(&self, app: &App) -> Result<Written> {
        let mut attempts = Attempts::default();
        loop {
            match self.run(app).await? {
                Written::Contended => attempts.again(app).await?,
                written => return Ok(written),
            }
        }
    }

    /// As [`Self::insist`]; `false` when a row is no longer as it was read.
    ///
    /// # Errors
    /// [`Error::Busy`] as there; [`Error::Unconfirmed`] when no answer came.
    pub(crate) async fn happens(&self, app: &App) -> Result<bool> {
        match self.insist(app).await? {
            Written::Done => Ok(true),
            Written::Refused(_) => Ok(false),
            Written::Contended => Err(Error::Busy),
            Written::Unknown => Err(Error::Unconfirmed),
        }
    }

    /// One sending. The SDK must not repeat it by itself: it would hide that an earlier one was not answered.
    async fn send(
        &self,
        app: &App,
        token: &str,
    ) -> Result<TransactWriteItemsOutput, SdkError<TransactWriteItemsError>> {
        let once = aws_sdk_dynamodb::Config::builder().retry_config(RetryConfig::disabled());
        let write = app.store.client.transact_write_items().client_request_token(token);
        write.set_transact_items(Some(self.writes.clone())).customize().config_override(once).send().await
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
