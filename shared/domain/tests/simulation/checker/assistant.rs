//! The assistant and check-ins: no word after a human, one reply to a burst, one message for each occasion, nothing owed.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;

use domain::assistant::Turn;
use domain::ids::ThreadNo;
use domain::message::{Author, Message};
use domain::task::Task;
use domain::text::MessageText;

use super::{Findings, Kept};
use crate::history::Check;
use crate::world::World;

/// The schedule runs every minute.
const LATEST: Duration = Duration::from_mins(2);

pub(super) fn check(world: &World, kept: &Kept, findings: &mut Findings) {
    for (no, messages) in &kept.messages {
        turns(*no, messages, findings);
        occasions(*no, messages, findings);
    }
    for (no, thread) in &kept.threads {
        if !matches!(thread.turn(world.now()), Turn::None) {
            findings.add(Check::Liveness, *no, "the assistant still owes a reply".to_owned());
        }
        if thread.care.task.as_ref().and_then(Task::due).is_some_and(|due| due.plus(LATEST) <= world.now()) {
            findings.add(Check::Liveness, *no, "a check-in is still due".to_owned());
        }
    }
}

/// Between the patient's last words and a reply of the assistant stands no answer of anybody.
fn turns(no: ThreadNo, messages: &[Rc<Message>], findings: &mut Findings) {
    for (position, message) in messages.iter().enumerate().filter(|(_, message)| message.author == Author::Assistant) {
        let before = messages.iter().take(position).rev();
        let earlier = before.take_while(|earlier| !earlier.author.is_patient());
        for earlier in earlier.filter(|earlier| earlier.author.is_provider() || earlier.author == Author::Assistant) {
            let text = format!("message {} of the assistant follows {:?}", message.seq.get(), earlier.author);
            findings.add(Check::Turns, no, text);
        }
    }
}

fn occasions(no: ThreadNo, messages: &[Rc<Message>], findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for message in messages.iter().filter(|message| message.author == Author::System) {
        let text = message.text.as_ref().map_or("", MessageText::as_str);
        if !seen.insert(text.to_owned()) {
            findings.add(Check::Occasions, no, format!("twice: {text}"));
        }
    }
}
