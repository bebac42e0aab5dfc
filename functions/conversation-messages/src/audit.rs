//! `GET /patients/{patient_id}/audit/` (contract I-13): who read or changed what about a patient. For an administrator by the
//! patient's number; for patients and subjects their own, as `me`.

use axum::extract::{Path, State};
use domain::audit::{Action, Actor};
use domain::error::{Error, Result};
use domain::ids::PatientId;
use domain::page::{BYTE_BUDGET, limit};
use platform::App;
use platform::identity::RecordReader;
use platform::store::audit::{Listed, Wanted, of_memberships, of_own, of_patient};
use platform::store::patients;
use serde::Serialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::openapi::ProviderMessagesRefusals;
use web::page::{Items, Rest};
use web::parameters::Parameters;
use web::{Api, Reply};

const MOST: u32 = 200;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryView<'a> {
    #[schema(example = "2026-01-16T14:30:00Z")]
    at: String,
    /// `{kind, …}`: `provider` with `provider_id`, `therapist` with `user_id`, `patient`, `administrator` with `account`, or
    /// `system`.
    #[schema(value_type = Object)]
    actor: &'a Actor,
    /// The thread's number.
    thread_id: u32,
    /// Whether it only looked.
    is_reading: bool,
    /// `action`, and what it was about.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    action: Action,
}

impl<'a> EntryView<'a> {
    fn of(listed: &'a Listed) -> Self {
        let entry = &listed.entry;
        Self {
            at: entry.at.rfc3339_seconds(),
            actor: &entry.actor,
            thread_id: entry.thread.get(),
            is_reading: entry.action.is_reading(),
            action: entry.action,
        }
    }
}

/// Who read or changed a record, newest first.
#[utoipa::path(
    get,
    path = "/patients/{patient_id}/audit/",
    tag = "audit",
    operation_id = "get_audit",
    params(
        ("patient_id" = String, Path, description = "The patient's number, or `me` for one's own record."),
        ("limit" = Option<u32>, Query, description = "At most so many, up to 200."),
        ("cursor" = Option<String>, Query, description = "Where to go on: `X-Next-Cursor` of the page before."),
    ),
    responses((status = 200, description = "The entries.", body = [EntryView], headers(
        ("X-Next-Cursor", description = "Present when there are more."),
        ("Link", description = "The address of the next page."),
    )), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn get_audit(
    State(api): State<Api>,
    Caller(reader): Caller<RecordReader>,
    Path(named): Path<String>,
    (rest, parameters): (Rest, Parameters),
) -> Reply {
    let wanted = Wanted { before: parameters.get("cursor"), limit: limit(parameters.get("limit"), MOST, MOST)? };
    let (entries, more) = entries(&api.app, &reader, &named, wanted).await?;
    let mut items = Items::new(usize::MAX, BYTE_BUDGET);
    for listed in &entries {
        if !items.push(&EntryView::of(listed), listed.cursor.clone())? {
            return Ok(items.cut(&rest, &parameters));
        }
    }
    Ok(if more { items.cut(&rest, &parameters) } else { items.complete() })
}

async fn entries(app: &App, reader: &RecordReader, named: &str, wanted: Wanted<'_>) -> Result<(Vec<Listed>, bool)> {
    match reader {
        RecordReader::Own(patient) if named == "me" => of_own(app, patient, wanted).await,
        RecordReader::Subject(memberships) if named == "me" => of_memberships(app, memberships, wanted).await,
        RecordReader::Own(_) | RecordReader::Subject(_) => Err(Error::Forbidden),
        RecordReader::Administrator(administrator) => {
            let patient: PatientId = named.parse().map_err(|_| Error::NotFound)?;
            let organization = patients::organization_of(app, administrator, patient).await?;
            of_patient(app, administrator, (organization, patient), wanted).await
        }
    }
}
