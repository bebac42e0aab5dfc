//! `Records`: `pk = ORG#<organization>`, `sk = PROVIDER#<id>`. The provider directory.

use domain::error::{Error, Result};
use domain::ids::{OrganizationId, ProviderId};
use domain::provider::Provider;

use super::transaction::{Transaction, Written};
use super::{Item, item, key};
use crate::App;
use crate::identity::{CareTeam, Operator};

fn provider_key(organization: OrganizationId, id: ProviderId) -> Item {
    key(format!("ORG#{organization}"), format!("PROVIDER#{id}"))
}

/// The caller's own entry.
///
/// # Errors
/// [`Error::Refused`] with `provider_unknown` when the directory has no such provider in the caller's organisation, or
/// has it in another role: the token and the directory disagree, and the directory decides what patients read.
pub async fn of_caller(app: &App, caller: &CareTeam) -> Result<Provider> {
    let key = provider_key(caller.organization(), caller.provider());
    let found: Option<Provider> = app.store.get(&app.store.tables.records, key).await?;
    found.filter(|provider| provider.role == caller.role()).ok_or_else(|| Error::Refused {
        code: "provider_unknown",
        detail: "This account is not in the provider directory of its organization.".to_owned(),
    })
}

/// Another provider of the caller's organisation.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn find(app: &App, caller: &CareTeam, id: ProviderId) -> Result<Option<Provider>> {
    app.store.get(&app.store.tables.records, provider_key(caller.organization(), id)).await
}

/// Keeps an entry, over whatever was there.
///
/// # Errors
/// [`Error::NotFound`] for an organisation for which the operator does not act.
pub async fn keep(app: &App, operator: &Operator, provider: &Provider) -> Result<()> {
    operator.acts_for(provider.organization_id)?;
    let row = item(provider_key(provider.organization_id, provider.provider_id), provider)?;
    let mut transaction = Transaction::default();
    transaction.put(&app.store.tables.records, row)?;
    written(&transaction.insist(app).await?)
}

/// Whether a write over whatever was there happened.
pub(super) fn written(written: &Written) -> Result<()> {
    match written {
        Written::Done => Ok(()),
        Written::Contended => Err(Error::Busy),
        Written::Refused(_) => Err(Error::Internal),
        Written::Unknown => Err(Error::Unconfirmed),
    }
}
