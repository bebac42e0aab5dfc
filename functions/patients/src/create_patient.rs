//! `POST /appointments/create-patient/` (PM-1.1, DP-1.1): enters a patient, or finds the one who was entered before.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::contact::{Contact, ContactKey, ContactPatient};
use domain::error::{Error, Result};
use domain::patient::{Patient, PatientEntry, PatientIds, conditions, notes, time_zone, with_entry};
use domain::phone::PhoneNumber;
use platform::App;
use platform::identity::CareTeam;
use platform::store::append::ContactChange;
use platform::store::contacts;
use platform::store::guards::Guard;
use platform::store::patients::{self, Entered, PatientWrite};
use platform::store::retry::{Attempt, Attempts, once_visible};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, replayed};
use web::openapi::ProviderMessagesRefusals;
use web::{Api, Reply};

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Body {
    /// International format; without one the patient gets a number that nobody can dial.
    #[schema(example = "+2348012345678")]
    phone_number: Option<String>,
    #[schema(example = "John", required = true, nullable = false)]
    first_name: Option<String>,
    #[schema(example = "Doe", required = true, nullable = false)]
    last_name: Option<String>,
    #[schema(example = json!(["Hypertension", "Diabetes"]))]
    chronic_conditions: Option<Vec<String>>,
    #[schema(example = "Prefers evening appointments")]
    notes: Option<String>,
    /// Where the patient lives, by its IANA name; else where the phone number is from.
    #[schema(example = "Africa/Lagos")]
    time_zone: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct View {
    patient_id: u64,
    user_id: u64,
    phone_number: String,
    first_name: String,
    last_name: String,
    chronic_conditions: Vec<String>,
    organization_id: u64,
    added_by_doctor_id: Option<u64>,
    /// Whether this request entered the patient; `false` when phone and name were known.
    created: bool,
}

/// Enter a patient, or find the one with the same phone number and name.
#[utoipa::path(
    post,
    path = "/appointments/create-patient/",
    tag = "patients",
    operation_id = "create_patient",
    request_body = Body,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours.")),
    responses((status = 200, description = "The patient.", body = View), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn create_patient(
    State(api): State<Api>,
    Caller(caller): Caller<CareTeam>,
    command: Command<Body>,
) -> Reply {
    let entry = parse(&api.app, &command.body)?;
    let guard = command.guard(&api, caller.identity());
    let mut attempts = Attempts::default();
    let entered = loop {
        match enter(&api.app, &caller, &entry, &guard).await? {
            Attempt::Done(entered) => break entered,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    let response = Json(view(&entered.patient, entered.created)).into_response();
    Ok(replayed(response, entered.again))
}

fn parse(app: &App, body: &Body) -> Result<PatientEntry> {
    let (first_name, last_name) = PatientEntry::names(body.first_name.as_deref(), body.last_name.as_deref())?;
    let zone = body.time_zone.as_deref().map(str::trim).filter(|zone| !zone.is_empty());
    let phone = body.phone_number.as_deref().map(str::trim).filter(|phone| !phone.is_empty());
    Ok(PatientEntry {
        phone_number: phone.map(|phone| PhoneNumber::parse(phone, app.config.phone_country.as_deref())).transpose()?,
        first_name,
        last_name,
        chronic_conditions: conditions(body.chronic_conditions.as_deref().unwrap_or_default())?,
        notes: body.notes.as_deref().map(notes).transpose()?.flatten(),
        time_zone: zone.map(time_zone).transpose()?,
    })
}

struct Outcome {
    patient: Patient,
    created: bool,
    again: bool,
}

impl Outcome {
    fn new(patient: Patient, created: bool) -> Attempt<Self> {
        Attempt::Done(Self { patient, created, again: false })
    }
}

async fn enter(app: &App, caller: &CareTeam, entry: &PatientEntry, guard: &Guard) -> Result<Attempt<Outcome>> {
    if let Some(before) = patients::entered_before(app, guard).await? {
        return answer_again(app, caller, before).await;
    }
    let known = match &entry.phone_number {
        Some(phone) => patients::find_named(app, caller, phone, &entry.name_key()).await?,
        None => None,
    };
    let Some(read) = known else {
        return enter_new(app, caller, entry, guard).await;
    };
    let changed = with_entry(&read, entry, caller.provider());
    let write = match &changed {
        Some(patient) => PatientWrite::Change { read: &read, patient },
        None => PatientWrite::Nothing { patient: &read },
    };
    match patients::keep(app, write, guard).await? {
        Attempt::Done(Entered::Now) => Ok(Outcome::new(changed.unwrap_or(read), false)),
        Attempt::Done(before) => answer_again(app, caller, before).await,
        Attempt::Raced => Ok(Attempt::Raced),
    }
}

async fn enter_new(app: &App, caller: &CareTeam, entry: &PatientEntry, guard: &Guard) -> Result<Attempt<Outcome>> {
    let patient = new_patient(app, caller, entry);
    let key = ContactKey::from_phone(&patient.phone_number);
    let read = match &key {
        Some(key) => contacts::find(app, caller.into(), std::slice::from_ref(key)).await?.contact,
        None => None,
    };
    let behind = ContactPatient { organization_id: patient.organization_id, patient_id: patient.patient_id };
    let contact = key.map(|key| ContactChange {
        read: read.as_ref(),
        contact: read.clone().unwrap_or_else(|| Contact::new(key)).with_patient(behind),
        aliases: Vec::new(),
        joined: &[],
    });
    match patients::keep(app, PatientWrite::New { patient: &patient, contact: contact.as_ref() }, guard).await? {
        Attempt::Done(Entered::Now) => Ok(Outcome::new(patient, true)),
        Attempt::Done(before) => answer_again(app, caller, before).await,
        Attempt::Raced => Ok(Attempt::Raced),
    }
}

fn new_patient(app: &App, caller: &CareTeam, entry: &PatientEntry) -> Patient {
    let phone_number = entry.phone_number.clone().unwrap_or_else(|| PhoneNumber::dummy(app.random.bits()));
    let ids = PatientIds::random(caller.organization(), (app.random.bits(), app.random.bits()));
    let names = (entry.first_name.clone(), Some(entry.last_name.clone()));
    Patient {
        chronic_conditions: entry.chronic_conditions.clone(),
        notes: entry.notes.clone(),
        time_zone: entry.time_zone.clone(),
        added_by: Some(caller.provider()),
        ..Patient::new(ids, phone_number, names, app.now())
    }
}

async fn answer_again(app: &App, caller: &CareTeam, before: Entered) -> Result<Attempt<Outcome>> {
    let Entered::Before { patient, created } = before else {
        return Err(Error::Internal);
    };
    let found = patients::load(app, caller, patient).await;
    once_visible(found.map(|patient| Outcome { patient, created, again: true }))
}

fn view(patient: &Patient, created: bool) -> View {
    View {
        patient_id: patient.patient_id.get(),
        user_id: patient.user_id.get(),
        phone_number: patient.phone_number.to_string(),
        first_name: patient.first_name.as_str().to_owned(),
        last_name: patient.last_name.as_ref().map_or_else(String::new, |name| name.as_str().to_owned()),
        chronic_conditions: patient.chronic_conditions.clone(),
        organization_id: patient.organization_id.get(),
        added_by_doctor_id: patient.added_by.map(domain::ids::ProviderId::get),
        created,
    }
}
