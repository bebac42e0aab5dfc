//! `GET /providermessages/{id}/` (PM-2.3, A-2): one thread by public id or number, with its history or what is new.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::error::{Error, Result};
use domain::ids::{MessageId, ThreadRef};
use domain::page::{BYTE_BUDGET, bad_cursor, limit};
use domain::read::has_settled;
use domain::thread::Thread;
use http::HeaderValue;
use http::header::LINK;
use platform::identity::CareTeam;
use platform::store::messages::{self, Part, Stretch};
use platform::store::threads;
use web::caller::Caller;
use web::conditional::{Known, Tag};
use web::openapi::ProviderMessagesRefusals;
use web::page::Rest;
use web::parameters::{Parameters, PathId};
use web::{Api, Reply};

use crate::view::ThreadView;

/// Messages in an answer when the caller does not say, and at most.
const MOST: u32 = 500;
/// What a message takes of an answer beside its text, at most: its names, ids and times, and a link of 2,048 bytes.
const FIXED_SIZE: usize = 2_500;

/// One thread: its newest messages, those after `after`, or older ones by `cursor`.
#[utoipa::path(
    get,
    path = "/providermessages/{id}/",
    tag = "provider messages",
    operation_id = "one_thread",
    params(
        ("id" = String, Path, description = "The public id or the integer id."),
        ("after" = Option<String>, Query, description = "Only messages after this message id."),
        ("cursor" = Option<String>, Query, description = "Older messages: `X-Next-Cursor` of an earlier answer."),
        ("limit" = Option<u32>, Query, description = "At most so many messages, up to 500."),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of an earlier answer."),
    ),
    responses(
        (status = 200, description = "The thread.", body = ThreadView, headers(
            ("ETag", description = "For If-None-Match."),
            ("X-Next-Cursor", description = "Present when there are more messages: older ones, or with `after` newer ones."),
            ("Link", description = "The address of those messages."),
        )),
        (status = 304, description = "Unchanged."),
        ProviderMessagesRefusals,
    ),
    security(("bearer" = []))
)]
pub(crate) async fn one_thread(
    State(api): State<Api>,
    Caller(caller): Caller<CareTeam>,
    PathId(named): PathId<ThreadRef>,
    (known, rest, parameters): (Known, Rest, Parameters),
) -> Reply {
    let asked = Asked::parse(&parameters)?;
    let thread = threads::load(&api.app, &caller, named).await?;
    let tag = Tag::of(&[&"t", &thread.version], has_settled(thread.changed, api.app.now()));
    if known.has(&tag) {
        return Ok(tag.not_modified());
    }
    let part = asked.part(&thread)?;
    let stretch = within_budget(messages::read(&api.app, &thread, part, asked.limit).await?, part);
    let view = Json(ThreadView::of(&thread, &stretch.messages)).into_response();
    let response = with_rest(view, part, &stretch, (&rest, &parameters));
    let is_whole = matches!(part, Part::Before(_)) || !stretch.more_after;
    Ok(known.answer(&tag, is_whole, response).await?)
}

struct Asked {
    after: Option<MessageId>,
    before: Option<MessageId>,
    limit: u32,
}

impl Asked {
    fn parse(parameters: &Parameters) -> Result<Self> {
        let after = parameters.get("after").map(|raw| {
            raw.parse().map_err(|_| Error::invalid("after", "after must be a message id of this conversation."))
        });
        let before = parameters.get("cursor").map(|raw| raw.parse().map_err(|_| bad_cursor()));
        Ok(Self {
            after: after.transpose()?,
            before: before.transpose()?,
            limit: limit(parameters.get("limit"), MOST, MOST)?,
        })
    }

    fn part(&self, thread: &Thread) -> Result<Part> {
        match (self.after, self.before) {
            (Some(after), _) if after.thread == thread.thread => Ok(Part::After(after.seq)),
            (Some(_), _) => Err(Error::invalid("after", "after must be a message id of this conversation.")),
            (None, Some(before)) if before.thread == thread.thread => Ok(Part::Before(before.seq)),
            (None, Some(_)) => Err(bad_cursor()),
            (None, None) => Ok(Part::Newest),
        }
    }
}

/// As much of a stretch as an answer may hold: of a history the newest messages, of an increment the first ones.
fn within_budget(mut stretch: Stretch, part: Part) -> Stretch {
    let forward = matches!(part, Part::After(_));
    if !forward {
        stretch.messages.reverse();
    }
    let mut size = 0;
    let fit = stretch.messages.iter().take_while(|message| {
        size += FIXED_SIZE + message.text.as_ref().map_or(0, |text| text.as_str().len());
        size <= BYTE_BUDGET
    });
    let fit = fit.count();
    if fit < stretch.messages.len() {
        stretch.messages.truncate(fit);
        stretch.more_after |= forward;
        stretch.more_before |= !forward;
    }
    if !forward {
        stretch.messages.reverse();
    }
    stretch
}

/// The way to the messages that did not fit.
fn with_rest(
    mut response: Response,
    part: Part,
    stretch: &Stretch,
    (rest, parameters): (&Rest, &Parameters),
) -> Response {
    let onward = match part {
        Part::After(_) if stretch.more_after => stretch.messages.last().map(|last| ("after", last.id())),
        Part::Newest | Part::Before(_) if stretch.more_before => {
            stretch.messages.first().map(|first| ("cursor", first.id()))
        }
        _ => None,
    };
    if let Some((name, id)) = onward {
        let id = id.get().to_string();
        let link = rest.link(parameters, (name, &id), if name == "after" { "next" } else { "prev" });
        if let (Ok(id), Ok(link)) = (HeaderValue::from_str(&id), HeaderValue::from_str(&link)) {
            response.headers_mut().insert("x-next-cursor", id);
            response.headers_mut().insert(LINK, link);
        }
    }
    response
}
