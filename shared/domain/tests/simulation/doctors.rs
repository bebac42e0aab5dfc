//! The clients of the API: doctors with several devices, who send one message after the other, repeat what was not
//! answered, and at times meet at one thread at the same moment.

use std::rc::Rc;
use std::time::Duration;

use domain::ids::{MessageId, PatientId, ThreadNo};
use domain::message::Message;
use domain::send::window_is_open;
use domain::text::MessageText;
use domain::thread::Thread;

use crate::counters::Count;
use crate::desk::Doctor;
use crate::history::Opened;
use crate::people::whom;
use crate::request::{Wish, request};
use crate::session::{SESSIONS, start_of};
use crate::store::transaction::Transaction;
use crate::table::value::{Key, Value};
use crate::table::write::Write;
use crate::world::World;

/// Devices of each doctor.
pub(crate) const DEVICES: u64 = 2;

/// A device of a doctor: what it sends comes one after the other.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub(crate) number: u64,
    pub(crate) doctor: Rc<Doctor>,
}

/// A device at work, session after session.
pub(crate) async fn work(world: World, client: Client) {
    for session in 0..SESSIONS {
        world.kernel.sleep_until(start_of(session)).await;
        while takes_request(&world, session) {
            world.take(0, 5_000).await;
            one_thing(&world, &client).await;
        }
    }
    world.history().clients_done += 1;
}

/// Whether there is work left in this session.
fn takes_request(world: &World, session: usize) -> bool {
    let sessions = u64::try_from(SESSIONS).unwrap_or(1);
    let share = world.settings.requests * (u64::try_from(session).unwrap_or_default() + 1) / sessions;
    world.history().requests < share
}

async fn one_thing(world: &World, client: &Client) {
    let (doctor, roll) = (&client.doctor, world.between(0, 999));
    let own = some_thread(world, |thread| is_open_to(thread, doctor));
    match own {
        Some(thread) if roll >= 150 => {
            if roll < 250
                && let Some(asleep) = some_thread(world, |thread| !thread.active && is_of(thread, doctor))
            {
                world.count(Count::TwinsInInactiveThread);
                twin(world, client, asleep.thread);
                send(world, client, asleep.thread).await;
            } else if roll < 280 {
                twin(world, client, thread.thread);
                send(world, client, thread.thread).await;
            } else if roll < 380 {
                if request(world, client, Wish::ToAssistant(thread.thread)).await && world.chance(700) {
                    writes_soon(world, &thread, world.millis(100, 1_500));
                }
            } else if roll < 390 {
                request(world, client, Wish::ToDoctor(thread.thread)).await;
            } else if roll < 415 {
                request(world, client, Wish::CheckIn(thread.thread)).await;
            } else if roll < 435 {
                let any = some_thread(world, |_| true).unwrap_or(thread);
                send(world, client, any.thread).await;
            } else {
                send(world, client, thread.thread).await;
            }
        }
        _ => {
            if let Some(patient) = some_patient(world) {
                request(world, client, Wish::Template(patient)).await;
            }
        }
    }
}

async fn send(world: &World, client: &Client, thread: ThreadNo) {
    if !request(world, client, Wish::Send(thread)).await && world.chance(300) {
        // The window is closed, most likely: a template opens it again.
        if let Some(thread) = kept_thread(world, thread) {
            request(world, client, Wish::Template(thread.patient_id)).await;
        }
    }
}

/// The doctor's other device, or an impatient finger, does the same at the same moment.
fn twin(world: &World, client: &Client, thread: ThreadNo) {
    let client = other_device(world, &client.doctor);
    world.spawn(|world| async move {
        request(&world, &client, Wish::Send(thread)).await;
    });
}

/// The patient of a thread writes.
pub(crate) fn writes_soon(world: &World, thread: &Thread, wait: Duration) {
    if let Some(person) = thread.contact.as_ref().and_then(whom) {
        world.spawn_after(wait, move |world| async move { world.writes(person) });
    }
}

/// The owner comes by while the assistant is at it, and writes or takes over.
pub(crate) fn take_over(world: &World, thread: ThreadNo, wait: Duration) {
    let Some(owner) = kept_thread(world, thread).and_then(|thread| owner_of(world, &thread)) else { return };
    world.count(Count::TakeOvers);
    let client = other_device(world, &owner);
    let wishes = [Wish::Send(thread), Wish::ToDoctor(thread), Wish::ToDoctorSilently(thread)];
    let wish = world.pick(&wishes).unwrap_or(Wish::Send(thread));
    world.spawn_after(wait, move |world| async move {
        request(&world, &client, wish).await;
    });
}

