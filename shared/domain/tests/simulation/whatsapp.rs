//! WhatsApp: it accepts a request and may not say so, refuses with codes, keeps its window and its pair limit, tells of
//! statuses in any order, and puts messages on phones in the order in which it accepted them.

use std::time::Duration;

use domain::contact::ContactKey;
use domain::delivery::{Refusal, Status, StatusReport};
use domain::ids::MessageId;
use domain::pacing::{BURST, INTERVAL};
use domain::provider_error::{ErrorClass, classify};
use domain::time::Timestamp;
use domain::wamid::Wamid;
use domain::window::LENGTH;

use crate::counters::Count;
use crate::faults::{
    FAILS_LATER, LATEST_POST_MS, POST_ANSWER_LOST, POST_LATE, POST_LOST, POST_NOT_CONNECTED, POST_REFUSED,
    POST_TIMEOUT, STATUS_DROPPED,
};
use crate::history::Check;
use crate::people::whom;
use crate::webhook::Event;
use crate::webhook::status::StatusUpdate;
use crate::world::{BEGINNING, World};

/// The codes of refusals that come out of the blue.
const CODES: [u32; 9] = [130_429, 131_016, 131_000, 2, 4, 131_056, 131_026, 131_051, 131_049];
const OPTED_OUT: u32 = 131_050;
const WINDOW_CLOSED: u32 = 131_047;
const PAIR_LIMIT: u32 = 131_056;
const ACCOUNT: u32 = 190;
const UNDELIVERABLE: u32 = 131_026;
/// From the look at the window to the request: a claim of three sendings, and a worker that stood still.
const SLACK: Duration = Duration::from_secs(30);
/// WhatsApp counts arrivals, we count claims: a request that stood still may arrive together with the next ones.
const PAIR_SLACK: Duration = Duration::from_secs(60);

/// A send request.
#[derive(Debug, Clone)]
pub(crate) struct Post {
    pub(crate) message: MessageId,
    pub(crate) attempt: u32,
    pub(crate) to: ContactKey,
    pub(crate) is_template: bool,
}

/// What became of a send request (`whatsapp::graph::Outcome`).
#[derive(Debug)]
pub(crate) enum Outcome {
    /// WhatsApp took it.
    Accepted { wamid: Wamid, wa_id: String },
    /// WhatsApp refused it, or nobody knows.
    Refused(Refusal),
}

/// What WhatsApp knows of one person.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    wrote: Option<Timestamp>,
    has_opted_out: bool,
    used_until: Option<Timestamp>,
    /// What their phone got, in order.
    pub(crate) receipts: Vec<MessageId>,
}

/// WhatsApp.
#[derive(Debug)]
pub(crate) struct Whatsapp {
    pub(crate) lines: Vec<Line>,
    accepted: u64,
}

impl Whatsapp {
    pub(crate) fn with(people: usize) -> Self {
        Self { lines: vec![Line::default(); people], accepted: 0 }
    }

    /// Somebody wrote: their window opens.
    pub(crate) fn hears(&mut self, person: usize, now: Timestamp) {
        if let Some(line) = self.lines.get_mut(person) {
            line.wrote = Some(now);
        }
    }
}

/// The account is blocked for some minutes of the first session.
fn is_blocked(now: Timestamp) -> bool {
    let since = now.since(BEGINNING);
    since > Duration::from_secs(100) && since < Duration::from_secs(220)
}

/// Sends a request, as the client of the Graph API does: never twice by itself.
pub(crate) async fn post(world: &World, post: Post) -> Outcome {
    let unknown = Refusal { class: ErrorClass::Ambiguous, code: None };
    world.take(20, 250).await;
    if world.trouble(POST_NOT_CONNECTED) {
        return Outcome::Refused(Refusal { class: ErrorClass::PASSING, code: None });
    }
    world.count(Count::Posts);
    let sent = world.now();
    if world.trouble(POST_LOST) {
        world.kernel.sleep(POST_TIMEOUT).await;
        return Outcome::Refused(unknown);
    }
    if world.trouble(POST_LATE) {
        let wait = POST_TIMEOUT + world.millis(1, LATEST_POST_MS);
        world.spawn_after(wait, move |world| async move {
            if accept(&world, &post, sent).is_ok() {
                world.count(Count::AcceptedLate);
            }
        });
        world.kernel.sleep(POST_TIMEOUT).await;
        return Outcome::Refused(unknown);
    }
    let accepted = accept(world, &post, sent);
    let is_silent = accepted.is_ok() && world.struck(POST_ANSWER_LOST, Count::AcceptedSilently);
    if is_silent && world.chance(500) {
        world.kernel.sleep(POST_TIMEOUT).await;
    }
    world.take(20, 250).await;
    match accepted {
        _ if is_silent => Outcome::Refused(unknown),
        Ok((wamid, wa_id)) => Outcome::Accepted { wamid, wa_id },
        Err(code) => Outcome::Refused(Refusal { class: classify(Some(code)), code: Some(code) }),
    }
}

