//! Google Drive v3 (external contracts, section 3): a file's copy under an id that Google gave beforehand, so that a copy that is
//! begun twice is made once.

use std::sync::Arc;
use std::time::Duration;

use domain::media::content::FileType;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use reqwest::{Body, Method, RequestBuilder, Response, StatusCode};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::Mutex;

use crate::app::StartError;
use crate::config::{DriveSettings, Settings};
use crate::outward::Outward;

mod token;

const ASK_TIMEOUT: Duration = Duration::from_secs(10);

/// A client of one service account.
#[derive(Debug, Clone)]
pub struct Drive {
    outward: Outward,
    settings: Arc<DriveSettings>,
    token: Arc<Mutex<Option<token::Token>>>,
}

/// Why a copy was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DriveFault {
    /// It may work later.
    Later,
    /// A person must act: the account has no room or no right.
    Account,
}

/// What is copied.
#[derive(Debug)]
pub struct Copy<'a> {
    /// The id that Google gave for it.
    pub file_id: &'a str,
    /// Its name there.
    pub name: &'a str,
    /// Its type.
    pub file_type: FileType,
    /// Its size in bytes.
    pub size: u64,
    /// Its bytes.
    pub body: Body,
    /// The longest that they may take.
    pub limit: Duration,
}

#[derive(Debug, Deserialize)]
struct Ids {
    ids: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Refused {
    error: RefusedError,
}

#[derive(Debug, Deserialize)]
struct RefusedError {
    #[serde(default)]
    errors: Vec<Reason>,
}

#[derive(Debug, Deserialize)]
struct Reason {
    reason: String,
}

impl Drive {
    /// A client as configured; nothing when no copies are wanted.
    ///
    /// # Errors
    /// [`StartError`] when a setting is wrong, or no HTTP client can be made.
    pub fn from_settings(settings: &Settings) -> Result<Option<Self>, StartError> {
        let Some(drive) = DriveSettings::from_settings(settings)? else { return Ok(None) };
        Ok(Some(Self::on(Outward::network()?, drive)))
    }

    /// A client on a way to Google.
    #[must_use]
    pub fn on(outward: Outward, settings: DriveSettings) -> Self {
        Self { outward, settings: Arc::new(settings), token: Arc::default() }
    }

    /// An id for a file that will be made.
    ///
    /// # Errors
    /// [`DriveFault`] when Google gives none.
    pub async fn file_id(&self) -> Result<String, DriveFault> {
        let url = format!("{}/drive/v3/files/generateIds?count=1&space=drive&type=files", self.settings.base);
        let answer = self.send(self.outward.request(Method::GET, &url), ASK_TIMEOUT).await?;
        let ids: Ids = read(answer).await?;
        ids.ids.into_iter().next().filter(|id| is_id(id)).ok_or(DriveFault::Later)
    }

    /// Makes a copy. One that is there already counts as made.
    ///
    /// # Errors
    /// [`DriveFault`] when it was not made, or nobody knows.
    pub async fn copy(&self, copy: Copy<'_>) -> Result<(), DriveFault> {
        let begin = format!(
            "{}/upload/drive/v3/files?uploadType=resumable&supportsAllDrives=true&fields=id",
            self.settings.base
        );
        let about = json!({
            "id": copy.file_id, "name": copy.name, "mimeType": copy.file_type.mime_type, "parents": [self.settings.folder],
        });
        let request = self.outward.request(Method::POST, &begin).json(&about);
        let request = request
            .header("X-Upload-Content-Type", copy.file_type.mime_type)
            .header("X-Upload-Content-Length", copy.size);
        let begun = self.send(request, ASK_TIMEOUT).await?;
        if begun.status() == StatusCode::CONFLICT {
            return Ok(());
        }
        let place = begun.headers().get(LOCATION).and_then(|place| place.to_str().ok()).unwrap_or_default().to_owned();
        checked(begun).await?;
        if !place.starts_with(&format!("{}/", self.settings.base)) {
            tracing::error!("Google named an address that is not its own; nothing is sent there");
            return Err(DriveFault::Later);
        }
        let put = self.outward.request(Method::PUT, &place).header(CONTENT_LENGTH, copy.size);
        let put = put.header(CONTENT_TYPE, copy.file_type.mime_type).body(copy.body);
        let answer = self.outward.send(put, copy.limit).await.map_err(|_| DriveFault::Later)?;
        if answer.status() == StatusCode::CONFLICT {
            return Ok(());
        }
        checked(answer).await.map(|_| ())
    }

    async fn send(&self, request: RequestBuilder, limit: Duration) -> Result<Response, DriveFault> {
        let token = self.token().await?;
        let answer = self.outward.send(request.bearer_auth(token), limit).await.map_err(|_| DriveFault::Later)?;
        if answer.status() == StatusCode::UNAUTHORIZED {
            *self.token.lock().await = None;
        }
        Ok(answer)
    }

    /// The token at hand, or a new one.
    async fn token(&self) -> Result<String, DriveFault> {
        let mut held = self.token.lock().await;
        if let Some(token) = held.as_ref().and_then(|token| token.while_it_lasts()) {
            return Ok(token.to_owned());
        }
        let token = token::ask(&self.outward, &self.settings).await?;
        let text = token.text().to_owned();
        *held = Some(token);
        Ok(text)
    }
}

async fn read<T: serde::de::DeserializeOwned>(answer: Response) -> Result<T, DriveFault> {
    let body = checked(answer).await?;
    serde_json::from_slice(&body).map_err(|_| DriveFault::Later)
}

/// The body of a success.
async fn checked(answer: Response) -> Result<Vec<u8>, DriveFault> {
    let status = answer.status();
    let body = answer.bytes().await.map_err(|_| DriveFault::Later)?;
    if status.is_success() {
        return Ok(body.to_vec());
    }
    let reasons = serde_json::from_slice::<Refused>(&body).map(|refused| refused.error.errors).unwrap_or_default();
    let reason = reasons.into_iter().next().map(|reason| reason.reason).unwrap_or_default();
    tracing::warn!(status = status.as_u16(), reason, "Google Drive refused");
    let is_rate = matches!(reason.as_str(), "rateLimitExceeded" | "userRateLimitExceeded");
    match status {
        StatusCode::FORBIDDEN if !is_rate => Err(DriveFault::Account),
        StatusCode::NOT_FOUND => Err(DriveFault::Account),
        _ => Err(DriveFault::Later),
    }
}

fn is_id(text: &str) -> bool {
    (10..=128).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}
