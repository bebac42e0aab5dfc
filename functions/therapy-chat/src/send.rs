//! `POST /request/{section_id}/therapy-chat/send` (TC-send, TC-send-blocked, A-26, A-27): a subject writes. The answer has the
//! assistant's reply, or says that the message speaks of danger.

use assistant::Assistant;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::{Extension, Json};
use clinical::assess::message_with_terms;
use domain::append::Append;
use domain::assistant::Turn;
use domain::error::{Error, Result};
use domain::ids::{MessageId, ThreadNo, ThreadRef};
use domain::message::{Author, Message};
use domain::section::Section;
use domain::text::MessageText;
use domain::therapy::{CONTENT_LIMIT, Written, said};
use domain::thread::Thread;
use platform::App;
use platform::identity::Subject;
use platform::store::append::{Alongside, Kept, keep};
use platform::store::guards::Guard;
use platform::store::messages::Part;
use platform::store::retry::{Attempt, Attempts, once_visible};
use platform::store::seen::Looked;
use platform::store::{messages, sections, threads};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, lenient_id, replayed};
use web::openapi::TherapyChatRefusals;
use web::therapy::{MessageView, Viewer, conversation, is_medical, keywords};
use web::{Api, Reply};

use crate::place::Place;

/// Messages behind the subject's own among which a repeated request finds the reply.
const NEAR: u32 = 5;

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TherapySendBody)]
pub(crate) struct SendBody {
    /// The conversation; left out, the one that goes on, or a new one.
    #[serde(default, deserialize_with = "lenient_id")]
    #[schema(example = 123)]
    conversation_id: Option<u64>,
    /// At most 10,000 characters.
    #[schema(example = "Hello, I need some help...", required = true, nullable = false)]
    content: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = TherapySentView)]
pub(crate) enum SentView {
    /// The message speaks of danger: it is kept, the therapists are told, and the assistant says nothing.
    Blocked {
        blocked: bool,
        /// What the subject is told.
        message: String,
        /// The subject's own words.
        detected_keywords: Vec<String>,
        user_message_id: u64,
        conversation_id: u32,
    },
    /// The message is kept.
    Sent {
        success: bool,
        #[schema(example = 456)]
        user_message_id: u64,
        #[schema(example = 123)]
        conversation_id: u32,
        /// Absent when the assistant does not answer, or not yet.
        #[serde(skip_serializing_if = "Option::is_none")]
        ai_message: Option<MessageView>,
    },
}