/// WhatsApp's decision.
fn accept(world: &World, post: &Post, sent: Timestamp) -> Result<(Wamid, String), u32> {
    let person = whom(&post.to).ok_or(UNDELIVERABLE)?;
    if let Err(code) = judge(world, post, person, sent) {
        world.count(if code == ACCOUNT { Count::RefusedAccount } else { Count::RefusedByCode });
        return Err(code);
    }
    let now = world.now();
    let mut whatsapp = world.whatsapp();
    whatsapp.accepted += 1;
    let wamid = Wamid::parse(&format!("out#{}", whatsapp.accepted)).ok_or(UNDELIVERABLE)?;
    drop(whatsapp);
    world.count(Count::Accepted);
    if world.struck(FAILS_LATER, Count::FailedLater) {
        let wait = world.millis(300, 6_000);
        report(world, post, (&wamid, Status::Failed), wait);
    } else {
        world.history().note(now, post.message.get());
        world.trace(post.message.thread, || format!("phone got {}", post.message.seq.get()));
        if let Some(line) = world.whatsapp().lines.get_mut(person) {
            line.receipts.push(post.message);
        }
        tell_statuses(world, post, &wamid);
        world.may_answer(person);
    }
    let digits = world.people.get(person).map(|person| person.digits.clone());
    Ok((wamid, digits.unwrap_or_default()))
}

fn judge(world: &World, post: &Post, person: usize, sent: Timestamp) -> Result<(), u32> {
    let now = world.now();
    let mut whatsapp = world.whatsapp();
    let line = whatsapp.lines.get_mut(person).ok_or(UNDELIVERABLE)?;
    let window = line.wrote.map(|wrote| wrote.plus(LENGTH));
    let is_open_until = |until: Option<Timestamp>, at: Timestamp| until.is_some_and(|until| at < until);
    if !post.is_template && !is_open_until(window.map(|window| window.plus(SLACK)), sent) {
        let text = format!("free text {} was sent after the window had closed", post.message.seq.get());
        world.history().violated(Check::Window, Some(post.message.thread), text);
    }
    if is_blocked(now) {
        return Err(ACCOUNT);
    }
    if line.has_opted_out {
        return Err(OPTED_OUT);
    }
    if !post.is_template && !is_open_until(window, now) {
        return Err(WINDOW_CLOSED);
    }
    let used = line.used_until.map_or(now, |until| until.max(now)).plus(INTERVAL);
    if used.since(now) > INTERVAL * BURST + PAIR_SLACK {
        return Err(PAIR_LIMIT);
    }
    if world.trouble(POST_REFUSED) {
        line.has_opted_out = world.chance(12);
        let code = if line.has_opted_out { OPTED_OUT } else { world.pick(&CODES).unwrap_or(ACCOUNT) };
        return Err(code);
    }
    line.used_until = Some(used);
    Ok(())
}

/// Statuses come each in its time, some never, and in any order.
fn tell_statuses(world: &World, post: &Post, wamid: &Wamid) {
    let is_read = world.chance(400);
    let stages = [(Status::Sent, 30, 1_500), (Status::Delivered, 60, 4_000), (Status::Read, 1_000, 40_000)];
    for (status, low, high) in stages {
        if status == Status::Read && !is_read {
            continue;
        }
        if world.struck(STATUS_DROPPED, Count::StatusesDropped) {
            continue;
        }
        let slow = if world.chance(60) { world.millis(5_000, 200_000) } else { Duration::ZERO };
        let wait = slow + world.millis(low, high);
        report(world, post, (wamid, status), wait);
    }
}

fn report(world: &World, post: &Post, (wamid, status): (&Wamid, Status), wait: Duration) {
    let refusal = Refusal { class: classify(Some(UNDELIVERABLE)), code: Some(UNDELIVERABLE) };
    let report = StatusReport {
        status,
        wamid: wamid.clone(),
        attempt: Some(post.attempt),
        refusal: (status == Status::Failed).then_some(refusal),
    };
    world.webhook(wait, vec![Event::Status(StatusUpdate { report, about: post.message })]);
}
