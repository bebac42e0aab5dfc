//! A part of a thread's history: the newest messages, those after one, or older ones, within what an answer may hold.

use axum::response::Response;
use domain::error::{Error, Result};
use domain::ids::{MessageId, Seq};
use domain::message::Message;
use domain::page::{BYTE_BUDGET, bad_cursor, limit};
use domain::thread::Thread;
use http::HeaderValue;
use http::header::LINK;
use platform::App;
use platform::store::messages::{self, Part, Stretch};
use platform::store::seen::Shown;

use crate::page::Rest;
use crate::parameters::Parameters;

/// Messages in an answer when the caller does not say, and at most.
const MOST: u32 = 500;
/// What a message takes of an answer beside its text, at most: its names, ids and times, and a link of 2,048 bytes.
const FIXED_SIZE: usize = 2_500;

/// What a request asks for: `?after` (0 for everything from the beginning), `?cursor` and `?limit`.
#[derive(Debug)]
pub struct Asked {
    after: Option<After>,
    before: Option<MessageId>,
    limit: u32,
}

#[derive(Debug)]
enum After {
    Beginning,
    Message(MessageId),
}

/// A part of a history, as much of it as an answer may hold.
#[derive(Debug)]
pub struct History {
    /// The messages.
    pub stretch: Stretch,
    part: Part,
}

impl Asked {
    /// Reads the parameters.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the parameter.
    pub fn parse(parameters: &Parameters) -> Result<Self> {
        Self::within(parameters, MOST)
    }

    /// Reads the parameters, with a limit of the surface's own when the caller does not say.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the parameter.
    pub fn within(parameters: &Parameters, default: u32) -> Result<Self> {
        let after = parameters.get("after").map(|raw| match raw {
            "0" => Ok(After::Beginning),
            raw => raw.parse().map(After::Message).map_err(|_| not_of_thread()),
        });
        let before = parameters.get("cursor").map(|raw| raw.parse().map_err(|_| bad_cursor()));
        Ok(Self {
            after: after.transpose()?,
            before: before.transpose()?,
            limit: limit(parameters.get("limit"), default, MOST)?,
        })
    }

    /// The same from the beginning on, when the request does not say where to begin.
    #[must_use]
    pub fn oldest_first(mut self) -> Self {
        if self.after.is_none() && self.before.is_none() {
            self.after = Some(After::Beginning);
        }
        self
    }

    fn part(&self, thread: &Thread) -> Result<Part> {
        match (&self.after, self.before) {
            (Some(After::Beginning), _) => Ok(Part::After(Seq::START)),
            (Some(After::Message(after)), _) if after.thread == thread.thread => Ok(Part::After(after.seq)),
            (Some(_), _) => Err(not_of_thread()),
            (None, Some(before)) if before.thread == thread.thread => Ok(Part::Before(before.seq)),
            (None, Some(_)) => Err(bad_cursor()),
            (None, None) => Ok(Part::Newest),
        }
    }

    /// The part of a thread that was asked for. The caller was given the thread.
    ///
    /// # Errors
    /// [`Error::Invalid`] when a message of another thread was named; [`Error::Busy`] or [`Error::Internal`] when the table
    /// does not answer.
    pub async fn read(&self, app: &App, thread: &Thread) -> Result<History> {
        let part = self.part(thread)?;
        let stretch = within_budget(messages::read(app, thread, part, self.limit).await?, part);
        Ok(History { stretch, part })
    }
}

fn not_of_thread() -> Error {
    Error::invalid("after", "after must be a message id of this conversation.")
}

impl History {
    /// Whether nothing is missing that the thread's version counts.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        matches!(self.part, Part::Before(_)) || !self.stretch.more_after
    }

    /// What is shown, for the audit.
    #[must_use]
    pub fn shown(&self) -> Shown {
        let seq = |message: Option<&Message>| message.map_or(Seq::START, |message| message.seq);
        Shown { from: seq(self.stretch.messages.first()), through: seq(self.stretch.messages.last()) }
    }

    /// The answer with the way to the messages that did not fit.
    #[must_use]
    pub fn with_rest(&self, mut response: Response, (rest, parameters): (&Rest, &Parameters)) -> Response {
        let onward = match self.part {
            Part::After(_) if self.stretch.more_after => self.stretch.messages.last().map(|last| ("after", last.id())),
            Part::Newest | Part::Before(_) if self.stretch.more_before => {
                self.stretch.messages.first().map(|first| ("cursor", first.id()))
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
