//! A check-in on one thread, or the end of the wait for its answer.

use std::time::Duration;

use domain::append::{Append, Change, append};
use domain::check_in::{Circumstances, check_in as decide};
use domain::contact::Contact;
use domain::delivery::Delivery;
use domain::error::{Error, Result};
use domain::ids::{MessageId, ThreadNo, ThreadRef};
use domain::patient::Patient;
use domain::task::Task;
use domain::template::Template;
use domain::thread::Thread;
use platform::App;
use platform::conversation::line::Line;
use platform::identity::Machine;
use platform::points::Point;
use platform::queue::Worker;
use platform::store::append::keep;
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::{messages, patients, templates, threads};

/// Does what is due about a thread's task.
pub(crate) async fn check_in(app: &App, machine: Machine, no: ThreadNo) -> Result<()> {
    let guard = Guard::of_worker(app);
    let mut attempts = Attempts::default();
    let kept = loop {
        let thread = threads::load(app, machine, ThreadRef::No(no)).await?;
        let is_due = |at| at <= app.now();
        if !thread.care.task.as_ref().and_then(Task::due).is_some_and(is_due) {
            return Ok(());
        }
        let around = Around::of(app, machine, &thread).await?;
        let Some(change) = around.decide(app, &thread) else { return Ok(()) };
        let append = append(&thread, change, app.now())?;
        app.points.reach(Point::CheckInDecided).await;
        if let Attempt::Done(_) = keep(app, &append, &guard, around.line.alongside(&append)).await? {
            break append;
        }
        attempts.again(app).await?;
    };
    app.points.reach(Point::CheckInKept).await;
    tell(app, &kept).await;
    Ok(())
}

async fn tell(app: &App, kept: &Append) {
    if !kept.messages.is_empty() {
        app.hints.tell(app, Worker::Delivery, (kept.thread.thread, Duration::ZERO)).await;
    }
}

/// Who gets the check-in, how it reaches them, and how far the last one came.
struct Around {
    patient: Patient,
    line: Line,
    template: Template,
    asked: Option<Delivery>,
}

impl Around {
    async fn of(app: &App, machine: Machine, thread: &Thread) -> Result<Self> {
        let organization = thread.organization_id;
        let (patient, line, template, asked) = tokio::try_join!(
            patients::load_behind_contact(app, machine.into(), organization, thread.patient_id),
            Line::of_thread(app, machine.into(), thread),
            templates::of_organization(app, machine.into(), organization),
            asked(app, machine, thread)
        )?;
        Ok(Self { patient, line, template, asked })
    }

    fn decide(&self, app: &App, thread: &Thread) -> Option<Change> {
        let around = Circumstances {
            patient: &self.patient,
            template: &self.template,
            zone: &self.patient.zone(&app.config.hours.zone),
            quiet: app.config.hours.quiet,
            is_stopped: self.line.contact.as_ref().is_some_and(Contact::wants_no_check_ins),
            asked: self.asked.as_ref(),
        };
        decide(thread, around, app.now())
    }
}

/// How far the check-in came whose answer is waited for.
async fn asked(app: &App, machine: Machine, thread: &Thread) -> Result<Option<Delivery>> {
    let check_in = thread.care.task.as_ref().map(|task| &task.check_in);
    let Some(seq) = check_in.filter(|check_in| check_in.reply_by.is_some()).and_then(|check_in| check_in.asked) else {
        return Ok(None);
    };
    match messages::load(app, machine, MessageId { thread: thread.thread, seq }).await {
        Ok(message) => Ok(message.delivery),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
