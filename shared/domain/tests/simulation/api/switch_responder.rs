//! `POST /patient-threads/{id}/switch-responder/` and `PUT /patient-threads/{id}/task/` as the function `patient-threads` does
//! them: changes of a thread's care that may say something or not.

use std::rc::Rc;

use domain::append::{Append, Change, append};
use domain::error::{Error, Result};
use domain::handoff::{Moment, Parties, SwitchFields, SwitchRequest, switch};
use domain::ids::ThreadNo;
use domain::message::Message;
use domain::task::{TaskEntry, TaskFields};
use domain::thread::{Assignee, Thread};
use domain::time::Timestamp;
use domain::zone::{QuietHours, Zone};

use super::send_message::Sent;
use crate::assistant::tell_all;
use crate::counters::Count;
use crate::desk::Doctor;
use crate::store::keep::{Alongside, Guard, Kept, keep, keep_nothing};
use crate::store::{Attempt, Attempts};
use crate::world::World;

/// What is to become of a thread's care.
#[derive(Debug, Clone)]
pub(crate) enum CareWish {
    /// The assistant answers from now on.
    ToAssistant,
    /// The doctor answers from now on, and may say so with a text.
    ToDoctor(Option<String>),
    /// The system checks in then.
    CheckInAt(Timestamp),
}

/// A request to change a thread's care.
#[derive(Debug, Clone)]
pub(crate) struct CareOrder {
    pub(crate) doctor: Rc<Doctor>,
    pub(crate) thread: ThreadNo,
    pub(crate) wish: CareWish,
    pub(crate) guard: Guard,
}

/// What the handler does.
pub(crate) async fn change_care(world: &World, order: &CareOrder) -> Result<Sent> {
    let mut attempts = Attempts::default();
    loop {
        let thread = world.thread(order.thread).await?;
        let Some(change) = decide(world, order, &thread)? else {
            match keep_nothing(world, &thread, &order.guard).await? {
                Attempt::Done(kept) => return Ok(sent(order, kept, None)),
                Attempt::Raced => attempts.again(world).await?,
            }
            continue;
        };
        let append = append(&thread, change, world.now())?;
        world.may_crash(Count::HandlerCrashes).await;
        match keep(world, &append, &order.guard, Alongside::default()).await? {
            Attempt::Raced => attempts.again(world).await?,
            Attempt::Done(kept) => {
                world.may_crash(Count::HandlerCrashes).await;
                tell_all(world, &append).await;
                return Ok(sent(order, kept, Some(&append)));
            }
        }
    }
}

/// The answer names a message only when there is one of this request.
fn sent(order: &CareOrder, kept: Kept, append: Option<&Append>) -> Sent {
    let speaks = matches!(order.wish, CareWish::ToDoctor(Some(_)));
    match kept {
        Kept::Now => {
            let message = append.and_then(|append| append.messages.first()).map(Message::id);
            Sent { message, again: false }
        }
        // A switch that changed nothing pointed to no message of its own.
        Kept::Before { pointer, spoke } => Sent { message: (speaks && spoke).then_some(pointer), again: true },
    }
}

fn decide(world: &World, order: &CareOrder, thread: &Thread) -> Result<Option<Change>> {
    let own = Assignee::from(&order.doctor.provider);
    if !thread.care.is_assigned_to(own.provider_id) {
        return Err(Error::NotTheResponder);
    }
    let zone = Zone::utc();
    let moment = Moment { now: world.now(), zone: &zone, quiet: QuietHours::default() };
    Ok(match &order.wish {
        CareWish::ToAssistant => {
            let request =
                SwitchRequest::parse(SwitchFields { responder: Some("assistant"), ..SwitchFields::default() })?;
            switch(thread, &request, Parties { caller: &own, provider: None }, moment)
        }
        CareWish::ToDoctor(text) => {
            let request = SwitchRequest::parse(SwitchFields {
                responder: Some("doctor"),
                provider_id: Some(own.provider_id.get()),
                handoff_message: text.as_deref(),
                ..SwitchFields::default()
            })?;
            switch(thread, &request, Parties { caller: &own, provider: Some(&own) }, moment)
        }
        CareWish::CheckInAt(at) => {
            let entry = TaskEntry::parse(
                TaskFields {
                    title: Some("Blood pressure".to_owned()),
                    objective: Some("Below 140/90".to_owned()),
                    next_check_in_at: Some(at.rfc3339_seconds()),
                    ..TaskFields::default()
                },
                world.now(),
            );
            // Asked again too late, it lies in the past.
            let Ok(entry) = entry else { return Ok(None) };
            let mut care = thread.care.clone();
            care.task = Some(entry.task(care.task.as_ref(), u128::from(world.bits()), world.now()));
            Some(Change { care: Some(care), ..Change::default() })
        }
    })
}
