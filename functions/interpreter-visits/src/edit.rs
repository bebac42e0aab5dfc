//! `PUT /api/summaries/:id` (contract, section 4): a clinician writes a summary otherwise. Every version is kept.

use axum::extract::State;
use domain::error::Result;
use domain::event::{EventDraft, EventKind, Subject};
use domain::ids::SummaryId;
use domain::visit::Visit;
use domain::visit::audit::VisitDeed;
use domain::visit::summary::Summary;
use domain::visit::summary::content::ContentWish;
use platform::App;
use platform::identity::Clinician;
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::summaries;
use platform::store::visits::{self, Change, Kept, keep, keep_nothing};
use platform::webhook::payload::Payload;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, replayed};
use web::openapi::InterpreterVisitsRefusals;
use web::visits::{Enveloped, answered};
use web::{Api, Reply};

use crate::keep::{announce, audit, told};
use crate::summary::id;
use crate::view::VisitPath;
use crate::view::summary::SummaryView;

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct EditBody {
    /// What is to be otherwise; what is left out stays.
    content: Option<EditContentBody>,
    /// The version that the clinician saw; another one is refused.
    version: Option<u32>,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct EditContentBody {
    chief_complaint: Option<String>,
    history_of_present_illness: Option<String>,
    assessment_and_plan: Option<String>,
    medications_discussed: Option<Vec<String>>,
    tests_ordered: Option<Vec<String>>,
    follow_up_instructions: Option<String>,
}

/// Edit a summary.
#[utoipa::path(
    put,
    path = "/api/summaries/{id}",
    tag = "interpreter visits",
    operation_id = "edit_summary",
    request_body = EditBody,
    params(
        ("id" = String, Path, description = "The summary."),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours."),
    ),
    responses((status = 200, description = "The summary.", body = Enveloped<SummaryView>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn edit_summary(
    State(api): State<Api>,
    Caller(caller): Caller<Clinician>,
    VisitPath(raw): VisitPath,
    command: Command<EditBody>,
) -> Reply {
    let id = id(&raw)?;
    let guard = command.guard(&api, caller.identity());
    let wish = wish(command.body).checked()?;
    let mut attempts = Attempts::default();
    let (summary, again) = loop {
        match attempt(&api.app, &caller, (id, &wish), &guard).await? {
            Attempt::Done(edited) => break edited,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    Ok(replayed(answered(SummaryView::of(&summary)), again))
}

fn wish(body: EditBody) -> ContentWish {
    let content = body.content.unwrap_or_default();
    ContentWish {
        chief_complaint: content.chief_complaint,
        history_of_present_illness: content.history_of_present_illness,
        assessment_and_plan: content.assessment_and_plan,
        medications_discussed: content.medications_discussed,
        tests_ordered: content.tests_ordered,
        follow_up_instructions: content.follow_up_instructions,
        version: body.version,
    }
}

async fn attempt(
    app: &App,
    caller: &Clinician,
    (id, wish): (SummaryId, &ContentWish),
    guard: &Guard,
) -> Result<Attempt<(Summary, bool)>> {
    let summary = summaries::load(app, caller, id).await?;
    let edited = match summary.edited(wish, caller.id(), app.now()) {
        Ok(edited) => edited,
        // An edit that was kept has moved the version that it names.
        Err(refusal) => {
            let before = visits::kept_before(app, guard).await?;
            return before.map(|_| Attempt::Done((summary, true))).ok_or(refusal);
        }
    };
    let deed = VisitDeed::SummaryEdited { number: id.seq };
    reviewed(app, caller, (&summary, edited, deed), guard).await
}

/// Keeps what a clinician made of a summary, and tells of it.
pub(crate) async fn reviewed(
    app: &App,
    caller: &Clinician,
    (summary, changed, deed): (&Summary, Option<Summary>, VisitDeed),
    guard: &Guard,
) -> Result<Attempt<(Summary, bool)>> {
    let id = summary.id.get();
    let Some(changed) = changed else {
        return Ok(match keep_nothing(app, (guard, id)).await? {
            Attempt::Done(kept) => Attempt::Done((summary.clone(), kept != Kept::Now)),
            Attempt::Raced => Attempt::Raced,
        });
    };
    let visit = visits::load(app, caller, summary.id.visit).await?;
    let change = Change {
        read: Some(&visit),
        summary: Some((Some(summary), &changed)),
        // Whoever reviews it has the last word; no model is asked any more.
        job: Some(None),
        told: vec![updated(&visit, &changed)?],
        audit: audit(app, caller, &visit, deed),
        ..Change::default()
    };
    Ok(match keep(app, &change, (guard, id)).await? {
        Attempt::Done(Kept::Now) => {
            announce(app, &visit).await;
            Attempt::Done((changed, false))
        }
        Attempt::Done(Kept::Before { .. }) => Attempt::Done((summary.clone(), true)),
        Attempt::Raced => Attempt::Raced,
    })
}

fn updated(visit: &Visit, summary: &Summary) -> Result<(EventDraft, Payload)> {
    let subject = Subject::Summary(summary.id.seq);
    told(EventKind::SummaryUpdated, subject, &SummaryTold::of(visit, summary))
}

/// What is told of a summary that changed: ids and states, no text.
#[derive(Debug, Serialize)]
pub(crate) struct SummaryTold {
    conversation: ConversationTold,
    summary: VersionTold,
}

#[derive(Debug, Serialize)]
struct ConversationTold {
    id: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct VersionTold {
    id: String,
    version: u32,
    review_status: &'static str,
}

impl SummaryTold {
    fn of(visit: &Visit, summary: &Summary) -> Self {
        Self {
            conversation: ConversationTold { id: visit.visit.to_string() },
            summary: VersionTold {
                id: summary.id.to_string(),
                version: summary.version,
                review_status: summary.review.name(),
            },
        }
    }
}
