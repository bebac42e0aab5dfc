//! S3's requests on the embedded files, without a socket.

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use axum::body::{Body, Bytes, to_bytes};
use http::header::{CONTENT_LENGTH, HOST, HeaderValue};
use http::request::Parts;
use http::{Method, Request};

use super::faults::{Call, Fault};
use super::{Connector, broken};

/// A request that can be answered later, or again.
#[derive(Clone)]
struct Held {
    parts: Parts,
    body: Bytes,
}

/// Answers a request, or lets it fail. What only a table does wrong, S3 does not answer at all.
pub(super) async fn call(connector: Connector, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
    let held = Held::of(request).await?;
    let call = Call { service: "S3", operation: held.operation().to_owned(), body: held.names().into_bytes() };
    let latency = connector.faults.latency();
    match connector.faults.next(&call) {
        None => {
            if !latency.is_zero() {
                tokio::time::sleep(latency).await;
            }
            held.answer(&connector).await
        }
        Some(Fault::LoseAnswer) => {
            held.answer(&connector).await?;
            Err(broken("the connection failed after the call"))
        }
        Some(Fault::ExecuteLate(after)) => {
            tokio::spawn(async move {
                tokio::time::sleep(after).await;
                held.answer(&connector).await
            });
            Err(broken("the call is still on its way"))
        }
        Some(_) => Err(broken("the connection failed before the call")),
    }
}

impl Held {
    async fn of(request: HttpRequest) -> Result<Self, ConnectorError> {
        let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
        let (mut parts, body) = request.into_parts();
        let body = to_bytes(Body::new(body), usize::MAX).await.map_err(|error| ConnectorError::user(error.into()))?;
        parts.headers.insert(CONTENT_LENGTH, body.len().into());
        // A socket's client would write it; the signature covers it.
        let host = parts.uri.host().and_then(|host| HeaderValue::from_str(host).ok());
        parts.headers.extend(host.map(|host| (HOST, host)));
        Ok(Self { parts, body })
    }

    /// The name of the operation.
    fn operation(&self) -> &'static str {
        let query = self.parts.uri.query().unwrap_or_default();
        let has = |name: &str| query.split('&').any(|pair| pair.split('=').next() == Some(name));
        match self.parts.method {
            Method::PUT if has("partNumber") => "UploadPart",
            Method::PUT if self.parts.headers.contains_key("x-amz-copy-source") => "CopyObject",
            Method::PUT => "PutObject",
            Method::POST if has("uploads") => "CreateMultipartUpload",
            Method::POST => "CompleteMultipartUpload",
            Method::DELETE if has("uploadId") => "AbortMultipartUpload",
            Method::DELETE => "DeleteObject",
            Method::HEAD => "HeadObject",
            _ => "GetObject",
        }
    }

    /// The object, and on a line of its own the one that is copied to it.
    fn names(&self) -> String {
        let source = self.parts.headers.get("x-amz-copy-source").and_then(|source| source.to_str().ok());
        [Some(self.parts.uri.path()), source].into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    async fn answer(&self, connector: &Connector) -> Result<HttpResponse, ConnectorError> {
        let request = Request::from_parts(self.parts.clone(), Body::from(self.body.clone()));
        let (parts, body) = connector.embedded.files.answer(request).await.into_parts();
        let body = to_bytes(body, usize::MAX).await.map_err(|error| ConnectorError::io(error.into()))?;
        let answer = http::Response::from_parts(parts, SdkBody::from(body));
        HttpResponse::try_from(answer).map_err(|error| ConnectorError::user(error.into()))
    }
}
