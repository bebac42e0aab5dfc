//! An alert of a section that nobody read goes on to its next therapist.

use domain::append::{Append, Change, append};
use domain::audit::{Action, Actor, AuditDraft};
use domain::care::Care;
use domain::error::Result;
use domain::escalation::{Round, round};
use domain::ids::{ThreadNo, ThreadRef, UserId};
use domain::thread::Thread;
use platform::App;
use platform::identity::Machine;
use platform::metrics::Count;
use platform::store::append::{Alongside, keep};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::{alerts, sections, threads};

/// Alerts of a thread that are looked at: the newest.
const MOST: u32 = 50;

/// Does what is due about a thread's alerts.
pub(crate) async fn escalate(app: &App, machine: Machine, no: ThreadNo) -> Result<()> {
    let guard = Guard::of_worker(app);
    let mut attempts = Attempts::default();
    loop {
        let thread = threads::load(app, machine, ThreadRef::No(no)).await?;
        if thread.care.escalation_due.is_none_or(|due| app.now() < due) {
            return Ok(());
        }
        let round = due(app, machine, &thread).await?;
        let append = decide(app, &thread, &round)?;
        let alongside = Alongside { escalations: &round.on, ..Alongside::default() };
        if let Attempt::Done(_) = keep(app, &append, &guard, alongside).await? {
            tell(app, &round);
            return Ok(());
        }
        attempts.again(app).await?;
    }
}

async fn due(app: &App, machine: Machine, thread: &Thread) -> Result<Round> {
    let Some(section) = thread.section else { return Ok(Round::default()) };
    let section = sections::of_machine(app, machine, section).await?;
    let Some(after) = section.escalation() else { return Ok(Round::default()) };
    let (members, alerts) = tokio::try_join!(sections::therapists(app, &section), alerts::newest(app, thread, MOST))?;
    let own = thread.care.therapists.last().map(|therapist| therapist.user_id);
    let others = members.iter().map(|member| member.user_id).filter(|user| Some(*user) != own);
    let order: Vec<UserId> = own.into_iter().chain(others).collect();
    Ok(round(&alerts, &order, (after, app.now())))
}

fn decide(app: &App, thread: &Thread, round: &Round) -> Result<Append> {
    let care = Care { escalation_due: round.next, ..thread.care.clone() };
    let audit = round.on.iter().map(|(alert, to)| AuditDraft {
        actor: Actor::System,
        action: Action::AlertEscalated { alert: alert.id, to: to.to },
    });
    append(thread, Change { care: Some(care), audit: audit.collect(), ..Change::default() }, app.now())
}

/// Where there is no therapist left, the operator is told.
fn tell(app: &App, round: &Round) {
    for _ in round.on.iter().filter(|(_, to)| to.to.is_none()) {
        app.count(Count::AlertUnread);
    }
}
