//! `Threads`: `pk = INBOX#<list>`, `sk = <class><place>` (see [`domain::inbox`]). The lists in which a thread stands,
//! rewritten with every message, so that a list is fresh, sorted, and costs a page.

use std::cmp::Reverse;

use domain::error::Result;
use domain::inbox::recent::{Moved, Range, ranges};
use domain::inbox::{Class, Group, List, Place, key as sort_key, lists, shows};
use domain::thread::Thread;
use domain::time::Timestamp;
use futures_util::future::try_join_all;

use super::transaction::Transaction;
use super::{Item, Query, item, key, row, text};
use crate::App;
use crate::identity::CareTeam;

fn entry_key(list: List, thread: &Thread) -> Item {
    key(format!("INBOX#{list}"), sort_key(thread))
}

/// Moves a thread in its lists. Its old place is known because whatever moves it compares `last_seq` and `revision`.
pub(super) fn relist(transaction: &mut Transaction, table: &str, read: Option<&Thread>, thread: &Thread) -> Result<()> {
    let place = sort_key(thread);
    let now = lists(thread);
    for list in read.map(lists).unwrap_or_default() {
        let stays = now.contains(&list) && read.is_some_and(|read| sort_key(read) == place);
        if let Some(read) = read.filter(|_| !stays) {
            transaction.delete(table, entry_key(list, read))?;
        }
    }
    for list in now {
        transaction.put(table, item(entry_key(list, thread), thread)?)?;
    }
    Ok(())
}

/// What part of a group is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// The group.
    pub group: Group,
    /// The start of the window of days.
    pub window: Timestamp,
    /// Only below this place.
    pub before: Option<Place>,
    /// At most so many.
    pub limit: u32,
}

/// Threads of a group of the caller's organisation, in the order of the queue.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn read(app: &App, caller: &CareTeam, wanted: Wanted) -> Result<Vec<Thread>> {
    let limit = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    let mut before = wanted.before;
    let mut threads = Vec::new();
    loop {
        let step = Wanted { before, ..wanted };
        let (waiting, answered) =
            tokio::try_join!(half(app, caller, step, Class::Waiting), half(app, caller, step, Class::Answered))?;
        // Where one half was cut off, the other may not run ahead of it.
        let floor = waiting.cut_at.max(answered.cut_at);
        let mut both: Vec<Thread> = waiting.threads.into_iter().chain(answered.threads).collect();
        both.sort_by_key(|thread| Reverse(Place::of(thread)));
        let fits = |thread: &Thread| {
            floor.is_none_or(|floor| Place::of(thread) >= floor)
                && shows(thread, wanted.window, before)
                && wanted.group.has(thread, caller.provider())
        };
        threads.extend(both.into_iter().filter(fits));
        if threads.len() >= limit || floor.is_none() {
            threads.truncate(limit);
            return Ok(threads);
        }
        before = floor;
    }
}

/// The threads of the caller and of the patients whom they entered, those first that moved last, and whether there are more.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn recent(app: &App, caller: &CareTeam, before: Option<Moved>, limit: u32) -> Result<(Vec<Thread>, bool)> {
    let (organization, provider) = (caller.organization(), caller.provider());
    let lists = [List::Provider(organization, provider), List::Entered(organization, provider)];
    let ranges = ranges(before);
    let wanted = lists.iter().flat_map(|list| ranges.iter().map(move |range| (list, range)));
    let pages = wanted.map(|(list, Range { low, high })| async move {
        let page = app.store.query(Query {
            table: &app.store.tables.threads,
            index: None,
            partition: ("pk", text(format!("INBOX#{list}"))),
            between: Some(("sk", text(low.clone()), text(high.clone()))),
            ascending: false,
            // One more: the cursor's own thread is at the end of its range.
            limit: limit.saturating_add(1),
            after: None,
        });
        let page = page.await?;
        let threads = page.items.into_iter().map(row).collect::<Result<Vec<Thread>>>()?;
        let cut_at = page.next.and_then(|_| threads.last().map(Moved::of));
        Ok::<_, domain::Error>((threads, cut_at))
    });
    let pages = try_join_all(pages).await?;
    // Where one range was cut off, the others may not run ahead of it.
    let floor = pages.iter().filter_map(|(_, cut_at)| *cut_at).max();
    let mut threads: Vec<Thread> = pages.into_iter().flat_map(|(threads, _)| threads).collect();
    threads.retain(|thread| {
        let place = Moved::of(thread);
        floor.is_none_or(|floor| place >= floor) && before.is_none_or(|before| place < before)
    });
    threads.sort_by_key(|thread| Reverse(Moved::of(thread)));
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = floor.is_some() || threads.len() > limit;
    threads.truncate(limit);
    Ok((threads, more))
}

struct Half {
    threads: Vec<Thread>,
    /// The last place of a page that the table cut off.
    cut_at: Option<Place>,
}

async fn half(app: &App, caller: &CareTeam, wanted: Wanted, class: Class) -> Result<Half> {
    let list = wanted.group.list(caller.organization(), caller.provider());
    let Some((low, high)) = class.range(wanted.window, wanted.before) else {
        return Ok(Half { threads: Vec::new(), cut_at: None });
    };
    let page = app.store.query(Query {
        table: &app.store.tables.threads,
        index: None,
        partition: ("pk", text(format!("INBOX#{list}"))),
        between: Some(("sk", text(low), text(high))),
        ascending: false,
        // One more: the cursor's own thread is at the end of the range.
        limit: wanted.limit.saturating_add(1),
        after: None,
    });
    let page = page.await?;
    let threads = page.items.into_iter().map(row).collect::<Result<Vec<Thread>>>()?;
    let cut_at = page.next.and_then(|_| threads.last().map(Place::of));
    Ok(Half { threads, cut_at })
}