/// Send a message as the subject.
#[utoipa::path(
    post,
    path = "/request/{section_id}/therapy-chat/send",
    tag = "therapy chat",
    operation_id = "send_subject_message",
    request_body = SendBody,
    params(
        ("section_id" = u64, Path, description = "The section."),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours."),
    ),
    responses((status = 200, description = "The message is kept.", body = SentView), TherapyChatRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn send(
    State(api): State<Api>,
    Caller(subject): Caller<Subject>,
    Extension(assistant): Extension<Assistant>,
    command: Command<SendBody>,
) -> Reply {
    let text = MessageText::parse("content", command.body.content.as_deref().unwrap_or_default(), CONTENT_LIMIT)?;
    let text = text.ok_or(Error::Documented("Message cannot be empty"))?;
    let wanted = command.body.conversation_id.map(conversation).transpose()?;
    let guard = command.guard(&api, subject.identity());
    let section = sections::of_subject(&api.app, &subject).await?;
    let mut attempts = Attempts::default();
    let sent = loop {
        match attempt(&api.app, &subject, (&section, wanted, &text), &guard).await? {
            Attempt::Done(sent) => break sent,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    let reply = reply(&api.app, &subject, &assistant, &sent).await?;
    Ok(replayed(Json(view(&section, &sent, reply.as_ref())).into_response(), sent.again))
}

/// Keeps what a subject wrote into a request that is refused, when it speaks of danger: the alarm is raised, whatever was wrong
/// with the request.
pub(crate) async fn heard_all_the_same(
    app: &App,
    subject: &Subject,
    (section, wanted, words): (&Section, Option<ThreadNo>, &str),
    guard: &Guard,
) -> Result<()> {
    let text: String = words.chars().take(CONTENT_LIMIT).collect();
    let Some(text) = MessageText::received(&text) else { return Ok(()) };
    if message_with_terms(text.as_str(), None, &section.danger_terms).dangers.is_empty() {
        return Ok(());
    }
    let mut attempts = Attempts::default();
    while let Attempt::Raced = attempt(app, subject, (section, wanted, &text), guard).await? {
        attempts.again(app).await?;
    }
    Ok(())
}

/// What was sent, now or by an earlier request with the same key.
struct Sent {
    /// The conversation, with the assistant's turn taken when it answers.
    thread: Thread,
    message: Message,
    again: bool,
}

async fn attempt(
    app: &App,
    subject: &Subject,
    (section, wanted, text): (&Section, Option<ThreadNo>, &MessageText),
    guard: &Guard,
) -> Result<Attempt<Sent>> {
    let Attempt::Done(place) = Place::of(app, subject, (section, wanted)).await? else { return Ok(Attempt::Raced) };
    let append = decide(app, &place, section, text)?;
    let looked = Looked::at(&append.thread, subject, false);
    match keep(app, &append, guard, Alongside { looked, ..place.alongside() }).await? {
        Attempt::Raced => Ok(Attempt::Raced),
        Attempt::Done(Kept::Before { message, .. }) => again(app, subject, message).await,
        Attempt::Done(Kept::Now) => {
            let message = append.messages.into_iter().next().ok_or(Error::Internal)?;
            Ok(Attempt::Done(Sent { thread: append.thread, message, again: false }))
        }
    }
}

/// What the engines make of the message, before any model, decides.
fn decide(app: &App, place: &Place, section: &Section, text: &MessageText) -> Result<Append> {
    let assessment = message_with_terms(text.as_str(), None, &section.danger_terms).without_command();
    let written = Written { section, text, assessment: &assessment };
    place.append(app, said(&place.thread().care, written, app.now()))
}

async fn again(app: &App, subject: &Subject, message: Option<MessageId>) -> Result<Attempt<Sent>> {
    let id = message.ok_or(Error::Internal)?;
    let found = async {
        let thread = threads::load(app, subject, ThreadRef::No(id.thread)).await?;
        let message = messages::of_thread(app, &thread, id.seq).await?;
        Ok(Sent { thread, message, again: true })
    };
    once_visible(found.await)
}

/// The assistant's reply: generated now, or found again. What cannot be said now, the worker says when the turn's lease ends.
async fn reply(app: &App, subject: &Subject, assistant: &Assistant, sent: &Sent) -> Result<Option<Message>> {
    if sent.again {
        let stretch = messages::read(app, &sent.thread, Part::After(sent.message.seq), NEAR).await?;
        let mut until_next = stretch.messages.into_iter().take_while(|message| !message.author.is_patient());
        return Ok(until_next.find(|message| message.author == Author::Assistant));
    }
    let has_turn = matches!(sent.thread.turn(app.now()), Turn::Taken { .. });
    if !has_turn {
        return Ok(None);
    }
    // The subject's message is kept: whatever happens to the reply, that is what is answered.
    Ok(assistant.answer(subject, &sent.thread).await.unwrap_or_default())
}

fn view(section: &Section, sent: &Sent, reply: Option<&Message>) -> SentView {
    let (user_message_id, conversation_id) = (sent.message.id().get(), sent.thread.thread.get());
    let dangers = &sent.message.dangers;
    if dangers.is_empty() {
        let ai_message = reply.map(|reply| MessageView::of(reply, &sent.thread, (&[], Viewer::Subject)));
        return SentView::Sent { success: true, user_message_id, conversation_id, ai_message };
    }
    let text = section.blocked_text(sent.thread.care.language, is_medical(dangers));
    SentView::Blocked {
        blocked: true,
        message: text.map_or_else(String::new, |text| text.as_str().to_owned()),
        detected_keywords: if section.show_keywords { keywords(dangers) } else { Vec::new() },
        user_message_id,
        conversation_id,
    }
}
