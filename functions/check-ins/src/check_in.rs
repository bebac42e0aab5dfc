//! A check-in on one thread, or the end of the wait for its answer.

use std::time::Duration;

use domain::alert::{AlertDraft, AlertKind, Severity};
use domain::append::{Append, Change, Draft, append};
use domain::care::Care;
use domain::contact::Contact;
use domain::delivery::{Delivery, Status};
use domain::error::{Error, Result};
use domain::ids::{MessageId, ThreadNo, ThreadRef};
use domain::message::Author;
use domain::patient::Patient;
use domain::task::{Next, Task, Tick};
use domain::template::{Snippet, Template, hydrate};
use domain::thread::Thread;
use domain::wording;
use domain::zone::{QuietHours, Zone};
use platform::App;
use platform::conversation::line::Line;
use platform::identity::Machine;
use platform::points::Point;
use platform::queue::Worker;
use platform::store::append::{Alongside, keep};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::{contacts, messages, patients, templates, threads};

/// Does what is due about a thread's task.
pub(crate) async fn check_in(app: &App, machine: Machine, no: ThreadNo) -> Result<()> {
    let guard = Guard::of_worker(app);
    let mut attempts = Attempts::default();
    let kept = loop {
        let thread = threads::load(app, machine, ThreadRef::No(no)).await?;
        let Some(task) = &thread.care.task else { return Ok(()) };
        let around = Around::of(app, machine, &thread).await?;
        let tick = task.tick(app.now(), around.hours());
        if tick == Tick::default() {
            return Ok(());
        }
        let asked = if tick.missed { asked(app, machine, &thread, task).await? } else { None };
        let change = around.change(app, &thread, (tick, asked.as_ref()));
        let append = append(&thread, change, app.now())?;
        app.points.reach(Point::CheckInDecided).await;
        if let Attempt::Done(_) = keep(app, &append, &guard, around.alongside(&append, &thread)).await? {
            break append;
        }
        attempts.again(app).await?;
    };
    app.points.reach(Point::CheckInKept).await;
    tell(app, &kept).await;
    Ok(())
}

/// How far the check-in came that was not answered.
async fn asked(app: &App, machine: Machine, thread: &Thread, task: &Task) -> Result<Option<Delivery>> {
    let Some(seq) = task.check_in.asked else { return Ok(None) };
    match messages::load(app, machine, MessageId { thread: thread.thread, seq }).await {
        Ok(message) => Ok(message.delivery),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn tell(app: &App, kept: &Append) {
    if !kept.messages.is_empty() {
        app.hints.tell(app, Worker::Delivery, (kept.thread.thread, Duration::ZERO)).await;
    }
}

/// Who gets the check-in, and how it reaches them.
struct Around {
    patient: Patient,
    line: Line,
    template: Template,
    zone: Zone,
    quiet: QuietHours,
}

impl Around {
    async fn of(app: &App, machine: Machine, thread: &Thread) -> Result<Self> {
        let contact = async {
            match &thread.contact {
                Some(key) => contacts::load(app, machine.into(), key).await.map(Some),
                None => Ok(None),
            }
        };
        let organization = thread.organization_id;
        let (patient, contact, template) = tokio::try_join!(
            patients::load_behind_contact(app, machine.into(), organization, thread.patient_id),
            contact,
            templates::of_organization(app, machine.into(), organization)
        )?;
        let zone = patient.zone(&app.config.hours.zone);
        let line = Line { key: contact.as_ref().map(|contact| contact.key.clone()), contact };
        Ok(Self { patient, line, template, zone, quiet: app.config.hours.quiet })
    }

    fn hours(&self) -> (&Zone, QuietHours) {
        (&self.zone, self.quiet)
    }

    /// Whether the patient asked for no automatic messages, in whatever thread.
    fn is_stopped(&self) -> bool {
        self.line.contact.as_ref().is_some_and(Contact::wants_no_check_ins)
    }

    fn change(&self, app: &App, thread: &Thread, (tick, asked): (Tick, Option<&Delivery>)) -> Change {
        let mut change = Change::default();
        let Some(mut task) = thread.care.task.clone() else { return change };
        if tick.missed {
            task = task.with_check_in_missed();
            change.alerts.push(missed(asked));
        }
        match tick.next {
            Next::Nothing => {}
            Next::Postpone(until) => task = task.with_check_in_postponed(until),
            Next::Send if self.is_stopped() => {
                task = task.with_check_in_skipped(app.now(), self.hours());
                change.alerts.extend(task.check_in.next.is_none().then(not_sent));
            }
            Next::Send => {
                change.drafts.extend(self.draft(thread, &task));
                change.activate = true;
                task = task.with_check_in_sent(thread.last_seq.next(), app.now(), self.hours());
            }
        }
        Change { care: Some(Care { task: Some(task), ..thread.care.clone() }), ..change }
    }

    /// The patient answers what was asked last: their next message comes to this thread.
    fn alongside(&self, append: &Append, read: &Thread) -> Alongside<'_> {
        let activation = self.line.activate(&append.thread, read.active || !append.thread.active);
        Alongside { contact: activation.contact, deactivate: activation.deactivate, ..Alongside::default() }
    }

    /// The check-in as free text, carried by the template where the window is closed at delivery.
    fn draft(&self, thread: &Thread, task: &Task) -> Option<Draft> {
        let summary = task.check_in.summary.as_deref();
        let text = wording::check_in(thread.care.language, self.patient.first_name.as_str(), summary)?;
        let doctor = thread.care.assigned.as_ref().map_or("your care team", |assignee| assignee.name.as_str());
        let patient = self.patient.full_name();
        let snippet = Snippet { patient: &patient, doctor, text: summary.unwrap_or("How are you feeling now?") };
        let fallback = hydrate(&self.template, snippet).ok().map(|hydrated| hydrated.template);
        Some(Draft { fallback, unasked: true, ..Draft::text(Author::System, text) })
    }
}

fn missed(asked: Option<&Delivery>) -> AlertDraft {
    let text = match asked.map(|delivery| delivery.status) {
        Some(Status::Failed) => "The last check-in could not be delivered.",
        _ => "The patient did not answer the last check-in.",
    };
    AlertDraft { kind: AlertKind::Inactivity, severity: Severity::Warning, text: text.to_owned() }
}

/// Whoever planned a single check-in waits for its answer.
fn not_sent() -> AlertDraft {
    let text = "A check-in was due and did not go out: the patient wants no automatic messages.".to_owned();
    AlertDraft { kind: AlertKind::CheckInsStopped, severity: Severity::Info, text }
}
