//! EventBridge's schedules, and moving the clock past many of them.

use std::time::Duration;

use domain::time::Timestamp;

use crate::functions::ScheduleCode;
use crate::stack::Running;

/// A move of the clock stops at most so often to let schedules fire and queues empty.
const STOPS: u32 = 30;
/// How long each stop waits for the queues.
const PATIENCE: Duration = Duration::from_secs(5);

/// A function on a schedule.
#[derive(Clone)]
pub(crate) struct Scheduled {
    /// The name of its crate.
    pub(crate) name: String,
    pub(crate) every: Duration,
    pub(crate) code: ScheduleCode,
}

/// Fires a schedule for as long as the runtime lives.
pub(crate) fn start(running: &Running, scheduled: &Scheduled) {
    let (running, scheduled) = (running.clone(), scheduled.clone());
    tokio::spawn(async move {
        loop {
            let next = running.clock.now().plus(scheduled.every);
            running.clock.sleep_until(next).await;
            fire(&running, &scheduled).await;
        }
    });
}

/// Runs a scheduled function now.
pub(crate) async fn fire(running: &Running, scheduled: &Scheduled) {
    let in_hand = running.busy.begin();
    // A task of its own, so that a panic is one failed invocation, as it is on Lambda.
    let code = scheduled.code.clone();
    match tokio::spawn(async move { code.run().await }).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::error!(%error, function = scheduled.name, "a scheduled function failed"),
        Err(_) => tracing::error!(function = scheduled.name, "a scheduled function died"),
    }
    drop(in_hand);
}

/// Moves the clock to a point in time, in steps, so that what falls due in between happens in its order.
///
/// # Errors
/// When the move cannot be kept.
pub(crate) async fn advance(running: &Running, to: Timestamp) -> std::io::Result<()> {
    // What was begun before the move happens before it.
    drain(running, PATIENCE).await;
    let span = to.since(running.clock.now());
    let shortest = running.scheduled.iter().map(|scheduled| scheduled.every).min().unwrap_or(span);
    let stride = shortest.max(span / STOPS);
    let mut tick = running.clock.now().plus(stride);
    while running.clock.now() < to {
        let stop = next_visible(running).unwrap_or(to).min(tick).min(to);
        running.clock.set(stop)?;
        running.embedded.queues.clock_moved();
        if stop >= tick {
            tick = tick.plus(stride);
            for scheduled in running.scheduled.iter() {
                fire(running, scheduled).await;
            }
        }
        drain(running, PATIENCE).await;
    }
    Ok(())
}

/// When the next message that is delayed or hidden becomes visible; never before a moment from now.
fn next_visible(running: &Running) -> Option<Timestamp> {
    let soon = running.clock.now().plus(Duration::from_millis(1));
    let queues = running.triggers.iter();
    let times = queues.filter_map(|queue| running.embedded.queues.next_visible_at(queue).ok().flatten());
    times.min().map(|at| Timestamp::from_millis(at).max(soon))
}

/// Waits until nothing is visible in a queue, nothing is in hand, and no status is on its way. What waits for a later
/// time does not count. `false` when that took longer than `patience`.
pub(crate) async fn drain(running: &Running, patience: Duration) -> bool {
    let quiet = async {
        while !is_idle(running) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(patience, quiet).await.is_ok()
}

fn is_idle(running: &Running) -> bool {
    let queued = running.embedded.queues.depths().unwrap_or_default();
    let triggers = |name: &str| running.triggers.iter().any(|queue| queue == name);
    running.busy.is_idle(running.points.held())
        && queued.iter().filter(|depth| triggers(&depth.name)).all(|depth| depth.visible == 0)
}
