//! A status of a message of ours: sent, delivered, read, failed. It only rises, and it resolves a message in doubt.

use std::time::Duration;

use domain::delivery::apply;
use domain::error::{Error, Result};
use domain::ids::MessageId;
use domain::message::Message;
use platform::App;
use platform::conversation::refused::{heed, opted_out};
use platform::identity::Machine;
use platform::metrics::Count;
use platform::queue::Worker;
use platform::store::deliveries::{self, With, find_sent};
use platform::store::messages;
use platform::store::retry::Attempts;
use platform::whatsapp::envelope::StatusUpdate;

use crate::Webhook;

/// Keeps a status; one that says nothing new, or is about a message that is not ours, counts as done.
pub(crate) async fn keep_status(webhook: &Webhook, machine: Machine, update: &StatusUpdate) -> Result<()> {
    let app = &webhook.app;
    let Some(id) = about(app, machine, update).await? else {
        app.count(Count::StatusUnknown);
        return Ok(());
    };
    let mut attempts = Attempts::default();
    loop {
        let message = match messages::load(app, machine, id).await {
            Err(Error::NotFound) => {
                app.count(Count::StatusUnknown);
                return Ok(());
            }
            loaded => loaded?,
        };
        let Some(delivery) = message.delivery.as_ref().and_then(|delivery| apply(delivery, &update.report)) else {
            return Ok(());
        };
        let opted_out = match update.report.refusal {
            Some(refusal) => opted_out(app, machine, (&message, refusal)).await?,
            None => None,
        };
        let with = With { opted_out: opted_out.as_ref() };
        if deliveries::keep(app, &message, &delivery, with).await? {
            if let Some(refusal) = update.report.refusal {
                heed(app, machine, &webhook.whatsapp.phone_number_id, (&message, refusal)).await?;
            }
            tell_those_behind(app, &message).await;
            return Ok(());
        }
        attempts.again(app).await?;
    }
}

/// The message, by WhatsApp's id of it or, when the status was faster than our own record of that id, by what we sent
/// with it.
async fn about(app: &App, machine: Machine, update: &StatusUpdate) -> Result<Option<MessageId>> {
    let known = find_sent(app, machine, &update.report.wamid).await?;
    Ok(known.or(update.about.map(|about| about.message)))
}

/// A message that was in doubt held back those behind it.
async fn tell_those_behind(app: &App, message: &Message) {
    if message.is_undecided() {
        app.hints.tell(app, Worker::Delivery, (message.thread, Duration::ZERO)).await;
    }
}
