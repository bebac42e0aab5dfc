//! What WhatsApp's refusal of a message means for others (external contracts, section 1.7), whether it came at once or later
//! by a status.

use domain::contact::Contact;
use domain::delivery::{Failure, Refusal};
use domain::error::Result;
use domain::ids::ThreadRef;
use domain::message::Message;
use domain::provider_error::ErrorClass;

use crate::App;
use crate::identity::Machine;
use crate::metrics::Count;
use crate::store::{contacts, sender, templates, threads};

/// The codes of everything that is wrong with a template.
const TEMPLATE_CODES: std::ops::RangeInclusive<u32> = 132_000..=132_999;

/// Stops the sender when the account is at fault, and the use of a template that is switched off.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn heed(
    app: &App,
    machine: Machine,
    phone_number_id: &str,
    (message, refusal): (&Message, Refusal),
) -> Result<()> {
    if refusal.class == ErrorClass::Account {
        app.count(Count::SenderStopped);
        sender::pause(app, machine, phone_number_id).await?;
    }
    if refusal.code.is_some_and(|code| TEMPLATE_CODES.contains(&code)) {
        app.count(Count::TemplateRefused);
    }
    let is_off = refusal.class == ErrorClass::Permanent(Failure::TemplateUnavailable);
    if let Some(template) = message.template.as_ref().or(message.fallback.as_ref()).filter(|_| is_off) {
        templates::switch_off(app, machine, message.organization_id, &template.name).await?;
    }
    Ok(())
}

/// The contact who asked never to hear from us again, when that is what a refusal says of a message.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn opted_out(
    app: &App,
    machine: Machine,
    (message, refusal): (&Message, Refusal),
) -> Result<Option<Contact>> {
    if refusal.class != ErrorClass::Permanent(Failure::OptedOut) {
        return Ok(None);
    }
    let thread = threads::load(app, machine, ThreadRef::No(message.thread)).await?;
    match &thread.contact {
        Some(key) => contacts::load(app, machine.into(), key).await.map(Some),
        None => Ok(None),
    }
}
