//! A status of a message of ours, as the function `whatsapp-webhook` keeps it: it only rises, and it resolves doubt.

use std::time::Duration;

use domain::delivery::{Delivery, StatusReport, apply};
use domain::error::{Error, Result};
use domain::ids::MessageId;

use crate::counters::Count;
use crate::mutation::Mutation;
use crate::store::Attempts;
use crate::store::deliveries::{find_sent, keep};
use crate::world::World;

/// A status, and the message that our own callback data names.
#[derive(Debug, Clone)]
pub(crate) struct StatusUpdate {
    pub(crate) report: StatusReport,
    pub(crate) about: MessageId,
}

/// Keeps a status; one that says nothing new counts as done.
pub(crate) async fn keep_status(world: &World, update: &StatusUpdate) -> Result<()> {
    let known = find_sent(world, &update.report.wamid).await?;
    if known.is_none() {
        world.count(Count::StatusesBeforeRecord);
    }
    let id = known.unwrap_or(update.about);
    let mut attempts = Attempts::default();
    loop {
        let message = match world.message(id).await {
            Err(Error::NotFound) => return Ok(()),
            loaded => loaded?,
        };
        let known = message.delivery.as_ref();
        let Some(delivery) = known.and_then(|delivery| applied(world, delivery, &update.report)) else {
            world.count(Count::StatusesStale);
            return Ok(());
        };
        world.may_crash(Count::WebhookCrashes).await;
        if keep(world, &message, &delivery, None).await? {
            if message.is_undecided() {
                // A message that was in doubt held back those behind it.
                world.tell(message.thread, Duration::ZERO).await;
            }
            return Ok(());
        }
        attempts.again(world).await?;
    }
}

/// The product's rule, or in one mutant no rule.
fn applied(world: &World, delivery: &Delivery, report: &StatusReport) -> Option<Delivery> {
    if world.is(Mutation::StatusWithoutRank) {
        let blind = delivery.accepted(Some(report.wamid.clone()));
        return Some(Delivery { status: report.status, ..blind });
    }
    apply(delivery, report)
}
