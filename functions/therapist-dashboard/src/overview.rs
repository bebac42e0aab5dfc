//! `GET /request/{section_id}/therapist-dashboard/stats` and `…/updates` (contract, section 4): numbers over the whole section.

use std::fmt::Display;

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::care::Risk;
use domain::error::Result;
use domain::inbox::Place;
use domain::thread::Thread;
use platform::App;
use platform::identity::Therapist;
use platform::store::seen::Mark;
use platform::store::{inbox, seen, versions};
use serde::Serialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::conditional::{Known, Tag};
use web::openapi::TherapyChatRefusals;
use web::{Api, Reply};

use crate::conversations::latest;

/// Conversations in one page of the table.
const PAGE: u32 = 200;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatsView {
    success: bool,
    total_conversations: usize,
    /// Conversations in which the assistant may answer.
    ai_enabled: usize,
    unread_messages: u32,
    unread_alerts: u32,
    open_tags: u32,
    risk_levels: RiskLevels,
}

/// Conversations by risk.
#[derive(Debug, Serialize, ToSchema)]
struct RiskLevels {
    low: usize,
    medium: usize,
    high: usize,
    critical: usize,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UpdatesView {
    unread_messages: u32,
    unread_alerts: u32,
    /// The newest message of the section; null when there is none.
    #[schema(example = 458)]
    latest_message_id: Option<u64>,
}

/// All conversations of a section, each with what the caller has read of it.
async fn all(app: &App, therapist: &Therapist) -> Result<Vec<(Thread, Mark)>> {
    let threads = async {
        let mut threads: Vec<Thread> = Vec::new();
        loop {
            let before = threads.last().map(Place::of);
            let page = inbox::of_section(app, therapist, (before, PAGE)).await?;
            let is_last = page.len() < usize::try_from(PAGE).unwrap_or(usize::MAX);
            threads.extend(page);
            if is_last {
                return Ok(threads);
            }
        }
    };
    let (threads, marks) = tokio::try_join!(threads, seen::of_therapist(app, therapist))?;
    let mark = |thread: &Thread| marks.get(&thread.thread).copied().unwrap_or_default();
    Ok(threads.into_iter().map(|thread| (mark(&thread), thread)).map(|(mark, thread)| (thread, mark)).collect())
}

/// What the numbers depend on: the conversations of the section, and what the therapist has marked as read.
async fn tag(app: &App, (numbers, therapist): (&str, &Therapist)) -> Result<Tag> {
    let version = versions::of_section(app, therapist).await?;
    let parts: [&dyn Display; 4] = [&numbers, &therapist.section(), &therapist.user(), &version.count];
    Ok(Tag::of(&parts, version.has_settled(app.now())))
}

fn unread(conversations: &[(Thread, Mark)]) -> u32 {
    conversations.iter().map(|(thread, mark)| mark.unread(thread)).sum()
}

fn unread_alerts(conversations: &[(Thread, Mark)]) -> u32 {
    conversations.iter().map(|(thread, _)| thread.care.alerts.open).sum()
}

/// How the section stands.
#[utoipa::path(
    get,
    path = "/request/{section_id}/therapist-dashboard/stats",
    tag = "therapist dashboard",
    operation_id = "get_section_stats",
    params(
        ("section_id" = u64, Path, description = "The section."),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of an earlier answer."),
    ),
    responses(
        (status = 200, description = "The numbers.", body = StatsView, headers(("ETag", description = "For If-None-Match."))),
        (status = 304, description = "Unchanged."),
        TherapyChatRefusals,
    ),
    security(("bearer" = []))
)]
pub(crate) async fn get_stats(State(api): State<Api>, Caller(therapist): Caller<Therapist>, known: Known) -> Reply {
    let tag = tag(&api.app, ("stats", &therapist)).await?;
    if known.has(&tag) {
        return Ok(tag.not_modified());
    }
    let conversations = all(&api.app, &therapist).await?;
    let of_risk = |risk| conversations.iter().filter(|(thread, _)| thread.care.risk == risk).count();
    let view = StatsView {
        success: true,
        total_conversations: conversations.len(),
        ai_enabled: conversations.iter().filter(|(thread, _)| thread.care.assistant.enabled).count(),
        unread_messages: unread(&conversations),
        unread_alerts: unread_alerts(&conversations),
        open_tags: conversations.iter().map(|(thread, _)| thread.care.tags.open).sum(),
        risk_levels: RiskLevels {
            low: of_risk(Risk::Low),
            medium: of_risk(Risk::Medium),
            high: of_risk(Risk::High),
            critical: of_risk(Risk::Critical),
        },
    };
    Ok(known.answer(&tag, true, Json(view).into_response()).await?)
}

/// Whether there is news.
#[utoipa::path(
    get,
    path = "/request/{section_id}/therapist-dashboard/updates",
    tag = "therapist dashboard",
    operation_id = "get_section_updates",
    params(
        ("section_id" = u64, Path, description = "The section."),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of an earlier answer."),
    ),
    responses(
        (status = 200, description = "The numbers.", body = UpdatesView, headers(("ETag", description = "For If-None-Match."))),
        (status = 304, description = "Unchanged."),
        TherapyChatRefusals,
    ),
    security(("bearer" = []))
)]
pub(crate) async fn get_updates(State(api): State<Api>, Caller(therapist): Caller<Therapist>, known: Known) -> Reply {
    let tag = tag(&api.app, ("updates", &therapist)).await?;
    if known.has(&tag) {
        return Ok(tag.not_modified());
    }
    let conversations = all(&api.app, &therapist).await?;
    let newest = conversations.iter().map(|(thread, _)| thread).max_by_key(|thread| thread.updated);
    let view = UpdatesView {
        unread_messages: unread(&conversations),
        unread_alerts: unread_alerts(&conversations),
        latest_message_id: newest.and_then(latest),
    };
    Ok(known.answer(&tag, true, Json(view).into_response()).await?)
}
