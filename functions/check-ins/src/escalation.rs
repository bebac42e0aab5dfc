//! An alert that nobody read goes on: in a section to its next therapist, at last, and everywhere else, to the operator.

use std::time::Duration;

use domain::alert::Alert;
use domain::append::{Append, Change, append};
use domain::audit::{Action, Actor, AuditDraft};
use domain::care::Care;
use domain::error::{Error, Result};
use domain::escalation::{Round, round};
use domain::ids::{ThreadNo, ThreadRef, UserId};
use domain::thread::Thread;
use platform::App;
use platform::identity::Machine;
use platform::metrics::Count;
use platform::store::append::{Alongside, keep};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::{alerts, events, sections, threads};

use crate::told::announcements;

/// Alerts in one page of the table.
const PAGE: u32 = 100;
/// Outside of sections nobody says how long an alert may wait.
const WAIT: Duration = Duration::from_mins(15);
/// The minutes can be set anew while an alert is open.
const LOOK_AGAIN: Duration = Duration::from_hours(1);

/// Does what is due about a thread's alerts.
pub(crate) async fn escalate(app: &App, machine: Machine, no: ThreadNo) -> Result<()> {
    while step(app, machine, no).await? {}
    Ok(())
}

/// One transaction's worth of it; not when nothing is due.
async fn step(app: &App, machine: Machine, no: ThreadNo) -> Result<bool> {
    let guard = Guard::of_worker(app);
    let mut attempts = Attempts::default();
    loop {
        let thread = threads::load(app, machine, ThreadRef::No(no)).await?;
        if thread.care.escalation_due.is_none_or(|due| app.now() < due) {
            return Ok(false);
        }
        let round = due(app, &thread).await?;
        let append = decide(app, &thread, &round)?;
        let announcements = announcements(app, &thread, &round.on).await?;
        let alongside = Alongside { escalations: &round.on, announcements: &announcements, ..Alongside::default() };
        match keep(app, &append, &guard, alongside).await {
            Ok(Attempt::Raced) => attempts.again(app).await?,
            kept @ (Ok(_) | Err(Error::Unconfirmed)) => {
                // It may have been kept: to be told twice is harmless, and never is not.
                tell(app, &round);
                if !announcements.is_empty() {
                    events::tell(app, thread.thread.into()).await;
                }
                return kept.map(|_| true);
            }
            Err(error) => return Err(error),
        }
    }
}

async fn due(app: &App, thread: &Thread) -> Result<Round> {
    let alerts = open(app, thread).await?;
    let now = app.now();
    let Some(section) = sections::of_thread(app, thread).await? else { return Ok(round(&alerts, &[], (WAIT, now))) };
    let Some(after) = section.escalation() else {
        return Ok(Round { next: (!alerts.is_empty()).then(|| now.plus(LOOK_AGAIN)), ..Round::default() });
    };
    let members = sections::therapists(app, &section).await?;
    let own = thread.care.therapists.last().map(|therapist| therapist.user_id);
    let own = own.filter(|own| members.iter().any(|member| member.user_id == *own));
    let others = members.iter().map(|member| member.user_id).filter(|user| Some(*user) != own);
    let order: Vec<UserId> = own.into_iter().chain(others).collect();
    // Nobody is told by waiting where nobody is.
    let after = if order.is_empty() { Duration::ZERO } else { after };
    Ok(round(&alerts, &order, (after, now)))
}

/// All alerts of a thread that nobody dealt with, however many came after them.
async fn open(app: &App, thread: &Thread) -> Result<Vec<Alert>> {
    let most = usize::try_from(thread.care.alerts.open).unwrap_or(usize::MAX);
    let mut open: Vec<Alert> = Vec::new();
    let mut before = None;
    loop {
        let (page, more) = alerts::page(app, thread, before, PAGE).await?;
        before = page.last().map(|alert| alert.id);
        open.extend(page.into_iter().filter(|alert| alert.acknowledged.is_none()));
        if open.len() >= most || !more {
            return Ok(open);
        }
    }
}

fn decide(app: &App, thread: &Thread, round: &Round) -> Result<Append> {
    let next = round.next.map(|next| next.min(app.now().plus(LOOK_AGAIN)));
    let care = Care { escalation_due: next, ..thread.care.clone() };
    let audit = round.on.iter().map(|(alert, to)| AuditDraft {
        actor: Actor::System,
        action: Action::AlertEscalated { alert: alert.id, to: to.to },
    });
    append(thread, Change { care: Some(care), audit: audit.collect(), ..Change::default() }, app.now())
}

/// Where there is nobody left, the operator is told.
fn tell(app: &App, round: &Round) {
    for _ in round.on.iter().filter(|(_, to)| to.to.is_none()) {
        app.count(Count::AlertUnread);
    }
}
