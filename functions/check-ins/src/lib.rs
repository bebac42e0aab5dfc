//! Every minute: check-ins that are due, answers to them that did not come, daily reports, and alerts that nobody read. Each occasion is one
//! transaction, so that a run that dies in the middle is gone on with by the next.

use domain::error::Result;
use domain::ids::ThreadNo;
use futures_util::{StreamExt, stream};
use platform::App;
use platform::identity::Machine;
use platform::store::jobs::{Job, due};

mod check_in;
mod escalation;
mod report;
mod told;

/// Threads of one shard and run at most; the rest comes with the next run.
const MOST: usize = 200;
/// So that a minute's check-ins fit into a minute, also when the table is slow.
const SIDE_BY_SIDE: usize = 16;

/// Does what is due. One thread that cannot be helped does not keep the others waiting, and neither do check-ins keep
/// reports waiting.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer; the next run tries again.
pub async fn tick(app: &App, machine: Machine) -> Result<()> {
    let check_ins = async {
        let threads = stream::iter(due(app, machine, Job::CheckIn, MOST).await?);
        threads
            .for_each_concurrent(SIDE_BY_SIDE, async |no| passed_over(no, check_in::check_in(app, machine, no).await))
            .await;
        Ok(())
    };
    let reports = async {
        let threads = stream::iter(due(app, machine, Job::Report, MOST).await?);
        threads
            .for_each_concurrent(SIDE_BY_SIDE, async |no| passed_over(no, report::report(app, machine, no).await))
            .await;
        Ok(())
    };
    let escalations = async {
        let threads = stream::iter(due(app, machine, Job::Escalation, MOST).await?);
        threads
            .for_each_concurrent(SIDE_BY_SIDE, async |no| passed_over(no, escalation::escalate(app, machine, no).await))
            .await;
        Ok(())
    };
    let (escalated, checked_in, reported) = tokio::join!(escalations, check_ins, reports);
    escalated.and(checked_in).and(reported)
}

/// The next run comes back to it.
fn passed_over(thread: ThreadNo, done: Result<()>) {
    match done {
        Ok(()) => {}
        Err(error) => {
            tracing::error!(thread = thread.get(), %error, "a thread was passed over; the next run comes back");
        }
    }
}
