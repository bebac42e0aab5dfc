//! `POST /request/{section_id}/therapist-dashboard/acknowledge-tag` (TD-ack-tag): the therapist who was called has seen it.

use axum::extract::State;
use domain::alert::{Acknowledged, Alert};
use domain::append::append;
use domain::audit::Actor;
use domain::error::{Error, Result};
use domain::ids::{TagId, ThreadRef};
use domain::tag::Tag;
use domain::therapy::tag_acknowledged;
use domain::thread::Thread;
use platform::App;
use platform::identity::Therapist;
use platform::store::append::{Alongside, Kept, keep, keep_nothing};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::{alerts, tags, threads};
use serde::Deserialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, lenient_id};
use web::openapi::TherapyChatRefusals;
use web::{Api, Reply};

use crate::decided::Done;

const NO_TAG: &str = "Tag not found";

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct AcknowledgeBody {
    #[serde(default, deserialize_with = "lenient_id")]
    #[schema(example = 45, required = true, nullable = false)]
    tag_id: Option<u64>,
}

/// Acknowledge a tag. Only the therapist who is called can; saying it again changes nothing.
#[utoipa::path(
    post,
    path = "/request/{section_id}/therapist-dashboard/acknowledge-tag",
    tag = "therapist dashboard",
    operation_id = "acknowledge_tag",
    request_body = AcknowledgeBody,
    params(("section_id" = u64, Path, description = "The section.")),
    responses((status = 200, description = "It is acknowledged.", body = Done), TherapyChatRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn acknowledge_tag(
    State(api): State<Api>,
    Caller(therapist): Caller<Therapist>,
    command: Command<AcknowledgeBody>,
) -> Reply {
    let raw = command.body.tag_id.ok_or(Error::Documented("Tag ID is required"))?;
    let id = TagId::new(raw).ok_or(Error::Missing(NO_TAG))?;
    let guard = command.guard(&api, therapist.identity());
    let mut attempts = Attempts::default();
    let kept = loop {
        match attempt(&api.app, &therapist, id, &guard).await? {
            Attempt::Done(kept) => break kept,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    Ok(Done::answer(kept != Kept::Now))
}

async fn attempt(app: &App, therapist: &Therapist, id: TagId, guard: &Guard) -> Result<Attempt<Kept>> {
    let thread = threads::load(app, therapist, ThreadRef::No(id.thread)).await;
    let thread = thread.map_err(|error| error.or_missing(NO_TAG))?;
    let tag = tags::find(app, &thread, id.seq).await?.ok_or(Error::Missing(NO_TAG))?;
    if tag.therapist != therapist.user() {
        return Err(Error::Forbidden);
    }
    if tag.acknowledged.is_some() {
        return keep_nothing(app, thread.thread, guard).await;
    }
    let alert = open_alert(app, &thread, &tag).await?;
    let change = tag_acknowledged(&thread, therapist.user(), (id, alert.as_ref().map(|alert| alert.kind)));
    let append = append(&thread, change, app.now())?;
    let by = Acknowledged { by: Actor::Therapist { user_id: therapist.user() }, at: app.now() };
    let alongside = Alongside {
        acknowledge_tag: Some((id, app.now())),
        acknowledge: alert.as_ref().map(|alert| (alert, &by)),
        ..Alongside::default()
    };
    keep(app, &append, guard, alongside).await
}

/// The alert that the tag raised, while nobody has dealt with it.
async fn open_alert(app: &App, thread: &Thread, tag: &Tag) -> Result<Option<Alert>> {
    let Some(id) = tag.alert else { return Ok(None) };
    let alert = alerts::of_thread(app, thread, id).await?;
    Ok(Some(alert).filter(|alert| alert.acknowledged.is_none()))
}
