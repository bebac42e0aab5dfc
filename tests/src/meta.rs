//! WhatsApp's server as the delivery worker sees it, in the same process: it takes messages, and forgets nothing of what it
//! took. It has no idempotency, as the real one has none.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use platform::outward::Server;
use reqwest::{Method, Request, Response};
use serde_json::{Value, json};

/// Where patients' files are.
const FILE: &str = "/files/1";

/// What happens to a message that is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It is taken.
    Take,
    /// It is taken, and the answer is lost.
    Lose,
    /// It is refused with a code.
    Refuse(u32),
}

#[derive(Debug, Default)]
struct Inner {
    taken: Vec<Value>,
    turns: VecDeque<Turn>,
    uploaded: usize,
    file: Vec<u8>,
    is_deaf: bool,
}

/// The server.
#[derive(Debug, Clone, Default)]
pub struct Meta {
    inner: Arc<Mutex<Inner>>,
}

impl Meta {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What happens to the next messages; those after them are taken.
    pub fn then(&self, turns: impl IntoIterator<Item = Turn>) {
        self.inner().turns.extend(turns);
    }

    /// What every patient's file is.
    pub fn holds(&self, file: Vec<u8>) {
        self.inner().file = file;
    }

    /// From now on nobody is told where a patient's file is.
    pub fn tells_nothing(&self) {
        self.inner().is_deaf = true;
    }

    /// How many files were uploaded.
    pub fn uploaded(&self) -> usize {
        self.inner().uploaded
    }

    /// What was taken: the bodies of the requests, in order.
    pub fn taken(&self) -> Vec<Value> {
        self.inner().taken.clone()
    }

    /// The texts that were taken, those of templates as their parameters.
    pub fn texts(&self) -> Vec<String> {
        let text = |body: &Value| match body["type"].as_str() {
            Some("template") => body["template"]["components"].to_string(),
            _ => body["text"]["body"].as_str().unwrap_or_default().to_owned(),
        };
        self.inner().taken.iter().map(text).collect()
    }

    /// The way to it.
    pub fn server(&self) -> Server {
        let meta = self.clone();
        Arc::new(move |request| {
            let meta = meta.clone();
            Box::pin(async move {
                let bytes = |(status, body): (u16, Value)| (status, body.to_string().into_bytes());
                let answered = match (request.method(), request.url().path()) {
                    (&Method::POST, path) if path.ends_with("/media") => Some(bytes((200, meta.take_file()))),
                    (&Method::POST, _) => meta.answer(&request).map(bytes),
                    (_, FILE) => Some((200, meta.inner().file.clone())),
                    _ if meta.inner().is_deaf => Some((500, Vec::new())),
                    _ => Some(bytes((200, json!({ "url": format!("https://lookaside.fbsbx.com{FILE}") })))),
                };
                match answered {
                    Some((status, body)) => {
                        Response::from(http::Response::builder().status(status).body(body).expect("an answer"))
                    }
                    None => std::future::pending().await,
                }
            })
        })
    }

    fn take_file(&self) -> Value {
        let mut inner = self.inner();
        inner.uploaded += 1;
        json!({ "id": format!("100{}", inner.uploaded) })
    }

    fn answer(&self, request: &Request) -> Option<(u16, Value)> {
        let body = request.body().and_then(reqwest::Body::as_bytes).expect("a body");
        let body: Value = serde_json::from_slice(body).expect("JSON");
        let mut inner = self.inner();
        let turn = inner.turns.pop_front().unwrap_or(Turn::Take);
        if let Turn::Refuse(code) = turn {
            return Some((400, json!({ "error": { "message": "refused", "code": code } })));
        }
        inner.taken.push(body);
        let id = format!("wamid.taken{}", inner.taken.len());
        (turn == Turn::Take).then(|| (200, json!({ "messages": [{ "id": id }] })))
    }
}
