//! A check-in on one thread, or the end of the wait for its answer.

use std::time::Duration;

use domain::alert::{AlertDraft, AlertKind, Severity};
use domain::append::{Append, Change, Draft, append};
use domain::contact::Contact;
use domain::error::Result;
use domain::ids::{ThreadNo, ThreadRef};
use domain::message::Author;
use domain::patient::Patient;
use domain::task::{Task, Tick};
use domain::template::{Snippet, Template, hydrate};
use domain::thread::Thread;
use domain::time::Timestamp;
use domain::wording;
use platform::App;
use platform::identity::Machine;
use platform::points::Point;
use platform::queue::Worker;
use platform::store::append::{Alongside, keep};
use platform::store::guards::{Guard, Occasion};
use platform::store::retry::{Attempt, Attempts};
use platform::store::{contacts, patients, templates, threads};

/// Does what is due about a thread's task.
pub(crate) async fn check_in(app: &App, machine: Machine, no: ThreadNo) -> Result<()> {
    let mut attempts = Attempts::default();
    let kept = loop {
        let thread = threads::load(app, machine, ThreadRef::No(no)).await?;
        let now = app.now();
        let Some((task, due, tick)) = due(&thread, now) else { return Ok(()) };
        let around = Around::of(app, machine, &thread).await?;
        let append = append(&thread, around.change(app, &thread, (task, tick)), now)?;
        app.points.reach(Point::CheckInDecided).await;
        let guard = Guard::of_occasion(app, Occasion::CheckIn { thread: no, at: due });
        if let Attempt::Done(_) = keep(app, &append, &guard, Alongside::default()).await? {
            break append;
        }
        attempts.again(app).await?;
    };
    app.points.reach(Point::CheckInKept).await;
    tell(app, &kept).await;
    Ok(())
}

/// The task, the moment that makes it due, and what that is.
fn due(thread: &Thread, now: Timestamp) -> Option<(&Task, Timestamp, Tick)> {
    let task = thread.care.task.as_ref()?;
    let tick = task.tick(now);
    let due = task.due().filter(|_| tick != Tick::default())?;
    Some((task, due, tick))
}

async fn tell(app: &App, kept: &Append) {
    if !kept.messages.is_empty() {
        app.hints.tell(app, Worker::Delivery, (kept.thread.thread, Duration::ZERO)).await;
    }
}

/// Who gets the check-in, and how it reaches them.
struct Around {
    patient: Patient,
    contact: Option<Contact>,
    template: Template,
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
        Ok(Self { patient, contact, template })
    }

    /// Whether the patient asked for no automatic messages, in whatever thread.
    fn is_stopped(&self) -> bool {
        self.contact.as_ref().is_some_and(|contact| contact.stopped || contact.opted_out)
    }

    fn change(&self, app: &App, thread: &Thread, (task, tick): (&Task, Tick)) -> Change {
        let mut care = thread.care.clone();
        let mut change = Change::default();
        let mut task = task.clone();
        if tick.missed {
            task = task.with_check_in_missed();
            change.alerts.push(missed());
        }
        if tick.send.is_some() && self.is_stopped() {
            task = task.stopped();
        } else if tick.send.is_some() {
            let zone = self.patient.zone(&app.config.hours.zone);
            change.drafts.extend(self.draft(thread, &task));
            task = task.with_check_in_sent(thread.last_seq.next(), app.now(), (&zone, app.config.hours.quiet));
        }
        care.task = Some(task);
        Change { care: Some(care), ..change }
    }

    /// The check-in as free text, carried by the template where the window is closed at delivery.
    fn draft(&self, thread: &Thread, task: &Task) -> Option<Draft> {
        let summary = task.check_in.summary.as_deref();
        let text = wording::check_in(thread.care.language, self.patient.first_name.as_str(), summary)?;
        let doctor = thread.care.assigned.as_ref().map_or("your care team", |assignee| assignee.name.as_str());
        let patient = self.patient.full_name();
        let snippet = Snippet { patient: &patient, doctor, text: summary.unwrap_or("How are you feeling now?") };
        let fallback = hydrate(&self.template, snippet).ok().map(|hydrated| hydrated.template);
        Some(Draft { fallback, ..Draft::text(Author::System, text) })
    }
}

fn missed() -> AlertDraft {
    AlertDraft {
        kind: AlertKind::Inactivity,
        severity: Severity::Warning,
        text: "The patient did not answer the last check-in.".to_owned(),
    }
}
