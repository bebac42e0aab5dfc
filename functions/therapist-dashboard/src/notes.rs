//! `POST /request/{section_id}/therapist-dashboard/add-note` (TD-add-note) and `GET …/notes` (contract, section 4): private
//! notes, which no subject ever sees.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::append::append;
use domain::error::{Error, Result};
use domain::ids::{NoteId, ThreadNo};
use domain::note::Note;
use domain::page::{BYTE_BUDGET, bad_cursor, limit};
use domain::section::NamedTherapist;
use domain::text::MessageText;
use domain::therapy::{CONTENT_LIMIT, noted};
use platform::App;
use platform::identity::Therapist;
use platform::store::append::{Alongside, Kept, keep};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::{notes, sections, seen};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, lenient_id, replayed};
use web::openapi::TherapyChatRefusals;
use web::page::{Items, Rest};
use web::parameters::Parameters;
use web::{Api, Reply};

use crate::decided::{load, named, named_in};

const MOST: u32 = 200;

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NoteBody {
    #[serde(default, deserialize_with = "lenient_id")]
    #[schema(example = 123, required = true, nullable = false)]
    conversation_id: Option<u64>,
    /// At most 10,000 characters.
    #[schema(example = "Patient showing improvement in anxiety management...", required = true, nullable = false)]
    content: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NotedView {
    success: bool,
    #[schema(example = 67)]
    note_id: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NotesView {
    success: bool,
    notes: Vec<NoteView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoteView {
    #[schema(example = 67)]
    id: u64,
    author_id: u64,
    author_name: String,
    content: String,
    created_at: String,
}

impl NoteView {
    fn of(note: &Note) -> Self {
        Self {
            id: note.id.get(),
            author_id: note.author.get(),
            author_name: note.author_name.clone(),
            content: note.content.as_str().to_owned(),
            created_at: note.created.rfc3339_offset(),
        }
    }
}

/// Add a private note to a conversation.
#[utoipa::path(
    post,
    path = "/request/{section_id}/therapist-dashboard/add-note",
    tag = "therapist dashboard",
    operation_id = "add_note",
    request_body = NoteBody,
    params(
        ("section_id" = u64, Path, description = "The section."),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours."),
    ),
    responses((status = 200, description = "The note is kept.", body = NotedView), TherapyChatRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn add_note(
    State(api): State<Api>,
    Caller(therapist): Caller<Therapist>,
    command: Command<NoteBody>,
) -> Reply {
    let no = named(command.body.conversation_id)?;
    let text = MessageText::parse("content", command.body.content.as_deref().unwrap_or_default(), CONTENT_LIMIT)?;
    let text = text.ok_or(Error::Documented("Note cannot be empty"))?;
    let guard = command.guard(&api, therapist.identity());
    let name = sections::name_of_therapist(&api.app, &therapist).await?;
    let mut attempts = Attempts::default();
    let (note, again) = loop {
        match attempt(&api.app, &therapist, (no, &name, &text), &guard).await? {
            Attempt::Done(noted) => break noted,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    Ok(replayed(Json(NotedView { success: true, note_id: note.get() }).into_response(), again))
}

async fn attempt(
    app: &App,
    therapist: &Therapist,
    (no, name, text): (ThreadNo, &NamedTherapist, &MessageText),
    guard: &Guard,
) -> Result<Attempt<(NoteId, bool)>> {
    let thread = load(app, therapist, no).await?;
    let (note, change) = noted(&thread, name, (text.clone(), app.now()));
    let append = append(&thread, change, app.now())?;
    let guard = guard.remembering(&note.id.get().to_string());
    Ok(match keep(app, &append, &guard, Alongside { note: Some(&note), ..Alongside::default() }).await? {
        Attempt::Raced => Attempt::Raced,
        Attempt::Done(Kept::Now) => Attempt::Done((note.id, false)),
        Attempt::Done(Kept::Before { memo, .. }) => {
            let before = memo.and_then(|memo| memo.parse().ok());
            Attempt::Done((before.ok_or(Error::Internal)?, true))
        }
    })
}

/// The private notes of a conversation, newest first.
#[utoipa::path(
    get,
    path = "/request/{section_id}/therapist-dashboard/notes",
    tag = "therapist dashboard",
    operation_id = "list_notes",
    params(
        ("section_id" = u64, Path, description = "The section."),
        ("conversation_id" = u64, Query, description = "The conversation."),
        ("limit" = Option<u32>, Query, description = "At most so many, up to 200."),
        ("cursor" = Option<String>, Query, description = "Where to go on: `X-Next-Cursor` of the page before."),
    ),
    responses((status = 200, description = "The notes.", body = NotesView), TherapyChatRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn list_notes(
    State(api): State<Api>,
    Caller(therapist): Caller<Therapist>,
    (rest, parameters): (Rest, Parameters),
) -> Reply {
    let no = named_in(parameters.get("conversation_id"))?;
    let most = limit(parameters.get("limit"), MOST, MOST)?;
    let before = parameters.get("cursor").map(|raw| raw.parse::<NoteId>().map_err(|_| bad_cursor())).transpose()?;
    let thread = load(&api.app, &therapist, no).await?;
    let (found, more) = notes::page(&api.app, &therapist, &thread, (before, most)).await?;
    seen::note_notes(&api.app, &therapist, &thread).await?;
    let mut items = Items::within("{\"success\":true,\"notes\":".to_owned(), BYTE_BUDGET);
    for note in &found {
        if !items.push(&NoteView::of(note), note.id.get().to_string())? {
            return Ok(items.cut(&rest, &parameters));
        }
    }
    Ok(if more { items.cut(&rest, &parameters) } else { items.complete() })
}
