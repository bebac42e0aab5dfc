//! The Lambda Runtime API (AWS Lambda developer guide, "Using the Lambda runtime API"): what an execution environment
//! polls for events and answers to.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use platform::clock::Clock;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot, watch};

/// The template's longest timeout of a function.
const TIMEOUT: Duration = Duration::from_mins(5);
const FUNCTION_ARN: &str = "arn:aws:lambda:us-east-1:123456789012:function:test";
const TRACE_ID: &str = "Root=1-69b30f5e-0f1e2d3c4b5a69788796a5b4;Parent=1a2b3c4d5e6f7081;Sampled=0";

/// What a function answered.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    /// A response; else an error.
    pub(crate) ok: bool,
    /// Its body; a text that is no JSON stays a text.
    pub(crate) body: Value,
}

/// The Runtime API of one execution environment.
pub(crate) struct RuntimeApi {
    pub(crate) address: SocketAddr,
    events: mpsc::UnboundedSender<Event>,
    last: AtomicU64,
    shared: Arc<Shared>,
}

struct Event {
    id: String,
    payload: Vec<u8>,
}

struct Shared {
    events: tokio::sync::Mutex<mpsc::UnboundedReceiver<Event>>,
    replies: Mutex<HashMap<String, oneshot::Sender<Reply>>>,
    polled: watch::Sender<bool>,
    init_error: Mutex<Option<Value>>,
}

impl RuntimeApi {
    /// Listens, until the test's runtime ends.
    pub(crate) async fn start() -> Self {
        let (events, received) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            events: tokio::sync::Mutex::new(received),
            replies: Mutex::default(),
            polled: watch::Sender::new(false),
            init_error: Mutex::default(),
        });
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(responded))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(failed))
            .route("/2018-06-01/runtime/init/error", post(init_failed))
            .with_state(Arc::clone(&shared));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(axum::serve(listener, router).into_future());
        Self { address, events, last: AtomicU64::new(0), shared }
    }

    /// Waits until the function asks for its first event: its start has succeeded.
    pub(crate) async fn polled(&self) {
        let _ = self.shared.polled.subscribe().wait_for(|polled| *polled).await;
    }

    /// What the function said of a start that failed, if it said anything here.
    pub(crate) fn init_error(&self) -> Option<Value> {
        self.shared.init_error.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Gives the function an event and waits for what it makes of it.
    pub(crate) async fn invoke(&self, payload: Vec<u8>) -> Reply {
        let id = format!("8476a536-e9f4-11e8-9739-{:012x}", self.last.fetch_add(1, Ordering::Relaxed));
        let (sender, reply) = oneshot::channel();
        self.shared.replies.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), sender);
        assert!(self.events.send(Event { id, payload }).is_ok(), "the Runtime API serves");
        tokio::time::timeout(TIMEOUT, reply).await.expect("an answer in time").expect("one answer")
    }
}

impl Shared {
    fn resolve(&self, id: &str, reply: Reply) -> StatusCode {
        let waiting = self.replies.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
        // Lambda refuses a second answer to one event as well.
        let taken = waiting.is_some_and(|waiting| waiting.send(reply).is_ok());
        if taken { StatusCode::ACCEPTED } else { StatusCode::BAD_REQUEST }
    }
}

async fn next(State(shared): State<Arc<Shared>>) -> Response {
    shared.polled.send_replace(true);
    let Some(event) = shared.events.lock().await.recv().await else {
        return StatusCode::GONE.into_response();
    };
    let deadline = Clock::System.now().plus(TIMEOUT).millis().to_string();
    let headers = [
        ("content-type", "application/json"),
        ("lambda-runtime-aws-request-id", event.id.as_str()),
        ("lambda-runtime-deadline-ms", deadline.as_str()),
        ("lambda-runtime-invoked-function-arn", FUNCTION_ARN),
        ("lambda-runtime-trace-id", TRACE_ID),
    ];
    (headers, event.payload).into_response()
}

async fn responded(State(shared): State<Arc<Shared>>, Path(id): Path<String>, body: Bytes) -> StatusCode {
    shared.resolve(&id, Reply { ok: true, body: value(&body) })
}

async fn failed(State(shared): State<Arc<Shared>>, Path(id): Path<String>, body: Bytes) -> StatusCode {
    shared.resolve(&id, Reply { ok: false, body: value(&body) })
}

async fn init_failed(State(shared): State<Arc<Shared>>, body: Bytes) -> StatusCode {
    *shared.init_error.lock().unwrap_or_else(PoisonError::into_inner) = Some(value(&body));
    StatusCode::ACCEPTED
}

fn value(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_else(|_| json!(String::from_utf8_lossy(body)))
}
