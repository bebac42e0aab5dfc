//! `Threads`: `pk = T#<thread>`, `sk = REPORT#<date>`. The daily reports of a thread.

use domain::error::Result;
use domain::page::bad_cursor;
use domain::report::Report;
use domain::thread::Thread;

use super::transaction::Transaction;
use super::{Item, Query, item, key, row, text};
use crate::App;

fn report_key(thread: domain::ids::ThreadNo, date: &str) -> Item {
    key(format!("T#{thread}"), format!("REPORT#{date}"))
}

/// Puts the report of a day; a day has one, the last.
pub(super) fn put(transaction: &mut Transaction, table: &str, report: &Report) -> Result<()> {
    transaction.put(table, item(report_key(report.thread, &report.date), report)?)
}

/// A page of the reports of a thread that its reader was given, newest first, and the cursor of the next.
///
/// # Errors
/// [`domain::Error::Invalid`] for a cursor that is none.
pub async fn page(
    app: &App,
    thread: &Thread,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Vec<Report>, Option<String>)> {
    let is_date = |date: &&str| date.len() == 10 && date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let after = cursor.map(|date| Some(date).filter(is_date).ok_or_else(bad_cursor)).transpose()?;
    let page = app.store.query(Query {
        table: &app.store.tables.threads,
        index: None,
        partition: ("pk", text(format!("T#{}", thread.thread))),
        between: Some(("sk", text("REPORT#"), text("REPORT#~"))),
        ascending: false,
        limit,
        after: after.map(|date| report_key(thread.thread, date)),
    });
    let page = page.await?;
    let reports = page.items.into_iter().map(row).collect::<Result<Vec<Report>>>()?;
    let next = page.next.and_then(|_| reports.last().map(|last| last.date.clone()));
    Ok((reports, next))
}
