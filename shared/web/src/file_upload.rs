//! A file in a `multipart/form-data` body, in the field `file`, wherever among the others it stands.

use axum::extract::{FromRequest, Request};
use bytes::{Bytes, BytesMut};
use domain::Error;
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use multer::{Constraints, Field, Multipart, SizeLimit};
use platform::identity::Identity;
use platform::store::guards::{Guard, KeyScope};

use crate::command::idempotency_key;
use crate::{Api, Refusal};

/// The largest file that comes this way: Lambda takes requests of 6 MB, and the gateway passes a body on in base64.
pub const LARGEST_FILE: u64 = 4 * 1024 * 1024 + 256 * 1024;
/// Boundaries and headers around it.
const OVERHEAD: u64 = 64 * 1024;
/// Fields of a body; nobody needs more.
const MOST_FIELDS: usize = 50;
/// RFC 2046, section 5.1.1.
const LONGEST_BOUNDARY: usize = 70;

/// A file that a client sends.
#[derive(Debug)]
pub struct FileUpload {
    /// The name that the client gives it.
    pub filename: Option<String>,
    /// Its bytes.
    pub bytes: Bytes,
    route: String,
    key: Option<String>,
}

impl FileUpload {
    /// The guard of this request: the caller's `Idempotency-Key`, or the request's own id. The same key with another file is
    /// another request.
    #[must_use]
    pub fn guard(&self, api: &Api, identity: &Identity) -> Guard {
        let scope = self.key.as_deref().map(|key| KeyScope { subject: identity.subject(), route: &self.route, key });
        Guard::of_request(&api.app, scope, &self.bytes)
    }
}

impl FromRequest<Api> for FileUpload {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &Api) -> Result<Self, Refusal> {
        let (parts, body) = request.into_parts();
        let boundary = boundary(&parts.headers)?;
        let announced = parts.headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        if announced.is_some_and(|length| length > LARGEST_FILE + OVERHEAD) {
            return Err(Refusal::TooLargeToUpload);
        }
        let key = idempotency_key(&parts.headers)?;
        let limit = SizeLimit::new().whole_stream(LARGEST_FILE + OVERHEAD);
        let multipart =
            Multipart::with_constraints(body.into_data_stream(), boundary, Constraints::new().size_limit(limit));
        let (filename, bytes) = only_file(multipart).await?;
        Ok(Self { filename, bytes, route: format!("{} {}", parts.method, parts.uri.path()), key })
    }
}

fn boundary(headers: &HeaderMap) -> Result<String, Refusal> {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match multer::parse_boundary(content_type) {
        Ok(boundary) if (1..=LONGEST_BOUNDARY).contains(&boundary.len()) => Ok(boundary),
        Ok(_) | Err(multer::Error::NoBoundary) => Err(not_multipart().into()),
        Err(_) => Err(Refusal::NotMultipart),
    }
}

fn not_multipart() -> Error {
    Error::malformed("The request body is not valid multipart/form-data.")
}

/// The file; what else is in the body is read and dropped.
async fn only_file(mut multipart: Multipart<'_>) -> Result<(Option<String>, Bytes), Refusal> {
    let mut file = None;
    for _ in 0..MOST_FIELDS {
        let Some(mut field) = multipart.next_field().await.map_err(|error| broken(&error))? else {
            return file.ok_or_else(|| Error::Documented("No file provided").into());
        };
        if field.name() != Some("file") {
            while field.chunk().await.map_err(|error| broken(&error))?.is_some() {}
        } else if file.is_some() {
            return Err(Error::invalid("file", "Send one file at a time.").into());
        } else if field.content_type().is_some_and(|kind| kind.type_() == "multipart") {
            return Err(not_multipart().into());
        } else {
            file = Some((field.file_name().map(ToOwned::to_owned), whole(field).await?));
        }
    }
    Err(Error::malformed(format!("The request body must have at most {MOST_FIELDS} fields.")).into())
}

async fn whole(mut field: Field<'_>) -> Result<Bytes, Refusal> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        bytes.extend_from_slice(&chunk);
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LARGEST_FILE {
            return Err(Refusal::TooLargeToUpload);
        }
    }
    Ok(bytes.freeze())
}

fn broken(error: &multer::Error) -> Refusal {
    match error {
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => Refusal::TooLargeToUpload,
        _ => not_multipart().into(),
    }
}
