//! `GET /patient-threads/` (DP-2.1): the caller's threads, those first that moved last.

use std::fmt::Display;

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::error::Result;
use domain::inbox::recent::Moved;
use domain::page::limit;
use domain::provider::Provider;
use domain::thread::Thread;
use futures_util::{StreamExt, TryStreamExt, stream};
use http::HeaderValue;
use http::header::LINK;
use platform::App;
use platform::identity::CareTeam;
use platform::store::messages::Part;
use platform::store::{inbox, messages, providers, versions};
use serde::Serialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::conditional::{Known, Tag};
use web::openapi::PatientThreadsRefusals;
use web::page::Rest;
use web::parameters::Parameters;
use web::{Api, Reply};

use crate::view::ThreadView;

/// The newest messages that the list shows of each thread.
const MESSAGES: u32 = 20;
/// Threads on a page when the caller does not say, and at most: twenty messages of 4,096 characters each stay below what a
/// function can answer.
const MOST: u32 = 25;
const SIDE_BY_SIDE: usize = 25;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ListView {
    doctor: DoctorView,
    threads: Vec<ThreadView>,
}

#[derive(Debug, Serialize, ToSchema)]
struct DoctorView {
    id: u64,
    #[schema(example = "Dr. Smith")]
    name: String,
    #[schema(example = "General Practice")]
    specialty: Option<String>,
    phone: Option<String>,
}

impl DoctorView {
    fn of(provider: &Provider) -> Self {
        Self {
            id: provider.provider_id.get(),
            name: provider.name.as_str().to_owned(),
            specialty: provider.specialty.clone(),
            phone: provider.phone.as_ref().map(ToString::to_string),
        }
    }
}

/// The caller's threads with their newest messages, most recently updated first.
#[utoipa::path(
    get,
    path = "/patient-threads/",
    tag = "patient threads",
    operation_id = "list_patient_threads",
    params(
        ("limit" = Option<u32>, Query, description = "At most so many threads, up to 25."),
        ("cursor" = Option<String>, Query, description = "Where to go on: `X-Next-Cursor` of the page before."),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of an earlier answer."),
    ),
    responses(
        (status = 200, description = "The threads.", body = ListView, headers(
            ("ETag", description = "For If-None-Match."),
            ("X-Next-Cursor", description = "Present when there are more."),
            ("Link", description = "The address of the next page."),
        )),
        (status = 304, description = "Unchanged."),
        PatientThreadsRefusals,
    ),
    security(("bearer" = []))
)]
pub(crate) async fn list_threads(
    State(api): State<Api>,
    Caller(caller): Caller<CareTeam>,
    (known, rest, parameters): (Known, Rest, Parameters),
) -> Reply {
    let most = limit(parameters.get("limit"), MOST, MOST)?;
    let before = parameters.get("cursor").map(str::parse::<Moved>).transpose()?;
    let (version, provider) =
        tokio::try_join!(versions::of_threads(&api.app, &caller), providers::of_caller(&api.app, &caller))?;
    let tag = tag(&caller, version, &api.app);
    if known.has(&tag) {
        return Ok(tag.not_modified());
    }
    let (threads, more) = inbox::recent(&api.app, &caller, before, most).await?;
    let next = threads.last().filter(|_| more).map(|last| Moved::of(last).to_string());
    let (threads, is_whole) = views(&api.app, threads).await?;
    let mut response = Json(ListView { doctor: DoctorView::of(&provider), threads }).into_response();
    if let Some(next) = next {
        let link = rest.link(&parameters, ("cursor", &next), "next");
        if let (Ok(next), Ok(link)) = (HeaderValue::from_str(&next), HeaderValue::from_str(&link)) {
            response.headers_mut().insert("x-next-cursor", next);
            response.headers_mut().insert(LINK, link);
        }
    }
    Ok(known.answer(&tag, is_whole, response).await?)
}

/// Whether the assistant is writing passes without a change, so the tag lasts only while nobody is.
fn tag(caller: &CareTeam, version: versions::Version, app: &App) -> Tag {
    let parts: [&dyn Display; 4] = [&"d", &caller.organization(), &caller.provider(), &version.count];
    Tag::of(&parts, version.has_settled(app.now()))
}

/// Threads with their newest messages in the same order, and whether all of those could be seen.
async fn views(app: &App, threads: Vec<Thread>) -> Result<(Vec<ThreadView>, bool)> {
    let views: Vec<(ThreadView, bool)> = stream::iter(threads)
        .map(async |thread| {
            let stretch = messages::read(app, &thread, Part::Newest, MESSAGES).await?;
            Ok::<_, domain::Error>((ThreadView::of(&thread, &stretch.messages, app.now()), !stretch.more_after))
        })
        .buffered(SIDE_BY_SIDE)
        .try_collect()
        .await?;
    let is_whole = views.iter().all(|(_, whole)| *whole);
    Ok((views.into_iter().map(|(view, _)| view).collect(), is_whole))
}
