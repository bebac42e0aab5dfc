//! An endpoint that is told of events, in the same process: it answers as it is told to, and forgets nothing of what it heard.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::time::Timestamp;
use platform::App;
use platform::outward::Server;
use reqwest::{Request, Response};
use serde_json::Value;

/// How the endpoint answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// With a status.
    Status(u16),
    /// With a status and the wait that it asks for.
    Later(u16, &'static str),
    /// With another address.
    Redirect(&'static str),
    /// With a body.
    Body(&'static str),
    /// Never.
    Hang,
}

/// What it heard.
#[derive(Debug, Clone)]
pub struct Heard {
    /// When.
    pub at: Timestamp,
    /// Where.
    pub url: String,
    /// The header `webhook-id`.
    pub id: String,
    /// The header `webhook-signature`.
    pub signature: String,
    /// The body.
    pub body: Value,
}

#[derive(Debug, Default)]
struct Inner {
    heard: Vec<Heard>,
    turns: VecDeque<Turn>,
    otherwise: Option<Turn>,
}

/// The endpoint.
#[derive(Debug, Clone, Default)]
pub struct Endpoint {
    inner: Arc<Mutex<Inner>>,
}

impl Endpoint {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How it answers next.
    pub fn then(&self, turns: impl IntoIterator<Item = Turn>) {
        self.inner().turns.extend(turns);
    }

    /// How it answers when nothing else is said; at first with 200.
    pub fn otherwise(&self, turn: Turn) {
        self.inner().otherwise = Some(turn);
    }

    /// What it heard, in order.
    pub fn heard(&self) -> Vec<Heard> {
        self.inner().heard.clone()
    }

    /// What it heard, by the number that each event tells.
    pub fn numbers(&self) -> Vec<u64> {
        self.inner().heard.iter().map(|heard| heard.body["number"].as_u64().expect("a number")).collect()
    }

    /// The way to it.
    pub fn server(&self, app: &App) -> Server {
        let (endpoint, app) = (self.clone(), app.clone());
        Arc::new(move |request| {
            let turn = endpoint.hear(&request, app.now());
            Box::pin(async move {
                let answer = match turn {
                    Turn::Hang => std::future::pending().await,
                    Turn::Status(status) => http::Response::builder().status(status).body(String::new()),
                    Turn::Later(status, wait) => {
                        http::Response::builder().status(status).header("retry-after", wait).body(String::new())
                    }
                    Turn::Redirect(to) => {
                        http::Response::builder().status(307).header("location", to).body(String::new())
                    }
                    Turn::Body(body) => http::Response::builder().status(200).body(body.to_owned()),
                };
                Response::from(answer.expect("an answer"))
            })
        })
    }

    fn hear(&self, request: &Request, at: Timestamp) -> Turn {
        let header = |name: &str| request.headers()[name].to_str().expect("text").to_owned();
        let body = request.body().and_then(|body| body.as_bytes()).expect("a body");
        let heard = Heard {
            at,
            url: request.url().to_string(),
            id: header("webhook-id"),
            signature: header("webhook-signature"),
            body: serde_json::from_slice(body).expect("JSON"),
        };
        let mut inner = self.inner();
        inner.heard.push(heard);
        inner.turns.pop_front().or_else(|| inner.otherwise.clone()).unwrap_or(Turn::Status(200))
    }
}
