//! The ordinary SDK clients on the embedded services, with the product's own timeouts and retries and never the user's
//! own profile.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use platform::app::{Clients, retries, timeouts};

use crate::connector::Connector;
use crate::embedded::{CREDENTIALS, Endpoints};

fn sdk() -> SdkConfig {
    let credentials = Credentials::new(CREDENTIALS, CREDENTIALS, None, None, "careline");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .timeout_config(timeouts())
        .retry_config(retries())
        .build()
}

/// Clients that call over HTTP on loopback.
pub(crate) fn over_sockets(endpoints: Endpoints) -> Clients {
    let at = |address| sdk().into_builder().endpoint_url(format!("http://{address}")).build();
    Clients {
        dynamodb: aws_sdk_dynamodb::Client::new(&at(endpoints.dynamodb)),
        sqs: aws_sdk_sqs::Client::new(&at(endpoints.sqs)),
        s3: at(endpoints.s3),
    }
}

/// Clients that call in process, through a connector that can make things go wrong.
#[must_use]
pub fn in_process(connector: &Connector) -> Clients {
    let sdk = sdk().into_builder().http_client(connector.clone()).build();
    // An address keeps the bucket in the path, where the connector's S3 looks for it.
    Clients { s3: sdk.clone().into_builder().endpoint_url("http://s3.local").build(), ..Clients::new(&sdk) }
}
