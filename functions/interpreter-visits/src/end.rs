//! `POST /api/conversations/:id/end` (MI-end): the visit ends, with its summary and with what others are told of it in one
//! transaction. Ending it again gives the same answer.

use axum::Extension;
use axum::extract::State;
use domain::error::{Error, Result};
use domain::event::{EventDraft, EventKind, Subject};
use domain::ids::{SummaryId, VisitNo};
use domain::visit::audit::VisitDeed;
use domain::visit::summary::Summary;
use domain::visit::summary::section::Sections;
use domain::visit::{NOT_FOUND, Visit};
use platform::App;
use platform::identity::Clinician;
use platform::points::Point;
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::summaries;
use platform::store::visits::{self, Change, Kept, keep, keep_nothing};
use platform::webhook::payload::Payload;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Optional, TRANSCRIPT_BODY, replayed};
use web::openapi::InterpreterVisitsRefusals;
use web::visits::{Enveloped, answered};
use web::{Api, Reply};

use crate::Visits;
use crate::generate::{self, Said, owe};
use crate::keep::{announce, audit, told};
use crate::view::VisitPath;
use crate::view::summary::EndSummaryView;

/// 256 KB of a transcript, in bytes: it is kept in one row.
const LONGEST_TRANSCRIPT: usize = 256 * 1024;

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EndBody {
    /// Whether a summary is written; true when left out.
    generate_summary: Option<bool>,
    /// What the client wrote down. It is kept, and summarised when no utterance was recorded. At most 256 KB.
    final_transcript: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EndView {
    #[schema(example = "conv_1048583")]
    id: String,
    #[schema(example = "2024-01-15T10:15:00.000Z")]
    end_time: String,
    /// Seconds.
    #[schema(example = 900)]
    duration: u64,
    #[schema(example = 42)]
    utterance_count: u32,
    #[schema(example = 5)]
    action_count: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    summary: Option<EndSummaryView>,
}

/// A visit that has ended, with the summary that was written then.
struct Ended {
    visit: Visit,
    summary: Option<Summary>,
    again: bool,
}

impl EndView {
    fn of(ended: &Ended) -> Self {
        let visit = &ended.visit;
        Self {
            id: visit.visit.to_string(),
            end_time: visit.ended.as_ref().map_or(visit.started, |ending| ending.at).rfc3339_millis(),
            duration: visit.duration_s().unwrap_or_default(),
            utterance_count: visit.utterances.get(),
            action_count: visit.actions.get(),
            summary: ended.summary.as_ref().map(EndSummaryView::of),
        }
    }
}

/// End a conversation.
#[utoipa::path(
    post,
    path = "/api/conversations/{id}/end",
    tag = "interpreter visits",
    operation_id = "end_visit",
    request_body(content = Option<EndBody>),
    params(
        ("id" = String, Path, description = "The conversation."),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours."),
    ),
    responses((status = 200, description = "How it ended.", body = Enveloped<EndView>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn end_conversation(
    State(api): State<Api>,
    Caller(caller): Caller<Clinician>,
    (visits, path): (Extension<Visits>, VisitPath),
    Optional(command): Optional<EndBody, TRANSCRIPT_BODY>,
) -> Reply {
    let id: VisitNo = path.0.parse().map_err(|_| Error::Missing(NOT_FOUND))?;
    let guard = command.guard(&api, caller.identity());
    checked(&command.body)?;
    let mut attempts = Attempts::default();
    let ended = loop {
        match attempt(&api.app, (&visits, &caller), (id, &command.body), &guard).await? {
            Attempt::Done(ended) => break ended,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    Ok(replayed(answered(EndView::of(&ended)), ended.again))
}

fn checked(body: &EndBody) -> Result<()> {
    let field = "finalTranscript";
    let text = body.final_transcript.as_deref().unwrap_or_default();
    if text.len() > LONGEST_TRANSCRIPT {
        return Err(Error::invalid(field, format!("{field} must have at most {LONGEST_TRANSCRIPT} bytes.")));
    }
    domain::text::without_control_characters(field, text)
}

async fn attempt(
    app: &App,
    (visits, caller): (&Visits, &Clinician),
    (id, body): (VisitNo, &EndBody),
    guard: &Guard,
) -> Result<Attempt<Ended>> {
    let visit = visits::load(app, caller, id).await?;
    if visit.ended.is_some() {
        return again(app, visit, guard).await;
    }
    let transcript = body.final_transcript.as_deref().filter(|text| !domain::text::is_blank(text));
    let summary = match body.generate_summary.unwrap_or(true) {
        false => None,
        true => match generate::read(app, &visit, transcript).await? {
            Some(said) => Some(written(app, &visit, &said)),
            None => return Ok(Attempt::Raced),
        },
    };
    let ended = visit.ended(caller.id(), summary.as_ref().map(|summary| summary.id.seq), app.now());
    let change = Change {
        read: Some(&visit),
        visit: Some(&ended),
        summary: summary.as_ref().map(|summary| (None, summary)),
        job: summary.as_ref().and_then(|summary| owe(app, visits, summary)).map(Some),
        transcript,
        told: vec![has_ended(visits, &ended)?],
        audit: audit(app, caller, &visit, VisitDeed::VisitEnded),
        ..Change::default()
    };
    Ok(match keep(app, &change, (guard, ended.visit.get().into())).await? {
        Attempt::Done(Kept::Now) => {
            app.points.reach(Point::VisitEnded).await;
            announce(app, &ended).await;
            generate::tell(app, &change).await;
            Attempt::Done(Ended { visit: ended, summary, again: false })
        }
        // Whatever ended it, it is read again with what was written then.
        Attempt::Done(Kept::Before { .. }) | Attempt::Raced => Attempt::Raced,
    })
}

fn written(app: &App, visit: &Visit, said: &Said) -> Summary {
    Summary::write(visit, said.note(visit), Sections::default(), app.now()).1
}

/// The answer that was given when the visit ended.
async fn again(app: &App, visit: Visit, guard: &Guard) -> Result<Attempt<Ended>> {
    let number = visit.ended.as_ref().and_then(|ending| ending.summary);
    let summary = match number {
        None => None,
        Some(seq) => match summaries::first_version(app, &visit, seq).await? {
            Some(summary) => Some(summary),
            None => return Ok(Attempt::Raced),
        },
    };
    Ok(match keep_nothing(app, (guard, visit.visit.get().into())).await? {
        Attempt::Done(_) => Attempt::Done(Ended { visit, summary, again: true }),
        Attempt::Raced => Attempt::Raced,
    })
}

/// What subscribers are told of the end (MI-wh2).
fn has_ended(visits: &Visits, visit: &Visit) -> Result<(EventDraft, Payload)> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct ConversationTold {
        id: String,
        duration: u64,
        utterance_count: u32,
        action_count: u32,
    }
    #[derive(Serialize)]
    struct SummaryTold {
        available: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<String>,
    }
    #[derive(Serialize)]
    struct Told {
        conversation: ConversationTold,
        summary: SummaryTold,
    }
    let seq = visit.ended.as_ref().and_then(|ending| ending.summary);
    let url = seq.map(|seq| generate::address(visits, SummaryId { visit: visit.visit, seq }));
    let members = Told {
        conversation: ConversationTold {
            id: visit.visit.to_string(),
            duration: visit.duration_s().unwrap_or_default(),
            utterance_count: visit.utterances.get(),
            action_count: visit.actions.get(),
        },
        summary: SummaryTold { available: url.is_some(), url },
    };
    told(EventKind::ConversationEnded, Subject::Conversation, &members)
}
