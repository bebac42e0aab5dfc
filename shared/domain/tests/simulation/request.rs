//! One request of a client, with its repetitions: what it asks, what it is answered, and what it makes of that.

use std::time::Duration;

use domain::error::{Error, Result};
use domain::ids::{PatientId, ThreadNo};
use domain::send::{Content, SendFields, SendRequest};
use domain::time::Timestamp;

use crate::api::send_message::{SendOrder, Sent, send_message};
use crate::api::send_template::{TemplateOrder, send_template};
use crate::api::switch_responder::{CareOrder, CareWish, change_care};
use crate::counters::Count;
use crate::doctors::Client;
use crate::faults::{CALL_LOST, FUNCTION_LIMIT, IMPATIENT, REPLY_LOST};
use crate::history::{Belief, Check, Operation};
use crate::kernel::Reply;
use crate::store::keep::Guard;
use crate::world::World;

/// How often a client repeats a request before it gives up.
const TRIES: u32 = 8;

/// What a client wants.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wish {
    /// To send into a thread.
    Send(ThreadNo),
    /// To open or reopen a conversation.
    Template(PatientId),
    /// To give a thread to the assistant.
    ToAssistant(ThreadNo),
    /// To take a thread over, with a word to the patient.
    ToDoctor(ThreadNo),
    /// To take a thread over without a word.
    ToDoctorSilently(ThreadNo),
    /// To let the system check in.
    CheckIn(ThreadNo),
}

impl Wish {
    fn thread(self) -> Option<ThreadNo> {
        match self {
            Self::Send(thread)
            | Self::ToAssistant(thread)
            | Self::ToDoctor(thread)
            | Self::ToDoctorSilently(thread)
            | Self::CheckIn(thread) => Some(thread),
            Self::Template(_) => None,
        }
    }
}

/// A request: its number is in its text.
struct Asked<'a> {
    client: &'a Client,
    wish: Wish,
    operation: usize,
    content: Option<Content>,
    /// When the system is to check in; one request names one moment, however often it is repeated.
    check_in: Timestamp,
    key: Option<u64>,
}

/// Asks until there is an answer that ends it; whether it was a success.
pub(crate) async fn request(world: &World, client: &Client, wish: Wish) -> bool {
    world.count(Count::Requests);
    let with_audio = matches!(wish, Wish::Send(_)) && world.chance(80);
    let messages = match wish {
        Wish::Send(_) if with_audio => 2,
        Wish::Send(_) | Wish::Template(_) | Wish::ToDoctor(_) => 1,
        Wish::ToAssistant(_) | Wish::ToDoctorSilently(_) | Wish::CheckIn(_) => 0,
    };
    let operation = world.history().begin(Operation { client: client.number, messages, belief: Belief::NothingKept });
    let content = if let Wish::Send(thread) = wish { content(thread, operation, with_audio) } else { None };
    let key = world.chance(600).then(|| world.bits());
    let check_in = world.now().plus(world.millis(60_000, 400_000));
    let asked = Asked { client, wish, operation, content, check_in, key };
    for _ in 0..TRIES {
        // An impatient finger: with a key it may press again while the first request is on its way.
        let is_impatient = asked.key.is_some() && world.trouble(IMPATIENT);
        let patience = if is_impatient { world.millis(15, 120) } else { world.millis(2_500, 31_000) };
        match settled(world, &asked, ask(world, &asked, patience).await) {
            Some(success) => return success,
            None => world.count(Count::ClientRetries),
        }
        if !is_impatient {
            // `Retry-After: 1`.
            world.take(1_000, 2_500).await;
        }
    }
    false
}

fn content(thread: ThreadNo, operation: usize, with_audio: bool) -> Option<Content> {
    let (thread, text) = (thread.to_string(), format!("op#{operation}#"));
    let fields = SendFields {
        public_id: Some(&thread),
        message: Some(&text),
        media_url: with_audio.then_some("https://cdn.example.org/voice.ogg"),
        media_type: with_audio.then_some("audio"),
        media_filename: with_audio.then_some(&text),
        media_mime_type: None,
    };
    SendRequest::parse(fields).ok().map(|request| request.content)
}

