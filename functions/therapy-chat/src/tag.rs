//! `POST /request/{section_id}/therapy-chat/tag` (TC-tag): a subject calls for a therapist.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use clinical::assess::message_with_terms;
use domain::assessment::Assessment;
use domain::error::{Error, Result};
use domain::ids::{TagId, ThreadNo};
use domain::section::{NamedTherapist, Section};
use domain::therapy::{Call, TagRequest, call};
use domain::thread::Thread;
use platform::App;
use platform::identity::Subject;
use platform::store::append::{Alongside, Kept, keep, kept_before};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::sections;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, lenient_id, replayed};
use web::openapi::TherapyChatRefusals;
use web::therapy::conversation;
use web::{Api, Reply};

use crate::place::Place;
use crate::send;

const NO_THERAPIST: Error = Error::Documented("No therapist available");

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct TagBody {
    /// The conversation; left out, the one that goes on, or a new one.
    #[serde(default, deserialize_with = "lenient_id")]
    #[schema(example = 123)]
    conversation_id: Option<u64>,
    /// The key of a reason that the section offers, or own words.
    #[schema(example = "overwhelmed")]
    reason: Option<String>,
    /// `normal`, `urgent` or `emergency`; the reason's own when left out, `normal` when unknown.
    #[schema(example = "urgent")]
    urgency: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaggedView {
    success: bool,
    #[schema(example = 45)]
    tag_id: u64,
    alert_created: bool,
}

/// Call for a therapist.
#[utoipa::path(
    post,
    path = "/request/{section_id}/therapy-chat/tag",
    tag = "therapy chat",
    operation_id = "tag_therapist",
    request_body = TagBody,
    params(
        ("section_id" = u64, Path, description = "The section."),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours."),
    ),
    responses((status = 200, description = "The therapist is called.", body = TaggedView), TherapyChatRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn tag_therapist(
    State(api): State<Api>,
    Caller(subject): Caller<Subject>,
    command: Command<TagBody>,
) -> Reply {
    let body = &command.body;
    let wanted = body.conversation_id.map(conversation).transpose()?;
    let section = sections::of_subject(&api.app, &subject).await?;
    let guard = command.guard(&api, subject.identity());
    let asked = async {
        let request = TagRequest::parse(&section, body.reason.as_deref(), body.urgency.as_deref())?;
        tagged(&api.app, &subject, (&section, wanted, &request), &guard).await
    };
    let (tag, again) = match asked.await {
        Ok(tagged) => tagged,
        Err(refusal) => {
            // What was answered once is answered again, even if it would be refused now.
            if let Some(before) = tagged_before(&api.app, &guard).await? {
                before
            } else {
                let reason = body.reason.as_deref().unwrap_or_default();
                send::heard_all_the_same(&api.app, &subject, (&section, wanted, reason), &guard).await?;
                return Err(refusal.into());
            }
        }
    };
    let view = TaggedView { success: true, tag_id: tag.get(), alert_created: true };
    Ok(replayed(Json(view).into_response(), again))
}

async fn tagged(
    app: &App,
    subject: &Subject,
    what: (&Section, Option<ThreadNo>, &TagRequest),
    guard: &Guard,
) -> Result<(TagId, bool)> {
    let mut attempts = Attempts::default();
    loop {
        match attempt(app, subject, what, guard).await? {
            Attempt::Done(tagged) => return Ok(tagged),
            Attempt::Raced => attempts.again(app).await?,
        }
    }
}

/// The tag of an earlier request with the same key.
async fn tagged_before(app: &App, guard: &Guard) -> Result<Option<(TagId, bool)>> {
    let Some(Kept::Before { memo: Some(memo), .. }) = kept_before(app, guard).await? else { return Ok(None) };
    Ok(Some((memo.parse().map_err(|_| Error::Internal)?, true)))
}

async fn attempt(
    app: &App,
    subject: &Subject,
    (section, wanted, request): (&Section, Option<ThreadNo>, &TagRequest),
    guard: &Guard,
) -> Result<Attempt<(TagId, bool)>> {
    let Attempt::Done(place) = Place::of(app, subject, (section, wanted)).await? else { return Ok(Attempt::Raced) };
    let therapist = called(app, section, place.thread()).await?;
    let assessment = assess(section, request);
    let asked = Call { request, therapist: &therapist, assessment: &assessment };
    let (tag, change) = call(place.thread(), section, asked, app.now());
    let append = place.append(app, change)?;
    let alongside = Alongside { tag: Some(&tag), ..place.alongside() };
    let guard = guard.remembering(&tag.id.get().to_string());
    Ok(match keep(app, &append, &guard, alongside).await? {
        Attempt::Raced => Attempt::Raced,
        Attempt::Done(Kept::Now) => Attempt::Done((tag.id, false)),
        Attempt::Done(Kept::Before { memo, .. }) => {
            let before = memo.and_then(|memo| memo.parse().ok());
            Attempt::Done((before.ok_or(NO_THERAPIST)?, true))
        }
    })
}

/// A reason in the subject's own words is searched for danger as every message is.
fn assess(section: &Section, request: &TagRequest) -> Assessment {
    match request.reason.as_deref().filter(|_| request.is_own) {
        Some(reason) => message_with_terms(reason, None, &section.danger_terms).without_command(),
        None => Assessment::default(),
    }
}

/// The therapist who wrote last in the conversation, while they are of the section; else its first one.
async fn called(app: &App, section: &Section, thread: &Thread) -> Result<NamedTherapist> {
    let members = sections::therapists(app, section).await?;
    let known = thread.care.therapists.last();
    let own = known.and_then(|known| members.iter().find(|member| member.user_id == known.user_id));
    let called = own.or_else(|| members.first()).map(NamedTherapist::from);
    called.ok_or(NO_THERAPIST)
}
