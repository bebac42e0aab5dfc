//! The bucket: private objects that are read through short presigned addresses, and never by a name that a user chose.

use std::ops::Range;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_config::timeout::TimeoutConfig;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sdk_s3::Client;
use aws_sdk_s3::config::Builder;
use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use bytes::Bytes;
use domain::error::{Error, Result};
use domain::media::content::{Examination, FileType, Step};
use futures_util::stream;

use crate::clock::Clock;
use crate::store::is_passing;

pub use form::{Form, FormWish};
pub use parts::Writing;

mod form;
mod parts;

/// How long a presigned address leads to its object.
const READ_FOR: Duration = Duration::from_mins(5);

/// The bucket.
#[derive(Debug, Clone)]
pub struct Files {
    client: Client,
    credentials: Option<SharedCredentialsProvider>,
    bucket: String,
    region: String,
    /// Where the bucket is on this machine; absent on AWS.
    endpoint: Option<String>,
}

/// Megabytes take longer than rows.
fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(1))
        .operation_attempt_timeout(Duration::from_secs(12))
        .operation_timeout(Duration::from_secs(25))
        .build()
}

/// An object as it lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Its size in bytes.
    pub size: u64,
    /// What S3 calls exactly these bytes.
    pub tag: String,
}

impl Files {
    /// The bucket that the settings name.
    #[must_use]
    pub fn new(sdk: &SdkConfig, bucket: String) -> Self {
        let endpoint = sdk.endpoint_url().map(|url| url.trim_end_matches('/').to_owned());
        // Only AWS has a host name for each bucket.
        let config = Builder::from(sdk).force_path_style(endpoint.is_some()).timeout_config(timeouts()).build();
        Self {
            client: Client::from_conf(config),
            credentials: sdk.credentials_provider(),
            region: sdk.region().map_or_else(|| "us-east-1".to_owned(), ToString::to_string),
            bucket,
            endpoint,
        }
    }

    /// The lasting address of an object. It names the object and opens nothing.
    #[must_use]
    pub fn url(&self, key: &str) -> String {
        format!("{}{key}", self.origin())
    }

