//! `Guards`: `pk = RATE#<hash of sub>#<class>#<minute>`. Requests of a caller in a minute.

use std::time::Duration;

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use domain::error::{Error, Result};
use sha2::{Digest, Sha256};

use super::update::{Condition, Update};
use super::{Item, number, text};
use crate::App;
use crate::identity::Identity;
use crate::metrics::Count;

const MINUTE_S: i64 = 60;

/// What kind of request is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// It changes nothing.
    Read,
    /// It changes something.
    Write,
    /// It brings a file, which costs more than a row; it is counted as a change, too.
    Upload,
}

/// Counts a request. When the table does not answer the request goes on: the limiter must not be what stops a clinic.
///
/// # Errors
/// [`Error::RateLimited`] when the caller's minute is used up.
pub async fn count(app: &App, identity: &Identity, class: Class) -> Result<()> {
    let (limit, name) = match class {
        Class::Read => (app.config.rate_limits.reads, "read"),
        Class::Write => (app.config.rate_limits.writes, "write"),
        Class::Upload => (app.config.rate_limits.uploads, "upload"),
    };
    let Some(limit) = limit else { return Ok(()) };
    let now = app.now();
    let minute = now.seconds().div_euclid(MINUTE_S);
    let subject: String =
        Sha256::digest(identity.subject()).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let key = Item::from([("pk".to_owned(), text(format!("RATE#{subject}#{name}#{minute}")))]);
    let expires = now.plus(Duration::from_mins(5)).seconds();
    let update = Update::of(&app.store.tables.guards, key)
        .add("hits", 1)
        .set("expires", number(&expires))
        .when(Condition::Below("hits", number(&limit)));
    match send(app, update).await {
        Counted::Yes => Ok(()),
        Counted::Full => {
            let rest = MINUTE_S - now.seconds().rem_euclid(MINUTE_S);
            Err(Error::RateLimited { limit, retry_after_s: u32::try_from(rest).unwrap_or(1) })
        }
        Counted::Unknown => {
            app.count(Count::RateLimitOpen);
            Ok(())
        }
    }
}

enum Counted {
    Yes,
    Full,
    Unknown,
}

async fn send(app: &App, update: Update) -> Counted {
    let (table, key, expressions) = update.into_parts();
    let sent = app
        .store
        .client
        .update_item()
        .table_name(table)
        .set_key(Some(key))
        .update_expression(expressions.update)
        .set_condition_expression(expressions.condition)
        .set_expression_attribute_names(Some(expressions.names.into_iter().collect()))
        .set_expression_attribute_values(Some(expressions.values.into_iter().collect()))
        .send()
        .await;
    match sent {
        Ok(_) => Counted::Yes,
        Err(error) => match error.as_service_error() {
            Some(UpdateItemError::ConditionalCheckFailedException(_)) => Counted::Full,
            _ => Counted::Unknown,
        },
    }
}
