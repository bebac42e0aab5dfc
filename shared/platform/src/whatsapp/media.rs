//! Files of the Graph API (external contracts, section 1.3): ours are uploaded and sent by id, patients' are fetched in two steps.

use std::time::Duration;

use bytes::Bytes;
use domain::delivery::Refusal;
use domain::media::content::FileType;
use domain::provider_error::{ErrorClass, classify};
use reqwest::multipart::{Form, Part};
use reqwest::{Body, Method, Response, StatusCode};
use serde::Deserialize;

use super::graph::Graph;
use super::wire::Refused;
use crate::outward::Unanswered;

/// The longest that a file may take on its way to WhatsApp: the worker has a minute and a half, and must still send.
const UPLOAD_TIMEOUT: Duration = Duration::from_secs(35);
const DESCRIBE_TIMEOUT: Duration = Duration::from_secs(10);
/// The longest that a patient's file may take on its way to us and into the bucket: the function has five minutes.
const DOWNLOAD_TIMEOUT: Duration = Duration::from_mins(3);

/// What WhatsApp says of a patient's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// Where it is, for five minutes.
    pub url: String,
    /// Its SHA-256, as hexadecimal digits or base64.
    pub sha256: Option<String>,
    /// Its size in bytes.
    pub size: Option<u64>,
}

/// What became of a question about a patient's file.
#[derive(Debug)]
pub enum Asked<T> {
    /// It is there.
    Found(T),
    /// WhatsApp does not have it any more.
    Gone,
    /// Nobody knows; ask later.
    Later,
}

#[derive(Debug, Deserialize)]
struct Uploaded {
    id: String,
}

#[derive(Debug, Deserialize)]
struct Description {
    url: String,
    sha256: Option<String>,
    /// A text in Meta's own document.
    file_size: Option<Number>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Number {
    Number(u64),
    Text(String),
}

/// The codes of an id that WhatsApp does not know (any more).
const GONE: [u32; 2] = [100, 131_052];

impl Graph {
    /// Uploads a file; answers WhatsApp's id of it.
    ///
    /// # Errors
    /// [`Refusal`]: nothing was sent to the patient, so it can be tried again whenever its class says so.
    pub async fn upload(&self, file_type: FileType, (size, body): (u64, Body)) -> Result<String, Refusal> {
        let part = Part::stream_with_length(body, size).file_name(format!("file.{}", file_type.extension));
        let part = part.mime_str(file_type.mime_type).map_err(|_| refusal(Some(100)))?;
        let form =
            Form::new().text("messaging_product", "whatsapp").text("type", file_type.mime_type).part("file", part);
        let url = format!("{}/{}/media", self.api().base, self.phone_number_id());
        let request = self.outward().request(Method::POST, &url).bearer_auth(&self.api().token).multipart(form);
        let answer = match self.outward().send(request, UPLOAD_TIMEOUT).await {
            Ok(answer) => answer,
            Err(Unanswered::NotConnected | Unanswered::Forbidden | Unanswered::Lost) => {
                return Err(refusal(Some(131_016)));
            }
        };
        let status = answer.status();
        let body = answer.bytes().await.unwrap_or_default();
        match serde_json::from_slice::<Uploaded>(&body) {
            Ok(uploaded) if status.is_success() => Ok(uploaded.id),
            _ => {
                let code = code_of(&body);
                tracing::warn!(status = status.as_u16(), code, "WhatsApp refused a file");
                // Without a code it is WhatsApp's own trouble.
                Err(code.map_or_else(|| refusal(Some(131_016)), |code| refusal(Some(code))))
            }
        }
    }

    /// Where a patient's file is.
    pub async fn describe(&self, media_id: &str) -> Asked<Described> {
        if !is_id(media_id) {
            return Asked::Gone;
        }
        let url = format!("{}/{media_id}?phone_number_id={}", self.api().base, self.phone_number_id());
        let request = self.outward().request(Method::GET, &url).bearer_auth(&self.api().token);
        let Ok(answer) = self.outward().send(request, DESCRIBE_TIMEOUT).await else { return Asked::Later };
        let status = answer.status();
        let Ok(body) = answer.bytes().await else { return Asked::Later };
        if let Ok(found) = serde_json::from_slice::<Description>(&body)
            && status.is_success()
        {
            let size = found.file_size.and_then(|size| match size {
                Number::Number(size) => Some(size),
                Number::Text(text) => text.parse().ok(),
            });
            return Asked::Found(Described { url: found.url, sha256: found.sha256, size });
        }
        let code = code_of(&body);
        tracing::warn!(status = status.as_u16(), code, "WhatsApp did not describe a file");
        if status == StatusCode::NOT_FOUND || code.is_some_and(|code| GONE.contains(&code)) {
            Asked::Gone
        } else {
            Asked::Later
        }
    }

    /// A patient's file, as a stream. Its address must be one of Meta's; nothing else is ever fetched.
    pub async fn download(&self, described: &Described) -> Asked<Download> {
        if !self.is_of_whatsapp(&described.url) {
            // Perhaps it is one that we do not know yet: a person must look, and nothing is lost meanwhile.
            tracing::error!("WhatsApp named an address that is not known to be its own; nothing is fetched");
            return Asked::Later;
        }
        let request = self.outward().request(Method::GET, &described.url).bearer_auth(&self.api().token);
        match self.outward().send(request, DOWNLOAD_TIMEOUT).await {
            Ok(answer) if answer.status().is_success() => Asked::Found(Download(answer)),
            // The address lasts five minutes; the next try asks for a new one.
            Ok(_) | Err(_) => Asked::Later,
        }
    }

    fn is_of_whatsapp(&self, url: &str) -> bool {
        let Ok(parsed) = reqwest::Url::parse(url) else { return false };
        let host = parsed.host_str().unwrap_or_default();
        let is_metas = parsed.scheme() == "https"
            && parsed.port().is_none()
            && [".facebook.com", ".fbsbx.com", ".fbcdn.net", ".whatsapp.net"].iter().any(|end| host.ends_with(end));
        // On one machine Meta is a stand-in, and so are its addresses.
        is_metas || (!self.api().is_metas() && self.api().is_at(&parsed))
    }
}

/// A file that is coming.
#[derive(Debug)]
pub struct Download(Response);

impl Download {
    /// The next bytes; nothing at the end.
    ///
    /// # Errors
    /// [`Unanswered::Lost`] when it breaks off.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Unanswered> {
        self.0.chunk().await.map_err(|_| Unanswered::Lost)
    }
}

fn refusal(code: Option<u32>) -> Refusal {
    let class = match classify(code) {
        // Nothing reached the patient, whatever happened.
        ErrorClass::Ambiguous => ErrorClass::PASSING,
        class => class,
    };
    Refusal { class, code }
}

fn code_of(body: &[u8]) -> Option<u32> {
    serde_json::from_slice::<Refused>(body).ok().map(|refused| refused.error.code)
}

/// Ids of WhatsApp are digits; they stand in a path.
fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}
