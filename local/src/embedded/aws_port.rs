//! One port for people, the AWS CLI and `sam local`: DynamoDB and SQS by their target header, everything else is S3.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::Path;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use tower_http::cors::CorsLayer;

use super::Embedded;
use crate::sqs;
use crate::stack::StartError;

/// DynamoDB's own limit for a request.
const LARGEST_REQUEST: usize = 16 * 1024 * 1024;
/// Key and secret of every client here.
pub(crate) const CREDENTIALS: &str = "test";

pub(super) fn router(embedded: &Embedded, dynamodb: SocketAddr, media: &Path) -> Result<Router, StartError> {
    let files = FileSystem::new(media).map_err(|error| StartError::Data(format!("{error:?}").into()))?;
    let mut s3 = S3ServiceBuilder::new(files);
    s3.set_auth(SimpleAuth::from_single(CREDENTIALS, CREDENTIALS));
    let services = Services {
        client: reqwest::Client::new(),
        dynamodb,
        sqs: sqs::router(embedded.queues.clone()),
        s3: s3.build(),
    };
    let route = move |request: Request| services.clone().route(request);
    Ok(Router::new().fallback(route).layer(CorsLayer::permissive()))
}

#[derive(Clone)]
struct Services {
    client: reqwest::Client,
    dynamodb: SocketAddr,
    sqs: Router,
    s3: S3Service,
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
        match tower::ServiceExt::oneshot(self.s3, request).await {
            Ok(answer) => Ok(answer.map(Body::new)),
            Err(_) => Ok(StatusCode::INTERNAL_SERVER_ERROR.into_response()),
        }
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
