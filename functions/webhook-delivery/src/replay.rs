//! An endpoint is owed again what happened since a moment: its lanes go back to the first event of each stream, page by page.

use std::collections::BTreeMap;

use domain::error::Result;
use domain::event::Event;
use domain::ids::{EndpointId, Seq, StreamNo};
use platform::App;
use platform::identity::Machine;
use platform::points::Point;
use platform::queue::WebhookHint;
use platform::store::replays::{self, Replay};
use platform::store::{endpoints, events};

/// Takes an endpoint's replay to its end.
pub(crate) async fn replay(app: &App, machine: Machine, endpoint: EndpointId) -> Result<()> {
    while let Some(replay) = replays::load(app, machine, endpoint).await? {
        let of = (replay.organization_id, endpoint);
        let found = endpoints::load_for_machine(app, machine, of).await?.filter(|found| found.disabled.is_none());
        let Some(endpoint) = found else {
            replays::keep(app, machine, &replay, None).await?;
            return Ok(());
        };
        let between = (replay.since, replay.until, replay.behind.as_ref());
        let (page, more) = events::since(app, machine, replay.organization_id, between).await?;
        let wanted: Vec<&Event> = page.iter().filter(|event| endpoint.wants(event)).collect();
        rewind(app, machine, &replay, &wanted).await?;
        app.points.reach(Point::ReplayRewound).await;
        // Whoever else works on it goes on from where it is kept.
        replays::keep(app, machine, &replay, page.last().copied().filter(|_| more)).await?;
    }
    Ok(())
}

async fn rewind(app: &App, machine: Machine, replay: &Replay, wanted: &[&Event]) -> Result<()> {
    let mut streams: BTreeMap<StreamNo, (Seq, Seq)> = BTreeMap::new();
    for event in wanted {
        let seq = event.id.seq;
        let (first, last) = streams.entry(event.id.stream).or_insert((seq, seq));
        (*first, *last) = ((*first).min(seq), (*last).max(seq));
    }
    for (stream, (first, last)) in &streams {
        replays::rewind(app, machine, replay, (*stream, first.back(1), *last)).await?;
    }
    let hint = |stream: &StreamNo| WebhookHint::Lane { endpoint: replay.endpoint, stream: *stream };
    app.hints.tell_webhooks(app, &streams.keys().map(hint).collect::<Vec<_>>()).await;
    Ok(())
}