    /// The key behind a lasting address of this bucket.
    #[must_use]
    pub fn key_of<'a>(&self, url: &'a str) -> Option<&'a str> {
        url.strip_prefix(&self.origin())
    }

    fn origin(&self) -> String {
        format!("https://{}.s3.{}.amazonaws.com/", self.bucket, self.region)
    }

    /// Puts an object.
    ///
    /// # Errors
    /// [`Error::Busy`] or [`Error::Internal`] when the bucket does not take it.
    pub async fn put(&self, key: &str, file_type: FileType, bytes: Bytes) -> Result<()> {
        let put = self.client.put_object().bucket(&self.bucket).key(key).content_type(file_type.mime_type);
        put.body(ByteStream::from(bytes)).send().await.map(|_| ()).map_err(|error| failed("PutObject", &error))
    }

    /// What lies under a key; nothing when nothing does.
    ///
    /// # Errors
    /// [`Error::Busy`] or [`Error::Internal`] when the bucket does not answer.
    pub async fn find(&self, key: &str) -> Result<Option<Object>> {
        match self.client.head_object().bucket(&self.bucket).key(key).send().await {
            Ok(found) => Ok(Some(Object {
                size: found.content_length().and_then(|size| u64::try_from(size).ok()).unwrap_or_default(),
                tag: found.e_tag().unwrap_or_default().to_owned(),
            })),
            Err(error) if is_missing(&error) => Ok(None),
            Err(error) => Err(failed("HeadObject", &error)),
        }
    }

    /// A part of an object, if it still is the one that was found.
    ///
    /// # Errors
    /// [`Error::Busy`] or [`Error::Internal`] when the bucket does not answer, or the object is another one by now.
    pub async fn range(&self, key: &str, object: &Object, range: Range<u64>) -> Result<Bytes> {
        let wanted = format!("bytes={}-{}", range.start, range.end.saturating_sub(1));
        let get = self.client.get_object().bucket(&self.bucket).key(key).if_match(&object.tag).range(wanted);
        let found = get.send().await.map_err(|error| failed("GetObject", &error))?;
        Ok(found.body.collect().await.map_err(|_| Error::Busy)?.into_bytes())
    }

    /// What an object is, by its bytes.
    ///
    /// # Errors
    /// [`Error::Busy`] or [`Error::Internal`] when the bucket does not answer.
    pub async fn examine(&self, key: &str, object: &Object) -> Result<Option<FileType>> {
        let (mut examination, mut step) = Examination::begin(object.size);
        loop {
            match step {
                Step::Known(known) => return Ok(known),
                Step::Read(range) => step = examination.go_on(&self.range(key, object, range).await?),
            }
        }
    }

    /// An object as the body of a request to another service, with its size; nothing when there is none. It is never held whole.
    ///
    /// # Errors
    /// [`Error::Busy`] or [`Error::Internal`] when the bucket does not answer.
    pub async fn body(&self, key: &str) -> Result<Option<(u64, reqwest::Body)>> {
        let found = match self.client.get_object().bucket(&self.bucket).key(key).send().await {
            Ok(found) => found,
            Err(error) if is_missing(&error) => return Ok(None),
            Err(error) => return Err(failed("GetObject", &error)),
        };
        let size = found.content_length().and_then(|size| u64::try_from(size).ok()).unwrap_or_default();
        let chunks = stream::unfold(found.body, |mut body| async move { Some((body.next().await?, body)) });
        Ok(Some((size, reqwest::Body::wrap_stream(chunks))))
    }

    /// Copies an object, if it still is the one that was found.
    ///
    /// # Errors
    /// [`Error::Busy`] or [`Error::Internal`] when the bucket does not answer, or the object is another one by now.
    pub async fn copy(&self, from: &str, object: &Object, to: &str) -> Result<()> {
        let copy =
            self.client.copy_object().bucket(&self.bucket).copy_source(format!("{}/{from}", self.bucket)).key(to);
        let copied = copy.copy_source_if_match(&object.tag).send().await;
        copied.map(|_| ()).map_err(|error| failed("CopyObject", &error))
    }

    /// Deletes an object, if it is there.
    ///
    /// # Errors
    /// [`Error::Busy`] or [`Error::Internal`] when the bucket does not answer.
    pub async fn delete(&self, key: &str) -> Result<()> {
        let deleted = self.client.delete_object().bucket(&self.bucket).key(key).send().await;
        deleted.map(|_| ()).map_err(|error| failed("DeleteObject", &error))
    }

    /// An address under which a browser saves an object for five minutes, as a file of this name and never as a page.
    ///
    /// # Errors
    /// [`Error::Internal`] when there are no credentials.
    pub async fn read_address(&self, key: &str, file_type: FileType, filename: &str) -> Result<(String, Duration)> {
        let lasts = PresigningConfig::expires_in(READ_FOR).map_err(|_| Error::Internal)?;
        let get = self.client.get_object().bucket(&self.bucket).key(key);
        let get = get.response_content_type(file_type.mime_type).response_content_disposition(attachment(filename));
        let signed = get.presigned(lasts).await.map_err(|error| failed("GetObject", &error))?;
        Ok((signed.uri().to_owned(), READ_FOR))
    }

    /// A form with which a browser puts one object of one size and type.
    ///
    /// # Errors
    /// [`Error::Internal`] when there are no credentials.
    pub async fn form(&self, wish: FormWish<'_>) -> Result<Form> {
        let provider = self.credentials.as_ref().ok_or(Error::Internal)?;
        let credentials = provider.provide_credentials().await.map_err(|_| Error::Internal)?;
        let url = match &self.endpoint {
            Some(endpoint) => format!("{endpoint}/{}", self.bucket),
            None => self.origin(),
        };
        // S3 compares with its own clock, whatever time it is for the product.
        let place = form::Place { bucket: &self.bucket, region: &self.region, url, now: Clock::System.now() };
        form::signed(&wish, place, &credentials).ok_or(Error::Internal)
    }
}

/// The header that makes a browser save instead of show (RFC 6266).
fn attachment(filename: &str) -> String {
    let plain: String =
        filename.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_ ".contains(c) { c } else { '_' }).collect();
    format!("attachment; filename=\"{plain}\"")
}

fn is_missing<E: aws_sdk_s3::error::ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> bool {
    matches!(error.as_service_error().and_then(|service| service.code()), Some("NotFound" | "NoSuchKey"))
}

/// What another request may have caused: the object is another one by now, or gone.
const CHANGED: [&str; 3] = ["PreconditionFailed", "NoSuchKey", "NotFound"];
/// S3's own trouble, by its own names.
const PASSING: [&str; 4] = ["SlowDown", "InternalError", "RequestTimeout", "ServiceUnavailable"];

fn failed<E: aws_sdk_s3::error::ProvideErrorMetadata, R>(operation: &'static str, error: &SdkError<E, R>) -> Error {
    let code = error.as_service_error().and_then(|service| service.code()).unwrap_or("none");
    tracing::error!(operation, code, "S3 did not do it");
    if is_passing(error) || CHANGED.contains(&code) || PASSING.contains(&code) { Error::Busy } else { Error::Internal }
}
