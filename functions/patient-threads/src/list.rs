//! `GET /patient-threads/` (DP-2.1): the caller's threads, those first that moved last.

use std::fmt::Display;

use axum::extract::State;
use domain::error::{Error, Result};
use domain::inbox::recent::Moved;
use domain::page::{BYTE_BUDGET, limit};
use domain::provider::Provider;
use domain::thread::Thread;
use futures_util::{StreamExt, TryStreamExt, stream};
use platform::App;
use platform::identity::CareTeam;
use platform::store::messages::Part;
use platform::store::{inbox, messages, providers, versions};
use serde::Serialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::conditional::{Known, Tag};
use web::openapi::PatientThreadsRefusals;
use web::page::{Items, Rest};
use web::parameters::Parameters;
use web::{Api, Reply};

use crate::view::ThreadView;

/// The newest messages that the list shows of each thread.
const MESSAGES: u32 = 20;
/// Threads on a page when the caller does not say, and at most.
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
    let doctor = serde_json::to_string(&DoctorView::of(&provider)).map_err(|_| Error::Internal)?;
    let tag = tag(&caller, version, &api.app).and(doctor.as_bytes());
    if known.has(&tag) {
        return Ok(tag.not_modified());
    }
    let (threads, mut more) = inbox::recent(&api.app, &caller, before, most).await?;
    let shown = shown(&api.app, threads).await?;
    let is_whole = shown.iter().all(|shown| shown.is_whole);
    let mut items = Items::within(format!("{{\"doctor\":{doctor},\"threads\":"), BYTE_BUDGET);
    for Shown { place, view, .. } in &shown {
        if !items.push(view, place.to_string())? {
            more = true;
            break;
        }
    }
    let response = if more { items.cut(&rest, &parameters) } else { items.complete() };
    Ok(known.answer(&tag, is_whole, response).await?)
}

/// Whether the assistant is writing passes without a change; its lease is over when a change has settled.
fn tag(caller: &CareTeam, version: versions::Version, app: &App) -> Tag {
    let parts: [&dyn Display; 4] = [&"d", &caller.organization(), &caller.provider(), &version.count];
    Tag::of(&parts, version.has_settled(app.now()))
}

/// A thread on the page.
struct Shown {
    place: Moved,
    view: ThreadView,
    /// Whether all of its newest messages could be seen.
    is_whole: bool,
}

/// Threads with their newest messages, in the same order.
async fn shown(app: &App, threads: Vec<Thread>) -> Result<Vec<Shown>> {
    stream::iter(threads)
        .map(async |thread| {
            let stretch = messages::read(app, &thread, Part::Newest, MESSAGES).await?;
            let view = ThreadView::of(&thread, &stretch.messages, app.now());
            Ok(Shown { place: Moved::of(&thread), view, is_whole: !stretch.more_after })
        })
        .buffered(SIDE_BY_SIDE)
        .try_collect()
        .await
}
