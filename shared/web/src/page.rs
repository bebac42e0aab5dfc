//! Pages of a list: a bare array within a number and a budget of bytes, and the way to the rest. Never cut silently
//! (contract A-40).

use std::convert::Infallible;

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::response::Response;
use domain::Error;
use http::HeaderValue;
use http::header::{CONTENT_TYPE, LINK};
use http::request::Parts;
use serde::Serialize;

use crate::Api;
use crate::parameters::Parameters;

/// The path of the request, for the link to the next page.
#[derive(Debug)]
pub struct Rest(String);

impl FromRequestParts<Api> for Rest {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Result<Self, Infallible> {
        Ok(Self(parts.uri.path().to_owned()))
    }
}

impl Rest {
    /// The `Link` to the same list with one parameter changed.
    #[must_use]
    pub fn link(&self, parameters: &Parameters, (name, value): (&str, &str), relation: &str) -> String {
        format!("<{}?{}>; rel=\"{relation}\"", self.0, parameters.with(name, value))
    }
}

/// A JSON array under construction.
#[derive(Debug)]
pub struct Items {
    json: String,
    tail: &'static str,
    count: usize,
    most: usize,
    budget: usize,
    last: Option<String>,
}

impl Items {
    /// An empty array for at most so many items and bytes.
    #[must_use]
    pub fn new(most: usize, budget: usize) -> Self {
        Self { json: "[".to_owned(), tail: "]", count: 0, most, budget, last: None }
    }

    /// An empty array as the last member of an object that begins with `head`, for at most so many bytes in all.
    #[must_use]
    pub fn within(head: String, budget: usize) -> Self {
        Self { json: head + "[", tail: "]}", count: 0, most: usize::MAX, budget, last: None }
    }

    /// Adds an item and the cursor behind it. `false` when it does not fit and was left out; the first always fits.
    ///
    /// # Errors
    /// [`Error::Internal`] when the item cannot be written.
    pub fn push(&mut self, item: &impl Serialize, cursor: String) -> Result<bool, Error> {
        let json = serde_json::to_string(item).map_err(|_| Error::Internal)?;
        if self.count >= self.most || (self.count > 0 && self.json.len() + json.len() > self.budget) {
            return Ok(false);
        }
        if self.count > 0 {
            self.json.push(',');
        }
        self.json.push_str(&json);
        self.count += 1;
        self.last = Some(cursor);
        Ok(true)
    }

    /// The answer when nothing was left out.
    #[must_use]
    pub fn complete(mut self) -> Response {
        self.json.push_str(self.tail);
        let mut response = Response::new(Body::from(self.json));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }

    /// The answer when there is more.
    #[must_use]
    pub fn cut(mut self, rest: &Rest, parameters: &Parameters) -> Response {
        let cursor = self.last.take().unwrap_or_default();
        let link = rest.link(parameters, ("cursor", &cursor), "next");
        let mut response = self.complete();
        if let (Ok(cursor), Ok(link)) = (HeaderValue::from_str(&cursor), HeaderValue::from_str(&link)) {
            response.headers_mut().insert("x-next-cursor", cursor);
            response.headers_mut().insert(LINK, link);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    async fn text(response: Response) -> String {
        String::from_utf8(to_bytes(response.into_body(), 1_000).await.unwrap().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn a_page_ends_where_its_bytes_end_and_has_one_item_at_least() {
        let mut items = Items::within("{\"doctor\":9,\"threads\":".to_owned(), 40);
        assert!(items.push(&"x".repeat(50), "1".to_owned()).unwrap(), "the first always fits");
        assert!(!items.push(&"y", "2".to_owned()).unwrap());
        assert_eq!(items.last.as_deref(), Some("1"), "the next page goes on behind what is shown");
        assert_eq!(text(items.complete()).await, format!("{{\"doctor\":9,\"threads\":[\"{}\"]}}", "x".repeat(50)));
        let mut items = Items::new(2, 1_000);
        let taken: Vec<bool> = (0..3).map(|n| items.push(&n, n.to_string()).unwrap()).collect();
        assert_eq!(taken, [true, true, false]);
        assert_eq!(text(items.complete()).await, "[0,1]");
    }
}
