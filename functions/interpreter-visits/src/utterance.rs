//! `POST /api/utterances` (MI-utt): something was said. It is kept once, in its place, byte by byte, with what the engines hear in
//! it; danger is told in the same transaction.

use axum::extract::State;
use domain::error::{Error, Result};
use domain::ids::{UtteranceId, VisitNo};
use domain::visit::Visit;
use domain::visit::audit::VisitDeed;
use domain::visit::utterance::{
    Added, Confidence, MedicalTerm, Utterance, UtteranceEntry, UtteranceFields, add, visit_of,
};
use platform::App;
use platform::identity::Clinician;
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::utterances;
use platform::store::visits::{self, Change, Kept, keep, kept_before};
use serde::Deserialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, replayed};
use web::openapi::InterpreterVisitsRefusals;
use web::visits::{Enveloped, answered};
use web::{Api, Reply};

use crate::keep::audit;
use crate::view::utterance::UtteranceView;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UtteranceBody {
    #[schema(example = "conv_1048583", required = true, nullable = false)]
    conversation_id: Option<String>,
    /// `clinician`, `patient`, `assistant` or `family`.
    #[schema(example = "clinician", required = true, nullable = false)]
    role: Option<String>,
    #[schema(example = "en", required = true, nullable = false)]
    original_language: Option<String>,
    #[schema(example = "How long have you had this pain?", required = true, nullable = false)]
    original_text: Option<String>,
    #[schema(example = "¿Cuánto tiempo ha tenido este dolor?")]
    translated_text: Option<String>,
    confidence: Option<ConfidenceBody>,
    /// What the client found; left out, it is looked for.
    medical_terms: Option<Vec<TermBody>>,
    /// With a zone.
    #[schema(example = "2024-01-15T10:05:00.000Z", required = true, nullable = false)]
    timestamp: Option<String>,
    /// What the client calls it: the same item is recorded once, however often it is sent.
    #[serde(alias = "clientItemId")]
    item_id: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
struct ConfidenceBody {
    /// From 0 to 1.
    transcription: Option<f64>,
    /// From 0 to 1.
    translation: Option<f64>,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
struct TermBody {
    #[schema(example = "pain")]
    term: String,
    #[schema(example = "symptom")]
    category: String,
    /// From 0 to 1.
    confidence: Option<f64>,
}

/// Add an utterance to a conversation.
#[utoipa::path(
    post,
    path = "/api/utterances",
    tag = "interpreter visits",
    operation_id = "add_utterance",
    request_body = UtteranceBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours.")),
    responses((status = 200, description = "The utterance.", body = Enveloped<UtteranceView>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn add_utterance(
    State(api): State<Api>,
    Caller(caller): Caller<Clinician>,
    command: Command<UtteranceBody>,
) -> Reply {
    let guard = command.guard(&api, caller.identity());
    let visit = visit_of(command.body.conversation_id.as_deref())?;
    let entry = UtteranceEntry::parse(fields(&command.body))?;
    let mut attempts = Attempts::default();
    let (view, again) = loop {
        match attempt(&api.app, &caller, (visit, &entry), &guard).await? {
            Attempt::Done(added) => break added,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    Ok(replayed(answered(view), again))
}

fn fields(body: &UtteranceBody) -> UtteranceFields<'_> {
    let term = |term: &TermBody| MedicalTerm {
        term: term.term.clone(),
        category: term.category.clone(),
        confidence: term.confidence,
    };
    UtteranceFields {
        role: body.role.as_deref(),
        original_language: body.original_language.as_deref(),
        original_text: body.original_text.as_deref(),
        translated_text: body.translated_text.as_deref(),
        confidence: body
            .confidence
            .map(|given| Confidence { transcription: given.transcription, translation: given.translation }),
        terms: body.medical_terms.iter().flatten().map(term).collect(),
        timestamp: body.timestamp.as_deref(),
        item: body.item_id.as_deref(),
    }
}

async fn attempt(
    app: &App,
    caller: &Clinician,
    (no, entry): (VisitNo, &UtteranceEntry),
    guard: &Guard,
) -> Result<Attempt<(UtteranceView, bool)>> {
    let visit = visits::load(app, caller, no).await?;
    if let Some(known) = recorded(app, &visit, entry).await? {
        return Ok(Attempt::Done((UtteranceView::of(&known, None), true)));
    }
    let heard = clinical::record::heard(entry, &visit.language);
    let added = match add(&visit, entry, heard, app.now()) {
        Ok(added) => added,
        // What was kept before the visit ended is answered again.
        Err(refusal) => return before(app, &visit, kept_before(app, guard).await?).await?.ok_or(refusal),
    };
    let Added { visit: changed, utterance, alert } = &added;
    let change = Change {
        read: Some(&visit),
        visit: Some(changed),
        utterance: Some(utterance),
        alert: alert.as_ref(),
        audit: alert.as_ref().and_then(|_| audit(app, caller, &visit, VisitDeed::DangerDetected)),
        ..Change::default()
    };
    Ok(match keep(app, &change, (guard, utterance.id.get())).await? {
        Attempt::Done(Kept::Now) => Attempt::Done((UtteranceView::of(utterance, alert.as_ref()), false)),
        Attempt::Done(kept) => before(app, &visit, Some(kept)).await?.unwrap_or(Attempt::Raced),
        Attempt::Raced => Attempt::Raced,
    })
}

/// The utterance, when the client's item was recorded before.
async fn recorded(app: &App, visit: &Visit, entry: &UtteranceEntry) -> Result<Option<Utterance>> {
    let Some(item) = &entry.item else { return Ok(None) };
    match utterances::find_item(app, visit, item).await? {
        Some(known) if !known.is_of(entry) => Err(Error::Conflict("The item was already recorded with other content.")),
        known => Ok(known),
    }
}

/// The utterance that an earlier request with the same key kept.
async fn before(app: &App, visit: &Visit, kept: Option<Kept>) -> Result<Option<Attempt<(UtteranceView, bool)>>> {
    let Some(Kept::Before { id, .. }) = kept else { return Ok(None) };
    let id = UtteranceId::new(id).ok_or(Error::Internal)?;
    Ok(Some(match utterances::load(app, visit, id).await {
        Ok(utterance) => Attempt::Done((UtteranceView::of(&utterance, None), true)),
        Err(Error::Missing(_)) => Attempt::Raced,
        Err(error) => return Err(error),
    }))
}
