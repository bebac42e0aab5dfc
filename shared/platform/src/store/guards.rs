//! `Guards`: `pk = KEY#<hash>` for an `Idempotency-Key`, `REQUEST#<id>` for a request without one and for what the product
//! does by itself, `WAMID#<id>` for an inbound message. The row that makes an effect happen once, and points to what came
//! of it.

use std::time::Duration;

use domain::error::{Error, Result};
use domain::time::Timestamp;
use domain::wamid::Wamid;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::retry::Attempt;
use super::transaction::{Mark, Transaction, Written};
use super::{Item, item, text};
use crate::App;

/// How long an `Idempotency-Key` is remembered.
const KEY_LASTS: Duration = Duration::from_hours(24);
/// Meta delivers a webhook again for up to 7 days; twice that is safe.
const WAMID_LASTS: Duration = Duration::from_hours(14 * 24);

/// What makes one effect happen once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guard {
    key: String,
    owner: String,
    fingerprint: String,
    lasts: Duration,
    by_client: bool,
    memo: Option<String>,
}

/// What an `Idempotency-Key` belongs to: the same key elsewhere is another key.
#[derive(Debug, Clone, Copy)]
pub struct KeyScope<'a> {
    /// The caller's `sub`.
    pub subject: &'a str,
    /// The request's method and path.
    pub route: &'a str,
    /// The key as the client gave it.
    pub key: &'a str,
}

impl Guard {
    /// The guard of a request: its client's key, or its own id when it has none.
    #[must_use]
    pub fn of_request(app: &App, scope: Option<KeyScope<'_>>, body: &[u8]) -> Self {
        let owner = app.random.hex();
        let key = match scope {
            Some(KeyScope { subject, route, key }) => {
                // Length before each part: no choice of parts can spell another scope's text.
                let parts = [subject, route, key].map(|part| format!("{}:{part}", part.len()));
                format!("KEY#{}", hex_of(parts.concat().as_bytes()))
            }
            None => format!("REQUEST#{owner}"),
        };
        Self { key, owner, fingerprint: hex_of(body), lasts: KEY_LASTS, by_client: scope.is_some(), memo: None }
    }

    /// The guard of something that the product does by itself. It tells the worker whether its own write happened when no
    /// answer came; that it happens once is the doing of the thread's revision, which every such write compares and moves.
    #[must_use]
    pub fn of_worker(app: &App) -> Self {
        Self::of_request(app, None, b"")
    }

    /// The guard of an inbound message.
    #[must_use]
    pub fn of_inbound(app: &App, wamid: &Wamid) -> Self {
        Self {
            key: format!("WAMID#{}", wamid.as_str()),
            owner: app.random.hex(),
            fingerprint: String::new(),
            lasts: WAMID_LASTS,
            by_client: false,
            memo: None,
        }
    }

    /// This guard, remembering what the answer says and no row keeps.
    #[must_use]
    pub fn remembering(&self, memo: &str) -> Self {
        Self { memo: Some(memo.to_owned()), ..self.clone() }
    }

    /// What comes of the request: a message, a thread or a patient, and whether it is new.
    pub(super) fn pointer(&self, id: u64, fresh: bool) -> Pointer {
        Pointer { id, fresh, memo: self.memo.clone() }
    }

    /// Whether an earlier request may have had the same guard.
    #[must_use]
    pub fn is_from_client(&self) -> bool {
        self.by_client
    }
}

/// The row as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct Row {
    owner: String,
    fingerprint: String,
    #[serde(flatten)]
    pointer: Pointer,
    expires: i64,
}

/// What came of a request, enough to give the same answer again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pointer {
    /// The public integer of the message, thread or patient.
    pub(super) id: u64,
    /// Whether the request brought something new into being: a thread, a patient.
    pub(super) fresh: bool,
    /// What the answer said and no row keeps.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) memo: Option<String>,
}

/// By whom something guarded was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum KeptBy {
    /// By this request.
    Us,
    /// By an earlier request with the same guard, which left this.
    Earlier(Pointer),
}

fn guard_key(guard: &Guard) -> Item {
    Item::from([("pk".to_owned(), text(&guard.key))])
}

fn hex_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Keeps a transaction together with its guard, once: whatever is retried, repeated or late.
///
/// # Errors
/// [`Error::IdempotencyKeyReused`] when the guard belongs to another body; [`Error::Unconfirmed`] when no answer came and the
/// guard cannot be read either.
pub(super) async fn keep(
    app: &App,
    mut transaction: Transaction,
    (guard, pointer): (&Guard, Pointer),
) -> Result<Attempt<KeptBy>> {
    let now = app.now();
    let expires = now.plus(guard.lasts).seconds();
    let row = Row { owner: guard.owner.clone(), fingerprint: guard.fingerprint.clone(), pointer, expires };
    transaction.put_guard(&app.store.tables.guards, item(guard_key(guard), &row)?, now)?;
    match transaction.run(app).await? {
        Written::Done => Ok(Attempt::Done(KeptBy::Us)),
        Written::Contended => Ok(Attempt::Raced),
        Written::Refused(refused) => match refused.into_iter().find(|(mark, _)| *mark == Mark::Guard) {
            Some((_, met)) => met_by(guard, super::row(met.ok_or(Error::Internal)?)?).map(Attempt::Done),
            None => Ok(Attempt::Raced),
        },
        Written::Unknown => match find(app, guard).await {
            Ok(Some(met)) => met_by(guard, met).map(Attempt::Done),
            Ok(None) | Err(_) => Err(Error::Unconfirmed),
        },
    }
}

/// What a client's earlier request with the same key kept, if there was one.
///
/// # Errors
/// [`Error::IdempotencyKeyReused`] when it had another body.
pub(super) async fn kept_before(app: &App, guard: &Guard) -> Result<Option<KeptBy>> {
    if !guard.is_from_client() {
        return Ok(None);
    }
    find(app, guard).await?.map(|met| met_by(guard, met)).transpose()
}

async fn find(app: &App, guard: &Guard) -> Result<Option<Row>> {
    let found: Option<Row> = app.store.get(&app.store.tables.guards, guard_key(guard)).await?;
    Ok(found.filter(|row| Timestamp::from_seconds(row.expires) > app.now()))
}

/// Whose guard was met: it is this request's own when an earlier sending of it got through without an answer.
fn met_by(guard: &Guard, met: Row) -> Result<KeptBy> {
    if met.fingerprint != guard.fingerprint {
        return Err(Error::IdempotencyKeyReused);
    }
    Ok(if met.owner == guard.owner { KeptBy::Us } else { KeptBy::Earlier(met.pointer) })
}