/// What the client makes of an answer; `None` when it asks again.
fn settled(world: &World, asked: &Asked<'_>, answer: Option<Result<Sent>>) -> Option<bool> {
    let mut history = world.history();
    let thread = asked.wish.thread();
    match answer {
        Some(Ok(sent)) => {
            world.count(Count::Acknowledged);
            if sent.again {
                world.count(Count::Replayed);
            }
            match sent.message {
                Some(message) => history.believe(asked.operation, Belief::Kept(message)),
                None => history.makes_nothing(asked.operation),
            }
            Some(true)
        }
        Some(Err(Error::Busy)) => {
            world.count(Count::Busy);
            None
        }
        Some(Err(error @ (Error::Internal | Error::NotFound))) => {
            let text = format!("request {} was answered: {error}", asked.operation);
            history.violated(Check::Answers, thread, text);
            Some(false)
        }
        Some(Err(Error::Unconfirmed)) | None => {
            world.count(if answer.is_some() { Count::Unconfirmed } else { Count::ClientTimeouts });
            history.believe(asked.operation, Belief::Unknown);
            // Without a key nobody can ask again without risk.
            asked.key.is_none().then_some(false)
        }
        Some(Err(refusal)) => {
            match refusal {
                Error::WindowClosed { .. } => world.count(Count::WindowClosed),
                Error::AssignedToColleague { .. } => world.count(Count::ColleaguesThread),
                _ => {}
            }
            Some(false)
        }
    }
}

/// One call over the network.
async fn ask(world: &World, asked: &Asked<'_>, patience: Duration) -> Option<Result<Sent>> {
    world.take(2, 30).await;
    if world.trouble(CALL_LOST) {
        world.kernel.sleep(patience).await;
        return None;
    }
    let reply = handler(world, asked)?;
    let answer = reply.wait(&world.kernel, patience).await;
    answer.filter(|_| !world.trouble(REPLY_LOST))
}

fn handler(world: &World, asked: &Asked<'_>) -> Option<Reply<Result<Sent>>> {
    let doctor = asked.client.doctor.clone();
    let guard = Guard::of_request(world, asked.key);
    Some(match asked.wish {
        Wish::Send(thread) => {
            let order = SendOrder { doctor, thread, content: asked.content.clone()?, guard };
            invoke(world, |world| async move { send_message(&world, &order).await })
        }
        Wish::Template(patient) => {
            let order = TemplateOrder { doctor, patient, snippet: format!("op#{}#", asked.operation), guard };
            invoke(world, |world| async move { send_template(&world, &order).await })
        }
        Wish::ToAssistant(thread) => change(world, CareOrder { doctor, thread, wish: CareWish::ToAssistant, guard }),
        Wish::ToDoctor(thread) => {
            let wish = CareWish::ToDoctor(Some(format!("op#{}#", asked.operation)));
            change(world, CareOrder { doctor, thread, wish, guard })
        }
        Wish::ToDoctorSilently(thread) => {
            change(world, CareOrder { doctor, thread, wish: CareWish::ToDoctor(None), guard })
        }
        Wish::CheckIn(thread) => {
            let wish = CareWish::CheckInAt(asked.check_in);
            change(world, CareOrder { doctor, thread, wish, guard })
        }
    })
}

fn change(world: &World, order: CareOrder) -> Reply<Result<Sent>> {
    world.count(Count::Switches);
    invoke(world, |world| async move { change_care(&world, &order).await })
}

fn invoke<F: Future<Output = Result<Sent>> + 'static>(
    world: &World,
    work: impl FnOnce(World) -> F,
) -> Reply<Result<Sent>> {
    world.invoke(FUNCTION_LIMIT, work)
}
