//! `GET /providermessages/` (PM-2.1) and `GET /providermessages/organization-threads/` (PM-2.2): lists of threads with
//! their newest messages.

use std::collections::BTreeSet;
use std::fmt::Display;

use axum::extract::State;
use domain::error::{Error, Result};
use domain::ids::PatientId;
use domain::inbox::{self, Cursor, Group, Place};
use domain::page::{BYTE_BUDGET, limit};
use domain::thread::Thread;
use domain::time::Timestamp;
use futures_util::{StreamExt, TryStreamExt, stream};
use platform::App;
use platform::identity::CareTeam;
use platform::store::inbox::Wanted;
use platform::store::messages::Part;
use platform::store::versions::Version;
use platform::store::{inbox as store, messages, versions};
use web::caller::Caller;
use web::conditional::{Known, Tag};
use web::openapi::ProviderMessagesRefusals;
use web::page::{Items, Rest};
use web::parameters::Parameters;
use web::{Api, Reply};

use crate::view::ThreadView;

/// The newest messages that a list shows of each thread.
const MESSAGES: u32 = 20;
/// Threads on a page when the caller does not say, and at most.
const MOST: u32 = 500;
/// Threads read at once, and messages of so many threads asked for side by side.
const CHUNK: u32 = 50;
const SIDE_BY_SIDE: usize = 25;
const SECONDS_PER_HOUR: i64 = 3600;

/// The caller's threads: the newest of each patient, moved in the last seven days or waiting for an answer.
#[utoipa::path(
    get,
    path = "/providermessages/",
    tag = "provider messages",
    operation_id = "own_threads",
    params(
        ("days" = Option<u32>, Query, description = "The window in days; 7 when left out. A thread that waits for an answer is always shown."),
        ("all" = Option<u32>, Query, description = "1 for every thread of a patient, not only the newest."),
        ("limit" = Option<u32>, Query, description = "At most so many, up to 500."),
        ("cursor" = Option<String>, Query, description = "Where to go on: `X-Next-Cursor` of the page before."),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of an earlier answer."),
    ),
    responses(
        (status = 200, description = "The threads.", body = [ThreadView], headers(
            ("ETag", description = "For If-None-Match."),
            ("X-Next-Cursor", description = "Present when there are more."),
            ("Link", description = "The address of the next page."),
        )),
        (status = 304, description = "Unchanged."),
        ProviderMessagesRefusals,
    ),
    security(("bearer" = []))
)]
pub(crate) async fn own_threads(
    State(api): State<Api>,
    Caller(caller): Caller<CareTeam>,
    page: (Known, Rest, Parameters),
) -> Reply {
    let every = match page.2.get("all") {
        None | Some("0" | "false") => false,
        Some("1" | "true") => true,
        Some(_) => return Err(Error::invalid("all", "all must be 1 or 0.").into()),
    };
    let asked = Asked::parse(&api.app, &page.2, vec![Group::Mine], every)?;
    list(&api.app, &caller, asked, page).await
}

/// The organization's threads: the caller's own first, then unassigned ones, then colleagues'.
#[utoipa::path(
    get,
    path = "/providermessages/organization-threads/",
    tag = "provider messages",
    operation_id = "organization_threads",
    params(
        ("days" = Option<u32>, Query, description = "The window in days; 7 when left out. A thread that waits for an answer is always shown."),
        ("scope" = Option<String>, Query, description = "A list of mine, unassigned, colleagues; all three when left out."),
        ("limit" = Option<u32>, Query, description = "At most so many, up to 500."),
        ("cursor" = Option<String>, Query, description = "Where to go on: `X-Next-Cursor` of the page before."),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of an earlier answer."),
    ),
    responses(
        (status = 200, description = "The threads.", body = [ThreadView], headers(
            ("ETag", description = "For If-None-Match."),
            ("X-Next-Cursor", description = "Present when there are more."),
            ("Link", description = "The address of the next page."),
        )),
        (status = 304, description = "Unchanged."),
        ProviderMessagesRefusals,
    ),
    security(("bearer" = []))
)]
pub(crate) async fn organization_threads(
    State(api): State<Api>,
    Caller(caller): Caller<CareTeam>,
    page: (Known, Rest, Parameters),
) -> Reply {
    let groups = Group::scope(page.2.get("scope"))?;
    let asked = Asked::parse(&api.app, &page.2, groups, true)?;
    list(&api.app, &caller, asked, page).await
}

