//! One attempt to tell an endpoint of an event, and what follows from its outcome.

use domain::error::Result;
use domain::webhook::attempt::{AttemptRecord, Execution};
use domain::webhook::endpoint::{Disabled, Endpoint};
use domain::webhook::lane::Lane;
use domain::webhook::schedule::{Next, next};
use platform::App;
use platform::identity::Machine;
use platform::metrics::Count;
use platform::points::Point;
use platform::store::events::Announcement;
use platform::store::retry::Attempts;
use platform::store::{endpoints, lanes};
use platform::webhook::request::WebhookRequest;

use crate::Worker;
use crate::lane::Step;

/// Makes the attempt for which a lane was begun.
pub(crate) async fn attempt(
    worker: &Worker,
    machine: Machine,
    (begun, endpoint): (Lane, &Endpoint),
    Announcement { event, payload }: &Announcement,
) -> Result<Step> {
    let app = &worker.app;
    let at = app.now();
    let request = WebhookRequest::new(event, payload, (&endpoint.signing(at), at))?;
    let heard = worker.sender.post(&endpoint.url, &request, at).await;
    app.points.reach(Point::WebhookSent).await;
    let follows = next(heard.outcome, begun.attempts, (app.now(), app.random.bits()));
    let record = AttemptRecord::new(event, begun.attempts, (at, app.now()), (heard.outcome, follows));
    let execution = event.target.map(|target| Execution::after(target, &record, follows, heard.object));
    if !settled(app, machine, (begun, follows), (&record, execution.as_ref())).await? {
        return Ok(Step::Rest);
    }
    app.points.reach(Point::WebhookSettled).await;
    tracing::info!(event = %event.id, endpoint = %endpoint.id, attempt = begun.attempts, verdict = ?record.verdict, "told");
    if follows == Next::GivenUp {
        app.count(Count::WebhookGivenUp);
    }
    learned(app, machine, endpoint, follows).await?;
    Ok(match follows {
        Next::Again { at } => Step::Later(at),
        Next::Told | Next::GivenUp | Next::Gone => Step::Further,
    })
}

/// Keeps what came of it. New events that came meanwhile change nothing of that; `false` when the lane is another worker's by now.
async fn settled(
    app: &App,
    machine: Machine,
    (begun, follows): (Lane, Next),
    (record, execution): (&AttemptRecord, Option<&Execution>),
) -> Result<bool> {
    let mut attempts = Attempts::default();
    let mut read = begun;
    loop {
        let lane = read.settled(follows, app.now());
        if lanes::settle(app, (&read, lane.as_ref()), record, execution).await? {
            return Ok(true);
        }
        match lanes::load(app, machine, (begun.endpoint, begun.stream)).await? {
            Some(now) if now.is_held_as(&begun) => read = now,
            Some(_) | None => return Ok(false),
        }
        attempts.again(app).await?;
    }
}

/// What an outcome says of the endpoint itself.
async fn learned(app: &App, machine: Machine, endpoint: &Endpoint, follows: Next) -> Result<()> {
    let now = app.now();
    let change = |endpoint: &Endpoint| match follows {
        Next::Gone => endpoint.disabled_for(Disabled::Gone, now),
        Next::Told => endpoint.after(true, now),
        Next::Again { .. } | Next::GivenUp => endpoint.after(false, now),
    };
    // Most outcomes say nothing new of what was read.
    let Some(changed) = change(endpoint) else { return Ok(()) };
    let of = (endpoint.organization_id, endpoint.id);
    if endpoints::learn(app, machine, of, change).await? && changed.disabled.is_some() {
        tracing::warn!(endpoint = %endpoint.id, why = ?changed.disabled, "an endpoint is disabled");
        app.count(Count::WebhookDisabled);
    }
    Ok(())
}
