//! `GET /providermessages/{id}/` (PM-2.3, A-2): one thread by public id or number, with its history or what is new.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::ids::ThreadRef;
use domain::read::has_settled;
use platform::identity::CareTeam;
use platform::store::{seen, threads};
use web::caller::Caller;
use web::conditional::{Known, Tag};
use web::history::Asked;
use web::openapi::ProviderMessagesRefusals;
use web::page::Rest;
use web::parameters::{Parameters, PathId};
use web::{Api, Reply};

use crate::view::ThreadView;

/// One thread: its newest messages, those after `after`, or older ones by `cursor`.
#[utoipa::path(
    get,
    path = "/providermessages/{id}/",
    tag = "provider messages",
    operation_id = "one_thread",
    params(
        ("id" = String, Path, description = "The public id or the integer id."),
        ("after" = Option<String>, Query, description = "Only messages after this message id."),
        ("cursor" = Option<String>, Query, description = "Older messages: `X-Next-Cursor` of an earlier answer."),
        ("limit" = Option<u32>, Query, description = "At most so many messages, up to 500."),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of an earlier answer."),
    ),
    responses(
        (status = 200, description = "The thread.", body = ThreadView, headers(
            ("ETag", description = "For If-None-Match."),
            ("X-Next-Cursor", description = "Present when there are more messages: older ones, or with `after` newer ones."),
            ("Link", description = "The address of those messages."),
        )),
        (status = 304, description = "Unchanged."),
        ProviderMessagesRefusals,
    ),
    security(("bearer" = []))
)]
pub(crate) async fn one_thread(
    State(api): State<Api>,
    Caller(caller): Caller<CareTeam>,
    PathId(named): PathId<ThreadRef>,
    (known, rest, parameters): (Known, Rest, Parameters),
) -> Reply {
    let asked = Asked::parse(&parameters)?;
    let thread = threads::load(&api.app, &caller, named).await?;
    let tag = Tag::of(&[&"t", &thread.version], has_settled(thread.changed, api.app.now()));
    if known.has(&tag) {
        return Ok(tag.not_modified());
    }
    let history = asked.read(&api.app, &thread).await?;
    seen::note(&api.app, &caller, (&thread, history.shown())).await?;
    let view = Json(ThreadView::of(&thread, &history.stretch.messages)).into_response();
    let response = history.with_rest(view, (&rest, &parameters));
    Ok(known.answer(&tag, history.is_whole(), response).await?)
}
