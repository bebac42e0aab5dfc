//! One port for people, the AWS CLI and `sam local`: DynamoDB and SQS by their target header, everything else is S3.

use std::convert::Infallible;
use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use tower_http::cors::CorsLayer;

use super::{Embedded, Files};
use crate::sqs;

/// DynamoDB's own limit for a request.
const LARGEST_REQUEST: usize = 16 * 1024 * 1024;
pub(super) fn router(embedded: &Embedded, dynamodb: SocketAddr) -> Router {
    let services = Services {
        client: reqwest::Client::new(),
        dynamodb,
        sqs: sqs::router(embedded.queues.clone()),
        s3: embedded.files.clone(),
    };
    let route = move |request: Request| services.clone().route(request);
    Router::new().fallback(route).layer(CorsLayer::permissive())
}

#[derive(Clone)]
struct Services {
    client: reqwest::Client,
    dynamodb: SocketAddr,
    sqs: Router,
    s3: Files,
}

impl Services {
    async fn route(self, request: Request) -> Result<Response, Infallible> {
        let target = request.headers().get("x-amz-target").and_then(|value| value.to_str().ok()).unwrap_or_default();
        if target.starts_with("AmazonSQS.") {
            return tower::ServiceExt::oneshot(self.sqs, request).await;
        }
        if target.starts_with("DynamoDB") {
            return Ok(self.to_dynamodb(request).await.unwrap_or_else(|| StatusCode::BAD_GATEWAY.into_response()));
        }
        Ok(self.s3.answer(request).await)
    }

    /// Passes a request on with its headers as they are: the signature covers the host that the client called.
    async fn to_dynamodb(&self, request: Request) -> Option<Response> {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, LARGEST_REQUEST).await.ok()?;
        let url = format!("http://{}{}", self.dynamodb, parts.uri);
        let sent = self.client.request(parts.method, url).headers(parts.headers).body(body).send();
        let answer = sent.await.ok()?;
        let mut response = Response::new(Body::empty());
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        *response.body_mut() = Body::from(answer.bytes().await.ok()?);
        Some(response)
    }
}
