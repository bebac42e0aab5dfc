//! A stream's new events come to the lanes of those who are told of them: all lanes in one transaction, so that nobody is told twice
//! or not at all.

use std::time::Duration;

use domain::error::Result;
use domain::ids::{EndpointId, EventId, Seq, StreamNo};
use domain::read::HOLE_AGE;
use domain::webhook::attempt::Execution;
use domain::webhook::endpoint::Endpoint;
use domain::webhook::lane::Lane;
use platform::App;
use platform::identity::Machine;
use platform::metrics::Count;
use platform::points::Point;
use platform::queue::WebhookHint;
use platform::store::events::{self, Announcement, Head};
use platform::store::retry::Attempts;
use platform::store::{endpoints, lanes};

/// Events that come to the lanes together. Each of them may fail an execution in the same transaction.
const MOST: u32 = 50;
/// When a number cannot be seen yet.
const SOON: Duration = Duration::from_secs(1);

/// Tells the lanes of a stream's subscribers of its events.
pub(crate) async fn spread(app: &App, machine: Machine, stream: StreamNo) -> Result<()> {
    let mut attempts = Attempts::default();
    loop {
        let Some(head) = events::head(app, machine, stream).await? else { return Ok(()) };
        if head.told >= head.last {
            return Ok(());
        }
        let found = events::after(app, machine, (stream, head.told, head.last), MOST).await?;
        let Some(seen) = seen(app, &head, found) else {
            app.hints.tell_webhook(app, WebhookHint::Events { stream }, SOON).await;
            return Ok(());
        };
        app.points.reach(Point::EventsFound).await;
        if keep(app, machine, (stream, &head), &seen).await? {
            attempts = Attempts::default();
        } else {
            attempts.again(app).await?;
        }
    }
}

/// The events that can be told: those without a gap before them. The rows of a young transaction may become visible one after the
/// other, so a gap counts as one only when it is old.
fn seen(app: &App, head: &Head, found: Vec<Announcement>) -> Option<Vec<Announcement>> {
    let is_next = |(index, announcement): &(usize, Announcement)| {
        let ahead = u32::try_from(*index).ok().and_then(|index| head.told.get().checked_add(index));
        ahead.and_then(Seq::new).map(Seq::next) == Some(announcement.event.id.seq)
    };
    let is_old = app.now().since(head.at) > HOLE_AGE;
    let gapless: Vec<_> = found.iter().cloned().enumerate().take_while(is_next).map(|(_, one)| one).collect();
    match gapless.is_empty() {
        false => Some(gapless),
        true if is_old && !found.is_empty() => {
            app.count(Count::PermanentHole);
            Some(found)
        }
        true => None,
    }
}

async fn keep(app: &App, machine: Machine, (stream, head): (StreamNo, &Head), seen: &[Announcement]) -> Result<bool> {
    let (Some(first), Some(last)) = (seen.first(), seen.last()) else { return Ok(false) };
    let (organization, through) = (first.event.organization_id, last.event.id.seq);
    let endpoints = endpoints::for_machine(app, machine, organization).await?;
    let told: Vec<&Endpoint> = endpoints.iter().filter(|endpoint| endpoint.disabled.is_none()).collect();
    let mut changes = Vec::new();
    for endpoint in told.iter().filter(|endpoint| seen.iter().any(|one| endpoint.wants(&one.event))) {
        let read = lanes::load(app, machine, (endpoint.id, stream)).await?;
        let lane = match &read {
            Some(read) => read.extended(through),
            None => Some(Lane::opened((organization, endpoint.id), stream, (head.told, through), app.now())),
        };
        changes.extend(lane.map(|lane| (read, lane)));
    }
    if !events::spread(app, (stream, head, through), &changes, &impossible(seen, &told)).await? {
        return Ok(false);
    }
    app.points.reach(Point::EventsSpread).await;
    let hint = |(_, lane): &(Option<Lane>, Lane)| WebhookHint::Lane { endpoint: lane.endpoint, stream };
    let hints: Vec<_> = changes.iter().filter(|(_, lane)| lane.due <= app.now()).map(hint).collect();
    app.hints.tell_webhooks(app, &hints).await;
    Ok(true)
}

/// Executions whose target is told nothing.
fn impossible(seen: &[Announcement], told: &[&Endpoint]) -> Vec<(EventId, Execution)> {
    let is_told = |target: EndpointId| told.iter().any(|endpoint| endpoint.id == target);
    let targets = seen.iter().filter_map(|one| Some((one.event.id, one.event.target?)));
    targets.filter(|(_, target)| !is_told(*target)).map(|(id, target)| (id, Execution::impossible(target))).collect()
}
