//! Google as the functions see it, in the same process: it gives tokens and ids, and keeps one file under each id.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use local::drive::settings_at;
use platform::config::{DriveSettings, Settings};
use platform::drive::Drive;
use platform::outward::{Outward, Server};
use reqwest::{Method, Request, Response};
use serde_json::{Value, json};

const BASE: &str = "http://google.local";

#[derive(Debug, Default)]
struct Inner {
    given: usize,
    files: BTreeSet<String>,
    asked: usize,
    is_full: bool,
}

/// The server.
#[derive(Debug, Clone, Default)]
pub struct Google(Arc<Mutex<Inner>>);

impl Google {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many files it has.
    pub fn files(&self) -> usize {
        self.inner().files.len()
    }

    /// From now on it has no room.
    pub fn is_full(&self) {
        self.inner().is_full = true;
    }

    /// How often it was asked to take a file.
    pub fn asked(&self) -> usize {
        self.inner().asked
    }

    /// A client of it.
    pub fn drive(&self) -> Drive {
        let mut settings = Settings::from([("APP_ENV", "local")]);
        let pairs = settings_at(BASE).expect("a key");
        settings.extend(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)));
        let settings = DriveSettings::from_settings(&settings).expect("settings").expect("a folder");
        Drive::on(Outward::in_process(self.server()).expect("a client"), settings)
    }

    fn server(&self) -> Server {
        let google = self.clone();
        Arc::new(move |request| {
            let answer = google.answer(&request);
            Box::pin(async move { answer })
        })
    }

    fn answer(&self, request: &Request) -> Response {
        let mut inner = self.inner();
        let (status, location, body) = match (request.method(), request.url().path()) {
            (_, "/token") => (200, None, json!({ "access_token": "token", "expires_in": 3599 })),
            (&Method::GET, _) => {
                inner.given += 1;
                (200, None, json!({ "ids": [format!("1-file-number-{}", inner.given)] }))
            }
            (&Method::POST, _) => {
                let about: Value =
                    serde_json::from_slice(request.body().and_then(reqwest::Body::as_bytes).expect("a body"))
                        .expect("JSON");
                let id = about["id"].as_str().expect("an id").to_owned();
                inner.asked += 1;
                if inner.is_full {
                    let error = json!({ "error": { "errors": [{ "reason": "storageQuotaExceeded" }] } });
                    let answer = http::Response::builder().status(403).body(error.to_string());
                    return Response::from(answer.expect("an answer"));
                }
                let status = if inner.files.contains(&id) { 409 } else { 200 };
                (status, Some(format!("{BASE}/upload/{id}")), Value::Null)
            }
            (_, path) => {
                let id = path.trim_start_matches("/upload/").to_owned();
                let is_new = inner.files.insert(id.clone());
                (if is_new { 200 } else { 409 }, None, json!({ "id": id }))
            }
        };
        let mut answer = http::Response::builder().status(status);
        if let Some(location) = location {
            answer = answer.header("location", location);
        }
        Response::from(answer.body(body.to_string()).expect("an answer"))
    }
}
