//! Every minute: check-ins that are due, answers to them that did not come, and daily reports. Each occasion is one
//! transaction, so that a run that dies in the middle is gone on with by the next.

use domain::error::{Error, Result};
use domain::ids::ThreadNo;
use platform::App;
use platform::identity::Machine;
use platform::store::jobs::{Job, due};

mod check_in;
mod report;

/// Threads of one shard and run at most; the rest comes with the next run.
const MOST: usize = 200;

/// Does what is due. One thread that cannot be helped does not keep the others waiting.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer; the next run tries again.
pub async fn tick(app: &App, machine: Machine) -> Result<()> {
    for thread in due(app, machine, Job::CheckIn, MOST).await? {
        passed_over(thread, check_in::check_in(app, machine, thread).await);
    }
    for thread in due(app, machine, Job::Report, MOST).await? {
        passed_over(thread, report::report(app, machine, thread).await);
    }
    Ok(())
}

/// The next run comes back to it.
fn passed_over(thread: ThreadNo, done: Result<()>) {
    match done {
        Ok(()) | Err(Error::NotFound) => {}
        Err(error) => {
            tracing::error!(thread = thread.get(), %error, "a thread was passed over; the next run comes back");
        }
    }
}
