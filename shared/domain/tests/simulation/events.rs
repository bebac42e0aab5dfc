//! What the world makes of a kept transaction: the ledger that the checker judges, readers and rivals who happen to come
//! by at the worst moment.

use std::rc::Rc;

use domain::delivery::Delivery;
use domain::ids::Seq;
use domain::message::{Author, Message};
use domain::responder::Responder;
use domain::thread::Thread;

use crate::counters::Count;
use crate::doctors::{rival, spoil};
use crate::history::{Check, Opened};
use crate::mutation::Mutation;
use crate::readers::shown;
use crate::table::Changed;
use crate::table::value::{Key, Value};
use crate::world::World;

impl World {
    /// A transaction was kept.
    pub(crate) fn changed(&self, changes: &[Changed]) {
        self.may_speak(changes);
        for change in changes {
            match (&change.after, &change.before) {
                (Value::Thread(thread), None) => self.opened(thread),
                (Value::Message(message), Some(Value::Message(before))) => self.message_changed(before, message),
                (Value::Message(message), _) => self.appended(message),
                _ => {}
            }
        }
    }

    /// Whoever answers a thread at the moment of a commit: the assistant speaks only when it is the assistant.
    fn may_speak(&self, changes: &[Changed]) {
        let speaks = |change: &Changed| {
            let message = change.after.message().filter(|_| change.before.is_none());
            message.is_some_and(|message| message.author == Author::Assistant)
        };
        if !changes.iter().any(speaks) {
            return;
        }
        let before = changes.iter().find_map(|change| change.before.as_ref()?.thread().cloned());
        if let Some(before) = before.filter(|thread| thread.care.responder != Responder::Assistant) {
            let text = format!("the assistant speaks while {:?} answers", before.care.responder);
            self.history().violated(Check::Turns, Some(before.thread), text);
        }
    }

    fn opened(&self, thread: &Rc<Thread>) {
        let by_patient = thread.last_in > Seq::START;
        let has_another = |opened: &Opened| opened.contact.is_some() && opened.contact == thread.contact;
        if !by_patient && self.history().opened.iter().any(has_another) {
            self.count(Count::SecondThreads);
        }
        let contact = thread.contact.clone();
        self.history().opened.push(Opened { thread: thread.thread, at: self.now(), contact });
        self.attract_readers(thread.thread);
        if by_patient && self.chance(800) {
            rival(self, thread.thread);
        }
    }

    fn appended(&self, message: &Message) {
        self.trace(message.thread, || {
            let text = message.text.as_ref().map_or("", |text| text.as_str());
            format!("kept {} {:?} {text}", message.seq.get(), message.author)
        });
        let mut history = self.history();
        history.note(self.now(), message.id().get());
        if message.is_undecided() {
            history.undecided += 1;
        }
        drop(history);
        self.forget_due(message);
        self.attract_pollers(message.thread);
        if self.chance(8) {
            spoil(self, message.id());
        }
    }

    fn message_changed(&self, before: &Message, after: &Message) {
        let (Some(was), Some(is)) = (&before.delivery, &after.delivery) else { return };
        self.forget_due(after);
        if was == is {
            return;
        }
        self.trace(after.thread, || format!("message {} {:?} {} -> {is:?}", after.seq.get(), was.status, was.attempt));
        self.ledger(after, (was, is));
        if shown(was) != shown(is) {
            self.attract_viewer(after.thread);
        }
    }

    fn ledger(&self, message: &Message, (was, is): (&Delivery, &Delivery)) {
        let tables = self.tables();
        let thread = tables.kept(&Key::Thread(message.thread)).and_then(Value::thread);
        let identity = thread.and_then(|thread| thread.contact.clone());
        // Two threads of a contact may name it by two identities.
        let contact = identity.and_then(|identity| tables.contact(&identity)?.contact().map(|found| found.key.clone()));
        drop(tables);
        let mut history = self.history();
        history.note(self.now(), message.id().get() ^ u64::from(is.version));
        history.delivered(message.id(), (was, is), self.now());
        history.claimed(is, contact);
        match (was.is_decided(), is.is_decided()) {
            (false, true) => history.undecided -= 1,
            (true, false) => history.undecided += 1,
            _ => {}
        }
    }

    /// In one mutant the hint is the only word of a message.
    fn forget_due(&self, message: &Message) {
        if self.is(Mutation::HintIsTheTruth) {
            self.tables().forget_due(message.id());
        }
    }
}
