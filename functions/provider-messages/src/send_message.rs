//! `POST /providermessages/send-message/` (PM-3.3, A-9, A-16, A-17): text and media into a thread.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::append::{Change, append};
use domain::caller::ProviderRole;
use domain::contact::{ActiveThread, Contact, ContactPatient};
use domain::error::{Error, Result};
use domain::ids::{MessageId, PublicId, ThreadNo};
use domain::media::{Media, MediaUrl};
use domain::message::{Author, Message};
use domain::patient::Patient;
use domain::send::{Claim, SendFields, SendRequest, claim, window_is_open};
use domain::thread::{Assignee, Thread};
use platform::App;
use platform::identity::CareTeam;
use platform::store::append::{Alongside, ContactChange, Kept, keep, kept_before};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts, once_visible};
use platform::store::{contacts, messages, patients, providers, threads};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, replayed};
use web::openapi::ProviderMessagesRefusals;
use web::{Api, Reply};

use crate::view::DeliveryView;

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Body {
    /// The thread, by public id or integer id.
    #[schema(example = "8f03b95b-2b7b-893d-9d13-5cf7d7d92ad8", required = true, nullable = false)]
    public_id: Option<String>,
    /// Required unless `media_url` is given. At most 4,096 characters; 1,024 as a caption.
    #[schema(example = "Here is your updated prescription.")]
    message: Option<String>,
    #[schema(example = "https://cdn.prestigehealth.app/uploads/prescription-123.pdf")]
    media_url: Option<String>,
    /// `image`, `video`, `audio` or `document`; required with `media_url`.
    #[schema(example = "document")]
    media_type: Option<String>,
    #[schema(example = "prescription-123.pdf")]
    media_filename: Option<String>,
    #[schema(example = "application/pdf")]
    media_mime_type: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct View {
    success: bool,
    #[schema(example = "Message sent successfully")]
    message: &'static str,
    #[schema(example = "existing")]
    conversation_type: &'static str,
    public_id: String,
    thread_id: u32,
    message_id: u64,
    media_url: Option<String>,
    media_type: Option<&'static str>,
    media_type_display: Option<&'static str>,
    delivery: DeliveryView,
}

/// Send text or media into an existing thread.
#[utoipa::path(
    post,
    path = "/providermessages/send-message/",
    tag = "provider messages",
    operation_id = "send_message",
    request_body = Body,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours.")),
    responses((status = 200, description = "The message is kept and on its way.", body = View), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn send_message(
    State(api): State<Api>,
    Caller(sender): Caller<CareTeam>,
    command: Command<Body>,
) -> Reply {
    let request = SendRequest::parse(fields(&command.body))?;
    let guard = command.guard(&api, sender.identity());
    let mut attempts = Attempts::default();
    let sent = loop {
        match attempt(&api.app, &sender, &request, &guard).await? {
            Attempt::Done(sent) => break sent,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    if !sent.again {
        api.app.hints.tell(&api.app, sent.thread, Duration::ZERO).await;
    }
    Ok(replayed(Json(view(&sent)).into_response(), sent.again))
}

fn fields(body: &Body) -> SendFields<'_> {
    SendFields {
        public_id: body.public_id.as_deref(),
        message: body.message.as_deref(),
        media_url: body.media_url.as_deref(),
        media_type: body.media_type.as_deref(),
        media_filename: body.media_filename.as_deref(),
        media_mime_type: body.media_mime_type.as_deref(),
    }
}

/// What was sent, now or by an earlier request with the same key.
struct Sent {
    public_id: PublicId,
    thread: ThreadNo,
    message: MessageId,
    media: Option<Media>,
    again: bool,
}

async fn attempt(app: &App, sender: &CareTeam, request: &SendRequest, guard: &Guard) -> Result<Attempt<Sent>> {
    let thread = threads::load(app, sender, request.thread).await?;
    let decided = match decide(app, sender, &thread).await {
        Ok(decided) => decided,
        // What was sent once is answered again, even if it would be refused now.
        Err(refusal) => match kept_before(app, guard).await? {
            Some(Kept::Before { message, .. }) => return again(app, sender, &thread, message).await,
            _ => return Err(refusal),
        },
    };
    let author = match sender.role() {
        ProviderRole::Doctor => Author::Doctor { provider_id: sender.provider() },
        ProviderRole::HumanStaff => Author::Staff { provider_id: sender.provider() },
    };
    let drafts = request.content.clone().drafts(author);
    let change = Change { drafts, assign: decided.assign.clone(), activate: true };
    let append = append(&thread, change, app.now())?;
    let first = append.messages.first().ok_or(Error::Internal)?.clone();
    match keep(app, &append, guard, decided.alongside(&thread)).await? {
        Attempt::Raced => Ok(Attempt::Raced),
        Attempt::Done(Kept::Now) => Ok(Attempt::Done(Sent::new(&thread, &first, false))),
        Attempt::Done(Kept::Before { message, .. }) => again(app, sender, &thread, message).await,
    }
}

/// What must change together with the message.
struct Decided {
    assign: Option<Assignee>,
    patient: Option<(Patient, Patient)>,
    contact: Option<Contact>,
}

/// Whether the sender may write into this thread now, and what that takes. Reads the contact only when the thread alone
/// cannot answer, and the directory and the patient only when the thread must be taken first.
async fn decide(app: &App, sender: &CareTeam, thread: &Thread) -> Result<Decided> {
    let claim = claim(thread, sender.provider())?;
    let mut decided = Decided { assign: None, patient: None, contact: None };
    let answers_alone = thread.active && window_is_open(app.now(), thread.last_inbound_at).is_ok();
    if !answers_alone {
        let contact = match &thread.contact {
            Some(key) => Some(contacts::load(app, sender.into(), key).await?),
            None => None,
        };
        window_is_open(app.now(), contact.as_ref().and_then(|contact| contact.last_inbound_at))?;
        decided.contact = contact.filter(|_| !thread.active);
    }
    if claim == Claim::Needed {
        decided.assign = Some(Assignee::from(&providers::of_caller(app, sender).await?));
        let patient = patients::load(app, sender, thread.patient_id).await?;
        decided.patient = Some((patient.clone(), patient.with_open_thread(sender.provider(), thread.thread)));
    }
    Ok(decided)
}

impl Decided {
    fn alongside(&self, thread: &Thread) -> Alongside<'_> {
        let patient = ContactPatient { organization_id: thread.organization_id, patient_id: thread.patient_id };
        let active = ActiveThread { patient, thread: thread.thread };
        let contact = self.contact.as_ref().map(|read| ContactChange {
            read: Some(read),
            contact: read.clone().with_active(active),
            aliases: Vec::new(),
        });
        let earlier = self.contact.as_ref().and_then(|contact| contact.active).map(|active| active.thread);
        Alongside {
            contact,
            patient: self.patient.as_ref().map(|(read, patient)| (read, patient.clone())),
            new_patient: None,
            // The thread was read as not active and the contact, later, as active in it: another request was in between.
            deactivate: earlier.filter(|earlier| *earlier != thread.thread),
        }
    }
}

async fn again(app: &App, sender: &CareTeam, thread: &Thread, message: MessageId) -> Result<Attempt<Sent>> {
    let found = messages::load(app, sender, message).await;
    once_visible(found.map(|message| Sent::new(thread, &message, true)))
}

impl Sent {
    fn new(thread: &Thread, message: &Message, again: bool) -> Self {
        Self {
            public_id: thread.public_id,
            thread: thread.thread,
            message: message.id(),
            media: message.media.clone(),
            again,
        }
    }
}

fn view(sent: &Sent) -> View {
    let media = sent.media.as_ref();
    View {
        success: true,
        message: "Message sent successfully",
        conversation_type: "existing",
        public_id: sent.public_id.to_string(),
        thread_id: sent.thread.get(),
        message_id: sent.message.get(),
        media_url: media.and_then(|media| media.url.as_ref()).map(|url| MediaUrl::as_str(url).to_owned()),
        media_type: media.map(|media| media.kind.name()),
        media_type_display: media.map(|media| media.kind.display()),
        delivery: DeliveryView::queued(),
    }
}
