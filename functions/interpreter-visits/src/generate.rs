//! `POST /api/summaries/generate` (MI-sum): the note of a visit as far as it has gone, written by rules while the caller waits; a
//! model's version comes later as another version of it.

use axum::Extension;
use axum::extract::State;
use clinical::record::{Line, note};
use domain::delivery::HINT_GRACE;
use domain::error::{Error, Result};
use domain::ids::{SummaryId, VisitNo};
use domain::time::Timestamp;
use domain::visit::Visit;
use domain::visit::summary::section::{Sections, format};
use domain::visit::summary::{Note, Summary};
use domain::visit::utterance::{chronological, visit_of};
use platform::App;
use platform::identity::Clinician;
use platform::queue::SummaryHint;
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::visits::{self, Change, Kept, keep};
use platform::store::{summaries, utterances};
use serde::Deserialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, replayed};
use web::openapi::InterpreterVisitsRefusals;
use web::visits::{Enveloped, answered};
use web::{Api, Reply};

use crate::Visits;
use crate::view::summary::SummaryView;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GenerateBody {
    #[schema(example = "conv_1048583", required = true, nullable = false)]
    conversation_id: Option<String>,
    /// `clinical_note`.
    #[schema(example = "clinical_note")]
    format: Option<String>,
    /// Which parts say something: `chief_complaint`, `hpi`, `assessment_plan`, `medications`, `follow_up`; all when left out.
    #[schema(example = json!(["chief_complaint", "hpi", "assessment_plan", "medications", "follow_up"]))]
    include_sections: Option<Vec<String>>,
}

/// Generate a summary of a conversation.
#[utoipa::path(
    post,
    path = "/api/summaries/generate",
    tag = "interpreter visits",
    operation_id = "generate_summary",
    request_body = GenerateBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours.")),
    responses((status = 200, description = "The summary.", body = Enveloped<SummaryView>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn generate_summary(
    State(api): State<Api>,
    Extension(visits): Extension<Visits>,
    Caller(caller): Caller<Clinician>,
    command: Command<GenerateBody>,
) -> Reply {
    let guard = command.guard(&api, caller.identity());
    let visit = visit_of(command.body.conversation_id.as_deref())?;
    format(command.body.format.as_deref())?;
    let sections = Sections::parse(command.body.include_sections.as_deref())?;
    let mut attempts = Attempts::default();
    let (summary, again) = loop {
        match attempt(&api.app, (&visits, &caller), (visit, &sections), &guard).await? {
            Attempt::Done(written) => break written,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    Ok(replayed(answered(SummaryView::of(&summary)), again))
}

async fn attempt(
    app: &App,
    (visits, caller): (&Visits, &Clinician),
    (no, sections): (VisitNo, &Sections),
    guard: &Guard,
) -> Result<Attempt<(Summary, bool)>> {
    let visit = visits::load(app, caller, no).await?;
    let transcript = visits::transcript(app, &visit).await?;
    let Some(said) = read(app, &visit, transcript.as_deref()).await? else { return Ok(Attempt::Raced) };
    let (changed, summary) = Summary::write(&visit, said.note(&visit), sections.clone(), app.now());
    let change = Change {
        read: Some(&visit),
        visit: Some(&changed),
        summary: Some((None, &summary)),
        job: owe(app, visits, &summary).map(Some),
        ..Change::default()
    };
    match keep(app, &change, (guard, summary.id.get())).await? {
        Attempt::Done(Kept::Now) => {
            tell(app, &change).await;
            Ok(Attempt::Done((summary, false)))
        }
        Attempt::Done(Kept::Before { id, .. }) => {
            let id = SummaryId::new(id).ok_or(Error::Internal)?;
            let before = summaries::first_version(app, &visit, id.seq).await?;
            Ok(before.map_or(Attempt::Raced, |summary| Attempt::Done((summary, true))))
        }
        Attempt::Raced => Ok(Attempt::Raced),
    }
}

/// What was said in a visit, as its clinician understands it.
pub(crate) struct Said(Vec<Line>);

impl Said {
    /// The note of it.
    pub(crate) fn note(&self, visit: &Visit) -> Note {
        note(&self.0, &visit.language)
    }
}

/// Reads what was said; the client's transcript where no utterance was recorded. Nothing when some of it cannot be seen yet.
pub(crate) async fn read(app: &App, visit: &Visit, transcript: Option<&str>) -> Result<Option<Said>> {
    let Some(mut said) = utterances::all(app, visit).await? else { return Ok(None) };
    chronological(&mut said);
    let mut lines: Vec<Line> = said.iter().map(|utterance| Line::of(utterance, &visit.language)).collect();
    if lines.is_empty()
        && let Some(text) = transcript
    {
        lines.push(Line::of_transcript(text.to_owned()));
    }
    Ok(Some(Said(lines)))
}

/// When a model is to write a summary; nothing when there is no model, or nothing to write.
pub(crate) fn owe(app: &App, visits: &Visits, summary: &Summary) -> Option<Timestamp> {
    let says_something = summary.content.texts().any(|text| !text.is_empty());
    (visits.model.name().is_some() && says_something).then(|| app.now().plus(HINT_GRACE))
}

/// Tells whoever has models write summaries, when one is owed. What is lost, the sweeper repeats.
pub(crate) async fn tell(app: &App, change: &Change<'_>) {
    if let (Some(Some(_)), Some((_, summary))) = (change.job, change.summary) {
        app.hints.tell_summary(app, SummaryHint { summary: summary.id }, std::time::Duration::ZERO).await;
    }
}

/// Where a summary can be read.
pub(crate) fn address(visits: &Visits, summary: SummaryId) -> String {
    format!("{}/api/summaries/{summary}", visits.settings.public_url.as_deref().unwrap_or_default())
}
