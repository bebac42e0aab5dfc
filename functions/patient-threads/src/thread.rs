//! `GET /patient-threads/{id}/` (DP-2.2, A-2): one thread by number or public id, with its messages, its open alerts and
//! what the patient measured.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::error::Result;
use domain::ids::ThreadRef;
use domain::observation::Observation;
use domain::read::has_settled;
use domain::thread::Thread;
use platform::App;
use platform::identity::CareTeam;
use platform::store::{alerts, observations, seen, threads};
use serde::Serialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::conditional::{Known, Tag};
use web::history::Asked;
use web::openapi::PatientThreadsRefusals;
use web::page::Rest;
use web::parameters::{Parameters, PathId};
use web::{Api, Reply};

use crate::alerts::AlertView;
use crate::view::ThreadView;

/// Alerts and observations that are shown with a thread.
const MOST: u32 = 20;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OneThreadView {
    #[serde(flatten)]
    thread: ThreadView,
    /// The newest alerts, newest first.
    alerts: Vec<AlertView>,
    /// What the patient measured lately, oldest first.
    observations: Vec<ObservationView>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ObservationView {
    #[schema(example = "obs_5497558138881")]
    observation_id: String,
    /// `blood_pressure`, `glucose`, `temperature`, `weight`, `pulse`, `oxygen_saturation`, `pain` or `answer`.
    #[schema(example = "blood_pressure")]
    kind: &'static str,
    #[schema(example = "blood pressure 150/95 mmHg")]
    display: String,
    /// The values by name, in mmHg, mg/dL, °C, kg, per minute, % or 0 to 10.
    #[schema(value_type = Object)]
    value: serde_json::Value,
    /// The patient's own words.
    words: String,
    /// Present outside the limits: `warning`, `critical` or `emergency`.
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<&'static str>,
    #[schema(example = "msg_5497558138881")]
    message_id: String,
    created: String,
}

impl ObservationView {
    fn of(observation: &Observation) -> Self {
        let mut value = serde_json::to_value(observation.measurement).unwrap_or_default();
        if let Some(fields) = value.as_object_mut() {
            fields.remove("kind");
        }
        Self {
            observation_id: format!("obs_{}", observation.id.get()),
            kind: observation.measurement.name(),
            display: observation.measurement.text(),
            value,
            words: observation.words.clone(),
            severity: observation.severity.map(domain::alert::Severity::name),
            message_id: format!("msg_{}", observation.message.get()),
            created: observation.created.rfc3339_seconds(),
        }
    }
}

/// One thread with its messages, those after `after`, or older ones by `cursor`.
#[utoipa::path(
    get,
    path = "/patient-threads/{id}/",
    tag = "patient threads",
    operation_id = "get_patient_thread",
    params(
        ("id" = String, Path, description = "The integer id or the public id."),
        ("after" = Option<String>, Query, description = "Only messages after this message id."),
        ("cursor" = Option<String>, Query, description = "Older messages: `X-Next-Cursor` of an earlier answer."),
        ("limit" = Option<u32>, Query, description = "At most so many messages, up to 500."),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of an earlier answer."),
    ),
    responses(
        (status = 200, description = "The thread.", body = OneThreadView, headers(
            ("ETag", description = "For If-None-Match."),
            ("X-Next-Cursor", description = "Present when there are more messages: older ones, or with `after` newer ones."),
            ("Link", description = "The address of those messages."),
        )),
        (status = 304, description = "Unchanged."),
        PatientThreadsRefusals,
    ),
    security(("bearer" = []))
)]
pub(crate) async fn get_thread(
    State(api): State<Api>,
    Caller(caller): Caller<CareTeam>,
    PathId(named): PathId<ThreadRef>,
    (known, rest, parameters): (Known, Rest, Parameters),
) -> Reply {
    let asked = Asked::parse(&parameters)?;
    let thread = threads::load(&api.app, &caller, named).await?;
    let now = api.app.now();
    // A lease that ends changes what is shown, and no version.
    let is_settled = has_settled(thread.changed, now) && !thread.care.assistant.is_responding(now);
    let tag = Tag::of(&[&"pt", &thread.version], is_settled);
    if known.has(&tag) {
        return Ok(tag.not_modified());
    }
    let (history, (alerts, observations)) = tokio::try_join!(asked.read(&api.app, &thread), beside(&api.app, &thread))?;
    seen::note(&api.app, &caller, (&thread, history.shown())).await?;
    let thread = ThreadView::of(&thread, &history.stretch.messages, now);
    let view = Json(OneThreadView { thread, alerts, observations }).into_response();
    Ok(known.answer(&tag, history.is_whole(), history.with_rest(view, (&rest, &parameters))).await?)
}

/// What is shown beside the messages.
async fn beside(app: &App, thread: &Thread) -> Result<(Vec<AlertView>, Vec<ObservationView>)> {
    let (found, measured) =
        tokio::try_join!(alerts::newest(app, thread, MOST), observations::newest(app, thread, MOST))?;
    Ok((found.iter().map(AlertView::of).collect(), measured.iter().map(ObservationView::of).collect()))
}
