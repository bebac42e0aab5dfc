//! One run: a world is peopled, lives through its sessions, comes to rest, and is judged.

use std::rc::Rc;
use std::time::Duration;

use domain::assistant::Turn;
use domain::ids::ThreadNo;

use crate::check_ins::check_in_every_minute;
use crate::checker::check;
use crate::counters::Counters;
use crate::desk::Desk;
use crate::doctors::{Client, DEVICES, burst_in_every_session, work};
use crate::history::Violation;
use crate::people::{entered, people, write_first};
use crate::settings::Settings;
use crate::sweeper::sweep_every_minute;
use crate::table::value::{Key, Value};
use crate::world::World;

/// Doctors of the organisation.
const DOCTORS: u64 = 6;
/// After so long without rest something is wrong.
const LONGEST_UNREST: Duration = Duration::from_hours(6);
/// How often the world is asked whether it is at rest.
const LOOK: Duration = Duration::from_mins(1);

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) counters: Counters,
    pub(crate) violations: Vec<Violation>,
    pub(crate) digest: u64,
    pub(crate) trace: Vec<String>,
}

/// Runs a world; absent when it could not even be peopled.
pub(crate) fn run(settings: Settings) -> Option<Report> {
    let scale = (settings.requests / 1_000).max(1);
    let world = World::new(settings, people(8 * scale, 12 * scale), Desk::of(DOCTORS)?);
    begin(&world);
    while world.history().clients_done < DOCTORS * DEVICES {
        world.kernel.pass(LOOK);
    }
    world.calm_down();
    rest(&world);
    world.read_to_the_end();
    world.kernel.pass(LOOK);
    let violations = check(&world);
    world.end();
    let mut history = world.history();
    let (digest, trace) = (history.digest(), std::mem::take(&mut history.trace));
    Some(Report { counters: world.take_counters(), violations, digest, trace })
}

fn begin(world: &World) {
    for (patient, contact) in world.people.iter().filter_map(entered) {
        let mut tables = world.tables();
        tables.seed(&Key::Contact(contact.key.clone()), Value::Contact(Rc::new(contact)));
        tables.seed(&Key::Patient(patient.patient_id), Value::Patient(Rc::new(patient)));
    }
    for (doctor, device) in
        world.desk.doctors.iter().flat_map(|doctor| (0..DEVICES).map(move |device| (doctor, device)))
    {
        let number = doctor.provider.provider_id.get() * DEVICES + device;
        let client = Client { number, doctor: Rc::clone(doctor) };
        world.spawn(|world| work(world, client));
    }
    world.spawn(sweep_every_minute);
    world.spawn(check_in_every_minute);
    world.spawn(write_first);
    world.spawn(burst_in_every_session);
}

/// Lets time pass until nothing is undecided, owed or planned, no hint is about and no webhook unanswered.
fn rest(world: &World) {
    let patience = world.now().plus(LONGEST_UNREST);
    loop {
        world.kernel.pass(LOOK);
        let history = world.history();
        let is_still = history.undecided == 0 && history.webhooks == 0 && world.queue().is_empty() && !owes(world);
        if is_still || world.now() > patience {
            return;
        }
    }
}

/// Whether a reply is owed or a check-in is planned.
fn owes(world: &World) -> bool {
    let tables = world.tables();
    let mut threads = tables.all().filter_map(Value::thread);
    threads.any(|thread| {
        let task = thread.care.task.as_ref();
        let is_planned = task.is_some_and(|task| task.due().is_some() && task.check_in.next.is_some());
        is_planned || thread.turn(world.now()) != Turn::None
    })
}

/// The events of the thread of a run's first violation, in a second run of the same seed.
pub(crate) fn traced(settings: Settings, thread: Option<ThreadNo>) -> Vec<String> {
    let again = run(Settings { traced: thread, ..settings });
    again.map(|report| report.trace).unwrap_or_default()
}
