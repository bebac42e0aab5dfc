//! The HTTP door: what the SDKs, boto3 and the AWS CLI talk to.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use uuid::Builder;

use super::protocol::Answer;
use super::store::Queues;

const QUERY_ERROR: HeaderName = HeaderName::from_static("x-amzn-query-error");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// A body of 1 MiB may be six times as long in JSON; what is beyond is refused before it is read.
const MAX_REQUEST_BYTES: usize = 8 * 1_048_576;

/// Serves the JSON protocol at `/` and at the path of every queue URL. Signatures are not checked.
pub fn router(queues: Queues) -> Router {
    Router::new()
        .route("/", post(serve))
        .route("/000000000000/{name}", post(serve))
        .layer(DefaultBodyLimit::max(MAX_REQUEST_BYTES))
        .with_state(queues)
}

async fn serve(State(queues): State<Queues>, headers: HeaderMap, body: Bytes) -> Response {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut response = queues.handle(text("x-amz-target"), &body, text(HOST.as_str())).await.into_response();
    let request_id = Builder::from_random_bytes(queues.random().to_be_bytes()).into_uuid().to_string();
    if let Ok(value) = HeaderValue::try_from(request_id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, [(CONTENT_TYPE, "application/x-amz-json-1.0")], self.body).into_response();
        if let Some(Ok(value)) = self.error_type.map(HeaderValue::try_from) {
            response.headers_mut().insert(QUERY_ERROR, value);
        }
        response
    }
}
