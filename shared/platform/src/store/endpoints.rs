//! `Records`: `pk = ORG#<organization>`, `sk = WEBHOOK#<id>` for an endpoint; `pk = WEBHOOK#<id>`, `sk = OWNER` for its organisation.
//! The secrets are kept as everything is, encrypted by the table's key, and leave it only to sign, and once for who made them.

use domain::error::{Error, Result};
use domain::ids::{EndpointId, OrganizationId};
use domain::webhook::endpoint::{Endpoint, MOST};
use serde::{Deserialize, Serialize};

use super::guards::{self, Guard, KeptBy};
use super::retry::{Attempt, Attempts};
use super::transaction::{Mark, Transaction};
use super::{Item, Query, item, key, row, text};
use crate::App;
use crate::identity::{Clinician, Machine, Operator};

#[derive(Debug, Serialize, Deserialize)]
struct Owner {
    organization_id: OrganizationId,
}

fn endpoint_key(organization: OrganizationId, id: EndpointId) -> Item {
    key(format!("ORG#{organization}"), format!("WEBHOOK#{id}"))
}

fn owner_key(id: EndpointId) -> Item {
    key(format!("WEBHOOK#{id}"), "OWNER")
}

/// An endpoint for which the operator acts.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or it is of an organisation for which the operator does not act.
pub async fn load(app: &App, operator: &Operator, id: EndpointId) -> Result<Endpoint> {
    let owner: Option<Owner> = app.store.get(&app.store.tables.records, owner_key(id)).await?;
    let organization = owner.ok_or(Error::NotFound)?.organization_id;
    operator.acts_for(organization)?;
    find(app, (organization, id)).await?.ok_or(Error::NotFound)
}

/// An endpoint that a lane or job is about; nothing when there is none any more.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn load_for_machine(app: &App, _: Machine, of: (OrganizationId, EndpointId)) -> Result<Option<Endpoint>> {
    find(app, of).await
}

async fn find(app: &App, (organization, id): (OrganizationId, EndpointId)) -> Result<Option<Endpoint>> {
    app.store.get(&app.store.tables.records, endpoint_key(organization, id)).await
}

/// The endpoints of an organisation for which the operator acts.
///
/// # Errors
/// [`Error::NotFound`] for an organisation for which the operator does not act.
pub async fn of_organization(app: &App, operator: &Operator, organization: OrganizationId) -> Result<Vec<Endpoint>> {
    operator.acts_for(organization)?;
    all(app, organization).await
}

/// The endpoint of the caller's organisation at an address, if one is registered there and takes something.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn at_address(app: &App, caller: &Clinician, address: &str) -> Result<Option<EndpointId>> {
    let endpoints = all(app, caller.organization()).await?;
    let found = endpoints.into_iter().find(|endpoint| endpoint.url.as_str() == address && endpoint.disabled.is_none());
    Ok(found.map(|endpoint| endpoint.id))
}

/// The endpoints of an organisation whose events are to be told.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn for_machine(app: &App, _: Machine, organization: OrganizationId) -> Result<Vec<Endpoint>> {
    all(app, organization).await
}

async fn all(app: &App, organization: OrganizationId) -> Result<Vec<Endpoint>> {
    let (mut endpoints, mut after) = (Vec::new(), None);
    loop {
        let page = app.store.query(Query {
            table: &app.store.tables.records,
            index: None,
            partition: ("pk", text(format!("ORG#{organization}"))),
            between: Some(("sk", text("WEBHOOK#"), text("WEBHOOK#~"))),
            ascending: true,
            limit: 100,
            after,
        });
        let page = page.await?;
        endpoints.extend(page.items.into_iter().map(row::<Endpoint>).collect::<Result<Vec<_>>>()?);
        after = page.next;
        if after.is_none() {
            return Ok(endpoints);
        }
    }
}

