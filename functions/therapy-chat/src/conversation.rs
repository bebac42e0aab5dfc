//! `GET /request/{section_id}/therapy-chat/conversation` (contract, section 4): the conversation that goes on, and how the
//! section works.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::section::Section;
use domain::thread::Thread;
use platform::identity::Subject;
use platform::store::sections;
use serde::Serialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::openapi::TherapyChatRefusals;
use web::{Api, Reply};

use crate::messages::current;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConversationView {
    /// Null before the first message.
    conversation: Option<CurrentView>,
    /// `ai_hybrid` or `human_only`.
    #[schema(example = "ai_hybrid")]
    mode: &'static str,
    tagging_enabled: bool,
    tag_reasons: Vec<ReasonView>,
    /// How often to look for news.
    #[schema(example = 3000)]
    poll_interval_ms: u32,
}

#[derive(Debug, Serialize, ToSchema)]
struct CurrentView {
    #[schema(example = 123)]
    id: u32,
    /// Whether the assistant answers the next message.
    ai_enabled: bool,
    #[schema(example = "2026-01-16T14:30:00+00:00")]
    created_at: String,
    updated_at: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct ReasonView {
    key: String,
    label: String,
    /// `normal`, `urgent` or `emergency`.
    urgency: &'static str,
}

impl ConversationView {
    fn of(section: &Section, thread: Option<&Thread>) -> Self {
        let reasons = section.tag_reasons.iter().map(|reason| ReasonView {
            key: reason.key.clone(),
            label: reason.label.clone(),
            urgency: reason.urgency.name(),
        });
        Self {
            conversation: thread.map(|thread| CurrentView {
                id: thread.thread.get(),
                ai_enabled: section.assistant_answers(&thread.care),
                created_at: thread.created.rfc3339_offset(),
                updated_at: thread.updated.rfc3339_offset(),
            }),
            mode: section.mode.name(),
            tagging_enabled: section.tagging_enabled,
            tag_reasons: reasons.collect(),
            poll_interval_ms: section.poll_interval_ms,
        }
    }
}

/// The subject's conversation and the section's settings.
#[utoipa::path(
    get,
    path = "/request/{section_id}/therapy-chat/conversation",
    tag = "therapy chat",
    operation_id = "get_subject_conversation",
    params(("section_id" = u64, Path, description = "The section.")),
    responses((status = 200, description = "The conversation.", body = ConversationView), TherapyChatRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn get_conversation(State(api): State<Api>, Caller(subject): Caller<Subject>) -> Reply {
    let (section, thread) = tokio::try_join!(sections::of_subject(&api.app, &subject), current(&api.app, &subject))?;
    Ok(Json(ConversationView::of(&section, thread.as_ref())).into_response())
}
