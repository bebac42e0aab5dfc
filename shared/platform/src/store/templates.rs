//! `Records`: `pk = ORG#<organization>`, `sk = TEMPLATE`. The template with which an organisation opens conversations.

use domain::error::Result;
use domain::ids::OrganizationId;
use domain::template::{Template, TemplateName};

use super::providers::written;
use super::transaction::{Mark, Transaction, Written};
use super::update::{Condition, Update};
use super::{Item, attribute, item, key, text};
use crate::App;
use crate::identity::{CareTeam, Machine, Operator, Reader};

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
    written(&transaction.insist(app).await?)
}

/// Marks a template as not approved, since WhatsApp says that it is paused or disabled, until the operator keeps it anew. When
/// another one is kept meanwhile, that one stays as it is.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Unconfirmed`] when the table does not answer.
pub async fn switch_off(app: &App, _: Machine, organization: OrganizationId, name: &TemplateName) -> Result<()> {
    let table = &app.store.tables.records;
    let own: Option<Template> = app.store.get(table, template_key(organization)).await?;
    let mut transaction = Transaction::default();
    match own {
        Some(own) if own.name == *name && own.approved => {
            let update = Update::of(table, template_key(organization))
                .when(Condition::Equals("name", text(name.as_str())))
                .set("approved", attribute(&false)?);
            transaction.update(update)?;
        }
        None if app.config.template.name == *name => {
            let off = Template { approved: false, ..app.config.template.clone() };
            transaction.put_new(Mark::Row, table, item(template_key(organization), &off)?)?;
        }
        Some(_) | None => return Ok(()),
    }
    match transaction.insist(app).await? {
        Written::Refused(_) => Ok(()),
        other => written(&other),
    }
}
