//! The way to an endpoint: no redirect, no proxy, no address that is not public, a limit of time, and no more of an answer than is
//! of use.

use std::time::Duration;

use domain::time::Timestamp;
use domain::webhook::schedule::{Outcome, retry_after};
use domain::webhook::target::{Loopback, TargetUrl};
use reqwest::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, USER_AGENT};
use reqwest::{Method, Response};

use super::request::WebhookRequest;
use crate::outward::{Outward, Unanswered};

/// The longest that an endpoint may take, connection and answer together.
pub const TIME_LIMIT: Duration = Duration::from_secs(20);
/// So much of an answer is read.
const LARGEST_ANSWER: usize = 4 * 1024;
const AGENT: &str = "Careline-Webhooks/1.0";

/// Sends webhooks.
#[derive(Debug, Clone)]
pub struct Sender {
    outward: Outward,
    loopback: Loopback,
}

/// An endpoint's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// What came of it.
    pub outcome: Outcome,
    /// The JSON object that was answered, as text; absent when it was none, or larger than what is read.
    pub object: Option<String>,
}

impl Sender {
    /// Over the network.
    ///
    /// # Errors
    /// When no HTTP client can be made.
    pub fn network(loopback: Loopback) -> Result<Self, reqwest::Error> {
        Ok(Self { outward: Outward::public(loopback)?, loopback })
    }

    /// On a way to the endpoints.
    #[must_use]
    pub fn on(outward: Outward, loopback: Loopback) -> Self {
        Self { outward, loopback }
    }

    /// Sends a webhook, once.
    pub async fn post(&self, url: &TargetUrl, request: &WebhookRequest, now: Timestamp) -> Heard {
        // Literal addresses never come to the resolver that refuses what is not public.
        if !url.is_acceptable(self.loopback) {
            return Heard { outcome: Outcome::Forbidden, object: None };
        }
        let mut post = self.outward.request(Method::POST, url.as_str()).body(request.body.clone());
        post = post.header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        post = post.header(USER_AGENT, HeaderValue::from_static(AGENT));
        for (name, value) in &request.headers {
            post = post.header(*name, value);
        }
        match self.outward.send(post, TIME_LIMIT).await {
            Ok(response) => heard(response, now).await,
            Err(Unanswered::NotConnected) => Heard { outcome: Outcome::NotConnected, object: None },
            Err(Unanswered::Forbidden) => Heard { outcome: Outcome::Forbidden, object: None },
            Err(Unanswered::Lost) => Heard { outcome: Outcome::Silent, object: None },
        }
    }
}

/// What an answer says. Whatever becomes of its body, its status came.
async fn heard(mut response: Response, now: Timestamp) -> Heard {
    let asked = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
    let retry_after = asked.and_then(|text| retry_after(text, now));
    let outcome = Outcome::Answered { status: response.status().as_u16(), retry_after };
    let mut body = Vec::new();
    let is_whole = loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() <= LARGEST_ANSWER => body.extend_from_slice(&chunk),
            Ok(None) => break true,
            Ok(Some(_)) | Err(_) => break false,
        }
    };
    let object = String::from_utf8(body).ok().filter(|text| {
        is_whole && serde_json::from_str::<serde_json::Value>(text).is_ok_and(|value| value.is_object())
    });
    Heard { outcome, object }
}