/// Keeps a new endpoint, once; answers the id under which this request, or an earlier one with the same key, kept it.
///
/// # Errors
/// [`Error::IdempotencyKeyReused`] and [`Error::Unconfirmed`] as in [`super::append::keep`]; a refusal when the organisation has as
/// many as it may have.
pub async fn keep_new(app: &App, endpoint: &Endpoint, guard: &Guard) -> Result<(EndpointId, bool)> {
    if let Some(KeptBy::Earlier(pointer)) = guards::kept_before(app, guard).await? {
        return earlier(pointer.memo);
    }
    if all(app, endpoint.organization_id).await?.len() >= MOST {
        let detail = format!("An organization has at most {MOST} webhooks.");
        return Err(Error::Refused { code: "WEBHOOK_LIMIT_REACHED", detail });
    }
    let guard = guard.remembering(&endpoint.id.to_string());
    let mut attempts = Attempts::default();
    loop {
        let mut transaction = Transaction::default();
        let table = &app.store.tables.records;
        let owner = Owner { organization_id: endpoint.organization_id };
        let row = item(endpoint_key(endpoint.organization_id, endpoint.id), endpoint)?;
        transaction.put_new(Mark::Row, table, row)?;
        transaction.put_new(Mark::Row, table, item(owner_key(endpoint.id), &owner)?)?;
        match guards::keep(app, transaction, (&guard, guard.pointer(0, true))).await? {
            Attempt::Done(KeptBy::Us) => return Ok((endpoint.id, false)),
            Attempt::Done(KeptBy::Earlier(pointer)) => return earlier(pointer.memo),
            Attempt::Raced => attempts.again(app).await?,
        }
    }
}

fn earlier(memo: Option<String>) -> Result<(EndpointId, bool)> {
    let id = memo.and_then(|memo| memo.parse().ok()).ok_or(Error::Internal)?;
    Ok((id, true))
}

/// Changes an endpoint for which the operator acts, once per guard; answers it as it is then, and whether an earlier request with
/// the same key has changed it.
///
/// # Errors
/// As [`load`] and [`keep_new`].
pub async fn change(
    app: &App,
    (operator, id): (&Operator, EndpointId),
    guard: &Guard,
    change: impl Fn(&Endpoint) -> Endpoint,
) -> Result<(Endpoint, bool)> {
    let mut attempts = Attempts::default();
    loop {
        let read = load(app, operator, id).await?;
        if guards::kept_before(app, guard).await?.is_some() {
            return Ok((read, true));
        }
        let changed = change(&read);
        let mut transaction = Transaction::default();
        put_over(app, &mut transaction, (&read, &changed))?;
        match guards::keep(app, transaction, (guard, guard.pointer(0, false))).await? {
            Attempt::Done(KeptBy::Us) => return Ok((changed, false)),
            Attempt::Done(KeptBy::Earlier(_)) => return Ok((load(app, operator, id).await?, true)),
            Attempt::Raced => attempts.again(app).await?,
        }
    }
}

/// Changes an endpoint by what its answers say of it, if that changes anything. `true` when this changed it.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Unconfirmed`] when the table does not answer: then the next attempt says it again.
pub async fn learn(
    app: &App,
    machine: Machine,
    of: (OrganizationId, EndpointId),
    change: impl Fn(&Endpoint) -> Option<Endpoint>,
) -> Result<bool> {
    let mut attempts = Attempts::default();
    loop {
        let Some(read) = load_for_machine(app, machine, of).await? else { return Ok(false) };
        let Some(changed) = change(&read) else { return Ok(false) };
        let mut transaction = Transaction::default();
        put_over(app, &mut transaction, (&read, &changed))?;
        if transaction.happens(app).await? {
            return Ok(true);
        }
        attempts.again(app).await?;
    }
}

fn put_over(app: &App, transaction: &mut Transaction, (read, changed): (&Endpoint, &Endpoint)) -> Result<()> {
    let row = item(endpoint_key(read.organization_id, read.id), changed)?;
    transaction.put_over(&app.store.tables.records, row, read.version)
}

/// Takes an endpoint away, if it is there. What it is owed is not told any more.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Unconfirmed`] when the table does not answer.
pub async fn remove(app: &App, operator: &Operator, endpoint: &Endpoint) -> Result<()> {
    operator.acts_for(endpoint.organization_id)?;
    let mut transaction = Transaction::default();
    let table = &app.store.tables.records;
    transaction.delete(table, endpoint_key(endpoint.organization_id, endpoint.id))?;
    transaction.delete(table, owner_key(endpoint.id))?;
    transaction.happens(app).await.map(drop)
}
