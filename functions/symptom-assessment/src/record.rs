//! `GET /api/symptomAssessmentBot/threads/{threadId}` (contract, section 4): the record of a thread, as a FHIR Bundle of the
//! resources that its turns issued.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::response::IntoResponse;
use domain::error::{Error, Result};
use domain::ids::Seq;
use domain::read::has_settled;
use domain::thread::Thread;
use domain::triage::{ResourceId, ThreadId, Turn};
use http::header::HOST;
use http::request::Parts;
use platform::identity::Correspondent;
use platform::store::seen::{self, Shown};
use platform::store::turns;
use serde::Deserialize;
use web::caller::Caller;
use web::conditional::{Known, Tag};
use web::openapi::SymptomAssessmentRefusals;
use web::parameters::PathId;
use web::{Api, Refusal, Reply};

use crate::fhir::{Bundle, Entry, ResourceType};
use crate::place::assessed_thread;
use crate::view::raw;

/// The longest name of a host.
const LONGEST_HOST: usize = 255;

/// Read the record of a thread: its risk assessments and observations, in the order of its turns.
#[utoipa::path(
    get,
    path = "/api/symptomAssessmentBot/threads/{threadId}",
    tag = "symptom assessment",
    operation_id = "symptom_record",
    params(
        ("threadId" = String, Path, description = "The thread.", example = "thread_4294967295"),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of an earlier answer."),
    ),
    responses(
        (status = 200, description = "The record.", body = Bundle, headers(("ETag", description = "For If-None-Match."))),
        (status = 304, description = "Unchanged."),
        SymptomAssessmentRefusals,
    ),
    security(("bearer" = []))
)]
pub(crate) async fn symptom_record(
    State(api): State<Api>,
    Caller(caller): Caller<Correspondent>,
    PathId(named): PathId<ThreadId>,
    (known, base): (Known, Base),
) -> Reply {
    let thread = assessed_thread(&api.app, &caller, named).await?;
    let tag = Tag::of(&[&"tr", &thread.thread, &thread.version], has_settled(thread.changed, api.app.now()));
    if known.has(&tag) {
        return Ok(tag.not_modified());
    }
    let turns = turns::all(&api.app, &thread).await?;
    let is_whole = thread.care.triage.is_some_and(|triage| usize::try_from(triage.turns) == Ok(turns.len()));
    let bundle = bundle(&thread, &turns, &base)?;
    let shown = Shown { from: Seq::START.next(), through: thread.last_seq };
    seen::note(&api.app, &caller, (&thread, shown)).await?;
    Ok(known.answer(&tag, is_whole, Json(bundle).into_response()).await?)
}

fn bundle(thread: &Thread, turns: &[Turn], base: &Base) -> Result<Bundle> {
    let issued = turns.iter().flat_map(|turn| turn.risk_assessment.iter().chain(&turn.observations));
    let entries = issued.map(|json| Ok(Entry { full_url: base.address(json)?, resource: raw(json)? }));
    Ok(Bundle {
        resource_type: ResourceType::Bundle,
        id: ResourceId::bundle(thread.thread).as_str().to_owned(),
        r#type: "collection",
        timestamp: thread.updated.rfc3339_seconds(),
        entry: entries.collect::<Result<_>>()?,
    })
}

/// Where the request was sent: the base of the names that entries of the bundle have, so that their references are resolved.
#[derive(Debug)]
pub(crate) struct Base(Option<String>);

impl FromRequestParts<Api> for Base {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Result<Self, Refusal> {
        let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let scheme = text("x-forwarded-proto").filter(|scheme| matches!(*scheme, "http" | "https")).unwrap_or("https");
        let is_host = |host: &&str| {
            (1..=LONGEST_HOST).contains(&host.len())
                && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".:-[]".contains(&byte))
        };
        let host = text(HOST.as_str()).filter(is_host);
        Ok(Self(host.map(|host| format!("{scheme}://{host}/api/symptomAssessmentBot"))))
    }
}

impl Base {
    /// The name of a resource in a bundle; none where the host is not known.
    fn address(&self, json: &str) -> Result<Option<String>> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Named {
            resource_type: String,
            id: String,
        }
        let named: Named = serde_json::from_str(json).map_err(|_| Error::Internal)?;
        Ok(self.0.as_ref().map(|base| format!("{base}/{}/{}", named.resource_type, named.id)))
    }
}
