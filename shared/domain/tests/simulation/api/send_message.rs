//! `POST /providermessages/send-message/` as the function `provider-messages` does it.

use std::rc::Rc;
use std::time::Duration;

use domain::append::{Append, Change, append};
use domain::care::Care;
use domain::contact::{ActiveThread, Contact, ContactPatient};
use domain::error::{Error, Result};
use domain::ids::{MessageId, ThreadNo};
use domain::patient::Patient;
use domain::send::{Claim, Content, claim, window_is_open};
use domain::thread::{Assignee, Thread};

use crate::counters::Count;
use crate::desk::Doctor;
use crate::mutation::Mutation;
use crate::store::contacts::{self, ContactChange};
use crate::store::keep::{Alongside, Guard, Kept, keep, kept_before, numbered};
use crate::store::{Attempt, Attempts};
use crate::world::World;

/// A request to send into a thread.
#[derive(Debug, Clone)]
pub(crate) struct SendOrder {
    pub(crate) doctor: Rc<Doctor>,
    pub(crate) thread: ThreadNo,
    pub(crate) content: Content,
    pub(crate) guard: Guard,
}

/// What was sent, now or by an earlier request with the same key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sent {
    /// Its first message; absent when it made none.
    pub(crate) message: Option<MessageId>,
    pub(crate) again: bool,
}

/// What the handler does.
pub(crate) async fn send_message(world: &World, order: &SendOrder) -> Result<Sent> {
    let mut attempts = Attempts::default();
    let mut first_decision = None;
    let sent = loop {
        let kept = if attempts.is_first() { None } else { first_decision.take() };
        match attempt(world, order, kept, &mut first_decision).await? {
            Attempt::Done(sent) => break sent,
            Attempt::Raced => attempts.again(world).await?,
        }
    };
    world.may_crash(Count::HandlerCrashes).await;
    if !sent.again {
        world.tell(order.thread, Duration::ZERO).await;
    }
    Ok(sent)
}

async fn attempt(
    world: &World,
    order: &SendOrder,
    kept: Option<Decided>,
    first_decision: &mut Option<Decided>,
) -> Result<Attempt<Sent>> {
    let thread = world.thread(order.thread).await?;
    let decided = match kept {
        Some(decided) => decided,
        None => match decide(world, order, &thread).await {
            Ok(decided) => decided,
            // What was sent once is answered again, even if it would be refused now.
            Err(refusal) => match kept_before(world, &order.guard).await? {
                Some(Kept::Before { pointer: message, .. }) => return again(world, message).await,
                _ => return Err(refusal),
            },
        },
    };
    if world.is(Mutation::AuthorisedOnce) {
        *first_decision = Some(decided.clone());
    }
    world.may_crash(Count::HandlerCrashes).await;
    let drafts = order.content.clone().drafts(Assignee::from(&order.doctor.provider).author());
    let change = Change { drafts, care: decided.care.clone(), activate: true, ..Change::default() };
    let append = numbered(world, append(&thread, change, world.now())?);
    let first = append.messages.first().ok_or(Error::Internal)?.id();
    if world.is(Mutation::AnswerBeforeCommit) {
        keep_later(world, append, order, decided.alongside(world, &thread));
        return Ok(Attempt::Done(Sent { message: Some(first), again: false }));
    }
    match keep(world, &append, &order.guard, decided.alongside(world, &thread)).await? {
        Attempt::Raced => Ok(Attempt::Raced),
        Attempt::Done(Kept::Now) => Ok(Attempt::Done(Sent { message: Some(first), again: false })),
        Attempt::Done(Kept::Before { pointer: message, .. }) => again(world, message).await,
    }
}

/// What must change together with the message.
#[derive(Debug, Clone)]
struct Decided {
    care: Option<Care>,
    patient: Option<(Rc<Patient>, Patient)>,
    contact: Option<Rc<Contact>>,
}

async fn decide(world: &World, order: &SendOrder, thread: &Thread) -> Result<Decided> {
    let provider = order.doctor.provider.provider_id;
    let claim = claim(thread, provider)?;
    let mut decided = Decided { care: None, patient: None, contact: None };
    let answers_alone = thread.active && window_is_open(world.now(), thread.last_inbound_at).is_ok();
    if !answers_alone {
        let contact = match &thread.contact {
            Some(key) => Some(contacts::load(world, key).await?),
            None => None,
        };
        window_is_open(world.now(), contact.as_ref().and_then(|contact| contact.last_inbound_at))?;
        decided.contact = contact.filter(|_| !thread.active);
    }
    if claim == Claim::Needed {
        let patient = world.patient(thread.patient_id).await?;
        let after = patient.with_open_thread(provider, thread.thread);
        decided.patient = Some((patient, after));
    }
    let care = thread.care.answered_by(&Assignee::from(&order.doctor.provider));
    decided.care = (care != thread.care).then_some(care);
    Ok(decided)
}

impl Decided {
    fn alongside(&self, world: &World, thread: &Thread) -> Alongside {
        let patient = ContactPatient { organization_id: thread.organization_id, patient_id: thread.patient_id };
        let active = ActiveThread { patient, thread: thread.thread };
        let contact = self.contact.as_ref().map(|read| ContactChange {
            read: Some(Rc::clone(read)),
            contact: read.as_ref().clone().with_active(active),
            aliases: Vec::new(),
        });
        let earlier = self.contact.as_ref().and_then(|contact| contact.active).map(|active| active.thread);
        // The thread was read as not active and the contact, later, as active in it: another request was in between.
        let is_other = |earlier: &ThreadNo| *earlier != thread.thread || world.is(Mutation::ActiveThreadDeactivated);
        Alongside { contact, patient: self.patient.clone(), new_patient: None, deactivate: earlier.filter(is_other) }
    }
}

/// The answer to a repeated request, once its message can be read.
async fn again(world: &World, message: MessageId) -> Result<Attempt<Sent>> {
    match world.message(message).await {
        Err(Error::NotFound) if !world.is(Mutation::ReplayNotFound) => {
            world.count(Count::ReplayedTooEarly);
            Ok(Attempt::Raced)
        }
        found => found.map(|_| Attempt::Done(Sent { message: Some(message), again: true })),
    }
}

/// One mutant answers first and writes then.
fn keep_later(world: &World, append: Append, order: &SendOrder, alongside: Alongside) {
    let guard = order.guard;
    world.spawn(|world| async move {
        // Nobody is left to hear of a failure.
        drop(keep(&world, &append, &guard, alongside).await);
    });
}
