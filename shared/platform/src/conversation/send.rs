//! Sending into a thread as a provider (PM-3.3, DP-3.1): who may, whether the window is open, and what changes with it.

use std::time::Duration;

use domain::append::{Append, Change, append};
use domain::care::Care;
use domain::error::{Error, Result};
use domain::ids::{MessageId, PublicId, ThreadNo, ThreadRef};
use domain::media::Media;
use domain::message::Message;
use domain::patient::Patient;
use domain::send::{Claim, Content, claim, not_opted_out, window_is_open};
use domain::thread::{Assignee, Thread};

use super::line::Line;
use crate::App;
use crate::identity::CareTeam;
use crate::queue::Worker;
use crate::store::append::{Alongside, Kept, keep, kept_before};
use crate::store::guards::Guard;
use crate::store::retry::{Attempt, Attempts, once_visible};
use crate::store::{messages, patients, providers, threads};

/// A request to send.
#[derive(Debug, Clone)]
pub struct Order {
    /// Into which thread.
    pub thread: ThreadRef,
    /// What.
    pub content: Content,
    /// Who may.
    pub right: Right,
}

/// Who may send into a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Whoever it is assigned to; one that nobody has is taken by sending (contract A-9).
    OwnOrFree,
    /// Whoever it is assigned to (DP-3.1).
    Own,
}

/// What was sent, now or by an earlier request with the same key.
#[derive(Debug)]
pub struct Sent {
    /// The thread's public id.
    pub public_id: PublicId,
    /// The thread.
    pub thread: ThreadNo,
    /// The first message of it.
    pub message: MessageId,
    /// What comes with it.
    pub media: Option<Media>,
    /// Whether an earlier request sent it.
    pub again: bool,
}

/// Sends once, and tells the delivery worker.
///
/// # Errors
/// [`Error::NotFound`], [`Error::AssignedToColleague`] or [`Error::NotTheResponder`] when the sender may not;
/// [`Error::WindowClosed`]; [`Error::Busy`] or [`Error::Unconfirmed`] when it could not be kept.
pub async fn send(app: &App, sender: &CareTeam, order: &Order, guard: &Guard) -> Result<Sent> {
    let mut attempts = Attempts::default();
    let sent = loop {
        match attempt(app, sender, order, guard).await? {
            Attempt::Done(sent) => break sent,
            Attempt::Raced => attempts.again(app).await?,
        }
    };
    if !sent.again {
        app.hints.tell(app, Worker::Delivery, (sent.thread, Duration::ZERO)).await;
    }
    Ok(sent)
}

async fn attempt(app: &App, sender: &CareTeam, order: &Order, guard: &Guard) -> Result<Attempt<Sent>> {
    let thread = threads::load(app, sender, order.thread).await?;
    let decided = match decide(app, sender, &thread, order.right).await {
        Ok(decided) => decided,
        // What was sent once is answered again, even if it would be refused now.
        Err(refusal) => match kept_before(app, guard).await? {
            Some(Kept::Before { message, .. }) => return again(app, sender, &thread, message).await,
            _ => return Err(refusal),
        },
    };
    let drafts = order.content.clone().drafts(sender.author());
    let change = Change { drafts, care: decided.care.clone(), activate: true, ..Change::default() };
    let append = append(&thread, change, app.now())?;
    let first = append.messages.first().ok_or(Error::Internal)?.clone();
    match keep(app, &append, guard, decided.alongside(&append)).await? {
        Attempt::Raced => Ok(Attempt::Raced),
        Attempt::Done(Kept::Now) => Ok(Attempt::Done(Sent::new(&thread, &first, false))),
        Attempt::Done(Kept::Before { message, .. }) => again(app, sender, &thread, message).await,
    }
}

/// What must change together with the message.
#[derive(Default)]
struct Decided {
    care: Option<Care>,
    patient: Option<(Patient, Patient)>,
    line: Line,
}

/// Whether the sender may write into this thread now, and what that takes. Reads the contact only when the thread alone
/// cannot answer, and the directory and the patient only when the thread must be taken first.
async fn decide(app: &App, sender: &CareTeam, thread: &Thread, right: Right) -> Result<Decided> {
    let claim = match (right, claim(thread, sender.provider())) {
        (Right::OwnOrFree, claim) => claim?,
        (Right::Own, Ok(Claim::Held)) => Claim::Held,
        (Right::Own, _) => return Err(Error::NotTheResponder),
    };
    not_opted_out(thread.opted_out)?;
    let mut decided = Decided::default();
    let answers_alone = thread.active && window_is_open(app.now(), thread.last_inbound_at).is_ok();
    if !answers_alone {
        decided.line = Line::of_thread(app, sender.into(), thread).await?;
        let contact = decided.line.contact.as_ref();
        not_opted_out(contact.is_some_and(|contact| contact.opted_out))?;
        window_is_open(app.now(), contact.and_then(|contact| contact.last_inbound_at))?;
    }
    let assignee = match (claim, &thread.care.assigned) {
        (Claim::Held, Some(assignee)) => assignee.clone(),
        _ => {
            let patient = patients::load(app, sender, thread.patient_id).await?;
            decided.patient = Some((patient.clone(), patient.with_open_thread(sender.provider(), thread.thread)));
            Assignee::from(&providers::of_caller(app, sender).await?)
        }
    };
    let care = thread.care.answered_by(&assignee);
    decided.care = (care != thread.care).then_some(care);
    Ok(decided)
}

impl Decided {
    fn alongside(&self, append: &Append) -> Alongside<'_> {
        Alongside {
            patient: self.patient.as_ref().map(|(read, patient)| (read, patient.clone())),
            ..self.line.alongside(append)
        }
    }
}

async fn again(app: &App, sender: &CareTeam, thread: &Thread, message: Option<MessageId>) -> Result<Attempt<Sent>> {
    let found = messages::load(app, sender, message.ok_or(Error::Internal)?).await;
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
