//! An endpoint is told what it is owed of a stream, one event after the other, for as long as it takes them.

use std::time::Duration;

use domain::error::Result;
use domain::ids::{EndpointId, EventId, Seq, StreamNo};
use domain::time::Timestamp;
use domain::webhook::attempt::{Execution, ExecutionStatus};
use domain::webhook::endpoint::Endpoint;
use domain::webhook::lane::Lane;
use platform::App;
use platform::identity::Machine;
use platform::points::Point;
use platform::queue::WebhookHint;
use platform::store::events::{self, Announcement};
use platform::store::{endpoints, executions, lanes};
use tokio::time::Instant;

use crate::{Worker, attempt};

/// For so long new attempts are begun: the function has a minute, and the last one takes its time.
const BUDGET: Duration = Duration::from_secs(25);
/// Events that are looked at together.
const PAGE: u32 = 25;
/// SQS delays a hint by no more; the sweeper repeats the others.
const LONGEST_DELAY: Duration = Duration::from_mins(15);

/// What follows a step.
pub(crate) enum Step {
    /// The next event.
    Further,
    /// Nothing for now: nothing is owed, or another worker has it.
    Rest,
    /// The same event later.
    Later(Timestamp),
}

/// What is next in a lane.
enum Found {
    /// This event.
    Event(Box<Announcement>),
    /// Up to here nothing that is told; these executions do not happen.
    Nothing(Seq, Vec<(EventId, Execution)>),
}

/// Tells an endpoint what it is owed of a stream.
pub(crate) async fn tell(worker: &Worker, machine: Machine, (endpoint, stream): (EndpointId, StreamNo)) -> Result<()> {
    let app = &worker.app;
    let hint = WebhookHint::Lane { endpoint, stream };
    let begun = Instant::now();
    while begun.elapsed() < BUDGET {
        match step(worker, machine, (endpoint, stream)).await? {
            Step::Further => {}
            Step::Rest => return Ok(()),
            Step::Later(at) => {
                let delay = at.since(app.now());
                if delay <= LONGEST_DELAY {
                    app.hints.tell_webhook(app, hint, delay).await;
                }
                return Ok(());
            }
        }
    }
    app.hints.tell_webhook(app, hint, Duration::ZERO).await;
    Ok(())
}

async fn step(worker: &Worker, machine: Machine, of: (EndpointId, StreamNo)) -> Result<Step> {
    let app = &worker.app;
    let Some(lane) = lanes::load(app, machine, of).await? else { return Ok(Step::Rest) };
    if lane.due > app.now() {
        return Ok(Step::Rest);
    }
    let endpoint = endpoints::load_for_machine(app, machine, (lane.organization_id, lane.endpoint)).await?;
    let endpoint = endpoint.filter(|endpoint| endpoint.disabled.is_none());
    match (found(app, machine, &lane, endpoint.as_ref()).await?, endpoint) {
        (Found::Event(announcement), Some(endpoint)) => {
            let begun = lane.begun(announcement.event.id.seq, app.now());
            if !lanes::keep(app, (&lane, Some(&begun)), &[]).await? {
                return Ok(Step::Rest);
            }
            app.points.reach(Point::WebhookBegun).await;
            attempt::attempt(worker, machine, (begun, &endpoint), &announcement).await
        }
        (Found::Nothing(through, impossible), _) => {
            let passed = lane.passed(through, app.now());
            lanes::keep(app, (&lane, passed.as_ref()), &impossible).await?;
            Ok(Step::Further)
        }
        (Found::Event(_), None) => Ok(Step::Rest),
    }
}

/// What is next in a lane: the first event that its endpoint is told. An execution that happened is not told again, whoever asks for
/// it; one that is meant for an endpoint that is told nothing does not happen.
async fn found(app: &App, machine: Machine, lane: &Lane, endpoint: Option<&Endpoint>) -> Result<Found> {
    let page = events::after(app, machine, (lane.stream, lane.done, lane.last), PAGE).await?;
    // What cannot be seen any more is older than events are kept.
    let is_last = page.len() < usize::try_from(PAGE).unwrap_or(usize::MAX);
    let end = page.last().map(|one| one.event.id.seq).filter(|_| !is_last).unwrap_or(lane.last);
    let mut impossible = Vec::new();
    for announcement in page {
        let event = &announcement.event;
        let is_meant = event.target == Some(lane.endpoint);
        let is_done = is_meant && is_sent(app, event.id).await?;
        match endpoint {
            _ if is_done => {}
            Some(endpoint) if endpoint.wants(event) => return Ok(Found::Event(Box::new(announcement))),
            None if is_meant => impossible.push((event.id, Execution::impossible(lane.endpoint))),
            Some(_) | None => {}
        }
    }
    Ok(Found::Nothing(end, impossible))
}

async fn is_sent(app: &App, id: EventId) -> Result<bool> {
    let execution = executions::load(app, id).await?;
    Ok(execution.is_some_and(|execution| execution.status == ExecutionStatus::Sent))
}
