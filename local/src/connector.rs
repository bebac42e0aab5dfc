//! The embedded services behind the SDK's own connector, without sockets: what a test puts between the real handlers on
//! the real SDK and the tables, to make it fail in every way that AWS can.

use std::sync::Arc;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;

use crate::embedded::Embedded;

mod dynamodb;
pub mod faults;
mod s3;

pub use dynamodb::Capacity;
pub use faults::{Call, Fault, Faults};

/// A connector to embedded services.
#[derive(Clone)]
pub struct Connector {
    embedded: Embedded,
    faults: Arc<Faults>,
}

impl std::fmt::Debug for Connector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Connector")
    }
}

/// What a service answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    pub(crate) query_error: Option<String>,
}

impl Connector {
    /// A connector with faults.
    #[must_use]
    pub fn new(embedded: Embedded, faults: Arc<Faults>) -> Self {
        Self { embedded, faults }
    }

    async fn answer(&self, call: &Call) -> Answer {
        let latency = self.faults.latency();
        if !latency.is_zero() {
            tokio::time::sleep(latency).await;
        }
        match call.service {
            "DynamoDB" => {
                let (answer, capacity) = dynamodb::answer(&self.embedded.database, call);
                self.faults.consumed(capacity);
                answer
            }
            _ => {
                let target = format!("AmazonSQS.{}", call.operation);
                let answer = self.embedded.queues.handle(&target, &call.body, "sqs.local").await;
                Answer { status: answer.status, body: answer.body, query_error: answer.error_type }
            }
        }
    }

    async fn with_faults(self, call: Call) -> Result<HttpResponse, ConnectorError> {
        match self.faults.next(&call) {
            None => Ok(response(self.answer(&call).await)),
            Some(Fault::FailBefore) => Err(broken("the connection failed before the call")),
            Some(Fault::LoseAnswer) => {
                self.answer(&call).await;
                Err(broken("the connection failed after the call"))
            }
            Some(Fault::ExecuteLate(after)) => {
                let late = self.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(after).await;
                    late.answer(&call).await;
                });
                Err(broken("the call is still on its way"))
            }
            Some(Fault::Throttle) => Ok(response(faults::throttled())),
            Some(Fault::Conflict) => Ok(response(faults::conflict(&call))),
            Some(Fault::Torn) => Ok(response(faults::torn(&call, self.answer(&call).await))),
            Some(Fault::Stale) => Ok(response(faults::stale(&call))),
        }
    }
}

/// Closed connections count as timeouts: the SDK may send again, and nobody knows whether the call happened.
fn broken(why: &'static str) -> ConnectorError {
    ConnectorError::timeout(why.into())
}

fn response(answer: Answer) -> HttpResponse {
    let status = answer.status.try_into().unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR.into());
    let mut response = HttpResponse::new(status, SdkBody::from(answer.body));
    response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
    if let Some(error) = answer.query_error {
        response.headers_mut().insert("x-amzn-query-error", error);
    }
    response
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Some(target) = request.headers().get("x-amz-target") else {
            return HttpConnectorFuture::new(s3::call(self.clone(), request));
        };
        let (service, operation) = target.split_once('.').unwrap_or_default();
        let call = Call {
            service: if service.starts_with("DynamoDB") { "DynamoDB" } else { "SQS" },
            operation: operation.to_owned(),
            body: request.body().bytes().unwrap_or_default().to_vec(),
        };
        HttpConnectorFuture::new(self.clone().with_faults(call))
    }
}

impl HttpClient for Connector {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}