/// Once in a session somebody sends more at once than WhatsApp lets through, where the window closes the soonest: some
/// of it will have to wait, and then be too late.
pub(crate) async fn burst_in_every_session(world: World) {
    for session in 0..SESSIONS {
        world.kernel.sleep_until(start_of(session).plus(Duration::from_secs(30))).await;
        let opened = world.history().opened.clone();
        let threads = opened.iter().filter_map(|opened| kept_thread(&world, opened.thread));
        let is_open = |thread: &Rc<Thread>| window_is_open(world.now(), thread.last_inbound_at).is_ok();
        let soonest = threads
            .filter(is_open)
            .filter(|thread| thread.care.assigned.is_some())
            .min_by_key(|thread| thread.last_inbound_at);
        let owner = soonest.as_ref().and_then(|thread| owner_of(&world, thread));
        if let (Some(thread), Some(owner)) = (soonest, owner) {
            burst(&world, &other_device(&world, &owner), thread.thread).await;
        }
    }
}

/// More at once than WhatsApp lets through, in two threads of the contact when there are two.
async fn burst(world: &World, client: &Client, thread: ThreadNo) {
    let contact = kept_thread(world, thread).and_then(|thread| thread.contact.clone());
    let is_other = |opened: &Opened| opened.contact == contact && opened.thread != thread;
    let other = world.history().opened.iter().find(|opened| is_other(opened)).map(|opened| opened.thread);
    let owner = other.and_then(|other| owner_of(world, kept_thread(world, other)?.as_ref()));
    let (Some(other), Some(owner)) = (other, owner) else {
        return many(world, client, thread, 52).await;
    };
    let colleague = other_device(world, &owner);
    world.spawn(move |world| async move { many(&world, &colleague, other, 27).await });
    many(world, client, thread, 27).await;
}

async fn many(world: &World, client: &Client, thread: ThreadNo, count: usize) {
    for _ in 0..count {
        if !request(world, client, Wish::Send(thread)).await {
            return;
        }
    }
}

/// Two doctors try to take a new thread at the same moment.
pub(crate) fn rival(world: &World, thread: ThreadNo) {
    world.count(Count::Rivalries);
    let wait = world.millis(2_500, 6_000);
    let first = world.between(0, u64::try_from(world.desk.doctors.len()).unwrap_or(1) - 1);
    let doctors = world.desk.doctors.iter().cycle().skip(usize::try_from(first).unwrap_or_default()).take(2);
    for doctor in doctors {
        let client = other_device(world, doctor);
        let apart = world.millis(0, 4);
        world.spawn_after(wait + apart, move |world| async move {
            request(&world, &client, Wish::Send(thread)).await;
        });
    }
}

/// A message is deleted, a while after it came.
pub(crate) fn spoil(world: &World, id: MessageId) {
    let wait = world.millis(200, 20_000);
    world.spawn_after(wait, move |world| async move {
        let mut transaction = Transaction::default();
        transaction.push(Write::Tombstone(id));
        transaction.push(Write::Seen { thread: id.thread, through: None, at: world.now() });
        if transaction.run(&world).await.is_ok() {
            world.count(Count::Tombstones);
        }
    });
}

fn other_device(world: &World, doctor: &Rc<Doctor>) -> Client {
    // Every time another one: nothing orders what two devices send.
    let mut history = world.history();
    history.devices += 1;
    Client { number: 1_000 + history.devices, doctor: Rc::clone(doctor) }
}

fn is_of(thread: &Thread, doctor: &Doctor) -> bool {
    thread.care.is_assigned_to(doctor.provider.provider_id)
}

fn owner_of(world: &World, thread: &Thread) -> Option<Rc<Doctor>> {
    world.desk.doctors.iter().find(|doctor| is_of(thread, doctor)).cloned()
}

fn is_open_to(thread: &Thread, doctor: &Doctor) -> bool {
    thread.care.assigned.is_none() || is_of(thread, doctor)
}

fn kept_thread(world: &World, thread: ThreadNo) -> Option<Rc<Thread>> {
    world.tables().kept(&Key::Thread(thread)).and_then(Value::thread).cloned()
}

/// A thread that has been there for a while, as a list shows it.
fn some_thread(world: &World, fits: impl Fn(&Thread) -> bool) -> Option<Rc<Thread>> {
    for _ in 0..12 {
        let opened = world.pick(&world.history().opened)?;
        let thread = kept_thread(world, opened.thread)?;
        if world.now().since(opened.at).as_secs() >= 10 && fits(&thread) {
            return Some(thread);
        }
    }
    None
}

fn some_patient(world: &World) -> Option<PatientId> {
    let last = u64::try_from(world.people.len()).ok()?.checked_sub(1)?;
    let person = world.people.get(usize::try_from(world.between(0, last)).ok()?)?.patient;
    person.or_else(|| some_thread(world, |_| true).map(|thread| thread.patient_id))
}

/// The number of the request that made a message.
pub(crate) fn request_of(message: &Message) -> Option<usize> {
    let text = message.text.as_ref().map(MessageText::as_str);
    let name = message.media.as_ref().and_then(|media| media.filename.as_deref());
    text.or(name)?.split('#').nth(1)?.parse().ok()
}
