//! `GET /request/{section_id}/therapist-dashboard/conversations` (contract, section 4; TX-enums): the section's conversations by
//! risk, and among equals those first that moved last.

use axum::extract::State;
use domain::error::Result;
use domain::inbox::Place;
use domain::page::{BYTE_BUDGET, limit};
use domain::section::Section;
use domain::thread::Thread;
use domain::time::Timestamp;
use futures_util::future::try_join_all;
use platform::App;
use platform::identity::Therapist;
use platform::store::seen::Mark;
use platform::store::{inbox, sections, seen};
use serde::Serialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::conditional::{Known, Tag};
use web::openapi::TherapyChatRefusals;
use web::page::{Items, Rest};
use web::parameters::Parameters;
use web::{Api, Reply};

const MOST: u32 = 100;
const DEFAULT: u32 = 50;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConversationsView {
    success: bool,
    conversations: Vec<ConversationView>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SectionConversationView)]
pub(crate) struct ConversationView {
    #[schema(example = 123)]
    id: u32,
    #[schema(example = 10)]
    subject_id: u64,
    #[schema(example = "John Doe")]
    subject_name: String,
    /// `low`, `medium`, `high` or `critical`.
    #[schema(example = "critical")]
    risk_level: &'static str,
    /// Whether the assistant answers the next message.
    ai_enabled: bool,
    /// `ai_hybrid` or `human_only`.
    mode: &'static str,
    /// Always `active`: no operation pauses or closes a conversation yet.
    status: &'static str,
    /// The subject's messages that the caller has not marked as read.
    unread_messages: u32,
    unread_alerts: u32,
    open_tags: u32,
    latest_message_id: Option<u64>,
    subject_last_seen: Option<String>,
    created_at: String,
    updated_at: String,
}

impl ConversationView {
    fn of(section: &Section, thread: &Thread, (mark, seen): (Mark, Option<Timestamp>)) -> Self {
        let care = &thread.care;
        Self {
            id: thread.thread.get(),
            subject_id: thread.user_id.get(),
            subject_name: thread.patient_name.clone(),
            risk_level: care.risk.name(),
            ai_enabled: section.assistant_answers(care),
            mode: section.mode.name(),
            status: "active",
            unread_messages: mark.unread(thread),
            unread_alerts: care.alerts.open,
            open_tags: care.tags.open,
            latest_message_id: latest(thread),
            subject_last_seen: seen.map(Timestamp::rfc3339_offset),
            created_at: thread.created.rfc3339_offset(),
            updated_at: thread.updated.rfc3339_offset(),
        }
    }
}

/// The id of the newest message of a conversation.
pub(crate) fn latest(thread: &Thread) -> Option<u64> {
    let last = domain::ids::MessageId { thread: thread.thread, seq: thread.last_seq };
    (thread.last_seq > domain::ids::Seq::START).then(|| last.get())
}

/// The section's conversations.
#[utoipa::path(
    get,
    path = "/request/{section_id}/therapist-dashboard/conversations",
    tag = "therapist dashboard",
    operation_id = "list_section_conversations",
    params(
        ("section_id" = u64, Path, description = "The section."),
        ("limit" = Option<u32>, Query, description = "At most so many, up to 100; 50 when left out."),
        ("cursor" = Option<String>, Query, description = "Where to go on: `X-Next-Cursor` of the page before."),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of an earlier answer."),
    ),
    responses(
        (status = 200, description = "The conversations.", body = ConversationsView, headers(
            ("ETag", description = "For If-None-Match."),
            ("X-Next-Cursor", description = "Present when there are more."),
            ("Link", description = "The address of the next page."),
        )),
        (status = 304, description = "Unchanged."),
        TherapyChatRefusals,
    ),
    security(("bearer" = []))
)]
pub(crate) async fn list_conversations(
    State(api): State<Api>,
    Caller(therapist): Caller<Therapist>,
    (known, rest, parameters): (Known, Rest, Parameters),
) -> Reply {
    let most = limit(parameters.get("limit"), DEFAULT, MOST)?;
    let before = parameters.get("cursor").map(str::parse::<Place>).transpose()?;
    let (section, mut threads, marks) = tokio::try_join!(
        sections::of_therapist(&api.app, &therapist),
        inbox::of_section(&api.app, &therapist, (before, most.saturating_add(1))),
        seen::of_therapist(&api.app, &therapist)
    )?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let mut more = threads.len() > most;
    threads.truncate(most);
    let seen = last_seen(&api.app, &threads).await?;
    let mut items = Items::within("{\"success\":true,\"conversations\":".to_owned(), BYTE_BUDGET);
    for (thread, seen) in threads.iter().zip(seen) {
        let mark = marks.get(&thread.thread).copied().unwrap_or_default();
        let view = ConversationView::of(&section, thread, (mark, seen));
        if !items.push(&view, Place::of(thread).to_string())? {
            more = true;
            break;
        }
    }
    let response = if more { items.cut(&rest, &parameters) } else { items.complete() };
    // What a therapist has read, and when a subject looked, no version counts.
    let tag = Tag::of(&[&"sc", &therapist.section(), &therapist.user()], false);
    Ok(known.answer(&tag, false, response).await?)
}

/// When each subject last looked at the conversation.
async fn last_seen(app: &App, threads: &[Thread]) -> Result<Vec<Option<Timestamp>>> {
    try_join_all(threads.iter().map(|thread| seen::by_patient(app, thread))).await
}
