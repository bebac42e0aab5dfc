//! `Records`: `pk = ORG#<organization>`, `sk = TEMPLATE`. The template with which an organisation opens conversations.

use domain::error::Result;
use domain::ids::OrganizationId;
use domain::template::Template;

use super::providers::written;
use super::transaction::Transaction;
use super::{Item, item, key};
use crate::App;
use crate::identity::{CareTeam, Operator, Reader};

fn template_key(organization: OrganizationId) -> Item {
    key(format!("ORG#{organization}"), "TEMPLATE")
}

/// The organisation's own template, or the configured one.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn of_caller(app: &App, caller: &CareTeam) -> Result<Template> {
    of_organization(app, caller.into(), caller.organization()).await
}

/// The template of the organisation that a reader may see, or the configured one.
///
/// # Errors
/// [`domain::Error::NotFound`] for another organisation's.
pub async fn of_organization(app: &App, reader: Reader<'_>, organization: OrganizationId) -> Result<Template> {
    reader.may_see(organization)?;
    let own: Option<Template> = app.store.get(&app.store.tables.records, template_key(organization)).await?;
    Ok(own.unwrap_or_else(|| app.config.template.clone()))
}

/// Keeps an organisation's template, over whatever was there.
///
/// # Errors
/// [`domain::Error::NotFound`] for an organisation for which the operator does not act.
pub async fn keep(app: &App, operator: &Operator, organization: OrganizationId, template: &Template) -> Result<()> {
    operator.acts_for(organization)?;
    let mut transaction = Transaction::default();
    transaction.put(&app.store.tables.records, item(template_key(organization), template)?)?;
    written(&transaction.run(app).await?)
}
