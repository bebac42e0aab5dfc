//! Events, kept as the product keeps them: with an effect, here a thread that shows something new.

use domain::append::{Change, append};
use domain::event::{Event, EventDraft, EventKind, Subject};
use domain::ids::{EndpointId, Seq, ThreadNo, ThreadRef};
use platform::App;
use platform::identity::Machine;
use platform::store::append::{Alongside, keep};
use platform::store::events::{Announcement, stream};
use platform::store::guards::Guard;
use platform::store::retry::Attempt;
use platform::store::threads;
use platform::webhook::payload::Payload;
use serde_json::json;

/// A conversation ended, says an event that tells a number. It is kept as often as it takes.
pub async fn ended(app: &App, thread: u64, number: u64) -> Event {
    happened(app, thread, EventDraft::told(EventKind::ConversationEnded, Subject::Conversation), number).await
}

/// An action is to be executed at its target.
pub async fn execution(app: &App, thread: u64, target: &str, number: u64) -> Event {
    let target: EndpointId = target.parse().expect("an endpoint");
    happened(app, thread, EventDraft::execution(Seq::new(1).expect("a number"), target), number).await
}

async fn happened(app: &App, thread: u64, draft: EventDraft, number: u64) -> Event {
    let thread = ThreadNo::new(thread).expect("a thread");
    let payload = Payload::new(&json!({ "number": number, "conversation": { "id": "conv_1" } })).expect("a payload");
    let guard = Guard::of_worker(app);
    loop {
        let read = threads::load(app, Machine::of_invocation(), ThreadRef::No(thread)).await.expect("the thread");
        let stream = stream(app, read.organization_id, thread.into()).await.expect("its stream");
        let (event, _) = stream.next(draft, app.now());
        let change = append(&read, Change { shows: true, ..Change::default() }, app.now()).expect("a change");
        let announcements = [Announcement { event, payload: payload.clone() }];
        let alongside = Alongside { announcements: &announcements, ..Alongside::default() };
        if let Attempt::Done(_) = keep(app, &change, &guard, alongside).await.expect("the table answers") {
            return event;
        }
    }
}
