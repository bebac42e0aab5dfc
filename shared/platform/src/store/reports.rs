//! `Threads`: `pk = T#<thread>`, `sk = REPORT#<moment>`. The daily reports of a thread, by when they were written.

use domain::error::Result;
use domain::ids::ThreadNo;
use domain::page::bad_cursor;
use domain::report::Report;
use domain::thread::Thread;

use super::transaction::{Mark, Transaction};
use super::{Item, Query, item, key, row, text};
use crate::App;

/// Digits of a moment: milliseconds until the year 5138.
const DIGITS: usize = 14;

fn report_key(thread: ThreadNo, moment: &str) -> Item {
    key(format!("T#{thread}"), format!("REPORT#{moment}"))
}

/// Where a list goes on after a report.
#[must_use]
pub fn cursor(report: &Report) -> String {
    format!("{:0DIGITS$}", report.created.millis())
}

/// Puts a new report. Two in the same moment are not written: the thread's revision lets one of them happen.
pub(super) fn put(transaction: &mut Transaction, table: &str, report: &Report) -> Result<()> {
    transaction.put_new(Mark::Row, table, item(report_key(report.thread, &cursor(report)), report)?)
}

/// A page of the reports of a thread that its reader was given, newest first, and the cursor of the next.
///
/// # Errors
/// [`domain::Error::Invalid`] for a cursor that is none.
pub async fn page(
    app: &App,
    thread: &Thread,
    after: Option<&str>,
    limit: u32,
) -> Result<(Vec<Report>, Option<String>)> {
    let is_moment = |raw: &&str| raw.len() == DIGITS && raw.bytes().all(|byte| byte.is_ascii_digit());
    let after = after.map(|raw| Some(raw).filter(is_moment).ok_or_else(bad_cursor)).transpose()?;
    let page = app.store.query(Query {
        table: &app.store.tables.threads,
        index: None,
        partition: ("pk", text(format!("T#{}", thread.thread))),
        between: Some(("sk", text("REPORT#"), text("REPORT#~"))),
        ascending: false,
        limit,
        after: after.map(|moment| report_key(thread.thread, moment)),
    });
    let page = page.await?;
    let reports = page.items.into_iter().map(row).collect::<Result<Vec<Report>>>()?;
    let next = page.next.and_then(|_| reports.last().map(cursor));
    Ok((reports, next))
}