/// What a list was asked for.
struct Asked {
    groups: Vec<Group>,
    window: Timestamp,
    cursor: Option<Cursor>,
    limit: u32,
    /// Whether a patient may appear more than once.
    every: bool,
}

impl Asked {
    fn parse(app: &App, parameters: &Parameters, groups: Vec<Group>, every: bool) -> Result<Self> {
        let cursor = parameters.get("cursor").map(str::parse::<Cursor>).transpose()?;
        Ok(Self {
            groups,
            window: inbox::window(parameters.get("days"), app.now())?,
            limit: limit(parameters.get("limit"), MOST, MOST)?,
            cursor,
            every,
        })
    }
}

async fn list(
    app: &App,
    caller: &CareTeam,
    asked: Asked,
    (known, rest, parameters): (Known, Rest, Parameters),
) -> Reply {
    let tag = tag(caller, versions::of_threads(app, caller).await?, app.now());
    if known.has(&tag) {
        return Ok(tag.not_modified());
    }
    let items = Items::new(usize::try_from(asked.limit).unwrap_or(usize::MAX), BYTE_BUDGET);
    let mut page = Page { app, caller, asked: &asked, items, seen: BTreeSet::new(), is_whole: true };
    let start = asked.cursor.map(|cursor| cursor.group);
    for group in asked.groups.iter().copied().filter(|group| start.is_none_or(|start| *group >= start)) {
        let before = asked.cursor.filter(|cursor| cursor.group == group).map(|cursor| cursor.before);
        if !page.fill(group, before).await? {
            return Ok(known.answer(&tag, page.is_whole, page.items.cut(&rest, &parameters)).await?);
        }
    }
    Ok(known.answer(&tag, page.is_whole, page.items.complete()).await?)
}

/// The hour is in the tag because the window moves without any change of a thread.
fn tag(caller: &CareTeam, version: Version, now: Timestamp) -> Tag {
    let hour = now.seconds() / SECONDS_PER_HOUR;
    let parts: [&dyn Display; 5] = [&"l", &caller.organization(), &caller.provider(), &version.count, &hour];
    Tag::of(&parts, version.has_settled(now))
}

/// A page under construction.
struct Page<'a> {
    app: &'a App,
    caller: &'a CareTeam,
    asked: &'a Asked,
    items: Items,
    seen: BTreeSet<PatientId>,
    /// Whether every message could be seen that the version counts; if not, the tag would promise too much.
    is_whole: bool,
}

impl Page<'_> {
    /// Adds a group's threads; `false` when the page is full and something was left out.
    async fn fill(&mut self, group: Group, mut before: Option<Place>) -> Result<bool> {
        loop {
            let wanted = Wanted { group, window: self.asked.window, before, limit: CHUNK };
            let threads = store::read(self.app, self.caller, wanted).await?;
            let is_last = threads.len() < usize::try_from(CHUNK).unwrap_or(usize::MAX);
            before = threads.last().map(Place::of);
            for (thread, view, whole) in views(self.app, threads).await? {
                if !self.asked.every && !self.seen.insert(thread.patient_id) {
                    continue;
                }
                let cursor = Cursor { group, before: Place::of(&thread) };
                if !self.items.push(&view, cursor.to_string())? {
                    return Ok(false);
                }
                self.is_whole &= whole;
            }
            if is_last {
                return Ok(true);
            }
        }
    }
}

/// Threads with their newest messages in the same order, and whether all of those could be seen.
async fn views(app: &App, threads: Vec<Thread>) -> Result<Vec<(Thread, ThreadView, bool)>> {
    stream::iter(threads)
        .map(async |thread| {
            let stretch = messages::read(app, &thread, Part::Newest, MESSAGES).await?;
            let view = ThreadView::of(&thread, &stretch.messages);
            Ok((thread, view, !stretch.more_after))
        })
        .buffered(SIDE_BY_SIDE)
        .try_collect()
        .await
}
