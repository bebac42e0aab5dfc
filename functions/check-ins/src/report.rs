//! The daily report of one thread: a message that staff alone see, and a row of its own.

use std::time::Duration;

use clinical::brief::Sources;
use clinical::report::daily;
use domain::append::{Change, Draft, append};
use domain::error::Result;
use domain::ids::{ThreadNo, ThreadRef};
use domain::message::{Audience, Author};
use domain::report::Report;
use domain::text::MessageText;
use domain::thread::Thread;
use domain::time::Timestamp;
use platform::App;
use platform::conversation::recent::Recent;
use platform::identity::Machine;
use platform::store::append::{Alongside, keep};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::threads;

const DAY: Duration = Duration::from_hours(24);
/// Messages, observations and alerts that a report is made from.
const RECENT: u32 = 200;

/// Writes the report that is due; one that was due on several days is written once.
pub(crate) async fn report(app: &App, machine: Machine, no: ThreadNo) -> Result<()> {
    let guard = Guard::of_worker(app);
    let mut attempts = Attempts::default();
    loop {
        let thread = threads::load(app, machine, ThreadRef::No(no)).await?;
        let now = app.now();
        let Some(due) = thread.care.report_due.filter(|due| *due <= now) else { return Ok(()) };
        let since = thread.care.reported_through.unwrap_or_else(|| due.minus(DAY));
        let Some(report) = written(app, &thread, (since, now)).await? else { return Ok(()) };
        let append = append(&thread, change(app, &thread, &report, now), now)?;
        let alongside = Alongside { report: Some(&report), ..Alongside::default() };
        if let Attempt::Done(_) = keep(app, &append, &guard, alongside).await? {
            return Ok(());
        }
        attempts.again(app).await?;
    }
}

/// The report; nothing while the newest messages cannot be seen yet: the next run sees them.
async fn written(app: &App, thread: &Thread, (since, now): (Timestamp, Timestamp)) -> Result<Option<Report>> {
    let Recent { stretch, observations, alerts } = Recent::of(app, thread, RECENT).await?;
    let zone = &app.config.hours.zone;
    let sources = Sources { thread, messages: &stretch.messages, observations: &observations, alerts: &alerts, zone };
    Ok((!stretch.more_after).then(|| daily(sources, since, now)))
}

fn change(app: &App, thread: &Thread, report: &Report, now: Timestamp) -> Change {
    let mut care = thread.care.clone();
    care.report_due = Some(app.config.hours.zone.next_hour(now, app.config.hours.report));
    care.reported_through = Some(now);
    let text = MessageText::received(&report.text());
    let draft = text.map(|text| Draft { audience: Audience::Staff, ..Draft::text(Author::System, text) });
    Change { drafts: draft.into_iter().collect(), care: Some(care), ..Change::default() }
}
