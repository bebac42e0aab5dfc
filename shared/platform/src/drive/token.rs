//! The token of a service account (RFC 7523): a signed claim for an hour of access.

use std::time::Duration;

use domain::time::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::DriveFault;
use crate::clock::Clock;
use crate::config::DriveSettings;
use crate::outward::Outward;

const SCOPE: &str = "https://www.googleapis.com/auth/drive.file";
const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const LASTS: Duration = Duration::from_secs(3595);
/// A token is not used in its last minute.
const MARGIN: u64 = 60;
const TIMEOUT: Duration = Duration::from_secs(10);

/// A token at hand.
#[derive(Clone)]
pub(super) struct Token {
    text: String,
    until: Timestamp,
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Token").field("until", &self.until).finish_non_exhaustive()
    }
}

#[derive(Debug, Serialize)]
struct Claims<'a> {
    iss: &'a str,
    scope: &'a str,
    aud: &'a str,
    iat: i64,
    exp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<&'a str>,
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    expires_in: u64,
}

impl Token {
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The token, unless it has ended.
    pub(super) fn while_it_lasts(&self) -> Option<&str> {
        // Google's clock is the machine's, whatever time it is for the product.
        (Clock::System.now() < self.until).then_some(&self.text)
    }
}

/// A new token.
pub(super) async fn ask(outward: &Outward, settings: &DriveSettings) -> Result<Token, DriveFault> {
    let now = Clock::System.now();
    let account = &settings.account;
    let claims = Claims {
        iss: &account.client_email,
        scope: SCOPE,
        aud: &account.token_uri,
        iat: now.seconds(),
        exp: now.plus(LASTS).seconds(),
        sub: settings.delegated_user.as_deref(),
    };
    let mut header = Header::new(Algorithm::RS256);
    header.kid = Some(account.private_key_id.clone());
    let key = EncodingKey::from_rsa_pem(account.private_key.as_bytes()).map_err(|_| unusable())?;
    let assertion = encode(&header, &claims, &key).map_err(|_| unusable())?;
    let form = [("grant_type", GRANT), ("assertion", assertion.as_str())];
    let request = outward.request(Method::POST, &account.token_uri).form(&form);
    let answer = outward.send(request, TIMEOUT).await.map_err(|_| DriveFault::Later)?;
    let status = answer.status();
    let body = answer.bytes().await.map_err(|_| DriveFault::Later)?;
    if !status.is_success() {
        tracing::error!(status = status.as_u16(), "Google gives no token for the service account");
        return Err(if status.is_client_error() { DriveFault::Account } else { DriveFault::Later });
    }
    let granted: Granted = serde_json::from_slice(&body).map_err(|_| DriveFault::Later)?;
    let until = now.plus(Duration::from_secs(granted.expires_in.saturating_sub(MARGIN)));
    Ok(Token { text: granted.access_token, until })
}

fn unusable() -> DriveFault {
    tracing::error!("the service account's key cannot be used");
    DriveFault::Account
}
